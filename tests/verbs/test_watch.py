"""Changes of watched files are reported once they are complete, for any way of saving."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from watch import Watch


def _save(folder: Path) -> Path:
    (folder / "a/b.md").write_text("khác hẳn", "utf-8")
    return folder / "a/b.md"


def _save_aside(folder: Path) -> Path:
    """Save like many editors: replace the file by another of the same size and time."""
    file, aside = folder / "a/b.md", folder.parent / "aside"
    aside.write_text(file.read_text("utf-8")[::-1], "utf-8")
    os.utime(aside, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    aside.replace(file)
    return file


def _make(folder: Path) -> Path:
    (folder / "c/d").mkdir(parents=True)
    (folder / "c/d/e.md").write_text("mới", "utf-8")
    return folder / "c/d/e.md"


def _remove(folder: Path) -> Path:
    (folder / "a/b.md").unlink()
    return folder / "a/b.md"


def _make_watched(folder: Path) -> Path:
    (folder.parent / "mkdocs.yml").write_text("x: 1\n", "utf-8")
    return folder.parent / "mkdocs.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file in a subfolder."""
    (tmp_path / "docs/a").mkdir(parents=True)
    (tmp_path / "docs/a/b.md").write_text("một hai", "utf-8")
    return tmp_path / "docs"


@pytest.fixture
def watch(folder: Path) -> Watch:
    """A watch on the folder, and on a file beside it that does not exist yet."""
    return Watch([str(folder), str(folder.parent / "mkdocs.yml")])


@pytest.mark.parametrize("change", [_save, _save_aside, _make, _remove, _make_watched])
def test_every_kind_of_change_is_told(folder: Path, watch: Watch, change: Callable[[Path], Path]) -> None:
    path = change(folder)
    assert watch.changed() == {str(path)}


def test_compiled_code_is_no_change(folder: Path, watch: Watch) -> None:
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/x.pyc").touch()
    path = _save(folder)
    assert watch.changed() == {str(path)}


def test_a_change_is_told_once_it_is_complete(folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watch.REST", 0.5)  # on a busy machine, the thread below may be delayed

    def write() -> None:
        with (folder / "a/b.md").open("w", encoding="utf-8") as file:
            for number in range(20):
                file.write(f"{number}\n")
                file.flush()
                time.sleep(0.01)

    writing = threading.Thread(target=write)
    writing.start()
    assert watch.changed() == {str(folder / "a/b.md")}
    assert (folder / "a/b.md").read_text("utf-8").endswith("19\n")
    writing.join()
