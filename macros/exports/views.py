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
from ..models.base import Amount, FactorSetRef, Record, Text, Unit, When, titled
from ..models.labels import Label, label
from ..models.suppliers import SupplierKindId


class Topic(models.FactorHeading, title="話題"):
    """What a factor is about: the table it stands in."""


class OpenValue(models.FactorValue):
    """A value with its sources in it."""

    source: models.FactorSource = titled()
    also: list[models.FactorSource] = []


class OpenFactor(models.Factor):
    """A factor with its topic."""

    values: list[OpenValue] = titled()
    topic: Topic = titled("話題")


class OpenSet(models.FactorSet, title="係数の版"):
    """A set of factors with the part it plays, and the set that it takes the place of."""

    role: Literal["today", "guidebook"] | None = titled(
        "役割", default=None, names={"today": "これからの計算に使う版", "guidebook": "ガイドブック当時の版"}
    )
    replaces: FactorSetRef | None = titled("前の版。値のない係数は、この版の値で計算します", default=None)


class OpenSupplier(Record, title="会社の係数"):
    """A row of an official table of suppliers, in kg-CO2 per unit, with what a link calls it."""

    id: Text = titled("行の名前。終わりの数は表の年")
    kind: SupplierKindId = titled("買うもの", names={"electricity": "電気", "gas": "都市ガス", "heat": "熱"})
    choice: Text | None = titled("計算器のリンクに書く名前。メニューは、表の年の版でだけ使えます", default=None)
    standard: bool = titled("メニューが分からないときに使う行か", form="番号か区域だけの名前で選べます")
    number: Text | None = titled("公表された番号", default=None)
    name: Text = titled("会社")
    area: Text | None = titled("供給区域", default=None)
    menu: Text | None = titled("メニュー", default=None)
    basic: Amount = titled("基礎の係数。計算に使います")
    adjusted: Amount = titled("調整後の係数")
    unit: Unit = titled("単位")
    replaced: bool = titled("異常値のため、公表元が代替値を当てた値か（公表の表の※）")
    set: FactorSetRef = titled("使う係数の版")
    source: Text = titled("出典")
    valid_from: When = titled("いつからの活動に使うか")


class Listed(NamedTuple):
    """A list of records that a view publishes: its model, and how it is found."""

    model: type[BaseModel]
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
    return Topic(**{name: getattr(topic, name) for name in Topic.model_fields})


VIEWS = {
    "suppliers": {"records": Listed(OpenSupplier, open_suppliers)},
    "factor-sets": {"records": Listed(OpenSet, open_sets)},
    "factors": {"records": Listed(OpenFactor, open_factors)},
    "calculators": {
        "records": Listed(models.Calculator, lambda guide: guide.calculators),
        "constants": Listed(parts.Constant, lambda guide: guide.calculator_parts.constants),
    },
}


def label_of(model: type[BaseModel]) -> Label:
    """Return the label of a kind of record as it is published: a factor's topic stands beside its id."""
    known = label(model)
    first = ("id", "topic") if model is OpenFactor else ()
    return Label(known.title, {name: known.fields[name] for name in (*first, *known.fields)})
