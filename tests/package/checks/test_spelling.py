"""Wrong words are reported with the right ones; ordinary official prose is not reported."""

import pytest

from proceedings import schema
from proceedings.checks.words.spelling import WORD_PAIRS
from proceedings.problems import Severity
from telling import fabricated_conference, problems, told, with_plan, with_text


# --- Wrong pairs ------------------------------------------------------------------
def test_list_has_no_pair_twice_and_no_right_words_among_the_wrong() -> None:
    wrong = [pair.wrong for pair in WORD_PAIRS]
    assert len(wrong) == len(set(wrong)) >= 120
    assert not {pair.right for pair in WORD_PAIRS} & set(wrong)
    assert all(pair.wrong == pair.wrong.lower().strip() and pair.why for pair in WORD_PAIRS)


def test_every_phrase_that_is_spared_holds_the_wrong_words() -> None:
    for pair in WORD_PAIRS:
        for phrase in pair.spared:
            assert f" {pair.wrong} " in f" {phrase} ", phrase


def test_every_pair_is_told_and_its_right_words_are_not() -> None:
    for pair in WORD_PAIRS:
        (message,) = told("sai-chinh-ta", f"Đơn vị {pair.wrong}.")
        assert message.startswith(f'"{pair.wrong}" là viết sai')
        assert message.endswith(f'hãy sửa thành "{pair.right}".')
        spared = " / ".join(pair.spared)
        assert told("sai-chinh-ta", f"Đơn vị {pair.right} / {spared}.") == []


@pytest.mark.parametrize("text", [
    "Quy hoạch tổng thể trận địa, lịch sử lý luận, hồ sơ xuất trình, thành tựu chung, tiếp xúc tích cực.",
    "Cộng đồng dân cư sử dụng đất; xem xét sử dụng; đáp ứng sử dụng; khả năng xuất khẩu; danh hiệu xuất sắc.",
    "Nghiên cứu kỹ Cương lĩnh; phân tích kỹ yếu tố; mưa bão đảm bảo an toàn; dễ dàng buộc các bên.",
    "Đưa vào chương trình xử lý; gia súc tiến hành tiêm phòng; thị trấn chỉnh trang đô thị; đề cập nhập khẩu.",
])
def test_wrong_words_that_meet_by_chance_are_not_told(text: str) -> None:
    assert told("sai-chinh-ta", text) == []


def test_wrong_words_across_a_line_break_are_told_at_the_first_line_and_those_in_code_nowhere() -> None:
    text = "Câu đầu `sử lý`\nđã được sử\nlý xong.\n"
    assert [each.line for each in problems(with_text(text), "sai-chinh-ta")] == [2]


def test_each_wrong_wording_is_told_once_with_its_lines() -> None:
    (message,) = told("sai-chinh-ta", "Sử dụng, sử lý.\n\nLại sử lý.\n\nVà sử lý, sử lý.")
    assert message.startswith('"sử lý" (4 chỗ, dòng 1, 3, 5) là viết sai')


def test_very_many_places_are_counted_and_only_the_first_listed() -> None:
    (message,) = told("sai-chinh-ta", "\n\n".join(["sử lý"] * 20))
    assert "(20 chỗ, dòng 1, 3, 5, 7, 9, 11, 13, 15, …)" in message


def test_register_of_themes_may_name_wrong_words_to_find_them() -> None:
    assert told("sai-chinh-ta", "Thế trận: thể trận.", schema.THEMES) == []


def test_the_plan_is_kept_as_issued() -> None:
    conference = with_plan("chỉ rõ cách làm hay", "chỉ rõ chủ chương hay")
    (problem,) = problems(conference, "sai-chinh-ta", schema.PLAN)
    assert problem.severity is Severity.ADVISORY
    assert problem.message.endswith('Kế hoạch giữ nguyên văn; nếu cơ quan ban hành đồng ý thì cần sửa '
                                    '"chủ chương" thành "chủ trương".')


# --- Doubled words ----------------------------------------------------------------
@pytest.mark.parametrize(("text", "right"), [
    ("kết quả của của các đơn vị", "của"), ("Các các đơn vị", "Các"), ("đã\nđã xong", "đã"),
    ("tổ chức thực hiện thực hiện nghiêm", "thực hiện"), ("**được** được giao", "được"),
])
def test_doubled_word_is_told(text: str, right: str) -> None:
    (message,) = told("lap-chu", text)
    assert message.endswith(f'hãy sửa thành "{right}".')


