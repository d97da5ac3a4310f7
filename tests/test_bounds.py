"""How much a file may hold: what is over a bound is told at its line, what is at the bound is not."""

from pathlib import Path

import pytest

from conftest import CONFERENCE, PROJECT
from proceedings.bounds import excess


def line_of(text: str) -> int | None:
    found = excess(text)
    return found.line if found else None


@pytest.mark.parametrize(("most", "more", "line"), [
    (("a" * 99 + "\n") * 3_000, ("a" * 99 + "\n") * 3_000 + "a", 1),
    ("\n" * 19_999, "\n" * 20_000, 1),
    ("---\n" + "a\n" * 9_995 + "---", "---\n" + "a\n" * 9_999 + "---", 1),
    ("a\n" + "b" * 10_000, "a\n" + "b" * 10_001, 2),
    ("a\n" + "|" * 100, "a\n" + "|" * 101, 2),
    ("## a\n" * 1_000, "## a\n" * 1_001, 1_001),
    ("a\n---\n" * 1_000, "a\n---\n" * 1_001, 2_002),
    ("a\n===\n" * 1_000, "a\n===\n" * 1_001, 2_002),
    ("a[^1]\n" * 2_000, "a[^1]\n" * 2_001, 2_001),
    ("<!-- a -->\n" * 300, "<!-- a -->\n" * 301, 301),
    ("> ```\n" * 1_000, "> ```\n" * 1_001, 1_001),
    ("~~~\n" * 1_000, "~~~\n" * 1_001, 1_001),
    ("!!! a\n" * 1_000, "!!! a\n" * 1_001, 1_001),
    ("a\n" + "`" * 19, "a\n" + "`" * 20, 2),
    ("[a](b)\n" * 3_000, "[a](b)\n" * 3_001, 3_001),
    ("[ a\n" * 200, "[ a\n" * 201, 201),
    ("[a](b \"c\")\n" * 200, "[a](b \"c\")\n" * 201, 201),
])
def test_a_bound_may_be_reached_but_not_passed(most: str, more: str, line: int) -> None:
    assert line_of(most) is None
    assert line_of(more) == line


@pytest.mark.parametrize("line", [
    "> " * 8 + "a", ">" * 8 + "a", "- " * 8 + "a", "    " * 7 + "- a", "\t" * 7 + "1. a", "    " * 6 + "- > a",
    "    " * 7 + "!!! note", "    " * 7 + "[^a]: b", " " * 90 + "Nơi nhận:", "- " * 40 + "-", "* " * 40, "-" * 90,
    "----- | ---- | ----", "- - - - - - - - - - - - - - - - -",
])
def test_eight_levels_rules_and_centred_lines_are_not_deep(line: str) -> None:
    assert line_of(f"a\n\n{line}") is None


@pytest.mark.parametrize("line", [
    "> " * 9 + "a", ">" * 9, "- " * 9 + "a", "+ " * 9 + "a", "    " * 8 + "- a", "\t" * 8 + "1. a",
    "    " * 7 + "- > a", "    " * 8 + "!!! note", "    " * 8 + "[^a]: b", "> - 1) * + > - 2. > a", "- " * 40 + "a",
])
def test_more_than_eight_levels_are_told_at_their_line(line: str) -> None:
    assert line_of(f"a\n\n{line}") == 3


@pytest.mark.parametrize("text", [
    "Có […] và [… năm], [a](b.md), ![c](d.png), [![e](f.png)](g.md), [x].[^1]\n" * 300,
    "| […] | [a](b) |\n" * 2_000,
])
def test_what_is_closed_is_not_counted_as_open(text: str) -> None:
    assert line_of(text) is None


@pytest.mark.parametrize("docs", [PROJECT / "docs", CONFERENCE / "docs"], ids=["live", "fabricated"])
def test_no_real_text_comes_near(docs: Path) -> None:
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text("utf-8")
        assert excess(text * min(8, 250_000 // max(len(text), 1))) is None, path
