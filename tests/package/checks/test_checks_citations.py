"""Rules on citations: findings in the plan and elsewhere, and exceptions."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CONFERENCE
from proceedings import schema
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference import reading
from proceedings.conference.model import Conference
from proceedings.problems import Problem

SPEECH = "tham-luan/truong-cao-dang-doc-sach.md"
DELIVERED = "---\ntrang-thai: da-nop\nnguoi-trinh-bay: Lý Thị Bìa Cứng\nngay-nop: 14/5/2035\n---\n\n"
OUTLINE = "---\ntrang-thai: de-cuong\n---\n\n"
FULL = ("Quyết định số 99/2032/QĐ-UBND ngày 05/4/2032 của Ủy ban nhân dân tỉnh Giả Định về phê duyệt Đề án Thư viện "
        "lưu động")
KEPT = "Kế hoạch giữ nguyên văn"

Told = Callable[..., list[Problem]]


def register(*rows: str, columns: str = "") -> str:
    """Return the fabricated register with further rows and columns."""
    lines = (CONFERENCE / "docs" / schema.CITED_DOCUMENTS).read_text("utf-8").rstrip("\n").split("\n")
    count = columns.count("|")
    lines = [line + (f" {columns}" if line.startswith("| Loại") else (" --- |" if "---" in line else " |") * count)
             if line.startswith("|") else line for line in lines]
    return "\n".join((*lines, *rows)) + "\n"


@pytest.fixture
def conference_with(tmp_path: Path) -> Callable[[dict[str, str]], Conference]:
    """The fabricated conference with some files replaced."""

    def read(files: dict[str, str]) -> Conference:
        docs = tmp_path / "docs"
        shutil.copytree(CONFERENCE / "docs", docs, dirs_exist_ok=True)
        for path, text in files.items():
            (docs / path).write_text(text, "utf-8")
        return reading.read_conference(docs).conference

    return read


@pytest.fixture
def told(conference_with: Callable[[dict[str, str]], Conference]) -> Told:
    """Return a rule's messages for texts of some files; for the speech unless a path is given."""

    def find(rule: str, words: str = "", *, delivered: bool = False, at: str = SPEECH,
             files: dict[str, str] | None = None) -> list[Problem]:
        speech = {SPEECH: (DELIVERED if delivered else OUTLINE) + words + "\n"} if words else {}
        problems = CHECKS[rule].problems(conference_with({**speech, **(files or {})}))
        return [problem for problem in problems if problem.path == f"docs/{at}"]

    return find


def plan(old: str, new: str) -> dict[str, str]:
    text = (CONFERENCE / "docs" / schema.PLAN).read_text("utf-8")
    assert old in text
    return {schema.PLAN: text.replace(old, new, 1)}


# --- Missing from the register -----------------------------------------------------------------
@pytest.mark.parametrize(("words", "hint"), [
    ("Quyết định số 99/2032/QD-UBND", "có phải là 99/2032/QĐ-UBND?"),
    ("Quyết định số 99/2032-QĐ/UBND", ""),
    ("Nghị quyết số 18-NQ/HĐND", "có phải là 18/2032/NQ-HĐND?"),
    ("Quyết định số 98/2032/QĐ-UBND ngày 05/4/2032", "có phải là 99/2032/QĐ-UBND?"),
    ("Quyết định số 21/2033/QĐ-TTg", "có phải là 21/2033/QĐ-UBND?"),
])
def test_a_missing_document_is_told_with_the_one_meant(told: Told, words: str, hint: str) -> None:
    assert [hint in problem.message for problem in told("van-ban-ngoai-bang", words)] == [True] * bool(hint)


@pytest.mark.parametrize("words", [
    "Quyết định số 98/2034/QĐ-UBND", "Kế hoạch số 46/KH-UBND ngày 01/01/2034",
])
def test_no_document_is_guessed_where_none_is_near(told: Told, words: str) -> None:
    assert ["?" in problem.message for problem in told("van-ban-ngoai-bang", words)] == [False]


