"""The reading copy of a speech, measured in its PDF: large type, minute marks, order of sheets."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml.html import HtmlElement
from pdfua import validate
from pdfua.model import Severity

from conftest import SPEECHES
from proceedings.conference.model import Speech
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html.fragments import environment
from proceedings.html.rendering import parse
from proceedings.print.book import Book, Chapter, Edition
from proceedings.print.measures import READING
from proceedings.print.minute_marks import mark_minutes, pace
from proceedings.project import Project
from typeset import typeset

MM = 72 / 25.4
PRIME = "′"
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "li", "ul", "ol", "blockquote", *HEADINGS)
UNSPOKEN = ("opening", "foot-note", "footnote", "admonition")
Render = Callable[[Chapter, Speech | None], str]
Print = Callable[[Chapter, Speech | None, Path], Path]


@dataclass(frozen=True)
class Letter:
    """A printed letter: page index, size, start, end, baseline; in points."""

    text: str
    page: int
    size: float
    left: float
    right: float
    baseline: float

    @property
    def in_body(self) -> bool:
        """Whether it is between the margins."""
        return self.left > 36 * MM and READING.bottom * MM < self.baseline < (READING.height - READING.bottom) * MM


@dataclass(frozen=True)
class Word:
    """A word of the speech, its block, and the number of a minute mark before it."""

    text: str
    block: HtmlElement
    minute: int | None


@dataclass(frozen=True)
class Copy:
    """A printed copy, its letters, and the position of each word of the speech in it."""

    path: Path
    speech: Speech
    chapter: Chapter
    letters: tuple[Letter, ...]
    words: tuple[Word, ...]
    places: tuple[Letter | None, ...]

    @property
    def pages(self) -> int:
        """Number of pages."""
        return self.letters[-1].page + 1

    @property
    def found(self) -> list[tuple[Word, Letter]]:
        """The words found, with their first letters."""
        return [(word, place) for word, place in zip(self.words, self.places, strict=True) if place]


# --- Printing --------------------------------------------------------------------
@pytest.fixture(scope="module")
def rendering(fabricated: Reading, fabricated_settings: Settings) -> Render:
    """Render a chapter as HTML of a reading copy."""
    looks = fabricated_settings.looks / "print"

    def render(chapter: Chapter, speech: Speech | None) -> str:
        marked = replace(chapter, html=mark_minutes(chapter.html, speech.minutes)) if speech else chapter
        return environment(looks).get_template("reading.html").render(
            conference=fabricated.conference, settings=fabricated_settings, edition=Edition(), speech=speech,
            chapter=marked, draft=chapter.draft, paper=READING,
            pace=pace(chapter.html, speech.minutes) if speech else 0, styles=[(looks / "reading.css").as_uri()])

    return render


@pytest.fixture(scope="module")
def printing(rendering: Render, fabricated_settings: Settings) -> Print:
    """Print a chapter as a reading copy."""
    def write(chapter: Chapter, speech: Speech | None, target: Path) -> Path:
        typeset(rendering(chapter, speech), target, (fabricated_settings.docs, fabricated_settings.looks))
        return target

    return write


@pytest.fixture(scope="module")
def chapter_of(fabricated: Reading, fabricated_settings: Settings) -> Callable[[str], Chapter]:
    """Return the chapter of a path, as in offprints."""
    return lambda path: Book(Project(fabricated_settings, fabricated), Edition())._chapter(path, (path,), READING)


@pytest.fixture(scope="module")
def copies(printing: Print, chapter_of: Callable[[str], Chapter], fabricated: Reading,
           tmp_path_factory: pytest.TempPathFactory) -> dict[str, Copy]:
    folder = tmp_path_factory.mktemp("copies")
    made = {}
    for slug in SPEECHES:
        speech = fabricated.conference.speeches[slug]
        chapter = chapter_of(speech.path)
        made[slug] = _read(printing(chapter, speech, folder / f"{slug}.pdf"), speech, chapter)
    return made


@pytest.fixture(params=SPEECHES)
def copy(request: pytest.FixtureRequest, copies: dict[str, Copy]) -> Copy:
    return copies[request.param]


# --- Reading the PDF ----------------------------------------------------------------
def _read(path: Path, speech: Speech, chapter: Chapter) -> Copy:
    letters = tuple(_letters(path))
    words = tuple(_words(parse(mark_minutes(chapter.html, speech.minutes))))
    return Copy(path, speech, chapter, letters, words, tuple(_places(words, letters)))


def _letters(path: Path) -> Iterator[Letter]:
    document = pdfium.PdfDocument(path)
    for number in range(len(document)):
        text = document[number].get_textpage()
        for index in range(text.count_chars()):
            matrix, x, y = pdfium.raw.FS_MATRIX(), c_double(), c_double()
            pdfium.raw.FPDFText_GetMatrix(text, index, matrix)
            pdfium.raw.FPDFText_GetCharOrigin(text, index, x, y)
            left, _, right, _ = text.get_charbox(index)
            size = pdfium.raw.FPDFText_GetFontSize(text, index) * abs(matrix.d)
            yield Letter(chr(pdfium.raw.FPDFText_GetUnicode(text, index)), number, size, left, right, y.value)


def _words(root: HtmlElement) -> Iterator[Word]:
    """Yield the words of the text in large type, in order."""
    for element in [*root.iter("sup", "table", "code", "pre")]:
        element.drop_tree()
    for element in [element for element in root.iter() if set((element.get("class") or "").split()) & set(UNSPOKEN)]:
        element.drop_tree()
    for mark in [span for span in root.iter("span") if span.get("class") == "minute"]:
        mark.text = f"{PRIME}{mark.get('data-minute')}{PRIME}"
    minute = None
    for block, texts in groupby(_texts(root, root), lambda text: text[0]):
        for mark, word in re.findall(rf"{PRIME}(\d+){PRIME}|([^\W_]+)", "".join(text for _, text in texts)):
            if word:
                yield Word(word, block, minute)
            minute = int(mark) if mark else None


def _texts(element: HtmlElement, block: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield pieces of text with their blocks."""
    yield block, element.text or ""
    for child in element:
        yield from _texts(child, child if child.tag in BLOCKS else block)
        yield block, child.tail or ""


