"""Reviewers of files, from the table in the guide."""

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
    """A row of the table: a file or folder under docs/ and the accounts of its reviewers.

    `path` ends in "/" for a folder, is "" for everything else, and None if nothing of that name exists; `unread` are
    words that are not accounts.
    """

    path: str | None
    named: str
    accounts: tuple[str, ...]
    unread: tuple[str, ...]
    place: Place


def table(conference: Conference) -> tuple[Reviewing, ...]:
    """Return the rows of the page's first table without its head; empty if the page is missing."""
    document = conference.documents.get(schema.REVIEWERS)
    from_table = dropwhile(lambda block: block.kind is not Kind.ROW, document.blocks if document else ())
    rows = list(takewhile(lambda block: block.kind is Kind.ROW, from_table))
    return tuple(_row(conference, block.cells[0], block.cells[1], conference.place(schema.REVIEWERS, block.line))
                 for block in rows[1:] if len(block.cells) > 1)


def listing(conference: Conference, paths: Collection[str] | None = None) -> Iterator[str]:
    """Yield the table in CODEOWNERS format for GitHub and GitLab, or the reviewers of each changed path."""
    rows = [row for row in table(conference) if row.path is not None]
    folder = conference.folder
    if paths is None:  # the last match counts, so general patterns come first
        for row in sorted(rows, key=lambda row: (row.path or "").count("/") + len(row.path or "")):
            yield _line(f"/{folder}/{row.path}" if row.path else "*", row.accounts)
    else:
        for path in paths:
            yield _line(path, _accounts(rows, path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else ""))


def _line(path: str, accounts: Collection[str]) -> str:
    names = " ".join(f"@{account}" for account in accounts)
    return f"{path.replace(' ', chr(92) + ' ')} {names}" if names else f"# {path}: chưa có người duyệt"


def _accounts(rows: Collection[Reviewing], path: str) -> tuple[str, ...]:
    """Return the accounts of the most specific row that matches a file and names a reviewer."""
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
