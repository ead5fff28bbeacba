"""How one buys: ways and what shuts them, steps, proof, statements, and what is easily mistaken for a credit."""

from typing import Annotated, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import Grade, Id, NotEmpty, OfferRef, Record, SomeCount, Text, When, titled
from .guide import SourceCitation
from .offers import ACCOUNTS, BUYERS, CREDIT_KINDS, USES, Account, Buyers, CreditKind, Month, Status, Use

Test = Literal[
    "kind", "municipalities", "minimum", "maximum", "account", "buyers", "use", "status", "months", "days", "old"
]


# what stands in the words of a condition until a way fills it
HOLES = {"minimum": "〈t〉", "maximum": "〈t〉", "days": "〈t〉", "months": "〈months〉"}


class Grounded(Record):
    """What a statement of today rests on: sources, grade, when it was looked up and when to look again."""

    grade: Grade = titled("確度。C は書けません", "A")
    sources: Annotated[list[SourceCitation], NotEmpty] = titled("出典。1つ以上")
    checked_on: When = titled("調べた日", "2026-11-27")
    review_by: When = titled("見直す期限", "2027-11-30")


class Need(Record, title="例"):
    """What a buyer asks for: tonnes, kind, the month it must be done by, an account of one's own, being local."""

    tonnes: int = titled("買う量（t）", "5")
    kind: CreditKind = titled("クレジットの種類", "forest", names=CREDIT_KINDS)
    month: Month = titled("いつまでに（月）", "3")
    account: bool = titled("登録簿の口座があるか", "false")
    local: bool = titled("売り手の地元にあるか", "false")


class Shut(Record, title="ふさがる条件"):
    """A condition that shuts a way, and what is said then; 〈t〉 stands for tonnes, 〈months〉 for months."""

    id: Test = titled(
        "条件の名前",
        "minimum",
        names={
            "kind": "種類",
            "municipalities": "自治体",
            "minimum": "最低の量",
            "maximum": "最高の量",
            "account": "口座",
            "buyers": "買い手",
            "use": "使いみち",
            "status": "募集",
            "months": "募集の月",
            "days": "日数",
            "old": "時点",
        },
    )
    question: Text = titled("何についてか", "量")
    says: Text = titled("ページに出す言葉。〈t〉は量や日数、〈months〉は月に替わります", "登録簿の口座が要ります")

    @model_validator(mode="after")
    def _leaves_room(self) -> "Shut":
        if HOLES.get(self.id, "") not in self.says:
            raise PydanticCustomError("shut_hole", "shut hole", {"at": ("says",)})
        return self


class Way(Grounded, title="道"):
    """A way to go on: with a credit, or without one."""

    id: Id = titled("道の名前", "fc-base-m")
    title: Text = titled("ページに出す道の名前", "FC BASE-Mに申し込む")
    text: Text = titled("説明", "事務局が無効化できます。")
    minimum_t: float | None = titled("最低の量（t）", "10", default=None)
    maximum_t: float | None = titled("最高の量（t）", "999", default=None)
    kinds: list[CreditKind] = titled(
        "クレジットの種類。書かなければ、どれでも", "[forest]", default=[], names=CREDIT_KINDS
    )
    account: Account = titled("登録簿の口座が要るか", "needed", default="unwritten", names=ACCOUNTS)
    buyers: Buyers = titled("地元の買い手に限るか", "local", default="anyone", names=BUYERS)
    use: Use = titled("使いみちが地元に限られるか", "local", default="anywhere", names=USES)
    status: Status = titled(
        "使えるか",
        "open",
        default="open",
        names={"open": "使えるとみられる", "waiting": "次の募集を待つ", "closed": "終わった", "unknown": "分からない"},
    )
    months: list[Month] = titled("募集の月", "[1, 2]", default=[])
    days: int | None = titled("かかる日数。間に合うかを調べるのに使います", "14", default=None)
    days_text: Text | None = titled("かかる日数の説明", "口座を開くまでに2週間ほど", default=None)
    unconfirmed: Text | None = titled(
        "確かめられていないこと。「未確認」の印が付きます", "料金の表は見つかりませんでした。", default=None
    )
    advice: Text | None = titled("このサイトからの助言。その印が付きます", "先に売り手に聞きます。", default=None)
    offers: list[OfferRef] = titled("この道の売り手", "[fc-base-m]", default=[])


class BuyingStep(Grounded, title="手続きの段"):
    """A step of the procedure; `final` says what cannot be undone."""

    id: Id = titled("段の名前", "retire")
    title: Text = titled("ページに出す段の名前", "無効化する")
    text: Text = titled("説明", "登録簿で申請します。")
    final: Text | None = titled(
        "取り消せないこと。「取り消せません」の印が付きます", "無効化のあとは直せません。", default=None
    )
    unconfirmed: Text | None = titled(
        "確かめられていないこと。「未確認」の印が付きます", "今年の日程は見ていません。", default=None
    )
    advice: Text | None = titled("このサイトからの助言。その印が付きます", "早めに申し込みます。", default=None)


class Proof(Grounded, title="証明"):
    """A paper or a word to have in hand, and why."""

    id: Id = titled("証明の名前", "notice-copy")
    title: Text = titled("そろえるもの", "無効化の通知の写し")
    text: Text = titled("確かめること", "申請した人に届くものです。")


class Wording(Grounded, title="書き方の決まり"):
    """A rule for statements: what is said, or not said; `example` tells how others did it, in our words."""

    id: Id = titled("決まりの名前", "share")
    say: bool = titled("書くことか（`false` なら書かないこと）", "true")
    title: Text = titled("書くこと、書かないこと", "先に減らした取り組み")
    text: Text = titled("わけ", "一部なら「一部」と書きます。")
    example: Text | None = titled(
        "ほかの例。自分の言葉で書きます", "荒川区は、公用車の排出の一部と書きました。", default=None
    )
    unconfirmed: Text | None = titled(
        "確かめられていないこと。「未確認」の印が付きます", "述べたページは見つかりませんでした。", default=None
    )


class LookAlike(Grounded, title="取り違えやすいもの"):
    """Something that is easily taken for a credit: what it can and cannot claim."""

    id: Id = titled("ものの名前", "green-power")
    title: Text = titled("ページに出す名前", "グリーン電力証書")
    can: Text = titled("言えること、使えること", "使った電気の環境の価値を示せます。")
    cannot: Text = titled("言えないこと、使えないこと", "車の排出は埋め合わせられません。")
    unconfirmed: Text | None = titled(
        "確かめられていないこと。「未確認」の印が付きます", "いまの額は見えていません。", default=None
    )


class Gap(Record, title="見つからなかったもの"):
    """Something that was looked for and not found."""

    id: Id = titled("名前", "specification")
    text: Text = titled("さがして、見つからなかったもの", "自治体がクレジットを買うための仕様書")


class Buying(Record, title="買うときの道と手続き"):
    """What `/buying/` says besides the sellers; offers seen longer ago than `recent_years` are told apart as old."""

    recent_years: SomeCount = titled("何年前までの売り手を、いまのものとして示すか", "2")
    example: Need = titled("ページの表に出す例")
    shuts: list[Shut] = titled("道がふさがる条件")
    ways: list[Way] = titled("買うときの道")
    steps: list[BuyingStep] = titled("手続き")
    proofs: list[Proof] = titled("そろえる証明")
    wordings: list[Wording] = titled("公表する文の決まり")
    lookalikes: list[LookAlike] = titled("取り違えやすいもの")
    gaps: list[Gap] = titled("見つからなかったもの")
