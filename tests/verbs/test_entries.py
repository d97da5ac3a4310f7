"""Output and exit status of the command lines."""

import re
import shutil
import sys
import unicodedata
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fontTools import subset

from conftest import PROJECT, git, run
from proceedings.conference import products
from proceedings.system import packages

SPEECH = "docs/tham-luan/so-sach-va-thu-tich.md"


def _edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def test_check_says_when_nothing_is_wrong(conference_root: Path) -> None:
    done = run(sys.executable, "scripts/check.py", folder=conference_root)
    assert (done.returncode, done.stdout) == (0, "Không có lỗi.\n")


def test_check_works_from_another_folder(conference_root: Path, tmp_path: Path) -> None:
    done = run(sys.executable, conference_root / "scripts/check.py", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Không có lỗi.\n")


def test_check_tells_all_problems_at_once_sorted_one_a_line(conference_root: Path) -> None:
    _edit(conference_root, SPEECH, "trang-thai: da-duyet", "trang-thai: xong\nkhoa: x")
    _edit(conference_root, "docs/bao-cao.md", "\n## ", "\n[hỏng](khong-co.md)\n\n## ")
    done = run(sys.executable, "scripts/check.py", folder=conference_root)
    *problems, summary = done.stdout.splitlines()
    assert done.returncode == 1
    assert [re.fullmatch(r"(\S+):(\d+): .+ \((\S+)\)", line).group(1, 2, 3) for line in problems] == [  # type: ignore[union-attr]
        ("docs/bao-cao.md", problems[0].split(":")[1], "lien-ket-hong"),
        (SPEECH, "2", "dau-tep-sai"),
        (SPEECH, "3", "khoa-la"),
    ]
    assert summary == "3 lỗi, trong đó 3 lỗi phải sửa."


def test_check_lists_its_rules(conference_root: Path) -> None:
    done = run(sys.executable, "scripts/check.py", "--list", folder=conference_root)
    assert done.returncode == 0
    assert "thieu-tham-luan [blocking]: Đơn vị được kế hoạch phân công" in done.stdout


@pytest.mark.parametrize("entry", ["check.py", "export_pdf.py"])
def test_settings_that_mkdocs_refuses_are_a_wrong_call(conference_root: Path, entry: str) -> None:
    (conference_root / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
    done = run(sys.executable, f"scripts/{entry}", folder=conference_root)
    assert done.returncode == 2
    assert "mkdocs.yml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_in_place_of_a_file_is_a_wrong_call(conference_root: Path) -> None:
    for option, words in (("--summary", "Không ghi được "), ("--config-file", "docs")):
        done = run(sys.executable, "scripts/check.py", option, "docs", folder=conference_root)
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    assert not list(conference_root.glob(".docs.*"))


@pytest.mark.parametrize("fault", ["settings", "revision"])
def test_a_check_that_cannot_run_says_so_in_the_summary(conference_root: Path, fault: str) -> None:
    (conference_root / "tom-tat.md").write_text("**✓ Không có lỗi phải sửa.**\n", "utf-8")
    git(conference_root, "init", "-q")
    git(conference_root, "commit", "-q", "--allow-empty", "-m", "một")
    options = ["--changed-since", "bản `lạ`"] if fault == "revision" else []
    if fault == "settings":
        (conference_root / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
    done = run(sys.executable, "scripts/check.py", "--summary", "tom-tat.md", *options, folder=conference_root)
    assert done.returncode == 2
    lines = (conference_root / "tom-tat.md").read_text("utf-8").splitlines()
    assert lines[:3] == ["# Kết quả kiểm tra", "", "**✗ Không kiểm tra được.**"]
    assert re.fullmatch(r"(`+) ?.*(mkdocs\.yml|bản `lạ`).* ?\1", lines[4])


@pytest.mark.prints
def test_export_writes_to_a_folder_of_its_own_and_tells_what_it_cannot_write(conference_root: Path) -> None:
    folder = conference_root / "ban-in"
    folder.write_text("một tệp", "utf-8")
    done = run(sys.executable, "scripts/export_pdf.py", "--reading", "truong-cao-dang-doc-sach", folder=conference_root)
    assert done.returncode == 1
    printed = folder / "tham-luan/truong-cao-dang-doc-sach-chu-lon.pdf"
    assert f"\nKhông in được: Không ghi được {printed} (" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.prints
def test_export_prints_documents_and_reading_copies_by_name_and_nothing_else(conference_root: Path) -> None:
    done = run(sys.executable, "scripts/export_pdf.py", "--only", "ke-hoach", "--reading", "so-sach-va-thu-tich",
               "--output", "ra", folder=conference_root)
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(conference_root / "ra").as_posix() for path in (conference_root / "ra").rglob("*.*")}
    assert made == {"ke-hoach.pdf", "tham-luan/so-sach-va-thu-tich-chu-lon.pdf"}
    reading = pdfium.PdfDocument(conference_root / "ra/tham-luan/so-sach-va-thu-tich-chu-lon.pdf")
    text = " ".join(unicodedata.normalize("NFC", page.get_textpage().get_text_range()) for page in reading)
    assert "1′" in text
    assert "Xin trân trọng cảm ơn!" in text


def test_git_ignores_what_a_person_prints(conference_root: Path) -> None:
    shutil.copy(PROJECT / ".gitignore", conference_root)
    git(conference_root, "init", "-q")
    printed = f"{products.on_request}/{products.press}"
    assert run("git", "check-ignore", printed, folder=conference_root).stdout == f"{printed}\n"


def test_export_names_what_it_can_print_when_asked_for_something_else(conference_root: Path) -> None:
    done = run(sys.executable, "scripts/export_pdf.py", "--only", "so-khac", folder=conference_root)
    assert done.returncode == 2
    assert "so-khac" in done.stderr
    assert "so-sach-va-thu-tich" in done.stderr


def test_export_prints_nothing_while_a_problem_blocks(conference_root: Path) -> None:
    _edit(conference_root, SPEECH, "\n## ", "\n[… còn thiếu]\n\n## ")
    done = run(sys.executable, "scripts/export_pdf.py", "--output", "ra", folder=conference_root)
    assert done.returncode == 1
    assert f"{SPEECH}:2: " in done.stderr
    assert "(con-cho-trong)" in done.stderr
    assert not (conference_root / "ra").exists()


def test_export_says_what_to_install_where_no_font_is(conference_root: Path, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>", "utf-8")
    done = run(sys.executable, "scripts/export_pdf.py", folder=conference_root, FONTCONFIG_FILE=str(fonts))
    assert done.returncode == 3
    assert "apt-get install fonts-liberation2 fonts-dejavu-core" in done.stderr


def test_a_font_without_vietnamese_glyphs_is_no_font(conference_root: Path, tmp_path: Path) -> None:
    name = "LiberationSerif-Italic.ttf"
    shutil.copytree(Path(packages.font_files()[name]).parent, tmp_path / "fonts")
    shutil.copytree(Path(packages.font_files()["DejaVuSans.ttf"]).parent, tmp_path / "fonts/signs")
    subset.main([packages.font_files()[name], "--unicodes=U+0020-007E", "--name-IDs=*",
                 f"--output-file={tmp_path / 'fonts' / name}"])
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{tmp_path / 'fonts'}</dir></fontconfig>", "utf-8")
    assert name in run("fc-list", ":", "file", folder=tmp_path, FONTCONFIG_FILE=str(fonts)).stdout
    done = run(sys.executable, "scripts/export_pdf.py", folder=conference_root, FONTCONFIG_FILE=str(fonts))
    assert done.returncode == 3
    assert "apt-get install fonts-liberation2" in done.stderr


def test_the_system_parts_are_told_before_anything_is_installed(tmp_path: Path) -> None:
    done = run("/usr/bin/env", "-i", f"PATH={tmp_path}", Path(sys.executable).resolve(),
               PROJECT / "scripts/proceedings/system/packages.py", "--tests", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) >= {"fontconfig", "fonts-liberation2", "fonts-dejavu-core", "git",
                                        "chromium-headless-shell"}
