"""Records about numbers with a source: emission factors, averages, prices; and the sets that values belong to."""

import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import Address, Amount, FactorSetRef, FactorSourceRef, Id, OfferRef, Record, SomeAmount, Text, When
from .dates import first_day

Confidence = Literal["official", "official-copy", "secondary", "derived"]
# what a price is: asked by a seller, the mean of a market, what bidders paid
PriceKind = Literal["売り出し", "市場の平均", "入札"]
Tax = Literal["込", "抜", "不明"]
PRICE_UNIT = "円/t-CO₂"
# of a share: the whole is 1
SHARE_UNIT = "1"


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

    set: FactorSetRef
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

    @model_validator(mode="after")
    def _tells_how_it_was_derived(self) -> "FactorValue":
        if self.confidence == "derived" and not self.note:
            raise PydanticCustomError("derived_note", "derived note", {"at": ("confidence",)})
        return self


class Factor(Record):
    """A number with its unit; `by_set` is false for what the sets do not compare (prices, averages)."""

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

    @model_validator(mode="after")
    def _shares_are_parts_of_one(self) -> "Factor":
        for i, value in enumerate(self.values if self.unit == SHARE_UNIT else []):
            if (value.high or value.value) > 1:
                raise PydanticCustomError("share", "share", {"at": ("values", i, "high" if value.high else "value")})
        return self

    def newest(self, *names: str) -> FactorValue | None:
        """Return the value in force of a set, or of several: the open one, else the one that began last."""
        values = [value for value in self.values if value.set in names]
        return max(values, key=lambda value: (value.valid_to is None, value.valid_from), default=None)


class FactorTopic(Record):
    """A file of data/factors/: factors of one topic, shown as one table."""

    id: Id
    title: Text
    note: Text | None = None
    factors: list[Factor]


def _is_year(value: str) -> str:
    if not re.fullmatch(r"[0-9]{4}", value):
        raise PydanticCustomError("bad_set_id", "bad set id")
    return value


class FactorSet(Record):
    """A set of factors: what belongs together because it is used for the same time.

    `title` names it in tables, `short` in sentences and narrow columns, `label` where it is chosen; `about` is a sentence.
    `valid_from` is the day from which on what is done is reckoned with it.
    """

    id: Annotated[str, AfterValidator(_is_year)]
    title: Text
    short: Text
    label: Text
    about: Text
    valid_from: When | None = None


class FactorSets(Record):
    """The sets, oldest first; `today` is the one to start with, `guidebook` the one that it is compared with."""

    today: FactorSetRef
    guidebook: FactorSetRef
    sets: list[FactorSet]

    @model_validator(mode="after")
    def _two_roles(self) -> "FactorSets":
        if self.today == self.guidebook:
            raise PydanticCustomError("set_roles", "set roles", {"at": ("today",)})
        return self

    @model_validator(mode="after")
    def _oldest_first(self) -> "FactorSets":
        ids = [one.id for one in self.sets]
        if ids != sorted(ids):
            raise PydanticCustomError("set_order", "set order", {"at": ("sets",)})
        starts = [(first_day(one.valid_from), place) for place, one in enumerate(self.sets) if one.valid_from]
        for (earlier, _), (later, place) in pairwise(starts):
            if later <= earlier:
                raise PydanticCustomError("set_start", "set start", {"at": ("sets", place, "valid_from")})
        return self

    @model_validator(mode="after")
    def _named_apart(self) -> "FactorSets":
        for name in ("title", "short", "label"):
            said = [getattr(one, name) for one in self.sets]
            for place, own in enumerate(said):
                if own in said[:place]:
                    raise PydanticCustomError("set_name", "set name", {"at": ("sets", place, name)})
        return self

    @property
    def offered(self) -> list[FactorSet]:
        """The sets as they are offered: today's, the others from the newest on, the guidebook's."""
        return [self.current, *self.others, self.past]

    @property
    def others(self) -> list[FactorSet]:
        """The sets that are neither today's nor the guidebook's, from the newest on."""
        return [one for one in reversed(self.sets) if one.id not in {self.today, self.guidebook}]

    @property
    def current(self) -> FactorSet:
        """Today's set."""
        return self.named(self.today)

    @property
    def past(self) -> FactorSet:
        """The guidebook's set."""
        return self.named(self.guidebook)

    def before(self, name: str) -> FactorSet | None:
        """Return the set that a set takes the place of; the guidebook's takes none's, and none takes its place."""
        earlier = [one for one in self.sets if one.id < name and self.guidebook not in {one.id, name}]
        return earlier[-1] if earlier else None

    def named(self, name: str) -> FactorSet:
        """Return the set of an id."""
        return next(one for one in self.sets if one.id == name)

    def value(self, factor: Factor, name: str) -> FactorValue | None:
        """Return what a set reckons with: its own value, else that of the newest set before it, else today's.

        The guidebook's set has its own values or today's, and lends none. What is not compared by set is the same in all.
        """
        own = [one.id for one in self.sets if one.id != self.guidebook]
        if not factor.by_set:
            return factor.newest(*own)
        earlier = [name] if name == self.guidebook else [one for one in reversed(own) if one <= name]
        found = next(filter(None, map(factor.newest, earlier)), None)
        return found if found or name == self.today else self.value(factor, self.today)

    def now(self, factor: Factor) -> FactorValue | None:
        """Return the value of today's set."""
        return self.value(factor, self.today)

    def then(self, factor: Factor) -> FactorValue | None:
        """Return the own value of the guidebook's set; None where it has none, or where sets are not compared."""
        return factor.newest(self.guidebook) if factor.by_set else None

    def counts(self, factor: Factor, value: FactorValue) -> bool:
        """Tell whether a value is in force: open, and of no set that a newer one has taken the place of."""
        newer = [one.id for one in self.sets if value.set < one.id <= self.today]
        replaced = value.set != self.guidebook and any(map(factor.newest, newer))
        return value.valid_to is None and not replaced

    def reuses(self, factor: Factor, name: str) -> bool:
        """Tell whether a set reckons with the value of another one, which is marked."""
        value = self.value(factor, name)
        return factor.by_set and value is not None and value.set != name
