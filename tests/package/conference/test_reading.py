"""Construction of the conference from files: selection, encoding, names."""

import os
from pathlib import Path

import pytest

from conftest import CONFERENCE
from proceedings import checks
from proceedings.conference.model import Delivery
from proceedings.conference.reading import Reading, read_conference
from proceedings.conference.reading.faults import ENCODING, FRONT_MATTER, TOO_MUCH, UNKNOWN_KEY
from proceedings.problems import Problem
from proceedings.schema import Status


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """An empty folder of documents."""
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


def write(docs: Path, path: str, text: str | bytes = "# A\n") -> Path:
    file = docs / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def told(reading: Reading) -> list[tuple[str, int, str]]:
    return [(problem.path, problem.line, problem.rule) for problem in reading.problems]


# --- Which files ----------------------------------------------------------------
def test_pages_are_documents_and_all_else_are_files(docs: Path) -> None:
    for path in ("index.md", "tham-luan/so-mau.md", "tham-luan/so-mau/anh.png", "ghi-chu.txt"):
        write(docs, path)
    conference = read_conference(docs).conference
    assert list(conference.documents) == ["index.md", "tham-luan/so-mau.md"]
    assert conference.documents["tham-luan/so-mau.md"].path == "tham-luan/so-mau.md"
    assert conference.files == {"ghi-chu.txt", "tham-luan/so-mau/anh.png"}


def test_hidden_files_and_folders_are_left_out(docs: Path) -> None:
    for path in (".nhap.md", ".git/a.md", "phu-luc/.a.png", "index.md"):
        write(docs, path)
    conference = read_conference(docs).conference
    assert (list(conference.documents), conference.files) == (["index.md"], frozenset())


def test_links_that_lead_outside_are_left_out(docs: Path, tmp_path: Path) -> None:
    write(docs, "phu-luc/trong.md")
    outside = write(tmp_path, "ngoai/bi-mat.md")
    (docs / "file.md").symlink_to(outside)
    (docs / "folder").symlink_to(outside.parent, target_is_directory=True)
    (docs / "up.md").symlink_to("../ngoai/bi-mat.md")
    (docs / "lost.md").symlink_to(tmp_path / "khong-co.md")
    (docs / "inside.md").symlink_to("phu-luc/trong.md")
    conference = read_conference(docs).conference
    assert list(conference.documents) == ["inside.md", "phu-luc/trong.md"]
    assert conference.files == frozenset()


def test_folder_of_documents_may_itself_be_reached_by_a_link(docs: Path, tmp_path: Path) -> None:
    write(docs, "index.md")
    (tmp_path / "loi-tat").symlink_to(docs, target_is_directory=True)
    assert list(read_conference(tmp_path / "loi-tat").conference.documents) == ["index.md"]


