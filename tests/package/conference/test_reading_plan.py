"""Reading of the plan into typed fields, with faults at their lines."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from conftest import CONFERENCE
from proceedings.conference.model import Agency, Backdrop, Chair, ConferenceTime, Letterhead, Plan, Signature, Task
from proceedings.conference.reading import Reading
from proceedings.conference.reading import faults as rules
from proceedings.conference.reading.faults import Faults
from proceedings.conference.reading.plan import conference_time, read_plan, unit_deadline
from proceedings.problems import Place, Problem
from proceedings.schema import Anchor
from proceedings.text import source
from proceedings.text.language.dates import PartialDate

TEXT = (CONFERENCE / "docs" / "ke-hoach.md").read_text(encoding="utf-8")
PATH = "docs/ke-hoach.md"


def read(text: str) -> tuple[Plan, tuple[Problem, ...]]:
    faults = Faults()
    return read_plan(source.parse("ke-hoach.md", text), "docs", faults), faults.problems


def edited(old: str, new: str) -> tuple[Plan, tuple[Problem, ...]]:
    """Read the fabricated plan with some words replaced."""
    assert TEXT.count(old) == 1
    return read(TEXT.replace(old, new))


# --- Every field of the fabricated plan -----------------------------------------------
def test_plan_is_read_without_a_fault(fabricated: Reading) -> None:
    assert read(TEXT) == (fabricated.conference.plan, ())


FIELDS: dict[str, object] = {
    "letterhead": Letterhead("UBND TỈNH GIẢ ĐỊNH", "BAN TỔ CHỨC ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG", "12", "KH-BTC", "Giả Định",
                             PartialDate(2035, 4, 5)),
    "kind": "KẾ HOẠCH",
    "subject": "Tổng kết 03 năm thực hiện Đề án Thư viện lưu động",
    "enacting": "Ban Tổ chức Đề án Thư viện lưu động tỉnh Giả Định ban hành Kế hoạch tổng kết 03 năm thực hiện Đề án "
                "Thư viện lưu động, như sau:",
    "time": ConferenceTime("Tổ chức 1/2 ngày, từ 8 giờ 00 ngày 20/6/2035", Fraction(1, 2), provisional=False,
                           year=2035, month=6, week=None, day=date(2035, 6, 20)),
    "venue": "Phòng đọc lớn, Thư viện tỉnh Giả Định",
    "chair": Chair("Đồng chí Vũ Thị Trang Vàng, Phó Chủ tịch UBND tỉnh, Trưởng Ban Tổ chức Đề án Thư viện lưu động",
                   "Vũ Thị Trang Vàng",
                   ("Phó Chủ tịch UBND tỉnh", "Trưởng Ban Tổ chức Đề án Thư viện lưu động")),
    "guests": ("Đại diện Hội đồng Văn hóa đọc liên tỉnh", "Đại diện Ban Văn hóa Hội đồng nhân dân tỉnh Giả Định",
               "Các nhà xuất bản đã tặng sách cho Đề án", "Đại diện bạn đọc nhỏ tuổi của 06 huyện, thị xã"),
    "backdrop": Backdrop(("UBND TỈNH GIẢ ĐỊNH", "BAN TỔ CHỨC ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG"), "HỘI NGHỊ",
                         ("TỔNG KẾT 03 NĂM", "THỰC HIỆN ĐỀ ÁN", "THƯ VIỆN LƯU ĐỘNG"),
                         "Giả Định, ngày 20 tháng 6 năm 2035"),
    "form": "Hội nghị họp tập trung tại một điểm, không truyền trực tuyến.",
    "recipients": ("Hội đồng Văn hóa đọc liên tỉnh", "Thường trực HĐND tỉnh", "Chủ tịch, các Phó Chủ tịch UBND tỉnh",
                   "Thành viên Ban Tổ chức Đề án", "UBND các huyện, thị xã", "Lưu: VT, ĐA (Mận)"),
    "signature": Signature(("TM. BAN TỔ CHỨC ĐỀ ÁN", "TRƯỞNG BAN", "PHÓ CHỦ TỊCH UBND TỈNH"), "Vũ Thị Trang Vàng"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_field_is_read(fabricated: Reading, name: str) -> None:
    assert getattr(fabricated.conference.plan, name) == FIELDS[name]


LONG_FIELDS = {
    "bases": (3, "Căn cứ Nghị quyết số 18/2032/NQ-HĐND ngày 12/02/2032", "giai đoạn 2032 - 2035."),
    "purpose": (1, "Nhìn lại đầy đủ những việc đã làm", "kéo dài Đề án."),
    "requirements": (3, "Số liệu trình bày phải được đối chiếu", "lịch chạy của các xe thư viện."),
    "content": (1, "Tổng hợp kết quả phục vụ bạn đọc", "cho giai đoạn tiếp theo."),
    "summoned": (3, "Thành viên Ban Tổ chức Đề án theo Quyết định số 310/QĐ-UBND", "một nhân viên xe thư viện"),
    "method": (1, "Nghe báo cáo chung và các tham luận;", "giao việc ngay tại Hội nghị."),
    "other_units": (1, "Các sở, ban, ngành còn lại căn cứ", "một việc phải sửa)."),
    "closing": (1, "Nhận được Kế hoạch này,", "để được hướng dẫn./."),
}


@pytest.mark.parametrize("name", LONG_FIELDS)
def test_long_field_is_read_from_its_first_word_to_its_last(fabricated: Reading, name: str) -> None:
    value = getattr(fabricated.conference.plan, name)
    parts = (value,) if isinstance(value, str) else value
    count, first, last = LONG_FIELDS[name]
    assert (len(parts), parts[0].startswith(first), parts[-1].endswith(last)) == (count, True, True)


def test_agencies_are_read_with_their_tasks(fabricated: Reading) -> None:
    agencies = fabricated.conference.plan.agencies
    assert [(agency.number, agency.name, agency.note, len(agency.tasks), agency.deadline, agency.place.line)
            for agency in agencies] == [
        (1, "Thư viện tỉnh Giả Định", "(cơ quan thường trực Ban Tổ chức Đề án)", 4, None, 96),
        (2, "Các sở, ban, ngành", "", 2, date(2035, 5, 25), 103),
        (3, "Thành viên Ban Tổ chức Đề án, Tổ giúp việc Đề án", "", 1, None, 108),
        (4, "Ban Tổ chức Đề án huyện, thị xã", "", 2, date(2035, 5, 15), 111)]
    assert agencies[1].tasks[1] == Task(
        "Cử đại biểu đúng thành phần; chuẩn bị sẵn câu trả lời cho những kiến nghị thuộc lĩnh vực phụ trách.", None,
        Place(PATH, 106))
    assert agencies[2].tasks[0].text == (
        "Theo dõi địa bàn được phân công, góp ý vào dự thảo báo cáo chung và dự Hội nghị đầy đủ.")


def test_assignments_are_read_with_their_deadlines(fabricated: Reading) -> None:
    assignments = fabricated.conference.plan.assignments
    assert [(each.number, each.unit, each.slug, each.deadline, each.place) for each in assignments] == [
        (1, "Sở Sách và Thư tịch", "so-sach-va-thu-tich", date(2035, 5, 25), Place(PATH, 118)),
        (2, "Trường Cao đẳng Đọc sách", "truong-cao-dang-doc-sach", date(2035, 5, 25), Place(PATH, 119)),
        (3, "Ban Tổ chức Đề án huyện Đồi Gió", "ban-to-chuc-de-an-huyen-doi-gio", date(2035, 5, 15), Place(PATH, 120)),
        (4, "Ban Tổ chức Đề án thị xã Bến Mơ", "ban-to-chuc-de-an-thi-xa-ben-mo", date(2035, 5, 15), Place(PATH, 121))]
    assert assignments[2].topic == "Công tác duy trì điểm dừng ở vùng đồi cao, đường dốc"


# --- Each field made unreadable in turn ---------------------------------------------------
@pytest.mark.parametrize("anchor", Anchor)
def test_absent_anchor_is_one_fault_that_says_where_it_belongs(anchor: Anchor) -> None:
    mark = next(mark for mark in (f"{{#{anchor}}}", f"{{: #{anchor} }}") if mark in TEXT)
    _, problems = edited(mark, mark.replace(anchor, "khac"))
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [(PATH, 1, rules.PLAN.id)]
    assert f"thiếu neo #{anchor} " in problems[0].message
    assert f"{{#{anchor}}} sau tiêu đề" in problems[0].message
    assert f"{{: #{anchor} }} ở dòng ngay dưới" in problems[0].message


def between(start: str, end: str) -> str:
    """Return the fabricated plan's text between two strings."""
    return TEXT.partition(start)[2].partition(end)[0]


