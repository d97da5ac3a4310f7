"""Every commit of a change is checked, not only its final state; with git repositories."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

import check
import entry
from conftest import commit_as, git, run
from proceedings.checks.safety import secrecy
from proceedings.system import revisions

SPEECH = "docs/tham-luan/truong-cao-dang-doc-sach.md"
MARK = "(TUYỆT MẬT)"
KEY = "AKIA" + "ABCDEFGH23456789"
PAST = "Tệp ở lần gửi này vẫn còn trong lịch sử, dù sau đó đã sửa hay xóa: "
Tell = Callable[..., list[str]]


@pytest.fixture
def project(repository: Path) -> Path:
    """The fabricated conference on a branch of its own, before any change."""
    git(repository, "switch", "-q", "-c", "thay-doi")
    return repository


def _commit(root: Path, message: str = "Sửa số liệu") -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
    return run("git", "rev-parse", "HEAD", folder=root).stdout[:10]


def _write(file: Path, words: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(words.encode() if isinstance(words, str) else words)


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Return the output of check.py for the change without its last line; asserts whether it blocks."""
    def told(root: Path, since: str = "main") -> list[str]:
        settings = str(root / "mkdocs.yml")
        monkeypatch.setattr(sys, "argv", ["check.py", "--config-file", settings, "--changed-since", since])
        status = entry.status(check.main)
        lines = capsys.readouterr().out.splitlines()[:-1]
        assert status == bool(lines)
        return lines
    return told


def _add_and_take_away(root: Path, path: str, words: str | bytes) -> str:
    """Add the words in one commit and remove them in the next; return the hash of the first."""
    file = root / path
    before = file.read_bytes() if file.exists() else None
    _write(file, words if before is None or isinstance(words, bytes) else before.decode() + words)
    name = _commit(root)
    if before is None:
        file.unlink()
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
    else:
        file.write_bytes(before)
    _commit(root, "Bỏ đoạn thừa")
    return name


# --- File contents --------------------------------------------------------------
def test_a_mark_that_was_added_and_taken_away_again_is_told_where_it_was(project: Path, tell: Tell) -> None:
    number = (project / SPEECH).read_text("utf-8").count("\n") + 2
    name = _add_and_take_away(project, SPEECH, f"\n{MARK}\n")
    line, = tell(project)
    assert line.startswith(f"commit {name}:{SPEECH}:{number}: {PAST}Có dấu chỉ độ mật; hãy dừng mọi việc, giữ nguyên, "
                           "không tự xóa hay hoàn tác, và báo ngay")
    assert line.endswith("(dau-mat)")
    assert run("git", "show", line[len("commit "):].split(":" + str(number))[0],
               folder=project).stdout.splitlines()[number - 1] == MARK


@pytest.mark.parametrize("path", [
    "docs/mới.md", "docs/.an/a.md", "docs/an/.a.md", "docs/a.txt", "docs/.gitignore", "mkdocs.yml", "docs/a\nb.md",
    "docs/\x1b[31m.md", "docs/cấm?*.md",
])
def test_every_file_is_looked_at(path: str, project: Path, tell: Tell) -> None:
    names = [_add_and_take_away(project, path, f"\n# Đầu\n\n{words}\n") for words in (MARK, KEY)]
    marked, exposed = sorted(tell(project), key=lambda line: line.rpartition("(")[2])
    assert marked.startswith(f"commit {names[0]}:")
    assert marked.endswith("(dau-mat)")
    assert exposed.startswith(f"commit {names[1]}:")
    assert exposed.endswith("(lo-mat-khau)")
    assert KEY not in exposed


@pytest.mark.parametrize(("marked", "clean"), [
    ("docs/.a.md", "docs/_.a.md"), ("docs/a\nb.md", "docs/a_b.md"), ("docs/.an/a.md", "docs/_.an"),
])
def test_no_file_hides_another(marked: str, clean: str, project: Path, tell: Tell) -> None:
    _write(project / clean, "chữ thường\n")
    name = _add_and_take_away(project, marked, f"# Đầu\n\n{MARK}\n")
    git(project, "reset", "-q", "--soft", "main")  # one commit for both
    _write(project / marked, f"# Đầu\n\n{MARK}\n")
    name = _commit(project)
    for path in (marked, clean):
        (project / path).unlink()
    if marked == "docs/.an/a.md":
        (project / "docs/.an").rmdir()
    _commit(project)
    shown = marked.replace("\n", "\\n")
    assert f"commit {name}:{shown}:3" in [line.split(": ")[0] for line in tell(project)]


