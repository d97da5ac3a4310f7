"""Every rule reports the faults in its fixtures at the expected lines, and nothing else.

A folder of tests/fixtures is copied over the fabricated conference. Its files state their faults at the end as `<!--
expect: LINE: rule -->`; `absent.txt` lists files to remove, with the expectation after a tab; `links.txt` lists
symbolic links to create, with target and expectation, each after a tab. Names that are not plain ASCII are
percent-encoded here, so that any file system and tool can store them.
"""

import ast
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from conftest import CONFERENCE, PROJECT
from offered import OFFERED
from proceedings import checks, schema
from proceedings.checks.engine.registry import CHECKS
from proceedings.checks.safety import docs_files
from proceedings.conference import settings
from proceedings.conference.reading import Reading
from proceedings.conference.reading.faults import Faults
from proceedings.conference.reading.plan import read_plan
from proceedings.problems import Problem, Rule
from proceedings.schema import Anchor
from proceedings.system.filenames import printable
from proceedings.text import source

Finding = tuple[str, int, str]
ProblemsOf = Callable[[Path], tuple[Problem, ...]]

FIXTURES = sorted(folder for folder in (PROJECT / "tests" / "fixtures").iterdir() if folder.is_dir())
ABSENT = "absent.txt"
LINKS = "links.txt"
EXPECTED = re.compile(r"<!-- expect: (\d+): ([a-z0-9-]+) -->")
# Rules about whole texts. Nearly every fixture violates them, because it is shorter than the text it replaces, so
# they are compared only if a fixture expects them.
OF_WHOLE_TEXTS = frozenset({
    "van-ban-khong-vien-dan",  # fewer documents are cited
})
UNDELIVERED = "tham-luan/ban-to-chuc-de-an-thi-xa-ben-mo.md"

MODULES = sorted((PROJECT / "scripts").rglob("*.py"))
MAKERS = frozenset({"rule", "Rule", "_blocking"})

each_fixture = pytest.mark.parametrize("fixture", FIXTURES, ids=lambda folder: folder.name)


def files_of(fixture: Path) -> list[str]:
    paths = [path.relative_to(fixture).as_posix() for path in sorted(fixture.rglob("*")) if path.is_file()]
    return [path for path in paths if path not in {ABSENT, LINKS}]


def removals(fixture: Path) -> list[list[str]]:
    return listed(fixture / ABSENT)


def links(fixture: Path) -> list[list[str]]:
    return listed(fixture / LINKS)


def listed(file: Path) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def expected_of(fixture: Path) -> set[Finding]:
    found = set[Finding]()
    for path in files_of(fixture):
        # In any encoding, the comments are ASCII; UTF-16 has a NUL beside each letter.
        text = (fixture / path).read_bytes().replace(b"\0", b"").decode("ascii", errors="replace")
        found |= {(f"docs/{printable(unquote(path))}", int(line), rule) for line, rule in EXPECTED.findall(text)}
    told = [(path, expectations) for path, *expectations in removals(fixture)]
    told += [(path, expectations) for path, _, *expectations in links(fixture)]
    for path, expectations in told:
        for expectation in expectations:
            line, rule = expectation.split(": ")
            found.add((f"docs/{path}", int(line), rule))
    return found


