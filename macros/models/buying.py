"""How one buys: ways and what shuts them, steps, proof, statements, and what is easily mistaken for a credit."""

from typing import Annotated, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import Grade, Id, NotEmpty, OfferRef, Record, SomeCount, Text, When
from .guide import SourceCitation
from .offers import Account, Buyers, CreditKind, Month, Status, Use

Test = Literal[
    "kind",
    "municipalities",
    "minimum",
    "maximum",
    "account",
    "buyers",
    "use",
    "status",
    "months",
    "days",
    "old",
]


# what stands in the words of a condition until a way fills it
HOLES = {"minimum": "〈t〉", "maximum": "〈t〉", "days": "〈t〉", "months": "〈months〉"}


class Grounded(Record):
    """What a statement of today rests on: sources, grade, when it was looked up and when to look again."""

    grade: Grade
    sources: Annotated[list[SourceCitation], NotEmpty]
    checked_on: When
    review_by: When


class Need(Record):
    """What a buyer asks for: tonnes, kind, the month it must be done by, an account of one's own, being local."""

    tonnes: int
    kind: CreditKind
    month: Month
    account: bool
    local: bool


class Shut(Record):
    """A condition that shuts a way, and what is said then; 〈t〉 stands for tonnes, 〈months〉 for months."""

    id: Test
    question: Text
    says: Text

    @model_validator(mode="after")
    def _leaves_room(self) -> "Shut":
        if HOLES.get(self.id, "") not in self.says:
            raise PydanticCustomError("shut_hole", "shut hole", {"at": ("says",)})
        return self


class Way(Grounded):
    """A way to go on: with a credit, or without one."""

    id: Id
    title: Text
    text: Text
    minimum_t: float | None = None
    maximum_t: float | None = None
    kinds: list[CreditKind] = []
    account: Account = "unwritten"
    buyers: Buyers = "anyone"
    use: Use = "anywhere"
    status: Status = "open"
    months: list[Month] = []
    days: int | None = None
    days_text: Text | None = None
    unconfirmed: Text | None = None
    advice: Text | None = None
    offers: list[OfferRef] = []


class BuyingStep(Grounded):
    """A step of the procedure; `final` says what cannot be undone."""

    id: Id
    title: Text
    text: Text
    final: Text | None = None
    unconfirmed: Text | None = None
    advice: Text | None = None


class Proof(Grounded):
    """A paper or a word to have in hand, and why."""

    id: Id
    title: Text
    text: Text


class Wording(Grounded):
    """A rule for statements: what is said, or not said; `example` tells how others did it, in our words."""

    id: Id
    say: bool
    title: Text
    text: Text
    example: Text | None = None
    unconfirmed: Text | None = None


class LookAlike(Grounded):
    """Something that is easily taken for a credit: what it can and cannot claim."""

    id: Id
    title: Text
    can: Text
    cannot: Text
    unconfirmed: Text | None = None


class Gap(Record):
    """Something that was looked for and not found."""

    id: Id
    text: Text


class Buying(Record):
    """What `/buying/` says besides the sellers; offers seen longer ago than `recent_years` are told apart as old."""

    recent_years: SomeCount
    example: Need
    shuts: list[Shut]
    ways: list[Way]
    steps: list[BuyingStep]
    proofs: list[Proof]
    wordings: list[Wording]
    lookalikes: list[LookAlike]
    gaps: list[Gap]
