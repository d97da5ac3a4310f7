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
    """How many syllables a minute are read silently, and spoken from a lectern."""

    reading: int = 250
    speaking: int = 140


def spoken(document: Document) -> int:
    """How many syllables of the document are spoken: neither tables nor notes at the foot, nor blanks."""
    return _syllables(document, _SPOKEN)


def silently_read(document: Document) -> int:
    """How many syllables of the document are read by who has it in hand: tables and notes too, but no blanks."""
    return _syllables(document, _SILENTLY_READ)


def minutes(syllables: int, rate: int) -> int:
    """Whole minutes, rounded up: nobody should be promised too little."""
    return ceil(syllables / rate)


def _syllables(document: Document, kinds: frozenset[Kind]) -> int:
    """How many syllables are read out of the blocks of these kinds; blanks ask for words and are none."""
    return sum(_syllables_in(block.prose) for block in document.blocks if block.kind in kinds)


@lru_cache(maxsize=5_000)  # a document is counted as it is read, then as it is spoken
def _syllables_in(prose: str) -> int:
    return sum(map(read_syllables, schema.BLANK.sub(" ", prose).split()))
