"""The stage backdrop, read back from its drawings and its PDF."""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image, ImageChops, ImageColor

from conftest import PROJECT
from pdftree import tree
from proceedings.conference.model import Backdrop, Conference
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.print import backdrop
from proceedings.print.backdrop import FORMATS, SCREEN, WIDE, Format, PlacedLine, Role, Sheet, place
from proceedings.system.revisions import Revision
from typeset import typeset

SVG = "{http://www.w3.org/2000/svg}"
MM = 72 / 25.4
LOOKS = PROJECT / "overrides"
FONT = backdrop.typeface(LOOKS)
TTF = TTFont(LOOKS / "assets/fonts/be-vietnam-pro-bold.woff2")
LONG = "ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG TẠI CÁC XÃ, PHƯỜNG, THỊ TRẤN VÙNG CAO"
STACKED = "HỘI NGHỊ CẲNG NGỰA ỨNG MẪU BỆ ĐẶNG"
BLANK_DAY = "Giả Định, ngày tháng 7 năm 2035"
NAMES = [each.name for each in FORMATS]
Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def conference(fabricated: Reading) -> Conference:
    return fabricated.conference


def _with(conference: Conference, **parts: object) -> Conference:
    changed = replace(conference.plan.backdrop, **parts)  # type: ignore[arg-type]
    return replace(conference, plan=replace(conference.plan, backdrop=changed))


def _drawn(conference: Conference, format: Format = WIDE) -> etree._Element:
    return etree.fromstring(backdrop.svg(conference, LOOKS, format).encode())


def _paths(drawing: etree._Element) -> list[RecordingPen]:
    """Return the outlines of each line in millimetres, from the top left."""
    return [_outline(path) for path in drawing.iter(f"{SVG}path")]


def _outline(path: etree._Element) -> RecordingPen:
    found = re.fullmatch(r"translate\((\S+) (\S+)\) scale\((\S+) (\S+)\)", path.get("transform", ""))
    assert found
    x, y, right, down = map(float, found.groups())
    pen = RecordingPen()
    parse_path(path.get("d"), TransformPen(pen, (right, 0, 0, down, x, y)))
    return pen


def _bounds(outline: RecordingPen) -> Box:
    pen = BoundsPen(None)
    outline.replay(pen)
    left, top, right, bottom = pen.bounds
    return left, top, right, bottom


def _contours(outline: RecordingPen) -> list[Box]:
    """Return the bounding box of each closed curve."""
    boxes, curve = [], RecordingPen()
    for name, points in outline.value:
        curve.value.append((name, points))
        if name == "closePath":
            boxes.append(_bounds(curve))
            curve = RecordingPen()
    return boxes


# --- The drawing ------------------------------------------------------------------------
@pytest.mark.parametrize("format", FORMATS, ids=NAMES)
def test_the_drawing_is_as_large_as_its_ground(conference: Conference, format: Format) -> None:
    drawing = _drawn(conference, format)
    assert drawing.get("width") == f"{format.width:g}mm"
    assert drawing.get("height") == f"{format.height:g}mm"
    assert drawing.get("viewBox") == f"0 0 {format.width:g} {format.height:g}"
    ground = drawing.find(f"{SVG}rect")
    assert ground is not None
    assert (ground.get("width"), ground.get("height")) == (f"{format.width:g}", f"{format.height:g}")


def test_the_grounds_are_six_by_three_metres_and_sixteen_to_nine() -> None:
    assert (WIDE.width, WIDE.height) == (6000, 3000)
    assert SCREEN.width / SCREEN.height == pytest.approx(16 / 9)


def test_the_drawing_tells_the_plans_lines_to_who_cannot_see_it(conference: Conference) -> None:
    lines = conference.plan.backdrop.lines
    drawing = _drawn(conference)
    assert drawing.findtext(f"{SVG}desc") == "\n".join(lines)
    assert drawing.get("role") == "img"
    assert all(line in drawing.get("aria-label", "") for line in lines)
    assert conference.plan.backdrop.name[0] in (drawing.findtext(f"{SVG}title") or "")


