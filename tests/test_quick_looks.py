"""What is looked at quickly before it is looked at closely loses nothing: the quick look lets pass all that matters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings import markup
from proceedings.checks import secrecy
from proceedings.settings import Settings

LEVELS = ("MẬT", "M Ậ T", "Mật", "TUYỆT MẬT", "tối mật", "TỐI", "MẬ", "T", "mật ong", "|", ":", "- ", "(", ")", "1. ",
          "/", "&#7852;", "<b>", "</b>", "{: .x}", "<!--", "-->", "a", "Á")


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
