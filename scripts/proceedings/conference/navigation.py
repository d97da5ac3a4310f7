"""The order of the site's pages, derived from the conference: nothing lists them a second time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from proceedings import schema
from proceedings.conference.model import Conference

Page = TypeVar("Page")
_DOCUMENTS = (schema.PLAN, schema.AGENDA, schema.REPORT)  # and the speeches
_NEAR = 6  # pages before and after the one at hand


@dataclass(frozen=True)
class Entry:
    """A page, or a section whose first page introduces it. `path` is under docs/, "" for a section."""

    title: str
    path: str = ""
    entries: "tuple[Entry, ...]" = ()

    def paths(self) -> tuple[str, ...]:
        """The paths of this entry and all below it, in order."""
        below = tuple(path for entry in self.entries for path in entry.paths())
        return (self.path, *below) if self.path else below


def navigation(conference: Conference) -> tuple[Entry, ...]:
    """The whole site, in reading order; pages whose file is missing are left out."""
    entries = (
        *_pages(conference, (schema.HOME, *_DOCUMENTS)),
        *_section(conference, schema.SPEECH_INDEX, _speeches(conference)),
        *_pages(conference, (schema.PROGRESS, schema.NOTES)),
        *_folder(conference, schema.ANNEX_FOLDER),
        *_folder(conference, schema.GUIDE_FOLDER),
    )
    return tuple(entries)


def documents(conference: Conference) -> tuple[Entry, ...]:
    """What delegates read from end to end, in reading order: plan, agenda, report, speeches."""
    return (*_pages(conference, _DOCUMENTS), *_speeches(conference))


def is_document(conference: Conference, path: str) -> bool:
    """Whether a page is one of these, not a register, a board or the guide."""
    return path in _DOCUMENTS or conference.speech_at(path) is not None


def near(pages: Sequence[Page], here: Page, most: int = 60) -> Sequence[Page]:
    """The pages that a menu lists: all of them, or of more than `most` those around the page at hand."""
    if len(pages) <= most:
        return pages
    place = next((index for index, page in enumerate(pages) if page is here), 0)
    first = max(0, min(place - _NEAR, len(pages) - 2 * _NEAR - 1))
    return pages[first: first + 2 * _NEAR + 1]


def short_title(conference: Conference, path: str) -> str:
    """The title of a page in menus: a speech's number and unit; its short title, else its heading, else its path."""
    speech = conference.speech_at(path)
    if speech:
        return f"{speech.number}. {speech.unit}"
    document = conference.documents[path]
    title = schema.SPEECH_TEMPLATE_TITLE if path == schema.SPEECH_TEMPLATE else path
    return document.front_matter.text(schema.SHORT_TITLE) or document.title or title


def _pages(conference: Conference, paths: Iterable[str]) -> tuple[Entry, ...]:
    """Those of the pages that there are."""
    return tuple(Entry(short_title(conference, path), path) for path in paths if path in conference.documents)


def _speeches(conference: Conference) -> tuple[Entry, ...]:
    return _pages(conference, (speech.path for speech in conference.speeches.values()))


def _section(conference: Conference, index: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    pages = _pages(conference, (index,)) + entries
    title = pages[0].title if pages else ""
    return (Entry(title, entries=pages),) if pages else ()


def _folder(conference: Conference, folder: str) -> tuple[Entry, ...]:
    """All pages directly in a folder, its index first."""
    index = f"{folder}/index.md"
    pages = _pages(conference, (path for path in conference.documents
                                if path != index and path.startswith(f"{folder}/") and path.count("/") == 1))
    return _section(conference, index, pages)
