"""Tests that each piece of a grammar is needed: a text matches with it, and not without it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from proceedings.text.language.grammar import Grammar, Piece, expression


class Row(NamedTuple):
    """The matches of `pattern` in a text that depend on a piece of the grammar."""

    piece: str
    pattern: str
    text: str
    found: tuple[str, ...]


def row(piece: str, pattern: str, text: str, *found: str) -> Row:
    """Return a row; without `found` the whole text is expected to match."""
    return Row(piece, pattern, text, found or (text,))


def name(case: Row) -> str:
    """Return the name of a row in test reports."""
    return f"{case.piece}-{case.text}"


def finds(grammar: Grammar, case: Row) -> bool:
    """Return whether the grammar finds exactly the expected matches."""
    pattern = re.compile(expression(grammar, case.pattern))
    return tuple(match[0] for match in pattern.finditer(case.text) if match[0]) == case.found


def without(grammar: Grammar, piece: str) -> Grammar:
    """Return the grammar with a piece that never matches.

    A piece with an empty example is a restriction, which then never applies.
    """
    return {**grammar, piece: Piece("" if not grammar[piece].example else "(?!)", "")}


def missing_examples(grammar: Grammar) -> Iterable[str]:
    """Yield the pieces that do not match their own example."""
    return [each for each, piece in grammar.items() if not re.search(expression(grammar, piece.pattern), piece.example)]
