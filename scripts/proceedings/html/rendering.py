"""Markdown rendering with sanitized output, and typographic rules for Vietnamese."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import nh3
from lxml import etree, html
from lxml.html import HtmlElement
from pygments.token import STANDARD_TYPES

from proceedings import schema
from proceedings.conference.settings import Settings
from proceedings.html.dialect import PLACE, PLACES, Converter
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
# The complete class values that the site's extensions produce; others are removed, so content can set none.
_CLASSES: dict[str, set[str]] = {
    "a": {"footnote-ref", "footnote-backref"},
    "div": {"footnote", "highlight", *(f"admonition {box}" for box in schema.BOXES),
            *(f"{PLACE}{table}" for table in PLACES)},
    "p": {"admonition-title"},
    "span": {name for name in STANDARD_TYPES.values() if name},  # token types of highlighted code
}
_VALUES = {tag: {"class": names} for tag, names in _CLASSES.items()}
_VALUES |= {tag: {"align": {"left", "center", "right"}} for tag in ("td", "th")}
_CLEANER = nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, tag_attribute_values=_VALUES,
                       url_schemes={"http", "https", "mailto"}, link_rel=None, strip_comments=True)
# A parser without lxml.html's lookup of element classes, which runs in Python and takes a tenth of the rendering
# time.
_PARSER = html.HTMLParser()
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment))
# Form feeds and similar characters, pasted from word processors: invalid in XML, or missing in all fonts.
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Of an anchor; empty before the number for a heading without words.
_ID = re.compile(r"(?=.)(?:[a-z0-9]+(?:[_-][a-z0-9]+)*)?(?:_\d+)?")
_NOTES = frozenset({"li", "sup"})
_NOTE_ID = re.compile(r"fn(?:ref\d*)?:\S+")
_VERBATIM = frozenset({"code", "pre", "kbd"})


def converter(settings: Settings) -> Converter:
    """Return the converter for the settings; its HTML is not sanitized, see `finish`."""
    return Converter(settings.extensions, settings.extension_options)


def render(markdown: str, settings: Settings) -> str:
    """Render a single text; the HTML is not sanitized, see `finish`."""
    return converter(settings).convert(markdown).html


def finish(rendered: str) -> HtmlElement:
    """Sanitize rendered HTML and return its tree, with blanks marked."""
    harmless = sanitise(rendered)
    root = parse(harmless)
    _keep_own_images(root)
    _keep_readable_links(root)
    _keep_own_ids(root)
    _drop_empty_paragraphs(root)
    if "[" in harmless:  # cheap test: most delivered texts have no blanks
        wrap(root, schema.BLANK, "blank")
    _scope_heads(root)
    return root


def sanitise(rendered: str) -> str:
    """Remove unknown elements, attributes and URL schemes, so that nothing in content can be executed."""
    return _CLEANER.clean(rendered)


def parse(fragment: str) -> HtmlElement:
    """Parse a fragment into a tree whose root is a `div`."""
    root: HtmlElement = _PARSER.makeelement("div")
    pieces: Any = html.fragments_fromstring(_CONTROL.sub(" ", fragment), parser=_PARSER)
    if pieces and isinstance(pieces[0], str):
        root.text = pieces.pop(0)
    root.extend(pieces)
    return root


def serialise(root: HtmlElement) -> str:
    """Serialize the content of a root element, without the root itself."""
    text: str = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")


def splice(parent: HtmlElement, position: int, fragment: str) -> None:
    """Insert an HTML fragment after the first `position` children of an element.

    The text that followed those children then follows the fragment.
    """
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
    """Insert an element into another's "text" or "tail", `offset` characters from its start."""
    text: str = getattr(element, slot) or ""
    setattr(element, slot, text[:offset])
    if slot == "text":
        element.insert(0, mark)
    else:
        around = element.getparent()
        around.insert(around.index(element) + 1, mark)
    mark.tail = text[offset:]


def wrap(root: HtmlElement, pattern: re.Pattern[str], name: str) -> None:
    """Wrap matches in spans of this class, except in code and such spans."""
    for element in list(root.iter(etree.Element)):
        for slot, text in (("text", element.text), ("tail", element.tail)):
            pieces = [found for found in pattern.finditer(text) if len(found[0]) <= LONGEST_TEXT] if text else []
            if pieces and not _is_closed(element if slot == "text" else element.getparent(), name):
                _wrap_at(element, slot, pieces, name)


def _is_closed(element: HtmlElement, name: str) -> bool:
    return any(around.tag in _VERBATIM or around.get("class") == name
               for around in (element, *element.iterancestors()))


def _wrap_at(element: HtmlElement, slot: str, pieces: Sequence[re.Match[str]], name: str) -> None:
    text: str = getattr(element, slot)
    setattr(element, slot, text[: pieces[0].start()])
    parent, position = (element, 0) if slot == "text" else (element.getparent(), element.getparent().index(element) + 1)
    end = len(text)
    for piece in reversed(pieces):  # in reverse order, so that all are inserted at the same index
        span = parent.makeelement("span", {"class": name})
        span.text, span.tail, end = piece[0], text[piece.end(): end], piece.start()
        parent.insert(position, span)


def _keep_own_images(root: HtmlElement) -> None:
    """Replace pictures from other origins by their text: pages must not load anything from elsewhere."""
    for image in list(root.iter("img")):
        source = image.get("src") or ""
        if not is_own_picture(source):
            image.tag = "span"
            image.text = image.get("alt") or ""
            for name in ("src", "alt", "title"):
                image.attrib.pop(name, None)
            continue
        # Query and fragment do not select another file, and the theme hides pictures by fragment ("#only-dark").
        image.set("src", re.split(r"[?#]", source, maxsplit=1)[0])
        if not image.get("alt"):
            image.set("alt", PurePosixPath(urlsplit(source).path).stem)


def _drop_empty_paragraphs(root: HtmlElement) -> None:
    """Remove empty paragraphs, which result from a comment alone on its line."""
    for paragraph in list(root.iter("p")):
        if not len(paragraph) and not (paragraph.text or "").strip():
            paragraph.drop_tag()


def _keep_readable_links(root: HtmlElement) -> None:
    """Remove invalid addresses from links, because later steps cannot parse them."""
    for link in root.iter("a"):
        if addresses.split(link.get("href") or "") is None:
            del link.attrib["href"]


def _keep_own_ids(root: HtmlElement) -> None:
    """Remove ids other than those of anchors, headings and footnotes.

    Other ids could collide with those that templates and scripts use.
    """
    for element in root.iterfind(".//*[@id]"):
        name = element.get("id") or ""
        note = element.tag in _NOTES and _NOTE_ID.fullmatch(name)
        if not note and (not _ID.fullmatch(name) or name in schema.RESERVED_IDS):
            del element.attrib["id"]


def _scope_heads(root: HtmlElement) -> None:
    """Mark the head cells of Markdown tables as column headers for screen readers."""
    for cell in root.iterfind(".//thead//th"):
        if not cell.get("scope"):
            cell.set("scope", "col")
