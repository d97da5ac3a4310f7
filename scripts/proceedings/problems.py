"""Problems: what is wrong, where, and by which rule. The only error format of the project."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# Commands that CI runners execute when they appear in a log: "::" as the first characters of a line that are not
# whitespace, and "##[" anywhere (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs).
_COMMAND = re.compile(r"(?<=##)\[|^(?P<space>\s*):(?=:)")
MOST_LINES = 8  # occurrences located per message


class Severity(StrEnum):
    """Blocking problems stop build and export, advisory ones are only reported."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


class Edit(NamedTuple):
    """A correction: replacement of the characters of a line from column `start` (from 0) up to `end`."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True)
class Problem:
    """A problem at one line, with a Vietnamese sentence that gives fault and remedy.

    Programs use the other fields, never the sentence: `written` is the faulty text in the file; `kind` distinguishes
    problems of a rule with equal `written`; `proposed` is the correction, "" if only the author knows it; `others`
    are the first few further places; `count` is the number of occurrences, or the amount of an excess. `edits` are a
    correction that can be applied. Two problems with the same message at the same line are equal.
    """

    path: str
    line: int
    message: str
    rule: str = ""
    severity: Severity = Severity.BLOCKING
    written: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)
    proposed: str = field(default="", compare=False)
    others: tuple["Place", ...] = field(default=(), compare=False)
    count: int = field(default=1, compare=False)
    edits: tuple[Edit, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return inert(f"{_shown(self.path)}:{self.line}: {_shown(self.message)} ({_shown(self.rule)})")

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """The properties that do not depend on line numbers and the number of occurrences."""
        return self.path, self.rule, self.kind, self.written


def inert(line: str) -> str:
    """Return the line with CI runner commands disabled, by escaping a character of each."""
    return _COMMAND.sub(lambda found: f"{found['space'] or ''}⟨U+{ord(found[0][-1]):04X}⟩", line)


def _shown(text: str) -> str:
    """Return the text on one line: characters that are not printable are escaped."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


@dataclass(frozen=True, order=True)
class Place:
    """A line (from 1) of a file; `path` is relative to the folder that contains mkdocs.yml."""

    path: str
    line: int = 1

    def problem(self, message: str, written: str = "", *, kind: str = "", proposed: str = "",
                others: Iterable["Place"] = (), count: int = 1, edits: Iterable[Edit] = ()) -> Problem:
        """Return a problem here; the rule that yields it adds its id and severity."""
        return Problem(self.path, self.line, message, written=written, kind=kind, proposed=proposed,
                       others=tuple(others), count=count, edits=tuple(edits))


def in_lines(lines: Iterable[int], count: int = 0) -> str:
    """Return "dòng 3, 5, …" for further places; `count` is their number if not all are given."""
    lines = tuple(lines)
    return f"dòng {', '.join(map(str, dict.fromkeys(lines)))}{', …' if count > len(lines) else ''}"


@dataclass(frozen=True)
class Rule:
    """A rule: id (Vietnamese, as shown to editors), severity, and guide text (first line: summary)."""

    id: str
    severity: Severity
    text: str

    def at(self, place: Place, message: str, written: str = "", *, kind: str = "", proposed: str = "") -> Problem:
        """Return a problem under this rule."""
        return Problem(place.path, place.line, message, self.id, self.severity, written, kind, proposed)


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the blocking problems in their order."""
    return tuple(problem for problem in problems if problem.severity is Severity.BLOCKING)
