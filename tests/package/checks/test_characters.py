"""Invisible and confusable characters are reported; regular ones are not."""

import unicodedata
from dataclasses import replace

import pytest

from proceedings.checks.engine.registry import CHECKS
from proceedings.checks.words.legacy import debris_of
from proceedings.text import source
from telling import fabricated_conference, problems, told, with_text


# --- Invisible characters ---------------------------------------------------------
@pytest.mark.parametrize(("char", "name"), [
    ("\u200b", "dấu cách có độ rộng bằng không (U+200B)"), ("\u00ad", "dấu nối ẩn (U+00AD)"),
    ("\ufeff", "dấu đầu tệp (BOM) (U+FEFF)"), ("\u202e", "ký tự đổi chiều chữ (U+202E)"),
    ("\u2067", "ký tự đổi chiều chữ (U+2067)"), ("\u200f", "ký tự đổi chiều chữ (U+200F)"),
    ("\u200d", "dấu nối chữ (U+200D)"), ("\u2060", "dấu cấm xuống dòng (U+2060)"), ("\x07",
    "ký tự điều khiển (U+0007)"),
    ("\x85", "ký tự điều khiển (U+0085)"), ("\u2028", "dấu ngắt dòng lạ (U+2028)"), ("\u3164", "ký tự ẩn (U+3164)"),
    ("\ufffc", "chỗ của vật đính kèm (U+FFFC)"), ("\ufe0f", "ký tự ẩn (U+FE0F)"), ("\U000e0041", "ký tự ẩn (U+E0041)"),
])
def test_invisible_character_is_named_with_its_place(char: str, name: str) -> None:
    (message,) = told("ky-tu-an", f"Kính thưa Hội{char}nghị")
    assert f'1 ký tự không nhìn thấy: {name} ở cột 14, sau "Hội"; hãy' in message


def test_very_many_on_a_line_are_counted_and_the_first_named() -> None:
    (message,) = told("ky-tu-an", "a\u200b" * 9)
    assert message.startswith("Dòng này có 9 ký tự không nhìn thấy: ")
    assert message.count("U+200B") == 5


@pytest.mark.parametrize("text", [
    "Chữ thường\tcó phím Tab.", "Ảnh 👨\u200d👩\u200d👧 và ✔\ufe0f, ☎️, 1\ufe0f\u20e3.", "05\u00a0năm",
])
def test_what_belongs_to_a_picture_or_is_a_space_is_not_told(text: str) -> None:
    assert told("ky-tu-an", text) == []


def test_settings_are_looked_at_too() -> None:
    settings = source.parse("mkdocs.yml", "a: b\nsite_name: Hội\u202e nghị\n")
    conference = replace(fabricated_conference(), settings=settings, folder="mkdocs.yml", documents={})
    assert [(each.path, each.line) for each in CHECKS["ky-tu-an"].problems(conference)] == [("mkdocs.yml", 2)]


@pytest.mark.parametrize(("text", "line", "name"), [
    ("Kính thưa.\n\nHội\nng&#8203;hị", 4, "U+200B"), ("a &zwnj;b", 1, "U+200C"), ("a &shy;b", 1, "U+00AD"),
    ("a &#x202E;b", 1, "U+202E"), ("a &#0000000008203;b", 1, "U+200B"),
    ("| a&lrm; | b |\n|---|---|\n| c | d |", 1, "U+200E"), ("# A\n\n[b](c.md\n'd&rlm;')", 4, "U+200F"),
    ("![a&#xFEFF;b](c.png)", 1, "U+FEFF"), ("- a\n- b&#12644;", 2, "U+3164"),
    ('---\ntrang-thai: da-nop\nchuc-vu: "Gi\\u200bám đốc"\n---\n', 3, "U+200B"),
    ("a[^1]\n\n[^1]: b&#8206;", 3, "U+200E"),
    ('---\nchuc-vu: "Gi\\xadám"\n---\n', 2, "U+00AD"), ('---\nchuc-vu: [a, "\\U0000202e"]\n---\n', 2, "U+202E"),
])
def test_an_invisible_character_is_found_though_it_is_written_in_code(text: str, line: int, name: str) -> None:
    problem, = problems(with_text(text), "ky-tu-an")
    assert (problem.line, name in problem.message) == (line, True)
    assert "viết bằng mã" in problem.message


@pytest.mark.parametrize("text", [
    "`&#8203;`", "```\n&#8203;\n```", "&amp; &lt; &copy; &eacute; &nbsp;", "&amp;#8203;", "C:\\u200b",
    "---\nchuc-vu: 'a\\u200b'\n---\n", "&#128104;&zwj;&#128105;", "&khong;",
])
def test_a_code_that_is_shown_or_makes_no_invisible_character_is_not_told(text: str) -> None:
    assert told("ky-tu-an", text) == []


