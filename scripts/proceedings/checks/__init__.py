"""All rules over a conference. Importing this package registers them."""

from proceedings.checks import (
    agenda,
    characters,
    days,
    final,
    legacy,
    links,
    numbers,
    registers,
    speeches,
    texts,
    words,
)
from proceedings.checks.registry import CHECKS
from proceedings.problems import Problem, Rule
from proceedings.reading import Reading, faults

__all__ = ["SECRECY", "all_rules", "check"]
SECRECY = "dau-mat"
# Imported for their rules.
_MODULES = (agenda, characters, days, final, legacy, links, numbers, registers, speeches, texts, words)


def check(reading: Reading, *, final: bool = False) -> tuple[Problem, ...]:
    """Every problem of the documents, sorted by place, each once; if asked, also what stops only the final print."""
    asked = [each for each in CHECKS.values() if final or not each.final]
    found = {problem for each in asked for problem in each.problems(reading.conference)}
    return tuple(sorted(found | set(reading.problems)))


def all_rules() -> tuple[Rule, ...]:
    """All rules, those of reading first."""
    return (*faults.ALL, *(each.rule for each in CHECKS.values()))
