"""An offered correction resolves its problem without causing another; uncertain ones are not offered."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import run
from offered import OFFERED
from proceedings import checks, schema
from proceedings.checks import Findings
from proceedings.checks.engine import reports
from proceedings.checks.engine.suggestions import Suggestion, suggestions
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.problems import Edit, Place, Problem
from telling import SPEECH, fabricated_conference, problems, with_text

FRONT = "---\ntrang-thai: da-nop\nngay-nop: 14/5/2035\nnguoi-trinh-bay: Lý Thị Bìa Cứng\n---\n\n"


def _found(conference: Conference) -> list[Problem]:
    return [each for each in checks.check(Reading(conference, ())) if each.path == conference.place(SPEECH).path]


def _mended(conference: Conference, offered: list[Problem]) -> str:
    lines = list(conference.documents[SPEECH].lines)
    for each in suggestions(conference, offered):
        assert lines[each.line - 1] == each.before
        lines[each.line - 1] = each.after
    return "\n".join(lines)


@pytest.mark.parametrize("rule", OFFERED)
def test_a_correction_clears_its_finding_and_brings_no_other(rule: str) -> None:
    before, after = (FRONT + text + "\n" for text in OFFERED[rule])
    conference = with_text(before)
    offered = [problem for problem in problems(conference, rule) if problem.edits]
    assert offered
    assert _mended(conference, offered) == after
    left = _found(with_text(after))
    assert {problem.identity for problem in left} <= {problem.identity for problem in _found(conference)}
    assert [problem for problem in left if problem.rule == rule] == []


def test_a_wording_is_corrected_in_each_item_and_row_that_has_it() -> None:
    text = f"{FRONT}- giữ thể trận;\n- giữ thể\n  trận;\n- thể trận.\n\n| a |\n|---|\n| thể trận |\n| thể trận |\n"
    conference = with_text(text.replace("thể\n  trận", "nhà"))
    offered = problems(conference, "sai-chinh-ta")
    assert _mended(conference, offered) == text.replace("thể\n  trận", "nhà").replace("thể", "thế")
    assert [problem.edits for problem in problems(with_text(text), "sai-chinh-ta")] == [()]


@pytest.mark.parametrize("unread", ["`{}`", "``` ` {} ```", "[a](#{})", "<!-- {} -->"])
def test_equal_words_that_are_not_read_are_never_corrected(unread: str) -> None:
    unread = unread.format("2021-2025")
    beside, marked = (with_text(f"{FRONT}{unread} giai đoạn {years}.\n") for years in ("2021-2025", "**2021**-2025"))
    expected = f"{FRONT}{unread} giai đoạn 2021 - 2025.\n"
    assert _mended(beside, problems(beside, "cach-viet-ngay")) == expected
    assert [problem.edits for problem in problems(marked, "cach-viet-ngay")] == [()]


def test_a_heading_with_several_faults_gets_all_reasons_and_one_right_line() -> None:
    [problem] = problems(with_text(f"{FRONT}## I. Kết quả.\n"), "de-muc-sai-dang")
    assert problem.message == 'Tên mục viết chữ in hoa; cuối đề mục không có dấu; hãy viết "## I. KẾT QUẢ".'


@pytest.mark.parametrize(("heading", "message"), [
    ("## I/ Kết quả:", "Đề mục ở cấp này đánh bằng số La Mã và dấu chấm (I., II.); tên mục viết chữ in hoa; cuối đề "
                       'mục không có dấu; hãy viết "## I. KẾT QUẢ".'),
    ("### I. Kết quả", 'Tên mục viết chữ in hoa; hãy viết "### I. KẾT QUẢ".'),
    ("## I. KẾT QUẢ\n\n#### 1) Về sách.",
     "Đề mục đánh bằng số và dấu chấm (1., 2.) không để ở cấp này; cuối đề mục không có dấu; hãy viết "
     '"### 1. Về sách".'),
    ("## I. KẾT QUẢ\n\n### 1. VỀ CÁC SÁCH.",
     "Tên khoản, tên điểm viết chữ thường, trừ chữ đầu và tên riêng; cuối đề mục không có dấu; hãy viết "
     '"### 1. VỀ CÁC SÁCH" rồi đổi tên sang chữ thường.'),
    ("## I. KẾT QUẢ\n\n### 1. VỀ CÁC SÁCH",
     "Tên khoản, tên điểm viết chữ thường, trừ chữ đầu và tên riêng; hãy sửa lại."),
])
def test_the_faults_of_a_heading_are_told_together(heading: str, message: str) -> None:
    [problem] = problems(with_text(f"{FRONT}{heading}\n"), "de-muc-sai-dang")
    assert problem.message == message
    assert bool(problem.edits) is ("VỀ CÁC" not in heading)


@pytest.mark.parametrize(("rule", "text"), [
    ("sai-chinh-ta", "Giữ thể **trận**."), ("sai-chinh-ta", "Giữ thể\ntrận."),
    ("sai-chinh-ta", "Giữ [thể trận](#a \"thể trận\")."), ("thu-khong-khop-ngay", "sáng thứ Hai, ngày 12/6/2035"),
    ("ngay-khong-co", "ngày 31/02/2034"), ("sai-chinh-ta", "thể trận " * 9),
    ("ten-khac-ke-hoach", "Sở Sách và thư tịch.\n\nSở Sách và thư tịch."), ("de-muc-sai-dang", "## I. Kết *quả*."),
    ("danh-sach-dau-cau", "- mua *sách*\n- kệ."), ("danh-sach-dinh", "> Gồm:\n> - mua sách;\n> - kệ."),
])
def test_what_may_be_wrong_is_not_offered(rule: str, text: str) -> None:
    found = problems(with_text(f"{FRONT}{text}\n"), rule)
    assert found
    assert [problem.edits for problem in found] == [()] * len(found)


def test_in_the_plan_nothing_is_offered() -> None:
    plan = fabricated_conference().documents[schema.PLAN].text
    conference = with_text(f"{plan}\n\nGiữ thể trận của của tỉnh.\n\n## VII. Kết quả.\n", schema.PLAN)
    found = [each for each in checks.check(Reading(conference, ())) if each.path == conference.place(schema.PLAN).path]
    assert {"sai-chinh-ta", "lap-chu", "de-muc-sai-dang"} <= {each.rule for each in found}
    assert {each.edits for each in found} == {()}


PIECES = st.sampled_from([
    "thể trận", "của của", "95%", "5/4/2034", "Nghị định 31/2034/NĐ-CP", " ", "**", "_", "`", "\n", "\n\n", "[", "](",
    ")", "a", "\n- ", "\n1) ", "    - ", "## I. ", "> ", "<!--", "-->", "\\", "&", "|", "\n| a |\n|---|\n| b |\n",
    "[^1]", "{#a}", ".",
])
TRIED = ("sai-chinh-ta", "lap-chu", "phan-tram-dinh-lien", "cach-viet-ngay", "de-muc-sai-dang", "vien-dan-sai-cach",
         "danh-sach-dau-cau", "danh-sach-dinh", "bang-hong")


@given(pieces=st.lists(PIECES, max_size=14))
def test_no_markup_makes_a_correction_miss(pieces: list[str]) -> None:
    conference = with_text(FRONT + "".join(pieces))
    for rule in TRIED:
        found = problems(conference, rule)
        for problem in found:
            if problem.edits:
                left = problems(with_text(_mended(conference, [problem])), rule)
                assert sum(each.count for each in left) < sum(each.count for each in found)


# --- Combination -----------------------------------------------------------------------
def _problem(line: int, *edits: tuple[int, int, str], rule: str = "x") -> Problem:
    place = Place(fabricated_conference().place(SPEECH).path, line)
    return Problem(place.path, line, f"{rule} {edits}", rule, edits=tuple(Edit(line, *edit) for edit in edits))


def _suggested(text: str, *found: Problem) -> list[tuple[str, str, list[str]]]:
    made = suggestions(with_text(text), found)
    return [(each.before, each.after, [problem.rule for problem in each.problems]) for each in made]


def test_corrections_of_a_line_are_put_together() -> None:
    one, other = _problem(1, (0, 3, "MỘT"), rule="a"), _problem(1, (8, 10, "BA"), (4, 7, "HAI"), rule="b")
    assert _suggested("một hai ba", one, other) == [("một hai ba", "MỘT HAI BA", ["a", "b"])]


def test_a_correction_that_overlaps_another_is_left_out_whole() -> None:
    one, other = _problem(1, (0, 5, "A"), rule="a"), _problem(1, (4, 7, "B"), (8, 10, "C"), rule="b")
    assert _suggested("một hai ba", one, other) == [("một hai ba", "Aai ba", ["a"])]
    same = _problem(1, (0, 5, "A"), rule="c")
    assert _suggested("một hai ba", one, same) == [("một hai ba", "Aai ba", ["a", "c"])]


def test_many_corrections_are_put_together_in_a_time_in_proportion_to_their_number() -> None:
    found = [_problem(1, (2 * at, 2 * at + 1, "b"), rule=f"r{at}") for at in range(5000)]
    start = time.process_time()
    made = suggestions(with_text("a " * 5000), found)
    told = reports.github(Findings(tuple(found), (), made))
    assert time.process_time() - start < 2
    assert len(told) < 1_000_000
    assert made[0].after == "b " * 5000


# --- Output ---------------------------------------------------------------------------------
WRONG = "\n## III. Kết quả.\n\nGồm:\n- mua sách;\n- sửa kệ.\n\nGiữ thể trận.\n"


@pytest.fixture
def project(conference_root: Path) -> Path:
    file = conference_root / "docs" / SPEECH
    file.write_text(file.read_text("utf-8") + WRONG, "utf-8")
    return conference_root


def _check(project: Path, *options: str) -> str:
    return run(sys.executable, project / "scripts/check.py", *options, folder=project).stdout


def test_suggest_shows_a_difference_that_git_applies(project: Path) -> None:
    told = _check(project, "--suggest")
    assert told.startswith(f"docs/{SPEECH}:")
    patch = told.partition("Đề nghị sửa:\n")[2].rpartition("\n")[0].rpartition("\n")[0]
    assert "\n-Giữ thể trận.\n+Giữ thế trận." in patch
    subprocess.run(["git", "apply", "--unidiff-zero", "-p0"], cwd=project, input=f"{patch}\n", text=True, check=True)
    assert (project / "docs" / SPEECH).read_text("utf-8").endswith(
        "\n## III. KẾT QUẢ\n\nGồm:\n\n- mua sách;\n- sửa kệ.\n\nGiữ thế trận.\n")
    assert "Đề nghị sửa" not in _check(project, "--suggest")
    assert "Đề nghị sửa" not in _check(project)


def test_git_applies_the_difference_to_a_file_without_a_last_line_end(project: Path) -> None:
    file = project / "docs" / SPEECH
    file.write_text(file.read_text("utf-8").rstrip("\n"), "utf-8")
    patch = _check(project, "--suggest").partition("Đề nghị sửa:\n")[2].rpartition("\n")[0].rpartition("\n")[0]
    subprocess.run(["git", "apply", "--unidiff-zero", "-p0"], cwd=project, input=f"{patch}\n", text=True, check=True)
    assert file.read_text("utf-8").endswith("- sửa kệ.\n\nGiữ thế trận.")


def test_suggest_changes_no_file(project: Path) -> None:
    before = (project / "docs" / SPEECH).read_bytes()
    _check(project, "--suggest")
    assert (project / "docs" / SPEECH).read_bytes() == before


def test_a_review_for_github_suggests_lines(project: Path) -> None:
    review = json.loads(_check(project, "--format", "github-review"))
    assert set(review) == {"event", "body", "comments"}
    assert review["event"] == "COMMENT"
    assert {tuple(each) for each in review["comments"]} == {("path", "line", "side", "body")}
    first, second, third = review["comments"]
    assert first["path"] == f"docs/{SPEECH}"
    assert first["body"].endswith("\n\n```suggestion\n## III. KẾT QUẢ\n```")
    assert second["body"].endswith("\n\n```suggestion\n\n- mua sách;\n```")
    assert third["body"].startswith('- `"thể trận" là viết sai')


def test_an_annotation_and_a_summary_say_what_the_line_becomes(project: Path) -> None:
    told = _check(project, "--format", "github", "--suggest", "--summary", "tom-tat.md")
    assert re.search(r"::warning [^\n]*\(?title=sai-chinh-ta::[^\n]*%0ASửa dòng \d+ thành: Giữ thế trận\.\n", told)
    assert "thành: \n" not in told
    assert re.search(r"\n        - `Sửa dòng \d+ thành: Giữ thế trận\.`\n", (project / "tom-tat.md").read_text("utf-8"))
    suggested = json.loads(_check(project, "--format", "json", "--suggest"))["suggestions"]
    assert [each["after"] for each in suggested] == ["## III. KẾT QUẢ", "\n- mua sách;", "Giữ thế trận."]


@pytest.mark.parametrize("words", ["```", "````", "a\n```\nb", "@ai <b>", "~~~", "`x`"])
def test_no_words_close_the_block_that_suggests_them(words: str) -> None:
    problem = Problem("docs/a.md", 1, words, "x")
    made = Suggestion("docs/a.md", 1, "a", words, (problem,))
    [comment] = json.loads(reports.github_review(Findings((problem,), (), (made,))))["comments"]
    tokens = MarkdownIt("commonmark", {"html": True}).parse(comment["body"])
    assert [(token.info, token.content) for token in tokens if token.type == "fence"] == [("suggestion", f"{words}\n")]
    assert "html_block" not in {token.type for token in tokens}