def test_the_drawing_holds_shapes_only_and_reaches_for_nothing(conference: Conference) -> None:
    drawing = _drawn(_with(conference, footer=BLANK_DAY))
    assert {element.tag.removeprefix(SVG) for element in drawing.iter()} == {"svg", "title", "desc", "rect", "path"}
    attributes = {name for element in drawing.iter() for name in element.attrib}
    assert attributes <= {"aria-label", "d", "fill", "height", "role", "transform", "viewBox", "width", "x", "y"}
    text = backdrop.svg(conference, LOOKS, WIDE)
    assert re.findall(r"url\(|https?://(?!www\.w3\.org/2000/svg)", text) == []
    assert text.startswith("<svg ")


def test_what_looks_like_markup_in_a_line_is_drawn_and_told_as_it_is(conference: Conference) -> None:
    lines = ('A & B <b>"C"</b>', "&lt; ' ]]> <span class=\"gap\"></span>")
    drawing = _drawn(_with(conference, name=lines))
    assert (drawing.findtext(f"{SVG}desc") or "").split("\n")[3:5] == list(lines)
    letters = [sum(_own_contours(letter) for letter in line) for line in lines]
    assert [len(_contours(outline)) for outline in _paths(drawing)[3:5]] == letters


def _own_contours(letter: str) -> int:
    """Return the number of closed curves in the font's own glyph of a letter."""
    pen = DecomposingRecordingPen(TTF.getGlyphSet())
    TTF.getGlyphSet()[TTF.getBestCmap()[ord(letter)]].draw(pen)
    return sum(name == "closePath" for name, _ in pen.value)


def test_stacked_marks_are_drawn_whole(conference: Conference) -> None:
    assert [_own_contours(letter) for letter in "ỆỨỘẪ"] == [3, 2, 4, 4]  # letter, its inner curves, its marks
    outline = _paths(_drawn(_with(conference, kind=STACKED)))[2]
    assert len(_contours(outline)) == sum(_own_contours(letter) for letter in STACKED)
    line = _sheet(replace(conference.plan.backdrop, kind=STACKED)).lines[2]
    glyphs = [TTF["glyf"][TTF.getBestCmap()[ord(letter)]] for letter in STACKED if letter != " "]
    top, bottom = max(glyph.yMax for glyph in glyphs) / 1000, min(glyph.yMin for glyph in glyphs) / 1000
    assert top > 1.2
    assert _bounds(outline)[1] == pytest.approx(line.y - top * line.size, abs=0.5)
    assert _bounds(outline)[3] == pytest.approx(line.y - bottom * line.size, abs=0.5)


def test_letters_written_in_two_parts_are_drawn_as_one(conference: Conference) -> None:
    whole, parted = (_drawn(_with(conference, kind=unicodedata.normalize(form, STACKED))) for form in ("NFC", "NFD"))
    assert [path.get("d") for path in whole.iter(f"{SVG}path")] == [path.get("d") for path in parted.iter(f"{SVG}path")]


def test_marks_that_make_no_letter_are_stacked_by_the_font(conference: Conference) -> None:
    outline = _paths(_drawn(_with(conference, kind="Q\u0303\u0301")))[2]
    acute, tilde, letter, *_ = sorted(_contours(outline), key=lambda box: box[1])
    assert acute[3] < tilde[1] < tilde[3] < letter[1]
    assert letter[0] < tilde[0] < tilde[2] < letter[2]


def test_a_letter_that_the_font_lacks_is_named_instead_of_drawn_as_a_box(conference: Conference) -> None:
    with pytest.raises(backdrop.UnknownLettersError, match=r"ma kết không có chữ: 中 →$"):
        backdrop.svg(_with(conference, footer="Giả 中 Định → 中"), LOOKS, WIDE)


