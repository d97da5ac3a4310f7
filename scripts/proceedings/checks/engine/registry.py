"""Rules and how they are run. A rule is a generator of problems whose docstring is the editors' guide."""

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
    """What a rule does with the plan, whose words are kept as issued."""

    LIKE_OTHERS = "like others"
    ADVISED = "advised"  # what is found there stops nothing
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Check:
    """A rule and the function that finds what breaks it.

    `find` has a parameter `conference`, `texts` (those of the rule's scope) or both, and is given what it names.
    `final` rules are asked only before the final print; `strict` ones allow no exemption.
    """

    rule: Rule
    find: Finder
    scope: Scope | None
    plan: InPlan
    final: bool
    strict: bool

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what `find` is given."""
        return self.find.__code__.co_varnames[:self.find.__code__.co_argcount]

    def problems(self, conference: Conference, texts: Texts | None = None) -> Iterator[Problem]:
        """All that breaks the rule, bearing its id and severity; a finding may weigh less than its rule, never more.

        `texts` are those of the conference, for whoever asks several rules. In the plan no correction is offered.
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
# Rules whose faults are found elsewhere, by the module with whose rules the guide lists them; "" is reading.
ELSEWHERE: dict[Rule, str] = dict.fromkeys((*faults.ALL, settings.RULE), "")


def elsewhere(rule: Rule, module: str) -> Rule:
    """Register a rule whose faults no check finds, to be listed with the rules of a module."""
    ELSEWHERE[rule] = module.rpartition(".")[2]
    return rule


def rule(id: str, severity: Severity, scope: Scope | None = None, *, plan: InPlan = InPlan.LIKE_OTHERS,
         final: bool = False, strict: bool = False) -> Callable[[_Finder], _Finder]:
    """Register a generator of problems under an id; one that looks at texts says which."""

    def register(find: _Finder) -> _Finder:
        CHECKS[id] = Check(Rule(id, severity, inspect.getdoc(find) or ""), find, scope, plan, final, strict or final)
        return find

    return register
