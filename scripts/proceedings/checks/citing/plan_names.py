"""Names of units, bodies, posts and people in the plan, and search for exact and similar occurrences.

Words are compared without diacritics and case, with abbreviations expanded. Names are looked up in tables by their
words, so that a text is read once regardless of the number of names.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from proceedings.conference.model import Conference, Plan
from proceedings.schema import COLLECTIVE
from proceedings.text.slugs import fold_word

_TOKEN = re.compile(r"[^\W_]+|[.;:()!?\n\"“”]")  # "," and " - " occur within names, these do not
_FEWEST = 3  # words of a name; shorter names may be ordinary words
_LINK = "va"
# "cơ sở", "cán bộ", "ủy ban": the second syllable does not begin a name.
_WITHIN_WORDS = frozenset("cơ trụ hội xứ cán đồng toàn nội ủy công".split())


class Word(NamedTuple):
    """A word of a text without diacritics and case, "" at the end of a clause.

    `typed` is the word as written, "" within an expanded abbreviation.
    """

    fold: str
    typed: str
    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """A name as written in the plan; `first` is false if the case of its first letter is not significant.

    That is so at the beginning of a list item.
    """

    text: str
    words: tuple[Word, ...]
    first: bool

    @property
    def key(self) -> tuple[str, ...]:
        """Its words without diacritics and case."""
        return tuple(word.fold for word in self.words)


@dataclass(frozen=True)
class Found:
    """Words of a text that match a name, exactly or nearly.

    `whole` is true if all words match apart from diacritics and case. `at` is the index of the first word, `before`
    the word before it or "".
    """

    name: Name
    words: tuple[Word, ...]
    whole: bool
    at: int
    before: str


# --- Words ------------------------------------------------------------------------------------
class Words:
    """Tokenizer for texts; an abbreviation with a known full form becomes the words of that form."""

    def __init__(self, full: Mapping[str, str]) -> None:
        self._folded = {short: tuple(map(fold_word, words.split())) for short, words in full.items()}

    def of(self, text: str) -> "Wording":
        """Return the words of a text."""
        return Wording(text, self._folded)

    def key(self, text: str) -> tuple[str, ...]:
        """Return the folded words of a text."""
        return self.of(text).folded

    def folded(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Return words without diacritics and case; faster than `of`, because the ends of clauses are not known."""
        if self._folded.keys().isdisjoint(typed):
            return tuple(map(fold_word, typed))
        return tuple(word for each in typed for word in self._folded.get(each) or (fold_word(each),))


class Wording:
    """The words of a text. Only `folded` is computed at once, because few words of a text belong to names."""

    def __init__(self, text: str, full: Mapping[str, tuple[str, ...]]) -> None:
        self._text, self._full = text, full
        self._tokens = _TOKEN.findall(text)
        self._expanded = not full.keys().isdisjoint(self._tokens)
        self.folded = tuple(map(_fold, self._tokens)) if not self._expanded else tuple(
            word for typed in self._tokens for word in full.get(typed) or (_fold(typed),))

    def __getitem__(self, at: int) -> Word:
        token = self._origins[at]
        typed = self._tokens[token]
        return Word(self.folded[at], "" if typed in self._full else typed, *self._spans[token])

    def part(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words from one index to another."""
        return tuple(map(self.__getitem__, range(start, end)))

    def all(self) -> tuple[Word, ...]:
        """Return all words."""
        return self.part(0, len(self.folded))

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return [match.span() for match in _TOKEN.finditer(self._text)]

    @cached_property
    def _origins(self) -> Sequence[int]:
        """The index of each word's token; an expanded abbreviation is one token."""
        if not self._expanded:
            return range(len(self._tokens))
        return [at for at, typed in enumerate(self._tokens) for _ in self._full.get(typed) or (typed,)]


def _fold(token: str) -> str:
    return fold_word(token) if token.isalnum() else ""


# --- The plan's names -----------------------------------------------------------------------------
def words_in(conference: Conference) -> Words:
    """Return the tokenizer for the conference's texts."""
    return Words({entry.short: entry.full for entry in conference.abbreviations})


def names_of(plan: Plan, words: Words) -> Iterator[Name]:
    """Yield the plan's names of units, agencies, recipients, guests and the chair's posts, each once."""
    units = [*(unit.unit for unit in plan.assignments), *_plain(agency.name for agency in plan.agencies)]
    others = _plain((*plan.recipients, *plan.guests, *(plan.chair.posts if plan.chair else ())))
    seen = set[tuple[str, ...]]()
    for text, first in (*((unit, True) for unit in units), *((other, False) for other in others)):
        name = Name(text, words.of(text).all(), first)
        if len(name.key) >= _FEWEST and "" not in name.key and name.key not in seen:
            seen.add(name.key)
            yield name


def _plain(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts that name a single body, not several bodies or their delegates."""
    return (text for text in texts if not re.search(r"[,:;(]", text) and not text.startswith(f"{COLLECTIVE} "))


# --- Finding -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Index:
    """Lookup tables of names: by all words, with one dropped or "và" added, and with one left open."""

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
        """Map first words to the lengths of the names and variants that begin with them, longest first."""
        found: dict[str, set[int]] = {}
        for key in (*self._whole, *self._slipped):
            found.setdefault(key[0], set()).add(len(key))
        return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}

    @cached_property
    def _starts(self) -> frozenset[tuple[str, str]]:
        """First two words of names and variants; first and third word where the second is left open."""
        keys = (*self._whole, *self._slipped)
        return frozenset((key[0], word) for key in keys for word in key[1:2 if len(key) < 4 else 3])

    def begins_in(self, folded: Sequence[str]) -> bool:
        """Quick test whether any name may begin in a text, given its folded words."""
        skipping = zip(folded, folded[2:], strict=False)
        return not (self._starts.isdisjoint(pairwise(folded)) and self._starts.isdisjoint(skipping))

    def find(self, words: Wording) -> Iterator[Found]:
        """Yield exact and near matches from left to right, preferring exact ones, then longer ones."""
        folded, starts, end = words.folded, self._starts, 0
        skipping = zip(folded, folded[2:], strict=False)  # a name has at least three words
        likely = [at for at, (pair, skipped) in enumerate(zip(pairwise(folded), skipping, strict=False))
                  if pair in starts or skipped in starts]
        for at in likely:
            found = self._at(folded, at) if at >= end else None
            if found:
                name, length, whole = found
                end = at + length
                yield Found(name, words.part(at, end), whole, at, words[at - 1].typed if at else "")

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
        """Return the name that differs in one letter of one word: replaced, missing or added."""
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
    """Return whether the words differ from the plan's in letters, diacritics or capitals.

    Text in all capitals is not a different spelling. Words that either side abbreviates are not compared, nor the
    position of tone marks ("hóa", "hoá"), which another rule covers. Without any capital, the words may be ordinary
    words.
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
    """Return whether two words, both written out, differ in letters, diacritics or, if asked, capitals."""
    if not one or not other or one == other:
        return False
    if not capitals:
        one, other = one.lower(), other.lower()
    return sorted(unicodedata.normalize("NFD", one)) != sorted(unicodedata.normalize("NFD", other))
