"""Git revisions of the documents, and what else tells one state of them from another. Git is asked, never changed."""

import hashlib
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

_SECONDS = 20
_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_QUOTED = re.compile(rb'\\(?:([0-7]{3})|(.))')
_DIFF = ("diff", "--find-renames", "--relative")
_ESCAPES = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


@dataclass(frozen=True)
class Revision:
    """A commit by its short id and the day it was made; `changed` tells of edits on top that are not committed."""

    id: str
    day: date
    changed: bool


@dataclass(frozen=True)
class Changes:
    """What was changed since a commit, edits that are not committed included: by path with "/", below the root.

    `lines` are the lines of each file as it is now that are new or other; `former` the former path of a renamed file,
    `gone` the paths of files that are not there any more.
    """

    base: str
    lines: Mapping[str, frozenset[int]]
    former: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that was changed, those included under which nothing is any more."""
        return tuple(sorted({*self.lines, *self.former.values(), *self.gone}))


def changes(root: Path, since: str) -> Changes | None:
    """What was changed since the history left that of `since`; None where git knows no such revision."""
    commit = "" if since.startswith("-") else _git(root, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}")
    if not commit:
        return None
    base = _git(root, "merge-base", commit, "HEAD") or commit  # none where the history is not all here
    lines, former = dict[str, frozenset[int]](), dict[str, str]()
    for path, old in _changed_paths(root, base):
        lines[path] = frozenset()
        if old:
            former[path] = old
    patch = _output(root, "-c", "core.quotePath=false", *_DIFF, "--unified=0", "--no-color", "--no-ext-diff",
                    "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", base, "--", ".")
    lines |= dict(map(_touched, re.split(rb"^diff --git ", patch, flags=re.MULTILINE)[1:]))
    for path in _names(_output(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")):
        lines[path] = _all_lines(root / path)
    lines.pop("", None)  # files that are gone
    gone = frozenset(_names(_output(root, *_DIFF, "--name-only", "--diff-filter=D", "-z", base, "--", ".")))
    return Changes(base, lines, former, gone)


def snapshot(root: Path, commit: str, paths: Sequence[str], target: Path) -> None:
    """Write the files below these paths as of a commit into a folder; links and submodules are left out."""
    listing = _output(root, "ls-tree", "-r", "-z", commit, "--", *paths)
    with subprocess.Popen(["git", "-C", str(root), "cat-file", "--batch"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as objects:
        if not objects.stdin or not objects.stdout:
            return
        for name, path in _files(listing):
            objects.stdin.write(name + b"\n")
            objects.stdin.flush()
            size = int(objects.stdout.readline().split()[2])
            file = target / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(objects.stdout.read(size))
            objects.stdout.read(1)


def _files(listing: bytes) -> Iterator[tuple[bytes, str]]:
    """Of a listing of a tree: the id and path of each file that may be written below a folder."""
    for entry in listing.split(b"\0"):
        about, _, path = entry.decode("utf-8", "surrogateescape").partition("\t")
        if about.startswith("100") and not {"..", ".", ""} & set(path.split("/")):
            yield about.split()[2].encode(), path


def current(root: Path) -> Revision | None:
    """The revision that the folder holds, or None where it is in no git repository or git is not there."""
    head = _git(root, "log", "-1", "--format=%h %cs")
    if not head:
        return None
    name, day = head.split()
    return Revision(name, date.fromisoformat(day), bool(_git(root, "status", "--porcelain", "--", ".")))


def last_changes(root: Path, folder: str) -> dict[str, date]:
    """The day of the last commit that touched each file, by its path below `folder`; empty where git knows none.

    One walk through the history for all files. Renames count as changes, and merges do not.
    """
    listing = _git(root, "log", "--format=%x01%cs", "--name-only", "--no-renames", "-z", "--relative", "--", folder)
    found: dict[str, date] = {}
    for commit in listing.split("\x01")[1:]:
        day, _, names = commit.partition("\0")
        for name in names.strip("\0\n").split("\0"):
            if name.startswith(f"{folder}/"):
                found.setdefault(name.removeprefix(f"{folder}/"), date.fromisoformat(day.strip()))
    return found


class UnknownRevisionError(ValueError):
    """A name that is no commit here: misspelt, or of a history that was not fetched."""


def messages(root: Path, base: str) -> tuple[tuple[str, str], ...]:
    """The hash and the whole message of each commit that HEAD has and `base` has not, the newest first.

    `base` is any name that git takes for a commit, and may come from anyone: it is never taken for an option. Raises
    UnknownRevisionError rather than tell of no message where git did not answer.
    """
    known = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    listing = _asked(root, "log", "-z", "--format=%H%n%B", f"{known}..HEAD") if known else None
    if listing is None:
        raise UnknownRevisionError(base)
    commits = (commit.partition("\n") for commit in listing.decode("utf-8", "surrogateescape").split("\0") if commit)
    return tuple((name, text.strip()) for name, _, text in commits)


def checksum(root: Path, paths: Iterable[str]) -> str:
    """SHA-256 in hexadecimal over files below the root, by path with "/".

    It is that of the list which `sha256sum` prints for the files in the order of their names' bytes, so that anyone can
    repeat it: `git ls-files -z docs mkdocs.yml | sort -z | xargs -0 sha256sum | sha256sum` (in the C locale).
    """
    listing = hashlib.sha256()
    for path in sorted(paths, key=str.encode):
        listing.update(f"{hashlib.sha256((root / path).read_bytes()).hexdigest()}  {path}\n".encode())
    return listing.hexdigest()


def _changed_paths(root: Path, base: str) -> Iterator[tuple[str, str]]:
    """Each path that differs from the commit, with its former path if it was renamed."""
    fields = iter(_names(_output(root, *_DIFF, "--name-status", "-z", base, "--", ".")))
    for status in fields:
        path = next(fields)
        if status.startswith(("R", "C")):
            yield next(fields), path
        elif status != "D":
            yield path, ""


def _touched(section: bytes) -> tuple[str, frozenset[int]]:
    """Of one file's part of a patch: the path, "" where the file is gone, and the lines that are new or other."""
    head, *hunks = re.split(rb"^(?=@@ )", section, flags=re.MULTILINE)
    path = next((_name(line[4:]) for line in head.split(b"\n") if line.startswith(b"+++ ")), "")
    touched = set[int]()
    for hunk in hunks:
        found = _HUNK.match(hunk)
        if found:
            touched.update(range(int(found[1]), int(found[1]) + int(found[2] or 1)))
    return path, frozenset(touched)


