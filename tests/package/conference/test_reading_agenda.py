"""Reading of the agenda: durations are given, times are computed."""

from datetime import date

import pytest

from proceedings.conference.model import Agenda, Delivery, Slot, Speech
from proceedings.conference.reading import Reading
from proceedings.conference.reading.agenda import DEFAULT_MINUTES, read_agenda, speech_minutes
from proceedings.conference.reading.faults import AGENDA, FRONT_MATTER, UNKNOWN_KEY, Faults
from proceedings.problems import Place, Problem
from proceedings.schema import Status
from proceedings.text import source

PLACE = Place("docs/chuong-trinh.md")


def speech(number: int, minutes: int = 10) -> Speech:
    name = f"so-{number}"
    return Speech(number, name, f"Sở {number}", f"Việc {number}", date(2035, 5, 25), assigned=True,
                  delivery=Delivery(Status.OUTLINE), minutes=minutes, path=f"tham-luan/{name}.md")


def read(fabricated: Reading, front: str, *speeches: Speech) -> tuple[Agenda, tuple[Problem, ...]]:
    """Return the agenda with this front matter for some speeches, under the fabricated plan."""
    document = source.parse("chuong-trinh.md", f"---\n{front}\n---\n")
    assert document.front_matter_error is None
    faults = Faults()
    by_slug = {each.slug: each for each in speeches}
    return read_agenda(document, PLACE, fabricated.conference.plan, by_slug, faults), faults.problems


def half_day(*items: str) -> str:
    return "\n".join(["bat-dau: 7:30", "ket-thuc: 11:30", "muc:", *items])


# --- Times -----------------------------------------------------------------------
def test_times_add_up_from_the_start(fabricated: Reading) -> None:
    agenda, problems = read(fabricated, half_day("  - noi-dung: Đón tiếp", "    phut: 20", "  - noi-dung: Khai mạc",
                                                 "    phut: 5"))
    assert problems == ()
    assert agenda == Agenda(450, 690, (
        Slot(450, 470, "Đón tiếp", "", "", Place(PLACE.path, 5)),
        Slot(470, 475, "Khai mạc", "", "", Place(PLACE.path, 7))), Place(PLACE.path, 4))


@pytest.mark.parametrize(("text", "minutes"), [("7:30", 450), ("07:30", 450), ("7h30", 450), ("0:00", 0),
                                               ("23:59", 1439)])
def test_clock_is_read_as_people_write_it(fabricated: Reading, text: str, minutes: int) -> None:
    agenda, problems = read(fabricated, f"bat-dau: {text}\nket-thuc: {text}\nmuc: [{{noi-dung: A, phut: 1}}]")
    assert (agenda.start, agenda.end, problems) == (minutes, minutes, ())


@pytest.mark.parametrize("text", ["24:00", "7:60", "7.30", "7", "bảy giờ", "7:5", "", "[7, 30]"])
def test_clock_that_is_none_is_a_fault_at_its_line(fabricated: Reading, text: str) -> None:
    _, problems = read(fabricated, f"ket-thuc: 11:30\nbat-dau: {text}\nmuc: [{{noi-dung: A, phut: 1}}]")
    assert [(problem.line, problem.rule) for problem in problems] == [(3, AGENDA.id)]
    assert "\"bat-dau\"; cần viết như 7:30" in problems[0].message


