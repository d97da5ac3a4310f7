"""Strings that content must spell exactly, and the patterns that match them."""

import re
import time
from itertools import chain

import pytest

from proceedings import schema
from proceedings.schema import Anchor, Status, Table

KEYS = (schema.REPORT_KEYS, schema.SPEECH_KEYS, schema.AGENDA_KEYS, schema.AGENDA_ITEM_KEYS, schema.PLAN_KEYS,
        schema.PAGE_KEYS)


def typed_words() -> list[str]:
    """Return every string that an editor must type exactly."""
    keys = chain(*KEYS)
    values = (schema.YES, schema.REST, schema.BY_CHAIR, schema.BY_STANDING_AGENCY)
    return [*keys, *values, *Anchor, *Status, *Table]


def test_words_to_type_need_no_vietnamese_keyboard() -> None:
    assert [word for word in typed_words() if not re.fullmatch(r"[a-z]+(-[a-z]+)*", word)] == []


@pytest.mark.parametrize("keys", KEYS)
def test_no_key_means_two_things_in_one_place(keys: tuple[str, ...]) -> None:
    assert len(set(keys)) == len(keys)


def test_status_has_a_label_of_its_own_for_readers() -> None:
    assert [status.label for status in Status] == ["Đề cương", "Đã nộp", "Đã duyệt"]


@pytest.mark.parametrize(("text", "name"), [
    ("<!-- bang: tien-do -->", "tien-do"),
    ("<!--bang:tham-luan-->", "tham-luan"),
    ("trước\n<!-- bang: la -->  \nsau", "la"),
])
def test_marker_alone_on_its_line_is_found(text: str, name: str) -> None:
    found = schema.MARKER.search(text)
    assert found
    assert found[1] == name


@pytest.mark.parametrize("text", [
    "chữ <!-- bang: tien-do -->", "<!-- bang: tien-do --> chữ", "    <!-- bang: tien-do -->", "<!-- bang: Tiến độ -->",
    "<!-- bang -->", "<!-- bang:\ntien-do -->",
])
def test_marker_amid_other_words_is_none(text: str) -> None:
    assert not schema.MARKER.search(text)


@pytest.mark.parametrize(("text", "name"), [
    ("chữ <!-- bang: tien-do --> chữ", "tien-do"), ("<!-- bang -->", ""), ("<!-- BANG : Tiến độ -->", "Tiến độ"),
])
def test_anything_meant_as_a_marker_is_noticed(text: str, name: str) -> None:
    assert [found.strip() for found in schema.ANY_MARKER.findall(text)] == [name]


@pytest.mark.parametrize(("text", "blanks"), [
    ("có […] trường", ["[…]"]),
    ("[… số liệu, năm] và […]", ["[… số liệu, năm]", "[…]"]),
    ("[...] [... năm]", ["[...]", "[... năm]"]),  # most keyboards produce three dots instead of "…"
    ("[x] […", []),
    ("[…](x.md)", ["[…]"]),
])
def test_blank_is_an_ellipsis_in_square_brackets(text: str, blanks: list[str]) -> None:
    assert schema.BLANK.findall(text) == blanks


@pytest.mark.parametrize("text", [
    "gửi trước ngày 25/5/2035", "Chậm nhất ngày 25/5/2035", "chậm nhất là ngày 25/5/2035", "đến\xa0ngày 25/5/2035.",
])
def test_deadline_is_the_date_behind_before_or_at_the_latest(text: str) -> None:
    found = schema.DEADLINE.search(text)
    assert found
    assert found[1] == "25/5/2035"


@pytest.mark.parametrize("text", ["từ ngày 25/5/2035", "Kế hoạch ngày 25/5/2035", "trước tháng 5/2035",
                                  "sau ngày 01/6/2035"])
def test_other_dates_are_no_deadline(text: str) -> None:
    assert not schema.DEADLINE.search(text)


@pytest.mark.parametrize(("text", "inside"), [
    ("{#a}", "#a"), ("{: #a-b }", "#a-b"), ("{ #1_2-c }", "#1_2-c"),
    ("{#menu-2}", "#menu-2"), ("{#thucdon}", "#thucdon"),
])
def test_anchors_in_braces_are_attributes(text: str, inside: str) -> None:
    found = re.fullmatch(schema.ATTRIBUTES, text)
    assert found
    assert found[1] == inside


@pytest.mark.parametrize("text", ["{}", "{a}", "{#}", "{# a}", "{#a b}", "{#a onclick=b}", "{: #a", "{#a . b}", "{.a}",
                                  "{: .a .b }", "{#a .b}", "{#a#b}", "{#A}", "{#Đ}", "{#a--b}", "{#-a}", "{#a-}",
                                  "{#__a}", "{#fn:1}", "{#a.b}", "{#menu}", "{: #here }"])
def test_other_words_in_braces_are_no_attributes(text: str) -> None:
    assert re.search(schema.ATTRIBUTES, text) is None


@pytest.mark.parametrize("text", ["{" + ".a" * 4_000 + "!}", "{" + "#a" * 4_000, "{" + ". " * 4_000, "{" + " " * 9_000])
def test_braces_left_open_are_given_up_at_once(text: str) -> None:
    start = time.process_time()
    assert re.search(schema.ATTRIBUTES, text) is None
    assert time.process_time() - start < 1
