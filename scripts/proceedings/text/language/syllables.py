"""Spelling of Vietnamese syllables, and the number of syllables with which a text is read aloud.

A reproducible estimate, the same for every text:

- a word between spaces is one syllable;
- a number of n digits has 2n - 1 syllables: each digit, and the names of the places between them ("2034" is "hai
  nghìn không trăm ba mươi tư", 7); leading zeros are not read;
- an abbreviation has one for each of its letters ("UBND" has 4); these are capitals that are not a syllable;
- "%" has 2 ("phần trăm"); "/" and similar characters, and the comma within a number, have one each.
"""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

from proceedings.text.language.grammar import Grammar, Piece, expression
from proceedings.text.slugs import TONES, fold, has_letters

# Applied to folded text, i.e. letters without diacritics.
PIECES: Grammar = MappingProxyType({
    "onset": Piece(r"ngh?|nh|[cgkpt]h|gi|qu|tr|[bcdghklmnpqrstvx]", "ngh"),
    "cluster": Piece(r"[bcdghkmps][lr]", "kr"),  # in names of the Central Highlands: "Krông Nô", "Plei Mơ"
    "nucleus": Piece(r"[aeiouy]{1,3}", "uye"),
    "coda": Piece(r"ch|n[gh]|[ckmnpt]", "k"),  # "k" in such names too: "Đắk Lắk"
    "syllable": Piece(r"(?:<cluster>|<onset>)?<nucleus><coda>?", "nghieng"),
})
_UNITS = frozenset({"ha"})  # units of measure that are spelt like syllables
_WORD = re.compile(r"[^\W_]+")
_SYLLABLE = re.compile(expression(PIECES, "<syllable>"))
_READ = re.compile(r"(?P<number>\d+(?:\.\d{3})*)|(?P<letters>[^\W\d_]+)|(?P<percent>%)|[/&+=<>]|(?<=\d),(?=\d)")


@lru_cache(maxsize=50_000)  # words repeat often
def is_syllable(word: str) -> bool:
    """Return whether a word can be a single syllable, with or without diacritics."""
    return bool(_SYLLABLE.fullmatch(fold(word)))


@lru_cache(maxsize=50_000)
def read_syllables(text: str) -> int:
    """Return the number of syllables with which plain text is read."""
    return sum(_syllables_of(part) for part in _READ.finditer(text))


def _syllables_of(part: re.Match[str]) -> int:
    if part["number"]:
        return 2 * len(part["number"].replace(".", "").lstrip("0") or "0") - 1
    if letters := part["letters"]:
        return len(letters) if letters.isupper() and not is_syllable(letters) else 1
    return 2 if part["percent"] else 1


def looks_abbreviated(name: str) -> bool:
    """Return whether a name is an abbreviation rather than ordinary words.

    An abbreviation has several capitals in one word ("KT-XH"), or no word that is a syllable ("Đ/c"). Capitalized
    words with a tone mark are not abbreviations, which have none.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", name))
    if any(len(word) > 1 and sum(map(str.isupper, word)) > 1
           and set(TONES).isdisjoint(unicodedata.normalize("NFD", word)) for word in words):
        return True
    return has_letters(name) and all(
        word in _UNITS or not is_syllable(word) or (len(word) == 1 and word.isupper()) for word in words)
