"""Metadata of documents on the site."""

from dataclasses import replace
from datetime import date

import pytest

from proceedings.conference import products
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.site import page_facts
from proceedings.site.page_facts import Copy, News
from proceedings.text.source import parse
from proceedings.text.reading_time import Rates

PLAN, REPORT = "ke-hoach.md", "bao-cao.md"
DELIVERED, OUTLINE = "tham-luan/truong-cao-dang-doc-sach.md", "tham-luan/ban-to-chuc-de-an-thi-xa-ben-mo.md"


def _with_text(conference: Conference, path: str, text: str) -> Conference:
    return replace(conference, documents={**conference.documents, path: parse(path, text)})


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (10, 1), (11, 2), (20, 2), (0, None)])
def test_minutes_are_rounded_up(fabricated: Reading, words: int, minutes: int | None) -> None:
    conference = _with_text(fabricated.conference, DELIVERED, "sách " * words)
    made = page_facts.facts(replace(conference, rates=Rates(reading=10, speaking=5)), DELIVERED, None, "")
    assert made.reading == minutes
    assert made.speaking == (None if minutes is None else -(-words // 5))


def test_tables_and_notes_are_read_but_not_spoken_and_blanks_are_neither(fabricated: Reading) -> None:
    text = "một[^1] [… chỗ trống]\n\n| a | b |\n|---|---|\n| hai | ba |\n\n[^1]: bốn\n"
    conference = _with_text(fabricated.conference, DELIVERED, text)
    made = page_facts.facts(replace(conference, rates=Rates(reading=1, speaking=1)), DELIVERED, None, "")
    assert (made.reading, made.speaking) == (6, 1)


def test_an_outline_is_read_but_not_spoken_and_a_register_neither(fabricated: Reading) -> None:
    outline = page_facts.facts(fabricated.conference, OUTLINE, None, "")
    assert outline.reading
    assert outline.speaking is None
    register = page_facts.facts(fabricated.conference, "phu-luc/van-ban.md", None, "")
    assert (register.reading, register.speaking, register.copies) == (None, None, ())


@pytest.mark.parametrize(("edit", "history"), [
    ("https://git.example/a/b/_edit/branch/main/docs/x.md", "https://git.example/a/b/commits/branch/main/docs/x.md"),
    ("https://git.example/a/b/edit/main/docs/x.md", "https://git.example/a/b/commits/main/docs/x.md"),
    ("https://git.example/a/b/-/edit/main/docs/x.md", "https://git.example/a/b/-/commits/main/docs/x.md"),
    ("https://git.example/a/b/sua/x.md", ""),
    ("", ""),
])
def test_the_history_of_a_file_is_beside_its_editor(edit: str, history: str) -> None:
    assert page_facts.history(edit) == history


def test_a_day_is_written_as_documents_do_and_has_a_history(fabricated: Reading) -> None:
    made = page_facts.facts(fabricated.conference, PLAN, date(2035, 4, 5), "https://a.example/edit/main/x.md")
    assert (made.changed_text, made.history) == ("05/4/2035", "https://a.example/commits/main/x.md")
    none = page_facts.facts(fabricated.conference, PLAN, None, "https://a.example/edit/main/x.md")
    assert (none.changed_text, none.history) == ("", "")


def test_copies_are_those_that_print_makes(fabricated: Reading) -> None:
    conference = fabricated.conference
    assert page_facts.copies(conference, DELIVERED) == (
        Copy("tham-luan/truong-cao-dang-doc-sach.pdf", "Bản in tham luận (PDF)"),)
    assert [copy.path for copy in page_facts.copies(conference, PLAN)] == [products.plan, products.backdrop]
    assert [copy.path for copy in page_facts.copies(conference, REPORT)] == [products.volume]
    assert page_facts.copies(conference, "tien-do.md") == ()


def test_news_are_documents_by_day_then_in_reading_order(fabricated: Reading) -> None:
    days = {PLAN: date(2035, 4, 5), REPORT: date(2035, 6, 1), DELIVERED: date(2035, 4, 5), "bien-tap/index.md":
            date(2035, 7, 1)}
    assert page_facts.news(fabricated.conference, days) == (
        News("Báo cáo sơ kết", REPORT, date(2035, 6, 1)),
        News("KẾ HOẠCH", PLAN, date(2035, 4, 5)),
        News("2. Trường Cao đẳng Đọc sách", DELIVERED, date(2035, 4, 5)))
