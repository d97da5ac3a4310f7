"""Characters missing in the print fonts are reported with their place; others are not."""

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest

import covered
from proceedings.checks.engine.registry import CHECKS
from proceedings.checks.engine.rulebook import rulebook
from proceedings.checks.words import glyphs
from proceedings.conference.settings import Settings
from proceedings.print import backdrop, pdf
from proceedings.schema import PLAN
from proceedings.system.logs import captured
from proceedings.text import source
from telling import fabricated_conference, problems, told, with_plan, with_text
from typeset import typeset

RULE = "ky-tu-khong-in-duoc"
HEAD = "---\ntrang-thai: da-nop\nnguoi-trinh-bay: {}\n---\n\n"
FILE = "docs/tham-luan/truong-cao-dang-doc-sach.md"
# Omitted only by some versions of Pango or in some contexts; U+06C0 is composed of two glyphs if one font has both.
UNSURE = "<&\u06c0\u180f\ufff9\ufffa\ufffb"
SURROGATES = range(0xD800, 0xE000)


# --- Messages ---------------------------------------------------------------------
@pytest.mark.parametrize(("char", "named"), [
    ("雲", 'chữ Hán "雲" (U+96F2)'), ("⏻", 'ký hiệu "⏻" (U+23FB)'), ("🦄", 'hình vẽ "🦄" (U+1F984)'),
    ("\ue000", "ký tự của phông riêng như Symbol, Wingdings (U+E000)"), ("\uf0b7", "Wingdings (U+F0B7)"),
    ("\U00100000", "Wingdings (U+100000)"), ("ก", 'chữ Thái "ก" (U+0E01)'), ("한", 'chữ Triều Tiên "한" (U+D55C)'),
    ("\u0378", "ký tự không nhìn thấy (U+0378)"), ("Ｓ", 'chữ "Ｓ" (U+FF33, thay được bằng "S")'),
    ("\u0e34", "dấu phụ \"\u0e34\" (U+0E34)"), ("𠀀", 'chữ Hán "𠀀" (U+20000)'),
])
def test_a_character_without_a_glyph_is_named_with_its_code_and_place(char: str, named: str) -> None:
    (problem,) = problems(with_text(f"Một.\n\nHai dòng\nvà {char} ở đây.\n"), RULE)
    assert (problem.path, problem.line, problem.severity) == (FILE, 4, "blocking")
    assert named in problem.message
    assert problem.message.endswith("; hãy thay bằng ký tự khác hoặc bỏ đi.")


@pytest.mark.parametrize(("text", "line"), [
    ("# Đề mục 雲", 1), ("a\n\n- ý\n- ý 雲", 4), ("| a | b |\n|---|---|\n| c | 雲 |", 3), ("a[^1]\n\n[^1]: b 雲", 3),
    ("`雲`", 1), ("a\n\n```\nb\n雲\n```", 5), ("> a\n> 雲", 2), ("[雲](a.md)", 1), ("!!! note \"雲\"\n    a", 1),
    ("<b>雲</b>", 1), ("a &#38642; b", 1), ("a\nb &#x096F2; c", 2), ("**雲**", 1), ("~~a~~\n雲", 2),
    ("`\ue000`", 1), ("&#xE000;", 1), ("&#57344;", 1), ("`&#xE000;` &#xE001;", 1), ("a &#x3164;", 1),
    (HEAD.format("雲"), 3), (HEAD.format('"\\u96F2"'), 3), (HEAD.format('"\\U0001F984"'), 3),
    (HEAD.format('"\\uE000"'), 3), (HEAD.format('"a\\Nb"'), 3), (HEAD.format('"a\\u2028b"'), 3),
    (HEAD.format("|\n  a\n  雲"), 3), (HEAD.format("[a, 雲]"), 3),
])
def test_it_is_found_wherever_it_is_printed(text: str, line: int) -> None:
    assert [problem.line for problem in problems(with_text(text), RULE)] == [line]


def test_a_line_is_told_once_with_the_first_few() -> None:
    (message,) = told(RULE, "雲南 雲 北京 上海 ⏻")
    assert message.count("U+") == 5
    assert message.count("U+96F2") == 1
    assert ", …; hãy" in message


@pytest.mark.parametrize("text", [
    "✓ ✔ ★ ☆ ① ⑩ ☐ ☑ → ⇒ ≤ ≥ № ● ■ ▪ ➢ ❖ ½ ₂ ° µ Ω α “” … – — ″ ′ €₫", "Москва, Αθήνα", "**★** *①* `✓` [★](a.md)",
    "✔\ufe0f ☎\ufe0f", "05\u00a0năm", "\ufffd", "&#9733; &amp; &copy; &nbsp;", "a\u200bb \u202e \u00ad", "\x0c \x85",
    "a <!-- 雲 --> b", "<!-- 雲 -->", "[a](雲.md)", '[a](b.md "雲")', "![雲](a.png)", "![&#38642;](a.png) chữ",
    HEAD.format("a # 雲"), HEAD.format("&#38642;").replace("&", "\\&") + "a", "\u3164", "\ufff9",
])
def test_what_the_fonts_have_and_what_is_not_printed_are_not_told(text: str) -> None:
    assert told(RULE, text) == []


