"""The printed volume: chapters as print HTML, assembled by the print templates."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from proceedings import schema
from proceedings.conference.model import Conference, Speech
from proceedings.html.fragments import environment
from proceedings.html.rendering import parse, serialise
from proceedings.html.unbroken import keep_together
from proceedings.print import typesetting
from proceedings.print.indexes import (
    PageNumbers,
    chapter_name,
    citation_index,
    end_of,
    mark_citations,
    mark_mentions,
    unit_index,
)
from proceedings.print.measures import READING, VOLUME, Paper
from proceedings.print.minute_marks import MINUTE, mark_minutes, pace
from proceedings.project import Project
from proceedings.schema import Status
from proceedings.system.revisions import Revision
from proceedings.text.language.dates import DRAFT
from proceedings.text.source import Document

_STYLES = ("book.css", "official.css")
_READING_STYLE = "reading.css"
_PRESS_STYLE = "press.css"
_GROUPS = ("documents", "speeches", "annexes")  # parts of the table of contents, in order
_UNLAID = PageNumbers()
_UNPRINTABLE = re.compile(r"[\"\\%\s]")  # within ids


@dataclass(frozen=True)
class Edition:
    """Properties of a print run.

    `final` omits the marks of a draft, `press` adds what a print shop needs. `checksum` is that of the sources,
    `made_with` lists fonts and programs.
    """

    revision: Revision | None = None
    final: bool = False
    press: bool = False
    checksum: str = ""
    made_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A document in print. `name` is its id in the volume, `kind` its style, `by` the unit it comes from."""

    name: str
    path: str
    kind: str
    number: int | None
    title: str
    by: str
    html: str
    draft: bool

    @property
    def bookmark(self) -> str:
        """Its entry in the PDF outline."""
        return f"{self.number}. {self.by}" if self.number else self.title

    @property
    def end(self) -> str:
        """The id of its end."""
        return end_of(self.name)


class Book:
    """The volume of a conference. Chapters are rendered on request and not cached."""

    def __init__(self, project: Project, edition: Edition) -> None:
        self._texts = project.texts
        self._conference = project.conference
        self._settings = project.settings
        self._edition = edition
        self._sheet = VOLUME
        self._environment = environment(project.settings.looks / "print")

    def chapter(self, path: str) -> Chapter:
        """Render a document with links to the other documents of the volume."""
        return self._chapter(path, self._conference.printed)

    def chapters(self) -> tuple[Chapter, ...]:
        """Render all documents of the volume."""
        return tuple(map(self.chapter, self._conference.printed))

    def volume(self, chapters: Sequence[Chapter], page_numbers: PageNumbers = _UNLAID) -> str:
        """Return the volume as one HTML document; its indexes contain the given page numbers."""
        kinds = {"speech": "speeches", "register": "annexes"}
        groups = [(group, [chapter for chapter in chapters if kinds.get(chapter.kind, "documents") == group])
                  for group in _GROUPS]
        return self._page(
            "volume.html", draft=not self._edition.final, chapters=chapters,
            groups=[(group, members) for group, members in groups if members],
            units=unit_index(self._conference, page_numbers), citations=citation_index(self._conference, page_numbers))

    def offprint(self, path: str, page_numbers: PageNumbers = _UNLAID) -> str:
        """Return one document as a separate HTML document, with the page numbers of the volume."""
        chapter = self._chapter(path, (path,))
        first, last = (page_numbers.numbers.get(name, 1) for name in (chapter.name, chapter.end))
        return self._page("offprint.html", draft=chapter.draft and not self._edition.final, chapter=chapter,
                          first=first, pages=last - first + 1)

    def reading_copy(self, path: str) -> str:
        """Return one speech in large type for its presenter, with marks at each minute of its slot."""
        speech = self._conference.speech_at(path)
        chapter = self._chapter(path, (path,), READING, speech.minutes if speech else 0)
        words_a_minute = pace(parse(chapter.html), speech.minutes) if speech else 0
        return self._page("reading.html", draft=chapter.draft and not self._edition.final, paper=READING,
                          chapter=chapter, speech=speech, pace=words_a_minute)

    def _page(self, template: str, draft: bool, paper: Paper | None = None, **values: object) -> str:
        styles = [_READING_STYLE] if paper is READING else [*_STYLES]
        if self._edition.press:
            styles.append(_PRESS_STYLE)
        paper = paper or self._sheet
        return self._environment.get_template(template).render(
            conference=self._conference, settings=self._settings, edition=self._edition, draft=draft,
            paper=paper, cover_lines=cover_lines(self._conference.plan.backdrop.name, paper),
            cover_date=cover_date(self._conference.plan.backdrop.footer),
            styles=[(self._settings.looks / "print" / name).as_uri() for name in styles], **values)

    def _chapter(self, path: str, printed: Iterable[str], paper: Paper | None = None, minutes: int = 0) -> Chapter:
        """Return one document; `minutes` is the slot in which minutes are marked, 0 for none."""
        document = self._conference.documents[path]
        speech = self._conference.speech_at(path)
        name = chapter_name(path)
        root = self._texts[path].copy()
        typesetting.put_notes_at_foot(root)
        kind = _kind(path, speech)
        if kind != "register":
            mark_citations(root, self._conference.cited_documents)
        if kind in ("speech", "report"):
            mark_mentions(root, tuple(self._conference.speeches.values()), speech.unit if speech else "")
        _Placing(document, name, frozenset(printed), self._settings.docs).place(root)
        if minutes:
            mark_minutes(root, minutes)
        keep_together(root)
        typesetting.prepare(root, paper or self._sheet)
        typesetting.loosen_behind(root, MINUTE)
        return Chapter(
            name=name, path=path, kind=kind,
            number=speech.number if speech else None,
            title=speech.topic if speech else _title(self._conference, document),
            by=speech.unit if speech else "",
            html=serialise(root),
            draft=self._is_draft(path, speech),
        )

    def _is_draft(self, path: str, speech: Speech | None) -> bool:
        report = self._conference.report
        delivery = speech.delivery if speech else report.delivery if report and path == schema.REPORT else None
        return delivery is not None and delivery.status is not Status.APPROVED


