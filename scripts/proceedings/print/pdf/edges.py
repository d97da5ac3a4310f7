"""Detection of content that is laid out but not readable: clipped by the page or a cell, or left out.

Works on layout boxes, before anything is painted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

_SLACK = 1.0  # tolerance for rounding, in CSS pixels
_MOST_TOLD = 60  # letters quoted in a message
_CELLS = ("td", "th")
_NAME = "data-bookmark"  # attribute with a document's name, set by print templates


def unreadable(tree: Any, pages: list[Any]) -> str:
    """Describe the first unreadable content on the pages (Vietnamese); "" if there is none."""
    return next(_cut(pages), "") or next(_left_out(tree, pages), "")


def _cut(pages: list[Any]) -> Iterator[str]:
    around = ""  # document that the footnotes on the page belong to; their boxes are outside its element
    for number, page in enumerate(pages, 1):
        named = (box.element for box in page._page_box.descendants(placeholders=True) if box.element is not None)
        around = next((_named(element) for element in named if element.get(_NAME)), around)
        found = list(_words(page._page_box, _Frame(page.width, page.height, 0, page.width, around)))
        if found:
            part, words = max(found, key=lambda each: len(each[1]))
            yield f"{part}chữ \"{_told(words)}\" ra ngoài mép giấy hoặc ô bảng ở tờ {number}"


@dataclass(frozen=True)
class _Frame:
    """The area that text must stay within: the page, and the enclosing cell. `part` names the document."""

    width: float
    height: float
    left: float
    right: float
    part: str = ""

    def below(self, box: Any) -> "_Frame":
        """Return the frame for the content of a box."""
        left, right, part = self.left, self.right, self.part
        if isinstance(box, boxes.TableCellBox):
            left, right = box.position_x, box.position_x + box.border_width()
        if box.element is not None and box.element.get(_NAME):
            part = _named(box.element)
        return replace(self, left=left, right=right, part=part)

    def holds(self, text: Any) -> bool:
        """Return whether a text box is completely inside the frame."""
        return bool(max(self.left, 0) - _SLACK <= text.position_x
                    and text.position_x + text.width <= min(self.right, self.width) + _SLACK
                    and text.position_y >= -_SLACK and text.position_y + text.height <= self.height + _SLACK)


def _words(box: Any, frame: _Frame) -> Iterator[tuple[str, str]]:
    """Yield the document and text of each text box below `box` that is not inside its frame."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TextBox):
        if box.text.strip() and not frame.holds(box):
            yield frame.part, box.text
        return
    frame = frame.below(box)
    for child in getattr(box, "children", ()):
        yield from _words(child, frame)


def _left_out(tree: Any, pages: list[Any]) -> Iterator[str]:
    """Yield table cells with text but without a box: those of a head that is higher than a page."""
    laid = {id(box.element) for page in pages for box in page._page_box.descendants(placeholders=True)
            if box.element_tag in _CELLS}
    for part in [element for element in tree.iter() if element.get(_NAME)] or [tree]:
        lost = ["".join(cell.itertext()) for tag in _CELLS for cell in part.iter(tag) if id(cell) not in laid]
        longest = max(lost, key=len, default="")
        if longest.strip():
            yield f"{_named(part)}ô bảng \"{_told(longest)}\" cao quá một trang nên không in được"


def _named(element: Any) -> str:
    return f"{element.get(_NAME)}: " if element.get(_NAME) else ""


def _told(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST_TOLD else f"{words[:_MOST_TOLD]}…"
