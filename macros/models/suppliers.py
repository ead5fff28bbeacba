"""Records and rows of the official tables of suppliers: who sells electricity, city gas and heat, with which factor."""

from dataclasses import dataclass
from typing import Literal

from .base import FactorSetRef, FactorSourceRef, Id, Record, Text, When
from .calculators import Name
from .factors import Confidence

SupplierKindId = Literal["electricity", "gas", "heat"]
RESIDUAL, WHOLE = "残差", "(参考値)事業者全体"
# t-CO2/kWh, t-CO2 per 1,000 m3, t-CO2/GJ and t-CO2 per kL or t, as kg-CO2 per kWh, m3, GJ, L or kg
SCALES = {"electricity": 1000, "gas": 1, "heat": 1000, "fuels": 1}


class SupplierName(Record):
    """The id of rows that a number alone does not name: of an area, or of one of several companies; frozen."""

    id: Id
    number: Text
    name: Text | None = None
    area: Text | None = None


class SupplierKind(Record):
    """What is bought: the field of calculators that asks for its supplier, and the words where one searches for it.

    `told` are sentences to know before one chooses.
    """

    id: SupplierKindId
    title: Text
    input: Name
    search: Text
    unit: Text
    told: list[Text]
    names: list[SupplierName] = []


class SupplierTable(Record):
    """A table of data/suppliers/ and the set of factors that reckons with it; of several of one set the last counts."""

    id: Id
    set: FactorSetRef
    source: FactorSourceRef
    confidence: Confidence
    valid_from: When
    retrieved_on: When
    review_by: When


class SupplierData(Record):
    """Whose factors the tables have, which set has which table, and the words about them."""

    kinds: list[SupplierKind]
    tables: list[SupplierTable]
    words: dict[Name, Text]


@dataclass(frozen=True)
class Row:
    """A row of a table: values in the unit of the publication, `menu` empty when a supplier has one factor for all.

    `adjusted` is None where the table has no such column.
    """

    number: str
    name: str
    menu: str
    value: float
    adjusted: float | None = None
    marks: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of one table of one set, in the order of the publication."""

    kind: str
    rows: tuple[Row, ...]

    def of(self, number: str) -> list[Row]:
        """Return the rows of a number."""
        return [row for row in self.rows if row.number == number]

    def standard(self, number: str) -> Row | None:
        """Return what holds for the supplier of a number whose menu is not known; see `standard_of`."""
        return standard_of(self.of(number))

    def find(self, reference: str) -> Row | None:
        """Return the row of `A0055` (what holds without a menu) or of `A0020 <menu or name>`."""
        number, _, menu = reference.partition(" ")
        if not menu:
            return self.standard(number)
        return next((row for row in self.of(number) if menu in {row.menu, row.name}), None)

    def factor(self, row: Row) -> float:
        """Return the basic value of a row in kg-CO2 per kWh, m3, GJ, L or kg."""
        return self.scaled(row.value)

    def scaled(self, value: float) -> float:
        """Return a value of the publication in kg-CO2 per kWh, m3, GJ, L or kg."""
        return round(value * SCALES[self.kind], 9)


def standard_of(rows: list[Row]) -> Row | None:
    """Return what holds where no menu is known: the 残差, else the only row, else 事業者全体.

    None when there are several areas or menus and nothing for the whole.
    """
    for kind in ([row for row in rows if RESIDUAL in row.menu], rows, [row for row in rows if row.menu == WHOLE]):
        if len(kind) == 1:
            return kind[0]
    return None
