"""Checks of data/suppliers.yml against the tables: each set has its table, each area an id, and none reads as another."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..calculators import Suppliers, grouped
from ..models.base import Location
from ..models.suppliers import SupplierData, Table
from .files import Source
from .problems import Problem, problem
from .references import allowed
from .supplier_checks import check_tables
from .suppliers import FOLDER, read_tables

NUMBER = re.compile(r"[A-Z]\d+")
LIKE_A_MENU = re.compile(r".*-[a-z]{1,2}")


def check_names(root: Path, sources: list[Source]) -> Iterator[Problem]:
    """Tell of tables that are not there, areas without an id and ids that cannot be told apart."""
    source = next(one for one in sources if one.name == "suppliers")
    if source.value is None or any(check_tables(root)):
        return
    tables = read_tables(root)
    for where, text in (*_tables(source.value, tables), *_ids(source.value), *_areas(source.value, tables)):
        yield problem(source.file, source.content.lines, where, text)
    yield from _differing(source, sources)


def _tables(data: SupplierData, tables: dict[str, Table]) -> Iterator[tuple[Location, str]]:
    for i, one in enumerate(data.tables):
        if one.id not in tables:
            yield ("tables", i, "id"), f"{FOLDER}/ に表「{one.id}」がありません。{allowed(one.id, list(tables))}"


def _ids(data: SupplierData) -> Iterator[tuple[Location, str]]:
    for i, kind in enumerate(data.kinds):
        for j, one in enumerate(kind.names):
            if LIKE_A_MENU.fullmatch(one.id):
                text = f"「{one.id}」は、終わりの1、2字がメニューの記号に読めます。3字より長い言葉で終えてください"
                yield ("kinds", i, "names", j, "id"), text


def _areas(data: SupplierData, tables: dict[str, Table]) -> Iterator[tuple[Location, str]]:
    """Every row can be chosen: what a number alone does not name has an id of its own."""
    for i, one in enumerate(data.tables):
        kind = next((kind for kind in data.kinds if one.id.startswith(f"{kind.id}-")), None)
        if one.id not in tables or kind is None:
            continue
        known = {(name.number, name.name or "", name.area or "") for name in kind.names}
        for number, company, area in grouped(tables[one.id]):
            alone = NUMBER.fullmatch(number) and not area
            if not alone and not {(number, company, area), (number, "", area)} & known:
                said = "　".join(filter(None, (number, company, area)))
                yield ("tables", i, "id"), f"「{said}」の id がありません。kinds の {kind.id} の names に足してください"


def _differing(source: Source, sources: list[Source]) -> Iterator[Problem]:
    """A set takes the factors of its short list and those of its table from one publication."""
    sets = next((one.value for one in sources if one.name == "factor-sets"), None)
    if sets is None:
        return
    used = _tables_of_factors(sources)
    suppliers = Suppliers(source.value, {}, sets)
    for i, one in enumerate(source.value.tables):
        kind = one.id.rpartition("-")[0]
        for name in used.get((kind, one.set), set()) - {one.id}:
            if suppliers.table_of(kind, one.set) == one:
                text = f"{one.set} の版の係数（data/factors/）は、表「{name}」の値です。同じ表にしてください"
                yield problem(source.file, source.content.lines, ("tables", i, "id"), text)


def _tables_of_factors(sources: list[Source]) -> dict[tuple[str, str], set[str]]:
    """Return the tables that values in force name, by kind of table and set."""
    found: dict[tuple[str, str], set[str]] = {}
    topics: list[Any] = [one.value for one in sources if one.name == "factors" and one.value]
    for value in (value for topic in topics for factor in topic.factors for value in factor.values):
        if value.row and value.valid_to is None:
            table = value.row.partition(" ")[0]
            found.setdefault((table.rpartition("-")[0], value.set), set()).add(table)
    return found
