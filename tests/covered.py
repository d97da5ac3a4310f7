"""Which characters the fonts of print have. `python tests/covered.py` writes `checks/words/glyphs.txt` anew.

Run it where the fonts of `packages.FONTS` are installed, after another choice of fonts or of letters of the web font.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "scripts"))

from proceedings.system import packages  # noqa: E402 - found by the line above

DATA = PROJECT / "scripts/proceedings/checks/words/glyphs.txt"
BACKDROP = PROJECT / "overrides/assets/fonts/be-vietnam-pro-bold.woff2"
# Unicode's Default_Ignorable_Code_Point but for the fillers of Hangul: Pango leaves them out without a glyph.
_IGNORED = ((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180E), (0x200B, 0x200F),
            (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0x1D173, 0x1D17A),
            (0xE0000, 0xE0FFF))
_SPACES = ((0x2029, 0x2029), (0x3000, 0x3000))  # Pango sets them as spaces
# Signs that have a glyph in some font, which Pango does not set; and private characters, which mean nothing in print.
_UNSET = ((0x2028, 0x2028), (0xFFF9, 0xFFFB), (0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


def rows() -> str:
    """What the file should say."""
    text = _glyphs(packages.font_files().values())
    # Heads of pages are set in capitals, and names within sentences in small letters.
    text = {code for code in text if {ord(letter) for letter in chr(code).upper() + chr(code).lower()} <= text}
    return f"text: {' '.join(_ranges(text))}\nbackdrop: {' '.join(_ranges(_glyphs([str(BACKDROP)])))}\n"


def _glyphs(paths: Iterable[str]) -> set[int]:
    glyphs = set[int]()
    for path in paths:
        with TTFont(path, lazy=True) as font:
            glyphs |= {code for code in font.getBestCmap() if code >= 0x20}
    return (glyphs | _codes(_IGNORED) | _codes(_SPACES)) - _codes(_UNSET)


def _codes(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {code for first, last in ranges for code in range(first, last + 1)}


def _ranges(codes: set[int]) -> Iterator[str]:
    for first in sorted(code for code in codes if code - 1 not in codes):
        last = first
        while last + 1 in codes:
            last += 1
        yield f"{first:X}" if first == last else f"{first:X}-{last:X}"


if __name__ == "__main__":
    DATA.write_text(rows(), "ascii")
