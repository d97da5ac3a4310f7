"""Whether each piece of a grammar is needed: a text is found with it and not without it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from proceedings.text.language.grammar import Grammar, Piece, expression


class Row(NamedTuple):
    """What `pattern` finds in a text only because the grammar has the piece."""

    piece: str
    pattern: str
    text: str
    found: tuple[str, ...]


def row(piece: str, pattern: str, text: str, *found: str) -> Row:
    """A row; without `found` the whole text is found."""
    return Row(piece, pattern, text, found or (text,))


def name(case: Row) -> str:
    """What a row is called in the report of the tests."""
    return f"{case.piece}-{case.text}"


def finds(grammar: Grammar, case: Row) -> bool:
    """Whether the grammar finds just what the row says."""
    pattern = re.compile(expression(grammar, case.pattern))
    return tuple(match[0] for match in pattern.finditer(case.text) if match[0]) == case.found


def without(grammar: Grammar, piece: str) -> Grammar:
    """The grammar in which nothing is such a piece; one with an empty example only forbids, and forbids no more."""
    return {**grammar, piece: Piece("" if not grammar[piece].example else "(?!)", "")}


def missing_examples(grammar: Grammar) -> Iterable[str]:
    """The pieces that do not match their own example."""
    return [each for each, piece in grammar.items() if not re.search(expression(grammar, piece.pattern), piece.example)]
