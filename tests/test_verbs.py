"""The README's verbs, run by the shell in a project of their own; the environment that runs the tests serves them."""

import shutil
from pathlib import Path

import pytest

from conftest import PROJECT, run

TOOLS = ("sh", "cat", "cut", "dirname", "env", "mv", "rm", "sha256sum", "tr", "python3", "git")


@pytest.fixture
def project(conference_root: Path) -> Path:
    """A project of the fabricated conference that finds its packages installed."""
    shutil.copy(PROJECT / "requirements.txt", conference_root)
    (conference_root / ".venv").symlink_to(PROJECT / ".venv")
    return conference_root


@pytest.fixture
def poor_path(tmp_path: Path) -> str:
    """A PATH of a machine without fontconfig, whose user may install nothing."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name, path="/usr/bin:/bin")
        assert found, name
        (tools / name).symlink_to(found)
    (tools / "id").write_text("#!/bin/sh\necho 1000\n")
    (tools / "id").chmod(0o755)
    return str(tools)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_build_makes_site_and_pdfs_twice_in_a_row_and_from_another_folder(project: Path, tmp_path: Path) -> None:
    first = run(project / "scripts/build", folder=project)
    assert first.returncode == 0, first.stderr
    made = _files(project / "site")
    assert {"index.html", "ke-hoach.html", "ky-yeu.pdf", "ke-hoach.pdf", "tham-luan/so-sach-va-thu-tich.pdf"} <= made
    second = run(project / "scripts/build", folder=tmp_path)
    assert second.returncode == 0, second.stderr
    assert _files(project / "site") == made
    assert {path.name for path in project.iterdir()} <= {
        "docs", "overrides", "scripts", "mkdocs.yml", "requirements.txt", "site", ".venv"}


def test_a_problem_stops_the_build_and_leaves_the_former_site_whole(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("bản cũ")
    (project / "docs" / "la.md").write_text("# Trang lạ\n", "utf-8")
    done = run(project / "scripts/build", folder=project)
    assert done.returncode == 1
    assert "docs/la.md:1: " in done.stdout
    assert _files(project / "site") == {"index.html"}
    assert (project / "site" / "index.html").read_text() == "bản cũ"
    assert not (project / ".site-new").exists()


def test_a_final_build_that_is_refused_tells_why_and_leaves_the_former_site_whole(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("bản cũ")
    done = run(project / "scripts/build", "--final", folder=project)
    assert done.returncode == 1
    assert "(chua-duyet)" in done.stderr
    assert "(thieu-so-ban-in)" in done.stderr
    assert _files(project / "site") == {"index.html"}
    assert not (project / ".site-new").exists()


def test_without_root_and_print_parts_the_site_is_built_and_the_remedy_told(project: Path, poor_path: str) -> None:
    done = run(project / "scripts/build", folder=project, PATH=poor_path)
    assert done.returncode == 3
    assert "apt-get install fontconfig fonts-liberation2" in done.stderr
    assert "index.html" in _files(project / "site")
    assert not any(name.endswith(".pdf") for name in _files(project / "site"))
    assert ".pdf" not in (project / "site" / "index.html").read_text("utf-8")


def test_the_tests_of_ci_are_the_readmes_command() -> None:
    assert 'exec "$(dirname "$0")/../scripts/test"' in (PROJECT / ".ci" / "run").read_text()
    readme = (PROJECT / "README.md").read_text("utf-8")
    assert "scripts/build" in readme
    assert "scripts/test" in readme
