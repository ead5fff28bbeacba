"""Checks that what a calculator lets one choose to count leads to fields and to choices of its boundary."""

from collections.abc import Iterator

from ..models.base import Location
from ..models.calculators import Calculator
from .files import Source
from .problems import Problem, problem
from .references import allowed

BOUNDARY = "boundary"


def check_kinds(source: Source, calculator: Calculator) -> Iterator[Problem]:
    """Yield the fields and boundaries that a kind names and the calculator does not have."""
    fields = {field.id: field for group in calculator.groups for field in group.inputs}
    bounds = [choice.id for choice in fields[BOUNDARY].choices] if BOUNDARY in fields else []
    for where, name, known in _named(calculator, list(fields), bounds):
        if name not in known:
            yield problem(source.file, source.content.lines, where, f"「{name}」がありません。{allowed(name, known)}")


def _named(calculator: Calculator, fields: list[str], bounds: list[str]) -> Iterator[tuple[Location, str, list[str]]]:
    for i, kind in enumerate(calculator.kinds):
        for j, name in enumerate(kind.inputs):
            yield ("kinds", i, "inputs", j), name, fields
        for j, name in enumerate(kind.within):
            yield ("kinds", i, "within", j), name, bounds
