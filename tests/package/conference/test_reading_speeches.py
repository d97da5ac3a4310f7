"""Reading of speech files: number, unit and topic from the plan, other fields from the file."""

from datetime import date

import pytest

from proceedings.conference.model import Blank, Delivery, Speech
from proceedings.conference.reading import Reading
from proceedings.conference.reading.faults import FRONT_MATTER, MISSING_KEY, UNKNOWN_KEY, Faults
from proceedings.conference.reading.fields import check_values
from proceedings.conference.reading.speeches import read_speeches, speech_path
from proceedings.problems import Place, Problem
from proceedings.schema import SPEECH_KEYS, Status, is_speech
from proceedings.text import source

FIRST, SECOND = "so-sach-va-thu-tich", "truong-cao-dang-doc-sach"
OUTLINE = "trang-thai: de-cuong"
EXTRA = (OUTLINE, "ngoai-phan-cong: co", "don-vi: Hội Mẫu", "noi-dung: Việc mẫu.")


def read(fabricated: Reading, **files: tuple[str, ...]) -> tuple[dict[str, Speech], tuple[Problem, ...]]:
    """Read some speech files under the fabricated plan, given by their front matter (`_` for `-`)."""
    paths = {speech_path(name.replace("_", "-")): lines for name, lines in files.items()}
    documents = {path: source.parse(path, "\n".join(["---", *lines, "---", "", "Có […].", ""]))
                 for path, lines in paths.items()}
    faults = Faults()
    for path, document in documents.items():
        check_values(document.front_matter, Place(f"docs/{path}"), SPEECH_KEYS, faults)
    return read_speeches(documents, fabricated.conference.plan, "docs", 10, faults), faults.problems


@pytest.mark.parametrize(("path", "speech"), [
    ("tham-luan/so-mau.md", True), ("tham-luan/So Mau.md", True), ("tham-luan/index.md", False),
    ("tham-luan/so-mau/nhap.md", False), ("tham-luan/so-mau.txt", False), ("tham-luan/so-mau.MD", True),
    ("ke-hoach.md", False),
    ("phu-luc/tham-luan/so-mau.md", False),
])
def test_speech_is_a_page_directly_in_its_folder(path: str, speech: bool) -> None:
    assert is_speech(path) is speech


def test_file_of_a_speech_is_named_after_its_unit() -> None:
    assert speech_path("so-mau") == "tham-luan/so-mau.md"
    assert is_speech(speech_path("so-mau"))


def test_assigned_speech_takes_number_unit_topic_and_deadline_from_the_plan(fabricated: Reading) -> None:
    speeches, problems = read(fabricated, truong_cao_dang_doc_sach=(
        "trang-thai: da-nop", "nguoi-trinh-bay: Lê Văn Kệ", "chuc-vu: Hiệu trưởng", "ngay-nop: 05/5/2035", "phut: 12"))
    speech = speeches[SECOND]
    assert problems == ()
    assert (speech.number, speech.slug, speech.unit, speech.assigned) == (2, SECOND, "Trường Cao đẳng Đọc sách", True)
    assert speech.topic.startswith("Công tác đào tạo, bồi dưỡng nhân viên xe thư viện;")
    assert speech.deadline == date(2035, 5, 25)
    assert speech.delivery == Delivery(Status.DELIVERED, "Lê Văn Kệ", "Hiệu trưởng", date(2035, 5, 5))
    assert speech.minutes == 12
    assert speech.blanks == (Blank("[…]", 8 + 1),)
    assert speech.path == f"tham-luan/{SECOND}.md"


def test_speech_lasts_as_long_as_the_agenda_says_unless_it_says_so_itself(fabricated: Reading) -> None:
    speeches, _ = read(fabricated, so_sach_va_thu_tich=(OUTLINE,), truong_cao_dang_doc_sach=(OUTLINE, "phut: 12"))
    assert [speech.minutes for speech in speeches.values()] == [10, 12]


def test_speeches_stand_in_the_plans_order_with_the_extras_behind(fabricated: Reading) -> None:
    speeches, problems = read(fabricated, a_hoi=EXTRA, truong_cao_dang_doc_sach=(OUTLINE,),
                              so_sach_va_thu_tich=(OUTLINE,),
                              b_hoi=EXTRA)
    assert problems == ()
    assert [(speech.number, slug) for slug, speech in speeches.items()] == [(1, FIRST), (2, SECOND), (5, "a-hoi"),
                                                                            (6, "b-hoi")]


def test_absent_speech_leaves_its_number_free(fabricated: Reading) -> None:
    speeches, _ = read(fabricated, truong_cao_dang_doc_sach=(OUTLINE,), hoi_mau=EXTRA)
    assert [speech.number for speech in speeches.values()] == [2, 5]


