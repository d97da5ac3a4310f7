"""Rendering of derived tables and openings as HTML, shared by site, search and print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, select_autoescape
from lxml.html import HtmlElement

from proceedings import schema
from proceedings.checks.engine.rulebook import rulebook
from proceedings.conference.mentions import Mention, Mentions
from proceedings.conference.model import CitedDocument, Conference, Plan, Report, Speech
from proceedings.conference.navigation import documents
from proceedings.html.dialect import PLACE
from proceedings.html.rendering import splice, unbroken
from proceedings.schema import Status, Table
from proceedings.text.clock import clock, span
from proceedings.text.language.dates import short as short_date
from proceedings.text.slugs import collation

# Maps a path under docs/ to a link target in the current output, or "" if that output cannot link to it.
LinkTo = Callable[[str], str]

_TEMPLATES = {
    Table.AGENDA: "agenda.html",
    Table.SPEECHES: "speeches.html",
    Table.PROGRESS: "progress.html",
    Table.SUMMARY: "summary.html",
    Table.UNITS: "units.html",
    Table.NOTES: "notes.html",
}


class Fragments:
    """The templates of `overrides/fragments`, rendered with the data of one conference."""

    def __init__(self, conference: Conference, looks: Path) -> None:
        self._conference = conference
        self._environment = environment(looks / "fragments")

    @cached_property
    def mentions(self) -> Mentions:
        """The mentions between the documents, computed on first use."""
        return Mentions.of(self._conference)

    def with_rules(self, markdown: str) -> str:
        """Replace the markers of the rules and of the tables of keys by their Markdown.

        Other markers are replaced by the renderer. Unknown markers are not shown.
        """
        return schema.MARKER.sub(lambda marker: _markdown(marker[1]) or marker[0], markdown)

    def fill(self, root: HtmlElement, link: LinkTo) -> None:
        """Replace the placeholders in a finished text by the derived tables."""
        for place in root.xpath(f".//div[starts-with(@class, '{PLACE}')]"):
            parent = place.getparent()
            table = Table(place.get("class").removeprefix(PLACE))
            splice(parent, parent.index(place) + 1, self.table(table, link))
            place.drop_tree()

    def table(self, table: Table, link: LinkTo) -> str:
        """Render one derived table."""
        lines = rows(self._conference)
        if table is Table.UNITS:
            lines = tuple(sorted(lines, key=lambda row: collation(row.unit)))
            return self._render(_TEMPLATES[table], link=link, rows=lines, mentions=self.mentions.units)
        return self._render(_TEMPLATES[table], link=link, rows=lines, documents=documents(self._conference))

    def speech_opening(self, speech: Speech) -> str:
        """Render the opening of a speech: number, topic, unit, presenter, minutes, status."""
        return self._render("speech-opening.html", speech=speech)

    def report_opening(self, report: Report) -> str:
        """Render the opening of the report: issuing body, presenter, status."""
        return self._render("report-opening.html", report=report)

    def official(self, plan: Plan, parts: dict[str, str]) -> str:
        """Arrange the plan's rendered parts as an official document."""
        return self._render("official.html", plan=plan, parts=parts)

    def cited_at(self, mentions: Sequence[Mention], link: LinkTo) -> str:
        """Render the sections that cite a document, shown below its row in the register."""
        return self._render("cited-at.html", mentions=mentions, link=link)

    def found_in(self, mentions: Sequence[Mention], link: LinkTo) -> str:
        """Render the documents that mention a theme, shown below its row in the register."""
        return self._render("found-in.html", mentions=mentions, link=link)

    def related(self, cited: Sequence[tuple[CitedDocument, str]], mentions: Sequence[Mention], link: LinkTo) -> str:
        """Render the block below a speech: cited documents with addresses, and texts that mention its unit."""
        return self._render("related.html", cited=cited, mentions=mentions, link=link)

    def _render(self, name: str, **values: object) -> str:
        return self._environment.get_template(name).render(conference=self._conference, **values).strip()


def _markdown(table: str) -> str:
    """Return the Markdown that replaces a marker before the page is rendered, or ""."""
    if table == Table.RULES:
        return f"\n{rulebook()}\n"
    if table not in schema.MARKDOWN_TABLES:
        return ""
    rows = (f"| `{key}` | {key.meaning} | {key.values} | {key.example} |" for key in schema.KEY_TABLES[Table(table)])
    return "\n".join(("\n| Khóa | Nghĩa | Giá trị được dùng | Ví dụ |", "|---|---|---|---|", *rows, ""))


@dataclass(frozen=True)
class Row:
    """A unit's row in a derived table; `speech` is None if its file is missing."""

    number: int
    unit: str
    topic: str
    deadline: date | None
    speech: Speech | None

    @property
    def assigned(self) -> bool:
        """Whether the plan assigns the speech."""
        return self.speech is None or self.speech.assigned

    @property
    def path(self) -> str:
        """The path of the speech under docs/, or "" if it is missing."""
        return self.speech.path if self.speech else ""


def rows(conference: Conference) -> tuple[Row, ...]:
    """Return the rows of all units in speaking order: first those in the plan, with or without a file."""
    assigned = (Row(unit.number, unit.unit, unit.topic, unit.deadline, conference.speeches.get(unit.slug))
                for unit in conference.plan.assignments)
    extras = (Row(speech.number, speech.unit, speech.topic, speech.deadline, speech)
              for speech in conference.speeches.values() if not speech.assigned)
    return (*assigned, *extras)


def environment(folder: Path) -> Environment:
    """Return the template environment of a folder: autoescaping, and undefined names are errors."""
    made = Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape(default=True),
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
                       bytecode_cache=compiled_templates())
    made.filters.update(clock=clock, date=short_date, unbroken=unbroken)
    made.globals.update(span=span, Status=Status, tally=tally)
    return made


def compiled_templates() -> FileSystemBytecodeCache | None:
    """Return the user's cache of compiled templates, or None if the system has no safe folder for it.

    Jinja's cache keys include a checksum of the source, so changed templates are recompiled.
    """
    try:
        return FileSystemBytecodeCache()
    except (OSError, RuntimeError):
        return None


def tally(conference: Conference) -> dict[Status, int]:
    """Count the speeches by status; assigned units without a file count as outlines."""
    found = [row.speech.delivery.status if row.speech else Status.OUTLINE for row in rows(conference)]
    return {status: found.count(status) for status in (Status.APPROVED, Status.DELIVERED, Status.OUTLINE)}
