"""A page as the browser's own print command puts it on paper."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser

import words
from test_browser import browser

__all__ = ["browser"]  # a fixture
pytestmark = pytest.mark.xdist_group("built")
PAGES = ("ke-hoach", "tham-luan/so-sach-va-thu-tich", "tham-luan/truong-cao-dang-doc-sach", "phu-luc/van-ban", "index")
CHROME = ("Tìm trong tài liệu", "Bỏ qua", "Đã đọc", "Ghi chú của tôi", "Trong trang này", "Mục lục", "Lên đầu trang")


@pytest.fixture(scope="module", params=[(name, scheme) for name in PAGES for scheme in ("light", "dark")],
                ids=lambda param: "-".join(param).replace("/", "-"))
def printed(request: pytest.FixtureRequest, built: Path, browser: Browser) -> Iterator[tuple[str, pdfium.PdfDocument]]:
    """A page's name and what Ctrl+P makes of it."""
    name, scheme = request.param
    page = browser.new_page(color_scheme=scheme)
    page.goto((built / f"{name}.html").as_uri())
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    yield name, pdfium.PdfDocument(BytesIO(data))


def _texts(document: pdfium.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_bounded().replace("\r", "") for page in document]


def test_it_is_a4_with_numbers_of_pages(printed: tuple[str, pdfium.PdfDocument]) -> None:
    _, document = printed
    texts = _texts(document)
    for number, (page, text) in enumerate(zip(document, texts, strict=True), 1):
        assert [round(side) for side in page.get_size()] == [595, 842]
        assert f"Trang {number}/{len(texts)}" in text


def test_it_holds_the_text_and_nothing_of_the_frame(
    printed: tuple[str, pdfium.PdfDocument], built: Path,
) -> None:
    name, document = printed
    text = "\n".join(_texts(document))
    assert [word for word in CHROME if word in text] == []
    if name != "index":
        shown = Counter(words.of_page(built / f"{name}.html"))
        missing = shown - Counter(words.words(text))
        assert {word for word in missing if not word.isdigit()} == set()


def test_it_is_black_on_white_in_both_schemes(printed: tuple[str, pdfium.PdfDocument]) -> None:
    _, document = printed
    picture = document[0].render(scale=0.5).to_numpy()
    corner = picture[2, 2]
    assert corner.min() >= 250
    assert picture.min() < 100


def test_letters_are_those_of_print(printed: tuple[str, pdfium.PdfDocument]) -> None:
    _, document = printed
    page = document[0]
    sizes = Counter(round(item.get_font_size(), 1) for item in _text_objects(page))
    fonts = {item.get_font().get_base_name() for item in _text_objects(page)}
    assert any("Serif" in font or "Times" in font or "Tinos" in font for font in fonts)
    assert sizes.most_common(1)[0][0] * 1 >= 11.5


def _text_objects(page: pdfium.PdfPage) -> Iterator[pdfium.PdfObject]:
    yield from page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT])
