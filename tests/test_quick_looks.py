"""What is looked at quickly before it is looked at closely loses nothing: the quick look lets pass all that matters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings import markup
from proceedings.checks import secrecy

PIECES = ("năm", "Điều", "khoản", "điểm", "mục", "Phụ lục", "ngày", "tháng", "quý", "số", "Quân khu", "II", "VI", "a",
          "đ)", "5", "05", "7/2034", "12/2034/NĐ-CP", "12-NQ/TW", "KT-XH", "triệu đồng", "2032", "-", "…", "Sở", "giờ")
LEVELS = ("MẬT", "M Ậ T", "Mật", "TUYỆT MẬT", "tối mật", "TỐI", "MẬ", "T", "mật ong", "|", ":", "- ", "(", ")", "1. ",
          "/", "&#7852;", "<b>", "</b>", "{: .x}", "<!--", "-->", "a", "Á")


@given(st.lists(st.sampled_from(PIECES), max_size=6), st.sampled_from((" ", "  ", ", ", "\xa0")))
def test_every_piece_that_no_line_may_break_bears_a_sign_of_it(words: list[str], gap: str) -> None:
    text = gap.join(words)
    if markup._UNBREAKABLE.search(text):
        assert markup._SIGN.search(text)


@given(st.lists(st.sampled_from(LEVELS), max_size=6).map("".join))
def test_no_mark_of_secrecy_is_passed_over(line: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrecy, "_MAYBE", re.compile(""))  # so that every line is looked at closely
        closely = secrecy.is_secrecy_mark(line)
    assert secrecy.is_secrecy_mark(line) == closely
