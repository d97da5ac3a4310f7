"""Problems: what is wrong, where, and by which rule. The only error format of the project."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# Commands that CI runners execute when they appear in a log: "::" as the first characters of a line that are not
# whitespace, and "##[" anywhere (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs).
_COMMAND = re.compile(r"(?<=##)\[|^(?P<space>\s*):(?=:)")


class Severity(StrEnum):
    """Blocking problems stop build and export, advisory ones are only reported."""

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

    def problem(self, message: str) -> Problem:
        """A problem here, to which the rule that yields it adds its id and severity."""
        return Problem(self.path, self.line, message)


@dataclass(frozen=True)
class Rule:
    """A rule: id (Vietnamese, as shown to editors), severity, and guide text (first line: summary)."""

    id: str
    severity: Severity
    text: str

    def at(self, place: Place, message: str) -> Problem:
        """A problem under this rule."""
        return Problem(place.path, place.line, message, self.id, self.severity)


def blocking(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the blocking problems in their order."""
    return tuple(problem for problem in problems if problem.severity is Severity.BLOCKING)
