"""Keeps on one line what no line may break: the last step that changes a finished tree, for page and paper alike."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from proceedings.html.rendering import parse, serialise
from proceedings.text.language.unbreakable import LONGEST, unbreakable

_CLASS = "nowrap"
_VERBATIM = frozenset({"code", "kbd", "pre"})
_EMPHASIS = frozenset({"a", "abbr", "b", "em", "i", "strong", "u"})
_MARKS = frozenset({"abbr", "citation", "cite", "gap", "mention", "minute"})  # what this project puts into running text
# Parts of templates whose lines are ruled by their styles.
_TEMPLATES = frozenset({"mentioned", "opening__facts", "opening__number", "register", "tally"})
_SHORT = 28  # letters of a piece together with the rest of the emphasis that it runs into or out of


def keep_together(root: HtmlElement) -> None:
    """Put each piece that no line may break into a span of its own, whatever elements it runs through.

    What is put into the tree afterwards, or taken out of it, may break pieces or leave spans around none.
    """
    for run in list(_runs(root)):
        run.keep_together()


@lru_cache(maxsize=5_000)  # names and subjects of documents come on many pages
def unbroken(text: str) -> Markup:
    """Plain text as HTML in which pieces are kept together, for templates whose output is part of no text's tree."""
    root = parse(str(escape(text)))
    keep_together(root)
    return Markup(serialise(root))  # noqa: S704 - escaped above


@dataclass(frozen=True)
class _Slot:
    """An element's "text" or "tail", which are these letters of a run."""

    element: HtmlElement
    name: str
    start: int
    end: int

    @property
    def holder(self) -> HtmlElement:
        """The element whose content it is."""
        return self.element if self.name == "text" else self.element.getparent()

    def wrap(self, pieces: Sequence[tuple[int, int]]) -> None:
        """Put these letters of the run, in order, each into a span: at once, for each change copies the whole text."""
        text: str = getattr(self.element, self.name)
        setattr(self.element, self.name, None)
        cuts = [(start - self.start, end - self.start) for start, end in pieces]
        rest = len(text)
        for start, end in reversed(cuts):
            span = _span()
            span.text, span.tail, rest = text[start:end], text[end:rest], start
            self._put(span)
        setattr(self.element, self.name, text[:rest])

    def cut(self, span: HtmlElement, letter: int) -> None:
        """Put a span before this letter of the run, which it takes with all that follows in the slot."""
        text: str = getattr(self.element, self.name)
        setattr(self.element, self.name, None)
        self._put(span)
        span.text = text[letter - self.start:]
        setattr(self.element, self.name, text[:letter - self.start])

    def _put(self, span: HtmlElement) -> None:
        if self.name == "text":
            self.element.insert(0, span)
        else:
            self.element.addnext(span)


@dataclass
class _Run:
    """Text that may stand on one line, through emphasis, links and marks.

    `starts` and `ends` are the letters at which those begin and end that do so within the run.
    """

    texts: list[str] = field(default_factory=list)
    letters: int = 0
    slots: list[_Slot] = field(default_factory=list)
    starts: dict[HtmlElement, int] = field(default_factory=dict)
    ends: dict[HtmlElement, int] = field(default_factory=dict)

    def add(self, element: HtmlElement, name: str) -> None:
        """Go on with an element's "text" or "tail"."""
        text = getattr(element, name)
        if text and (self.slots or not text.isspace()):  # no piece begins with a space
            self.slots.append(_Slot(element, name, self.letters, self.letters + len(text)))
            self.texts.append(text)
            self.letters += len(text)

    def keep_together(self) -> None:
        """Enclose all pieces, the last first, so that the places of those before it stay right."""
        text = "".join(self.texts)
        for index, pieces in groupby(reversed(list(unbreakable(text))), lambda piece: self._slot_of(*piece.span())):
            if index is not None:
                self.slots[index].wrap([piece.span() for piece in pieces][::-1])
                continue
            for piece in pieces:
                first, last = self._slot_at(piece.start()), self._slot_at(piece.end() - 1)
                if not self._enclose(self.slots[first], self.slots[last], *piece.span()):
                    _wrap_parts(self.slots[first:last + 1], text, *piece.span())

    def _slot_of(self, start: int, end: int) -> int | None:
        """The slot in which all of a piece stands; None if it runs through several or fills a mark."""
        slot = self._slot_at(start)
        return None if end > self.slots[slot].end or self._fills_mark(self.slots[slot].holder, start, end) else slot

    def _slot_at(self, letter: int) -> int:
        return bisect_right(self.slots, letter, key=lambda slot: slot.start) - 1

    def _fills_mark(self, element: HtmlElement, start: int, end: int) -> bool:
        return (self.starts.get(element), self.ends.get(element)) == (start, end) and element.get("class") in _MARKS

    def _enclose(self, first: _Slot, last: _Slot, start: int, end: int) -> bool:
        """Put a piece with all of the elements that it runs into or out of into one span, unless that would be long."""
        around = _common(first.holder, last.holder)
        head, tail = _child(around, first.holder), _child(around, last.holder)
        while self._fills_mark(around, start, end):
            head = tail = around
            around = around.getparent()
        whole = (start if head is None else self.starts.get(head, -LONGEST),
                 end if tail is None else self.ends.get(tail, end + LONGEST))
        if whole != (start, end) and whole[1] - whole[0] > _SHORT:
            return False
        span = _span()
        if head is None:
            first.cut(span, start)
        else:
            head.addprevious(span)
        _move_in(span, last.element if tail is None else tail, end - last.start if tail is None else 0)
        return True


def _wrap_parts(slots: Sequence[_Slot], text: str, start: int, end: int) -> None:
    """Keep together what is a piece within one of the slots already, where the whole piece can't be."""
    for slot in reversed(slots):
        begin = max(start, slot.start)
        slot.wrap([(begin + found.start(), begin + found.end())
                   for found in unbreakable(text[begin:min(end, slot.end)])])


def _runs(root: HtmlElement) -> Iterator[_Run]:
    run = _Run()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        # Text goes on through it: emphasis, a link, a mark.
        through = element.tag in _EMPHASIS or (element.tag == "span" and element.get("class") in _MARKS)
        if not through and (run.slots or run.starts):
            yield run
            run = _Run()
        if event == "end":
            if through and element in run.starts:
                run.ends[element] = run.letters
            if element is not root:
                run.add(element, "tail")
        elif element.tag in _VERBATIM or not _TEMPLATES.isdisjoint((element.get("class") or "").split()):
            walk.skip_subtree()
        else:
            if through:
                run.starts[element] = run.letters
            run.add(element, "text")
    yield run


def _span() -> HtmlElement:
    return html.Element("span", {"class": _CLASS})


def _common(one: HtmlElement, other: HtmlElement) -> HtmlElement:
    """The innermost element that holds both, which may be one of them."""
    around = {one, *one.iterancestors()}
    return next(element for element in (other, *other.iterancestors()) if element in around)


def _child(around: HtmlElement, within: HtmlElement) -> HtmlElement | None:
    """The child of an element that another one is or is in; None if that is the element itself."""
    found = None
    while within is not around:
        found, within = within, within.getparent()
    return found


def _move_in(span: HtmlElement, last: HtmlElement, letters: int) -> None:
    """Move what follows a span into it, up to this element and so many letters of the text behind it."""
    rest = last.tail or ""
    last.tail = rest[:letters]
    while last.getparent() is not span:
        span.append(span.getnext())
    span.tail = rest[letters:]