def _places(words: Sequence[Word], letters: Sequence[Letter]) -> list[Letter | None]:
    """Return the first letter of each word where the PDF has it in order, else None."""
    letters = [letter for letter in letters if letter.in_body or letter.text.isspace()]
    printed = list(re.finditer(r"[^\W_]+", "".join(letter.text for letter in letters)))
    places: list[Letter | None] = [None] * len(words)
    matcher = SequenceMatcher(None, [word.text for word in words], [found[0] for found in printed], autojunk=False)
    for run in matcher.get_matching_blocks():
        for offset in range(run.size):
            places[run.a + offset] = letters[printed[run.b + offset].start()]
    return places


def _marks(letters: Sequence[Letter]) -> dict[int, Letter]:
    """Return the first digit of each mark in the margin, by minute."""
    found = re.finditer(rf"(\d+){PRIME}", "".join(letter.text for letter in letters))
    return {int(mark[1]): letters[mark.start()] for mark in found}


def _lines(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Return the lines of running text: adjacent letters on one baseline, without spaces and marks."""
    kept = [letter for letter in letters if letter.text.strip() and letter.in_body and letter.size > 17.9]
    return [list(line) for _, line in groupby(kept, lambda letter: (letter.page, round(letter.baseline)))]


def _text(path: Path, page: int, low: float, high: float) -> str:
    """Return the text of a page between two heights, in millimetres from the bottom."""
    sheet = pdfium.PdfDocument(path)[page]
    text = sheet.get_textpage().get_text_bounded(0, low * MM, sheet.get_width(), high * MM)
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_what_is_measured_here_is_what_the_book_prints(rendering: Render, copy: Copy, fabricated: Reading,
                                                       fabricated_settings: Settings) -> None:
    book = Book(Project(fabricated_settings, fabricated), Edition())
    assert book.reading_copy(copy.chapter.path) == rendering(copy.chapter, copy.speech)


# --- Text ------------------------------------------------------------------------
def test_all_words_of_the_speech_are_there_in_order(copy: Copy) -> None:
    assert len(copy.words) > 150
    assert [word.text for word, place in zip(copy.words, copy.places, strict=True) if place is None] == []


def test_running_text_is_set_in_18_points_and_one_and_a_half_lines(copy: Copy) -> None:
    assert min(place.size for _, place in copy.found) >= 17.99
    drops = [former.baseline - place.baseline for (word, former), (following, place) in pairwise(copy.found)
             if word.block is following.block and former.page == place.page and former.baseline != place.baseline]
    assert min(drops) == pytest.approx(27, abs=0.1)
    assert {round(drop % 27, 1) for drop in drops} <= {0, 27}  # lines of code may separate words of two lines


def test_lines_are_ragged_and_words_evenly_spaced(copies: dict[str, Copy]) -> None:
    ends = Counter(round(line[-1].right) for line in _lines(copies["so-sach-va-thu-tich"].letters) if len(line) > 30)
    assert sum(ends.values()) > 80
    assert ends.most_common(1)[0][1] < sum(ends.values()) / 5


def test_tables_are_kept_in_at_least_14_points(copies: dict[str, Copy]) -> None:
    copy = copies["truong-cao-dang-doc-sach"]
    whole = "".join(letter.text for letter in copy.letters)
    for cells in ("Khóa thứ nhất", "Xếp loại giỏi", "Nhập môn nghề thư viện lưu động", "Lý thuyết (tiết)"):
        found = re.search(r"\s+".join(re.escape(word) for word in cells.split()), whole)
        assert found, cells
        assert copy.letters[found.start()].size >= 13.99


def test_pictures_are_kept(copies: dict[str, Copy]) -> None:
    document = pdfium.PdfDocument(copies["so-sach-va-thu-tich"].path)
    pictures = [item for page in document for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(pictures) == 1


def test_blanks_are_set_off_by_a_ground_of_their_own(copies: dict[str, Copy]) -> None:
    copy = copies["ban-to-chuc-de-an-thi-xa-ben-mo"]
    blanks = [letter for letter in copy.letters if letter.text == "[" and letter.size > 17.9]
    assert len(blanks) >= 10
    for blank in blanks:
        page = pdfium.PdfDocument(copy.path)[blank.page]
        picture = page.render(scale=2).to_pil().convert("RGB")
        ground = picture.getpixel((round(2 * (blank.left - 1)), round(2 * (page.get_height() - blank.baseline - 5))))
        assert ground != (255, 255, 255)


# --- Minutes -----------------------------------------------------------------------
def test_every_minute_but_the_last_has_its_mark(copy: Copy) -> None:
    assert sorted(_marks(copy.letters)) == list(range(1, copy.speech.minutes))
    assert sum(letter.text == PRIME for letter in copy.letters) == copy.speech.minutes - 1


def test_marks_stand_in_the_margin_level_with_their_word(copy: Copy) -> None:
    marks = _marks(copy.letters)
    edge = min(line[0].left for line in _lines(copy.letters))
    places = {word.minute: place for word, place in copy.found if word.minute}
    assert places.keys() == marks.keys()
    for minute, place in places.items():
        mark = marks[minute]
        assert mark.page == place.page
        assert abs(mark.baseline - place.baseline) <= 2
        assert 10 * MM < mark.left < mark.right < edge - 6 * MM
        assert mark.size >= 18


def test_marks_of_a_speech_are_below_one_another_on_every_page(copy: Copy) -> None:
    for page in range(copy.pages):
        marks = [mark for _, mark in sorted(_marks(copy.letters).items()) if mark.page == page]
        assert [mark.baseline for mark in marks] == sorted((mark.baseline for mark in marks), reverse=True)


def test_marks_before_any_word_of_a_line_are_level_with_it_and_break_no_line(
        printing: Print, copies: dict[str, Copy], tmp_path: Path) -> None:
    copy = copies["ban-to-chuc-de-an-huyen-doi-gio"]
    prose = " ".join(f"{word.text} <em>{word.text}</em>" for word in copy.words[100:350])
    prose = f"<p>{prose}</p><ul><li>{prose}</li></ul><blockquote><p>{prose}</p></blockquote>"
    chapter = replace(copy.chapter, html=prose)
    plain = _read(printing(chapter, replace(copy.speech, minutes=1), tmp_path / "khong.pdf"), copy.speech, chapter)
    speech = replace(copy.speech, minutes=45)
    marked = _read(printing(chapter, speech, tmp_path / "co.pdf"), speech, chapter)
    lines = [["".join(letter.text for letter in line) for line in _lines(read.letters)] for read in (plain, marked)]
    assert len(lines[0]) > 80
    assert lines[0][2:-1] == lines[1][2:-1]  # what distinguishes the minutes
    test_marks_stand_in_the_margin_level_with_their_word(marked)


# --- Sheets --------------------------------------------------------------------------
def test_every_sheet_is_a4_and_has_the_same_wide_left_margin(copy: Copy) -> None:
    document = pdfium.PdfDocument(copy.path)
    sizes = {(round(page.get_width() / MM), round(page.get_height() / MM)) for page in document}
    assert sizes == {(READING.width, READING.height)}
    edges = {min(line[0].left for line in lines) for _, page in groupby(_lines(copy.letters), lambda line: line[0].page)
             if len(lines := list(page)) > 1}
    assert min(edges) >= 35 * MM
    assert max(edges) - min(edges) < 2


def test_every_sheet_bears_its_number_large_at_the_foot(copy: Copy) -> None:
    for page in range(copy.pages):
        assert _text(copy.path, page, 0, 25) == f"trang {page + 1}/{copy.pages}"
    numbers = [letter for letter in copy.letters if letter.baseline < 25 * MM and letter.text.isdigit()]
    assert min(letter.size for letter in numbers) > 19.9


def test_every_sheet_is_headed_by_unit_and_use(copy: Copy) -> None:
    for page in range(copy.pages):
        head = _text(copy.path, page, READING.height - 26, READING.height)
        assert head.startswith(copy.speech.unit)
        assert "Bản đọc" in head
        assert ("dự thảo" in head) is copy.chapter.draft


def test_no_sheet_ends_within_a_paragraph_or_with_a_heading(copy: Copy) -> None:
    turns = [(word, following) for (word, former), (following, place) in pairwise(copy.found)
             if former.page != place.page]
    assert len(turns) >= copy.pages / 2  # a sheet may contain only a table
    for word, following in turns:
        assert word.block is not following.block, word.text
        assert word.block.tag not in HEADINGS, word.text


def test_no_sheet_ends_with_a_heading_however_paragraphs_fall(printing: Print, copies: dict[str, Copy],
                                                              tmp_path: Path) -> None:
    copy = copies["ban-to-chuc-de-an-huyen-doi-gio"]
    words = [word.text for word in copy.words]
    sections = [f"<h3>Mục {number}</h3><p>{' '.join(words[number:number + 15 * (number % 6 + 1)])}</p>"
                for number in range(1, 60)]
    chapter = replace(copy.chapter, html="".join(sections))
    long = _read(printing(chapter, copy.speech, tmp_path / "dai.pdf"), copy.speech, chapter)
    assert long.pages > 8
    test_no_sheet_ends_within_a_paragraph_or_with_a_heading(long)


def test_each_note_stands_on_the_sheet_that_calls_it(copies: dict[str, Copy]) -> None:
    calls = 0
    for copy in copies.values():
        sheets = [" ".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(copy.path)]
        for note in parse(copy.chapter.html).iter("span"):
            if note.get("class") == "foot-note":
                note_begins = " ".join((note.text_content()).split()[:4])
                called_by = " ".join((note.getparent().text or "").split()[-3:])
                places = [[number for number, sheet in enumerate(sheets) if words in sheet]
                          for words in (called_by, note_begins)]
                assert set(places[1]) <= set(places[0]), note_begins
                calls += bool(places[1])
    assert calls > 1


def test_the_first_sheet_opens_with_number_topic_unit_presenter_and_minutes(copy: Copy) -> None:
    top = copy.found[0][1].baseline / MM
    opening = _text(copy.path, 0, top + 6, 270)
    delivery = copy.speech.delivery
    for words in (f"Tham luận số {copy.speech.number}", copy.speech.topic, copy.speech.unit,
                  delivery.presenter or "Người trình bày: […]", f"{copy.speech.minutes} phút"):
        assert words in opening
    assert f"khoảng {pace(copy.chapter.html, copy.speech.minutes)} chữ mỗi phút" in opening
    assert READING.height - top < 110


def test_the_last_sheet_says_that_the_speech_ends(copy: Copy) -> None:
    last = copy.found[-1][1]
    assert last.page == copy.pages - 1
    below = _text(copy.path, last.page, READING.bottom, last.baseline / MM - 3)
    assert below.startswith(f"Hết – {copy.speech.minutes} phút")


def test_a_document_without_a_slot_has_a_copy_without_minutes(printing: Print, chapter_of: Callable[[str], Chapter],
                                                              tmp_path: Path) -> None:
    path = printing(chapter_of("bao-cao.md"), None, tmp_path / "bao-cao.pdf")
    whole = "".join(letter.text for letter in _letters(path))
    assert PRIME not in whole
    assert "chữ mỗi phút" not in whole
    assert re.search(r"Hết\s", whole)


def test_the_copy_is_free_of_errors_against_pdf_ua(copies: dict[str, Copy]) -> None:
    for copy in copies.values():
        findings = validate(str(copy.path)).findings
        assert [finding.message for finding in findings if finding.severity == Severity.ERROR] == []
