"""The indexes at the volume's end: where it speaks of a unit, and where it cites a document."""

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
_PIECE = "nowrap"  # what `rendering` keeps on one line


@dataclass(frozen=True)
class Folios:
    """The page number that each id of the volume stands on, in page order; none before it has been laid out."""

    numbers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Mapping[str, int], start: str, end: str) -> "Folios":
        """From pages of the file (from 0) by id: number 1 is where `start` is; what is not before `end` has none."""
        first, after = places[start], places[end]
        return cls({name: page - first + 1 for name, page in places.items() if first <= page < after})


@dataclass(frozen=True)
class Locator:
    """Pages of an index: one number, or the first and last of a run, with the ids that links lead to."""

    first: int
    last: int
    at_first: str
    at_last: str
    main: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of an index."""

    term: str
    locators: tuple[Locator, ...]


# --- Finding ---------------------------------------------------------------------
def mark_citations(root: HtmlElement, cited: Sequence[CitedDocument]) -> None:
    """Give each place that cites a document of the register an id; citations are already in spans of their own."""
    places = {plain(document.number): index for index, document in reversed(list(enumerate(cited, 1)))}
    pattern = re.compile(numbers(cited))
    counts: dict[int, int] = {}
    for span in root.iter("span"):
        found = pattern.search(span.text_content()) if span.get("class") == _PIECE and not span.get("id") else None
        if found:
            index = places[plain(found[0])]
            counts[index] = counts.get(index, 0) + 1
            span.set("id", f"vb--{index}--{counts[index]}")  # as no anchor and no heading can be named


def mark_mentions(root: HtmlElement, units: Sequence[Speech], own: str) -> None:
    """Give each mention of another unit's name an id; `own` is the unit that the text comes from."""
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
    """Take the spans away that keep only a part of some name on one line ("Quân khu 2"); what stood in them."""
    spans = [span for span in root.iter("span") if span.get("class") == _PIECE and not span.get("id")]
    words = {span: plain(span.text_content()) for span in spans}
    cutting = [span for span in spans if any(words[span] in name and words[span] != name for name in names)]
    for span in cutting:
        span.drop_tag()
    return sorted({words[span] for span in cutting})


# --- Listing -----------------------------------------------------------------------
def unit_index(conference: Conference, folios: Folios) -> tuple[Entry, ...]:
    """All units by the alphabet: the pages of their speech first, then those that speak of them elsewhere."""
    units = sorted(conference.speeches.values(), key=lambda unit: collation(unit.unit))
    return tuple(Entry(unit.unit, (*_main(unit, folios), *_locators(f"dv--{unit.number}--", folios)))
                 for unit in units)


def citation_index(conference: Conference, folios: Folios) -> tuple[Entry, ...]:
    """The documents of the register that the volume cites, in the register's order."""
    entries = (Entry(f"{document.kind} số {document.number}", tuple(_locators(f"vb--{index}--", folios)))
               for index, document in enumerate(conference.cited_documents, 1))
    return tuple(entry for entry in entries if entry.locators)


def _main(unit: Speech, folios: Folios) -> Iterator[Locator]:
    name = chapter_name(unit.path)
    first, last = folios.numbers.get(name), folios.numbers.get(end_of(name))
    if first and last:
        yield Locator(first, last, name, end_of(name), main=True)


def _locators(mark: str, folios: Folios) -> Iterator[Locator]:
    """The pages of the ids that begin with the mark: each once, three or more that follow one another as a run."""
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
    """The id of a document in the volume: "tham-luan/so-mau.md" is "tham-luan-so-mau"."""
    return path.removesuffix(".md").replace("/", "-")


def end_of(name: str) -> str:
    """The id of a chapter's end, which no anchor and no heading can have."""
    return f"{name}--het--"
