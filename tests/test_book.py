"""The printed volume of the fabricated conference, read back from its PDF."""

import re
import sys
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pdfua import validate
from pdfua.model import Severity

from conftest import run
from outline import bookmarks
from proceedings.book import chapter_name, cover_lines
from proceedings.model import Speech
from proceedings.reading import Reading

pytestmark = pytest.mark.xdist_group("built")
MM = 72 / 25.4
TIMES_METRIC = ("LiberationSerif", "Tinos", "TimesNewRoman")


@pytest.fixture(scope="module")
def volume(built: Path) -> Path:
    return built / "ky-yeu.pdf"


def _text(path: Path, page: int) -> str:
    return unicodedata.normalize("NFC", pdfium.PdfDocument(path)[page].get_textpage().get_text_range())


def _top_line(path: Path, page: int) -> str:
    """What stands in the top margin."""
    sheet = pdfium.PdfDocument(path)[page]
    width, height = sheet.get_size()
    return str(sheet.get_textpage().get_text_bounded(0, height - 24 * MM, width, height)).strip()


def _speeches(reading: Reading) -> list[Speech]:
    return list(reading.conference.speeches.values())


def test_the_cover_bears_the_backdrops_lines(volume: Path, fabricated: Reading) -> None:
    backdrop = fabricated.conference.plan.backdrop
    cover = _text(volume, 0)
    for line in (*backdrop.bodies, backdrop.kind, *backdrop.name, backdrop.footer):
        assert line in cover
    assert "KỶ YẾU" in re.sub(r"(?<=\w) (?=\w)", "", cover.replace("\r\n", "\n")).replace("KỶYẾU", "KỶ YẾU")


def test_the_inside_page_tells_the_revision(volume: Path) -> None:
    assert "Bản dựng từ tài liệu chưa có phiên bản." in _text(volume, 1)


def test_the_inside_page_names_the_commit_in_a_repository(conference_root: Path) -> None:
    for arguments in (("init", "-q"), ("add", "-A"),
                      ("-c", "user.name=Thử", "-c", "user.email=thu@vi-du.example", "commit", "-q", "-m", "một")):
        assert run("git", *arguments, folder=conference_root, GIT_COMMITTER_DATE="2034-05-06T07:08:09Z").returncode == 0
    head = run("git", "rev-parse", "--short", "HEAD", folder=conference_root).stdout.strip()
    done = run(sys.executable, "scripts/export_pdf.py", "--only", "ke-hoach", "--output", "ra", folder=conference_root)
    assert done.returncode == 0, done.stderr
    pages = pdfium.PdfDocument(conference_root / "ra" / "ke-hoach.pdf")
    assert f"phiên bản {head} ngày 06/5/2034" in _text(conference_root / "ra" / "ke-hoach.pdf", len(pages) - 1)


def test_every_speech_starts_on_a_right_hand_page(volume: Path, fabricated: Reading) -> None:
    starts = {mark.title: mark.page for mark in bookmarks(volume) if mark.level == 1}
    for speech in _speeches(fabricated):
        assert starts[f"{speech.number}. {speech.unit}"] % 2 == 0  # the first page, a right-hand one, is page 0


def test_speeches_are_bound_in_the_plans_order(volume: Path, fabricated: Reading) -> None:
    titles = [mark.title for mark in bookmarks(volume) if mark.level == 1]
    wanted = [f"{speech.number}. {speech.unit}" for speech in _speeches(fabricated)]
    assert [title for title in titles if title in wanted] == wanted


def test_bookmarks_are_nested_and_in_page_order(volume: Path) -> None:
    marks = bookmarks(volume)
    assert {mark.level for mark in marks} == {1, 2, 3}
    assert [mark.page for mark in marks] == sorted(mark.page for mark in marks)
    assert not any("¶" in mark.title or not mark.title.strip() for mark in marks)


def test_the_contents_tell_the_page_numbers_that_pages_bear(volume: Path, fabricated: Reading) -> None:
    marks = bookmarks(volume)
    first = marks[1].page
    contents = " ".join(_text(volume, page) for page in range(marks[0].page, first))
    for speech in _speeches(fabricated):
        page = next(mark.page for mark in marks if mark.title == f"{speech.number}. {speech.unit}")
        number = page - first + 1
        assert re.search(rf"{re.escape(speech.unit)}\s+{number}\b", contents)
        assert re.search(rf"\b{number}\b", _top_line(volume, page))


def test_running_heads_name_the_volume_and_the_unit(volume: Path, built: Path, fabricated: Reading) -> None:
    marks = bookmarks(volume)
    site_name = re.search(r"^site_name: (.*)$", (built.parent / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert site_name
    for speech in _speeches(fabricated):
        page = next(mark.page for mark in marks if mark.title == f"{speech.number}. {speech.unit}")
        assert site_name[1] in _top_line(volume, page)
        assert speech.unit in _top_line(volume, page)


def test_the_plans_first_page_bears_no_number_and_its_second_does(volume: Path, fabricated: Reading) -> None:
    title = fabricated.conference.plan.kind.capitalize()
    page = next(mark.page for mark in bookmarks(volume) if mark.title.startswith(title))
    assert _top_line(volume, page) == ""
    assert re.fullmatch(r"\d+", _top_line(volume, page + 1))


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
    for number in [0, *range(2, len(document))]:
        text = _text(volume, number)
        assert "DỰ THẢO" in text or not text.strip(), number


def test_a_volume_without_outlines_is_no_draft(conference_root: Path, fabricated: Reading) -> None:
    outline = next(speech for speech in _speeches(fabricated) if speech.blanks)
    path = conference_root / "docs" / outline.document.path
    path.write_text("---\ntrang-thai: da-nop\nnguoi-trinh-bay: Người Thử\nngay-nop: 01/5/2035\n---\n\nBài.\n", "utf-8")
    done = run(sys.executable, "scripts/export_pdf.py", "--output", "ra", folder=conference_root)
    assert done.returncode == 0, done.stderr
    whole = pdfium.PdfDocument(conference_root / "ra" / "ky-yeu.pdf")
    assert not any("DỰ THẢO" in _text(conference_root / "ra" / "ky-yeu.pdf", page) for page in range(len(whole)))


def test_an_offprint_is_a_draft_only_if_its_own_text_is(built: Path, fabricated: Reading) -> None:
    for speech in _speeches(fabricated):
        assert ("DỰ THẢO" in _text(built / "tham-luan" / f"{speech.slug}.pdf", 0)) is bool(speech.blanks)


def test_metadata_are_vietnamese(volume: Path, fabricated: Reading) -> None:
    plan = fabricated.conference.plan
    with pikepdf.open(volume) as document:
        assert str(document.Root.Lang) == "vi"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]).startswith("Kỷ yếu hội nghị")
        assert str(document.docinfo["/Author"]) == plan.letterhead.issuing_body
        with document.open_metadata() as metadata:
            assert metadata["dc:title"].startswith("Kỷ yếu")


def test_every_pdf_is_tagged_and_free_of_errors_against_pdf_ua(built: Path) -> None:
    for path in (built / "ky-yeu.pdf", built / "ke-hoach.pdf", *(built / "tham-luan").glob("*.pdf")):
        with pikepdf.open(path) as document:
            assert document.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in document.Root
        errors = [finding.message for finding in validate(str(path)).findings if finding.severity == Severity.ERROR]
        assert errors == [], path.name


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
    assert min(place[0] for places in boxes.values() for place in places) > 210 * MM / 2 - 20 * MM


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
