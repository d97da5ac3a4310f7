"""Pages printed with the browser's print command."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import pypdfium2 as pdfium
import pytest
from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Browser, Page

import words

TEXTS = ("ke-hoach", "tham-luan/so-sach-va-thu-tich", "tham-luan/truong-cao-dang-doc-sach")
PAGES = (*TEXTS, "phu-luc/van-ban", "index")
# Links to other pages and files are useless on paper.
LEFT_OUT = ".ways, .print-copy, .state__progress > p, tr.mentioned, .news__choice"
FOOT = re.compile(r"Trang \d+/\d+")
# Sections that end ever further down the page above a heading: in one of them, a heading is at the foot of the page.
STRESS = """() => {
    const article = document.querySelector("article");
    const add = (name, text) => article.appendChild(Object.assign(document.createElement(name), {textContent: text}));
    article.replaceChildren();
    for (let lines = 1; lines <= 32; lines++) {
        add("p", "Đầu trang.").style.breakBefore = "page";
        for (let line = 1; line < lines; line++) add("p", "Dòng.");
        add("h2", `MỤC ${lines}`);
        add("h3", `Khoản ${lines}`);
        add("p", "Chữ nối chữ cho dài. ".repeat(18));
    }
}"""


@dataclass(frozen=True)
class Printed:
    """A printed page."""

    name: str
    document: pdfium.PdfDocument

    def texts(self) -> list[str]:
        """The text of each sheet."""
        return [page.get_textpage().get_text_bounded().replace("\r", "") for page in self.document]

    def words(self) -> list[str]:
        """All words except page numbers."""
        return words.words(FOOT.sub(" ", "\n".join(self.texts())))


Prints = Callable[[str, str], Printed]


def _print(page: Page) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


@pytest.fixture(scope="module")
def prints(built: Path, browser: Browser) -> Prints:
    """Print a page in a colour scheme; cached by both names."""
    @cache
    def made(name: str, scheme: Literal["light", "dark"]) -> Printed:
        page = browser.new_page(color_scheme=scheme)
        page.goto((built / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.dataset.scheme") == scheme
        document = _print(page)
        page.close()
        return Printed(name, document)
    return made


@pytest.fixture(params=[(name, scheme) for name in PAGES for scheme in ("light", "dark")],
                ids=lambda param: "-".join(param).replace("/", "-"))
def printed(request: pytest.FixtureRequest, prints: Prints) -> Printed:
    return prints(*request.param)


def _shown(built: Path, name: str) -> HtmlElement:
    """Return the main element of a page without what is not printed."""
    page = html.parse(built / f"{name}.html").getroot()
    for element in page.cssselect(LEFT_OUT):
        element.drop_tree()
    return page.find(".//article")


def test_it_is_a4_with_numbers_of_pages(printed: Printed) -> None:
    texts = printed.texts()
    for number, (page, text) in enumerate(zip(printed.document, texts, strict=True), 1):
        assert [round(side) for side in page.get_size()] == [595, 842]
        assert FOOT.findall(text) == [f"Trang {number}/{len(texts)}"]


def test_it_holds_the_whole_text_in_order_and_nothing_of_the_frame(printed: Printed, built: Path) -> None:
    article = _shown(built, printed.name)
    wanted, found = words.of_html(article), printed.words()
    assert len(wanted) > 60
    # Depending on the PDF reader, list numbers are before or after their lines.
    assert words.lost([word for word in wanted if not word.isdigit()], found) == []
    assert Counter(wanted) - Counter(found) == {}
    page = html.parse(built / f"{printed.name}.html").getroot()
    heads = [word for head in page.cssselect("thead, .face") for word in words.of_html(head)]
    assert set(words.added(wanted, found)) - set(heads) == set()


def test_home_opens_with_what_the_backdrop_says(built: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((built / "index.html").as_uri())
    face = words.of_html(html.parse(built / "index.html").getroot().cssselect(".face")[0])
    assert Printed("index", _print(page)).words()[:len(face)] == face
    page.close()


def test_it_is_black_on_white_in_both_schemes(printed: Printed) -> None:
    for page in printed.document:
        assert {_colour(item) for item in _text_objects(page)} == {(0, 0, 0, 255)}
    for page in printed.document:
        picture = page.render(scale=0.5).to_numpy()
        assert min(picture[2, 2].min(), picture[-3, -3].min()) == 255
        assert (picture.min(axis=2) >= 250).mean() > 0.5


def test_letters_are_those_of_print(printed: Printed) -> None:
    sizes: Counter[float] = Counter()
    for page in printed.document:
        for item in _text_objects(page):
            assert "LiberationSerif" in item.get_font().get_base_name()
            sizes[round(item.get_font_size() * item.get_matrix().a, 1)] += 1
    assert sizes.most_common(1)[0][0] >= (13 if printed.name in TEXTS else 11)
    assert min(sizes) >= 8  # footnote marks are the smallest


def test_the_dark_scheme_changes_nothing_on_paper(prints: Prints) -> None:
    for name in PAGES:
        light, dark = prints(name, "light"), prints(name, "dark")
        assert light.texts() == dark.texts()
        for one, other in zip(light.document, dark.document, strict=True):
            assert (one.render(scale=0.5).to_numpy() == other.render(scale=0.5).to_numpy()).all(), name


def test_no_heading_stands_alone_at_the_foot_of_a_page(built: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((built / "ke-hoach.html").as_uri())
    page.evaluate(STRESS)
    texts = Printed("ke-hoach", _print(page)).texts()
    page.close()
    assert len(texts) > 34  # some sections take more than one page
    last = [FOOT.sub("", text).strip().split("\n")[-1].strip() for text in texts]
    assert [line for line in last if re.match(r"MỤC|Khoản", line)] == []


def test_what_a_frame_scrolls_on_the_screen_is_all_there_on_paper(built: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((built / "index.html").as_uri())
    page.evaluate("""() => {
        const list = document.querySelector(".state").appendChild(document.createElement("ol"));
        list.className = "news__list";
        for (let row = 1; row <= 40; row++) {
            list.appendChild(document.createElement("li")).textContent = `Tài liệu thứ ${row}.`;
        }
    }""")
    document = _print(page)
    page.close()
    ends = re.findall(r"Tài liệu thứ (\d+)\.", "\n".join(Printed("index", document).texts()))
    assert [int(end) for end in ends] == list(range(1, 41))


def _text_objects(page: pdfium.PdfPage) -> list[pdfium.PdfObject]:
    return list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]))


def _colour(item: pdfium.PdfObject) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    assert pdfium.raw.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, parts))
    return tuple(part.value for part in parts)
