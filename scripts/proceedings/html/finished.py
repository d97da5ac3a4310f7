"""The finished texts of a conference, each rendered once and copied by site and print."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import quote

from lxml.html import HtmlElement

from proceedings import schema
from proceedings.conference.model import Conference
from proceedings.conference.settings import Settings
from proceedings.html.dialect import PLACE
from proceedings.html.fragments import Fragments, LinkTo
from proceedings.html.openings import lay_out
from proceedings.html.rendering import converter


@dataclass(frozen=True, eq=False)
class Finished:
    """A finished text for site and print: sanitized, with derived tables and its opening.

    The plan has its official form instead of an opening. `tree` is shared and must be copied before it is changed.
    Its links and pictures are relative to the text's path under docs/. `headings` is the renderer's table of
    contents. `inputs` is what the tree was made from.
    """

    tree: HtmlElement
    headings: tuple[Mapping[str, Any], ...]
    inputs: tuple[object, ...]

    def copy(self) -> HtmlElement:
        """Return a copy of the tree."""
        return deepcopy(self.tree)


class FinishedTexts:
    """The finished texts of a conference by path under docs/, each rendered on first use.

    Texts of an earlier state of the conference are reused if their inputs are equal.
    """

    def __init__(self, conference: Conference, settings: Settings, fragments: Fragments,
                 former: "FinishedTexts | None" = None) -> None:
        self._conference = conference
        self._settings = settings
        self._fragments = fragments
        self._converter = converter(settings)
        self._former: dict[str, Finished] = {**former._former, **former._made} if former else {}
        self._made: dict[str, Finished] = {}

    def __getitem__(self, path: str) -> Finished:
        if path not in self._made:
            former = self._former.pop(path, None)
            self._made[path] = former if former and former.inputs == self._inputs(path, former) else self._finish(path)
        return self._made[path]

    def _finish(self, path: str) -> Finished:
        made = self._converter.convert(self._fragments.with_rules(self._conference.documents[path].body))
        tree = lay_out(path, made.html, self._conference, self._fragments, self._link_from(path))
        return Finished(tree, made.headings, self._inputs(path, whole=PLACE in made.html))

    def _link_from(self, path: str) -> LinkTo:
        def link(target: str) -> str:
            return quote(relpath(target, dirname(path))) if target in self._conference.documents else ""

        return link

    def _inputs(self, path: str, former: Finished | None = None, *, whole: bool = False) -> tuple[object, ...]:
        """Return what a text's tree is made from; with derived tables in it, that is the whole conference."""
        conference = self._conference
        if whole or (former and isinstance(former.inputs[0], Conference)):
            return (conference, self._settings)
        if path in (schema.PLAN, schema.REPORT):
            return (conference.documents[path], self._settings, conference.plan, conference.report)
        return (conference.documents[path], self._settings, conference.speech_at(path))
