"""Markdown to the HTML that readers get: the site's own extensions, made harmless, with Vietnamese care."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import SplitResult, urlsplit

import nh3
from lxml import etree, html
from lxml.html import HtmlElement
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markupsafe import Markup, escape

from proceedings import schema
from proceedings.settings import Settings
from proceedings.source import without_comments

_TAGS = frozenset("""
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
    hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup table tbody td tfoot th thead tr u
    ul
""".split())
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_SCHEMES = frozenset({"http", "https", "mailto"})
# Browsers and Pango would break these at spaces, "/" and "-".
_CITATION = r"(?:số )?\d+/(?:\d{4}/)?[A-ZĐ]{2,}(?:-[A-ZĐ]{2,}\d*)*"  # "số 12/2034/NĐ-CP", "46/KH-BTC"
_DATE = r"ngày \d{1,2}/\d{1,2}/\d{4}"
_SHARE = r"\d[\d.,]* %"
_INITIALS = r"(?-i:\b[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})+\b)"  # "KT-XH"
_UNBREAKABLE = re.compile(f"{_CITATION}|{_DATE}|{_SHARE}|{_INITIALS}", re.IGNORECASE)
# Form feeds and the like, which come with text from word processors and which no XML tree can hold.
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VERBATIM = frozenset({"code", "pre", "kbd"})


class TextOnly(Extension):
    """Text that only looks like markup stays text, so that no words can vanish and no element of content can run.

    What stands in angle brackets is text, but for line breaks and comments; so is "[a]: b", and in braces all but
    anchors and classes.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take the place of Python-Markdown's own HTML; to be loaded after attr_list."""
        md.parser.blockprocessors.deregister("reference")
        if "attr_list" in md.treeprocessors:
            attributes: Any = md.treeprocessors["attr_list"]
            attributes.HEADER_RE = re.compile(rf"[ ]+{schema.ATTRIBUTES}[ ]*$")
            attributes.BLOCK_RE = re.compile(rf"\n[ ]*{schema.ATTRIBUTES}[ ]*$")
            attributes.INLINE_RE = re.compile(f"^{schema.ATTRIBUTES}")
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_BlockComments(md), "block_comments", 20)  # where blocks of HTML were, behind fences
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(SubstituteTagInlineProcessor(schema.LINE_BREAK.pattern, "br"), "line_break", 91)
        md.inlinePatterns.register(_Comment(schema.COMMENT.pattern), "comment", 90)


class _BlockComments(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return without_comments("\n".join(lines)).split("\n")


class _Comment(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return "", m.start(0), m.end(0)


def render(markdown: str, settings: Settings) -> str:
    """The HTML of Markdown as the site renders it, before `finish`."""
    options = {name: dict(values) for name, values in settings.extension_options.items()}
    return Markdown(extensions=[*settings.extensions, TextOnly()], extension_configs=options).convert(markdown)


def finish(rendered: str) -> str:
    """The HTML made harmless, with blanks marked and citations kept on one line."""
    root = parse(sanitise(rendered))
    _keep_own_images(root)
    _keep_readable_links(root)
    _drop_empty_paragraphs(root)
    wrap(root, schema.BLANK, "blank")
    wrap(root, _UNBREAKABLE, "nowrap")
    _scope_heads(root)
    return serialise(root)


def sanitise(rendered: str) -> str:
    """Only known elements and attributes, and links of known schemes: nothing that runs or reaches out."""
    return nh3.clean(rendered, tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=set(_SCHEMES), link_rel=None,
                     strip_comments=True)


def parse(fragment: str) -> HtmlElement:
    """A tree whose root is a `div` around the fragment."""
    return html.fragment_fromstring(_CONTROL.sub(" ", fragment), create_parent="div")


def serialise(root: HtmlElement) -> str:
    """The HTML of what the root holds, without the root itself."""
    text: str = html.tostring(root, encoding="unicode")
    return text.removeprefix("<div>").removesuffix("</div>")


def unbroken(text: str) -> Markup:
    """Plain text as HTML in which citations, dates and percentages stay on one line."""
    root = parse(str(escape(text)))
    wrap(root, _UNBREAKABLE, "nowrap")
    return Markup(serialise(root))  # noqa: S704 - escaped above


def wrap(root: HtmlElement, pattern: re.Pattern[str], name: str) -> None:
    """Put each match in the text, code left out, into a span of the class."""
    for element in list(root.iter(etree.Element)):
        if not any(around.tag in _VERBATIM for around in (element, *element.iterancestors())):
            _wrap_at(element, "text", pattern, name)
        parent = element.getparent()
        if parent is not None and not any(around.tag in _VERBATIM for around in (parent, *parent.iterancestors())):
            _wrap_at(element, "tail", pattern, name)


def _wrap_at(element: HtmlElement, slot: str, pattern: re.Pattern[str], name: str) -> None:
    text: str = getattr(element, slot) or ""
    pieces = list(_pieces(text, pattern, name))
    if not pieces:
        return
    setattr(element, slot, text[: pieces[0].start])
    parent, position = (element, 0) if slot == "text" else (element.getparent(), element.getparent().index(element) + 1)
    for piece in reversed(pieces):
        parent.insert(position, piece.span)


@dataclass(frozen=True)
class _Piece:
    start: int
    span: HtmlElement


def _pieces(text: str, pattern: re.Pattern[str], name: str) -> Iterator[_Piece]:
    matches = list(pattern.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        span = html.Element("span")
        span.set("class", name)
        span.text = match[0]
        span.tail = text[match.end(): following.start() if following else None]
        yield _Piece(match.start(), span)


def _keep_own_images(root: HtmlElement) -> None:
    """Put words in the place of images from elsewhere: no page may ask another origin for one."""
    for image in list(root.iter("img")):
        source = _split((image.get("src") or "").replace("\\", "/"))  # as browsers read it
        if source is None or source.scheme or source.netloc or not source.path:
            image.tag = "span"
            image.text = image.get("alt") or ""
            for name in ("src", "alt", "width", "height"):
                image.attrib.pop(name, None)
        elif not image.get("alt"):
            image.set("alt", PurePosixPath(source.path).stem)


def _drop_empty_paragraphs(root: HtmlElement) -> None:
    """A comment alone on its line leaves a paragraph of nothing."""
    for paragraph in list(root.iter("p")):
        if not len(paragraph) and not (paragraph.text or "").strip():
            paragraph.drop_tag()


def _keep_readable_links(root: HtmlElement) -> None:
    """Take addresses that are none away from links: nothing that comes after can follow them."""
    for link in root.iter("a"):
        if _split(link.get("href") or "") is None:
            del link.attrib["href"]


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # such as "//[a"
        return None


def _scope_heads(root: HtmlElement) -> None:
    """Say of each head cell of a Markdown table that it heads its column, as screen readers want it."""
    for cell in root.iterfind(".//thead//th"):
        if not cell.get("scope"):
            cell.set("scope", "col")
