"""Revisions are read from a real git repository, and their absence is no error."""

import os
import subprocess
from datetime import date
from pathlib import Path

from proceedings import revisions


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", folder, "-c", "user.name=Thử", "-c", "user.email=thu@vi-du.example", *arguments],
                   check=True, capture_output=True,
                   env={**os.environ, "GIT_COMMITTER_DATE": "2034-05-06T07:08:09+07:00", "HOME": str(folder)})


def _repository(folder: Path) -> Path:
    (folder / "tệp.md").write_text("một\n", "utf-8")
    _git(folder, "init", "-q")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "một")
    return folder


def test_a_clean_checkout_is_its_commit(tmp_path: Path) -> None:
    revision = revisions.current(_repository(tmp_path))
    assert revision is not None
    head = subprocess.run(["git", "-C", tmp_path, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert head.stdout.startswith(revision.id)
    assert (revision.day, revision.changed) == (date(2034, 5, 6), False)


def test_edits_on_top_are_told(tmp_path: Path) -> None:
    _repository(tmp_path)
    (tmp_path / "tệp.md").write_text("hai\n", "utf-8")
    revision = revisions.current(tmp_path)
    assert revision is not None
    assert revision.changed


def test_outside_a_repository_there_is_no_revision(tmp_path: Path) -> None:
    assert revisions.current(tmp_path) is None


def test_an_empty_repository_has_no_revision(tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q")
    assert revisions.current(tmp_path) is None
