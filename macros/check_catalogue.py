"""Checks of factors and calculators that one record cannot tell alone: names, references, units.

A formula whose unit is not what it says fails here, before the site is built.
"""

from collections.abc import Iterator
from typing import Any

from .catalogue import Catalogue, catalogue_of, unknown_parts
from .check_embeds import check_embeds
from .check_formulas import Checker
from .formula import names, parse
from .models.calculators import Calculator
from .positions import Location
from .problems import Problem, problem
from .reading import Source
from .runtime import factor_name
from .units import UnitError, unit

NAMES = ("factor-sources", "factors", "calculator-parts", "calculators")


def check_calculators(sources: list[Source]) -> list[Problem]:
    """Return the problems of factors and calculators; nothing when a file of theirs cannot be read."""
    ours = [source for source in sources if source.name in NAMES]
    if any(source.value is None for source in ours):
        return []
    by_name = {name: [source for source in ours if source.name == name] for name in NAMES}
    parts = by_name["calculator-parts"][0].value
    unknown = [one for source in by_name["calculators"] for one in _unknown_parts(source, parts)]
    if unknown:
        return unknown
    catalogue = read_catalogue(sources)
    found = [one for source in by_name["factors"] for one in _factor_problems(source, catalogue)]
    found += _repeated_factors(by_name["factors"])
    found += [one for source in by_name["calculators"] for one in Checker(catalogue, source).problems()]
    return [*found, *check_embeds(sources, catalogue)]


def read_catalogue(sources: list[Source]) -> Catalogue:
    """Return the catalogue of sound files."""
    values: dict[str, list[Any]] = {name: [] for name in NAMES}
    for source in sources:
        if source.name in NAMES:
            values[source.name].append(source.value)
    return catalogue_of(
        values["factor-sources"][0], values["factors"], values["calculator-parts"][0], values["calculators"]
    )


def _unknown_parts(source: Source, parts: Any) -> Iterator[Problem]:
    for where, name, known in unknown_parts(source.value, parts):
        text = f"共通の部品「{name}」が data/calculator-parts.yml にありません。使えるのは {'、'.join(known)}"
        yield problem(source.file, source.content.lines, where, text)


def _repeated_factors(sources: list[Source]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for source in sources:
        for i, factor in enumerate(source.value.factors):
            if first.setdefault(factor.id, source.file) != source.file:
                text = f"id「{factor.id}」は {first[factor.id]} で使われています。別の id にしてください"
                yield problem(source.file, source.content.lines, ("factors", i, "id"), text)


def _factor_problems(source: Source, catalogue: Catalogue) -> Iterator[Problem]:
    for i, factor in enumerate(source.value.factors):
        where: Location = ("factors", i)
        try:
            unit(factor.unit)
        except UnitError as error:
            yield problem(source.file, source.content.lines, (*where, "unit"), str(error))
        for j, value in enumerate(factor.values):
            for name in (value.source, *value.also):
                if name not in catalogue.sources:
                    text = f"出典「{name}」が data/factor-sources.yml にありません"
                    yield problem(source.file, source.content.lines, (*where, "values", j, "source"), text)


def used_factors(catalogue: Catalogue, calculator: Calculator) -> list[str]:
    """Return the ids of the factors a calculator can use, in the order of the data."""
    fields = [field for group in calculator.groups for field in group.inputs]
    texts = [part.formula for part in (*calculator.lines, *calculator.results)]
    texts += [result.formula for result in calculator.rows.results] if calculator.rows else []
    found = {name for text in texts for name in names(parse(text))}
    for field in fields:
        lookups = [c.lookup for c in field.choices] + [b.lookup for b in field.bands] + [field.guidebook]
        found |= {factor_name(target) for lookup in lookups for target in lookup.values() if target[0] != "="}
    return [factor_id for factor_id in catalogue.factors if factor_name(factor_id) in found]
