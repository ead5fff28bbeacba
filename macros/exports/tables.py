"""Flattens a data set into tables for CSV.

A list of words is one cell, parted by `|`. A record inside a record gives columns `<field>_<its field>`.
A list of records has a table of its own, whose first columns lead back to the record it is in; the cell in the
table above only names them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from ..models.labels import Row
from ..models.shapes import is_model, reference, unwrapped
from .datasets import ADDRESS, ADDRESS_ROW, HOME, RECORDS, Dataset, Kind
from .views import label_of

PART = "|"
NAMES = ("id", "ref", "text", "title", "label", "name")
TYPES = {bool: "boolean", int: "integer", float: "number"}
# the data set whose records a reference names
REFERENCES = {
    "method": "methods",
    "case": "cases",
    "term": "glossary",
    "link": "links",
    "group": "groups",
    "factor_set": "factor-sets",
}

Way = tuple[str, ...]


class Column(NamedTuple):
    """A column: its stable English name, where its cells are in a record, their type and what it is called."""

    name: str
    path: Way = ()
    type: str = "string"
    title: str = ""
    description: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    points_to: str = ""


WHERE = Column("field", title="どの項目の並びか", required=True)
NUMBERED = Column("position", (), "integer", "並びの中の順番", "1から", required=True)


@dataclass
class Table:
    """A CSV: the `key` columns tell its rows apart, each row has a cell for each column."""

    name: str
    title: str
    columns: list[Column]
    key: list[str]
    rows: list[list[Any]] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"


class Spot(NamedTuple):
    """A list of records inside a record: the fields that lead to it and its model."""

    path: Way
    model: type[BaseModel]


class Part(NamedTuple):
    """Where a list of records inside a record goes; `where` names the list when several share a table."""

    table: Table
    path: Way
    where: list[str]
    parts: list["Part"]

    def fill(self, lead: list[Any], record: dict[str, Any]) -> None:
        """Add a record under its first cells, then the lists inside it."""
        columns = self.table.columns[len(lead) :]
        self.table.rows.append([*lead, *(cell(dig(record, column.path)) for column in columns)])
        own = record["id"] if "id" in record else lead[-1]
        for part in self.parts:
            for position, one in enumerate(dig(record, part.path) or [], 1):
                part.fill([*lead[:-1], own, *part.where, position], one)


class Flat:
    """The tables of one data set while they grow; `begun` when another one has the data set's own name."""

    def __init__(self, dataset: Dataset, *, begun: bool = False) -> None:
        self.dataset = dataset
        self.begun = begun
        self.tables: dict[str, Table] = {}

    def add(self, kind: Kind, records: list[dict[str, Any]]) -> None:
        """Add the records of a list and, in tables of their own, the lists inside them."""
        one_of_many = kind.key != RECORDS
        word = kind.key if one_of_many else self.dataset.name
        title = f"{self.dataset.title}：{kind.label.title}" if one_of_many else self.dataset.title
        name = f"{self.dataset.name}-{kind.key}" if self.tables or self.begun else self.dataset.name
        first, *others = columns_of(kind.model)
        address = Column(ADDRESS, (ADDRESS,), "string", ADDRESS_ROW.title, ADDRESS_ROW.values, required=True)
        table = self.tables[name] = Table(name, title, [first, address, *others], ["id"])
        part = Part(table, (), [], self._parts(Spot((word,), kind.model), [], table))
        for record in records:
            part.fill([], record)

    def _parts(self, parent: Spot, lead: list[Column], table: Table) -> list[Part]:
        """Return where the lists inside a record go; `lead` are the first columns of the record's own table."""
        word = "id" if "id" in parent.model.model_fields else NUMBERED.name
        points_to = "" if lead else table.name
        own = Column(f"{parent.path[-1]}_{word}", (), "string" if word == "id" else "integer", table.title, "", True)
        back = [*lead[:-1], own._replace(points_to=points_to)]
        spots = list(spots_of(parent.model))
        kinds = [spot.model for spot in spots]
        return [self._part(spot, back, shared=kinds.count(spot.model) > 1) for spot in spots]

    def _part(self, spot: Spot, back: list[Column], *, shared: bool) -> Part:
        """Return where a list goes, with its table, whose first columns are `back`, perhaps the field, the position."""
        lead = [*back, *([WHERE] if shared else []), NUMBERED]
        word = _plural(spot.model.__name__.lower()) if shared else spot.path[-1].replace("_", "-")
        name = f"{self.dataset.name}-{word}"
        title = f"{self.dataset.title}：{label_of(spot.model).title}"
        made = Table(name, title, [*lead, *columns_of(spot.model)], [column.name for column in lead])
        table = self.tables.setdefault(name, made)
        return Part(table, spot.path, [".".join(spot.path)] if shared else [], self._parts(spot, lead, table))


def spots_of(model: type[BaseModel], path: Way = ()) -> Iterator[Spot]:
    """Yield the lists of records in a record and in the single records inside it."""
    for name, info in model.model_fields.items():
        kind, _ = unwrapped(info.annotation, None)
        if get_origin(kind) is list and is_model(get_args(kind)[0]):
            yield Spot((*path, name), get_args(kind)[0])
        elif is_model(kind):
            yield from spots_of(kind, (*path, name))


def columns_of(model: type[BaseModel]) -> Iterator[Column]:
    """Yield the columns of a record; those of a record inside it carry its name before theirs."""
    for name, row in label_of(model).fields.items():
        info = model.model_fields[name]
        kind, ref = unwrapped(info.rebuild_annotation(), None)
        if is_model(kind):
            for column in columns_of(kind):
                yield _inner(column, name, row, required=info.is_required())
        else:
            points_to = REFERENCES.get(ref or "", "")
            described = HOME if reference(kind) == "page" else row.description
            column = Column(name, (name,), TYPES.get(kind, "string"), row.title, f"{described}{parted(kind)}")
            choices = get_args(kind) if get_origin(kind) is Literal else ()
            # a list that must be there may still be empty
            required = info.is_required() and get_origin(kind) is not list
            yield column._replace(required=required, choices=choices, points_to=points_to)


def parted(kind: Any) -> str:
    """Return how a cell holds a list; nothing for what is none."""
    if get_origin(kind) is not list:
        return ""
    return "（JSON）" if get_origin(unwrapped(get_args(kind)[0], None)[0]) is list else f"（「{PART}」で区切る）"


def _inner(column: Column, name: str, row: Row, *, required: bool) -> Column:
    return column._replace(
        name=f"{name}_{column.name}",
        path=(name, *column.path),
        title=f"{row.title}：{column.title}",
        required=required and column.required,
    )


def dig(value: Any, path: Way) -> Any:
    """Return what stands at a path of keys; None where the way ends."""
    for key in path:
        value = value[key] if value is not None else None
    return value


def cell(value: Any) -> Any:
    """Return a value as it stands in a cell; what is not said is empty."""
    if value == {}:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and not any(isinstance(part, list) for part in value):
        return PART.join(str(named(part)) for part in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def named(part: Any) -> Any:
    """Return the word that names a record in a list; anything else as it is."""
    if not isinstance(part, dict):
        return part
    return part[next((name for name in NAMES if part.get(name)), next(iter(part)))]


def _plural(word: str) -> str:
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
