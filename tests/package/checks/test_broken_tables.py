"""Tables that are not rendered as intended are reported; others are not."""

from dataclasses import replace

import pytest

from proceedings.checks.engine.registry import CHECKS
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.text.source import parse

SPEECH = "tham-luan/truong-cao-dang-doc-sach.md"
TABLE = "| a | b |\n| --- | --- |\n| x | y |"


def _lines(rule: str, reading: Reading, text: str) -> list[int]:
    conference = replace(reading.conference, documents={SPEECH: parse(SPEECH, text)})
    return [problem.line for problem in CHECKS[rule].problems(conference)]


@pytest.mark.parametrize(("text", "line"), [
    (f"Chữ:\n{TABLE}", 2), (f"Chữ:\nnữa\n{TABLE}", 3), (f"- ý\n{TABLE}", 2), (f"> lời\n{TABLE}", 2),
    (f"```\nmã\n```\n{TABLE}", 4), (f"## Mục\n{{: #a }}\n{TABLE}", 3), (f"{TABLE}\n{TABLE}", 4),
    ("- ý\n    | a | b |\n    | --- | --- |\n    | x | y |", 2), ("> Chữ\n> | a | b |\n> | --- | --- |", 2),
    ("| a | b |\n| x | y |", 1), ("| a | b |\n| --- |\n| x | y |", 1), ("| a | b |\n\n| --- | --- |\n| x | y |", 1),
    ("| a | b |\n| – | – |\n| x | y |", 1), ("Chữ\n| a | b |\n| x | y |", 2), ("| `a|b` | c |\n| --- | --- |", 1),
    ("| a |\n| --- |\n| x |\nChữ", 4), (f"{TABLE}\nChữ", 4), (f"{TABLE}\n***", 4), (f"{TABLE}\n```\nmã\n```", 4),
    (f"{TABLE}\n[^1]: Lời.\n\nChữ.[^1]", 4), (f"{TABLE}\n    mã", 4),
    (f"> {TABLE}".replace("\n", "\n> ") + "\n> Chữ", 4),
])
def test_a_table_that_the_page_does_not_show_as_meant_is_told(text: str, line: int, fabricated: Reading) -> None:
    assert line in _lines("bang-hong", fabricated, text)


@pytest.mark.parametrize("text", [
    TABLE, f"Chữ:\n\n{TABLE}\n\nChữ", f"## Mục\n{TABLE}", f"Mục\n---\n{TABLE}", f"<!-- lời -->\n{TABLE}\n<!-- lời -->",
    f"***\n{TABLE}", f"!!! note\n    Chữ.\n{TABLE}", "!!! note\n    | a | b |\n    | --- | --- |\n    | x | y |",
    "- ý\n\n    | a | b |\n    | --- | --- |\n    | x | y |", "> | a | b |\n> | --- | --- |\n> | x | y |",
    "Chữ.[^1]\n\n[^1]: | a | b |\n    | --- | --- |\n    | x | y |", "a | b\n--- | ---\nx | y", f"{TABLE}\n## Mục",
    "| a |\n| --- |\n| x |", "| a | b |\n| --- | --- |\n| x |\n| \\| | y |",
    "- ý\n- | a | b |\n  | --- | --- |\n  | x | y |",
    f"{TABLE}\n> lời", f"{TABLE}\n\n{TABLE}",
])
def test_a_table_that_the_page_shows_is_not(text: str, fabricated: Reading, fabricated_settings: Settings) -> None:
    assert "<table" in rendering.render(text, fabricated_settings)
    assert _lines("bang-hong", fabricated, text) == []
    assert _lines("o-thua", fabricated, text) == []


@pytest.mark.parametrize("text", [
    "Giá trị |x| của x.", "Một | hai | ba.", "```\n| a | b |\n```", "`| a | b |`", "    | a | b |", "|x| > 1.", "",
])
def test_bars_in_other_texts_are_no_table(text: str, fabricated: Reading) -> None:
    assert _lines("bang-hong", fabricated, text) == []


@pytest.mark.parametrize("text", [
    "> | a | b |\n> | --- | --- |\n> | x | y | z |", "- | a | b |\n  | --- | --- |\n  | x | y | z |",
    "Chữ.[^1]\n\n[^1]: | a | b |\n    | --- | --- |\n    | x | y | z |",
])
def test_a_surplus_cell_is_told_wherever_the_table_stands(text: str, fabricated: Reading) -> None:
    assert _lines("o-thua", fabricated, text) == [len(text.split("\n"))]
