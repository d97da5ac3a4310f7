"""Messages of a rule for a text in a file of the fabricated conference."""

from dataclasses import replace
from functools import cache

from conftest import CONFERENCE
from proceedings import schema
from proceedings.checks.engine.registry import CHECKS
from proceedings.conference import reading
from proceedings.conference.model import Conference
from proceedings.problems import Problem
from proceedings.text import source

SPEECH = "tham-luan/truong-cao-dang-doc-sach.md"


@cache
def fabricated_conference() -> Conference:
    """Return the fabricated conference as read."""
    return reading.read_conference(CONFERENCE / "docs").conference


def with_text(text: str, path: str = SPEECH, conference: Conference | None = None) -> Conference:
    """Return the conference with the text of one file replaced."""
    conference = conference or fabricated_conference()
    return replace(conference, documents={**conference.documents, path: source.parse(path, text)})


def with_plan(old: str, new: str) -> Conference:
    """Return the conference with some words of its plan replaced."""
    text = fabricated_conference().documents[schema.PLAN].text
    assert old in text
    conference = with_text(text.replace(old, new), schema.PLAN)
    plan = reading.plan.read_plan(conference.documents[schema.PLAN], conference.folder, reading.faults.Faults())
    return replace(conference, plan=plan)


def problems(conference: Conference, rule: str, path: str = SPEECH) -> list[Problem]:
    """Return the problems of a rule in one file."""
    return [each for each in CHECKS[rule].problems(conference) if each.path == conference.place(path).path]


def told(rule: str, text: str, path: str = SPEECH) -> list[str]:
    """Return the messages of a rule for a text."""
    return [problem.message for problem in problems(with_text(text, path), rule, path)]


def with_time(conference: Conference, time: str) -> Conference:
    """Return the conference at another time, in the plan's words."""
    return replace(conference, plan=replace(conference.plan, time=reading.plan.conference_time(time)))
