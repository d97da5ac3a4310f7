"""What is looked at quickly before it is looked at closely loses nothing: the quick look lets pass all that matters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings.checks import texts

LEVELS = ("MẬT", "M Ậ T", "Mật", "TUYỆT MẬT", "tối mật", "TỐI", "MẬ", "T", "mật ong", "|", ":", "- ", "(", ")", "1. ",
          "/", "&#7852;", "<b>", "</b>", "{: .x}", "<!--", "-->", "a", "Á")


@given(st.lists(st.sampled_from(LEVELS), max_size=6).map("".join))
def test_no_mark_of_secrecy_is_passed_over(line: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_MARKUP", re.compile(""))  # so that every line is looked at closely
        closely = texts.is_secrecy_mark(line)
    assert texts.is_secrecy_mark(line) == closely
