"""Parsing of one Markdown file into front matter, blocks, anchors and links, with line numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import pairwise

from proceedings.schema import ATTRIBUTES, COMMENT, LINE_BREAK, MARKS, RESERVED_IDS
from proceedings.text.front_matter import Fields, FrontMatterError, fields_of
from proceedings.text.front_matter_faults import misplaced, unclosed
from proceedings.text.slugs import slug
from proceedings.text.tokens import INLINE_SIGNS, Note, Token, read

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ATTRIBUTES = re.compile(rf"\s*{ATTRIBUTES}\s*$")
# As in Python-Markdown: after whitespace in a heading, on a separate line below any other block.
_APART_IN_HEADING = re.compile(rf"\s{ATTRIBUTES}\s*$")
_APART_BELOW = re.compile(rf"\n *{ATTRIBUTES} *$")
_COUNTED_ID = re.compile(r"^(.*)_(\d+)$")
# A comment, or a fenced code block, inside which "<!--" does not start a comment.
_BLOCK_COMMENT = re.compile(r"^ {0,3}(?P<fence>```|~~~).*?^ {0,3}(?P=fence)|^ {0,3}<!--.*?-->[ \t]*$",
                            re.DOTALL | re.MULTILINE)
_WORDS = frozenset({"text", "code_inline", "text_special"})
_PROSE = _WORDS - {"code_inline"}


# --- Blocks -------------------------------------------------------------------
class Kind(StrEnum):
    """The type of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    CODE = "code"


@dataclass(frozen=True)
class Block:
    """A leaf block. `text` is plain text, with a line feed for a hard line break (`<br>`).

    `prose` is the text without inline code.
    """

    kind: Kind
    line: int
    text: str
    anchor: str = ""
    level: int = 0
    number: int | None = None
    cells: tuple[str, ...] = ()
    prose: str = field(default="", compare=False)


@dataclass(frozen=True)
class Link:
    """A link or an image with its target and title as typed; `text` is the alternative text of an image."""

    target: str
    line: int
    image: bool = False
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Document:
    """A parsed file; `path` is relative to docs/, lines count from 1.

    If `unread`, the file exceeds the size limits and its text is left out.
    """

    path: str
    text: str
    front_matter: Fields = field(default_factory=Fields)
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    front_matter_lines: int = 0
    front_matter_error: FrontMatterError | None = None
    unread: bool = False

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """All lines, without line terminators."""
        return tuple(self.text.split("\n"))

    @property
    def body(self) -> str:
        """The Markdown without its front matter."""
        return "\n".join(self.lines[self.front_matter_lines:])

    @property
    def title(self) -> str:
        """The text of the first level-1 heading, or ""."""
        return next((block.text for block in self.blocks if block.kind is Kind.HEADING and block.level == 1), "")

    @property
    def anchors(self) -> frozenset[str]:
        """All ids that the rendered page offers as link targets."""
        return frozenset(block.anchor for block in self.blocks if block.anchor)

    def at(self, anchor: str) -> Block | None:
        """Return the block with this anchor, or None."""
        return next((block for block in self.blocks if block.anchor == anchor), None)

    def section(self, anchor: str) -> tuple[Block, ...]:
        """Return the blocks that follow an anchor.

        After a heading they end before the next heading of the same or a higher level; after any other block they
        extend to the end of the document.
        """
        start = next((i for i, block in enumerate(self.blocks) if block.anchor == anchor), None)
        if start is None:
            return ()
        level = self.blocks[start].level if self.blocks[start].kind is Kind.HEADING else 0
        rest = self.blocks[start + 1:]
        end = next((i for i, b in enumerate(rest) if b.kind is Kind.HEADING and b.level <= level), len(rest))
        return rest[:end]


