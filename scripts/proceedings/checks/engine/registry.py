"""Registration of rules. A rule is a generator of problems whose docstring is the text of the guide."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from proceedings.conference.model import Conference
from proceedings.problems import Problem, Rule, Severity

Finder = Callable[[Conference], Iterator[Problem]]


@dataclass(frozen=True)
class Check:
    """A rule with the function that finds violations.

    `final` rules are asked only before the final print; `strict` ones allow no exemption.
    """

    rule: Rule
    find: Finder
    final: bool
    strict: bool

    def problems(self, conference: Conference) -> Iterator[Problem]:
        """All that breaks the rule, bearing its id and severity; a finding may weigh less than its rule, never more."""
        for problem in self.find(conference):
            light = Severity.ADVISORY in (problem.severity, self.rule.severity)
            yield replace(problem, rule=self.rule.id, severity=Severity.ADVISORY if light else Severity.BLOCKING)


CHECKS: dict[str, Check] = {}


def rule(id: str, severity: Severity, *, final: bool = False, strict: bool = False) -> Callable[[Finder], Finder]:
    """Register a generator of problems under an id."""

    def register(find: Finder) -> Finder:
        CHECKS[id] = Check(Rule(id, severity, inspect.getdoc(find) or ""), find, final, strict or final)
        return find

    return register
