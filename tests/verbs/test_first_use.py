"""Setup on a system with missing prerequisites: reported in one sentence, completed by the next call."""

import os
import shutil
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

import pytest

from conftest import PROJECT, run
from proceedings.system import packages

TOOLS = ("sh", "cat", "cp", "date", "dirname", "mkdir", "readlink", "rm", "sed", "sleep", "tail", "touch", "tr")
# Replaces Python where only the shell is tested: its environments are copies of itself, its pip does what PIP_DOES
# says.
STAND_IN = f"""#!/bin/sh
case "$*" in
-V) echo "Python $VERSION" ;;
*version_info*) [ "$VERSION" != 3.10.13 ] ;;
"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
"-m pip install"*) eval "$PIP_DOES" ;;
"-m pip"*) ;;
*) exec {sys.executable} "$@" ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose only command sets up two empty lists of packages and says so."""
    root = tmp_path / "project"
    shutil.copytree(PROJECT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "requirements.txt").touch()
    verb = root / "scripts" / "verb"
    verb.write_text('#!/bin/sh\n. "$(dirname "$0")/setup.sh"\nset_up requirements.txt\nsay "sẵn sàng"\n', "utf-8")
    verb.chmod(0o755)
    return root


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH with a few tools, no Python, and a user without permission to install."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(str(shutil.which(name, path="/usr/bin:/bin")))
    _program(folder / "id", "#!/bin/sh\necho 1000\n")
    return folder


def _program(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def _call(project: Path, tools: Path, verb: str = "verb", *, version: str = "3.11.2", pip: str = "true",
          ) -> subprocess.CompletedProcess[str]:
    return run(project / "scripts" / verb, folder=project, PATH=str(tools), VERSION=version, PIP_DOES=pip)


# --- Python packages ----------------------------------------------------------------
def test_an_environment_without_pip_is_made_anew_and_a_missing_network_told(project: Path) -> None:
    venv.create(project / ".venv", with_pip=False)  # as left by an interrupted first use
    (project / "requirements.txt").write_text(f"vi-du==1.0 --hash=sha256:{'0' * 64}\n")
    done = run(project / "scripts/verb", folder=project, PIP_INDEX_URL="http://127.0.0.1:1/", PIP_RETRIES="0",
               PIP_CONFIG_FILE=os.devnull)
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "Tạo môi trường Python .venv", "Cài các gói Python (chỉ lần đầu hoặc khi danh sách gói đổi)",
        "Chưa cài được môi trường Python: không tải được gói; hãy nối mạng, hoặc chỉ cho pip nguồn gói của cơ quan "
        "(PIP_INDEX_URL), rồi chạy lại."]
    assert run(project / ".venv/bin/python", "-m", "pip", "--version", folder=project).returncode == 0


@pytest.mark.parametrize(("said", "told"), [
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "ổ đĩa đã đầy"),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "không đúng mã kiểm"),
    ("Error: [Errno 13] Permission denied: '/x/.venv'", "không được ghi"),
    ("WARNING: Retrying after connection broken: Failed to establish a new connection", "nối mạng"),
    ("Error: Command '['/x/.venv/bin/python3', '-m', 'ensurepip', '--upgrade']' returned non-zero exit status 1.",
     "không tạo được .venv; hãy xem chỗ trống trên đĩa (cần chừng 500 MB) rồi chạy lại."),  # also with a full disk
    ("dòng đầu\nERROR: lạ", "ERROR: lạ; hãy nhờ quản trị xem rồi chạy lại."),
])
def test_what_pip_cannot_do_is_told_in_one_sentence_and_done_at_the_next_call(
    project: Path, tools: Path, said: str, told: str,
) -> None:
    _program(tools / "python3", STAND_IN)
    done = _call(project, tools, pip=f'echo "{said}" >&2; exit 1')
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1].startswith("Chưa cài được môi trường Python: ")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 3
    again = _call(project, tools)
    assert (again.returncode, again.stderr.splitlines()[-1]) == (0, "sẵn sàng")
    assert _call(project, tools, pip="exit 1").stderr == "sẵn sàng\n"


