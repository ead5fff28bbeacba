"""Checks that a factor taken from an official table of `data/suppliers/` is the value that stands there."""

from collections.abc import Iterator
from pathlib import Path

from ..models.suppliers import Table
from .files import Source
from .problems import Problem, problem
from .references import allowed
from .supplier_checks import check_tables
from .suppliers import read_tables


def check_rows(root: Path, sources: list[Source]) -> Iterator[Problem]:
    """Tell of values whose `row` is not there or says another number; nothing while a table cannot be read."""
    if any(check_tables(root)):
        return
    tables = read_tables(root)
    for source in sources:
        for i, factor in enumerate(source.value.factors if source.name == "factors" and source.value else []):
            for j, value in enumerate(factor.values):
                text = _wrong(tables, value.row, value.value) if value.row else None
                if text:
                    yield problem(source.file, source.content.lines, ("factors", i, "values", j, "row"), text)


def _wrong(tables: dict[str, Table], row: str, value: float) -> str | None:
    name, _, reference = row.partition(" ")
    if name not in tables:
        return f"表「{name}」がありません。{allowed(name, list(tables))}"
    found = tables[name].find(reference)
    if found is None:
        menus = [one.menu for one in tables[name].of(reference.partition(" ")[0]) if one.menu]
        return f"表 {name} に「{reference}」の行が1つに決まりません。{allowed(reference, menus) if menus else '番号を確かめてください'}"
    official = tables[name].factor(found)
    return (
        None if official == value else f"表 {name} の「{reference}」の値は {official:g} です。value が {value:g} です"
    )
