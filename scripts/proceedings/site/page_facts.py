"""What there is to know of a document beside its text: how long it takes, how fresh it is, its printed copies."""

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
    """A printed copy: its path in the site, and what its link says."""

    path: str
    label: str


@dataclass(frozen=True)
class Facts:
    """Of one page. Minutes are None where they mean nothing; `history` is "" where no forge is set.

    `speaking` is what the text takes to speak, so of texts that were delivered only: an outline is not spoken.
    """

    reading: int | None
    speaking: int | None
    changed: date | None
    history: str
    copies: tuple[Copy, ...]

    @property
    def changed_text(self) -> str:
        """The day of the last change as documents write it, "" where it is not known."""
        return short(self.changed) if self.changed else ""


@dataclass(frozen=True)
class News:
    """A document and the day that its text changed last."""

    title: str
    path: str
    day: date


def facts(conference: Conference, path: str, changed: date | None, edit: str) -> Facts:
    """The facts of a page; `edit` is the address of its editor in the forge or ""."""
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
    """The address of a file's history: forges differ from that of its editor by one word only.

    Forgejo and Gitea: `_edit/branch/main/x.md` and `commits/branch/main/x.md`; GitHub: `edit/main/x.md` and
    `commits/main/x.md`; GitLab: the same behind `-/`. "" where the address is that of no such editor.
    """
    return _EDIT.sub("/commits/", edit, count=1) if _EDIT.search(edit) else ""


def copies(conference: Conference, path: str) -> tuple[Copy, ...]:
    """The printed copies that belong to a page."""
    if conference.speech_at(path):
        return (Copy(products.of(path), "Bản in tham luận (PDF)"),)
    return {
        schema.PLAN: (Copy(products.plan, "Bản in kế hoạch (PDF)"), Copy(products.backdrop, "Ma kết (PDF)")),
        schema.AGENDA: (Copy(products.volume, "Kỷ yếu (PDF)"),),
        schema.REPORT: (Copy(products.volume, "Kỷ yếu (PDF)"),),
    }.get(path, ())


def news(conference: Conference, changes: Mapping[str, date]) -> tuple[News, ...]:
    """The documents by the day of their last change, the latest first, else in reading order."""
    found = [News(short_title(conference, path), path, changes[path])
             for path in conference.printed if path in changes]
    return tuple(sorted(found, key=lambda item: item.day, reverse=True))
