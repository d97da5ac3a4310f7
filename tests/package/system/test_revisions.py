"""Revisions of git repositories; without a repository, the reason is reported."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from conftest import commit_as, git
from proceedings.system import revisions
from proceedings.system.git import GitError


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


@pytest.mark.parametrize("time", ["253402300800 +0000", "99999999999999999999 +0000", "-62135596800 +0000", "abc", "",
                                  "1700000000", "0 +0000", "-1 +0000"])
def test_a_revision_without_a_valid_date_has_none(time: str, tmp_path: Path) -> None:
    commit_as(_repository(tmp_path), time)
    revision = revisions.current(tmp_path)
    assert (revision.day, revision.changed) == (None, False)
    assert len(revision.id) >= 7