def test_extra_speech_names_unit_and_topic_itself(fabricated: Reading) -> None:
    speeches, problems = read(fabricated, hoi_mau=EXTRA)
    speech = speeches["hoi-mau"]
    assert problems == ()
    assert (speech.unit, speech.topic, speech.assigned) == ("Hội Mẫu", "Việc mẫu", False)
    assert speech.deadline == date(2035, 5, 25)  # that of "Các sở, ban, ngành"


def test_file_that_claims_nothing_is_no_speech(fabricated: Reading) -> None:
    speeches, problems = read(fabricated, hoi_mau=(OUTLINE,))
    assert (speeches, problems) == ({}, ())


@pytest.mark.parametrize(("line", "key"), [("don-vi: Sở Khác", "don-vi"), ("noi-dung: Việc khác", "noi-dung"),
                                           ("ngoai-phan-cong: co", "ngoai-phan-cong")])
def test_assigned_speech_may_not_repeat_what_the_plan_says(fabricated: Reading, line: str, key: str) -> None:
    speeches, problems = read(fabricated, so_sach_va_thu_tich=(OUTLINE, line))
    assert [(problem.path, problem.line, problem.rule) for problem in problems] == [
        (f"docs/tham-luan/{FIRST}.md", 3, UNKNOWN_KEY.id)]
    assert f"Khóa \"{key}\" chỉ dùng cho tham luận ngoài kế hoạch" in problems[0].message
    assert "(dòng 118)" in problems[0].message
    assert speeches[FIRST].unit == "Sở Sách và Thư tịch"


@pytest.mark.parametrize(("lines", "rule", "message"), [
    ((OUTLINE, "ngoai-phan-cong: có", "don-vi: A", "noi-dung: B"), FRONT_MATTER.id, "chỉ nhận giá trị \"co\""),
    ((OUTLINE, "ngoai-phan-cong:", "don-vi: A", "noi-dung: B"), FRONT_MATTER.id, "chỉ nhận giá trị \"co\""),
    ((OUTLINE, "ngoai-phan-cong: co", "noi-dung: B"), MISSING_KEY.id, "cần khóa \"don-vi\""),
    ((OUTLINE, "ngoai-phan-cong: co", "don-vi: A"), MISSING_KEY.id, "cần khóa \"noi-dung\""),
    ((OUTLINE, "ngoai-phan-cong: co", "don-vi:", "noi-dung: B"), MISSING_KEY.id, "cần khóa \"don-vi\""),
    ((OUTLINE, "don-vi: '***'", "ngoai-phan-cong: co", "noi-dung: B"), FRONT_MATTER.id,
     "\"don-vi: ***\" không có chữ cái nào"),
])
def test_extra_speech_that_says_too_little_is_told(fabricated: Reading, lines: tuple[str, ...], rule: str,
                                                   message: str) -> None:
    speeches, problems = read(fabricated, hoi_mau=lines)
    assert [(problem.line, problem.rule) for problem in problems] == [(3, rule)]
    assert message in problems[0].message
    assert list(speeches) == ["hoi-mau"]


@pytest.mark.parametrize(("lines", "rule"), [
    (("chuc-vu: x",), MISSING_KEY.id), (("trang-thai: xong",), FRONT_MATTER.id),
    ((OUTLINE, "ngay-nop: 31/2/2035"), FRONT_MATTER.id),
    ((OUTLINE, "phut: lâu"), FRONT_MATTER.id),
])
def test_faults_of_its_own_front_matter_are_told_at_its_file(fabricated: Reading, lines: tuple[str, ...],
                                                             rule: str) -> None:
    _, problems = read(fabricated, so_sach_va_thu_tich=lines)
    assert [(problem.path, problem.rule) for problem in problems] == [(f"docs/tham-luan/{FIRST}.md", rule)]


def test_speeches_of_the_fabricated_conference(fabricated: Reading) -> None:
    speeches = fabricated.conference.speeches
    assert [(s.number, s.slug, s.delivery.status, s.delivery.delivered_on, s.deadline, s.minutes, s.assigned, s.late)
            for s in speeches.values()] == [
        (1, FIRST, Status.APPROVED, date(2035, 5, 22), date(2035, 5, 25), 15, True, False),
        (2, SECOND, Status.DELIVERED, date(2035, 5, 14), date(2035, 5, 25), 12, True, False),
        (3, "ban-to-chuc-de-an-huyen-doi-gio", Status.DELIVERED, date(2035, 5, 21), date(2035, 5, 15), 10, True, True),
        (4, "ban-to-chuc-de-an-thi-xa-ben-mo", Status.OUTLINE, None, date(2035, 5, 15), 10, True, False),
        (5, "hoi-nguoi-yeu-sach-gia-dinh", Status.DELIVERED, date(2035, 5, 13), date(2035, 5, 25), 10, False, False)]
    assert [len(speech.blanks) for speech in speeches.values()] == [0, 0, 0, 16, 0]
