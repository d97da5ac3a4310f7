"""Checks of the commits of a change for marks of secrecy and credentials that a later commit removed.

Messages and written files of every commit are checked, because the history is distributed with the repository.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from proceedings import checks
from proceedings.checks.engine.registry import CHECKS
from proceedings.checks.safety import credentials, secrecy
from proceedings.conference.reading import Reading, read_conference
from proceedings.conference.settings import Settings
from proceedings.problems import Place, Problem
from proceedings.system import git, history, revisions
from proceedings.text.bounds import MOST_BYTES
from proceedings.text.source import Document

_MOST_FILES = 3000  # file versions that are checked; each takes some milliseconds
_MOST_OF_ALL = 500_000_000  # total bytes of these versions
_HIDDEN = re.compile(r"(?:^|(?<=/))\.")
_PAST = "Tệp ở lần gửi này vẫn còn trong lịch sử, dù sau đó đã sửa hay xóa"


def problems(view: Settings, base: str) -> Iterator[Problem]:
    """Yield marks of secrecy and credentials in the messages and files of each commit since `base`.

    File versions in the work tree are left to the rules, and those at the base are ignored. Raises `git.GitError` if
    a commit cannot be read.
    """
    messages = history.messages(view.root, base)
    yield from secrecy.in_messages(messages)
    yield from credentials.in_messages(messages)
    gone = list(_gone(view, base)) if view.docs.is_relative_to(view.root) else []
    blobs = list(dict.fromkeys(blob for _, files in gone for blob, _ in files))
    sizes = dict(zip(blobs, git.sizes(view.root, blobs), strict=True))
    if sum(len(files) for _, files in gone) > _MOST_FILES or sum(sizes.values()) > _MOST_OF_ALL:
        yield _unread(Place(view.folder), "Thay đổi này sửa tệp quá nhiều lượt nên không xem hết được từng lần gửi; "
                                          "hãy chia thành nhiều đề nghị nhỏ.")
        return
    for name, files in gone:
        yield from _looked_at(view, name, files, sizes)


def _gone(view: Settings, base: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each commit with the file versions that are neither in the work tree nor at the base."""
    paths = (view.folder, view.file.name)
    seen = set(revisions.held(view.root, base, paths))
    for name, files in history.contents(view.root, base, paths):
        new = [file for file in dict.fromkeys(files) if file not in seen and not _stands(view.root, *file)]
        seen.update(new)
        if new:
            yield name, new


def _stands(root: Path, blob: str, path: str) -> bool:
    """Return whether the file in the work tree has this blob hash."""
    file = root / path
    try:
        data = None if file.is_symlink() or not file.is_file() else file.read_bytes()
    except (OSError, ValueError):
        return False
    if data is None:
        return False
    kind = hashlib.sha1 if len(blob) == 40 else hashlib.sha256
    return kind(b"blob %d\0" % len(data) + data).hexdigest() == blob


def _looked_at(
    view: Settings, commit: str, files: list[tuple[str, str]], sizes: Mapping[str, int],
) -> Iterator[Problem]:
    small = [(blob, path) for blob, path in files if sizes[blob] <= _most(path)]
    unread = [path for blob, path in files if sizes[blob] > _most(path)]
    with revisions.temporary_folder() as root:
        paths = dict[str, str]()
        for (_, path), content in zip(small, git.objects(view.root, [blob for blob, _ in small]), strict=True):
            shown = _plain(path, view, paths)
            paths[shown] = path
            if not revisions.write(root / shown, content):
                unread.append(path)
        found = checks.leaks(_read(view, root))
    for problem in found:
        message = (f"Tệp ở lần gửi này có {credentials.EXPOSED}; {credentials.IN_HISTORY}"
                   if problem.rule == credentials.RULE else f"{_PAST}: {problem.message}")
        yield replace(problem, path=_at(commit, paths.get(problem.path, problem.path)), message=message)
    for path in unread:
        yield _unread(Place(_at(commit, path)), f"{_PAST}, mà không xem được vì quá lớn hoặc tên quá dài; hãy gửi lại "
                                                "bằng một nhánh mới không có lần gửi này.")


def _most(path: str) -> int:
    """Return the number of bytes of a file to check; files other than Markdown are checked in part."""
    return (5 if path.endswith(".md") else 100) * MOST_BYTES


def _at(commit: str, path: str) -> str:
    """Return the place of a file in a commit, in the notation of `git show`."""
    return f"commit {commit[:10]}:{path}"


def _unread(place: Place, message: str) -> Problem:
    return CHECKS[checks.SECRECY].rule.at(place, message)


def _plain(path: str, view: Settings, taken: Collection[str]) -> str:
    """Return a unique path under which readers neither skip nor refuse the file.

    It is below docs/ or equals that of the settings, is not hidden, and contains only printable characters.
    """
    shown = _HIDDEN.sub("_.", "".join(char if char.isprintable() else "_" for char in path))
    if not shown.startswith(f"{view.folder}/") and shown != view.file.name:
        shown = f"{view.folder}/{shown}"  # a file that replaces a folder, or the reverse
    folder, _, name = shown.rpartition("/")
    return f"{folder}/{len(taken)}-{name}" if shown in taken else shown


def _read(view: Settings, root: Path) -> Reading:
    """Read the files of the folder; files that exceed parser limits are read as lines only."""
    docs, settings = root / view.folder, root / view.file.name
    docs.mkdir(parents=True, exist_ok=True)
    reading = read_conference(docs, view.folder, settings if settings.is_file() else None)
    documents = {path: _lines(docs / path, path) if document.unread else document
                 for path, document in reading.conference.documents.items()}
    return replace(reading, conference=replace(reading.conference, documents=MappingProxyType(documents)))


def _lines(file: Path, path: str) -> Document:
    return Document(path, file.read_text("utf-8", errors="replace"))