# --- Items -----------------------------------------------------------------------
@pytest.mark.parametrize(("front", "line", "rule", "message"), [
    ("bat-dau: 7:30\nket-thuc: 11:30", 2, AGENDA.id, "không có mục nào"),
    ("bat-dau: 7:30\nket-thuc: 11:30\nmuc: []", 4, AGENDA.id, "không có mục nào"),
    ("bat-dau: 7:30\nket-thuc: 11:30\nmuc: Đón tiếp", 4, AGENDA.id, "không có mục nào"),
    (half_day("  - Đón tiếp"), 5, AGENDA.id, "Mỗi mục chương trình cần có"),
    (half_day("  - phut: 5"), 5, AGENDA.id, "thiếu \"noi-dung\""),
    (half_day("  - noi-dung:", "    phut: 5"), 5, AGENDA.id, "thiếu \"noi-dung\""),
    (half_day("  - noi-dung: A"), 5, AGENDA.id, "Mục \"A\" cần \"phut\""),
    (half_day("  - noi-dung: A", "    phut: 0"), 6, FRONT_MATTER.id, "không phải số phút"),
    (half_day("  - noi-dung: A", "    phutt: 5", "    phut: 5"), 6, UNKNOWN_KEY.id, "có phải là \"phut\"?"),
    (half_day("  - noi-dung: A", "    thuc-hien: B", "    tham-luan: 2"), 7, AGENDA.id, "\"tham-luan: 2\"; cần một số"),
    (half_day("  - noi-dung: A", "    phut: 5", "    tham-luan: 1"), 6, AGENDA.id, "hãy bỏ \"phut\""),
    (half_day("  - noi-dung: A", "    tham-luan: 2-1"), 6, AGENDA.id, "phạm vi 1-1"),
    (half_day("  - noi-dung: A", "    tham-luan: 0"), 6, AGENDA.id, "phạm vi 1-1"),
    (half_day("  - noi-dung: A", "    tham-luan: tất cả"), 6, AGENDA.id, "\"con-lai\""),
    (half_day("  - noi-dung: A", "    tham-luan: [1]"), 6, AGENDA.id, "cần một số"),
])
def test_item_that_says_nothing_clear_is_a_fault_at_its_line(fabricated: Reading, front: str, line: int, rule: str,
                                                             message: str) -> None:
    _, problems = read(fabricated, front, speech(1))
    told = [problem for problem in problems if "chưa xếp chỗ" not in problem.message]
    assert [(problem.path, problem.line, problem.rule) for problem in told] == [(PLACE.path, line, rule)]
    assert message in told[0].message


def test_item_whose_minutes_cannot_be_read_takes_no_time(fabricated: Reading) -> None:
    agenda, _ = read(fabricated, half_day("  - noi-dung: A", "    phut: lâu", "  - noi-dung: B", "    phut: 5"))
    assert [(slot.start, slot.end) for slot in agenda.slots] == [(450, 450), (450, 455)]


@pytest.mark.parametrize(("by", "name"), [
    ("chu-tri", "Đồng chí Vũ Thị Trang Vàng"), ("thuong-truc", "Thư viện tỉnh Giả Định"),
    ("Ban Tổ chức", "Ban Tổ chức"), ("", ""),
])
def test_who_acts_comes_from_the_plan_or_is_kept_as_written(fabricated: Reading, by: str, name: str) -> None:
    agenda, _ = read(fabricated, half_day("  - noi-dung: A", "    phut: 5", f"    thuc-hien: {by}"))
    assert [slot.by for slot in agenda.slots] == [name]


# --- Speeches ----------------------------------------------------------------------
def placed(agenda: Agenda) -> list[tuple[str, int, int]]:
    return [(slot.speech, slot.start, slot.end) for slot in agenda.slots]


def test_part_of_speeches_has_a_line_of_its_own_and_one_for_each(fabricated: Reading) -> None:
    agenda, problems = read(fabricated, half_day("  - noi-dung: Tham luận", "    tham-luan: 1-2",
                                                 "    thuc-hien: chu-tri"),
                            speech(1), speech(2, minutes=12))
    here = Place(PLACE.path, 5)
    assert problems == ()
    assert agenda.slots == (
        Slot(450, 450, "Tham luận", "Đồng chí Vũ Thị Trang Vàng", "", here),
        Slot(450, 460, "Việc 1", "Sở 1", "so-1", here),
        Slot(460, 472, "Việc 2", "Sở 2", "so-2", here))


@pytest.mark.parametrize(("chosen", "slugs"), [
    (("2", "con-lai"), ["so-2", "so-1", "so-3"]),
    (("1 - 2", "con-lai"), ["so-1", "so-2", "so-3"]),
    (("con-lai",), ["so-1", "so-2", "so-3"]),
    (("1-3", "con-lai"), ["so-1", "so-2", "so-3"]),
])
def test_rest_is_what_no_earlier_item_has_placed(fabricated: Reading, chosen: tuple[str, ...],
                                                 slugs: list[str]) -> None:
    items = [line for text in chosen for line in ("  - noi-dung: A", f"    tham-luan: {text}")]
    agenda, problems = read(fabricated, half_day(*items), speech(1), speech(2), speech(3))
    assert problems == ()
    assert [slot.speech for slot in agenda.slots if slot.speech] == slugs


