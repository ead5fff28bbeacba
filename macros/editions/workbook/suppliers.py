"""Suppliers as choices of the workbook: it has no search, so where a field has no short list it offers the whole table."""

from collections.abc import Iterator
from typing import Any

from ...calculators import Catalogue, Found, Suppliers, as_json, with_suppliers
from ...models.calculators import Calculator, Choice, Input


def listed(catalogue: Catalogue) -> dict[str, list[tuple[str, Found]]]:
    """Return by field the id and what it stands for, of every row of the tables that a sheet offers whole."""
    suppliers = catalogue.suppliers
    return {field.id: [*_rows(suppliers, field.id)] for field in _without_a_list(catalogue)} if suppliers else {}


def _without_a_list(catalogue: Catalogue) -> Iterator[Input]:
    """Yield the fields for which a form offers nothing but a value of one's own."""
    asked = catalogue.suppliers.kinds if catalogue.suppliers else {}
    for field in catalogue.parts.inputs:
        if field.id in asked and all(target[0] == "=" for one in field.offered for target in one.lookup.values()):
            yield field


def _rows(suppliers: Suppliers, field: str) -> Iterator[tuple[str, Found]]:
    kind, today = suppliers.kinds[field], suppliers.sets.today
    table = suppliers.table_of(kind.id, today)
    for one in suppliers.of(table.id).values() if table else ():
        menus = [f"{one.id}-{offer.letters}" for offer in one.offers if offer.letters and offer != one.standard]
        for name in [one.id, *menus] if one.standard else menus:
            found = suppliers.find(field, name, today)
            if found:
                yield name, found


def offering(catalogue: Catalogue, calculator: Calculator) -> tuple[Calculator, dict[str, Any]]:
    """Return a calculator and its definition with the suppliers that its sheet lists, one's own value last."""
    definition = as_json(catalogue, calculator)
    found = {field: rows for field, rows in listed(catalogue).items() if field in definition["inputs"]}
    if not found or not catalogue.suppliers:
        return calculator, definition
    for field, rows in found.items():
        for name, _ in rows:
            definition = with_suppliers(catalogue.suppliers, definition, {field: name})
        spec = definition["inputs"][field]
        own = [name for name in spec["choices"] if name not in dict(rows)]
        spec["choices"] = {name: spec["choices"][name] for name in [*dict(rows), *own]}
    return _with_choices(calculator, found), definition


def _with_choices(calculator: Calculator, found: dict[str, list[tuple[str, Found]]]) -> Calculator:
    def field_of(field: Input) -> Input:
        rows = [Choice(id=name, label=one.label) for name, one in found.get(field.id, [])]
        return field.model_copy(update={"choices": [*rows, *field.choices]}) if rows else field

    groups = [
        group.model_copy(update={"inputs": [field_of(field) for field in group.inputs]}) for group in calculator.groups
    ]
    return calculator.model_copy(update={"groups": groups})
