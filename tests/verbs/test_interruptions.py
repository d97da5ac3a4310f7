"""Commands that are interrupted, run twice at once, or refused something by the system."""

import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import entry
from conftest import PROJECT, git, lay_out_with_packages, run

# Replaces the environment's Python: records what to build, creates a site of one page, and waits on request.
STAND_IN = f"""#!/bin/sh
case "$1" in
scripts/check.py | scripts/build.py | scripts/serve.py) ;;
*) exec {sys.executable} "$@" ;;
esac
echo "$*" >>calls
[ "$1" = scripts/build.py ] || exit 0
mkdir -p .site-new; echo "$BUILD" >.site-new/index.html
[ -z "$WAIT" ] || exec {sys.executable} -c 'import pathlib, time
pathlib.Path("at").touch()
while not pathlib.Path("go").exists(): time.sleep(0.02)'
"""
STEPS = ("Đọc và kiểm tra tài liệu", "Dựng trang web", "In PDF", "Đóng gói")
# Appended to the project's code: the named step waits once it has begun, and printing is fast.
WAITING = """
import os, pathlib
_begin = Step.__init__
def _wait(self, title):
    _begin(self, title)
    if title == os.environ.get("WAIT_AT"):
        pathlib.Path("at").touch()
        while not pathlib.Path("go").exists():
            time.sleep(0.02)
Step.__init__ = _wait
"""
PRINTING_NOTHING = """
def printed(*_, **__):
    return iter(())
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a former site, whose build is replaced."""
    root = tmp_path / "project"
    shutil.copytree(PROJECT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "requirements.txt").touch()
    python = root / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(STAND_IN, "utf-8")
    python.chmod(0o755)
    stamp = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of an empty list
    (root / ".venv/.installed-requirements-txt").write_text(stamp)
    (root / "site").mkdir()
    (root / "site/index.html").write_text("bản cũ\n", "utf-8")
    return root


def _site(project: Path) -> str:
    return (project / "site/index.html").read_text("utf-8")


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, path
        time.sleep(0.02)


