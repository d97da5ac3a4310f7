"""What a change answers for: the problems at lines it touched, and those it brought about elsewhere."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from proceedings.model import Conference
from proceedings.problems import Problem
from proceedings.revisions import Changes

_NUMBERS_OF_LINES = re.compile(r"dòng \d+(?:, \d+)*(?:, …)?")


def answerable(conference: Conference, problems: Iterable[Problem], former: Iterable[Problem],
               changes: Changes) -> tuple[Problem, ...]:
    """The problems that a change touched or brought about; `former` are those of the revision it started from."""
    return tuple(sorted(set(_touched(conference, problems, changes)) | set(_new(problems, former, changes.former))))


def without_lines(message: str) -> str:
    """A message as it stays where lines move."""
    return _NUMBERS_OF_LINES.sub("dòng", message)


def _touched(conference: Conference, problems: Iterable[Problem], changes: Changes) -> Iterator[Problem]:
    """Problems at lines that are new or other, or in a block of text that has such a line."""
    touched = {path: set(lines) for path, lines in changes.lines.items()}
    for path, document in conference.documents.items():
        place = conference.place(path).path
        starts = sorted({block.line for block in document.blocks})
        for line in changes.lines.get(place, ()):
            at = bisect_right(starts, line)
            if at and line > document.front_matter_lines:
                touched[place].add(starts[at - 1])
    yield from (problem for problem in problems if problem.line in touched.get(problem.path, ()))


def _new(problems: Iterable[Problem], former: Iterable[Problem], renamed: Mapping[str, str]) -> Iterator[Problem]:
    """Problems that were not there before, wherever their line was; of several alike, the last."""
    known = Counter((problem.path, problem.rule, without_lines(problem.message)) for problem in former)
    for problem in problems:
        same = (renamed.get(problem.path, problem.path), problem.rule, without_lines(problem.message))
        if known[same]:
            known[same] -= 1
        else:
            yield problem
