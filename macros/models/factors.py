"""Records about numbers with a source: emission factors, averages, prices."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import Address, Amount, FactorSourceRef, Id, OfferRef, Record, SomeAmount, Text, When

Confidence = Literal["official", "official-copy", "secondary", "derived"]
SetName = Literal["2026", "2011"]
# what a price is: asked by a seller, the mean of a market, what bidders paid
PriceKind = Literal["売り出し", "市場の平均", "入札"]
Tax = Literal["込", "抜", "不明"]
PRICE_UNIT = "円/t-CO2"


class FactorSource(Record):
    """A document that numbers are taken from; `read_as` tells what was read when it was not the original."""

    id: Id
    title: Text
    publisher: Text
    date: When | None = None
    url: Address | None = None
    licence: Text
    read_as: Text | None = None


class FactorValue(Record):
    """One value of a factor, in one set, from one day; never edited once published.

    A price has `kind` and `tax`, and names the `offer` it is of. `row` names where the value stands in a table of data/suppliers/.
    `jump` says why it is right although it is zero or far from the other values. `low` and `high` are the range that its
    sources give.
    """

    set: SetName
    value: Amount
    low: SomeAmount | None = None
    high: SomeAmount | None = None
    valid_from: When
    valid_to: When | None = None
    source: FactorSourceRef
    also: list[FactorSourceRef] = []
    confidence: Confidence
    kind: PriceKind | None = None
    tax: Tax | None = None
    offer: OfferRef | None = None
    row: Text | None = None
    note: Text | None = None
    jump: Text | None = None
    retrieved_on: When
    review_by: When

    @model_validator(mode="after")
    def _lies_in_its_range(self) -> "FactorValue":
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("both_ends", "both ends", {"at": ("low",)})
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise PydanticCustomError("value_range", "value range", {"at": ("low",)})
        return self


class Factor(Record):
    """A number with its unit; `by_set` is false for what the two sets do not compare (prices, averages)."""

    id: Id
    name: Text
    unit: Text
    life_cycle: bool = False
    scope: Text | None = None
    by_set: bool = True
    values: list[FactorValue]

    @model_validator(mode="after")
    def _one_open_value_a_set(self) -> "Factor":
        newest = [value.set for value in self.values if value.valid_to is None]
        if not self.values or len(newest) > len(set(newest)):
            raise PydanticCustomError("factor_values", "factor values")
        return self

    @model_validator(mode="after")
    def _prices_say_what_they_are(self) -> "Factor":
        expected = [self.unit == PRICE_UNIT] * 2
        for i, value in enumerate(self.values):
            if [value.kind is not None, value.tax is not None] != expected:
                raise PydanticCustomError("price_kind", "price kind", {"at": ("values", i)})
        return self

    def newest(self, name: SetName) -> FactorValue | None:
        """Return the value in force of a set: the open one, else the one that began last."""
        values = [value for value in self.values if value.set == name]
        return max(values, key=lambda value: (value.valid_to is None, value.valid_from), default=None)


class FactorTopic(Record):
    """A file of data/factors/: factors of one topic, shown as one table."""

    id: Id
    title: Text
    note: Text | None = None
    factors: list[Factor]
