"""The sheet behind a calculator: one row a step, one column a run, and a table for steps that every row takes.

A cell holds a number, "" for "nothing entered" or WITHHELD; no step ever gives an error value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from .style import Style, write_formula

WITHHELD = "×"
LABEL, SINGLE, FIRST_RUN = 0, 1, 2
# the table of rows begins below its headings
TABLE_TOP = 2


class Node(Protocol):
    """A value that formulas can point to."""

    @property
    def by_row(self) -> bool:
        """Tell whether each row has its own."""
        ...

    def at(self, run: int, row: int | None) -> str:
        """Return the reference for a run (and, inside the table, for a row of it)."""
        ...


@dataclass(frozen=True)
class Literal:
    """A 0 or 1 written in a formula."""

    value: int
    by_row = False

    def at(self, run: int, row: int | None) -> str:
        """Return the number itself."""
        return str(self.value)


@dataclass(frozen=True)
class Fixed:
    """A cell that is the same for every run."""

    address: str
    by_row = False

    def at(self, run: int, row: int | None) -> str:
        """Return the address."""
        return self.address


@dataclass(frozen=True)
class Step:
    """A row of the ledger: a cell for each run."""

    row: int
    by_row = False

    def at(self, run: int, row: int | None) -> str:
        """Return the cell of a run."""
        return f"${xl_col_to_name(FIRST_RUN + run)}${self.row + 1}"


@dataclass(frozen=True)
class Column:
    """A column of the table for each run; `stride` is 0 when all runs share one."""

    first: int
    stride: int
    count: int
    by_row = True

    def at(self, run: int, row: int | None) -> str:
        """Return the cell of a row of the table."""
        return f"${xl_col_to_name(self.first + self.stride * run)}{TABLE_TOP + (row or 0) + 1}"

    def span(self, run: int) -> str:
        """Return the whole column."""
        letter = xl_col_to_name(self.first + self.stride * run)
        return f"${letter}${TABLE_TOP + 1}:${letter}${TABLE_TOP + self.count}"


class Ledger:
    """Writes steps below each other and columns of the table beside each other."""

    def __init__(self, sheet: Worksheet, runs: list[str], count: int, formats: Style) -> None:
        self.sheet, self.runs, self.count, self.formats = sheet, runs, count, formats
        self.next_row = TABLE_TOP
        self.next_column = FIRST_RUN + len(runs) + 1
        for column, name in enumerate(["名前", "共通", *runs]):
            sheet.write_string(1, column, name, formats["head"])

    def reserve(self, label: str) -> Step:
        """Return a row that is filled later."""
        self.sheet.write_string(self.next_row, LABEL, label, self.formats["code"])
        self.next_row += 1
        return Step(self.next_row - 1)

    def fill(self, step: Step, formula: Callable[[int], str]) -> Step:
        """Write the formula of each run."""
        for run in range(len(self.runs)):
            self._formula(step.row, FIRST_RUN + run, formula(run))
        return step

    def step(self, label: str, formula: Callable[[int], str]) -> Step:
        """Add a row."""
        return self.fill(self.reserve(label), formula)

    def single(self, label: str, formula: str) -> str:
        """Add a row with one cell for all runs; return its address."""
        row = self.reserve(label).row
        self._formula(row, SINGLE, formula)
        return f"$B${row + 1}"

    def words(self, label: str, texts: list[str]) -> str:
        """Add rows of fixed texts; return their span."""
        top = self.next_row
        for text in texts:
            self.sheet.write_string(self.reserve(label).row, SINGLE, text, self.formats["code"])
        return f"$B${top + 1}:$B${self.next_row}"

    def column(self, label: str, formula: Callable[[int, int], str]) -> Column:
        """Add a column of the table for each run: `formula(run, row)`."""
        made = Column(self.next_column, 1, self.count)
        for run, name in enumerate(self.runs):
            self._column(f"{label} {name}", lambda row, run=run: formula(run, row))
        return made

    def shared_column(self, label: str, formula: Callable[[int], str]) -> Column:
        """Add a column of the table that all runs share."""
        made = Column(self.next_column, 0, self.count)
        self._column(label, formula)
        return made

    def _column(self, label: str, formula: Callable[[int], str]) -> None:
        self.sheet.write_string(1, self.next_column, label, self.formats["head"])
        for row in range(self.count):
            self._formula(TABLE_TOP + row, self.next_column, formula(row))
        self.next_column += 1

    def _formula(self, row: int, column: int, formula: str) -> None:
        write_formula(self.sheet, row, column, formula, self.formats["code"])
