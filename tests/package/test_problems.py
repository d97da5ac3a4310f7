"""The error format of the project."""

import pytest

from proceedings.problems import Place, Problem, Rule, Severity, blocking


def test_problem_reads_as_place_message_and_rule() -> None:
    problem = Problem("docs/ke-hoach.md", 7, "Thiếu neo; hãy thêm neo.", "ke-hoach-khong-ro")
    assert str(problem) == "docs/ke-hoach.md:7: Thiếu neo; hãy thêm neo. (ke-hoach-khong-ro)"


def test_problem_blocks_unless_said_otherwise() -> None:
    assert Problem("a.md", 1, "m").severity is Severity.BLOCKING


def test_problems_sort_by_file_then_by_line_as_a_number() -> None:
    found = [Problem("b.md", 1, "m"), Problem("a.md", 10, "m"), Problem("a.md", 9, "z"), Problem("a.md", 9, "b")]
    assert [(each.path, each.line, each.message) for each in sorted(found)] == [
        ("a.md", 9, "b"), ("a.md", 9, "z"), ("a.md", 10, "m"), ("b.md", 1, "m")]


def test_place_is_the_first_line_unless_said_otherwise() -> None:
    assert Place("a.md") == Place("a.md", 1)


def test_problem_of_a_place_has_no_rule_yet() -> None:
    assert Place("a.md", 3).problem("m") == Problem("a.md", 3, "m", "")


@pytest.mark.parametrize("severity", Severity)
def test_rule_gives_its_id_and_weight_to_a_problem(severity: Severity) -> None:
    rule = Rule("qua-gio", severity, "Quá giờ.")
    assert rule.at(Place("a.md", 3), "m") == Problem("a.md", 3, "m", "qua-gio", severity)


def test_blocking_keeps_only_what_stops_the_build_in_its_order() -> None:
    first, second = Problem("b.md", 2, "m"), Problem("a.md", 1, "m")
    shown = Problem("a.md", 1, "m", severity=Severity.ADVISORY)
    assert blocking(iter([first, shown, second])) == (first, second)


def test_what_would_end_the_line_or_turn_it_around_is_shown_by_its_number() -> None:
    problem = Problem("docs/a\nb.md", 1, "Chữ \"x\u202e\x1b\r\" sai; hãy sửa.", "quy-tac")
    assert str(problem) == 'docs/a\\nb.md:1: Chữ "x\\u202e\\x1b\\r" sai; hãy sửa. (quy-tac)'
