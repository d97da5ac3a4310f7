"""The plan's rendered text, taken apart by its anchors so that it can be laid out as an official document."""

import re
from itertools import takewhile

from lxml import html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

from proceedings.markup import parse, serialise
from proceedings.schema import Anchor

# Where a draft leaves the number or the day blank, paper leaves room to write it.
_NO_NUMBER = re.compile(r"(Số:\s*)(?=/)")
_NO_DAY = re.compile(r"(ngày\s+)(?=tháng)")
_NO_MONTH = re.compile(r"(tháng\s+)(?=năm)")
_BACKDROP = re.compile(r'<div class="backdrop">.*?</div>', re.DOTALL)
_GAP = r'\1<span class="gap"></span>'


def parts(content: str) -> dict[str, str]:
    """The HTML of the plan as `number`, `issued_on`, `title`, `subject`, `body`, `recipients`, `signature`.

    Every element goes to exactly one part, none with other words: nothing can get lost on the way.
    """
    root = parse(content)
    _mark_bases(root)
    _frame_backdrop(root)
    _set_off_signer(root)
    found = {
        "number": with_gaps(_take(root, Anchor.NUMBER)),
        "issued_on": with_gaps(_take(root, Anchor.ISSUED_ON)),
        "title": _take(root, Anchor.KIND),
        "subject": _take(root, Anchor.SUBJECT),
        "signature": _take_from(root, Anchor.SIGNATURE),
        "recipients": _take_from(root, Anchor.RECIPIENTS),
    }
    # In running text "ngày tháng năm" is no blank; in the backdrop's lines it is.
    return {**found, "body": _BACKDROP.sub(lambda frame: with_gaps(frame[0]), serialise(root))}


def with_gaps(text: str) -> str:
    """The HTML with room to write where a draft leaves the number or the day blank."""
    for pattern in (_NO_NUMBER, _NO_DAY, _NO_MONTH):
        text = pattern.sub(_GAP, text)
    return text


def unfilled(line: str) -> Markup:
    """A plain line as HTML, with the same room to write."""
    return Markup(with_gaps(str(escape(line))))  # noqa: S704 - escaped here


def _mark_bases(root: HtmlElement) -> None:
    """Give the paragraphs from the first basis up to the enacting one a class of their own."""
    inside = False
    for child in root:
        inside = (inside or child.get("id") == Anchor.BASES) and child.get("id") != Anchor.ENACTING
        if inside:
            child.set("class", "basis")


def _frame_backdrop(root: HtmlElement) -> None:
    """Put the lines of the backdrop into a frame of their own."""
    heading = root.find(f"*[@id='{Anchor.BACKDROP}']")
    if heading is None:
        return
    frame = parse("")
    frame.set("class", "backdrop")
    frame.extend(takewhile(lambda element: element.tag == "p", heading.itersiblings()))
    heading.addnext(frame)


def _set_off_signer(root: HtmlElement) -> None:
    """Put the signer's name, which follows the last line break, into a line of its own, below room to sign."""
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
    """The anchored element and all that follows it, but for the footnotes."""
    start = next((index for index, child in enumerate(root) if child.get("id") == anchor), len(root))
    return [child for child in list(root)[start:] if child.get("class") != "footnote"]


def _cut(elements: list[HtmlElement]) -> str:
    holder = parse("")
    holder.extend(elements)
    return serialise(holder)
