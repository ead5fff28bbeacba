"""Records of a helper: how the amount that a field of a calculator asks comes from what people know."""

from typing import Annotated, Literal, LiteralString, cast

from pydantic import ValidationError, model_validator
from pydantic_core import PydanticCustomError

from .base import Amount, Count, Id, NotEmpty, Record, SomeAmount, Text
from .calculators import Choice as FieldChoice  # `Choice` is a question's, where all models meet
from .calculators import Input, Name


class HelperChoice(Record):
    """An option of a choice; `lookup` gives for each column a factor id, or `=name` for a field or a constant."""

    id: Id
    label: Text
    lookup: dict[Name, Text] = {}


class HelperInput(Record):
    """What is asked: a number, or a choice; `default` is also what an empty field counts as.

    `takes` names the field of the calculator whose text it begins with.
    """

    id: Name
    label: Text
    kind: Literal["number", "choice"] = "number"
    unit: Text | None = None
    default: float | str | None = None
    min: Amount = 0
    max: SomeAmount = 1e9
    step: SomeAmount = 0.001
    help: Text | None = None
    choices: list[HelperChoice] = []
    when: Text | None = None
    takes: Name | None = None

    @model_validator(mode="after")
    def _is_a_field(self) -> "HelperInput":
        """What a field of a calculator may not be, a field of a helper may not be either."""
        try:
            self.as_field()
        except ValidationError as error:
            first = error.errors()[0]
            raise PydanticCustomError(cast("LiteralString", first["type"]), "field", first.get("ctx")) from None
        return self

    def as_field(self) -> Input:
        """Return what is asked as a field of a calculator."""
        own = {key: value for key, value in self if key not in {"takes", "choices"}}
        return Input(**own, choices=[FieldChoice(**dict(choice)) for choice in self.choices])


class HelperStep(Record):
    """A number on the way to the amount."""

    id: Name
    label: Text
    unit: Text
    formula: Text
    digits: Count = 1


class HelperRule(Record):
    """A condition; when `check` fails, `message` stands at the field `at` and there is no amount."""

    when: Text | None = None
    check: Text
    at: Name
    message: Text


class HelperExample(Record):
    """A case worked by hand: what is typed, the amount shown, and its range where there is one."""

    worked: Text
    inputs: dict[str, str]
    shown: Text
    low: Text | None = None
    high: Text | None = None


class Helper(Record):
    """A way to an amount. `optional` names fields it can do without, `assumption` tells what of it is assumed.

    `low` and `high` are formulas of the range; without them it comes from the factors that have one.
    """

    id: Id
    title: Text
    fields: Annotated[list[Name], NotEmpty]
    text: Text
    inputs: list[HelperInput]
    steps: list[HelperStep] = []
    optional: list[Name] = []
    rules: list[HelperRule] = []
    unit: Text
    formula: Text
    digits: Count = 1
    low: Text | None = None
    high: Text | None = None
    assumption: Text | None = None
    examples: Annotated[list[HelperExample], NotEmpty]

    @model_validator(mode="after")
    def _both_ends(self) -> "Helper":
        if bool(self.low) != bool(self.high):
            raise PydanticCustomError("both_ends", "both ends")
        return self
