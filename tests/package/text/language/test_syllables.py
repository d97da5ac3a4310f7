"""Number of syllables in a text, and minutes to read it."""

import pytest

from grammars import Row, finds, missing_examples, name, row, without
from proceedings.text.language.syllables import PIECES, is_syllable, looks_abbreviated, read_syllables
from proceedings.text.reading_time import minutes, silently_read, spoken
from proceedings.text.source import parse

ROWS = (
    row("onset", "<syllable>", "nghieng"),
    row("cluster", "<syllable>", "krong"),
    row("nucleus", "<syllable>", "khuyen"),
    row("coda", "<syllable>", "dak"),
    row("syllable", "<syllable>", "oai"),
)


@pytest.mark.parametrize("case", ROWS, ids=name)
def test_each_piece_is_needed_for_a_text(case: Row) -> None:
    assert finds(PIECES, case)
    assert not finds(without(PIECES, case.piece), case)


def test_every_piece_has_a_row_and_an_example_that_it_matches() -> None:
    assert {case.piece for case in ROWS} == set(PIECES)
    assert missing_examples(PIECES) == []


# Each onset, nucleus and coda, in a sample word.
SYLLABLES = """
    bà cá chè đá dao ghế giá gà hoa khế kẻ lá mía nghe nhà ngô pin phố quả rau sẻ thu trà tổ vở xe án
    khuyến nghiêng oai khuya khoét yêu uyển ươm ách bích nặng nhanh đắk khoác kim ăn ốp hát y ơi
    ĐẮK LẮK KRÔNG PLEI ĐRAY BLAO HRÊ SRÓC
""".split()
ABBREVIATIONS = "UBND HĐND QĐ NĐ LLVT KVPT BTC HTX TTg".split()


@pytest.mark.parametrize("word", SYLLABLES)
def test_a_syllable_is_one_in_capitals_and_in_small_letters(word: str) -> None:
    assert [is_syllable(each) for each in (word, word.upper(), word.lower())] == [True] * 3
    assert read_syllables(word.upper()) == read_syllables(word.lower()) == 1


@pytest.mark.parametrize("word", ABBREVIATIONS)
def test_an_abbreviation_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(("short", "abbreviated"), [
    ("KT-XH", True), ("Đ/c", True), ("UBND", True), ("Đắk", False), ("ĐẮK LẮK", False), ("ha", True), ("và", False),
])
def test_a_name_of_syllables_is_no_abbreviation(short: str, abbreviated: bool) -> None:
    assert looks_abbreviated(short) == abbreviated


@pytest.mark.parametrize(("text", "count"), [
    ("Kính thưa các đồng chí đại biểu!", 7),
    ("kinh tế - xã hội – quốc phòng", 6),
    ("5", 1), ("05", 1), ("0", 1), ("21", 3), ("250", 5), ("2034", 7), ("18.742", 9), ("82,4", 5), ("95 %", 5),
    ("UBND", 4), ("NĐ-CP", 4), ("LLVT", 4), ("QĐ", 2), ("ATXH", 4),
    ("KẾT QUẢ THỰC HIỆN", 4), ("KHUYẾN NGHỊ", 2), ("GIÁ ĐẤT", 2), ("UỶ BAN NHÂN DÂN", 4), ("NGHIÊNG", 1),
    ("ĐẮK LẮK", 2), ("Đắk Lắk", 2), ("KRÔNG NÔ", 2), ("Krông Nô", 2),
    ("số 12/2034/NĐ-CP", 1 + 3 + 1 + 7 + 1 + 4), ("ngày 05/4/2032", 1 + 1 + 1 + 1 + 1 + 7),
    ("sách & trà", 3), ("“một giờ mỗi tối”", 4), ("…", 0), ("", 0),
])
def test_text_is_counted_as_it_is_read_aloud(text: str, count: int) -> None:
    assert read_syllables(text) == count


@pytest.mark.parametrize(("syllables", "taken"), [(0, 0), (1, 1), (140, 1), (141, 2), (1120, 8), (1121, 9)])
def test_minutes_are_rounded_up(syllables: int, taken: int) -> None:
    assert minutes(syllables, 140) == taken


def test_tables_and_notes_are_read_but_not_spoken_and_blanks_are_neither() -> None:
    text = "# một\n\nhai[^1] [… chỗ trống]\n\n- ba\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: bốn năm\n"
    document = parse("a.md", text)
    assert (spoken(document), silently_read(document)) == (3, 9)
