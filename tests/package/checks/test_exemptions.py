"""An exemption silences one rule at one place, is listed, and does not appear on pages and in print."""

import re
import sys
from pathlib import Path

import pytest

from conftest import CONFERENCE, finished_html, run
from proceedings import checks
from proceedings.checks import Exemption, Findings
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference import reading
from proceedings.conference.reading import faults
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.text import source

PAGE = "phu-luc/index.md"
WHY = "<!-- ngoai-le: the-html: cần thẻ trong ví dụ -->"


def _examined(conference_root: Path, text: str, page: str = PAGE) -> Findings:
    docs = conference_root / "docs"
    (docs / page).write_text(text, "utf-8")
    return checks.examine(reading.read_conference(docs))


def _lines(findings: Findings) -> tuple[list[tuple[int, str]], list[tuple[int, tuple[int, int]]]]:
    return ([(problem.line, problem.rule) for problem in findings.problems],
            [(each.place.line, each.lines) for each in findings.exemptions])


# --- Silenced problems ------------------------------------------------------------
@pytest.mark.parametrize(("text", "problems", "used"), [
    pytest.param(f"# A\n\n{WHY}\nx <hr>\n\ny <hr>\n", [(6, "the-html")], [(3, (4, 5))], id="above a paragraph"),
    pytest.param(f"# A\n\n{WHY}\n\nx <hr>\n", [], [(3, (5, 6))], id="above, with a blank line"),
    pytest.param(f"# A\n\nx\nz <hr>\n\n{WHY}\ny\nz <hr>\n", [(3, "the-html")], [(6, (7, 9))], id="a whole block"),
    pytest.param(f"# A\n\n{WHY}\n- x <hr>;\n- y <hr>.\n", [(5, "the-html")], [(3, (4, 4))], id="one item of a list"),
    pytest.param(f"# A\n\nx <hr> {WHY}\n\ny <hr>\n", [(5, "the-html")], [(3, (3, 3))], id="end of the line"),
    pytest.param(f"# A\n\n| h |\n|---|\n| <hr> {WHY} |\n| <hr> |\n", [(6, "the-html")], [(5, (5, 5))], id="cell"),
    pytest.param(f"# A <hr> {WHY}\n", [], [(1, (1, 1))], id="heading"),
    pytest.param(f"# A\n\n{WHY}\n{WHY}\nx <hr>\n", [(4, "ngoai-le-thua")], [(3, (5, 6))], id="twice"),
    pytest.param(f"# A\n\n{WHY} {WHY.replace('the-html', 'viet-tat-la')}\nPCVC <hr>\n", [],
                 [(3, (4, 5)), (3, (4, 5))], id="two rules"),
    pytest.param(f"# A\n\n```\n{WHY}\n```\n\nx <hr>\n", [(7, "the-html")], [], id="in code"),
    pytest.param(f"# A\n\nx <hr> `{WHY}`\n", [(3, "the-html")], [], id="in a span of code"),
])
def test_an_exemption_silences_its_rule_on_its_block_or_line(
    text: str, problems: list[tuple[int, str]], used: list[tuple[int, tuple[int, int]]], conference_root: Path,
) -> None:
    page = "bao-cao.md"  # a document of the volume, whose abbreviations are checked
    head = (CONFERENCE / "docs" / page).read_text("utf-8").split("---\n")[1]
    findings = _examined(conference_root, f"---\n{head}---\n{text}", page)
    shift = head.count("\n") + 2
    assert _lines(findings) == (
        [(line + shift, rule) for line, rule in problems],
        [(line + shift, (first + shift, last + shift)) for line, (first, last) in used])


