"""`datapackage.json`: a Frictionless Data Package over every JSON and CSV, with their fields, licence and sources."""

from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from ..loading import JAPAN
from .head import Head
from .licence import LICENCE
from .tables import Column, Table

MEDIA = {"json": "application/json", "csv": "text/csv"}
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
# an empty cell says that there is nothing; no word stands for it
MISSING = [""]


class File(NamedTuple):
    """A published file; a CSV comes with its table."""

    name: str
    title: str
    content: bytes
    table: Table | None = None


def package_of(head: Head, files: list[File]) -> dict[str, Any]:
    """Return the descriptor of the files beside it."""
    return {
        "profile": "data-package",
        "name": "offset-guidebook",
        "title": head.site.title,
        **({"homepage": head.site.address} if head.site.address else {}),
        "created": datetime.fromtimestamp(head.time, tz=JAPAN).isoformat(),
        "licenses": [LICENCE],
        "sources": sources(head),
        "resources": [resource(file) for file in files],
    }


def sources(head: Head) -> list[dict[str, str]]:
    """Return the source documents with publishers and date in their titles."""
    return [
        {"title": f"{document.title}（{'、'.join(document.publishers)}、{document.issued_text}）"}
        for document in head.guide.documents
    ]


def resource(file: File) -> dict[str, Any]:
    """Return what the package says of one file."""
    stem, ending = file.name.rsplit(".", 1)
    told = {
        "profile": "tabular-data-resource" if file.table else "data-resource",
        "name": stem if file.table else f"{stem}-{ending}",
        "title": file.title,
        "path": file.name,
        "format": ending,
        "mediatype": MEDIA[ending],
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{sha256(file.content).hexdigest()}",
    }
    return told | ({"dialect": DIALECT, "schema": schema_of(file.table)} if file.table else {})


def schema_of(table: Table) -> dict[str, Any]:
    """Return the table schema of a CSV."""
    made: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": MISSING,
        "primaryKey": table.key,
    }
    keys = [
        {"fields": column.name, "reference": {"resource": column.points_to, "fields": "id"}}
        for column in table.columns
        if column.points_to
    ]
    return made | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> dict[str, Any]:
    rules: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        rules["enum"] = list(column.choices)
    told = {"name": column.name, "type": column.type, "title": column.title}
    told |= {"description": column.description} if column.description else {}
    return told | ({"constraints": rules} if rules else {})
