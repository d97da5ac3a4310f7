"""Regular expressions composed of named pieces, each defined once with an example of a match."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# "<name>" in a pattern refers to the piece of that name; "(?P<name>" and lookbehinds keep their meaning.
_REFERENCE = re.compile(r"(?<!\?P)<([a-z_]+)>")


class Piece(NamedTuple):
    """A named part of a grammar: its regular expression, and an example that it matches completely."""

    pattern: str
    example: str


Grammar = Mapping[str, Piece]


def expression(grammar: Grammar, pattern: str) -> str:
    """Return the regular expression of a pattern, with `<name>` replaced by the piece of the grammar."""
    return _REFERENCE.sub(lambda found: f"(?:{expression(grammar, grammar[found[1]].pattern)})", pattern)


def either(grammar: Grammar, names: Iterable[str]) -> str:
    """Return the regular expression for any of these pieces; the first match at a position wins."""
    return "|".join(f"(?:{expression(grammar, grammar[name].pattern)})" for name in names)