PURPOSE = between("{#muc-dich}", "### 2. Yêu cầu")
REQUIREMENTS = between("{#yeu-cau}", "## II.")
CONTENT = between("{#noi-dung}", "## III.")
GUESTS = between("{#khach-moi}", "#### b)")
SUMMONED = between("{#trieu-tap}", "#### c)")
METHOD = between("{#phuong-phap}", "## V.")
TASKS = between("{#to-chuc-thuc-hien}", "## VI.")
ASSIGNMENTS = between("{#phan-cong-tham-luan}", "Các sở, ban, ngành còn lại")
RECIPIENTS = between("{: #noi-nhan }", "**TM.")
BACKDROP = between("{#ma-ket}", "## IV.")

UNREADABLE: dict[str, tuple[str, str, int, str]] = {
    "number: no label": ("Số: 12/KH-BTC", "12/KH-BTC", 1, "Không đọc được số, ký hiệu"),
    "number: no symbol": ("Số: 12/KH-BTC", "Số: 12/", 1, "chưa có số thì \"Số: /KH-…\""),
    "issued on: no place": ("Giả Định, ngày 05 tháng 4 năm 2035", "Ngày 05 tháng 4 năm 2035", 4,
                            "địa danh, ngày ban hành"),
    "issued on: no year": ("Giả Định, ngày 05 tháng 4 năm 2035", "Giả Định, ngày 05 tháng 4", 4,
                           "địa danh, ngày ban hành"),
    "issued on: no such day": ("ngày 05 tháng 4 năm 2035", "ngày 31 tháng 4 năm 2035", 4, "địa danh, ngày ban hành"),
    "purpose": (PURPOSE, "\n\n", 24, "Mục \"1. Mục đích\" không có chữ nào"),
    "requirements": (REQUIREMENTS, "\n\n", 28, "Mục \"2. Yêu cầu\" không có chữ nào"),
    "content": (CONTENT, "\n\n", 34, "Mục \"II. NỘI DUNG\" không có chữ nào"),
    "time: no label": ("1\\. Thời gian: Tổ chức", "1\\. Tổ chức", 40, "Không đọc được thời gian hội nghị"),
    "time: nothing": ("Tổ chức 1/2 ngày, từ 8 giờ 00 ngày 20/6/2035.", "", 40, "Không đọc được thời gian hội nghị"),
    "time: a full stop": ("Tổ chức 1/2 ngày, từ 8 giờ 00 ngày 20/6/2035.", ".", 40,
                          "Không đọc được thời gian hội nghị"),
    "time: no date": ("từ 8 giờ 00 ngày 20/6/2035", "thông báo sau", 40, "tuần 1 tháng 7/2024"),
    "time: no such day": ("ngày 20/6/2035", "ngày 31/6/2035", 40, "Không đọc được thời gian hội nghị"),
    "venue": ("Phòng đọc lớn, Thư viện tỉnh Giả Định.\n{", "\n{", 43, "Không đọc được địa điểm"),
    "chair: no label": ("Chủ trì Hội nghị: Đồng chí", "Đồng chí", 48, "Không đọc được đồng chí chủ trì"),
    "chair: nobody": ("Đồng chí Vũ Thị Trang Vàng, Phó", "Đồng chí, Phó", 48, "họ tên đồng chí chủ trì"),
    "guests": (GUESTS, "\n\n", 51, "\"a) Đại biểu, khách mời\" không có chữ nào"),
    "summoned": (SUMMONED, "\n\n", 58, "\"b) Đại biểu triệu tập\" không có chữ nào"),
    "backdrop: nothing": (BACKDROP, "\n\n", 72, "Không đọc được ma kết"),
    "form": ("Hội nghị họp tập trung tại một điểm, không truyền trực tuyến.", "", 87, "Không đọc được hình thức"),
    "method": (METHOD, "\n\n", 90, "\"2. Phương pháp\" không có chữ nào"),
    "tasks: no agency": (TASKS, "\n\nĐược giao sau.\n\n", 94, "\"V. TỔ CHỨC THỰC HIỆN\" không có cơ quan nào"),
    "tasks: no task": (between("{#ban-chi-dao-cap-huyen}", "## VI."), "\n\n", 111,
                       "\"Ban Tổ chức Đề án huyện, thị xã\" không có nhiệm vụ nào"),
    "tasks: no such day": ("trước ngày **25/5/2035**", "trước ngày **32/5/2035**", 105,
                           "\"32/5/2035\" không phải ngày có thật"),
    "assignments: none": (ASSIGNMENTS, "\n\n", 116, "không có đơn vị nào"),
    "assignments: no colon": ("2. Trường Cao đẳng Đọc sách:", "2. Trường Cao đẳng Đọc sách -", 119,
                              "cần viết \"Đơn vị: nội dung\""),
    "assignments: no topic": ("Công tác duy trì điểm dừng ở vùng đồi cao, đường dốc.", "", 120,
                              "cần viết \"Đơn vị: nội dung\""),
    "assignments: no unit": ("3. Ban Tổ chức Đề án huyện Đồi Gió:", "3. :", 120, "cần viết \"Đơn vị: nội dung\""),
    "assignments: twice": ("4. Ban Tổ chức Đề án thị xã Bến Mơ:", "4. Sở Sách và thư tịch:", 121,
                           "được phân công hai lần (trước đó ở dòng 118)"),
    "assignments: no letters": ("3. Ban Tổ chức Đề án huyện Đồi Gió:", "3. […]:", 120, "\"[…]\" không có chữ cái nào"),
    "assignments: signs": ("3. Ban Tổ chức Đề án huyện Đồi Gió:", "3. - / -:", 120, "hãy ghi tên đơn vị"),
    "assignments: figures": ("3. Ban Tổ chức Đề án huyện Đồi Gió:", "3. 12:", 120, "không có chữ cái nào"),
    "assignments: another script": ("3. Ban Tổ chức Đề án huyện Đồi Gió:", "3. 雲南:", 120, "không có chữ cái nào"),
    "recipients": (RECIPIENTS, "\n\n", 129, "Không đọc được nơi nhận"),
    "signature": (TEXT.partition("Lưu: VT, ĐA (Mận).")[2], "\n\n**TRƯỞNG BAN**\n{: #chu-ky }\n", 139,
                  "Không đọc được chữ ký"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable_field_is_one_fault_at_its_line(name: str) -> None:
    old, new, line, message = UNREADABLE[name]
    _, problems = edited(old, new)
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [(PATH, line, rules.PLAN.id)]
    assert message in problems[0].message


def test_each_wrong_part_is_told_where_it_is() -> None:
    text = TEXT.replace("Số: 12/KH-BTC", "Số 12").replace("2. Trường Cao đẳng Đọc sách:", "2. Trường Cao đẳng Đọc sách")
    assert [problem.line for problem in read(text)[1]] == [1, 119]


# --- Head of the document ---------------------------------------------------------------
@pytest.mark.parametrize(("text", "number", "symbol"), [
    ("Số: /KH-BTC", "", "KH-BTC"), ("Số:     /KH-BTC", "", "KH-BTC"), ("Số:12/KH-BTC", "12", "KH-BTC"),
    ("Số: 12a/KH-BTC", "12a", "KH-BTC"), ("Số: 07 / KH-UBND", "07", "KH-UBND"),
    ("Số: 12-KH/TU", "12-KH", "TU"), ("Số: -KH/TU", "", "TU"),
])
def test_number_may_still_be_blank(text: str, number: str, symbol: str) -> None:
    plan, problems = edited("Số: 12/KH-BTC", text)
    assert (plan.letterhead.number, plan.letterhead.symbol, problems) == (number, symbol, ())


@pytest.mark.parametrize(("text", "place", "day"), [
    ("Giả Định, ngày tháng năm 2035", "Giả Định", PartialDate(2035)),
    ("Giả Định, ngày      tháng 4 năm 2035", "Giả Định", PartialDate(2035, 4)),
    ("TP. Giả Định, ngày 05 tháng 4 năm 2035", "TP. Giả Định", PartialDate(2035, 4, 5)),
])
def test_day_of_issue_may_still_be_blank(text: str, place: str, day: PartialDate) -> None:
    plan, problems = edited("Giả Định, ngày 05 tháng 4 năm 2035", text)
    assert (plan.letterhead.issued_at, plan.letterhead.issued_on, problems) == (place, day, ())


def test_letterhead_takes_bodies_from_front_matter_before_the_backdrop() -> None:
    plan, problems = read(f"---\nco-quan-chu-quan: A\nco-quan-ban-hanh: B\n---\n\n{TEXT}")
    assert (plan.letterhead.parent_body, plan.letterhead.issuing_body, problems) == ("A", "B", ())


def test_letterhead_of_a_body_on_its_own_has_no_parent() -> None:
    plan, problems = edited("UBND TỈNH GIẢ ĐỊNH<br>\nBAN TỔ CHỨC", "BAN TỔ CHỨC")
    assert (plan.letterhead.parent_body, plan.letterhead.issuing_body) == ("", "BAN TỔ CHỨC ĐỀ ÁN THƯ VIỆN LƯU ĐỘNG")
    assert problems == ()


# --- Sections as paragraphs or under headings ---------------------------------------------
@pytest.mark.parametrize(("old", "new", "field", "value"), [
    ("2\\. Địa điểm: Phòng đọc lớn, Thư viện tỉnh Giả Định.\n{: #dia-diem }",
     "### 2. Địa điểm {#dia-diem}\n\nHội trường A.", "venue", "Hội trường A"),
    ("1\\. Tổ chức: Hội nghị họp tập trung tại một điểm, không truyền trực tuyến.\n{: #to-chuc }",
     "### 1. Tổ chức {#to-chuc}\n\nHọp tập trung.\n\n- Một buổi.", "form", "Họp tập trung.\nMột buổi."),
])
def test_value_stands_behind_its_label_or_under_its_heading(old: str, new: str, field: str, value: str) -> None:
    plan, problems = edited(old, new)
    assert (getattr(plan, field), problems) == (value, ())


def test_list_of_guests_loses_the_stops_between_its_entries() -> None:
    plan, _ = edited("- Đại diện Hội đồng Văn hóa đọc liên tỉnh.", "- Đại diện Hội đồng;")
    assert plan.guests[0] == "Đại diện Hội đồng"


def test_footnotes_are_no_part_of_bases_or_signature() -> None:
    text = TEXT.replace("kéo dài Đề án.", "kéo dài Đề án.[^1]").replace("Thực hiện Kế hoạch",
                                                                        "[^1]: Chú thích.\n\nThực hiện Kế hoạch")
    plan, problems = read(text)
    assert problems == ()
    assert [base[:8] for base in plan.bases] == ["Căn cứ N", "Căn cứ Q", "Thực hiệ"]
    assert plan.signature.name == "Vũ Thị Trang Vàng"


def test_signature_of_two_lines_is_whole() -> None:
    foot = TEXT.partition("Lưu: VT, ĐA (Mận).")[2]
    plan, problems = edited(foot, "\n\n**TRƯỞNG BAN<br>\nVũ Thị Trang Vàng**\n{: #chu-ky }\n")
    assert (plan.signature, problems) == (Signature(("TRƯỞNG BAN",), "Vũ Thị Trang Vàng"), ())


# --- Time -----------------------------------------------------------------------------------
PROVISIONAL = "Tổ chức 1/2 ngày, dự kiến tuần 1 tháng 7/2031 (thời gian cụ thể thông báo sau)."


@pytest.mark.parametrize(("text", "days", "year", "month", "week", "day"), [
    (PROVISIONAL, Fraction(1, 2), 2031, 7, 1, None),
    ("cả ngày 05/7/2031", None, 2031, 7, None, date(2031, 7, 5)),
    ("ngày 05 tháng 7 năm 2031", None, 2031, 7, None, date(2031, 7, 5)),
    ("Tháng 7/2031.", None, 2031, 7, None, None),
    ("Dự kiến tháng 02 năm 2031", None, 2031, 2, None, None),
    ("Tuần 3 tháng 12/2031", None, 2031, 12, 3, None),
    ("02 ngày, từ 05/7/2031", Fraction(2), 2031, 7, None, date(2031, 7, 5)),
    ("1/2 ngày 05/7/2031", Fraction(1, 2), 2031, 7, None, date(2031, 7, 5)),
    ("ngày tháng 7 năm 2031", None, 2031, 7, None, None),
    ("thông báo sau", None, None, None, None, None),
])
def test_time_is_as_exact_as_its_words(text: str, days: Fraction | None, year: int | None, month: int | None,
                                       week: int | None, day: date | None) -> None:
    provisional = text.startswith(("Tổ chức", "Dự kiến"))
    assert conference_time(text) == ConferenceTime(text.rstrip("."), days, provisional, year, month, week, day)


@pytest.mark.parametrize("text", [
    "từ 8 giờ 00 ngày 20/6/2035", "1/0 ngày, 20/6/2035", "1/00 ngày, 20/6/2035", "1,5 ngày, 20/6/2035",
    "ngày 20/6/2035",
])
def test_no_length_is_read_where_none_is_given(text: str) -> None:
    assert conference_time(text).days is None
    assert conference_time(text).day == date(2035, 6, 20)


@pytest.mark.parametrize("text", ["tháng 13/2031", "tháng 0/2031", "31/02/2031", "năm 2031"])
def test_impossible_month_or_day_is_none(text: str) -> None:
    time = conference_time(text)
    assert (time.year, time.month, time.day) == (None, None, None)


def test_provisional_time_is_no_fault() -> None:
    plan, problems = edited("từ 8 giờ 00 ngày 20/6/2035", "dự kiến tuần 1 tháng 7/2031")
    assert problems == ()
    assert plan.time
    assert (plan.time.provisional, plan.time.week, plan.time.day) == (True, 1, None)


# --- Backdrop -------------------------------------------------------------------------------
@pytest.mark.parametrize(("footer", "found"), [
    ("\n\nGiả Định, ngày tháng 6 năm 2035", "Giả Định, ngày tháng 6 năm 2035"), ("", ""),
])
def test_backdrop_may_leave_its_day_or_its_footer_out(footer: str, found: str) -> None:
    plan, problems = edited("\n\nGiả Định, ngày 20 tháng 6 năm 2035", footer)
    assert problems == ()
    assert plan.backdrop.name == ("TỔNG KẾT 03 NĂM", "THỰC HIỆN ĐỀ ÁN", "THƯ VIỆN LƯU ĐỘNG")
    assert plan.backdrop.footer == found


def test_backdrop_may_spread_the_name_over_paragraphs() -> None:
    plan, problems = edited("TỔNG KẾT 03 NĂM<br>\n", "TỔNG KẾT 03 NĂM\n\n")
    assert (plan.backdrop.name, problems) == (("TỔNG KẾT 03 NĂM", "THỰC HIỆN ĐỀ ÁN", "THƯ VIỆN LƯU ĐỘNG"), ())


# --- Tasks ------------------------------------------------------------------------------------
def agencies_of(tasks: str) -> tuple[Agency, ...]:
    plan, problems = edited(TASKS, f"\n\n{tasks}\n\n")
    assert problems == ()
    return plan.agencies


def test_agency_is_a_heading_or_a_numbered_paragraph() -> None:
    found = agencies_of("### 1. Sở Một (thường trực)\n\n- Việc.\n- Hai việc.\n\n"
                        "2\\. Sở Hai, Sở Ba: Việc: góp ý.\n\nViệc nữa.")
    assert [(agency.number, agency.name, agency.note, [task.text for task in agency.tasks]) for agency in found] == [
        (1, "Sở Một", "(thường trực)", ["Việc.", "Hai việc."]), (2, "Sở Hai, Sở Ba", "", ["Việc: góp ý.", "Việc nữa."])]


def test_agency_under_a_heading_without_a_number_has_none() -> None:
    (found,) = agencies_of("### Sở Một (thường trực)\n\n- Việc.")
    assert (found.number, found.name, found.note) == (0, "Sở Một", "(thường trực)")


@pytest.mark.parametrize("text", ["trước ngày 15/5/2035", "chậm nhất là ngày **15/5/2035**",
                                  "Đến ngày 15/5/2035 phải xong"])
def test_task_has_the_deadline_that_its_words_give(text: str) -> None:
    assert agencies_of(f"### 1. Sở Một\n\n- Gửi báo cáo {text}.")[0].deadline == date(2035, 5, 15)


# --- Deadlines by unit ------------------------------------------------------------------------
def agency(name: str, deadline: date | None) -> Agency:
    place = Place(PATH, 1)
    return Agency(1, name, "", (Task("việc", deadline, place),), place)


OWN, UNITED, GROUP, ALL = (date(2035, 5, day) for day in (1, 8, 15, 25))
STANDING = agency("Thư viện tỉnh", None)
AGENCIES = (STANDING, agency("Các sở, ban, ngành", ALL), agency("Ban Chỉ đạo huyện, thị xã", GROUP),
            agency("Sở Mẫu", OWN), agency("Ban Chỉ đạo tỉnh", None), agency("Hội đồng các huyện", UNITED))


@pytest.mark.parametrize(("unit", "deadline"), [
    ("Sở Mẫu", OWN),
    ("SỞ MẪU", OWN),
    ("Thư viện tỉnh", None),  # it collects the texts itself
    ("Ban Chỉ đạo huyện Đồi Gió", GROUP),
    ("Ban Chỉ đạo thị xã Bến Mơ", GROUP),  # the first three words are equal in both groups: the first group counts
    ("Ban Chỉ đạo tỉnh Giả Định", None),
    ("Ban Chỉ huy cụm", ALL),  # two equal words are not sufficient
    ("Hội đồng huyện Mẫu", UNITED),  # unless they are all words before "các"
    ("Sở Khác", ALL),
    ("", ALL),
])
def test_deadline_is_that_of_the_agency_or_group_a_unit_belongs_to(unit: str, deadline: date | None) -> None:
    assert unit_deadline(unit, AGENCIES) == deadline


@pytest.mark.parametrize("agencies", [(), (STANDING,)])
def test_unit_of_no_group_has_no_deadline(agencies: tuple[Agency, ...]) -> None:
    assert unit_deadline("Sở Khác", agencies) is None


# --- Assignments ------------------------------------------------------------------------------
def test_topic_keeps_its_own_colons_and_loses_its_full_stop() -> None:
    plan, problems = edited("Công tác duy trì điểm dừng ở vùng đồi cao, đường dốc.", "Hai việc: duy trì, mở rộng.")
    assert (plan.assignments[2].topic, problems) == ("Hai việc: duy trì, mở rộng", ())


@pytest.mark.parametrize(("edit", "line", "given", "shown"), [
    (lambda text: text.replace("3. Ban Tổ chức", "4. Ban Tổ chức"), 120, 4, 3),
    (lambda text: text.replace("\n1. Sở Sách", "\n2. Sở Sách"), 118, 2, 1),
])
def test_number_that_readers_would_not_see_is_told(edit: Callable[[str], str], line: int, given: int,
                                                   shown: int) -> None:
    plan, problems = read(edit(TEXT))
    told = [problem for problem in problems if problem.line == line]
    assert len(told) == 1
    assert f"đánh số {given} nhưng trang web và bản in sẽ hiện số {shown}" in told[0].message
    assert [each.number for each in plan.assignments] == [1, 2, 3, 4]


def test_assignments_may_be_marked_with_bullets() -> None:
    plan, problems = read(TEXT.replace(ASSIGNMENTS, "\n\n- Sở Một: Việc một.\n- **Sở Hai**: Việc hai.\n\n"))
    assert problems == ()
    assert [(each.number, each.unit, each.topic) for each in plan.assignments] == [
        (1, "Sở Một", "Việc một"), (2, "Sở Hai", "Việc hai")]


def test_unreadable_assignment_is_left_out_and_keeps_its_number() -> None:
    plan, _ = edited("2. Trường Cao đẳng Đọc sách:", "2. Trường Cao đẳng Đọc sách")
    assert [each.number for each in plan.assignments] == [1, 3, 4]


@pytest.mark.parametrize("text", ["9" * 5_000 + " ngày", "1/" + "0" * 5_000 + "1 ngày", "1/0 ngày",
                                  "9" * 5_000 + "/2 ngày"])
def test_days_that_nobody_can_count_are_none(text: str) -> None:
    assert conference_time(f"{text}, tháng 7/2035").days is None


def test_heading_with_a_number_that_nobody_can_count_is_a_name() -> None:
    name = "9" * 5_000 + ". Sở Mẫu"
    text = f"## V {{#to-chuc-thuc-hien}}\n\n### {name}\n\n- Việc\n"
    plan = read_plan(source.parse("ke-hoach.md", text), "docs", Faults())
    assert [(agency.number, agency.name) for agency in plan.agencies] == [(0, name)]


@pytest.mark.parametrize(("typed", "name", "note"), [
    ("Sở Mẫu (chủ trì)", "Sở Mẫu", "(chủ trì)"), ("Sở Mẫu (a) (b)", "Sở Mẫu", "(a) (b)"),
    ("Sở (a) Mẫu", "Sở (a) Mẫu", ""), ("(a)", "", "(a)"), ("Sở Mẫu )", "Sở Mẫu )", ""), ("Sở ((a)", "Sở", "((a)"),
])
def test_note_of_an_agency_is_what_stands_in_brackets_at_its_end(typed: str, name: str, note: str) -> None:
    text = f"## V {{#to-chuc-thuc-hien}}\n\n### 1. {typed}\n\n- Việc\n"
    (agency,) = read_plan(source.parse("ke-hoach.md", text), "docs", Faults()).agencies
    assert (agency.number, agency.name, agency.note) == (1, name, note)