def _begun(project: Path, step: str = "", build: str = "một") -> subprocess.Popen[str]:
    """Start a build that waits at a step."""
    process = subprocess.Popen([project / "scripts/build"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               process_group=0, env={**os.environ, "WAIT": "x", "WAIT_AT": step, "BUILD": build})
    _wait_for(project / "at")
    return process


# --- Usage errors -----------------------------------------------------------------
@pytest.mark.parametrize("arguments", [("--only", "so-y-te"), ("--reading", "x"), ("--press",), ("--booklet",), ("-h",),
                                       ("--final", "--press"), ("--help", "x"), ("x",), ("",), ("--final --help",)])
def test_the_build_refuses_what_it_does_not_know_and_touches_nothing(project: Path, arguments: tuple[str, ...]) -> None:
    done = run(project / "scripts/build", *arguments, folder=project, BUILD="hai")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "scripts/export_pdf.py" in done.stderr
    assert f'không nhận "{" ".join(arguments)}"' in done.stderr
    assert _site(project) == "bản cũ\n"
    assert not (project / "calls").exists()


def test_the_build_tells_how_it_is_called_and_does_nothing_else(project: Path) -> None:
    done = run(project / "scripts/build", "--help", folder=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--final" in done.stdout
    assert not (project / "calls").exists()


def test_the_build_is_told_that_it_is_final(project: Path) -> None:
    done = run(project / "scripts/build", "--final", folder=project, BUILD="hai")
    assert done.returncode == 0, done.stderr
    assert (project / "calls").read_text().splitlines() == [
        "scripts/build.py --output .site-new --final"]
    assert _site(project) == "hai\n"


# --- Interruptions -----------------------------------------------------------------
@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A project of the fabricated conference with a former site, really built except for print."""
    root = lay_out_with_packages(tmp_path / "project")
    for name, text in (("progress", WAITING), ("export_pdf", PRINTING_NOTHING)):
        file = root / f"scripts/{name}.py"
        code, end, call = file.read_text("utf-8").partition('\n\nif __name__ == "__main__":')
        file.write_text(f"{code}\n{text}{end}{call}", "utf-8")
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("!ENV [PROCEEDINGS_PDF, true]", "false"), "utf-8")
    git(root, "init", "-q")
    git(root, "add", "docs")
    git(root, "commit", "-q", "-m", "một")
    (root / "site").mkdir()
    (root / "site/index.html").write_text("bản cũ\n", "utf-8")
    return root


@pytest.mark.parametrize(("step", "end"), [*((step, signal.SIGTERM) for step in STEPS), ("In PDF", signal.SIGINT)])
def test_a_build_that_is_stopped_says_so_and_leaves_the_former_site(
    whole: Path, step: str, end: signal.Signals,
) -> None:
    process = _begun(whole, step)
    os.killpg(process.pid, end)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    told = [line for line in stderr.splitlines() if not line.startswith(STEPS)]
    assert told == ["Đã dừng theo yêu cầu; thư mục site không thay đổi, muốn làm tiếp thì chạy lại lệnh này."]
    assert _site(whole) == "bản cũ\n"
    assert list(whole.glob(".site-*")) == []


def test_a_build_tells_what_each_step_does_and_at_its_end_how_many_and_how_long(whole: Path) -> None:
    done = run(whole / "scripts/build", folder=whole)
    assert done.returncode == 0, done.stderr
    *told, _, _, _ = done.stderr.splitlines()
    pages = len(list((whole / "docs").rglob("*.md")))
    outcomes = (f"{pages} tài liệu", f"{pages} trang", "0 tệp, 0 trang", "3 tệp")
    assert [re.sub(r"\d+,\d giây", "0,0 giây", line) for line in told] == [
        line for step, outcome in zip(STEPS, outcomes, strict=True)
        for line in (f"{step} …", f"{step}: {outcome} (0,0 giây)")]
    assert done.stdout.splitlines()[0] == "Không có lỗi."


def test_what_mkdocs_warns_of_stops_the_build_and_is_told(whole: Path) -> None:
    hook = whole / "scripts/hooks.py"
    hook.write_text(hook.read_text("utf-8") + "\n\ndef on_nav(nav, config, files):\n"
                    "    logging.getLogger('mkdocs.structure').warning('##[x] is wrong')\n    return nav\n", "utf-8")
    done = run(whole / "scripts/build", folder=whole)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2:] == [
        "##⟨U+005B⟩x] is wrong", "Chưa dựng được trang web vì những điều vừa nêu; hãy sửa rồi chạy lại."]
    assert _site(whole) == "bản cũ\n"


@pytest.mark.parametrize(("path", "text", "told"), [
    ("main.html", "{% if %}", "overrides/main.html:1: Mẫu trang viết sai ("),
    ("main.html", "{{ none.none.none }}", "overrides/main.html:1: Mẫu trang viết sai ("),
    ("fragments/agenda.html", "{{ 1 // 0 }}", "overrides/fragments/agenda.html:1: Mẫu trang viết sai ("),
    ("fragments/agenda.html", None, "Không có mẫu trang \"agenda.html\"; "),
])
def test_a_template_that_fails_stops_the_build_with_its_place(
    whole: Path, path: str, text: str | None, told: str,
) -> None:
    template = whole / "overrides" / path
    template.unlink()
    if text is not None:
        template.write_text(text, "utf-8")
    done = run(whole / "scripts/build", folder=whole)
    assert done.returncode == 1
    before, last = done.stderr.splitlines()[-2:]
    assert before.startswith(("Dựng trang web", "Trang sẽ"))
    assert last.startswith(told)
    assert last.endswith(" rồi chạy lại.")
    assert _site(whole) == "bản cũ\n"


@pytest.mark.parametrize("swapped", [False, True])
def test_after_a_build_that_was_killed_the_next_one_runs(project: Path, *, swapped: bool) -> None:
    process = _begun(project)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    if swapped:
        (project / "site").rename(project / ".site-old")  # as if killed between the two renames
    (project / "at").unlink()
    process = _begun(project)
    assert _site(project) == "bản cũ\n"
    (project / "go").touch()
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    assert _site(project) == "một\n"
    assert list(project.glob(".site-*")) == []


@pytest.mark.parametrize("former", ["file", "link"])
def test_what_is_no_folder_is_replaced_by_the_site(project: Path, former: str) -> None:
    shutil.rmtree(project / "site")
    if former == "link":
        (project / "site").symlink_to("khong-co")
    else:
        (project / "site").write_text("x", "utf-8")
    done = run(project / "scripts/build", folder=project, BUILD="hai")
    assert done.returncode == 0, done.stderr
    assert _site(project) == "hai\n"
    assert list(project.glob(".site-*")) == []


def test_a_second_build_says_who_builds_and_stops(project: Path) -> None:
    process = _begun(project)
    second = run(project / "scripts/build", folder=project, BUILD="hai")
    assert (second.returncode, len(second.stderr.splitlines())) == (1, 1)
    assert f"scripts/build, tiến trình {process.pid})" in second.stderr
    assert "hãy đợi" in second.stderr
    (project / "go").touch()
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 0, stderr
    assert _site(project) == "một\n"
    assert run(project / "scripts/build", folder=project, BUILD="hai").returncode == 0
    assert _site(project) == "hai\n"


def test_a_link_in_the_place_of_the_lock_leads_to_no_other_file(project: Path, tmp_path: Path) -> None:
    (tmp_path / "khac").write_text("giữ", "utf-8")
    (project / ".build.lock").symlink_to(tmp_path / "khac")
    done = run(project / "scripts/build", folder=project, BUILD="hai")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "khac").read_text("utf-8") == "giữ"
    assert _site(project) == "hai\n"


def test_check_and_preview_run_while_a_build_does(project: Path) -> None:
    process = _begun(project)
    for verb in ("check", "serve"):
        assert run(project / "scripts" / verb, folder=project).returncode == 0
    (project / "go").touch()
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_a_step_that_fails_ends_the_verb_with_its_status(project: Path) -> None:
    python = project / ".venv/bin/python"
    python.write_text(python.read_text("utf-8").replace('echo "$*"', 'exit 7; echo "$*"'), "utf-8")
    for verb in ("check", "build", "serve"):
        done = run(project / "scripts" / verb, folder=project)
        assert (done.returncode, done.stderr) == (7, "")
    assert _site(project) == "bản cũ\n"


# --- Refused by the system -----------------------------------------------------------
@contextmanager
def _taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_that_is_taken_is_told_with_another_to_take(conference_root: Path) -> None:
    with _taken() as port:
        done = run(sys.executable, "scripts/serve.py", "--dev-addr", f"127.0.0.1:{port}",
                   folder=conference_root)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert f"Không mở được 127.0.0.1:{port} " in done.stderr
    assert done.stderr.endswith(f"scripts/serve --dev-addr 127.0.0.1:{port + 1}\n")


def test_the_preview_ends_with_one_sentence_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with _taken() as port:
        pass
    (tmp_path / "tam").mkdir()
    root = lay_out_with_packages(tmp_path / "project")
    process = subprocess.Popen(
        [root / "scripts/serve", "--dev-addr", f"127.0.0.1:{port}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, process_group=0, env={**os.environ, "TMPDIR": str(tmp_path / "tam")})
    assert process.stderr
    assert any("Xem trang ở" in line for line in process.stderr)  # reads up to that line
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.splitlines()[-1].startswith("Đã dừng theo yêu cầu;")
    assert "Traceback" not in stderr
    assert [path.name for path in (tmp_path / "tam").iterdir() if not path.name.startswith("_jinja2")] == []


def test_a_disk_that_takes_no_more_is_told_in_one_sentence(conference_root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "scripts/build.py", "--output", "ra"], cwd=conference_root, capture_output=True,
        text=True, check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Máy không đọc hoặc không ghi được ")
    assert "Traceback" not in done.stderr


# --- Exit status ------------------------------------------------------------------------
@pytest.mark.parametrize(("error", "status", "told"), [
    (KeyboardInterrupt(), 130, "Đã dừng theo yêu cầu.\n"),
    (OSError(28, "No space left on device", "##[x"),
     1, "Máy không đọc hoặc không ghi được ##⟨U+005B⟩x (No space left on device); hãy xem quyền, tên tệp và chỗ "
        "trống trên đĩa rồi chạy lại.\n")])
def test_an_entry_tells_in_one_sentence_why_it_ends(
    error: BaseException, status: int, told: str, capsys: pytest.CaptureFixture[str],
) -> None:
    def main() -> int:
        raise error

    with pytest.raises(SystemExit) as end:
        entry.run(main)
    assert (end.value.code, capsys.readouterr().err) == (status, told)


def test_an_entry_whose_reader_goes_away_says_nothing(conference_root: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([sys.executable, "scripts/check.py", "--list"], cwd=conference_root, stdout=writer,
                          stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_an_entry_whose_output_is_closed_ends_as_usual(conference_root: Path, closed: str) -> None:
    command = f"'{sys.executable}' scripts/check.py {closed}"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=conference_root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_entry_speaks_vietnamese_in_any_locale(conference_root: Path) -> None:
    done = run(sys.executable, "scripts/check.py", folder=conference_root, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Không có lỗi.\n", "")
