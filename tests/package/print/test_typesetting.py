"""Adaptation to print: footnotes on their page, fixed columns, wide tables on landscape pages."""

import re
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

import words
from conftest import PROJECT
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.print import typesetting
from proceedings.print.measures import VOLUME
from proceedings.print.typesetting import Column, shares
from typeset import styles, typeset

HEIGHT = VOLUME.height * 72 / 25.4


def prepared(markdown: str, settings: Settings) -> HtmlElement:
    root = rendering.finish(rendering.render(markdown, settings))
    typesetting.prepare(root)
    return root


def printed(root: HtmlElement, target: Path) -> pdfium.PdfDocument:
    typeset(f'<html lang="vi"><head><title>Thử</title>{styles("book.css")}</head><body>'
            f'<article class="chapter" data-bookmark="Thử" data-volume="Tập" data-running="Bài">'
            f"{rendering.serialise(root)}</article></body></html>", target, (PROJECT / "overrides",))
    return pdfium.PdfDocument(target)


def heights(page: pdfium.PdfPage, words: str) -> list[float]:
    """Return the height of each occurrence of the words, in points from the bottom."""
    text = page.get_textpage()
    whole = text.get_text_range()
    return [text.get_charbox(found.start())[1] for found in re.finditer(re.escape(words), whole)]


# --- Notes ------------------------------------------------------------------------------
FILLER = "Câu lấp chỗ cho đầy trang giấy, nói thêm một lượt nữa. " * 6
NOTED = f"""{FILLER}

Câu có chú thích.[^a] {FILLER}

{(FILLER + chr(10) + chr(10)) * 12}
Câu sau có hai chú thích.[^b][^c] Nhắc lại chú thích đầu.[^a]

| Cột | Số |
|---|---|
| Ô có chú thích[^d] | 1 |

[^a]: Chú thích thứ nhất.
[^b]: Chú thích thứ hai có hai đoạn.

    Đoạn sau của nó.
[^c]: Chú thích thứ ba:

    1. mục một
    2. mục hai
[^d]: Chú thích của ô.
"""


def test_each_note_stands_at_the_foot_of_the_page_that_calls_it(fabricated_settings: Settings, tmp_path: Path) -> None:
    pages = printed(prepared(NOTED, fabricated_settings), tmp_path / "thu.pdf")
    calls = {"Chú thích thứ nhất": "Câu có chú thích", "Chú thích thứ hai": "Câu sau có hai",
             "Chú thích thứ ba": "Câu sau có hai", "Chú thích của ô": "Ô có chú thích"}
    for note, call in calls.items():
        page = next(page for page in pages if call in page.get_textpage().get_text_range())
        note_height, = heights(page, note)
        assert note_height < heights(page, call)[0]
        assert note_height < min(heights(page, "Câu lấp chỗ"), default=HEIGHT)
    assert len(pages) > 1


def test_notes_lose_no_word_and_keep_their_numbers(fabricated_settings: Settings, tmp_path: Path) -> None:
    printed(prepared(NOTED, fabricated_settings), tmp_path / "thu.pdf")
    found = words.of_pdf(tmp_path / "thu.pdf")
    assert words.lost_in_print(NOTED, found) == []


def test_a_note_called_again_is_not_printed_again(fabricated_settings: Settings) -> None:
    root = prepared("Một.[^a] Hai.[^a]\n\n[^a]: Chú thích.\n", fabricated_settings)
    assert str(root.text_content()).count("Chú thích.") == 1
    again, = [link for link in root.iter("a") if link.get("class") == "footnote-ref"]
    note, = [element for element in root.iter("span") if element.get("data-role") == "Note"]
    assert (again.get("href"), again.text_content()) == (f"#{note.get('id')}", "1")


def test_a_note_on_a_note_is_kept(fabricated_settings: Settings) -> None:
    root = prepared("Một.[^a]\n\n[^a]: Chú thích có chú thích.[^b]\n[^b]: Bên trong.\n", fabricated_settings)
    assert "Bên trong." in root.text_content()


def test_boxed_notes_are_no_footnotes(fabricated_settings: Settings) -> None:
    root = prepared('!!! note "Ghi chú"\n    Lời trong khung.\n', fabricated_settings)
    assert not [element for element in root.iter() if element.get("data-role")]


# --- Tables -------------------------------------------------------------------------------
WIDE = "| " + " | ".join(f"Nghiêngsố{number}dài" for number in range(1, 11)) + " |\n" + "|---" * 10 + "|\n" + (
    "| " + " | ".join(["1.234.567,89"] * 10) + " |\n") * 70


