"""Abbreviations in a text, and their explanations: "Ủy ban nhân dân (UBND)"."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from proceedings.text.language.syllables import is_syllable
from proceedings.text.slugs import fold

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W\d_]+)*")
# Lower-case letters of Vietnamese, among others.
_SMALL = "".join(filter(str.islower, map(chr, (*range(0x1B1), *range(0x1EA0, 0x1EFA)))))
# Two adjacent characters of a word that are not lower case: a cheap test, since most lines have none.
_CAPITALS = re.compile(rf"[^\W\d_{_SMALL}]-?[^\W_{_SMALL}]")
_ROMAN = re.compile(r"(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})")

_BRACKETS = re.compile(r"\(([^()]{2,160})\)")
_NAMED = re.compile(r"(?:(?:sau|dưới) đây )?(?:được )?(?:gọi|viết|ghi) (?:chung |tắt )?là:? ", re.IGNORECASE)
_QUOTES = " \"“”'‘’"
_PIECE = re.compile(r"[^\W_]+")  # a word, or a part of a hyphenated one
_CLAUSE_END = re.compile(r"[.;:!?()\[\]\n]")
_REACH = 160  # characters before a bracket that may contain the full form
# Abbreviations of foreign words, which the Vietnamese words before them cannot match.
_FOREIGN = frozenset("ADB APEC ASEAN DDCI EU FDI GDP GRDP HIV AIDS IMF ISO ODA OCOP PAPI PCI SIPAS UNDP UNESCO UNICEF "
                     "WB WHO WTO".split())


# --- Abbreviations ----------------------------------------------------------------
def abbreviations(text: str) -> Iterator[str]:
    """Yield the abbreviations in a text, with repetitions."""
    text = unicodedata.normalize("NFC", text)
    if not _CAPITALS.search(text):
        return
    words = _WORD.findall(text)
    for place, word in enumerate(words):
        if not word.isupper() or sum(map(str.isalpha, word)) < 2 or _roman(word):
            continue
        if _pronounceable(word):
            # A syllable, unlike "UBND", is not an abbreviation if it has tone or vowel marks, which abbreviations
            # rarely have, or stands in a heading in capitals: beside a syllable or a number in capitals.
            beside = (*words[max(place - 1, 0):place], *words[place + 1:place + 2])
            if fold(word) != word.lower().replace("đ", "d") or any(
                    len(each) > 1 and each.isupper() and (_pronounceable(each) or _roman(each)) for each in beside):
                continue
        yield word


def _roman(word: str) -> bool:
    return all(map(_ROMAN.fullmatch, word.split("-")))


def _pronounceable(word: str) -> bool:
    return all(map(is_syllable, word.split("-")))


# --- Where they are explained -------------------------------------------------------
@dataclass(frozen=True)
class Explanation:
    """An abbreviation and the full form that a text gives for it.

    The full form is "" if the text says so without matching words; `doubtful` is true if it may not be an
    explanation.
    """

    short: str
    full: str = ""
    doubtful: bool = False


def explanations(text: str) -> Iterator[Explanation]:
    """Yield the explanations in a text.

    The forms are "đầy đủ (VIẾT TẮT)", "đầy đủ (gọi tắt là VIẾT TẮT)" and "VIẾT TẮT (đầy đủ)".
    """
    if "(" not in text:
        return
    text = unicodedata.normalize("NFC", text)
    for found in _BRACKETS.finditer(text):
        before = text[max(found.start() - _REACH, 0):found.start()].rstrip(_QUOTES)
        named = _NAMED.match(found[1])
        inside = (found[1][named.end():] if named else found[1]).strip(_QUOTES)
        shorts = list(dict.fromkeys(abbreviations(inside)))
        if shorts:
            yield from _after_full(_CLAUSE_END.split(before)[-1], inside, shorts, named=bool(named))
        else:
            yield from _before_full(before, inside)


def _after_full(clause: str, inside: str, shorts: Sequence[str], *, named: bool) -> Iterator[Explanation]:
    """Yield explanations by a bracket with abbreviations, and with words repeated from the text before."""
    fitting = _fit(clause, inside, shorts)
    if fitting:
        yield from fitting
    elif named or (len(shorts) == 1 and inside in _FOREIGN):
        yield from map(Explanation, shorts)
    elif inside == shorts[0] and len(_PIECE.findall(clause)) > 1:
        yield Explanation(inside, doubtful=True)


def _before_full(before: str, inside: str) -> Iterator[Explanation]:
    """Yield the explanation from a bracket of ordinary words directly after an abbreviation."""
    words = _WORD.findall(before[-20:])
    short = words[-1] if words and before.endswith(words[-1]) else ""
    if short and list(abbreviations(short)) == [short]:
        for found in _fit(inside, short, [short]):
            if inside.casefold().startswith(found.full.casefold()):
                yield found


def _fit(clause: str, inside: str, shorts: Sequence[str]) -> list[Explanation]:
    """Match abbreviations with the words of the clause by initials; empty if any part does not match.

    From the end backwards, each letter takes the nearest word that begins with it, and each other word of the bracket
    the same word of the clause. Words in between may be skipped, but hardly more than are taken.
    """
    words = list(_PIECE.finditer(clause))
    left, taken, passed = len(words), 0, 0
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for piece, short in reversed(_pieces(inside, shorts)):
        for sign in reversed(fold(piece).replace("w", "u") if short else [fold(piece)]):
            place = next((at for at in range(left - 1, -1, -1)
                          if fold(words[at][0])[:1 if short else None] == sign), -1)
            if place < 0:
                return []
            ends.setdefault(short, words[place if taken else -1].end())  # the full form ends at the bracket
            starts[short] = words[place].start()
            passed, taken, left = passed + left - 1 - place, taken + 1, place
    if passed > taken + 1:
        return []
    return [Explanation(short, clause[starts[short]:ends[short]]) for short in shorts]


def _pieces(inside: str, shorts: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words of a bracket, hyphenated ones in parts, each with its abbreviation or ""."""
    found: list[tuple[str, str]] = []
    for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", inside):
        found += [(part, word if word in shorts else "") for part in _PIECE.findall(word)]
    return found
