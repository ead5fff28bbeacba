"""The macro of `/plan/`: every task with what each method calls it, the fields to fill, the documents."""

from typing import Any

from ..loading import Guide, orders_of
from ..models import MethodTask
from .calculators import Calculators
from .methods import Methods
from .register import macro


def _plan_files(guide: Guide, _words: tuple[str, ...]) -> list[str]:
    return ["plan.yml", *(f"methods/{method.id}.yml" for method in guide.methods)]


class Plans(Methods, Calculators):
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
            limits=self._limits(),
        )

    def _limits(self) -> dict[str, list[str]]:
        """Return the methods of each field that stands for one of calculators, where some method has none such."""
        methods = [method.id for method in self.guide.methods]
        fields = [
            (one.method, field.id)
            for one in self.catalogue.calculators.values()
            for group in one.groups
            for field in group.inputs
        ]
        bound = [fact for task in self.guide.plan.tasks for fact in task.facts if fact.input]
        limits = {fact.id: [name for name in methods if (name, fact.input) in fields] for fact in bound}
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
