"""Reads what files, records and fields are called from `data/README.md`, where editors look them up.

tests/test_data_readme.py keeps its tables true to the models, so exports can print them as labels.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from .shapes import is_model

README = Path(__file__).parent.parent.parent / "data" / "README.md"
CODE = re.compile(r"`([^`]+)`")
FILE_HEADING = re.compile(r"## `([a-z-]+)(?:\.yml|/)`")
CALLED = re.compile(r"（([^（）]+)）$")
CHOICE = re.compile(r"`([^`]+)`（([^（）]+)）")
# a value may stand quoted, as YAML needs it: `'2026'`
MEANT = re.compile(r"^\| `'?([^`']+)'?` \| ([^|]+?) \|", re.MULTILINE)
OTHER_TABLE = re.compile("[上下]の表")
# sentences that tell how to write, not what is written
FOR_EDITORS = re.compile("＊|囲みます")

Place = tuple[str, str]  # a file or folder, and the path of a record inside it: ("surveys", "tables.rows")


class Row(NamedTuple):
    """A row of a table of fields."""

    field: str
    meaning: str
    needed: str
    values: str
    example: str

    @property
    def title(self) -> str:
        """The field's name in Japanese: the first sentence of its meaning."""
        return self.meaning.replace("`", "").split("。")[0]

    @property
    def choices(self) -> dict[str, str]:
        """What each of its values is called, where the table says so."""
        return dict(CHOICE.findall(self.values))

    @property
    def description(self) -> str:
        """What values it takes and what they mean; empty where those are records."""
        told = meanings(self.field.removeprefix("status_"))
        if told:
            return "、".join(f"{value}（{told[value]}）" for value in CODE.findall(self.values))
        if OTHER_TABLE.search(self.values):
            return ""
        return "。".join(part for part in self.values.replace("`", "").split("。") if not FOR_EDITORS.search(part))


class Label(NamedTuple):
    """A kind of record: its name in Japanese and its fields."""

    title: str
    fields: dict[str, Row]


def bare(kind: Any) -> Any:
    """Return what a kind holds in the end, without lists, `Annotated` and `| None`."""
    while get_origin(kind) in {list, Annotated, Union, UnionType}:
        parts = [part for part in get_args(kind) if part is not NoneType]
        # where the id of a record may stand for it, the record comes last
        kind = parts[-1] if get_origin(kind) in {Union, UnionType} else parts[0]
    return kind


def records(kind: Any, path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the kinds of record inside a kind, with the path of keys that leads to each."""
    kind = bare(kind)
    if is_model(kind):
        yield path, kind
        for name, info in kind.model_fields.items():
            yield from records(info.annotation, f"{path}.{name}".lstrip("."))


def tables(readme: str) -> Iterator[tuple[Place, str, list[Row]]]:
    """Yield each table of fields with every place its headings name, and what those are called."""
    for section in re.split(r"^(?=## )", readme, flags=re.MULTILINE):
        heading = FILE_HEADING.match(section)
        if not heading:
            continue
        for part in re.split(r"^(?=### )", section, flags=re.MULTILINE):
            title = part.splitlines()[0]
            called = CALLED.search(title)
            for path in CODE.findall(title) if title.startswith("### ") else [""]:
                yield (heading[1], path), called[1] if called else "", rows(part)


def rows(part: str) -> list[Row]:
    """Return the rows of the table of fields in a part of the page."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")
    ]
    return [Row(row[0].strip("`"), *row[1:]) for row in cells if len(row) == 5 and CODE.match(row[0])]


@cache
def labels() -> dict[Place, Label]:
    """Return the label of every kind of record by its place."""
    readme = README.read_text(encoding="utf-8")
    return {place: Label(called, {row.field: row for row in table}) for place, called, table in tables(readme)}


@cache
def meanings(word: str) -> dict[str, str]:
    """Return what the values of a word that many files share mean: `certainty`, `grade`."""
    sections = re.split(r"^#+ ", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = next((part for part in sections if f"（{word}）" in part.split("\n", 1)[0]), "")
    return dict(MEANT.findall(section))
