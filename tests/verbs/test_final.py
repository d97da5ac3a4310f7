"""Nothing is printed as final while anything is open, and all reasons are reported together."""

import re
import sys
import unicodedata
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from conftest import run, set_copies
from proceedings import checks, schema
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference import reading, settings
from proceedings.problems import Problem


def _settle(root: Path) -> None:
    """Complete everything that is open in the fabricated conference."""
    set_copies(root, "120")
    for path in (root / "docs" / "bao-cao.md", *(root / "docs" / "tham-luan").glob("*.md")):
        text = path.read_text("utf-8")
        text = re.sub(r"^trang-thai: .*$", "trang-thai: da-duyet", text, flags=re.MULTILINE)
        text = re.sub(r"^nguoi-trinh-bay: *$", "nguoi-trinh-bay: Người Giả Lập", text, flags=re.MULTILINE)
        text = re.sub(r"^ngay-nop: *$", "ngay-nop: 02/5/2035", text, flags=re.MULTILINE)
        path.write_text(schema.BLANK.sub("nội dung giả lập", text), "utf-8")


@pytest.fixture
def settled(conference_root: Path) -> Path:
    _settle(conference_root)
    return conference_root


def _edit(root: Path, path: str, pattern: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    changed, count = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
    assert count == 1
    (root / path).write_text(changed, "utf-8")


def _obstacles(root: Path) -> tuple[Problem, ...]:
    return checks.check(reading.read_project(settings.load(root / "mkdocs.yml")), final=True)


def test_a_settled_conference_has_no_obstacle(settled: Path) -> None:
    assert _obstacles(settled) == ()


@pytest.mark.parametrize(("path", "pattern", "new", "line", "rule"), [
    ("docs/tham-luan/so-sach-va-thu-tich.md", "^trang-thai: .*$", "trang-thai: da-nop", 2, "chua-duyet"),
    ("docs/tham-luan/hoi-nguoi-yeu-sach-gia-dinh.md", "^trang-thai: .*$", "trang-thai: de-cuong", None, "chua-duyet"),
    ("docs/bao-cao.md", "^trang-thai: .*$", "trang-thai: da-nop", None, "chua-duyet"),
    ("docs/chuong-trinh.md", r"\Z", "\nMột chỗ […] chưa điền.\n", None, "cho-trong-khi-in"),
    ("docs/ke-hoach.md", "^Số: 12/", "Số: /", 1, "ke-hoach-chua-ban-hanh"),
    ("docs/ke-hoach.md", "^Giả Định, ngày 05 tháng", "Giả Định, ngày tháng", None, "ke-hoach-chua-ban-hanh"),
    ("docs/ke-hoach.md", "^Giả Định, ngày 20 tháng", "Giả Định, ngày tháng", None, "ma-ket-de-trong"),
    ("mkdocs.yml", "^  copies: 120", "  copies: khoảng 120", None, "thieu-so-ban-in"),
])
def test_each_open_matter_is_an_obstacle_at_its_line(
    settled: Path, path: str, pattern: str, new: str, line: int | None, rule: str,
) -> None:
    _edit(settled, path, pattern, new)
    found = {(problem.path, problem.rule) for problem in _obstacles(settled) if problem.rule in FINAL}
    assert found == {(path, rule)}
    assert not line or {problem.line for problem in _obstacles(settled) if problem.rule == rule} == {line}


FINAL = {name for name, check in CHECKS.items() if check.final}


def test_the_table_above_breaks_every_rule_of_the_final_print() -> None:
    assert {"chua-duyet", "cho-trong-khi-in", "ke-hoach-chua-ban-hanh", "ma-ket-de-trong", "thieu-so-ban-in"} == FINAL


def test_a_draft_is_not_asked_what_only_the_final_print_needs(conference_root: Path) -> None:
    view = settings.load(conference_root / "mkdocs.yml")
    assert checks.check(reading.read_project(view)) == ()
    assert _obstacles(conference_root)


def test_final_refuses_with_every_reason_and_writes_nothing(conference_root: Path) -> None:
    _edit(conference_root, "docs/bao-cao.md", r"\Z", "\n[hỏng](khong-co.md)\n")
    done = run(sys.executable, "scripts/export_pdf.py", "--final", "--output", "ra", folder=conference_root)
    assert done.returncode == 1
    told = {re.search(r"\(([a-z-]+)\)$", line)[1] for line in done.stderr.splitlines()[:-1]}  # type: ignore[index]
    assert told == {"chua-duyet", "cho-trong-khi-in", "thieu-so-ban-in", "lien-ket-hong"}
    assert done.stderr.splitlines()[-1].startswith("Chưa in: còn ")
    assert not (conference_root / "ra").exists()
    check = run(sys.executable, "scripts/check.py", "--final", folder=conference_root)
    assert check.returncode == 1
    assert check.stdout.splitlines()[:-1] == done.stderr.splitlines()[:-1]


@pytest.mark.prints
def test_final_prints_a_settled_conference_with_its_copies_and_without_the_marks_of_a_draft(settled: Path) -> None:
    done = run(sys.executable, "scripts/export_pdf.py", "--final", "--output", "ra", folder=settled)
    assert done.returncode == 0, done.stderr
    volume = _pages(settled / "ra/ky-yeu.pdf")
    assert "Số lượng in: 120 bản." in volume[2]
    assert "120 bản" in volume[-1]
    for path in (settled / "ra").rglob("*.pdf"):
        text = "".join(_pages(path))
        assert text
        assert "DỰ THẢO" not in text, path.name
        assert "Bản dự thảo" not in text, path.name
        assert "[…" not in text, path.name


def _pages(path: Path) -> list[str]:
    """Return the text of each page."""
    return [unicodedata.normalize("NFC", page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(path)]
