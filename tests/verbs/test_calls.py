"""Usage errors, and folders of another user: one Vietnamese sentence with the remedy."""

import getpass
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from conftest import PROJECT, lay_out_with_packages, run

# Root can write anywhere unless this capability is dropped.
AS_USER = ("setpriv", "--bounding-set=-dac_override") if os.getuid() == 0 else ()
DEBIAN = ("sh", "cat", "date", "dirname", "mkdir", "readlink", "rm", "sed", "tail", "tr")


@pytest.mark.parametrize(("call", "told"), [
    (("check.py", "--khong-co"), 'không có tùy chọn hay tham số "--khong-co"'),
    (("check.py", "la", "##[x"), 'không có tùy chọn hay tham số "la ##⟨U+005B⟩x"'),
    (("check.py", "--fina"), 'không có tùy chọn hay tham số "--fina"'),  # options are not abbreviated
    (("check.py", "--changed-since"), "sau --changed-since còn thiếu giá trị"),
    (("check.py", "--format", "xml"), "--format không nhận 'xml', chỉ nhận: "),
    (("check.py", "--fix=co"), "--fix không nhận giá trị 'co'"),
    (("export_pdf.py", "--only"), "sau --only còn thiếu giá trị"),
    (("export_pdf.py", "--booklet", "3"), '--booklet: "3" không phải bội số dương của 4'),
    (("deliver.py", "x"), 'không có tùy chọn hay tham số "x"'),
    (("build.py",), "còn thiếu: --output"),
    (("serve.py", "--dev-addr", "8000"), '--dev-addr: "8000" không có dạng 127.0.0.1:8000'),
    (("serve.py", "x"), 'không có tùy chọn hay tham số "x"'),
])
def test_a_wrong_call_is_told_in_one_sentence(call: tuple[str, ...], told: str) -> None:
    done = run(sys.executable, f"scripts/{call[0]}", *call[1:], folder=PROJECT)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith(f"Lệnh gọi chưa đúng: {told}")
    assert done.stderr.endswith("; hãy xem cách gọi bằng --help.\n")


@pytest.mark.parametrize("entry", ["build.py", "check.py", "export_pdf.py", "deliver.py", "serve.py"])
def test_help_is_vietnamese(entry: str) -> None:
    done = run(sys.executable, f"scripts/{entry}", "--help", folder=PROJECT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Cách gọi: {entry} ")
    for english in ("usage:", "options:", "positional arguments:", "show this help"):
        assert english not in done.stdout


@pytest.mark.parametrize("entry", ["build.py", "check.py", "export_pdf.py", "deliver.py", "serve.py"])
def test_an_entry_called_with_a_python_that_lacks_the_packages_names_the_right_one(tmp_path: Path, entry: str) -> None:
    venv.create(tmp_path / "bare")
    done = run(tmp_path / "bare/bin/python", f"scripts/{entry}", "--help", folder=PROJECT)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert f"hãy gọi bằng .venv/bin/python scripts/{entry}" in done.stderr


def test_an_address_that_cannot_be_opened_is_told_with_its_own_reason() -> None:
    done = run(sys.executable, "scripts/serve.py", "--dev-addr", "192.0.2.1:8765", folder=PROJECT)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "hãy xem lại địa chỉ" in done.stderr
    assert "đang dùng cổng" not in done.stderr


# --- Commands ---------------------------------------------------------------------
def test_a_verb_is_found_through_a_link_such_as_a_hook_of_git(tmp_path: Path) -> None:
    project = lay_out_with_packages(tmp_path / "project")
    (project / "moc").mkdir()
    (project / "moc/pre-commit").symlink_to("../scripts/check")
    (tmp_path / "kiem-tra").symlink_to(project / "moc/pre-commit")
    for call in ("project/moc/pre-commit", str(tmp_path / "kiem-tra")):
        done = run(call, "--list", folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")


def _build(project: Path, *prefix: str) -> subprocess.CompletedProcess[str]:
    return run(*prefix, project / "scripts/build", folder=project)


@pytest.mark.parametrize("path", ["site", ".site-old/x", ".site-new/x", ".build.lock"])
def test_a_build_that_another_user_made_is_told_before_anything_is_done(tmp_path: Path, path: str) -> None:
    project = lay_out_with_packages(tmp_path / "project")
    place = project / path
    if path == ".build.lock":
        place.touch(mode=0o444)
    else:
        place.mkdir(parents=True)
        (place / "index.html").touch()
        place.chmod(0o555)
    done = _build(project, *AS_USER)
    place.chmod(0o755)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (3, "", 1)
    assert done.stderr.startswith(f"Không ghi được {path.partition('/')[0]} ")
    assert f"chown -R {getpass.getuser()} '{project}'" in done.stderr
    assert path == ".build.lock" or (place / "index.html").exists()


def test_what_apt_cannot_do_is_told_without_a_flood(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECT / "scripts", project / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in DEBIAN:
        (tools / name).symlink_to(str(shutil.which(name, path="/usr/bin:/bin")))
    for name, text in (("id", "echo 0"), ("dpkg", "true"),
                       ("apt-get", "for i in 1 2 3 4 5 6 7 8 9; do echo \"E: lỗi $i\" >&2; done; exit 100")):
        (tools / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (tools / name).chmod(0o755)
    done = run(project / "scripts/build", folder=project, PATH=str(tools))
    assert done.returncode == 3
    assert [line[:8] for line in done.stderr.splitlines()] == [
        "Cài các ", "E: lỗi 8", "E: lỗi 9", "Các lệnh", "Máy này "]
