"""Characters of the print fonts. `python tests/covered.py` regenerates `checks/words/glyphs.txt`.

Run it where the fonts of `packages.FONTS` are installed, after a change of fonts or of the web font's character set.
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
# Unicode's Default_Ignorable_Code_Point except the Hangul fillers: Pango omits them without a glyph.
_IGNORED = ((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180E), (0x200B, 0x200F),
            (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0x1D173, 0x1D17A),
            (0xE0000, 0xE0FFF))
_SPACES = ((0x2029, 0x2029), (0x3000, 0x3000))  # set as spaces by Pango
# Characters with a glyph in some font that Pango does not set, and private use characters, which have no meaning in
# print.
_UNSET = ((0x2028, 0x2028), (0xFFF9, 0xFFFB), (0xE000, 0xF8FF), (0xF0000, 0x10FFFF))


def rows() -> str:
    """Return the content of the file."""
    text = _glyphs(packages.font_files().values())
    # Page headers are set in capitals, and names within sentences in lower case.
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
