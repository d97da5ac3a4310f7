"""Printed files other than the volume, and their consistency with it."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

import outline
import words
from conftest import PROJECT, lay_out_project, printer_of, run
from pdftree import tree
from proceedings.conference import products
from proceedings.conference.reading import Reading
from proceedings.print import pdf
from proceedings.print.indexes import chapter_name
from proceedings.print.measures import VOLUME
from proceedings.print.production import Printed, Printer, Volume, offprinted

MM = 72 / 25.4


def _top(page: pdfium.PdfPage) -> str:
    width, height = page.get_size()
    return str(page.get_textpage().get_text_bounded(0, height - 24 * MM, width, height)).strip()


def _text(page: pdfium.PdfPage) -> str:
    return str(page.get_textpage().get_text_range())


# --- Offprints -----------------------------------------------------------------------
def test_offprints_are_of_the_plan_and_of_each_speech(built: Path, fabricated: Reading) -> None:
    speeches = {speech.path for speech in fabricated.conference.speeches.values()}
    assert set(offprinted(fabricated.conference)) == {"ke-hoach.md", *speeches}
    assert all((built / products.of(path)).exists() for path in offprinted(fabricated.conference))


def test_an_offprint_has_the_volumes_pages_with_the_volumes_numbers(built: Path, fabricated: Reading) -> None:
    volume = pdfium.PdfDocument(built / "ky-yeu.pdf")
    for path in offprinted(fabricated.conference):
        start, count = outline.chapter(built / "ky-yeu.pdf", path)
        pages = pdfium.PdfDocument(built / products.of(path))
        assert len(pages) == count, path
        for index, page in enumerate(pages):
            assert _top(page) == _top(volume[start + index])
            assert pages.get_page_label(index) == volume.get_page_label(start + index)
            assert words.of_pdf(built / products.of(path), index, 1) == words.of_pdf(
                built / "ky-yeu.pdf", start + index, 1), (path, index)
            letters, in_volume = (sheet.get_textpage() for sheet in (page, volume[start + index]))
            assert letters.get_charbox(letters.count_chars() // 2)[0] > 0
            assert in_volume.get_charbox(0) == pytest.approx(letters.get_charbox(0), abs=0.02)


def test_an_offprint_tells_its_revision_on_its_last_page_only(built: Path, fabricated: Reading) -> None:
    for path in offprinted(fabricated.conference):
        *before, last = (_text(page) for page in pdfium.PdfDocument(built / products.of(path)))
        assert "Bản dựng từ tài liệu chưa có phiên bản." in last
        assert not any("Bản dựng từ" in text for text in before)


def test_an_offprint_that_would_break_otherwise_than_the_volume_is_refused(
    live: tuple[Printer, Volume, Path], tmp_path: Path,
) -> None:
    _, volume, _ = live
    path = volume.chapters[-1].path
    numbers = dict(volume.page_numbers.numbers)
    numbers[f"{chapter_name(path)}--het--"] += 1
    other = replace(volume, page_numbers=replace(volume.page_numbers, numbers=numbers))
    with pytest.raises(pdf.PrintError, match=r"takes \d+ pages"):
        printer_of(PROJECT, tmp_path).offprint(path, other)
    assert not (tmp_path / products.of(path)).exists()


# --- Print shop ---------------------------------------------------------------------------
@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The press copy of the fabricated conference."""
    folder = tmp_path_factory.mktemp("press")
    return printer_of(lay_out_project(folder / "project"), folder).press()


