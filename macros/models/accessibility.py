"""Records of the accessibility test: what was tried on each success criterion, when, and how."""

import re
from typing import Annotated, Literal, LiteralString

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import Count, PageRef, Record, SomeCount, Text, When

Result = Literal["no-problem", "partly", "problem", "untested"]


def _is_number(value: str) -> str:
    if not re.fullmatch(r"[1-4]\.[1-5]\.[1-9][0-9]?", value):
        raise PydanticCustomError("bad_criterion", "bad criterion")
    return value


def _is_test(value: str) -> str:
    if not re.fullmatch(r"tests/test_\w+\.py::test_\w+", value):
        raise PydanticCustomError("bad_test", "bad test")
    return value


CriterionNumber = Annotated[str, AfterValidator(_is_number)]
TestName = Annotated[str, AfterValidator(_is_test)]


class Criterion(Record):
    """A success criterion: whether it applies, and what was tried by tests and by eye.

    `tests` are automatic tests, `looked_at` says what was looked for on the pictures of the sample,
    `untested` what nobody tried. A result says no more than these three.
    """

    no: CriterionNumber
    name: Text
    level: Literal["A", "AA"]
    since: Literal["2.1", "2.2"] | None = None
    applies: bool
    result: Result | None = None
    checked_on: When | None = None
    tests: list[TestName] = []
    looked_at: Text | None = None
    untested: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _says_what_was_tried(self) -> "Criterion":
        tried = bool(self.tests or self.looked_at)
        if not self.applies:
            _want(self.note and not (self.result or tried or self.untested), "criterion_not_applied", "applies")
            return self
        _want(self.result is not None, "criterion_result", "applies")
        _want(tried == (self.result != "untested") == bool(self.checked_on), "criterion_tried", "result")
        _want(self.untested or self.result in {"no-problem", "problem"}, "criterion_untested", "result")
        _want(not self.untested or self.result != "no-problem", "criterion_untested", "result")
        _want(self.note or self.result != "problem", "criterion_problem", "result")
        return self


def _want(holds: object, kind: LiteralString, at: str) -> None:
    if not holds:
        raise PydanticCustomError(kind, kind, {"at": (at,)})


class TestTool(Record):
    """A program the test was done with."""

    __test__ = False  # pytest takes classes of this name for its own

    name: Text
    version: Text
    use: Text


class Sample(Record):
    """A page whose pictures were looked at, and what they showed."""

    page: PageRef
    pictures: Text
    seen: Text


class AxeRun(Record):
    """A run of axe-core: `checks` is how many of the pages × modes were reached."""

    date: When
    pages: SomeCount
    modes: list[Text]
    checks: SomeCount
    violations: Count


class Accessibility(Record):
    """The whole test: `jis` holds the 38 criteria of JIS X 8341-3:2016 A and AA, `additions` what WCAG 2.1 and 2.2 add."""

    tools: list[TestTool]
    run: AxeRun
    samples: list[Sample]
    jis: list[Criterion]
    additions: list[Criterion]
