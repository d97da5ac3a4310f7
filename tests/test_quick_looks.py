"""What is looked at quickly before it is looked at closely loses nothing: the quick look lets pass all that matters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings import markup
from proceedings.checks import characters, days, legacy, numbers, secrecy, words
from proceedings.settings import Settings

LEVELS = ("MẬT", "M Ậ T", "Mật", "TUYỆT MẬT", "tối mật", "TỐI", "MẬ", "T", "mật ong", "|", ":", "- ", "(", ")", "1. ",
          "/", "&#7852;", "<b>", "</b>", "{: .x}", "<!--", "-->", "a", "Á")
SYLLABLES = ("hóa", "hoá", "UỶ", "ủy", "tòan", "khỏang", "qúy", "gía", "gỉai", "xóay", "quý", "toàn", "Tòa", "k",
             " ", "-")
REMAINS = ("á»™", "áº¿", "Ã¡", "Ãƒ", "Ä‘", "Æ°", "â€œ", "·ª", "∆∞", "®iÒ", "c¸c", "hoµ", "ViÖt", "§éc", "hi®n", "öô",
           "Coäng", "hoøa", "ÖÔ", "é\u0301", "\u0323", "\ufffd", "\uf0b7", " ", "tỉnh", "«khá»", "(")
FIGURES = ("95.2 %", "1,234 hộ", "1234567 người", "1.5 tỷ", "ngày 5/6", "tháng 2/2035", "thứ Hai, 4/6/2035",
           "2032-2035", " ", "thứ Hai", "%", "người", "ngày", "tháng")


INLINE = ("`", "\\", "[", "](b)", "![", "<", ">", "<https://a.vn>", "<a@b.vn>", "  \n", "&", "&amp;", "<br>", "<!--",
          "-->", "*", "**", "_", "a", " ", "\n", "[^1]", "\n\n[^1]: c\n", "1\\.", "| a | b |\n|---|---|\n", "{: .x }",
          "![a](b.png)")


@given(st.lists(st.sampled_from(INLINE), max_size=8).map("".join))
def test_no_pattern_is_left_out_that_a_text_needs(fabricated_settings: Settings, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_SIGNS", {})  # so that all are looked for
        closely = markup.render(text, fabricated_settings)
    assert markup.render(text, fabricated_settings) == closely


@given(st.lists(st.sampled_from(LEVELS), max_size=6).map("".join))
def test_no_mark_of_secrecy_is_passed_over(line: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrecy, "_MAYBE", re.compile(""))  # so that every line is looked at closely
        closely = secrecy.is_secrecy_mark(line)
    assert secrecy.is_secrecy_mark(line) == closely


@given(st.lists(st.sampled_from(SYLLABLES), max_size=4).map("".join))
def test_no_misplaced_tone_mark_is_passed_over(text: str) -> None:
    if words._MARKED.search(text):
        assert words._ANY_MARK.search(text)


@given(st.lists(st.sampled_from(REMAINS), max_size=3).map("".join))
def test_no_debris_of_an_encoding_is_passed_over(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(legacy, "_STRANGE", re.compile(""))
        closely = legacy.debris_of(text)
    assert legacy.debris_of(text) == closely


@given(st.lists(st.sampled_from(FIGURES), max_size=3).map("".join))
def test_no_date_and_no_number_is_without_a_digit(text: str) -> None:
    if any(pattern.search(text) for pattern in (days._DATE, numbers._NUMBER, *days._NAMED_DAYS)):
        assert days._DIGIT.search(text)


def test_no_invisible_character_is_passed_over() -> None:
    for char in map(chr, range(0x110000)):
        assert characters._SUSPECT.search(char) or not characters._INVISIBLE.search(char), ascii(char)


@given(st.lists(st.sampled_from((*FIGURES, "CHỦ NHẬT", "chủ  nhật", "Thứ Tư")), max_size=4).map(" ".join))
def test_no_weekday_is_passed_over(text: str) -> None:
    if any(pattern.search(text) for pattern in days._NAMED_DAYS):
        assert days._ANY_WEEKDAY.search(text)
