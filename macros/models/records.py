"""Records of cases, terms, links, surveys, the report and what changed since 2011."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import (
    Address,
    CaseRef,
    Certainty,
    Count,
    FigureRef,
    Grade,
    Id,
    LinkRef,
    MethodPartRef,
    MethodRef,
    ModelRef,
    NotEmpty,
    PageRef,
    Reading,
    Record,
    Relation,
    SectionRef,
    SomeCount,
    Sources,
    TableRef,
    TermRef,
    Text,
    Version,
    When,
)
from .guide import SourceCitation
from .versions import WORDING, check_versions

CaseKind = Literal[
    "example",
    "label-product",
    "opportunity",
    "regional-scheme",
    "partnership",
    "model-study",
    "joint-project",
    "suggested-action",
]


class CaseMethod(Record):
    """The tie of a case to a method."""

    ref: MethodRef
    relation: Relation
    why: Text | None = None


class Case(Record):
    """A case study, example, product or action named in the sources."""

    id: Id
    kind: CaseKind
    no: Text | None = None
    name: Text
    asks: list[Text] = []
    name_given: bool = False
    group: Text | None = None
    type: Literal["市場流通型", "特定者間完結型"] | None = None
    classification: Text | None = None
    summary: Text
    offsets: Text | None = None
    means: Text | None = None
    who_pays: Text | None = None
    amount: Text | None = None
    facts: list[Text] = []
    places: list[Text] = []
    parties: list[Text] = []
    year: When | None = None
    year_note: Text | None = None
    programme: Text | None = None
    document: LinkRef | None = None
    model: ModelRef | None = None
    methods: list[CaseMethod] = []
    figures: list[FigureRef] = []
    table: TableRef | None = None
    note: Text | None = None
    source: Sources


class SubTerm(Record):
    """A gas or a credit type listed under a term."""

    id: Id
    term: Text
    symbol: Text | None = None
    english: Text | None = None
    text: Text | None = None


class Term(Record):
    """A term. With no `definition` the page says 「原資料に説明なし」.

    `defined_by` tells where the definition comes from: the guidebook itself (source) or a cited
    public text (citation).
    """

    id: Id
    term: Text
    reading: Reading
    asks: list[Text] = []
    english: Text | None = None
    symbol: Text | None = None
    aliases: list[Text] = []
    kind: Literal["glossary", "footnote", "inline", "used-only", "today"]
    short: Text | None = None
    definition: Text | None = None
    citation: SourceCitation | None = None
    grade: Grade | None = None
    note: Text | None = None
    sub_items: list[SubTerm] = []
    related: list[TermRef] = []
    methods: list[MethodRef] = []
    source: list[SectionRef] = []

    @model_validator(mode="after")
    def _sourced(self) -> "Term":
        if not self.source and not self.citation:
            raise PydanticCustomError("term_source", "term source", {"at": ("source",)})
        if (self.citation is None) != (self.grade is None):
            raise PydanticCustomError("term_grade", "term grade", {"at": ("grade",)})
        if self.id in self.related:
            raise PydanticCustomError("self_related", "self related", {"at": ("related", self.related.index(self.id))})
        if self.definition and not self.short:
            raise PydanticCustomError("term_short", "term short", {"at": ("definition",)})
        if self.short and re.search("[＊《]", self.short):
            raise PydanticCustomError("plain_short", "plain short", {"at": ("short",)})
        return self


class Successor(Record):
    """What to use today instead of an old document or site."""

    title: Text
    url: Address | None = None
    grade: Grade


class Link(Record):
    """A guideline, information source, site or document the sources name."""

    id: Id
    kind: Literal["guideline", "info-source", "site", "document"]
    no: SomeCount | None = None
    title: Text
    asks: list[Text] = []
    abbreviation: Text | None = None
    publisher: Text | None = None
    date: When | None = None
    date_text: Text | None = None
    version: Text | None = None
    contents: list[Text] = []
    url_2011: Address | None = None
    status: Text
    status_grade: Grade | None = None
    successors: list[Successor] = []
    note: Text | None = None
    source: Sources


class TableColumn(Record):
    """A column of a survey table."""

    id: Id
    label: Text
    note: Text | None = None


class Row(Record):
    """A row of numbers, one for each column; `printed` keeps odd marks of the original.

    `total_note` tells that the numbers of the original do not add up.
    """

    id: Id
    label: Text
    values: list[Count]
    total: Count | None = None
    total_note: Text | None = None
    printed: list[Text] = []


class Table(Record):
    """A table of numbers in one unit."""

    id: Id
    title: Text
    unit: Text
    total_label: Text | None = None
    columns: list[TableColumn]
    rows: list[Row]
    notes: list[Text] = []
    document: LinkRef
    as_of: When
    certainty: Certainty
    source: Sources

    @model_validator(mode="after")
    def _as_wide_as_columns(self) -> "Table":
        for i, row in enumerate(self.rows):
            if len(row.values) != len(self.columns):
                raise PydanticCustomError("row_width", "row width", {"at": ("rows", i, "values")})
            if (row.total is None) != (self.total_label is None):
                raise PydanticCustomError("row_total", "row total", {"at": ("rows", i)})
        return self


def _no_digits_as_words(value: float | str) -> float | str:
    """`1_000`, `１００` and `1:30` are texts for YAML, and numbers for who reads them."""
    if isinstance(value, str) and re.fullmatch(r"[\d\s_.,:：，．、＿eE+＋－−△▲-]+", value):
        raise PydanticCustomError("number_as_words", "number as words")
    return value


class Number(Record):
    """A number of the sources, or words for one (「半数以上」), with its unit."""

    id: Id
    value: Annotated[int | float | str, AfterValidator(_no_digits_as_words)]
    unit: Text
    text: Text
    as_of: When
    certainty: Certainty
    note: Text | None = None
    source: Sources


class Surveys(Record):
    """All survey tables and numbers."""

    tables: list[Table]
    numbers: list[Number]


class Activity(Record):
    """A line of the table of activities 2009–2011."""

    id: Id
    year: SomeCount
    era: Text
    name: Text
    text: Text
    case: CaseRef | None = None
    link: LinkRef | None = None


class Done(Record):
    """A project carried out along the road map."""

    text: Text
    years: Text


class Road(Record):
    """One of the three headings of 事業推進の道すじ, with the projects under it."""

    id: Id
    title: Text
    texts: list[Text]
    done: list[Done]
    certainty: Certainty = "inferred"


class ReportModel(Record):
    """A model of 2010 (1–5) and the study of 2011 that took it up."""

    id: Id
    no: SomeCount
    title: Text
    text: Text
    methods: list[MethodRef]
    study: CaseRef | None = None
    figure_labels: list[Text] = []
    note: Text | None = None


class Topic(Record):
    """A heading with its points, as in the platform and accounting studies."""

    id: Id
    title: Text
    intro: Text | None = None
    points: list[Text]


class Possibility(Record):
    """One of the possibilities ①–③ of recommendation 2."""

    id: Id
    mark: Text
    title: Text
    texts: list[Text]
    items: list[Text] = []
    cases: list[CaseRef] = []
    terms: list[TermRef] = []
    source: Sources


class Hint(Record):
    """One of the hints ①–③ of recommendation 3."""

    id: Id
    mark: Text
    title: Text
    text: Text
    cases: list[CaseRef]
    source: Sources


class Report(Record):
    """The parts of the 2012 report that have a structure of their own."""

    author: Text
    issued_text: Text
    committees: list[Topic]
    pillars: list[Text]
    activities: list[Activity]
    review_items: list[Topic]
    roads: list[Road]
    models: list[ReportModel]
    platform: list[Topic]
    accounting: list[Topic]
    possibilities: list[Possibility]
    hints: list[Hint]


class ChangeTable(Record):
    """Figures of today that a change gives, with the unit in the caption."""

    caption: Text
    columns: list[Text]
    rows: list[list[Text]]

    @model_validator(mode="after")
    def _as_wide_as_columns(self) -> "ChangeTable":
        for i, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise PydanticCustomError("row_width", "row width", {"at": ("rows", i)})
        return self


class Change(Record):
    """What changed since 2011, with date, sources and grade (A, A′ or B, never C)."""

    id: Id
    topic: Literal["credits", "market", "labels", "guidelines", "targets", "programme", "cases", "wording"]
    title: Text
    asks: list[Text] = []
    text: Text
    caution: Text | None = None
    unconfirmed: Text | None = None
    advice: Text | None = None
    date: When | None = None
    date_text: Text
    grade: Grade
    checked_on: When
    review_by: When
    sources: Annotated[list[SourceCitation], NotEmpty]
    table: ChangeTable | None = None
    pages: list[PageRef] = []
    steps: list[MethodPartRef] = []
    terms: list[TermRef] = []
    cases: list[CaseRef] = []
    links: list[LinkRef] = []
    versions: list[Version] = []

    @model_validator(mode="after")
    def _versions_end_with_this_wording(self) -> "Change":
        check_versions(self.versions, self.model_dump(include=set(WORDING), exclude_none=True))
        return self

    @model_validator(mode="after")
    def _steps_are_on_its_pages(self) -> "Change":
        for i, step in enumerate(self.steps):
            if f"methods/{step.partition(':')[0]}" not in self.pages:
                raise PydanticCustomError("step_page", "step page", {"at": ("steps", i)})
        return self


class OpenQuestion(Record):
    """Something that could not be confirmed, listed in /about/."""

    id: Id
    text: Text
    pages: list[PageRef] = []


class Spelling(Record):
    """A word and other ways to write it; search takes them for the same."""

    word: Text
    variants: list[Text]


class Synonym(Record):
    """Words that mean the same to someone who searches."""

    words: list[Text]


class WordReading(Record):
    """A word in kanji and how it is read."""

    word: Text
    reading: Reading


class PageWords(Record):
    """Words that lead to a page although they do not stand on it."""

    page: PageRef
    words: list[Text]


class SearchWords(Record):
    """What search knows besides the pages."""

    spellings: list[Spelling] = []
    renamed: list[Synonym] = []
    synonyms: list[Synonym] = []
    readings: list[WordReading] = []
    pages: list[PageWords] = []
    ignored: list[Text] = []
    intents: list[Text] = []

    @model_validator(mode="after")
    def _each_spelling_is_of_one_word(self) -> "SearchWords":
        seen: set[str] = set()
        for i, one in enumerate(self.spellings):
            for j, variant in enumerate(one.variants):
                if variant in seen:
                    raise PydanticCustomError("spelling", "spelling", {"at": ("spellings", i, "variants", j)})
                seen.add(variant)
        return self
