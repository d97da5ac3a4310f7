"""Size limits of files: values above a limit are reported at their line, values at the limit are not."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from conftest import CONFERENCE, PROJECT
from proceedings.conference.reading import read_conference
from proceedings.text.bounds import Load, excess


def line_of(text: str) -> int | None:
    found = excess(text)
    return found.line if found else None


@pytest.mark.parametrize(("most", "more", "line"), [
    (("a" * 99 + "\n") * 3_000, ("a" * 99 + "\n") * 3_000 + "a", 1),
    ("\n" * 19_999, "\n" * 20_000, 1),
    ("---\n" + "a\n" * 9_995 + "---", "---\n" + "a\n" * 9_999 + "---", 1),
    ("a\n" + "b" * 10_000, "a\n" + "b" * 10_001, 2),
    ("a\n" + "|" * 31, "a\n" + "|" * 32, 2),
    ("a\n" + "|" * 31 + "\\|" * 90, "a\n" + "|" * 32, 2),
    (("|" * 30 + "\n") * 500, ("|" * 30 + "\n") * 501, 501),
    ("a\n" + "*a" * 1_000, "a\n" + "*a" * 1_001, 2),
    ("_a*b**\n" * 333, "_a*b**\n" * 334, 334),
    ("`a``\n" * 500, "`a``\n" * 501, 501),
    ("*a" * 900 + "\n\n" + "_a" * 900, "*a" * 900 + "\n" + "_a" * 900, 2),
    ("a|b\n-|-\n" + "**a**|`b`\n" * 400, "a|b\n**a**|`b`\n" + "-|-\n**a**|`b`\n" * 300, 502),
    ("*a*\n\n" * 9_999, "_a_b_\n\n" * 6_667, 13_333),
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
    "_" * 80 + "\n" + "*" * 80 + "\n" + "Họ và tên: ______________________________\n" * 300,
])
def test_what_is_closed_is_not_counted_as_open(text: str) -> None:
    assert line_of(text) is None


@pytest.mark.parametrize("docs", [PROJECT / "docs", CONFERENCE / "docs"], ids=["live", "fabricated"])
def test_no_real_text_comes_near(docs: Path) -> None:
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text("utf-8")
        assert excess(text * min(8, 250_000 // max(len(text), 1))) is None, path


# --- Large regular texts ---
SENTENCE = "Đơn vị tổ chức **12 buổi** đọc sách cho bạn đọc ở xã, phường, đạt *95,5%* kế hoạch. "


def annex(columns: int, rows: int) -> str:
    head = f"| {' | '.join(f'Cột {number}' for number in range(columns))} |\n|{'---|' * columns}\n"
    return head + (f"| {' | '.join(['1.234,5', '**Xã mẫu**', '`M-01`'] * (columns // 3))} |\n") * rows


@pytest.mark.parametrize("text", [
    (SENTENCE * 6 + "\n\n") * 150,  # thirty pages
    (SENTENCE * 3 + "[^{}]\n\n") * 100 + "[^{}]: Báo cáo mẫu.\n\n",
    annex(15, 300), annex(12, 400), "\n\n".join([annex(6, 50)] * 20),
    "- **Sở Mẫu**: `so-mau`, *đã nộp*.\n" * 1_500,
], ids=["speech", "notes", "annex", "long annex", "tables", "list"])
def test_large_honest_texts_pass(text: str) -> None:
    assert excess(text) is None


def docs_of(folder: Path, files: dict[str, str | bytes]) -> Path:
    for path, text in files.items():
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "docs"


def told(docs: Path) -> list[tuple[str, str]]:
    found = read_conference(docs).problems
    return [(problem.path, problem.message) for problem in found if problem.rule == "tep-qua-lon"]


def test_two_hundred_long_speeches_pass(tmp_path: Path) -> None:
    speech = (SENTENCE * 6 + "\n\n") * 20 + annex(6, 30)
    assert told(docs_of(tmp_path, {f"tham-luan/don-vi-{number}.md": speech for number in range(200)})) == []


@pytest.mark.parametrize(("least", "what"), [
    (Load(letters=700), "chữ cái"), (Load(blocks=10), "đoạn"), (Load(cells=20), "ô bảng"),
])
def test_what_all_documents_hold_together_is_bounded(
    least: Load, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = f"# Bài\n\n{SENTENCE}\n\n{SENTENCE}\n\n{annex(6, 1)}"
    docs = docs_of(tmp_path, {f"tham-luan/bai-{number}.md": text for number in range(9)})
    assert told(docs) == []
    most = {"letters": 10**9, "blocks": 10**9, "cells": 10**9}
    key, = (key for key in most if getattr(least, key))
    monkeypatch.setattr("proceedings.text.bounds._MOST_OF_ALL", Load(**{**most, key: getattr(least, key)}))
    (path, message), = told(docs)
    assert path in ("docs/tham-luan/bai-1.md", "docs/tham-luan/bai-2.md")
    assert f"quá {getattr(least, key)} {what}" in message
    documents = read_conference(docs).conference.documents
    assert [document.unread for document in documents.values()][-5:] == [True] * 5


def test_files_and_pixels_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = BytesIO()
    Image.new("P", (100, 100)).save(picture, "GIF")
    docs = docs_of(tmp_path, {f"tham-luan/bai/anh-{number}.gif": picture.getvalue() for number in range(9)})
    assert told(docs) == []
    monkeypatch.setattr("proceedings.conference.reading.MOST_FILES", 5)
    monkeypatch.setattr("proceedings.conference.reading.MOST_PIXELS_OF_ALL", 25_000)
    (many, files), (large, pixels) = sorted(told(docs), key=lambda each: "điểm ảnh" in each[1])
    assert (many, large) == ("docs/tham-luan/bai/anh-5.gif", "docs/tham-luan/bai/anh-2.gif")
    assert "quá 5 tệp" in files
    assert "điểm ảnh" in pixels
