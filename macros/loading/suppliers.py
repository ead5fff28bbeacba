"""The official tables of retailers' and fuels' factors: `data/suppliers/<table>-<set>.tsv`, kept as published.

A file is never overwritten: the table of the next year is a file of its own. Its head (lines with `#`) tells source,
date and licence; then come the names of the columns and one row a line, in the unit of the publication.
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = "suppliers"
KINDS = ("electricity", "gas", "fuels")
NAMED = re.compile(rf"(?:{'|'.join(KINDS)})-\d{{4}}")
# columns of a number: what makes a row known, and its value
KEYS, VALUES = ("number", "key"), ("basic", "value_t_co2_per_unit")
RESIDUAL, WHOLE = "残差", "(参考値)事業者全体"
# t-CO2/kWh, t-CO2 per 1,000 m3 and t-CO2 per kL or t, as kg-CO2 per kWh, m3, L or kg
SCALES = {"electricity": 1000, "gas": 1, "fuels": 1}


@dataclass(frozen=True)
class Row:
    """A row of a table: `value` in the unit of the publication, `menu` empty when a retailer has one factor for all."""

    number: str
    name: str
    menu: str
    value: float


@dataclass(frozen=True)
class Table:
    """The rows of one table of one set, in the order of the publication."""

    kind: str
    rows: tuple[Row, ...]

    def of(self, number: str) -> list[Row]:
        """Return the rows of a number."""
        return [row for row in self.rows if row.number == number]

    def standard(self, number: str) -> Row | None:
        """Return what holds for a retailer whose menu is not known: its 残差, else its only row, else 事業者全体.

        None when the number is not there, or when it has several areas or menus and nothing for the whole.
        """
        rows = self.of(number)
        for kind in ([row for row in rows if RESIDUAL in row.menu], rows, [r for r in rows if r.menu == WHOLE]):
            if len(kind) == 1:
                return kind[0]
        return None

    def find(self, reference: str) -> Row | None:
        """Return the row of `A0055` (what holds without a menu) or of `A0020 <menu or name>`."""
        number, _, menu = reference.partition(" ")
        if not menu:
            return self.standard(number)
        return next((row for row in self.of(number) if menu in {row.menu, row.name}), None)

    def factor(self, row: Row) -> float:
        """Return the value of a row in kg-CO2 per kWh, m3, L or kg."""
        return round(row.value * SCALES[self.kind], 9)


def paths(root: Path) -> list[Path]:
    """Return the files of all tables."""
    return sorted(path for path in (root / "data" / FOLDER).glob("*.tsv") if NAMED.fullmatch(path.stem))


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
    return Row(record[key], record["name"], record.get("menu", ""), float(record[value]))
