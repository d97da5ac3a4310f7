"""Dates in Vietnamese administrative documents (Decree 30/2020, annex I)."""

import re
from dataclasses import dataclass
from datetime import date

# "05/4/2024" anywhere in a sentence, but not within a document number such as "12/2034/NĐ-CP".
NUMERIC = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
# "ngày 05 tháng 4 năm 2024"; in a draft, day and month may be blank.
WRITTEN = re.compile(r"ngày\s*(?:(\d{1,2})\s*)?tháng\s*(?:(\d{1,2})\s*)?năm\s*(\d{4})", re.IGNORECASE)


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


def parse_short(text: str) -> date | None:
    """Parse "22/02/2034" (zeros optional); None if it is not a calendar date."""
    match = NUMERIC.fullmatch(text.strip())
    return _real(*map(int, match.groups()[::-1])) if match else None


def find_short(text: str) -> date | None:
    """Return the first valid numeric date in the text, or None."""
    found = (_real(*map(int, match.groups()[::-1])) for match in NUMERIC.finditer(text))
    return next((day for day in found if day), None)


def parse_written(text: str) -> PartialDate | None:
    """Parse "Nơi ban hành, ngày 05 tháng 4 năm 2024", possibly with blanks; None if absent or impossible."""
    match = WRITTEN.search(text)
    if not match:
        return None
    day, month, year = (int(part) if part else None for part in match.groups())
    if (month and not 1 <= month <= 12) or (day and month and not _real(year or 0, month, day)):
        return None
    return PartialDate(year or 0, month, day)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
