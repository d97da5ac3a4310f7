"""All rules over a conference. Importing this package registers them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from proceedings.checks.citing import citation_form, citation_register, names, register_rows
from proceedings.checks.delivery import final, reviewer_table, speech_files, timetable
from proceedings.checks.engine import exemptions
from proceedings.checks.engine.exemptions import Exemption
from proceedings.checks.engine.registry import CHECKS, Check
from proceedings.checks.safety import credentials, docs_files, secrecy
from proceedings.checks.texts import headings, length, links, lists, markup, notes, plan_form, sheets
from proceedings.checks.words import abbreviations, characters, days, glyphs, legacy, numbers, spelling
from proceedings.conference.reading import Reading, faults
from proceedings.problems import Problem, Rule, Severity, blocking

__all__ = ["LINK", "SECRECY", "Exemption", "Findings", "all_rules", "check", "examine", "leaks", "refusals",
           "with_final"]
LINK = docs_files.LINK
SECRECY = secrecy.RULE
# Imported for their rules.
_MODULES = (
    abbreviations, timetable, characters, citation_register, citation_form, credentials, days, exemptions, docs_files,
    final, glyphs, legacy, length, links, lists, names, notes, numbers, plan_form, register_rows, reviewer_table,
    secrecy, sheets, speech_files, headings, markup, spelling,
)


@dataclass(frozen=True)
class Findings:
    """What is wrong with the documents, sorted by place, and the exemptions from rules that have effect."""

    problems: tuple[Problem, ...]
    exemptions: tuple[Exemption, ...] = ()


def examine(reading: Reading, *, final: bool = False) -> Findings:
    """Every problem of the documents, each once, but for those under an exemption; if asked, the final print's too."""
    findings = _examined(reading, (each for each in CHECKS.values() if not each.final))
    return with_final(reading, findings) if final else findings


def with_final(reading: Reading, findings: Findings) -> Findings:
    """The findings together with those of the rules for the final print, which allow no exemption."""
    further = {problem for each in CHECKS.values() if each.final for problem in each.problems(reading.conference)}
    return replace(findings, problems=tuple(sorted(set(_masked({*findings.problems, *further})))))


def refusals(reading: Reading) -> tuple[Problem, ...]:
    """What stops the site, sorted by place: rules that only advise are not asked."""
    asked = (each for each in CHECKS.values() if each.rule.severity is Severity.BLOCKING and not each.final)
    return blocking(_examined(reading, asked).problems)


def leaks(reading: Reading) -> tuple[Problem, ...]:
    """What must not be handed on at all, sorted by place: marks of secrecy and credentials."""
    asked = (SECRECY, credentials.RULE)
    found = _examined(reading, (CHECKS[name] for name in asked))
    return tuple(problem for problem in found.problems if problem.rule in asked)


def _examined(reading: Reading, asked: Iterable[Check]) -> Findings:
    found = {problem for each in asked for problem in each.problems(reading.conference)} | set(reading.problems)
    problems, used = exemptions.applied(reading.conference, set(_masked(found)))
    return Findings(tuple(sorted(problems)), used)


def _masked(problems: Collection[Problem]) -> Iterator[Problem]:
    """The problems, without the keys that files give away: what is told goes to logs and pages of others."""
    leaking = {problem.path for problem in problems if problem.rule == credentials.RULE}
    for problem in problems:
        yield replace(problem, message=credentials.masked(problem.message)) if problem.path in leaking else problem


def check(reading: Reading, *, final: bool = False) -> tuple[Problem, ...]:
    """The problems alone."""
    return examine(reading, final=final).problems


def all_rules() -> tuple[Rule, ...]:
    """All rules, those of reading first."""
    return (*faults.ALL, exemptions.UNUSED, *(each.rule for each in CHECKS.values()))
