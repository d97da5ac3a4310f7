"""Abbreviations: recognition, explanations, and texts without faults."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings import checks
from proceedings.checks.words.short_forms import Explanation, abbreviations, explanations
from proceedings.conference.model import Abbreviation, Conference
from proceedings.conference.reading import Reading
from proceedings.problems import Problem
from proceedings.text.source import parse

SPEECH = "tham-luan/truong-cao-dang-doc-sach.md"
RULES = {"viet-tat-la", "giai-nghia-khong-khop", "viet-tat-hai-nghia"}


def _saying(conference: Conference, text: str) -> Conference:
    return replace(conference, documents={**conference.documents, SPEECH: parse(SPEECH, text)})


def _found(conference: Conference, text: str) -> list[Problem]:
    problems = checks.check(Reading(_saying(conference, text), ()))
    return [problem for problem in problems if problem.rule in RULES and problem.path.endswith(SPEECH)]


# --- Words ------------------------------------------------------------------------
@pytest.mark.parametrize(("text", "found"), [
    ("Quyết định số 12/QĐ-UBND của UBND", ["QĐ-UBND", "UBND"]), ("KT-XH; PCCC&CNCH", ["KT-XH", "PCCC", "CNCH"]),
    ("đề án ĐA, kế hoạch KH", ["ĐA", "KH"]), ("12QĐ và H5N1, COVID-19", ["QĐ", "H5N1"]),
    ("CÔNG TÁC PCCC VÀ CỨU NẠN", ["PCCC"]), ("U\u031bBND", ["ƯBND"]), ("A-B", ["A-B"]), ("A1B", ["A1B"]),
    ("", []), ("Ở đâu có Ủy ban, ở đó có Đ", []), ("ĐẶC ĐIỂM TÌNH HÌNH", []), ("giai đoạn XIX-XX, mục IV", []),
    ("khổ A4, mạng 5G", []), ("ẤP ĐÁ", []), ("BẢO ĐẢM! ĐỌC", []), ("CÔNG TÁC CHUNG", []),
    ("Hãy ĐỌC sách", []),
])
def test_words_of_initials_are_abbreviations(text: str, found: list[str]) -> None:
    assert [word for word in abbreviations(text) if word != "COVID"] == found


# --- Explanations -------------------------------------------------------------------
@pytest.mark.parametrize(("text", "full"), [
    ("Ủy ban nhân dân (UBND)", "Ủy ban nhân dân"),
    ("theo chỉ đạo của Ủy ban nhân dân (UBND)", "Ủy ban nhân dân"),
    ("kinh tế - xã hội (KT-XH)", "kinh tế - xã hội"),
    ("an toàn, vệ sinh lao động (ATVSLĐ)", "an toàn, vệ sinh lao động"),
    ("Lao động - Thương binh và Xã hội (LĐTBXH)", "Lao động - Thương binh và Xã hội"),
    ("đánh giá tác động môi trường (ĐTM)", "đánh giá tác động môi trường"),
    ("Trung ương (TW)", "Trung ương"),
    ("Ban Chỉ đạo khu vực phòng thủ (BCĐ)", "Ban Chỉ đạo khu vực phòng thủ"),
    ("Ủy ban nhân dân tỉnh (UBND tỉnh)", "Ủy ban nhân dân"),
    ("Ban Chỉ đạo 35 (BCĐ 35)", "Ban Chỉ đạo"),
    ("Ủy ban nhân dân (sau đây gọi tắt là UBND)", "Ủy ban nhân dân"),
    ("Ủy ban nhân dân (viết tắt là “UBND”)", "Ủy ban nhân dân"),
    ('"Ủy ban nhân dân" ("UBND")', "Ủy ban nhân dân"),
    ("UBND (Ủy ban nhân dân)", "Ủy ban nhân dân"),
    ("u\u0309y ban nhân dân (UBND)", "ủy ban nhân dân"),
])
def test_full_form_before_or_behind_a_bracket_explains(text: str, full: str) -> None:
    assert [(each.full, each.doubtful) for each in explanations(text)] == [(full, False)]


def test_a_bracket_may_explain_two() -> None:
    assert list(explanations("công nghiệp hóa, hiện đại hóa (CNH, HĐH)")) == [
        Explanation("CNH", "công nghiệp hóa"), Explanation("HĐH", "hiện đại hóa")]
    assert list(explanations("phòng cháy, chữa cháy và cứu nạn, cứu hộ (PCCC&CNCH)")) == [
        Explanation("PCCC", "phòng cháy, chữa cháy"), Explanation("CNCH", "cứu nạn, cứu hộ")]


@pytest.mark.parametrize("text", ["tổng sản phẩm trên địa bàn (GRDP)", "ngày hội sách (gọi tắt là FEST)"])
def test_words_of_other_languages_need_not_fit(text: str) -> None:
    assert [(each.full, each.doubtful) for each in explanations(text)] == [("", False)]


def test_words_that_do_not_fit_are_doubtful() -> None:
    assert list(explanations("phòng cháy, chữa cháy (PCCN)")) == [Explanation("PCCN", doubtful=True)]
    far = "Ủy viên phụ trách bến bãi, ngày nay do dân (UBND)"  # has its letters, but too far apart
    assert list(explanations(far)) == [Explanation("UBND", doubtful=True)]
    assert list(explanations("Hội. Nông dân tỉnh (HND)")) == [Explanation("HND", doubtful=True)]


@pytest.mark.parametrize("text", [
    "Ủy ban (theo Quyết định số 12/QĐ-UBND)", "Lưu: VT, ĐA (Mận).", "xã (điểm a khoản 2)", "mục (I)", "(UBND)",
    "gửi về cơ quan thường trực (qua BCHQS tỉnh)", "Số: 12/BC (UBND", "UBND (cơ quan chủ trì)", "12 xe (03 xe mới)",
    "Ban Văn hóa (BVH huyện)", "Ủy ban nhân dân tuyến (UBND t)",
    "UBND (cơ quan là Ủy ban nhân dân)", "", "()", "((()))",
])
def test_other_brackets_explain_nothing(text: str) -> None:
    assert list(explanations(text)) == []


@given(st.text(alphabet="UBNDủybannhâdĐ ()&-,.:I12\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    for each in explanations(text):
        assert each.short
        assert not (each.doubtful and each.full)


# --- Rules ---------------------------------------------------------------------------
@pytest.mark.parametrize("text", [
    "Phòng cháy, chữa cháy (PCCC) là việc chung.\n\nLực lượng PCCC đã đến.",
    "UBND, HĐND, KH và QĐ đều có trong bảng.",
    "Hội đồng nhân dân tỉnh (HĐND tỉnh), Ban Tổ chức Đề án (BTC).",
    "Văn phòng tỉnh (UBND) đã họp.",
    "Câu lạc bộ đọc sách (CLB). Câu lạc bộ (CLB).",
    "## XE SÁCH Ở ĐẮK LẮK, KRÔNG NÔ VÀ PLEI MƠ",
    "Lượt mượn tăng 8 % (bình quân 2,6 %/năm), riêng thị xã (02 xe) tăng 9 %.",
])
def test_what_is_registered_or_explained_is_no_fault(fabricated: Reading, text: str) -> None:
    assert _found(fabricated.conference, text) == []


def test_a_late_explanation_is_told_with_its_line(fabricated: Reading) -> None:
    found, = _found(fabricated.conference, "Lực lượng PCCC đã đến.\n\nPhòng cháy, chữa cháy (PCCC) là việc chung.")
    assert (found.line, found.rule) == (1, "viet-tat-la")
    assert "đến dòng 3 mới được giải nghĩa" in found.message


def test_an_explanation_counts_for_its_own_document_only(fabricated: Reading) -> None:
    other = "tham-luan/ban-to-chuc-de-an-huyen-doi-gio.md"
    explained = parse(other, "Phòng cháy, chữa cháy (PCCC)")
    conference = replace(fabricated.conference, documents={**fabricated.conference.documents, other: explained})
    found, = _found(conference, "Lực lượng PCCC đã đến.")
    assert "chưa có trong" in found.message


def test_without_a_register_nothing_is_unknown(fabricated: Reading) -> None:
    assert _found(replace(fabricated.conference, abbreviations=()), "Lực lượng PCCC; chữa cháy rừng (CCNR).") == []


def test_two_meanings_name_both_and_where(fabricated: Reading) -> None:
    found, = _found(fabricated.conference, "Khu vui (KV), nơi họp.\n\nKệ vuông (KV) đóng mới.")
    assert (found.line, found.rule) == (3, "viet-tat-hai-nghia")
    assert f'"KV" ở đây là "Kệ vuông" nhưng ở dòng 1 của {SPEECH} là "Khu vui"' in found.message
    found, = _found(fabricated.conference, "Hội diễn (HD) mùa xuân.")
    assert 'nhưng trong phu-luc/tu-viet-tat.md là "Hướng dẫn"' in found.message


@pytest.mark.parametrize(("short", "unused"), [
    ("TP.ĐG", False), ("R&D", False), ("KV", True), ("GHI", True), ("KH CN", False)])
def test_an_entry_is_used_where_it_stands_whole(fabricated: Reading, short: str, unused: bool) -> None:
    entry = Abbreviation(short, "Nghĩa", fabricated.conference.abbreviations[0].place)
    text = "TP.ĐG nghiên cứu R&D, `KV`, GHIK, KH\u00a0CN."
    conference = _saying(replace(fabricated.conference, abbreviations=(*fabricated.conference.abbreviations, entry)),
                         text)
    problems = [problem for problem in checks.check(Reading(conference, ())) if problem.rule == "viet-tat-khong-dung"]
    assert [f'"{short}"' in problem.message for problem in problems] == [True] * unused
