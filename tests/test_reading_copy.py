"""The reading copy of a speech, measured in its PDF: large type, minutes in the margin, sheets that find their order."""

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

from proceedings import pdf
from proceedings.book import Book, Chapter, Edition
from proceedings.fragments import environment
from proceedings.markup import parse
from proceedings.model import Speech
from proceedings.pace import mark_minutes, pace
from proceedings.reading import Reading
from proceedings.settings import Settings

MM = 72 / 25.4
PRIME = "′"
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
UNSPOKEN = ("opening", "foot-note", "footnote", "admonition")
SLUGS = ("so-sach-va-thu-tich", "truong-cao-dang-doc-sach", "ban-to-chuc-de-an-huyen-doi-gio",
         "ban-to-chuc-de-an-thi-xa-ben-mo", "hoi-nguoi-yeu-sach-gia-dinh")
Print = Callable[[Chapter, Speech | None, Path], Path]


@dataclass(frozen=True)
class Letter:
    """A letter as printed: its page (from 0), its size, where it starts and ends, its baseline; in points."""

    text: str
    page: int
    size: float
    left: float
    right: float
    baseline: float


@dataclass(frozen=True)
class Word:
    """A word that the speech holds; the block it stands in, a minute's number where its mark stands before it."""

    text: str
    block: HtmlElement
    minute: int | None


@dataclass(frozen=True)
class Copy:
    """A printed copy, its letters, and where each word of its speech was found in it."""

    path: Path
    speech: Speech
    chapter: Chapter
    letters: tuple[Letter, ...]
    words: tuple[Word, ...]
    places: tuple[Letter | None, ...]

    @property
    def pages(self) -> int:
        """How many it has."""
        return self.letters[-1].page + 1

    @property
    def found(self) -> list[tuple[Word, Letter]]:
        """The words that were found, with their first letters."""
        return [(word, place) for word, place in zip(self.words, self.places, strict=True) if place]


# --- Printing --------------------------------------------------------------------
@pytest.fixture(scope="module")
def printing(fabricated: Reading, fabricated_settings: Settings) -> Print:
    """Print a chapter as a reading copy."""
    looks = fabricated_settings.looks / "print"

    def write(chapter: Chapter, speech: Speech | None, target: Path) -> Path:
        minutes = speech.minutes if speech else 1
        html = environment(looks).get_template("reading.html").render(
            conference=fabricated.conference, settings=fabricated_settings, edition=Edition(), speech=speech,
            chapter=replace(chapter, html=mark_minutes(chapter.html, minutes)), draft=chapter.draft,
            pace=pace(chapter.html, minutes) if speech else 0, styles=[(looks / "reading.css").as_uri()])
        pdf.write(html, target, (fabricated_settings.docs, fabricated_settings.looks))
        return target

    return write


@pytest.fixture(scope="module")
def chapter_of(fabricated: Reading, fabricated_settings: Settings) -> Callable[[str], Chapter]:
    """The chapter of a path, on its own as in offprints."""
    return lambda path: Book(fabricated.conference, fabricated_settings, Edition())._chapter(path, (path,))


@pytest.fixture(scope="module")
def copies(printing: Print, chapter_of: Callable[[str], Chapter], fabricated: Reading,
           tmp_path_factory: pytest.TempPathFactory) -> dict[str, Copy]:
    folder = tmp_path_factory.mktemp("copies")
    made = {}
    for slug in SLUGS:
        speech = fabricated.conference.speeches[slug]
        chapter = chapter_of(speech.document.path)
        made[slug] = _read(printing(chapter, speech, folder / f"{slug}.pdf"), speech, chapter)
    return made


@pytest.fixture(params=SLUGS)
def copy(request: pytest.FixtureRequest, copies: dict[str, Copy]) -> Copy:
    return copies[request.param]


# --- Reading back ------------------------------------------------------------------
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
    """The words of the text that is read in large type, in order."""
    for element in [*root.iter("sup"), *root.iter("table"), *root.iter("code"), *root.iter("pre")]:
        element.drop_tree()
    for element in [element for element in root.iter() if set((element.get("class") or "").split()) & set(UNSPOKEN)]:
        element.drop_tree()
    for mark in [span for span in root.iter("span") if span.get("class") == "minute"]:
        mark.text = f"{PRIME}{mark.get('data-minute')}{PRIME}"
    minute = None
    for block in root.iter("p", "li", *HEADINGS):
        for mark, text in re.findall(rf"{PRIME}(\d+){PRIME}|([^\W_]+)", _own_text(block)):
            if mark:
                minute = int(mark)
            else:
                yield Word(unicodedata.normalize("NFC", text), block, minute)
                minute = None


def _own_text(block: HtmlElement) -> str:
    """The text of a block without that of blocks within it."""
    within = [child for child in block.iter("p", "li", "ul", "ol") if child is not block]
    hidden = {id(below) for child in within for below in child.iter()}
    parts = [block.text or ""]
    for element in block.iterdescendants():
        text = element.text or "" if id(element) not in hidden else ""
        parent = element.getparent()
        tail = element.tail or "" if parent is not None and id(parent) not in hidden and parent.tag != "ul" else ""
        parts.append((element, text, tail))  # type: ignore[arg-type]
    raise NotImplementedError
