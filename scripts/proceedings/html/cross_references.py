"""What the site adds to a finished text, of which no word changes.

Abbreviations explain themselves, citations lead to the register, and registers tell where what they list is mentioned.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from proceedings import schema
from proceedings.conference.citations import citation
from proceedings.conference.mentions import Found, Mention, announced, plain, whole
from proceedings.conference.model import CitedDocument, Conference
from proceedings.html.fragments import Fragments, LinkTo
from proceedings.html.rendering import insert, parse
from proceedings.html.table_marks import label
from proceedings.text.language.document_numbers import NUMBERLIKE
from proceedings.text.slugs import slug

_VERBATIM = frozenset({"code", "pre", "kbd"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class _Register:
    """A register's page: the column that names its entries, and their rows' ids by what stands there.

    `below` writes what is to stand below a row with the places that mention its entry, by name in `found`.
    """

    column: int
    ids: Mapping[str, str]
    found: Found
    below: Callable[[Sequence[Mention], LinkTo], str] | None = None


@dataclass(frozen=True)
class References:
    """What to find in the pages of one build, and what to tell there; made once."""

    fragments: Fragments
    pattern: re.Pattern[str]
    full: Mapping[str, str]
    documents: Mapping[str, CitedDocument]
    conference: Conference
    registers: Mapping[str, _Register]

    @classmethod
    def of(cls, conference: Conference, fragments: Fragments) -> "References":
        """Of the registers of a conference."""
        full = {plain(entry.short): entry.full for entry in conference.abbreviations}
        documents: dict[str, CitedDocument] = {}
        for document in conference.cited_documents:
            documents.setdefault(plain(document.number), document)
        themes = [plain(theme.name) for theme in conference.themes]
        found = fragments.mentions
        ways = f"(?P<cited>{announced(documents.values())})|(?P<longer>{NUMBERLIKE})|(?P<short>{whole(full)})"
        begins = "".join(sorted({re.escape(name[:1]) for name in (*full, *documents, "s", "S")}))
        # Where a word begins, by the letters that one of these begins with: that keeps the search short.
        pattern = re.compile(rf"(?=[{begins}\d/])(?<!\w)(?:{ways})")
        return cls(fragments, pattern, full, documents, conference, {
            schema.CITED_DOCUMENTS: _Register(1, _ids("vb", documents), found.citations, fragments.cited_at),
            schema.ABBREVIATIONS: _Register(0, _ids("tt", full), {}),
            schema.THEMES: _Register(0, _ids("cd", themes), found.themes, fragments.found_in),
        })

    def add(self, path: str, root: HtmlElement, link: LinkTo) -> None:
        """Add all of it to a page's finished text, but for what stands below the text."""
        rows = self._name_rows(root, path)
        for element in list(root.iter(etree.Element)):
            for slot, text in (("text", element.text), ("tail", element.tail)):
                if text and self.pattern.search(text):
                    self._mark(element, slot, text, link)
        _set_tab_stops(root)
        self._tell_below(rows, path, link)

    # --- In the text ----------------------------------------------------------------
    def _mark(self, element: HtmlElement, slot: str, text: str, link: LinkTo) -> None:
        holder = element if slot == "text" else element.getparent()
        matches = [match for match in self.pattern.finditer(text) if match.lastgroup != "longer"]
        around = (holder, *holder.iterancestors())
        for match in reversed(matches):
            mark = self._linked(match["number"], around, link) if match["number"] else self._explained(match[0], around)
            if mark is not None:
                insert(element, slot, match.start(), mark)
                mark.text, mark.tail = match[0], (mark.tail or "")[len(match[0]):]

    def _explained(self, word: str, around: Iterable[HtmlElement]) -> HtmlElement | None:
        full = self.full[plain(word)]
        if _is_closed(around, self.registers[schema.ABBREVIATIONS].ids[plain(word)], _VERBATIM):
            return None
        # Where no script shows the tip, the browser shows the title.
        return html.Element("abbr", {"class": "abbr", "data-tip": full, "title": full})

    def _linked(self, number: str, around: Iterable[HtmlElement], link: LinkTo) -> HtmlElement | None:
        name = self.registers[schema.CITED_DOCUMENTS].ids[plain(number)]
        page = link(schema.CITED_DOCUMENTS)
        if not page or _is_closed(around, name, _VERBATIM | {"a"}):
            return None
        document = self.documents[plain(number)]
        return html.Element("a", {"class": "cite", "href": f"{page}#{name}",
                                  "data-tip": f"{citation(document)}: {document.subject}"})

    # --- Around it ---------------------------------------------------------------------
    def _name_rows(self, root: HtmlElement, path: str) -> list[tuple[HtmlElement, str]]:
        """Give each row of a register its id; the rows with the names of their entries."""
        register = self.registers.get(path)
        if not register:
            return []
        named: dict[str, HtmlElement] = {}
        for row in root.iterfind(".//tbody/tr"):
            name = plain("".join(cell.text_content() for cell in row[register.column:register.column + 1]))
            if name in register.ids and named.setdefault(name, row) is row:
                row.set("id", register.ids[name])
        for table in {row.getparent().getparent() for row in named.values()}:
            label(table)
        return [(row, name) for name, row in named.items()]

    def _tell_below(self, rows: Iterable[tuple[HtmlElement, str]], path: str, link: LinkTo) -> None:
        register = self.registers.get(path)
        if not register or not register.below:
            return
        for row, name in rows:
            cell = parse(register.below(register.found.get(name, ()), link))
            cell.tag = "td"
            cell.set("colspan", str(len(row)))
            below = html.Element("tr", {"class": "mentioned", "data-search": "off"})
            below.append(cell)
            row.addnext(below)

    def below(self, path: str, link: LinkTo) -> str:
        """The HTML that stands below a speech, "" below any other text."""
        speech = self.conference.speech_at(path)
        if not speech:
            return ""
        page, ids = link(schema.CITED_DOCUMENTS), self.registers[schema.CITED_DOCUMENTS].ids
        cited = [(self.documents[plain(number)], f"{page}#{ids[plain(number)]}" if page else "")
                 for number in self.fragments.mentions.cited_by.get(path, ())]
        return self.fragments.related(cited, self.fragments.mentions.units.get(speech.unit, ()), link)


