"""Impossible, misspelt and contradictory dates are reported; numbers, times and fractions are not."""

import pytest

from proceedings import schema
from proceedings.checks.engine.registry import CHECKS
from proceedings.problems import Severity
from telling import problems, told, with_plan, with_text, with_time

NO_DATES = ("số 12/2034/NĐ-CP, 21/2019/NĐ-CP, 1/2 ngày, 45/60, 8h00 - 8h10, 8 giờ 30, Điều 5, 0912.345.678, "
            "192.168.1.1, phiên bản 1.31.2, số 32/13/2004 phố Mẫu, "
            "tỷ lệ 3/4, 31/13/04, Quốc lộ 2, khoản 2 Điều 103, 99/99/9999/QĐ, "
            "TCVN 6909:2001, QCVN 18-2021, mã 31-02-2024, thửa 45/31")


# --- Impossible dates -----------------------------------------------------------------
@pytest.mark.parametrize("wrong", [
    "31/02/2035", "31/4/2035", "29/02/2035", "32/5/2035", "05/13/2035", "00/5/2035", "31/6", "30/02", "15/15",
    "ngày 31 tháng 4 năm 2035", "ngày 31 tháng 9", "ngày 30 tháng 02 năm 2035", "31-02-2035", "31.02.2035",
])
def test_impossible_date_is_told(wrong: str) -> None:
    (message,) = told("ngay-khong-co", f"Họp {'' if wrong.startswith('ngày') else 'ngày '}{wrong}.")
    assert message == f'"{wrong}" không phải ngày có thật; hãy đối chiếu với văn bản gốc rồi sửa lại.'


@pytest.mark.parametrize("wrong", ["13/2035", "0/2035", "13 năm 2035"])
def test_impossible_month_is_told(wrong: str) -> None:
    (message,) = told("ngay-khong-co", f"Từ tháng {wrong} đến nay")
    assert message.startswith(f'"{wrong}" ')


@pytest.mark.parametrize("text", [
    NO_DATES, "ngày 29/02/2036, 29/02, 31/12/2035, 28/02/2035; ngày 31 tháng 12 năm 2034", "`31/02/2035`",
    "trong 13 tháng năm 2035; ngày 01/5",
    "Lễ hội ngày 30/02 âm lịch; ngày 30/2/2035 (âm lịch); ngày 30 tháng 02 âm lịch",
    "Văn bia dựng ngày 30 tháng 2 năm Giáp Thìn",
])
def test_real_dates_and_other_numbers_are_not_told(text: str) -> None:
    assert told("ngay-khong-co", text) == []


def test_a_day_that_the_lunar_calendar_has_not_is_told() -> None:
    assert told("ngay-khong-co", "Lễ hội ngày 31/02 âm lịch.")


def test_line_of_a_date_in_a_long_paragraph_is_told() -> None:
    assert [each.line for each in problems(with_text("Một.\nHai.\nNgày 31/4/2035."), "ngay-khong-co")] == [3]


def test_impossible_date_blocks_but_not_in_the_plan() -> None:
    assert [each.severity for each in problems(with_text("31/4/2035"), "ngay-khong-co")] == [Severity.BLOCKING]
    conference = with_plan("ngày 14/6/2032", "ngày 31/6/2032")
    assert [each.severity for each in problems(conference, "ngay-khong-co", schema.PLAN)] == [Severity.ADVISORY]


# --- How dates are written --------------------------------------------------------------
@pytest.mark.parametrize(("wrong", "right"), [
    ("5/4/2035", "05/4/2035"), ("05/04/2035", "05/4/2035"), ("22/2/2035", "22/02/2035"), ("1/1/2035", "01/01/2035"),
    ("15/06/2035", "15/6/2035"), ("ngày 5 tháng 04 năm 2035", "ngày 05 tháng 4 năm 2035"),
    ("Ngày 22 Tháng 2 Năm 2035", "Ngày 22 Tháng 02 Năm 2035"), ("ngày 4 tháng 4", "ngày 04 tháng 4"),
    ("2032-2035", "2032 - 2035"), ("2032–2035", "2032 - 2035"),
])
def test_misspelt_date_is_told(wrong: str, right: str) -> None:
    (message,) = told("cach-viet-ngay", f"Từ {wrong} trở đi")
    assert message == f'"{wrong}" viết chưa đúng cách; hãy sửa thành "{right}".'


