"""Records about sellers of credits: prices with their day and tax, who may buy, who retires, when."""

from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import Count, Form, Grade, Id, NotEmpty, Record, Text, Version, When, titled
from .dates import first_day, last_day
from .factors import PriceKind, Tax
from .guide import SourceCitation
from .versions import check_versions, wording_of

CreditKind = Literal["forest", "renewable", "energy-saving", "blue-carbon"]
CREDIT_KINDS = {
    "forest": "森林",
    "renewable": "再エネ",
    "energy-saving": "省エネなどの排出削減",
    "blue-carbon": "ブルーカーボン",
}
Programme = Literal["j-credit", "j-ver", "local", "private"]
Channel = Literal["seller", "agency", "tender", "market"]
Status = Literal["open", "waiting", "closed", "unknown"]
Buyers = Literal["anyone", "local", "unwritten"]
BUYERS = {"anyone": "だれでも", "local": "地元だけ", "unwritten": "書かれていない"}
Municipalities = Literal["bought", "written", "unwritten", "excluded"]
Use = Literal["anywhere", "local", "unwritten"]
USES = {"anywhere": "どこでも", "local": "地元だけ", "unwritten": "書かれていない"}
Retirement = Literal["seller", "choice", "buyer", "unwritten"]
Account = Literal["needed", "not-needed", "unwritten"]
ACCOUNTS = {"needed": "要る", "not-needed": "要らない", "unwritten": "書かれていない"}


def _is_month(value: int) -> int:
    if not 1 <= value <= 12:
        raise PydanticCustomError("month", "month")
    return value


Month = Annotated[int, Form("1から12の整数"), AfterValidator(_is_month)]


class OfferPrice(Record, title="1 tあたりの額"):
    """What a tonne cost on a day, in yen; never edited once published: `until` closes it, a new one follows.

    Without a `source` it was read where the offer was.
    """

    yen: Count = titled("1 tあたりの額（円）", "11000")
    yen_to: Count | None = titled("幅のあるときの、高い方の額（円）", "16000", default=None)
    or_more: bool = titled("この額からか", "true", default=False)
    tax: Tax = titled("消費税", "込")
    kind: PriceKind = titled("何の額か", "売り出し")
    credit: CreditKind | None = titled(
        "クレジットの種類。売り手が何種類も売るときに書きます", "renewable", default=None, names=CREDIT_KINDS
    )
    from_t: float | None = titled("この額になる量（t）のはじめ", "100", default=None)
    to_t: float | None = titled("この額になる量（t）の終わり", "499", default=None)
    condition: Text | None = titled("この額になる条件", "道内に本支店がある買い手", default=None)
    date: When | None = titled("額の日付", "2025-10-23", default=None)
    date_text: Text = titled("ページに出す、額の日付", "2025年10月23日")
    until: When | None = titled(
        "次の額に替わった日。古い額に書きます。額の日付より前にはできません", "2025-02", default=None
    )
    note: Text | None = titled("注意書き", "見積もる額の下限です", default=None)
    grade: Grade = titled("確度。C は書けません", "A")
    source: SourceCitation | None = titled("額の出典。売り手の出典と違うときに書きます", default=None)

    @model_validator(mode="after")
    def _from_low_to_high(self) -> "OfferPrice":
        if self.yen_to is not None and self.yen_to <= self.yen:
            raise PydanticCustomError("reversed_price", "reversed price", {"at": ("yen_to",)})
        if self.until and self.date and last_day(self.until) < first_day(self.date):
            raise PydanticCustomError("until_before", "until before", {"at": ("until",)})
        if self.from_t is not None and self.to_t is not None and self.from_t > self.to_t:
            raise PydanticCustomError("reversed_tonnes", "reversed tonnes", {"at": ("to_t",)})
        return self


class OfferDays(Record, title="日数"):
    """How many working days a step takes, as the seller writes."""

    step: Text = titled("何から何までか", "支払いから無効化まで")
    days: int = titled("営業日の数", "7")


