"""Endings and punctuation of the plan and other texts."""

from dataclasses import replace

import pytest

from proceedings import checks
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.problems import Problem
from proceedings.text.source import parse

PLAN, REPORT = "ke-hoach.md", "bao-cao.md"
RULES = {"can-cu-dau-cau", "noi-nhan-dau-cau", "ket-thuc-ke-hoach", "ket-thuc-bai"}


def _found(conference: Conference, path: str, text: str) -> list[Problem]:
    conference = replace(conference, documents={**conference.documents, path: parse(path, text)})
    return [problem for problem in checks.check(Reading(conference, ())) if problem.rule in RULES]


def _plan(conference: Conference, *changes: tuple[str, str]) -> str:
    text = conference.documents[PLAN].text
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize(("change", "rule", "words"), [
    (("trên địa bàn tỉnh;", "trên địa bàn tỉnh."), "can-cu-dau-cau", '"địa bàn tỉnh." thành "địa bàn tỉnh;"'),
    (("trên địa bàn tỉnh;", "trên địa bàn tỉnh"), "can-cu-dau-cau", '"địa bàn tỉnh" thành "địa bàn tỉnh;"'),
    (("2032 - 2035.", "2032 - 2035;"), "can-cu-dau-cau", '"2032 - 2035;" thành "2032 - 2035."'),
    (("- Thường trực HĐND tỉnh;", "- Thường trực HĐND tỉnh,"), "noi-nhan-dau-cau", 'HĐND tỉnh," thành '),
    (("- Lưu: VT, ĐA (Mận).", "- Lưu: VT, ĐA (Mận)"), "noi-nhan-dau-cau", '"VT, ĐA (Mận)" thành "VT, ĐA (Mận)."'),
    (("được hướng dẫn./.", "được hướng dẫn."), "ket-thuc-ke-hoach", '"được hướng dẫn." thành "được hướng dẫn./."'),
    (("được hướng dẫn./.", "được hướng dẫn ./"), "ket-thuc-ke-hoach", '"hướng dẫn./."'),
    (("cho giai đoạn tiếp theo.", "cho giai đoạn tiếp theo./."), "ket-thuc-ke-hoach", "chỉ đặt một lần"),
    (("thì báo về", "./. thì báo về"), "ket-thuc-ke-hoach", "chỉ đặt một lần"),
])
def test_the_plan_is_advised_with_the_exact_replacement(
    fabricated: Reading, change: tuple[str, str], rule: str, words: str,
) -> None:
    found, = _found(fabricated.conference, PLAN, _plan(fabricated.conference, change))
    assert (found.rule, found.severity.value) == (rule, "advisory")
    assert words in found.message
    assert "Kế hoạch giữ nguyên văn" in found.message


@pytest.mark.parametrize("changes", [
    [("2032 - 2035.", "2032 - 2035,")], [("- Lưu: VT, ĐA (Mận).", "- Lưu: VT, ĐA (Mận).[^1]\n\n[^1]: chú")],
    [("{: #can-cu }", "")], [("{: #ket-thuc }", "")], [("{: #noi-nhan }", "")],
])
def test_other_plans_are_no_fault(fabricated: Reading, changes: list[tuple[str, str]]) -> None:
    assert _found(fabricated.conference, PLAN, _plan(fabricated.conference, *changes)) == []


@pytest.mark.parametrize("text", [
    "# A\n\nHết.", "# A\n\nHết./.", "# A\n\nHết.\n\nXin cảm ơn./.\n\n[^1]: chú",
    "# A\n\nHết./.\n\nNơi nhận:\n\n- Như trên.",
    "# A\n\nHết./.\n\nTM. BAN TỔ CHỨC", "# A\n\nHết./.\n\n## Phụ lục\n\nBảng.", "# A\n\nHết[^1]./.\n\n[^1]: chú", "",
    "# A\n\n- một;\n- hai./.", "# A\n\n`./.` trong mã\n\nHết.",
])
def test_a_text_ended_once_or_not_at_all_is_no_fault(fabricated: Reading, text: str) -> None:
    assert _found(fabricated.conference, REPORT, text) == []


@pytest.mark.parametrize(("text", "lines", "words"), [
    ("# A\n\nHết./.\n\nXin cảm ơn!", [3], 'rồi đặt "./." ở cuối dòng 5'),
    ("# A\n\nMột./.\n\nHai./.", [3], 'thay dấu ở dòng này bằng dấu ".".'),
    ("# A\n\nMột./. Hai./.", [3], "chỉ đặt một lần"), ("# A\n\nMột./. Hai.", [3], "chỉ đặt một lần"),
    ("# A\n\nMột./.\n\nHai./.\n\nBa.", [3, 5], "dòng 7"), ("# A\n\nHết./.\n\nNơi nhận:\n\n- Lưu./.", [7], "một lần"),
])
def test_a_text_ended_before_its_end_is_told(fabricated: Reading, text: str, lines: list[int], words: str) -> None:
    found = _found(fabricated.conference, REPORT, text)
    assert [(problem.line, problem.rule) for problem in found] == [(line, "ket-thuc-bai") for line in lines]
    assert words in found[0].message
