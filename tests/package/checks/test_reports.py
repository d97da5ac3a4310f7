"""Each forge gets its documented format, and no content becomes a command or markup.

GitHub: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions

GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import PROJECT
from proceedings.checks import Exemption, Findings
from proceedings.checks.engine import reports
from proceedings.checks.engine.suggestions import Suggestion
from proceedings.conference import reading
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.problems import Place, Problem, Severity

ADVICE = Problem("docs/b.md", 9, "Nên sửa.", "the-html", Severity.ADVISORY)
FAULT = Problem("docs/a.md", 4, 'Dòng "x" sai; hãy sửa.', "viet-tat-la")
USED = Exemption(Place("docs/c.md", 3), "the-html", "cần thẻ", (4, 5))
HOSTILE = ["::error::x", "a\n::stop-commands::x", "%0A::error::", "a\r\nb", "<script>alert(1)</script>", "</details>",
           "@nguoi-khac", "#1 !2 ~nhãn %\"mốc\"", "[a](javascript:alert(1))", "![a](http://x.example/a.png)", "https://x.example",
           "`", "``` a", "` <b>x</b> `", "|a|b|", "# Tựa", "- [x] xong", "$`x`$", ":smile:", "\x1b[31mđỏ", "\u202eđảo",
           "a@b.example", "\\`", "", "##[add-mask]x", "a ##[set-output name=x]y",
           "\u3000::error::x", "\r\n##[error]x", "###[[x]", "#\u200b#[error]x", "\u00a0::error::x", ":::error::x",
           "   ", "<!-- ẩn", "&lt;b&gt;", "\ud800", "a\u2028b"]


def _hostile(words: str) -> Findings:
    problem = Problem(words or "docs/a.md", 1, words, words or "x")
    made = Suggestion(problem.path, 1, words, words, (problem,))
    return Findings((problem,), (Exemption(Place(words), words, words, (1, 1)),), (made,))


# --- Text -------------------------------------------------------------------------
def test_text_lists_problems_exemptions_and_how_many() -> None:
    assert reports.text(Findings((FAULT, ADVICE), (USED,))).splitlines() == [
        'docs/a.md:4: Dòng "x" sai; hãy sửa. (viet-tat-la)', "docs/b.md:9: Nên sửa. (the-html)",
        "Ngoại lệ đang dùng: 1", "docs/c.md:3: the-html: cần thẻ", "2 lỗi, trong đó 1 lỗi phải sửa."]
    assert reports.text(Findings(())) == "Không có lỗi."


def test_the_guide_to_printing_waits_for_words_that_come_while_advice_is_left() -> None:
    guide = (PROJECT / "docs/bien-tap/in-an.md").read_text("utf-8")
    [step] = [line for line in guide.splitlines() if "chạy lại cho đến khi" in line]
    awaited = re.findall('"([^"]+)"', step)
    for findings in (Findings(()), Findings((ADVICE,))):
        assert any(reports.text(findings).endswith(words) for words in awaited)
    assert not any(reports.text(Findings((ADVICE, FAULT))).endswith(words) for words in awaited)


@pytest.mark.parametrize(("words", "shown"), [
    ("Tiếng Việt: \"a\", […] – “b”", "Tiếng Việt: \"a\", […] – “b”"), ("a\x1b[31m", "a⟨U+001B⟩[31m"),
    ("a\u202eb\u200b", "a⟨U+202E⟩b⟨U+200B⟩"), ("a\nb\x00", "a⟨U+000A⟩b⟨U+0000⟩"), ("a\x9bb", "a⟨U+009B⟩b"),
    ("a\ud800", "a⟨U+D800⟩"),
])
def test_a_terminal_gets_nothing_to_obey(words: str, shown: str) -> None:
    assert reports.visible(words) == shown


def test_a_difference_shows_what_is_unseen() -> None:
    before, after = "giữ\nVê\u0301\u00a0\u200bx \nhai\r\n", "giữ\nVế x\nhai\n"
    assert reports.difference("docs/a.md", before, after).splitlines() == [
        "--- docs/a.md (trước khi sửa)", "+++ docs/a.md (sau khi sửa)", "@@ -2,2 +2,2 @@",
        "-Vê⟨U+0301⟩⟨U+00A0⟩⟨U+200B⟩x␠", "-hai⟨CRLF⟩", "+Vế x", "+hai"]


# --- GitHub -----------------------------------------------------------------------
def test_github_annotates_lines_with_what_blocks_first() -> None:
    assert reports.github(Findings((ADVICE, FAULT))).splitlines() == [
        '::error file=docs/a.md,line=4,title=viet-tat-la::Dòng "x" sai; hãy sửa.',
        "::warning file=docs/b.md,line=9,title=the-html::Nên sửa.", "2 lỗi, trong đó 1 lỗi phải sửa."]


def test_github_escapes_as_documented() -> None:
    problem = Problem("docs/a,b:c%.md", 1, "50 %: a, b", "a:b,c")
    assert reports.github(Findings((problem,))).splitlines()[0] == (
        "::error file=docs/a%2Cb%3Ac%25.md,line=1,title=a%3Ab%2Cc::50 %25: a, b")


@pytest.mark.parametrize("words", HOSTILE)
def test_github_gets_one_command_of_ours_a_problem(words: str) -> None:
    lines = reports.github(_hostile(words)).split("\n")
    assert len(lines) == 2
    assert re.fullmatch(r"::error file=[^,:\r\n]*,line=1,title=[^,:\r\n]*::[^\r\n]*", lines[0])
    assert not re.search(r"%(?!25|0D|0A|3A|2C)", lines[0])


def _commands(log: str) -> list[str]:
    """Return the lines of a log that a runner interprets as commands, according to its source.

    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    lines = re.split(r"[\r\n\u0085\u2028\u2029]", log)
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_runner_that_copies_the_words_to_its_log_gets_no_command(words: str, fabricated: Reading) -> None:
    findings = _hostile(words)
    logs = [reports.text(findings), "\n".join(reports.github(findings).splitlines()[1:]), reports.gitlab(findings),
            reports.summary(findings, fabricated.conference), str(findings.problems[0]), reports.visible(words),
            reports.difference(words, "", f"{words}\n")]
    assert [found for log in logs for found in _commands(log)] == []
    assert "##[" not in reports.github(findings)


