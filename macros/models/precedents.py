"""Records about real offsets after 2012: what was counted, how much, with which credit, who paid, how it was proved."""

from typing import Annotated, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import (
    CaseRef,
    CautionRef,
    Grade,
    Id,
    MethodRef,
    NotEmpty,
    OfferRef,
    PrecedentRef,
    Record,
    SomeAmount,
    SomeCount,
    Text,
    Version,
    When,
)
from .factors import Tax
from .guide import SourceCitation
from .offers import CreditKind
from .versions import check_versions, wording_of

PrecedentKind = Literal[
    "festival",
    "sports",
    "fair",
    "meeting",
    "vehicles",
    "building",
    "gas",
    "print",
    "transport",
    "goods",
    "campaign",
    "given",
    "other",
    "pairing",
]
Boundary = Literal[
    "venue",
    "fuel",
    "visitors",
    "staff",
    "lodging",
    "vehicles",
    "freight",
    "print",
    "waste",
    "gas",
    "gas-life-cycle",
    "goods",
    "daily-life",
    "absorption",
]
CreditScheme = Literal["j-credit", "j-ver", "domestic", "local", "private"]
Fund = Literal[
    "forest-tax", "own-budget", "fee", "surcharge", "donation", "company", "free", "own-credit", "bill", "members"
]


# credits are bought in whole tonnes, and somewhat more than was counted; far more is another unit
MUCH_MORE = 2


class Edition(Record):
    """One of several times, or groups of people, that a precedent was counted for."""

    title: Text
    people: SomeCount | None = None
    emitted_t: SomeAmount | None = None
    offset_t: SomeAmount | None = None


class Precedent(Record):
    """An offset that was done, as its sources tell; what none of them says is left out."""

    id: Id
    title: Text
    who: Text
    place: Text | None = None
    kind: PrecedentKind
    year: When | None = None
    year_text: Text
    people: SomeCount | None = None
    people_text: Text | None = None
    boundary: list[Boundary]
    boundary_text: Text | None = None
    emitted_t: SomeAmount | None = None
    offset_t: SomeAmount | None = None
    amount_text: Text | None = None
    editions: list[Edition] = []
    credits: list[CreditKind] = []
    schemes: list[CreditScheme] = []
    credit_text: Text | None = None
    offers: list[OfferRef] = []
    cost: Text | None = None
    yen_per_t: SomeAmount | None = None
    tax: Tax | None = None
    funds: list[Fund] = []
    payer: Text | None = None
    proof: Text | None = None
    activity: Text | None = None
    reckoned: list[Text] = []
    quote: Text | None = None
    cautions: list[CautionRef] = []
    notes: list[Text] = []
    unseen: list[Text] = []
    methods: list[MethodRef] = []
    cases: list[CaseRef] = []
    grade: Grade
    read_as: Text
    sources: Annotated[list[SourceCitation], NotEmpty]
    checked_on: When
    review_by: When
    versions: list[Version] = []

    @model_validator(mode="after")
    def _says_tax_and_boundary(self) -> "Precedent":
        if (self.cost is None) != (self.tax is None):
            raise PydanticCustomError("cost_tax", "cost tax", {"at": ("cost" if self.cost else "tax",)})
        if self.yen_per_t is not None and self.cost is None:
            raise PydanticCustomError("cost_text", "cost text", {"at": ("yen_per_t",)})
        if "daily-life" in self.boundary and "daily-life" not in self.cautions:
            raise PydanticCustomError("daily_life", "daily life", {"at": ("boundary",)})
        if self.emitted_t and self.offset_t and self.offset_t > MUCH_MORE * self.emitted_t + 1:
            raise PydanticCustomError("much_offset", "much offset", {"at": ("offset_t",)})
        return self

    @model_validator(mode="after")
    def _versions_end_with_this_wording(self) -> "Precedent":
        check_versions(self.versions, wording_of(self, "offers", "methods", "cases"))
        return self

    @property
    def tonnes(self) -> float | None:
        """What was offset, else what was emitted."""
        return self.offset_t or self.emitted_t

    @property
    def one_tonnes(self) -> float | None:
        """The tonnes, unless they are of several events or of no one knows which."""
        return None if NOT_OF_ONE & set(self.cautions) else self.tonnes

    @property
    def old(self) -> bool:
        """Whether it is of 2012 or before."""
        return bool(self.year) and self.year[:4] <= LAST_OLD_YEAR


LAST_OLD_YEAR = "2012"
# cautions that tonnes are not those of one event
NOT_OF_ONE = {"several-events", "which-time"}


class Caution(Record):
    """A warning that several precedents share; its mark stands beside the tonnes in a short line."""

    id: Id
    title: Text
    text: Text
    mark: Text | None = None


class LeftOut(Record):
    """Something that was looked for and not found, or found and not borne out."""

    id: Id
    text: Text
    why: Literal["not-found", "not-borne-out"]


class Alike(Record):
    """The example that the page answers before anything is asked: a kind, and people or tonnes."""

    kind: PrecedentKind
    people: SomeCount | None = None
    tonnes: SomeAmount | None = None


class PrecedentNotes(Record):
    """What `/precedents/` says besides the records; three of them stand side by side as an example."""

    alike: Alike
    side_by_side: list[PrecedentRef]
    cautions: list[Caution]
    left_out: list[LeftOut]
