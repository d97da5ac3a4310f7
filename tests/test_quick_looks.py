"""Cheap tests before costly searches never exclude a match."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proceedings import schema
from proceedings.checks.engine.walk import Passage, Text
from proceedings.checks.safety import secrecy
from proceedings.checks.words import characters, days, legacy, numbers, spelling
from proceedings.conference.settings import Settings
from proceedings.html import dialect, rendering
from proceedings.text import slugs, source, tokens
from proceedings.text.language import unbreakable

LEVELS = ("MẬT", "M Ậ T", "Mật", "TUYỆT MẬT", "tối mật", "TỐI", "MẬ", "T", "mật ong", "|", ":", "- ", "(", ")", "1. ",
          "/", "&#7852;", "<b>", "</b>", "{: .x}", "<!--", "-->", "a", "Á")
SYLLABLES = ("hóa", "hoá", "UỶ", "ủy", "tòan", "khỏang", "qúy", "gía", "gỉai", "xóay", "quý", "toàn", "Tòa", "k",
             " ", "-")
REMAINS = ("á»™", "áº¿", "Ã¡", "Ãƒ", "Ä‘", "Æ°", "â€œ", "·ª", "∆∞", "®iÒ", "c¸c", "hoµ", "ViÖt", "§éc", "hi®n", "öô",
           "Coäng", "hoøa", "ÖÔ", "é\u0301", "\u0323", "\ufffd", "\uf0b7", " ", "tỉnh", "«khá»", "(")
FIGURES = ("95.2 %", "1,234 hộ", "1,234.5 tấn", "1,234,567 hộ", "1980 hộ", "1234 hộ", "20345 hộ", "1.5",
           "1234567 người", "1.5 tỷ", "ngày 5/6", "tháng 2/2035", "thứ Hai, 4/6/2035",
           "2032-2035", " ", "thứ Hai", "%", "người", "ngày", "tháng", "ngày 05-4-2034", "NGÀY 5 THÁNG 4",
           "ngày 5  tháng 4 năm 2034", "tháng 4 năm 2034", "05/4/2034", "2032–2035", "ngày 5.4.2034")
PIECES = ("Số", "số", "NGÀY", "ngày", "tháng", "Tháng", "năm", "2034", "điểm", "Điểm", "a", "khoản", "ĐIỀU", "điều",
          "5", "12/2034/NĐ-CP", "12-NQ/TW", "05/4/2034", "Quân", "khu", "tr.", "phụ", "Phụ lục", "VI", "KT-XH", "UBND",
          "lần", "thứ", "và", "triệu", "đồng", "%", ",", "8 giờ 00", "chương", "2032 - 2035")
CLAIMS = ("<!--", "-->", "#", " ", "\t", "\n", "ngoai-le", "ngoại lệ", "NGOẠI-LỆ", "ngoaile", "Ngoai Le", "ngoai-lễ",
          ":", "viet-tat-la", "a", "x")


INLINE = ("`", "\\", "[", "](b)", "![", "<", ">", "<https://a.vn>", "<a@b.vn>", "  \n", "&", "&amp;", "<br>", "<!--",
          "-->", "*", "**", "_", "a", " ", "\n", "[^1]", "\n\n[^1]: c\n", "1\\.", "| a | b |\n|---|---|\n", "{: .x }",
          "![a](b.png)")
BLOCKS = (*INLINE, "- ", "1. ", "\n\n", "    ", "> ", "```\n", "~~~\n", "`", "# ", "## ", "---\n", "===\n",
          "!!! note\n", "??? note\n", "    a\n", "[^1]: ", "^[", "]", "***", "_a_", "{#b}", "a\\|b", "???+ a\n", "\\\n",
          "ơ % - : = + @")


@given(st.lists(st.sampled_from(BLOCKS), max_size=8).map("".join))
@example("a[^1]\n\n[^1]: b\n")
@example("!!! note\n    a")
@example("# a")
@example("> a")
@example("| a | b |\n|---|---|\n| c |")
def test_no_pattern_is_left_out_that_a_text_needs(fabricated_settings: Settings, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dialect, "_BLOCK_SIGNS", {})  # so that all are searched
        patch.setattr(dialect, "_ANY_SIGN", re.compile(""))
        closely = rendering.render(text, fabricated_settings)
    assert rendering.render(text, fabricated_settings) == closely


@given(st.lists(st.sampled_from(BLOCKS), max_size=10).map("".join))
@example("a[^1]\n\n[^1]: b\n")
@example("a ^[b] c")
@example("a^[b](c)")
@example("| a | b |\n|---|---|\n| c |")
@example("> a")
@example("a `b` &amp; <https://c.vn> <br>")
@example("[a](b) ![c](d.png)")
def test_no_rule_of_the_parser_is_left_out_that_a_text_needs(text: str) -> None:
    read = source.parse.__wrapped__
    quickly = read("a.md", text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_SIGNS", {})
        patch.setattr(tokens, "INLINE_SIGNS", re.compile(""))
        patch.setattr(source, "INLINE_SIGNS", re.compile(""))  # so that every rule is tried at every letter
        tokens._parser.cache_clear()
        closely = read("a.md", text)
    tokens._parser.cache_clear()
    assert (repr(quickly.blocks), quickly.links) == (repr(closely.blocks), closely.links)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
@example("điểm a khoản 2 Điều 103")
@example("khoản 2")
@example("phụ lục 2, tr. 5, thứ 3")
def test_no_piece_is_passed_over_that_no_line_may_break(text: str) -> None:
    pattern, first = unbreakable.compiled(unbreakable.PIECES), f"(?={unbreakable._FIRST})"
    assert first in pattern.pattern
    closely = re.compile(pattern.pattern.replace(first, ""))
    assert [found.span() for found in pattern.finditer(text)] == [
        found.span() for found in closely.finditer(text)]


@given(st.lists(st.sampled_from(CLAIMS), max_size=6).map("".join))
def test_no_exemption_is_passed_over(text: str) -> None:
    if schema.EXEMPTION_COMMENT.search(text) or schema.EXEMPTION_VALUE.search(text):
        assert schema.EXEMPTION_SIGN.search(text)


@given(st.lists(st.sampled_from(LEVELS), max_size=6).map("".join))
def test_no_mark_of_secrecy_is_passed_over(line: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrecy, "_MAYBE", re.compile(""))  # so that every line is checked fully
        closely = secrecy.is_secrecy_mark(line)
    assert secrecy.is_secrecy_mark(line) == closely


def passage(words: str) -> Passage:
    return Passage(Text(source.parse("a.md", ""), "a.md"), 1, words)


@given(st.lists(st.sampled_from(SYLLABLES), max_size=4).map("".join))
@example("a_hoá")
def test_no_misplaced_tone_mark_is_passed_over(text: str) -> None:
    found = {match[0] for match in spelling._MARKED.finditer(text)}
    assert found <= {word for word in passage(text).typed if spelling._marked(word) is not None}
    assert all(spelling._marked(match[0]) == spelling._marks_first(match["pair"])
               for match in spelling._MARKED.finditer(text) if match["pair"])


FORMS = ("kinh tế", "xã hội", "phòng chống", "đảm bảo")
WRONG = (*spelling._BY_WRONG, *spelling._NEVER_DOUBLED, *FORMS)


@given(st.lists(st.sampled_from((*WRONG, *map(str.upper, WRONG), "a", "-", " - ", ",", "_", "\n", "\u0301", " ")),
                max_size=5), st.sampled_from(("", " ")))
@example(["kinh tế", "xã hội"], "")
@example(["kinh tế", "xã hội"], " ")
@example(["PHÒNG CHỐNG"], "")
@example(["đảm bảo"], "")
@example(["của cả", "của cả"], " ")
@example(["CỦA", "của"], " ")
@example(["thể trận"], "")
def test_no_wrong_words_are_passed_over(parts: list[str], space: str) -> None:
    text = space.join(parts)
    read = passage(text)
    misspelt = [found for found in spelling._PAIR.finditer(text) if spelling._misspelt(found)]
    assert not misspelt or spelling._may_be_misspelt(read)
    assert not spelling._DOUBLED.search(text) or spelling._has_pair(read, spelling._MEETING)
    assert not spelling._OTHER_FORMS.search(text) or spelling._has_pair(read, spelling._FORM_PAIRS)


def test_letters_alike_for_patterns_are_alike_in_lower_case() -> None:
    letters = set("".join(WRONG)) - {" "}
    pattern = re.compile("|".join(map(re.escape, sorted(letters))), re.IGNORECASE)
    for char in map(chr, range(0x110000)):
        assert not pattern.match(char) or slugs.small(char) in letters, ascii(char)


@given(st.lists(st.sampled_from(REMAINS), max_size=3).map("".join))
def test_no_debris_of_an_encoding_is_passed_over(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(legacy, "_STRANGE", re.compile(""))
        closely = legacy.debris_of(text)
    assert legacy.debris_of(text) == closely


@given(st.lists(st.sampled_from(FIGURES), max_size=3).map("".join))
def test_no_date_and_no_number_is_passed_over(text: str) -> None:
    assert days._HINT.search(text) or not days._DATE.search(text)
    assert numbers._HINT.search(text) or not numbers._NUMBER.search(text)


def test_no_invisible_character_is_passed_over() -> None:
    for char in map(chr, range(0x110000)):
        assert characters._SUSPECT.search(char) or not characters._INVISIBLE.search(char), ascii(char)


@given(st.lists(st.sampled_from((*FIGURES, "CHỦ NHẬT", "chủ  nhật", "Thứ Tư")), max_size=4).map(" ".join))
@example("CHỦ NHẬT 05/4/2034")
@example("05/4/2034, chủ nhật")
@example("THỨ TƯ, ngày 05/4/2034")
def test_no_weekday_is_passed_over(text: str) -> None:
    if any(pattern.search(text) for pattern in days._NAMED_DAYS):
        assert days._ANY_WEEKDAY.search(text)
