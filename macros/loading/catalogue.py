"""Checks of factors and calculators that one record cannot tell alone: names, references, units.

A formula whose unit is not what it says fails here, before the site is built.
"""

from collections.abc import Iterator
from typing import Any

from ..calculators import Catalogue, catalogue_of, end_names, factor_name, unknown_parts, whole, with_sets
from ..formulas import FormulaError, UnitError, names, parse, unit
from ..models.base import Location
from ..models.calculators import Calculator, Input
from .embeds import check_embeds
from .files import Source
from .formulas import Checker
from .helpers import check_helpers
from .kinds import check_kinds
from .plans import check_plan
from .presets import check_presets
from .problems import Problem, problem
from .references import allowed
from .statements import check_statement
from .yardsticks import check_yardsticks

# what all calculators share
SHARED = ("factor-sets", "calculator-parts", "factor-sources", "factors", "statement", "helpers")


def check_calculators(sources: list[Source]) -> list[Problem]:
    """Return the problems of factors and of each sound calculator; nothing when what they share is not sound."""
    if any(source.value is None for source in sources if source.name in SHARED):
        return []
    sets, parts = (next(one.value for one in sources if one.name == name) for name in SHARED[:2])
    if not {sets.today, sets.guidebook} <= {one.id for one in sets.sets}:
        return []  # told already, as any id that is not there
    unknown = [one for source in _sound(sources, "calculators") for one in _unknown_parts(source, parts)]
    whole = [source for source in _sound(sources, "calculators") if not list(_unknown_parts(source, parts))]
    catalogue = read_catalogue([*(source for source in sources if source.name in SHARED), *whole])
    return [
        *unknown,
        *_unit_problems(sources),
        *_repeated_factors(_sound(sources, "factors")),
        *(one for source in whole for one in Checker(catalogue, source).problems()),
        *check_helpers(sources, catalogue, whole),
        *check_statement(sources, catalogue, whole),
        *(one for source in whole for one in check_presets(source, catalogue.calculators[source.value.id])),
        *(one for source in whole for one in check_kinds(source, catalogue.calculators[source.value.id])),
        *(one for source in whole for one in check_yardsticks(source, catalogue.calculators[source.value.id], sources)),
        *(list(_missing_values(sources, catalogue)) or _empty_today(sources, catalogue)),
        *check_embeds(sources, catalogue),
        *check_plan(sources, catalogue),
    ]


def _sound(sources: list[Source], name: str) -> list[Source]:
    return [source for source in sources if source.name == name and source.value is not None]


def read_catalogue(sources: list[Source]) -> Catalogue:
    """Return the catalogue of sound files."""
    values: dict[str, list[Any]] = {name: [] for name in (*SHARED, "calculators")}
    for source in sources:
        if source.name in values:
            values[source.name].append(source.value)
    sets = values["factor-sets"][0]
    parts = with_sets(values["calculator-parts"][0], sets)
    return catalogue_of(
        sets,
        values["factor-sources"][0],
        values["factors"],
        parts,
        [whole(file, parts) for file in values["calculators"]],
        values["statement"][0],
        values["helpers"][0],
    )


def _unknown_parts(source: Source, parts: Any) -> Iterator[Problem]:
    for where, name, known in unknown_parts(source.value, parts):
        text = f"共通の部品「{name}」がありません。{allowed(name, known)}（data/calculator-parts.yml）"
        yield problem(source.file, source.content.lines, where, text)


def _repeated_factors(sources: list[Source]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for source in sources:
        for i, factor in enumerate(source.value.factors):
            if first.setdefault(factor.id, source.file) != source.file:
                text = f"id「{factor.id}」は {first[factor.id]} で使われています。別の id にしてください"
                yield problem(source.file, source.content.lines, ("factors", i, "id"), text)


def _missing_values(sources: list[Source], catalogue: Catalogue) -> Iterator[Problem]:
    """Tell of factors that a calculator reckons with and that have no value in force: nothing may go without them."""
    users: dict[str, str] = {}
    for calculator in catalogue.calculators.values():
        for factor_id in _needed_factors(catalogue, calculator):
            users.setdefault(factor_id, calculator.id)
    sets = {one.id for one in catalogue.sets.sets}
    for source in _sound(sources, "factors"):
        for i, factor in enumerate(source.value.factors):
            now = catalogue.sets.now(factor)
            known = all(value.set in sets for value in factor.values)  # else told already
            if known and factor.id in users and (now is None or now.valid_to):
                text = (
                    f"計算器「{users[factor.id]}」が使う係数「{factor.id}」に、{catalogue.sets.today} のいまの値（valid_to の"
                    "ない値）がありません。値を足すか、計算器の式と選択肢をほかの係数にしてください"
                )
                yield problem(source.file, source.content.lines, ("factors", i, "values"), text)


def _empty_today(sources: list[Source], catalogue: Catalogue) -> Iterator[Problem]:
    """Tell of a set that everything begins with and that has no value of its own: only its name would be new."""
    today = catalogue.sets.today
    own = [value for factor in catalogue.factors.values() for value in factor.values if value.set == today]
    source = next(one for one in sources if one.name == "factor-sets")
    if catalogue.factors and not own:
        text = f"版「{today}」の値が、data/factors/ に1つもありません。値を足してから today にしてください"
        yield problem(source.file, source.content.lines, ("today",), text)


def _unit_problems(sources: list[Source]) -> Iterator[Problem]:
    """Tell of units of factors and constants; the others are told with their calculator."""
    for source in sources:
        for where, text in _units(source):
            try:
                unit(text)
            except UnitError as error:
                yield problem(source.file, source.content.lines, (*where, "unit"), str(error))


def _units(source: Source) -> Iterator[tuple[Location, str]]:
    if source.name in {"factors", "calculator-parts"}:
        key = "factors" if source.name == "factors" else "constants"
        for i, record in enumerate(getattr(source.value, key)):
            yield (key, i), record.unit


def used_factors(catalogue: Catalogue, calculator: Calculator) -> list[str]:
    """Return the ids of the factors a calculator can use, in the order of the data."""
    guidebook = {factor_name(target) for field in _fields(calculator) for target in field.guidebook.values()}
    found = guidebook | {factor_name(factor_id) for factor_id in _needed_factors(catalogue, calculator)}
    return [factor_id for factor_id in catalogue.factors if factor_name(factor_id) in found]


def _needed_factors(catalogue: Catalogue, calculator: Calculator) -> list[str]:
    """Return the factors that a calculator uses in the present set: in formulas, or behind a choice or a band."""
    texts = [part.formula for part in (*calculator.lines, *calculator.results)]
    texts += [rule.check for rule in calculator.rules]
    texts += [result.formula for result in calculator.rows.results] if calculator.rows else []
    found = {name for text in texts for name in _names(text)}
    found |= {factor_name(one) for name, (one, _) in end_names(catalogue).items() if name in found}
    for field in _fields(calculator):
        lookups = [choice.lookup for choice in field.choices] + [band.lookup for band in field.bands]
        found |= {factor_name(target) for lookup in lookups for target in lookup.values() if target[0] != "="}
    return [factor_id for factor_id in catalogue.factors if factor_name(factor_id) in found]


def _names(text: str) -> list[str]:
    """Return the names in a formula; one that cannot be read is told with its calculator."""
    try:
        return names(parse(text))
    except FormulaError:
        return []


def _fields(calculator: Calculator) -> list[Input]:
    return [
        *(field for group in calculator.groups for field in group.inputs),
        *(calculator.rows.columns if calculator.rows else []),
    ]
