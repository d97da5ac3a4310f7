"""The names that the plan gives to units, bodies, posts and people, and how to find them, or what nearly is one.

Words are compared without marks and capitals, abbreviations written out, in tables by whole names: a text is read once,
however many names there are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from proceedings.conference.model import Conference, Plan
from proceedings.schema import COLLECTIVE
from proceedings.text.slugs import fold

_TOKEN = re.compile(r"[^\W_]+|[.;:()!?\n\"“”]")  # "," and " - " stand within names, these never do
_FEWEST = 3  # words of a name: fewer may be any words
_LINK = "va"
# "cơ sở", "cán bộ", "ủy ban": the second syllable begins no name.
_WITHIN_WORDS = frozenset("cơ trụ hội xứ cán đồng toàn nội ủy công".split())


class Word(NamedTuple):
    """A word of a text without marks and capitals, "" for what ends a clause; `typed` is "" within an abbreviation."""

    fold: str
    typed: str
    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """A name as the plan writes it; `first` says whether its first letter counts: that of a list's item may be any."""

    text: str
    words: tuple[Word, ...]
    first: bool

    @property
    def key(self) -> tuple[str, ...]:
        """Its words without marks and capitals."""
        return tuple(word.fold for word in self.words)


@dataclass(frozen=True)
class Found:
    """Words of a text that are a name, or nearly: `whole` are its words, be they with wrong marks or capitals.

    They are the text's words from the place `at` on; `before` is the one before them, "" where none is.
    """

    name: Name
    words: tuple[Word, ...]
    whole: bool
    at: int
    before: str


# --- Words ------------------------------------------------------------------------------------
class Words:
    """Takes texts apart; abbreviations with a full form are as many words as that has."""

    def __init__(self, full: Mapping[str, str]) -> None:
        self._full = full

    def of(self, text: str) -> list[Word]:
        """The words of a text."""
        found: list[Word] = []
        for match in _TOKEN.finditer(text):
            typed, (start, end) = match[0], match.span()
            if typed in self._full:
                found.extend(Word(fold(word), "", start, end) for word in self._full[typed].split())
            else:
                found.append(Word(_fold(typed), typed, start, end))
        return found

    def key(self, text: str) -> tuple[str, ...]:
        """The words of a text without marks and capitals; a quick look, for it keeps no places."""
        tokens, folded = _tokens(text)
        return folded if self._full.keys().isdisjoint(tokens) else tuple(word.fold for word in self.of(text))


@lru_cache(maxsize=20_000)  # the words are few, and each comes often
def _fold(typed: str) -> str:
    return fold(typed) if typed.isalnum() else ""


