"""Records of `/plan/`: the tasks of a plan, what is typed once, and the documents that are made from it."""

from typing import Annotated, Literal

from .base import Grade, Id, MethodRef, NotEmpty, PageRef, Record, SomeAmount, SomeCount, Text
from .calculators import Name
from .guide import SourceCitation
from .methods import TaskId


class PlanLink(Record):
    """Where a task sends the reader: a page and perhaps a place on it."""

    text: Text
    page: PageRef
    anchor: Id | None = None


class PlanChoice(Record):
    """An answer of a fact that is chosen; with `methods` only of these."""

    id: Id
    label: Text
    methods: list[MethodRef] = []


class Called(Record):
    """What some methods call a field or a document, and what they say of it."""

    methods: Annotated[list[MethodRef], NotEmpty]
    label: Text
    text: Text | None = None


class Fact(Record):
    """Something typed once and used everywhere; with `input` it is that field of the calculators, which then hide theirs.

    The choices of a fact without `choices` are those of that field. With `methods` it is asked by these only.
    With `of` the choices are records of that kind, or lines stand beside them; the documents have both as one list.
    """

    id: Name
    label: Text
    kind: Literal["text", "lines", "number", "date", "choice"] = "text"
    unit: Text | None = None
    help: Text | None = None
    input: Name | None = None
    needed: bool = False
    yearly: bool = False
    methods: list[MethodRef] = []
    of: Literal["precedents"] | None = None
    choices: list[PlanChoice] = []
    called: list[Called] = []


class PlanTask(Record):
    """A task of every plan: what it is for, what is typed there, which results it needs, where to read on."""

    id: TaskId
    title: Text
    text: Text
    stage: Literal["before", "after"] | None = None
    facts: list[Fact] = []
    links: list[PlanLink] = []


class PaperRow(Record):
    """A row of a table of facts in a document, or a column of a list.

    A row with `methods` is only of these; `when` leaves it out while that value is empty.
    """

    label: Text
    text: Text
    when: Name | None = None
    methods: list[MethodRef] = []


class PaperBlock(Record):
    """A part of a document, by one of its kinds; `when` leaves it out while that value or list is empty.

    With `methods` it is a part of their documents only; `newpage` begins a sheet with it.
    """

    heading: Text | None = None
    text: Text | None = None
    facts: list[PaperRow] = []
    each: Name | None = None
    columns: list[PaperRow] = []
    when: Name | None = None
    methods: list[MethodRef] = []
    newpage: bool = False


class Paper(Record):
    """A document made from a plan; with `methods` only of these."""

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


class SurveyOther(Record):
    """Who came in a way that no calculator counts, and what the tally says instead of its fields."""

    label: Text
    fields: Text


class SurveyError(Record):
    """A choice of the error and what it stands for, in percentage points."""

    choice: Id
    points: SomeCount


class Survey(Record):
    """How many visitors to ask, as a simple random sample for a share: `z` of the confidence, `share` at its worst.

    `people` is the field of the calculators that says how many come, `error` the fact that chooses one of the errors;
    `visitors` and `errors` are the rows and columns of a table to read; `beyond` says what its sources do not bear out.
    """

    people: Name
    error: Name
    z: SomeAmount
    share: SomeAmount
    visitors: Annotated[list[SomeCount], NotEmpty]
    errors: Annotated[list[SurveyError], NotEmpty]
    caption: Text
    basis: Text
    beyond: Text
    other: SurveyOther
    sources: Annotated[list[SourceCitation], NotEmpty]
    grade: Grade


class PlanWords(Record):
    """`data/plan.yml`: the tasks in their order and the documents; letters in a line, the largest number."""

    gap: Text
    finished: Text
    longest: SomeCount
    largest: SomeCount
    drafts: PlanDrafts
    undrafted: Undrafted
    survey: Survey | None = None
    tasks: list[PlanTask]
    papers: list[Paper]
