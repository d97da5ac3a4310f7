"""The sheets that print is laid out on: the one place where their measures stand, in millimetres.

Styles read them as custom properties, which `Paper.style` writes; tables, the cover and the booklet take theirs here.
"""

from dataclasses import dataclass

# The cover: its margins, how far its frame stands off the binding, the room within the frame, the width of a capital.
_COVER_MARGIN, _COVER_SHIFT, _COVER_PADDING, _COVER_CAPITAL = 14, 8, 12, 3.55


@dataclass(frozen=True)
class Paper:
    """A sheet, the margins around its text, and how large things may be that stand between them.

    Left-hand pages are mirrored where both sides are printed: `inner` is the margin on the side that is bound.
    `picture` is how high a picture may be. Tables: the size of their letters and the least, in points, and how wide a
    letter of that size is taken to be on a page that stands upright and on one that lies on its side (0: none does).
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
        """How wide the text is."""
        return self.width - self.inner - self.outer

    @property
    def letters(self) -> int:
        """How many letters of a table fit side by side between the margins."""
        return int(self.measure / self.letter)

    @property
    def letters_lying(self) -> int:
        """The same on a page that lies on its side, with its head or its foot where it is bound."""
        return int((self.height - self.top - self.bottom) / self.letter_lying) if self.letter_lying else 0

    @property
    def size(self) -> str:
        """The sheet as readers know it."""
        return f"{self.name} ({self.width:g} × {self.height:g} mm)"

    @property
    def cover_capitals(self) -> int:
        """How many capitals of the conference's name fit within the frame of the cover."""
        return int((self.width - 2 * (_COVER_MARGIN + _COVER_PADDING) - _COVER_SHIFT) / _COVER_CAPITAL)

    @property
    def style(self) -> str:
        """The measures as custom properties of CSS."""
        measures = {"sheet-width": self.width, "sheet-height": self.height, "top": self.top, "outer": self.outer,
                    "bottom": self.bottom, "inner": self.inner, "picture": self.picture, "cover-margin": _COVER_MARGIN,
                    "cover-shift": _COVER_SHIFT, "cover-padding": _COVER_PADDING,
                    "cover-height": self.height - 2 * _COVER_MARGIN - 1}
        return f":root {{ {' '.join(f'--{name}: {value:g}mm;' for name, value in measures.items())} }}"


# The volume is printed on both sides and bound.
VOLUME = Paper("A4", 210, 297, top=25, outer=18, bottom=20, inner=32, picture=200, table_size=12, table_least=7.5,
               letter=2.05, letter_lying=2.15)
# A reading copy is printed on one side: its left margin belongs to the minutes.
READING = Paper("A4", 210, 297, top=28, outer=20, bottom=27, inner=40, picture=150, table_size=15, table_least=7,
                letter=2.63)