@pytest.mark.parametrize("words", [
    FULL, "Kế hoạch số 12/KH-BTC", "theo 98/2034/QĐ-UBND", "Mẫu số 01/BC-TK", "`Quyết định số 98/2034/QĐ-UBND`",
    "Kế hoạch số /KH-BTC", "Quyết định số 99/2032/QĐ - UBND", "biển số 12/AB-345",
])
def test_what_the_register_has_or_none_needs_is_not_missing(told: Told, words: str) -> None:
    assert told("van-ban-ngoai-bang", words) == []


def test_a_topic_in_the_front_matter_cites_as_other_words_do(told: Told) -> None:
    extra = ("---\ntrang-thai: de-cuong\nngoai-phan-cong: co\ndon-vi: Hội Mẫu\n"
             "noi-dung: Thực hiện Quyết định số 98/2034/QĐ-UBND\n---\n\n[…]\n")
    path = f"{schema.SPEECH_FOLDER}/hoi-mau.md"
    assert [problem.line for problem in told("van-ban-ngoai-bang", at=path, files={path: extra})] == [5]


def test_the_plans_own_number_needs_no_row(told: Told) -> None:
    without = register().replace("| Kế hoạch | 12/KH-BTC |", "| Kế hoạch | 13/KH-BTC |")
    assert told("van-ban-ngoai-bang", "Kế hoạch số 12/KH-BTC", files={schema.CITED_DOCUMENTS: without}) == []


def test_what_the_plan_cites_is_missing_from_the_register_not_wrong_in_the_plan(told: Told) -> None:
    files = plan("Quyết định số 21/2033/QĐ-UBND", "Quyết định số 22/2033/QĐ-UBND")
    assert told("van-ban-ngoai-bang", at=schema.PLAN, files=files) == []
    problem, = told("van-ban-ngoai-bang", at=schema.CITED_DOCUMENTS, files=files)
    assert problem.line == 1
    assert "\"Quyết định số 22/2033/QĐ-UBND\" ở dòng 15" in problem.message


def test_a_row_that_cannot_be_read_is_not_missing_as_well(told: Told) -> None:
    broken = register("| Quyết định | 98/2034/QĐ-UBND | | |")
    assert told("van-ban-ngoai-bang", "Quyết định số 98/2034/QĐ-UBND",
                files={schema.CITED_DOCUMENTS: broken}) == []
    assert told("van-ban-ngoai-bang", "Quyết định số 98/2034/QĐ-UBND",
                files={schema.CITED_DOCUMENTS: "# Văn bản\n"}) == []


@pytest.mark.parametrize("row", ["| Luật | 59/2034/QH16 | 22/02/2034 | Quốc hội | Thư viện |",
                                 "| Luật | 59/2034/QH16 | 22/02/2034 | Quốc hội | Về Luật Thư viện |"])
def test_a_law_of_the_register_is_cited_by_its_name(told: Told, row: str) -> None:
    files = {schema.CITED_DOCUMENTS: register(row)}
    assert told("luat-ngoai-bang", "Luật Thư viện năm 2034", files=files) == []
    for words, count in (("Luật thư viện; Kế hoạch số 46/KH-SSTT", 0), ("Kế hoạch số 46/KH-SSTT", 1)):
        assert len(told("van-ban-khong-vien-dan", words, at=schema.CITED_DOCUMENTS, files=files)) == count


# --- Differences from the register --------------------------------------------------------------------
def test_two_documents_of_one_number_are_told_apart(told: Told) -> None:
    files = {schema.CITED_DOCUMENTS: register("| Kế hoạch | 46/KH-SSTT | 01/3/2033 | Hội Mẫu | Về việc khác |")}
    for words in ("ngày 20/02/2034 của Sở Sách và Thư tịch", "ngày 01/3/2033 của Hội Mẫu", "của Hội Mẫu"):
        for rule in ("vien-dan-khac-bang", "vien-dan-can-doi-chieu"):
            assert told(rule, f"Kế hoạch số 46/KH-SSTT {words}", files=files) == []
    assert len(told("vien-dan-khac-bang", "Kế hoạch số 46/KH-SSTT ngày 02/3/2033", files=files)) == 1


def test_a_day_that_no_calendar_has_is_a_fault_of_its_own(told: Told) -> None:
    for day, count in (("31/02/2032", 0), ("06/4/2032", 1)):
        assert len(told("vien-dan-khac-bang", f"Quyết định số 99/2032/QĐ-UBND ngày {day}")) == count


