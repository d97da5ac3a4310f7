"""Data types of the conference: immutable, without input or output, independent of the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from proceedings.conference.stored_files import StoredFile
from proceedings.problems import Place
from proceedings.schema import ABBREVIATIONS, AGENDA, CITED_DOCUMENTS, PLAN, REPORT, Status
from proceedings.system.filenames import printable
from proceedings.text.language.dates import PartialDate
from proceedings.text.reading_time import Rates
from proceedings.text.source import Document


# --- Delivered texts -----------------------------------------------------------
@dataclass(frozen=True)
class Letterhead:
    """The letterhead above the plan's title; `number` is "" if the plan has none yet."""

    parent_body: str
    issuing_body: str
    number: str
    symbol: str
    issued_at: str
    issued_on: PartialDate


@dataclass(frozen=True)
class ConferenceTime:
    """The time of the conference. `text` is verbatim; `day` is None if only a week or month is set."""

    text: str
    days: Fraction | None
    provisional: bool
    year: int | None
    month: int | None
    week: int | None
    day: date | None


@dataclass(frozen=True)
class Chair:
    """The chair; `text` is verbatim."""

    text: str
    name: str
    posts: tuple[str, ...]


@dataclass(frozen=True)
class Backdrop:
    """The stage backdrop, with the plan's line breaks."""

    bodies: tuple[str, ...]
    kind: str
    name: tuple[str, ...]
    footer: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines from top to bottom."""
        return (*self.bodies, self.kind, *self.name, *((self.footer,) if self.footer else ()))


@dataclass(frozen=True)
class Task:
    """A task that the plan assigns to an agency; `deadline` is None if it has none."""

    text: str
    deadline: date | None
    place: Place


@dataclass(frozen=True)
class Agency:
    """An agency or group of agencies with its tasks; `note` is the plan's remark in brackets."""

    number: int
    name: str
    note: str
    tasks: tuple[Task, ...]
    place: Place

    @property
    def deadline(self) -> date | None:
        """The deadline of the first task that has one."""
        return next((task.deadline for task in self.tasks if task.deadline), None)


@dataclass(frozen=True)
class Assignment:
    """A unit and the topic of the speech that the plan assigns to it.

    The plan sets no deadlines for speeches; `deadline` is that of the agency or group that the unit belongs to.
    """

    number: int
    unit: str
    topic: str
    slug: str
    deadline: date | None
    place: Place


@dataclass(frozen=True)
class Signature:
    """Capacity and post of the signer, line by line, and their name."""

    titles: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Plan:
    """The content of the plan. A part that could not be read is empty or None, and reported as a problem."""

    letterhead: Letterhead
    kind: str
    subject: str
    bases: tuple[str, ...]
    enacting: str
    purpose: tuple[str, ...]
    requirements: tuple[str, ...]
    content: tuple[str, ...]
    time: ConferenceTime | None
    venue: str
    chair: Chair | None
    guests: tuple[str, ...]
    summoned: tuple[str, ...]
    backdrop: Backdrop
    form: str
    method: str
    agencies: tuple[Agency, ...]
    assignments: tuple[Assignment, ...]
    other_units: str
    closing: str
    recipients: tuple[str, ...]
    signature: Signature

    @property
    def standing_agency(self) -> str:
        """The name of the agency that prepares the conference: the first one with tasks."""
        return self.agencies[0].name if self.agencies else ""


# --- Delivered texts -----------------------------------------------------------
@dataclass(frozen=True)
class Blank:
    """A blank to be filled in: `[…]` or `[… what belongs here]`."""

    text: str
    line: int


@dataclass(frozen=True)
class Delivery:
    """Status and presenter of a text; fields that are still open are "" or None."""

    status: Status
    presenter: str = ""
    post: str = ""
    delivered_on: date | None = None

    @property
    def delivered(self) -> bool:
        """Whether the text was delivered, i.e. is not an outline."""
        return self.status is not Status.OUTLINE


