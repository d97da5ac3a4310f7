"""Python-Markdown extension: unsupported markup stays text, and content cannot set classes."""

import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

from proceedings import schema
from proceedings.schema import Table
from proceedings.text import addresses
from proceedings.text.bounds import LONGEST_TEXT
from proceedings.text.source import without_comments

# Prefix of the placeholder class of a derived table, which ends in the table's name: "place--tien-do".
PLACE = "place--"
PLACES = frozenset(f"{table}" for table in Table if table not in schema.MARKDOWN_TABLES)
_NEVER = re.compile(r"(?!)")
_NOWHERE = "\x02\x03"  # never occurs in a text, see _Controls
# Strings without which a block processor of Python-Markdown cannot match.
_BLOCK_SIGNS = {"admonition": "!!!", "footnote": "[^", "hashheader": "#", "quote": ">", "table": "|"}
# One of these is in each match of an inline pattern; "\x02" begins a placeholder of Python-Markdown.
_ANY_SIGN = re.compile(r"[`\\\[<&*_\x02]|  \n")


class TextOnly(Extension):
    """Leaves unsupported markup as text, so that no words vanish and no HTML of content reaches the page.

    Text in angle brackets is literal, except line breaks and comments, and so are link reference definitions ("[a]:
    b") and braces, except anchors. Boxes have a fixed set of kinds; a code block has a language and no other option.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Replace Python-Markdown's handling of HTML; must be loaded after attr_list."""
        md.parser.blockprocessors.deregister("reference")
        _narrow(md)
        md.preprocessors.register(_Controls(md), "controls", 40)  # before all other preprocessors
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_Places(md), "places", 21)  # after fences, before comments
        # Takes the place of the html_block preprocessor.
        md.preprocessors.register(_BlockComments(md), "block_comments", 20)
        md.treeprocessors.register(_Unparsed(md), "unparsed", 25)  # immediately before inline patterns are processed
        md.treeprocessors.register(_WaysBack(md), "ways_back", 2)
        md.treeprocessors.register(_Addresses(md), "addresses", 1)  # immediately before MkDocs parses link addresses
        for name in ("reference", "short_reference", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)  # references are not supported, and searching for them is slow
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(SubstituteTagInlineProcessor(schema.LINE_BREAK.pattern, "br"), "line_break", 91)
        md.ESCAPED_CHARS = list(string.punctuation)  # all ASCII punctuation, as in CommonMark
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard_break", 179)  # after escapes
        md.inlinePatterns.register(_Comment(schema.COMMENT.pattern), "comment", 90)
        md.preprocessors.register(_OwnBlocks(md), "own_blocks", 0)


@dataclass(frozen=True)
class Rendered:
    """The HTML of a text, and its table of contents in the form of Python-Markdown's `toc` extension."""

    html: str
    headings: tuple[Mapping[str, Any], ...]


class Converter:
    """Converts texts with the given extensions of Python-Markdown and this one."""

    def __init__(self, extensions: Iterable[str], options: Mapping[str, Mapping[str, Any]]) -> None:
        configs = {name: dict(values) for name, values in options.items()}
        self._markdown: Any = Markdown(extensions=[*extensions, TextOnly()], extension_configs=configs)

    def convert(self, markdown: str) -> Rendered:
        """Convert a text; no state is kept for the next one."""
        html = self._markdown.reset().convert(markdown)
        return Rendered(html, tuple(getattr(self._markdown, "toc_tokens", ())))


def _narrow(md: Markdown) -> None:
    """Restrict loaded extensions, so that content cannot set classes and ids or hide words."""
    if "attr_list" in md.treeprocessors:
        attributes: Any = md.treeprocessors["attr_list"]
        attributes.HEADER_RE = re.compile(rf"(?<![ ])[ ]+{schema.ATTRIBUTES}[ ]*$")
        attributes.BLOCK_RE = re.compile(rf"\n[ ]*{schema.ATTRIBUTES}[ ]*$")
        attributes.INLINE_RE = _NEVER
        attributes.assign_attrs = partial(_name, attributes.assign_attrs)
        attributes.run = partial(_outside_notes, attributes.run)
    if "admonition" in md.parser.blockprocessors:
        boxes: Any = md.parser.blockprocessors["admonition"]
        boxes.RE = re.compile(rf"(?:^|\n){schema.BOX}(?:\n|$)")
        boxes.get_class_and_title = lambda box: (
            box[1], schema.BOXES[box[1]] if box[2] is None else box[2] or None)
    if "footnote" in md.treeprocessors:
        notes: Any = md.treeprocessors["footnote"]
        notes.footnotes.setConfig("PLACE_MARKER", _NOWHERE)
        definitions: Any = md.parser.blockprocessors["footnote"]
        definitions.RE = re.compile(schema.NOTE, re.MULTILINE)
        md.inlinePatterns.register(FootnoteInlineProcessor(schema.NOTE_CALL, notes.footnotes), "footnote", 175)
    if "fenced_code_block" in md.preprocessors:
        fences: Any = md.preprocessors["fenced_code_block"]
        fences.config = {**fences.config, "relaxed_headers": True}
        fences.handle_attrs = fences.parse_options = fences.handle_unrecognized = partial(
            _language, fences.handle_unrecognized)