def test_codes_in_the_settings_are_looked_at_too() -> None:
    settings = source.parse("mkdocs.yml", 'a: b\nsite_name: "H\\u202eội c\\u0430o"\n')
    conference = replace(fabricated_conference(), settings=settings, folder="mkdocs.yml", documents={})
    for rule in ("ky-tu-an", "chu-gia-latinh"):
        assert [(each.path, each.line) for each in CHECKS[rule].problems(conference)] == [("mkdocs.yml", 2)]


@pytest.mark.parametrize(("rule", "text", "line"), [
    ("chu-gia-latinh", "# A\n\nViệc\nc&#1072;o này", 3), ("chu-gia-latinh", "Việc c&#00000001072;o", 1),
    ("chu-gia-latinh", '---\nchuc-vu: "Gi\\u0430m"\n---\n', 2), ("chu-gia-latinh", "![c&#1072;o](a.png)", 1),
    ("chu-he-khac", '---\nchuc-vu: "\\u0431\\u0433"\n---\n', 2), ("chu-he-khac", "a\n\n&#x431;&#x433;", 3),
    ("ky-tu-khong-in-duoc", "a\n\n&#xE000;quy-tac&#xE001;", 3),
    ("ky-tu-khong-in-duoc", '---\nchuc-vu: "\\uf0b7 a"\n---\n', 2),
    ("vo-chu", "&#xFFFD;", 1), ("khong-nfc", "a\n\ne&#770;", 3),
    ("khong-nfc", '---\nchuc-vu: "e\\u0302"\n---\n', 2),
])
def test_a_character_is_told_though_it_is_written_in_code(rule: str, text: str, line: int) -> None:
    assert [each.line for each in problems(with_text(text), rule)] == [line]


@pytest.mark.parametrize(("rule", "text"), [
    ("chu-gia-latinh", "5 &micro;m, &Delta;t, &alpha;"), ("vo-chu", "`&#xE000;`"), ("khong-nfc", "&eacute; &#7852;"),
    ("khong-nfc", "`e&#770;`"),
])
def test_codes_of_right_characters_are_not_told(rule: str, text: str) -> None:
    assert told(rule, text) == []


# --- Spaces -----------------------------------------------------------------------
def test_strange_spaces_are_told_once_with_count_and_lines() -> None:
    (message,) = told("dau-cach-la", "Hội\u00a0nghị\u00a0này\n\nrộng\u3000quá, hẹp\u2009quá")
    assert message.startswith("Tệp có 4 dấu cách đặc biệt (U+00A0, U+2009, U+3000)")
    assert "(dòng 1, 3)" in message


@pytest.mark.parametrize("text", [
    "05\u00a0năm, Quân khu\u00a02, Điều\u00a05, mục\u00a0VI, 95,2\u00a0%, 95\u202f%, 2019\u00a0-\u00a02024",
    "Dấu cách thường",
])
def test_no_break_space_beside_a_number_is_not_told(text: str) -> None:
    assert told("dau-cach-la", text) == []


# --- Letters of other scripts -------------------------------------------------------
@pytest.mark.parametrize(("wrong", "right"), [
    ("\u0422ỉnh", "Tỉnh"), ("c\u0430o", "cao"), ("k\u03bfn", "kon"), ("\u00d0ảng", "Đảng"), ("\u00f0ồng", "đồng"),
    ("\u0189ại", "Đại"), ("\u2163", "IV"), ("\ufb01n", "fin"), ("b\u0251n", "ban"),
])
def test_letter_that_only_looks_latin_is_told_with_the_right_word(wrong: str, right: str) -> None:
    (message,) = told("chu-gia-latinh", f"Việc {wrong} này.")
    assert message.startswith(f'Trong "{wrong}" có ký tự U+')
    assert message.endswith(f'hãy gõ lại thành "{right}".')


@pytest.mark.parametrize(("wrong", "right"), [("\uff33ở", "Sở"), ("\uff12\uff10", "20"), ("\U0001d400n", "An")])
def test_letter_that_cannot_be_printed_is_told_by_its_own_rule_where_it_is_to_be(wrong: str, right: str) -> None:
    assert told("chu-gia-latinh", f"Việc {wrong} này.") == []
    (message,) = told("chu-gia-latinh", f"Việc {wrong} này.", "bien-tap/la.md")
    assert message.endswith(f'hãy gõ lại thành "{right}".')


def test_letter_without_a_twin_asks_for_the_whole_word() -> None:
    (message,) = told("chu-gia-latinh", "Việc c\u0416o này.")
    assert message.endswith("hãy gõ lại cả từ bằng chữ tiếng Việt.")


