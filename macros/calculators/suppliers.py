"""Suppliers of the official tables as choices of a calculator: found by id, added to a definition when they are chosen.

A definition lists the few that most people need. What a link, a file or a search names besides is put into it here, and
in `docs/assets/js/calculator-suppliers.js` alike; the engines know nothing of tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..models.calculators import SETS
from ..models.factors import FactorSets
from ..models.suppliers import (
    RESIDUAL,
    WHOLE,
    OfficialRow,
    OfficialTable,
    SupplierData,
    SupplierKind,
    SupplierTable,
    standard_of,
)

# what stands behind an area: a menu, 残差 alone, or the whole
MENU = re.compile(r"(.*?)\s*(メニュー([A-Z]{1,2})(?:\(残差\))?|残差|\(参考値\)事業者全体)?")
# an id: of the supplier, perhaps a menu, perhaps the year of the table that the menu stands in
ID = re.compile(r"(?P<base>[a-z][a-z0-9-]*?)(?:-(?P<menu>[a-z]{1,2}))?(?:\.(?P<year>\d{4}))?")


@dataclass(frozen=True)
class Offer:
    """One factor to choose: `menu` as people read it, `letters` of a menu; values in kg-CO2 per unit."""

    menu: str
    letters: str
    basic: float
    adjusted: float
    marked: bool
    is_whole: bool


@dataclass(frozen=True)
class Supplier:
    """A company, or one of its areas: what holds where the menu is not known (None: nothing does), and all its rows."""

    id: str
    number: str
    name: str
    area: str
    standard: Offer | None
    offers: tuple[Offer, ...]

    def label(self, offer: Offer) -> str:
        """Return how a choice is called."""
        told = "　".join(filter(None, (self.name, self.area, offer.menu)))
        return f"{told}（{self.number}）" if self.number else told


@dataclass(frozen=True)
class Found:
    """What an id stands for: its label, the name of its number and that number as in a definition; the sets it holds in."""

    kind: SupplierKind
    label: str
    mark: str
    number: list[Any]
    sets: list[str]
    is_menu: bool


class Suppliers:
    """The tables as the sets of factors use them."""

    def __init__(self, data: SupplierData, tables: dict[str, OfficialTable], sets: FactorSets) -> None:
        self.data, self.tables, self.sets = data, tables, sets
        self.kinds = {kind.input: kind for kind in data.kinds}
        self._lists: dict[str, dict[str, Supplier]] = {}

    def table_of(self, kind: str, name: str) -> SupplierTable | None:
        """Return the table that a set reckons with: its own, that of the set before, today's; the guidebook's has none."""
        if name == self.sets.guidebook:
            return None
        own = [one for one in self.data.tables if one.id.rpartition("-")[0] == kind]
        earlier = [one.id for one in reversed(self.sets.sets) if self.sets.guidebook != one.id <= name]
        found = (one for each in (*earlier, self.sets.today) for one in reversed(own) if one.set == each)
        return next(found, None)

    def of(self, table: str) -> dict[str, Supplier]:
        """Return the suppliers of a table by their ids, in its order."""
        if table not in self._lists:
            self._lists[table] = {one.id: one for one in self._suppliers(table)}
        return self._lists[table]

    def _suppliers(self, name: str) -> Iterator[Supplier]:
        table, kind = self.tables[name], next(one for one in self.data.kinds if name.startswith(f"{one.id}-"))
        ids = {(one.number, one.name or "", one.area or ""): one.id for one in kind.names}
        for (number, company, area), rows in grouped(table).items():
            plain = re.fullmatch(r"[A-Z]?\d+", number)
            own = next(
                (ids[key] for key in ((number, company, area), (number, "", area)) if key in ids), number.lower()
            )
            standard = standard_of(rows)
            yield Supplier(
                id=own,
                number=number if plain else "",
                name=company or number,
                area=area,
                standard=_offer(table, standard) if standard else None,
                offers=tuple(_offer(table, row) for row in rows),
            )

    def find(self, field: str, text: str, chosen: str) -> Found | None:
        """Return what an id of a field stands for when a set is chosen; None when no table has it."""
        kind, parts = self.kinds.get(field), ID.fullmatch(text)
        if kind is None or parts is None:
            return None
        if parts["menu"]:
            return self._menu(kind, text, parts, chosen)
        return None if parts["year"] else self._standard(kind, text)

    def _menu(self, kind: SupplierKind, text: str, parts: re.Match[str], chosen: str) -> Found | None:
        """A menu is of one table: its letters are that year's order."""
        own = self.table_of(kind.id, self.sets.today if chosen == self.sets.guidebook else chosen)
        table = next((one for one in self.data.tables if one.id == f"{kind.id}-{parts['year']}"), None)
        table = table if parts["year"] else own
        supplier = table and self.of(table.id).get(parts["base"])
        offer = next((one for one in supplier.offers if one.letters == parts["menu"]), None) if supplier else None
        if not table or not supplier or not offer:
            return None
        sets = [one.id for one in self.sets.offered if self.table_of(kind.id, one.id) == table]
        mark = f"#suppliers.{kind.id}.{text.partition('.')[0]}.{table.id.rpartition('-')[2]}"
        return Found(kind, supplier.label(offer), mark, [offer.basic, None, kind.unit], sets, is_menu=True)

    def _standard(self, kind: SupplierKind, text: str) -> Found | None:
        """What holds without a menu is of every set whose table has the supplier."""
        values: dict[str, tuple[SupplierTable, Supplier]] = {}
        for one in self.sets.offered:
            table = self.table_of(kind.id, one.id)
            supplier = table and self.of(table.id).get(text)
            if table and supplier and supplier.standard:
                values[one.id] = (table, supplier)
        if not values:
            return None
        supplier = next(iter(values.values()))[1]
        label = supplier.label(supplier.standard) if supplier.standard else ""
        return Found(kind, label, f"#suppliers.{kind.id}.{text}", self._number(kind, values), [*values], is_menu=False)

    def _number(self, kind: SupplierKind, values: dict[str, tuple[SupplierTable, Supplier]]) -> list[Any]:
        """Return [today, None, unit, {set: other}] as `definition.numbers_of` does for a factor."""
        found = {name: one.standard.basic for name, (_, one) in values.items() if one.standard}
        current = found.get(self.sets.today)
        said: dict[str, Any] = {}
        for name, value in found.items():
            other = value if current is None or value != current else None
            if values[name][0].set != name:
                said[name] = None if other is None else [other]
            elif other is not None:
                said[name] = other
        return [current, None, kind.unit, *([said] if said else [])]

    def name_of(self, mark: str, chosen: str) -> str:
        """Return what a number of a supplier is called."""
        _, kind, rest = mark.split(".", 2)
        field = next(one.input for one in self.data.kinds if one.id == kind)
        found = self.find(field, rest, chosen)
        return f"{found.kind.title}（{found.label}）" if found else ""

    def source_of(self, mark: str, chosen: str) -> SupplierTable | None:
        """Return the table that a number of a supplier is from when a set is chosen."""
        _, kind, rest = mark.split(".", 2)
        year = rest.partition(".")[2]
        if year:
            return next(one for one in self.data.tables if one.id == f"{kind}-{year}")
        return self.table_of(kind, chosen)


