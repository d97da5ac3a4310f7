"""Revisions are read from a real git repository; where there are none, the reason is told."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from conftest import git
from proceedings import history, revisions
from proceedings.git import GitError


def _repository(folder: Path) -> Path:
    (folder / "tệp.md").write_text("một\n", "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "một")
    return folder


def test_a_clean_checkout_is_its_commit(tmp_path: Path) -> None:
    revision = revisions.current(_repository(tmp_path))
    head = subprocess.run(["git", "-C", tmp_path, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert head.stdout.startswith(revision.id)
    assert (revision.day, revision.changed) == (date(2035, 4, 5), False)


def test_edits_on_top_are_told(tmp_path: Path) -> None:
    _repository(tmp_path)
    (tmp_path / "tệp.md").write_text("hai\n", "utf-8")
    revision = revisions.current(tmp_path)
    assert revision.changed


def test_without_a_repository_or_a_commit_there_is_no_revision_and_the_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="không nằm trong kho git"):
        revisions.current(tmp_path)
    git(tmp_path, "init", "-q")
    with pytest.raises(GitError, match="chưa có lần gửi"):
        revisions.current(tmp_path)


def _commit(folder: Path, day: str, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(day, "utf-8")
    git(folder, "add", "-A", day=day)
    git(folder, "commit", "-q", "--allow-empty", "-m", "một\n\ndocs/không phải tệp.md", day=day)


def test_the_day_of_a_file_is_that_of_the_last_commit_that_touched_it(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md", "docs/b.md", "docs/tham luận/Sở Ý tế.md", "mkdocs.yml")
    _commit(tmp_path, "2034-02-03", "docs/b.md", 'docs/tham luận/"Ký hiệu".md')
    _commit(tmp_path, "2034-03-04", "mkdocs.yml", "docs-khác/a.md")
    _commit(tmp_path, "2034-03-05")
    (tmp_path / "docs" / "a.md").write_text("chưa lưu vào kho", "utf-8")
    (tmp_path / "docs" / "mới.md").write_text("chưa lưu vào kho", "utf-8")
    assert history.last_changes(tmp_path, "docs") == {
        "a.md": date(2034, 1, 2), "b.md": date(2034, 2, 3), "tham luận/Sở Ý tế.md": date(2034, 1, 2),
        'tham luận/"Ký hiệu".md': date(2034, 2, 3)}


def test_a_moved_file_is_as_old_as_its_move(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md")
    (tmp_path / "docs" / "a.md").rename(tmp_path / "docs" / "b.md")
    _commit(tmp_path, "2034-02-03")
    assert history.last_changes(tmp_path, "docs")["b.md"] == date(2034, 2, 3)


def test_a_project_in_a_folder_of_its_repository_knows_its_own_files_only(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "hội nghị/docs/a.md", "docs/b.md")
    assert history.last_changes(tmp_path / "hội nghị", "docs") == {"a.md": date(2034, 1, 2)}


def test_without_a_repository_or_a_commit_no_day_is_known_and_the_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="không nằm trong kho git"):
        history.last_changes(tmp_path, "docs")
    git(tmp_path, "init", "-q")
    with pytest.raises(GitError, match="chưa có lần gửi"):
        history.last_changes(tmp_path, "docs")


# --- Messages that a change brings ------------------------------------------------
def _with_messages(folder: Path, *messages: str) -> None:
    git(folder, "init", "-q")
    for message in messages:
        git(folder, "commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message)


def test_messages_are_those_that_the_base_has_not(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc", "một\n\nThân của một.\n\nDòng cuối.", "hai", "ba\x01\n")
    found = history.messages(tmp_path, "HEAD~3")
    assert [text for _, text in found] == ["ba\x01", "hai", "một\n\nThân của một.\n\nDòng cuối."]
    head = subprocess.run(["git", "-C", tmp_path, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert found[0][0] == head.stdout.strip()
    assert history.messages(tmp_path, found[0][0][:12]) == ()


def test_messages_of_a_branch_that_was_merged_are_among_them(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc")
    git(tmp_path, "branch", "chính")
    git(tmp_path, "checkout", "-q", "-b", "nhánh")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "ở nhánh")
    git(tmp_path, "checkout", "-q", "chính")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "hợp nhất", "nhánh")
    assert [text for _, text in history.messages(tmp_path, "HEAD~1")] == ["hợp nhất", "ở nhánh"]


@pytest.mark.parametrize("base", ["", "không-có", "-h", "--all", "--output=tràn.txt", "HEAD..HEAD~1", "HEAD HEAD~1",
                                  "^HEAD", "a" * 40, "HEAD\0--all", "HEAD; ls", "HEAD^{tree}", "*"])
def test_what_is_no_commit_is_refused_and_never_an_option(tmp_path: Path, base: str) -> None:
    _with_messages(tmp_path, "gốc", "một")
    with pytest.raises(GitError):
        history.messages(tmp_path, base)
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


def test_outside_a_repository_no_base_is_known(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        history.messages(tmp_path, "HEAD")


def test_a_message_that_is_no_utf_8_is_read_all_the_same(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc")
    # Of what git itself commits, it makes UTF-8; a commit that is pushed may hold any bytes.
    made = subprocess.run(["git", "-C", tmp_path, "cat-file", "commit", "HEAD"], capture_output=True, check=True).stdout
    head, parent = made.split(b"\n", 1)
    base = subprocess.run(["git", "-C", tmp_path, "rev-parse", "HEAD"], capture_output=True, check=True).stdout
    raw = head + b"\nparent " + base + parent.replace("gốc".encode(), b"m\xcbt\n\nM\xe1\xba\xacT\n")
    name = subprocess.run(["git", "-C", tmp_path, "hash-object", "-t", "commit", "-w", "--stdin"], input=raw,
                          capture_output=True, check=True).stdout.decode().strip()
    git(tmp_path, "update-ref", "HEAD", name)
    (found, text), = history.messages(tmp_path, "HEAD~1")
    assert (found, text.split("\n")[-1]) == (name, "MẬT")
