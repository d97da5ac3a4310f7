"""Reading of the registers in the annexes."""

from datetime import date

import pytest

from proceedings.conference.model import Abbreviation, CitedDocument, Theme
from proceedings.conference.reading import Reading
from proceedings.conference.reading.faults import REGISTER, Faults
from proceedings.conference.reading.registers import read_abbreviations, read_cited_documents, read_themes
from proceedings.problems import Place, Problem
from proceedings.text import source

CITED = Place("docs/phu-luc/van-ban.md")
SHORT = Place("docs/phu-luc/tu-viet-tat.md")
THEMES = Place("docs/phu-luc/chu-de.md")
CITED_HEAD = "| Loại | Số | Ngày | Cơ quan | Trích yếu |\n| --- | --- | --- | --- | --- |\n"
THEMES_HEAD = "| Chủ đề | Từ ngữ |\n| --- | --- |\n"
SHORT_HEAD = "| Viết tắt | Nghĩa |\n| --- | --- |\n"


def cited(text: str) -> tuple[tuple[CitedDocument, ...], tuple[Problem, ...]]:
    faults = Faults()
    return read_cited_documents(source.parse("phu-luc/van-ban.md", text), CITED, faults), faults.problems


def abbreviations(text: str) -> tuple[tuple[Abbreviation, ...], tuple[Problem, ...]]:
    faults = Faults()
    return read_abbreviations(source.parse("phu-luc/tu-viet-tat.md", text), SHORT, faults), faults.problems


def themes(text: str) -> tuple[tuple[Theme, ...], tuple[Problem, ...]]:
    faults = Faults()
    return read_themes(source.parse("phu-luc/chu-de.md", text), THEMES, faults), faults.problems


def test_row_of_five_cells_is_a_cited_document() -> None:
    rows, problems = cited(f"{CITED_HEAD}| Quyết định | 99/QĐ-UBND | 05/4/2032 | UBND tỉnh | Về **việc** mẫu |\n")
    assert problems == ()
    assert rows == (CitedDocument("Quyết định", "99/QĐ-UBND", date(2032, 4, 5), "UBND tỉnh", "Về việc mẫu",
                                  Place(CITED.path, 3)),)


@pytest.mark.parametrize(("row", "message"), [
    ("| Quyết định | 99/QĐ | | UBND | Về việc |", "cần đủ 5 ô"),
    ("| Quyết định | 99/QĐ | 05/4/2032 | UBND |", "cần đủ 5 ô"),
    ("| Quyết định | 99/QĐ | 31/4/2032 | UBND | Về việc |", "\"31/4/2032\" không phải ngày có thật"),
    ("| Quyết định | 99/QĐ | năm 2032 | UBND | Về việc |", "không phải ngày có thật"),
    ("| Quyết định | 99/QĐ | 5/4/2032 | UBND | Về việc |", "cần viết là 05/4/2032"),
])
def test_row_that_is_none_is_a_fault_at_its_line(row: str, message: str) -> None:
    _, problems = cited(f"# Văn bản\n\n{CITED_HEAD}| A | 1/A | 05/4/2032 | B | C |\n{row}\n")
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [(CITED.path, 6, REGISTER.id)]
    assert message in problems[0].message


EFFECT_HEAD = ("| Loại | Số | Ngày | Cơ quan | Trích yếu | Thay thế bởi | Hiệu lực từ | Hết hiệu lực |\n"
               "| --- | --- | --- | --- | --- | --- | --- | --- |\n")


def test_further_columns_tell_of_the_effect_in_any_order() -> None:
    rows, problems = cited(f"{EFFECT_HEAD}| A | 1/A | 05/4/2032 | B | C | 2/A | 01/5/2032 | 01/6/2033 |\n"
                           "| A | 2/A | 05/4/2033 | B | C | | | |\n")
    assert problems == ()
    assert [(row.effective_from, row.ended_on, row.replaced_by) for row in rows] == [
        (date(2032, 5, 1), date(2033, 6, 1), "2/A"), (None, None, "")]


@pytest.mark.parametrize(("cells", "message"), [
    ("| 2/A | 31/4/2032 | |", "\"31/4/2032\" không phải ngày có thật"),
    ("| 2/A | | 1/6/2033 |", "cần viết là 01/6/2033"),
])
def test_an_unreal_day_of_effect_is_a_fault(cells: str, message: str) -> None:
    _, problems = cited(f"{EFFECT_HEAD}| A | 1/A | 05/4/2032 | B | C {cells}\n")
    assert [(problem.line, problem.rule) for problem in problems] == [(3, REGISTER.id)]
    assert message in problems[0].message