def test_an_exemption_in_front_matter_covers_its_line_the_next_or_from_the_top_the_file(conference_root: Path) -> None:
    page = "bao-cao.md"
    text = (CONFERENCE / "docs" / page).read_text("utf-8")
    long = text.replace("Giám đốc Thư viện", "GĐTV Thư viện")
    assert long != text
    inline = long.replace("tỉnh Giả Định\nngay", "tỉnh Giả Định # ngoai-le: viet-tat-la: tên riêng\nngay", 1)
    above = long.replace("chuc-vu:", "# ngoai-le: viet-tat-la: tên riêng\nchuc-vu:", 1)
    top = long.replace("---\n", "---\n# ngoai-le: viet-tat-la: tên riêng\n", 1)
    assert _lines(_examined(conference_root, long, page)) == ([(4, "viet-tat-la")], [])
    assert _lines(_examined(conference_root, inline, page)) == ([], [(4, (4, 4))])
    assert _lines(_examined(conference_root, above, page)) == ([], [(4, (5, 5))])
    assert _lines(_examined(conference_root, top, page))[0] == [(2, "ngoai-le-thua"), (5, "viet-tat-la")]


def test_an_exemption_on_top_of_a_file_covers_what_is_wrong_with_the_whole_file(conference_root: Path) -> None:
    findings = _examined(conference_root, "---\n# ngoai-le: ngoai-muc-luc: trang thử\n---\n\n# A\n", "la.md")
    assert _lines(findings) == ([], [(2, (1, 3))])


def test_what_an_exemption_says_is_kept(conference_root: Path) -> None:
    [exemption] = _examined(conference_root, f"# A\n\n{WHY}\nx <hr>\n").exemptions
    assert exemption == Exemption(exemption.place, "the-html", "cần thẻ trong ví dụ", (4, 5))
    assert (exemption.place.path, exemption.place.line) == (f"docs/{PAGE}", 3)


def test_check_lists_the_exemptions_in_use(conference_root: Path) -> None:
    list_them = (sys.executable, conference_root / "scripts/check.py", "--list-exemptions")
    assert run(*list_them, folder=conference_root).stdout == "Không có ngoại lệ.\n"
    (conference_root / "docs" / PAGE).write_text(f"# A\n\n{WHY}\nx <hr>\n", "utf-8")
    assert run(*list_them, folder=conference_root).stdout == f"docs/{PAGE}:3: the-html: cần thẻ trong ví dụ\n"
    told = run(sys.executable, conference_root / "scripts/check.py", folder=conference_root).stdout
    assert told == f"Ngoại lệ đang dùng: 1\ndocs/{PAGE}:3: the-html: cần thẻ trong ví dụ\nKhông có lỗi.\n"


# --- Rules without exemptions -----------------------------------------------------
@pytest.mark.parametrize("rule", [
    *(each.id for each in faults.ALL), checks.SECRECY, "khong-nfc", "ngoai-le-sai", "ngoai-le-thua",
    *(name for name, each in CHECKS.items() if each.final)])
def test_some_rules_allow_no_exemption(rule: str, conference_root: Path) -> None:
    text = f"# A\n\nChữ. <!-- ngoai-le: {rule}: đã hỏi -->\n\n<!-- ngoai-le: {rule}: đã hỏi -->\nMẬT\n"
    problems = _examined(conference_root, text).problems
    assert [problem.line for problem in problems if problem.rule == "ngoai-le-sai"] == [3, 5]
    assert [problem.line for problem in problems if problem.rule == checks.SECRECY] == [6]


# --- Visibility -------------------------------------------------------------------
@pytest.mark.parametrize("text", [
    f"{WHY}\n\nMột đoạn.\n", f"Một đoạn. {WHY}\n", f"## Mục {WHY}\n", f"- một {WHY}\n- hai\n",
    f"| a |\n|---|\n| b {WHY} |\n", f"## Mục {WHY} {{#neo}}\n", f"Lời[^1]\n\n[^1]: Chú thích {WHY}\n",
])
def test_exemptions_vanish_from_the_page_and_from_what_is_read(text: str, fabricated_settings: Settings) -> None:
    without = "\n".join(line.rstrip() for line in text.replace(f" {WHY}", "").replace(WHY, "").split("\n"))
    shown, plain = (finished_html(rendering.render(each, fabricated_settings)) for each in (text, without))
    assert "ngoai-le" not in shown
    assert re.sub(r"\s+(?=<)", "", shown) == re.sub(r"\s+(?=<)", "", plain)
    assert [block.text for block in source.parse("a.md", text).blocks] == [
        block.text for block in source.parse("a.md", without).blocks]
    assert [block.anchor for block in source.parse("a.md", text).blocks] == [
        block.anchor for block in source.parse("a.md", without).blocks]
