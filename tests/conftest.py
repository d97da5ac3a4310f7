"""Shared fixtures: the fabricated conference, laid out as a project of another province."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser

import forking
from browsing import chromium, serving
from proceedings import checks
from proceedings.conference import reading, settings
from proceedings.conference.reading import Reading
from proceedings.conference.settings import Settings
from proceedings.html import rendering
from proceedings.print.book import Edition
from proceedings.print.production import Printer, Volume
from proceedings.problems import Problem
from proceedings.project import Project

pytest_plugins = ["scheduling"]
PROJECT = Path(__file__).resolve().parent.parent
CONFERENCE = PROJECT / "tests" / "conference"
# The file names of the fabricated speeches.
SPEECHES = tuple(sorted(path.stem for path in (CONFERENCE / "docs/tham-luan").glob("*.md") if path.stem != "index"))

# A shell ignores SIGINT in background jobs, which would be inherited by processes that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples on every run, so that a test fails only when code has changed.
hypothesis.settings.register_profile("project", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("project")
# Selected by name (`tests/benchmarks/fuzz.py`): other examples with every seed.
hypothesis.settings.register_profile("long", deadline=None, database=None,
                                     suppress_health_check=list(hypothesis.HealthCheck))


@pytest.fixture(scope="session")
def code_and_looks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of scripts/ and overrides/, so that no test can change those of the project through a link."""
    return _copy_code(tmp_path_factory.mktemp("code") / "project")


@pytest.fixture
def conference_root(code_and_looks: Path, tmp_path: Path) -> Path:
    """A project with docs/ and mkdocs.yml of the fabricated conference.

    The package and overrides/ are shared by the tests of a process, because copying them takes most of the time.
    A test that changes them needs `lay_out_project`.
    """
    root = tmp_path / "project"
    shutil.copytree(code_and_looks / "scripts", root / "scripts", symlinks=True,
                    ignore=shutil.ignore_patterns("__pycache__", "proceedings"))
    (root / "scripts/proceedings").symlink_to(code_and_looks / "scripts/proceedings")
    shutil.copytree(code_and_looks / "overrides", root / "overrides", copy_function=os.link)  # print refuses symlinks
    return _add_documents(root)


def lay_out_project(root: Path) -> Path:
    """Copy code and theme of this project, with the documents of the fabricated conference."""
    return _add_documents(_copy_code(root))


