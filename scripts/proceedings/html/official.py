"""Splitting of the plan's rendered text by anchors, for layout as an official document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from math import ceil

from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from proceedings.html.rendering import insert, parse, serialise
from proceedings.schema import Anchor
from proceedings.text.language import document_numbers

# Where a draft leaves the number or the date blank, print leaves space for handwriting.
_NO_NUMBER = re.compile(f"({document_numbers.OWN_BLANK})")
_NO_DAY = re.compile(r"(ngày\s+)(?=tháng)")
_NO_MONTH = re.compile(r"(tháng\s+)(?=năm)")
_BACKDROP = re.compile(r'<div class="backdrop">.*?</div>', re.DOTALL)
_GAP = r'\1<span class="gap"></span>'
_LINE = 62  # letters of the subject per printed line, in bold


def parts(root: HtmlElement) -> dict[str, str]:
    """Split the plan's finished tree into the HTML of its parts.

    The parts are `number`, `issued_on`, `title`, `subject`, `body`, `recipients` and `signature`. Every element goes
    to exactly one part with its text unchanged, so nothing is lost.
    """
    _mark_bases(root)
    _frame_backdrop(root)
    _fold_subject(root)
    _set_off_signer(root)
    found = {
        "number": with_gaps(_take(root, Anchor.NUMBER)),
        "issued_on": with_gaps(_take(root, Anchor.ISSUED_ON)),
        "title": _take(root, Anchor.KIND),
        "subject": _take(root, Anchor.SUBJECT),
        "signature": _take_from(root, Anchor.SIGNATURE),
        "recipients": _take_from(root, Anchor.RECIPIENTS),
    }
    # "ngày tháng năm" is a blank in the lines of the backdrop, but not in running text.
    return {**found, "body": _BACKDROP.sub(lambda frame: with_gaps(frame[0]), serialise(root))}


def with_gaps(text: str) -> str:
    """Insert space for handwriting where a draft leaves the number or the date blank."""
    for pattern in (_NO_NUMBER, _NO_DAY, _NO_MONTH):
        text = pattern.sub(_GAP, text)
    return text


def unfilled(line: str) -> Markup:
    """Return a plain line as HTML, with space for handwriting where it has blanks."""
    return Markup(with_gaps(str(escape(line))))  # noqa: S704 - escaped here


def _mark_bases(root: HtmlElement) -> None:
    """Set the class of the paragraphs from the first legal basis up to the enacting clause."""
    inside = False
    for child in root:
        inside = (inside or child.get("id") == Anchor.BASES) and child.get("id") != Anchor.ENACTING
        if inside:
            child.set("class", "basis")


def _frame_backdrop(root: HtmlElement) -> None:
    """Wrap the lines of the backdrop in an element."""
    heading = root.find(f"*[@id='{Anchor.BACKDROP}']")
    if heading is None:
        return
    frame = parse("")
    frame.set("class", "backdrop")
    frame.extend(takewhile(lambda element: element.tag == "p", heading.itersiblings()))
    heading.addnext(frame)


def _fold_subject(root: HtmlElement) -> None:
    """Mark where print breaks a subject that is too long for one line, to get lines of similar length."""
    subject = root.find(f"*[@id='{Anchor.SUBJECT}']")
    if subject is None or subject.find(".//br") is not None:
        return
    spaces = list(_spaces(subject))
    length = len(subject.text_content().strip())
    lines = ceil(length / _LINE) if spaces else 1
    folds = {min(spaces, key=lambda space: abs(space.position - length * line / lines)) for line in range(1, lines)}
    for fold in sorted(folds, key=lambda space: space.position, reverse=True):
        fold.mark()


@dataclass(frozen=True)
class _Space:
    """A possible line break in an element's `text` or `tail`.

    `position` is the number of the paragraph's letters before it.
    """

    position: int
    element: HtmlElement
    slot: str
    offset: int

    def mark(self) -> None:
        insert(self.element, self.slot, self.offset, html.Element("span", {"class": "fold"}))


def _spaces(paragraph: HtmlElement) -> Iterator[_Space]:
    """Yield the spaces in the paragraph's own text.

    Spaces in child elements are left out, because they may be within unbreakable spans.
    """
    position = 0
    for element, slot in [(paragraph, "text"), *((child, "tail") for child in paragraph)]:
        position += len(element.text_content()) if slot == "tail" else 0
        text = getattr(element, slot) or ""
        yield from (_Space(position + found.end(), element, slot, found.end()) for found in re.finditer(r"\s+", text))
        position += len(text)


def _set_off_signer(root: HtmlElement) -> None:
    """Move the signer's name to a separate line, below space for the signature.

    The name is the text after the last line break.
    """
    breaks = [found for child in _from(root, Anchor.SIGNATURE) for found in child.iter("br")]
    if not breaks or not (breaks[-1].tail or "").strip():
        return
    last = breaks[-1]
    name = html.Element("span", {"class": "signer"})
    name.text, last.tail = last.tail, None
    last.addnext(name)
    last.drop_tag()


def _take(root: HtmlElement, anchor: Anchor) -> str:
    return _cut([child for child in root if child.get("id") == anchor])


def _take_from(root: HtmlElement, anchor: Anchor) -> str:
    return _cut(_from(root, anchor))


def _from(root: HtmlElement, anchor: Anchor) -> list[HtmlElement]:
    """Return the anchored element and all following siblings, except the footnotes."""
    start = next((index for index, child in enumerate(root) if child.get("id") == anchor), len(root))
    return [child for child in list(root)[start:] if child.get("class") != "footnote"]


def _cut(elements: list[HtmlElement]) -> str:
    holder = parse("")
    holder.extend(elements)
    return serialise(holder)
