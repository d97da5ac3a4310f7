"""Derived tables and openings as HTML, one rendering for site, search and print."""

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
from proceedings.text.dates import short as short_date
from proceedings.text.slugs import collation

# From a path under docs/ to the address that the text at hand gives to it, "" where it can't be reached from there.
LinkTo = Callable[[str], str]

_TEMPLATES = {
    Table.AGENDA: "agenda.html",
    Table.SPEECHES: "speeches.html",
    Table.PROGRESS: "progress.html",
    Table.SUMMARY: "summary.html",
    Table.UNITS: "units.html",
    Table.NOTES: "notes.html",
}
# Those that are Markdown, not templates.
MARKDOWN = frozenset({Table.RULES, *schema.KEY_TABLES})


class Fragments:
    """The templates of `overrides/fragments`, filled from one conference."""

    def __init__(self, conference: Conference, looks: Path) -> None:
        self._conference = conference
        self._environment = environment(looks / "fragments")

    @cached_property
    def mentions(self) -> Mentions:
        """Where the documents mention one another's subjects; found when first asked for."""
        return Mentions.of(self._conference)

    def with_rules(self, markdown: str) -> str:
        """The Markdown with the rules and the tables of keys where it asks for them: these are Markdown themselves.

        For the other derived tables, the renderer keeps places; an unknown marker shows nothing.
        """
        return schema.MARKER.sub(lambda marker: _markdown(marker[1]) or marker[0], markdown)

    def fill(self, root: HtmlElement, link: LinkTo) -> None:
        """Put the tables into their places in a finished text."""
        for place in root.xpath(f".//div[starts-with(@class, '{PLACE}')]"):
            parent = place.getparent()
            table = Table(place.get("class").removeprefix(PLACE))
            splice(parent, parent.index(place) + 1, self.table(table, link))
            place.drop_tree()

    def table(self, table: Table, link: LinkTo) -> str:
        """One derived table."""
        lines = rows(self._conference)
        if table is Table.UNITS:
            lines = tuple(sorted(lines, key=lambda row: collation(row.unit)))
            return self._render(_TEMPLATES[table], link=link, rows=lines, mentions=self.mentions.units)
        return self._render(_TEMPLATES[table], link=link, rows=lines, documents=documents(self._conference))

    def speech_opening(self, speech: Speech) -> str:
        """What stands above a speech: number, topic, unit, presenter, minutes, status."""
        return self._render("speech-opening.html", speech=speech)

    def report_opening(self, report: Report) -> str:
        """What stands above the report: whose it is, presenter, status."""
        return self._render("report-opening.html", report=report)

    def official(self, plan: Plan, parts: dict[str, str]) -> str:
        """The plan's rendered parts arranged as an official document."""
        return self._render("official.html", plan=plan, parts=parts)

    def cited_at(self, mentions: Sequence[Mention], link: LinkTo) -> str:
        """What stands below a row of the register of cited documents: the sections that cite it."""
        return self._render("cited-at.html", mentions=mentions, link=link)

    def found_in(self, mentions: Sequence[Mention], link: LinkTo) -> str:
        """What stands below a row of the register of themes: the documents that speak of it."""
        return self._render("found-in.html", mentions=mentions, link=link)

    def related(self, cited: Sequence[tuple[CitedDocument, str]], mentions: Sequence[Mention], link: LinkTo) -> str:
        """What stands below a speech: the documents that it cites, with their addresses; who speaks of its unit."""
        return self._render("related.html", cited=cited, mentions=mentions, link=link)

    def _render(self, name: str, **values: object) -> str:
        return self._environment.get_template(name).render(conference=self._conference, **values).strip()


def _markdown(table: str) -> str:
    """What stands in the place of a marker before the page is rendered; "" where nothing does."""
    if table == Table.RULES:
        return f"\n{rulebook()}\n"
    if table not in MARKDOWN:
        return ""
    rows = (f"| `{key}` | {key.meaning} | {key.values} | {key.example} |" for key in schema.KEY_TABLES[Table(table)])
    return "\n".join(("\n| Khóa | Nghĩa | Giá trị được dùng | Ví dụ |", "|---|---|---|---|", *rows, ""))


@dataclass(frozen=True)
class Row:
    """One unit's line in a table; `speech` is None while its file is missing."""

    number: int
    unit: str
    topic: str
    deadline: date | None
    speech: Speech | None

    @property
    def assigned(self) -> bool:
        """Whether the plan assigns it."""
        return self.speech is None or self.speech.assigned

    @property
    def path(self) -> str:
        """The path of its file under docs/, "" while it is missing."""
        return self.speech.path if self.speech else ""


def rows(conference: Conference) -> tuple[Row, ...]:
    """All units in speaking order: those the plan assigns, delivered or not, then the others."""
    assigned = (Row(unit.number, unit.unit, unit.topic, unit.deadline, conference.speeches.get(unit.slug))
                for unit in conference.plan.assignments)
    extras = (Row(speech.number, speech.unit, speech.topic, speech.deadline, speech)
              for speech in conference.speeches.values() if not speech.assigned)
    return (*assigned, *extras)


def environment(folder: Path) -> Environment:
    """Templates of a folder: everything escaped, an unknown name is an error."""
    made = Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape(default=True),
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
                       bytecode_cache=compiled_templates())
    made.filters.update(clock=clock, date=short_date, unbroken=unbroken)
    made.globals.update(span=span, Status=Status, tally=tally)
    return made


def compiled_templates() -> FileSystemBytecodeCache | None:
    """Where this user's compiled templates stay from build to build; None where the system has no safe place for them.

    Jinja names them by their sources, so that a changed template is compiled anew.
    """
    try:
        return FileSystemBytecodeCache()
    except (OSError, RuntimeError):
        return None


def tally(conference: Conference) -> dict[Status, int]:
    """How many of the speeches have come how far; assigned units without a file count as outlines."""
    found = [row.speech.delivery.status if row.speech else Status.OUTLINE for row in rows(conference)]
    return {status: found.count(status) for status in (Status.APPROVED, Status.DELIVERED, Status.OUTLINE)}