class Offer(Record, title="売り手"):
    """A seller of credits and what was seen of the sale; what no page says is `unwritten` or left out."""

    id: Id = titled("売り手の名前", "murakami-forest")
    seller: Text = titled("売り手", "新潟県村上市")
    title: Text = titled("クレジットの名前", "豊かなさけの森林づくりクレジット")
    place: Text | None = titled("都道府県", "新潟県", default=None)
    kinds: list[CreditKind] = titled("クレジットの種類。書かれていなければ `[]`", "[forest]", names=CREDIT_KINDS)
    programmes: list[Programme] = titled(
        "クレジットの制度。書かれていなければ `[]`",
        "[j-credit]",
        names={"j-credit": "J-クレジット", "j-ver": "J-VER", "local": "都道府県や市の制度", "private": "民間の制度"},
    )
    channel: Channel = titled(
        "売り方",
        "seller",
        names={"seller": "売り手から直接", "agency": "取り次ぎ", "tender": "入札・公募", "market": "市場"},
    )
    status: Status = titled(
        "売っているか",
        "open",
        names={
            "open": "売っているとみられる",
            "waiting": "次の募集を待つ",
            "closed": "終わった",
            "unknown": "分からない",
        },
    )
    status_on: When | None = titled("売っているかを書いた資料の日。見えなければ書きません", "2025-10-23", default=None)
    status_text: Text = titled("売っているかの説明", "2025年10月のページでは売っています", form="1文")
    prices: list[OfferPrice] = titled("1 tあたりの額。古い額も残します", default=[])
    minimum_t: float | None = titled("最低の量（t）", "1", default=None)
    maximum_t: float | None = titled("最高の量（t）", "200", default=None)
    unit_t: float | None = titled("売る量の刻み（t）", "1", default=None)
    stock: Text | None = titled("出ている量", "428 t（2025年度分）", default=None)
    buyers: Buyers = titled("地元の買い手に限るか", "anyone", default="unwritten", names=BUYERS)
    buyers_text: Text | None = titled("書かれている買い手", "企業・団体", default=None, when="`local` のときは必須")
    municipalities: Municipalities = titled(
        "自治体が買えるか",
        "bought",
        default="unwritten",
        names={
            "bought": "買った例がある",
            "written": "買えると書かれている",
            "unwritten": "書かれていない",
            "excluded": "買えないと読める",
        },
    )
    municipalities_text: Text | None = titled(
        "自治体が買えるかのわけ", "荒川区が212 tを買いました", default=None, when="`unwritten` でないときは必須"
    )
    use: Use = titled("使いみちが地元に限られるか", "local", default="unwritten", names=USES)
    use_text: Text | None = titled("使いみちの決まり", "札幌市内で行う事業のオフセット", default=None)
    retirement: Retirement = titled(
        "無効化をだれがするか",
        "choice",
        default="unwritten",
        names={"seller": "売り手", "choice": "選べる", "buyer": "買い手", "unwritten": "書かれていない"},
    )
    retirement_text: Text | None = titled("無効化の説明", "申込書で、無効化か、口座への移転を選びます", default=None)
    account: Account = titled("登録簿の口座が要るか", "not-needed", default="unwritten", names=ACCOUNTS)
    prepaid: bool | None = titled("代金が先か", "true", default=None)
    days: list[OfferDays] = titled("日数の書かれた手順", default=[])
    apply: Text | None = titled("申し込み方", "様式第1～3号を、郵送か持参", default=None)
    months: list[Month] = titled("毎年の募集の月", "[1, 2]", default=[], when="`waiting` のときは必須")
    season: Text | None = titled("募集の時期の説明", "毎年10月", default=None)
    quote: Text | None = titled("出典の言葉。25語まで", "1t-CO2単位で販売します", default=None)
    notes: list[Text] = titled("そのほかに分かったこと", "[40 t以上で木製の板がもらえます]", default=[])
    unseen: list[Text] = titled("見えなかったこと", "[申込先]", default=[])
    grade: Grade = titled("確度。C は書けません", "A")
    read_as: Text = titled("何を読んだか", "発行者のページの写し")
    sources: Annotated[list[SourceCitation], NotEmpty] = titled("出典。1つ以上")
    checked_on: When = titled("調べた日", "2026-11-27")
    review_by: When = titled("見直す期限。過ぎると、額のそばに印が付きます", "2027-05-31")
    versions: list[Version] = titled(
        "文を書いた日と、その文の印。始めが載せた日、終わりが文の変わった日",
        "[2026-11-28 0a1b2c3d]",
        default=[],
        form="「日付 印」の並び。書く行は検査が示します",
    )

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
