"""No text is lost: the words of a document's Markdown, page and PDF are equal."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import html

import outline
import words
from conftest import CONFERENCE, PROJECT
from proceedings.conference import reading, settings
from proceedings.conference.reading import Reading
from proceedings.html import openings, rendering
from proceedings.html.fragments import Fragments
from proceedings.print import typesetting
from proceedings.print.production import Printer, Volume
from torture import TORTURE
from typeset import styles, typeset

DOCUMENTS = sorted(path.relative_to(CONFERENCE / "docs").as_posix() for path in (CONFERENCE / "docs").rglob("*.md"))
LIVE_DOCUMENTS = sorted(path.relative_to(PROJECT / "docs").as_posix() for path in (PROJECT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS)
def test_no_word_of_the_markdown_is_missing_on_its_page(built: Path, path: str) -> None:
    expected = words.of_markdown((CONFERENCE / "docs" / path).read_text("utf-8"))
    assert expected
    assert words.lost(expected, words.of_page((built / path).with_suffix(".html"))) == []


def test_no_word_of_the_book_is_missing_in_the_volume(built: Path, fabricated: Reading) -> None:
    for path in fabricated.conference.printed:
        found = words.of_pdf(built / "ky-yeu.pdf", *outline.chapter(built / "ky-yeu.pdf", path))
        assert words.lost_in_print((CONFERENCE / "docs" / path).read_text("utf-8"), found) == [], path


def test_an_offprint_holds_the_words_of_its_document_and_of_its_opening_only(built: Path, fabricated: Reading) -> None:
    fragments = Fragments(fabricated.conference, PROJECT / "overrides")
    for speech in fabricated.conference.speeches.values():
        text = fabricated.conference.documents[speech.path].text
        expected = words.of_markdown(text)
        opening = words.of_html(html.fragment_fromstring(fragments.speech_opening(speech)))
        on_page = words.of_page(built / "tham-luan" / f"{speech.slug}.html")
        in_print = words.of_pdf(built / "tham-luan" / f"{speech.slug}.pdf")
        assert words.lost(expected, on_page) == []
        assert words.lost_in_print(text, in_print) == []
        assert words.added(expected, on_page) == Counter(opening)
        repeated = words.added([*expected, *opening], in_print)
        assert set(repeated) <= _head_words(built / "tham-luan" / f"{speech.slug}.html")


def _head_words(page: Path) -> set[str]:
    """Return the words of table heads, which print repeats on every page of a table."""
    return {word for head in html.parse(page).getroot().iterfind(".//thead") for word in words.of_html(head)}


def test_every_construct_of_markdown_survives_on_the_page_and_in_print(
    built: Path, tmp_path: Path, fabricated: Reading,
) -> None:
    view = settings.load(built.parent / "mkdocs.yml")
    expected = words.of_markdown(TORTURE)
    root = openings.lay_out("phu-luc/thu.md", rendering.render(TORTURE, view), fabricated.conference,
                          Fragments(fabricated.conference, PROJECT / "overrides"), str)
    on_page = words.of_html(root)
    assert on_page == expected
    typesetting.prepare(root)
    typeset(f'<html lang="vi"><head><title>Thử</title>{styles("book.css")}</head>'
            f'<body><article class="chapter">{rendering.serialise(root)}</article></body></html>',
            tmp_path / "thu.pdf", (PROJECT / "overrides",))
    in_print = words.of_pdf(tmp_path / "thu.pdf")
    assert words.lost_in_print(TORTURE, in_print) == []
    assert words.added(expected, in_print) == Counter()


@pytest.mark.parametrize("path", LIVE_DOCUMENTS)
def test_no_word_of_the_live_documents_is_missing_in_what_readers_get(path: str) -> None:
    view = settings.load(PROJECT / "mkdocs.yml")
    conference = reading.read_conference(view.docs).conference
    document = conference.documents[path]
    text = rendering.render(document.body, view)
    root = openings.lay_out(path, text, conference, Fragments(conference, view.looks), str)
    assert words.lost(words.of_markdown(document.text), words.of_html(root)) == []


def test_no_word_of_the_live_documents_is_missing_in_print(live: tuple[Printer, Volume, Path]) -> None:
    *_, file = live
    conference = reading.read_conference(PROJECT / "docs").conference
    for path in conference.printed:
        found = words.of_pdf(file, *outline.chapter(file, path))
        assert words.lost_in_print(conference.documents[path].text, found) == [], path


def test_a_lost_word_would_be_noticed() -> None:
    assert words.lost(["một", "hai", "ba"], ["một", "ba"]) == ["hai"]
    assert words.lost(["một", "hai"], ["hai", "một"]) == ["hai"]
    assert words.added(["một"], ["một", "một", "hai"]) == Counter({"một": 1, "hai": 1})
    assert words.lost_in_print("một [^1] hai\n\n[^1]: ba bốn\n", ["một", "hai", "bốn"]) == ["1", "1 ba bốn"]
