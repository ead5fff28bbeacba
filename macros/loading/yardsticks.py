"""Checks what a calculator sets its amount for a person beside: precedents that tell how many people and how much."""

from collections.abc import Iterator

from ..models.calculators import Calculator
from .files import Source
from .problems import Problem, problem

NO_NUMBERS = "実例「{}」には、人数（people）と排出量（emitted_t）の両方がないので、比べられません"
NO_RESULT = "yardsticks は、1人あたりの排出量（per_person_kg、kg-CO₂/人）の結果がある計算器にだけ書けます"
PER_PERSON = "per_person_kg"


def check_yardsticks(source: Source, calculator: Calculator, sources: list[Source]) -> Iterator[Problem]:
    """Yield what nothing can be compared with; precedents that are not there are told elsewhere."""
    known = {one.value.id: one.value for one in sources if one.name == "precedents" and one.value is not None}
    units = {result.id: result.unit for result in calculator.results}
    if calculator.yardsticks and units.get(PER_PERSON) != "kg-CO₂/人":
        yield problem(source.file, source.content.lines, ("yardsticks",), NO_RESULT)
    for i, name in enumerate(calculator.yardsticks):
        if name in known and not (known[name].people and known[name].emitted_t):
            yield problem(source.file, source.content.lines, ("yardsticks", i), NO_NUMBERS.format(name))
