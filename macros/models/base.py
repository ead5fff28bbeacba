"""Types that every data file uses: text, ids, dates, references and the base record."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

# the keys and places that lead to a value inside a file
Location = tuple[str | int, ...]

ID_PATTERN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
DATE_PATTERN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
VERSION_PATTERN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9a-f]{8})")
LAST_DAY = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


class Form:
    """Marks a type with what editors write there: 文, 日付, 式."""

    def __init__(self, words: str) -> None:
        self.words = words


class Ref(Form):
    """Marks a field whose text is the id of another record of the given kind."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__(words)
        self.kind = kind


def titled(
    meaning: str = "",
    example: str = "",
    *,
    default: Any = ...,
    when: str = "",
    form: str = "",
    names: dict[str, str] | None = None,
) -> Any:
    """Return a field with the Japanese words that the guide for editors, the open data and messages have for it.

    The first sentence of `meaning` is its title; `example` is YAML. `when` says when a field with a default is needed
    all the same, `form` what is written there if the type does not say it, `names` what its values are called.
    A field that a record has anew keeps the words of the record it builds on.
    """
    words = {"when": when, "form": form, "names": names or {}}
    title = meaning.replace("`", "").split("。")[0]
    return Field(default, title=title or None, description=meaning, examples=[example], json_schema_extra=words)


class Record(BaseModel):
    """One mapping of a data file: frozen, strict types, no unknown key."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


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


Text = Annotated[str, Form("文"), AfterValidator(_not_blank)]
Formula = Annotated[Text, Form("式")]
Unit = Annotated[Text, Form("単位")]
Reading = Annotated[str, Form("ひらがなで始めます"), AfterValidator(_starts_with_hiragana)]
Id = Annotated[str, Form("id"), AfterValidator(_looks_like_id)]
When = Annotated[str, Form("日付"), BeforeValidator(_year_as_text), AfterValidator(_is_date)]
Version = Annotated[str, Form("「日付 印」"), AfterValidator(_is_version)]
Address = Annotated[str, Form("アドレス"), AfterValidator(_is_address)]

# counts and amounts
Count = Annotated[int, AfterValidator(_not_negative)]
SomeCount = Annotated[int, AfterValidator(_positive)]
Amount = Annotated[float, AfterValidator(_not_negative)]
SomeAmount = Annotated[float, AfterValidator(_positive)]

SectionRef = Annotated[str, Ref("section", "原資料の節")]
PageRef = Annotated[str, Ref("page", "ページ")]
GroupRef = Annotated[str, Ref("group", "群の id")]
MethodRef = Annotated[str, Ref("method", "取組方法の id")]
CaseRef = Annotated[str, Ref("case", "事例の id")]
TermRef = Annotated[str, Ref("term", "用語の id")]
LinkRef = Annotated[str, Ref("link", "資料の id")]
FigureRef = Annotated[str, Ref("figure", "図の id")]
ModelRef = Annotated[str, Ref("report_model", "取組モデルの id")]
TableRef = Annotated[str, Ref("table", "調査の表の id")]
NodeRef = Annotated[str, Ref("node", "この図の `nodes` の id")]
ColumnRef = Annotated[str, Ref("column", "この流れの `columns` の id")]
StepRef = Annotated[str, Ref("step", "この流れの `steps` の id")]
RemarkRef = Annotated[str, Ref("remark", "断り書きの id")]
ChangeRef = Annotated[str, Ref("change", "変わったことの id")]
NumberRef = Annotated[str, Ref("number", "数の id")]
DocumentRef = Annotated[str, Ref("document", "原資料の id")]
PossibilityRef = Annotated[str, Ref("possibility", "可能性の id")]
CalculatorRef = Annotated[str, Ref("calculator", "計算器の id")]
# what a macro of a page may name besides: that page, a value that records have in a field, a CSV
OwnPageRef = Annotated[str, Ref("own_page", "そのページ")]
CaseKindRef = Annotated[str, Ref("case_kind", "事例の種類")]
LinkKindRef = Annotated[str, Ref("link_kind", "資料の種類")]
TopicRef = Annotated[str, Ref("topic", "話題")]
OpenTableRef = Annotated[str, Ref("open_table", "公開データの表")]
HelperRef = Annotated[str, Ref("helper", "`helpers.yml` の id")]
FactorSourceRef = Annotated[str, Ref("factor_source", "係数の出典の id")]
FactorSetRef = Annotated[str, Ref("factor_set", "係数の版の id")]
OfferRef = Annotated[str, Ref("offer", "売り手の id")]
# a step of a method's flow or a part of its page, as `a1:retire`, `a3:notes`
MethodPartRef = Annotated[str, Ref("method_part", "方法の段")]
AnswerRef = Annotated[str, Ref("answer", "答えの id")]
AnswerTopicRef = Annotated[str, Ref("answer_topic", "答えの話題")]
# any record that a sentence may rest on, as `changes:id` or `guide:1-3`
GroundRef = Annotated[str, Ref("ground", "「ファイル名:id」")]
PrecedentRef = Annotated[str, Ref("precedent", "いまの実例の id")]
CautionRef = Annotated[str, Ref("caution", "`precedent-notes.yml` の注意の id")]

NotEmpty = AfterValidator(_not_empty)
Sources = Annotated[list[SectionRef], NotEmpty]

Certainty = Literal["stated", "inferred", "damaged", "missing"]
Relation = Literal["stated", "inferred"]
Grade = Literal["A", "A′", "B"]

# what the values that many files share mean; the guide for editors has a table of each
GRADES = {
    "A": "発行者自身の公開文書で見た",
    "A′": "公式文書の写しで見た",
    "B": "二次資料（解説、報道、用語集など）で見た",
}
CERTAINTIES = {
    "stated": "原資料の記載どおり",
    "inferred": "原資料からの推定",
    "damaged": "記載はあるが、乱れや食い違いがある",
    "missing": "失われている",
}
