"""The commands of the README, run in a project of their own with the environment of the tests."""

import hashlib
import shutil
from pathlib import Path

import pytest

from conftest import PROJECT, lay_out_with_packages, run

# Neither sha256sum nor flock, as on macOS.
TOOLS = ("sh", "cat", "date", "dirname", "env", "find", "head", "mv", "readlink", "rm", "test", "tr", "python3", "git")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of the fabricated conference with installed packages."""
    return lay_out_with_packages(tmp_path / "project")


@pytest.fixture
def poor_path(tmp_path: Path) -> str:
    """The PATH of a system without fontconfig, whose user cannot install anything."""
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


@pytest.mark.last
def test_build_again_makes_the_same_bytes_in_any_folder_time_zone_and_locale(built: Path, tmp_path: Path) -> None:
    project = tmp_path / "một chỗ khác"
    shutil.copytree(built.parent, project, symlinks=True)
    (project / "site" / "index.html").write_text("bản cũ")
    again = run(project / "scripts/build", folder=tmp_path, TZ="Pacific/Kiritimati", LC_ALL="C", LANG="C",
                PYTHONHASHSEED="7", SOURCE_DATE_EPOCH="86400")
    assert again.returncode == 0, again.stderr
    made = _files(built)
    assert {"index.html", "ke-hoach.html", "ky-yeu.pdf", "ke-hoach.pdf", "tham-luan/so-sach-va-thu-tich.pdf"} <= made
    assert _digests(project / "site") == _digests(built)
    assert {path.name for path in project.iterdir()} <= {
        "docs", "overrides", "scripts", "mkdocs.yml", "requirements.txt", "site", ".venv", ".build.lock"}


def _digests(site: Path) -> dict[str, str]:
    """Return the digest of each file by path."""
    return {path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in _files(site)}


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
    assert "apt-get install fontconfig fonts-liberation2 fonts-dejavu-core" in done.stderr
    assert "index.html" in _files(project / "site")
    assert not any(name.endswith(".pdf") for name in _files(project / "site"))
    assert ".pdf" not in (project / "site" / "index.html").read_text("utf-8")


def test_ci_runs_all_tests() -> None:
    assert 'exec "$(dirname "$0")/../scripts/test"' in (PROJECT / ".ci" / "run").read_text()
