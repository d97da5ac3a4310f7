"""How many syllables plain text is read with, and how many minutes that takes.

An estimate that anyone can recount, the same for every text, by how Vietnamese is read aloud:

- a word between spaces is one syllable;
- a number of n digits is 2n - 1: each digit, and between them the names of their places ("2034" is "hai nghìn không
  trăm ba mươi tư", 7); zeros in front are not read;
- an abbreviation is one for each of its letters ("UBND" is 4): capitals that no single syllable could be spelt with;
- "%" is 2 ("phần trăm"); "/" and the like, and the comma within a number, are one each.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from proceedings import schema
from proceedings.text.source import Document, Kind

_SPOKEN = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM})
_SILENTLY_READ = _SPOKEN | {Kind.ROW, Kind.NOTE}
_READ = re.compile(r"(?P<number>\d+(?:\.\d{3})*)|(?P<letters>[^\W\d_]+)|(?P<percent>%)|[/&+=<>]|(?<=\d),(?=\d)")
_ONE_SYLLABLE = re.compile(r"(?:ngh?|nh|[cgkpt]h|gi|qu|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|n[gh]|[cmnpt])?")


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


@lru_cache(maxsize=50_000)  # there are some thousands of words, and each comes often
def read_syllables(text: str) -> int:
    """How many syllables a piece of plain text is read with."""
    return sum(_syllables_of(part) for part in _READ.finditer(text))


def _syllables_of(part: re.Match[str]) -> int:
    if part["number"]:
        return 2 * len(part["number"].replace(".", "").lstrip("0") or "0") - 1
    if part["letters"]:
        return len(part["letters"]) if _is_spelt_out(part["letters"]) else 1
    return 2 if part["percent"] else 1


def _is_spelt_out(letters: str) -> bool:
    bare = "".join(letter for letter in unicodedata.normalize("NFD", letters) if not unicodedata.combining(letter))
    return letters.isupper() and not _ONE_SYLLABLE.fullmatch(bare.casefold().replace("đ", "d"))


def _syllables(document: Document, kinds: frozenset[Kind]) -> int:
    """How many syllables are read out of the blocks of these kinds; blanks ask for words and are none."""
    return sum(_syllables_in(block.prose) for block in document.blocks if block.kind in kinds)


@lru_cache(maxsize=5_000)  # a document is counted as it is read, then as it is spoken
def _syllables_in(prose: str) -> int:
    return sum(map(read_syllables, schema.BLANK.sub(" ", prose).split()))
