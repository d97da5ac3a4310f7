"""One conference opened once: its settings, texts, findings, finished texts, and what git tells of them.

Check, site and print take from one `Project`, so that each file is read, each rule run and each text rendered once.
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
    """A conference as read; all else is found when it is first asked for, and kept.

    `former` are the finished texts of an earlier state, to be taken over where they are still the same.
    """

    settings: Settings
    reading: Reading
    former: "FinishedTexts | None" = None

    @classmethod
    def open(cls, settings: Settings) -> "Project":
        """Read every file of the project that the settings name."""
        return cls(settings, read_project(settings))

    def reopened(self, settings: Settings | None = None) -> "Project":
        """The project as its files are now, by its own settings unless others are given.

        Every file is read again. Only texts whose words have changed are parsed again, and only those are rendered
        again that have changed or whose trees show a part of the conference that has.
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
        """The finished texts by path under docs/, each rendered when it is first asked for."""
        from proceedings.html.finished import FinishedTexts  # noqa: PLC0415 - as above

        return FinishedTexts(self.conference, self.settings, self.fragments, self.former)

    @property
    def conference(self) -> Conference:
        """The conference."""
        return self.reading.conference

    @cached_property
    def findings(self) -> Findings:
        """What every rule finds, but for those of the final print."""
        return checks.examine(self.reading)

    @cached_property
    def final_findings(self) -> Findings:
        """What every rule finds, those of the final print included."""
        return checks.with_final(self.reading, self.findings)

    def stopping(self, *, final: bool = False) -> tuple[Problem, ...]:
        """The problems that stop the site, or the final print."""
        return blocking((self.final_findings if final else self.findings).problems)

    @cached_property
    def last_changes(self) -> Mapping[str, date]:
        """When each text was changed last, by path under docs/. Raises GitError where git cannot tell."""
        return history.last_changes(self.settings.root, self.settings.folder)

    @cached_property
    def revision(self) -> Revision:
        """The revision that the folder holds. Raises GitError where git cannot tell."""
        return revisions.current(self.settings.root)

    @cached_property
    def checksum(self) -> str:
        """The checksum of all files that the conference was read from, the settings included."""
        folder, conference = self.settings.folder, self.conference
        sources = [f"{folder}/{path}" for path in (*conference.documents, *conference.files)]
        return revisions.checksum(self.settings.root, [*sources, self.settings.file.name])
