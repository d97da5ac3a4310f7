"""The conference as MkDocs sees it: navigation, page content, template context."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from markupsafe import escape

from proceedings.html import official, table_marks
from proceedings.system import picture_parts
from proceedings.conference import products
from proceedings import schema
from proceedings.site import search
from proceedings.text.clock import span
from proceedings.text.language.dates import short
from proceedings.site.page_facts import facts, news
from proceedings.html.fragments import LinkTo
from proceedings.html.rendering import serialise
from proceedings.conference.model import Conference
from proceedings.text.slugs import slug
from proceedings.conference.navigation import Entry, is_document, navigation, near, short_title
from proceedings.system.picture_parts import FORMATS
from proceedings.html.cross_references import References
from proceedings.schema import Table
from proceedings.project import Project
from lxml.html import HtmlElement

NavItem = dict[str, "str | list[NavItem]"]
_PATHS = {"plan": schema.PLAN, "agenda": schema.AGENDA, "speeches": schema.SPEECH_INDEX, "progress": schema.PROGRESS,
          "notes": schema.NOTES}
# Print templates and styles, and files of the theme's own search and palette, which no page uses.
_UNUSED = ("print/", "assets/javascripts/lunr/", "assets/javascripts/workers/", "assets/stylesheets/palette.")


@dataclass(frozen=True)
class Content:
    """A page's HTML, its ids, its table of contents, and the sections of its text for the search."""

    html: str
    ids: frozenset[str]
    headings: tuple[Mapping[str, Any], ...]
    sections: tuple[search.Section, ...]


@dataclass(frozen=True)
class Site:
    """The data for all pages of a build; created once and passed through MkDocs' configuration."""

    project: Project
    changes: Mapping[str, date]
    references: References

    @classmethod
    def of(cls, project: Project, changes: Mapping[str, date]) -> "Site":
        """Create the site of a project; `changes` maps paths under docs/ to dates of the last change."""
        return cls(project, changes, References.of(project.conference, project.fragments))

    @property
    def conference(self) -> Conference:
        """The conference."""
        return self.project.conference

    @property
    def slug(self) -> str:
        """Key under which browsers store notes for this site, independent of its address."""
        return slug(self.project.settings.name)

    def nav(self) -> list[NavItem]:
        """The navigation in MkDocs' format."""
        return [_nav_item(entry) for entry in navigation(self.conference)]

    def title(self, path: str) -> str | None:
        """Return a page's title in the navigation, or None if it is not listed there."""
        return self._titles.get(path)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return dict(_titles(navigation(self.conference)))

    def meta(self, path: str) -> dict[str, object]:
        """Return the metadata of a page for the theme: derived, never the front matter of the file."""
        document = self.conference.documents[path]
        heading = "" if self.conference.speech_at(path) else document.title
        meta: dict[str, object] = {"title": escape(heading or short_title(self.conference, path))}
        if path == schema.HOME:
            meta["template"] = "home.html"
        alone, headed = "/" not in path, any(block.level > 1 for block in document.blocks)
        meta["hide"] = [*(["navigation"] if alone else []), *([] if headed and path != schema.HOME else ["toc"])]
        return meta

    def publishes(self, path: str, *, from_docs: bool) -> bool:
        """Return whether a file may be published: a page or picture that was read, or a needed theme file."""
        if not from_docs:
            return not path.startswith(_UNUSED) and not path.endswith(".map")
        if path.partition("/")[0].lower() in schema.RESERVED:  # it would replace a file of the site itself
            return False
        return path in self.conference.documents or self._is_picture(path)

    def picture(self, path: str) -> bytes:
        """Return a picture without metadata, as published."""
        return picture_parts.published((self.project.settings.docs / path).read_bytes())

    def _is_picture(self, path: str) -> bool:
        stored = self.conference.stored.get(path)
        named = PurePosixPath(path).suffix.lower() in schema.PICTURE_SUFFIXES and path in self.conference.files
        return named and stored is not None and stored.format in FORMATS and not stored.fault

    def content(self, path: str, address: Callable[[str], str], link: LinkTo) -> Content:
        """Return a page's finished content.

        `address` maps a link or picture of the text to its address in the site, `link` a page to its address.
        """
        finished = self.project.texts[path]
        root = finished.copy()
        _lead(root, address)
        table_marks.describe(root)
        self.references.add(path, root, link)
        ids = frozenset(element.get("id", "") for element in root.iterfind(".//*[@id]"))
        html = serialise(root) + self.references.below(path, link)
        return Content(html, ids, finished.headings, search.sections(root))

    def search_files(self, pages: Iterable[tuple[str, str, Sequence[search.Section]]]) -> dict[str, str]:
        """Return the search data by path in the site; `pages` are path, address and sections."""
        return search.files(self.conference, (search.Page(path, address, short_title(self.conference, path), sections)
                                              for path, address, sections in pages))

    def context(self, path: str, edit: str) -> Mapping[str, object]:
        """Return the template variables of a page beyond MkDocs' own.

        `edit` is the address of the page's editor in the forge, or "".
        """
        conference = self.conference
        common = {
            "conference": conference,
            "own": is_document(conference, path),
            "near": near,
            "paths": {name: _page(page) if page in conference.documents else "" for name, page in _PATHS.items()},
        }
        if path == schema.HOME:
            return {**common, **self._home()}
        return {**common, "facts": facts(conference, path, self.changes.get(path), edit),
                "speech": conference.speech_at(path)}

    def _home(self) -> Mapping[str, object]:
        """Return the template variables of the home page."""
        agenda = self.conference.agenda
        return {
            "backdrop_footer": official.unfilled(self.conference.plan.backdrop.footer),
            "hours": span(agenda.start, agenda.ends),
            "products": products,
            "summary": self.project.fragments.table(Table.SUMMARY, lambda _: ""),
            "news": [{"title": item.title, "href": _page(item.path), "day": item.day, "text": short(item.day)}
                     for item in news(self.conference, self.changes)],
        }


def _lead(root: HtmlElement, address: Callable[[str], str]) -> None:
    for element in root.iter("a", "img"):
        name = "href" if element.tag == "a" else "src"
        if element.get(name) is not None:
            element.set(name, address(element.get(name)))


def _page(path: str) -> str:
    return path.removesuffix(".md") + ".html"


def _titles(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if entry.path:
            yield entry.path, escape(entry.title)
        yield from _titles(entry.entries)


def _nav_item(entry: Entry) -> NavItem:
    # The theme does not escape titles, so they are escaped here, because they are content.
    return {escape(entry.title): entry.path or [_nav_item(below) for below in entry.entries]}
