"""The conference as MkDocs sees it: navigation, page content, page context."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from markupsafe import escape

from proceedings import official, products, schema
from proceedings.clock import span
from proceedings.fragments import Fragments, LinkTo
from proceedings.layout import lay_out
from proceedings.model import Conference
from proceedings.navigation import Entry, navigation, short_title

NavItem = dict[str, "str | list[NavItem]"]
_TEMPLATES = {schema.HOME: "home.html", schema.PLAN: "plan.html"}
_PRINT_LOOKS = ("print/",)


@dataclass(frozen=True)
class Site:
    """What the pages of one build need; made once, handed on through MkDocs' own configuration."""

    conference: Conference
    fragments: Fragments

    @classmethod
    def of(cls, conference: Conference, looks: Path) -> "Site":
        """The site of a conference with the templates of `overrides/`."""
        return cls(conference, Fragments(conference, looks))

    def nav(self) -> list[NavItem]:
        """The navigation in MkDocs' form."""
        return [_nav_item(entry) for entry in navigation(self.conference)]

    def meta(self, path: str) -> dict[str, object]:
        """A page's front matter as the theme may see it: derived, never what the file says."""
        speech = self.conference.speech_at(path)
        document = self.conference.documents.get(path)
        title = f"{speech.number}. {speech.unit}" if speech else document.title if document else ""
        meta: dict[str, object] = {"title": escape(title or short_title(self.conference, path))}
        template = _TEMPLATES.get(path) or ("speech.html" if speech else "")
        if template:
            meta["template"] = template
        if "/" not in path:
            meta["hide"] = ["navigation", "toc"] if path == schema.HOME else ["navigation"]
        return meta

    def publishes(self, path: str, *, from_docs: bool) -> bool:
        """Whether the site may carry a file: a page or picture that was read, or the theme's, print looks left out."""
        if not from_docs:
            return not path.startswith(_PRINT_LOOKS)
        picture = PurePosixPath(path).suffix.lower() in schema.PICTURE_SUFFIXES
        return path in self.conference.documents or (picture and path in self.conference.files)

    def markdown(self, path: str) -> str:
        """A page's Markdown, without its front matter and with places for its derived tables."""
        return self.fragments.reserve(self.conference.documents[path].body)

    def content(self, path: str, rendered: str, link: LinkTo) -> str:
        """A page's rendered Markdown as readers get it."""
        return lay_out(path, rendered, self.conference, self.fragments, link)

    def context(self, path: str) -> Mapping[str, object]:
        """What the theme's templates may use beyond MkDocs' own."""
        agenda = self.conference.agenda
        return {
            "conference": self.conference,
            "speech": self.conference.speech_at(path),
            "backdrop_footer": official.unfilled(self.conference.plan.backdrop.footer),
            "hours": span(agenda.start, agenda.ends),
            "products": products,
            "paths": {"plan": _page(schema.PLAN), "agenda": _page(schema.AGENDA),
                      "speeches": _page(schema.SPEECH_INDEX)},
        }


def _page(path: str) -> str:
    return path.removesuffix(".md") + ".html"


def _nav_item(entry: Entry) -> NavItem:
    # The theme prints titles as they are, so what content wrote is escaped before it gets there.
    return {escape(entry.title): entry.path or [_nav_item(below) for below in entry.entries]}