@pytest.mark.parametrize(("name", "hint"), [("Hiệu lưc từ", "có phải là \"Hiệu lực từ\"?"), ("Tệp", "hãy dùng: Hiệu")])
def test_a_further_column_of_another_name_is_a_fault_once(name: str, hint: str) -> None:
    head = CITED_HEAD.replace("Trích yếu |", f"Trích yếu | {name} |").replace("| --- |\n", "| --- | --- |\n")
    rows, problems = cited(f"{head}| A | 1/A | 05/4/2032 | B | C |\n")
    assert [(problem.line, hint in problem.message) for problem in problems] == [(1, True)]
    assert [row.number for row in rows] == ["1/A"]


def test_row_with_an_unreadable_date_is_kept_without_it() -> None:
    rows, _ = cited(f"{CITED_HEAD}| A | 1/A | ? | B | C |\n")
    assert [row.issued_on for row in rows] == [None]


def test_row_short_of_cells_is_left_out() -> None:
    rows, _ = cited(f"{CITED_HEAD}| A | 1/A | 05/4/2032 | | C |\n")
    assert rows == ()


def test_row_of_two_cells_is_an_abbreviation() -> None:
    rows, problems = abbreviations(f"{SHORT_HEAD}| UBND | Ủy ban nhân dân |\n")
    assert (rows, problems) == ((Abbreviation("UBND", "Ủy ban nhân dân", Place(SHORT.path, 3)),), ())


@pytest.mark.parametrize("row", ["| UBND | |", "| | Ủy ban |", "| UBND |"])
def test_abbreviation_without_both_cells_is_a_fault(row: str) -> None:
    rows, problems = abbreviations(f"{SHORT_HEAD}{row}\n")
    assert rows == ()
    assert [(problem.line, problem.rule) for problem in problems] == [(3, REGISTER.id)]
    assert "cần đủ 2 ô" in problems[0].message


def test_abbreviation_given_twice_is_told_with_the_first_line() -> None:
    rows, problems = abbreviations(f"{SHORT_HEAD}| BTC | Ban Tổ chức |\n| UBND | Ủy ban |\n| BTC | Bộ Tài chính |\n")
    assert [row.full for row in rows] == ["Ban Tổ chức", "Ủy ban"]
    assert [problem.line for problem in problems] == [5]
    assert "đã có ở dòng 3" in problems[0].message


@pytest.mark.parametrize("short", [
    "UBND", "LĐ-TB&XH", "ATXH", "Đ/c", "đ/c", "tr.", "KT-XH", "NĐ-CP", "TTg", "ThS", "PGS.TS", "TS.", "v.v.", "v/v",
    "TP.", "Tp", "Cty", "CA tỉnh", "Ban CHQS",
    "HS&TV", "BĐ TX", "km", "km2", "ha", "kg", "ĐT-ND", "CO2", "IoT", "5G",
    "e-HSMT", "GDP", "Covid-19", "ƯCLN", "TU", "HU", "BAN", "Q.", "gv", "tx.", "QĐ", "A", "K15", "THCS&THPT", "CĐ-ĐH",
])
def test_what_looks_like_an_abbreviation_is_one(short: str) -> None:
    rows, problems = abbreviations(f"{SHORT_HEAD}| {short} | Nghĩa |\n")
    assert (rows, problems) == ((Abbreviation(short, "Nghĩa", Place(SHORT.path, 3)),), ())


@pytest.mark.parametrize("short", [
    "và", "Và", "của", "tỉnh", "Tỉnh", "Hội nghị", "hội nghị", "VÀ", "CỦA", "HỘI NGHỊ", "và/hoặc", "và.", "ca", "ở",
    "là", "y", "Sở Sách", "người", "nghiêng", "quý", "giữ gìn", "- và", "(và)",
    "v&#224;", "**và**", "…", "12", "-",
    "thứ", "ban chỉ đạo",
])
def test_an_ordinary_word_in_the_register_is_told_and_explains_nothing(short: str) -> None:
    rows, problems = abbreviations(f"{SHORT_HEAD}| UBND | Ủy ban |\n| {short} | Nghĩa |\n")
    assert [row.short for row in rows] == ["UBND"]
    assert [(problem.line, problem.rule) for problem in problems] == [(4, REGISTER.id)]
    assert "không phải chữ viết tắt" in problems[0].message
    assert "hãy" in problems[0].message


