"""Git's output depends only on the history, not on settings, variables, attributes or names."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import git
from proceedings.system import history, revisions
from proceedings.system.revisions import Changes

TEXT = "\n".join(f"dòng {number}" for number in range(1, 31)) + "\n"
SETTINGS = """
[color]
    ui = always
    diff = always
    status = always
[core]
    quotePath = true
    abbrev = 12
    fsmonitor = false
    pager = false
    attributesFile = {folder}/attributes
    warnAmbiguousRefs = false
[diff]
    noprefix = true
    mnemonicPrefix = true
    external = false
    renames = false
    context = 9
    interHunkContext = 30
    algorithm = patience
    orderFile = {folder}/khong-co
    relative = false
    submodule = log
    wsErrorHighlight = all
    colorMoved = zebra
    statGraphWidth = 3
[diff "khac"]
    textconv = echo khác
    command = false
    binary = true
    xfuncname = "^.*$"
[log]
    showSignature = true
    showRoot = false
    follow = true
    date = relative
    decorate = full
    diffMerges = off
    mailmap = true
    abbrevCommit = true
[i18n]
    logOutputEncoding = UTF-16
    commitEncoding = UTF-8
[status]
    short = true
    branch = true
    showUntrackedFiles = no
    relativePaths = false
    renames = false
[format]
    pretty = oneline
[grep]
    lineNumber = true
[alias]
    diff = status
    log = status
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one change: two texts with two changed lines each, and a renamed one; to be read only."""
    root = tmp_path_factory.mktemp("git") / "kho"
    (root / "docs").mkdir(parents=True)
    for name in ("a.md", "b.md", "tên có dấu.md", 'tab\tvà "ngoặc".md', "ảnh.png"):
        (root / "docs" / name).write_text(f"{name}\n{TEXT}", "utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A", day="2034-01-02")
    git(root, "commit", "-q", "-m", "gốc", day="2034-01-02")
    for name in ("a.md", 'tab\tvà "ngoặc".md'):
        (root / "docs" / name).write_text(f"{name}\n{TEXT.replace('dòng 5', 'năm').replace('dòng 9', 'chín')}", "utf-8")
    git(root, "mv", "docs/b.md", "docs/c.md", day="2034-02-03")
    git(root, "commit", "-q", "-a", "-m", "Sửa số liệu\n\nở hai tệp", day="2034-02-03")
    (root / "docs" / "mới.md").write_text("mới\n", "utf-8")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that repository for one test."""
    return shutil.copytree(made, tmp_path / "kho")


@pytest.fixture(scope="module")
def expected(made: Path) -> tuple[object, ...]:
    """What is told of that repository."""
    return _told(made)


def _told(root: Path) -> tuple[object, ...]:
    return (revisions.changes(root, "HEAD~1"), history.messages(root, "HEAD~1"), history.last_changes(root, "docs"),
            revisions.current(root), history.contents(root, "HEAD~1", ["docs"]))


