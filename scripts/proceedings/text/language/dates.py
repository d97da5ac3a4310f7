"""Dates in Vietnamese administrative documents (Decree 30/2020, annex I).

`PIECES` is the only place that says which forms a date has, wrong ones included. What may stand around a date differs
by use, so each use adds that to the piece.
"""

import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from proceedings.text.language.grammar import Grammar, Piece, expression

PIECES: Grammar = MappingProxyType({
    "day": Piece(r"\d{1,2}", "05"),
    "month": Piece(r"\d{1,2}", "4"),
    "year": Piece(r"\d{4}", "2034"),
    "recent_year": Piece(r"(?:19|20)\d\d", "2034"),
    "gap": Piece(r"\s{1,9}", " "),
    "numeric": Piece(r"<day>/<month>/<year>", "05/4/2034"),
    "recent": Piece(r"<day>/<month>/<recent_year>", "05/4/2034"),
    "day_month": Piece(r"<day>/<month>", "05/4"),
    "dotted": Piece(r"<day>(?P<mark>[.-])<month>(?P=mark)<recent_year>", "05-4-2034"),
    "month_year": Piece(r"<month>(?:/|<gap>(?i:năm)<gap>)<recent_year>", "4 năm 2034"),
    "day_and_month": Piece(r"<day><gap>(?i:tháng)<gap><month>", "05 tháng 4"),
    "in_words": Piece(r"<day_and_month><gap>(?i:năm)<gap><year>", "05 tháng 4 năm 2034"),
    "named": Piece(r"(?i:ngày)<gap>(?:<numeric>|<in_words>)", "ngày 05/4/2034"),
    "years": Piece(r"<recent_year>[-–]<recent_year>", "2032-2035"),
    # --- In a draft day and month may be blank ---
    "draft": Piece(r"(?i:ngày)\s*(?:(?P<day><day>)\s*)?(?i:tháng)\s*(?:(?P<month><month>)\s*)?(?i:năm)\s*"
                   r"(?P<year><year>)", "ngày    tháng 4 năm 2034"),
    "blank_day": Piece(r"(?i:ngày)\s+(?=(?i:tháng))", "ngày tháng"),
    "blank_month": Piece(r"(?i:tháng)\s+(?=(?i:năm))", "tháng năm"),
    # --- What a plan sets ---
    "deadline": Piece(r"(?i:trước|chậm nhất(?: là)?|đến)<gap>(?i:ngày)<gap>(?P<deadline><numeric>)(?![\d/])",
                      "trước ngày 05/4/2034"),
    "in_month": Piece(r"\b(?i:tháng)<gap>(?P<month>0?[1-9]|1[0-2])(?:/|<gap>(?i:năm)<gap>)(?P<year><year>)",
                      "tháng 4/2034"),
    "in_week": Piece(r"\b(?i:tuần)<gap>(?P<week>\d)\b", "tuần 1"),
})

# "05/4/2034" anywhere in a sentence, but not within a document number such as "12/2034/NĐ-CP".
NUMERIC = re.compile(expression(PIECES, r"(?<![\d/])<numeric>(?![\d/])"))
NAMED = expression(PIECES, "<named>")
DRAFT = re.compile(expression(PIECES, "<draft>"))
DEADLINE = re.compile(expression(PIECES, "<deadline>"))
IN_MONTH = re.compile(expression(PIECES, "<in_month>"))
BLANKS = tuple(expression(PIECES, name) for name in ("<blank_day>", "<blank_month>"))
IN_WEEK = re.compile(expression(PIECES, "<in_week>"))
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True)
class PartialDate:
    """A date whose day or month may be blank, as in a draft."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def complete(self) -> date | None:
        """The calendar date, or None if a part is blank."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


def two_digit(number: int, below: int) -> str:
    """Return a number with a leading zero if it is smaller than `below`."""
    return f"{number:02d}" if number < below else str(number)


def short(day: date) -> str:
    """Format a date: "22/02/2034", "05/4/2024", with a zero before days below 10 and months 1 and 2 only."""
    return f"{two_digit(day.day, 10)}/{two_digit(day.month, 3)}/{day.year}"


def read(text: str) -> date | None:
    """Parse a text that is a date ("05/4/2034", "ngày 05 tháng 4 năm 2034"); None if it is not a calendar date."""
    day, month, year = map(int, _FIGURES.findall(text))
    return _real(year, month, day)


def parse_short(text: str) -> date | None:
    """Parse "22/02/2034" (zeros optional); None if it is not a calendar date."""
    return read(text) if NUMERIC.fullmatch(text.strip()) else None


def find_short(text: str) -> date | None:
    """Return the first valid numeric date in the text, or None."""
    return next(filter(None, (read(found[0]) for found in NUMERIC.finditer(text))), None)


def parse_written(text: str) -> PartialDate | None:
    """Parse "Nơi ban hành, ngày 05 tháng 4 năm 2024", possibly with blanks; None if absent or impossible."""
    found = DRAFT.search(text)
    if not found:
        return None
    day, month, year = (int(part) if part else None for part in found.group("day", "month", "year"))
    if (month and not 1 <= month <= 12) or (day and month and not _real(year or 0, month, day)):
        return None
    return PartialDate(year or 0, month, day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
