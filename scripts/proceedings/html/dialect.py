"""Markdown as Python-Markdown is made to read it: what only looks like markup is text, and content sets no class."""

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
from markdown.util import AtomicString

from proceedings import schema
from proceedings.schema import Table
from proceedings.text import addresses
from proceedings.text.bounds import LONGEST_TEXT
from proceedings.text.source import without_comments

# A place in the text for a derived table: an element of this class and the table's name, "place--tien-do".
PLACE = "place--"
PLACES = frozenset(f"{table}" for table in Table if table is not Table.RULES)  # the rules are Markdown themselves
_NEVER = re.compile(r"(?!)")
_NOWHERE = "\x02\x03"  # in no text, see _Controls
# What each of Python-Markdown's patterns and ours cannot do without.
_SIGNS = {"backtick": "`", "escape": "\\", "footnote": "[^", "link": "[", "image_link": "![", "autolink": "<",
          "automail": "<", "hard_break": "\\\n", "linebreak": "  \n", "entity": "&", "line_break": "<", "comment": "<"}


class TextOnly(Extension):
    """Text that only looks like markup stays text, so that no words can vanish and no element of content can run.

    What stands in angle brackets is text, but for line breaks and comments; so is "[a]: b", and in braces all but
    anchors. Boxes are of a few kinds, code has a language and no other option.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take the place of Python-Markdown's own HTML; to be loaded after attr_list."""
        md.parser.blockprocessors.deregister("reference")
        _narrow(md)
        md.preprocessors.register(_Controls(md), "controls", 40)  # first of all
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_Places(md), "places", 21)  # behind fences, in front of comments
        md.preprocessors.register(_BlockComments(md), "block_comments", 20)  # where blocks of HTML were
        md.treeprocessors.register(_LongTexts(md), "long_texts", 25)  # right before what looks for markup within lines
        md.treeprocessors.register(_WaysBack(md), "ways_back", 2)
        md.treeprocessors.register(_Addresses(md), "addresses", 1)  # right before MkDocs takes addresses apart
        for name in ("reference", "short_reference", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)  # there is nothing to refer to, and the search for it takes long
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(SubstituteTagInlineProcessor(schema.LINE_BREAK.pattern, "br"), "line_break", 91)
        md.ESCAPED_CHARS = list(string.punctuation)  # as all others who read Markdown have it
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard_break", 179)  # behind escapes
        md.inlinePatterns.register(_Comment(schema.COMMENT.pattern), "comment", 90)
        md.preprocessors.register(_OwnPatterns(md), "own_patterns", 0)


@dataclass(frozen=True)
class Rendered:
    """The HTML of a text, and its table of contents in the form of Python-Markdown's `toc` extension."""

    html: str
    headings: tuple[Mapping[str, Any], ...]


def convert(markdown: str, extensions: Iterable[str], options: Mapping[str, Mapping[str, Any]]) -> Rendered:
    """Convert Markdown by the named extensions of Python-Markdown and this one."""
    configs = {name: dict(values) for name, values in options.items()}
    converter: Any = Markdown(extensions=[*extensions, TextOnly()], extension_configs=configs)
    html = converter.convert(markdown)
    return Rendered(html, tuple(getattr(converter, "toc_tokens", ())))


def _narrow(md: Markdown) -> None:
    """Take from the extensions that are loaded what would let content set classes and ids, or hide words."""
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
        boxes.get_class_and_title = _kind_and_title
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
    """What is left of the attributes once the element has them: all of them where they are text.

    That is in cells, and where they do not end the element's own text ("words {#a}*more*").
    """
    before = list(takewhile(lambda child: child.tag not in ("ul", "ol"), element))
    if element.tag in ("td", "th") or (before and not before[-1].tail):
        return attributes
    return assign(element, attributes, strict=strict)


def _outside_notes(run: Callable[[Element], None], root: Element) -> None:
    """Look for anchors in all but footnotes: behind their last words stands the link back, which hides them there."""
    notes = root.findall("div[@class='footnote']")
    for note in notes:
        root.remove(note)
    run(root)
    root.extend(notes)


def _kind_and_title(box: re.Match[str]) -> tuple[str, str | None]:
    return box[1], schema.BOXES[box[1]] if box[2] is None else box[2] or None


def _language(take: Callable[[re.Match[str]], bool], fence: re.Match[str]) -> bool:
    """Whether the line opens a block of code; of what stands behind the fence only the language has an effect."""
    behind = fence[0].removeprefix(fence["fence"])
    return not (fence["fence"].startswith("`") and "`" in behind) and take(fence)


class _Controls(Preprocessor):
    """Puts spaces in the place of the characters that Python-Markdown and its extensions set their own marks with."""

    def run(self, lines: list[str]) -> list[str]:
        table = dict.fromkeys(map(ord, schema.MARKS), " ")
        return [line.translate(table) if any(mark in line for mark in schema.MARKS) else line for line in lines]


class _Places(Preprocessor):
    """Keeps a place for each derived table that the text asks for: an element with a class that no content can set."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return schema.MARKER.sub(self._place, text).split("\n") if "<!--" in text else lines

    def _place(self, marker: re.Match[str]) -> str:
        if marker[1] not in PLACES:
            return marker[0]
        return "\n" + self.md.htmlStash.store(f'<div class="{PLACE}{marker[1]}"></div>') + "\n"


class _WaysBack(Treeprocessor):
    """Takes away the link back from a note that is called nowhere: MkDocs stops at links that lead nowhere."""

    def run(self, root: Element) -> None:
        calls = {f"#{element.get('id')}" for element in root.iter("sup")}
        for around in root.iter("p"):
            for link in around.findall("a[@class='footnote-backref']"):
                if link.get("href") not in calls:
                    around.remove(link)


class _BlockComments(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return without_comments("\n".join(lines)).split("\n")


class _OwnPatterns(Preprocessor):
    """Looks for nothing whose sign the text has nowhere, as most have; a Markdown converts one text here."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        for name, sign in _SIGNS.items():
            if sign not in text:
                self.md.inlinePatterns.deregister(name, strict=False)
        return lines


class _LongTexts(Treeprocessor):
    """Shows texts as they are that are too long to look for markup in: the time grows with the square of their length.

    Those that `reading` takes for one text are problems; others are lines that only the renderer puts together.
    """

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and len(element.text) > LONGEST_TEXT:
                element.text = AtomicString(element.text)


class _Addresses(Treeprocessor):
    """Puts words in the place of links and pictures whose address is none, such as "//[a": MkDocs stops at them."""

    def run(self, root: Element) -> None:
        for element in [*root.iter("a"), *root.iter("img")]:
            if addresses.split(element.get("href") or element.get("src") or "") is None:
                element.text = element.get("alt") or element.text
                element.tag, element.attrib = "span", {}


class _Comment(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        return "", m.start(0), m.end(0)

