"""Data published in another shape than they are edited in: what a record names by id stands in it, whole.

Editors write a source and a shared field once; who takes a file away needs each record complete.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from pydantic import BaseModel

from .. import models
from ..loading import Guide
from ..models import calculators as parts
from ..models.base import FactorSetRef, Id, Record, Text
from ..models.labels import Label, Place, Row, labels

TOPIC = Row("topic", "話題", "必須", "", "")
TOPIC_FIELDS = ("id", "title", "note")
SET_ROWS = (
    Row("role", "役割", "任意", "`today`（これからの計算に使う版）、`guidebook`（ガイドブック当時の版）", ""),
    Row("replaces", "前の版。値のない係数は、この版の値で計算します", "任意", "係数の版の id", ""),
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


def _brief(topic: models.FactorTopic) -> Topic:
    return Topic(**{name: getattr(topic, name) for name in TOPIC_FIELDS})


VIEWS = {
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
    if place == ("factors", "factors.topic"):
        fields = known["factors", ""].fields
        return Label(TOPIC.meaning, {name: fields[name] for name in TOPIC_FIELDS})
    if place in {("factors", "factors.values.source"), ("factors", "factors.values.also")}:
        return known["factor-sources", ""]
    return known[place]
