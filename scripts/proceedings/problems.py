"""What is wrong, where, and under which rule: the only error format of the project."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# What a forge's runner obeys in a log that it copies: "::" as the first of a line's characters that are no space, and
# "##[" anywhere (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs).
_COMMAND = re.compile(r"(?<=##)\[|^(?P<space>\s*):(?=:)")
MOST_LINES = 8  # an editor who has found these finds the rest


class Severity(StrEnum):
    """How much a problem weighs: a blocking one stops build and export, an advisory one is only shown."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


class Edit(NamedTuple):
    """A correction: the characters of a line from column `start` (from 0) up to `end`, and what to write instead."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one line, with the sentence (Vietnamese) that says what is wrong and what to do.

    Programs read the other fields, never the sentence: `written` is what the fault is about, as it stands in the file;
    `kind` tells the faults of one rule apart where `written` does not; `proposed` is what it should be, "" where only
    the author knows; `others` are further places, the first few of them; `count` is how often it is there, or how much
    too much it is. `edits` are a correction that may be offered as it is. Two problems that say the same at one line
    are equal.
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
        """What stays the same where lines move, and however often the fault is there."""
        return self.path, self.rule, self.kind, self.written


def inert(line: str) -> str:
    """The line without a command to a pipeline's runner: the character that makes it one is shown by its number."""
    return _COMMAND.sub(lambda found: f"{found['space'] or ''}⟨U+{ord(found[0][-1]):04X}⟩", line)


def _shown(text: str) -> str:
    """The text on one line: what would end it, or turn the rest around, is shown by its number."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


@dataclass(frozen=True, order=True)
class Place:
    """A line (from 1) of a file; `path` is relative to the folder that holds mkdocs.yml."""

    path: str
    line: int = 1

    def problem(self, message: str, written: str = "", *, kind: str = "", proposed: str = "",
                others: Iterable["Place"] = (), count: int = 1, edits: Iterable[Edit] = ()) -> Problem:
        """A problem here, to which the rule that yields it adds its id and severity."""
        return Problem(self.path, self.line, message, written=written, kind=kind, proposed=proposed,
                       others=tuple(others), count=count, edits=tuple(edits))


def in_lines(lines: Iterable[int], count: int = 0) -> str:
    """"dòng 3, 5, …": where the further places of a problem are; `count` is how many there are if not all are given."""
    lines = tuple(lines)
    return f"dòng {', '.join(map(str, dict.fromkeys(lines)))}{', …' if count > len(lines) else ''}"


@dataclass(frozen=True)
class Rule:
    """A rule's id (Vietnamese, as editors see it), weight, and the guide's text about it, its first line a summary."""

    id: str
    severity: Severity
    text: str

    def at(self, place: Place, message: str, written: str = "", *, kind: str = "", proposed: str = "") -> Problem:
        """A problem under this rule."""
        return Problem(place.path, place.line, message, self.id, self.severity, written, kind, proposed)


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of the problems that stop build and export, in their order."""
    return tuple(problem for problem in problems if problem.severity is Severity.BLOCKING)
