"""Records of `/plan/`: the tasks of a plan, what is typed once, and the documents that are made from it."""

from typing import Annotated, Literal

from .base import Id, MethodRef, NotEmpty, PageRef, Record, SomeCount, Text
from .calculators import Name
from .methods import TaskId


class PlanLink(Record):
    """Where a task sends the reader: a page and perhaps a place on it."""

    text: Text
    page: PageRef
    anchor: Id | None = None


class PlanChoice(Record):
    """An answer of a fact that is chosen; with `methods` only of these; one that `ends` the plan leaves some tasks undone."""

    id: Id
    label: Text
    methods: list[MethodRef] = []
    ends: bool = False


class Called(Record):
    """What some methods call a field or a document, and what they say of it."""

    methods: Annotated[list[MethodRef], NotEmpty]
    label: Text
    text: Text | None = None


class Fact(Record):
    """Something typed once and used everywhere; with `input` it is that field of the calculators, which then hide theirs.

    The choices of a fact without `choices` are those of that field. A fact with `courses` is asked under these only.
    """

    id: Name
    label: Text
    kind: Literal["text", "lines", "number", "date", "choice"] = "text"
    unit: Text | None = None
    help: Text | None = None
    input: Name | None = None
    needed: bool = False
    yearly: bool = False
    courses: list[Id] = []
    choices: list[PlanChoice] = []
    called: list[Called] = []


class PlanTask(Record):
    """A task of every plan: what it is for, what is typed there, which results it needs, where to read on.

    One that is `stopped` by the end of a plan lacks nothing from then on.
    """

    id: TaskId
    title: Text
    text: Text
    stage: Literal["before", "after"] | None = None
    stopped: bool = False
    facts: list[Fact] = []
    links: list[PlanLink] = []


class PaperRow(Record):
    """A row of a table of facts in a document, or a column of a list.

    A row with `methods` is only of these; `when` leaves it out while that value is empty.
    `courses` are those under which it stands, `unless` those under which it does not.
    """

    label: Text
    text: Text
    when: Name | None = None
    methods: list[MethodRef] = []
    courses: list[Id] = []
    unless: list[Id] = []


class PaperBlock(Record):
    """A part of a document, by one of its kinds; `when` leaves it out while that value or list is empty.

    With `methods` it is a part of their documents only; `courses` and `unless` as of a row.
    """

    heading: Text | None = None
    text: Text | None = None
    facts: list[PaperRow] = []
    each: Name | None = None
    columns: list[PaperRow] = []
    when: Name | None = None
    methods: list[MethodRef] = []
    courses: list[Id] = []
    unless: list[Id] = []


class Paper(Record):
    """A document made from a plan; with `methods` only of these, `unless` under some courses."""

    id: Literal[
        "planning-sheet",
        "approval",
        "budget",
        "data-request",
        "purchase",
        "retirement-check",
        "statement",
        "report",
        "handover",
        "schedule",
        "survey",
    ]
    title: Text
    text: Text
    task: TaskId
    methods: list[MethodRef] = []
    unless: list[Id] = []
    called: list[Called] = []
    blocks: Annotated[list[PaperBlock], NotEmpty]


class PlanDraft(Record):
    """Phrases of the draft of a public statement as a plan says them; `name` may hold facts."""

    name: Text
    held: Text
    held_field: Text


class PlanDrafts(Record):
    """What a plan says in the draft of each stage."""

    before: PlanDraft
    after: PlanDraft


class Undrafted(Record):
    """Why there is no draft: around a `{reason}`, and the reasons of a plan's own."""

    reason: Text
    boundary: Text
    exceeded: Text
    waiting: Text
    pending: Text


class PlanOrder(Record):
    """Two days, of which `then` should not come before `first`; `due` is that of every task.

    `wrong`: withheld from the documents and not done; `doubt`: not done; `note`: told; `late`: told until the task is done.
    """

    first: Name
    then: Name
    weight: Literal["wrong", "doubt", "note", "late"]
    text: Text


class PlanWords(Record):
    """`data/plan.yml`: the tasks in their order and the documents; letters in a line, the largest number."""

    gap: Text
    doubted: Text
    finished: Text
    unmade: Text
    longest: SomeCount
    largest: SomeCount
    drafts: PlanDrafts
    undrafted: Undrafted
    orders: list[PlanOrder]
    tasks: list[PlanTask]
    papers: list[Paper]
