"""Checks the helpers: names and units of their formulas, what is assumed, and that calculators have the fields they fill."""

from collections.abc import Iterator
from dataclasses import replace

from ..calculators import Catalogue, calculator_of, factor_name
from ..formulas import FormulaError, UnitError, names, parse, same, unit
from ..models.base import Location
from ..models.calculators import Calculator, Input
from ..models.helpers import Helper
from .files import Source
from .formulas import Checker
from .helper_examples import check_examples
from .problems import Problem, problem
from .references import allowed

NO_ASSUMPTION = "係数を使う方法には、何を仮に置いたかを assumption に書いてください"
TWO_RANGES = "幅のある値を2つ以上使う式には、low と high の式も書いてください"
UNUSED = "「{}」は、どの計算器の helpers にもありません。data/calculators/ に書くか、消してください"
UNUSED_VALUE = "「{}」は、どの見つけ方も使いません。data/helpers.yml で使うか、消してください"
# the file of data/factors/ that only helpers reckon with
TOPIC = "activity"
NO_FIELD = "「{}」が入れる欄（{}）は、この計算器にありません。消すか、data/helpers.yml の fields を直してください"
OTHER_UNIT = "「{}」が出すのは {} ですが、欄「{}」の単位は {} です。どちらかを直してください"
NO_CALCULATOR = "どの計算器にも、欄「{}」がありません。{}"


def check_helpers(sources: list[Source], catalogue: Catalogue, whole: list[Source]) -> Iterator[Problem]:
    """Yield the problems of each helper, and of the calculators that name one without a field for it."""
    source = next(source for source in sources if source.name == "helpers")
    for place in range(len(source.value)):
        found = HelperChecker(catalogue, source, place).problems()
        # one with other mistakes gives other numbers
        yield from found or check_examples(source, catalogue, place)
    yield from _unused_values(sources, catalogue)
    yield from _unknown_fields(source, catalogue)
    yield from _unused(source, catalogue)
    for one in whole:
        yield from _misplaced(one, catalogue)


class HelperChecker(Checker):
    """Checks one helper as the small calculator it is, and tells it at its own lines."""

    def __init__(self, catalogue: Catalogue, source: Source, place: int) -> None:
        self.helper, self.place = source.value[place], place
        small = calculator_of(self.helper)
        super().__init__(replace(catalogue, calculators={small.id: small}), replace(source, value=small))
        self.ranged = {factor_name(one) for one in catalogue.ranged}

    def _note(self, where: Location, text: str) -> None:
        own = (self.place, *self._moved(where))
        self.found.append(problem(self.source.file, self.source.content.lines, own, text))

    def _moved(self, where: Location) -> Location:
        """Return where the file has a part of the small calculator."""
        if where[0] == "groups":
            return where[2:]
        if where[0] != "results":
            return where
        beyond = int(where[1]) - len(self.helper.steps)
        if beyond < 0:
            return ("steps", *where[1:])
        return (("formula", "low", "high")[beyond] if where[2] == "formula" else where[2],)

    def _check_samples(self) -> None:
        for i, example in enumerate(self.helper.examples):
            self._check_all(example.inputs, ("examples", i, "inputs"), self.inputs)
        for i, name in enumerate(self.helper.optional):
            self._check_known(name, ("optional", i), self.inputs)
        used = [name for name in _names(self.helper.formula) if name in self.numbers and name.startswith("factor_")]
        behind = [_factors(field) for field in self.inputs.values()]
        if (used or any(behind)) and not self.helper.assumption:
            self._note(("formula",), NO_ASSUMPTION)
        ranges = [name for name in used if name in self.ranged] + [one for one in behind if self.ranged & set(one)]
        if len(ranges) > 1 and not self.helper.low:
            self._note(("formula",), TWO_RANGES)


def _names(text: str) -> list[str]:
    """Return the names in a formula; one that cannot be read is told elsewhere."""
    try:
        return names(parse(text))
    except FormulaError:
        return []


def _factors(field: Input) -> list[str]:
    """Return the names of the factors behind a choice."""
    targets = [target for choice in field.choices for target in choice.lookup.values()]
    return [factor_name(target) for target in targets if target[0] != "="]


def _unused_values(sources: list[Source], catalogue: Catalogue) -> Iterator[Problem]:
    """A value of the topic of helpers that no helper reckons with says nothing to anybody."""
    small = [calculator_of(helper) for helper in catalogue.helpers.values()]
    told = {name for one in small for result in one.results for name in _names(result.formula)}
    told |= {name for one in small for field in one.groups[0].inputs for name in _factors(field)}
    for source in sources:
        topic = source.value if source.name == "factors" and source.value else None
        for i, factor in enumerate(topic.factors if topic and topic.id == TOPIC else []):
            if factor_name(factor.id) not in told:
                yield problem(source.file, source.content.lines, ("factors", i, "id"), UNUSED_VALUE.format(factor.id))


def _unknown_fields(source: Source, catalogue: Catalogue) -> Iterator[Problem]:
    known = list(dict.fromkeys(name for one in catalogue.calculators.values() for name in _fields(one)))
    for i, helper in enumerate(source.value):
        named = [(("fields", j), name) for j, name in enumerate(helper.fields)]
        named += [(("inputs", j, "takes"), field.takes) for j, field in enumerate(helper.inputs) if field.takes]
        for where, name in named:
            if name not in known:
                text = NO_CALCULATOR.format(name, allowed(name, known))
                yield problem(source.file, source.content.lines, (i, *where), text)


def _unused(source: Source, catalogue: Catalogue) -> Iterator[Problem]:
    """A helper that no calculator names is shown nowhere."""
    used = {name for one in catalogue.calculators.values() for name in one.helpers}
    for i, helper in enumerate(source.value):
        if helper.id not in used:
            yield problem(source.file, source.content.lines, (i, "id"), UNUSED.format(helper.id))


def _misplaced(source: Source, catalogue: Catalogue) -> Iterator[Problem]:
    """A helper fills a field of the calculator that names it, in the unit of that field; unknown ones are told elsewhere."""
    calculator = catalogue.calculators[source.value.id]
    fields = _fields(calculator)
    for i, name in enumerate(calculator.helpers):
        helper = catalogue.helpers.get(name)
        if helper and (text := _told(helper, fields)):
            yield problem(source.file, source.content.lines, ("helpers", i), text)


def _told(helper: Helper, fields: dict[str, Input]) -> str:
    own = [fields[name] for name in helper.fields if name in fields]
    if not own:
        return NO_FIELD.format(helper.id, "、".join(helper.fields))
    others = [field for field in own if not _is_same(helper.unit, field.unit)]
    return OTHER_UNIT.format(helper.id, helper.unit, others[0].id, others[0].unit) if others else ""


def _is_same(one: str, other: str | None) -> bool:
    """Tell whether two units are one; a unit that cannot be read is told where it stands."""
    try:
        return same(unit(one), unit(other or "1"))
    except UnitError:
        return True


def _fields(calculator: Calculator) -> dict[str, Input]:
    return {field.id: field for group in calculator.groups for field in group.inputs}
