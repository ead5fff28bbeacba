"""Records of a calculator: what it asks, what it reckons, what it shows. One definition feeds page, tests and workbook."""

import re
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from .base import Amount, Count, HelperRef, Id, MethodRef, PageRef, PrecedentRef, Record, SomeAmount, SomeCount, Text


def _looks_like_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", value):
        raise PydanticCustomError("bad_name", "bad name")
    return value


Name = Annotated[str, AfterValidator(_looks_like_name)]
# the field that asks for a set of factors
SETS = "factors"


class Constant(Record):
    """A number by definition, with its unit: what formulas use instead of bare numbers."""

    id: Name
    name: Text
    value: SomeAmount
    unit: Text


class Choice(Record):
    """An option of a choice; `lookup` gives for each column a factor id, or `=field` for a typed value.

    A `retired` option is read in old links and files, is no longer offered, and tells why.
    """

    id: Text
    label: Text
    aliases: list[Text] = []
    retired: Text | None = None
    lookup: dict[Name, Text] = {}


class Band(Record):
    """What `lookup` gives for a number up to `up_to` (the last band has none)."""

    up_to: SomeAmount | None = None
    lookup: dict[Name, Id]


class Input(Record):
    """A field; its `default` is also what an empty field counts as. `apart`: frames share one file with its choices.

    `absent` is what the field counts as in a link or file made before it was always written there. The choices of the field
    `factors` are the sets of data/factor-sets.yml, today's at the start; its `help` names that one as {today}.
    `paperwork`: only papers of an office need it; where residents are, it is folded.
    """

    id: Name
    label: Text
    kind: Literal["number", "choice", "text"] = "number"
    unit: Text | None = None
    default: float | str | None = None
    absent: Text | None = None
    absent_note: Text | None = None
    min: Amount = 0
    max: SomeAmount = 1e9
    step: SomeAmount = 0.001
    help: Text | None = None
    choices: list[Choice] = []
    bands: list[Band] = []
    guidebook: dict[Name, Id] = {}
    guidebook_note: Text | None = None
    when: Text | None = None
    apart: bool = False
    paperwork: bool = False

    @model_validator(mode="after")
    def _whole(self) -> "Input":
        if self.kind == "number" and not self.unit:
            raise PydanticCustomError("no_unit", "no unit")
        if self.id == SETS and (self.kind != "choice" or self.choices or self.default is not None):
            raise PydanticCustomError("of_sets", "of sets")
        if self.kind == "choice" and not self.choices and self.id != SETS:
            raise PydanticCustomError("no_choices", "no choices")
        if bool(self.absent) != bool(self.absent_note) or (self.absent and self.kind != "choice"):
            raise PydanticCustomError("absent_note", "absent note")
        return self

    @model_validator(mode="after")
    def _within_bounds(self) -> "Input":
        if self.min >= self.max:
            raise PydanticCustomError("min_max", "min max", {"at": ("min",)})
        default = self.default if isinstance(self.default, float) else self.min
        if self.kind == "number" and not self.min <= default <= self.max:
            raise PydanticCustomError("default_bounds", "default bounds", {"at": ("default",)})
        tops = [band.up_to for band in self.bands]
        rising = [top for top in tops if top is not None]
        if tops and (tops != [*rising, None] or rising != sorted(set(rising))):
            raise PydanticCustomError("bands", "bands", {"at": ("bands",)})
        return self

    @property
    def offered(self) -> list[Choice]:
        """The options that the form offers."""
        return [choice for choice in self.choices if not choice.retired]

    @property
    def known(self) -> list[Choice]:
        """All options, those no longer offered last."""
        return sorted(self.choices, key=lambda choice: bool(choice.retired))


class Line(Record):
    """A line item in kg-CO2, by the activity it belongs to; `optional` names fields it can do without."""

    id: Name
    label: Text
    unit: Text = "kg-CO2"
    formula: Text
    optional: list[Name] = []
    mark: Name | None = None


class Result(Record):
    """A number shown; `digits` after the point; `when` tells when it applies, `remark_when` when `remark` follows it.

    `beside` names the result that an official average stands beside; `paperwork` as of fields.
    """

    id: Name
    label: Text
    unit: Text
    formula: Text
    digits: Count = 1
    when: Text | None = None
    main: bool = False
    paperwork: bool = False
    remark: Text | None = None
    remark_when: Text | None = None
    help: Text | None = None
    beside: Name | None = None


