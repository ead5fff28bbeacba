"""Questions that officers are asked, each sentence of the answer with the records it rests on."""

from typing import Annotated, Literal

from pydantic import model_validator

from .base import Id, NotEmpty, PageRef, Record, Text, Version, When, titled
from .grounds import Said
from .versions import check_versions

# what the page and the feed show of an answer
SHOWN_WORDING = ("topic", "question", "short", "then", "now", "unconfirmed", "next")


class NextStep(Record, title="次に読むところ"):
    """Where to go on: a page, a part of it by the id of its heading."""

    text: Text = titled("リンクの言葉", "売り手の一覧を見る")
    page: PageRef = titled("ページ", "buying/index", form="ページの道すじ")
    part: Id | None = titled("ページの中の見出しの id", "sellers", default=None)


class Answer(Record, title="よくある問い"):
    """A question in the words of who asks, and its answer: in 30 seconds, then 2011, today, what is open, what next."""

    id: Id = titled("問いの名前", "where-to-buy")
    topic: Literal["basics", "credits", "buying", "proof", "money", "people"] = titled(
        "話題",
        "buying",
        names={
            "basics": "始める前に",
            "credits": "クレジットを選ぶ",
            "buying": "買う",
            "proof": "証明し、公表する",
            "money": "お金",
            "people": "伝える",
        },
    )
    question: Text = titled("問い", "どこで、だれから買えますか")
    asks: Annotated[list[Text], NotEmpty] = titled(
        "聞く人の言葉。検索が使い、ページには出ません", "[どこで買える, 誰から買う]"
    )
    short: Annotated[list[Said], NotEmpty] = titled("30秒で言える答え")
    then: list[Said] = titled("2011・2012年の資料にあること", default=[])
    now: Annotated[list[Said], NotEmpty] = titled("いまのこと。日付を書きます")
    unconfirmed: list[Said] = titled("確かめられていないこと。「未確認」の印が付きます", default=[])
    next: Annotated[list[NextStep], NotEmpty] = titled("次に読むところ")
    checked_on: When = titled("調べた日", "2026-11-28")
    review_by: When = titled("見直す期限。過ぎると、印が付きます", "2027-05-31")
    versions: list[Version] = titled(
        "文を書いた日と、その文の印。始めが載せた日、終わりが文の変わった日",
        "[2026-11-28 0a1b2c3d]",
        default=[],
        form="「日付 印」の並び。書く行は検査が示します",
    )

    @model_validator(mode="after")
    def _versions_end_with_this_wording(self) -> "Answer":
        check_versions(self.versions, self.model_dump(include=set(SHOWN_WORDING), exclude_none=True))
        return self

    @property
    def said(self) -> list[Said]:
        """Every sentence, in the order of the page."""
        return [*self.short, *self.then, *self.now, *self.unconfirmed]