@pytest.mark.parametrize("words", ["a :: b", "## [x]", "#[x]", "docs/a.md:4: \"::\" thừa", ": x", "[##]"])
def test_words_that_are_no_command_stay_as_they_are(words: str) -> None:
    assert reports.visible(words) == words


# --- GitLab -----------------------------------------------------------------------
def test_gitlab_gets_its_documented_fields() -> None:
    issues = json.loads(reports.gitlab(Findings((FAULT, ADVICE))))
    assert [{**issue, "fingerprint": ""} for issue in issues] == [
        {"description": FAULT.message, "check_name": "viet-tat-la", "fingerprint": "", "severity": "blocker",
         "location": {"path": "docs/a.md", "lines": {"begin": 4}}},
        {"description": "Nên sửa.", "check_name": "the-html", "fingerprint": "", "severity": "minor",
         "location": {"path": "docs/b.md", "lines": {"begin": 9}}}]
    assert json.loads(reports.gitlab(Findings(()))) == []


def _fingerprints(*problems: Problem) -> list[str]:
    return [issue["fingerprint"] for issue in json.loads(reports.gitlab(Findings(problems)))]


def test_fingerprints_stay_where_lines_move_and_differ_where_problems_are_alike() -> None:
    assert _fingerprints(FAULT) == _fingerprints(replace(FAULT, line=40, message="Câu khác.", count=3))
    assert _fingerprints(FAULT) != _fingerprints(replace(FAULT, written="khác"))
    assert _fingerprints(FAULT) != _fingerprints(replace(FAULT, kind="khác"))
    alike = _fingerprints(FAULT, replace(FAULT, line=5), replace(FAULT, path="docs/b.md"), replace(FAULT, rule="x"))
    assert len(set(alike)) == 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in alike)


# --- JSON ---------------------------------------------------------------------------
def test_json_holds_all() -> None:
    further = replace(ADVICE, kind="k", written="w", proposed="p", others=(Place("docs/b.md", 12),), count=2)
    made = Suggestion("docs/b.md", 9, "w x", "p x", (further,))
    plain = {"kind": "", "written": "", "proposed": "", "count": 1, "others": []}
    assert json.loads(reports.as_json(Findings((FAULT, further), (USED,), (made,)))) == {
        "version": 1, "blocking": 1,
        "problems": [
            {"path": "docs/a.md", "line": 4, "rule": "viet-tat-la", "severity": "blocking", "message": FAULT.message,
             **plain},
            {"path": "docs/b.md", "line": 9, "rule": "the-html", "severity": "advisory", "message": "Nên sửa.",
             "kind": "k", "written": "w", "proposed": "p", "count": 2, "others": [{"path": "docs/b.md", "line": 12}]}],
        "exemptions": [
            {"path": "docs/c.md", "line": 3, "rule": "the-html", "reason": "cần thẻ", "lines": [4, 5]}],
        "suggestions": [{"path": "docs/b.md", "line": 9, "before": "w x", "after": "p x", "rules": ["the-html"]}]}


