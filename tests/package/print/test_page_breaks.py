"""Page breaks: never after a heading, and never before a single last line, at any length of text."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

import outline
from conftest import PROJECT
from pdftree import Content, Element, tree
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.print import typesetting
from proceedings.print.production import Printer, Volume
from typeset import styles, typeset

MM = 72 / 25.4
HEADINGS = ("H1", "H2", "H3", "H4")


def _content(element: Element) -> Iterator[tuple[str, int]]:
    """Yield heading role ("" for other text) and page of each piece of content, in reading order."""
    for kid in element.kids:
        if isinstance(kid, Content):
            yield element.role if element.role in HEADINGS else "", kid.page
        elif kid.role != "Note":  # at the page foot, also if the text continues on another page
            yield from _content(kid)


def _headings_at_foot(path: Path) -> list[int]:
    """Return the page indices that end in a heading whose text is on the next page."""
    with pikepdf.open(path) as document:
        found = [list(_content(article)) for article in tree(document, path).all("Art")]
    return [page for content in found for (role, page), (_, following) in pairwise(content)
            if role and following != page]


def _lines(page: pdfium.PdfPage) -> int:
    """Return the number of lines on the page without margins."""
    text, (_, height) = page.get_textpage(), page.get_size()
    bases = sorted(text.get_charbox(index)[1] for index in range(text.count_chars())
                   if text.get_text_range(index, 1).strip())
    bases = [base for base in bases if 20 * MM < base < height - 25 * MM]
    return sum(1 for low, high in pairwise([0.0, *bases]) if high - low > 7)


@pytest.fixture(scope="module")
def stress(fabricated_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Speeches of one to two pages in steps of one line, with many headings and a short last line."""
    articles = []
    for lines in range(1, 46):
        filler = "\n\n".join(f"Dòng {number}." for number in range(lines))
        text = (f"{filler}\n\n## I. MỤC {{#muc-{lines}}}\n\n### 1. Khoản {{#khoan-{lines}}}\n\n"
                f"{'Chữ nối chữ cho dài. ' * 18}\n\nXin trân trọng cảm ơn!\n")
        root = rendering.finish(rendering.render(text, fabricated_settings))
        typesetting.prepare(root)
        articles.append(f'<article class="chapter chapter--speech" id="bai-{lines}" data-bookmark="b" data-volume="v" '
                        f'data-running="r">{rendering.serialise(root)}'
                        f'<span class="end" id="bai-{lines}--het--"></span></article>')
    target = tmp_path_factory.mktemp("stress") / "thu.pdf"
    # Ids are written to the file only if a link refers to them.
    to_them = " ".join(f'<a href="#bai-{lines}">a</a> <a href="#bai-{lines}--het--">b</a>' for lines in range(1, 46))
    typeset(f'<html lang="vi"><head><title>Thử</title>{styles("book.css", "official.css")}</head>'
            f'<body><p>{to_them}</p>{"".join(articles)}</body></html>', target, (PROJECT / "overrides",))
    return target


def test_no_heading_stands_at_a_pages_foot_at_any_length(stress: Path) -> None:
    assert _headings_at_foot(stress) == []


def test_no_last_line_stands_alone_on_a_page_at_any_length(stress: Path) -> None:
    places, document = outline.places(stress), pdfium.PdfDocument(stress)
    two_pages = 0
    for lines in range(1, 46):
        first, last = places[f"bai-{lines}"], places[f"bai-{lines}--het--"]
        two_pages += last > first
        assert _lines(document[last]) >= 2, lines
    assert two_pages > 10


def test_the_fabricated_volume_breaks_well(built: Path, fabricated: Reading) -> None:
    _breaks_well(built / "ky-yeu.pdf", fabricated.conference.printed)


def test_the_live_volume_breaks_well(live: tuple[Printer, Volume, Path]) -> None:
    _, volume, file = live
    _breaks_well(file, tuple(chapter.path for chapter in volume.chapters))


def _breaks_well(volume: Path, printed: tuple[str, ...]) -> None:
    assert _headings_at_foot(volume) == []
    document = pdfium.PdfDocument(volume)
    for path in printed:
        first, count = outline.chapter(volume, path)
        assert count == 1 or _lines(document[first + count - 1]) >= 2, path
