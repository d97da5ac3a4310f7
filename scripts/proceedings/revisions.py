"""Git revisions of the documents. Git is asked, never changed."""

import subprocess
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


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, timeout=_SECONDS,
                              check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()