@pytest.mark.parametrize("form", reports.FORMATS)
@pytest.mark.parametrize("words", HOSTILE)
def test_every_form_can_be_written_and_json_is_json(form: str, words: str) -> None:
    written = reports.FORMATS[form](_hostile(words)).encode("utf-8")
    if form in (reports.REVIEW, "gitlab", "json"):
        json.loads(written)


# --- Summary ------------------------------------------------------------------------
def test_summary_ticks_or_crosses_each_document(fabricated: Reading) -> None:
    conference = fabricated.conference
    problems = (replace(FAULT, path="docs/bao-cao.md"), replace(ADVICE, path="docs/index.md"),
                replace(FAULT, path="docs/mất.md"))
    lines = reports.summary(Findings(problems, (USED,)), conference).splitlines()
    assert lines[:4] == ["# Kết quả kiểm tra", "", "**✗ Còn 2 lỗi phải sửa, 1 lời nhắc.**", ""]
    at = lines.index("- ✗ `docs/bao-cao.md`: `Báo cáo sơ kết`")
    assert lines[at + 1] == '    - Dòng 4, phải sửa: `Dòng "x" sai; hãy sửa.` (quy tắc `viet-tat-la`)'
    assert any(line.startswith("- ✓ `docs/index.md`") for line in lines)
    assert "- ✗ `docs/mất.md`" in lines
    assert "- ✓ `docs/tham-luan/so-sach-va-thu-tich.md`: `Sở Sách và Thư tịch`" in lines
    assert lines[-3:] == ["## Ngoại lệ đang dùng", "", "- `docs/c.md`, dòng 3: quy tắc `the-html`, lý do `cần thẻ`"]
    assert sum(line.startswith("- ") for line in lines) == len(conference.documents) + 2


def test_summary_of_a_change_is_about_what_it_touched(fabricated: Reading) -> None:
    text = reports.summary(Findings((FAULT,)), fabricated.conference, {"docs/index.md", "scripts/check.py"})
    assert re.findall(r"^- (. `[^`]*`)", text, re.MULTILINE) == ["✗ `docs/a.md`", "✓ `docs/index.md`"]
    assert "**✓ Không có lỗi phải sửa.**" in reports.summary(Findings(()), fabricated.conference, ())


def test_summary_stays_short(fabricated: Reading) -> None:
    many = tuple(replace(FAULT, line=number, message="x" * 5000) for number in range(5000))
    text = reports.summary(Findings(many), fabricated.conference)
    assert len(text) < 60_000
    assert "… và 4900 lỗi nữa" in text


def _outside_code(markdown: str) -> list[str]:
    """Yield the text outside code, in which a forge would interpret markup, links and mentions."""
    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown)
    assert {token.type for token in tokens} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "bullet_list_open",
        "bullet_list_close", "list_item_open", "list_item_close"}
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "code_inline", "strong_open", "strong_close", "softbreak"}
    return sorted(child.content for child in children if child.type == "text")


def _check_summary(words: str, conference_root: Path) -> None:
    docs = conference_root / "docs"
    title = " ".join(words.encode("utf-8", "replace").decode().split())
    (docs / "index.md").write_text(f"# {title}\n", "utf-8")
    conference = reading.read_conference(docs).conference
    plain = _outside_code(reports.summary(_hostile("chữ"), conference))
    assert _outside_code(reports.summary(_hostile(words), conference)) == plain


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_content_stand_in_code(words: str, conference_root: Path) -> None:
    _check_summary(words, conference_root)


@given(words=st.text(st.sampled_from("`\\<>[]()@#!*_~|$\n\r\t -x&;:/"), max_size=30))
@example(words="`")
@example(words="`` ` ``")
def test_no_words_close_the_code_they_stand_in(words: str) -> None:
    lines = reports.summary(_hostile(words), _empty()).splitlines()
    assert _outside_code("\n".join(lines)) == _outside_code(reports.summary(_hostile("chữ"), _empty()))


def _empty() -> Conference:
    """Return a conference without documents."""
    return reading.read_conference(Path("/nonexistent")).conference