def test_a_wide_table_stands_on_pages_of_its_own_that_lie_on_their_side(
    fabricated_settings: Settings, tmp_path: Path,
) -> None:
    pages = printed(prepared(f"Đoạn trước.\n\n{WIDE}\nĐoạn sau.\n", fabricated_settings), tmp_path / "thu.pdf")
    sizes = [page.get_size() for page in pages]
    lying = [width > height for width, height in sizes]
    assert lying[0] is False
    assert lying[-1] is False
    assert lying[1:-1] == [True] * len(lying[1:-1])
    assert len(lying) >= 4
    for page in list(pages)[1:-1]:
        text = page.get_textpage().get_text_range()
        assert text.count("Nghiêngsố1dài") == 1  # the head is repeated
        assert re.search(r"^\d+", text, re.MULTILINE)


def test_letters_of_a_table_too_wide_even_so_are_smaller_until_its_words_fit(
    fabricated_settings: Settings, tmp_path: Path,
) -> None:
    pages = printed(prepared(WIDE, fabricated_settings), tmp_path / "thu.pdf")
    for page in pages:
        text = page.get_textpage()
        whole = text.get_text_range()
        edges = [text.get_charbox(found.end() - 1)[2] for found in re.finditer(r"Nghiêngsố\d+dài", whole)]
        starts = [text.get_charbox(found.start())[0] for found in re.finditer(r"Nghiêngsố\d+dài", whole)]
        assert len(edges) == 10
        assert all(start > edge for start, edge in zip(starts[1:], edges[:-1], strict=True))
        assert edges[-1] < page.get_size()[0] - 18 / 25.4 * 72


def test_an_ordinary_table_stays_upright(fabricated_settings: Settings, tmp_path: Path) -> None:
    table = "| Tên | Số |\n|---|---|\n" + "| Sở Mẫu | 1 |\n" * 80
    pages = printed(prepared(table, fabricated_settings), tmp_path / "thu.pdf")
    assert len(pages) > 1
    assert all(round(page.get_size()[1]) == round(HEIGHT) for page in pages)
    assert all("Tên" in page.get_textpage().get_text_range() for page in pages)


def test_columns_are_fixed_and_hold_their_longest_word(fabricated_settings: Settings, tmp_path: Path) -> None:
    table = "| A | B | C |\n|---|---|---|\n| 1 | Nghiên-cứu-liên-ngành | " + "chữ " * 60 + "|\n"
    root = prepared(table, fabricated_settings)
    widths = [float((column.get("style") or "").removeprefix("width: ").rstrip("%")) for column in root.iter("col")]
    assert sum(widths) == pytest.approx(100, abs=1)
    assert widths[0] < widths[1] < widths[2]
    pages = printed(root, tmp_path / "thu.pdf")
    assert heights(pages[0], "Nghiên-cứu-liên-ngành")
    with pikepdf.open(tmp_path / "thu.pdf") as document:
        assert len(document.pages) == 1


def test_a_number_in_capitals_stays_within_its_cell(fabricated_settings: Settings, tmp_path: Path) -> None:
    long = "Về một việc phải nói dài cho hết " * 6
    row = f"| Nghị quyết | 18/2032/NQ-HĐND | 12/02/2032 | Hội đồng nhân dân tỉnh Giả Định | {long} |\n"
    head = "| Loại văn bản | Số, ký hiệu | Ngày ban hành | Cơ quan ban hành | Trích yếu |\n"
    table = head + "|---" * 5 + "|\n" + row
    page = printed(prepared(table, fabricated_settings), tmp_path / "thu.pdf")[0]
    text = page.get_textpage()
    whole = text.get_text_range()
    number, date = whole.index("18/2032/NQ-HĐND"), whole.index("12/02/2032")
    assert text.get_charbox(number + 14)[2] < text.get_charbox(date)[0] - 5  # points: the padding of both cells
    assert "Nghị quyết" in whole  # on one line


def test_derived_tables_keep_the_widths_of_their_style() -> None:
    root = rendering.parse('<table class="register register--agenda"><tr><td>a</td></tr></table>')
    typesetting.prepare(root)
    assert not list(root.iter("col"))


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 400)), min_size=1, max_size=12))
def test_columns_share_the_whole_width_and_none_is_narrower_than_its_longest_word(sizes: list[tuple[int, int]]) -> None:
    columns = [Column(word, word + more) for word, more in sizes]
    given_shares = shares(columns)
    assert sum(given_shares) == pytest.approx(100)
    whole = max(78, sum(column.word for column in columns))
    for column, share in zip(columns, given_shares, strict=True):
        assert share >= 100 * column.word / whole - 1e-6
