"""Writing of the tag tree into a PDF (ISO 32000-1, 14.7 and 14.8)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import pydyf

from proceedings.print.pdf.tag_tree import Annotation, Mark, Node

POINT = 0.75  # points per CSS pixel


def write_tags(pdf: Any, root: Node, heights: Sequence[float]) -> None:
    """Add the tag tree to the PDF, and references from links. `heights` are page heights in points."""
    writer = _Writer(pdf, heights)
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    tree["K"] = pydyf.Array([writer.element(root, tree.reference)])
    tree["ParentTree"] = writer.parent_tree()
    tree["ParentTreeNextKey"] = len(heights) + writer.links
    if writer.ids:
        names = [part for name, reference in sorted(writer.ids.items()) for part in (pydyf.String(name), reference)]
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


class _Writer:
    def __init__(self, pdf: Any, heights: Sequence[float]) -> None:
        self.ids: dict[str, bytes] = {}
        self._pdf = pdf
        self._pages: list[bytes] = pdf.page_references
        self._heights = heights
        self._owners: list[dict[int, bytes]] = [{} for _ in heights]
        self._linked: list[bytes] = []
        self._names = (f"e{number:05d}" for number in count(1))
        self._cells: dict[Node, _Cell] = {}

    @property
    def links(self) -> int:
        """Number of link annotations written."""
        return len(self._linked)

    def element(self, node: Node, parent: bytes) -> bytes:
        """Write a structure element and its descendants; return its reference."""
        written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        self._pdf.add_object(written)
        if node.page is not None:
            written["Pg"] = self._pages[node.page]
        self._describe(node, written)
        written["K"] = pydyf.Array([self._kid(kid, node, written.reference) for kid in node.kids])
        return bytes(written.reference)

    def parent_tree(self) -> bytes:
        """Write the parent tree, which maps marked content and links to their structure elements."""
        numbers = pydyf.Array()
        for page, owners in enumerate(self._owners):
            size = max(owners, default=-1) + 1
            numbers.extend([page, pydyf.Array([owners.get(number, b"null") for number in range(size)])])
        for index, owner in enumerate(self._linked, len(self._heights)):
            numbers.extend([index, owner])
        tree = pydyf.Dictionary({"Nums": numbers})
        self._pdf.add_object(tree)
        return bytes(tree.reference)

    def _kid(self, kid: Node | Mark | Annotation, node: Node, owner: bytes) -> Any:
        if isinstance(kid, Node):
            return self.element(kid, owner)
        if isinstance(kid, Annotation):
            return self._link(kid, node, owner)
        self._owners[kid.page][kid.number] = owner
        if kid.page == node.page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.number})

    def _link(self, link: Annotation, node: Node, owner: bytes) -> Any:
        link.object["StructParent"] = len(self._heights) + len(self._linked)
        link.object["Contents"] = pydyf.String(node.element.get("title") or _words(node.element))
        self._linked.append(owner)
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": link.object.reference, "Pg": self._pages[link.page]})

    def _describe(self, node: Node, written: Any) -> None:
        """Add the attributes that the standard requires for some structure types."""
        match node.role:
            case "Table":
                self._cells |= _cells(node, self._names)
            case "TH" | "TD":
                self._describe_cell(node, written)
            case "Note":
                self._name(next(self._names), written)
            case "L" if node.element is not None and node.element.tag == "ol":
                written["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal"})
            case "Figure":
                written["Alt"] = pydyf.String(node.element.get("alt") or "")
                written["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": self._area(node)})

    def _describe_cell(self, node: Node, written: Any) -> None:
        cell = self._cells.get(node, _Cell())
        attributes = {"O": "/Table"}
        if node.role == "TH":
            attributes["Scope"] = "/Row" if node.element.get("scope") == "row" else "/Column"
            self._name(cell.name, written)
        elif cell.heads:
            attributes["Headers"] = pydyf.Array([pydyf.String(name) for name in cell.heads])
        for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
            if _span(node, name) > 1:
                attributes[key] = str(_span(node, name))
        written["A"] = pydyf.Dictionary(attributes)

    def _name(self, name: str, written: Any) -> None:
        written["ID"] = pydyf.String(name)
        self.ids[name] = bytes(written.reference)

    def _area(self, node: Node) -> Any:
        left, top, width, height = node.box or (0.0, 0.0, 0.0, 0.0)
        bottom = self._heights[node.page or 0] - (top + height) * POINT
        return pydyf.Array([left * POINT, bottom, (left + width) * POINT, bottom + height * POINT])


@dataclass(frozen=True)
class _Cell:
    """The id of a header cell, and the ids of the header cells of a data cell."""

    name: str = ""
    heads: tuple[str, ...] = ()


def _cells(table: Node, names: Iterator[str]) -> Mapping[Node, _Cell]:
    """Return the cells of a table with the ids of their column and row headers."""
    places = list(_places(table))
    heads = [(place, next(names)) for place in places if place.cell.role == "TH"]
    named = {place.cell: name for place, name in heads}
    return {place.cell: _Cell(named.get(place.cell, ""), tuple(name for head, name in heads if _heads(head, place)))
            for place in places}


@dataclass(frozen=True)
class _Place:
    """The position of a cell in the table grid, with its row and column span."""

    cell: Node
    row: int
    column: int
    rows: int
    columns: int


def _places(table: Node) -> Iterator[_Place]:
    taken: set[tuple[int, int]] = set()
    rows = [node for node in table.walk() if node.role == "TR"]
    for row, node in enumerate(rows):
        column = 0
        for cell in (kid for kid in node.kids if isinstance(kid, Node)):
            while (row, column) in taken:
                column += 1
            place = _Place(cell, row, column, _span(cell, "rowspan"), _span(cell, "colspan"))
            taken |= {(row + down, column + right) for down in range(place.rows) for right in range(place.columns)}
            yield place


def _heads(head: _Place, cell: _Place) -> bool:
    """Return whether `head` is a header of `cell`: in its row if a row header, else in its column."""
    if head.cell is cell.cell or cell.cell.role == "TH":
        return False
    if head.cell.element.get("scope") == "row":
        return head.row < cell.row + cell.rows and cell.row < head.row + head.rows
    return head.column < cell.column + cell.columns and cell.column < head.column + head.columns


def _span(cell: Node, name: str) -> int:
    value = cell.element.get(name, "")
    return int(value) if value.isdecimal() else 1


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
