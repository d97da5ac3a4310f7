"""Citations of documents in running text: kind, "số", number and date, as far as given.

Only complete numbers count: "21/2034/NĐ-CP", "301/KH-BTC", "12-NQ/TW", "59/2034/QH16". Laws may also be cited by name
and year.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from proceedings.conference.model import CitedDocument
from proceedings.text.language import document_numbers
from proceedings.text.language.dates import parse_short, parse_written, short
from proceedings.text.slugs import fold

# Kinds of documents with their abbreviations in document numbers (Decree 30/2020, annex III; party and legislative
# documents).
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "Báo cáo": ("BC",), "Biên bản": ("BB",), "Bộ luật": ("QH",), "Chỉ thị": ("CT",), "Chương trình": ("CTr", "CT"),
    "Công điện": ("CĐ",), "Công văn": (), "Dự án": ("DA",), "Đề án": ("ĐA",), "Hướng dẫn": ("HD",),
    "Kế hoạch": ("KH",), "Kết luận": ("KL",), "Lệnh": ("L",), "Luật": ("QH",), "Nghị định": ("NĐ",),
    "Nghị quyết": ("NQ", "QH", "UBTVQH"), "Nghị quyết liên tịch": ("NQLT",), "Pháp lệnh": ("UBTVQH", "PL"),
    "Phương án": ("PA",), "Quy chế": ("QC",), "Quy định": ("QĐ", "QyĐ"), "Quyết định": ("QĐ",), "Thông báo": ("TB",),
    "Thông cáo": ("TC",), "Thông tri": ("TT",), "Thông tư": ("TT",), "Thông tư liên tịch": ("TTLT",),
    "Tờ trình": ("TTr",),
})
# Laws are cited by name, in full also after the first mention.
LAWS = frozenset({"Bộ luật", "Hiến pháp", "Luật", "Pháp lệnh"})
# Informal abbreviations of kinds: "NĐ 21", "QĐ số 99".
SHORT_KINDS: Mapping[str, str] = MappingProxyType({
    "NĐ": "Nghị định", "NQ": "Nghị quyết", "QĐ": "Quyết định", "TT": "Thông tư", "CT": "Chỉ thị", "KH": "Kế hoạch",
})
# Kinds that identify a document with a bare number; "Kế hoạch 12" or "Báo cáo 12/2034" may mean anything.
_NUMBERED_KINDS = ("Chỉ thị", "Nghị định", "Nghị quyết", "Quyết định", "Thông tư", *SHORT_KINDS)

# All repetitions are bounded: content is untrusted and must be matched in linear time.
_KIND = "|".join(sorted((*KINDS, "Hiến pháp"), key=len, reverse=True))
_BEFORE = re.compile(rf"(?:(?<!\w)(?P<kind>(?i:{_KIND})|{'|'.join(SHORT_KINDS)})\s{{1,3}})?"
                     r"(?P<announced>(?i:số)\s{0,3}:?\s{0,3})?$")
_REACH = 60  # characters before a number in which its kind may stand
_DATE = re.compile(r"\s{0,3},?\s{0,3}(?:(?i:ngày)\s{1,3}(\d{1,2}/\d{1,2}/\d{4})(?![\d/])"
                   r"|((?i:ngày)\s{1,3}\d{1,2}\s{1,3}(?i:tháng)\s{1,3}\d{1,2}\s{1,3}(?i:năm)\s{1,3}\d{4}))")
_LISTED = re.compile(r"[,;]\s{0,3}(?:(?:và|hoặc)\s{1,3})?|\s{1,3}(?:và|hoặc)\s{1,3}")
_SHORTENED = re.compile(rf"(?<!\w)(?P<kind>{'|'.join(_NUMBERED_KINDS)})\s{{1,3}}(?:số\s{{1,3}})?"
                        rf"(?P<number>{document_numbers.WITHOUT_SYMBOL})(?=[.,;:)?!]?$|[.,;:)?!]\s|\s(?:của|về|và)\s)")
_NAMED_LAW = re.compile(r"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh)\s(?P<name>[^\W\d_a-z][^\s.;:()\d]{0,9}"
                        r"(?:\s[^\s.;:()\d]{1,10}){0,13}?)\snăm\s(?P<year>\d{4})(?!\d)")
_NO_NAME = frozenset("được đã do từ trong có là vào luật sẽ này".split())


@dataclass(frozen=True)
class Citation:
    """A document number in a text. `kind` and `typed` are as written, `number` is without spaces.

    `end` is the position after a date. `announced` is true if "số" stands before the number, `listed` if the kind is
    taken from the citation before, whose number is `previous`.
    """

    start: int
    end: int
    kind: str
    announced: bool
    typed: str
    number: str
    issued_on: date | None = None
    dated: bool = False
    listed: bool = False
    previous: str = ""

    @property
    def full_kind(self) -> str:
        """The kind written out and capitalized: "Quyết định" for "QĐ" and "quyết định"."""
        kind = SHORT_KINDS.get(self.kind, self.kind)
        return kind[:1].upper() + kind[1:].lower()


@dataclass(frozen=True)
class Shortened:
    """A kind with a number that lacks its symbol: "Nghị định 21/2034"."""

    typed: str
    kind: str
    number: str


@dataclass(frozen=True)
class NamedLaw:
    """A law cited by name and year: "Luật Mẫu năm 2034"."""

    typed: str
    kind: str
    name: str
    year: int


# --- Finding -------------------------------------------------------------------------------
def citations(text: str) -> tuple[Citation, ...]:
    """Return the numbered citations of a text, in order."""
    return _citations(text) if "/" in text else ()


@lru_cache(maxsize=20_000)  # several rules need the citations of each line
def _citations(text: str) -> tuple[Citation, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[Citation]:
    before = None
    for match in document_numbers.TYPED.finditer(text):
        found = _citation(text, match)
        if not found:
            continue
        if before:
            listed = not found.kind and before.kind and _LISTED.fullmatch(text, before.end, found.start)
            found = replace(found, previous=before.number, kind=before.kind if listed else found.kind,
                            listed=bool(listed))
        yield found
        before = found


def _citation(text: str, match: re.Match[str]) -> Citation | None:
    start = max(0, match.start() - _REACH)
    before = _BEFORE.search(text, start, match.start())
    kind, announced = (before["kind"] or "", bool(before["announced"])) if before else ("", False)
    symbol = match["symbol"] or ""
    # "5/CLB" alone is not a document number.
    if not (kind or announced or match["party"] or match["year"] or re.search(r"[-–/]", symbol)):
        return None
    issued_on, dated, end = date_after(text, match.end())
    return Citation(before.start() if before else match.start(), end, kind, announced, match[0], number_key(match[0]),
                    issued_on, dated)


def date_after(text: str, at: int) -> tuple[date | None, bool, int]:
    """Parse a date at a position ("ngày 22/02/2034").

    Returns the date (None if impossible), whether there is one, and its end.
    """
    found = _DATE.match(text, at)
    if not found:
        return None, False, at
    written = parse_written(found[2]) if found[2] else None
    return parse_short(found[1]) if found[1] else (written.complete if written else None), True, found.end()


def shortened(text: str) -> Iterator[Shortened]:
    """Yield citations whose number lacks its symbol."""
    for match in _SHORTENED.finditer(text):
        yield Shortened(match[0], SHORT_KINDS.get(match["kind"], match["kind"]), match["number"])


def named_laws(text: str) -> Iterator[NamedLaw]:
    """Yield laws cited by name and year."""
    for match in _NAMED_LAW.finditer(text) if " năm " in text else ():
        name = match["name"]
        if name[0].isupper() and not _NO_NAME.intersection(name.lower().split()):
            yield NamedLaw(match[0], match["kind"], name, int(match["year"]))


def blank_numbers(text: str) -> Iterator[str]:
    """Yield numbers that are still blank: "số …/QĐ-UBND", "Số: /KH-BTC"."""
    return (match[0] for match in document_numbers.BLANK.finditer(text)) if "/" in text else iter(())


# --- Comparison ------------------------------------------------------------------------------
def number_key(number: str) -> str:
    """Return the lookup key of a number: without spaces, with plain hyphens."""
    return "".join(number.split()).replace("–", "-")


def loose_key(number: str) -> str:
    """Return a key that ignores typing errors: diacritics, case, leading zeros, "-" instead of "/"."""
    return re.sub(r"[-/]", " ", fold(number_key(number))).lstrip("0")


def abbreviation(number: str) -> str:
    """Return the abbreviation of the kind in a number: "NĐ" in "21/2034/NĐ-CP", "QH" in "59/2034/QH16"."""
    match = document_numbers.TYPED.fullmatch(unicodedata.normalize("NFC", number))
    symbol = (match["symbol"] or match["party"]) if match else ""
    return re.split(r"[^A-ZĐa-z]", symbol, maxsplit=1)[0]


def short_citation(document: CitedDocument) -> str:
    """Return the short citation for later mentions: kind and number."""
    return f"{document.kind} số {document.number}"


def citation(document: CitedDocument) -> str:
    """Return a citation without subject: kind, number, date, issuer."""
    day = f" ngày {short(document.issued_on)}" if document.issued_on else ""
    return f"{short_citation(document)}{day} của {document.issuer}"


def full_citation(document: CitedDocument) -> str:
    """Return the full citation for the first mention: with the subject, in lower case."""
    subject = document.subject
    goes_on = subject[:1].lower() + subject[1:] if fold(subject).startswith(("ve ", "v/v ")) else f"về {subject}"
    return f"{citation(document)} {goes_on}"
