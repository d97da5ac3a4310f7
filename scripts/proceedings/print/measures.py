"""Paper sizes and margins of print, in millimetres; the only definition of these dimensions.

Style sheets use them as custom properties, which `Paper.style` writes; tables, cover and booklet are computed from
them.
"""

from dataclasses import dataclass

# The cover: margins, offset of the frame from the binding, padding of the frame, width of a capital.
_COVER_MARGIN, _COVER_SHIFT, _COVER_PADDING, _COVER_CAPITAL = 14, 8, 12, 3.55


@dataclass(frozen=True)
class Paper:
    """A paper format: size, margins, and maximum sizes of content.

    Left-hand pages are mirrored in duplex print: `inner` is the margin at the binding. `picture` is the maximum
    height of pictures. For tables: the normal and the smallest font size in points, and the assumed width of a letter
    at that size on portrait and on landscape pages (0 if there are none).
    """

    name: str
    width: float
    height: float
    top: float
    outer: float
    bottom: float
    inner: float
    picture: float
    table_size: float
    table_least: float
    letter: float
    letter_lying: float = 0

    @property
    def measure(self) -> float:
        """The width of the text area."""
        return self.width - self.inner - self.outer

    @property
    def letters(self) -> int:
        """The number of letters per table row in portrait."""
        return int(self.measure / self.letter)

    @property
    def letters_lying(self) -> int:
        """The same in landscape, with the top or bottom of the page at the binding."""
        return int((self.height - self.top - self.bottom) / self.letter_lying) if self.letter_lying else 0

    @property
    def size(self) -> str:
        """The paper size as shown to readers."""
        return f"{self.name} ({self.width:g} × {self.height:g} mm)"

    @property
    def cover_capitals(self) -> int:
        """The number of capitals per line within the frame of the cover."""
        return int((self.width - 2 * (_COVER_MARGIN + _COVER_PADDING) - _COVER_SHIFT) / _COVER_CAPITAL)

    @property
    def style(self) -> str:
        """Return the dimensions as CSS custom properties."""
        measures = {"sheet-width": self.width, "sheet-height": self.height, "top": self.top, "outer": self.outer,
                    "bottom": self.bottom, "inner": self.inner, "picture": self.picture, "cover-margin": _COVER_MARGIN,
                    "cover-shift": _COVER_SHIFT, "cover-padding": _COVER_PADDING,
                    "cover-height": self.height - 2 * _COVER_MARGIN - 1}
        return f":root {{ {' '.join(f'--{name}: {value:g}mm;' for name, value in measures.items())} }}"


# The volume is printed double-sided and bound.
VOLUME = Paper("A4", 210, 297, top=25, outer=18, bottom=20, inner=32, picture=200, table_size=12, table_least=7.5,
               letter=2.05, letter_lying=2.15)
# A reading copy is printed single-sided; its left margin is for the minutes.
READING = Paper("A4", 210, 297, top=28, outer=20, bottom=27, inner=40, picture=150, table_size=15, table_least=7,
                letter=2.63)
