"""The CSVs of each data set: those that follow from the models, and those laid out for people with a spreadsheet."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from .. import models
from ..models import calculators as parts
from ..models.labels import bare
from .datasets import ADDRESS, ADDRESS_ROW, Dataset, Publisher
from .licence import LICENCE
from .tables import NUMBERED, PART, Column, Flat, Table, cell, columns_of, dig, parted

ADDRESS_COLUMN = Column(ADDRESS, (ADDRESS,), "string", ADDRESS_ROW.title, ADDRESS_ROW.values, required=True)


def tables_of(publisher: Publisher, dataset: Dataset) -> list[Table]:
    """Return every table of a data set, that of its first list first."""
    laid_out = LAID_OUT.get(dataset.name)
    flat = Flat(dataset, begun=laid_out is not None)
    for kind in dataset.kinds[1 if laid_out else 0 :]:
        flat.add(kind, publisher.records(dataset, kind))
    more = MORE.get(dataset.name)
    first = [laid_out(publisher, dataset)] if laid_out else []
    return [_licensed(table) for table in [*first, *flat.tables.values(), *(more(publisher) if more else [])]]


def _licensed(table: Table) -> Table:
    """Return a table with its licence in the last column, so that a file passed on still says it."""
    columns = [*table.columns, Column("licence", title="ライセンス", required=True)]
    return replace(table, columns=columns, rows=[[*row, LICENCE["name"]] for row in table.rows])


def survey_tables(publisher: Publisher) -> list[Table]:
    """Return each survey table as it is printed: a row for a row, a column for a column."""
    return [_survey_table(table) for table in publisher.guide.surveys.tables]


def _survey_table(table: models.Table) -> Table:
    numbers = [Column(one.id.replace("-", "_"), (), "integer", one.label, table.unit, True) for one in table.columns]
    total = [Column("total", (), "integer", table.total_label or "", table.unit, True)] if table.total_label else []
    columns = [Column("id", required=True, title="行の名前"), Column("label", required=True, title="見出し")]
    rows = [
        [row.id, row.label, *row.values, *([row.total] if total else []), PART.join(row.printed)] for row in table.rows
    ]
    printed = Column("printed", title="原資料の表記", description=parted(list[str]))
    return Table(f"surveys-{table.id}", table.title, [*columns, *numbers, *total, printed], ["id"], rows)


def factor_values(publisher: Publisher, dataset: Dataset) -> Table:
    """Return all factors, a row for a value: a factor whose value changed, or that has one for each set, has several."""
    kind = dataset.kinds[0]
    first, *others = [column for column in columns_of(kind.model) if column.name != "values"]
    own = [first, ADDRESS_COLUMN, *others]
    inner = list(columns_of(_inside(kind.model, "values")))
    rows = [
        [*_cells(own, record), position, *_cells(inner, value)]
        for record in publisher.records(dataset, kind)
        for position, value in enumerate(record["values"], 1)
    ]
    return Table("factors", dataset.title, [*own, NUMBERED, *inner], ["id", NUMBERED.name], rows)


class Section(NamedTuple):
    """A list of parts of a calculator: what a part is called, the keys to it and its model."""

    word: str
    keys: tuple[str, ...]
    model: type


SECTIONS = (
    Section("input", ("groups", "inputs"), parts.Input),
    Section("row-input", ("rows", "columns"), parts.Input),
    Section("row-result", ("rows", "results"), parts.Result),
    Section("line", ("lines",), parts.Line),
    Section("result", ("results",), parts.Result),
)
LIMITS = {"min", "max", "step"}
PART_COLUMN = Column(
    "part",
    title="何か",
    description="input（欄）、row-input（何行も入れる表の欄）、row-result（行ごとの結果）、line（明細）、result（結果）",
    required=True,
    choices=tuple(section.word for section in SECTIONS),
)


def calculator_parts(publisher: Publisher, dataset: Dataset) -> Table:
    """Return all calculators, a row for a field, a line or a result, in the order of the page."""
    kind = dataset.kinds[0]
    lead = [
        Column(f"{dataset.name}_id", ("id",), "string", dataset.title, "", True),
        Column(f"{dataset.name}_title", ("title",), "string", "題", "", True),
        ADDRESS_COLUMN,
    ]
    within = Column("group", title="まとまりの見出し")
    own = _part_columns()
    rows = [
        [*_cells(lead, record), section.word, heading, *_cells(own, _told(part))]
        for record in publisher.records(dataset, kind)
        for section in SECTIONS
        for heading, part in _parts(record, section)
    ]
    return Table(dataset.name, dataset.title, [*lead, PART_COLUMN, within, *own], [lead[0].name, "part", "id"], rows)


def _part_columns() -> list[Column]:
    """Return what fields, lines and results are told by, each column once; only `id` and `label` all of them have."""
    found = {column.name: column for one in SECTIONS for column in columns_of(one.model)}
    return [column._replace(required=column.name in {"id", "label"}) for column in found.values()]


def _parts(record: dict[str, Any], section: Section) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each part of a section under the heading it stands under, if any."""
    first, *inner = section.keys
    found = record[first]
    if not inner:
        yield from (("", part) for part in found)
        return
    for group in found if isinstance(found, list) else [found] if found else []:
        yield from ((group.get("title") or group["label"], part) for part in group[inner[0]])


def _told(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part without the limits that only a field for numbers has."""
    numeric = part.get("kind", "number") == "number"
    return part if numeric else {key: value for key, value in part.items() if key not in LIMITS}


def _inside(model: type, field: str) -> Any:
    return bare(model.model_fields[field].annotation)


def _cells(columns: list[Column], record: dict[str, Any]) -> list[Any]:
    """Return the cells of a record; a part that has no such field leaves its cell empty."""
    return [cell(dig(record, column.path)) if column.path[0] in record else None for column in columns]


# tables that a data set has besides those of its records
MORE: dict[str, Callable[[Publisher], list[Table]]] = {"surveys": survey_tables}
# first tables that do not follow from the models: in them a row is what people look for
LAID_OUT: dict[str, Callable[[Publisher, Dataset], Table]] = {
    "factors": factor_values,
    "calculators": calculator_parts,
}
