r"""What readers see of a file, as text with line numbers: entities, escapes and markup are resolved.

Rules that look for characters or marks look here as well as in the file's own lines, in which they may be written
otherwise: as `&#7852;` in Markdown, as "\u1eac" in YAML, or in letters with links between them.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from proceedings.text.front_matter import Fields, Items, Scalar, Value, scalars_of
from proceedings.text.source import Document, Kind

# The parser of Markdown leaves a number of more digits as it stands; browsers do not.
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});")
_LEADING_ZEROS = re.compile(r"&#([xX]?)0+(?=[0-9A-Fa-f])")
_NO_LETTER = re.compile(r"&#\d{8,}")  # beyond any letter, and beyond what Python makes a number of
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(000?[0-9A-Fa-f]{5,6}))")
_CODE = re.compile(r"&[#A-Za-z]|\\[xuU][0-9A-Fa-f]")
_MOST_TIMES = 3


@dataclass(frozen=True)
class Shown:
    """A piece of text and the line of the file on which it begins: a value, a block, a title."""

    line: int
    text: str


def shown(document: Document) -> Iterator[Shown]:
    """The pieces of a Markdown file: values of its front matter, its blocks, what its links and pictures are called.

    Blocks of code are shown as their lines stand and are left out.
    """
    yield from _values(document.front_matter)
    for block in document.blocks:
        if block.kind is not Kind.CODE:
            yield Shown(block.line, with_long_numbers(block.text))
    for link in document.links:
        yield from (Shown(link.line, html.unescape(name)) for name in (link.text, link.title) if name)


def shown_settings(document: Document) -> Iterator[Shown]:
    """The pieces of mkdocs.yml, which are its keys and values; none where it is no YAML."""
    return (Shown(each.line, each.text) for each in scalars_of(document.text))


def coded(document: Document, pieces: Iterable[Shown]) -> Iterator[Shown]:
    """Those of a file's pieces that its lines do not have so; none where it has neither entities nor escapes."""
    if ("&" in document.text or "\\" in document.text) and _CODE.search(document.text):
        yield from (piece for piece in pieces if piece.text not in document.text)


def line_of(document: Document, piece: Shown, char: str) -> int:
    """The line on which a character of a piece is written as an entity or an escape, else that of the piece."""
    for number, line in enumerate(document.lines[piece.line - 1:], piece.line):
        if not line.strip():
            break
        if char in decoded(line):
            return number
    return piece.line


def with_long_numbers(text: str) -> str:
    """The text of a block with what browsers make of numbers that have many leading zeros."""
    return _LONG_NUMBER.sub(lambda found: html.unescape(_simple(found[0])), text) if "&#" in text else text


def decoded(text: str) -> str:
    """A line with all its entities and escapes resolved, whatever format it is in and however often it is encoded."""
    for _ in range(_MOST_TIMES if "&" in text or "\\" in text else 0):
        before, text = text, html.unescape(_simple(_ESCAPE.sub(_escaped, text)))
        if text == before:
            break
    return text


def _simple(text: str) -> str:
    return _NO_LETTER.sub(" ", _LEADING_ZEROS.sub(r"&#\1", text))


def _escaped(found: re.Match[str]) -> str:
    number = int(found[1] or found[2] or found[3], 16)
    return chr(number) if number <= 0x10FFFF else found[0]


def _values(value: Value) -> Iterator[Shown]:
    match value:
        case Scalar():
            yield Shown(value.line, value.text)
        case Items():
            for each in value.items:
                yield from _values(each)
        case Fields():
            for _, each in value.entries:
                yield from _values(each)
