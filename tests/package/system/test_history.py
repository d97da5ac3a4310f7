"""Reading the history of git repositories, whose commits may contain anything."""

import logging
import subprocess
from datetime import date
from pathlib import Path

import pytest

import export_pdf
import hooks
from conftest import commit_as, foreign_git, git
from proceedings.conference import settings
from proceedings.project import Project
from proceedings.system import history
from proceedings.system.git import GitError


# --- Last changes of files -------------------------------------------------------------
def _commit(folder: Path, day: str, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(day, "utf-8")
    git(folder, "add", "-A", day=day)
    git(folder, "commit", "-q", "--allow-empty", "-m", "một\n\ndocs/không phải tệp.md", day=day)


def test_the_day_of_a_file_is_that_of_the_last_commit_that_touched_it(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md", "docs/b.md", "docs/tham luận/Sở Ý tế.md", "mkdocs.yml")
    _commit(tmp_path, "2034-02-03", "docs/b.md", 'docs/tham luận/"Ký hiệu".md')
    _commit(tmp_path, "2034-03-04", "mkdocs.yml", "docs-khác/a.md")
    _commit(tmp_path, "2034-03-05")
    (tmp_path / "docs" / "a.md").write_text("chưa lưu vào kho", "utf-8")
    (tmp_path / "docs" / "mới.md").write_text("chưa lưu vào kho", "utf-8")
    assert history.last_changes(tmp_path, "docs") == {
        "a.md": date(2034, 1, 2), "b.md": date(2034, 2, 3), "tham luận/Sở Ý tế.md": date(2034, 1, 2),
        'tham luận/"Ký hiệu".md': date(2034, 2, 3)}


def test_a_moved_file_is_as_old_as_its_move(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md")
    (tmp_path / "docs" / "a.md").rename(tmp_path / "docs" / "b.md")
    _commit(tmp_path, "2034-02-03")
    assert history.last_changes(tmp_path, "docs")["b.md"] == date(2034, 2, 3)


def test_a_project_in_a_folder_of_its_repository_knows_its_own_files_only(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "hội nghị/docs/a.md", "docs/b.md")
    assert history.last_changes(tmp_path / "hội nghị", "docs") == {"a.md": date(2034, 1, 2)}


def test_without_a_repository_or_a_commit_no_day_is_known_and_the_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="không nằm trong kho git"):
        history.last_changes(tmp_path, "docs")
    git(tmp_path, "init", "-q")
    with pytest.raises(GitError, match="chưa có lần gửi"):
        history.last_changes(tmp_path, "docs")


@pytest.mark.parametrize("name", ["docs/a\x012030-01-01", "docs/a.md\x012030-01-01\ndocs/b.md", "docs/\x01",
                                  "docs/a\n2030-01-01", "2030-01-01", ":100644 100644 a b M", "docs/\x1b[31m",
                                  "docs/" + "0" * 40 + " 2030-01-01"])
def test_no_name_of_a_file_forges_a_date(name: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md", "docs/b.md")
    _commit(tmp_path, "2034-02-03", name)
    (tmp_path / name).unlink()
    _commit(tmp_path, "2034-03-04", "docs/b.md")
    found = history.last_changes(tmp_path, "docs")
    assert (found["a.md"], found["b.md"]) == (date(2034, 1, 2), date(2034, 3, 4))
    assert set(found.values()) == {date(2034, 1, 2), date(2034, 3, 4)}


@pytest.mark.parametrize("time", ["253402300800 +0000", "99999999999999999999 +0000", "-62135596800 +0000", "abc", "",
                                  "1700000000", "0 +0000", "-1 +0000"])
def test_what_is_no_date_is_none(time: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md", "docs/b.md")
    _commit(tmp_path, "2034-02-03", "docs/b.md")
    commit_as(tmp_path, time)
    _commit(tmp_path, "2034-04-05", "docs/c.md")
    assert history.last_changes(tmp_path, "docs") == {"a.md": date(2034, 1, 2), "c.md": date(2034, 4, 5)}


def test_a_date_at_the_end_of_time_is_one(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md")
    commit_as(tmp_path, "253402300799 +0000")
    assert history.last_changes(tmp_path, "docs") == {"a.md": date(9999, 12, 31)}


def test_of_a_part_of_the_history_only_what_it_shows_is_known(tmp_path: Path) -> None:
    whole = tmp_path / "đủ"
    whole.mkdir()
    git(whole, "init", "-q")
    for day, path in (("2034-01-02", "docs/a.md"), ("2034-02-03", "docs/b.md"), ("2034-03-04", "docs/c.md")):
        _commit(whole, day, path)
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{whole}", str(tmp_path / "một phần"))
    assert history.last_changes(tmp_path / "một phần", "docs") == {"c.md": date(2034, 3, 4)}
    git(tmp_path / "một phần", "fetch", "-q", "--unshallow")
    assert len(history.last_changes(tmp_path / "một phần", "docs")) == 3


# --- Messages of site and print if git fails -----------------------------------------------
def test_the_site_says_once_why_it_tells_no_dates(
    conference_root: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    view = settings.load(conference_root / "mkdocs.yml")
    caplog.set_level(logging.INFO)

    def told() -> list[tuple[str, str]]:
        caplog.clear()
        assert hooks.last_changes(Project.open(view)) == {}
        return [(record.levelname, record.getMessage()) for record in caplog.records]

    (level, message), = told()
    assert level == "INFO"  # shown, but does not stop a strict build
    assert message.startswith("Trang sẽ không ghi ngày cập nhật của tài liệu. Thư mục ")
    assert "không nằm trong kho git" in message
    git(conference_root, "init", "-q")
    assert "chưa có lần gửi" in told()[0][1]
    foreign_git(tmp_path, monkeypatch)
    assert "safe.directory" in told()[0][1]
    monkeypatch.setenv("PATH", str(tmp_path / "khong-co"))
    assert "Máy này chưa có git" in told()[0][1]


def test_the_site_says_that_it_knows_a_part_of_the_history_only(
    conference_root: Path, caplog: pytest.LogCaptureFixture, tmp_path: Path,
) -> None:
    git(conference_root, "init", "-q", "-b", "main")
    for file in ("khác", "docs/khác.md"):
        (conference_root / file).touch()
        git(conference_root, "add", "-A")
        git(conference_root, "commit", "-q", "-m", file)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{conference_root}", str(tmp_path / "một phần"))
    caplog.set_level(logging.INFO)
    assert hooks.last_changes(Project.open(settings.load(conference_root / "mkdocs.yml")))
    assert caplog.records == []
    assert hooks.last_changes(Project.open(settings.load(tmp_path / "một phần" / "mkdocs.yml"))) == {}
    record, = caplog.records
    assert (record.levelname, "git fetch --unshallow" in record.getMessage()) == ("INFO", True)


def test_print_says_why_it_names_no_revision(conference_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    view = settings.load(conference_root / "mkdocs.yml")
    assert export_pdf.revision(Project.open(view)) is None
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.startswith("Bản in sẽ không ghi phiên bản. Thư mục ")
    git(conference_root, "init", "-q")
    git(conference_root, "commit", "-q", "--allow-empty", "-m", "một")
    assert export_pdf.revision(Project.open(view))
    assert capsys.readouterr().err == ""


# --- Messages of a change ---------------------------------------------------------
def _with_messages(folder: Path, *messages: str) -> None:
    git(folder, "init", "-q")
    for message in messages:
        git(folder, "commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message)


def test_messages_are_those_that_the_base_has_not(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc", "một\n\nThân của một.\n\nDòng cuối.", "hai", "ba\x01\n")
    found = history.messages(tmp_path, "HEAD~3")
    assert [text for _, text in found] == ["ba\x01", "hai", "một\n\nThân của một.\n\nDòng cuối."]
    head = subprocess.run(["git", "-C", tmp_path, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert found[0][0] == head.stdout.strip()
    assert history.messages(tmp_path, found[0][0][:12]) == ()


def test_messages_of_a_branch_that_was_merged_are_among_them(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc")
    git(tmp_path, "branch", "chính")
    git(tmp_path, "checkout", "-q", "-b", "nhánh")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "ở nhánh")
    git(tmp_path, "checkout", "-q", "chính")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "hợp nhất", "nhánh")
    assert [text for _, text in history.messages(tmp_path, "HEAD~1")] == ["hợp nhất", "ở nhánh"]


@pytest.mark.parametrize("base", ["", "không-có", "-h", "--all", "--output=tràn.txt", "HEAD..HEAD~1", "HEAD HEAD~1",
                                  "^HEAD", "a" * 40, "HEAD\0--all", "HEAD; ls", "HEAD^{tree}", "*"])
def test_what_is_no_commit_is_refused_and_never_an_option(tmp_path: Path, base: str) -> None:
    _with_messages(tmp_path, "gốc", "một")
    with pytest.raises(GitError):
        history.messages(tmp_path, base)
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


def test_outside_a_repository_no_base_is_known(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        history.messages(tmp_path, "HEAD")


def test_a_message_that_is_no_utf_8_is_read_all_the_same(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc")
    # Git itself writes commits in UTF-8; a pushed commit may contain any bytes.
    made = subprocess.run(["git", "-C", tmp_path, "cat-file", "commit", "HEAD"], capture_output=True, check=True).stdout
    head, parent = made.split(b"\n", 1)
    base = subprocess.run(["git", "-C", tmp_path, "rev-parse", "HEAD"], capture_output=True, check=True).stdout
    raw = head + b"\nparent " + base + parent.replace("gốc".encode(), b"m\xcbt\n\nM\xe1\xba\xacT\n")
    name = subprocess.run(["git", "-C", tmp_path, "hash-object", "-t", "commit", "-w", "--stdin"], input=raw,
                          capture_output=True, check=True).stdout.decode().strip()
    git(tmp_path, "update-ref", "HEAD", name)
    (found, text), = history.messages(tmp_path, "HEAD~1")
    assert (found, text.split("\n")[-1]) == (name, "MẬT")


def test_a_message_is_read_past_a_nul(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc", "một")
    commit_as(tmp_path, "1700000000 +0000", "một\0hai\n\n(MẬT)".encode())
    assert "một\0hai\n\n(MẬT)" in [text for _, text in history.messages(tmp_path, "HEAD~1")]


def test_a_message_in_another_encoding_is_read_in_it(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc", "một")
    commit_as(tmp_path, "1700000000 +0000", b"Th\xeam (M\xc2\xf2T)", "encoding CP1258\n")
    assert "Thêm (MẬT)" in [text for _, text in history.messages(tmp_path, "HEAD~1")]
    for encoding in ("utf-16-le", "utf-16-be"):
        commit_as(tmp_path, "1700000000 +0000", "Thêm (TỐI MẬT)".encode(encoding))
        assert "Thêm (TỐI MẬT)" in [text for _, text in history.messages(tmp_path, "HEAD~1")]
    commit_as(tmp_path, "1700000000 +0000", "Thêm (TỐI MẬT)".encode(), "encoding khong-co\n")
    assert "Thêm (TỐI MẬT)" in [text for _, text in history.messages(tmp_path, "HEAD~1")]


def test_the_message_of_a_merged_tag_is_among_them(tmp_path: Path) -> None:
    _with_messages(tmp_path, "gốc", "một")
    tag = "mergetag object 1234\n type commit\n tag ban-1\n tagger a <a@b> 1 +0000\n \n Lời của thẻ\n"
    commit_as(tmp_path, "1700000000 +0000", b"hai", tag)
    assert [text for _, text in history.messages(tmp_path, "HEAD~1")][0::6] == ["hai", "Lời của thẻ"]


# --- Files of a change ------------------------------------------------------------
def _texts(root: Path, base: str) -> list[list[tuple[str, str]]]:
    return [[(path, subprocess.run(["git", "-C", root, "cat-file", "blob", blob], capture_output=True, text=True,
                                   check=True).stdout) for blob, path in files]
            for _, files in history.contents(root, base, ["docs", "mkdocs.yml"])]


def test_what_each_commit_wrote_is_told_from_the_oldest(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    _commit(tmp_path, "2034-01-02", "docs/a.md", "docs/b.md", "khác.md")
    _commit(tmp_path, "2034-02-03", "docs/a.md", "khác.md")
    _commit(tmp_path, "2034-03-04")
    (tmp_path / "docs" / "b.md").unlink()
    (tmp_path / "docs" / "a.md").rename(tmp_path / "docs" / "c.md")
    _commit(tmp_path, "2034-04-05", "mkdocs.yml")
    assert _texts(tmp_path, "HEAD~3") == [
        [("docs/a.md", "2034-02-03")], [("docs/c.md", "2034-02-03"), ("mkdocs.yml", "2034-04-05")]]


def test_of_a_merge_what_it_wrote_itself_is_told(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    _commit(tmp_path, "2034-01-02", "docs/a.md", "docs/b.md")
    git(tmp_path, "switch", "-q", "-c", "nhánh")
    _commit(tmp_path, "2034-02-03", "docs/a.md")
    git(tmp_path, "switch", "-q", "main")
    _commit(tmp_path, "2034-03-04", "docs/b.md")
    git(tmp_path, "switch", "-q", "nhánh")
    git(tmp_path, "merge", "-q", "--no-commit", "main")
    _commit(tmp_path, "2034-04-05", "docs/mới.md")
    assert _texts(tmp_path, "main") == [[("docs/a.md", "2034-02-03")], [("docs/mới.md", "2034-04-05")]]


def test_commits_that_were_not_fetched_are_missed(tmp_path: Path) -> None:
    whole = tmp_path / "đủ"
    whole.mkdir()
    git(whole, "init", "-q", "-b", "main")
    _commit(whole, "2034-01-02", "docs/a.md")
    git(whole, "switch", "-q", "--orphan", "lạ")
    for day in ("2034-02-03", "2034-03-04"):
        _commit(whole, day, "docs/a.md")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "-b", "lạ", f"file://{whole}",
        str(tmp_path / "một phần"))
    for read in (history.messages, lambda root, base: history.contents(root, base, ["docs"])):
        with pytest.raises(GitError, match="git fetch --unshallow"):
            read(tmp_path / "một phần", "origin/main")
