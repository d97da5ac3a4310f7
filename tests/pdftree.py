"""The tag tree of a PDF with the text of its marked content, as screen readers use it."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw


@dataclass(frozen=True)
class Content:
    """Marked content on a page (index from 0)."""

    page: int
    number: int
    text: str


@dataclass(frozen=True)
class Element:
    """A structure element. `links` is its number of link annotations, `entry` its dictionary."""

    role: str
    entry: Any
    kids: "tuple[Element | Content, ...]" = ()
    links: int = 0
    pages: frozenset[int] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        """Its text in reading order."""
        return " ".join("".join(_texts(self)).split())

    def walk(self) -> "Iterator[Element]":
        """Yield the element and its descendants in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all(self, role: str) -> "list[Element]":
        """Return the descendants with a role."""
        return [element for element in self.walk() if element.role == role]


def tree(document: pikepdf.Pdf, path: Path) -> Element:
    """Return the tree; `document` is the open file `path`, and must stay open while the tree is used."""
    pages = {page.objgen: number for number, page in enumerate(document.pages)}
    texts = dict(_marked_texts(path))
    return _element(document.Root.StructTreeRoot.K[0], pages, texts)


def _element(entry: Any, pages: dict[Any, int], texts: dict[tuple[int, int], str]) -> Element:
    kids: list[Element | Content] = []
    links = 0
    for kid in _kids(entry):
        if not isinstance(kid, pikepdf.Dictionary):
            kids.append(_content(pages[entry.Pg.objgen], int(kid), texts))
        elif kid.get("/Type") == "/MCR":
            kids.append(_content(pages[kid.Pg.objgen], int(kid.MCID), texts))
        elif kid.get("/Type") == "/OBJR":
            links += 1
        else:
            kids.append(_element(kid, pages, texts))
    on = frozenset(page for kid in kids for page in (kid.pages if isinstance(kid, Element) else {kid.page}))
    return Element(str(entry.S).removeprefix("/"), entry, tuple(kids), links, on)


def _kids(entry: Any) -> list[Any]:
    found = entry.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _content(page: int, number: int, texts: dict[tuple[int, int], str]) -> Content:
    return Content(page, number, texts.get((page, number), ""))


def _texts(element: Element) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Content):
            yield f"{kid.text} "
        else:
            yield from _texts(kid)


def _marked_texts(path: Path) -> Iterator[tuple[tuple[int, int], str]]:
    document = pdfium.PdfDocument(path)
    for number, page in enumerate(document):
        text_page = page.get_textpage()
        found: dict[int, str] = {}
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            mark = raw.FPDFPageObj_GetMarkedContentID(item.raw)
            if mark >= 0:
                found[mark] = found.get(mark, "") + _text(item, text_page)
        for mark, text in found.items():
            yield (number, mark), unicodedata.normalize("NFC", text)


def _text(item: pdfium.PdfObject, text_page: pdfium.PdfTextPage) -> str:
    length = raw.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(item.raw, text_page.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
