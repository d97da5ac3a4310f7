"""Speaking time of a text: number of syllables, and the position of each full minute.

Counts as the module `syllables` does. Not counted are the opening, tables, pictures, code, footnotes, boxes, and
blanks; the numbers of lists are not part of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree, html
from lxml.html import HtmlElement

from proceedings.html.rendering import insert, parse, serialise
from proceedings.text.language.syllables import read_syllables

_INLINE = frozenset("a abbr b code del em i img ins kbd mark q s small span strong sub sup u".split())
_SILENT_TAGS = frozenset("code figure img kbd pre sup table".split())
_SILENT_CLASSES = frozenset("admonition blank footnote headerlink foot-note opening".split())
_OBJECT = "\ufffc"  # Unicode's object replacement character
MINUTE = "minute"  # class of the marks
_GLUED = "nowrap"  # class of the spans that `rendering` keeps on one line
_WORD = re.compile(r"\S+")
_WORDS = re.compile(r"\S+(?:\s+\S+)*")


def mark_minutes(content: str, minutes: int) -> str:
    """Insert a mark at each full minute of a speech's slot, assuming a constant speaking rate.

    Marks are empty elements `<span class="minute" data-minute="3">`, one for each minute except the last; their
    `data-role` hides them from screen readers. Each is placed before the spoken word nearest to its time: not within
    words or unbreakable spans, nor in parts that are not spoken. The text is unchanged. There are no marks if no word
    is spoken or the slot has one minute.
    """
    root = parse(content)
    words = [word for word in _words(root) if word.syllables]
    starts = list(accumulate((word.syllables for word in words), initial=0))
    for minute in range(minutes - 1, 0, -1):  # in reverse order, because a mark shifts the text after it
        if words:
            words[_nearest(starts[:-1], starts[-1] * minute / minutes)].mark(minute)
    return serialise(root)


def syllables(content: str) -> int:
    """Return the number of spoken syllables in finished HTML."""
    return sum(word.syllables for word in _words(parse(content)))


def pace(content: str, minutes: int) -> int:
    """Return the syllables per minute needed to speak finished HTML in `minutes` (1 or more)."""
    return round(syllables(content) / minutes)


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


@dataclass
class _Word:
    """Text between two spaces, possibly across elements, or an unbreakable span."""

    place: _Place
    text: list[str] = field(default_factory=list)

    @property
    def syllables(self) -> int:
        return read_syllables("".join(self.text))

    def mark(self, minute: int) -> None:
        self.place.insert(html.Element("span", {"class": MINUTE, "data-minute": str(minute),
                                                "data-role": "Artifact"}))


@dataclass(frozen=True)
class _Run:
    """Text in an element's `slot`, or a placeholder for the element if `slot` is "".

    `glue` is the unbreakable span that contains it.
    """

    element: HtmlElement
    slot: str
    text: str
    glue: HtmlElement | None

    def place(self, offset: int) -> _Place:
        if self.glue is not None or not self.slot:
            return _Place.before(self.element if self.glue is None else self.glue)
        return _Place(self.element, self.slot, offset)


def _words(root: HtmlElement) -> list[_Word]:
    """Return the words in reading order, including those without syllables."""
    words: list[_Word] = []
    joined, glue = False, None  # whether the next run continues the last word; the unbreakable span of that word
    for run in _runs(root):
        for found in (_WORDS if run.glue is not None else _WORD).finditer(run.text):
            if (joined and not found.start()) or (glue is not None and glue is run.glue):
                words[-1].text.append(found[0])
            else:
                words.append(_Word(run.place(found.start()), [found[0]]))
        joined, glue = not run.text[-1].isspace(), run.glue
    return words


def _runs(root: HtmlElement) -> Iterator[_Run]:
    """Yield the spoken text in reading order.

    There is a space at the end of lines and blocks, and a placeholder for unspoken inline content.
    """
    glue = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        ends, silent = event == "end", _is_silent(element)
        if ends and element is glue:
            glue = None
        elif not ends and glue is None and _GLUED in _classes(element):
            glue = element
        if element.tag not in _INLINE:
            yield _Run(element, "", " ", glue)
        elif silent and not ends:
            yield _Run(element, "", _OBJECT, glue)
        if silent and not ends:
            walk.skip_subtree()
        elif text := element.tail if ends else element.text:
            yield _Run(element, "tail" if ends else "text", text, glue)


def _is_silent(element: HtmlElement) -> bool:
    return element.tag in _SILENT_TAGS or not _SILENT_CLASSES.isdisjoint(_classes(element))


def _classes(element: HtmlElement) -> list[str]:
    return str(element.get("class") or "").split()
