"""One conference, opened once: settings, texts, findings, finished texts, and data from git.

Check, site and print use one `Project`, so that each file is read, each rule run and each text rendered once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from proceedings import checks
from proceedings.checks import Findings
from proceedings.conference.model import Conference
from proceedings.conference.reading import Reading, read_project
from proceedings.conference.settings import Settings
from proceedings.problems import Problem, blocking
from proceedings.system import history, revisions
from proceedings.system.revisions import Revision

if TYPE_CHECKING:
    from proceedings.html.finished import FinishedTexts
    from proceedings.html.fragments import Fragments


@dataclass(frozen=True, eq=False)
class Project:
    """A conference as read; everything else is computed on first use and cached.

    `former` are the finished texts of an earlier state, which are reused if their inputs are unchanged.
    """

    settings: Settings
    reading: Reading
    former: "FinishedTexts | None" = None

    @classmethod
    def open(cls, settings: Settings) -> "Project":
        """Read every file of the project with these settings."""
        return cls(settings, read_project(settings))

    def reopened(self, settings: Settings | None = None) -> "Project":
        """Return the project in the current state of its files, by default with the same settings.

        Every file is read again. A text is parsed again only if its content has changed, and rendered again only if
        its content or the parts of the conference shown in it have.
        """
        settings = settings or self.settings
        return Project(settings, read_project(settings, self.conference.documents), self.texts)

    @cached_property
    def fragments(self) -> "Fragments":
        """The derived tables and openings of the conference."""
        from proceedings.html.fragments import Fragments  # noqa: PLC0415 - takes long to load, and a check needs none

        return Fragments(self.conference, self.settings.looks)

    @cached_property
    def texts(self) -> "FinishedTexts":
        """The finished texts by path under docs/, each rendered on first use."""
        from proceedings.html.finished import FinishedTexts  # noqa: PLC0415 - as above

        return FinishedTexts(self.conference, self.settings, self.fragments, self.former)

    @property
    def conference(self) -> Conference:
        """The conference."""
        return self.reading.conference

    @cached_property
    def findings(self) -> Findings:
        """The findings of all rules except those of the final print."""
        return checks.examine(self.reading)

    @cached_property
    def final_findings(self) -> Findings:
        """The findings of all rules, including those of the final print."""
        return checks.with_final(self.reading, self.findings)

    def stopping(self, *, final: bool = False) -> tuple[Problem, ...]:
        """Return the problems that block the site, or with `final` the final print."""
        return blocking((self.final_findings if final else self.findings).problems)

    @cached_property
    def last_changes(self) -> Mapping[str, date]:
        """The date of the last change of each text, by path under docs/. Raises GitError if git fails."""
        return history.last_changes(self.settings.root, self.settings.folder)

    @cached_property
    def revision(self) -> Revision:
        """The revision of the folder. Raises GitError if git fails."""
        return revisions.current(self.settings.root)

    @cached_property
    def checksum(self) -> str:
        """The checksum of all files that the conference was read from, including the settings."""
        folder, conference = self.settings.folder, self.conference
        sources = [f"{folder}/{path}" for path in (*conference.documents, *conference.files)]
        return revisions.checksum(self.settings.root, [*sources, self.settings.file.name])