def _is_closed(around: Iterable[HtmlElement], own: str, closed: frozenset[str]) -> bool:
    """Whether nothing is to be marked there: in such an element, in its own row, in the head of a derived table."""
    return any(element.tag in closed or element.get("id") == own or _heads_register(element) for element in around)


def _heads_register(element: HtmlElement) -> bool:
    # Our own heads say "TT" for the number in a list, whatever the register of abbreviations takes it for.
    return element.tag == "thead" and "register" in (element.getparent().get("class") or "")


def _set_tab_stops(root: HtmlElement) -> None:
    """Let the Tab key reach the first of each abbreviation in a section; a tap reaches the others as well.

    All of them would be a hundred stops between a reader at the keyboard and the next link. Within a link there is
    none: the link is one already.
    """
    seen = set[str]()
    for element in root.iter("abbr", *_HEADINGS):
        if element.tag != "abbr":
            seen.clear()
        elif next(element.iterancestors("a"), None) is None:
            element.set("tabindex", "-1" if element.text in seen else "0")
            seen.add(element.text)


def _ids(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """An id for each name; names that are alike without marks are counted."""
    ids: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name in dict.fromkeys(names):
        wanted = f"{prefix}--{slug(name)}"
        counts[wanted] += 1
        # A slug never has two hyphens side by side, so that no heading and no other name has the same id.
        ids[name] = wanted if counts[wanted] == 1 else f"{wanted}--{counts[wanted]}"
    return ids
