"""Git revisions of the documents, and the differences between them. Read-only.

Functions that call git raise `git.GitError` with the reason and the remedy.
"""

import ast
import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from proceedings.system import git
from proceedings.system.git import GitError, RefusedError
from proceedings.system.outputs import WriteError

# unidiff 1.0.1 parses hunks with the same result in four times the time, but fails at names such as "a b/c d.md" and
# does not unquote names.
_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
# Options that override settings and attributes, which could omit lines (`-diff`), replace them (textconv) or add
# others.
_DIFF = ("diff", "--find-renames", "-l1000", "--relative", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
         "--diff-algorithm=myers", "--inter-hunk-context=0", "--submodule=short", f"-O{os.devnull}")
_PATCH = ("--unified=0", "--src-prefix=a/", "--dst-prefix=b/")
_DAY = re.compile(r"(?!1970)\d{4}-\d\d-\d\d")  # git may print 1970-01-01 for an invalid time
_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SET_OF_COMMITS = re.compile(r"\.\.|^\^|\^[@!-]")
CUT = "kho này chỉ lấy về một phần lịch sử; hãy lấy đủ bằng git fetch --unshallow rồi chạy lại."
_KINDS = {"blob": "một tệp", "tree": "một thư mục"}
# Errors for files that git can store but the file system cannot: a name too long, or a file in place of a folder.
_UNWRITABLE = frozenset({errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST})


@dataclass(frozen=True)
class Revision:
    """A commit: short id, and its date or None if invalid.

    `changed` is true if there are uncommitted changes.
    """

    id: str
    day: date | None
    changed: bool


@dataclass(frozen=True)
class Changes:
    """Changes since a commit, including uncommitted ones, by path with "/" relative to the root.

    `lines` are the added or changed lines of each current file, `former` the previous paths of renamed files, `gone`
    the paths of deleted files.
    """

    base: str
    lines: Mapping[str, frozenset[int]]
    former: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    @property
    def paths(self) -> tuple[str, ...]:
        """All changed paths, including deleted ones."""
        return tuple(sorted({*self.lines, *self.former.values(), *self.gone}))


