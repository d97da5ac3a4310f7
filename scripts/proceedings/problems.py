"""What is wrong, where, and under which rule: the only error format of the project."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# What a forge's runner obeys in a log that it copies: "::" as the first of a line's characters that are no space, and
# "##[" anywhere (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs).
_COMMAND = re.compile(r"(?<=##)\[|^(?P<space>\s*):(?=:)")


class Severity(StrEnum):
    """How much a problem weighs: a blocking one stops build and export, an advisory one is only shown."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault at one line, with the sentence (Vietnamese) that says what is wrong and what to do."""

    path: str
    line: int
    message: str
    rule: str = ""
    severity: Severity = Severity.BLOCKING

    def __str__(self) -> str:
        return inert(f"{_shown(self.path)}:{self.line}: {_shown(self.message)} ({_shown(self.rule)})")


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

    def problem(self, message: str) -> Problem:
        """A problem here, to which the rule that yields it adds its id and severity."""
        return Problem(self.path, self.line, message)


@dataclass(frozen=True)
class Rule:
    """A rule's id (Vietnamese, as editors see it), weight, and the guide's text about it, its first line a summary."""

    id: str
    severity: Severity
    text: str

    def at(self, place: Place, message: str) -> Problem:
        """A problem under this rule."""
        return Problem(place.path, place.line, message, self.id, self.severity)


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of the problems that stop build and export, in their order."""
    return tuple(problem for problem in problems if problem.severity is Severity.BLOCKING)