def test_folder_of_documents_may_be_relative(docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(docs, "index.md")
    monkeypatch.chdir(tmp_path)
    assert list(read_conference(Path("docs")).conference.documents) == ["index.md"]


# --- Content ----------------------------------------------------------------------
def test_file_that_is_no_utf8_is_told_at_its_first_wrong_line_and_read_all_the_same(docs: Path) -> None:
    write(docs, "phu-luc/a.md", "# Tiêu đề\n\nMột.\n".encode() + "cà phê".encode("cp1252") + b"\n")
    reading = read_conference(docs)
    assert told(reading) == [("docs/phu-luc/a.md", 4, ENCODING.id)]
    assert "UTF-8" in reading.problems[0].message
    assert reading.conference.documents["phu-luc/a.md"].title == "Tiêu đề"


def test_byte_order_mark_is_no_fault(docs: Path) -> None:
    write(docs, "phu-luc/a.md", "\ufeff# Tiêu đề\n")
    reading = read_conference(docs)
    assert reading.problems == ()
    assert reading.conference.documents["phu-luc/a.md"].title == "Tiêu đề"


@pytest.mark.parametrize(("path", "allowed", "refused"), [
    ("index.md", "ten-ngan", "trang-thai"),
    ("phu-luc/a.md", "ten-ngan", "co-quan-chu-quan"),
    ("tham-luan/index.md", "ten-ngan", "trang-thai"),
    ("tham-luan/so-mau.md", "nguoi-trinh-bay", "ten-ngan"),
    ("bien-tap/mau-tham-luan.md", "chuc-vu", "muc"),
])
def test_each_page_has_keys_of_its_own(docs: Path, path: str, allowed: str, refused: str) -> None:
    write(docs, path, f"---\n{allowed}: x\n{refused}: x\n---\n\n# A\n")
    assert told(read_conference(docs)) == [(f"docs/{path}", 3, UNKNOWN_KEY.id)]


@pytest.mark.parametrize(("path", "allowed", "refused"), [
    ("ke-hoach.md", "co-quan-ban-hanh", "trang-thai"), ("chuong-trinh.md", "phut-tham-luan", "phut"),
    ("bao-cao.md", "chuc-vu", "phut"),
])
def test_each_page_of_the_conference_has_keys_of_its_own(docs: Path, path: str, allowed: str, refused: str) -> None:
    write(docs, path, f"---\n{allowed}: 5\n{refused}: 5\n---\n\n# A\n")
    assert [each for each in told(read_conference(docs)) if each[2] == UNKNOWN_KEY.id] == [
        (f"docs/{path}", 3, UNKNOWN_KEY.id)]


def test_broken_front_matter_is_told_at_its_line_with_a_remedy(docs: Path) -> None:
    write(docs, "phu-luc/a.md", "---\nten-ngan: A\nb: [\n---\n\n# A\n")
    reading = read_conference(docs)
    assert told(reading) == [("docs/phu-luc/a.md", 4, FRONT_MATTER.id)]
    assert reading.problems[0].message.startswith("Phần đầu tệp không đúng cú pháp")
    assert "tệp mẫu bien-tap/mau-tham-luan.md" in reading.problems[0].message


FIELDS = "trang-thai: da-nop\nnguoi-trinh-bay: Lý Thị Bìa\nngay-nop: 14/5/2035\n"
BODY = "\nKính thưa Hội nghị!\n"


@pytest.mark.parametrize(("text", "line", "words"), [
    (f"---\n{FIELDS}{BODY}", 1, 'chưa có dòng "---" đóng lại; hãy thêm một dòng chỉ có "---" ngay dưới dòng 4.'),
    (f"---\n{FIELDS}", 1, "ngay dưới dòng 4."), (f"---\n{FIELDS}{BODY}\n---\n\nChữ.\n", 1, "ngay dưới dòng 4."),
    (f"---\n{FIELDS}...\n{BODY}", 1, "ngay dưới dòng 4."), (f"---\n{FIELDS}----\n{BODY}", 1, "ngay dưới dòng 4."),
    ("---\ntrangthai: da-nop\nphut: 5\n\nChữ.\n", 1, "ngay dưới dòng 3."),
    (f"\n---\n{FIELDS}---\n{BODY}", 2, "không nằm ở đầu tệp; hãy xóa dòng trống phía trên"),
    (f"\n \n\n---\n{FIELDS}---\n{BODY}", 4, "không nằm ở đầu tệp; hãy xóa dòng trống phía trên"),
    (f"# Bài\n\n---\n{FIELDS}---\n{BODY}", 3, "không nằm ở đầu tệp; hãy chuyển"),
    (f"Chữ.\n\n---\n{FIELDS}\n---\n{BODY}", 3, "không nằm ở đầu tệp; hãy chuyển"),
    (f"<!-- ghi chú -->\n---\n{FIELDS}---\n{BODY}", 2, "không nằm ở đầu tệp; hãy chuyển"),
    (f"{FIELDS}---\n{BODY}", 1, 'thiếu dòng "---" mở đầu'), (f"\n{FIELDS}{BODY}", 2, 'thiếu dòng "---" mở đầu'),
    (f"—-\n{FIELDS}---\n{BODY}", 1, "ba dấu gạch nối"), (f"----\n{FIELDS}----\n{BODY}", 1, "ba dấu gạch nối"),
    (f" ---\n{FIELDS}---\n{BODY}", 1, "ba dấu gạch nối"), (f"–––\n{FIELDS}–––\n{BODY}", 1, "ba dấu gạch nối"),
    (f"+++\n{FIELDS}+++\n{BODY}", 1, "ba dấu gạch nối"),
    (f"---\ntrang-thai: da-nop\n---\nngay-nop: 14/5/2035\n---\n{BODY}", 4, "hai phần đầu"),
    (f"---\ntrang-thai: da-nop\n---\nngaynop: 14/5/2035\n---\n{BODY}", 4, "hai phần đầu"),
    (f"---\ntrang-thai: da-nop\n---\n\n---\nngay-nop: 14/5/2035\n---\n{BODY}", 6, "hai phần đầu"),
    (f"---\ntrang-thai: da-nop\n...\nngay-nop: 14/5/2035\n---\n{BODY}", 4, "hai phần"),
    (f"---\ntrang-thai: da-nop\n--- # hai\nngay-nop: 14/5/2035\n---\n{BODY}", 3, "hai phần"),
])
def test_a_head_in_the_wrong_place_is_one_fault_with_its_remedy(docs: Path, text: str, line: int, words: str) -> None:
    write(docs, "bao-cao.md", text)
    problem, = read_conference(docs).problems
    assert (problem.path, problem.line, problem.rule) == ("docs/bao-cao.md", line, FRONT_MATTER.id)
    assert words in problem.message


@pytest.mark.parametrize("text", [
    "---\n\nChữ.\n", "---\nChữ: chữ.\n", "# A\n\n---\n\nChữ.\n", "Chữ\n---\nchữ: a\n",
    f"# A\n\n```yaml\n---\n{FIELDS}---\n```\n", f"# A\n\n    ---\n    {FIELDS}", "***\n\nphut\n", "- phut: 5\n",
    "---\nten-ngan: A\n---\n\n---\n\nChữ.\n", "---\nten-ngan: A\n---\n# A\n", "---\nten-ngan: A\n\n---\nHọp: 5\n",
    "---\nten-ngan: A\n---\nhọp\n---\n", "# A\n\nngay-nop là một khóa.\n", "A\n\nphut: 5\n",
])
def test_rules_and_examples_are_no_front_matter(docs: Path, text: str) -> None:
    write(docs, "phu-luc/a.md", text)
    assert read_conference(docs).problems == ()


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_an_encoding_of_wide_letters_is_named_and_read(docs: Path, encoding: str, marked: bool) -> None:
    text = "---\nten-ngan: Phụ lục\n---\n\n# Tiêu đề của phụ lục\n\nKính thưa Hội nghị! Số liệu năm 2034.\n\nMẬT\n"
    for path in ("phu-luc/a.md", "phu-luc/b.txt"):
        write(docs, path, (("\ufeff" if marked else "") + text).encode(encoding))
    reading = read_conference(docs)
    assert told(reading) == [("docs/phu-luc/a.md", 1, ENCODING.id)]
    assert f"bằng bảng mã {encoding[:6].upper()}, không phải UTF-8; hãy" in reading.problems[0].message
    assert reading.conference.documents["phu-luc/a.md"].title == "Tiêu đề của phụ lục"
    found = [(each.path, each.line) for each in checks.check(reading) if each.rule == "dau-mat"]
    assert found == [("docs/phu-luc/a.md", 9), ("docs/phu-luc/b.txt", 9)]


def test_a_few_nul_bytes_make_no_other_encoding(docs: Path) -> None:
    write(docs, "phu-luc/a.md", b"# A\0\n\nabc\0\n")
    assert told(read_conference(docs)) == []


# --- Missing pages ------------------------------------------------------------------
def test_without_any_page_there_is_an_empty_conference_and_no_fault_of_reading(docs: Path) -> None:
    reading = read_conference(docs)
    assert reading.problems == ()
    assert reading.conference.plan.assignments == ()
    assert (reading.conference.report, reading.conference.speeches) == (None, {})


def test_absent_plan_is_not_a_fault_for_each_of_its_sections(conference_root: Path) -> None:
    (conference_root / "docs" / "ke-hoach.md").unlink()
    assert not [problem for problem in read_conference(conference_root / "docs").problems if "neo" in problem.message]


def test_empty_plan_is_a_fault_for_each_of_its_sections(docs: Path) -> None:
    write(docs, "ke-hoach.md", "")
    problems: tuple[Problem, ...] = read_conference(docs).problems
    assert {problem.path for problem in problems} == {"docs/ke-hoach.md"}
    assert len(problems) > 20


# --- The whole conference ---------------------------------------------------------------
def test_fabricated_conference_is_read_without_a_fault(fabricated: Reading) -> None:
    assert fabricated.problems == ()
    assert len(fabricated.conference.documents) == len(list((CONFERENCE / "docs").rglob("*.md")))
    assert fabricated.conference.files == {"tham-luan/so-sach-va-thu-tich/bieu-do.png"}


def test_report_has_title_delivery_and_place(fabricated: Reading) -> None:
    report = fabricated.conference.report
    assert report
    assert report.title == "Báo cáo sơ kết"
    assert report.delivery.status is Status.DELIVERED
    assert report.delivery.presenter == "Hồ Thị Giấy Dó"
    assert report.blanks == ()
    assert report.path == "bao-cao.md"


def test_report_with_blanks_is_read(docs: Path) -> None:
    write(docs, "bao-cao.md", "---\ntrang-thai: de-cuong\n---\n\n# Báo cáo\n\nĐạt […] %.\n")
    report = read_conference(docs).conference.report
    assert report
    assert report.delivery == Delivery(Status.OUTLINE)
    assert [blank.line for blank in report.blanks] == [7]


def test_problems_name_the_folder_they_are_given(docs: Path) -> None:
    write(docs, "phu-luc/a.md", "---\nkhac: x\n---\n")
    reading = read_conference(docs, "tai-lieu")
    assert [problem.path for problem in reading.problems] == ["tai-lieu/phu-luc/a.md"]
    assert reading.conference.folder == "tai-lieu"


# --- Limits, and unportable or unprintable names ------------------------------------------------------
@pytest.mark.parametrize(("text", "line"), [
    ("a\n" * 600_000, 1), ("a\n\n" + ">" * 9, 3), ("a\r\n\r\n" + "b" * 10_001, 3), ("a\n\n" + "b " * 99 * 60, 3),
    ("a\n\n" + ("b " * 99 + "\n") * 60, 3),
])
def test_what_is_too_much_is_told_once_and_left_out(docs: Path, text: str, line: int) -> None:
    write(docs, "ke-hoach.md", text)
    write(docs, "phu-luc/van-ban.md", text)
    write(docs, "tham-luan/so-mau.md", text)
    write(docs, "bao-cao.md", text)
    reading = read_conference(docs)
    assert sorted(told(reading)) == [(f"docs/{path}", line, TOO_MUCH.id) for path in (
        "bao-cao.md", "ke-hoach.md", "phu-luc/van-ban.md", "tham-luan/so-mau.md")]
    assert {(document.text, document.unread) for document in reading.conference.documents.values()} == {("", True)}


def test_long_code_is_not_too_much(docs: Path) -> None:
    write(docs, "phu-luc/a.md", "```\n" + "mã nguồn\n" * 2_000 + "```\n")
    assert read_conference(docs).problems == ()


def test_what_is_in_files_whose_names_cannot_be_shown_is_left_out(docs: Path) -> None:
    for name in (b"a\nb.md", b"ca ph\xe9.md", b"a\x1bb.md", "a\u202eb.md".encode()):
        write(docs, f"phu-luc/{os.fsdecode(name)}")
    reading = read_conference(docs)
    assert reading.conference.documents == {}
    misnamed = {problem.path for problem in checks.check(reading) if problem.rule == "ten-tep-sai-cach"}
    names = (r"a\nb.md", r"a\u202eb.md", r"a\x1bb.md", r"ca ph\udce9.md")
    assert misnamed >= {f"docs/phu-luc/{name}" for name in names}


def test_names_that_differ_in_case_or_spelling_only_are_all_kept(docs: Path) -> None:
    for path in ("phu-luc/a.md", "phu-luc/A.md", "tham-luan/ế.png", "tham-luan/e\u0302\u0301.png", "b.md"):
        write(docs, path)
    conference = read_conference(docs).conference
    assert (len(conference.documents), len(conference.files)) == (3, 2)
