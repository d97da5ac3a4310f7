"""Lists that are not parsed as lists, and the punctuation of lists."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proceedings import checks
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.problems import Problem
from proceedings.text.source import parse

SPEECH = "tham-luan/truong-cao-dang-doc-sach.md"
SHAPE = {"danh-sach-dinh", "danh-sach-lui-thieu"}
RULES = SHAPE | {"dau-dong-la", "danh-sach-dau-cau", "danh-sach-mot-y", "so-y-lech"}


def _found(conference: Conference, text: str) -> list[Problem]:
    conference = replace(conference, documents={**conference.documents, SPEECH: parse(SPEECH, text)})
    return [problem for name in sorted(RULES) for problem in CHECKS[name].problems(conference)
            if problem.path.endswith(SPEECH)]


# --- Lists that are not parsed as lists --------------------------------------------------
@pytest.mark.parametrize("text", [
    "Đoạn:\n- a;\n- b.", "Đoạn:\n* a;\n* b.", "Đoạn:\n1. a;\n2. b.", "> Đoạn:\n> - a;\n> - b.", "1) a;\n2) b.",
    "Đoạn\n{: #x }\n- a;\n- b.", "| a |\n|---|\n| b |\n- c;\n- d.", "!!! note\n    Đoạn:\n    - a;\n    - b.",
    "- a;\n  - b;\n- c.", "- a;\n    - b;\n      - c.", "1. a;\n   1. b.", "1. a;\n   - b.", "- a;\n- b;\n1. c.",
    "> - a;\n>   - b.", "1. a;\n\n    Đoạn thêm.\n2. b.", "- a.\n\n    Đoạn.\n- b.",
    "- a;\n    - b.\n\n        Đoạn.\n    - c.",
])
def test_a_list_that_the_page_does_not_show_as_typed_is_told(
    fabricated: Reading, fabricated_settings: Settings, text: str,
) -> None:
    found = {problem.rule for problem in _found(fabricated.conference, text)}
    assert found & SHAPE
    # After the suggested correction, the page has more lists or items.
    right = _mended(text)
    assert not SHAPE & {problem.rule for problem in _found(fabricated.conference, right)}
    assert _shape(right, fabricated_settings) > _shape(text, fabricated_settings)


def _mended(text: str) -> str:
    """Add blank lines above lists and full stops after numbers, and indent items by four."""
    lines: list[str] = []
    for line in text.replace("1)", "1.").replace("2)", "2.").split("\n"):
        quote, bare = ("> ", line[2:]) if line.startswith("> ") else ("", line)
        depth = {0: 0, 2: 1, 3: 1, 4: 1, 6: 2, 8: 2}[len(bare) - len(bare.lstrip())]
        item = bare.lstrip()[:2] in ("- ", "* ", "1.", "2.")
        if item and (not lines or lines[-1].lstrip("> ")[:2] not in ("- ", "* ", "1.", "2.") or "\n1. c" in text):
            lines.append(quote.strip())
        lines.append(quote + "    " * depth + bare.lstrip())
    return "\n".join(lines)


def _shape(text: str, settings: Settings) -> int:
    html = rendering.render(text, settings)
    return html.count("<li>") + html.count("<ul>") + html.count("<ol")


@pytest.mark.parametrize("text", [
    "Đoạn:\n\n- a;\n- b.", "## I. A\n- a;\n- b.", "- a;\n\n- b.", "- a:\n    - b;\n    - c.\n- d.",
    "- a.\n\n    Đoạn.\n\n- b.", "1. Khám;\n2. Chữa:\n    - nội trú;\n    - ngoại trú.\n3. Dự phòng.",
    "- a:\n    1. b;\n    2. c;\n- d.", "Gồm:\n\n<!-- ngoai-le: x: y -->\n- a;\n- b.",
    "Gồm:\n<!-- lời\nbàn -->\n- a;\n- b.",
    "1. a.\n1. b.\n1. c.", "3. a.\n4. b.", "1. a\n   nối tiếp;\n2. b.", "<!-- lời bàn -->\n- a;\n- b.",
    "```\nĐoạn\n- a\n```", "- Vì sao?\n- Bao giờ!\n- Còn nữa…", "- Số xe: […]\n- Số sách: [… bản]",
    '- "một";\n- **hai**.', '- "một."\n- (hai.)', "- một;[^1]\n- hai (ba).\n\n[^1]: chú.",
    "- a:\n    - b;\n    - c;\n- d.",
    "Một là, hai là - ba là.", "*Nghiêng* ở đầu dòng.", "> – Trích sổ cảm nghĩ", "**- không**", "-5 độ vào đêm.", "---",
    "- Về xe:\n\nĐoạn một.\n\n- Về sách:\n\nĐoạn hai.", "1. Chỉ một.", "Năm\n2034. Hết.", "",
])
def test_ordinary_lists_are_no_fault(fabricated: Reading, text: str) -> None:
    assert _found(fabricated.conference, text) == []


# --- Content of lists -------------------------------------------------------------------
@pytest.mark.parametrize(("text", "line", "rule", "words"), [
    ("- a b c d;\n- e", 2, "danh-sach-dau-cau", 'sửa "e" thành "e."'),
    ("- một hai ba bốn\n- năm;\n- sáu.", 1, "danh-sach-dau-cau", 'sửa "hai ba bốn" thành "hai ba bốn;"'),
    ("- a\n- b\n- c", 1, "danh-sach-dau-cau", "và ở dòng 2, 3 cũng thế"),
    ("- a.\n\n    Đoạn sau\n\n- b.", 1, "danh-sach-dau-cau", "chưa có dấu"),
    ("- a;\n- b;", 2, "danh-sach-dau-cau", 'sửa "b;" thành "b."'), ("- a,\n- b,", 2, "danh-sach-dau-cau", '"b."'),
    ("- a;\n- b;\n\n1. c;\n2. d.", 2, "danh-sach-dau-cau", '"b."'),
    ("- a:\n    - b\n    - c.\n- d.", 2, "danh-sach-dau-cau", "chưa có dấu"),
    ("- một mình.", 1, "danh-sach-mot-y", "đoạn văn"), ("- a.\n\n## I. A\n\nb", 1, "danh-sach-mot-y", "đoạn văn"),
    ("1. a.\n2. b.\n2. c.\n3. d.", 3, "so-y-lech", "ghi số 2 nhưng sẽ hiện số 3"),
    ("5. a.\n7. b.", 2, "so-y-lech", "ghi số 7 nhưng sẽ hiện số 6"),
    ("• Một.\n• Hai.", 1, "dau-dong-la", '"•"'), ("-Một.", 1, "dau-dong-la", '"-"'),
])
def test_what_is_wrong_is_told_once_with_the_remedy(
    fabricated: Reading, text: str, line: int, rule: str, words: str,
) -> None:
    found, = _found(fabricated.conference, text)
    assert (found.line, found.rule) == (line, rule)
    assert words in found.message


@given(st.lists(st.sampled_from(["- a", "- b;", "  - c.", "    - d", "      - e.", "1. f", "2. g.", "    1. h", "3) i",
                                 "> - k", ">     - l", "Chữ.", "", "", "## M", "| n |", "|---|", "```", "!!! note",
                                 "    chữ", "[^1]: o", "\t- p", "- - q", "- ", "1."]), max_size=14))
def test_any_lines_are_read(fabricated: Reading, lines: list[str]) -> None:
    total = len(lines)
    assert all(1 <= problem.line <= max(total, 1) for problem in _found(fabricated.conference, "\n".join(lines)))


def test_all_documents_are_asked_whether_their_lists_are_lists(fabricated: Reading) -> None:
    path = "bien-tap/index.md"
    document = parse(path, "# A\n\nĐoạn:\n- a\n  - b\n")
    conference = replace(fabricated.conference, documents={**fabricated.conference.documents, path: document})
    found = [(problem.line, problem.rule) for problem in checks.check(Reading(conference, ()))]
    assert found == [(4, "danh-sach-dinh"), (5, "danh-sach-lui-thieu")]
