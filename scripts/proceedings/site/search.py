"""The texts that the site's search looks through, as scripts that a page loads when its reader searches.

There is no inverted index: the browser looks through the text itself, which is the smallest index there is and loses
no word, phrase or place. Text goes into parts of bounded size, which load side by side. They are scripts, because a
page opened from a folder may read no other file.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from proceedings import schema
from proceedings.conference.model import Conference
from proceedings.conference.navigation import is_document

FOLDER = "assets/search"
PART_SIZE = 1_000_000  # letters of text in a part, about
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_BLOCKS = frozenset("""
    blockquote br caption dd details div dl dt figcaption figure h5 h6 hr li ol p pre section summary table tbody td th
    thead tr ul
""".split()) | _HEADINGS


@dataclass(frozen=True)
class Page:
    """A page as readers get it: its path under docs/, its address in the site, its title, and its text."""

    path: str
    address: str
    title: str
    sections: Sequence["Section"]


@dataclass(frozen=True)
class Section:
    """The text from one heading to the next; `anchor` and `heading` are "" before the first."""

    anchor: str
    heading: str
    text: str


def files(conference: Conference, pages: Iterable[Page]) -> dict[str, str]:
    """The scripts by their path in the site: `index.js`, and the parts that it names."""
    listed = tuple(pages)
    parts = tuple(_parts([page.sections for page in listed]))
    head = {
        "parts": len(parts),
        "pages": [[page.address, page.title, _rank(conference, page.path), _about(conference, page.path)]
                  for page in listed],
        "abbreviations": [[row.short, row.full] for row in conference.abbreviations],
    }
    return {f"{FOLDER}/index.js": _call("index", head)} | {
        f"{FOLDER}/part-{number}.js": _call("part", number, part) for number, part in enumerate(parts)}


def sections(root: HtmlElement) -> tuple[Section, ...]:
    """The sections of a finished page, in order; what is marked `data-search="off"` is left out."""
    reader = _Reader()
    reader.read(root)
    reader.close()
    return tuple(section for section in reader.sections if section.text or section.heading)


def _rank(conference: Conference, path: str) -> int:
    """What kind of page it is: 0 a document of the conference, 1 a register, 2 a list or board, 3 the guide."""
    if is_document(conference, path):
        return 0
    if path.startswith(f"{schema.GUIDE_FOLDER}/"):
        return 3
    return 1 if path in schema.REGISTERS else 2


def _about(conference: Conference, path: str) -> str:
    """What all of a page is about, where its title does not say it: its words need not stand in each section."""
    return conference.plan.subject if path == schema.PLAN else ""


def _parts(texts: Sequence[Sequence[Section]]) -> Iterator[list[list[object]]]:
    """Rows of page number, anchor, heading and text, in lists of about the size of a part."""
    part: list[list[object]] = []
    size = 0
    for number, page in enumerate(texts):
        for section in page:
            part.append([number, section.anchor, section.heading, section.text])
            size += len(section.heading) + len(section.text)
        if size >= PART_SIZE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _call(name: str, *values: object) -> str:
    """A script that hands data over; what could end a script or a line in one is written in another way."""
    data = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    data = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"proceedings.search.{name}({data});\n"


class _Reader:
    """Gathers text, a space where blocks end; a heading or row with an id begins a section."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._anchor = ""
        self._heading = ""
        self._text: list[str] = []

    def read(self, element: HtmlElement) -> None:
        """Take in an element and all in it."""
        if element.get("data-search") == "off" or not isinstance(element.tag, str):
            return
        if element.tag in _HEADINGS:
            self.close()
            self._anchor, self._heading = element.get("id") or "", _plain([element.text_content()])
            return
        if element.tag == "tr" and element.get("id"):
            self.close()
            self._anchor = element.get("id") or ""
            self._heading = _plain(text for cell in element[:2] for text in (*cell.itertext(), " "))
        self._inside(element)

    def _inside(self, element: HtmlElement) -> None:
        gap = " " if element.tag in _BLOCKS else ""
        self._text += [gap, element.text or ""]
        for child in element:
            self.read(child)
            self._text.append(child.tail or "")
        self._text.append(gap)

    def close(self) -> None:
        """End the section at hand."""
        self.sections.append(Section(self._anchor, self._heading, _plain(self._text)))
        self._text = []


def _plain(pieces: Iterable[str]) -> str:
    return " ".join(unicodedata.normalize("NFC", "".join(pieces)).split())

