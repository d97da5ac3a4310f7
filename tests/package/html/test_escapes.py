"""Backslash escapes have the same meaning as in other Markdown renderers."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.text.source import parse


def _words(text: str, settings: Settings) -> str:
    return " ".join(rendering.finish(rendering.render(text, settings)).text_content().split())


@pytest.mark.parametrize("sign", string.punctuation)
def test_every_sign_can_be_escaped(sign: str, fabricated_settings: Settings) -> None:
    text = f"một \\{sign} hai"
    assert _words(text, fabricated_settings) == f"một {sign} hai"
    assert parse("a.md", text).blocks[0].text == f"một {sign} hai"


@pytest.mark.parametrize("text", ["\\é", "\\1", "\\ a", "\\\u201c", "cuối\\"])
def test_before_anything_else_it_is_itself(text: str, fabricated_settings: Settings) -> None:
    assert _words(text, fabricated_settings) == text
    assert parse("a.md", text).blocks[0].text == text


@pytest.mark.parametrize("text", ["một\\\nhai", "- một\\\n  hai", "> một\\\n> hai", "một *a*\\\nhai"])
def test_at_the_end_of_a_line_it_breaks_the_line(text: str, fabricated_settings: Settings) -> None:
    html = rendering.render(text, fabricated_settings)
    assert "<br" in html
    assert "\\" not in html


@pytest.mark.parametrize(("count", "shown", "broken"), [(1, 0, True), (2, 1, False), (3, 1, True), (4, 2, False)])
def test_an_escaped_one_breaks_no_line(count: int, shown: int, broken: bool, fabricated_settings: Settings) -> None:
    html = rendering.render("một" + "\\" * count + "\nhai", fabricated_settings)
    assert (html.count("\\"), "<br" in html) == (shown, broken)


@pytest.mark.parametrize("text", ["`a\\<b`", "`a\\\nb`", "```\na\\\nb\\<\n```"])
def test_in_code_it_is_itself(text: str, fabricated_settings: Settings) -> None:
    assert "\\" in _words(text, fabricated_settings)


@given(st.text(alphabet="\\\\<>~\"'&@$%,/:;=?^|a \n", max_size=12))
def test_both_parsers_read_the_same_words(fabricated_settings: Settings, text: str) -> None:
    text = f"x {text} x"
    read = "".join("".join(block.text.split()) for block in parse("a.md", text).blocks)
    assert "".join(_words(text, fabricated_settings).split()) == read
