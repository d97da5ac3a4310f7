"""Indexes at the end of the volume: pages that mention a unit, pages that cite a document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml.html import HtmlElement

from proceedings.conference.mentions import announced, plain, whole
from proceedings.conference.model import CitedDocument, Conference, Speech
from proceedings.html.rendering import wrap
from proceedings.text.slugs import collation

_MENTION = "mention"
_CITATION = "citation"


@dataclass(frozen=True)
class PageNumbers:
    """Page numbers by id of the volume, in page order; empty before the first layout."""

    numbers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Mapping[str, int], start: str, end: str) -> "PageNumbers":
        """Convert page indices (from 0) to page numbers: `start` is on number 1; from `end` on there are none."""
        first, after = places[start], places[end]
        return cls({name: page - first + 1 for name, page in places.items() if first <= page < after})


@dataclass(frozen=True)
class Locator:
    """A page reference of an index: a page number or a range, with the ids to link to."""

    first: int
    last: int
    at_first: str
    at_last: str
    main: bool = False


@dataclass(frozen=True)
class Entry:
    """An entry of an index."""

    term: str
    locators: tuple[Locator, ...]


# --- Finding ---------------------------------------------------------------------
def mark_citations(root: HtmlElement, cited: Sequence[CitedDocument]) -> None:
    """Wrap each citation of a registered document in a span with an id."""
    places = {plain(document.number): index for index, document in reversed(list(enumerate(cited, 1)))}
    pattern = re.compile(announced(cited))
    wrap(root, pattern, _CITATION)
    counts: dict[int, int] = {}
    for span in root.iter("span"):
        found = pattern.fullmatch(span.text or "") if span.get("class") == _CITATION else None
        if found:
            index = places[plain(found["number"])]
            counts[index] = counts.get(index, 0) + 1
            span.set("id", f"vb--{index}--{counts[index]}")  # no anchor or heading can have this form


def mark_mentions(root: HtmlElement, units: Sequence[Speech], own: str) -> None:
    """Give each mention of another unit an id; `own` is the unit of the text."""
    names = [unit.unit for unit in units if unit.unit and unit.unit != own]
    if not names:
        return
    wrap(root, re.compile(whole(names)), _MENTION)
    places = {unit.unit: unit.number for unit in units}
    counts: dict[int, int] = {}
    for span in root.iter("span"):
        if span.get("class") == _MENTION:
            number = places[plain(span.text_content())]
            counts[number] = counts.get(number, 0) + 1
            span.set("id", f"dv--{number}--{counts[number]}")


# --- Listing -----------------------------------------------------------------------
def unit_index(conference: Conference, page_numbers: PageNumbers) -> tuple[Entry, ...]:
    """Return all units in alphabetical order: first the pages of their speech, then mentions elsewhere."""
    units = sorted(conference.speeches.values(), key=lambda unit: collation(unit.unit))
    return tuple(Entry(unit.unit, (*_main(unit, page_numbers), *_locators(f"dv--{unit.number}--", page_numbers)))
                 for unit in units)


def citation_index(conference: Conference, page_numbers: PageNumbers) -> tuple[Entry, ...]:
    """Return the registered documents that the volume cites, in the order of the register."""
    entries = (Entry(f"{document.kind} số {document.number}", tuple(_locators(f"vb--{index}--", page_numbers)))
               for index, document in enumerate(conference.cited_documents, 1))
    return tuple(entry for entry in entries if entry.locators)


def _main(unit: Speech, page_numbers: PageNumbers) -> Iterator[Locator]:
    name = chapter_name(unit.path)
    first, last = page_numbers.numbers.get(name), page_numbers.numbers.get(end_of(name))
    if first and last:
        yield Locator(first, last, name, end_of(name), main=True)


def _locators(mark: str, page_numbers: PageNumbers) -> Iterator[Locator]:
    """Yield the distinct pages of ids that begin with `mark`; three or more in a row form a range."""
    first_on: dict[int, str] = {}
    for name, number in page_numbers.numbers.items():
        if name.partition("--")[2].startswith(mark):
            first_on.setdefault(number, name)
    for _, run in groupby(enumerate(sorted(first_on)), lambda pair: pair[1] - pair[0]):
        pages = [page for _, page in run]
        spans = [(pages[0], pages[-1])] if len(pages) > 2 else [(page, page) for page in pages]
        for start, end in spans:
            yield Locator(start, end, first_on[start], first_on[end])


# --- Ids ---------------------------------------------------------------------------
def chapter_name(path: str) -> str:
    """Return the id of a document in the volume: "tham-luan/so-mau.md" becomes "tham-luan-so-mau"."""
    return path.removesuffix(".md").replace("/", "-")


def end_of(name: str) -> str:
    """Return the id of a chapter's end, which no anchor or heading can have."""
    return f"{name}--het--"