@lru_cache(maxsize=64)  # `--changed-since` reads two revisions, in which most texts are equal
def parse(path: str, text: str) -> Document:
    """Parse the text of a file.

    An error in the front matter is stored in `front_matter_error`; the body is parsed nevertheless.
    """
    text = unified(text)
    match = _FRONT_MATTER.match(text)
    count = text[: match.end()].count("\n") if match else 0
    fields, error = Fields(), None
    try:
        fields = fields_of(match[1]) if match else fields
    except FrontMatterError as found:
        error = unclosed(text.split("\n"), found) or found
    # Replace the front matter by blank lines to keep line numbers.
    body = without_comments("\n" * count + "\n".join(text.split("\n")[count:]))
    if any(mark in body for mark in MARKS):
        body = body.translate(dict.fromkeys(map(ord, MARKS), " "))
    tokens, notes = read(body)
    blocks, links = _body(tokens)
    if not error:
        error = misplaced(text.split("\n"), (block.line for block in blocks if block.kind is not Kind.CODE), count)
        fields = Fields() if error else fields
    return Document(path, text, fields, _with_heading_ids(blocks, _heading_names(tokens)), links, notes, count, error)


def unified(text: str) -> str:
    """Return the text without byte order mark and with line feeds as line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def without_comments(markdown: str) -> str:
    """Blank block-level comments (from the start of a line to the end of one), keeping line numbers."""
    if "<!--" not in markdown:
        return markdown
    return _BLOCK_COMMENT.sub(lambda found: found[0] if found["fence"] else "\n" * found[0].count("\n"), markdown)


@dataclass(frozen=True)
class _Around:
    """Context of the current token; `note` is true inside a footnote."""

    kind: Kind = Kind.PARAGRAPH
    line: int = 1
    level: int = 0
    number: int | None = None
    note: bool = False


def _body(tokens: Iterable[Token]) -> tuple[tuple[Block, ...], tuple[Link, ...]]:
    blocks: list[Block] = []
    links: list[Link] = []
    around: list[_Around] = [_Around()]
    for token in tokens:
        if token.type == "inline":
            leaf = _leaf(token, around[-1])
            # A comment alone on its line is an empty paragraph, and "#" alone is not a heading on the page.
            blocks.extend([leaf] if leaf.text or leaf.anchor or leaf.kind is Kind.ROW or _heads(leaf, token) else [])
            links.extend(_links(token, around[-1].line if token.map is None else token.map[0] + 1))
        elif token.nesting == 1:
            around.append(_inside(token, around[-1]))
        elif token.nesting == -1:
            del around[max(len(around) - 1, 1):]  # nested footnotes emit more closing than opening tokens
            if token.type == "tr_close":
                _join_cells(blocks, around[-1])
        elif token.type in ("fence", "code_block"):
            blocks.append(Block(Kind.CODE, token.map[0] + 1 if token.map else 1, token.content))
    return tuple(blocks), tuple(links)


def _heads(leaf: Block, token: Token) -> bool:
    return leaf.kind is Kind.HEADING and bool(token.content)


def _inside(token: Token, outer: _Around) -> _Around:
    line = token.map[0] + 1 if token.map else outer.line
    match token.type:
        case "heading_open":
            return _Around(Kind.HEADING, line, int(token.tag[1]), note=outer.note)
        case "tr_open":
            return _Around(Kind.ROW, line)
        case "footnote_open":
            return _Around(Kind.NOTE, line, note=True)
        case "list_item_open":
            return _Around(Kind.ITEM, line, outer.level + 1, int(token.info) if token.info else None, outer.note)
    return replace(outer, line=line)


def _leaf(token: Token, around: _Around) -> Block:
    text, attributes = _without_attributes(_plain(token), token, around)
    coded = any(child.type == "code_inline" for child in token.children or ())
    prose = _without_attributes(_plain(token, _PROSE), token, around)[0] if coded else text
    line = around.line if around.kind is Kind.ROW or token.map is None else token.map[0] + 1
    return Block(around.kind, line, text, attributes.removeprefix("#"), around.level, around.number, prose=prose)


def _without_attributes(text: str, token: Token, around: _Around) -> tuple[str, str]:
    """Split a token's text from trailing attributes, which are recognized only where the renderer does so."""
    if around.kind is Kind.ROW or around.note or "{" not in token.content:
        return text, ""
    apart = _APART_IN_HEADING if around.kind is Kind.HEADING else _APART_BELOW
    typed = COMMENT.sub("", token.content) if "<!--" in token.content else token.content
    match = _ATTRIBUTES.search(text) if apart.search(typed) else None
    return (text[: match.start()], match[1]) if match else (text, "")


