"""Corrections offered by rules, combined by line so that none changes the result of another."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from proceedings.conference.model import Conference
from proceedings.problems import Edit, Problem


class Suggestion(NamedTuple):
    """A line of a file, its replacement (one or more lines), and the problems that this fixes.

    `open_ended` is true for the last line of a file that has no line end.
    """

    path: str
    line: int
    before: str
    after: str
    problems: tuple[Problem, ...]
    open_ended: bool = False


def suggestions(conference: Conference, problems: Iterable[Problem]) -> tuple[Suggestion, ...]:
    """Return the corrected lines, in the order of files and lines.

    A problem whose correction overlaps another's is left for the next run.
    """
    lines = {conference.place(path).path: document.lines for path, document in conference.documents.items()}
    taken: dict[tuple[str, int], dict[Edit, list[Problem]]] = {}
    in_order: dict[tuple[str, int], list[Edit]] = {}
    for problem in sorted(problems):
        places = [(edit, (problem.path, edit.line)) for edit in problem.edits]
        if all(edit in taken.get(place, ()) or _is_free(edit, in_order.get(place, ())) for edit, place in places):
            for edit, place in places:
                if edit not in taken.setdefault(place, {}):
                    insort(in_order.setdefault(place, []), edit)
                taken[place].setdefault(edit, []).append(problem)
    return tuple(_merged(lines, path, line, edits) for (path, line), edits in sorted(taken.items()))


def difference(made: Iterable[Suggestion]) -> Iterator[tuple[str, str]]:
    """Yield the suggestions as lines of a unified diff without context, each with its prefix."""
    path, more = "", 0
    for each in made:
        if each.path != path:
            path, more = each.path, 0
            yield from (("--- ", path), ("+++ ", path))
        after = each.after.split("\n")
        size = f",{len(after)}" if len(after) > 1 else ""
        rules = ", ".join(dict.fromkeys(problem.rule for problem in each.problems))
        yield "@@ ", f"-{each.line} +{each.line + more}{size} @@ {rules}"
        end = [("\\ ", "No newline at end of file")] if each.open_ended else []  # git's words
        yield from (("-", each.before), *end, *(("+", line) for line in after), *end)
        more += len(after) - 1


def _is_free(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Return whether an edit overlaps none of those taken, which are sorted and apart from each other."""
    at = bisect_left(taken, edit)
    beside = taken[max(at - 1, 0):at + 1]
    return not any((edit.start < other.end and other.start < edit.end) or edit.start == other.start for other in beside)


def _merged(lines: Mapping[str, tuple[str, ...]], path: str, line: int,
            edits: Mapping[Edit, list[Problem]]) -> Suggestion:
    before = after = lines[path][line - 1]
    for edit in sorted(edits, reverse=True):
        after = after[:edit.start] + edit.text + after[edit.end:]
    mended = dict.fromkeys(problem for edit in sorted(edits) for problem in edits[edit])
    return Suggestion(path, line, before, after, tuple(mended), open_ended=line == len(lines[path]))
