"""Regular expressions built from named pieces: each piece is written once, beside an example of what it matches."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# "<name>" in a pattern stands for the piece of that name; "(?P<name>" and look-behinds are Python's own.
_REFERENCE = re.compile(r"(?<!\?P)<([a-z_]+)>")


class Piece(NamedTuple):
    """A named part of a grammar: its regular expression, and a text that the expression matches whole."""

    pattern: str
    example: str


Grammar = Mapping[str, Piece]


def expression(grammar: Grammar, pattern: str) -> str:
    """The regular expression of a pattern in which `<name>` stands for a piece of the grammar."""
    return _REFERENCE.sub(lambda found: f"(?:{expression(grammar, grammar[found[1]].pattern)})", pattern)


def either(grammar: Grammar, names: Iterable[str]) -> str:
    """The regular expression for any of these pieces; at each place the first that fits is taken."""
    return "|".join(f"(?:{expression(grammar, grammar[name].pattern)})" for name in names)