class Rows(Record):
    """A table to fill: one record a row."""

    label: Text
    help: Text | None = None
    max: SomeCount
    start: Count = 0
    columns: list[Input]
    results: list[Result] = []

    @model_validator(mode="after")
    def _starts_within(self) -> "Rows":
        if self.start > self.max:
            raise PydanticCustomError("start_max", "start max", {"at": ("start",)})
        return self


class Rule(Record):
    """A condition across fields; when `check` fails, `message` stands at the field `at`.

    A `hint` withholds no result; while it is told, no statement is drafted.
    """

    when: Text | None = None
    check: Text
    at: Name
    message: Text
    hint: bool = False


class Group(Record):
    """Fields under one heading."""

    id: Id
    title: Text
    help: Text | None = None
    inputs: list[Input]


class Kind(Record):
    """One sort of activity to choose: the fields that it needs, and the choices of `boundary` it lies in (none: all)."""

    id: Id
    label: Text
    inputs: list[Name]
    within: list[Text] = []


class Preset(Record):
    """Made-up values that show how the form is filled."""

    id: Id
    label: Text
    inputs: dict[str, str]
    rows: list[list[str]] = []


class Example(Record):
    """A case worked by hand: what is typed and what must be shown."""

    name: Text
    worked: Text
    inputs: dict[str, str]
    rows: list[list[str]] = []
    shown: dict[str, str] = {}
    rows_shown: list[dict[str, str]] = []
    withheld: list[str] = []


class Words(Record):
    """What the page of a calculator says in plain words."""

    counted: list[Text]
    not_counted: list[Text]
    limits: list[Text]
    claims: list[Text]
    rounding: Text
    formula_sources: list[Text]


class Activity(Record):
    """Lines that the paperwork of a municipality's plan puts under one heading; `apart`: not added to the plan's own total."""

    title: Text
    lines: list[Name]
    apart: bool = False


class Report(Record):
    """The results in the form of that paperwork: its headings in their order, and what it does not hold."""

    activities: list[Activity]
    notes: list[Text]


class Calculator(Record):
    """One calculator, whole."""

    id: Id
    method: MethodRef
    title: Text
    short: Text
    lead: Text
    page: PageRef
    audience: Literal["office", "resident"] = "office"
    words: Words
    groups: list[Group]
    rows: Rows | None = None
    lines: list[Line] = []
    results: list[Result]
    rules: list[Rule] = []
    kinds: list[Kind] = []
    helpers: list[HelperRef] = []
    yardsticks: list[PrecedentRef] = []
    report: Report | None = None
    presets: list[Preset]
    worked_preset: Id
    examples: list[Example]


Whole = TypeVar("Whole")
# a record written in full, or the id of one in data/calculator-parts.yml
Part = Annotated[
    Annotated[str, Tag("shared-part")] | Annotated[Whole, Tag("own-part")],
    Discriminator(lambda value: "shared-part" if isinstance(value, str) else "own-part"),
]


class WrittenGroup(Group):
    """Fields under one heading, as a file has them."""

    inputs: list[Part[Input]]


class WrittenRows(Rows):
    """A table to fill, as a file has it."""

    columns: list[Part[Input]]


class CalculatorFile(Calculator):
    """One calculator as its file has it: a text in a list names a record of data/calculator-parts.yml."""

    groups: list[WrittenGroup]
    rows: WrittenRows | None = None
    lines: list[Part[Line]] = []
    results: list[Part[Result]]
    rules: list[Part[Rule]] = []


class NamedRule(Rule):
    """A rule that several calculators share."""

    id: Name


class Residents(Record):
    """What the form says where residents are: the fold and its first group, what to reduce first, why nothing is compared."""

    fold: Text
    papers: Text
    first: Text
    first_text: Text
    none: Text


class Parts(Record):
    """What several calculators share: fields, lines, results, rules, and the messages of the form."""

    constants: list[Constant]
    inputs: list[Input]
    lines: list[Line]
    results: list[Result]
    rules: list[NamedRule]
    messages: dict[str, Text]
    residents: Residents
