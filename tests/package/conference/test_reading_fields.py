"""Conversion of front matter values to typed fields, with faults at their lines."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from proceedings.conference.model import Blank, Delivery
from proceedings.conference.reading import fields as read
from proceedings.conference.reading import read_conference
from proceedings.conference.reading.faults import FRONT_MATTER, MISSING_KEY, UNKNOWN_KEY, Faults
from proceedings.problems import Place
from proceedings.schema import KEY_TABLES, Key, Status, Table, Takes
from proceedings.text import source
from proceedings.text.front_matter import Fields, FrontMatterError, fields_of

PLACE = Place("docs/a.md")


def front(*lines: str) -> Fields:
    document = source.parse("a.md", "\n".join(["---", *lines, "---", ""]))
    assert document.front_matter_error is None
    return document.front_matter


def told(faults: Faults) -> list[tuple[int, str]]:
    """Return line and rule of each fault, all in the same file."""
    assert all(fault.path == PLACE.path for fault in faults.problems)
    return [(fault.line, fault.rule) for fault in faults.problems]


# --- Two parsers ------------------------------------------------------------------
_VALUES = st.from_regex(r" {1,3}\w[\w /.,()–-]{0,30}", fullmatch=True) | st.sampled_from(
    ["", " 012", " no", " ~", " null", " 2034-05-06", " a - b", " -", " x ,y", " a---", " 1,5", " 10.000",
     " a\t", " |#", " !\t", " a: b", " \"a", " a #b"])


@given(st.lists(st.tuples(st.from_regex(r"[a-z][\w-]{0,8}", fullmatch=True), _VALUES), min_size=1, max_size=6))
def test_libyaml_reads_what_it_is_given_as_the_other_reader_does(rows: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}:{value}\n" for key, value in rows)
    with pytest.MonkeyPatch.context() as patch:
        found = list[tuple[object, str]]()
        for there in (True, False):
            patch.setattr(yaml, "__with_libyaml__", there)
            try:
                found.append((fields_of(text), ""))
            except FrontMatterError as error:
                found.append((error.line, error.reason))
    assert found[0] == found[1]


# --- Keys -------------------------------------------------------------------------
def test_known_keys_are_no_fault() -> None:
    faults = Faults()
    read.check_keys(front("phut: 5", "noi-dung: x"), PLACE, ("noi-dung", "phut"), faults)
    assert faults.problems == ()


@pytest.mark.parametrize(("key", "hint"), [
    ("trangthai", "có phải là \"trang-thai\"?"), ("Trang-thai", "có phải là \"trang-thai\"?"),
    ("xyz", "các khóa: trang-thai, phut."),
])
def test_unknown_key_is_told_with_the_nearest_known_one(key: str, hint: str) -> None:
    faults = Faults()
    read.check_keys(front("phut: 5", f"{key}: x"), PLACE, ("trang-thai", "phut"), faults)
    assert told(faults) == [(3, UNKNOWN_KEY.id)]
    assert f"\"{key}\"" in faults.problems[0].message
    assert faults.problems[0].message.endswith(hint)


def test_key_given_twice_is_told_where_it_is_repeated() -> None:
    faults = Faults()
    read.check_keys(front("phut: 5", "phut: 6"), PLACE, ("phut",), faults)
    assert told(faults) == [(3, FRONT_MATTER.id)]
    assert "ghi hai lần" in faults.problems[0].message


# --- Values ------------------------------------------------------------------------
def faults_of(takes: Takes, *lines: str) -> Faults:
    """Return the faults of values of the key "a" with this type."""
    faults = Faults()
    read.check_values(front(*lines), PLACE, (Key("a", takes, "", ""),), faults)
    return faults


@pytest.mark.parametrize("takes", [takes for takes in Takes if takes is not Takes.AGENDA])
@pytest.mark.parametrize("value", ["[a, b]", "{b: c}"])
def test_value_that_is_a_list_or_mapping_is_a_fault(takes: Takes, value: str) -> None:
    faults = faults_of(takes, "x: 1", f"a: {value}")
    assert told(faults) == [(3, FRONT_MATTER.id)]
    assert "chỉ nhận một giá trị" in faults.problems[0].message


@pytest.mark.parametrize("takes", [takes for takes in Takes if takes is not Takes.YES])
@pytest.mark.parametrize("lines", [(), ("a:",), ("a: ''",)])
def test_absent_or_empty_value_is_no_fault(takes: Takes, lines: tuple[str, ...]) -> None:
    assert faults_of(takes, *lines).problems == ()
    assert front(*lines).text("a") == ""
    assert read.day(front(*lines), "a") is None
    assert read.minutes(front(*lines), "a") is None


@pytest.mark.parametrize("value", ["", "có", "Co", "no"])
def test_a_key_that_says_yes_says_nothing_else(value: str) -> None:
    assert faults_of(Takes.YES, "a: co").problems == ()
    assert told(faults_of(Takes.YES, f"a: {value}")) == [(2, FRONT_MATTER.id)]


def test_day_is_a_date_by_the_zero_rule() -> None:
    assert read.day(front("a: 05/6/2035"), "a") == date(2035, 6, 5)
    assert faults_of(Takes.DAY, "a: 05/6/2035").problems == ()


@pytest.mark.parametrize(("text", "right"), [("5/6/2035", "05/6/2035"), ("05/06/2035", "05/6/2035"),
                                             ("12/2/2035", "12/02/2035")])
def test_day_off_the_zero_rule_is_read_and_told_as_it_should_be(text: str, right: str) -> None:
    assert read.day(front(f"a: {text}"), "a") is not None
    faults = faults_of(Takes.DAY, "x: 1", f"a: {text}")
    assert told(faults) == [(3, FRONT_MATTER.id)]
    assert f"cần viết là {right}" in faults.problems[0].message


@pytest.mark.parametrize("text", ["31/2/2035", "2035-06-05", "hôm nay", "05/6"])
def test_day_that_is_none_is_a_fault(text: str) -> None:
    assert read.day(front(f"a: {text}"), "a") is None
    faults = faults_of(Takes.DAY, "x: 1", f"a: {text}")
    assert told(faults) == [(3, FRONT_MATTER.id)]
    assert "không phải ngày có thật" in faults.problems[0].message


@pytest.mark.parametrize(("text", "minutes"), [("1", 1), ("8", 8), ("08", 8), ("240", 240)])
def test_minutes_are_a_whole_number(text: str, minutes: int) -> None:
    assert read.minutes(front(f"a: {text}"), "a") == minutes
    assert faults_of(Takes.MINUTES, f"a: {text}").problems == ()


@pytest.mark.parametrize("text", ["0", "241", "-5", "7,5", "7.5", "8 phút", "٨", "²", "99999999999999999999", "1_0"])
def test_minutes_out_of_reason_are_a_fault(text: str) -> None:
    assert read.minutes(front(f"a: {text}"), "a") is None
    faults = faults_of(Takes.MINUTES, "x: 1", f"a: {text}")
    assert told(faults) == [(3, FRONT_MATTER.id)]
    assert "số nguyên từ 1 đến 240" in faults.problems[0].message


@pytest.mark.parametrize("table", KEY_TABLES)
def test_the_guide_gives_every_key_an_example_that_is_right(table: Table) -> None:
    for key in KEY_TABLES[table]:
        assert key.meaning
        assert key.values
        faults, value = Faults(), key.example.strip("`")
        read.check(front(f'{key}: "{value}"'), PLACE, (key,), faults)
        assert faults.problems == (), key


@pytest.mark.parametrize(("path", "key"), [
    ("index.md", "ten-ngan"), ("ke-hoach.md", "co-quan-ban-hanh"), ("tham-luan/truong-cao-dang-doc-sach.md", "chuc-vu"),
    ("bien-tap/mau-tham-luan.md", "ngay-nop"), ("chuong-trinh.md", "phut-tham-luan"),
])
def test_values_are_looked_at_in_every_file(tmp_path: Path, path: str, key: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"---\n{key}: [a, b]\n---\n\n# A\n", "utf-8")
    found = [(each.line, each.message) for each in read_conference(tmp_path).problems if each.path == f"docs/{path}"]
    assert (2, f'Khóa "{key}" chỉ nhận một giá trị; hãy ghi giá trị đó trên cùng một dòng với khóa.') in found


# --- Delivery ------------------------------------------------------------------------
def test_delivery_has_status_presenter_post_and_day() -> None:
    faults = Faults()
    fields = front("trang-thai: da-nop", "nguoi-trinh-bay: Lê Văn Kệ", "chuc-vu: Giám đốc", "ngay-nop: 05/6/2035")
    assert read.delivery(fields, PLACE, faults) == Delivery(Status.DELIVERED, "Lê Văn Kệ", "Giám đốc", date(2035, 6, 5))
    assert faults.problems == ()


@pytest.mark.parametrize("status", Status)
def test_every_status_is_accepted(status: Status) -> None:
    faults = Faults()
    assert read.delivery(front(f"trang-thai: {status}"), PLACE, faults) == Delivery(status)
    assert faults.problems == ()


@pytest.mark.parametrize(("lines", "line"), [((), 1), (("chuc-vu: x",), 2), (("chuc-vu: x", "trang-thai:"), 3)])
def test_absent_status_is_told_with_the_choices(lines: tuple[str, ...], line: int) -> None:
    faults = Faults()
    assert read.delivery(front(*lines), PLACE, faults).status is Status.OUTLINE
    assert told(faults) == [(line, MISSING_KEY.id)]
    assert "de-cuong, da-nop, da-duyet" in faults.problems[0].message


@pytest.mark.parametrize(("text", "hint"), [("da_nop", "(có phải là \"da-nop\"?)."), ("xong", "da-duyet.")])
def test_unknown_status_is_told_with_the_choices(text: str, hint: str) -> None:
    fields, missing = front(f"trang-thai: {text}"), Faults()
    assert read.delivery(fields, PLACE, missing).status is Status.OUTLINE
    assert missing.problems == ()
    faults = faults_of(Takes.STATUS, "x: 1", f"a: {text}")
    assert told(faults) == [(3, FRONT_MATTER.id)]
    assert f"a: {text}" in faults.problems[0].message
    assert faults.problems[0].message.endswith(hint)


@pytest.mark.parametrize(("text", "right"), [
    ("Đ/c Lê Văn Kệ", "Lê Văn Kệ"), ("đ/c Lê Văn Kệ", "Lê Văn Kệ"), ("Đ/C Lê Văn Kệ", "Lê Văn Kệ"),
    ("Đ/c. Lê Văn Kệ", "Lê Văn Kệ"), ("đ.c. Lê Văn Kệ", "Lê Văn Kệ"), ("Đ.c Lê Văn Kệ", "Lê Văn Kệ"),
    ("Đc Lê Văn Kệ", "Lê Văn Kệ"), ("ĐC. Lê Văn Kệ", "Lê Văn Kệ"), ("Đồng chí Lê Văn Kệ", "Lê Văn Kệ"),
    ("ĐỒNG CHÍ Lê Văn Kệ", "Lê Văn Kệ"), ("đồng chí: Lê Văn Kệ", "Lê Văn Kệ"), ("Đ / c Lê Văn Kệ", "Lê Văn Kệ"),
    ("Đ/c: Lê Văn Kệ", "Lê Văn Kệ"), ("Các đồng chí Lê Văn Kệ, Lò Thị Sách", "Lê Văn Kệ, Lò Thị Sách"),
    ("Lê Văn Kệ, Giám đốc Sở Mẫu", "Lê Văn Kệ"), ("Lê Văn Kệ - Phó Giám đốc", "Lê Văn Kệ"),
    ("Lê Văn Kệ – Trưởng phòng", "Lê Văn Kệ"), ("Lê Văn Kệ (Chủ tịch UBND huyện)", "Lê Văn Kệ"),
    ("Đ/c Lê Văn Kệ, Phó Bí thư Huyện ủy", "Lê Văn Kệ"), ("Giám đốc Lê Văn Kệ", ""),
    ("Phó Chủ tịch: Lê Văn Kệ", "Lê Văn Kệ"), ("Lê Văn Kệ; Hiệu trưởng", "Lê Văn Kệ"),
    ("Lê Văn Kệ, nguyên Giám đốc", "Lê Văn Kệ"), ("Trưởng Ban Lê Văn Kệ", ""),
    ("Lê Văn Kệ, Q. Giám đốc", "Lê Văn Kệ"), ("Đồng chí", ""), ("Lê Văn Kệ, Chánh Văn phòng", "Lê Văn Kệ"),
])
def test_a_presenter_is_a_name_alone(text: str, right: str) -> None:
    faults = faults_of(Takes.NAME, "x: 1", f'a: "{text}"')
    assert told(faults) == [(3, FRONT_MATTER.id)]
    message = faults.problems[0].message
    assert (f'hãy sửa thành "{right}"' if right else "hãy ghi họ tên") in message


@pytest.mark.parametrize("text", [
    "Lê Văn Kệ", "Đồng Văn Chí", "Phó Đức Mẫu", "Ông Cao Mẫu", "Lò Thị Trưởng", "TS. Lê Văn Kệ",
    "[… họ tên]", "[…]", "Lê Văn Kệ, Lò Thị Sách", "H'Mẫu Niê", "Y Mẫu - Niê", "Đại tá Lê Văn Kệ", "Đỗ Chí Công",
    "Trưởng Thị Mẫu", "Giám Văn Đốc",
])
def test_names_are_no_fault(text: str) -> None:
    assert faults_of(Takes.NAME, f'a: "{text}"').problems == ()


# --- Blanks ------------------------------------------------------------------------
def test_blanks_are_those_of_the_body_with_their_lines() -> None:
    document = source.parse("a.md", "---\nchuc-vu: '[…]'\n---\nCó […] và [… năm] nơi.\n\n| […] |\n")
    assert read.blanks(document) == (Blank("[…]", 4), Blank("[… năm]", 4), Blank("[…]", 6))
