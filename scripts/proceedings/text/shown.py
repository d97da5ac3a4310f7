r"""The text of a file as readers see it, with line numbers: entities, escapes and markup are resolved.

Rules that look for characters or words search here as well as in the source lines, where the same text may be
encoded: as `&#7852;` in Markdown, as "\u1eac" in YAML, or split by links between its letters.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from proceedings.text.front_matter import Fields, Items, Scalar, Value, scalars_of
from proceedings.text.source import Document, Kind

# The Markdown parser leaves numeric references with more digits unchanged; browsers resolve them.
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});")
_LEADING_ZEROS = re.compile(r"&#([xX]?)0+(?=[0-9A-Fa-f])")
_NO_LETTER = re.compile(r"&#\d{8,}")  # larger than any code point, and than the integers that Python parses by default
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(000?[0-9A-Fa-f]{5,6}))")
_CODE = re.compile(r"&[#A-Za-z]|\\[xuU][0-9A-Fa-f]")
_MOST_TIMES = 3


@dataclass(frozen=True)
class Shown:
    """A piece of text (front matter value, block or title) and the line on which it begins."""

    line: int
    text: str


def shown(document: Document) -> Iterator[Shown]:
    """Yield the visible pieces of a Markdown file.

    These are front matter values, blocks, and the texts and titles of links and pictures. Code blocks are left out,
    because they are shown exactly as their source lines.
    """
    yield from _values(document.front_matter)
    for block in document.blocks:
        if block.kind is not Kind.CODE:
            yield Shown(block.line, with_long_numbers(block.text))
    for link in document.links:
        yield from (Shown(link.line, html.unescape(name)) for name in (link.text, link.title) if name)


def shown_settings(document: Document) -> Iterator[Shown]:
    """Yield the keys and values of mkdocs.yml; nothing if it is not valid YAML."""
    return (Shown(each.line, each.text) for each in scalars_of(document.text))


def coded(document: Document, pieces: Iterable[Shown]) -> Iterator[Shown]:
    """Yield the pieces that are encoded in the source, i.e. whose text does not occur there literally.

    Yields nothing for a file without entities and escapes.
    """
    if ("&" in document.text or "\\" in document.text) and _CODE.search(document.text):
        yield from (piece for piece in pieces if piece.text not in document.text)


def line_of(document: Document, piece: Shown, char: str) -> int:
    """Return the line on which a character of a piece is encoded; if not found, the piece's line."""
    for number, line in enumerate(document.lines[piece.line - 1:], piece.line):
        if not line.strip():
            break
        if char in decoded(line):
            return number
    return piece.line


def with_long_numbers(text: str) -> str:
    """Resolve numeric references with many leading zeros, as browsers do."""
    return _LONG_NUMBER.sub(lambda found: html.unescape(_simple(found[0])), text) if "&#" in text else text


def decoded(text: str) -> str:
    """Resolve all entities and escapes of a line, of any format and up to three levels of encoding."""
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