@pytest.mark.parametrize("text", [
    "xa xa, ngày ngày, từng từng, luôn luôn, đời đời, dần dần, nhà nhà, người người, song song, từ từ, năm năm",
    "Ủy ban ban hành; nêu trên trên địa bàn; hiện tại tại xã; thiết bị bị hỏng; kèm theo theo quy định; hiện có có thể",
    "của, của; và (và); các | các; của. Của; đã … đã", "Ban Chỉ đạo chỉ đạo; cán bộ bộ phận; cơ sở Sở Y tế",
    "| của | của |\n|---|---|\n| của | của |", "`của của`", "đãđã củacủa",
])
def test_reduplication_and_meeting_words_are_not_told(text: str) -> None:
    assert told("lap-chu", text) == []


# --- Position of tone marks -------------------------------------------------------
@pytest.mark.parametrize(("wrong", "right"), [
    ("hoá", "hóa"), ("Uỷ", "Ủy"), ("UỶ", "ỦY"), ("khoẻ", "khỏe"), ("tuỳ", "tùy"), ("thuỵ", "thụy"), ("loã", "lõa"),
    ("tòan", "toàn"), ("khỏang", "khoảng"), ("ngòai", "ngoài"), ("xóay", "xoáy"), ("qúy", "quý"), ("qủa", "quả"),
    ("gía", "giá"), ("gỉai", "giải")])
def test_misplaced_tone_mark_is_told(wrong: str, right: str) -> None:
    (message,) = told("dat-dau-thanh", f"Việc {wrong} này.")
    assert message.startswith(f'"{wrong}" đặt')
    assert message.endswith(f'hãy sửa thành "{right}".')


@pytest.mark.parametrize("text", [
    "hóa, ủy, khỏe, tùy, quý, quả, giá, giải, gìn, toàn, khoảng, ngoài, xoáy, thuở, hòa, chuyển, khuỷu, của, lúa, mía",
    "Nguyễn Thị Thuý, Trần Văn Hoà; tỉnh Hoà Bình; Biên Hoà; NGUYỄN VĂN HOÀ", "`hoá`", "Quỳ Châu, quỵ, quỷ",
])
def test_right_marks_and_names_are_not_told(text: str) -> None:
    assert told("dat-dau-thanh", text) == []


def test_the_plan_decides_the_style() -> None:
    text = fabricated_conference().documents[schema.PLAN].text
    other = text.replace("Ủy", "Uỷ").replace("hóa", "hoá").replace("hỏa", "hoả")
    conference = with_text("Văn hóa và văn hoá.", conference=with_text(other, schema.PLAN))
    (problem,) = problems(conference, "dat-dau-thanh")
    assert problem.message == '"hóa" đặt dấu thanh khác Kế hoạch; hãy sửa thành "hoá".'


def test_a_plan_without_a_habit_decides_nothing() -> None:
    conference = with_text("Văn hóa và văn hoá; tòan.", conference=with_text("ủy, uỷ", schema.PLAN))
    (problem,) = problems(conference, "dat-dau-thanh")
    assert problem.message.startswith('"tòan"')


# --- Preferred forms ----------------------------------------------------------------
@pytest.mark.parametrize(("wrong", "right"), [
    ("đảm bảo", "bảo đảm"), ("Đảm bảo", "Bảo đảm"), ("phòng chống", "phòng, chống"), ("PHÒNG CHỐNG", "PHÒNG, CHỐNG"),
    ("kinh tế-xã hội", "kinh tế - xã hội"), ("kinh tế xã hội", "kinh tế - xã hội"),
    ("kinh tế – xã hội", "kinh tế - xã hội"), ("Kinh tế -xã hội", "Kinh tế - xã hội"),
])
def test_other_form_is_told(wrong: str, right: str) -> None:
    (message,) = told("cach-viet-chung", f"Về {wrong} của tỉnh.")
    assert message == f'"{wrong}" khác cách viết chung; hãy sửa thành "{right}".'


@pytest.mark.parametrize("text", [
    "bảo đảm; phòng, chống; kinh tế - xã hội; kinh tế, xã hội; nền kinh tế xã hội chủ nghĩa",
    "quân dân Hải Phòng chống bão", "Bộ đội Biên phòng chống buôn lậu", "nền quốc phòng chống chiến tranh",
    "y tế dự phòng chống dịch", "văn phòng chống nóng",
    "`đảm bảo`", "đảm đương, bảo vệ", "Phòng Chính trị; kinh tế; xã hội",
])
def test_house_forms_and_other_words_are_not_told(text: str) -> None:
    assert told("cach-viet-chung", text) == []


def test_titles_in_the_register_are_kept() -> None:
    assert told("cach-viet-chung", "| Luật | về phòng chống tham nhũng |", schema.CITED_DOCUMENTS) == []
