"""Nothing printed is cut off: long words are broken, and content that does not fit is an error."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from weasyprint.formatting_structure import boxes

from conftest import PROJECT, lay_out_project, printer_of
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.print import pdf, typesetting
from proceedings.print.measures import READING, VOLUME, Paper
from proceedings.print.production import Order
from typeset import styles, typeset

STYLES: dict[str, tuple[Sequence[str], Paper]] = {
    "book": (("book.css", "official.css"), VOLUME),
    "lectern": (("reading.css",), READING),
}
LONG = {
    "word": "chữnốidài" * 40, "capitals": "MỘTCHỮHOA" * 30, "file": "Bao_cao_tong_hop_so_lieu_" * 12,
    "address": "https://vi-du.example/" + "a/bb-c_d?e=f&g=h" * 20, "spaces": "một\u00a0câu\u00a0dài\u00a0" * 25,
    "dots": "." * 300, "emphasis": "_a*b**" * 80, "citation": f"1/{'Ab' * 6}{'-AbAbAbAbAb12' * 6}",
}
COLUMNS = 15
HOLDERS = {
    "paragraph": "Chữ {}", "behind emphasis": "**Chữ**{}", "behind a note": "Chữ[^1]{}\n\n[^1]: Lời.",
    "heading": "## {}",
    "item": "- {}", "numbered": "1. {}", "deep": "- a\n    - b\n        - c\n            - {}", "loose": "- {}\n\n- b",
    "cell": "| a | b | c |\n|---|---|---|\n| a | {} | c |", "head": "| a | {} | c |\n|---|---|---|\n| a | b | c |",
    "narrow cell": f"|{' cột dài |' * COLUMNS}\n|{'---|' * COLUMNS}\n|{' a |' * (COLUMNS - 1)} {{}} |",
    "code": "`{}`", "cell of code": "| a | b | c |\n|---|---|---|\n| a | `{}` | c |", "block of code": "```\n{}\n```",
    "quotation": "> {}", "note": "Chữ.[^1]\n\n[^1]: {}", "box": "!!! note \"{}\"\n    {}", "bold": "**{}**",
    "link": "[{}](https://vi-du.example/)", "blank": "[… {}]",
}


def written(markdown: str, style: str, settings: Settings, target: Path) -> Path:
    return written_together([markdown], style, settings, target)


def written_together(texts: Iterable[str], style: str, settings: Settings, target: Path) -> Path:
    """Print each text as a chapter on a new page of one file, because a file costs more than most texts."""
    names, paper = STYLES[style]
    roots = [rendering.finish(rendering.render(text, settings)) for text in texts]
    for root in roots:
        typesetting.prepare(root, paper)
    typeset(_page(styles(*names, paper=paper), *map(rendering.serialise, roots)), target, (PROJECT / "overrides",))
    return target


def _page(looks: str, *contents: str) -> str:
    chapters = "".join(f'<article class="chapter" style="break-before: page" data-bookmark="Bài thử" data-volume="Tập" '
                       f'data-running="Bài" data-unit="Bài">{content}</article>' for content in contents)
    return f'<html lang="vi"><head><title>Thử</title>{looks}</head><body>{chapters}</body></html>'


def beyond(path: Path) -> list[str]:
    """Return the letters that extend beyond the edge of their page, with the surrounding words."""
    found = []
    for page in pdfium.PdfDocument(path):
        (width, height), text = page.get_size(), page.get_textpage()
        for index in range(text.count_chars()):
            left, foot, right, top = text.get_charbox(index)
            if left < 0 or foot < 0 or right > width or top > height:
                found.append(text.get_text_range(max(0, index - 10), 20))
    return found


def letters(path: Path) -> str:
    whole = "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(path))
    return "".join(letter for letter in whole if letter.isalnum())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("holder", HOLDERS)
def test_what_is_longer_than_a_line_breaks(
    holder: str, style: str, fabricated_settings: Settings, tmp_path: Path,
) -> None:
    texts = (HOLDERS[holder].replace("{}", long).replace("[^1]", f"[^{number}]")
             for number, long in enumerate(LONG.values(), 1))
    target = written_together(texts, style, fabricated_settings, tmp_path / "a.pdf")
    assert beyond(target) == []
    assert len(pdfium.PdfDocument(target)) >= len(LONG)
    assert [name for name in ("word", "capitals") if LONG[name] not in letters(target)] == []


@pytest.mark.parametrize("name", LONG)
def test_long_words_break_behind_the_mark_of_a_minute(name: str, tmp_path: Path) -> None:
    root, path = lay_out_project(tmp_path / "project"), "tham-luan/truong-cao-dang-doc-sach.md"
    (root / "docs" / path).write_text("---\ntrang-thai: da-nop\n---\n" + f"\n{LONG[name]} chữ\n" * 12, "utf-8")
    copy = printer_of(root, tmp_path / "ra").reading_copy(path)
    assert beyond(copy.path) == []


@pytest.mark.parametrize("style", STYLES)
def test_words_that_fit_are_not_broken(style: str, fabricated_settings: Settings, tmp_path: Path) -> None:
    cells = ["Nghiên-cứu", "100,0 %", "12/2034/NĐ-CP", "Nghiêng"]
    table = f"| {' | '.join(cells)} |\n|{'---|' * 4}\n" + f"| {' | '.join(cells)} |\n" * 5
    target = written(f"{'Chữ **nghiêng**, nối liền. ' * 60}\n\n{table}", style, fabricated_settings, tmp_path / "a.pdf")
    lines = "\n".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(target))
    assert lines.count("nghiêng") == 60
    assert lines.count("100,0 %") == 6
    assert lines.count("Nghiêng") == 6


MONTHS = [f"Tháng {number}" for number in range(1, 13)]
WIDE = {
    "months": (["Đơn vị", *MONTHS, "Cả năm"], ["Sở Sách và Thư tịch", *["1.234"] * 13]),
    "years": (["Chỉ tiêu", *map(str, range(2022, 2036))], ["Tổng số lượt huyện", *["12.345,6"] * 14]),
    "heads": (["Huyện", "Tổng số lớp", "Học viên", "Nữ", "Thiểu số", "Xếp loại giỏi", "Xếp loại khá", "Trung bình",
               "Hoàn thành", "Tỷ lệ (%)", "Kinh phí (triệu đồng)", "Số xe"], ["Huyện Cù Lao Mây", *["12.345,6"] * 11]),
    "many": (["Huyện", *["Số xe"] * 17], ["Huyện Cù Lao Mây", *["1.234"] * 17]),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", WIDE)
def test_no_word_of_a_wide_table_is_broken(
    name: str, style: str, fabricated_settings: Settings, tmp_path: Path,
) -> None:
    head, row = WIDE[name]
    table = f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n" + f"| {' | '.join(row)} |\n" * 3
    names, paper = STYLES[style]
    root = rendering.finish(rendering.render(table, fabricated_settings))
    typesetting.prepare(root, paper)
    page = _page(styles(*names, paper=paper), rendering.serialise(root))
    layout = pdf.lay_out(page, (PROJECT / "overrides",))
    printed = " ".join(box.text for page in layout._document.pages for box in page._page_box.descendants()
                       if isinstance(box, boxes.TextBox))
    assert Counter(" ".join([*head, *row * 3]).split()) - Counter(printed.split()) == Counter()


LETTERS = " ".join(f"chữ{number}" for number in range(1_200))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("text", "told"), [
    (f"Chữ.[^1]\n\n[^1]: {LETTERS}", "Bài thử: .*mép giấy"),
    (f"| a | {LETTERS} |\n|---|---|\n| a | b |", "Bài thử: .*chữ0 chữ1.*cao quá một trang"),
], ids=["note", "head"])
def test_what_no_page_can_hold_is_told_with_the_document(
    text: str, told: str, style: str, fabricated_settings: Settings, tmp_path: Path,
) -> None:
    with pytest.raises(pdf.PrintError, match=told):
        written(text, style, fabricated_settings, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("style", ["position: absolute; left: 200mm; top: 10mm", "margin-left: -60mm",
                                   "margin-left: 190mm", "position: absolute; top: -60mm"])
def test_words_beyond_any_edge_are_an_error(style: str, tmp_path: Path) -> None:
    with pytest.raises(pdf.PrintError, match="Một hai ba"):
        typeset('<html lang="vi"><title>Thử</title><style>@page { size: A4 } p { white-space: nowrap }</style>'
                f'<p style="{style}">Một hai ba</p></html>', tmp_path / "a.pdf", ())


def test_words_beyond_their_cell_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(pdf.PrintError, match="Một hai ba"):
        typeset('<html lang="vi"><title>Thử</title><table style="table-layout: fixed; width: 20mm"><tr><td style='
                '"white-space: nowrap">Một hai ba bốn năm</td><td>a</td></tr></table></html>', tmp_path / "a.pdf", ())


def test_no_product_cuts_long_words_wherever_they_stand(tmp_path: Path) -> None:
    root = lay_out_project(tmp_path / "project")
    word = "định" * 30
    for file in (root / "docs").rglob("*.md"):
        text = file.read_text("utf-8").replace("GIẢ ĐỊNH", f"GIẢ{word.upper()}").replace("Giả Định", f"Giả{word}")
        for key in ("- noi-dung: ", "\nnoi-dung: ", "nguoi-trinh-bay: ", "chuc-vu: "):
            text = text.replace(key, f"{key}Chữ{word} ")
        file.write_text(text, "utf-8")
    printer = printer_of(root, root / "ra")
    copies = ("tham-luan/hoi-nguoi-yeu-sach-gia-dinh.md", "tham-luan/ban-to-chuc-de-an-thi-xa-ben-mo.md")
    made = [printed.path for order in (Order(), Order(reading_copies=copies)) for printed in printer.fill(order)]
    assert len(made) > 10
    assert {path.name: found for path in made if path.suffix == ".pdf" and (found := beyond(path))} == {}