def test_settings_of_the_user_change_nothing(
    made: Path, expected: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    changes = expected[0]
    assert isinstance(changes, Changes)
    assert changes.lines == {
        "docs/a.md": frozenset({6, 10}), 'docs/tab\tvà "ngoặc".md': frozenset({6, 10}), "docs/c.md": frozenset(),
        "docs/mới.md": frozenset({1, 2})}
    (tmp_path / "attributes").write_text("* diff=khac\n*.md -diff\n", "utf-8")
    settings = tmp_path / "settings"
    settings.write_text(SETTINGS.format(folder=tmp_path), "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert _told(made) == expected


@pytest.mark.parametrize(("name", "value"), [
    ("GIT_DIR", "/khong-co"), ("GIT_WORK_TREE", "/"), ("GIT_INDEX_FILE", "/khong-co"), ("GIT_EXTERNAL_DIFF", "false"),
    ("GIT_DIFF_OPTS", "--unified=20"), ("GIT_OBJECT_DIRECTORY", "/khong-co"), ("GIT_NAMESPACE", "la"),
    ("GIT_ICASE_PATHSPECS", "1"), ("GIT_LITERAL_PATHSPECS", "0"), ("GIT_PREFIX", "docs/"), ("GIT_COMMON_DIR", "/la"),
    ("GIT_SHALLOW_FILE", "/khong-co"), ("GIT_CEILING_DIRECTORIES", "/"), ("GIT_DEFAULT_HASH", "sha256"),
    ("LC_ALL", "vi_VN.UTF-8"), ("LANGUAGE", "vi"), ("GIT_PAGER", "false"), ("GIT_GLOB_PATHSPECS", "1"),
])
def test_variables_of_the_environment_change_nothing(
    name: str, value: str, made: Path, expected: tuple[object, ...], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(name, value)
    assert _told(made) == expected


def test_replaced_and_grafted_commits_are_read_as_they_were_made(root: Path, expected: tuple[object, ...]) -> None:
    other = subprocess.run(["git", "-C", root, "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "-m", "giả",
                           "HEAD~1^{tree}", "-p", "HEAD~1"], capture_output=True, text=True, check=True).stdout.strip()
    git(root, "replace", "HEAD", other)
    (root / ".git" / "info").mkdir(exist_ok=True)
    head = (root / ".git" / "refs" / "heads" / "main").read_text("ascii").strip()
    (root / ".git" / "info" / "grafts").write_text(f"{head}\n", "ascii")
    assert _told(root) == expected


@pytest.mark.parametrize("attributes", [
    "*.md -diff", "*.md binary", "* diff=khac", "*.md -text -diff", "[attr]x -diff\n* x", "*.md diff=astextplain",
    "*.md ident", "*.md text eol=lf", "* -merge -diff",
])
@pytest.mark.parametrize("place", [".gitattributes", "docs/.gitattributes", ".git/info/attributes"])
def test_attributes_hide_no_touched_line(attributes: str, place: str, root: Path) -> None:
    git(root, "config", "diff.khac.binary", "true")
    git(root, "config", "diff.khac.textconv", "echo khác")
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).write_text(f"{attributes}\n", "utf-8")
    lines = revisions.changes(root, "HEAD~1").lines
    assert lines["docs/a.md"] == {6, 10}
    assert lines['docs/tab\tvà "ngoặc".md'] == {6, 10}


def test_a_nul_in_a_file_hides_no_touched_line(root: Path) -> None:
    (root / "docs" / "a.md").write_bytes(TEXT.encode() + b"\0\n")
    assert revisions.changes(root, "HEAD").lines["docs/a.md"] == {5, 9, 31}


NAMES = ["dòng\nmới.md", "gạch\\ngược.md", 'ngoặc"kép.md', "tab\tcuối\t", " cách đầu.md", "\x01\x1b[31m.md",
         ":(top)a.md", "-p", "*.md", "[a].md", "ế.md", "b/b.md", "+++ b/x.md", "@@ -1 +1 @@", ":100644 100644 a b M",
         "a\r.md", "diff --git a b.md", "HEAD", os.fsdecode(b"kh\xf4ng-utf8.md")]


def test_files_of_every_name_are_told_by_it(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    paths = [f"docs/{name}" for name in NAMES]
    for content in ("một\nhai\n", "một\nHAI\n"):
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(f"{content}{NAMES.index(path[5:])}\n", "utf-8")
        git(tmp_path, "add", "-A", day="2034-01-02")
        git(tmp_path, "commit", "-q", "-m", content, day="2034-01-02")
    assert revisions.changes(tmp_path, "HEAD~1").lines == dict.fromkeys(paths, frozenset({2}))
    assert history.last_changes(tmp_path, "docs").keys() == set(NAMES)
    (_, files), = history.contents(tmp_path, "HEAD~1", ["docs"])
    assert {path for _, path in files} == set(paths)
    revisions.snapshot(tmp_path, "HEAD", ["docs"], tmp_path / "bản chụp")
    assert {os.fsdecode(path.relative_to(tmp_path / "bản chụp")) for path in (tmp_path / "bản chụp").rglob("*")
            if path.is_file()} == set(paths)
    for path in paths:
        (tmp_path / path).unlink()
    assert revisions.changes(tmp_path, "HEAD").gone == set(paths)


def test_a_folder_of_a_name_that_git_would_take_for_a_pattern(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name in ("docs[1]", "docs1", ":(top)"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(name, "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "một")
    for name in ("docs[1]", ":(top)"):
        assert history.last_changes(tmp_path, name).keys() == {"a.md"}
