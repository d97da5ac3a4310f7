"""Slugs, sort keys and comparison of Vietnamese words without diacritics."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: in dictionary order
_TONELESS = str.maketrans("", "", TONES)
# Of folded text.
_SYLLABLE = re.compile(r"(?:ngh?|[cgkpt]h|nh|tr|gi|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
_PIECE = re.compile(r"[^\W_]+")
_UNITS = frozenset({"ha"})  # units of measure that look like syllables
_ALPHABET = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def fold(text: str) -> str:
    """Return the text in lower case without diacritics: "Sở Mẫu" becomes "so mau"."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def slug(text: str, separator: str = "-") -> str:
    """Return an ASCII slug for file names and anchors: "Sở Mẫu" becomes "so-mau".

    The second parameter makes it usable as Python-Markdown's `slugify`.
    """
    return re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)


def has_letters(text: str) -> bool:
    """Return whether a name contains letters for a slug (Latin letters with or without diacritics)."""
    return bool(re.search("[a-z]", fold(text)))


def looks_abbreviated(name: str) -> bool:
    """Return whether a name is an abbreviation rather than ordinary words.

    An abbreviation has several capitals in one word ("KT-XH"), or no part that is a syllable ("Đ/c"). Capitalized
    words with a tone mark are not abbreviations, which have none.
    """
    pieces = _PIECE.findall(unicodedata.normalize("NFC", name))
    if any(len(piece) > 1 and sum(map(str.isupper, piece)) > 1 and not _toned(piece) for piece in pieces):
        return True
    return has_letters(name) and all(piece in _UNITS or not _is_syllable(piece) for piece in pieces)


def _is_syllable(piece: str) -> bool:
    return bool(_SYLLABLE.fullmatch(fold(piece))) and not (len(piece) == 1 and piece.isupper())


def _toned(text: str) -> bool:
    return any(mark in TONES for mark in unicodedata.normalize("NFD", text))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the most similar known word, or None if none is similar enough."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def collation(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return a sort key for Vietnamese dictionary order: letters first (a ă â … d đ), then tones."""
    apart = unicodedata.normalize("NFD", text.lower())
    letters = unicodedata.normalize("NFC", apart.translate(_TONELESS))
    return (tuple(_ALPHABET.index(letter) for letter in letters if letter in _ALPHABET),
            tuple(map(_tone, unicodedata.normalize("NFC", text.lower()))))


def _tone(letter: str) -> int:
    """Return the index of a letter's tone in TONES, or -1 if it has none."""
    return max(TONES.find(mark) for mark in unicodedata.normalize("NFD", letter))
