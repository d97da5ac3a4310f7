"""Speaking time of a text: number of syllables, and the position of each full minute.

Counts as the module `syllables` does. Not counted are the opening, tables, pictures, code, footnotes, boxes, and
blanks; the numbers of lists are not part of the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree, html
from lxml.html import HtmlElement

from proceedings.html.rendering import insert
from proceedings.text.language.syllables import read_syllables
from proceedings.text.language.unbreakable import unbreakable

_INLINE = frozenset("a abbr b code del em i img ins kbd mark q s small span strong sub sup u".split())
_SILENT_TAGS = frozenset("code figure img kbd pre sup table".split())
_SILENT_CLASSES = frozenset("admonition blank footnote headerlink foot-note opening".split())
_OBJECT = "\ufffc"  # Unicode's object replacement character
_GAP = "\n\n"  # ends blocks; no unbreakable piece contains it
MINUTE = "minute"  # class of the marks
_WORD = re.compile(r"\S+")


def mark_minutes(root: HtmlElement, minutes: int) -> None:
    """Insert a mark at each full minute of a speech's slot, assuming a constant speaking rate.

    Marks are empty elements `<span class="minute" data-minute="3">`, one for each minute except the last; their
    `data-role` hides them from screen readers. Each is placed before the spoken word nearest to its time: not within
    words or unbreakable pieces, nor in parts that are not spoken. The text is unchanged. There are no marks if no word
    is spoken or the slot has one minute.
    """
    words = [word for word in _words(root) if word.syllables]
    starts = list(accumulate((word.syllables for word in words), initial=0))
    for minute in range(minutes - 1, 0, -1):  # in reverse order, because a mark shifts the text after it
        if words:
            words[_nearest(starts[:-1], starts[-1] * minute / minutes)].mark(minute)


def syllables(root: HtmlElement) -> int:
    """Return the number of spoken syllables in a finished tree."""
    return sum(word.syllables for word in _words(root))


def pace(root: HtmlElement, minutes: int) -> int:
    """Return the syllables per minute needed to speak a finished tree in `minutes` (1 or more)."""
    return round(syllables(root) / minutes)


def _nearest(starts: list[int], wanted: float) -> int:
    """Return the index of the nearest value in ascending `starts`."""
    after = bisect_left(starts, wanted)
    return min((index for index in (after - 1, after) if 0 <= index < len(starts)),
               key=lambda index: abs(starts[index] - wanted))


@dataclass(frozen=True)
class _Place:
    """A position in an element's `text` or `tail`, `offset` characters from its start."""

    element: HtmlElement
    slot: str
    offset: int

    @classmethod
    def before(cls, element: HtmlElement) -> "_Place":
        """Return the position immediately before an element."""
        former = element.getprevious()
        if former is None:
            return cls(element.getparent(), "text", len(element.getparent().text or ""))
        return cls(former, "tail", len(former.tail or ""))

    def insert(self, mark: HtmlElement) -> None:
        """Insert a mark here, before any marks already inserted."""
        insert(self.element, self.slot, self.offset, mark)


@dataclass(frozen=True)
class _Word:
    """Text between two spaces, possibly across elements, or an unbreakable span."""

    place: _Place
    text: str

    @property
    def syllables(self) -> int:
        return read_syllables(self.text)

    def mark(self, minute: int) -> None:
        self.place.insert(html.Element("span", {"class": MINUTE, "data-minute": str(minute),
                                                "data-role": "Artifact"}))


@dataclass(frozen=True)
class _Run:
    """Text in an element's `slot`, or a placeholder for the element if `slot` is ""."""

    element: HtmlElement
    slot: str
    text: str

    def place(self, offset: int) -> _Place:
        """Where so many letters of the text have passed; before a citation or mention that begins there, not within."""
        begins = self.slot == "text" and not offset and self.element.tag == "span"
        return _Place.before(self.element) if begins or not self.slot else _Place(self.element, self.slot, offset)


def _words(root: HtmlElement) -> list[_Word]:
    """Return the words in reading order, including those without syllables; an unbreakable piece is one word."""
    runs = list(_runs(root))
    starts = list(accumulate((len(run.text) for run in runs), initial=0))
    text = "".join(run.text for run in runs)
    words: list[_Word] = []
    for start, end in _spans(text):
        index = bisect_right(starts, start) - 1
        words.append(_Word(runs[index].place(start - starts[index]), text[start:end]))
    return words


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text begin and end; words that the same piece runs through are one."""
    pieces = unbreakable(text)
    piece = next(pieces, None)
    start = end = glued = 0  # of the last word, and where the last piece ends that it runs into
    for found in _WORD.finditer(text):
        if found.start() >= glued:
            if end:
                yield start, end
            start = found.start()
        end = found.end()
        while piece and piece.start() < end:
            glued = piece.end()
            piece = next(pieces, None)
    if end:
        yield start, end


def _runs(root: HtmlElement) -> Iterator[_Run]:
    """Yield the spoken text in reading order.

    There is a gap at the end of lines and blocks, and a placeholder for unspoken inline content.
    """
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        ends, classes = event == "end", str(element.get("class") or "").split()
        silent = element.tag in _SILENT_TAGS or not _SILENT_CLASSES.isdisjoint(classes)
        if element.tag not in _INLINE:
            yield _Run(element, "", _GAP)
        elif silent and not ends:
            yield _Run(element, "", _OBJECT)
        if silent and not ends:
            walk.skip_subtree()
        elif text := element.tail if ends else element.text:
            yield _Run(element, "tail" if ends else "text", text)