def test_a_blank_day_gets_room_for_two_digits(conference: Conference) -> None:
    drawing = _drawn(_with(conference, footer=BLANK_DAY))
    assert (drawing.findtext(f"{SVG}desc") or "").endswith(f"\n{BLANK_DAY}")
    outline = _paths(drawing)[-1]
    size = _sheet(replace(conference.plan.backdrop, footer=BLANK_DAY)).lines[-1].size
    rooms = _rooms(outline)
    digits, space = FONT.shape("00").width * size, FONT.shape("a b").width * size - FONT.shape("ab").width * size
    assert max(rooms) == pytest.approx(digits + 2 * space, rel=0.15)
    assert sum(room > digits for room in rooms) == 1
    assert max(_rooms(_paths(_drawn(conference))[-1])) < digits


def _rooms(outline: RecordingPen) -> list[float]:
    """Return the widths of the gaps in a line."""
    boxes = sorted(_contours(outline))
    reach = [max(box[2] for box in boxes[:number]) for number in range(1, len(boxes) + 1)]
    return [following[0] - end for end, following in zip(reach[:-1], boxes[1:], strict=True)]


# --- Layout -----------------------------------------------------------------------------
def _sheet(words: Backdrop, format: Format = WIDE) -> Sheet:
    return place(words, format, FONT)


def _ink(line: PlacedLine) -> tuple[float, float]:
    """Return the vertical extent of a line's ink."""
    shape = FONT.shape(line.text)
    return line.y - shape.above * line.size, line.y + shape.below * line.size


def _assert_in_order(sheet: Sheet) -> None:
    """Assert that nothing overlaps or extends beyond the backdrop."""
    inks = [_ink(line) for line in sheet.lines]
    bars = [(sheet.rule.y, sheet.rule.y + sheet.rule.height)] if sheet.rule else []
    edges = [(0.0, 0.0), *sorted([*inks, *bars]), (sheet.format.height, sheet.format.height)]
    assert [pair for pair in pairwise(edges) if pair[0][1] > pair[1][0] - 0.002] == []
    assert [line.y for line in sheet.lines] == sorted(line.y for line in sheet.lines)
    for line in sheet.lines:
        width = FONT.shape(line.text).width * line.size
        assert width <= 0.8601 * sheet.format.width
        assert line.x + width / 2 == pytest.approx(sheet.format.width / 2, abs=0.01)
        assert line.size > 0


LETTERS = st.text(st.sampled_from("AĂÂĐEÊOÔƠUƯẲẶẪỆỂỘỖỰỨỊỴÅÇaạậẳgyjp 0123456789/-,()\"\u0323\u0301"), max_size=80)
LINES = st.lists(LETTERS, max_size=6).map(tuple)


@given(st.builds(Backdrop, bodies=LINES, kind=LETTERS, name=LINES, footer=LETTERS | st.just(BLANK_DAY)),
       st.sampled_from(FORMATS))
@example(Backdrop((), "", ("/", "Ỗ\u0301"), ""), WIDE)
def test_nothing_touches_and_nothing_leaves_the_ground(words: Backdrop, format: Format) -> None:
    sheet = _sheet(words, format)
    _assert_in_order(sheet)
    assert [line.text for line in sheet.lines] == [" ".join(line.split()) for line in words.lines if line.split()]
    assert len({line.size for line in sheet.lines if line.role is Role.NAME}) <= 1


@pytest.mark.parametrize("format", FORMATS, ids=NAMES)
@pytest.mark.parametrize("words", [
    Backdrop((), "HỘI NGHỊ", ("TỔNG KẾT",), "Giả Định, năm 2035"),
    Backdrop(("BAN TỔ CHỨC",), "", ("TỔNG KẾT",), ""),
    Backdrop(("BAN TỔ CHỨC",), "HỘI NGHỊ", (), "Giả Định, năm 2035"),
    Backdrop(("BAN TỔ CHỨC",), "", (), ""),
    Backdrop((LONG,) * 6, LONG, (LONG,) * 6, LONG),
    Backdrop(("ẶẶẶẶ", "ẲẲẲẲ") * 3, "ẶẲ", ("ẲẲẶẶ", "ẲẲẶẶ") * 3, "ẲẶ"),
    Backdrop(("\u200b",), "\u00ad", ("\u200b", ""), " "),
], ids=["no body", "no kind", "no name", "body alone", "all long", "all marks", "nothing to see"])
def test_a_plan_that_lacks_parts_or_has_too_many_still_gets_a_backdrop(words: Backdrop, format: Format) -> None:
    _assert_in_order(_sheet(words, format))


