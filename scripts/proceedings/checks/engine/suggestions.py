"""Corrections offered by rules, combined by line so that none changes the result of another."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from proceedings.conference.model import Conference
from proceedings.problems import Edit, Problem


class Suggestion(NamedTuple):
    """A line of a file, its replacement (one or more lines), and the problems that this fixes."""

    path: str
    line: int
    before: str
    after: str
    problems: tuple[Problem, ...]


def suggestions(conference: Conference, problems: Iterable[Problem]) -> tuple[Suggestion, ...]:
    """Return the corrected lines, in the order of files and lines.

    A problem whose correction overlaps another's is left for the next run.
    """
    lines = {conference.place(path).path: document.lines for path, document in conference.documents.items()}
    taken: dict[tuple[str, int], dict[Edit, list[Problem]]] = {}
    for problem in sorted(problems):
        places = [(edit, taken.setdefault((problem.path, edit.line), {})) for edit in problem.edits]
        if all(edit in others or not any(_overlap(edit, other) for other in others) for edit, others in places):
            for edit, others in places:
                others.setdefault(edit, []).append(problem)
    return tuple(_merged(lines, path, line, edits) for (path, line), edits in sorted(taken.items()) if edits)


def applied(lines: Iterable[str], made: Iterable[Suggestion]) -> str:
    """Return a file's lines with its suggestions applied."""
    changed = {each.line: each.after for each in made}
    return "\n".join(changed.get(number, line) for number, line in enumerate(lines, 1))


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
        yield "-", each.before
        yield from (("+", line) for line in after)
        more += len(after) - 1


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.start < other.end and other.start < one.end) or one.start == other.start


def _merged(lines: Mapping[str, tuple[str, ...]], path: str, line: int,
            edits: Mapping[Edit, list[Problem]]) -> Suggestion:
    before = after = lines[path][line - 1]
    for edit in sorted(edits, reverse=True):
        after = after[:edit.start] + edit.text + after[edit.end:]
    mended = dict.fromkeys(problem for edit in sorted(edits) for problem in edits[edit])
    return Suggestion(path, line, before, after, tuple(mended))