@lru_cache(maxsize=20_000)  # two rules look through each line
def _tokens(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a text as typed, and without marks and capitals in their order."""
    tokens = _TOKEN.findall(text)
    return frozenset(tokens), tuple(map(_fold, tokens))


# --- The plan's names -----------------------------------------------------------------------------
def words_in(conference: Conference) -> Words:
    """What takes the conference's texts apart."""
    return Words({entry.short: entry.full for entry in conference.abbreviations})


def names_of(plan: Plan, words: Words) -> Iterator[Name]:
    """Units with speeches, agencies with tasks, recipients, guests, the chair's posts: each once, as first written."""
    units = [*(unit.unit for unit in plan.assignments), *_plain(agency.name for agency in plan.agencies)]
    others = _plain((*plan.recipients, *plan.guests, *(plan.chair.posts if plan.chair else ())))
    seen = set[tuple[str, ...]]()
    for text, first in (*((unit, True) for unit in units), *((other, False) for other in others)):
        name = Name(text, tuple(words.of(text)), first)
        if len(name.key) >= _FEWEST and "" not in name.key and name.key not in seen:
            seen.add(name.key)
            yield name


def _plain(texts: Iterable[str]) -> Iterator[str]:
    """Those that name one body, not several, nor whom it sends."""
    return (text for text in texts if not re.search(r"[,:;(]", text) and not text.startswith(f"{COLLECTIVE} "))


# --- Finding -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Index:
    """Tables of names: by all their words, by their words with one dropped or "và" added, and with one left open."""

    names: tuple[Name, ...]

    @cached_property
    def _whole(self) -> Mapping[tuple[str, ...], Name]:
        return {name.key: name for name in self.names}

    @cached_property
    def _slipped(self) -> Mapping[tuple[str, ...], Name]:
        found: dict[tuple[str, ...], Name] = {}
        for name in self.names:
            key = name.key
            for at in range(1, len(key) - 1):
                if len(key) > 4 or (len(key) == 4 and key[at] == _LINK):
                    found.setdefault(key[:at] + key[at + 1:], name)
            for at in range(2, len(key)) if len(key) >= 4 else ():
                found.setdefault((*key[:at], _LINK, *key[at:]), name)
        return found

    @cached_property
    def _open(self) -> Mapping[tuple[int, tuple[str, ...]], Name]:
        return {(at, name.key[:at] + name.key[at + 1:]): name
                for name in self.names for at in range(1, len(name.key)) if len(name.key) >= 4}

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """The numbers of words, most first, of names that begin with a word, and of what they nearly are."""
        found: dict[str, set[int]] = {}
        for key in (*self._whole, *self._slipped):
            found.setdefault(key[0], set()).add(len(key))
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}

    @cached_property
    def _starts(self) -> frozenset[tuple[str, str]]:
        """First and second word of names and of what they nearly are, first and third where the second is left open."""
        keys = (*self._whole, *self._slipped)
        return frozenset((key[0], word) for key in keys for word in key[1:2 if len(key) < 4 else 3])

    def begins_in(self, folded: Sequence[str]) -> bool:
        """Whether something in a text begins like a name: a quick look at its words without marks."""
        skipping = zip(folded, folded[2:], strict=False)
        return not (self._starts.isdisjoint(pairwise(folded)) and self._starts.isdisjoint(skipping))

    def find(self, words: Sequence[Word]) -> Iterator[Found]:
        """Where the words are a name or nearly, from left to right; of several the whole one, then the longest."""
        folded, starts, at = tuple(word.fold for word in words), self._starts, 0
        pairs, skipping = list(pairwise(folded)), list(zip(folded, folded[2:], strict=False))
        while at < len(skipping):  # a name has three words at least
            found = self._at(folded, at) if pairs[at] in starts or skipping[at] in starts else None
            if found:
                name, length, whole = found
                yield Found(name, tuple(words[at:at + length]), whole, at, words[at - 1].typed if at else "")
            at += found[1] if found else 1

    def _at(self, folded: tuple[str, ...], at: int) -> tuple[Name, int, bool] | None:
        parts = [folded[at:at + length] for length in self._lengths[folded[at]]]
        for part in parts:
            if part in self._whole:
                return self._whole[part], len(part), True
        for part in parts:
            name = self._slipped.get(part) or self._misspelt(part)
            if name:
                return name, len(part), False
        return None

    def _misspelt(self, part: tuple[str, ...]) -> Name | None:
        """The name of which one word has one letter wrong, missing or too many."""
        for at in range(1, len(part)):
            name = self._open.get((at, part[:at] + part[at + 1:]))
            if name and _one_letter_apart(part[at], name.key[at]):
                return name
        return None


def _one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) - len(short) > 1 or one == other or not (one + other).isalpha():
        return False
    same = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return short[same + (len(short) == len(long)):] == long[same + 1:]


# --- Spelling ----------------------------------------------------------------------------------
def misspells(found: Found) -> bool:
    """Whether the words have other letters, marks or capitals than the plan's; all capitals are no other spelling.

    Words that either writes as an abbreviation are not compared. Nor is where a tone stands ("hóa", "hoá"): that is the
    same for all words, and no matter of names. Without any capital they may be common words.
    """
    typed = [word.typed for word in found.words if word.typed]
    if all(word.islower() for word in typed) or (typed[0].islower() and found.before.lower() in _WITHIN_WORDS):
        return False
    if not found.whole:
        return True
    capitals = all(word.isupper() for word in typed)
    return any(_differ(word.typed, name.typed, capitals=not capitals and (at > 0 or found.name.first))
               for at, (word, name) in enumerate(zip(found.words, found.name.words, strict=True)))


def _differ(one: str, other: str, *, capitals: bool) -> bool:
    """Whether two words, written out both, have other letters, marks or, if asked, capitals."""
    if not one or not other or one == other:
        return False
    if not capitals:
        one, other = one.lower(), other.lower()
    return sorted(unicodedata.normalize("NFD", one)) != sorted(unicodedata.normalize("NFD", other))
