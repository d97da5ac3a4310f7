"""Numbers of headings and paragraphs: I, 1, a) in the order of the Vietnamese alphabet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from proceedings.text.source import Block, Kind

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_TENS, _ONES = ("", "X", "XX", "XXX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMANS = tuple(ten + one for ten in _TENS for one in _ONES)
_MARK = re.compile(
    r"(?:(?P<roman>[IVX]{1,6})(?P<roman_end>[.)/:]|\s?[-–])"
    r"|(?P<prefix>(?:\d{1,2}\.){0,3})(?P<number>\d{1,2})(?P<number_end>[.)/])"
    r"|(?P<dotted>(?:\d{1,2}\.){1,3})(?P<last>\d{1,2})"
    r"|(?P<letter>[a-zđ])(?P<letter_end>[.)/]))\s+(?=\S)")
_NAME = re.compile(r"[A-ZĐ]\.")  # "V. I. Lênin" is not part V
_CAPITAL_LETTER = re.compile(r"[A-ZĐ][.)]\s")


class Series(IntEnum):
    """Kinds of numbering, from the outermost."""

    ROMAN = 0
    NUMBER = 1
    LETTER = 2


@dataclass(frozen=True)
class Mark:
    """A number as typed: its position in the series (0 if invalid), its delimiter, the text after it."""

    series: Series
    place: int
    end: str
    prefix: str
    rest: str

    def written(self, place: int) -> str:
        """Return the number at a position of the series, with the required delimiter."""
        signs = (_ROMANS, range(len(_ROMANS)), f" {_LETTERS}")[self.series]
        sign = signs[place] if place < len(signs) else place
        return f"{self.prefix}{sign}{')' if self.series is Series.LETTER else '.'}"


def mark_of(text: str) -> Mark | None:
    """Return the number at the beginning of a text, or None."""
    found = _MARK.match(text)
    if not found:
        return None
    rest = text[found.end():]
    if found["roman"]:
        if found["roman"] not in _ROMANS or _NAME.match(rest):
            return None
        return Mark(Series.ROMAN, _ROMANS.index(found["roman"]), found["roman_end"].strip(), "", rest)
    if found["letter"]:
        return Mark(Series.LETTER, _LETTERS.find(found["letter"]) + 1, found["letter_end"], "", rest)
    number, prefix = found["number"] or found["last"], found["prefix"] or found["dotted"] or ""
    return Mark(Series.NUMBER, int(number), found["number_end"] or "", prefix, rest)


# --- Order ------------------------------------------------------------------------
@dataclass(frozen=True)
class Misnumbered:
    """A block whose number is not the next of its series, and the expected number."""

    block: Block
    found: str
    expected: str


def misnumbered(blocks: Sequence[Block]) -> Iterator[Misnumbered]:
    """Yield headings and paragraphs with numbers that are skipped, repeated or out of order."""
    counting = _Counting(_counted_through(blocks), _paragraphs_counted_through(blocks))
    for block in blocks:
        mark = mark_of(block.text) if block.kind in (Kind.HEADING, Kind.PARAGRAPH) else None
        if block.kind is Kind.HEADING:
            expected = counting.heading(block, mark)
        else:
            expected = counting.paragraph(mark) if mark and not mark.prefix else 0
        if mark and expected:
            found = block.text[:len(block.text) - len(mark.rest)].rstrip()
            yield Misnumbered(block, found, mark.written(expected))


_Rank = tuple[int, Series]  # of a heading: its level, and its series within the level


@dataclass
class _Counting:
    """The last number of each heading rank, by prefix, and of each series of paragraphs.

    Paragraphs are counted below the last heading. `through` are the ranks whose numbers continue from one part to the
    next, `paragraphs_through` the series of paragraphs that do; `former` and `former_paragraphs` are the last numbers
    of earlier parts.
    """

    through: frozenset[_Rank]
    paragraphs_through: frozenset[Series]
    headings: dict[tuple[_Rank, str], int] = field(default_factory=dict)
    former: dict[_Rank, int] = field(default_factory=dict)
    paragraphs: dict[Series, int] = field(default_factory=dict)
    former_paragraphs: dict[Series, int] = field(default_factory=dict)

    def heading(self, block: Block, mark: Mark | None) -> int:
        """Return the expected position of a heading's number, or 0 if it is right."""
        siblings, self.paragraphs = self.paragraphs, {}
        self.former_paragraphs |= siblings
        begun = _begun(block, mark)
        for key in [key for key in self.headings if key[0] > begun]:  # ranks below it are counted anew
            self.former[key[0]] = self.headings.pop(key)
        if not mark:
            return 0
        rank, key = (block.level, mark.series), ((block.level, mark.series), mark.prefix)
        if key in self.headings:
            expected = self.headings[key] + 1
        else:
            last = self.former.get(rank, 0) if rank in self.through else 0
            beginnings = (siblings.get(mark.series, 0) + 1, last + 1)
            expected = mark.place if mark.place in beginnings else beginnings[0]
        self.headings[key] = _counted(mark, expected)
        return expected if mark.place != expected else 0

    def paragraph(self, mark: Mark) -> int:
        """Return the same for a paragraph, which may also continue from its heading: "### 2. …", then "3. …"."""
        former = self.former_paragraphs.get(mark.series, 0) if mark.series in self.paragraphs_through else 0
        last = self.paragraphs.get(mark.series, former)
        above = max((key for key in self.headings if key[0][1] is mark.series and not key[1]), default=None)
        if above and mark.place == self.headings[above] + 1 != last + 1:
            self.headings[above] = mark.place
            self.paragraphs = {}
            return 0
        expected = 1 if mark.place == 1 and last > 1 else last + 1
        self.paragraphs = {series: place for series, place in self.paragraphs.items() if series < mark.series}
        self.paragraphs[mark.series] = _counted(mark, expected)
        return expected if mark.place != expected else 0


