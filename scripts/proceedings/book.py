"""The printed volume: chapters in order, each one piece of print HTML, put together by the print templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from proceedings import official, schema
from proceedings.fragments import Fragments, environment
from proceedings.layout import lay_out
from proceedings.markup import parse, render, serialise
from proceedings.model import Conference, Speech
from proceedings.revisions import Revision
from proceedings.schema import Status
from proceedings.settings import Settings
from proceedings.source import Document

_STYLES = ("book.css", "official.css")
_COVER_WIDTH = 42  # capitals that fit between the rules of the cover


@dataclass(frozen=True)
class Chapter:
    """One document in print. `name` is its id in the volume, `kind` its style, `by` the unit it comes from."""

    name: str
    kind: str
    number: int | None
    title: str
    by: str
    html: str
    draft: bool

    @property
    def bookmark(self) -> str:
        """Its line in the PDF's outline."""
        return f"{self.number}. {self.by}" if self.number else self.title


class Book:
    """The volume of one conference. Chapters are made when asked for; nothing is kept between them."""

    def __init__(self, conference: Conference, settings: Settings, revision: Revision | None) -> None:
        self._conference = conference
        self._settings = settings
        self._revision = revision
        self._fragments = Fragments(conference, settings.looks)
        self._environment = environment(settings.looks / "print")

    @property
    def paths(self) -> tuple[str, ...]:
        """The documents of the volume in order, by path under docs/: those that exist."""
        speeches = (speech.document.path for speech in self._conference.speeches.values())
        wanted = (schema.AGENDA, schema.PLAN, schema.REPORT, *speeches, schema.CITED_DOCUMENTS, schema.ABBREVIATIONS)
        return tuple(path for path in wanted if path in self._conference.documents)

    def volume(self) -> str:
        """The whole volume as one HTML document."""
        chapters = tuple(self._chapter(path, self.paths) for path in self.paths)
        return self._page("volume.html", chapters, draft=self._conference.draft)

    def offprint(self, path: str) -> str:
        """One document of the volume as an HTML document of its own."""
        chapter = self._chapter(path, (path,))
        return self._page("offprint.html", (chapter,), draft=chapter.draft)

    def _page(self, template: str, chapters: tuple[Chapter, ...], draft: bool) -> str:
        return self._environment.get_template(template).render(
            conference=self._conference, chapters=chapters, settings=self._settings, revision=self._revision,
            draft=draft, cover_lines=cover_lines(self._conference.plan.backdrop.name),
            backdrop_footer=official.unfilled(self._conference.plan.backdrop.footer),
            styles=[(self._settings.looks / "print" / name).as_uri() for name in _STYLES])

    def _chapter(self, path: str, printed: Iterable[str]) -> Chapter:
        document = self._conference.documents[path]
        speech = self._conference.speech_at(path)
        name = chapter_name(path)

        def link(target: str) -> str:
            return relpath(target, dirname(path)) if target in printed else ""

        rendered = render(self._fragments.reserve(document.body), self._settings)
        root = parse(lay_out(path, rendered, self._conference, self._fragments, link))
        _Placing(document, name, frozenset(printed), self._settings.docs).place(root)
        return Chapter(
            name=name,
            kind=_kind(path, speech),
            number=speech.number if speech else None,
            title=speech.topic if speech else _title(self._conference, document),
            by=speech.unit if speech else "",
            html=serialise(root),
            draft=self._is_outline(path, speech),
        )

    def _is_outline(self, path: str, speech: Speech | None) -> bool:
        report = self._conference.report
        delivery = speech.delivery if speech else report.delivery if report and path == schema.REPORT else None
        return delivery is not None and delivery.status is Status.OUTLINE


def chapter_name(path: str) -> str:
    """The id of a document in the volume: "tham-luan/so-mau.md" is "tham-luan-so-mau"."""
    return path.removesuffix(".md").replace("/", "-")


def cover_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """The backdrop's lines, those too long for the cover broken near their middle, never before a number."""
    return tuple(part for line in lines for part in _broken(line))


def _broken(line: str) -> tuple[str, ...]:
    words = line.split()
    if len(line) <= _COVER_WIDTH or len(words) < 2:
        return (line,)
    cuts = [cut for cut in range(1, len(words)) if not words[cut][0].isdigit()] or [len(words) // 2]
    best = min(cuts, key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))))
    return (*_broken(" ".join(words[:best])), *_broken(" ".join(words[best:])))


def _kind(path: str, speech: Speech | None) -> str:
    if speech:
        return "speech"
    return {schema.PLAN: "plan", schema.AGENDA: "agenda", schema.REPORT: "report"}.get(path, "register")


def _title(conference: Conference, document: Document) -> str:
    if document.path == schema.PLAN:
        return f"{document.title.capitalize()} {conference.plan.subject[:1].lower()}{conference.plan.subject[1:]}"
    return document.title


@dataclass(frozen=True)
class _Placing:
    """Makes a document's ids its own within the volume, and its links and pictures lead where they should."""

    document: Document
    name: str
    printed: frozenset[str]
    docs: Path

    def place(self, root: HtmlElement) -> None:
        for element in list(root.iter("*")):
            if element.get("id"):
                element.set("id", f"{self.name}--{element.get('id')}")
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
            anchor = f"--{target.fragment}" if target.fragment else ""
            element.set("href", f"#{chapter_name(path)}{anchor}")
        else:
            element.drop_tag()

    def _path(self, target: str) -> str:
        if not target:
            return self.document.path
        return normpath(join(dirname(self.document.path), unquote(target)))
