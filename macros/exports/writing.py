"""Writes `/data/`; the same data and date give the same bytes."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..models.typography import plain
from .datasets import DATASETS, Dataset, Publisher
from .head import Head
from .package import File, package_of
from .schemas import schema_of
from .sheets import tables_of
from .tables import Table


def write(folder: Path, head: Head, number: Callable[[str], str]) -> None:
    """Write every export into a built site; `number` says the number of a survey by its id."""
    publisher = Publisher(head.guide, number)
    files = [file for dataset in DATASETS for file in files_of(dataset, head, publisher)]
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    for file in files:
        (data / file.name).write_bytes(file.content)
    for dataset in DATASETS:
        (data / f"{dataset.name}.schema.json").write_bytes(as_json(schema_of(dataset, head.site)))
    (data / "datapackage.json").write_bytes(as_json(package_of(head, files)))


def files_of(dataset: Dataset, head: Head, publisher: Publisher) -> list[File]:
    """Return the JSON and the CSV files of a data set."""
    lists = {kind.key: publisher.records(dataset, kind) for kind in dataset.kinds}
    content = as_json(head.of(dataset.name, dataset.title) | lists)
    tables = tables_of(publisher, dataset)
    return [
        File(f"{dataset.name}.json", dataset.title, content),
        *(File(table.file, table.title, as_csv(table), table) for table in tables),
    ]


def as_json(value: Any) -> bytes:
    """Return a value as JSON in UTF-8, readable by people, keys in their given order; units in ASCII."""
    return plain(json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with BOM (Excel needs it), lines end with CRLF (RFC 4180); units in ASCII."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(table.rows)
    return plain(text.getvalue()).encode("utf-8-sig")