def test_a_list_of_several_kinds_under_one_is_no_contradiction(told: Told) -> None:
    words = "Các Quyết định số 99/2032/QĐ-UBND, số 07/NQ-HĐND"
    assert told("vien-dan-khac-bang", words) == []
    assert len(told("vien-dan-khac-bang", words.replace("số 07", "Quyết định số 07"))) == 1


@pytest.mark.parametrize(("old", "new"), [
    ("ngày 05/4/2032 của", "ngày 06/4/2032 của"),
    ("Căn cứ Quyết định số 99", "Căn cứ Nghị quyết số 99"),
])
def test_what_the_plan_has_otherwise_does_not_block(told: Told, old: str, new: str) -> None:
    files = plan(old, new)
    assert told("vien-dan-khac-bang", at=schema.PLAN, files=files) == []
    problem, = told("vien-dan-can-doi-chieu", at=schema.PLAN, files=files)
    assert problem.message.startswith("Kế hoạch ")
    assert KEPT in problem.message


@pytest.mark.parametrize("words", [
    "của Ủy ban nhân dân tỉnh Giả Định", "của UBND tỉnh Giả Định", "của UBND tỉnh", "của tỉnh", "của Ủy ban", "",
    "của UBND tỉnh về phê duyệt Đề án", "của UBND tỉnh phê duyệt Đề án Thư viện lưu động", "về cơ bản đã xong",
    "của UBND tỉnh về phê duyệt Đề án; việc khác", "của […] về phê duyệt Đề án", "của UBND tỉnh đã quy định rõ",
    "của UBND tỉnh về phê duyệt Đề án được thực hiện tốt", "của chúng tôi",
])
def test_a_shorter_or_other_way_to_say_it_is_no_contradiction(told: Told, words: str) -> None:
    assert told("vien-dan-can-doi-chieu", f"Quyết định số 99/2032/QĐ-UBND {words}") == []


@pytest.mark.parametrize(("words", "said"), [
    ("của Ủy ban nhân dân huyện Đồi Gió về", "Ủy ban nhân dân huyện Đồi Gió"),
    ("của Chủ tịch Ủy ban nhân dân tỉnh Giả Định", "Chủ tịch Ủy ban nhân dân tỉnh Giả Định"),
    ("của Hội đồng nhân dân tỉnh giao việc", "Hội đồng nhân dân tỉnh"),
    ("của Bộ Thư tịch đã nêu", "Bộ Thư tịch"),
])
def test_another_issuer_is_told_by_its_name(told: Told, words: str, said: str) -> None:
    problem, = told("vien-dan-can-doi-chieu", f"Quyết định số 99/2032/QĐ-UBND {words}.")
    assert f"ghi là của \"{said}\" nhưng" in problem.message


@pytest.mark.parametrize("subject", [
    "về phê duyệt Đề cương Thư viện lưu động", "về phê duyệt Thư viện lưu động", "về phê duyệt lại Đề án Thư viện",
])
def test_a_subject_with_a_word_changed_dropped_or_added_is_told(told: Told, subject: str) -> None:
    problem, = told("vien-dan-can-doi-chieu", f"Quyết định số 99/2032/QĐ-UBND của UBND tỉnh {subject} đã nêu.")
    assert "Trích yếu" in problem.message
    assert problem.message.endswith(f"hãy viết \"{FULL}\".")


def test_a_row_whose_number_is_of_another_kind_is_told(told: Told) -> None:
    files = {schema.CITED_DOCUMENTS: register("| Quyết định | 98/KH-UBND | 22/02/2034 | UBND | Về việc |",
                                              "| Quy định | 97/QĐ-UBND | 22/02/2034 | UBND | Về việc |",
                                              "| Công văn | 96/UBND-VX | 22/02/2034 | UBND | Về việc |",
                                              "| Sổ tay | 95/QĐ-UBND | 22/02/2034 | UBND | Về việc |")}
    problems = told("vien-dan-can-doi-chieu", at=schema.CITED_DOCUMENTS, files=files)
    assert [("98/KH-UBND" in problem.message, "Kế hoạch" in problem.message) for problem in problems] == [(True, True)]


