"""The stage backdrop: the plan's lines placed on a ground, as a drawing for the print shop and as print HTML.

Both come from the same places. In the drawing letters are outlines, so that whoever opens it needs no font; in the PDF
they are text.
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

_FONT = "assets/fonts/be-vietnam-pro-bold.woff2"  # backdrop.css names it too
_STYLE = "backdrop.css"
_WIDEST = 0.86  # of the ground's width
_NARROWEST = 0.1  # em; lines without ink have no width to divide by
_FULLEST = 0.68  # of the ground's height, the room between the blocks not counted
_CLEAR = 0.03  # of the ground's height: no mark comes nearer to another block or to the edge
_FOOT = 1.15  # weight of the room below the last line
_PITCH = 1.5  # em from line to line: "Ẳ" below "Ậ" keeps its marks to itself
_RULE = (0.1, 0.004)  # length of the ground's width, thickness of its height


@dataclass(frozen=True)
class Format:
    """A ground to set the lines on, in millimetres at its real size; on paper it is drawn 1:`scale`."""

    name: str
    width: float
    height: float
    scale: int


WIDE = Format("wide", 6000, 3000, 10)  # PDF pages end at 5 m
SCREEN = Format("screen", 508, 285.75, 1)  # 16:9; 1920 × 1080 where browsers count 96 points to the inch
FORMATS = (WIDE, SCREEN)


class Role(StrEnum):
    """What a line says; templates give each its colour."""

    BODY = "body"
    KIND = "kind"
    NAME = "name"
    FOOTER = "footer"


@dataclass(frozen=True)
class PlacedLine:
    """A line that starts at `x` and stands on the baseline `y`, from the top left; `size` is that of its em. In mm."""

    text: str
    x: float
    y: float
    size: float
    role: Role


@dataclass(frozen=True)
class Rule:
    """A filled bar, by its top left corner; in mm."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """A format with everything in its place; `rule` is None where no bodies stand above other lines."""

    format: Format
    lines: tuple[PlacedLine, ...]
    rule: Rule | None


@dataclass(frozen=True)
class Shape:
    """A line's letters: `width`, and how far ink goes above and below the baseline, in em.

    `path` is SVG path data in the font's units, upwards.
    """

    width: float
    above: float
    below: float
    path: str


class UnknownLettersError(ValueError):
    """The font has no drawing for some letters of the backdrop; `letters` are those."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(f"phông chữ của ma kết không có chữ: {' '.join(letters)}")


class Typeface:
    """The backdrop's font. Lengths are in em but for `units`, which is how many of the font's own go to one."""

    def __init__(self, data: bytes) -> None:
        """`data` is an OpenType font, not compressed."""
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
        """The room for a blank day or month: two digits, and the space behind them."""
        return sum(advance for _, _, advance in self._glyphs("00 ")) / self.units

    def shape(self, line: str) -> Shape:
        """Draw one line, with room to write where it leaves a day or month blank; raises UnknownLettersError."""
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
        """Each glyph's number, its offset and its advance."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        # Given, or HarfBuzz would ask the locale.
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "vi"
        hb.shape(self._font, buffer)
        # Clusters count letters, so those without a glyph are known by their place in the text.
        unknown = dict.fromkeys(text[info.cluster] for info in buffer.glyph_infos if info.codepoint == 0)
        if unknown:
            raise UnknownLettersError("".join(unknown))
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            yield info.codepoint, (position.x_offset, position.y_offset), position.x_advance


def typeface(looks: Path) -> Typeface:
    """The font that belongs to the looks, unpacked."""
    unpacked = BytesIO()
    with (looks / _FONT).open("rb") as packed:
        woff2.decompress(packed, unpacked)
    return Typeface(unpacked.getvalue())


def svg(conference: Conference, looks: Path, format: Format) -> str:
    """The drawing of one format at its real size; raises UnknownLettersError."""
    font = typeface(looks)
    return _environment(looks).get_template("backdrop.svg").render(
        backdrop=conference.plan.backdrop, sheet=place(conference.plan.backdrop, format, font), font=font)


def html(conference: Conference, settings: Settings, revision: Revision | None = None) -> str:
    """All formats as print HTML, one page each; raises UnknownLettersError."""
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
    """A length as SVG and CSS write it, to a thousandth of a millimetre of the largest ground and finer."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _pieces(line: str) -> tuple[str, ...]:
    """The line parted where there is room to write, as print parts it."""
    # The line comes back escaped, so that the only tags in it are those of the gaps.
    return tuple(Markup(piece).unescape() for piece in re.split(r"<[^>]*></span>", official.unfilled(line)))  # noqa: S704


