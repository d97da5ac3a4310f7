"""Metadata shown with a document: reading and speaking time, date of the last change, printed copies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from proceedings.conference import products
from proceedings import schema
from proceedings.text.language.dates import short
from proceedings.conference.model import Conference
from proceedings.conference.navigation import is_document, short_title
from proceedings.text.reading_time import minutes, silently_read, spoken

_EDIT = re.compile(r"/_?edit/")


@dataclass(frozen=True)
class Copy:
    """A printed copy: its path in the site and the label of its link."""

    path: str
    label: str


@dataclass(frozen=True)
class Facts:
    """Metadata of one page. Minutes are None if not applicable; `history` is "" if no forge is configured.

    `speaking` is given for delivered texts only, because an outline is not spoken.
    """

    reading: int | None
    speaking: int | None
    changed: date | None
    history: str
    copies: tuple[Copy, ...]

    @property
    def changed_text(self) -> str:
        """The date of the last change in document notation, or "" if unknown."""
        return short(self.changed) if self.changed else ""


@dataclass(frozen=True)
class News:
    """A document and the date of the last change to its text."""

    title: str
    path: str
    day: date


def facts(conference: Conference, path: str, changed: date | None, edit: str) -> Facts:
    """Return the metadata of a page; `edit` is the address of its editor in the forge, or ""."""
    document, rates = conference.documents[path], conference.rates
    reading = minutes(silently_read(document), rates.reading) if is_document(conference, path) else 0
    speaking = minutes(spoken(document), rates.speaking) if conference.is_delivered(path) else 0
    return Facts(
        reading=reading or None,
        speaking=speaking or None,
        changed=changed,
        history=history(edit) if changed else "",
        copies=copies(conference, path),
    )


def history(edit: str) -> str:
    """Derive the address of a file's history from that of its editor; "" if the form is unknown.

    Forgejo and Gitea: `_edit/branch/main/x.md` and `commits/branch/main/x.md`; GitHub: `edit/main/x.md` and
    `commits/main/x.md`; GitLab: the same after `-/`.
    """
    return _EDIT.sub("/commits/", edit, count=1) if _EDIT.search(edit) else ""


def copies(conference: Conference, path: str) -> tuple[Copy, ...]:
    """Return the printed copies linked on a page."""
    if conference.speech_at(path):
        return (Copy(products.of(path), "Bản in tham luận (PDF)"),)
    return {
        schema.PLAN: (Copy(products.plan, "Bản in kế hoạch (PDF)"), Copy(products.backdrop, "Ma kết (PDF)")),
        schema.AGENDA: (Copy(products.volume, "Kỷ yếu (PDF)"),),
        schema.REPORT: (Copy(products.volume, "Kỷ yếu (PDF)"),),
    }.get(path, ())


def news(conference: Conference, changes: Mapping[str, date]) -> tuple[News, ...]:
    """Return the documents by date of their last change, newest first, otherwise in reading order."""
    found = [News(short_title(conference, path), path, changes[path])
             for path in conference.printed if path in changes]
    return tuple(sorted(found, key=lambda item: item.day, reverse=True))