def test_a_character_beside_its_like_in_a_pictures_text_is_told() -> None:
    assert [problem.line for problem in problems(with_text("a\n![雲](a.png) và 雲"), RULE)] == [2]


def test_pages_that_are_not_printed_may_show_any_character() -> None:
    conference = with_text("雲 \U0001f984", "bien-tap/la.md")
    assert list(CHECKS[RULE].problems(conference)) == []


@pytest.mark.parametrize("text", ["雲南", "tỉnh雲", "\uf0b7 Ý một", "Ｓở", "`\uf0b7`", "\u3164", "\ufffd mất",
                                  "Москва"])
def test_one_fault_is_told_once(text: str) -> None:
    conference = with_text(text)
    found = [problem for rule in (RULE, "ky-tu-an", "chu-gia-latinh", "chu-he-khac", "vo-chu")
             for problem in problems(conference, rule)]
    assert len(found) == 1


def test_the_sites_name_is_looked_at_for_it_heads_the_pages() -> None:
    text = "docs_dir: docs\nsite_name: Hội nghị \U0001f984\n"
    conference = replace(fabricated_conference(), name="Hội nghị \U0001f984", settings=source.parse("mkdocs.yml", text))
    (problem,) = CHECKS[RULE].problems(conference)
    assert (problem.path, problem.line) == ("mkdocs.yml", 2)
    assert "U+1F984" in problem.message


@pytest.mark.parametrize(("char", "told_of"), [("★", "ma kết"), ("Ω", "ma kết"), ("雲", "bản in")])
def test_the_backdrop_has_fewer_characters(char: str, told_of: str) -> None:
    conference = with_plan("LƯU ĐỘNG", f"LƯU {char}")
    found = problems(conference, RULE, PLAN)
    assert found
    assert all(problem.message.startswith(f"Phông chữ của {told_of} không có ") for problem in found)
    assert all(char in conference.documents[PLAN].lines[problem.line - 1] for problem in found)


def test_no_exemption_is_allowed() -> None:
    assert CHECKS[RULE].strict


def test_the_rules_own_page_can_be_printed() -> None:
    assert glyphs.cannot_be_printed(rulebook()) == []


# --- Fonts ------------------------------------------------------------------------
def test_the_file_says_what_the_installed_fonts_have() -> None:
    assert covered.DATA.read_text("ascii") == covered.rows()


def test_what_is_passed_over_quickly_can_be_printed() -> None:
    passed = "".join(char for char in map(chr, range(0x20, 0x110000)) if not glyphs._LIKELY.match(char))
    assert len(passed) > 800
    assert glyphs._lacking("text").findall(passed) == []


def _edges(fonts: str) -> list[str]:
    """Return the characters on both sides of each boundary of the fonts' ranges."""
    row = dict(line.split(": ") for line in covered.DATA.read_text("ascii").splitlines())[fonts]
    ends = {int(end, 16) for part in row.split() for end in part.split("-")}
    codes = sorted({code + step for code in ends for step in (-1, 0, 1)} - set(SURROGATES) - set(range(0x21)))
    return [chr(code) for code in codes]


@pytest.mark.prints
@pytest.mark.parametrize("style", ["font-weight: normal", "font: bold italic 10pt 'Liberation Mono', 'DejaVu Sans'"])
def test_print_sets_what_it_is_said_to_set_and_nothing_else(style: str, tmp_path: Path) -> None:
    chars = [char for char in _edges("text") if char not in UNSURE]
    style = f"<style>html {{ {style} }} span {{ text-transform: uppercase }}</style>"
    lines = "".join(f"<p>a{char}b <span>c{char}d</span></p>" for char in chars)
    with captured(logging.WARNING, "weasyprint") as complaints, pytest.raises(pdf.PrintError):
        typeset(style + lines, tmp_path / "a.pdf", ())
    lacking = {chr(int(code, 16)) for code in re.findall(r"\(U\+([0-9A-F]+)\)", " ".join(complaints))}
    wanted = {char for char in chars if glyphs.cannot_be_printed(char)}
    assert len(chars) > 500
    assert {char for char in chars if {char, *char.upper()} & lacking} == wanted


def test_the_backdrop_sets_what_it_is_said_to_set_and_nothing_else(fabricated_settings: Settings) -> None:
    font = backdrop.typeface(fabricated_settings.looks)

    def lacks(char: str) -> bool:
        try:
            font.shape(f"H{char}H")
        except backdrop.UnknownLettersError:
            return True
        return False

    chars = [char for char in _edges("backdrop") if not char.isspace() and char not in UNSURE]
    wanted = {char for char in chars if glyphs._lacking("backdrop").match(char)}
    assert {char for char in chars if lacks(char)} == wanted
