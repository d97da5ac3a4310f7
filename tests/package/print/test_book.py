"""The printed volume of the fabricated conference, read back from its PDF."""

import re
import unicodedata
from importlib.metadata import version
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

import outline
from conftest import run
from outline import bookmarks
from proceedings.conference import settings
from proceedings.conference.model import Speech
from proceedings.conference.reading import Reading
from proceedings.print.book import cover_date, cover_lines
from proceedings.print.indexes import chapter_name
from proceedings.print.measures import VOLUME
from proceedings.schema import Status

MM = 72 / 25.4
TIMES_METRIC = "LiberationSerif"


@pytest.fixture(scope="module")
def volume(built: Path) -> Path:
    return built / "ky-yeu.pdf"


def _text(path: Path, page: int) -> str:
    return unicodedata.normalize("NFC", pdfium.PdfDocument(path)[page].get_textpage().get_text_range())


def _top_line(path: Path, page: int) -> str:
    """The text in the top margin."""
    sheet = pdfium.PdfDocument(path)[page]
    width, height = sheet.get_size()
    return str(sheet.get_textpage().get_text_bounded(0, height - 24 * MM, width, height)).strip()


def _speeches(reading: Reading) -> list[Speech]:
    return list(reading.conference.speeches.values())


def test_the_cover_bears_the_backdrops_lines(volume: Path, fabricated: Reading) -> None:
    backdrop = fabricated.conference.plan.backdrop
    cover = _text(volume, 0)
    for line in (*backdrop.bodies, backdrop.kind, *backdrop.name):
        assert line in cover
    day = fabricated.conference.plan.time.day if fabricated.conference.plan.time else None
    assert day
    assert f"Giả Định, tháng {day.month} năm {day.year}" in cover
    assert "ngày" not in cover
    assert "KỶ YẾU" in re.sub(r"(?<=\w) (?=\w)", "", cover.replace("\r\n", "\n")).replace("KỶYẾU", "KỶ YẾU")


def test_the_half_title_tells_the_revision_and_an_undecided_number_of_copies_as_a_blank(volume: Path) -> None:
    half_title = _text(volume, 2)
    assert "Bản dựng từ tài liệu chưa có phiên bản." in half_title
    assert "Số lượng in: […] bản." in half_title


def test_the_inside_names_the_commit_in_a_repository(booklet: tuple[Path, str]) -> None:
    root, _ = booklet
    head = run("git", "rev-parse", "--short", "HEAD", folder=root).stdout.strip()
    listing = "git ls-files -z docs mkdocs.yml | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum"
    checksum = run("sh", "-c", listing, folder=root).stdout.split()[0]
    volume = root / "ra" / "ky-yeu.pdf"
    last = _text(volume, len(pdfium.PdfDocument(volume)) - 1)
    for page in (_text(volume, 2), last):
        assert f"phiên bản {head} ngày 06/5/2034" in page
    assert checksum in re.sub(r"\s", "", last)
    assert f"WeasyPrint {version('weasyprint')}" in last
    assert re.search(r"Liberation Serif \d", last)
    with pikepdf.open(volume) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20340506")


def test_every_document_starts_on_a_right_hand_page(volume: Path, fabricated: Reading) -> None:
    places = outline.places(volume)
    starts = [places[chapter_name(path)] for path in fabricated.conference.printed]
    assert len(starts) > 8
    assert [start for start in starts if start % 2] == []  # page index 0 is the first right-hand page


def test_documents_are_bound_in_the_plans_order(volume: Path, fabricated: Reading) -> None:
    titles = [mark.title for mark in bookmarks(volume)]
    wanted = [f"{speech.number}. {speech.unit}" for speech in _speeches(fabricated)]
    assert [title for title in titles if title in wanted] == wanted


def test_bookmarks_are_nested_and_in_page_order(volume: Path, fabricated: Reading) -> None:
    marks = bookmarks(volume)
    assert [mark.page for mark in marks] == sorted(mark.page for mark in marks)
    assert not any("¶" in mark.title or not mark.title.strip() for mark in marks)
    levels = {mark.title: mark.level for mark in marks}
    assert levels["Mục lục"] == levels["Tham luận"] == levels["Bảng tra đơn vị và văn bản"] == 1
    assert {levels[f"{speech.number}. {speech.unit}"] for speech in _speeches(fabricated)} == {2}
    assert {mark.level for mark in marks} == {1, 2, 3, 4}


