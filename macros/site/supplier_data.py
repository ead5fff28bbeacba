"""What the script of suppliers reads: every table as short text, which set has which, and the words.

It is short, for it is loaded on use: numbers are told by their distance, menus by their order (tests/test_suppliers.py
compares every row with its table).
"""

import re
from typing import Any

from ..calculators import Catalogue, Offer, Supplier, Suppliers, field_of, numbers_of
from ..models.factors import FactorSource
from ..models.suppliers import RESIDUAL, SupplierKind, SupplierTable

LONGEST = "electricity_supplier"
# values are written as whole numbers of the last printed place
DIVISORS = {"electricity": 1000, "gas": 100, "heat": 10}


def supplier_data(catalogue: Catalogue, suppliers: Suppliers) -> tuple[dict[str, Any], dict[str, dict[str, list[str]]]]:
    """Return {kinds: {field: {id, title, unit, divisor, plain, told, of: {set: year}, tables: {year: parts}}}, retired, words}.

    The longest tables, {field: {year: parts}}, come apart: each file is to be small.
    """
    sources = catalogue.sources
    kinds = {field: _kind(suppliers, kind, sources) for field, kind in suppliers.kinds.items()}
    longest = {LONGEST: kinds[LONGEST].pop("tables")} if LONGEST in kinds else {}
    return {"kinds": kinds, "retired": retired(catalogue), "words": suppliers.data.words}, longest


def retired(catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """Return {field: {choice: [label, lookup, numbers, note]}} of what frames read in old links and no longer offer."""
    return {
        field.id: {
            choice.id: [choice.label, told["choices"][choice.id], _numbers(catalogue, told, choice.id), choice.retired]
            for told in [field_of(field)]
            for choice in field.choices
            if choice.retired
        }
        for field in catalogue.parts.inputs
        if field.apart
    }


def _numbers(catalogue: Catalogue, field: dict[str, Any], choice: str) -> dict[str, list[Any]]:
    return numbers_of(catalogue, field["choices"][choice])


def _kind(suppliers: Suppliers, kind: SupplierKind, sources: dict[str, FactorSource]) -> dict[str, Any]:
    tables = {one.id: table for one in suppliers.sets.offered if (table := suppliers.table_of(kind.id, one.id))}
    return {
        "id": kind.id,
        "title": kind.title,
        "unit": kind.unit,
        "divisor": DIVISORS[kind.id],
        # whose numbers begin with no letter of their own
        "plain": int(kind.id == "heat"),
        "told": kind.told,
        "called": [one.model_dump() for one in kind.called],
        "of": {name: _year(table) for name, table in tables.items()},
        "tables": {_year(one): _table(suppliers, kind, one, sources) for one in _all(suppliers, kind)},
    }


def _all(suppliers: Suppliers, kind: SupplierKind) -> list[SupplierTable]:
    return [one for one in suppliers.data.tables if one.id.startswith(f"{kind.id}-")]


def _year(table: SupplierTable) -> str:
    return table.id.rpartition("-")[2]


def _table(
    suppliers: Suppliers, kind: SupplierKind, table: SupplierTable, sources: dict[str, FactorSource]
) -> list[str]:
    """Return [ids, names, values, source, date]; a line a supplier in the second and third."""
    found, source = list(suppliers.of(table.id).values()), sources[table.source]
    return [
        " ".join(_ids(found)),
        "\n".join(map(_name, found)),
        "\n".join(_values(one, DIVISORS[kind.id]) for one in found),
        f"{source.publisher}「{source.title}」",
        str(table.valid_from),
    ]


def _ids(found: list[Supplier]) -> list[str]:
    ids, last = [], 0
    for one in found:
        number = re.fullmatch(r"a(\d{4})", one.id)
        ids.append(str(int(number[1]) - last) if number else one.id)
        last = int(number[1]) if number else last
    return ids


def _name(one: Supplier) -> str:
    name = re.sub(r"^\(株\)|\(株\)$", "+", one.name, count=1)
    return f"{name}|{one.area}" if one.area else name


def _values(one: Supplier, divisor: int) -> str:
    alone = len(one.offers) == 1
    return " ".join(_value(offer, divisor, alone=alone) for offer in one.offers)


def _value(offer: Offer, divisor: int, *, alone: bool) -> str:
    basic, adjusted = round(offer.basic * divisor), round(offer.adjusted * divisor)
    is_residual = RESIDUAL in offer.menu
    kind = (
        "w"
        if offer.is_whole
        else ("r" if offer.letters else "R")
        if is_residual
        else "m"
        if alone and offer.letters
        else ""
    )
    return f"{basic}{f'/{adjusted}' if adjusted != basic else ''}{kind}{'*' if offer.marked else ''}"
