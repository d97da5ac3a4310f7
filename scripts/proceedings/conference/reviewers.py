"""Who reviews which files, as the table of the guide says."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from proceedings import schema
from proceedings.conference.model import Conference
from proceedings.problems import Place
from proceedings.text.source import Kind

_ACCOUNT = re.compile(r"@?([A-Za-z0-9][\w./-]{0,99})", re.ASCII)


@dataclass(frozen=True)
class Reviewing:
    """One row: a file or a folder (with "/" at its end) under docs/, or "" for all else; its reviewers' accounts.

    `path` is None where the row names nothing that is there; `unread` are words in the place of an account.
    """

    path: str | None
    named: str
    accounts: tuple[str, ...]
    unread: tuple[str, ...]
    place: Place


def table(conference: Conference) -> tuple[Reviewing, ...]:
    """The rows of the page's first table, its heading left out; none where the page is not there."""
    document = conference.documents.get(schema.REVIEWERS)
    from_table = dropwhile(lambda block: block.kind is not Kind.ROW, document.blocks if document else ())
    rows = list(takewhile(lambda block: block.kind is Kind.ROW, from_table))
    return tuple(_row(conference, block.cells[0], block.cells[1], conference.place(schema.REVIEWERS, block.line))
                 for block in rows[1:] if len(block.cells) > 1)


def listing(conference: Conference, paths: Collection[str] | None = None) -> Iterator[str]:
    """The table as GitHub and GitLab read it (CODEOWNERS), or for changed paths who is to review each of them."""
    rows = [row for row in table(conference) if row.path is not None]
    folder = conference.folder
    if paths is None:  # the last that matches counts, so what is general comes first
        for row in sorted(rows, key=lambda row: (row.path or "").count("/") + len(row.path or "")):
            yield _line(f"/{folder}/{row.path}" if row.path else "*", row.accounts)
    else:
        for path in paths:
            yield _line(path, _accounts(rows, path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else ""))


def _line(path: str, accounts: Collection[str]) -> str:
    names = " ".join(f"@{account}" for account in accounts)
    return f"{path.replace(' ', chr(92) + ' ')} {names}" if names else f"# {path}: chưa có người duyệt"


def _accounts(rows: Collection[Reviewing], path: str) -> tuple[str, ...]:
    """Of the row that names the file most closely, of those that name a reviewer."""
    fitting = {row.path: row.accounts for row in rows if row.path is not None and row.accounts
               and _covers(row.path, path)}
    return fitting[max(fitting, key=len)] if fitting else ()


def _covers(named: str, path: str) -> bool:
    return named in ("", path) or (named.endswith("/") and path.startswith(named))


def _row(conference: Conference, named: str, reviewers: str, place: Place) -> Reviewing:
    words = [word for word in re.split(r"[\s;,]+", schema.BLANK.sub("", reviewers)) if word]
    accounts = tuple(found[1] for word in words if (found := _ACCOUNT.fullmatch(word)))
    unread = tuple(word for word in words if not _ACCOUNT.fullmatch(word))
    return Reviewing(_path(conference, named), named, accounts, unread, place)


def _path(conference: Conference, named: str) -> str | None:
    if named == schema.REST:
        return ""
    speeches = {speech.unit: speech.path for speech in conference.speeches.values()}
    path = speeches.get(named, named.removeprefix(f"{conference.folder}/"))
    return path if any(_covers(path, each) for each in conference.documents) and path else None
