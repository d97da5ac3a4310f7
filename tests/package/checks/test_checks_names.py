"""Rules on names: misspelt names of the plan are reported, other names are not."""

import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CONFERENCE
from proceedings import schema
from proceedings.checks.citing.plan_names import Index, Name, Words, misspells, names_of, words_in
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference import reading
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.problems import Problem
from proceedings.text.source import parse

SPEECH = "tham-luan/truong-cao-dang-doc-sach.md"
KEPT = "Kế hoạch giữ nguyên văn"
RULES = ("ten-khac-ke-hoach", "ten-co-quan-nhieu-cach", "ho-ten-khac-ke-hoach", "chuc-vu-khac-ke-hoach")

Told = Callable[..., list[Problem]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Return a rule's messages for a speech's text and other files of the fabricated conference."""

    def find(rule: str, words: str, files: dict[str, str] | None = None) -> list[Problem]:
        docs = tmp_path / "docs"
        shutil.copytree(CONFERENCE / "docs", docs, dirs_exist_ok=True)
        for path, text in {SPEECH: f"---\ntrang-thai: de-cuong\n---\n\n{words}\n", **(files or {})}.items():
            (docs / path).write_text(text, "utf-8")
        return list(CHECKS[rule].problems(reading.read_conference(docs).conference))

    return find


def plan(*changes: tuple[str, str]) -> dict[str, str]:
    text = (CONFERENCE / "docs" / schema.PLAN).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return {schema.PLAN: text}


def index(*names: str, full: dict[str, str] | None = None, first: bool = True) -> tuple[Index, Words]:
    words = Words(full or {})
    return Index(tuple(Name(name, words.of(name).all(), first) for name in names)), words


def wrong(text: str, *names: str, full: dict[str, str] | None = None, first: bool = True) -> list[tuple[str, str]]:
    """Return misspelt names in a text, with the right names."""
    table, words = index(*names, full=full, first=first)
    return [(text[found.words[0].start:found.words[-1].end], found.name.text)
            for found in table.find(words.of(text)) if misspells(found)]


# --- The plan's names -------------------------------------------------------------------------------
def test_names_are_those_of_single_units_bodies_and_posts(fabricated: Reading) -> None:
    conference = fabricated.conference
    assert [(name.text, name.first) for name in names_of(conference.plan, words_in(conference))] == [
        ("Sở Sách và Thư tịch", True), ("Trường Cao đẳng Đọc sách", True),
        ("Ban Tổ chức Đề án huyện Đồi Gió", True), ("Ban Tổ chức Đề án thị xã Bến Mơ", True),
        ("Thư viện tỉnh Giả Định", True), ("Hội đồng Văn hóa đọc liên tỉnh", False), ("Thường trực HĐND tỉnh", False),
        ("Thành viên Ban Tổ chức Đề án", False), ("Đại diện Hội đồng Văn hóa đọc liên tỉnh", False),
        ("Đại diện Ban Văn hóa Hội đồng nhân dân tỉnh Giả Định", False),
        ("Phó Chủ tịch UBND tỉnh", False), ("Trưởng Ban Tổ chức Đề án Thư viện lưu động", False)]


# --- Spelling ----------------------------------------------------------------------------------------
UNIT = "Sở Mẫu và Thử nghiệm"


@pytest.mark.parametrize("typed", [
    "Sở mẫu và Thử nghiệm", "Sở Mẫu Và Thử nghiệm", "Sỏ Mẫu và Thử nghiệm", "Sở Mẩu và Thử nghiệm", "Sở Mẫu Thử nghiệm",
    "Sở Mẫu và Thử nghiệmm", "Sở Mẫu và Thử nghiêm", "sở Mẫu và Thử nghiệm", "SỞ MẪU VÀ THỬ NGHIÊM",
    "Sở Mẫu và Thử nghệm",
])
def test_a_name_nearly_right_is_told(typed: str) -> None:
    assert wrong(f"Theo {typed}, cần họp.", UNIT) == [(typed, UNIT)]


@pytest.mark.parametrize("typed", [
    UNIT, "SỞ MẪU VÀ THỬ NGHIỆM", "Sở Mẫu", "Sở Mẫu và Thử", "Sở Thử nghiệm và Mẫu", "Sở Mẫu và Đo lường",
    "cơ sở Mẫu và Thử nghiệm", "sở mẫu và thử nghiệm", "Bộ Mẫu và Thử nghiệm",
    "Sở Mẫu. Và Thử nghiệm", "Sở Mẫu và Thử nghiệm 2", "Sở", "",
    "Sở Mẫu\nvà Thử nghiệm", "Sở Mẫu (và Thử nghiệm)",
])
def test_another_name_or_the_right_one_is_passed_over(typed: str) -> None:
    assert wrong(f"Theo {typed}, cần họp.", UNIT) == []


@pytest.mark.parametrize(("right", "other"), [
    ("Bộ Tư lệnh Vùng 2", "Bộ Tư lệnh Vùng 3"), ("Chủ tịch UBND tỉnh", "Chủ tịch HĐND tỉnh"),
    ("Sở Y Mẫu", "Bộ Y Mẫu"), ("Phòng Kế hoạch huyện Núi Lam", "Phòng Kế hoạch huyện Núi Đá"),
    ("Trường Đại học Mẫu Lam", "Trường Cao học Mẫu Lam"), ("Công an tỉnh", "công an tỉnh"),
    ("Trường Mẫu Thử Lam", "Trường Mẫu Lam"), ("Ban Quản lý Hồ An", "Ban Quản lý Hồ Am"),
    ("Ban Quản lý Khu 123", "Ban Quản lý Khu 124"),
])
def test_names_of_other_bodies_are_no_slips(right: str, other: str) -> None:
    assert wrong(f"{right} và {other} họp.", right) == []


def test_where_the_tone_stands_is_no_matter_of_names() -> None:
    assert wrong("Huyện Mẫu Hoá họp", "Huyện Mẫu Hóa") == []
    assert wrong("Huyện Mẫu Hòa họp", "Huyện Mẫu Hóa") == [("Huyện Mẫu Hòa", "Huyện Mẫu Hóa")]


def test_a_list_begins_with_a_capital_that_a_sentence_need_not_have() -> None:
    for first, count in ((True, 1), (False, 0)):
        assert len(wrong("gửi thường trực Hội đồng Mẫu", "Thường trực Hội đồng Mẫu", first=first)) == count


def test_an_abbreviation_stands_for_its_words() -> None:
    full = {"BTC": "Ban Tổ chức", "ĐA": "Đề án"}
    name = "BTC ĐA huyện Núi Lam"
    for right in ("BTC ĐA", "Ban Tổ chức Đề án", "Ban Tổ chức đề án", "BTC Đề án"):
        assert wrong(f"theo {right} huyện Núi Lam thì", name, full=full) == []
    assert wrong("Ban Tổ chức ĐA Huyện Núi Lam", name, full=full) == [("Ban Tổ chức ĐA Huyện Núi Lam", name)]


def test_a_name_within_a_longer_one_is_the_longer() -> None:
    names = ("Hội đồng Mẫu tỉnh", "Thường trực Hội đồng Mẫu tỉnh")
    assert wrong("Thường trực Hội đồng mẫu tỉnh", *names) == [("Thường trực Hội đồng mẫu tỉnh", names[1])]
    assert wrong("và Hội đồng mẫu tỉnh", *names) == [("Hội đồng mẫu tỉnh", names[0])]


def test_of_two_names_that_begin_alike_the_longer_is_meant() -> None:
    names = ("Hội đồng Mẫu", "Hội đồng Mẫu tỉnh Lam")
    assert wrong("Hội đồng mẫu tỉnh Lam", *names) == [("Hội đồng mẫu tỉnh Lam", names[1])]


def test_a_link_too_many_is_told() -> None:
    for typed, right in (("Trường Mẫu và Thử Lam", "Trường Mẫu Thử Lam"), ("Sở Mẫu và Thử và nghiệm", UNIT)):
        assert wrong(typed, right) == [(typed, right)]


def test_a_name_of_the_plan_is_no_slip_of_another() -> None:
    names = ("Trường Mẫu và Thử Lam", "Trường Mẫu Thử Lam")
    assert wrong("Trường Mẫu Thử Lam; Trường Mẫu và Thử Lam", *names) == []


# --- The rules -----------------------------------------------------------------------------------------
def test_each_wrong_spelling_is_told_once_a_text(told: Told) -> None:
    problems = told("ten-khac-ke-hoach", "Sở sách và Thư tịch.\n\nSở sách và Thư tịch, Sở Sách và Thư tích.")
    assert [(problem.path, problem.line) for problem in problems] == [(f"docs/{SPEECH}", 5), (f"docs/{SPEECH}", 7)]
    assert problems[0].message == ("\"Sở sách và Thư tịch\" khác với tên mà Kế hoạch ghi; "
                                   "hãy viết \"Sở Sách và Thư tịch\".")


def test_in_the_plan_the_other_spelling_is_offered_only(told: Told) -> None:
    files = plan(("về Thư viện tỉnh Giả Định trước", "về Thư Viện tỉnh Giả Định trước"))
    problem, = told("ten-khac-ke-hoach", "", files)
    assert problem.path == f"docs/{schema.PLAN}"
    assert KEPT in problem.message


REST = "Đề án Thư viện lưu động"
BODY = f"Ban Tổ chức {REST}"
LEVELLED = (("BAN TỔ CHỨC ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG", "BAN TỔ CHỨC ĐỀ ÁN TỈNH"),
            ("Đề án Thư viện lưu động tỉnh Giả Định ban hành", "Đề án tỉnh ban hành"))


def test_spellings_of_the_issuing_body_are_counted_once_for_all(told: Told) -> None:
    problem, = told("ten-co-quan-nhieu-cach", f"Ban tổ chức {REST}; {BODY}; BTC {REST}; Ban tổ chức {REST}.")
    assert problem.path == f"docs/{SPEECH}"
    assert f"\"Ban tổ chức {REST}\" 2 lần ({SPEECH} dòng 5)" in problem.message
    assert f"hãy viết thống nhất là \"{BODY}\"" in problem.message


@pytest.mark.parametrize("words", [
    BODY, BODY.upper(), f"{BODY} tỉnh Giả Định", "Ban Tổ chức", "Ban tổ chức Đề án",
    f"Ban tổ chức {REST} huyện Đồi Gió", f"Ban tổ chức {REST} các cấp",
])
def test_a_short_form_and_other_levels_are_no_other_spelling(told: Told, words: str) -> None:
    assert told("ten-co-quan-nhieu-cach", words) == []


@pytest.mark.parametrize(("words", "count"), [
    ("Ban Tổ chức Đề án tỉnh", 0), ("Ban Tổ chức Đề án", 0), ("Ban Tổ chức đề án tỉnh", 1), ("Ban tổ chức Đề án", 1),
    ("BTC ĐA tỉnh", 1), ("Ban tổ chức Đề án thị xã", 0),
])
def test_a_body_with_its_level(told: Told, words: str, count: int) -> None:
    assert len(told("ten-co-quan-nhieu-cach", words, plan(*LEVELLED))) == count


def test_a_spelling_is_one_whatever_word_comes_behind(told: Told) -> None:
    for rule, count in (("ten-co-quan-nhieu-cach", 1), ("ten-khac-ke-hoach", 0)):  # would report it a second time
        assert len(told(rule, f"Trưởng Ban tổ chức {REST} họp")) == count


def test_what_can_be_mended_is_told_where_it_stands(told: Told) -> None:
    problem, = told("ten-co-quan-nhieu-cach", f"Ban tổ chức {REST}.", plan((f"Trưởng {BODY}", f"Trưởng BTC {REST}")))
    assert problem.path == f"docs/{SPEECH}"


def test_spellings_in_the_plan_alone_are_told_at_the_plan(told: Told) -> None:
    problem, = told("ten-co-quan-nhieu-cach", "", plan((f"Trưởng {BODY}", f"Trưởng Ban tổ chức {REST}")))
    assert problem.path == f"docs/{schema.PLAN}"
    assert "Kế hoạch được giữ nguyên" in problem.message


def test_a_plan_without_an_issuing_body_has_no_spellings(told: Told) -> None:
    assert told("ten-co-quan-nhieu-cach", "", {schema.PLAN: "# KẾ HOẠCH {#ke-hoach}\n"}) == []


CHAIR = "Vũ Thị Trang Vàng"


@pytest.mark.parametrize(("words", "count"), [
    (f"{CHAIR}, Chủ tịch UBND tỉnh", 1), (f"{CHAIR} – Chủ tịch Ủy ban nhân dân tỉnh phát biểu", 1),
    (f"{CHAIR}, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh", 1), (f"{CHAIR}, Phó Trưởng {BODY}", 1),
    (f"{CHAIR}, Giám đốc Sở; đồng chí {CHAIR}, Chủ tịch UBND tỉnh", 1),
    (f"{CHAIR}, Phó Chủ tịch UBND tỉnh", 0), (f"{CHAIR}, Phó Chủ tịch Ủy ban nhân dân tỉnh; Chủ tịch UBND tỉnh", 0),
    (f"{CHAIR}, nguyên Chủ tịch UBND tỉnh", 0), (f"{CHAIR}, Bí thư Tỉnh ủy", 0), (f"{CHAIR} và Chủ tịch UBND tỉnh", 0),
    (f"{CHAIR} Chủ tịch UBND tỉnh", 0), (f"{CHAIR}, Chủ tịch HĐND tỉnh", 0), (f"{CHAIR}", 0), ("Chủ tịch UBND tỉnh", 0),
])
def test_only_another_rank_in_the_same_body_contradicts(told: Told, words: str, count: int) -> None:
    assert len(told("chuc-vu-khac-ke-hoach", f"Đồng chí {words}.")) == count


def test_a_presenter_has_the_post_that_the_plan_gives_him(told: Told) -> None:
    front = "---\ntrang-thai: da-nop\nnguoi-trinh-bay: {}\nchuc-vu: {}\nngay-nop: 14/5/2035\n---\n\nA.\n"
    problem, = told("chuc-vu-khac-ke-hoach", "", {SPEECH: front.format(CHAIR, "Chủ tịch UBND tỉnh")})
    assert (problem.path, problem.line) == (f"docs/{SPEECH}", 4)
    problem, = told("ho-ten-khac-ke-hoach", "", {SPEECH: front.format("Vũ Thị Trang Vang", "Phó Chủ tịch UBND tỉnh")})
    assert problem.message.endswith(f"hãy viết \"{CHAIR}\".")


@pytest.mark.parametrize(("words", "count"), [
    ("Vũ Thị Trang Vang, Phó Chủ tịch UBND tỉnh", 1), ("Phó Chủ tịch UBND tỉnh Vũ Thị Trạng Vàng", 1),
    ("Vũ Thị Trang Vang, Chủ tịch UBND tỉnh", 0), ("Vũ Thị Trang Vang. Phó Chủ tịch UBND tỉnh", 0),
    ("Phó Chủ tịch UBND tỉnh; Vũ Thị Trang Vang", 0), ("Vũ Thị Trang Sách, Phó Chủ tịch UBND tỉnh", 0),
    (f"{CHAIR}, Phó Chủ tịch UBND tỉnh", 0), (f"{CHAIR.upper()}, Phó Chủ tịch UBND tỉnh", 0),
])
def test_a_name_is_misspelt_only_beside_its_post(told: Told, words: str, count: int) -> None:
    assert len(told("ho-ten-khac-ke-hoach", f"Đồng chí {words}.")) == count


@pytest.mark.parametrize(("post", "count"), [("Chủ tịch UBND tỉnh", 1), ("Phó Chủ tịch UBND tỉnh", 0)])
def test_a_deputy_is_not_the_one_he_stands_for(told: Told, post: str, count: int) -> None:
    files = plan((f"{CHAIR}, Phó Chủ tịch", f"{CHAIR}, Chủ tịch"), ("**PHÓ CHỦ TỊCH UBND", "**CHỦ TỊCH UBND"))
    assert len(told("ho-ten-khac-ke-hoach", f"Đồng chí Vũ Thị Trang Vang, {post}.", files)) == count


# --- Any text, any size ------------------------------------------------------------------------------------
SYLLABLES = ["Sở", "sở", "Mẫu", "mẩu", "và", "Thử", "nghiệm", "nghiêm", "ABC", ".", ",", "\n", "İ", "ß", "a\u0301", "1"]


@given(st.lists(st.sampled_from(SYLLABLES), max_size=30).map(" ".join) | st.text(max_size=80))
def test_any_text_is_read_without_fault(text: str) -> None:
    table, words = index(UNIT, full={"ABC": "Sở Mẫu và"})
    found = list(table.find(words.of(text)))
    assert all(0 <= each.words[0].start < each.words[-1].end <= len(text) for each in found)
    read = words.of(text)
    assert tuple(word.fold for word in read.all()) == read.folded == words.key(text)
    assert table.begins_in(words.folded(re.findall(r"[^\W_]+", text))) or not found


@pytest.mark.parametrize("piece", [
    "Sở Sách ", "Sở ", "Sở Sách và Thư ", "Sở Sách Thư tịch ", "Vũ Thị Trang Vang, ", "Vũ Thị Trang Vàng, Chủ tịch ",
    "Ban Tổ chức Đề án Thư viện ", "BTC ĐA ", "Phó Chủ tịch UBND tỉnh Vũ Thị Trang Vang ",
])
def test_hostile_words_take_no_time(fabricated: Reading, piece: str) -> None:
    conference = with_speech(fabricated.conference, (piece * 100_000)[:100_000])
    start = time.process_time()
    for rule in RULES:
        list(CHECKS[rule].problems(conference))
    assert time.process_time() - start < 5


def with_speech(conference: Conference, words: str) -> Conference:
    return replace(conference, documents={**conference.documents, SPEECH: parse(SPEECH, words)})


def test_names_by_the_thousand_are_sought_in_the_time_of_a_few() -> None:
    text = "Ban Tổ chức Đề án huyện Núi Lam họp với Ban tổ chức Đề án huyện Núi Đá. " * 500

    def seconds(count: int) -> float:
        table, words = index(*(f"Ban Tổ chức Đề án huyện Núi {number}" for number in range(count)))
        taken = words.of(text)
        list(table.find(words.of(text[:250])))  # the lookup tables are built on first use
        start = time.process_time()
        list(table.find(taken))
        return time.process_time() - start

    assert min(seconds(2000) for _ in range(3)) < 5 * min(seconds(20) for _ in range(3)) + 0.05