def test_the_contents_tell_the_page_numbers_that_pages_bear(volume: Path, fabricated: Reading) -> None:
    places = outline.places(volume)
    contents = " ".join(_text(volume, page) for page in range(places["muc-luc"], places["than-sach"]))
    assert "..." not in contents
    for speech in _speeches(fabricated):
        page = places[chapter_name(speech.path)]
        number = page - places["than-sach"] + 1
        entry = rf"\b{speech.number}\.\s+{_spaced(speech.topic)}\s+{_spaced(speech.unit)}\s+{number}\b"
        assert re.search(entry, contents)
        assert re.search(rf"\b{number}\b", _top_line(volume, page))


def _spaced(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split()))


def test_left_hand_pages_are_headed_by_the_volume_right_hand_ones_by_the_unit(
    volume: Path, built: Path, fabricated: Reading,
) -> None:
    site_name = settings.load(built.parent / "mkdocs.yml").name
    for speech in _speeches(fabricated):
        start, count = outline.chapter(volume, speech.path)
        for page in range(start, start + count):
            head, other = (speech.unit, site_name) if page % 2 == 0 else (site_name, speech.unit)
            top = " ".join(_top_line(volume, page).split())
            assert head.upper() in top
            assert other.upper() not in top


def test_front_matter_bears_roman_numbers_and_viewers_call_pages_as_paper_does(volume: Path) -> None:
    places = outline.places(volume)
    first = places["than-sach"]
    assert _top_line(volume, places["muc-luc"]) == "v"
    assert re.match(r"1\b", _top_line(volume, first))
    document = pdfium.PdfDocument(volume)
    labels = [document.get_page_label(page) for page in range(len(document))]
    assert labels[:first] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"][:first]
    assert labels[first:] == [str(number) for number in range(1, len(document) - first + 1)]


def test_margins_are_mirrored_for_binding(volume: Path, fabricated: Reading) -> None:
    start, _ = outline.chapter(volume, _speeches(fabricated)[0].path)
    right, left = (_left_edge(volume, page) for page in (start, start + 1))
    assert (round(right), round(left)) == (32, 18)


def _left_edge(path: Path, page: int) -> float:
    """Return the distance of the text from the left edge, in millimetres."""
    text = pdfium.PdfDocument(path)[page].get_textpage()
    letters = [index for index in range(text.count_chars()) if text.get_text_range(index, 1).strip()]
    edges: list[float] = [text.get_charbox(index)[0] for index in letters]
    return min(edges) / MM


def test_the_plans_first_page_bears_no_number_and_its_second_does(volume: Path) -> None:
    page, _ = outline.chapter(volume, "ke-hoach.md")
    assert _top_line(volume, page) == ""
    assert re.fullmatch(r"\d+", _top_line(volume, page + 1))


def test_a_part_opens_the_speeches(volume: Path, fabricated: Reading) -> None:
    page = outline.places(volume)["phan-tham-luan"]
    assert page == outline.chapter(volume, _speeches(fabricated)[0].path)[0] - 2
    assert "THAM LUẬN" in _text(volume, page)
    assert f"{len(_speeches(fabricated))} tham luận" in _text(volume, page)


