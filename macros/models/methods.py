"""Records of the nine methods and their groups."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import (
    Certainty,
    ColumnRef,
    FigureRef,
    GroupRef,
    Id,
    LinkRef,
    MethodRef,
    ModelRef,
    Record,
    Relation,
    SomeCount,
    Sources,
    StepRef,
    TermRef,
    Text,
)
from .grounds import Said


class Group(Record):
    """A group of methods; type is empty where the source names none (D)."""

    id: Id
    code: Text
    title: Text
    type: Literal["市場流通型", "特定者間完結型"] | None = None
    description: Text
    source: Sources


class Entry(Record):
    """A sentence or bullet with its standing in the source."""

    text: Text
    items: list[Text] = []
    note: Text | None = None
    certainty: Certainty = "stated"


class SubStep(Record):
    """A sub-step; the document, who reviews it and how are given where the source names them."""

    mark: Text
    text: Text
    column: ColumnRef | None = None
    document: Text | None = None
    reviewer: Text | None = None
    act: Text | None = None


class Step(Record):
    """A numbered step; `no` is empty where the source prints no number."""

    id: Id
    no: SomeCount | None = None
    title: Text
    column: ColumnRef | None = None
    beside: StepRef | None = None
    certainty: Certainty = "stated"
    note: Text | None = None
    substeps: list[SubStep]


class Phase(Record):
    """A phase of the flow; `duration` is empty where the source gives none."""

    id: Id
    name: Text
    duration: Text | None = None
    steps: list[Step]


class Column(Record):
    """One of two parties that act side by side."""

    id: Id
    label: Text


class Flow(Record):
    """The phases of a method, with columns where two parties act."""

    columns: list[Column] = []
    note: Text | None = None
    footnotes: list[Text] = []
    phases: list[Phase]


class RelatedLink(Record):
    """A document or site of a method."""

    ref: LinkRef
    relation: Relation
    why: Text | None = None


class RelatedModel(Record):
    """The model of the 2012 report that treats the same thing."""

    ref: ModelRef
    relation: Relation
    why: Text | None = None


class Settled(Record):
    """Something the reader is told to settle, choose or know, under a label of the source."""

    label: Text
    intro: Text | None = None
    items: list[Entry]


class CostBearer(Record):
    """Who pays, where a source says so."""

    text: Text
    source: Sources


class MethodToday(Record):
    """How methods compare today; a list is empty where nothing was found."""

    proof: list[Said] = []
    claim: list[Said] = []
    cost: list[Said] = []
    duration: list[Said] = []

    @property
    def said(self) -> list[Said]:
        """Every sentence, in the order of the table."""
        return [*self.proof, *self.claim, *self.cost, *self.duration]


TaskId = Literal["purpose", "boundary", "before", "reduce", "buy", "hold", "after", "retire", "publish"]


class MethodTask(Record):
    """A task of a plan as this method calls it: its steps of the flow, and its day counted from the first day."""

    task: TaskId
    title: Text
    day: int
    steps: list[StepRef] = []


class Method(Record):
    """A method. `same_as` names the method whose page the source shares with this one."""

    id: Id
    code: Text
    group: GroupRef
    title: Text
    overview: Text
    lead: Text
    offsets: Text
    actors: Text
    cost_bearer: CostBearer | None = None
    source: Sources
    same_as: MethodRef | None = None
    summary: list[Entry] = []
    direct_effects: list[Entry] = []
    ripple_effects: list[Entry] = []
    notes: list[Entry] = []
    relations: FigureRef | None = None
    flow: Flow | None = None
    selection: Settled | None = None
    information_role: Settled | None = None
    opportunities: Settled | None = None
    things_to_settle: Settled | None = None
    report_model: RelatedModel | None = None
    links: list[RelatedLink] = []
    terms: list[TermRef] = []
    today: MethodToday | None = None
    plan: list[MethodTask] = []

    @model_validator(mode="after")
    def _shared_or_own(self) -> "Method":
        if self.same_as is None and not (self.summary and self.direct_effects and self.relations):
            raise PydanticCustomError("method_content", "method content")
        return self