@pytest.mark.parametrize(("text", "right"), [
    ("ngày 5/6", "05/6"), ("ngày 05/06", "05/6"), ("ngày 1/2", "01/02"), ("tháng 2/2035", "02/2035"),
    ("tháng 07/2035", "7/2035"), ("tháng 03 năm 2035", "3 năm 2035"), ("ngày 22-02-2035", "22/02/2035"),
    ("ngày 5.4.2035", "05/4/2035"),
])
def test_misspelt_part_is_told_behind_its_word(text: str, right: str) -> None:
    (message,) = told("cach-viet-ngay", f"Vào {text} họp")
    assert message.endswith(f'hãy sửa thành "{right}".')


@pytest.mark.parametrize("text", [
    NO_DATES, "05/4/2035, 22/02/2035, 31/12/2035, 01/01/2035, ngày 05 tháng 4 năm 2035, ngày 30/4, tháng 7/2035",
    "tháng 02/2035; 2032 - 2035; từ năm 2032 đến 2035; tháng 10 năm 2035",
    "ngày tháng 4 năm 2035", "ngày 31/04/2035", "`5/4/2035`",
    "Kế hoạch 05-KH/TU, số 2019-2024/KH, điện thoại 0203-2035-2036, 2032-2035-2036",
])
def test_well_written_dates_and_other_numbers_are_left_alone(text: str) -> None:
    assert told("cach-viet-ngay", text) == []


def test_date_of_delivery_is_a_field_with_rules_of_its_own() -> None:
    text = "---\ntrang-thai: da-nop\nngay-nop: 5/04/2035\nchuc-vu: Trưởng ban từ 5/4/2034\n---\n"
    assert [each.line for each in problems(with_text(text), "cach-viet-ngay")] == [4]


def test_the_plans_own_way_is_advice_to_its_issuer() -> None:
    (problem,) = problems(with_plan("ngày 14/6/2032", "ngày 14/06/2032"), "cach-viet-ngay", schema.PLAN)
    assert problem.message == ('"14/06/2032" viết chưa đúng cách. Kế hoạch giữ nguyên văn; nếu cơ quan ban hành '
                               'đồng ý thì cần sửa "14/06/2032" thành "14/6/2032".')


# --- Weekdays ---------------------------------------------------------------------------
@pytest.mark.parametrize("text", [
    "sáng thứ Hai, ngày 19/6/2035", "sáng thứ hai ngày 19/6/2035", "8h00 thứ hai, 19/6/2035", "(thứ 2, ngày 19/6/2035)",
    "thứ Tư, ngày 19 tháng 6 năm 2035", "ngày 19/6/2035 (thứ hai)", "ngày 19/6/2035, thứ Sáu",
    "Chủ nhật, ngày 19/6/2035",
    "chủ nhật 19/6/2035", "ngày 19/6/2035, Chủ nhật", "19/6/2035 (Thứ 7)", "vào thứ bảy ngày 19/6/2035",
    "Thứ Năm 19/6/2035",
])
def test_wrong_weekday_is_told(text: str) -> None:
    (message,) = told("thu-khong-khop-ngay", f"Họp {text}.")
    assert "sai thứ (ngày 19/6/2035 là thứ Ba, không phải " in message
    assert "thứ Ba" in message.rpartition("; hãy sửa thành ")[2]


