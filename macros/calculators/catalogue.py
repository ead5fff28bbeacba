"""Factors and whole calculators, put together from the checked records of `data/`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..models.base import Location
from ..models.calculators import Calculator, Parts
from ..models.factors import Factor, FactorSource, FactorTopic
from ..models.statement import Statement

# fields of a calculator whose records may stand in data/calculator-parts.yml
SHARED = ("lines", "results", "rules")


@dataclass(frozen=True)
class Catalogue:
    """Factors, their sources, shared parts, calculators without references to parts, what they state in public."""

    sources: dict[str, FactorSource]
    topics: list[FactorTopic]
    factors: dict[str, Factor]
    parts: Parts
    calculators: dict[str, Calculator]
    statement: Statement


def catalogue_of(
    sources: Iterable[FactorSource],
    topics: Iterable[FactorTopic],
    parts: Parts,
    calculators: Iterable[Calculator],
    statement: Statement,
) -> Catalogue:
    """Return the catalogue of sound records."""
    topics = list(topics)
    return Catalogue(
        sources={source.id: source for source in sources},
        topics=topics,
        factors={factor.id: factor for topic in topics for factor in topic.factors},
        parts=parts,
        calculators={calculator.id: whole(calculator, parts) for calculator in calculators},
        statement=statement,
    )


def whole(calculator: Calculator, parts: Parts) -> Calculator:
    """Return a calculator with every shared part put in its place."""
    changes: dict[str, Any] = {key: _put(getattr(calculator, key), getattr(parts, key)) for key in SHARED}
    changes["groups"] = [
        group.model_copy(update={"inputs": _put(group.inputs, parts.inputs)}) for group in calculator.groups
    ]
    if calculator.rows:
        columns = _put(calculator.rows.columns, parts.inputs)
        changes["rows"] = calculator.rows.model_copy(update={"columns": columns})
    return calculator.model_copy(update=changes)


def _put(records: list[Any], shared: list[Any]) -> list[Any]:
    known = {record.id: record for record in shared}
    return [known[record] if isinstance(record, str) else record for record in records]


def unknown_parts(calculator: Calculator, parts: Parts) -> Iterator[tuple[Location, str, list[str]]]:
    """Yield where a calculator names a part that is not there, with the name and what there is."""
    for where, records, shared in _lists(calculator, parts):
        known = [record.id for record in shared]
        for i, record in enumerate(records):
            if isinstance(record, str) and record not in known:
                yield (*where, i), record, known


def _lists(calculator: Calculator, parts: Parts) -> Iterator[tuple[Location, list[Any], list[Any]]]:
    for key in SHARED:
        yield (key,), getattr(calculator, key), getattr(parts, key)
    for i, group in enumerate(calculator.groups):
        yield ("groups", i, "inputs"), group.inputs, parts.inputs
    if calculator.rows:
        yield ("rows", "columns"), calculator.rows.columns, parts.inputs


def catalogue_of_guide(guide: Any) -> Catalogue:
    """Return the catalogue of the loaded data."""
    return catalogue_of(guide.factor_sources, guide.factors, guide.calculator_parts, guide.calculators, guide.statement)
