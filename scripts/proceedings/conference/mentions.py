"""Index of mentions of registered documents, units and themes in the documents of the volume."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from proceedings import schema
from proceedings.conference.model import CitedDocument, Conference, Theme
from proceedings.conference.navigation import short_title
from proceedings.text.source import Document, Kind

_DEEPEST = 30
# These documents list every unit, so their mentions carry no information.
_NAMING_ALL = frozenset({schema.AGENDA, schema.PLAN})


# --- Patterns ------------------------------------------------------------------------
def alternatives(names: Iterable[str]) -> str:
    """Return a regular expression for the longest matching name, with any whitespace between words.

    Common prefixes are factored out (a trie), so that matching takes nearly the same time for thousands of names.
    """
    distinct = sorted({" ".join(name.split()) for name in names} - {""})
    return _branches(distinct) if distinct else r"(?!)"


def _branches(names: Sequence[str], depth: int = 0) -> str:
    """Build the expression for sorted names.

    The depth is limited, because patterns are compiled recursively.
    """
    if depth == _DEEPEST:
        return f"(?:{'|'.join(re.escape(name) for name in reversed(names))})".replace(r"\ ", r"\s+")
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(names[0], names[-1], strict=False))
    start = "".join(letter for letter, _ in alike)
    rests = [name[len(start):] for name in names]
    groups = groupby(filter(None, rests), key=lambda rest: rest[0])
    below = "|".join(_branches(list(group), depth + 1) for _, group in groups)
    found = re.escape(start).replace(r"\ ", r"\s+")
    return f"{found}(?:{below}){'?' if '' in rests else ''}" if below else found


def numbers(documents: Iterable[CitedDocument]) -> str:
    """Return a regular expression for any of the documents' numbers, not within a longer number."""
    return rf"(?<![\d/]){alternatives(document.number for document in documents)}(?![\w-])"


def announced(documents: Iterable[CitedDocument]) -> str:
    """The same with "số" before it, if that stands there; the number itself is the group `number`."""
    return rf"(?:(?<!\w)(?i:số)\s)?(?P<number>{numbers(documents)})"


def whole(names: Iterable[str]) -> str:
    """Return a regular expression that matches any of the names as whole words."""
    return rf"(?<!\w){alternatives(names)}(?!\w)"


def plain(text: str) -> str:
    """Normalize whitespace to single spaces, as names are looked up."""
    return " ".join(text.split())


# --- What is found ---------------------------------------------------------------------
@dataclass(frozen=True)
class Spot:
    """A section with `count` mentions; `anchor` and `heading` are "" before the first heading."""

    anchor: str
    heading: str
    count: int


@dataclass(frozen=True)
class Mention:
    """A document with the sections that mention something."""

    path: str
    title: str
    spots: tuple[Spot, ...]

    @property
    def count(self) -> int:
        """Total number of mentions in the document."""
        return sum(spot.count for spot in self.spots)


Found = Mapping[str, tuple[Mention, ...]]


@dataclass(frozen=True)
class Mentions:
    """Mentions of cited documents, units and themes, each in the order of the volume.

    `citations` is keyed by document number, `units` by unit name, `themes` by theme name; keys without mentions are
    absent. `cited_by` maps the path of a document to the numbers it cites. The agenda and the plan are not searched
    for units, since they name every unit.
    """

    citations: Found
    units: Found
    themes: Found
    cited_by: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, conference: Conference) -> "Mentions":
        """Search the documents of the volume except its registers; a speech does not count for its own unit."""
        texts = tuple(_texts(conference))
        citations = _find(texts, _Search.citations(conference.cited_documents))
        speaking = tuple(text for text in texts if text.path not in _NAMING_ALL)
        units = _find(speaking, _Search.units(conference))
        cited_by: dict[str, list[str]] = {}
        for number, mentions in citations.items():
            for mention in mentions:
                cited_by.setdefault(mention.path, []).append(number)
        return cls(citations, units, _find(texts, _Search.themes(conference.themes)),
                   {path: tuple(found) for path, found in cited_by.items()})