def _name(assign: Callable[..., str], element: Element, attributes: str, *, strict: bool = False) -> str:
    """Assign the attributes to an element, and return those that remain as text.

    All of them remain in table cells, and where they do not follow the element's own text ("words {#a}*more*").
    """
    before = list(takewhile(lambda child: child.tag not in ("ul", "ol"), element))
    if element.tag in ("td", "th") or (before and not before[-1].tail):
        return attributes
    return assign(element, attributes, strict=strict)


def _outside_notes(run: Callable[[Element], None], root: Element) -> None:
    """Process anchors outside footnotes only.

    In footnotes, the back link after the last words would hide attributes.
    """
    notes = root.findall("div[@class='footnote']")
    for note in notes:
        root.remove(note)
    run(root)
    root.extend(notes)


def _language(take: Callable[[re.Match[str]], bool], fence: re.Match[str]) -> bool:
    """Return whether a line opens a code block; after the fence, only the language is interpreted."""
    behind = fence[0].removeprefix(fence["fence"])
    return not (fence["fence"].startswith("`") and "`" in behind) and take(fence)


class _Controls(Preprocessor):
    """Replaces characters that Python-Markdown and its extensions use as placeholders by spaces."""

    def run(self, lines: list[str]) -> list[str]:
        table = dict.fromkeys(map(ord, schema.MARKS), " ")
        return [line.translate(table) if any(mark in line for mark in schema.MARKS) else line for line in lines]


class _Places(Preprocessor):
    """Replaces each marker of a derived table by a placeholder element, whose class content cannot set."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return schema.MARKER.sub(self._place, text).split("\n") if "<!--" in text else lines

    def _place(self, marker: re.Match[str]) -> str:
        if marker[1] not in PLACES:
            return marker[0]
        return "\n" + self.md.htmlStash.store(f'<div class="{PLACE}{marker[1]}"></div>') + "\n"


class _WaysBack(Treeprocessor):
    """Removes back links from footnotes without references, because MkDocs reports links without a target."""

    def run(self, root: Element) -> None:
        calls = {f"#{element.get('id')}" for element in root.iter("sup")}
        for around in root.iter("p"):
            for link in around.findall("a[@class='footnote-backref']"):
                if link.get("href") not in calls:
                    around.remove(link)


class _BlockComments(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return without_comments("\n".join(lines)).split("\n")


class _OwnBlocks(Preprocessor):
    """Removes block processors that cannot match in the current text."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        registry: Any = md.parser.blockprocessors
        self._blocks = [(registry[name], name, priority) for name, priority in registry._priority]

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        needed: Registry[Any] = Registry()
        for block, name, priority in self._blocks:
            if _BLOCK_SIGNS.get(name, "") in text:
                needed.register(block, name, priority)
        self.md.parser.blockprocessors = needed
        return lines


class _Unparsed(Treeprocessor):
    """Skips inline parsing of texts without markup, and of very long texts (quadratic time).

    Long paragraphs are reported by `reading`; others arise only where the renderer joins lines.
    """

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and (len(element.text) > LONGEST_TEXT or not _ANY_SIGN.search(element.text)):
                element.text = AtomicString(element.text)


class _Addresses(Treeprocessor):
    """Replaces links and pictures with an invalid address, such as "//[a", by text: MkDocs fails on them."""

    def run(self, root: Element) -> None:
        for element in [*root.iter("a"), *root.iter("img")]:
            if addresses.split(element.get("href") or element.get("src") or "") is None:
                element.text = element.get("alt") or element.text
                element.tag, element.attrib = "span", {}


class _Comment(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return "", m.start(0), m.end(0)