def _plain(token: Token, words: frozenset[str] = _WORDS) -> str:
    if not INLINE_SIGNS.search(token.content):
        return " ".join(token.content.split())
    parts = []
    for child in token.children or ():
        match child.type:
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "html_inline":
                parts.append(_tag(child, "\n"))
            case "image":
                parts.append(child.content)
            case _ if child.type in words:
                parts.append(child.content)
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()


def _tag(token: Token, line_break: str) -> str:
    """Return the text of an HTML-like token, which is literal except for line breaks and comments."""
    if LINE_BREAK.fullmatch(token.content):
        return line_break
    return "" if COMMENT.fullmatch(token.content) else token.content


def _links(token: Token, line: int) -> Iterator[Link]:
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            yield Link(str(child.attrs["href"]), line, title=_title(child))
        elif child.type == "image":
            yield Link(str(child.attrs["src"]), line, image=True, text=child.content.strip(), title=_title(child))


def _title(token: Token) -> str:
    return str(token.attrs.get("title", ""))


def _join_cells(blocks: list[Block], around: _Around) -> None:
    """Merge the cells of the row that has just ended into one block."""
    cells: list[Block] = []
    line = blocks[-1].line if blocks else around.line
    while blocks and blocks[-1].kind is Kind.ROW and not blocks[-1].cells and blocks[-1].line == line:
        cells.insert(0, blocks.pop())
    texts = tuple(cell.text for cell in cells)
    prose = " | ".join(cell.prose for cell in cells)
    blocks.append(Block(Kind.ROW, line, " | ".join(texts), cells=texts, prose=prose))


def _heading_names(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield each heading's name as in the renderer's table of contents: without tags and pictures."""
    note = False
    for opening, inline in pairwise(tokens):
        note |= opening.type == "footnote_block_open"  # the footnote block extends to the end of the document
        if opening.type == "heading_open" and inline.content:
            name = "".join(_tag(child, " ") if child.type == "html_inline" else child.content
                           for child in inline.children or () if child.type in _WORDS | {"html_inline"})
            yield _without_attributes(name, inline, _Around(Kind.HEADING, note=note))[0]


def _with_heading_ids(blocks: tuple[Block, ...], names: Iterator[str]) -> tuple[Block, ...]:
    """Give each heading without an anchor the id that the renderer's table of contents generates."""
    used, last = {block.anchor for block in blocks if block.anchor}, dict[str, str]()
    named = []
    for block in blocks:
        name = next(names, "") if block.kind is Kind.HEADING else ""
        if block.kind is Kind.HEADING and not block.anchor:
            wanted = heading_id(name)
            anchor = last[wanted] = _unused(last.get(wanted, wanted), used)
            used.add(anchor)
            named.append(replace(block, anchor=anchor))
        else:
            named.append(block)
    return tuple(named)


def heading_id(words: str, separator: str = "-") -> str:
    """Return the id for a heading without an anchor; usable as Python-Markdown's `slugify`."""
    name = slug(words, separator)
    return f"{name}_1" if name in RESERVED_IDS else name


def _unused(name: str, used: set[str]) -> str:
    # Same numbering as Python-Markdown's toc extension: name, name_1, name_2 …; an empty name starts at _1.
    while name in used or not name:
        match = _COUNTED_ID.match(name)
        name = f"{match[1]}_{int(match[2]) + 1}" if match else f"{name}_1"
    return name
