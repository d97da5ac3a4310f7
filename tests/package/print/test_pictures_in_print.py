"""Pictures in print equal those on the page, in the same orientation and without metadata."""

import io
import struct
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser

from picturing import LOCATED, drawn, exif, saved
from proceedings.conference.settings import Settings, load
from proceedings.print import pdf
from proceedings.print.book import Book, Edition
from proceedings.project import Project
from proceedings.system import picture_parts
from typeset import typeset

CANARY = b"lastwordsoftheauthor"


def printed(folder: Path, data: bytes, name: str = "a.jpg") -> list[Image.Image]:
    """Return the pictures of a PDF that shows one."""
    (folder / name).write_bytes(data)
    html = f"<html lang='vi'><title>a</title><img src='{(folder / name).as_uri()}' alt='a'>"
    typeset(html, folder / "a.pdf", (folder,))
    with pikepdf.open(folder / "a.pdf") as document:
        found = [each for page in document.pages for each in page.get_images().values()]
        return [pikepdf.PdfImage(each).as_pil_image() for each in found if isinstance(each, pikepdf.Stream)]


@pytest.mark.parametrize("name", LOCATED)
def test_paper_carries_nothing_of_where_a_picture_was_taken(name: str, tmp_path: Path) -> None:
    printed(tmp_path, LOCATED[name])
    with pikepdf.open(tmp_path / "a.pdf") as document:
        streams = [each.read_raw_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)]
    assert [data for data in streams if b"GPS" in data or b"Exif" in data or struct.pack("<2I", 21, 1) in data] == []


@pytest.mark.parametrize("data", [
    saved("JPEG", comment=CANARY), saved("JPEG", exif=exif(">", [(0x010E, 2, CANARY)])), saved("GIF", comment=CANARY),
    saved("JPEG") + CANARY,
], ids=["JPEG comment", "JPEG EXIF", "GIF comment", "behind"])
def test_paper_carries_no_comment(data: bytes, tmp_path: Path) -> None:
    printed(tmp_path, data)
    assert CANARY not in (tmp_path / "a.pdf").read_bytes()
    with pikepdf.open(tmp_path / "a.pdf") as document:
        assert not any(CANARY in each.read_raw_bytes() for each in document.objects if isinstance(each, pikepdf.Stream))


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_turned_picture_is_the_same_way_up_on_page_and_paper(turned: int, tmp_path: Path, browser: Browser) -> None:
    data = saved("JPEG", exif=exif(">", [(0x0112, 3, struct.pack(">H", turned))]), quality=95)
    with Image.open(io.BytesIO(data)) as image:
        right = ImageOps.exif_transpose(image)
    [paper] = printed(tmp_path, data)
    assert _corners(paper) == _corners(right)
    (tmp_path / "b.jpg").write_bytes(picture_parts.published(data))
    (tmp_path / "b.html").write_text("<body style='margin: 0'><img src='b.jpg'>")
    page = browser.new_page()
    page.goto((tmp_path / "b.html").as_uri())
    shot = page.locator("img").screenshot()
    page.close()
    assert _corners(Image.open(io.BytesIO(shot))) == _corners(right)


def _corners(image: Image.Image) -> tuple[tuple[int, int], list[bool]]:
    """Return the size of an image, and which of its corners is red."""
    width, height = image.size
    inside = [(x, y) for x in (3, width - 4) for y in (3, height - 4)]
    pixels = [image.convert("RGB").getpixel(place) for place in inside]
    red = [isinstance(pixel, tuple) and pixel[0] > pixel[1] + 80 for pixel in pixels]
    assert sum(red) == 1
    return image.size, red


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.md", "a.txt", "a.svg", "a"])
@pytest.mark.parametrize("data", [
    b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>",
    saved("JPEG", drawn("CMYK")), saved("PNG", Image.new("I;16", (9, 9))), saved("PNG")[:-20],
], ids=["SVG", "CMYK", "16 bit", "cut"])
def test_what_is_no_sound_picture_by_its_content_never_reaches_paper(name: str, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(pdf.PrintError, match=name):
        printed(tmp_path, data, name)


@pytest.mark.parametrize("address", [
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>", "data:image/png;base64,AAAA", "http://h/{}",
    "file://h{}", "ftp://h{}",
])
def test_the_engine_asks_for_nothing_but_files(address: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(saved("PNG"))
    source = address.format(tmp_path / "a.png").replace("'", "&#39;")
    with pytest.raises(pdf.PrintError):
        typeset(f"<html lang='vi'><title>a</title><img src='{source}' alt='a'>", tmp_path / "a.pdf", (tmp_path,))


@pytest.fixture
def view(conference_root: Path) -> Settings:
    return load(conference_root / "mkdocs.yml")


@pytest.mark.parametrize("more", ["?a", "#a", "?a#b", " 'Hai chữ'"])
def test_what_stands_behind_a_path_is_no_part_of_it(more: str, view: Settings) -> None:
    path = view.docs / "tham-luan/so-sach-va-thu-tich.md"
    text = path.read_text("utf-8")
    assert "bieu-do.png)" in text
    path.write_text(text.replace("bieu-do.png)", f"bieu-do.png{more})"), "utf-8")
    book = Book(Project.open(view), Edition())
    picture = view.docs / "tham-luan/so-sach-va-thu-tich/bieu-do.png"
    assert f"{picture}\"" in book.offprint("tham-luan/so-sach-va-thu-tich.md")
