"""The indexes at the end of the volume, compared with the pages."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

import outline
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.html import rendering
from proceedings.html.unbroken import keep_together
from proceedings.print.indexes import Locator, PageNumbers, chapter_name, mark_citations, mark_mentions, unit_index
from proceedings.text.slugs import collation

PAGES = r"(\d+(?:–\d+)?(?:, \d+(?:–\d+)?)*)"


def _pages(volume: Path) -> list[str]:
    """Return the words of each page, ignoring the page margins, which are equal on all pages."""
    texts = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(volume)]
    return [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts]


def _index(volume: Path) -> str:
    places = outline.places(volume)
    return " ".join(_pages(volume)[places["bang-tra"]:places["an-ban"]])


def _numbers(text: str) -> set[int]:
    """Return the page numbers in "3, 5–7"."""
    found = set[int]()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", text):
        found |= set(range(int(first), int(last or first) + 1))
    return found


# --- In the volume ---------------------------------------------------------------------
def test_each_cited_document_is_listed_with_exactly_the_pages_that_cite_it(built: Path, fabricated: Reading) -> None:
    volume = built / "ky-yeu.pdf"
    pages, places, index = _pages(volume), outline.places(volume), _index(volume)
    first, last = places["than-sach"], places[chapter_name("phu-luc/van-ban.md")]
    found = 0
    for document in fabricated.conference.cited_documents:
        pattern = rf"(?<![\d/]){re.escape(document.number)}(?![\w-])"
        expected = {page - first + 1 for page in range(first, last) if re.search(pattern, pages[page])}
        entry = re.search(rf"{re.escape(document.kind)} số {re.escape(document.number)}: {PAGES}", index)
        assert bool(entry) is bool(expected), document.number
        if entry:
            found += 1
            assert _numbers(entry[1]) == expected, document.number
    assert found > 3


def test_each_unit_is_listed_with_its_speech_and_with_the_pages_that_speak_of_it(
    built: Path, fabricated: Reading,
) -> None:
    volume = built / "ky-yeu.pdf"
    pages, places, index = _pages(volume), outline.places(volume), _index(volume)
    first = places["than-sach"]
    texts = [path for path in fabricated.conference.printed if path.startswith(("tham-luan/", "bao-cao"))]
    mentioned = 0
    for speech in fabricated.conference.speeches.values():
        entry = re.search(rf"{re.escape(speech.unit)}: {PAGES}", index)
        assert entry
        start, count = outline.chapter(volume, speech.path)
        expected = {page - first + 1 for page in range(start, start + count)}
        for path in texts:
            begin, length = outline.chapter(volume, path)
            expected |= {page - first + 1 for page in range(begin, begin + length)
                         if path != speech.path and speech.unit in pages[page]}
        assert _numbers(entry[1]) == expected, speech.unit
        mentioned += len(expected) > count
    assert mentioned > 1


def test_units_stand_in_the_order_of_the_alphabet(built: Path, fabricated: Reading) -> None:
    index = _index(built / "ky-yeu.pdf")
    units = [speech.unit for speech in fabricated.conference.speeches.values()]
    assert sorted(units, key=lambda unit: index.index(f"{unit}:")) == sorted(units, key=collation)


# --- Marking ------------------------------------------------------------------------------
def _ids(html: str, conference: Conference, own: str = "") -> list[tuple[str, str]]:
    root = rendering.parse(html)
    mark_citations(root, conference.cited_documents)
    mark_mentions(root, tuple(conference.speeches.values()), own)
    return [(span.get("id") or "", span.text_content()) for span in root.iter("span") if span.get("id")]


def test_a_citation_is_found_whole_only(fabricated: Reading) -> None:
    number = fabricated.conference.cited_documents[0].number
    html = f"<p>số {number}, 1{number}, {number}X và <b>{number}</b></p>"
    assert _ids(html, fabricated.conference) == [("vb--1--1", f"số {number}"), ("vb--1--2", number)]


def test_a_unit_is_found_by_its_whole_name_but_not_in_its_own_text(fabricated: Reading) -> None:
    one, two, *_ = fabricated.conference.speeches.values()
    html = f"<p>{one.unit}, {one.unit}ơ, {two.unit.replace(' ', chr(10))} và {two.unit}.</p>"
    assert _ids(html, fabricated.conference, own=one.unit) == [
        ("dv--2--1", two.unit.replace(" ", "\n")), ("dv--2--2", two.unit)]


def test_marking_leaves_every_word_in_place(fabricated: Reading) -> None:
    unit = next(iter(fabricated.conference.speeches.values())).unit
    root = rendering.parse(f"<p>Trước {unit} giữa <b>{unit}</b> sau.</p>")
    mark_mentions(root, tuple(fabricated.conference.speeches.values()), "")
    assert root.text_content() == f"Trước {unit} giữa {unit} sau."


@pytest.mark.parametrize("text", ["Theo Bộ Tư lệnh Quân khu 2 thì có.", "Trung đoàn 247 và Bộ Tư lệnh Quân khu 2."])
def test_a_name_with_a_number_is_found_though_the_number_is_kept_on_its_line(fabricated: Reading, text: str) -> None:
    unit = next(iter(fabricated.conference.speeches.values()))
    units = (replace(unit, unit="Bộ Tư lệnh Quân khu 2", number=7), replace(unit, unit="Trung đoàn 247", number=8))
    root = rendering.finish(f"<p>{text}</p>")
    mark_mentions(root, units, "")
    keep_together(root)
    found = [span.text_content() for span in root.iter("span") if span.get("class") == "mention"]
    assert found == [name for name in ("Trung đoàn 247", "Bộ Tư lệnh Quân khu 2") if name in text]
    assert "Quân khu 2" in [span.text_content() for span in root.iter("span") if span.get("class") == "nowrap"]
    assert root.text_content() == text


# --- Page numbers ------------------------------------------------------------------------
def test_folios_count_from_the_texts_first_page() -> None:
    page_numbers = PageNumbers.of({"bia": 0, "than": 4, "bai": 6, "tra": 9, "cuoi": 10}, "than", "tra")
    assert page_numbers.numbers == {"than": 1, "bai": 3}


@pytest.mark.parametrize(("pages", "expected"), [
    ([3, 3, 5], [(3, 3), (5, 5)]),
    ([3, 4], [(3, 3), (4, 4)]),
    ([3, 4, 5, 9, 11, 12, 13, 14], [(3, 5), (9, 9), (11, 14)]),
])
def test_pages_are_told_once_and_runs_as_runs(
    fabricated: Reading, pages: list[int], expected: list[tuple[int, int]],
) -> None:
    unit = next(iter(fabricated.conference.speeches.values()))
    page_numbers = PageNumbers({f"bai--dv--{unit.number}--{index}": page for index, page in enumerate(pages)})
    entry = next(entry for entry in unit_index(fabricated.conference, page_numbers) if entry.term == unit.unit)
    assert [(place.first, place.last) for place in entry.locators] == expected
    assert all(isinstance(place, Locator) and not place.main for place in entry.locators)