# --- Places -------------------------------------------------------------------
@dataclass(frozen=True)
class _Style:
    """How large lines of a role are at most: `share` of the ground's height, and `to_name` times the name's size.

    `space` is the weight of the room above them.
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
    """The lines of one role with their shapes. Lengths are in mm; `height` goes from capitals to the last baseline."""

    role: Role
    lines: tuple[tuple[str, Shape], ...]
    size: float
    capital: float

    @property
    def pitch(self) -> float:
        marks = (upper.below + lower.above for (_, upper), (_, lower) in pairwise(self.lines))
        return self.size * max((_PITCH, *marks))

    @property
    def height(self) -> float:
        return self.size * self.capital + self.pitch * (len(self.lines) - 1)

    @property
    def rise(self) -> float:
        """How far marks go above the capitals of the first line."""
        return self.size * max(0.0, self.lines[0][1].above - self.capital)

    @property
    def fall(self) -> float:
        """How far marks go below the last baseline."""
        return self.size * self.lines[-1][1].below

    def scaled(self, factor: float) -> "_Block":
        return _Block(self.role, self.lines, round(self.size * factor, 3), self.capital)


def place(backdrop: Backdrop, format: Format, font: Typeface) -> Sheet:
    """Centre each line; nothing touches, nothing leaves the ground. Lines without words take no room.

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
    """The lines by role, none wider than the ground allows, all sizes led by the name's."""
    texts = {Role.BODY: backdrop.bodies, Role.KIND: (backdrop.kind,), Role.NAME: backdrop.name,
             Role.FOOTER: (backdrop.footer,)}
    shapes = {role: tuple((text, font.shape(text)) for text in map(_tidy, lines) if text)
              for role, lines in texts.items()}
    largest = {role: min(_STYLES[role].share * format.height, _fit(shapes[role], format)) for role in Role}
    return [_Block(role, lines, min(largest[role], _STYLES[role].to_name * largest[Role.NAME]), font.capital)
            for role, lines in shapes.items() if lines]


def _tidy(line: str) -> str:
    """The line as HTML shows it, where one space is as good as several."""
    return " ".join(line.split())


def _fit(lines: Sequence[tuple[str, Shape]], format: Format) -> float:
    """The size at which the longest line is as wide as it may be."""
    return _WIDEST * format.width / max((_NARROWEST, *(shape.width for _, shape in lines)))


def _spaces(blocks: Sequence[_Block]) -> list[float]:
    """The weights of the room above each block and below the last."""
    return [*(_STYLES[block.role].space for block in blocks), _FOOT]


def _fitted(blocks: list[_Block], format: Format) -> list[_Block]:
    """The blocks made smaller until the room between them, shared out by weight, holds the marks that go into it.

    Room, marks and blocks all grow in proportion to the scale, so that the largest that fits can be told at once.
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
    """The bar below the bodies, in the middle of the room that their marks and those of the next block leave."""
    if len(blocks) < 2 or blocks[0].role is not Role.BODY:
        return None
    last, following = lines[len(blocks[0].lines) - 1], lines[len(blocks[0].lines)]
    top = last.y + blocks[0].fall
    bottom = following.y - blocks[1].size * blocks[1].capital - blocks[1].rise
    width, height = _RULE[0] * format.width, _RULE[1] * format.height
    return Rule((format.width - width) / 2, round((top + bottom - height) / 2, 3), width, height)
