"""The outline of a PDF, as shown by PDF viewers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline. `level` counts from 1, `page` from 0."""

    level: int
    title: str
    page: int


def bookmarks(path: Path) -> list[Bookmark]:
    """Return all entries in order."""
    with pikepdf.open(path) as document, document.open_outline() as outline:
        pages = [page.objgen for page in document.pages]

        def walk(items: Any, level: int) -> Iterator[Bookmark]:
            for item in items:
                yield Bookmark(level, str(item.title), pages.index(item.destination[0].objgen))
                yield from walk(item.children, level + 1)

        return list(walk(outline.root, 1))


def places(path: Path) -> dict[str, int]:
    """Return the page index of every id that links can refer to."""
    with pikepdf.open(path) as document:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages)}
        names = document.Root.Names.Dests.Names
        return {str(names[index]): numbers[names[index + 1][0].objgen] for index in range(0, len(names), 2)}


def chapter(path: Path, document: str) -> tuple[int, int]:
    """Return first page and number of pages of a document in the volume, by its path under docs/."""
    name = document.removesuffix(".md").replace("/", "-")
    found = places(path)
    return found[name], found[f"{name}--het--"] - found[name] + 1


def pages(path: Path) -> int:
    """Return the number of pages of a PDF."""
    with pikepdf.open(path) as document:
        return len(document.pages)