@pytest.mark.parametrize("text", [
    "sáng thứ Ba, ngày 19/6/2035", "thứ ba (19/6/2035)", "(thứ 3, ngày 19/6/2035)", "ngày 19/6/2035 (thứ ba)",
    "Chủ nhật, ngày 17/6/2035", "Kỳ họp thứ hai, ngày 19/6/2035", "Kỳ họp thứ Hai, ngày 19/6/2035",
    "lần thứ Tư ngày 19/6/2035", "Phiên họp toàn thể thứ Hai, ngày 19/6/2035", "Vòng thứ Tư, ngày 19/6/2035",
    "Ngày thứ Hai (19/6/2035): thảo luận", "Ngày làm việc thứ Hai, 19/6/2035",
    "Buổi thứ Hai, ngày 19/6/2035", "Tuần thứ Hai, ngày 19/6/2035", "Kỳ họp chuyên đề Thứ Năm, ngày 19/6/2035",
    "Thứ hai, ngày 19/6/2035, Sở đã mở điểm", "ngày 19/6/2035, thứ hai là việc này", "sáng thứ Hai hằng tuần",
    "thứ Hai, ngày 31/6/2035", "thứ Năm, năm 2035", "hạng thứ hai 19/6/2035",
])
def test_right_weekdays_and_counting_are_not_told(text: str) -> None:
    assert told("thu-khong-khop-ngay", f"Họp. {text}") == []


def test_what_is_quoted_has_its_bracket() -> None:
    (message,) = told("thu-khong-khop-ngay", "Sáng thứ Hai (19/6/2035) họp.")
    assert message.startswith('"thứ Hai (19/6/2035)" ')
    assert message.endswith('"thứ Ba (19/6/2035)".')


def test_wrong_weekday_blocks_but_not_in_the_plan() -> None:
    conference = with_plan("từ 8 giờ 00 ngày 20/6/2035", "từ 8 giờ 00 thứ Hai, ngày 20/6/2035")
    assert [each.severity for each in problems(conference, "thu-khong-khop-ngay", schema.PLAN)] == [Severity.ADVISORY]
    (problem,) = problems(with_text("thứ Hai, ngày 20/6/2035"), "thu-khong-khop-ngay")
    assert problem.severity is Severity.BLOCKING


# --- The plan's deadlines -----------------------------------------------------------------
TIME = "Tổ chức 1/2 ngày, từ 8 giờ 00 ngày 20/6/2035."


@pytest.mark.parametrize(("time", "deadline"), [
    (TIME, "20/6/2035"), (TIME, "25/6/2035"), ("dự kiến tháng 6/2035.", "01/6/2035"),
    ("dự kiến tuần 2 tháng 6/2035.", "08/6/2035"), ("dự kiến tuần 1 tháng 6/2035.", "15/7/2035"),
])
def test_deadline_not_before_the_conference_is_told(time: str, deadline: str) -> None:
    conference = with_plan("**25/5/2035**", deadline)
    conference = with_time(conference, time)
    (problem,) = problems(conference, "thoi-han-sai-thu-tu", schema.PLAN)
    assert problem.message.startswith(f"Thời hạn {deadline} không ở trước thời gian Hội nghị ({time.rstrip('.')})")
    assert problem.severity is Severity.ADVISORY


@pytest.mark.parametrize(("time", "deadline"), [
    (TIME, "19/6/2035"), ("dự kiến tháng 6/2035.", "31/5/2035"), ("dự kiến tuần 2 tháng 6/2035.", "07/6/2035"),
    ("chưa rõ ngày.", "31/12/2035"),
])
def test_deadline_before_the_conference_is_not_told(time: str, deadline: str) -> None:
    conference = with_time(with_plan("**25/5/2035**", deadline), time)
    assert problems(conference, "thoi-han-sai-thu-tu", schema.PLAN) == []


def test_deadline_before_the_plan_was_issued_is_told() -> None:
    (problem,) = problems(with_plan("**15/5/2035**", "04/4/2035"), "thoi-han-sai-thu-tu", schema.PLAN)
    assert problem.message.startswith("Thời hạn 04/4/2035 ở trước ngày ban hành Kế hoạch")
    assert problems(with_plan("**15/5/2035**", "05/4/2035"), "thoi-han-sai-thu-tu", schema.PLAN) == []


