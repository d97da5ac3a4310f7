"""Slugs, sort keys and comparison of Vietnamese words without diacritics."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proceedings.text.slugs import collation, fold, nearest, slug


@pytest.mark.parametrize(("text", "folded"), [
    ("Sở Mẫu", "so mau"),
    ("ĐƯỜNG đất", "duong dat"),
    ("Ủy ban nhân dân", "uy ban nhan dan"),
    ("quỹ, ngoại, Nghĩa", "quy, ngoai, nghia"),
    ("ế", "e"),  # decomposed, as on macOS
])
def test_fold_takes_vietnamese_marks_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "name"), [
    ("Sở Sách và Thư tịch", "so-sach-va-thu-tich"),
    ("  Sở  Mẫu, (tỉnh) – 2035… ", "so-mau-tinh-2035"),
    ("Ban Tổ chức Đề án huyện Đồi Gió", "ban-to-chuc-de-an-huyen-doi-gio"),
    ("I. MỤC ĐÍCH - YÊU CẦU", "i-muc-dich-yeu-cau"),
    ("so_mau", "so-mau"),
    ("…", ""),
    ("", ""),
])
def test_slug_is_kebab_case_without_marks(text: str, name: str) -> None:
    assert slug(text) == name


def test_slug_takes_the_separator_that_the_table_of_contents_hands_it() -> None:
    assert slug("Sở Mẫu - 1", "_") == "so_mau_1"


@given(st.text())
@example("İ")  # becomes two characters in lower case
@example("ﬁ K ① Ǆ")
def test_slug_is_ascii_and_is_its_own_slug(text: str) -> None:
    name = slug(text)
    assert name.isascii()
    assert name == name.lower()
    assert slug(name) == name
    assert not name.startswith("-")
    assert not name.endswith("-")
    assert "--" not in name


@given(st.text())
def test_fold_leaves_nothing_to_fold(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("word", "known", "near"), [
    ("trangthai", ("ngay-nop", "trang-thai"), "trang-thai"),
    ("phan-cong", ("phan-cong-tham-luan", "khach-moi"), "phan-cong-tham-luan"),
    ("zzz", ("trang-thai", "ngay-nop"), None),
    ("trang-thai", (), None),
])
def test_nearest_is_the_known_word_most_alike_or_none(word: str, known: tuple[str, ...], near: str | None) -> None:
    assert nearest(word, iter(known)) == near


@pytest.mark.parametrize("words", [
    "Ban Bộ Công Sở", "Da Đa", "lan lăn lân", "ma mà mả mã má mạ", "lân lần", "o ô ơ", "Sở Xây dựng|Sở Y tế",
    "Công an|Công an tỉnh|Cộng đồng", "Khu 10|Khu 2|Khu A",  # numbers by their digits, and before letters
])
def test_words_sort_as_in_vietnamese_dictionaries(words: str) -> None:
    expected = words.split("|") if "|" in words else words.split()
    shuffled = [*expected[1::2], *expected[::2]]
    assert sorted(shuffled, key=collation) == expected


@given(st.text(), st.text())
def test_every_two_texts_can_be_sorted(one: str, other: str) -> None:
    assert sorted([one, other], key=collation)
