"""Markdown to the HTML that readers get: the site's own extensions, made harmless, with Vietnamese care."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import nh3
from lxml import etree, html
from lxml.html import HtmlElement
from pygments.token import STANDARD_TYPES

from proceedings import schema
from proceedings.conference.settings import Settings
from proceedings.html.dialect import PLACE, PLACES, to_html
from proceedings.text import addresses
from proceedings.text.addresses import is_own_picture
from proceedings.text.bounds import LONGEST_TEXT

_TAGS = frozenset("""
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
    hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup table tbody td tfoot th thead tr u
    ul
""".split())
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
# The classes that the extensions of the site set, each whole; content can set none.
_CLASSES: dict[str, set[str]] = {
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"footnote", "highlight", *(f"admonition {box}" for box in schema.BOXES),
            *(f"{PLACE}{table}" for table in PLACES)},
    "p": {"admonition-title"},
    "span": {name for name in STANDARD_TYPES.values() if name},  # the words of a language, in code
}
_VALUES = {tag: {"class": names} for tag, names in _CLASSES.items()}
_VALUES |= {tag: {"align": {"left", "center", "right"}} for tag in ("td", "th")}
_CLEANER = nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, tag_attribute_values=_VALUES,
                       url_schemes={"http", "https", "mailto"}, link_rel=None, strip_comments=True)
# Form feeds and the like, which come with text from word processors, and which no XML tree can hold or no font has.
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ID = re.compile(r"(?=.)(?:[a-z0-9]+(?:[_-][a-z0-9]+)*)?(?:_\d+)?")  # that of an anchor, of a heading without words
_NOTES = frozenset({"li", "sup"})
_NOTE_ID = re.compile(r"fn(?:ref\d*)?:\S+")
_VERBATIM = frozenset({"code", "pre", "kbd"})


def render(markdown: str, settings: Settings) -> str:
    """The HTML of Markdown as the site renders it, before `finish`."""
    return to_html(markdown, settings.extensions, settings.extension_options)


def finish(rendered: str) -> HtmlElement:
    """The tree of the HTML made harmless, with blanks marked."""
    harmless = sanitise(rendered)
    root = parse(harmless)
    _keep_own_images(root)
    _keep_readable_links(root)
    _keep_own_ids(root)
    _drop_empty_paragraphs(root)
    if "[" in harmless:  # a delivered text has no blank to look for
        wrap(root, schema.BLANK, "blank")
    _scope_heads(root)
    return root


def sanitise(rendered: str) -> str:
    """Only known elements and attributes, and links of known schemes: nothing that runs or reaches out."""
    return _CLEANER.clean(rendered)


def parse(fragment: str) -> HtmlElement:
    """A tree whose root is a `div` around the fragment."""
    return html.fragment_fromstring(_CONTROL.sub(" ", fragment), create_parent="div")


def serialise(root: HtmlElement) -> str:
    """The HTML of what the root holds, without the root itself."""
    text: str = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")


def splice(parent: HtmlElement, position: int, fragment: str) -> None:
    """Put a fragment of HTML behind so many children of an element; the text that follows them goes on behind it."""
    piece = parse(fragment)
    children = list(piece)
    holder, slot = (parent[position - 1], "tail") if position else (parent, "text")
    rest = getattr(holder, slot) or ""
    setattr(holder, slot, piece.text)
    for child in reversed(children):
        parent.insert(position, child)
    last, slot = (children[-1], "tail") if children else (holder, slot)
    setattr(last, slot, (getattr(last, slot) or "") + rest)


def insert(element: HtmlElement, slot: str, offset: int, mark: HtmlElement) -> None:
    """Put a new element into an element's "text" or "tail", so many characters from its start."""
    text: str = getattr(element, slot) or ""
    setattr(element, slot, text[:offset])
    if slot == "text":
        element.insert(0, mark)
    else:
        around = element.getparent()
        around.insert(around.index(element) + 1, mark)
    mark.tail = text[offset:]


def wrap(root: HtmlElement, pattern: re.Pattern[str], name: str) -> None:
    """Put each match into a span of the class, but in code and in such a span."""
    for element in list(root.iter(etree.Element)):
        for slot, text in (("text", element.text), ("tail", element.tail)):
            pieces = [found for found in pattern.finditer(text) if len(found[0]) <= LONGEST_TEXT] if text else []
            if pieces and not _is_closed(element if slot == "text" else element.getparent(), name):
                _wrap_at(element, slot, pieces, name)


def _is_closed(element: HtmlElement, name: str) -> bool:
    return any(around.tag in _VERBATIM or around.get("class") == name
               for around in (element, *element.iterancestors()))


def text_before(element: HtmlElement) -> str:
    """The text right before an element, within what holds it."""
    previous, parent = element.getprevious(), element.getparent()
    text = previous.tail if previous is not None else parent.text if parent is not None else ""
    return text or ""


def _wrap_at(element: HtmlElement, slot: str, pieces: Sequence[re.Match[str]], name: str) -> None:
    text: str = getattr(element, slot)
    setattr(element, slot, text[: pieces[0].start()])
    parent, position = (element, 0) if slot == "text" else (element.getparent(), element.getparent().index(element) + 1)
    end = len(text)
    for piece in reversed(pieces):  # so that all go to one position, which is found at once
        span = parent.makeelement("span", {"class": name})
        span.text, span.tail, end = piece[0], text[piece.end(): end], piece.start()
        parent.insert(position, span)


def _keep_own_images(root: HtmlElement) -> None:
    """Put words in the place of images from elsewhere: no page may ask another origin for one."""
    for image in list(root.iter("img")):
        source = image.get("src") or ""
        if not is_own_picture(source):
            image.tag = "span"
            image.text = image.get("alt") or ""
            for name in ("src", "alt", "title"):
                image.attrib.pop(name, None)
            continue
        # What stands behind "#" or "?" names no other file, and the theme hides pictures by it ("#only-dark").
        image.set("src", re.split(r"[?#]", source, maxsplit=1)[0])
        if not image.get("alt"):
            image.set("alt", PurePosixPath(urlsplit(source).path).stem)


def _drop_empty_paragraphs(root: HtmlElement) -> None:
    """A comment alone on its line leaves a paragraph of nothing."""
    for paragraph in list(root.iter("p")):
        if not len(paragraph) and not (paragraph.text or "").strip():
            paragraph.drop_tag()


def _keep_readable_links(root: HtmlElement) -> None:
    """Take addresses that are none away from links: nothing that comes after can follow them."""
    for link in root.iter("a"):
        if addresses.split(link.get("href") or "") is None:
            del link.attrib["href"]


def _keep_own_ids(root: HtmlElement) -> None:
    """Take away the ids that no anchor, heading or note has: templates and scripts find their elements by those."""
    for element in root.iterfind(".//*[@id]"):
        name = element.get("id") or ""
        note = element.tag in _NOTES and _NOTE_ID.fullmatch(name)
        if not note and (not _ID.fullmatch(name) or name in schema.RESERVED_IDS):
            del element.attrib["id"]


def _scope_heads(root: HtmlElement) -> None:
    """Say of each head cell of a Markdown table that it heads its column, as screen readers want it."""
    for cell in root.iterfind(".//thead//th"):
        if not cell.get("scope"):
            cell.set("scope", "col")
