"""Factors and whole calculators, put together from the checked files of `data/`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..models.base import Location
from ..models.calculators import (
    SETS,
    Calculator,
    CalculatorFile,
    Choice,
    Group,
    Input,
    Parts,
    Rows,
    WrittenGroup,
    WrittenRows,
)
from ..models.factors import Factor, FactorSets, FactorSource, FactorTopic, FactorValue
from ..models.helpers import Helper
from ..models.statement import Statement
from .suppliers import Suppliers

# fields of a calculator whose records may stand in data/calculator-parts.yml
SHARED = ("lines", "results", "rules")


@dataclass(frozen=True)
class Catalogue:
    """Factors, their sets and sources, shared parts, calculators without references to parts, what they state, helpers.

    `suppliers` are those of the official tables; None where only files of YAML were read.
    """

    sets: FactorSets
    sources: dict[str, FactorSource]
    topics: list[FactorTopic]
    factors: dict[str, Factor]
    parts: Parts
    calculators: dict[str, Calculator]
    statement: Statement
    helpers: dict[str, Helper]
    suppliers: Suppliers | None = None

    @cached_property
    def ranged(self) -> dict[str, FactorValue]:
        """The factors that have a range, by id, with the value that tells it."""
        newest = {factor.id: self.sets.now(factor) for factor in self.factors.values()}
        return {factor_id: value for factor_id, value in newest.items() if value and value.low}


def catalogue_of(
    sets: FactorSets,
    sources: Iterable[FactorSource],
    topics: Iterable[FactorTopic],
    parts: Parts,
    calculators: Iterable[Calculator],
    statement: Statement,
    helpers: Iterable[Helper] = (),
    suppliers: Suppliers | None = None,
) -> Catalogue:
    """Return the catalogue of sound records."""
    topics = list(topics)
    return Catalogue(
        sets=sets,
        sources={source.id: source for source in sources},
        topics=topics,
        factors={factor.id: factor for topic in topics for factor in topic.factors},
        parts=parts,
        calculators={calculator.id: calculator for calculator in calculators},
        statement=statement,
        helpers={helper.id: helper for helper in helpers},
        suppliers=suppliers,
    )


def with_sets(parts: Parts, sets: FactorSets) -> Parts:
    """Return the shared parts, with the sets of factors as the choices of the field that asks for one."""
    return parts.model_copy(update={"inputs": [_filled(field, sets) for field in parts.inputs]})


def _filled(field: Input, sets: FactorSets) -> Input:
    if field.id != SETS:
        return field
    aliases = {sets.today: ["current"], sets.guidebook: ["guidebook"]}
    choices = [Choice(id=one.id, label=one.label, aliases=aliases.get(one.id, [])) for one in sets.offered]
    told = field.help and field.help.replace("{today}", sets.current.short)
    return field.model_copy(update={"choices": choices, "default": sets.today, "help": told})


def whole(file: CalculatorFile, parts: Parts) -> Calculator:
    """Return the calculator of a file, with every shared part put in its place."""
    values: dict[str, Any] = dict(file)
    values |= {key: _put(values[key], getattr(parts, key)) for key in SHARED}
    values["groups"] = [Group.model_construct(**_with(group, "inputs", parts)) for group in file.groups]
    if file.rows:
        values["rows"] = Rows.model_construct(**_with(file.rows, "columns", parts))
    return Calculator.model_construct(**values)


def _with(holder: WrittenGroup | WrittenRows, key: str, parts: Parts) -> dict[str, Any]:
    """Return the values of a group or a table with its fields whole."""
    return dict(holder) | {key: _put(getattr(holder, key), parts.inputs)}


def _put(records: list[Any], shared: list[Any]) -> list[Any]:
    known = {record.id: record for record in shared}
    return [known[record] if isinstance(record, str) else record for record in records]


def unknown_parts(calculator: CalculatorFile, parts: Parts) -> Iterator[tuple[Location, str, list[str]]]:
    """Yield where a calculator names a part that is not there, with the name and what there is."""
    for where, records, shared in _lists(calculator, parts):
        known = [record.id for record in shared]
        for i, record in enumerate(records):
            if isinstance(record, str) and record not in known:
                yield (*where, i), record, known


def _lists(calculator: CalculatorFile, parts: Parts) -> Iterator[tuple[Location, list[Any], list[Any]]]:
    for key in SHARED:
        yield (key,), getattr(calculator, key), getattr(parts, key)
    for i, group in enumerate(calculator.groups):
        yield ("groups", i, "inputs"), group.inputs, parts.inputs
    if calculator.rows:
        yield ("rows", "columns"), calculator.rows.columns, parts.inputs
