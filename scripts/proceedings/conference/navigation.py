"""The order of the site's pages, derived from the conference, so that it is defined only once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from proceedings import schema
from proceedings.conference.model import Conference

Page = TypeVar("Page")
_DOCUMENTS = (schema.PLAN, schema.AGENDA, schema.REPORT)  # followed by the speeches
_NEAR = 6  # pages before and after the current one


@dataclass(frozen=True)
class Entry:
    """A page, or a section whose first page is its introduction.

    `path` is relative to docs/, "" for a section.
    """

    title: str
    path: str = ""
    entries: "tuple[Entry, ...]" = ()

    def paths(self) -> tuple[str, ...]:
        """The paths of this entry and its descendants, in order."""
        below = tuple(path for entry in self.entries for path in entry.paths())
        return (self.path, *below) if self.path else below


def navigation(conference: Conference) -> tuple[Entry, ...]:
    """Return the navigation of the site in reading order, without missing files."""
    entries = (
        *_pages(conference, (schema.HOME, *_DOCUMENTS)),
        *_section(conference, schema.SPEECH_INDEX, _speeches(conference)),
        *_pages(conference, (schema.PROGRESS, schema.NOTES)),
        *_folder(conference, schema.ANNEX_FOLDER),
        *_folder(conference, schema.GUIDE_FOLDER),
    )
    return tuple(entries)


def documents(conference: Conference) -> tuple[Entry, ...]:
    """Return the documents for delegates in reading order: plan, agenda, report, speeches."""
    return (*_pages(conference, _DOCUMENTS), *_speeches(conference))


def is_document(conference: Conference, path: str) -> bool:
    """Return whether a page is one of these documents, not a register, a board or the guide."""
    return path in _DOCUMENTS or conference.speech_at(path) is not None


def near(pages: Sequence[Page], here: Page, most: int = 60) -> Sequence[Page]:
    """Return the pages to list in a menu: all, or of more than `most` those near the current one."""
    if len(pages) <= most:
        return pages
    place = next((index for index, page in enumerate(pages) if page is here), 0)
    first = max(0, min(place - _NEAR, len(pages) - 2 * _NEAR - 1))
    return pages[first: first + 2 * _NEAR + 1]


def short_title(conference: Conference, path: str) -> str:
    """Return the menu title of a page: number and unit of a speech; else short title, heading or path."""
    speech = conference.speech_at(path)
    if speech:
        return f"{speech.number}. {speech.unit}"
    document = conference.documents[path]
    title = schema.SPEECH_TEMPLATE_TITLE if path == schema.SPEECH_TEMPLATE else path
    return document.front_matter.text(schema.SHORT_TITLE) or document.title or title


def _pages(conference: Conference, paths: Iterable[str]) -> tuple[Entry, ...]:
    """Return entries for the existing pages."""
    return tuple(Entry(short_title(conference, path), path) for path in paths if path in conference.documents)


def _speeches(conference: Conference) -> tuple[Entry, ...]:
    return _pages(conference, (speech.path for speech in conference.speeches.values()))


def _section(conference: Conference, index: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    pages = _pages(conference, (index,)) + entries
    title = pages[0].title if pages else ""
    return (Entry(title, entries=pages),) if pages else ()


def _folder(conference: Conference, folder: str) -> tuple[Entry, ...]:
    """Return all pages directly in a folder, its index first."""
    index = f"{folder}/index.md"
    pages = _pages(conference, (path for path in conference.documents
                                if path != index and path.startswith(f"{folder}/") and path.count("/") == 1))
    return _section(conference, index, pages)
