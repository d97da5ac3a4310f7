"""The PDF tag tree: one structure element per HTML element, across lines and pages.

WeasyPrint's own tags split paragraphs, tables and articles at page breaks, do not support notes and tables of
contents, and tag running heads as content. So pages are painted without them, and the tree is built here from the
same boxes. Only this module and `painting` depend on private parts of WeasyPrint.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

# Structure types of HTML elements (ISO 32000-1, 14.8.4). The content of other elements belongs to their parent.
_ROLES = {
    "article": "Art", "section": "Sect", "blockquote": "BlockQuote", "p": "P", "pre": "P", "code": "Code", "a": "Link",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6", "ul": "L", "ol": "L", "li": "LI",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR",
    "th": "TH", "td": "TD", "img": "Figure",
}
_PSEUDO_ROLES = {"::marker": "Lbl", "::footnote-marker": "Lbl", "::footnote-call": "Reference"}
# Text must not be a direct child of these, so it gets a paragraph.
_GROUPING = frozenset({"Document", "Part", "Art", "Sect", "BlockQuote", "TOC", "Index"})
_KEPT_EMPTY = frozenset({"TH", "TD"})
_ROLE = "data-role"  # attribute of print templates: a role without an HTML element, "Artifact", or "None"


@dataclass(frozen=True)
class Mark:
    """A marked content reference: the page index and the MCID on that page."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    """A link annotation on a page (index from 0); `object` is WeasyPrint's annotation dictionary."""

    page: int
    object: Any


@dataclass(eq=False)
class Node:
    """A structure element under construction.

    `element` is its HTML element; None for the root and for implied paragraphs.
    """

    role: str
    element: Any = None
    parent: "Node | None" = None
    kids: "list[Node | Mark | Annotation]" = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None  # of a figure, in CSS pixels from the page's top left

    @property
    def page(self) -> int | None:
        """The index of the first page with content of the element."""
        return next((page for page in (kid.page for kid in self.kids) if page is not None), None)

    def walk(self) -> "Iterator[Node]":
        """Yield the element and its descendants in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


@dataclass(frozen=True)
class Structure:
    """The tag tree, and the MCIDs of artifacts per page: running heads, repeated table heads."""

    root: Node
    artifacts: Mapping[int, frozenset[int]]


def build(pages: list[tuple[Any, Mapping[Any, int]]]) -> Structure:
    """Build the structure of pages, each given as its page box and the MCIDs of its boxes.

    Raises LookupError if any painted content is neither in the tree nor an artifact.
    """
    builder = _Builder()
    for number, (page_box, marks) in enumerate(pages):
        builder.add(number, page_box, marks)
    _prune(builder.root)
    read = {(kid.page, kid.number) for node in builder.root.walk() for kid in node.kids if isinstance(kid, Mark)}
    for number, (_, marks) in enumerate(pages):
        lost = [mark for mark in marks.values() if (number, mark) not in read and mark not in builder.artifacts[number]]
        if lost:
            raise LookupError(f"page {number + 1} paints {len(lost)} pieces that have no place in the tag tree")
    return Structure(builder.root, {page: frozenset(marks) for page, marks in builder.artifacts.items()})


class _Builder:
    def __init__(self) -> None:
        self.root = Node("Document")
        self.artifacts: dict[int, set[int]] = {}
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._seen_heads: dict[Any, int] = {}
        self._page = 0
        self._marks: Mapping[Any, int] = {}

    def add(self, number: int, page_box: Any, marks: Mapping[Any, int]) -> None:
        self._page, self._marks = number, marks
        self.artifacts[number] = set()
        for child in page_box.children:
            self._visit(child, self.root)

    def _visit(self, box: Any, around: Node) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            self._visit_margin(box)
            return
        if self._is_decoration(box):
            self.artifacts[self._page].update(self._marks_below(box))
            return
        node = self._node(box, around)
        if box in self._marks:
            self._host(node).kids.append(Mark(self._page, self._marks[box]))
        if box.link_annotation is not None:
            node.kids.append(Annotation(self._page, box.link_annotation))
        for child in getattr(box, "children", ()):
            self._visit(child, node)

    def _visit_margin(self, margin: Any) -> None:
        """Visit a margin box: generated content is an artifact, elements of the text placed there are not."""
        for child in margin.children:
            if child.element is None:
                self._visit_margin(child)
            else:
                self._visit(child, self.root)
        self.artifacts[self._page].update(self._marks[child] for child in margin.children
                                          if child.element is None and child in self._marks)

    def _is_decoration(self, box: Any) -> bool:
        """Return whether a box is an artifact: marked so by the template, or a repeated table head."""
        if box.element is not None and box.element.get(_ROLE) == "Artifact":
            return True
        if not getattr(box, "is_header", False) or box.element is None:
            return False
        return self._seen_heads.setdefault(box.element, self._page) != self._page

    def _marks_below(self, box: Any) -> Iterator[int]:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box in self._marks:
            yield self._marks[box]
        for child in getattr(box, "children", ()):
            yield from self._marks_below(child)

    def _node(self, box: Any, around: Node) -> Node:
        """Return the structure element that the box's content belongs to."""
        element, tag = box.element, box.element_tag or ""
        if element is None or tag.startswith(("html", "body")):
            return around
        pseudo = next((name for name in _PSEUDO_ROLES if tag.endswith(name)), "")
        role = _PSEUDO_ROLES.get(pseudo) or element.get(_ROLE) or _ROLES.get(tag.split("::")[0], "")
        if not role or role == "None":
            return around
        node = self._nodes.get((element, pseudo)) or self._open(role, element, pseudo, around)
        if pseudo == "::footnote-call":
            self._nodes.get((element, "")) or self._open("Note", element, "", node.parent or around)
        if role == "LI":
            return self._body(node, box)
        if role == "Figure":
            node.box = (box.content_box_x(), box.content_box_y(), box.width, box.height)
        return node

    def _open(self, role: str, element: Any, part: str, around: Node) -> Node:
        parent = around.parent if part == "::marker" and around.role == "LBody" and around.parent else around
        node = Node(role, element, parent)
        if part == "::marker":
            parent.kids.insert(0, node)
        else:
            parent.kids.append(node)
        self._nodes[element, part] = node
        return node

    def _body(self, item: Node, box: Any) -> Node:
        """Return the part of a list item that contains everything but its label."""
        return self._nodes.get((box.element, "body")) or self._open("LBody", box.element, "body", item)

    def _host(self, node: Node) -> Node:
        """Return the element for text: a new or the last implied paragraph if `node` is a grouping element."""
        if node.role not in _GROUPING:
            return node
        last = node.kids[-1] if node.kids else None
        if isinstance(last, Node) and last.element is None:
            return last
        paragraph = Node("P", None, node)
        node.kids.append(paragraph)
        return paragraph


def _prune(node: Node) -> None:
    """Remove elements without content, except cells, which keep the table's shape."""
    for kid in list(node.kids):
        if isinstance(kid, Node):
            _prune(kid)
            if not kid.kids and kid.role not in _KEPT_EMPTY:
                node.kids.remove(kid)
