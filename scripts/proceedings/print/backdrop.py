"""Layout of the stage backdrop, rendered as an SVG drawing for the print shop and as print HTML.

Both use the same positions. The drawing contains outlines, so that it can be opened without the font; the PDF
contains text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import woff2
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from proceedings.conference.model import Backdrop, Conference
from proceedings.conference.settings import Settings
from proceedings.html import official
from proceedings.system.revisions import Revision

_FONT = "assets/fonts/be-vietnam-pro-bold.woff2"  # also referenced in backdrop.css
_STYLE = "backdrop.css"
_WIDEST = 0.86  # fraction of the backdrop's width
_NARROWEST = 0.1  # em; minimum line width, avoids division by zero for lines without ink
_FULLEST = 0.68  # fraction of the backdrop's height, without the space between blocks
_CLEAR = 0.03  # fraction of the backdrop's height: minimum distance of marks from other blocks and from the edge
_FOOT = 1.15  # weight of the space below the last line
_PITCH = 1.5  # line spacing in em, large enough for the marks of "Ẳ" below "Ậ"
_APART = 0.02  # em; minimum distance of the marks of two lines, if these need more than the usual line spacing
_RULE = (0.1, 0.004)  # length as a fraction of the width, thickness as a fraction of the height


@dataclass(frozen=True)
class Format:
    """Dimensions of a backdrop in millimetres at actual size; printed at a scale of 1:`scale`."""

    name: str
    width: float
    height: float
    scale: int


WIDE = Format("wide", 6000, 3000, 10)  # a PDF page is at most 5 m wide
SCREEN = Format("screen", 508, 285.75, 1)  # 16:9; 1920 × 1080 CSS pixels
FORMATS = (WIDE, SCREEN)


class Role(StrEnum):
    """The role of a line, which determines its style."""

    BODY = "body"
    KIND = "kind"
    NAME = "name"
    FOOTER = "footer"


@dataclass(frozen=True)
class PlacedLine:
    """A line of text with its baseline start (`x`, `y`) from the top left, and its em `size`, in mm."""

    text: str
    x: float
    y: float
    size: float
    role: Role


@dataclass(frozen=True)
class Rule:
    """A filled bar; (`x`, `y`) is its top left corner, in mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """A finished layout; `rule` is None if there are no lines of bodies above other lines."""

    format: Format
    lines: tuple[PlacedLine, ...]
    rule: Rule | None


@dataclass(frozen=True)
class Shape:
    """The outline of a line: advance width, and ink extents above and below the baseline, in em.

    `path` is SVG path data in font units, with the y axis pointing upwards.
    """

    width: float
    above: float
    below: float
    path: str


class UnknownLettersError(ValueError):
    """The font has no glyphs for some letters of the backdrop, given in `letters`."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(f"phông chữ của ma kết không có chữ: {' '.join(letters)}")


class Typeface:
    """The font of the backdrop. Lengths are in em, except `units`, the number of font units per em."""

    def __init__(self, data: bytes) -> None:
        """Load an uncompressed OpenType font."""
        face = hb.Face(data)
        self._font = hb.Font(face)
        extents = self._font.get_font_extents("ltr")
        self.units: int = face.upem
        self.ascent: float = extents.ascender / self.units
        self.descent: float = -extents.descender / self.units
        capital = self._font.get_glyph_extents(self._font.get_nominal_glyph(ord("H")))
        self.capital: float = capital.y_bearing / self.units

    @property
    def gap(self) -> float:
        """Width of the space for a blank day or month: two digits and a space."""
        return sum(advance for _, _, advance in self._glyphs("00 ")) / self.units

    def shape(self, line: str) -> Shape:
        """Return the outline of a line, with space for handwriting at blank dates.

        Raises UnknownLettersError.
        """
        x, above, below, pen = 0.0, 0, 0, SVGPathPen(None)
        for number, piece in enumerate(_pieces(line)):
            x += self.gap * self.units if number else 0
            for glyph, (right, up), advance in self._glyphs(piece):
                extents = self._font.get_glyph_extents(glyph)
                above = max(above, up + extents.y_bearing)
                below = max(below, -(up + extents.y_bearing + extents.height))
                self._font.draw_glyph_with_pen(glyph, TransformPen(pen, (1, 0, 0, 1, x + right, up)))
                x += advance
        return Shape(x / self.units, above / self.units, below / self.units, pen.getCommands())

    def _glyphs(self, text: str) -> Iterator[tuple[int, tuple[int, int], int]]:
        """Yield the glyph index, offset and advance of each glyph."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        # Set explicitly, because HarfBuzz would otherwise derive them from the locale.
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "vi"
        hb.shape(self._font, buffer)
        # A cluster is the index of a letter in the text, which identifies letters without a glyph.
        unknown = dict.fromkeys(text[info.cluster] for info in buffer.glyph_infos if info.codepoint == 0)
        if unknown:
            raise UnknownLettersError("".join(unknown))
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            yield info.codepoint, (position.x_offset, position.y_offset), position.x_advance