@pytest.mark.parametrize("number", ["và", "-", "không số", "…"])
def test_a_document_without_a_number_in_the_register_is_told(number: str) -> None:
    rows, problems = cited(f"{CITED_HEAD}| A | {number} | 05/4/2032 | B | C |\n")
    assert rows == ()
    assert [(problem.line, problem.rule) for problem in problems] == [(3, REGISTER.id)]
    assert "không có chữ số" in problems[0].message


def test_words_of_a_theme_stand_between_semicolons() -> None:
    rows, problems = themes(f"{THEMES_HEAD}| Bạn đọc | bạn đọc; trẻ em ;bạn đọc |\n")
    assert problems == ()
    assert rows == (Theme("Bạn đọc", ("bạn đọc", "trẻ em"), Place(THEMES.path, 3)),)


@pytest.mark.parametrize("cell", ["bạn đọc;", "; bạn đọc", "bạn đọc;; trẻ em"])
def test_semicolon_without_words_is_a_fault(cell: str) -> None:
    rows, problems = themes(f"{THEMES_HEAD}| Bạn đọc | {cell} |\n")
    assert next(word for row in rows for word in row.words) == "bạn đọc"
    assert [(problem.line, problem.rule) for problem in problems] == [(3, REGISTER.id)]
    assert "dấu \";\" thừa" in problems[0].message


def test_theme_given_twice_is_told_with_the_first_line() -> None:
    rows, problems = themes(f"{THEMES_HEAD}| Bạn đọc | bạn đọc |\n| Bạn đọc | trẻ em |\n")
    assert [row.words for row in rows] == [("bạn đọc",)]
    assert [(problem.line, problem.rule) for problem in problems] == [(4, REGISTER.id)]
    assert "đã có ở dòng 3" in problems[0].message


def test_page_without_a_table_is_a_fault() -> None:
    for rows, problems in (cited("# Văn bản\n"), abbreviations("# Từ viết tắt\n\nChưa có.\n"), themes("# Chủ đề\n")):
        assert rows == ()
        assert [(problem.line, problem.rule) for problem in problems] == [(1, REGISTER.id)]
        assert "cần một bảng" in problems[0].message


def test_row_behind_an_empty_line_is_told_to_be_outside_the_table() -> None:
    rows, problems = abbreviations(f"{SHORT_HEAD}| BTC | Ban Tổ chức |\n\n| UBND | Ủy ban |\n")
    assert [row.short for row in rows] == ["BTC"]
    assert [(problem.line, problem.rule) for problem in problems] == [(5, REGISTER.id)]
    assert "nằm ngoài bảng; hãy bỏ dòng trống" in problems[0].message


def test_words_beside_the_table_are_no_fault() -> None:
    _, problems = abbreviations(f"# Từ viết tắt\n\nDùng trong tài liệu.\n\n{SHORT_HEAD}| UBND | Ủy ban |\n\nHết.\n")
    assert problems == ()


def test_absent_page_is_not_told_here() -> None:
    faults = Faults()
    assert read_cited_documents(None, CITED, faults) == ()
    assert read_abbreviations(None, SHORT, faults) == ()
    assert read_themes(None, THEMES, faults) == ()
    assert faults.problems == ()


def test_registers_of_the_fabricated_conference_are_read_whole(fabricated: Reading) -> None:
    conference = fabricated.conference
    assert [entry.short for entry in conference.abbreviations] == [
        "BTC", "CLB", "ĐA", "HD", "HĐND", "KH", "NQ", "QĐ", "SSTT", "TM", "UBND", "VT"]
    assert [entry.number for entry in conference.cited_documents] == [
        "18/2032/NQ-HĐND", "07/NQ-HĐND", "99/2032/QĐ-UBND", "310/QĐ-UBND", "21/2033/QĐ-UBND", "05/HD-SSTT",
        "46/KH-SSTT", "31/KH-UBND", "12/KH-BTC"]
    assert conference.cited_documents[0] == CitedDocument(
        "Nghị quyết", "18/2032/NQ-HĐND", date(2032, 2, 12), "Hội đồng nhân dân tỉnh Giả Định",
        "Về phát triển văn hóa đọc trên địa bàn tỉnh", Place(CITED.path, 7))
    assert [(theme.name, theme.words) for theme in conference.themes] == [
        ("Xe thư viện", ("xe thư viện",)), ("Thư viện lưu động", ("thư viện lưu động",)),
        ("Điểm dừng", ("điểm dừng", "điểm phục vụ")), ("Đào tạo nhân viên", ("đào tạo", "bồi dưỡng", "tập huấn")),
        ("Bạn đọc", ("bạn đọc", "trẻ em", "thiếu nhi"))]
