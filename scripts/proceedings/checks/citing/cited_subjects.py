"""Comparison of the words after a citation with the issuer and subject in the register."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from proceedings.conference.citations import Citation, date_after
from proceedings.conference.model import CitedDocument
from proceedings.text.slugs import fold_word

_NEXT = 30  # characters within which the next word must begin and end
_SLACK = 120  # characters beyond twice the length of issuer and subject within which the text is compared
_TOKEN = re.compile(r"[^\W_]+|[;.()\n]")
_OF = "cua"
_ENDS = frozenset(";.()\n")
# Words that specify a body after its kind: "Ủy ban nhân dân" followed by "tỉnh" or "huyện".
_LEVELS = frozenset("tinh huyen xa phuong quan thanh thi trung".split())
# Heads of ministries and agencies: their documents may be cited as those of the head.
_HEADS = frozenset({"bo truong", "chu nhiem", "thong doc", "tong thanh tra", "vien truong", "giam doc"})
_LEADS = (("ve", "viec"), ("v", "v"), ("ve",), ("viec",), ())
_STOPS = _ENDS | frozenset("ve ngay va".split())
_LONGEST_ISSUER = 12  # words
_LONGEST_NAME = 4  # words of a place name after an issuer's name


class Agreement(Enum):
    """Comparison of a text with the register: not mentioned, contradicting, or the same."""

    ABSENT = "absent"
    CONTRARY = "contrary"
    SAME = "same"


@dataclass(frozen=True)
class Following:
    """What follows a citation. `dated`: a date before or after the issuer; `said`: the issuer as written."""

    dated: bool
    issuer: Agreement
    subject: Agreement
    said: str = ""


class _Word(NamedTuple):
    fold: str
    typed: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.typed[:1].isupper()


def following(text: str, cited: Citation, document: CitedDocument, full: Mapping[str, str]) -> Following:
    """Compare the text after a citation's number with the document.

    `full` maps abbreviations to their full forms.
    """
    first = _TOKEN.search(text, cited.end, cited.end + _NEXT)
    own = _folded(document.subject, full)
    if not first or fold_word(first[0]) not in {_OF, *(lead[0] for lead in _LEADS if lead), *own[:1]}:
        # The usual case: only the number is mentioned.
        return Following(cited.dated, Agreement.ABSENT, Agreement.ABSENT)
    reach = 2 * (len(document.issuer) + len(document.subject)) + _SLACK
    words = _words(text[cited.end:cited.end + reach], cited.end, full)
    issuer, at = _issuer(words, _folded(document.issuer, full))
    said = text[words[1].start:words[max(at, 2) - 1].end] if issuer is Agreement.CONTRARY else ""
    dated = cited.dated
    if at and not dated:
        _, dated, end = date_after(text, words[at - 1].end)
        at = next((place for place, word in enumerate(words) if word.start >= end), len(words))
    return Following(dated, issuer, _subject(words[at:], own), said)


def _words(text: str, start: int, full: Mapping[str, str]) -> list[_Word]:
    """Split a text into words, with `start` as its position in a longer text."""
    return [_Word(fold_word(word), word, start + match.start(), start + match.end())
            for match in _TOKEN.finditer(text) for word in full.get(match[0], match[0]).split(" ")]


def _folded(text: str, full: Mapping[str, str]) -> list[str]:
    folded = (fold_word(word) for typed in _TOKEN.findall(text) for word in full.get(typed, typed).split(" "))
    return [word for word in folded if word not in _ENDS]


def _common(words: Sequence[_Word], wanted: Sequence[str]) -> int:
    pairs = enumerate(zip(words, wanted, strict=False))
    return next((count for count, (word, other) in pairs if word.fold != other), min(len(words), len(wanted)))


# --- Issuer --------------------------------------------------------------------------------
def _issuer(words: Sequence[_Word], wanted: Sequence[str]) -> tuple[Agreement, int]:
    """Compare "của …" with the issuer; also return the number of words it takes."""
    if len(words) < 2 or words[0].fold != _OF or not wanted:
        return Agreement.ABSENT, 0
    at = 3 if " ".join(word.fold for word in words[1:3]) in _HEADS and words[3:4] else 1
    count = _common(words[at:], wanted)
    rest = words[at + count:]
    if count == len(wanted):
        return Agreement.SAME, at + count + _place_behind(rest)
    if not count:
        # "của tỉnh" does not name a body.
        return (Agreement.CONTRARY, _end_of_name(words)) if words[at].capital and at == 1 else (Agreement.ABSENT, 0)
    if rest and rest[0].fold not in _ENDS and (rest[0].fold in _LEVELS or rest[0].capital):
        return Agreement.CONTRARY, _end_of_name(words)
    return Agreement.SAME, at + count


def _place_behind(rest: Sequence[_Word]) -> int:
    """Return the number of words of a place after an issuer's name ("tỉnh Mẫu").

    The register may omit the place.
    """
    skipped = 1 if rest and rest[0].fold in _LEVELS else 0
    capitals = next((count for count, word in enumerate(rest[skipped:]) if not word.capital), len(rest) - skipped)
    return skipped + min(capitals, _LONGEST_NAME) if capitals or skipped else 0


def _end_of_name(words: Sequence[_Word]) -> int:
    """Return where the name after "của" ends.

    That is after its last capitalized word or level, or after the word that follows a single capital.
    """
    stop = next((at for at, word in enumerate(words) if at > 1 and word.fold in _STOPS), len(words))
    name = words[1:min(stop, _LONGEST_ISSUER)]
    last = max((at for at, word in enumerate(name) if word.capital), default=0)
    begins = last < len(name) - 1 and (last <= 1 or not name[last - 1].capital)
    level = max((at for at, word in enumerate(name) if word.fold in _LEVELS), default=0)
    return 1 + max(last + begins, level) + 1


# --- Subject -------------------------------------------------------------------------------
def _subject(words: Sequence[_Word], wanted: list[str]) -> Agreement:
    """Compare the following words with the subject; a beginning of the subject counts as the same."""
    lead = next(len(lead) for lead in _LEADS if tuple(wanted[:len(lead)]) == lead)
    own = wanted[lead:] or wanted
    end = next((at for at, word in enumerate(words) if word.fold in _ENDS), len(words))
    said = words[:end]
    lead = next(len(lead) for lead in _LEADS if tuple(word.fold for word in said[:len(lead)]) == lead)
    said = said[lead:]
    count = _common(said, own)
    if count and (count >= min(2, len(own)) or lead):
        return Agreement.CONTRARY if _slipped(said[count:], own[count:]) else Agreement.SAME
    return Agreement.CONTRARY if lead and _slipped(said, own) else Agreement.ABSENT


def _slipped(said: Sequence[_Word], own: Sequence[str]) -> bool:
    """Return whether one or two syllables were changed, dropped or added, with equal words after them.

    Otherwise the sentence may have continued beyond the subject.
    """
    typed = [word.fold for word in said[:4]]
    for in_text, in_subject in ((1, 1), (0, 1), (1, 0), (2, 2), (0, 2), (2, 0)):
        after = list(own[in_subject:in_subject + 2])
        if after and typed[in_text:in_text + len(after)] == after:
            return True
    return False