def grouped(table: OfficialTable) -> dict[tuple[str, str, str], list[OfficialRow]]:
    """Return the rows of a table by number, company and area."""
    found: dict[tuple[str, str, str], list[OfficialRow]] = {}
    for row in table.rows:
        found.setdefault((row.number, row.name, _parts(row)[1] or ""), []).append(row)
    return found


def _parts(row: OfficialRow) -> re.Match[str]:
    parts = MENU.fullmatch(row.menu)
    assert parts  # noqa: S101  every part may be empty
    return parts


def _offer(table: OfficialTable, row: OfficialRow) -> Offer:
    menu, letters = _parts(row)[2] or "", _parts(row)[3] or ""
    said = "事業者全体（参考値）" if row.menu == WHOLE else menu.replace(f"({RESIDUAL})", f"（{RESIDUAL}）")
    basic = table.factor(row)
    adjusted = basic if row.adjusted is None else table.scaled(row.adjusted)
    return Offer(said, letters.lower(), basic, adjusted, bool(row.marks), row.menu == WHOLE)


def with_suppliers(suppliers: Suppliers, definition: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """Return a definition that knows the suppliers which typed texts name; the same one when they name none.

    An id that no table has is left to the engine, which tells it at the field.
    """
    for field in suppliers.kinds:
        spec, text = definition["inputs"].get(field), texts.get(field, "")
        if spec and text and text not in spec["choices"]:
            found = suppliers.find(field, text, _set_of(definition, texts))
            definition = _added(definition, suppliers, field, text, found) if found else definition
    return definition


def _set_of(definition: dict[str, Any], texts: dict[str, str]) -> str:
    spec = definition["inputs"][SETS]
    typed = texts.get(SETS) or spec["default"]
    return spec["aliases"].get(typed, typed)


def _added(definition: dict[str, Any], suppliers: Suppliers, field: str, text: str, found: Found) -> dict[str, Any]:
    spec = definition["inputs"][field]
    choices = spec["choices"] | {text: {"factor": found.mark}}
    offered = [one.id for one in suppliers.sets.offered]
    lacking = set(offered) - {*found.sets, suppliers.sets.guidebook}
    rules = [_rule(suppliers, field, text, found)] if lacking else []
    return definition | {
        "inputs": definition["inputs"] | {field: spec | {"choices": choices}},
        "numbers": definition["numbers"] | {found.mark: found.number},
        "rules": [*rules, *definition["rules"]],
    }


def _rule(suppliers: Suppliers, field: str, text: str, found: Found) -> dict[str, Any]:
    """Withhold what rests on a supplier where the set chosen has another table."""
    sets = [*found.sets, suppliers.sets.guidebook]
    words = suppliers.data.words["other_year" if found.is_menu else "absent"]
    check = ["or", *(["is", SETS, one] for one in sets)]
    return {"check": check, "at": field, "message": words, "when": ["is", field, text]}