# --- Resolving names ------------------------------------------------------------------
def commit(root: Path, name: str) -> str:
    """Return the full hash of the commit that a name refers to.

    The name is untrusted and never interpreted as an option. Raises GitError if it refers to no commit or is
    ambiguous.
    """
    cut = is_shallow(root)
    if _SET_OF_COMMITS.search(name):
        raise GitError(f"\"{name}\" chỉ một khoảng hoặc một nhóm lần gửi; hãy ghi một lần gửi thôi: tên nhánh hoặc mã.")
    try:
        found, warnings = git.warned(root, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    except GitError as error:
        raise GitError(_why_unknown(root, name, error, cut=cut)) from None
    # HEAD and full hashes are unambiguous, even if branches or tags have the same name.
    if "is ambiguous" in warnings and "'HEAD'" not in warnings and not _HASH.fullmatch(name):
        raise GitError(_ambiguous(name))
    return found.decode().strip()


def _why_unknown(root: Path, name: str, error: GitError, *, cut: bool) -> str:
    said = error.said if isinstance(error, RefusedError) else ""
    kind = next((words for kind, words in _KINDS.items() if f"dereferences to {kind}" in said), "") or _kind(root, name)
    if "is ambiguous" in said:
        return _ambiguous(name)
    if kind:
        return f"\"{name}\" chỉ {kind}, không phải một lần gửi; hãy ghi tên nhánh hoặc mã của một lần gửi."
    if not _answers(root, "HEAD"):
        return "Kho git này chưa có lần gửi (commit) nào nên không có gì để so; hãy gửi lần đầu rồi chạy lại."
    if cut:
        return f"Không tìm thấy \"{name}\": {CUT}"
    return f"Kho tài liệu không có bản \"{name}\"; hãy ghi tên nhánh hoặc mã của một lần gửi."


def _ambiguous(name: str) -> str:
    return (f"\"{name}\" có nhiều nghĩa trong kho này; hãy ghi đủ mã của lần gửi, hoặc tên đầy đủ như "
            f"refs/heads/{name} (nhánh), refs/tags/{name} (thẻ).")


def _kind(root: Path, name: str) -> str:
    """Return the type of an object that is not a commit; "" if the name refers to nothing."""
    try:
        found = git.line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return _KINDS.get(git.line(root, "cat-file", "-t", found), "") if _HASH.fullmatch(found) else ""
    except GitError:
        return ""


def _answers(root: Path, name: str) -> bool:
    try:
        return bool(git.run(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"))
    except GitError:
        return False


def is_shallow(root: Path) -> bool:
    """Return whether the repository is a shallow clone."""
    return git.line(root, "rev-parse", "--is-shallow-repository") == "true"


def ends(root: Path) -> frozenset[str]:
    """Return the commits whose parents were not fetched."""
    if not is_shallow(root):
        return frozenset()
    file = root / git.line(root, "rev-parse", "--git-path", "shallow")
    return frozenset(file.read_text("ascii").split())


# --- Changes --------------------------------------------------------------------------
def changes(root: Path, since: str) -> Changes:
    """Return the changes since the merge base of HEAD and `since`, the name of a commit."""
    base = _start(root, commit(root, since))
    lines, former = dict[str, frozenset[int]](), dict[str, str]()
    for path, old in _changed_paths(root, base):
        lines[path] = frozenset()
        if old:
            former[path] = old
    patch = git.run(root, *_DIFF, *_PATCH, base, "--", ".")
    lines |= dict(map(_touched, re.split(rb"^diff --git ", patch, flags=re.MULTILINE)[1:]))
    for path in git.names(git.run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")):
        file = root / path
        lines[path] = frozenset(range(1, file.read_bytes().count(b"\n") + 2)) if file.is_file() else frozenset()
    lines.pop("", None)  # deleted files
    gone = frozenset(git.names(git.run(root, *_DIFF, "--name-only", "--diff-filter=D", "-z", base, "--", ".")))
    return Changes(base, lines, former, gone)


def _start(root: Path, since: str) -> str:
    """Return the merge base of HEAD and a commit; the commit itself if there is none."""
    head = commit(root, "HEAD")
    try:
        return git.line(root, "merge-base", since, head)
    except RefusedError as error:
        if error.status != 1:
            raise
    if is_shallow(root):
        raise GitError(f"Không tìm thấy chỗ thay đổi này bắt đầu: {CUT}")
    return since


def _changed_paths(root: Path, base: str) -> Iterator[tuple[str, str]]:
    """Yield each path that differs from the commit, with its previous path if renamed."""
    fields = iter(git.names(git.run(root, *_DIFF, "--name-status", "-z", base, "--", ".")))
    for status in fields:
        path = next(fields)
        if status.startswith(("R", "C")):
            yield next(fields), path
        elif status != "D":
            yield path, ""


def _touched(section: bytes) -> tuple[str, frozenset[int]]:
    """Return the path of one file in a patch ("" if deleted) and its added or changed lines."""
    head, *hunks = re.split(rb"^(?=@@ )", section, flags=re.MULTILINE)
    path = next((_name(line[4:]) for line in head.split(b"\n") if line.startswith(b"+++ ")), "")
    touched = set[int]()
    for hunk in hunks:
        found = _HUNK.match(hunk)
        if found:
            touched.update(range(int(found[1]), int(found[1]) + int(found[2] or 1)))
    return path, frozenset(touched)


def _name(written: bytes) -> str:
    """Return the path in a patch header: after "b/", or quoted like Python bytes."""
    written = written.rstrip(b"\t")
    if written.startswith(b'"'):
        written = ast.literal_eval(f"b{written.decode('ascii')}")
    return written.removeprefix(b"b/").decode("utf-8", "surrogateescape") if written != b"/dev/null" else ""


# --- States of the documents -----------------------------------------------------------
def snapshot(root: Path, commit: str, paths: Sequence[str], target: Path) -> None:
    """Write the files of a commit below these paths into a folder, without links and submodules."""
    files = [(blob, path) for blob, path in held(root, commit, paths) if not {"..", ".", ""} & set(path.split("/"))]
    for (_, path), content in zip(files, git.objects(root, [blob for blob, _ in files]), strict=True):
        write(target / path, content)


def write(file: Path, content: bytes) -> bool:
    """Write a file and its parent folders; return False if the file system cannot store the name.

    Raises WriteError if writing fails.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise WriteError(f"Không ghi được tệp tạm {file} ({error.strerror}); hãy xem chỗ trống trên đĩa rồi chạy "
                             "lại.") from error
        return False
    return True


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Context manager for a temporary folder; raises WriteError if none can be created."""
    try:
        folder = tempfile.TemporaryDirectory()
    except OSError as error:
        raise WriteError(f"Không tạo được thư mục tạm ({error.strerror}); hãy xem chỗ trống và quyền ghi trên đĩa rồi "
                         "chạy lại.") from error
    with folder as name:
        yield Path(name)


def held(root: Path, commit: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield hash and path of each file of a commit below these paths."""
    for entry in git.names(git.run(root, "ls-tree", "-r", "-z", commit, "--", *paths)):
        about, _, path = entry.partition("\t")
        if about.startswith("100"):
            yield about.split()[2], path


def current(root: Path) -> Revision:
    """Return the revision of the work tree."""
    name, _, day = git.line(root, "rev-list", "-1", "--no-commit-header", "--format=%h %cs", commit(root, "HEAD"),
                            "--").partition(" ")
    edits = git.run(root, "status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=none", "--", ".")
    return Revision(name, valid_day(day), bool(edits))


def valid_day(written: str) -> date | None:
    """Parse git's date of a commit; None if invalid, since commits may contain anything."""
    try:
        return date.fromisoformat(written) if _DAY.fullmatch(written) else None
    except ValueError:
        return None


def checksum(root: Path, paths: Iterable[str]) -> str:
    """Return the SHA-256 checksum (hexadecimal) of files below the root, by path with "/".

    It is computed over the output of `sha256sum` for the files sorted by bytes of their names, so that anyone can
    repeat it: `git ls-files -z docs mkdocs.yml | sort -z | xargs -0 sha256sum | sha256sum` (in the C locale).
    """
    listing = hashlib.sha256()
    for path in sorted(paths, key=str.encode):
        listing.update(f"{hashlib.sha256((root / path).read_bytes()).hexdigest()}  {path}\n".encode())
    return listing.hexdigest()
