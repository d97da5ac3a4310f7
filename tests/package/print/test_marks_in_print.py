"""Vietnamese diacritics in print: not crossed by underlines, not cut off, not touching other lines."""

from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from conftest import PROJECT
from typeset import styles, typeset

SCALE = 8  # pixels per point
CAPITALS = "ỰỢẬỆỘỤẾỖẴỔẨỮ"
TEXT = "ạ ặ ậ ẹ ệ ị ọ ộ ợ ụ ự"


def _printed(body: str, target: Path) -> pdfium.PdfDocument:
    typeset(f'<html lang="vi"><head><title>Thử</title>{styles("book.css", "official.css")}</head>'
            f'<body><article class="chapter">{body}</article></body></html>', target, (PROJECT / "overrides",))
    return pdfium.PdfDocument(target)


def _ink(page: pdfium.PdfPage, left: float, right: float, low: float, high: float) -> list[float]:
    """Return the fraction of ink in each row of pixels of a part of the page, from top to bottom."""
    picture = page.render(scale=SCALE, grayscale=True)
    height = page.get_size()[1]
    rows = range(int((height - high) * SCALE), int((height - low) * SCALE))
    dots = bytes(picture.buffer)
    slices = (dots[row * picture.stride + int(left * SCALE): row * picture.stride + int(right * SCALE)] for row in rows)
    return [sum(dot < 128 for dot in line) / len(line) for line in slices]


@pytest.mark.parametrize("tag", ["u", "ins"])
def test_an_underline_stays_clear_of_the_dot_below(tag: str, tmp_path: Path) -> None:
    page = _printed(f"<p><{tag}>{TEXT}</{tag}></p>", tmp_path / "thu.pdf")[0]
    text = page.get_textpage()
    for index, letter in enumerate(text.get_text_range()):
        if letter not in TEXT or letter.isspace():
            continue
        left, low, right, high = text.get_charbox(index)
        rows = _ink(page, left, right, low - 4, high)
        # From the bottom: blank, the full-width line, blank, then the dot.
        inked = [row > 0 for row in reversed(rows)]
        line = inked.index(True)
        assert rows[::-1][line + 1] > .9, letter
        assert inked.index(True, inked.index(False, line)) > line, letter


@pytest.mark.parametrize("body", [
    "<p>{}</p>", "<h1>{}</h1>", "<h2>{}</h2>",
    '<div class="opening"><h1 class="opening__topic">{}</h1></div>',
    "<table><tbody><tr><td>{}</td></tr></tbody></table>",
])
def test_marks_of_capitals_neither_touch_the_line_above_nor_are_cut(body: str, tmp_path: Path) -> None:
    lines = "<br>".join([CAPITALS[:6]] * 2 + [CAPITALS[6:]] * 2)
    page = _printed(body.format(lines), tmp_path / "thu.pdf")[0]
    text = page.get_textpage()
    letters = [text.get_charbox(index) for index, letter in enumerate(text.get_text_range()) if letter in CAPITALS]
    for upper, lower in pairwise([letters[start:start + 6] for start in range(0, 24, 6)]):
        assert min(box[1] for box in upper) > max(box[3] for box in lower)
    left, low = (min(box[side] for box in letters) for side in (0, 1))
    right, high = (max(box[side] for box in letters) for side in (2, 3))
    rows = _ink(page, left, right, low - 1, high + 1)
    assert sum((row > 0) != (after > 0) for row, after in pairwise(rows)) >= 8  # four lines, each between blank rows