def cover_lines(lines: Iterable[str], sheet: Paper = VOLUME) -> tuple[str, ...]:
    """Split lines that are too long for the cover near their middle, but not before a number."""
    return tuple(part for line in lines for part in _broken(line, sheet.cover_capitals))


def cover_date(footer: str) -> str:
    """Return place, month and year of the backdrop's last line; other lines are unchanged.

    Covers do not state the day.
    """
    written = DRAFT.search(footer)
    if not written:
        return footer
    _, month, year = written.groups()
    return f"{footer[: written.start()]}tháng {month} năm {year}" if month else f"{footer[: written.start()]}năm {year}"


def _broken(line: str, most: int) -> tuple[str, ...]:
    words = line.split()
    if len(line) <= most or len(words) < 2:
        return (line,)
    cuts = [cut for cut in range(1, len(words)) if not words[cut][0].isdigit()] or [len(words) // 2]
    best = min(cuts, key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))))
    return (*_broken(" ".join(words[:best]), most), *_broken(" ".join(words[best:]), most))


def _kind(path: str, speech: Speech | None) -> str:
    if speech:
        return "speech"
    return {schema.PLAN: "plan", schema.AGENDA: "agenda", schema.REPORT: "report"}.get(path, "register")


def _title(conference: Conference, document: Document) -> str:
    if document.path == schema.PLAN:
        return f"{document.title.capitalize()} {conference.plan.subject[:1].lower()}{conference.plan.subject[1:]}"
    return document.title


def _printable(anchor: str) -> str:
    """Return an id with characters replaced that WeasyPrint misinterprets.

    It puts ids in quotes without escaping, and percent-decodes those in links.
    """
    return _UNPRINTABLE.sub(lambda found: f"-{ord(found[0]):x}-", unquote(anchor))


@dataclass(frozen=True)
class _Placing:
    """Makes a document's ids unique within the volume, and resolves its links and pictures."""

    document: Document
    name: str
    printed: frozenset[str]
    docs: Path

    def place(self, root: HtmlElement) -> None:
        for element in list(root.iter("*")):
            if element.get("id"):
                element.set("id", f"{self.name}--{_printable(element.get('id'))}")
            if element.tag == "a" and element.get("href") is not None:
                self._link(element)
            elif element.tag == "img":
                element.set("src", (self.docs / self._path(element.get("src") or "")).as_uri())

    def _link(self, element: HtmlElement) -> None:
        target = urlsplit(element.get("href"))
        if target.scheme or target.netloc:
            return
        path = self._path(target.path)
        if path in self.printed:
            anchor = f"--{_printable(target.fragment)}" if target.fragment else ""
            element.set("href", f"#{chapter_name(path)}{anchor}")
        else:
            element.drop_tag()

    def _path(self, target: str) -> str:
        if not target:
            return self.document.path
        return normpath(join(dirname(self.document.path), unquote(target)))