def _begun(block: Block, mark: Mark | None) -> tuple[int, int]:
    """Return the lowest rank that stays open at a heading.

    For a heading without a number that is the rank of its level, for "B. KẾT QUẢ" the one above it.
    """
    if mark:
        return block.level, mark.series
    return (block.level, -1) if _CAPITAL_LETTER.match(block.text) else (block.level, len(Series))


def _counted(mark: Mark, expected: int) -> int:
    """Return where counting continues: at the number as typed, or at the right one if "đ" was left out."""
    left_out = mark.series is Series.LETTER and (mark.place, expected) == (_LETTERS.index("e") + 1, _LETTERS.index("e"))
    return mark.place if mark.place and not left_out else expected


def _paragraphs_counted_through(blocks: Sequence[Block]) -> frozenset[Series]:
    """Return the paragraph series that never restart below a heading."""
    firsts: dict[Series, list[int]] = {}
    begun: set[Series] = set()
    for block in blocks:
        mark = mark_of(block.text) if block.kind is Kind.PARAGRAPH else None
        if block.kind is Kind.HEADING:
            begun = set()
        elif mark and not mark.prefix and mark.series not in begun:
            begun.add(mark.series)
            firsts.setdefault(mark.series, []).append(mark.place)
    return frozenset(series for series, places in firsts.items() if len(places) > 1 and 1 not in places[1:])


def _counted_through(blocks: Sequence[Block]) -> frozenset[_Rank]:
    """Return the heading ranks that never restart, as in "I. 1. 2.", "II. 3. 4."."""
    firsts: dict[_Rank, list[int]] = {}
    open_ranks: set[_Rank] = set()
    for block in blocks:
        if block.kind is Kind.HEADING:
            mark = mark_of(block.text)
            open_ranks = {rank for rank in open_ranks if rank <= _begun(block, mark)}
            rank = (block.level, mark.series) if mark else None
            if mark and rank and rank not in open_ranks:
                open_ranks.add(rank)
                firsts.setdefault(rank, []).append(mark.place)
    return frozenset(rank for rank, places in firsts.items() if len(places) > 1 and 1 not in places[1:])
