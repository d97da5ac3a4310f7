"""Paper dimensions are defined once, and used by styles, tables, cover and booklet."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from conftest import PROJECT
from proceedings.print.measures import READING, VOLUME, Paper
from typeset import styles, typeset

MM = 72 / 25.4
PRINT = PROJECT / "overrides/print"
SMALL = Paper("A5", 148, 210, top=20, outer=12, bottom=15, inner=22, picture=120, table_size=10, table_least=7,
              letter=2.05, letter_lying=2.15)
SHEETS = {"volume": (VOLUME, "book.css"), "reading copy": (READING, "reading.css"), "smaller": (SMALL, "book.css")}


@pytest.mark.parametrize("path", sorted(PRINT.iterdir()), ids=lambda path: path.name)
def test_no_style_and_no_template_names_a_measure_of_the_sheet(path: Path) -> None:
    assert re.findall(r"\bA[345]\b|\b(?:210|297)\b", path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", ["book.css", "reading.css"])
def test_margins_of_pages_come_from_the_measures(name: str) -> None:
    pages = re.findall(r"^@page[^{]*\{[^@}]*", (PRINT / name).read_text("utf-8"), re.MULTILINE)
    said = [line for page in pages for line in re.findall(r"(?:size|margin(?:-\w+)?): ([^;]+)", page)]
    assert len(said) >= 2
    assert [line for line in said if not re.fullmatch(r"(?:var\(--[a-z-]+\) ?)+", line)] == []


@pytest.mark.parametrize("name", SHEETS)
def test_pages_have_the_size_and_margins_of_their_sheet(name: str, tmp_path: Path) -> None:
    sheet, style = SHEETS[name]
    line = "chữ " * 400
    typeset(f'<html lang="vi"><head><title>Thử</title>{styles(style, paper=sheet)}</head><body>'
            f"<p style='text-align: justify; text-indent: 0'>{line}</p></body></html>", tmp_path / "a.pdf", (PRINT,))
    page = pdfium.PdfDocument(tmp_path / "a.pdf")[0]
    assert page.get_size() == pytest.approx((sheet.width * MM, sheet.height * MM), abs=.1)
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars()) if text.get_text_range(index, 1) == "c"]
    assert min(box[0] for box in boxes) == pytest.approx(sheet.inner * MM, abs=1.5)
    assert sheet.bottom * MM < min(box[1] for box in boxes if box[1] > sheet.bottom * MM) < sheet.height * MM


@pytest.mark.parametrize("sheet", [VOLUME, READING])
def test_the_letters_of_a_table_fit_between_the_margins(sheet: Paper, tmp_path: Path) -> None:
    word = "chữ"
    letters = " ".join([word] * (sheet.letters // (len(word) + 1)))
    typeset(f"<html lang='vi'><head><title>Thử</title><style>html {{ font: {sheet.table_size}pt 'Liberation Serif' }} "
            f"@page {{ size: 600mm 200mm }}</style></head><body><p>{letters}</p></body></html>", tmp_path / "a.pdf")
    text = pdfium.PdfDocument(tmp_path / "a.pdf")[0].get_textpage()
    edges = [text.get_charbox(index) for index in range(text.count_chars())]
    width = (max(edge[2] for edge in edges) - min(edge[0] for edge in edges)) / MM
    assert sheet.measure * .7 < width < sheet.measure


def test_a_smaller_sheet_holds_fewer_letters() -> None:
    assert SMALL.letters < VOLUME.letters
    assert SMALL.cover_capitals < VOLUME.cover_capitals
    assert replace(VOLUME, width=220).letters > VOLUME.letters
    assert SMALL.size == "A5 (148 × 210 mm)"