def _name(written: bytes) -> str:
    """The path in a line of a patch: behind "b/", in quotes with escapes where it has odd characters."""
    written = written.rstrip(b"\t")
    if written.startswith(b'"'):
        written = _QUOTED.sub(lambda found: bytes([int(found[1], 8)]) if found[1] else _ESCAPES.get(found[2], found[2]),
                              written[1:-1])
    return written.removeprefix(b"b/").decode("utf-8", "surrogateescape") if written != b"/dev/null" else ""


def _names(listing: bytes) -> list[str]:
    return [name.decode("utf-8", "surrogateescape") for name in listing.split(b"\0") if name]


def _all_lines(file: Path) -> frozenset[int]:
    return frozenset(range(1, file.read_bytes().count(b"\n") + 2)) if file.is_file() else frozenset()


def _git(root: Path, *arguments: str) -> str:
    return _output(root, *arguments).decode("utf-8", "surrogateescape").strip()


def _output(root: Path, *arguments: str) -> bytes:
    """What git answers, b"" where it can't."""
    return _asked(root, *arguments) or b""


def _asked(root: Path, *arguments: str) -> bytes | None:
    """What git answers, None where it can't."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, ValueError, subprocess.SubprocessError):  # ValueError: a NUL in an argument
        return None
    return done.stdout