def test_an_environment_that_works_is_kept_when_a_further_list_cannot_be_had(project: Path, tools: Path) -> None:
    _program(tools / "python3", STAND_IN)
    assert _call(project, tools).returncode == 0
    (project / ".venv" / "da-co").touch()
    (project / "requirements.txt").write_text("# khác\n", "utf-8")
    assert _call(project, tools, pip="echo timed out; exit 1").returncode == 3
    assert _call(project, tools).stderr.splitlines()[-1] == "sẵn sàng"
    assert (project / ".venv" / "da-co").exists()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_an_installation_that_was_stopped_is_begun_anew(project: Path, tools: Path, end: signal.Signals) -> None:
    _program(tools / "python3", STAND_IN)
    assert _call(project, tools).returncode == 0
    (project / "requirements.txt").write_text("# khác\n", "utf-8")
    (project / ".venv" / "nua-chung").touch()
    stopped = _stopped(project, tools, end)
    assert stopped.returncode == (130 if end is signal.SIGINT else -end)
    told = [line for line in stopped.stderr.splitlines() if not line.startswith("Cài ")]
    assert [line.split(";")[0] for line in told] == (["Đã dừng theo yêu cầu"] if end is signal.SIGINT else [])
    again = _call(project, tools)
    assert again.stderr.splitlines()[0] == "Tạo môi trường Python .venv"
    assert again.stderr.splitlines()[-1] == "sẵn sàng"
    assert not (project / ".venv" / "nua-chung").exists()


def test_an_environment_whose_change_was_stopped_is_not_used_by_another_verb(project: Path, tools: Path) -> None:
    _program(tools / "python3", STAND_IN)
    assert _call(project, tools).returncode == 0
    (project / ".venv" / ".unfinished").touch()  # as left by a command with more lists
    assert _call(project, tools).stderr.splitlines()[0] == "Tạo môi trường Python .venv"


def _stopped(project: Path, tools: Path, end: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Stop the command with its child processes, as a terminal does, while pip is running."""
    begun = project / "begun"
    process = subprocess.Popen(
        [project / "scripts/verb"], stderr=subprocess.PIPE, text=True, process_group=0,
        env={**os.environ, "PATH": str(tools), "VERSION": "3.11.2", "PIP_DOES": f"touch {begun}; sleep 60"})
    _wait_for(begun)
    os.killpg(process.pid, end)
    _, stderr = process.communicate(timeout=30)
    return subprocess.CompletedProcess([], process.returncode, "", stderr)


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < end, path
        time.sleep(0.02)


def test_two_first_uses_at_once_install_once(project: Path, tools: Path) -> None:
    _program(tools / "python3", STAND_IN)
    environment = {**os.environ, "PATH": str(tools), "VERSION": "3.11.2",
                   "PIP_DOES": f"echo x >>{project}/so-lan; sleep 1"}
    both = [subprocess.Popen([project / "scripts/verb"], stderr=subprocess.PIPE, text=True, env=environment)
            for _ in range(2)]
    told = [process.communicate(timeout=60)[1].splitlines() for process in both]
    assert [lines[-1] for lines in told] == ["sẵn sàng", "sẵn sàng"]
    assert (project / "so-lan").read_text() == "x\n"
    [waited] = [lines for lines in told if len(lines) == 2]
    assert waited[0].startswith("Đang đợi một lệnh khác xong (")
    assert waited[0].endswith("scripts/verb, tiến trình " + waited[0].split()[-1])


def test_a_folder_that_may_not_be_written_to_is_told_in_one_sentence(project: Path, tools: Path) -> None:
    _program(tools / "python3", STAND_IN)
    (project / ".build.lock").mkdir()  # root can write anywhere
    done = _call(project, tools)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert done.stderr.startswith("Không ghi được .build.lock trong thư mục của bộ tài liệu; hãy ")


# --- System packages ----------------------------------------------------------------
PRINT = [part.package for part in packages.PRINT]
ALL = [part.package for part in packages.PRINT + packages.TESTS]


@pytest.mark.parametrize(("verb", "packages"), [("verb", []), ("build", PRINT), ("test", ALL)])
@pytest.mark.parametrize("version", ["", "3.10.13"])
def test_an_administrator_is_asked_once_for_python_and_all_that_the_verb_needs(
    project: Path, tools: Path, verb: str, packages: list[str], version: str,
) -> None:
    if version:
        _program(tools / "python3", STAND_IN)
    done = _call(project, tools, verb, version=version)
    assert done.returncode == 3
    *others, asked = done.stderr.splitlines()
    assert asked.split("apt-get install ")[1].split() == ["python3", "python3-venv", *packages]
    assert f"đang có: {f'Python {version}' if version else 'chưa có'}" in asked
    assert [other.split(": ")[1].split() for other in others] == ([ALL[len(packages):]] if packages != ALL else [])
    assert not (project / ".venv").exists()


def test_an_older_python_does_not_hide_a_newer_one(project: Path, tools: Path) -> None:
    _program(tools / "python3", STAND_IN)
    _program(tools / "python3.12", STAND_IN.replace("3.10.13", "none"))
    done = _call(project, tools, version="3.10.13")
    assert done.stderr.splitlines()[-1] == "sẵn sàng"
