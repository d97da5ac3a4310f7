"""Indexes at the end of the volume: pages that mention a unit, pages that cite a document."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml.html import HtmlElement

from proceedings.conference.mentions import numbers, plain, whole
from proceedings.conference.model import CitedDocument, Conference, Speech
from proceedings.html.rendering import wrap
from proceedings.text.slugs import collation

_MENTION = "mention"
_PIECE = "nowrap"  # class of the spans that `rendering` keeps on one line


@dataclass(frozen=True)
class Folios:
    """Page numbers by id of the volume, in page order; empty before the first layout."""

    numbers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Mapping[str, int], start: str, end: str) -> "Folios":
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
    """Give each citation of a registered document an id; citations already have spans."""
    places = {plain(document.number): index for index, document in reversed(list(enumerate(cited, 1)))}
    pattern = re.compile(numbers(cited))
    counts: dict[int, int] = {}
    for span in root.iter("span"):
        found = pattern.search(span.text_content()) if span.get("class") == _PIECE and not span.get("id") else None
        if found:
            index = places[plain(found[0])]
            counts[index] = counts.get(index, 0) + 1
            span.set("id", f"vb--{index}--{counts[index]}")  # no anchor or heading can have this form


def mark_mentions(root: HtmlElement, units: Sequence[Speech], own: str) -> None:
    """Give each mention of another unit an id; `own` is the unit of the text."""
    names = [unit.unit for unit in units if unit.unit and unit.unit != own]
    if not names:
        return
    parts = _open_pieces(root, names)
    wrap(root, re.compile(whole(names)), _MENTION)
    if parts:
        wrap(root, re.compile(whole(parts)), _PIECE)
    places = {unit.unit: unit.number for unit in units}
    counts: dict[int, int] = {}
    for span in root.iter("span"):
        if span.get("class") == _MENTION:
            number = places[plain(span.text_content())]
            counts[number] = counts.get(number, 0) + 1
            span.set("id", f"dv--{number}--{counts[number]}")


def _open_pieces(root: HtmlElement, names: Sequence[str]) -> list[str]:
    """Remove the unbreakable spans around parts of names ("Quân khu 2"), and return their texts."""
    spans = [span for span in root.iter("span") if span.get("class") == _PIECE and not span.get("id")]
    words = {span: plain(span.text_content()) for span in spans}
    cutting = [span for span in spans if any(words[span] in name and words[span] != name for name in names)]
    for span in cutting:
        span.drop_tag()
    return sorted({words[span] for span in cutting})


# --- Listing -----------------------------------------------------------------------
def unit_index(conference: Conference, folios: Folios) -> tuple[Entry, ...]:
    """Return all units in alphabetical order: first the pages of their speech, then mentions elsewhere."""
    units = sorted(conference.speeches.values(), key=lambda unit: collation(unit.unit))
    return tuple(Entry(unit.unit, (*_main(unit, folios), *_locators(f"dv--{unit.number}--", folios)))
                 for unit in units)


def citation_index(conference: Conference, folios: Folios) -> tuple[Entry, ...]:
    """Return the registered documents that the volume cites, in the order of the register."""
    entries = (Entry(f"{document.kind} số {document.number}", tuple(_locators(f"vb--{index}--", folios)))
               for index, document in enumerate(conference.cited_documents, 1))
    return tuple(entry for entry in entries if entry.locators)


def _main(unit: Speech, folios: Folios) -> Iterator[Locator]:
    name = chapter_name(unit.path)
    first, last = folios.numbers.get(name), folios.numbers.get(end_of(name))
    if first and last:
        yield Locator(first, last, name, end_of(name), main=True)


def _locators(mark: str, folios: Folios) -> Iterator[Locator]:
    """Yield the distinct pages of ids that begin with `mark`; three or more in a row form a range."""
    first_on: dict[int, str] = {}
    for name, number in folios.numbers.items():
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
