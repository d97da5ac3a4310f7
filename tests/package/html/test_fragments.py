"""Derived tables and openings, shared by site, search and print."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from lxml.html import HtmlElement

from proceedings import schema
from proceedings.conference.model import Conference, Delivery, Slot
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import fragments, rendering
from proceedings.html.fragments import Fragments, rows, tally
from proceedings.problems import Place
from proceedings.schema import Status, Table

Make = Callable[[Conference], Fragments]
SECOND = "truong-cao-dang-doc-sach"


@pytest.fixture
def make(fabricated_settings: Settings) -> Make:
    """Return the fragments of a conference with the project's templates."""
    return lambda conference: Fragments(conference, fabricated_settings.looks)


def link(path: str) -> str:
    assert path  # the address of a missing file is never requested
    return f"../{path.removesuffix('.md')}.html"


def nowhere(path: str) -> str:
    return ""


def plain(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def cells(html: str) -> list[list[str]]:
    """Return the text of a table's cells by row, including its head."""
    return [[plain(cell) for cell in row.iter("th", "td")] for row in rendering.parse(html).iter("tr")]


def hrefs(html: str) -> list[str | None]:
    return [anchor.get("href") for anchor in rendering.parse(html).iter("a")]


def without(conference: Conference, slug: str) -> Conference:
    return replace(conference, speeches={name: speech for name, speech in conference.speeches.items() if name != slug})


# --- Rows ----------------------------------------------------------------------------
def test_rows_are_the_plans_units_then_the_others(fabricated: Reading) -> None:
    found = rows(fabricated.conference)
    assert [(row.number, row.unit, row.assigned) for row in found] == [
        (1, "Sở Sách và Thư tịch", True), (2, "Trường Cao đẳng Đọc sách", True),
        (3, "Ban Tổ chức Đề án huyện Đồi Gió", True), (4, "Ban Tổ chức Đề án thị xã Bến Mơ", True),
        (5, "Hội Người yêu sách Giả Định", False)]
    assert found[1].path == f"tham-luan/{SECOND}.md"


def test_unit_without_a_file_keeps_its_row(fabricated: Reading) -> None:
    row = rows(without(fabricated.conference, SECOND))[1]
    assert (row.number, row.unit, row.deadline, row.speech, row.path, row.assigned) == (
        2, "Trường Cao đẳng Đọc sách", date(2035, 5, 25), None, "", True)


def test_tally_counts_units_without_a_file_as_outlines(fabricated: Reading) -> None:
    assert tally(fabricated.conference) == {Status.APPROVED: 1, Status.DELIVERED: 3, Status.OUTLINE: 1}
    assert tally(without(fabricated.conference, SECOND)) == {Status.APPROVED: 1, Status.DELIVERED: 2, Status.OUTLINE: 2}


# --- Tables of the fabricated conference -------------------------------------------------
def test_agenda_tells_times_speeches_and_who_acts(fabricated: Reading, make: Make) -> None:
    table = cells(make(fabricated.conference).table(Table.AGENDA, link))
    assert len(table) == 1 + 15
    assert table[0] == ["Thời gian", "Nội dung", "Thực hiện"]
    assert table[1] == ["8h00 - 8h15", "Đón tiếp đại biểu, phát kỷ yếu", "Thư viện tỉnh Giả Định"]
    assert table[3] == ["8h25 - 8h35", "Phát biểu khai mạc", "Đồng chí Vũ Thị Trang Vàng"]
    assert table[5] == ["", "Trình bày tham luận", ""]
    assert table[7] == ["9h15 - 9h27", f"2. {fabricated.conference.speeches[SECOND].topic}", "Trường Cao đẳng Đọc sách"]
    assert table[-1] == ["11h02 - 11h27", "Kết luận, bế mạc Hội nghị", "Đồng chí Vũ Thị Trang Vàng"]


def test_list_of_speeches_tells_unit_topic_and_status(fabricated: Reading, make: Make) -> None:
    table = cells(make(fabricated.conference).table(Table.SPEECHES, link))
    assert [row[0] for row in table] == ["TT", "1", "2", "3", "4", "5"]
    assert table[3] == ["3", "Ban Tổ chức Đề án huyện Đồi Gió Công tác duy trì điểm dừng ở vùng đồi cao, đường dốc",
                        "Đã nộp"]
    assert [row[2] for row in table[1:]] == ["Đã duyệt", "Đã nộp", "Đã nộp", "Đề cương", "Đã nộp"]


def test_progress_tells_deadline_delivery_and_blanks(fabricated: Reading, make: Make) -> None:
    table = cells(make(fabricated.conference).table(Table.PROGRESS, link))
    assert [[cell.rpartition(": ")[2] for cell in row] for row in table[1:]] == [
        ["1", "Sở Sách và Thư tịch", "25/5/2035", "Đã duyệt", "22/5/2035", "Nguyễn Văn Mục Lục", "0"],
        ["2", "Trường Cao đẳng Đọc sách", "25/5/2035", "Đã nộp", "14/5/2035", "Lý Thị Bìa Cứng", "0"],
        ["3", "Ban Tổ chức Đề án huyện Đồi Gió", "15/5/2035", "Đã nộp", "21/5/2035 sau hạn", "Đỗ Văn Kệ Gỗ", "0"],
        ["4", "Ban Tổ chức Đề án thị xã Bến Mơ", "15/5/2035", "Đề cương", "–", "–", "16"],
        ["5", "Hội Người yêu sách Giả Định Ngoài phân công", "25/5/2035", "Đã nộp", "13/5/2035", "Phạm Thị Lá Thư",
         "0"]]


def test_summary_counts_speeches_by_status(fabricated: Reading, make: Make) -> None:
    root = rendering.parse(make(fabricated.conference).table(Table.SUMMARY, link))
    (sentence,) = root.iterfind(".//p[@class='tally__words']")
    assert plain(sentence) == "1 đã duyệt, 3 đã nộp, 1 còn đề cương, trên tổng số 5 tham luận."
    assert [part.get("class") for part in root.iter("span")] == [
        "tally__part tally__part--da-duyet", *["tally__part tally__part--da-nop"] * 3,
        "tally__part tally__part--de-cuong"]


def test_list_for_notes_names_every_document_by_its_path_and_links_to_it(fabricated: Reading, make: Make) -> None:
    html = make(fabricated.conference).table(Table.NOTES, link)
    listed = [(row.get("data-path"), plain(row)) for row in rendering.parse(html).iter("li")]
    assert len(listed) == len(hrefs(html)) == 8
    assert listed[0] == ("ke-hoach", "KẾ HOẠCH")
    assert listed[4] == (f"tham-luan/{SECOND}", "2. Trường Cao đẳng Đọc sách")
    assert hrefs(html)[4] == f"../tham-luan/{SECOND}.html"
    assert hrefs(make(fabricated.conference).table(Table.NOTES, nowhere)) == []


@pytest.mark.parametrize("table", [Table.AGENDA, Table.SPEECHES, Table.PROGRESS])
def test_tables_link_to_the_speeches_where_these_can_be_reached(fabricated: Reading, make: Make, table: Table) -> None:
    made = make(fabricated.conference)
    assert hrefs(made.table(table, link)) == [
        "../tham-luan/so-sach-va-thu-tich.html", f"../tham-luan/{SECOND}.html",
        "../tham-luan/ban-to-chuc-de-an-huyen-doi-gio.html", "../tham-luan/ban-to-chuc-de-an-thi-xa-ben-mo.html",
        "../tham-luan/hoi-nguoi-yeu-sach-gia-dinh.html"]
    assert hrefs(made.table(table, nowhere)) == []
    assert cells(made.table(table, nowhere)) == cells(made.table(table, link))


@pytest.mark.parametrize(("table", "words"), [
    (Table.SPEECHES, ["2", "Trường Cao đẳng Đọc sách Công tác đào tạo", "Chưa có bài"]),
    (Table.PROGRESS, ["2", "Trường Cao đẳng Đọc sách", "Hạn trước ngày: 25/5/2035", "Chưa có bài", "Ngày nộp: –",
                      "Người trình bày: –", "Chỗ trống: –"]),
])
def test_unit_without_a_file_is_shown_as_missing(fabricated: Reading, make: Make, table: Table,
                                                 words: list[str]) -> None:
    html = make(without(fabricated.conference, SECOND)).table(table, link)
    assert all(cell.startswith(start) for cell, start in zip(cells(html)[2], words, strict=True))
    assert len(hrefs(html)) == 4


def test_units_are_told_by_the_alphabet_with_those_who_speak_of_them(fabricated: Reading, make: Make) -> None:
    html = make(fabricated.conference).table(Table.UNITS, link)
    table = cells(html)
    assert [row[0].partition(" Công tác")[0] for row in table[1:4:2]] == [
        "Ban Tổ chức Đề án huyện Đồi Gió",
        "Hội Người yêu sách Giả Định Vận động gia đình & cộng đồng tặng sách, đọc sách “một giờ mỗi tối”"]
    assert [row[1].removeprefix("Bài khác có nhắc đến: ") for row in table] == [
        "Bài khác có nhắc đến", "–", "–", "Báo cáo sơ kết (1 chỗ)",
        "2. Trường Cao đẳng Đọc sách (2 chỗ) 3. Ban Tổ chức Đề án huyện Đồi Gió (2 chỗ) "
        "4. Ban Tổ chức Đề án thị xã Bến Mơ (1 chỗ)",
        "Báo cáo sơ kết (1 chỗ) 1. Sở Sách và Thư tịch (1 chỗ) 3. Ban Tổ chức Đề án huyện Đồi Gió (1 chỗ)"]
    assert "../bao-cao.html#3-huy-dong-nguon-luc" in hrefs(html)
    assert hrefs(make(fabricated.conference).table(Table.UNITS, nowhere)) == []


def test_unit_without_a_file_is_told_among_the_others(fabricated: Reading, make: Make) -> None:
    html = make(without(fabricated.conference, SECOND)).table(Table.UNITS, link)
    assert cells(html)[5][0].startswith("Trường Cao đẳng Đọc sách")
    assert f"../tham-luan/{SECOND}.html" not in hrefs(html)


# --- Markers -------------------------------------------------------------------------------
def shown(made: Fragments, text: str, settings: Settings) -> str:
    """Return the finished HTML of Markdown with markers."""
    root = rendering.finish(rendering.render(made.with_rules(text), settings))
    made.fill(root, link)
    return rendering.serialise(root)


@pytest.mark.parametrize("table", [table for table in Table if table not in schema.MARKDOWN_TABLES])
def test_marker_gives_way_to_its_table(fabricated: Reading, make: Make, fabricated_settings: Settings,
                                       table: Table) -> None:
    made = make(fabricated.conference)
    html = shown(made, f"Trước.\n<!-- bang: {table} -->\nSau.\n", fabricated_settings)
    assert html.split() == f"<p>Trước.</p> {made.table(table, link)} <p>Sau.</p>".split()


@pytest.mark.parametrize("text", ["<!-- bang: khong-co -->", "Chữ <!-- bang: tien-do -->", "<!-- ghi chú -->", "Chữ.",
                                  ""])
def test_anything_else_stays_as_it_is(fabricated: Reading, make: Make, text: str) -> None:
    assert make(fabricated.conference).with_rules(text) == text


def test_unknown_marker_shows_nothing(fabricated: Reading, make: Make, fabricated_settings: Settings) -> None:
    html = shown(make(fabricated.conference), "Một.\n\n<!-- bang: khong-co -->\n\nHai.\n", fabricated_settings)
    assert html.split() == ["<p>Một.</p>", "<p>Hai.</p>"]


# --- Hostile words -----------------------------------------------------------------------------
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \"&'</td></table> **a** [b](c.md) `d` {{ e }} | {#f}"


def hostile(conference: Conference, words: str) -> Conference:
    """Return the conference with this text in every field that content provides."""
    delivery = Delivery(Status.DELIVERED, words, words, date(2035, 5, 1))
    speeches = {slug: replace(speech, unit=words, topic=words, delivery=delivery)
                for slug, speech in conference.speeches.items()}
    assignments = tuple(replace(each, unit=words, topic=words) for each in conference.plan.assignments)
    slots = (Slot(0, 0, words, words, "", Place("a")), Slot(0, 5, words, words, "", Place("a")),
             Slot(5, 9, words, words, SECOND, Place("a")))
    letterhead = replace(conference.plan.letterhead, parent_body=words, issuing_body=words)
    assert conference.report
    return replace(conference, speeches=speeches, report=replace(conference.report, delivery=delivery),
                   plan=replace(conference.plan, assignments=assignments, subject=words, letterhead=letterhead),
                   agenda=replace(conference.agenda, slots=slots))


@pytest.mark.parametrize("table", [Table.AGENDA, Table.SPEECHES, Table.PROGRESS, Table.UNITS])
@pytest.mark.parametrize("words", [HOSTILE, "Sở A\n\n- <b>Sở B</b>\n\n<!-- bang: tien-do -->"])
def test_words_of_content_are_shown_and_never_obeyed_in_tables(fabricated: Reading, make: Make,
                                                               fabricated_settings: Settings,
                                                               table: Table, words: str) -> None:
    made = make(hostile(fabricated.conference, words))
    root = rendering.parse(shown(made, f"<!-- bang: {table} -->\n", fabricated_settings))
    assert not list(root.iter("script", "img", "strong", "code", "b", "li"))
    assert len(list(root.iter("table"))) == 1
    texts = [plain(cell) for cell in root.iter("td")]
    assert sum(" ".join(words.split()) in text for text in texts) >= 3


def test_words_of_content_are_shown_and_never_obeyed_in_openings(fabricated: Reading, make: Make) -> None:
    conference = hostile(fabricated.conference, HOSTILE)
    made = make(conference)
    assert conference.report
    parts = dict.fromkeys(("number", "issued_on", "title", "subject", "body", "recipients", "signature"), "<p>a</p>")
    for html, count in ((made.speech_opening(conference.speeches[SECOND]), 4),
                        (made.report_opening(conference.report), 3),
                        (made.official(conference.plan, parts), 2)):
        root = rendering.parse(html)
        assert not list(root.iter("script", "img"))
        assert plain(root).count(HOSTILE) == count


# --- Openings --------------------------------------------------------------------------------
def test_opening_of_a_speech_tells_what_stands_above_it(fabricated: Reading, make: Make) -> None:
    root = rendering.parse(make(fabricated.conference).speech_opening(fabricated.conference.speeches[SECOND]))
    assert [plain(element) for element in root.iter("p", "h1", "li")] == [
        "Tham luận số 2",
        "Công tác đào tạo, bồi dưỡng nhân viên xe thư viện; xây dựng chương trình học gắn với thực hành tại điểm dừng",
        "Trường Cao đẳng Đọc sách", "Người trình bày: Lý Thị Bìa Cứng, Hiệu trưởng Trường Cao đẳng Đọc sách",
        "12 phút", "Đã nộp"]


def test_opening_of_an_outline_says_that_it_is_one(fabricated: Reading, make: Make) -> None:
    speech = fabricated.conference.speeches["ban-to-chuc-de-an-thi-xa-ben-mo"]
    root = rendering.parse(make(fabricated.conference).speech_opening(speech))
    assert [plain(element) for element in root.iter("li")][1:] == ["Người trình bày: […]", "10 phút", "Đề cương"]
    assert "chưa phải bài của đơn vị" in plain(root)


def test_opening_of_a_speech_outside_the_plan_says_so(fabricated: Reading, make: Make) -> None:
    speech = fabricated.conference.speeches["hoi-nguoi-yeu-sach-gia-dinh"]
    opening = rendering.parse(make(fabricated.conference).speech_opening(speech))
    assert "Tham luận số 5 (ngoài phân công)" in plain(opening)


@pytest.mark.parametrize(("delivery", "facts"), [
    (Delivery(Status.APPROVED, "Lê Văn Kệ", "Giám đốc"), ["Người trình bày: Lê Văn Kệ, Giám đốc", "Đã duyệt"]),
    (Delivery(Status.DELIVERED, "Lê Văn Kệ"), ["Người trình bày: Lê Văn Kệ", "Đã nộp"]),
    (Delivery(Status.OUTLINE), ["Người trình bày: […]", "Đề cương"]),
])
def test_opening_of_the_report_tells_its_subject_presenter_and_status(fabricated: Reading, make: Make,
                                                                      delivery: Delivery,
                                                                      facts: list[str]) -> None:
    assert fabricated.conference.report
    root = rendering.parse(make(fabricated.conference).report_opening(replace(fabricated.conference.report,
                                                                           delivery=delivery)))
    assert [plain(element) for element in root.iter("li")] == facts
    assert plain(root).startswith("Tổng kết 03 năm thực hiện Đề án Thư viện lưu động")
    assert ("Đề cương gợi ý" in plain(root)) is (delivery.status is Status.OUTLINE)


# --- Templates -------------------------------------------------------------------------------
def test_template_that_names_something_unknown_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{{ khong_co }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        fragments.environment(tmp_path).get_template("a.html").render()


def test_templates_escape_and_write_dates_and_times_the_vietnamese_way(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("{{ day | date }} {{ 450 | clock }} {{ span(450, 470) }} {{ words }}",
                                     encoding="utf-8")
    made = fragments.environment(tmp_path).get_template("a.html").render(day=date(2035, 2, 5), words="<b>")
    assert made == "05/02/2035 7h30 7h30\xa0- 7h50 &lt;b&gt;"


def test_templates_are_compiled_anew_each_time_where_no_place_is_safe(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    (tmp_path / "a.html").write_text("{{ 1 + 1 }}", "utf-8")
    monkeypatch.setattr(os, "getuid", lambda: 10**6)  # a folder of another user than the one that Jinja would use
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "_jinja2-cache-1000000").mkdir()
    assert fragments.compiled_templates() is None
    assert fragments.environment(tmp_path).get_template("a.html").render() == "2"


@pytest.mark.parametrize("table", schema.KEY_TABLES)
def test_the_guide_shows_each_key_in_a_row(fabricated: Reading, make: Make, fabricated_settings: Settings,
                                           table: Table) -> None:
    markdown = make(fabricated.conference).with_rules(f"# A\n\n<!-- bang: {table} -->\n\nChữ.\n")
    shown = cells(rendering.serialise(rendering.finish(rendering.render(markdown, fabricated_settings))))
    assert [row[0] for row in shown[1:]] == list(schema.KEY_TABLES[table])
    assert [row[1] for row in shown[1:]] == [key.meaning.replace("`", "") for key in schema.KEY_TABLES[table]]