def absent_themes(conference: Conference) -> tuple[Theme, ...]:
    """Return the themes that no document mentions."""
    left = _absent(conference, _Search.themes(conference.themes), (plain(theme.name) for theme in conference.themes))
    return tuple(theme for theme in conference.themes if plain(theme.name) in left)


def uncited_documents(conference: Conference) -> tuple[CitedDocument, ...]:
    """Return the registered documents that no document cites."""
    documents = conference.cited_documents
    left = _absent(conference, _Search.citations(documents), (plain(each.number) for each in documents))
    return tuple(document for document in documents if plain(document.number) in left)


def _absent(conference: Conference, search: "_Search", names: Iterable[str]) -> set[str]:
    """Return those of the names that no document mentions."""
    left = set(names)
    for text in _texts(conference) if left else ():
        left -= {name for _, _, words in text.sections() for name in search.names_in(words)}
        if not left:
            break
    return left


# --- Finding ------------------------------------------------------------------------------
_APART = "\n|\n"  # separates blocks, so that no name matches across them


@dataclass(frozen=True)
class _Text:
    """A document to be searched; `unit` and `topic` are those of a speech, else ""."""

    path: str
    title: str
    unit: str
    topic: str
    document: Document

    def sections(self) -> Iterator[tuple[str, str, str]]:
        """Yield anchor, heading and text of each section."""
        anchor = heading = ""
        words = [self.topic]
        for block in self.document.blocks:
            if block.kind is Kind.HEADING:
                yield anchor, heading, _APART.join(words)
                # The level-1 heading is the title of the page; text below it belongs to the part without heading.
                anchor, heading = (block.anchor, plain(block.text)) if block.level > 1 else ("", "")
                words = []
            words.append(block.prose)
        yield anchor, heading, _APART.join(words)


@dataclass(frozen=True)
class _Search:
    """A pattern and the names that each of its matches refers to; if `folded`, matching ignores case."""

    pattern: re.Pattern[str]
    names: Mapping[str, tuple[str, ...]]
    folded: bool = False

    @classmethod
    def citations(cls, documents: Iterable[CitedDocument]) -> "_Search":
        documents = tuple(documents)
        return cls(re.compile(numbers(documents)), {plain(each.number): (plain(each.number),) for each in documents})

    @classmethod
    def units(cls, conference: Conference) -> "_Search":
        names = (*(each.unit for each in conference.plan.assignments),
                 *(speech.unit for speech in conference.speeches.values()))
        return cls(re.compile(whole(names)), {plain(name): (name,) for name in names})

    @classmethod
    def themes(cls, themes: Iterable[Theme]) -> "_Search":
        names: dict[str, tuple[str, ...]] = {}
        for theme in themes:
            for word in theme.words:
                names[plain(word.lower())] = (*names.get(plain(word.lower()), ()), plain(theme.name))
        return cls(re.compile(whole(names)), names, folded=True)

    def names_in(self, words: str) -> Iterator[str]:
        """Yield the names mentioned in the text, once per occurrence."""
        for match in self.pattern.finditer(words.lower() if self.folded else words):
            yield from self.names[plain(match[0])]


def _texts(conference: Conference) -> Iterator[_Text]:
    for path in conference.printed:
        if path not in schema.REGISTERS:
            speech = conference.speech_at(path)
            unit, topic = (speech.unit, speech.topic) if speech else ("", "")
            yield _Text(path, short_title(conference, path), unit, topic, conference.documents[path])


def _find(texts: Iterable[_Text], search: _Search) -> Found:
    found: dict[str, list[Mention]] = {}
    for text in texts:
        for name, spots in _spots(text, search).items():
            if name != text.unit:
                found.setdefault(name, []).append(Mention(text.path, text.title, spots))
    order = dict.fromkeys(name for names in search.names.values() for name in names)
    return {name: tuple(found[name]) for name in order if name in found}


def _spots(text: _Text, search: _Search) -> dict[str, tuple[Spot, ...]]:
    """Return the sections that mention something, in document order, by name."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for anchor, heading, words in text.sections():
        counts.update((name, anchor, heading) for name in search.names_in(words))
    found: dict[str, tuple[Spot, ...]] = {}
    for (name, anchor, heading), count in counts.items():
        found[name] = (*found.get(name, ()), Spot(anchor, heading, count))
    return found
