"""The texts that rules are asked about, and the one way to walk over their words."""

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
from proceedings.schema import Status
from proceedings.text.shown import Shown, shown, shown_settings
from proceedings.text.source import Block, Document, Kind

_CODE = re.compile(r"`[^`\n]*`")
_SENTENCES = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE})


@dataclass(frozen=True)
class Text:
    """A document, or mkdocs.yml, as rules see it; `file` is its path as problems show it.

    `printed` is what the volume holds; `entry` is the speech or the report that the document is, if it is one.
    """

    document: Document
    file: str
    printed: bool = False
    entry: Speech | Report | None = None
    is_settings: bool = False

    @property
    def path(self) -> str:
        """Its path under docs/."""
        return self.document.path

    @property
    def markdown(self) -> str:
        """All of it, as it stands in the file."""
        return self.document.text

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines of the file, without line ends."""
        return self.document.lines

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks."""
        return self.document.blocks

    @property
    def finished(self) -> bool:
        """Whether it is a speech or the report, and no outline any more."""
        return self.entry is not None and self.entry.delivery.status is not Status.OUTLINE

    @property
    def is_plan(self) -> bool:
        """Whether it is the plan, whose words are kept as issued."""
        return self.document.path == schema.PLAN

    def at(self, line: int) -> Place:
        """A line of it."""
        return Place(self.file, line)

    def shown(self) -> Iterator[Shown]:
        """What readers see of it: entities, escapes and markup are resolved."""
        return shown_settings(self.document) if self.is_settings else shown(self.document)

    @cached_property
    def passages(self) -> tuple["Passage", ...]:
        """Its words: each line of the front matter as it stands, then each block's prose at the block's line."""
        head = enumerate(self.lines[: self.document.front_matter_lines], 1)
        return (*(Passage(self, line, words) for line, words in head),
                *(Passage(self, block.line, block.prose, block) for block in self.blocks))

    @property
    def body(self) -> tuple["Passage", ...]:
        """Its words without the front matter."""
        return self.passages[self.document.front_matter_lines:]

    @cached_property
    def _starts(self) -> list[int]:
        return sorted({block.line for block in self.blocks})

    def end_of(self, line: int) -> int:
        """The last line of the block that begins on a line, blank lines below it included."""
        following = bisect_right(self._starts, line)
        return self._starts[following] - 1 if following < len(self._starts) else len(self.lines)

    def raw_lines(self, first: int) -> Iterator[str]:
        """The lines of the file from one on up to the next blank one, without code."""
        return (_CODE.sub("", line) for line in takewhile(str.strip, self.lines[first - 1:]))


@dataclass(frozen=True)
class Passage:
    """Words that begin on a line: a line of the front matter, or a block, which may go on over several lines."""

    text: Text
    line: int
    words: str
    block: Block | None = None

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.text.at(self.line)

    @property
    def has_sentences(self) -> bool:
        """Whether these are sentences, and no heading, cell or field."""
        return self.block is not None and self.block.kind in _SENTENCES

    def line_of(self, found: re.Match[str]) -> int:
        """The line of the file on which what was found in the words begins."""
        word = found[0].split()[0]
        before = self.words.count(word, 0, found.start())
        for number, line in enumerate(self._lines, self.line):
            before -= line.count(word)
            if before < 0:
                return number
        return self.line

    def edits(self, start: int, end: int, right: str) -> tuple[Edit, ...]:
        """The correction that writes `right` for a piece of the words; none where markup or a line end is within it."""
        wrong = self.words[start:end]
        if self.block is None:
            return (Edit(self.line, start, end, right),)
        lines = enumerate(takewhile(str.strip, self.text.lines[self.line - 1:self.text.end_of(self.line)]), self.line)
        places = [(number, at.start()) for number, line in lines for at in re.finditer(re.escape(wrong), line)]
        before = self.words.count(wrong, 0, start)
        if len(places) != self.words.count(wrong) or before >= len(places):
            return ()  # markup parts it, or a link's address has it as well
        number, at = places[before]
        return (Edit(number, at, at + len(wrong), right),)

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        return tuple(self.text.raw_lines(self.line))


# --- Which texts -----------------------------------------------------------------------
class Texts(NamedTuple):
    """All documents of a conference in the order of their paths, those of the volume in its order, and mkdocs.yml."""

    all: tuple[Text, ...]
    volume: tuple[Text, ...]
    settings: tuple[Text, ...]


def texts_of(conference: Conference) -> Texts:
    """The texts of a conference."""
    printed = frozenset(conference.printed)
    found = {path: Text(document, conference.place(path).path, path in printed,
                        conference.report if path == schema.REPORT else conference.speech_at(path))
             for path, document in conference.documents.items()}
    settings = conference.settings
    return Texts(tuple(found.values()), tuple(found[path] for path in conference.printed),
                 (Text(settings, settings.path, is_settings=True),) if settings else ())


@dataclass(frozen=True)
class Scope:
    """Which texts a rule is asked about: all or only those of the volume; only these paths, if any; all but those.

    Of a `finished` scope outlines are left out: the plan and what is delivered remain. `settings` adds mkdocs.yml.
    """

    volume: bool = True
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    finished: bool = False
    settings: bool = False

    def of(self, texts: Texts) -> tuple[Text, ...]:
        """Those of the texts, in their order, or in that of the paths asked for."""
        found = {text.path: text for text in (*(texts.volume if self.volume else texts.all),
                                            *(texts.settings if self.settings else ()))}
        return tuple(found[path] for path in self.only or found if path in found and path not in self.but
                     and (not self.finished or found[path].finished or found[path].is_plan))


ALL = Scope(volume=False)
ALL_AND_SETTINGS = Scope(volume=False, settings=True)
VOLUME = Scope()
THE_PLAN = Scope(only=(schema.PLAN,))
OWN_WORDS = Scope(but=(schema.CITED_DOCUMENTS,))  # without the names of documents, which are written as issued
USES = Scope(but=(schema.ABBREVIATIONS,))  # without the list that explains the abbreviations
BUT_REGISTERS = Scope(but=schema.REGISTERS)
FINISHED = Scope(but=schema.REGISTERS, finished=True)
RUNNING = Scope(but=(schema.AGENDA, *schema.REGISTERS))  # texts with headings and lists of their own
