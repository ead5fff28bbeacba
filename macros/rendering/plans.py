"""The macro of `/plan/`: every task with what each method calls it, the fields to fill, the documents."""

from functools import cached_property
from typing import Any

from ..calculators import sample
from ..loading import Guide, orders_of
from ..models import MethodTask, Precedent
from .calculators import Calculators
from .core import show_number
from .methods import Methods
from .precedents import Precedents, by_year
from .register import macro


def _plan_files(guide: Guide, _words: tuple[str, ...]) -> list[str]:
    named = [("methods", guide.methods), ("precedents", guide.precedents)]
    return ["plan.yml", *(f"{folder}/{one.id}.yml" for folder, records in named for one in records)]


class Plans(Methods, Calculators, Precedents):
    """`plan`."""

    @macro(_plan_files, home="plan")
    def plan(self) -> str:
        """Return the tasks of a plan as a list to read, which the browser makes into a form."""
        return self.render(
            "plan",
            words=self.guide.plan,
            orders=orders_of(self.guide.plan),
            tasks=[{"task": task, "methods": self._calls(task.id)} for task in self.guide.plan.tasks],
            calculators=self.guide.calculators,
            limits=self.limits,
            precedents=self.citable(),
            sizes=self._sizes(),
        )

    def _sizes(self) -> list[tuple[int, list[int]]]:
        """Return how many of so many visitors to ask, for each error of the survey."""
        survey = self.guide.plan.survey
        if survey is None:
            return []
        return [
            (people, [sample(survey.z, survey.share, one.points, people)[0] for one in survey.errors])
            for people in survey.visitors
        ]

    def citable(self) -> list[tuple[Precedent, str]]:
        """Return the precedents that a plan may cite, the newest first, and what a choice calls them."""
        kinds = self._names()["kind"]
        recent = sorted((one for one in self.guide.precedents if not one.old), key=by_year)
        people = {one.id: f"、{show_number(one.people)}人" if one.people else "" for one in recent}
        return [(one, f"{one.title}（{kinds[one.kind]}{people[one.id]}、{one.year_text}）") for one in recent]

    @cached_property
    def limits(self) -> dict[str, list[str]]:
        """Return the methods of each field that is not asked by all: named, or the only ones with such a calculator."""
        methods = [method.id for method in self.guide.methods]
        fields = [
            (one.method, field.id)
            for one in self.catalogue.calculators.values()
            for group in one.groups
            for field in group.inputs
        ]
        facts = [fact for task in self.guide.plan.tasks for fact in task.facts]
        limits = {fact.id: [name for name in methods if (name, fact.input) in fields] for fact in facts if fact.input}
        limits |= {fact.id: fact.methods for fact in facts if fact.methods}
        cited = {method for one in self.guide.precedents if not one.old for method in one.methods}
        known = [name for name in methods if name in cited]
        limits |= {fact.id: known for fact in facts if fact.of and fact.kind == "choice"}
        return {name: found for name, found in limits.items() if found != methods}

    def _calls(self, task: str) -> list[dict[str, Any]]:
        """Return each method with what it calls a task, its steps and its calculators; `own` is None where it has none."""
        return [self._call(method.id, task) for method in self.guide.methods]

    def _call(self, name: str, task: str) -> dict[str, Any]:
        method = self.content(name)
        own: MethodTask | None = next((one for one in method.plan if one.task == task), None)
        steps = [step for phase in method.flow.phases for step in phase.steps] if method.flow else []
        return {
            "method": method,
            "own": own,
            "steps": [step for step in steps if own and step.id in own.steps],
            "calculators": [one for one in self.guide.calculators if one.method == name],
        }
