"""Types that every data file uses: text, ids, dates, references and the base record."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

# the keys and places that lead to a value inside a file
Location = tuple[str | int, ...]

ID_PATTERN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
DATE_PATTERN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
VERSION_PATTERN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9a-f]{8})")
LAST_DAY = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


class Record(BaseModel):
    """One mapping of a data file: frozen, strict types, no unknown key."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Ref:
    """Marks a field whose text is the id of another record of the given kind."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "blank")
    if value != value.strip():
        raise PydanticCustomError("margin", "margin")
    return value


def _looks_like_id(value: str) -> str:
    if not ID_PATTERN.fullmatch(value):
        raise PydanticCustomError("bad_id", "bad id")
    return value


def _is_date(value: str) -> str:
    match = DATE_PATTERN.fullmatch(value)
    if not match:
        raise PydanticCustomError("bad_date", "bad date")
    year, month, day = match.groups()
    too_late = day and int(day) > LAST_DAY.get(int(month), 31)
    leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    if too_late or (month == "02" and day == "29" and not leap):
        raise PydanticCustomError("bad_date", "bad date")
    return value


def _is_version(value: str) -> str:
    match = VERSION_PATTERN.fullmatch(value)
    if not match:
        raise PydanticCustomError("bad_version", "bad version")
    _is_date(match[1])
    return value


def _is_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", value):
        raise PydanticCustomError("bad_address", "bad address")
    # a name with a password, a machine of one's own network
    if not re.fullmatch(r"https?://(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d+)?(?:[/?#].*)?", value):
        raise PydanticCustomError("own_address", "own address")
    if re.search(r"[?&](?:utm_\w+|fbclid|gclid)=", value):
        raise PydanticCustomError("tracking", "tracking")
    return value


def _not_empty(value: list) -> list:
    if not value:
        raise PydanticCustomError("no_sources", "no sources")
    return value


def _not_negative(value: float) -> float:
    if value < 0:
        raise PydanticCustomError("negative", "negative")
    return value


def _positive(value: float) -> float:
    if value <= 0:
        raise PydanticCustomError("not_positive", "not positive")
    return value


def _year_as_text(value: object) -> object:
    """YAML reads a bare year as a number; editors mean a date."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _starts_with_hiragana(value: str) -> str:
    if not re.match(r"[ぁ-ん]", value):
        raise PydanticCustomError("reading", "reading")
    return value


Text = Annotated[str, AfterValidator(_not_blank)]
Reading = Annotated[str, AfterValidator(_starts_with_hiragana)]
Id = Annotated[str, AfterValidator(_looks_like_id)]
When = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_is_date)]
Version = Annotated[str, AfterValidator(_is_version)]
Address = Annotated[str, AfterValidator(_is_address)]

# counts and amounts
Count = Annotated[int, AfterValidator(_not_negative)]
SomeCount = Annotated[int, AfterValidator(_positive)]
Amount = Annotated[float, AfterValidator(_not_negative)]
SomeAmount = Annotated[float, AfterValidator(_positive)]

SectionRef = Annotated[str, Ref("section")]
PageRef = Annotated[str, Ref("page")]
GroupRef = Annotated[str, Ref("group")]
MethodRef = Annotated[str, Ref("method")]
CaseRef = Annotated[str, Ref("case")]
TermRef = Annotated[str, Ref("term")]
LinkRef = Annotated[str, Ref("link")]
FigureRef = Annotated[str, Ref("figure")]
ModelRef = Annotated[str, Ref("report_model")]
TableRef = Annotated[str, Ref("table")]
NodeRef = Annotated[str, Ref("node")]
ColumnRef = Annotated[str, Ref("column")]
StepRef = Annotated[str, Ref("step")]
RemarkRef = Annotated[str, Ref("remark")]
ChangeRef = Annotated[str, Ref("change")]
NumberRef = Annotated[str, Ref("number")]
DocumentRef = Annotated[str, Ref("document")]
PossibilityRef = Annotated[str, Ref("possibility")]
CalculatorRef = Annotated[str, Ref("calculator")]
# what a macro of a page may name besides: that page, a value that records have in a field, a CSV
OwnPageRef = Annotated[str, Ref("own_page")]
CaseKindRef = Annotated[str, Ref("case_kind")]
LinkKindRef = Annotated[str, Ref("link_kind")]
TopicRef = Annotated[str, Ref("topic")]
OpenTableRef = Annotated[str, Ref("open_table")]
HelperRef = Annotated[str, Ref("helper")]
FactorSourceRef = Annotated[str, Ref("factor_source")]
FactorSetRef = Annotated[str, Ref("factor_set")]
OfferRef = Annotated[str, Ref("offer")]
# a step of a method's flow or a part of its page, as `a1:retire`, `a3:notes`
MethodPartRef = Annotated[str, Ref("method_part")]
AnswerRef = Annotated[str, Ref("answer")]
AnswerTopicRef = Annotated[str, Ref("answer_topic")]
# any record that a sentence may rest on, as `changes:id` or `guide:1-3`
GroundRef = Annotated[str, Ref("ground")]
PrecedentRef = Annotated[str, Ref("precedent")]
CautionRef = Annotated[str, Ref("caution")]

NotEmpty = AfterValidator(_not_empty)
Sources = Annotated[list[SectionRef], NotEmpty]

Certainty = Literal["stated", "inferred", "damaged", "missing"]
Relation = Literal["stated", "inferred"]
Grade = Literal["A", "A′", "B"]