def test_the_press_copy_has_bleed_marks_and_no_colour_inside(press: Printed) -> None:
    assert press.path.name == "ky-yeu-nha-in.pdf"
    with pikepdf.open(press.path) as document:
        places = outline.places(press.path)
        for page in document.pages:
            trim, media = ([float(number) for number in box] for box in (page.TrimBox, page.MediaBox))
            assert trim[2] - trim[0] == pytest.approx(VOLUME.width * MM, abs=0.1)
            assert [trim[0] - media[0], media[2] - trim[2]] == pytest.approx([6 * MM] * 2, abs=0.1)
            assert float(page.BleedBox[0]) < trim[0]
        painted = [page.Contents.read_bytes() for page in document.pages]
        coloured = [bool(re.search(rb"(?m)^[\d.]+ [\d.]+ [\d.]+ (?:rg|RG)$", content)) for content in painted]
        assert coloured[0] is True  # the cover
        text_pages = [number for number in range(1, len(painted)) if b"/Figure" not in painted[number]]
        assert not any(coloured[number] for number in text_pages)
        assert places["than-sach"] in text_pages
    for sheet in pdfium.PdfDocument(press.path):
        picture = sheet.render(scale=1, grayscale=True)
        outside = bytes(picture.buffer)[:picture.stride * int(5 * MM)]  # the strip above the trimmed page
        assert min(outside) < 100, "no marks"


def test_the_press_copy_embeds_its_fonts_prints_pure_black_and_knows_where_its_pictures_are(
    press: Printed, built: Path,
) -> None:
    with pikepdf.open(press.path) as document, pikepdf.open(built / "ky-yeu.pdf") as volume:
        for page in document.pages:
            for font in page.Resources.get("/Font", {}).values():
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            assert not re.search(rb"(?m)^([\d.]+) \1 \1 (?:rg|RG)$", page.Contents.read_bytes())
        places = _places_of_pictures(document, press.path)
        expected = _places_of_pictures(volume, built / "ky-yeu.pdf")
        assert expected
        assert places == expected  # within the trimmed page, for any bleed


def _places_of_pictures(document: pikepdf.Pdf, path: Path) -> list[list[float]]:
    return [[float(number) for number in figure.entry.A.BBox] for figure in tree(document, path).all("Figure")]


def test_the_press_copy_has_the_pages_of_the_volume(press: Printed, built: Path) -> None:
    assert press.pages == len(pdfium.PdfDocument(built / "ky-yeu.pdf"))
    assert outline.places(press.path) == outline.places(built / "ky-yeu.pdf")


def test_the_booklet_is_told_in_sheets(booklet: tuple[Path, str]) -> None:
    root, told = booklet
    assert {path.name for path in (root / "ra").iterdir()} == {"ky-yeu.pdf", "ky-yeu-a5.pdf"}
    pages = len(pdfium.PdfDocument(root / "ra" / "ky-yeu.pdf"))
    sheets = -(-pages // 4)
    assert len(pdfium.PdfDocument(root / "ra" / "ky-yeu-a5.pdf")) == 2 * sheets
    assert f"{sheets} tờ A4" in told
    assert f"{-(-pages // 16)} tay sách" in told


@pytest.mark.parametrize("size", ["17", "0", "-4", "bốn"])
def test_a_gathering_of_an_impossible_size_is_a_wrong_call(conference_root: Path, size: str) -> None:
    done = run(sys.executable, "scripts/export_pdf.py", f"--booklet={size}", "--output", "ra", folder=conference_root)
    assert done.returncode == 2
    assert size in done.stderr
    assert "bội số" in done.stderr
    assert not (conference_root / "ra").exists()


# --- Reading copies and backdrop ---------------------------------------------------------------
def test_a_reading_copy_of_what_is_no_document_is_a_wrong_call(conference_root: Path) -> None:
    done = run(sys.executable, "scripts/export_pdf.py", "--reading", "so-khac", folder=conference_root)
    assert done.returncode == 2
    assert "so-khac" in done.stderr


def test_the_whole_is_all_that_belongs_to_the_site(built: Path) -> None:
    made = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.suffix in (".pdf", ".svg")
            and "assets" not in path.parts}
    assert {"ky-yeu.pdf", "ky-yeu-a5.pdf", "ke-hoach.pdf", "ma-ket.pdf", "ma-ket.svg", "ma-ket-16x9.svg"} <= made
    assert not any("chu-lon" in name or "nha-in" in name for name in made)  # on request only
