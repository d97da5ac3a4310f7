"""The texts that rules check, and iteration over their passages."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from proceedings import schema
from proceedings.conference.model import Conference, Report, Speech
from proceedings.problems import Edit, Place
from proceedings.text.shown import Shown, shown, shown_settings
from proceedings.text.slugs import small
from proceedings.text.source import Block, Document, Kind

_CODE = re.compile(r"`[^`\n]*`")
# What readers do not see as words: code, targets of links, comments. Repeats are bounded, so that no line takes long.
_UNREAD = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).{1,300}?(?<!`)(?P=ticks)(?!`)|\]\([^\s()]*|<!--.{0,300}?-->")
_WORD = re.compile(r"[^\W_]+")
_SENTENCES = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE})


@dataclass(frozen=True)
class Text:
    """A document, or mkdocs.yml, as rules see it; `file` is its path in problems.

    `printed` is true for the documents of the volume; `entry` is the speech or the report in the document, if any.
    """

    document: Document
    file: str
    printed: bool = False
    entry: Speech | Report | None = None
    is_settings: bool = False

    @property
    def path(self) -> str:
        """The path under docs/."""
        return self.document.path

    @property
    def markdown(self) -> str:
        """The whole source of the file."""
        return self.document.text

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines of the file, without line terminators."""
        return self.document.lines

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the document."""
        return self.document.blocks

    @property
    def delivered(self) -> bool:
        """Whether it is a speech or the report, and not an outline."""
        return self.entry is not None and self.entry.delivery.delivered

    @property
    def is_plan(self) -> bool:
        """Whether it is the plan, whose text is kept as issued."""
        return self.document.path == schema.PLAN

    def at(self, line: int) -> Place:
        """Return a line of the text as a place for problems."""
        return Place(self.file, line)

    def at_key(self, key: str) -> Place:
        """Return the line of a front matter key; of the front matter itself if the key is absent."""
        return self.at(self.document.front_matter.line_of(key))

    def shown(self) -> Iterator[Shown]:
        """Yield the text as readers see it: entities, escapes and markup are resolved."""
        return shown_settings(self.document) if self.is_settings else shown(self.document)

    @cached_property
    def passages(self) -> tuple["Passage", ...]:
        """The passages: each front matter line as typed, then the prose of each block at the block's line."""
        head = enumerate(self.lines[: self.document.front_matter_lines], 1)
        return (*(Passage(self, line, words) for line, words in head),
                *(Passage(self, block.line, block.prose, block) for block in self.blocks))

    @property
    def body(self) -> tuple["Passage", ...]:
        """The passages without the front matter."""
        return self.passages[self.document.front_matter_lines:]

    @cached_property
    def _starts(self) -> list[int]:
        return sorted({block.line for block in self.blocks})

    def end_of(self, line: int) -> int:
        """Return the last line of the block that begins on a line, including blank lines below it."""
        following = bisect_right(self._starts, line)
        return self._starts[following] - 1 if following < len(self._starts) else len(self.lines)

    def raw_lines(self, first: int) -> Iterator[str]:
        """Yield the lines of the file from `first` up to the next blank one, without code."""
        return (_CODE.sub("", line) for line in takewhile(str.strip, self.lines[first - 1:]))


@dataclass(frozen=True)
class Passage:
    """Text that begins on a line: a front matter line, or a block, which may extend over several lines."""

    text: Text
    line: int
    words: str
    block: Block | None = None

    @property
    def place(self) -> Place:
        """Its first line."""
        return self.text.at(self.line)

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """Its words and numbers as written, without the characters between them."""
        return tuple(_WORD.findall(self.words))

    @cached_property
    def small(self) -> tuple[str, ...]:
        """Its words and numbers in lower case."""
        return tuple(map(small, self.typed))

    @property
    def has_sentences(self) -> bool:
        """Whether the passage contains sentences, i.e. is not a heading, cell or field."""
        return self.block is not None and self.block.kind in _SENTENCES

    def line_of(self, found: re.Match[str]) -> int:
        """Return the line of the file on which a match begins."""
        word = found[0].split()[0]
        before = self.words.count(word, 0, found.start())
        for number, line in enumerate(self._lines, self.line):
            before -= line.count(word)
            if before < 0:
                return number
        return self.line

    def edits(self, start: int, end: int, right: str) -> tuple[Edit, ...]:
        """Return the correction that replaces a part of the passage; none if it contains markup or a line end.

        Equal words in code, targets of links and comments are left alone.
        """
        wrong = self.words[start:end]
        if self.block is None:
            return (Edit(self.line, start, end, right),)
        lines = enumerate(takewhile(str.strip, self.text.lines[self.line - 1:self.text.end_of(self.line)]), self.line)
        read = ((number, _UNREAD.sub(lambda unread: "\0" * len(unread[0]), line)) for number, line in lines)
        places = [(number, at.start()) for number, line in read for at in re.finditer(re.escape(wrong), line)]
        before = self.words.count(wrong, 0, start)
        if len(places) != self.words.count(wrong) or before >= len(places):
            return ()  # markup within the words
        number, at = places[before]
        return (Edit(number, at, at + len(wrong), right),)

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        return tuple(self.text.raw_lines(self.line))


# --- Which texts -----------------------------------------------------------------------
class Texts(NamedTuple):
    """The documents of a conference by path, those of the volume in its order, and mkdocs.yml."""

    all: tuple[Text, ...]
    volume: tuple[Text, ...]
    settings: tuple[Text, ...]


def texts_of(conference: Conference) -> Texts:
    """Return the texts of a conference."""
    printed = frozenset(conference.printed)
    found = {path: Text(document, conference.place(path).path, path in printed,
                        conference.report if path == schema.REPORT else conference.speech_at(path))
             for path, document in conference.documents.items()}
    settings = conference.settings
    return Texts(tuple(found.values()), tuple(found[path] for path in conference.printed),
                 (Text(settings, settings.path, is_settings=True),) if settings else ())


@dataclass(frozen=True)
class Scope:
    """The texts that a rule checks: all or those of the volume, optionally with or without some paths.

    A `delivered` scope excludes outlines: the plan and delivered texts remain. `settings` adds mkdocs.yml.
    """

    volume: bool = True
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    delivered: bool = False
    settings: bool = False

    def of(self, texts: Texts) -> tuple[Text, ...]:
        """Return the selected texts in their order, or in that of the requested paths."""
        found = {text.path: text for text in (*(texts.volume if self.volume else texts.all),
                                            *(texts.settings if self.settings else ()))}
        return tuple(found[path] for path in self.only or found if path in found and path not in self.but
                     and (not self.delivered or found[path].delivered or found[path].is_plan))


ALL = Scope(volume=False)
ALL_AND_SETTINGS = Scope(volume=False, settings=True)
VOLUME = Scope()
THE_PLAN = Scope(only=(schema.PLAN,))
OWN_WORDS = Scope(but=(schema.CITED_DOCUMENTS,))  # without the names of documents, which are quoted verbatim
USES = Scope(but=(schema.ABBREVIATIONS,))  # without the register that explains the abbreviations
BUT_REGISTERS = Scope(but=schema.REGISTERS)
DELIVERED = Scope(but=schema.REGISTERS, delivered=True)
RUNNING = Scope(but=(schema.AGENDA, *schema.REGISTERS))  # without texts that have headings and lists of their own
