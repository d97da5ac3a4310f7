"""Registration of rules. A rule is a generator of problems whose docstring is the text of the guide."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from proceedings import schema
from proceedings.checks.engine.walk import Scope, Texts, texts_of
from proceedings.conference import settings
from proceedings.conference.model import Conference
from proceedings.conference.reading import faults
from proceedings.problems import Problem, Rule, Severity

Finder = Callable[..., Iterator[Problem]]
_Finder = TypeVar("_Finder", bound=Finder)


class InPlan(Enum):
    """How a rule treats the plan, whose text is kept as issued."""

    LIKE_OTHERS = "like others"
    ADVISED = "advised"  # problems in the plan are advisory
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Check:
    """A rule with the function that finds violations.

    `find` has a parameter `conference`, `texts` (those of the rule's scope) or both, and is called with these.
    `final` rules run only before the final print; `strict` rules allow no exemption.
    """

    rule: Rule
    find: Finder
    scope: Scope | None
    plan: InPlan
    final: bool
    strict: bool

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameter names of `find`."""
        return self.find.__code__.co_varnames[:self.find.__code__.co_argcount]

    def problems(self, conference: Conference, texts: Texts | None = None) -> Iterator[Problem]:
        """Yield all violations with the rule's id and severity.

        A problem may be less severe than its rule, but not more. `texts` are those of the conference, to be shared by
        several rules. No corrections are offered in the plan.
        """
        plan = conference.place(schema.PLAN).path
        for problem in self._found(conference, texts):
            advised = Severity.ADVISORY in (problem.severity, self.rule.severity) or (
                self.plan is InPlan.ADVISED and problem.path == plan)
            yield replace(problem, rule=self.rule.id, severity=Severity.ADVISORY if advised else Severity.BLOCKING,
                          edits=() if problem.path == plan else problem.edits)

    def _found(self, conference: Conference, texts: Texts | None) -> Iterator[Problem]:
        given: dict[str, object] = {"conference": conference}
        if self.scope:
            asked = self.scope.of(texts or texts_of(conference))
            given["texts"] = tuple(text for text in asked if self.plan is not InPlan.LEFT_OUT or not text.is_plan)
        return self.find(**{name: given[name] for name in self.parameters})


CHECKS: dict[str, Check] = {}
# Rules reported outside the checks, with the module under which the guide lists them; "" for reading.
ELSEWHERE: dict[Rule, str] = dict.fromkeys((*faults.ALL, settings.RULE), "")


def elsewhere(rule: Rule, module: str) -> Rule:
    """Register a rule that no check reports, to be listed with the rules of a module."""
    ELSEWHERE[rule] = module.rpartition(".")[2]
    return rule


def rule(id: str, severity: Severity, scope: Scope | None = None, *, plan: InPlan = InPlan.LIKE_OTHERS,
         final: bool = False, strict: bool = False) -> Callable[[_Finder], _Finder]:
    """Return a decorator that registers a generator of problems; `scope` selects the texts it checks."""

    def register(find: _Finder) -> _Finder:
        CHECKS[id] = Check(Rule(id, severity, inspect.getdoc(find) or ""), find, scope, plan, final, strict or final)
        return find

    return register
