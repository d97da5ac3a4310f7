"""How long a text takes to speak: its syllables, and where each minute of its slot ends.

Words are counted as the module `syllables` counts them. What is not spoken counts for nothing: the opening, tables,
pictures, code, notes at the foot and in boxes, and blanks with what they ask for. Nor do the numbers of lists, which
are no text.
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
_OBJECT = "\ufffc"  # what Unicode has for a thing within text
_GAP = "\n\n"  # no piece runs from one block into the next
MINUTE = "minute"  # the class of marks
_WORD = re.compile(r"\S+")


def mark_minutes(root: HtmlElement, minutes: int) -> None:
    """Mark in a speech's tree wherever a minute of its slot ends, when it is spoken evenly.

    Marks are `<span class="minute" data-minute="3">`, empty, one for each whole minute but the last; their `data-role`
    keeps screen readers from them. Each stands before the spoken word nearest to its minute's end: never within a word,
    nor within what no line may break, nor where nothing is spoken. The text stays as it is. Nothing is marked where no
    word is spoken, or the slot is of one minute.
    """
    words = [word for word in _words(root) if word.syllables]
    starts = list(accumulate((word.syllables for word in words), initial=0))
    for minute in range(minutes - 1, 0, -1):  # the last first, for a mark moves what stands behind it
        if words:
            words[_nearest(starts[:-1], starts[-1] * minute / minutes)].mark(minute)


def syllables(root: HtmlElement) -> int:
    """How many syllables of the finished tree are spoken."""
    return sum(word.syllables for word in _words(root))


def pace(root: HtmlElement, minutes: int) -> int:
    """How many syllables a minute the finished tree needs to be spoken in `minutes`, which is 1 or more."""
    return round(syllables(root) / minutes)


def _nearest(starts: list[int], wanted: float) -> int:
    """The index of the value nearest to the wanted one; `starts` ascends."""
    after = bisect_left(starts, wanted)
    return min((index for index in (after - 1, after) if 0 <= index < len(starts)),
               key=lambda index: abs(starts[index] - wanted))


@dataclass(frozen=True)
class _Place:
    """In an element's `text` or `tail`, so many characters from its start."""

    element: HtmlElement
    slot: str
    offset: int

    @classmethod
    def before(cls, element: HtmlElement) -> "_Place":
        """Right before an element."""
        former = element.getprevious()
        if former is None:
            return cls(element.getparent(), "text", len(element.getparent().text or ""))
        return cls(former, "tail", len(former.tail or ""))

    def insert(self, mark: HtmlElement) -> None:
        """Put the mark there, before whatever has been put there already."""
        insert(self.element, self.slot, self.offset, mark)


@dataclass(frozen=True)
class _Word:
    """What stands between two spaces, over all elements that it runs through, or is kept on one line."""

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
    """Text in an element's `slot`, or a sign for the element itself where that is ""."""

    element: HtmlElement
    slot: str
    text: str

    def place(self, offset: int) -> _Place:
        """Where so many letters of the text have passed; before a citation or mention that begins there, not within."""
        begins = self.slot == "text" and not offset and self.element.tag == "span"
        return _Place.before(self.element) if begins or not self.slot else _Place(self.element, self.slot, offset)


def _words(root: HtmlElement) -> list[_Word]:
    """The words in reading order, those of no syllable too; a piece that no line may break is one word."""
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
    """All spoken text in reading order, a gap where lines and blocks end, a sign for silent things in a line."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        ends, silent = event == "end", _is_silent(element)
        if element.tag not in _INLINE:
            yield _Run(element, "", _GAP)
        elif silent and not ends:
            yield _Run(element, "", _OBJECT)
        if silent and not ends:
            walk.skip_subtree()
        elif text := element.tail if ends else element.text:
            yield _Run(element, "tail" if ends else "text", text)


def _is_silent(element: HtmlElement) -> bool:
    return element.tag in _SILENT_TAGS or not _SILENT_CLASSES.isdisjoint(_classes(element))


def _classes(element: HtmlElement) -> list[str]:
    return str(element.get("class") or "").split()
