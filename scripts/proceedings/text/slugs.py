"""Slugs, sort keys and comparison of Vietnamese words without diacritics."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: in dictionary order
_TONELESS = str.maketrans("", "", TONES)
_ALPHABET = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def fold(text: str) -> str:
    """Return the text in lower case without diacritics: "Sở Mẫu" becomes "so mau"."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char))


@lru_cache(maxsize=20_000)  # words repeat often
def fold_word(word: str) -> str:
    """Return a word in lower case without diacritics."""
    return fold(word)


@lru_cache(maxsize=20_000)
def small(word: str) -> str:
    """Return a word in lower case, so that words that are equal for `re.IGNORECASE` become the same."""
    return word.casefold().replace("i\u0307", "i").replace("ı", "i")


def slug(text: str, separator: str = "-") -> str:
    """Return an ASCII slug for file names and anchors: "Sở Mẫu" becomes "so-mau".

    The second parameter makes it usable as Python-Markdown's `slugify`.
    """
    return re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)


def has_letters(text: str) -> bool:
    """Return whether a name contains letters for a slug (Latin letters with or without diacritics)."""
    return bool(re.search("[a-z]", fold(text)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the most similar known word, or None if none is similar enough."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def collation(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return a sort key for Vietnamese dictionary order: letters first (a ă â … d đ), then tones.

    A tone is the index of the letter's mark in TONES, or -1 if it has none.
    """
    apart = unicodedata.normalize("NFD", text.lower())
    letters = unicodedata.normalize("NFC", apart.translate(_TONELESS))
    return (tuple(_ALPHABET.index(letter) for letter in letters if letter in _ALPHABET),
            tuple(max(map(TONES.find, unicodedata.normalize("NFD", letter)))
                  for letter in unicodedata.normalize("NFC", text.lower())))