def lay_over(fixture: Path, docs: Path) -> Path:
    shutil.copytree(CONFERENCE / "docs", docs)
    for path, *_ in removals(fixture):
        (docs / path).unlink()
    for path in files_of(fixture):
        (docs / unquote(path)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(fixture / path, docs / unquote(path))
    for path, target, *_ in links(fixture):
        (docs / path).symlink_to(target)
    return docs


# --- Findings -----------------------------------------------------------------
def test_fabricated_conference_has_no_problem(fabricated: Reading) -> None:
    assert checks.check(fabricated) == ()


@each_fixture
def test_exactly_the_expected_is_found_and_told_in_sentences_with_a_remedy(
    fixture: Path, tmp_path: Path, problems_of: ProblemsOf,
) -> None:
    expected = expected_of(fixture)
    assert expected, "a fixture that expects nothing proves nothing"
    problems = problems_of(lay_over(fixture, tmp_path / "docs"))
    left_out = OF_WHOLE_TEXTS - {rule for _, _, rule in expected}
    found = {(problem.path, problem.line, problem.rule) for problem in problems if problem.rule not in left_out}
    assert sorted(found) == sorted(expected)
    assert {problem.rule for problem in problems if problem.edits} <= OFFERED.keys()
    sentences: dict[tuple[str, ...], set[str]] = {}
    for problem in problems:
        sentences.setdefault(problem.identity, set()).add(re.sub(r"\d+|, …", "", problem.message))
    assert [alike for alike in sentences.values() if len(alike) > 1] == [], "these are not one fault"
    for problem in problems:
        message = problem.message
        assert unicodedata.is_normalized("NFC", message), message
        assert message[0] == message[0].upper(), message
        assert message.endswith((".", "?", ")")), message
        assert any(word in message.lower() for word in ("hãy", "cần", "?")), message


@pytest.mark.parametrize(("fixture", "hint"), [
    ("khoa-la", 'có phải là "trang-thai"?'),
    ("khoa-la", 'có phải là "ngay-nop"?'),
    ("khoa-la", "hãy dùng một trong các khóa: "),
    ("dau-tep-sai-gia-tri", 'có phải là "da-nop"?'),
    ("dau-tep-sai-gia-tri", "cần viết là 05/6/2035"),
    ("dau-tep-sai-gia-tri", 'có phải là "da-duyet"?'),
    ("lien-ket-hong", '"so_sach_va_thu_tich.md" không trỏ tới tệp nào; có phải là so-sach-va-thu-tich.md?'),
    ("lien-ket-hong", '"Sở Sách và Thư tịch.md" không trỏ tới tệp nào; có phải là so-sach-va-thu-tich.md?'),
    ("lien-ket-hong", '"ke-hoach.md" không trỏ tới tệp nào; có phải là ../ke-hoach.md?'),
    ("neo-hong", "có phải là #phan-cong-tham-luan?"),
    ("ten-tep-gan-dung", "có phải là truong-cao-dang-doc-sach.md?"),
    ("sai-ten-tep", "hãy đổi tên thành ban-to-chuc-de-an-huyen-doi-gio.md"),
    ("con-cho-trong", "11 chỗ trống […] (dòng 7, 8, 9, 10, 11, 12, 13, 14, …)"),
    ("chuong-trinh-xep-thieu", "số 4 (Ban Tổ chức Đề án thị xã Bến Mơ), 5 (Hội Người yêu sách Giả Định)"),
    ("qua-gio", "Chương trình kết thúc lúc 11h42, quá giờ 11h30 là 12 phút"),
])
def test_messages_name_what_is_near(fixture: str, hint: str, tmp_path: Path, problems_of: ProblemsOf) -> None:
    problems = problems_of(lay_over(PROJECT / "tests" / "fixtures" / fixture, tmp_path / "docs"))
    assert any(hint in problem.message for problem in problems)


@pytest.mark.parametrize("anchor", [anchor for anchor in Anchor if anchor is not Anchor.KIND])
def test_plan_without_an_anchor_is_told_which(anchor: Anchor) -> None:
    # KIND is left out, because the words of its heading generate the same anchor.
    text = (CONFERENCE / "docs" / schema.PLAN).read_text("utf-8")
    maimed, count = re.subn(rf"\n?\{{:? ?#{anchor} ?\}}", "", text)
    assert count == 1
    faults = Faults()
    read_plan(source.parse(schema.PLAN, maimed), "docs", faults)
    assert [problem.line for problem in faults.problems if f"#{anchor} " in problem.message] == [1]


def test_template_of_speeches_has_no_problem(conference_root: Path, problems_of: ProblemsOf) -> None:
    docs = conference_root / "docs"
    shutil.copy(PROJECT / "docs" / schema.SPEECH_TEMPLATE, docs / UNDELIVERED)
    assert problems_of(docs) == ()


# --- The rules themselves ---------------------------------------------------------
def test_every_rule_is_broken_by_some_fixture() -> None:
    covered = {rule for fixture in FIXTURES for _, _, rule in expected_of(fixture)}
    final = {name for name, check in CHECKS.items() if check.final}  # tested elsewhere
    unread = {settings.RULE.id, docs_files.USB_NAME.id}  # like these, which do not concern documents as read
    assert covered == {rule.id for rule in checks.all_rules()} - final - unread


def _named_rules(path: Path) -> Iterator[str]:
    """Yield the ids of the rules that a module creates or registers."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {target.id: node.value.value for node in tree.body if isinstance(node, ast.Assign)
                 for target in node.targets if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)
            elif isinstance(first, ast.Name) and first.id in constants:
                yield str(constants[first.id])


def test_every_rule_that_code_names_is_listed() -> None:
    named = {name for path in MODULES for name in _named_rules(path)}
    assert named == {rule.id for rule in checks.all_rules()}


def test_every_problem_is_made_by_a_place_or_a_rule() -> None:
    """Ensures that no problem has the id of a rule that is not listed."""
    makers = [path.name for path in MODULES if any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
        for node in ast.walk(ast.parse(path.read_text("utf-8"))))]
    assert makers == ["problems.py"]


def test_rules_have_ids_of_their_own() -> None:
    ids = [rule.id for rule in checks.all_rules()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids)


@pytest.mark.parametrize("rule", checks.all_rules(), ids=lambda rule: rule.id)
def test_text_of_a_rule_says_what_is_wrong_and_what_is_right(rule: Rule) -> None:
    summary, *rest = rule.text.splitlines()
    assert re.fullmatch(r"[^\W\d_a-z].*[^.]\.", summary)
    assert [line.partition(": ")[0] for line in rest if re.match(r"(?:Sai|Đúng): \S", line)] == ["Sai", "Đúng"]
    assert rule.text.endswith(".")


def test_secrecy_is_a_rule_that_blocks() -> None:
    assert [rule.severity.value for rule in checks.all_rules() if rule.id == checks.SECRECY] == ["blocking"]