@pytest.mark.parametrize("text", [
    "5 µm, 5 μg, 3 kΩ, TNFα, Δt, 12 m², x³, H₂O, №", "François, Müller, São Paulo, Ångström, El Niño, Þór, Guðmundsson",
    "\u041c\u043e\u0441\u043a\u0432\u0430, 雲南", "`c\u0430o`", "[trang](c\u0430o.md)", "Đảng, đồng, Ưu, ơn",
])
def test_signs_foreign_names_and_code_are_no_look_alikes(text: str) -> None:
    assert told("chu-gia-latinh", text) == []


def test_words_of_another_script_are_told_once_a_document_and_script() -> None:
    text = "\u041c\u043e\u0441\u043a\u0432\u0430, \u041f\u0440\u0430\u0432\u0434\u0430, 雲南, 北京, ສປປ"
    kinds = [message.partition('" ')[2].partition(";")[0] for message in told("chu-he-khac", text, "bien-tap/la.md")]
    assert kinds == ["viết bằng chữ Kirin", "viết bằng chữ Hán", "viết bằng chữ Lào"]
    assert len(told("chu-he-khac", text)) == 2  # unprintable characters are reported by another rule


@pytest.mark.parametrize("text", ["hệ số α, β, Σ", "tiếng Việt", "c\u0430o", "`雲南`"])
def test_greek_signs_and_mixed_words_are_no_words_of_another_script(text: str) -> None:
    assert told("chu-he-khac", text) == []


# --- Traces of legacy encodings -------------------------------------------------------
SENTENCE = "Các đơn vị đã tổ chức thực hiện nhiệm vụ được giao; tỉnh bảo đảm quân số, vật chất."


@pytest.mark.parametrize(("kind", "text"), [
    ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam"), ("tcvn3", "§éc lËp - Tù do - H¹nh phóc"), ("tcvn3", "hoµ"),
    ("tcvn3", "c¸c ®¬n vÞ"), ("tcvn3", "®iÒu"), ("tcvn3", "nhiÖm vô ®­îc giao"), ("tcvn3", "thñc hi®n nhi®m vø"),
    ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"), ("vni", "ñöôïc"), ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc"),
    ("vni", "NÖÔÙC"), ("utf8", "Cá»™ng hÃ²a xÃ£ há»™i"), ("utf8", "Ä‘Æ°á»£c"), ("utf8", "chÃ\xadnh"), ("utf8", "â€œa"),
    ("utf8", SENTENCE.encode().decode("latin-1")), ("utf8", SENTENCE.encode().decode("cp1252", "replace")[:9]),
    ("utf8", SENTENCE.encode().decode("mac-roman")), ("lost", "S\ufffd Y t\ufffd"), ("font", "\uf0b7 Ý một"),
    ("mark", "ch\u00e9\u0302 \u0111\u1ed9"), ("mark", "Vi \u0323et"), ("mark", "e\u0301\u0302"),
])
def test_debris_is_told_by_its_kind(kind: str, text: str) -> None:
    found = debris_of(text)
    assert found
    assert found[0] == kind
    assert found[1]


@pytest.mark.parametrize("text", [
    SENTENCE, SENTENCE.upper(), "ĐÃ LÀM, HÃY, CÃI, À, ĐÃ\u00a0LÀM; ÂN; Ã!", "«khá», «rất khá»… «cả»", "khá”, cả’ – ạ",
    "François, Müller, Köln, Schröder, El Niño, La Niña, São Paulo, Curaçao, Citroën, Haïti, naïve, Loïc, Linné, Malmö",
    "Microsoft® Word, Acme©, 5 µm, 25 °C, m², H₂O, dân số¹, § 12, ±5 %, 3×4 m, Ø20, ½ ngày, №, 10 ÷ 20",
    "5 €, £3, 10 ¥",
    "Guðmundsson, Þór, Ångström, Æsop, Œuvre", unicodedata.normalize("NFD", SENTENCE), "x\u0304 và p\u0302", "a·b, l·l",
    "Quý, quỳ, thuở, huơ, khuỷu, nghoẹo, oà, oá, uý", "Ba Tơ, Đắk Lắk, Krông Nô, H'Mông, Êđê, Bana, Chơ Ro",
])
def test_vietnamese_names_and_signs_are_no_debris(text: str) -> None:
    assert debris_of(text) is None


def test_debris_is_told_once_a_kind_with_its_lines() -> None:
    (message,) = told("vo-chu", "ViÖt\n\nTốt\n\nlËp và `ViÖt`\n\n`ViÖt`")
    assert message.startswith('"ViÖt" và 1 chỗ khác (dòng 5) là chữ theo bảng mã cũ như TCVN3')


def test_all_files_are_looked_at() -> None:
    documents = {"bien-tap/la.md": source.parse("bien-tap/la.md", "ViÖt \u200b c\u0430o")}
    conference = replace(fabricated_conference(), documents=documents)
    for rule in ("vo-chu", "ky-tu-an", "chu-gia-latinh"):
        assert len(problems(conference, rule, "bien-tap/la.md")) == 1
