"""Marks of secrecy in any encoding, and sentences that contain none.

All sentences are invented. Each text is a whole file: a mark is reported at least once, a sentence without mark
never.
"""

import json
from dataclasses import replace

import pytest

from conftest import PROJECT
from proceedings.checks.engine.registry import CHECKS
from proceedings.text import source
from telling import SPEECH, fabricated_conference, told, with_text

HEAD = "---\ntrang-thai: da-nop\n"
TEXTS = json.loads((PROJECT / "tests/secrecy_texts.json").read_text("utf-8"))


@pytest.mark.parametrize("text", TEXTS["marked"], ids=ascii)
def test_what_readers_see_as_a_mark_is_told(text: str) -> None:
    assert told("dau-mat", text)


@pytest.mark.parametrize("text", TEXTS["right"], ids=ascii)
def test_right_sentences_are_not_told(text: str) -> None:
    assert told("dau-mat", text) == []


def test_the_corpora_are_large_enough() -> None:
    assert len(set(TEXTS["marked"])) >= 80
    assert len(set(TEXTS["right"])) >= 60


@pytest.mark.parametrize(("text", "lines"), [
    ("a: b\nsite_name: \"M\\u1eacT\"\n", [2]), ("a: b\nsite_name: \"Báo cáo (M\\x{1}\"\n", []),
    ("a: !ENV [X, \"M\\u1eacT\"]\n", [1]),
    ("site_name: Bảo mật\nx: \"m\\u1eadt \\u0111\\u1ed9\"\n", []),
    ("x: >\n  M\n  Ậ\n  T\n", [2]), ("x: [\n\"M\\u1eacT\n", [2]),
])
def test_marks_in_the_settings_are_told_at_their_line(text: str, lines: list[int]) -> None:
    conference = replace(fabricated_conference(), settings=source.parse("mkdocs.yml", text), documents={})
    assert sorted(each.line for each in CHECKS["dau-mat"].problems(conference)) == lines


@pytest.mark.parametrize(("text", "line"), [
    ("# A\n\nChữ.\n\nM\n\nẬ\n\nT\n", 5), (HEAD + 'chuc-vu: "M\\u1eacT"\n---\n', 3),
    ("a\n\n[M](a.md)[Ậ](b.md)[T](c.md)", 3),
    ("a\n\n[Sơ đồ](a.md 'MẬT')", 3), ("a\n\nMẬT\nSố: 12/BC", 3),
    ("a\n\n| A | M |\n|---|---|\n| b | Ậ |\n| c | T |", 3),
])
def test_a_mark_is_told_once_at_its_line(text: str, line: int) -> None:
    conference = with_text(text)
    lines = [each.line for each in CHECKS["dau-mat"].problems(conference)
             if each.path == conference.place(SPEECH).path]
    assert lines == [line]
