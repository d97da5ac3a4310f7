"""The table of reviewers, as output for people and in CODEOWNERS format."""

import sys
from pathlib import Path

import pytest

from conftest import git, run
from proceedings import schema
from proceedings.conference import reading, reviewers
from proceedings.conference.reading import Reading


def test_the_table_is_written_as_codeowners_with_what_is_general_first(fabricated: Reading) -> None:
    assert list(reviewers.listing(fabricated.conference)) == [
        "* @thu-ky", "# /docs/ke-hoach.md: chưa có người duyệt", "/docs/tham-luan/ @thu-ky @ban-bien-tap/tham-luan",
        "/docs/tham-luan/so-sach-va-thu-tich.md @sach-thu-tich"]


@pytest.mark.parametrize(("path", "line"), [
    ("docs/tham-luan/so-sach-va-thu-tich.md", "docs/tham-luan/so-sach-va-thu-tich.md @sach-thu-tich"),
    ("docs/tham-luan/index.md", "docs/tham-luan/index.md @thu-ky @ban-bien-tap/tham-luan"),
    ("docs/tham-luan/la.md", "docs/tham-luan/la.md @thu-ky @ban-bien-tap/tham-luan"),
    ("docs/ke-hoach.md", "docs/ke-hoach.md @thu-ky"),  # whose own row is blank
    ("docs/ke-hoach.md.md", "docs/ke-hoach.md.md @thu-ky"),
    ("mkdocs.yml", "mkdocs.yml @thu-ky"), ("tham-luan/la.md", "tham-luan/la.md @thu-ky"),
])
def test_the_closest_row_names_the_reviewers_of_a_file(path: str, line: str, fabricated: Reading) -> None:
    assert list(reviewers.listing(fabricated.conference, [path])) == [line]


def test_without_the_page_nobody_is_named(conference_root: Path) -> None:
    (conference_root / "docs" / schema.REVIEWERS).unlink()
    conference = reading.read_conference(conference_root / "docs").conference
    assert list(reviewers.listing(conference)) == []
    assert list(reviewers.listing(conference, ["docs/a.md"])) == ["# docs/a.md: chưa có người duyệt"]


def test_check_tells_who_reviews_a_change(conference_root: Path) -> None:
    (conference_root / ".gitignore").write_text("*.pyc\n", "utf-8")
    git(conference_root, "init", "-q")
    git(conference_root, "add", "-A")
    git(conference_root, "commit", "-q", "-m", "một")
    (conference_root / "docs" / "phu-luc" / "mới.md").write_text("# Mới\n", "utf-8")
    (conference_root / "docs" / "tham-luan" / "so-sach-va-thu-tich.md").unlink()
    git(conference_root, "mv", "docs/phu-luc/don-vi.md", "docs/phu-luc/khac.md")
    done = run(sys.executable, "scripts/check.py", "--reviewers", "--changed-since", "HEAD", folder=conference_root)
    assert (done.returncode, done.stdout.splitlines()) == (0, [
        "docs/phu-luc/don-vi.md @thu-ky", "docs/phu-luc/khac.md @thu-ky", "docs/phu-luc/mới.md @thu-ky",
        "docs/tham-luan/so-sach-va-thu-tich.md @sach-thu-tich"])


def test_a_change_of_the_table_names_nobody_for_itself(conference_root: Path) -> None:
    (conference_root / ".gitignore").write_text("*.pyc\n", "utf-8")
    git(conference_root, "init", "-q", "-b", "main")
    git(conference_root, "add", "-A")
    git(conference_root, "commit", "-q", "-m", "một")
    git(conference_root, "switch", "-q", "-c", "thay-doi")
    table = conference_root / "docs" / schema.REVIEWERS
    old = table.read_text("utf-8")
    table.write_text(old.replace("thu-ky", "ke-la").replace("sach-thu-tich", "ke-la"), "utf-8")
    assert "ke-la" in table.read_text("utf-8")
    git(conference_root, "commit", "-q", "-a", "-m", "hai")
    command = (sys.executable, "scripts/check.py", "--reviewers", "--changed-since", "main")
    assert run(*command, folder=conference_root).stdout == f"docs/{schema.REVIEWERS} @thu-ky\n"
    # The reviewers are those named now, not those named when the branch was created.
    git(conference_root, "switch", "-q", "main")
    table.write_text(old.replace("| thu-ky", "| thu-ky-moi"), "utf-8")
    git(conference_root, "commit", "-q", "-a", "-m", "ba")
    git(conference_root, "switch", "-q", "thay-doi")
    assert run(*command, folder=conference_root).stdout == f"docs/{schema.REVIEWERS} @thu-ky-moi\n"
