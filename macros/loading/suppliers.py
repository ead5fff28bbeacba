"""The official tables of retailers' and fuels' factors: `data/suppliers/<table>-<set>.tsv`, kept as published.

A file is never overwritten: the table of the next year is a file of its own. Its head (lines with `#`) tells source,
date and licence; then come the names of the columns and one row a line, in the unit of the publication.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

from ..models.suppliers import Row, Table

FOLDER = "suppliers"
KINDS = ("electricity", "gas", "heat", "fuels")
NAMED = re.compile(rf"(?:{'|'.join(KINDS)})-\d{{4}}")
# columns of a number: what makes a row known, and its value
KEYS, VALUES = ("number", "key"), ("basic", "value_t_co2_per_unit")


def paths(root: Path) -> list[Path]:
    """Return the files of all tables."""
    return sorted(path for path in (root / "data" / FOLDER).glob("*.tsv") if NAMED.fullmatch(path.stem))


def read_tables(root: Path) -> dict[str, Table]:
    """Return all tables by the names of their files, `electricity-2026`."""
    return {path.stem: read_table(path) for path in paths(root)}


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Table:
    lines = path.read_text(encoding="utf-8").splitlines()
    records = csv.DictReader(
        (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return Table(path.stem.partition("-")[0], tuple(_row(record) for record in records))


def read_table(path: Path) -> Table:
    """Return a table. Raises KeyError, TypeError or ValueError when it has not the shape of one; see `check_tables`."""
    return _read(path, path.stat().st_mtime_ns)


def _row(record: dict[str, str]) -> Row:
    key, value = next(name for name in KEYS if name in record), next(name for name in VALUES if name in record)
    adjusted = record.get("adjusted")
    return Row(
        record[key],
        record["name"],
        record.get("menu", ""),
        float(record[value]),
        None if adjusted is None else float(adjusted),
        record.get("marks", ""),
    )