def test_a_file_in_the_place_of_a_folder_is_looked_at(project: Path, tell: Tell) -> None:
    for path in ("docs", "mkdocs.yml"):
        (project / path).rename(project / f"aside-{path}")
    (project / "docs").write_text(f"{MARK}\n", "utf-8")
    _write(project / "mkdocs.yml/a.md", f"{MARK}\n")
    name = _commit(project)
    (project / "mkdocs.yml/a.md").unlink()
    (project / "mkdocs.yml").rmdir()
    (project / "docs").unlink()
    for path in ("docs", "mkdocs.yml"):
        (project / f"aside-{path}").rename(project / path)
    _commit(project)
    assert sorted(line.split(": ")[0] for line in tell(project)) == [
        f"commit {name}:docs:1", f"commit {name}:mkdocs.yml/a.md:1"]


def _in_tree(entry: str) -> str:
    """Return the sort key of an entry in a git tree."""
    return entry.partition("\t")[2] + "/" * (entry.split()[1] == "tree")


def test_a_path_that_leads_elsewhere_is_looked_at_in_its_place(
    project: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make(kind: str, data: bytes) -> str:
        return subprocess.run(["git", "-C", project, "hash-object", "-t", kind, "-w", "--stdin", "--literally"],
                              input=data, capture_output=True, check=True).stdout.decode().strip()

    blob = bytes.fromhex(make("blob", f"{MARK}\n".encode()))
    tree = make("tree", b"100644 khac.md\0" + blob)
    for _ in range(8):
        tree = make("tree", b"40000 ..\0" + bytes.fromhex(tree))
    made = run("git", "ls-tree", "-z", "main", folder=project).stdout.split("\0")
    entries = [entry for entry in made if entry and not entry.endswith("\tdocs")]
    entries = sorted([*entries, f"040000 tree {tree}\tdocs"], key=_in_tree)
    listing = b"".join(f"{entry.split()[0].lstrip('0')} {entry.partition(chr(9))[2]}".encode() + b"\0"
                       + bytes.fromhex(entry.split()[2]) for entry in entries)
    top = make("tree", listing)
    head = run("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", top, "-p", "main", "-m", "x",
               folder=project).stdout.strip()
    last = run("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "main^{tree}", "-p", head, "-m", "x",
               folder=project).stdout.strip()
    git(project, "update-ref", "HEAD", last)
    written = list[Path]()
    write = revisions.write

    def seen(file: Path, data: bytes) -> bool:
        written.append(file)
        return write(file, data)

    monkeypatch.setattr(revisions, "write", seen)
    line, = tell(project)
    assert line.startswith(f"commit {head[:10]}:docs/../")
    assert written
    assert [file for file in written if ".." in file.parts] == []


def test_a_credential_is_to_be_changed_and_the_branch_left(project: Path, tell: Tell) -> None:
    _add_and_take_away(project, SPEECH, f"\n{KEY}\n")
    line, = tell(project)
    assert "hãy đổi hoặc hủy nó ngay, rồi gửi lại bằng một nhánh mới không có lần gửi này" in line


@pytest.mark.parametrize("path", ["docs/phu-luc/toi-mat.md", "docs/BC_MẬT.png", "docs/tuyet-mat/a.md"])
def test_a_name_that_bore_a_mark_is_told(path: str, project: Path, tell: Tell) -> None:
    name = _add_and_take_away(project, path, "# Một\n")
    assert [line.split(": ")[0].rpartition(":")[0] for line in tell(project)] == [
        f"commit {name}:{'docs/tuyet-mat' if 'tuyet' in path else path}"]


def test_words_attached_to_a_picture_are_looked_at(project: Path, tell: Tell, tmp_path: Path) -> None:
    Image.new("RGB", (4, 3)).save(tmp_path / "a.jpg", "JPEG", comment="MẬT".encode())
    name = _add_and_take_away(project, "docs/tham-luan/a.jpg", (tmp_path / "a.jpg").read_bytes())
    line, = tell(project)
    assert line.startswith(f"commit {name}:docs/tham-luan/a.jpg:1: {PAST}")


def test_a_link_is_looked_at_as_what_git_keeps_of_it(project: Path, tell: Tell) -> None:
    (project / "docs" / "noi.md").symlink_to("MẬT")
    name = _commit(project)
    (project / "docs" / "noi.md").unlink()
    _commit(project)
    line, = tell(project)
    assert line.startswith(f"commit {name}:docs/noi.md:1: {PAST}")


def test_what_is_there_to_this_day_is_told_once(project: Path, tell: Tell) -> None:
    for words in (f"# Mới\n\n{MARK}\n", f"# Mới\n\nMột đoạn.\n\n{MARK}\n"):
        _write(project / "docs/phu-luc/moi.md", words)
        last = _commit(project)
    places = sorted(line.split(": ")[0] for line in tell(project) if line.endswith("(dau-mat)"))
    assert len(places) == 2  # in its first and its current version
    assert places[1] == "docs/phu-luc/moi.md:5"
    assert last not in places[0]
    _write(project / "docs/phu-luc/moi.md", "# Mới\n")  # not committed, so the mark is found in the history
    assert {line.split(":")[0] for line in tell(project) if line.endswith("(dau-mat)")} == {
        places[0].split(":")[0], f"commit {last}"}


def test_what_was_there_before_the_change_is_not_its_own(project: Path, tell: Tell) -> None:
    git(project, "switch", "-q", "main")
    _write(project / "docs/phu-luc/moi.md", f"# Mới\n\n{MARK}\n")
    _commit(project)
    git(project, "switch", "-q", "thay-doi")
    git(project, "merge", "-q", "--ff-only", "main")
    file = project / "docs/phu-luc/moi.md"
    _write(file, "# Mới\n")
    _commit(project)
    assert [line for line in tell(project) if "dau-mat" in line] == []
    git(project, "mv", "docs/phu-luc/moi.md", "docs/phu-luc/khac.md")
    _commit(project)
    assert [line for line in tell(project) if "dau-mat" in line] == []


def test_what_a_merge_wrote_itself_is_told_and_what_it_took_over_is_not(project: Path, tell: Tell) -> None:
    _write(project / "docs/phu-luc/moi.md", "# Mới\n")
    _commit(project)
    git(project, "switch", "-q", "main")
    _add_and_take_away(project, SPEECH, f"\n{MARK}\n")
    git(project, "switch", "-q", "thay-doi")
    git(project, "merge", "-q", "--no-commit", "--no-ff", "main")
    _write(project / "docs/phu-luc/moi.md", f"# Mới\n\n{MARK}\n")
    name = _commit(project, "Hợp nhất")
    _write(project / "docs/phu-luc/moi.md", "# Mới\n")
    _commit(project)
    assert [line.split(":")[0] for line in tell(project) if "dau-mat" in line] == [f"commit {name}"]


def test_an_exemption_in_that_commit_holds_there(project: Path, tell: Tell) -> None:
    _add_and_take_away(project, SPEECH, f"\n<!-- ngoai-le: lo-mat-khau: khóa ví dụ trong bài giảng -->\n{KEY}\n")
    assert tell(project) == []


def test_other_faults_of_the_past_are_left_to_the_past(project: Path, tell: Tell) -> None:
    _add_and_take_away(project, SPEECH, "\nMột <hr> và […].\n\n# Đề mục thứ hai\n")
    _add_and_take_away(project, "docs/phu-luc/la.md", "---\nla: [\n---\n")
    assert tell(project) == []


def test_what_no_parser_is_given_is_looked_at_all_the_same(project: Path, tell: Tell) -> None:
    first = _add_and_take_away(project, "docs/a.md", f"{'x' * 20_000}\n{MARK}\n")
    second = _add_and_take_away(project, "docs/b.md", "chữ thường\n" * 100_000 + f"{MARK}\n")
    third = _add_and_take_away(project, "docs/c.md", b"\xff\n\n" + MARK.encode())
    assert [line.split(": ")[0] for line in tell(project)] == sorted([
        f"commit {first}:docs/a.md:2", f"commit {second}:docs/b.md:100001", f"commit {third}:docs/c.md:3"])


def test_what_is_too_much_to_look_at_is_told(
    project: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = _add_and_take_away(project, "docs/a.md", "chữ\n" * 1_100_000)
    line, = tell(project)
    assert line.startswith(f"commit {name}:docs/a.md:1: ")
    assert "không xem được vì quá lớn" in line
    monkeypatch.setattr("proceedings.checks.safety.commits._MOST_FILES", 0)
    line, = tell(project)
    assert line.startswith("docs:1: Thay đổi này sửa tệp quá nhiều lượt")


def test_many_commits_are_looked_at_in_time(project: Path, tell: Tell) -> None:
    file = project / SPEECH
    for number in range(60):
        file.write_text(f"{file.read_text('utf-8')}\nĐoạn {number}.\n", "utf-8")
        _commit(project)
    start = time.process_time()
    assert tell(project) == []
    assert time.process_time() - start < 20


# --- Messages --------------------------------------------------------------------------
@pytest.mark.parametrize("message", [
    "Thêm báo cáo MẬT", "Thêm phụ lục TỐI MẬT", "Bổ sung số liệu TUYỆT MẬT.", "Thêm báo cáo MẬT (#12)",
    "Thêm báo cáo M Ậ T", "Thêm báo cáo T U Y Ệ T M Ậ T", "Thêm báo cáo MẬT [skip ci]", "Thêm báo cáo MẬT, bản số 01",
    'Revert "Thêm báo cáo MẬT"', "Thêm báo cáo\nMẬT", "Thêm báo cáo TỐI\nMẬT\n\nThân", "Thêm báo cáo TOI MAT",
    "Thêm báo cáo MẬT #7", "Thêm M.Ậ.T vào", "Thêm M_Ậ_T vào", "Thêm m-ậ-t", "thêm tệp docs/toi-mat.md",
    "Thêm báo cáo (\u041cẬ\u0422)", "Thêm báo cáo (M\u0410\u0302\u0323T)", "Thêm (M\u3164Ậ\u3164T)", "Thêm (M\u034fẬT)",
    "Thêm (M\u115fẬ\u1160T)", "Thêm (M\u2800Ậ\u2800T)", "Thêm (M\ufe0fẬT)", "Thêm (M\u200bẬ\u200dT)",
    "Thêm (M\u00adẬT)", "Thêm (ᴍẬᴛ)", "Thêm (ＭẬＴ)", "Thêm (𝐌Ậ𝐓)", "Thêm (ⓂẬⓉ)", "Thêm (TỐ\u0406 MẬT)",
    "Thêm (M\u0336Ậ\u0336T\u0336)",
    "Thêm (\u039cẬ\u03a4)", "Thêm (M\x00Ậ\x00T)", "Thêm (M\x08ẬT)", "Thêm\rMẬT", "Thêm\u2028MẬT", "Thêm (\u202eMẬT)",
    "Thêm (ꓟẬꓔ)", "Thêm (M\U000e0041ẬT)", "Thêm (M\u17b5ẬT)", "Thêm báo cáo \u041cẬ\u0422",
])
def test_a_mark_in_a_message_is_told_however_it_is_written(message: str) -> None:
    problems = list(secrecy.in_messages([("a" * 40, message)]))
    assert [problem.path for problem in problems] == ["commit aaaaaaaaaa"]


@pytest.mark.parametrize("message", [
    "Sửa mục BẢO MẬT", "Sửa lỗi ở phần bí mật", "Thêm báo cáo về túi MẬT", "Sửa số liệu MẬT ĐỘ",
    "Nêu ba độ: mật, tối mật",
    "Không đưa tài liệu MẬT vào đây", "Thêm vitamin A T", "Дополнить МАТ", "Sửa FORMAT", "Add MAT", "Sửa tên ông Mật",
    "Sửa 🙂 số liệu ✓", "Sửa dấu: Ậ → Ă", "", "\n\n", "ÔNG NGUYỄN VĂN MẤT", "Sửa CƠ MẬT", "x" * 5000,
])
def test_ordinary_messages_are_no_mark(message: str) -> None:
    assert list(secrecy.in_messages([("a" * 40, message)])) == []


@pytest.mark.parametrize("message", [
    "x\u0301" * 100_000, "М" * 200_000, "(" * 100_000, "bản số 1 " * 20_000, "M " * 100_000, "[a]" * 60_000 + "x",
    "\u200b" * 200_000,
], ids=lambda message: ascii(message[:4]))
def test_a_long_message_is_looked_through_in_time(message: str) -> None:
    start = time.process_time()
    assert list(secrecy.in_messages([("a" * 40, message)])) == []
    assert time.process_time() - start < 3


@pytest.mark.parametrize(("message", "rule"), [
    ("Thêm báo cáo MẬT", "dau-mat"), (f"Thêm khóa {KEY}", "lo-mat-khau"), ("Sửa\n\nmật khẩu: Abc12345", "lo-mat-khau"),
])
def test_what_a_message_gives_away_blocks(message: str, rule: str, project: Path, tell: Tell) -> None:
    name = _commit(project, message)
    _commit(project)
    line, = tell(project)
    assert line.startswith(f"commit {name}:")
    assert line.endswith(f"({rule})")
    assert KEY not in line


def test_a_message_behind_a_nul_blocks(project: Path, tell: Tell) -> None:
    _commit(project)
    commit_as(project, "2000000000 +0700", b"Th\xc3\xaam\n\0\n" + MARK.encode())
    assert len(tell(project)) == 1
