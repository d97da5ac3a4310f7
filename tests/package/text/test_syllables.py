"""Number of syllables in a text, and minutes to read it."""

import pytest

from proceedings.text.source import parse
from proceedings.text.syllables import minutes, read_syllables, silently_read, spoken


@pytest.mark.parametrize(("text", "count"), [
    ("Kính thưa các đồng chí đại biểu!", 7),
    ("kinh tế - xã hội – quốc phòng", 6),
    ("5", 1), ("05", 1), ("0", 1), ("21", 3), ("250", 5), ("2034", 7), ("18.742", 9), ("82,4", 5), ("95 %", 5),
    ("UBND", 4), ("NĐ-CP", 4), ("LLVT", 4), ("QĐ", 2), ("ATXH", 4),
    ("KẾT QUẢ THỰC HIỆN", 4), ("KHUYẾN NGHỊ", 2), ("GIÁ ĐẤT", 2), ("UỶ BAN NHÂN DÂN", 4), ("NGHIÊNG", 1),
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
