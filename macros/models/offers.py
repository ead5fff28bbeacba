"""Records about sellers of credits: prices with their day and tax, who may buy, who retires, when."""

from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import Count, Grade, Id, NotEmpty, Record, Text, Version, When
from .dates import first_day, last_day
from .factors import PriceKind, Tax
from .guide import SourceCitation
from .versions import check_versions, wording_of

CreditKind = Literal["forest", "renewable", "energy-saving", "blue-carbon"]
Programme = Literal["j-credit", "j-ver", "local", "private"]
Channel = Literal["seller", "agency", "tender", "market"]
Status = Literal["open", "waiting", "closed", "unknown"]
Buyers = Literal["anyone", "local", "unwritten"]
Municipalities = Literal["bought", "written", "unwritten", "excluded"]
Use = Literal["anywhere", "local", "unwritten"]
Retirement = Literal["seller", "choice", "buyer", "unwritten"]
Account = Literal["needed", "not-needed", "unwritten"]


def _is_month(value: int) -> int:
    if not 1 <= value <= 12:
        raise PydanticCustomError("month", "month")
    return value


Month = Annotated[int, AfterValidator(_is_month)]


class OfferPrice(Record):
    """What a tonne cost on a day, in yen; never edited once published: `until` closes it, a new one follows.

    Without a `source` it was read where the offer was.
    """

    yen: Count
    yen_to: Count | None = None
    or_more: bool = False
    tax: Tax
    kind: PriceKind
    credit: CreditKind | None = None
    from_t: float | None = None
    to_t: float | None = None
    condition: Text | None = None
    date: When | None = None
    date_text: Text
    until: When | None = None
    note: Text | None = None
    grade: Grade
    source: SourceCitation | None = None

    @model_validator(mode="after")
    def _from_low_to_high(self) -> "OfferPrice":
        if self.yen_to is not None and self.yen_to <= self.yen:
            raise PydanticCustomError("reversed_price", "reversed price", {"at": ("yen_to",)})
        if self.until and self.date and last_day(self.until) < first_day(self.date):
            raise PydanticCustomError("until_before", "until before", {"at": ("until",)})
        if self.from_t is not None and self.to_t is not None and self.from_t > self.to_t:
            raise PydanticCustomError("reversed_tonnes", "reversed tonnes", {"at": ("to_t",)})
        return self


class OfferDays(Record):
    """How many working days a step takes, as the seller writes."""

    step: Text
    days: int


class Offer(Record):
    """A seller of credits and what was seen of the sale; what no page says is `unwritten` or left out."""

    id: Id
    seller: Text
    title: Text
    place: Text | None = None
    kinds: list[CreditKind]
    programmes: list[Programme]
    channel: Channel
    status: Status
    status_on: When | None = None
    status_text: Text
    prices: list[OfferPrice] = []
    minimum_t: float | None = None
    maximum_t: float | None = None
    unit_t: float | None = None
    stock: Text | None = None
    buyers: Buyers = "unwritten"
    buyers_text: Text | None = None
    municipalities: Municipalities = "unwritten"
    municipalities_text: Text | None = None
    use: Use = "unwritten"
    use_text: Text | None = None
    retirement: Retirement = "unwritten"
    retirement_text: Text | None = None
    account: Account = "unwritten"
    prepaid: bool | None = None
    days: list[OfferDays] = []
    apply: Text | None = None
    months: list[Month] = []
    season: Text | None = None
    quote: Text | None = None
    notes: list[Text] = []
    unseen: list[Text] = []
    grade: Grade
    read_as: Text
    sources: Annotated[list[SourceCitation], NotEmpty]
    checked_on: When
    review_by: When
    versions: list[Version] = []

    @model_validator(mode="after")
    def _says_why(self) -> "Offer":
        if self.municipalities != "unwritten" and not self.municipalities_text:
            raise PydanticCustomError("offer_why", "offer why", {"at": ("municipalities",)})
        if self.status == "waiting" and not self.months:
            raise PydanticCustomError("offer_months", "offer months", {"at": ("status",)})
        if self.buyers == "local" and not self.buyers_text:
            raise PydanticCustomError("offer_local", "offer local", {"at": ("buyers",)})
        if self.minimum_t is not None and self.maximum_t is not None and self.minimum_t > self.maximum_t:
            raise PydanticCustomError("reversed_tonnes", "reversed tonnes", {"at": ("maximum_t",)})
        return self

    @model_validator(mode="after")
    def _versions_end_with_this_wording(self) -> "Offer":
        check_versions(self.versions, wording_of(self))
        return self

    @property
    def asked(self) -> list[OfferPrice]:
        """The prices that no later one replaced."""
        return [price for price in self.prices if price.until is None]
