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
    titled,
)
from .factors import Tax
from .guide import SourceCitation
from .offers import CREDIT_KINDS, CreditKind
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
PRECEDENT_KINDS = {
    "festival": "祭り",
    "sports": "競技大会",
    "fair": "フェア・式典・博覧会",
    "meeting": "会議",
    "vehicles": "公用車",
    "building": "庁舎・施設",
    "gas": "都市ガスの契約",
    "print": "印刷物・広報紙",
    "transport": "バス・物の輸送",
    "goods": "品物・返礼品",
    "campaign": "選挙・議員",
    "given": "クレジットを出した側",
    "other": "そのほか",
    "pairing": "相手の森の整備。無効化はしない",
}
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


class Edition(Record, title="回ごとの量"):
    """One of several times, or groups of people, that a precedent was counted for."""

    title: Text = titled("回や、人の分け", "2015年")
    people: SomeCount | None = titled("人数", "1061", default=None, form="1以上の整数")
    emitted_t: SomeAmount | None = titled("排出量（t-CO2）", "35.5", default=None)
    offset_t: SomeAmount | None = titled("オフセットした量（t-CO2）", "35.5", default=None)


class Precedent(Record, title="いまの実例"):
    """An offset that was done, as its sources tell; what none of them says is left out."""

    id: Id = titled("実例の名前", "arakawa-vehicles")
    title: Text = titled("題", "荒川区の公用車（令和6年度分）")
    who: Text = titled("行った団体", "荒川区")
    place: Text | None = titled("都道府県。全国なら書きません", "東京都", default=None)
    kind: PrecedentKind = titled("種類", "vehicles", names=PRECEDENT_KINDS)
    year: When | None = titled("行った年か日。見えなければ書きません", "2025-10-23", default=None)
    year_text: Text = titled("ページに出す、年と日", "2015年10月25日")
    people: SomeCount | None = titled("人数。1人あたりの計算に使います", "560", default=None, form="1以上の整数")
    people_text: Text | None = titled("人数の説明", "来場560人", default=None)
    boundary: list[Boundary] = titled(
        "数えたもの。書かれていなければ `[]`",
        "[venue, visitors]",
        names={
            "venue": "会場・建物のエネルギー",
            "fuel": "発電機などの燃料",
            "visitors": "参加者・来場者の移動",
            "staff": "運営する人・選手の移動",
            "lodging": "宿泊",
            "vehicles": "車・バスの燃料",
            "freight": "物の輸送",
            "print": "紙・印刷",
            "waste": "ごみ",
            "gas": "都市ガスの燃焼",
            "gas-life-cycle": "都市ガスの採掘から燃焼まで",
            "goods": "物品・飲食",
            "daily-life": "来場者などの日常生活",
            "absorption": "森林の吸収",
        },
    )
    boundary_text: Text | None = titled(
        "数えたものの説明", "会場の電気、ごみの焼却、参加者の市内での移動", default=None
    )
    emitted_t: SomeAmount | None = titled("排出量（t-CO2）", "160.8", default=None)
    offset_t: SomeAmount | None = titled("オフセットした量（t-CO2）", "41.9", default=None)
    amount_text: Text | None = titled("量の説明。率、見込みかどうかなど", "排出の見込みの約26%", default=None)
    editions: list[Edition] = titled("回ごと、人の分けごとの量", default=[])
    credits: list[CreditKind] = titled("クレジットの種類", "[forest]", default=[], names=CREDIT_KINDS)
    schemes: list[CreditScheme] = titled(
        "クレジットの制度",
        "[j-credit]",
        default=[],
        names={
            "j-credit": "J-クレジット",
            "j-ver": "J-VER",
            "domestic": "国内クレジット",
            "local": "都道府県や市の制度",
            "private": "民間の制度",
        },
    )
    credit_text: Text | None = titled(
        "クレジットの名前と売り手", "町有林のJ-クレジット。売り手は長野県木曽町", default=None
    )
    offers: list[OfferRef] = titled("売り手の記録", "[kiso-forest]", default=[])
    cost: Text | None = titled(
        "額。いつの額かも書きます",
        "1 tあたり11,000円（2025年10月23日のページ）",
        default=None,
        when="`tax` があるときは必須",
    )
    yen_per_t: SomeAmount | None = titled("1 tあたりの額（円）。資料にあるときだけ書きます", "11000", default=None)
    tax: Tax | None = titled("消費税", "不明", default=None, when="`cost` があるときは必須")
    funds: list[Fund] = titled(
        "財源",
        "[forest-tax]",
        default=[],
        names={
            "forest-tax": "森林環境譲与税",
            "own-budget": "主催者",
            "fee": "参加料",
            "surcharge": "品物への上乗せ",
            "donation": "寄付・協力金・募金",
            "company": "企業",
            "free": "無償の提供",
            "own-credit": "自分の持ち分",
            "bill": "ガス料金のなか",
            "members": "団体・会員",
        },
    )
    payer: Text | None = titled("だれが払ったか", "区。財源は森林環境譲与税", default=None)
    proof: Text | None = titled("証明", "市の証書", default=None)
    activity: Text | None = titled("活動量", "1年に約9万 m³", default=None)
    reckoned: list[Text] = titled("このサイトでの計算。資料にない数です", "[2 t×9人＝18 t]", default=[])
    quote: Text | None = titled("出典の言葉。短く写します", "1t-CO2のクレジットを売買する", default=None)
    cautions: list[CautionRef] = titled("読むときの注意", "[part]", default=[])
    notes: list[Text] = titled("そのほかに分かったこと", "[売上は県有林の整備に使われる]", default=[])
    unseen: list[Text] = titled("見えなかったこと", "[額]", default=[])
    methods: list[MethodRef] = titled("近い取組方法。内容からの推定です", "[a1, d1]", default=[])
    cases: list[CaseRef] = titled("関わりのある、2011年の事例", "[kyoto]", default=[])
    grade: Grade = titled("確度。C は書けません", "A")
    read_as: Text = titled("何を読んだか", "発行者のページの写し")
    sources: Annotated[list[SourceCitation], NotEmpty] = titled("出典。1つ以上")
    checked_on: When = titled("調べた日", "2026-11-28")
    review_by: When = titled("見直す期限", "2027-11-30")
    versions: list[Version] = titled(
        "文を書いた日と、その文の印。始めが載せた日、終わりが文の変わった日",
        "[2026-11-28 0a1b2c3d]",
        default=[],
        form="「日付 印」の並び。書く行は検査が示します",
    )

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