@pytest.mark.parametrize("task", [
    "Báo cáo kết quả Hội nghị", "Sau khi kết thúc Hội nghị, báo cáo", "Thanh toán, quyết toán kinh phí", "Gửi kết luận",
])
def test_what_follows_from_the_conference_is_due_after_it(task: str) -> None:
    conference = with_plan("- Cử đại biểu đúng thành phần", f"- {task} trước ngày 30/6/2035; cử đại biểu")
    assert problems(conference, "thoi-han-sai-thu-tu", schema.PLAN) == []


# --- The conference's own date ----------------------------------------------------------------
@pytest.mark.parametrize("text", [
    "Hội nghị tổng kết được tổ chức ngày 21/6/2035.", "Hội nghị khai mạc lúc 8h00 ngày 20 tháng 7 năm 2035.",
    "Hội nghị diễn ra tại Phòng đọc lớn, ngày 20/6/2036.",
])
@pytest.mark.parametrize("path", [schema.HOME, schema.AGENDA])
def test_another_date_on_an_organisers_page_is_told(text: str, path: str) -> None:
    (message,) = told("ngay-hoi-nghi-khac", text, path)
    assert "khác chỗ khác (ngày 20/6/2035); hãy" in message


@pytest.mark.parametrize("text", [
    "Hội nghị tổng kết được tổ chức ngày 20/6/2035.", "Hội nghị cấp huyện tổ chức ngày 10/5/2035.",
    "Hội nghị đã tổ chức ngày 10/5/2035.", "Các huyện họp hội nghị ngày 10/5/2035.",
    "Tài liệu Hội nghị gửi ngày 10/5/2035.",
    "Hội nghị được tổ chức. Ngày 10/5/2035 là hạn gửi bài.",
])
def test_the_same_date_and_other_conferences_are_not_told(text: str) -> None:
    assert told("ngay-hoi-nghi-khac", text, schema.HOME) == []


def test_two_pages_that_disagree_within_the_plans_month_are_told() -> None:
    conference = with_time(with_plan("Giả Định, ngày 20 tháng 6 năm 2035", "Giả Định, ngày tháng 6 năm 2035"),
                                "dự kiến tuần 3 tháng 6/2035.")
    conference = with_text("Hội nghị họp ngày 19/6/2035.", schema.HOME, conference)
    assert list(CHECKS["ngay-hoi-nghi-khac"].problems(conference)) == []
    conference = with_text("Hội nghị họp ngày 20/6/2035.", schema.AGENDA, conference)
    (problem,) = CHECKS["ngay-hoi-nghi-khac"].problems(conference)
    assert problem.message == "Ngày Hội nghị ở đây là 20/6/2035, khác chỗ khác (ngày 19/6/2035); hãy ghi thống nhất."


def test_a_day_outside_the_plans_week_is_told() -> None:
    conference = with_time(with_plan("Giả Định, ngày 20 tháng 6 năm 2035", "Giả Định, ngày tháng 6 năm 2035"),
                                "dự kiến tuần 1 tháng 6/2035.")
    conference = with_text("Hội nghị họp ngày 14/6/2035.", schema.HOME, conference)
    assert len(list(CHECKS["ngay-hoi-nghi-khac"].problems(conference))) == 1


@pytest.mark.parametrize("footer", ["ngày 21 tháng 6 năm 2035", "ngày tháng 7 năm 2035", "ngày tháng năm 2036"])
def test_backdrop_of_another_time_is_told_at_its_line(footer: str) -> None:
    conference = with_plan("Giả Định, ngày 20 tháng 6 năm 2035", f"Giả Định, {footer}")
    (problem,) = CHECKS["ngay-hoi-nghi-khac"].problems(conference)
    lines = conference.documents[schema.PLAN].lines
    assert footer in lines[problem.line - 1]
    assert problem.severity is Severity.ADVISORY