def test_speech_placed_twice_is_told_and_stays_where_it_is_first(fabricated: Reading) -> None:
    items = ("  - noi-dung: A", "    tham-luan: 1-2", "  - noi-dung: B", "    tham-luan: 2")
    agenda, problems = read(fabricated, half_day(*items), speech(1), speech(2))
    assert placed(agenda) == [("", 450, 450), ("so-1", 450, 460), ("so-2", 460, 470), ("", 470, 470)]
    assert [(problem.line, problem.rule) for problem in problems] == [(7, AGENDA.id)]
    assert "Tham luận số 2 (Sở 2) xếp hai lần" in problems[0].message


def test_speeches_without_a_place_are_told_together(fabricated: Reading) -> None:
    _, problems = read(fabricated, half_day("  - noi-dung: A", "    tham-luan: 2"), speech(1), speech(2), speech(3))
    assert [(problem.line, problem.rule) for problem in problems] == [(4, AGENDA.id)]
    assert "tham luận số 1 (Sở 1), 3 (Sở 3)" in problems[0].message
    assert "tham-luan: con-lai" in problems[0].message


def test_number_without_a_speech_leaves_its_place_empty(fabricated: Reading) -> None:
    agenda, problems = read(fabricated, half_day("  - noi-dung: A", "    tham-luan: 1-3"), speech(1), speech(3))
    assert problems == ()
    assert [slot.speech for slot in agenda.slots] == ["", "so-1", "so-3"]


# --- The whole page ----------------------------------------------------------------
def test_without_a_page_there_is_an_empty_agenda(fabricated: Reading) -> None:
    faults = Faults()
    agenda = read_agenda(None, PLACE, fabricated.conference.plan, {"so-1": speech(1)}, faults)
    assert (agenda, faults.problems) == (Agenda(0, 0, (), PLACE), ())


@pytest.mark.parametrize(("front", "minutes"), [
    ("phut-tham-luan: 8", 8), ("bat-dau: 7:30", DEFAULT_MINUTES), ("phut-tham-luan: tám", DEFAULT_MINUTES),
])
def test_length_of_a_speech_is_the_agendas_or_the_usual_one(front: str, minutes: int) -> None:
    assert speech_minutes(source.parse("chuong-trinh.md", f"---\n{front}\n---\n")) == minutes


def test_length_of_a_speech_without_an_agenda_is_the_usual_one() -> None:
    assert speech_minutes(None) == DEFAULT_MINUTES


def test_half_day_of_the_fabricated_conference(fabricated: Reading) -> None:
    agenda = fabricated.conference.agenda
    assert (agenda.start, agenda.end, agenda.ends) == (480, 690, 687)
    assert [(slot.start, slot.end, slot.title, slot.by) for slot in agenda.slots if not slot.speech] == [
        (480, 495, "Đón tiếp đại biểu, phát kỷ yếu", "Thư viện tỉnh Giả Định"),
        (495, 505, "Tuyên bố lý do, giới thiệu đại biểu", "Thư viện tỉnh Giả Định"),
        (505, 515, "Phát biểu khai mạc", "Đồng chí Vũ Thị Trang Vàng"),
        (515, 540, "Trình bày báo cáo", "Giám đốc Thư viện tỉnh Giả Định"),
        (540, 540, "Trình bày tham luận", ""),
        (567, 582, "Nghỉ giữa giờ, xem xe thư viện mẫu", ""),
        (582, 582, "Trình bày tham luận (tiếp theo)", ""),
        (612, 647, "Thảo luận", "Đại biểu dự Hội nghị"),
        (647, 662, "Phát biểu của khách mời", "Đại diện Hội đồng Văn hóa đọc liên tỉnh"),
        (662, 687, "Kết luận, bế mạc Hội nghị", "Đồng chí Vũ Thị Trang Vàng")]
    assert [(slot.start, slot.end, slot.speech) for slot in agenda.slots if slot.speech] == [
        (540, 555, "so-sach-va-thu-tich"),
        (555, 567, "truong-cao-dang-doc-sach"),
        (582, 592, "ban-to-chuc-de-an-huyen-doi-gio"),
        (592, 602, "ban-to-chuc-de-an-thi-xa-ben-mo"),
        (602, 612, "hoi-nguoi-yeu-sach-gia-dinh")]
