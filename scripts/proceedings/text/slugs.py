"""Vietnamese words as names of files and anchors."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: their order in dictionaries
_TONELESS = str.maketrans("", "", TONES)
_ALPHABET = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def fold(text: str) -> str:
    """The text in lower case without Vietnamese marks: "Sở Mẫu" becomes "so mau"."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def slug(text: str, separator: str = "-") -> str:
    """The text as a file name or anchor in kebab case, ASCII only: "Sở Mẫu" becomes "so-mau".

    The second parameter makes it usable as Python-Markdown's `slugify`.
    """
    return re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)


def has_letters(text: str) -> bool:
    """Whether a name has letters to make a file's name of: figures and signs alone, or another script, have none."""
    return bool(re.search("[a-z]", fold(text)))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, or None where none is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def collation(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A key that sorts as Vietnamese dictionaries do: letters first (a ă â … d đ), then tones."""
    apart = unicodedata.normalize("NFD", text.lower())
    letters = unicodedata.normalize("NFC", apart.translate(_TONELESS))
    return (tuple(_ALPHABET.index(letter) for letter in letters if letter in _ALPHABET),
            tuple(map(_tone, unicodedata.normalize("NFC", text.lower()))))


def _tone(letter: str) -> int:
    """The place of its tone among the tones, -1 for none."""
    return max(TONES.find(mark) for mark in unicodedata.normalize("NFD", letter))
