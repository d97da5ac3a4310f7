"""What a layout has put where nobody can read it: words beyond the paper's edge or their cell, cells left out.

Only boxes are looked at, which are there before anything is painted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

_SLACK = 1.0  # CSS pixels: rounding
_MOST_TOLD = 60  # letters
_CELLS = ("td", "th")
_NAME = "data-bookmark"  # what print templates call a document


def unreadable(tree: Any, pages: list[Any]) -> str:
    """What cannot be read on the pages made of an HTML tree, at the first such place; "" for nothing."""
    return next(_cut(pages), "") or next(_left_out(tree, pages), "")


def _cut(pages: list[Any]) -> Iterator[str]:
    around = ""  # the document that the page's notes belong to, which stand outside of it
    for number, page in enumerate(pages, 1):
        named = (box.element for box in page._page_box.descendants(placeholders=True) if box.element is not None)
        around = next((_named(element) for element in named if element.get(_NAME)), around)
        found = list(_words(page._page_box, _Frame(page.width, page.height, 0, page.width, around)))
        if found:
            part, words = max(found, key=lambda each: len(each[1]))
            yield f"{part}chữ \"{_told(words)}\" ra ngoài mép giấy hoặc ô bảng ở tờ {number}"


@dataclass(frozen=True)
class _Frame:
    """Where words must stay: on the sheet, and within the cell that they are in. `part` names the document."""

    width: float
    height: float
    left: float
    right: float
    part: str = ""

    def below(self, box: Any) -> "_Frame":
        """That of what stands in a box."""
        left, right, part = self.left, self.right, self.part
        if isinstance(box, boxes.TableCellBox):
            left, right = box.position_x, box.position_x + box.border_width()
        if box.element is not None and box.element.get(_NAME):
            part = _named(box.element)
        return replace(self, left=left, right=right, part=part)

    def holds(self, text: Any) -> bool:
        """Whether all of a box of text is within."""
        return bool(max(self.left, 0) - _SLACK <= text.position_x
                    and text.position_x + text.width <= min(self.right, self.width) + _SLACK
                    and text.position_y >= -_SLACK and text.position_y + text.height <= self.height + _SLACK)


def _words(box: Any, frame: _Frame) -> Iterator[tuple[str, str]]:
    """The document and the words of each piece of text below a box that the frame does not hold."""
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
    """Cells with words of which no page has a box: those of a head that is higher than a page."""
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
