"""Data of the site's search, written as scripts that are loaded when a reader opens the search.

There is no inverted index: the browser searches the text itself, which is smaller and finds any word or phrase with
its position. The text is split into parts of limited size, which are loaded in parallel. They are scripts, because a
page opened from a folder (file:) may not read other files.
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
PART_SIZE = 1_000_000  # approximate letters of text per part
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_BLOCKS = frozenset("""
    blockquote br caption dd details div dl dt figcaption figure h5 h6 hr li ol p pre section summary table tbody td th
    thead tr ul
""".split()) | _HEADINGS


@dataclass(frozen=True)
class Page:
    """A page: its path under docs/, its address in the site, its title, and its text by sections."""

    path: str
    address: str
    title: str
    sections: Sequence["Section"]


@dataclass(frozen=True)
class Section:
    """The text from one heading to the next; `anchor` and `heading` are "" before the first heading."""

    anchor: str
    heading: str
    text: str


def files(conference: Conference, pages: Iterable[Page]) -> dict[str, str]:
    """Return the scripts by path in the site: `index.js` and the parts listed in it."""
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
    """Return the sections of a finished page in order, without elements marked `data-search="off"`."""
    reader = _Reader()
    reader.read(root)
    reader.close()
    return tuple(section for section in reader.sections if section.text or section.heading)


def _rank(conference: Conference, path: str) -> int:
    """Return the page's rank: 0 for conference documents, 1 registers, 2 lists and boards, 3 the guide."""
    if is_document(conference, path):
        return 0
    if path.startswith(f"{schema.GUIDE_FOLDER}/"):
        return 3
    return 1 if path in schema.REGISTERS else 2


def _about(conference: Conference, path: str) -> str:
    """Return words that apply to a whole page beyond its title, and need not occur in each section."""
    return conference.plan.subject if path == schema.PLAN else ""


def _parts(texts: Sequence[Sequence[Section]]) -> Iterator[list[list[object]]]:
    """Yield rows of page number, anchor, heading and text, in lists of approximately PART_SIZE letters."""
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
    """Return a script that calls a function with JSON data.

    Characters that could end the script element or a JavaScript line are escaped.
    """
    data = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    data = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"proceedings.search.{name}({data});\n"


class _Reader:
    """Collects text with spaces at block boundaries; a heading, or a row with an id, begins a section."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._anchor = ""
        self._heading = ""
        self._text: list[str] = []

    def read(self, element: HtmlElement) -> None:
        """Collect the text of an element and its descendants."""
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
        """End the current section."""
        self.sections.append(Section(self._anchor, self._heading, _plain(self._text)))
        self._text = []


def _plain(pieces: Iterable[str]) -> str:
    return " ".join(unicodedata.normalize("NFC", "".join(pieces)).split())

