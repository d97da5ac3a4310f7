"""Cross-references that the site adds to a finished text, without changing any word.

Abbreviations get tooltips, citations link to the register, and register rows list where their entry is mentioned.
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
    """A register page: the column that contains the name of an entry, and the id of each row by that name.

    `below` renders the content below a row from the mentions of its entry, which `found` holds by name.
    """

    column: int
    ids: Mapping[str, str]
    found: Found
    below: Callable[[Sequence[Mention], LinkTo], str] | None = None


@dataclass(frozen=True)
class References:
    """What to look for in the pages of one build, and what to insert; constructed once per build."""

    fragments: Fragments
    pattern: re.Pattern[str]
    full: Mapping[str, str]
    documents: Mapping[str, CitedDocument]
    conference: Conference
    registers: Mapping[str, _Register]

    @classmethod
    def of(cls, conference: Conference, fragments: Fragments) -> "References":
        """Construct the references from a conference's registers."""
        full = {plain(entry.short): entry.full for entry in conference.abbreviations}
        documents: dict[str, CitedDocument] = {}
        for document in conference.cited_documents:
            documents.setdefault(plain(document.number), document)
        themes = [plain(theme.name) for theme in conference.themes]
        found = fragments.mentions
        ways = f"(?P<cited>{announced(documents.values())})|(?P<longer>{NUMBERLIKE})|(?P<short>{whole(full)})"
        begins = "".join(sorted({re.escape(name[:1]) for name in (*full, *documents, "s", "S")}))
        # The lookahead for possible first characters is a fast rejection test.
        pattern = re.compile(rf"(?=[{begins}\d/])(?<!\w)(?:{ways})")
        return cls(fragments, pattern, full, documents, conference, {
            schema.CITED_DOCUMENTS: _Register(1, _ids("vb", documents), found.citations, fragments.cited_at),
            schema.ABBREVIATIONS: _Register(0, _ids("tt", full), {}),
            schema.THEMES: _Register(0, _ids("cd", themes), found.themes, fragments.found_in),
        })

    def add(self, path: str, root: HtmlElement, link: LinkTo) -> None:
        """Insert all references into a page's finished text, except the content below the text."""
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
        # `title` is the fallback for browsers without JavaScript.
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
        """Assign ids to the rows of a register, and return the rows with the names of their entries."""
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
        """Return the HTML to be shown below a speech; "" for other texts."""
        speech = self.conference.speech_at(path)
        if not speech:
            return ""
        page, ids = link(schema.CITED_DOCUMENTS), self.registers[schema.CITED_DOCUMENTS].ids
        cited = [(self.documents[plain(number)], f"{page}#{ids[plain(number)]}" if page else "")
                 for number in self.fragments.mentions.cited_by.get(path, ())]
        return self.fragments.related(cited, self.fragments.mentions.units.get(speech.unit, ()), link)


def _is_closed(around: Iterable[HtmlElement], own: str, closed: frozenset[str]) -> bool:
    """Return whether nothing may be marked inside these ancestors.

    That is so in an element of `closed`, in the row of the entry itself (`own`), and in the head of a derived table.
    """
    # Heads of derived tables use "TT" for the row number, which the register of abbreviations may define otherwise.
    return any(element.tag in closed or element.get("id") == own
               or (element.tag == "thead" and "register" in (element.getparent().get("class") or ""))
               for element in around)


def _set_tab_stops(root: HtmlElement) -> None:
    """Make the first occurrence of each abbreviation in a section reachable by the Tab key.

    Making all of them tab stops would put about a hundred stops between links; the others can still be tapped.
    Abbreviations within a link are not tab stops, because the link is one.
    """
    seen = set[str]()
    for element in root.iter("abbr", *_HEADINGS):
        if element.tag != "abbr":
            seen.clear()
        elif next(element.iterancestors("a"), None) is None:
            element.set("tabindex", "-1" if element.text in seen else "0")
            seen.add(element.text)


def _ids(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Return a unique id for each name; names with equal slugs are numbered."""
    ids: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name in dict.fromkeys(names):
        wanted = f"{prefix}--{slug(name)}"
        counts[wanted] += 1
        # Slugs never contain two consecutive hyphens, so the id cannot equal that of a heading or another name.
        ids[name] = wanted if counts[wanted] == 1 else f"{wanted}--{counts[wanted]}"
    return ids
