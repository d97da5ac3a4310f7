"""Git revisions of the documents, and what else tells one state of them from another. Git is asked, never changed."""

import hashlib
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_SECONDS = 20


@dataclass(frozen=True)
class Revision:
    """A commit by its short id and the day it was made; `changed` tells of edits on top that are not committed."""

    id: str
    day: date
    changed: bool


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
    commits = (commit.partition("\n") for commit in listing.split("\0") if commit)
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


def _git(root: Path, *arguments: str) -> str:
    """What git answers, "" where it can't."""
    return _asked(root, *arguments) or ""


def _asked(root: Path, *arguments: str) -> str | None:
    """What git answers, None where it can't."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, encoding="utf-8",
                              errors="surrogateescape", timeout=_SECONDS, check=True)
    except (OSError, ValueError, subprocess.SubprocessError):  # ValueError: a NUL in an argument
        return None
    return done.stdout.strip()
