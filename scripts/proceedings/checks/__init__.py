"""Execution of all rules over a conference. Importing this package registers the rules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from proceedings.checks.citing import citation_form, citation_register, names, register_rows
from proceedings.checks.delivery import final, reviewer_table, speech_files, timetable
from proceedings.checks.engine import exemptions
from proceedings.checks.engine.exemptions import Exemption
from proceedings.checks.engine.registry import CHECKS, ELSEWHERE, Check
from proceedings.checks.engine.suggestions import Suggestion
from proceedings.checks.engine.walk import Texts, texts_of
from proceedings.checks.safety import credentials, docs_files, secrecy
from proceedings.checks.texts import headings, length, links, lists, markup, notes, plan_form, sheets
from proceedings.checks.words import abbreviations, characters, days, glyphs, legacy, numbers, spelling
from proceedings.conference.reading import Reading
from proceedings.problems import Problem, Rule, Severity, blocking

__all__ = ["LINK", "SECRECY", "Exemption", "Findings", "all_rules", "check", "examine", "leaks", "refusals",
           "with_final"]
LINK = docs_files.LINK
SECRECY = secrecy.RULE
# Imported to register their rules.
_MODULES = (
    abbreviations, timetable, characters, citation_register, citation_form, credentials, days, exemptions, docs_files,
    final, glyphs, legacy, length, links, lists, names, notes, numbers, plan_form, register_rows, reviewer_table,
    secrecy, sheets, speech_files, headings, markup, spelling,
)


@dataclass(frozen=True)
class Findings:
    """The problems of the documents, sorted by place, and the exemptions in effect.

    `suggestions` are the corrections offered by rules, if requested.
    """

    problems: tuple[Problem, ...]
    exemptions: tuple[Exemption, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def examine(reading: Reading, *, final: bool = False) -> Findings:
    """Run all rules, and with `final` also those of the final print; return each problem once.

    Problems under an exemption are left out.
    """
    findings = _examined(reading, (each for each in CHECKS.values() if not each.final))
    return with_final(reading, findings) if final else findings


def with_final(reading: Reading, findings: Findings) -> Findings:
    """Add the findings of the rules for the final print, which allow no exemption."""
    texts = texts_of(reading.conference)
    asked = (each for each in CHECKS.values() if each.final)
    further = {problem for each in asked for problem in each.problems(reading.conference, texts)}
    return replace(findings, problems=tuple(sorted(_masked({*findings.problems, *further}, texts))))


def refusals(reading: Reading) -> tuple[Problem, ...]:
    """Return the blocking problems, sorted by place; advisory rules are not run."""
    asked = (each for each in CHECKS.values() if each.rule.severity is Severity.BLOCKING and not each.final)
    return blocking(_examined(reading, asked).problems)


def leaks(reading: Reading) -> tuple[Problem, ...]:
    """Return marks of secrecy and credentials, which prevent any output, sorted by place."""
    asked = (SECRECY, credentials.RULE)
    found = _examined(reading, (CHECKS[name] for name in asked))
    return tuple(problem for problem in found.problems if problem.rule in asked)


def _examined(reading: Reading, asked: Iterable[Check]) -> Findings:
    texts = texts_of(reading.conference)
    found = {problem for each in asked for problem in each.problems(reading.conference, texts)} | set(reading.problems)
    problems, used = exemptions.applied(reading.conference, _masked(found, texts))
    return Findings(tuple(sorted(problems)), used)


def _masked(found: set[Problem], texts: Texts) -> set[Problem]:
    """Hide credentials in the problems, because reports go to logs and pages that others read."""
    if not any(problem.rule == credentials.RULE for problem in found):
        return found
    mask = credentials.Mask.of((*texts.all, *texts.settings))
    return set(map(mask.problem, found))


def check(reading: Reading, *, final: bool = False) -> tuple[Problem, ...]:
    """Return the problems only."""
    return examine(reading, final=final).problems


def all_rules() -> tuple[Rule, ...]:
    """Return every rule that problems can have, beginning with those of reading."""
    return (*ELSEWHERE, *(each.rule for each in CHECKS.values()))
