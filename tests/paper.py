"""Content of a PDF page: words with fonts and positions, rules; points from the lower left corner."""

import unicodedata
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """A glyph: `size` is the visible size after the text matrix; `x0` to `x1` is its advance."""

    letter: str
    font: str
    size: float
    x0: float
    x1: float
    baseline: float


@dataclass(frozen=True)
class Run:
    """Consecutive glyphs without spaces."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return unicodedata.normalize("NFC", "".join(glyph.letter for glyph in self.glyphs))

    @property
    def lines(self) -> list["Run"]:
        """Split the run into lines."""
        parts = groupby(self.glyphs, key=lambda glyph: round(glyph.baseline))
        return [Run(tuple(glyphs)) for _, glyphs in parts]

    @property
    def fonts(self) -> set[str]:
        return {glyph.font for glyph in self.glyphs}

    @property
    def sizes(self) -> set[float]:
        return {round(glyph.size, 2) for glyph in self.glyphs}

    @property
    def x0(self) -> float:
        return min(glyph.x0 for glyph in self.glyphs)

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def baseline(self) -> float:
        """The baseline of its first line."""
        return self.glyphs[0].baseline

    @property
    def bold(self) -> bool:
        return all("Bold" in font for font in self.fonts)

    @property
    def italic(self) -> bool:
        return all("Italic" in font for font in self.fonts)

    @property
    def upright(self) -> bool:
        return not any("Bold" in font or "Italic" in font for font in self.fonts)


@dataclass(frozen=True)
class RuleLine:
    """A horizontal rule."""

    x0: float
    x1: float
    y: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Sheet:
    """A page of a PDF; `number` counts from 0."""

    def __init__(self, path: Path, number: int = 0) -> None:
        self._document = pdfium.PdfDocument(path)
        self._page = self._document[number]
        self.width, self.height = self._page.get_size()

    @cached_property
    def all(self) -> Run:
        """All glyphs in reading order."""
        text = self._page.get_textpage()
        return Run(tuple(glyph for index in range(text.count_chars()) for glyph in _glyph(text, index)))

    @property
    def body(self) -> Run:
        """The text between the top and bottom margins."""
        return Run(tuple(glyph for glyph in self.all.glyphs if 20 * MM <= glyph.baseline <= self.height - 25 * MM))

    @property
    def head(self) -> Run:
        """The text in the top margin."""
        return Run(tuple(glyph for glyph in self.all.glyphs if glyph.baseline > self.height - 25 * MM))

    def find(self, words: str) -> Run:
        """Return the first occurrence of these words; raises LookupError if there is none."""
        found = self.find_all(words)
        if not found:
            raise LookupError(words)
        return found[0]

    def find_all(self, words: str) -> list[Run]:
        """Return all occurrences of these words, with any spacing."""
        sought, text = "".join(words.split()), "".join(glyph.letter for glyph in self.all.glyphs)
        starts, start = [], text.find(sought)
        while start >= 0:
            starts.append(start)
            start = text.find(sought, start + 1)
        return [Run(self.all.glyphs[start:start + len(sought)]) for start in starts]

    @cached_property
    def rules(self) -> list[RuleLine]:
        """The horizontal rules from top to bottom."""
        bounds = [item.get_bounds() for item in self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
        rules = [RuleLine(x0, x1, (low + high) / 2) for x0, low, x1, high in bounds if high - low < 2 < x1 - x0]
        return sorted(rules, key=lambda rule: -rule.y)

    def rule_below(self, run: Run) -> RuleLine:
        """Return the first rule below the run's last line that overlaps it horizontally."""
        low = run.lines[-1].baseline
        return next(rule for rule in self.rules if rule.y < low and rule.x0 < run.x1 and rule.x1 > run.x0)


def sheets(path: Path) -> list[Sheet]:
    """Return all pages."""
    return [Sheet(path, number) for number in range(len(pdfium.PdfDocument(path)))]


def _glyph(text: pdfium.PdfTextPage, index: int) -> Iterator[Glyph]:
    letter = chr(raw.FPDFText_GetUnicode(text, index))
    if letter.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
        return
    x, y, matrix, box = c_double(), c_double(), raw.FS_MATRIX(), raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
    raw.FPDFText_GetMatrix(text, index, byref(matrix))
    raw.FPDFText_GetLooseCharBox(text, index, byref(box))
    size = raw.FPDFText_GetFontSize(text, index) * abs(matrix.d)
    yield Glyph(letter, _font(text, index), size, box.left, box.right, y.value)


def _font(text: pdfium.PdfTextPage, index: int) -> str:
    name, flags = create_string_buffer(128), c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, byref(flags))
    return name.value.decode().partition("+")[2] or name.value.decode()
