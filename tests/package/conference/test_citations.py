"""Citations in running text, and text that only looks like one."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings.conference.citations import (
    Citation,
    abbreviation,
    blank_numbers,
    citation,
    citations,
    full_citation,
    loose_key,
    named_laws,
    number_key,
    shortened,
)
from proceedings.conference.model import CitedDocument
from proceedings.problems import Place


def only(text: str) -> Citation:
    found = list(citations(text))
    assert len(found) == 1, found
    return found[0]


# --- Numbers ---------------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "kind", "announced", "number"), [
    ("Nghị định số 21/2034/NĐ-CP", "Nghị định", True, "21/2034/NĐ-CP"),
    ("Nghị định 21/2034/NĐ-CP", "Nghị định", False, "21/2034/NĐ-CP"),
    ("NĐ số 21/2034/NĐ-CP", "NĐ", True, "21/2034/NĐ-CP"),
    ("nghị quyết số 18-NQ/TW", "nghị quyết", True, "18-NQ/TW"),
    ("QUYẾT ĐỊNH SỐ 99/QĐ-UBND", "QUYẾT ĐỊNH", True, "99/QĐ-UBND"),
    ("Thông tư liên tịch số 07/2034/TTLT-BTT-BĐS", "Thông tư liên tịch", True, "07/2034/TTLT-BTT-BĐS"),
    ("Luật số 59/2034/QH16", "Luật", True, "59/2034/QH16"),
    ("Công văn số 45/STT", "Công văn", True, "45/STT"),
    ("Tờ trình số 05/TTr-STT&TT", "Tờ trình", True, "05/TTr-STT&TT"),
    ("Quyết định số 21/2034/QĐ-TTg.", "Quyết định", True, "21/2034/QĐ-TTg"),
    ("Công văn số 123456/STT", "Công văn", True, "123456/STT"),
    ("Kế hoạch số 21/KH-BCHPTDSTƯLL-A-B-C-D-E", "Kế hoạch", True, "21/KH-BCHPTDSTƯLL-A-B-C-D"),
    ("(số 21/2034/NĐ-CP)", "", True, "21/2034/NĐ-CP"),
    ("Số: 12/KH-BTC", "", True, "12/KH-BTC"),
    ("theo 21/2034/NĐ-CP", "", False, "21/2034/NĐ-CP"),
    ("Nghị định số 21/2034/NĐ - CP", "Nghị định", True, "21/2034/NĐ-CP"),
    ("Nghị định số 21 / 2034 / NĐ-CP", "Nghị định", True, "21/2034/NĐ-CP"),
    ("Nghị định số 21/2034/NĐ–CP", "Nghị định", True, "21/2034/NĐ-CP"),
    ("Kế hoạch số 12/KH-BTC - Ban Tổ chức", "Kế hoạch", True, "12/KH-BTC"),
    ("Kế hoạch số 12/KH-BTC - UBND tỉnh", "Kế hoạch", True, "12/KH-BTC"),
])
def test_a_number_is_read_with_what_announces_it(text: str, kind: str, announced: bool, number: str) -> None:
    found = only(text)
    assert (found.kind, found.announced, found.number) == (kind, announced, number)


@pytest.mark.parametrize("text", [
    "", "1/2 ngày", "9/10 số sách", "ngày 20/6/2035", "tháng 6/2035", "5/CLB", "24/7", "A4/A3", "Kế hoạch số /KH-BTC",
    "tài liệu/2034/NĐ-CP", "x21/2034/NĐ-CP", "km 12-Km 15", "90 km/h", "1.234/2034/NĐ-CP", "21/2034/nđ-cp",
])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert list(citations(text)) == []


@pytest.mark.parametrize(("text", "day", "dated"), [
    ("số 1/QĐ-UBND ngày 05/4/2034 của", date(2034, 4, 5), True),
    ("số 1/QĐ-UBND, ngày 5/04/2034", date(2034, 4, 5), True),
    ("số 1/QĐ-UBND ngày 05 tháng 4 năm 2034", date(2034, 4, 5), True),
    ("SỐ 1/QĐ-UBND NGÀY 05/4/2034", date(2034, 4, 5), True),
    ("số 1/QĐ-UBND ngày 31/02/2034", None, True),
    ("số 1/QĐ-UBND từ ngày 05/4/2034", None, False),
    ("số 1/QĐ-UBND của tỉnh ngày 05/4/2034", None, False),
    ("số 1/QĐ-UBND ngày tháng năm 2034", None, False),
])
def test_a_date_counts_only_right_behind_the_number(text: str, day: date | None, dated: bool) -> None:
    assert (only(text).issued_on, only(text).dated) == (day, dated)


def test_a_list_shares_the_kind_of_its_first() -> None:
    found = list(citations("các Quyết định số 1/QĐ-UBND, số 2/QĐ-UBND và 3/QĐ-UBND; còn 4/QĐ-UBND ngoài ra 5/QĐ-UBND"))
    assert [(each.kind, each.listed, each.previous) for each in found] == [
        ("Quyết định", False, ""), ("Quyết định", True, "1/QĐ-UBND"), ("Quyết định", True, "2/QĐ-UBND"),
        ("", False, "3/QĐ-UBND"), ("", False, "4/QĐ-UBND")]


def test_a_kind_is_written_out_with_a_capital() -> None:
    text = "QĐ số 1/QĐ-UBND. nghị quyết số 2/NQ-UBND. KẾ HOẠCH SỐ 3/KH-UBND"
    assert [each.full_kind for each in citations(text)] == ["Quyết định", "Nghị quyết", "Kế hoạch"]


# --- Incomplete numbers -------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "found"), [
    ("Nghị định 21 của Chính phủ", [("Nghị định 21", "Nghị định", "21")]),
    ("theo NĐ 21/2034.", [("NĐ 21/2034", "Nghị định", "21/2034")]),
    ("Thông tư số 41/2034", [("Thông tư số 41/2034", "Thông tư", "41/2034")]),
    ("Nghị định số 21/2034/NĐ-CP", []), ("Quyết định 5 việc", []), ("Nghị quyết 18 xã", []), ("Kế hoạch 12/2034", []),
    ("nghị định 21.", []), ("Quyết định 1.234 suất", []), ("Nghị quyết 18-NQ/TW", []),
])
def test_a_number_without_its_symbol(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(each.typed, each.kind, each.number) for each in shortened(text)] == found


@pytest.mark.parametrize(("text", "found"), [
    ("Luật Thư viện năm 2034", [("Luật", "Thư viện", 2034)]),
    ("Bộ luật Đọc sách năm 2031 và Pháp lệnh Bạn đọc năm 2032",
     [("Bộ luật", "Đọc sách", 2031), ("Pháp lệnh", "Bạn đọc", 2032)]),
    ("Luật sư Trần Văn Sách năm 2034", []), ("Luật Thư viện được sửa năm 2034", []), ("Luật Thư viện", []),
    ("Luật Thư viện và Luật Xuất bản năm 2034", []), ("Luật này có từ năm 2034", []),
    ("Luật Thư viện. Từ năm 2034", []),
])
def test_a_law_is_cited_by_name_and_year(text: str, found: list[tuple[str, str, int]]) -> None:
    assert [(law.kind, law.name, law.year) for law in named_laws(text)] == found


@pytest.mark.parametrize(("text", "found"), [
    ("Quyết định số …/QĐ-UBND", ["số …/QĐ-UBND"]), ("Tờ trình số …/TTr-STT&TT", ["số …/TTr-STT&TT"]),
    ("Số: /KH-BTC", ["Số: /KH-BTC"]),
    ("số ..../2034/QĐ-UBND", ["số ..../2034/QĐ-UBND"]), ("số 1/QĐ-UBND", []), ("số xe/Lịch", []), ("số sách", []),
])
def test_a_number_still_to_be_filled_in(text: str, found: list[str]) -> None:
    assert list(blank_numbers(text)) == found


# --- Comparing ------------------------------------------------------------------------------------
def test_keys_of_numbers() -> None:
    assert number_key("21 /2034/ NĐ–CP") == "21/2034/NĐ-CP"
    assert loose_key("021/2034-ND/CP") == loose_key("21/2034/NĐ-CP")
    assert loose_key("21/2034/NĐ-CP") != loose_key("21/2035/NĐ-CP")
    assert [abbreviation(number) for number in ("21/2034/NĐ-CP", "18-NQ/TW", "59/2034/QH16", "5/TTr-STT", "?")] == [
        "NĐ", "NQ", "QH", "TTr", ""]


@pytest.mark.parametrize(("subject", "end"), [("Về thư viện", " về thư viện"), ("Thư viện", " về Thư viện")])
def test_a_document_cited_in_full(subject: str, end: str) -> None:
    document = CitedDocument("Nghị định", "21/2034/NĐ-CP", date(2034, 2, 22), "Chính phủ", subject, Place("x"))
    assert citation(document) == "Nghị định số 21/2034/NĐ-CP ngày 22/02/2034 của Chính phủ"
    assert full_citation(document) == citation(document) + end


# --- Hostile input ------------------------------------------------------------------------------------
PIECES = ["số ", "Nghị định ", "NĐ ", "QĐ", "1", "/", "-", "–", "2034", "/NĐ-CP", "12-NQ/TW", " ngày 05/4/2034",
          " ngày ", " của ", "Luật ", "A ", " năm ", "và ", ", ", "\n", "…", "Đ", "a\u0301", "\u200b", "İ", "ß",
          " " * 5]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    found = list(citations(text))
    assert all(0 <= each.start < each.end <= len(text) and each.typed in text for each in found)
    assert all(one.start < other.start for one, other in pairwise(found))
    assert all(law.typed in text for law in named_laws(text))
    assert all(each.typed in text for each in shortened(text))
    assert all(each in text for each in blank_numbers(text))


@given(st.integers(1, 99999), st.integers(1900, 2099) | st.none(), st.sampled_from(["QĐ-UBND", "NĐ-CP", "TTLT-BA-BB"]),
       st.text("abc .,;\n", max_size=20), st.text(" .,;)\n", min_size=1, max_size=20))
def test_any_number_is_found_in_any_surroundings(serial: int, year: int | None, symbol: str, before: str,
                                                 after: str) -> None:
    number = f"{serial}/{year}/{symbol}" if year else f"{serial}/{symbol}"
    assert [each.number for each in citations(f"{before} Quyết định số {number}{after}")] == [number]


@pytest.mark.parametrize("piece", ["số 1/", "1/A-", "12/KH-", "1/2034/", "Luật A ", "Luật Aa aa ", "Nghị định ", "số ",
                                   "1 / ", "Nghị định 1 ", "1-A/A-", "số …", "số ..", "Quyết định số 1/QĐ-UBND ngày "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        start = time.process_time()
        for find in (citations, shortened, named_laws, blank_numbers):
            list(find(text))
        return time.process_time() - start

    # 100 kilobytes; in quadratic time it would take minutes.
    assert min(seconds(100_000) for _ in range(2)) < 1
