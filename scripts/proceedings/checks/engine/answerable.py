"""Selection of the problems that a change is responsible for.

These are the problems at lines that the change touched, and those that it caused elsewhere.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from proceedings.conference.model import Conference
from proceedings.problems import Problem
from proceedings.system.revisions import Changes


def answerable(conference: Conference, problems: Iterable[Problem], former: Iterable[Problem],
               changes: Changes) -> tuple[Problem, ...]:
    """Return the problems that a change touched or caused; `former` are those of its base revision."""
    return tuple(sorted(set(_touched(conference, problems, changes)) | set(_new(problems, former, changes.former))))


def _touched(conference: Conference, problems: Iterable[Problem], changes: Changes) -> Iterator[Problem]:
    """Yield problems with a place at an added or changed line, or in a block that contains such a line."""
    touched = {path: set(lines) for path, lines in changes.lines.items()}
    for path, document in conference.documents.items():
        place = conference.place(path).path
        starts = sorted({block.line for block in document.blocks})
        for line in changes.lines.get(place, ()):
            at = bisect_right(starts, line)
            if at and line > document.front_matter_lines:
                touched[place].add(starts[at - 1])
    for problem in problems:
        places = ((problem.path, problem.line), *((place.path, place.line) for place in problem.others))
        if any(line in touched.get(path, ()) for path, line in places):
            yield problem


def _new(problems: Iterable[Problem], former: Iterable[Problem], renamed: Mapping[str, str]) -> Iterator[Problem]:
    """Yield problems that are new or have more occurrences than before, regardless of their lines.

    Of several equal problems, the last ones count as new.
    """
    known: dict[tuple[str, ...], list[int]] = {}
    for problem in sorted(former):
        known.setdefault(problem.identity, []).append(problem.count)
    for problem in problems:
        path, *fault = problem.identity
        same = known.get((renamed.get(path, path), *fault))
        if not same or same.pop(0) < problem.count:
            yield problem