class Caution(Record, title="注意"):
    """A warning that several precedents share; its mark stands beside the tonnes in a short line."""

    id: Id = titled("注意の名前", "daily-life")
    title: Text = titled("題", "来場者の日常生活は、催しの排出ではありません")
    text: Text = titled("説明", "1つの催しの量ではありません。")
    mark: Text | None = titled("短い行で、量のわきに付ける言葉", "いくつかの催しの合計", default=None)


class LeftOut(Record, title="入れなかったもの"):
    """Something that was looked for and not found, or found and not borne out."""

    id: Id = titled("名前", "coming-of-age")
    text: Text = titled("何か", "成人式、二十歳のつどい")
    why: Literal["not-found", "not-borne-out"] = titled(
        "入れなかったわけ", "not-found", names={"not-found": "見つからない", "not-borne-out": "確かめられない"}
    )


class Alike(Record, title="「うちに似た例」の条件"):
    """The example that the page answers before anything is asked: a kind, and people or tonnes."""

    kind: PrecedentKind = titled("種類", "festival", names=PRECEDENT_KINDS)
    people: SomeCount | None = titled("人数", "2000", default=None, form="1以上の整数")
    tonnes: SomeAmount | None = titled("量（t）。人数を書かないときに使います", "20", default=None)


class PrecedentNotes(Record, title="実例の注意と、入れなかったもの"):
    """What `/precedents/` says besides the records; three of them stand side by side as an example."""

    alike: Alike = titled("「うちに似た例」に、はじめに出す条件")
    side_by_side: list[PrecedentRef] = titled("はじめに並べておく実例", "[kyoto-marathon-2014]")
    cautions: list[Caution] = titled("読むときの注意")
    left_out: list[LeftOut] = titled("見つからなかったもの、入れなかったもの")