def test_links_inside_lead_to_pages_of_the_volume(volume: Path) -> None:
    with pikepdf.open(volume) as document:
        names = document.Root.Names.Dests.Names
        known = {str(names[index]) for index in range(0, len(names), 2)}
        targets = [str(note.Dest) if "/Dest" in note else str(note.A.get("/D", note.A.get("/URI")))
                   for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    inside = [target for target in targets if "://" not in target]
    assert len(inside) > 20
    assert set(inside) <= known


def test_a_draft_says_so_on_its_cover_and_on_every_page_with_text(volume: Path) -> None:
    document = pdfium.PdfDocument(volume)
    for number in range(len(document)):
        text = _text(volume, number)
        assert "DỰ THẢO" in text or not text.strip(), number


def test_an_offprint_is_a_draft_until_its_own_text_is_approved(built: Path, fabricated: Reading) -> None:
    statuses = {speech.delivery.status for speech in _speeches(fabricated)}
    assert {Status.APPROVED, Status.DELIVERED, Status.OUTLINE} == statuses
    for speech in _speeches(fabricated):
        draft = "DỰ THẢO" in _text(built / "tham-luan" / f"{speech.slug}.pdf", 0)
        assert draft is (speech.delivery.status is not Status.APPROVED)


def test_an_undelivered_speech_prints_its_outline_under_a_plain_notice(built: Path, fabricated: Reading) -> None:
    outlines = [speech for speech in _speeches(fabricated) if speech.delivery.status is Status.OUTLINE]
    assert outlines
    for speech in outlines:
        text = _text(built / "tham-luan" / f"{speech.slug}.pdf", 0)
        assert "chưa phải bài của đơn vị" in text
        assert text.count("[…") > 1


def test_metadata_are_vietnamese(volume: Path, fabricated: Reading) -> None:
    plan = fabricated.conference.plan
    with pikepdf.open(volume) as document:
        assert str(document.Root.Lang) == "vi"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]).startswith("Kỷ yếu hội nghị")
        assert str(document.docinfo["/Author"]) == plan.letterhead.issuing_body
        with document.open_metadata() as metadata:
            assert metadata["dc:title"].startswith("Kỷ yếu")


def test_an_offprint_is_titled_by_number_and_unit_and_described_by_its_topic(built: Path, fabricated: Reading) -> None:
    for speech in _speeches(fabricated):
        with pikepdf.open(built / "tham-luan" / f"{speech.slug}.pdf") as document:
            assert str(document.docinfo["/Title"]) == f"Tham luận số {speech.number}: {speech.unit}"
            assert str(document.docinfo["/Subject"]) == speech.topic


def test_fonts_are_embedded_and_have_times_metrics(volume: Path) -> None:
    with pikepdf.open(volume) as document:
        fonts = [font for page in document.pages for font in page.Resources.get("/Font", {}).values()]
        embedded = {str(font.BaseFont).split("+")[-1].replace("-", ""):
                    "/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts}
    texts = {name for name in embedded if "Mono" not in name}
    assert texts
    assert [name for name in texts if not name.startswith(TIMES_METRIC)] == []
    assert all(embedded.values())


def test_the_countrys_name_stands_on_one_line_beside_the_issuing_body(built: Path) -> None:
    text = pdfium.PdfDocument(built / "ke-hoach.pdf")[0].get_textpage()
    boxes = {}
    whole = text.get_text_range()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        start = whole.index(words)
        places = [text.get_charbox(start + offset) for offset, letter in enumerate(words) if letter != " "]
        assert max(place[1] for place in places) - min(place[1] for place in places) < 8, f"{words} is broken"
        boxes[words] = places
    assert min(place[0] for places in boxes.values() for place in places) > VOLUME.width * MM / 2 - 20 * MM


@pytest.mark.parametrize(("footer", "expected"), [
    ("Giả Định, ngày 20 tháng 6 năm 2035", "Giả Định, tháng 6 năm 2035"),
    ("Giả Định, ngày tháng 6 năm 2035", "Giả Định, tháng 6 năm 2035"),
    ("Giả Định, ngày tháng năm 2035", "Giả Định, năm 2035"),
    ("Giả Định, mùa hè 2035", "Giả Định, mùa hè 2035"),
    ("", ""),
])
def test_the_cover_bears_place_month_and_year(footer: str, expected: str) -> None:
    assert cover_date(footer) == expected


@pytest.mark.parametrize("line", [
    "NGẮN",
    "TỔNG KẾT MƯỜI NĂM THỰC HIỆN NGHỊ ĐỊNH SỐ 12/2034/NĐ-CP NGÀY 01/02/2034",
    "TỔNG KẾT NĂM NĂM THỰC HIỆN ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG TRÊN ĐỊA BÀN TỈNH VÀ CÁC HUYỆN, THỊ XÃ, GIAI ĐOẠN HAI",
])
def test_a_long_line_of_the_cover_is_broken_until_it_fits_never_before_a_number(line: str) -> None:
    broken = cover_lines([line])
    assert " ".join(broken) == line
    assert all(len(part) <= 42 and not part[0].isdigit() for part in broken)


def test_chapter_names_are_unique_within_a_volume(fabricated: Reading) -> None:
    names = [chapter_name(path) for path in fabricated.conference.documents]
    assert len(set(names)) == len(names)