def test_a_plan_without_a_backdrop_gets_an_empty_ground(conference: Conference) -> None:
    drawing = _drawn(_with(conference, bodies=(), kind="", name=(), footer=""))
    assert len(list(drawing.iter(f"{SVG}rect"))) == 1
    assert _paths(drawing) == []


def test_the_name_is_the_largest_block_and_the_kind_the_largest_line(conference: Conference) -> None:
    for each in FORMATS:
        lines = _sheet(conference.plan.backdrop, each).lines
        sizes = {role: {line.size for line in lines if line.role is role} for role in Role}
        assert all(len(found) == 1 for found in sizes.values())
        body, kind, name, footer = (sizes[role].pop() for role in Role)
        assert kind > name > body > footer
        heights = {role: [line.y for line in lines if line.role is role] for role in (Role.BODY, Role.NAME)}
        assert heights[Role.NAME][-1] - heights[Role.NAME][0] > heights[Role.BODY][-1] - heights[Role.BODY][0]


def test_a_long_name_takes_the_width_that_a_line_may_take(conference: Conference) -> None:
    for each in FORMATS:
        sheet = _sheet(replace(conference.plan.backdrop, name=(LONG, "NGẮN")), each)
        line = next(line for line in sheet.lines if line.role is Role.NAME)
        assert FONT.shape(line.text).width * line.size == pytest.approx(0.86 * each.width, rel=1e-3)


@pytest.mark.parametrize("format", FORMATS, ids=NAMES)
def test_the_lines_hang_a_little_above_the_middle(conference: Conference, format: Format) -> None:
    for words in (conference.plan.backdrop, replace(conference.plan.backdrop, name=(LONG, "NGẮN"))):
        lines = _sheet(words, format).lines
        above = lines[0].y - FONT.capital * lines[0].size
        below = format.height - lines[-1].y
        assert 0.8 * below < above < below
        assert above > 0.08 * format.height


def test_a_rule_stands_below_the_bodies(conference: Conference) -> None:
    sheet = _sheet(conference.plan.backdrop)
    bodies = [line for line in sheet.lines if line.role is Role.BODY]
    assert sheet.rule
    assert _ink(bodies[-1])[1] < sheet.rule.y < _ink(sheet.lines[len(bodies)])[0]
    assert sheet.rule.x + sheet.rule.width / 2 == pytest.approx(WIDE.width / 2)
    drawn = [rect for rect in _drawn(conference).iter(f"{SVG}rect") if rect.get("y")]
    assert [_box(rect)[1] for rect in drawn] == [sheet.rule.y]
    assert _sheet(replace(conference.plan.backdrop, bodies=())).rule is None