# --- Notation -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", [
    FULL, "Quyết định số 99/2032/QĐ-UBND", "theo 99/2032/QĐ-UBND", "QUYẾT ĐỊNH SỐ 99/2032/QĐ-UBND", "Nghị quyết 19.",
    "các Quyết định số 99/2032/QĐ-UBND, 310/QĐ-UBND", "Quyết định số: 99/2032/QĐ-UBND", "Quyết định 99 việc.",
    "Kế hoạch số …/KH-UBND",
])
def test_a_right_form_is_passed_over(told: Told, words: str) -> None:
    assert told("vien-dan-sai-cach", words) == []


def test_a_number_that_two_documents_may_be_is_not_guessed(told: Told) -> None:
    files = {schema.CITED_DOCUMENTS: register("| Quyết định | 99/QĐ-UBND | 01/3/2033 | Hội Mẫu | Về việc khác |")}
    assert told("vien-dan-sai-cach", "Quyết định 99.", files=files) == []
    assert len(told("vien-dan-sai-cach", "Quyết định 99.")) == 1


def test_in_the_plan_the_right_form_is_offered_only(told: Told) -> None:
    problem, = told("vien-dan-sai-cach", at=schema.PLAN,
                    files=plan("theo Quyết định số 310/QĐ-UBND", "theo Quyết định 310/QĐ-UBND"))
    assert KEPT in problem.message
    assert problem.message.endswith("cần sửa thành \"Quyết định số 310/QĐ-UBND\".")


# --- First and later mentions ------------------------------------------------------------------------
def test_an_outline_is_not_asked_for_full_citations(told: Told) -> None:
    short = "Quyết định số 99/2032/QĐ-UBND"
    for rule, words in (("vien-dan-lan-dau", short), ("vien-dan-lan-sau", f"{FULL}. {FULL}.")):
        assert told(rule, words) == []
        assert len(told(rule, words, delivered=True)) == 1


@pytest.mark.parametrize("words", [
    FULL, f"{FULL}; Quyết định số 99/2032/QĐ-UBND", "## Quyết định số 99/2032/QĐ-UBND",
    "| A |\n|---|\n| Quyết định số 99/2032/QĐ-UBND |", "Sổ ghi 99/2032/QĐ-UBND", "Kế hoạch số 12/KH-BTC",
    "Luật số 59/2034/QH16",
    "Ủy ban nhân dân tỉnh ban hành Quyết định số 99/2032/QĐ-UBND ngày 05/4/2032 về phê duyệt Đề án Thư viện lưu động",
    "Quyết định số 99/2032/QĐ-UBND của UBND tỉnh, ngày 05/4/2032, phê duyệt Đề án Thư viện lưu động",
    "Hướng dẫn số 05/HD-SSTT ngày 28/10/2032 của Sở Sách và Thư tịch tỉnh Giả Định về quy trình luân chuyển sách",
])
def test_a_first_mention_that_says_enough(told: Told, words: str) -> None:
    law = {schema.CITED_DOCUMENTS: register("| Luật | 59/2034/QH16 | 22/02/2034 | Quốc hội | Thư viện |")}
    assert told("vien-dan-lan-dau", words, delivered=True, files=law) == []


@pytest.mark.parametrize(("words", "lacking"), [
    ("Quyết định số 99/2032/QĐ-UBND của UBND tỉnh về phê duyệt Đề án Thư viện lưu động", "thiếu ngày;"),
    ("Quyết định số 99/2032/QĐ-UBND ngày 05/4/2032 về phê duyệt Đề án Thư viện lưu động", "thiếu cơ quan ban hành;"),
    ("Quyết định số 99/2032/QĐ-UBND ngày 05/4/2032 của UBND tỉnh", "thiếu trích yếu;"),
    ("Quyết định số 99/2032/QĐ-UBND ngày 05/4/2032 của UBND tỉnh phê bình nhiều nơi", "thiếu trích yếu;"),
    ("Quyết định số 99/2032/QĐ-UBND", "thiếu ngày, cơ quan ban hành, trích yếu;"),
])
def test_what_a_first_mention_lacks_is_named(told: Told, words: str, lacking: str) -> None:
    problem, = told("vien-dan-lan-dau", f"{words}.\n\n{words}.", delivered=True)
    assert lacking in problem.message
    assert problem.message.endswith(f"hãy viết \"{FULL}\".")


