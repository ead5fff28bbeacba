"""Data published in another shape than they are edited in: what a record names by id stands in it, whole.

Editors write a source and a shared field once; who takes a file away needs each record complete.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from pydantic import BaseModel

from .. import models
from ..calculators import Offer, Supplier
from ..loading import Guide
from ..models import calculators as parts
from ..models.base import Amount, FactorSetRef, Id, Record, Text, When
from ..models.labels import Label, Place, Row, labels
from ..models.suppliers import SupplierKindId

TOPIC = Row("topic", "話題", "必須", "", "")
TOPIC_FIELDS = ("id", "title", "note")
SET_ROWS = (
    Row("role", "役割", "任意", "`today`（これからの計算に使う版）、`guidebook`（ガイドブック当時の版）", ""),
    Row("replaces", "前の版。値のない係数は、この版の値で計算します", "任意", "係数の版の id", ""),
)

SUPPLIER_ROWS = (
    Row("id", "行の名前。終わりの数は表の年", "必須", "", ""),
    Row("kind", "買うもの", "必須", "`electricity`（電気）、`gas`（都市ガス）、`heat`（熱）", ""),
    Row("choice", "計算器のリンクに書く名前。メニューは、表の年の版でだけ使えます", "任意", "", ""),
    Row("standard", "メニューが分からないときに使う行か", "必須", "番号か区域だけの名前で選べます", ""),
    Row("number", "公表された番号", "任意", "", ""),
    Row("name", "会社", "必須", "", ""),
    Row("area", "供給区域", "任意", "", ""),
    Row("menu", "メニュー", "任意", "", ""),
    Row("basic", "基礎の係数。計算に使います", "必須", "", ""),
    Row("adjusted", "調整後の係数", "必須", "", ""),
    Row("unit", "単位", "必須", "", ""),
    Row("replaced", "異常値のため、公表元が代替値を当てた値か（公表の表の※）", "必須", "", ""),
    Row("set", "使う係数の版", "必須", "係数の版の id", ""),
    Row("source", "出典", "必須", "", ""),
    Row("valid_from", "いつからの活動に使うか", "必須", "", ""),
)


class Topic(Record):
    """What a factor is about: the table it stands in."""

    id: Id
    title: Text
    note: Text | None = None


class OpenValue(models.FactorValue):
    """A value with its sources in it."""

    source: models.FactorSource
    also: list[models.FactorSource] = []


class OpenFactor(models.Factor):
    """A factor with its topic."""

    values: list[OpenValue]
    topic: Topic


class OpenSet(models.FactorSet):
    """A set of factors with the part it plays, and the set that it takes the place of."""

    role: Literal["today", "guidebook"] | None = None
    replaces: FactorSetRef | None = None


class OpenSupplier(Record):
    """A row of an official table of suppliers, in kg-CO2 per unit, with what a link calls it."""

    id: Text
    kind: SupplierKindId
    choice: Text | None = None
    standard: bool
    number: Text | None = None
    name: Text
    area: Text | None = None
    menu: Text | None = None
    basic: Amount
    adjusted: Amount
    unit: Text
    replaced: bool
    set: FactorSetRef
    source: Text
    valid_from: When


class Listed(NamedTuple):
    """A list of records that a view publishes: its model, where its labels are, and how it is found."""

    model: type[BaseModel]
    place: Place
    find: Callable[[Guide], list]


def open_factors(guide: Guide) -> list[OpenFactor]:
    """Return every factor of every topic, in the order of the page."""
    sources = {source.id: source for source in guide.factor_sources}

    def value(one: models.FactorValue) -> OpenValue:
        also = [sources[name] for name in one.also]
        return OpenValue(**{**dict(one), "source": sources[one.source], "also": also})

    return [
        OpenFactor(**{**dict(factor), "values": [value(one) for one in factor.values], "topic": _brief(topic)})
        for topic in guide.factors
        for factor in topic.factors
    ]


def open_sets(guide: Guide) -> list[OpenSet]:
    """Return every set of factors, oldest first."""
    return [_open_set(guide.factor_sets, one) for one in guide.factor_sets.sets]


def _open_set(sets: models.FactorSets, one: models.FactorSet) -> OpenSet:
    roles: dict[str, Literal["today", "guidebook"]] = {sets.today: "today", sets.guidebook: "guidebook"}
    before = sets.before(one.id)
    return OpenSet(**dict(one), role=roles.get(one.id), replaces=before.id if before else None)


def open_suppliers(guide: Guide) -> list[OpenSupplier]:
    """Return every row of every table of suppliers, in the order of the tables."""
    suppliers = guide.catalogue.suppliers
    if suppliers is None:
        return []
    kinds = {kind.id: kind for kind in suppliers.data.kinds}
    return [
        _open_supplier(guide, table, kinds[name], one, offer)  # type: ignore[index]
        for table in suppliers.data.tables
        for name in [table.id.rpartition("-")[0]]
        for one in suppliers.of(table.id).values()
        for offer in one.offers
    ]


def _open_supplier(
    guide: Guide, table: models.SupplierTable, kind: models.SupplierKind, one: Supplier, offer: Offer
) -> OpenSupplier:
    source, standard = guide.catalogue.sources[table.source], offer == one.standard
    own = f"{one.id}-{offer.letters}" if offer.letters else one.id
    return OpenSupplier(
        id=f"{own}{'' if offer.letters or standard else '-whole'}.{table.id.rpartition('-')[2]}",
        kind=kind.id,
        choice=own if offer.letters or standard else None,
        standard=standard,
        number=one.number or None,
        name=one.name,
        area=one.area or None,
        menu=offer.menu or None,
        basic=offer.basic,
        adjusted=offer.adjusted,
        unit=kind.unit,
        replaced=offer.marked,
        set=table.set,
        source=f"{source.publisher}「{source.title}」",
        valid_from=table.valid_from,
    )


def _brief(topic: models.FactorTopic) -> Topic:
    return Topic(**{name: getattr(topic, name) for name in TOPIC_FIELDS})


VIEWS = {
    "suppliers": {"records": Listed(OpenSupplier, ("suppliers", "rows"), open_suppliers)},
    "factor-sets": {"records": Listed(OpenSet, ("factor-sets", "sets"), open_sets)},
    "factors": {"records": Listed(OpenFactor, ("factors", "factors"), open_factors)},
    "calculators": {
        "records": Listed(models.Calculator, ("calculators", ""), lambda guide: guide.calculators),
        "constants": Listed(
            parts.Constant, ("calculator-parts", "constants"), lambda guide: guide.calculator_parts.constants
        ),
    },
}


def label_at(place: Place) -> Label:
    """Return the label of a kind of record as it is published: `data/README.md`, looked up where a view put it."""
    known = labels()
    if place == ("factors", "factors"):
        return Label(known[place].title, {"id": known[place].fields["id"], TOPIC.field: TOPIC, **known[place].fields})
    if place == ("factor-sets", "sets"):
        return Label("係数の版", {**known[place].fields, **{row.field: row for row in SET_ROWS}})
    if place == ("suppliers", "rows"):
        return Label("会社の係数", {row.field: row for row in SUPPLIER_ROWS})
    if place == ("factors", "factors.topic"):
        fields = known["factors", ""].fields
        return Label(TOPIC.meaning, {name: fields[name] for name in TOPIC_FIELDS})
    if place in {("factors", "factors.values.source"), ("factors", "factors.values.also")}:
        return known["factor-sources", ""]
    return known[place]
