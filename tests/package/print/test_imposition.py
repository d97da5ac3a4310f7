"""The A5 booklet, read back from its PDF and folded as on paper."""

import time
import unicodedata
from collections.abc import Callable, Iterator
from math import sqrt
from pathlib import Path
from typing import TypeVar

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import words
from proceedings.print import imposition
from proceedings.print.imposition import Booklet, Side
from proceedings.print.measures import VOLUME
from typeset import typeset

MM = 72 / 25.4
A4 = (VOLUME.width * MM, VOLUME.height * MM)
HALF = VOLUME.height / 2 * MM
T = TypeVar("T")
WORDS = "Ủy ban nhân dân phường Đoàn Kết, quyền, nghĩa vụ, ạ ệ ị ộ ữ ỹ Ằ Ỗ Ợ"


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Create a volume of A4 pages that contain their numbers."""
    folder = tmp_path_factory.mktemp("sources")

    def of(pages: int) -> Path:
        path = folder / f"{pages}.pdf"
        if not path.exists():
            body = "".join(f'<p style="break-before: page">trang {number}</p>' for number in range(1, pages + 1))
            assert typeset(_html(body), path, ()) == pages
        return path

    return of


def _html(body: str, style: str = "") -> str:
    return (f'<html lang="vi"><head><title>Kỷ yếu thử</title><meta name="author" content="BAN TỔ CHỨC">'
            f"<style>@page {{ size: A4 }} {style}</style></head><body>{body}</body></html>")


def _halves(path: Path) -> list[tuple[str, str]]:
    """Return the text on the left and right half of every side, stripped."""
    document = pdfium.PdfDocument(path)
    found = []
    for page in document:
        text = page.get_textpage()
        width, height = page.get_size()
        left, right = ((0, 0, width / 2, height), (width / 2, 0, width, height))
        found.append((text.get_text_bounded(*left).strip(), text.get_text_bounded(*right).strip()))
    return found


def _read_folded(sides: list[tuple[T, T]], gatherings: tuple[int, ...]) -> list[T]:
    """Nest and fold the printed sheets, and return the pages in reading order."""
    read, pile = [], iter(sides)
    for sheets in gatherings:
        printed = [(next(pile), next(pile)) for _ in range(sheets)]
        # After folding, the back of a front's right half is the left half of the sheet's other side.
        for front, back in printed:
            read += [front[1], back[0]]
        for front, back in reversed(printed):
            read += [back[1], front[0]]
    assert list(pile) == []
    return read


@given(st.integers(1, 400), st.one_of(st.none(), st.integers(1, 40).map(lambda sheets: 4 * sheets)))
@example(1, None)
@example(16, 16)
@example(17, 16)
def test_folded_in_any_way_the_pages_are_read_in_order_and_the_blanks_stand_last(pages: int, size: int | None) -> None:
    booklet = imposition.arrange(pages, size)
    read = _read_folded(list(imposition.sides(booklet)), booklet.gatherings)
    assert read == [*range(pages), *[None] * booklet.blanks]
    assert booklet.blanks == -pages % 4
    assert booklet.sides == len(read) // 2 == 2 * booklet.sheets
    assert all(4 * sheets == size for sheets in booklet.gatherings[:-1])
    assert size is None or 4 * booklet.gatherings[-1] <= size


@given(st.integers(1, 100), st.integers(1, 12))
def test_a_sheet_bears_the_pages_that_its_place_in_the_gathering_asks_for(sheets: int, size: int) -> None:
    pages = 4 * sheets
    sides = list(imposition.sides(imposition.arrange(pages, 4 * size)))
    for sheet in range(sheets):
        first = sheet // size * 4 * size
        last = min(first + 4 * size, pages) - 1
        depth = 2 * (sheet % size)
        wanted: list[Side] = [(last - depth, first + depth), (first + depth + 1, last - depth - 1)]
        assert sides[2 * sheet:2 * sheet + 2] == wanted


def test_the_arrangement_of_eight_pages_is_the_printers() -> None:
    assert list(imposition.sides(imposition.arrange(8))) == [(7, 0), (1, 6), (5, 2), (3, 4)]


@pytest.mark.parametrize(("pages", "signature", "gatherings"), [
    (1, None, (1,)), (8, None, (2,)), (13, None, (4,)), (13, 8, (2, 2)), (13, 4, (1, 1, 1, 1)), (17, 8, (2, 2, 1)),
    (13, 400, (4,)),
])
def test_the_printed_halves_folded_read_from_cover_to_end(
        tmp_path: Path, numbered: Callable[[int], Path], pages: int, signature: int | None,
        gatherings: tuple[int, ...]) -> None:
    target = tmp_path / "ra" / "tap.pdf"
    booklet = imposition.impose(numbered(pages), target, signature=signature)
    assert booklet == Booklet(pages, gatherings)
    halves = _halves(target)
    assert len(halves) == booklet.sides
    read = _read_folded(halves, booklet.gatherings)
    assert read == [f"trang {number}" for number in range(1, pages + 1)] + [""] * booklet.blanks


def test_every_side_is_an_upright_sheet_of_a4_landscape(tmp_path: Path, numbered: Callable[[int], Path]) -> None:
    imposition.impose(numbered(13), tmp_path / "tap.pdf")
    with pikepdf.open(tmp_path / "tap.pdf") as booklet:
        for page in booklet.pages:
            assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, A4[1], A4[0]], abs=0.001)
            assert "/Rotate" not in page


def test_a_letter_stands_where_a_reduction_from_a4_to_a5_puts_it(tmp_path: Path) -> None:
    typeset(_html(f"<p>{WORDS}</p>" + '<p style="break-before: page">sau</p>' * 3), tmp_path / "a4.pdf", ())
    imposition.impose(tmp_path / "a4.pdf", tmp_path / "tap.pdf")
    before = pdfium.PdfDocument(tmp_path / "a4.pdf")[0].get_textpage()
    after = pdfium.PdfDocument(tmp_path / "tap.pdf")[0].get_textpage()
    start = after.get_text_range().index("Ủy")
    for index in range(before.count_chars()):
        left, low, right, high = before.get_charbox(index)
        wanted = (HALF + left * sqrt(.5), low * sqrt(.5), HALF + right * sqrt(.5), high * sqrt(.5))
        assert after.get_charbox(start + index) == pytest.approx(wanted, abs=0.05)  # hundredths of a millimetre


def _landscape(path: Path, rotate: int = 0) -> Path:
    """Create four pages, the third in landscape by its size or by rotation."""
    pages = "<p>một</p><p>hai</p>" + '<p class="wide"><b>đầu</b> bảng<br>thân bảng</p>' + "<p>bốn</p>"
    typeset(_html(pages, "@page wide { size: A4 landscape } .wide { page: wide } p { break-before: page }"), path, ())
    if rotate:
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            page = document.pages[2]
            # The same content on a page in landscape with a rotation that turns it upright.
            turned = pikepdf.Matrix().translated(0, A4[1]).rotated(-90) if rotate == 270 else \
                pikepdf.Matrix().translated(A4[0], 0).rotated(90)
            page.contents_add(turned.encode() + b" cm", prepend=True)
            page.MediaBox = page.TrimBox = page.BleedBox = pikepdf.Array([0, 0, *A4])
            page.Rotate = rotate
            document.save(path)
    return path


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_a_landscape_page_is_turned_with_its_head_to_the_left(tmp_path: Path, rotate: int) -> None:
    source = _landscape(tmp_path / "a4.pdf", rotate)
    assert pdfium.PdfDocument(source)[2].get_size() == pytest.approx((A4[1], A4[0]), abs=0.01)
    imposition.impose(source, tmp_path / "tap.pdf")
    text = pdfium.PdfDocument(tmp_path / "tap.pdf")[1].get_textpage()  # the back: pages 2 and 3
    whole = text.get_text_range()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    head, body = whole.index("đầu"), whole.index("thân")
    letters = boxes[head:head + 3]
    assert all(HALF < left < right < 2 * HALF for left, _, right, _ in letters)
    assert boxes[head][2] < boxes[body][0]  # the next line is to the right of the first
    assert letters[0][1] < letters[1][1] < letters[2][1]  # and is read upwards
    assert text.get_text_bounded(0, 0, HALF, A4[0]).strip() == "hai"
    # The distance from the top of the page, reduced by the scale of its margin.
    upright = pdfium.PdfDocument(_landscape(tmp_path / "dung.pdf"))[2]
    top = A4[0] - upright.get_textpage().get_charbox(0)[3]
    assert letters[0][0] - HALF == pytest.approx(top * sqrt(.5), abs=0.05)


def _painted(path: Path, media: tuple[float, float, float, float], trim: tuple[float, float, float, float]) -> Path:
    """Create a first page that is red up to its edges, and three blank pages."""
    document = pikepdf.new()
    for _ in range(4):
        document.add_blank_page(page_size=A4)
    page = document.pages[0]
    page.MediaBox, page.TrimBox = pikepdf.Array(media), pikepdf.Array(trim)
    page.Contents = document.make_stream(b"1 0 0 rg -3000 -3000 9000 9000 re f")
    document.save(path)
    return path


@pytest.mark.parametrize(("media", "trim"), [
    ((-30, -30, A4[0] + 30, A4[1] + 30), (0, 0, *A4)),
    ((0, 0, 2 * A4[0], 2 * A4[1]), (0, 0, 2 * A4[0], 2 * A4[1])),
], ids=["bleed", "larger than A4"])
def test_no_page_reaches_into_its_neighbours_half(
        tmp_path: Path, media: tuple[float, float, float, float], trim: tuple[float, float, float, float]) -> None:
    imposition.impose(_painted(tmp_path / "a4.pdf", media, trim), tmp_path / "tap.pdf")
    picture = pdfium.PdfDocument(tmp_path / "tap.pdf")[0].render(scale=0.5).to_pil().convert("RGB")
    width, height = picture.size
    left = picture.crop((0, 0, width // 2 - 1, height))
    right = picture.crop((width // 2 + 1, 1, width - 1, height - 1))
    assert [colour for _, colour in left.getcolors() or []] == [(255, 255, 255)]
    assert [colour for _, colour in right.getcolors() or []] == [(255, 0, 0)]


def test_a_trimmed_page_is_laid_by_its_trim_box(tmp_path: Path) -> None:
    source = _painted(tmp_path / "a4.pdf", (0, 0, 900, 1100), (250, 220, 650, 820))
    imposition.impose(source, tmp_path / "tap.pdf")
    picture = pdfium.PdfDocument(tmp_path / "tap.pdf")[0].render(scale=1).to_pil().convert("RGB")
    red = picture.point(lambda value: 255 - value).split()[1].getbbox()  # pixels without green
    wide, high = 400 * sqrt(.5), 600 * sqrt(.5)
    middle = (HALF * 1.5, A4[0] / 2)
    wanted = (middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)
    assert red == pytest.approx(wanted, abs=1.5)


def test_the_same_volume_gives_the_same_bytes(tmp_path: Path, numbered: Callable[[int], Path]) -> None:
    copy = tmp_path / "noi-khac" / "ban-sao.pdf"
    copy.parent.mkdir()
    copy.write_bytes(numbered(13).read_bytes())
    imposition.impose(numbered(13), tmp_path / "một.pdf", signature=8)
    time.sleep(1.01)  # a file identifier may be derived from the clock, in seconds
    imposition.impose(copy, tmp_path / "hai.pdf", signature=8)
    assert (tmp_path / "một.pdf").read_bytes() == (tmp_path / "hai.pdf").read_bytes()
    with pikepdf.open(tmp_path / "một.pdf") as booklet:  # the source has no date, so a date would come from the clock
        assert set(booklet.docinfo.keys()) == {"/Title", "/Author"}
        assert b"Date" not in booklet.Root.Metadata.read_bytes()


def test_title_author_language_and_dates_are_the_volumes(tmp_path: Path) -> None:
    html = _html("<p>Chữ</p>").replace("<style>", '<meta name="dcterms.created" content="2034-05-06"><style>')
    typeset(html, tmp_path / "a4.pdf", ())
    imposition.impose(tmp_path / "a4.pdf", tmp_path / "tap.pdf")
    with pikepdf.open(tmp_path / "tap.pdf") as booklet:
        assert str(booklet.docinfo.Title) == "Kỷ yếu thử – bản khổ A5"
        assert str(booklet.docinfo.Author) == "BAN TỔ CHỨC"
        assert str(booklet.docinfo.CreationDate) == "D:20340506"
        assert str(booklet.Root.Lang) == "vi"
        with booklet.open_metadata() as metadata:
            assert metadata["dc:title"] == "Kỷ yếu thử – bản khổ A5"
            assert metadata["dc:creator"] == ["BAN TỔ CHỨC"]


def test_a_volume_without_title_still_makes_a_booklet_with_one(tmp_path: Path) -> None:
    imposition.impose(_painted(tmp_path / "a4.pdf", (0, 0, *A4), (0, 0, *A4)), tmp_path / "tap.pdf")
    with pikepdf.open(tmp_path / "tap.pdf") as booklet:
        assert dict(booklet.docinfo.items()) == {"/Title": "Bản khổ A5"}
        assert "/Lang" not in booklet.Root


def test_the_print_dialog_opens_with_the_right_settings(tmp_path: Path, numbered: Callable[[int], Path]) -> None:
    imposition.impose(numbered(1), tmp_path / "tap.pdf")
    with pikepdf.open(tmp_path / "tap.pdf") as booklet:
        assert booklet.Root.ViewerPreferences == pikepdf.Dictionary(
            DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None"))
        assert float(booklet.pdf_version) >= 1.7  # the first version with duplex settings


def _operators(document: pikepdf.Pdf) -> Iterator[str]:
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            yield from (str(part.operator) for part in pikepdf.parse_content_stream(item))


def _keys(document: pikepdf.Pdf) -> set[str]:
    return {key for item in document.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
            for key in item.keys()}  # noqa: SIM118 - no dict


def test_nothing_is_left_that_claims_tags_or_leads_anywhere(tmp_path: Path) -> None:
    body = ('<h1 id="a">Đề mục</h1><p><a href="#b">tới</a> <a href="https://vi-du.example">ra ngoài</a></p>'
            '<h2 id="b" style="opacity: .5">Mục mờ</h2>')
    typeset(_html(body), tmp_path / "a4.pdf", ())
    imposition.impose(tmp_path / "a4.pdf", tmp_path / "tap.pdf")
    marks = {"BMC", "BDC", "EMC", "MP", "DP"}
    tagging = {"/StructTreeRoot", "/MarkInfo", "/StructParents", "/StructParent", "/Annots", "/Outlines", "/Names",
               "/Dests", "/OutputIntents", "/K"}
    with pikepdf.open(tmp_path / "a4.pdf") as source, pikepdf.open(tmp_path / "tap.pdf") as booklet:
        assert {"/StructTreeRoot", "/StructParents", "/Annots"} <= _keys(source)
        assert "BDC" in {str(part.operator) for part in pikepdf.parse_content_stream(source.pages[0])}
        assert _keys(booklet) & tagging == set()
        assert set(_operators(booklet)) & marks == set()
        assert "Tj" in set(_operators(booklet)) or "TJ" in set(_operators(booklet))
        assert not any(claim in booklet.Root.Metadata.read_bytes() for claim in (b"pdfuaid", b"pdfaid"))
        assert booklet.check_pdf_syntax() == []


def test_marks_inside_nested_forms_and_patterns_are_taken_out_too(tmp_path: Path) -> None:
    document = pikepdf.open(_painted(tmp_path / "a4.pdf", (0, 0, *A4), (0, 0, *A4)), allow_overwriting_input=True)
    content = b"/P <</MCID 0>> BDC 0 0 1 rg 0 0 9 9 re f EMC"
    form = document.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, StructParents=0,
                                BBox=pikepdf.Array([0, 0, 9, 9]), Resources=pikepdf.Dictionary())
    tile = document.make_stream(content, PatternType=1, PaintType=1, TilingType=1, XStep=9, YStep=9,
                                BBox=pikepdf.Array([0, 0, 9, 9]), Resources=pikepdf.Dictionary())
    page = document.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form), Pattern=pikepdf.Dictionary(T=tile))
    page.Contents = document.make_stream(b"/F Do /Pattern cs /T scn 9 9 90 90 re f")
    document.save(tmp_path / "a4.pdf")
    imposition.impose(tmp_path / "a4.pdf", tmp_path / "tap.pdf")
    with pikepdf.open(tmp_path / "tap.pdf") as booklet:
        contents = [item.read_bytes() for item in booklet.objects if isinstance(item, pikepdf.Stream)
                    and (item.get("/Subtype") == "/Form" or "/PatternType" in item)]
        assert len([content for content in contents if b"0 0 1 rg" in content]) == 2
        assert not any(b"BDC" in content or b"MCID" in content for content in contents)
        assert "/StructParents" not in _keys(booklet)


@pytest.mark.parametrize("signature", [0, -4, 2, 6, 15])
def test_a_gathering_that_paper_cannot_make_is_refused_and_nothing_written(
        tmp_path: Path, numbered: Callable[[int], Path], signature: int) -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        imposition.impose(numbered(8), tmp_path / "tap.pdf", signature=signature)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_volume_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        imposition.arrange(0)


def test_what_is_no_pdf_leaves_the_former_booklet_whole(tmp_path: Path) -> None:
    source, target = tmp_path / "a4.pdf", tmp_path / "tap.pdf"
    source.write_text("không phải PDF", "utf-8")
    target.write_text("bản cũ", "utf-8")
    with pytest.raises(pikepdf.PdfError):
        imposition.impose(source, target)
    assert target.read_text("utf-8") == "bản cũ"


@pytest.mark.parametrize(("booklet", "summary"), [
    (Booklet(76, (19,)),
     "76 trang A5 cần 19 tờ A4, in hai mặt đúng cỡ, lật theo cạnh ngắn; gấp đôi cả tập, đóng ghim giữa."),
    (Booklet(77, (20,)),
     "77 trang A5 (thêm 3 trang trắng ở cuối) cần 20 tờ A4, in hai mặt đúng cỡ, lật theo cạnh ngắn; gấp đôi cả tập, "
     "đóng ghim giữa."),
    (Booklet(64, (8, 8)),
     "64 trang A5 cần 16 tờ A4, in hai mặt đúng cỡ, lật theo cạnh ngắn; chia thành 2 tay sách (mỗi tay 8 tờ), gấp đôi "
     "từng tay, xếp các tay theo thứ tự rồi khâu gáy."),
    (Booklet(74, (8, 8, 3)),
     "74 trang A5 (thêm 2 trang trắng ở cuối) cần 19 tờ A4, in hai mặt đúng cỡ, lật theo cạnh ngắn; chia thành 3 tay "
     "sách (mỗi tay 8 tờ, riêng tay cuối 3 tờ), gấp đôi từng tay, xếp các tay theo thứ tự rồi khâu gáy."),
])
def test_the_summary_tells_what_to_buy_and_how_to_bind(booklet: Booklet, summary: str) -> None:
    assert booklet.summary == summary == unicodedata.normalize("NFC", summary)


@pytest.mark.parametrize(("gatherings", "advice"), [
    ((20,), ""),
    ((21,), " Cả tập 21 tờ là quá dày để gấp cho phẳng (chỉ nên đến 20 tờ): nên chia thành các tay sách, chẳng hạn "
            "32 trang (8 tờ) một tay."),
    ((20, 20, 7), ""),
    ((25, 7), " Mỗi tay 25 tờ là quá dày để gấp cho phẳng (chỉ nên đến 20 tờ): nên chia tay nhỏ hơn, chẳng hạn "
              "32 trang (8 tờ) một tay."),
])
def test_the_summary_advises_smaller_gatherings_from_twenty_one_sheets_on(
        gatherings: tuple[int, ...], advice: str) -> None:
    text = Booklet(4 * sum(gatherings), gatherings).summary
    assert text.partition(".")[2] == advice
    assert "\n" not in text


@pytest.fixture(scope="module")
def volume(built: Path) -> Path:
    return built / "ky-yeu.pdf"


def test_every_page_of_the_volume_keeps_all_its_text(volume: Path, tmp_path: Path) -> None:
    booklet = imposition.impose(volume, tmp_path / "tap.pdf", signature=16)
    source = [_letters(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(volume)]
    assert booklet.pages == len(source)
    assert len("".join(source)) > 10_000
    found = [_letters(half) for half in _read_folded(_halves(tmp_path / "tap.pdf"), booklet.gatherings)]
    assert found == source + [""] * booklet.blanks


def _letters(text: str) -> str:
    """Return the words without spaces, which text extraction guesses at line ends from the font size."""
    return "".join(words.words(text))


def test_the_volumes_fonts_and_pictures_are_in_the_booklet_once(volume: Path, tmp_path: Path) -> None:
    imposition.impose(volume, tmp_path / "tap.pdf")
    with pikepdf.open(volume) as source, pikepdf.open(tmp_path / "tap.pdf") as booklet:
        assert _parts(source) == _parts(booklet)
    assert (tmp_path / "tap.pdf").stat().st_size < 1.05 * volume.stat().st_size


def _parts(document: pikepdf.Pdf) -> tuple[list[int], list[int]]:
    """Return the sizes of the embedded fonts and of the pictures."""
    fonts = [len(item.FontFile2.read_raw_bytes()) for item in document.objects
             if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item]
    pictures = [len(item.read_raw_bytes()) for item in document.objects
                if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
    return sorted(fonts), sorted(pictures)