def typeface(looks: Path) -> Typeface:
    """Load the font of the theme folder, decompressing it from WOFF2."""
    unpacked = BytesIO()
    with (looks / _FONT).open("rb") as packed:
        woff2.decompress(packed, unpacked)
    return Typeface(unpacked.getvalue())


def svg(conference: Conference, looks: Path, format: Format) -> str:
    """Return one format as an SVG drawing at actual size; raises UnknownLettersError."""
    font = typeface(looks)
    return _environment(looks).get_template("backdrop.svg").render(
        backdrop=conference.plan.backdrop, sheet=place(conference.plan.backdrop, format, font), font=font)


def html(conference: Conference, settings: Settings, revision: Revision | None = None) -> str:
    """Return all formats as print HTML, one page each; raises UnknownLettersError."""
    font = typeface(settings.looks)
    return _environment(settings.looks).get_template("backdrop.html").render(
        conference=conference, settings=settings, edition={"revision": revision}, draft=False, font=font,
        sheets=[place(conference.plan.backdrop, each, font) for each in FORMATS],
        styles=[(settings.looks / "print" / _STYLE).as_uri()])


def _environment(looks: Path) -> Environment:
    made = Environment(loader=FileSystemLoader(looks / "print"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)
    made.filters.update(number=_number, unfilled=official.unfilled)
    return made


def _number(value: float) -> str:
    """Format a length for SVG and CSS with six decimals, without trailing zeros."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _pieces(line: str) -> tuple[str, ...]:
    """Split a line where space for handwriting is inserted."""
    # The line is escaped, so its only tags are those of the inserted gaps.
    return tuple(Markup(piece).unescape() for piece in re.split(r"<[^>]*></span>", official.unfilled(line)))  # noqa: S704


# --- Layout -------------------------------------------------------------------
@dataclass(frozen=True)
class _Style:
    """Maximum font size of a role: `share` of the height, and `to_name` times the name's size.

    `space` is the weight of the space above the lines.
    """

    share: float
    to_name: float
    space: float


_STYLES = {
    Role.BODY: _Style(0.06, 0.8, 1.1),
    Role.KIND: _Style(0.17, 2.8, 1),
    Role.NAME: _Style(0.115, 1, 0.75),
    Role.FOOTER: _Style(0.046, 0.7, 0.95),
}


@dataclass(frozen=True)
class _Block:
    """The lines of one role with their outlines, in mm.

    `height` extends from the capital height of the first line to the baseline of the last.
    """

    role: Role
    lines: tuple[tuple[str, Shape], ...]
    size: float
    capital: float

    @property
    def pitch(self) -> float:
        marks = (upper.below + lower.above + _APART for (_, upper), (_, lower) in pairwise(self.lines))
        return self.size * max((_PITCH, *marks))

    @property
    def height(self) -> float:
        return self.size * self.capital + self.pitch * (len(self.lines) - 1)

    @property
    def rise(self) -> float:
        """Extent of marks above the capital height of the first line."""
        return self.size * max(0.0, self.lines[0][1].above - self.capital)

    @property
    def fall(self) -> float:
        """Extent of marks below the last baseline."""
        return self.size * self.lines[-1][1].below

    def scaled(self, factor: float) -> "_Block":
        return _Block(self.role, self.lines, round(self.size * factor, 3), self.capital)


def place(backdrop: Backdrop, format: Format, font: Typeface) -> Sheet:
    """Lay out a backdrop: all lines centred, no overlap, nothing outside. Empty lines take no space.

    Raises UnknownLettersError.
    """
    blocks = _fitted(_blocks(backdrop, format, font), format)
    spaces = _spaces(blocks)
    free = format.height - sum(block.height for block in blocks)
    lines: list[PlacedLine] = []
    edge = 0.0
    for block, space in zip(blocks, spaces, strict=False):
        edge += free * space / sum(spaces)
        for number, (text, shape) in enumerate(block.lines):
            baseline = edge + block.size * block.capital + block.pitch * number
            left = (format.width - shape.width * block.size) / 2
            lines.append(PlacedLine(text, round(left, 3), round(baseline, 3), block.size, block.role))
        edge += block.height
    return Sheet(format, tuple(lines), _rule(blocks, lines, format))


def _blocks(backdrop: Backdrop, format: Format, font: Typeface) -> list[_Block]:
    """Return the lines by role, at the largest sizes that the width and the name's size allow."""
    texts = {Role.BODY: backdrop.bodies, Role.KIND: (backdrop.kind,), Role.NAME: backdrop.name,
             Role.FOOTER: (backdrop.footer,)}
    shapes = {role: tuple((text, font.shape(text)) for line in lines if (text := " ".join(line.split())))
              for role, lines in texts.items()}
    largest = {role: min(_STYLES[role].share * format.height, _fit(shapes[role], format)) for role in Role}
    return [_Block(role, lines, min(largest[role], _STYLES[role].to_name * largest[Role.NAME]), font.capital)
            for role, lines in shapes.items() if lines]


def _fit(lines: Sequence[tuple[str, Shape]], format: Format) -> float:
    """Return the font size at which the longest line has the maximum width."""
    return _WIDEST * format.width / max((_NARROWEST, *(shape.width for _, shape in lines)))


def _spaces(blocks: Sequence[_Block]) -> list[float]:
    """Return the weights of the space above each block and below the last."""
    return [*(_STYLES[block.role].space for block in blocks), _FOOT]


def _fitted(blocks: list[_Block], format: Format) -> list[_Block]:
    """Scale the blocks down until the weighted spaces between them are large enough for their marks.

    Spaces, marks and blocks are proportional to the scale factor, so the largest factor is computed directly.
    """
    if not blocks:
        return blocks
    spaces = _spaces(blocks)
    marks = [blocks[0].rise, *(upper.fall + lower.rise for upper, lower in pairwise(blocks)), blocks[-1].fall]
    content = sum(block.height for block in blocks)
    limits = (format.height * (space / sum(spaces) - _CLEAR) / (mark + content * space / sum(spaces))
              for space, mark in zip(spaces, marks, strict=True))
    factor = min(1.0, _FULLEST * format.height / content, *limits)
    return [block.scaled(factor) for block in blocks]


def _rule(blocks: Sequence[_Block], lines: Sequence[PlacedLine], format: Format) -> Rule | None:
    """Return the bar below the bodies, centred between their marks and those of the next block."""
    if len(blocks) < 2 or blocks[0].role is not Role.BODY:
        return None
    last, following = lines[len(blocks[0].lines) - 1], lines[len(blocks[0].lines)]
    top = last.y + blocks[0].fall
    bottom = following.y - blocks[1].size * blocks[1].capital - blocks[1].rise
    width, height = _RULE[0] * format.width, _RULE[1] * format.height
    return Rule((format.width - width) / 2, round((top + bottom - height) / 2, 3), width, height)
