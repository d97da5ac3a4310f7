"""Numbers of syllables of a document that are read or spoken, and the minutes this takes."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from proceedings import schema
from proceedings.text.language.syllables import read_syllables
from proceedings.text.source import Document, Kind

_SPOKEN = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM})
_SILENTLY_READ = _SPOKEN | {Kind.ROW, Kind.NOTE}


@dataclass(frozen=True)
class Rates:
    """Syllables per minute, read silently and spoken from a lectern."""

    reading: int = 250
    speaking: int = 140


def spoken(document: Document) -> int:
    """Return the number of spoken syllables of a document, without tables, footnotes and blanks."""
    return _syllables(document, _SPOKEN)


def silently_read(document: Document) -> int:
    """Return the number of syllables read silently: with tables and footnotes, without blanks."""
    return _syllables(document, _SILENTLY_READ)


def minutes(syllables: int, rate: int) -> int:
    """Return whole minutes, rounded up so that the time is not underestimated."""
    return ceil(syllables / rate)


def _syllables(document: Document, kinds: frozenset[Kind]) -> int:
    """Return the number of syllables in blocks of these kinds, without blanks, which are not read."""
    return sum(_syllables_in(block.prose) for block in document.blocks if block.kind in kinds)


@lru_cache(maxsize=5_000)  # each document is counted twice: read and spoken
def _syllables_in(prose: str) -> int:
    return sum(map(read_syllables, schema.BLANK.sub(" ", prose).split()))
