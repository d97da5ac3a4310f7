"""Selection of the problems that a change is responsible for.

These are the problems at lines that the change touched, and those that it caused elsewhere.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from proceedings.conference.model import Conference
from proceedings.problems import Problem
from proceedings.system.revisions import Changes

_NUMBERS_OF_LINES = re.compile(r"dòng(?: đầu:)? \d+(?:, \d+)*(?:, …)?")
# How often a fault is there, as messages tell it.
_COUNT = re.compile(r" \(\d+ chỗ, dòng [^()]*\)|\b\d+ (?=(?:chỗ|lần|dấu cách)\b)")


def answerable(conference: Conference, problems: Iterable[Problem], former: Iterable[Problem],
               changes: Changes) -> tuple[Problem, ...]:
    """Return the problems that a change touched or caused; `former` are those of its base revision."""
    return tuple(sorted(set(_touched(conference, problems, changes)) | set(_new(problems, former, changes.former))))


def without_lines(message: str) -> str:
    """A message as it stays where lines move, and however often its fault is there."""
    return _NUMBERS_OF_LINES.sub("dòng", _COUNT.sub("", message))


def _places(message: str) -> int:
    """How many places a message tells of; where it does not say so, how many lines it names."""
    told = [int(number) for count in _COUNT.findall(message) for number in re.findall(r"\d+", count)[:1]]
    return sum(told) or sum(len(re.findall(r"\d+", lines)) for lines in _NUMBERS_OF_LINES.findall(message))


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
    """Problems that were not there before, wherever their line was, or in fewer places; of several alike, the last."""
    known: dict[tuple[str, str, str], list[int]] = {}
    for problem in sorted(former):
        known.setdefault((problem.path, problem.rule, without_lines(problem.message)), []).append(
            _places(problem.message))
    for problem in problems:
        same = known.get((renamed.get(problem.path, problem.path), problem.rule, without_lines(problem.message)))
        if not same or same.pop(0) < _places(problem.message):
            yield problem