def _copy_code(root: Path) -> Path:
    for folder in ("scripts", "overrides"):
        shutil.copytree(PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def _add_documents(root: Path) -> Path:
    shutil.copytree(CONFERENCE / "docs", root / "docs")
    (root / "mkdocs.yml").write_text(fabricated_config(), "utf-8")
    return root


@cache
def fabricated_config() -> str:
    """Return this project's mkdocs.yml with the fabricated conference's names, without forge and copies."""
    text = re.sub(r"^(?:repo_url|edit_uri):.*\n", "", (PROJECT / "mkdocs.yml").read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^  copies:.*$", "  copies:", text, flags=re.MULTILINE)
    for line in (CONFERENCE / "names.yml").read_text("utf-8").splitlines():
        text, count = re.subn(rf"^{line.partition(':')[0]}:.*$", line, text, flags=re.MULTILINE)
        assert count == 1, line
    return text


def lay_out_with_packages(root: Path) -> Path:
    """Create such a project with the packages of the environment that runs the tests."""
    shutil.copy(PROJECT / "requirements.txt", lay_out_project(root))
    (root / ".venv").symlink_to(PROJECT / ".venv")
    return root


def finished_html(rendered: str) -> str:
    """Return rendered Markdown as finished HTML."""
    return rendering.serialise(rendering.finish(rendered))


def set_copies(root: Path, copies: str) -> None:
    """Set the number of copies in a project's settings."""
    file = root / "mkdocs.yml"
    text = file.read_text("utf-8")
    assert "\n  copies:\n" in text
    file.write_text(text.replace("\n  copies:\n", f"\n  copies: {copies}\n"), "utf-8")


def printer_of(root: Path, output: Path, *, final: bool = False) -> Printer:
    """Return a printer of the project's conference with this output folder."""
    view = settings.load(root / "mkdocs.yml")
    return Printer(Project.open(view), Edition(final=final), output)


@pytest.fixture(scope="session")
def fabricated() -> Reading:
    """Return the fabricated conference as read."""
    return reading.read_conference(CONFERENCE / "docs")


@pytest.fixture(scope="session")
def fabricated_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the fabricated conference, laid out as a project."""
    return settings.load(lay_out_project(tmp_path_factory.mktemp("settings") / "project") / "mkdocs.yml")


@pytest.fixture
def problems_of() -> Callable[[Path], tuple[Problem, ...]]:
    """Returns all problems of the documents in a folder."""
    return lambda docs: checks.check(reading.read_conference(docs))


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project and capture its output.

    Python commands are forked, unless a variable is given that Python reads at startup.
    """
    words = [str(part) for part in command]
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    if words[0] == sys.executable and not any(name.startswith("PYTHON") for name in environment):
        return forking.run(words[1:], folder, variables)
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, env=variables, timeout=300)


def git(root: Path, *arguments: str, day: str = "2035-04-05") -> None:
    """Run git in a folder, with the commit time set to 8:00 of a day."""
    when = f"{day}T08:00:00+07:00"
    subprocess.run(["git", "-C", root, "-c", "user.name=Thử", "-c", "user.email=thu@vi-du.example", *arguments],
                   check=True, capture_output=True,
                   env={**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(root),
                        "GIT_TEMPLATE_DIR": ""})  # no sample files in new repositories


def commit_as(root: Path, time: str, message: bytes = b"hai", headers: str = "") -> None:
    """Replace HEAD by a commit with these bytes, as could be pushed; its tree and parents are kept."""
    made = subprocess.run(["git", "-C", root, "cat-file", "commit", "HEAD"], capture_output=True, check=True).stdout
    kept = [line for line in made.split(b"\n\n")[0].split(b"\n") if line.startswith((b"tree", b"parent"))]
    raw = b"\n".join([*kept, b"author a <a@b> 1 +0000", f"committer a <a@b> {time}\n{headers}\n".encode()]) + message
    name = subprocess.run(["git", "-C", root, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"], input=raw,
                          capture_output=True, check=True).stdout.decode().strip()
    git(root, "update-ref", "HEAD", name)


def foreign_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make git treat every folder as owned by another user, as in containers with mounted folders."""
    program = folder / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{shutil.which("git")}" "$@"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def lay_out_texts(root: Path) -> Path:
    """Lay out the report, one speech and what they need, without faults and without code: for `check.py` of PROJECT."""
    docs = root / "docs"
    shutil.copytree(CONFERENCE / "docs", docs, ignore=shutil.ignore_patterns("hoi-nguoi-*", "so-sach-va-thu-tich"))
    for path in docs.glob("tham-luan/*.md"):
        if path.name not in ("index.md", "truong-cao-dang-doc-sach.md"):
            path.write_text("---\ntrang-thai: de-cuong\n---\n\nNội dung đang soạn. […]\n", "utf-8")
    for name, unused in (("van-ban.md", "07/NQ-HĐND"), ("van-ban.md", "05/HD-SSTT"), ("tu-viet-tat.md", "| HD |")):
        file = docs / "phu-luc" / name
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if unused not in line), "utf-8")
    (root / "overrides").mkdir()
    shutil.copy(PROJECT / "overrides/main.html", root / "overrides")
    (root / "mkdocs.yml").write_text(fabricated_config().replace("hooks:\n  - scripts/hooks.py\n", ""), "utf-8")
    return root


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of a small conference with one commit on the branch `main`, to be copied."""
    root = lay_out_texts(tmp_path_factory.mktemp("committed") / "project")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "gốc")
    git(root, "gc", "-q")
    return root


@pytest.fixture
def repository(committed: Path, tmp_path: Path) -> Path:
    """A copy of that repository for one test."""
    return shutil.copytree(committed, tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fabricated conference with PDFs, archive and server files, built by scripts/build.

    It is shared by the processes of a test run.
    """
    run_id = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    root = (tmp_path_factory.getbasetemp().parent / f"built-{run_id}" if run_id
            else tmp_path_factory.mktemp("built")) / "project"
    root.parent.mkdir(exist_ok=True)
    with (root.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            done = run(lay_out_with_packages(root) / "scripts/build", folder=root)
            assert done.returncode == 0, done.stderr
    assert (root / "site").exists()
    return root / "site"


@pytest.fixture(scope="session")
def booklet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository of the fabricated conference with volume and booklet in `ra`, and the output."""
    root = lay_out_project(tmp_path_factory.mktemp("booklet") / "project")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "một", day="2034-05-06")
    done = run(sys.executable, "scripts/export_pdf.py", "--booklet", "16", "--output", "ra", folder=root)
    assert done.returncode == 0, done.stderr
    return root, done.stdout


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> tuple[Printer, Volume, Path]:
    """The printer of this project's own documents, the layout of its volume, and the volume's file."""
    printer = printer_of(PROJECT, tmp_path_factory.mktemp("live"))
    volume = printer.lay_out()
    return printer, volume, printer.volume(volume).path


@pytest.fixture(scope="session")
def served(built: Path) -> Iterator[str]:
    """The address of the built site on a server."""
    with serving(built) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium shared by all tests of a process."""
    with chromium() as made:
        yield made