# --- Colours ----------------------------------------------------------------------------
def _luminance(colour: str) -> float:
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_line_stands_out_from_the_ground(conference: Conference) -> None:
    drawing = _drawn(conference)
    ground = drawing.find(f"{SVG}rect")
    assert ground is not None
    inks = {path.get("fill") for path in drawing.iter(f"{SVG}path")}
    assert len(inks) == 2
    for ink in inks:
        high, low = sorted((_luminance(str(ink)), _luminance(ground.get("fill", ""))), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, ink


# --- The PDF ----------------------------------------------------------------------------
@pytest.fixture(scope="module")
def words(conference: Conference) -> Conference:
    """The fabricated conference with a blank day and a name with all combinations of marks."""
    return _with(conference, kind=STACKED, footer=BLANK_DAY)


@pytest.fixture(scope="module")
def printed(words: Conference, fabricated_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backdrop") / "ma-ket.pdf"
    looks = fabricated_settings.looks
    html = backdrop.html(words, fabricated_settings, Revision("0a1b2c3", date(2034, 5, 6), changed=False))
    assert typeset(html, target, (fabricated_settings.docs, looks)) == 2
    return target


def test_the_pdf_has_one_page_for_the_stage_at_one_to_ten_and_one_for_the_screen(printed: Path) -> None:
    sizes = [[length / MM for length in page.get_size()] for page in pdfium.PdfDocument(printed)]
    assert len(sizes) == 2
    assert sizes[0] == pytest.approx([600, 300], abs=0.1)
    assert sizes[1] == pytest.approx([508, 285.75], abs=0.1)


def test_the_pdfs_text_is_the_plans_line_by_line(printed: Path, words: Conference) -> None:
    for page in pdfium.PdfDocument(printed):
        text = unicodedata.normalize("NFC", page.get_textpage().get_text_range())
        assert text.split("\r\n") == list(words.plan.backdrop.lines)


def test_the_pdf_tells_what_it_is_whose_and_of_which_day(printed: Path, words: Conference) -> None:
    with pikepdf.open(printed) as document:
        name = " ".join([words.plan.backdrop.kind, *words.plan.backdrop.name])
        assert str(document.docinfo["/Title"]) == f"Ma kết: {name}"
        assert str(document.docinfo["/Author"]) == words.plan.letterhead.issuing_body
        assert str(document.docinfo["/CreationDate"]).startswith("D:20340506")
        assert document.Root.Lang == "vi"
        with document.open_outline() as outline:
            assert [mark.title for mark in outline.root] == [
                "Phông sân khấu 6 × 3 m, tỷ lệ 1:10", "Màn hình 16:9"]


def test_each_line_is_one_paragraph_to_who_has_the_pdf_read_out(printed: Path, words: Conference) -> None:
    with pikepdf.open(printed) as document:
        paragraphs = [element.text for element in tree(document, printed).all("P")]
    assert paragraphs == [*words.plan.backdrop.lines] * 2


def test_the_pdf_carries_the_font_of_the_drawing_and_no_other(printed: Path) -> None:
    with pikepdf.open(printed) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        names = {str(font.BaseFont).split("+")[-1] for font in fonts}
        embedded = ["/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert names == {str(TTF["name"].getDebugName(4)).replace(" ", "-")}
    assert all(embedded)


@pytest.mark.parametrize("number", range(len(FORMATS)), ids=NAMES)
def test_the_pdf_shows_every_stroke_and_mark_whole_where_the_drawing_has_it(
    printed: Path, words: Conference, number: int,
) -> None:
    picture = pdfium.PdfDocument(printed)[number].render(scale=2).to_pil().convert("RGB")
    drawing = _drawn(words, FORMATS[number])
    ground, *bars = drawing.iter(f"{SVG}rect")
    pixels = 2 * MM / FORMATS[number].scale  # per millimetre of the drawing
    ink = ImageChops.difference(picture, Image.new("RGB", picture.size, ground.get("fill"))).getchannel("G")
    ink = ink.point([0] * 60 + [255] * 196)
    for shape in (*bars, *drawing.iter(f"{SVG}path")):
        for box in [_box(shape)] if shape in bars else _strokes(_outline(shape)):
            left, top, right, bottom = (round(length * pixels) for length in box)
            shown = ink.crop((left, top, right, bottom)).getbbox()
            assert shown == pytest.approx((0, 0, right - left, bottom - top), abs=2), box
            colours = picture.crop((left, top, right, bottom)).getcolors(10**6) or []
            assert ImageColor.getrgb(shape.get("fill", "")) in {found for _, found in colours}
    assert picture.getpixel((0, 0)) == picture.getpixel((picture.width - 2, picture.height - 2))
    assert picture.getpixel((0, 0)) == ImageColor.getrgb(ground.get("fill"))


def _strokes(outline: RecordingPen) -> list[Box]:
    """Return the bounding box of each filled curve; curves within others are holes."""
    boxes = _contours(outline)
    return [box for box in boxes if not any(_within(box, other) for other in boxes)]


def _within(box: Box, other: Box) -> bool:
    return other[0] < box[0] and other[1] < box[1] and box[2] < other[2] and box[3] < other[3]


def _box(rectangle: etree._Element) -> Box:
    x, y, width, height = (float(rectangle.get(name, "")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height
