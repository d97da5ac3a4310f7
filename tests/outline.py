"""The outline of a PDF as readers' programs show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline. `level` counts from 1, `page` from 0."""

    level: int
    title: str
    page: int


def bookmarks(path: Path) -> list[Bookmark]:
    """All lines in order."""
    with pikepdf.open(path) as document, document.open_outline() as outline:
        pages = [page.objgen for page in document.pages]

        def walk(items: Any, level: int) -> Iterator[Bookmark]:
            for item in items:
                yield Bookmark(level, str(item.title), pages.index(item.destination[0].objgen))
                yield from walk(item.children, level + 1)

        return list(walk(outline.root, 1))


def pages(path: Path) -> int:
    """How many pages the PDF has."""
    with pikepdf.open(path) as document:
        return len(document.pages)