def test_a_title_is_copied_with_the_citation_in_it(told: Told) -> None:
    outer = "| Thông tư | 41/2034/TT-BTT | 31/3/2034 | Bộ Thư tịch | Về một số điều của Quyết định số 99/2032/QĐ-UBND |"
    files = {schema.CITED_DOCUMENTS: register(outer), **plan(
        "Tổng kết 03 năm thực hiện Đề án Thư viện lưu động", f"Tổng kết 03 năm thực hiện {FULL}")}
    words = ("Thông tư số 41/2034/TT-BTT ngày 31/3/2034 của Bộ Thư tịch về một số điều của Quyết định số "
             f"99/2032/QĐ-UBND.\n\nTheo {FULL}.\n\nHội nghị tổng kết 03 năm thực hiện {FULL}.")
    for rule in ("vien-dan-lan-dau", "vien-dan-lan-sau"):
        assert told(rule, words, delivered=True, files=files) == []
    assert len(told("vien-dan-lan-sau", f"{words}\n\nViệc thực hiện {FULL}.", delivered=True, files=files)) == 1


# --- Effect -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("time", "ended", "count"), [
    ("ngày 20/6/2035", "20/6/2035", 1), ("ngày 20/6/2035", "21/6/2035", 0),
    ("tháng 6/2035", "01/6/2035", 1), ("tháng 6/2035", "02/6/2035", 0),
])
def test_what_may_still_have_effect_on_the_day_is_passed_over(told: Told, time: str, ended: str, count: int) -> None:
    row = f"| Kế hoạch | 61/KH-SSTT | 05/4/2034 | Sở Sách và Thư tịch | Về việc mẫu | {ended} |"
    files = {schema.CITED_DOCUMENTS: register(row, columns="Hết hiệu lực |"),
             **plan("từ 8 giờ 00 ngày 20/6/2035", time)}
    assert len(told("van-ban-het-hieu-luc", "Kế hoạch số 61/KH-SSTT", files=files)) == count


def test_without_a_known_day_nothing_is_out_of_effect(told: Told) -> None:
    row = "| Kế hoạch | 61/KH-SSTT | 05/4/2034 | Sở Sách và Thư tịch | Về việc mẫu | 05/5/2034 |"
    files = {schema.CITED_DOCUMENTS: register(row, columns="Hết hiệu lực |"),
             **plan("từ 8 giờ 00 ngày 20/6/2035", "báo sau")}
    assert told("van-ban-het-hieu-luc", "Kế hoạch số 61/KH-SSTT", files=files) == []


def test_the_plan_is_not_told_to_cite_another_document(told: Told) -> None:
    text = register(columns="Hết hiệu lực |").replace("Về định mức bổ sung sách cho thư viện lưu động | |",
                        "Về định mức bổ sung sách cho thư viện lưu động | 01/01/2035 |")
    problem, = told("van-ban-het-hieu-luc", at=schema.PLAN, files={schema.CITED_DOCUMENTS: text})
    assert KEPT in problem.message
    assert "viện dẫn văn bản" not in problem.message


# --- Size ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("piece", [
    "số 1/", "Quyết định số 99/2032/QĐ-UBND ngày ", "Quyết định số 98/QĐ-UBND, ", f"{FULL}; ", "Nghị quyết 07. ",
    "Quyết định số 99/2032/QĐ-UBND của Ủy ban ", "số …/QĐ-UBND ",
])
def test_hostile_words_take_no_time(conference_with: Callable[[dict[str, str]], Conference], piece: str) -> None:
    conference = conference_with({SPEECH: DELIVERED + (piece * 100_000)[:100_000] + "\n"})
    start = time.process_time()
    for rule, check in CHECKS.items():
        if rule.startswith(("van-ban-", "vien-dan-", "luat-")):
            list(check.problems(conference))
    assert time.process_time() - start < 5