@dataclass(frozen=True)
class Speech:
    """A unit's speech; its text is the document at `path` under docs/.

    `number` is its position in the plan; speeches outside the plan follow.
    """

    number: int
    slug: str
    unit: str
    topic: str
    deadline: date | None
    assigned: bool
    delivery: Delivery
    minutes: int
    path: str
    blanks: tuple[Blank, ...] = ()

    @property
    def late(self) -> bool:
        """Whether it was delivered on its deadline or later, since the plan requires delivery before that day."""
        delivered = self.delivery.delivered_on
        return bool(delivered and self.deadline and delivered >= self.deadline)


@dataclass(frozen=True)
class Report:
    """The main report; its text is the document at `path` under docs/."""

    title: str
    delivery: Delivery
    path: str
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True)
class Slot:
    """An item of the agenda. Times are minutes since midnight; `speech` is a slug or ""."""

    start: int
    end: int
    title: str
    by: str
    speech: str
    place: Place


@dataclass(frozen=True)
class Agenda:
    """The agenda. Times are minutes since midnight; `end` is the time at which it must be over."""

    start: int
    end: int
    slots: tuple[Slot, ...]
    place: Place

    @property
    def ends(self) -> int:
        """The time at which the last item ends."""
        return self.slots[-1].end if self.slots else self.start


@dataclass(frozen=True)
class CitedDocument:
    """A row of the register of cited documents; `issued_on` is None if its date is unreadable.

    The last three fields are optional: first day in effect, first day no longer in effect, replacing document.
    """

    kind: str
    number: str
    issued_on: date | None
    issuer: str
    subject: str
    place: Place
    effective_from: date | None = None
    ended_on: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True)
class Abbreviation:
    """A row of the register of abbreviations."""

    short: str
    full: str
    place: Place


@dataclass(frozen=True)
class Theme:
    """A row of the register of themes: a document belongs to the theme if it contains one of the words."""

    name: str
    words: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Conference:
    """The whole conference.

    `speeches` are keyed by slug in speaking order, `documents` by path under docs/. `files` are the paths of all
    other readable files, `stored` everything under docs/ by path. `folder` is the name of docs/ in problems,
    `settings` the text of mkdocs.yml, which readers see in part, `name` the name of the site. `copies` is the number
    of copies to print; `rates` are the reading and speaking rates.
    """

    plan: Plan
    speeches: Mapping[str, Speech]
    agenda: Agenda
    report: Report | None
    cited_documents: tuple[CitedDocument, ...]
    abbreviations: tuple[Abbreviation, ...]
    documents: Mapping[str, Document]
    files: frozenset[str] = field(default_factory=frozenset)
    folder: str = "docs"
    settings: Document | None = None
    name: str = ""
    copies: int | None = None
    rates: Rates = field(default_factory=Rates)
    themes: tuple[Theme, ...] = ()
    stored: Mapping[str, StoredFile] = field(default_factory=dict)

    def place(self, path: str, line: int = 1) -> Place:
        """Return a line of a file under docs/ as a place for problems."""
        return Place(f"{self.folder}/{printable(path)}", line)

    def is_delivered(self, path: str) -> bool:
        """Return whether a file is a delivered speech or report, i.e. no outline."""
        text = self.report if path == REPORT else self.speech_at(path)
        return text is not None and text.delivery.delivered

    def speech_at(self, path: str) -> Speech | None:
        """Return the speech in a file under docs/, or None."""
        speech = self.speeches.get(path.rpartition("/")[2].removesuffix(".md"))
        return speech if speech and speech.path == path else None

    @property
    def printed(self) -> tuple[str, ...]:
        """The paths of the documents of the volume in order, without missing ones."""
        speeches = (speech.path for speech in self.speeches.values())
        wanted = (AGENDA, PLAN, REPORT, *speeches, CITED_DOCUMENTS, ABBREVIATIONS)
        return tuple(path for path in wanted if path in self.documents)
