"""A change is responsible for the lines it touches and for what it breaks elsewhere."""

import hashlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import check
import entry
from conftest import PROJECT, foreign_git, git, run
from proceedings.checks.engine import answerable
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading
from proceedings.problems import Place, Problem
from proceedings.system import revisions
from proceedings.system.revisions import Changes

SPEECH = "docs/tham-luan/truong-cao-dang-doc-sach.md"
REPORT = "docs/bao-cao.md"
CHECK = PROJECT / "scripts/check.py"
Tell = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def project(repository: Path) -> Path:
    """The fabricated conference in git, with one HTML tag in the report from the start."""
    _add(repository / REPORT, "Một <hr> cũ.\n\nMột đoạn khác.")
    git(repository, "commit", "-q", "-a", "--amend", "-m", "một")
    return repository


def _add(file: Path, words: str) -> None:
    file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")


def _commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "một")


def _commit_all(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)


def _tree(root: Path) -> str:
    return run("git", "rev-parse", "HEAD^{tree}", folder=root).stdout.strip()


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Return exit status and output lines of check.py for a project and options."""
    def told(root: Path, *options: str) -> tuple[int, list[str]]:
        monkeypatch.setattr(sys, "argv", ["check.py", "--config-file", str(root / "mkdocs.yml"), *options])
        status = entry.status(check.main)
        printed = capsys.readouterr()
        return status, (printed.out or printed.err).splitlines()
    return told


def _places(lines: list[str]) -> list[str]:
    return [f"{line.split(':')[0]} {line.rpartition('(')[2].rstrip(')')}" for line in lines[:-1]]


# --- Output of check.py ---------------------------------------------------------
def test_what_was_wrong_before_and_stays_untouched_is_not_reported(project: Path, tell: Tell) -> None:
    assert _places(tell(project)[1]) == [f"{REPORT} the-html"]
    _add(project / SPEECH, "Thêm một đoạn.")
    assert tell(project, "--changed-since", "HEAD") == (0, ["Không có lỗi."])


def test_a_new_problem_is_reported_whether_committed_or_not(project: Path, tell: Tell) -> None:
    git(project, "switch", "-q", "-c", "thay-doi")
    _add(project / SPEECH, "Một <hr> mới.")
    assert _places(tell(project, "--changed-since", "main")[1]) == [f"{SPEECH} the-html"]
    _commit(project)
    assert _places(tell(project, "--changed-since", "main")[1]) == [f"{SPEECH} the-html"]


def test_lines_that_move_are_not_touched(project: Path, tell: Tell) -> None:
    file = project / REPORT
    file.write_text(file.read_text("utf-8").replace("## II.", "Thêm một đoạn.\n\n## II.", 1), "utf-8")
    assert tell(project, "--changed-since", "HEAD")[1] == ["Không có lỗi."]


def test_a_problem_on_a_touched_line_is_reported_though_it_is_old(project: Path, tell: Tell) -> None:
    file = project / REPORT
    file.write_text(file.read_text("utf-8").replace("<hr> cũ", "<hr> rất cũ"), "utf-8")
    assert _places(tell(project, "--changed-since", "HEAD")[1]) == [f"{REPORT} the-html"]


def test_a_line_touches_the_block_it_stands_in(project: Path, tell: Tell) -> None:
    file = project / REPORT
    _add(file, "Chữ <sub> đầu\nchữ giữa\nchữ cuối.")
    _commit(project)
    file.write_text(file.read_text("utf-8").replace("chữ cuối.", "chữ cuối cùng."), "utf-8")
    lines = tell(project, "--changed-since", "HEAD")[1]
    assert len(lines) == 2
    assert "<sub>" in lines[0]


def test_what_a_change_broke_elsewhere_is_reported(project: Path, tell: Tell) -> None:
    _add(project / SPEECH, "Xem [báo cáo](../bao-cao.md#ket-qua).")
    _add(project / REPORT, "### Kết quả {#ket-qua}")
    _commit(project)
    file = project / REPORT
    file.write_text(file.read_text("utf-8").replace(" {#ket-qua}", " {#so-lieu}"), "utf-8")
    status, lines = tell(project, "--changed-since", "HEAD")
    assert status == 1
    assert _places(lines) == [f"{SPEECH} neo-hong"]


def test_a_second_problem_like_an_old_one_is_reported_once(project: Path, tell: Tell) -> None:
    _add(project / REPORT, "Một <hr> nữa.")
    lines = tell(project, "--changed-since", "HEAD")[1]
    number = len((project / REPORT).read_text("utf-8").splitlines())
    assert [line.split(":")[1] for line in lines[:-1]] == [str(number)]


def _answered(conference: Conference, former: list[Problem], problems: list[Problem]) -> tuple[Problem, ...]:
    return answerable.answerable(conference, problems, former, Changes("", {}))


def test_one_more_of_what_was_there_before_is_new(fabricated: Reading) -> None:
    problems = [Problem("docs/a.md", line, f"Dòng {line} sai.", "x") for line in (3, 5)]
    former = [Problem("docs/a.md", 9, "Dòng 9 sai.", "x")]
    assert _answered(fabricated.conference, former, problems) == (problems[1],)
    assert _answered(fabricated.conference, former * 2, problems) == ()


@pytest.mark.parametrize(("before", "now", "new"), [(1, 2, True), (9, 10, True), (3, 2, False), (2, 2, False)])
def test_what_is_told_once_with_all_its_places_is_new_when_they_are_more(
    fabricated: Reading, before: int, now: int, new: bool,
) -> None:
    place = Place("docs/a.md", 9)
    one, other = (place.problem(f"\"a\" ({count} chỗ) sai.", "a", count=count) for count in (before, now))
    assert _answered(fabricated.conference, [one], [other]) == ((other,) if new else ())


@pytest.mark.parametrize("data", [{"written": "dòng 7.md"}, {"kind": "coded"}, {"rule": "y"}, {"path": "docs/b.md"}])
def test_another_fault_is_new_though_its_sentence_differs_in_a_number_only(
    fabricated: Reading, data: dict[str, Any],
) -> None:
    one = Place("docs/a.md", 9).problem('Liên kết "dòng 5.md" hỏng.', "dòng 5.md")
    other = replace(one, message='Liên kết "dòng 7.md" hỏng.', **data)
    assert _answered(fabricated.conference, [one], [other]) == (other,)
    assert _answered(fabricated.conference, [one], [replace(one, line=4, message="Câu khác.")]) == ()


def test_a_dead_link_is_new_though_one_with_another_number_is_gone(project: Path, tell: Tell) -> None:
    target = project / "docs/phu-luc/dòng 7.md"
    target.write_text("# Bảng\n", "utf-8")
    _add(project / SPEECH, "Xem [một](../phu-luc/dòng%205.md).")
    _add(project / REPORT, "Xem [hai](phu-luc/dòng%207.md).")
    _add(project / REPORT, "Xem [ba](phu-luc/dòng%205.md).")
    _commit(project)
    target.unlink()
    file = project / REPORT
    file.write_text(file.read_text("utf-8").replace("\nXem [ba](phu-luc/dòng%205.md).\n", ""), "utf-8")
    places = _places(tell(project, "--changed-since", "HEAD")[1])
    assert places == [f"{REPORT} lien-ket-hong"]


def test_a_problem_is_reported_where_the_change_touched_any_of_its_places(fabricated: Reading) -> None:
    place, further = Place("docs/a.md", 9), Place("docs/a.md", 40)
    problem = place.problem("Sai.", "a", others=[further], count=2)
    for line, found in ((9, True), (40, True), (41, False)):
        changes = Changes("", {"docs/a.md": frozenset({line})})
        assert answerable.answerable(fabricated.conference, [problem], [problem], changes) == ((problem,) * found)


def test_a_renamed_file_brings_no_old_problem_but_those_of_its_name(project: Path, tell: Tell) -> None:
    _add(project / SPEECH, "Một <hr> cũ.")
    _commit(project)
    git(project, "mv", SPEECH, "docs/tham-luan/truong-doc-sach.md")
    places = _places(tell(project, "--changed-since", "HEAD")[1])
    assert "docs/tham-luan/truong-doc-sach.md the-html" not in places
    assert any(place.endswith(("sai-ten-tep", "khong-co-don-vi")) for place in places)


def test_a_mark_of_secrecy_in_the_message_of_a_new_commit_blocks(project: Path, tell: Tell) -> None:
    git(project, "commit", "-q", "--allow-empty", "-m", "Thêm phụ lục (MẬT)")
    _add(project / SPEECH, "Thêm một đoạn.")
    _commit(project)
    assert tell(project, "--changed-since", "HEAD")[0] == 0
    status, lines = tell(project, "--changed-since", "HEAD~2")
    assert status == 1
    assert [line.startswith("commit ") and line.endswith("(dau-mat)") for line in lines[:-1]] == [True]


def test_changes_of_the_other_branch_are_not_this_ones(project: Path, tell: Tell) -> None:
    git(project, "switch", "-q", "-c", "thay-doi")
    _add(project / SPEECH, "Thêm một đoạn.")
    _commit(project)
    git(project, "switch", "-q", "main")
    file = project / REPORT
    file.write_text(file.read_text("utf-8").replace("Một <hr> cũ.", ""), "utf-8")
    _commit(project)
    git(project, "switch", "-q", "thay-doi")
    assert tell(project, "--changed-since", "main")[1] == ["Không có lỗi."]


def test_a_new_file_is_all_new_though_git_does_not_know_it_yet(project: Path, tell: Tell) -> None:
    (project / "docs/phu-luc/la.md").write_text("# Lạ\n\nMột <hr>.\n", "utf-8")
    assert _places(tell(project, "--changed-since", "HEAD")[1]) == ["docs/phu-luc/la.md the-html"]


@pytest.mark.parametrize("revision", ["khong-co", "--output=x", "-p", "", "--all", "\x1b[31m", "HEAD\0", "a" * 40,
                                      "x" * 5000, "HEAD^7", "HEAD:khong-co"])
def test_an_unknown_revision_is_a_wrong_call(revision: str, project: Path, tell: Tell) -> None:
    status, lines = tell(project, f"--changed-since={revision}")
    assert status == 2
    assert len(lines) == 1
    assert lines[0].startswith("Kho tài liệu không có bản")
    assert "\x1b" not in lines[0]
    assert not (project / "x").exists()


@pytest.mark.parametrize("revision", ["HEAD..HEAD", "HEAD...HEAD", "HEAD~1..", "^HEAD", "^HEAD~1", "HEAD^@", "HEAD^!",
                                      "HEAD^-"])
def test_several_commits_are_no_revision(revision: str, project: Path, tell: Tell) -> None:
    _commit_all(project, "hai")
    assert tell(project, f"--changed-since={revision}") == (2, [
        f'"{revision}" chỉ một khoảng hoặc một nhóm lần gửi; hãy ghi một lần gửi thôi: tên nhánh hoặc mã.'])


@pytest.mark.parametrize(("revision", "kind"), [
    ("HEAD^{tree}", "một thư mục"), ("HEAD:docs", "một thư mục"), ("HEAD:mkdocs.yml", "một tệp"),
    ("the-cua-tep", "một tệp"), (":mkdocs.yml", "một tệp"),
])
def test_what_is_no_commit_is_called_what_it_is(revision: str, kind: str, project: Path, tell: Tell) -> None:
    git(project, "tag", "-a", "-m", "thẻ", "the-cua-tep", "HEAD:mkdocs.yml")
    status, lines = tell(project, f"--changed-since={revision}")
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith(f'"{revision}" chỉ {kind}, không phải một lần gửi; hãy ')


def test_a_tag_of_a_commit_is_that_commit(project: Path, tell: Tell) -> None:
    git(project, "tag", "-a", "-m", "thẻ", "ban-1")
    git(project, "tag", "-a", "-m", "thẻ của thẻ", "ban-2", "ban-1")
    for name in ("ban-1", "ban-2", "refs/tags/ban-1", "HEAD@{0}", "@"):
        assert tell(project, "--changed-since", name) == (0, ["Không có lỗi."])


def test_a_name_with_two_meanings_is_refused(project: Path, tell: Tell) -> None:
    git(project, "config", "core.warnAmbiguousRefs", "false")
    git(project, "tag", "ban")
    git(project, "branch", "ban")
    status, lines = tell(project, "--changed-since", "ban")
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith('"ban" có nhiều nghĩa trong kho này; hãy ghi đủ mã của lần gửi, ')
    assert "refs/heads/ban (nhánh)" in lines[0]
    assert tell(project, "--changed-since", "refs/heads/ban")[0] == 0
    git(project, "tag", "HEAD", "HEAD")  # HEAD and full hashes are unambiguous
    git(project, "update-ref", f"refs/heads/{_head(project)}", "HEAD")
    assert tell(project, "--changed-since", _head(project))[0] == 0
    assert tell(project, "--changed-since", "HEAD")[0] == 0


def test_the_beginning_of_two_hashes_is_refused(project: Path, tell: Tell) -> None:
    found = dict[str, str]()
    tree = _tree(project)
    for number in range(20_000):  # about 1,300 are enough for two with the same five digits
        data = f"tree {tree}\nauthor a <a> {number} +0000\ncommitter a <a> {number} +0000\n\nx".encode()
        name = hashlib.sha1(b"commit %d\0" % len(data) + data).hexdigest()  # noqa: S324 - git's own
        if found.setdefault(name[:5], name) != name:
            break
        found[f"data {name}"] = data.decode()
    other = found[name[:5]]
    for text in (data.decode(), found[f"data {other}"]):
        run("sh", "-c", f"printf '%s' '{text}' | git hash-object -t commit -w --stdin", folder=project)
    status, lines = tell(project, "--changed-since", name[:5])
    assert (status, len(lines)) == (2, 1)
    assert "có nhiều nghĩa" in lines[0]


def test_without_a_repository_no_revision_is_known(conference_root: Path, tell: Tell) -> None:
    status, lines = tell(conference_root, "--changed-since", "HEAD")
    assert (status, len(lines)) == (2, 1)
    assert "không nằm trong kho git" in lines[0]
    assert "git clone" in lines[0]


def test_a_repository_without_a_commit_has_nothing_to_compare_with(conference_root: Path, tell: Tell) -> None:
    git(conference_root, "init", "-q")
    status, lines = tell(conference_root, "--changed-since", "HEAD")
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith("Kho git này chưa có lần gửi (commit) nào")


def test_a_branch_without_a_commit_has_nothing_to_compare_either(project: Path, tell: Tell) -> None:
    git(project, "switch", "-q", "--orphan", "rong")
    git(project, "checkout", "-q", "main", "--", ".")
    status, lines = tell(project, "--changed-since", "main")
    assert (status, len(lines)) == (2, 1)
    assert lines[0].startswith("Kho git này chưa có lần gửi (commit) nào")


def test_without_git_its_absence_is_told(project: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project / "khong-co"))
    assert tell(project, "--changed-since", "HEAD") == (2, [
        "Máy này chưa có git nên không đọc được lịch sử; hãy cài: apt-get install git"])


def test_a_folder_of_another_owner_is_told_as_one(
    project: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    foreign_git(tmp_path, monkeypatch)
    status, lines = tell(project, "--changed-since", "HEAD")
    assert (status, len(lines)) == (2, 1)
    assert "thuộc người dùng khác" in lines[0]
    assert lines[0].endswith(f'git config --global --add safe.directory "{project}"')
    trusted = tmp_path / "cấu hình"
    trusted.write_text(f"[safe]\n\tdirectory = {project}\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(trusted))
    assert tell(project, "--changed-since", "HEAD") == (0, ["Không có lỗi."])


def test_what_git_says_of_a_broken_repository_is_handed_on(project: Path, tell: Tell) -> None:
    (project / ".git" / "config").write_text("[core\n", "utf-8")
    status, lines = tell(project, "--changed-since", "HEAD")
    assert (status, len(lines)) == (2, 1)
    assert "bad config" in lines[0]


def test_a_history_that_was_fetched_in_part_is_told(project: Path, tell: Tell, tmp_path: Path) -> None:
    first = _head(project)
    for number in range(4):
        _add(project / SPEECH, f"Đoạn thêm {number}.")
        _commit(project)
    part = tmp_path / "một phần"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{project}", str(part))
    for since in (first, "HEAD~2"):
        status, lines = tell(part, "--changed-since", since)
        assert (status, len(lines)) == (2, 1)
        assert "chỉ lấy về một phần lịch sử; hãy lấy đủ bằng git fetch --unshallow" in lines[0]
    assert tell(part, "--changed-since", "HEAD~1") == (0, ["Không có lỗi."])


def test_a_history_whose_parts_do_not_meet_is_told(project: Path, tell: Tell, tmp_path: Path) -> None:
    git(project, "switch", "-q", "-c", "thay-doi")
    for _ in range(3):
        _add(project / SPEECH, "Một đoạn thêm.")
        _commit(project)
    git(project, "switch", "-q", "main")
    _commit_all(project, "ở nhánh chính")
    part = tmp_path / "một phần"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "-b", "thay-doi", f"file://{project}", str(part))
    status, lines = tell(part, "--changed-since", "origin/main")
    assert (status, len(lines)) == (2, 1)
    assert "git fetch --unshallow" in lines[0]


def test_without_a_place_for_what_was_there_before_that_is_told(project: Path, tmp_path: Path) -> None:
    check = f'"{sys.executable}" -B "{CHECK}" --config-file "{project}/mkdocs.yml" --changed-since HEAD'
    done = run("sh", "-c", f"ulimit -f 0; exec {check}", folder=project)  # as on a full disk
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("Không tạo được thư mục tạm (")


def test_a_revision_without_documents_makes_all_new(project: Path, tell: Tell) -> None:
    git(project, "rm", "-q", "-r", "--cached", "docs", "mkdocs.yml")
    git(project, "commit", "-q", "-m", "không tài liệu")
    _commit(project)
    assert _places(tell(project, "--changed-since", "HEAD~1")[1]) == [f"{REPORT} the-html"]


# --- Output of git ----------------------------------------------------------------
def test_paths_of_all_kinds_are_read_from_the_patch(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("*.tmp\n", "utf-8")
    names = ["có dấu cách.md", 'ngoặc"kép.md', "tab\tgiữa.md", "ế.md", "dòng\nmới.md", "gạch\\ngược.md",
             "chuông\a, \x01, \x7f.md", "a b/c d.md"]
    (tmp_path / "a b").mkdir()
    for name in names:
        (tmp_path / name).write_text("một\nhai\nba\n", "utf-8")
    _commit(tmp_path)
    for name in names:
        (tmp_path / name).write_text("một\nHAI\nba\nbốn\n", "utf-8")
    (tmp_path / "chưa\"biết.md").write_text("một\nhai\n", "utf-8")
    (tmp_path / "bỏ qua.tmp").touch()
    assert revisions.changes(tmp_path, "HEAD") == Changes(
        _head(tmp_path), {**dict.fromkeys(names, frozenset({2, 4})), "chưa\"biết.md": frozenset({1, 2, 3})})


def test_lines_of_content_that_look_like_a_patch_are_content(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.md").write_text("một\n", "utf-8")
    _commit(tmp_path)
    (tmp_path / "a.md").write_text("một\n++ b/b.md\n@@ -1 +90 @@\ndiff --git a/c b/c\n", "utf-8")
    changes = revisions.changes(tmp_path, "HEAD")
    assert changes
    assert changes.lines == {"a.md": frozenset({2, 3, 4})}


def test_renames_deletions_and_settings_of_the_user_are_understood(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for key, value in (("diff.renames", "false"), ("color.ui", "always"),
                       ("diff.external", "false"), ("diff.mnemonicPrefix", "true")):
        git(tmp_path, "config", key, value)
    text = "\n".join(map(str, range(30)))
    for name in ("a.md", "b.md", "c.md", "e.md"):
        (tmp_path / name).write_text(f"{name}\n{text}", "utf-8")
    _commit(tmp_path)
    git(tmp_path, "mv", "a.md", "d.md")
    (tmp_path / "b.md").unlink()
    (tmp_path / "c.md").write_text(f"c.md\n{text}".replace("\n7\n", "\n"), "utf-8")
    (tmp_path / "e.md").write_text(f"e.md\n{text}".replace("\n7\n", "\nbảy\n"), "utf-8")
    assert revisions.changes(tmp_path, "HEAD") == Changes(
        _head(tmp_path), {"c.md": frozenset(), "d.md": frozenset(), "e.md": frozenset({9})}, {"d.md": "a.md"},
        frozenset({"b.md"}))


def test_a_project_in_a_folder_of_its_repository_has_paths_of_its_own(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name in ("hội nghị/docs/a.md", "docs/b.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("một\n", "utf-8")
    _commit(tmp_path)
    for name in ("hội nghị/docs/a.md", "docs/b.md"):
        (tmp_path / name).write_text("hai\n", "utf-8")
    changes = revisions.changes(tmp_path / "hội nghị", "HEAD")
    assert changes
    assert changes.lines == {"docs/a.md": frozenset({1})}
    revisions.snapshot(tmp_path / "hội nghị", changes.base, ["docs"], tmp_path / "cũ")
    assert _texts(tmp_path / "cũ") == {"docs/a.md": "một\n"}


def test_a_snapshot_holds_files_as_they_were_and_no_links(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    root.mkdir()
    git(root, "init", "-q")
    (root / "docs" / "sâu").mkdir(parents=True)
    (root / "docs" / "sâu" / "ế.md").write_text("một\n", "utf-8")
    (root / "docs" / "rong.md").touch()
    (root / "docs" / "noi.md").symlink_to("/etc/passwd")
    (root / "khac.md").write_text("khác\n", "utf-8")
    _commit(root)
    (root / "docs" / "sâu" / "ế.md").write_text("hai\n", "utf-8")
    revisions.snapshot(root, _head(root), ["docs", "mkdocs.yml"], tmp_path / "cũ")
    assert _texts(tmp_path / "cũ") == {"docs/rong.md": "", "docs/sâu/ế.md": "một\n"}


def _texts(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def _head(root: Path) -> str:
    return run("git", "rev-parse", "HEAD", folder=root).stdout.strip()


# --- Repairs by the command line ------------------------------------------------------
def test_fix_shows_what_it_changes_and_touches_nothing_else(project: Path) -> None:
    file = project / SPEECH
    text = file.read_text("utf-8")
    file.write_bytes(file.read_bytes() + "\nVê\u0301 \u200bthứ hai \r\n".encode())
    (project / "docs" / "noi.md").symlink_to(project / "mkdocs.yml")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and ".git" not in path.parts}
    done = run(sys.executable, CHECK, "--config-file", "mkdocs.yml", "--fix", folder=project)
    after = {path: path.read_bytes() for path in before if path.is_file()}
    assert {path for path in before if before[path] != after[path]} == {file}
    assert file.read_text("utf-8") == f"{text}\nVế thứ hai\n"
    assert "\u200b" not in done.stderr
    assert "-Vê⟨U+0301⟩ ⟨U+200B⟩thứ hai ⟨CRLF⟩" in done.stderr
    assert "+Vế thứ hai" in done.stderr
    assert f"--- {SPEECH} (trước khi sửa)" in done.stderr
    assert "Không sửa docs/noi.md: là liên kết tượng trưng." in done.stderr
    assert "khong-nfc" not in done.stdout
    assert run(sys.executable, CHECK, "--config-file", "mkdocs.yml", "--fix", folder=project).stderr.count("\n") == 1


def test_a_repair_does_not_repeat_a_credential(project: Path) -> None:
    file = project / SPEECH
    words = "\nXem https://nguoi:Bimat12345@may.example/a và\u200b nguồn\u200b khác.\n\npassword: Chuyen98765\u00a0\n"
    file.write_bytes(file.read_bytes() + words.encode())
    done = run(sys.executable, CHECK, "--config-file", project / "mkdocs.yml", "--fix", folder=project)
    assert "nguồn khác." in done.stderr
    assert "Bimat12345" not in done.stdout + done.stderr
    assert "Chuyen98765" not in done.stdout + done.stderr
    assert "nguoi:Bimat12345@" in file.read_text("utf-8")


def test_the_readme_names_the_options() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    for option in ("--fix", "--changed-since", "--format", "--summary", "--list-exemptions", "--reviewers"):
        assert option in readme


def test_what_cannot_be_written_is_told_and_left_as_it_was(project: Path) -> None:
    file = project / SPEECH
    file.write_bytes(file.read_bytes() + "\nVê\u0301 hai\n".encode())
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and ".git" not in path.parts}
    check = f'"{sys.executable}" -B "{CHECK}" --config-file "{project}/mkdocs.yml" --fix'
    done = run("sh", "-c", f"ulimit -f 0; exec {check}", folder=project)  # as on a full disk
    assert done.returncode == 2
    assert f"Không ghi được {file} (" in done.stderr
    assert "Traceback" not in done.stderr
    assert "khong-nfc" in done.stdout
    assert before == {path: path.read_bytes() for path in project.rglob("*")
                      if path.is_file() and ".git" not in path.parts}
