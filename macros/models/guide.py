"""Records about the source documents, the site itself and its figures."""

import re
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import (
    Address,
    Certainty,
    FigureRef,
    Id,
    MethodRef,
    NodeRef,
    PageRef,
    Record,
    SomeCount,
    Sources,
    Text,
    When,
    titled,
)

# more parties than this do not stand side by side
MOST_NODES = 4
REPOSITORY = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+(?<!\.git)")


class Operator(Record, title="運営者"):
    """Who runs the site; both empty until the operator fills them in."""

    name: Text | None = titled("運営する団体の名前", "○○市 環境課", default=None)
    contact: Text | None = titled("連絡先", "電話 00-0000-0000", default=None)

    @model_validator(mode="after")
    def _whole_or_empty(self) -> "Operator":
        if (self.name is None) != (self.contact is None):
            raise PydanticCustomError("operator_half", "operator half")
        return self


class Site(Record, title="サイト"):
    """Who runs the site, when what it says of today was last gathered, where else it is seen, where its files can be edited."""

    operator: Operator = titled("運営者。まだ決まっていなければ `{}`", "{}")
    data_as_of: When = titled("いまのことを最後にまとめて調べた日", "2026-11-21")
    other_addresses: list[Address] = titled(
        "`SITE_URL` のほかに、同じサイトを見せているアドレス（`www` の付くもの、移る前のものなど）。計算器が、そのアドレスでも枠の中で動きます",
        "[https://www.example.jp/offset/]",
        default=[],
    )
    repository: Address | None = titled(
        "このファイルを置いているGitHubのアドレス。書くと、どのページにも「このページを直す」が出ます",
        "https://github.com/example/offset-guidebook",
        default=None,
    )
    branch: Text = titled("直す枝の名前", "main", default="main")

    @model_validator(mode="after")
    def _addresses_lead_there(self) -> "Site":
        for i, address in enumerate(self.other_addresses):
            if not address.endswith("/"):
                raise PydanticCustomError("address_end", "address end", {"at": ("other_addresses", i)})
        if self.repository and not REPOSITORY.fullmatch(self.repository):
            raise PydanticCustomError("repository", "repository", {"at": ("repository",)})
        return self


class Section(Record, title="節"):
    """A part of a source document and the page that carries it here."""

    id: str = titled("参照の後半になる名前", '"1-3"', form="原資料の節の番号か英語。数だけのものは囲みます")
    label: Text = titled("「原資料」の行に出る短い呼び名", "1-3")
    title: Text = titled("節の題。そのページへのリンクの文字にもなります", "基本的要素")
    page: PageRef = titled("その節の内容を載せたページ", "guide/elements")


class Document(Record, title="原資料"):
    """A source document: label is how pages name it (概要版, 提言)."""

    id: Id = titled("参照の前半になる名前", "guide")
    label: Text = titled("ページで使う短い呼び名", "概要版")
    title: Text = titled("題名", "自治体向けカーボン・オフセットガイドブック（概要版）", form="文。原資料のまま")
    title_note: Text | None = titled("題名についての断り", "このサイトで付けた呼び名です。", default=None)
    issued: When = titled("発行日", "2011-07")
    issued_text: Text = titled("ページに出す発行日", "2011（平成23）年7月", form="文。和暦を添えます")
    publishers: list[Text] = titled("発行者", "[特別区長会, 東京都市長会]")
    contractor: Text | None = titled("業務を委託された会社", "アオイ環境株式会社", default=None)
    sections: list[Section] = titled("節")


class Edition(Record, title="3点の刊行物"):
    """One of the three parts the 2011 guidebook was published in."""

    id: Id = titled("刊行物の名前", "summary")
    mark: Text = titled("原資料の番号の印", "❶")
    title: Text = titled("題", "ガイドブック概要版（本冊子）")
    pages: SomeCount | None = titled("頁数", "36", default=None)
    colour: Text | None = titled("色刷りかどうか。頁数の前に出ます", "カラー版", default=None)
    content: Text = titled("中身の説明", "ガイドブックの内容から抜粋したもの")
    for_whom: list[Text] = titled("どんなときに使うか", "[概要を知りたい]")
    here: Text = titled("そのうち何をこのサイトに載せたか", "原資料に含まれていません。")
    source: Sources = titled("出典", "[guide:use]")


class ContentsItem(Record, title="目次の行"):
    """A line of the table of contents of the 235-page edition."""

    no: Text | None = titled("原資料の番号", '"1"', default=None, form="文。数は囲みます")
    title: Text = titled("題", "費用負担について", form="文。原資料のまま")
    held: Literal["excerpt", "partial", "none"] = titled(
        "概要版にどれだけ載っているか",
        "none",
        names={"excerpt": "抜粋あり", "partial": "一部の一覧のみ", "none": "本文なし"},
    )
    page: PageRef | None = titled("関係するページ", "guide/flow", default=None)
    method: MethodRef | None = titled("関係する取組方法。`page` より先に使われます", "a1", default=None)
    note: Text | None = titled("補足", "概要版の2-1と2-2にあたります。", default=None)


class ContentsPart(Record, title="目次の部"):
    """A part of the table of contents."""

    part: Text = titled("部の題", "本編 基礎編")
    chapter: Text | None = titled("章の題", "第1章 カーボン・オフセットの基礎", default=None)
    items: list[ContentsItem] = titled("目次の行")


class WebFile(Record, title="PDF"):
    """A PDF offered on the programme's own page in 2012."""

    title: Text = titled("PDFの名前", "ガイドブック2(第1章)", form="文。原資料のまま")


class Guidebook(Record, title="ガイドブックの構成と目次"):
    """The guidebook as a publication: editions, contents, colophon."""

    title: Text = titled("刊行物の題", "自治体向けカーボン・オフセットガイドブック", form="文。原資料のまま")
    project: Text = titled("発行した事業の名前", "みどり東京・温暖化防止プロジェクト")
    issued: When = titled("発行日", "2011-07")
    issued_text: Text = titled("文で書いた発行日", "2011（平成23）年7月")
    editions: list[Edition] = titled("概要版・本体・CD-ROMの3点")
    contents: list[ContentsPart] = titled("235頁版の目次")
    web_files: list[WebFile] = titled("2012年の専用ページに並んでいたPDF")
    source: Sources = titled("出典", "[guide:use, guide:contents]")


class Node(Record, title="人やもの"):
    """A party or thing in a figure."""

    id: Id = titled("図の中での名前", "muni")
    label: Text = titled("枠の中の言葉", "自治体", form="文。原資料のまま")
    role: Text | None = titled("立場", "カーボン・オフセットの実施", default=None)
    holds: list[Text] = titled("抱えるもの", "[他の場所での排出削減・吸収量]", default=[])
    does: list[Text] = titled("すること", "[クレジット販売, 口座管理]", default=[])


class Arrow(Record, title="やり取り"):
    """What one node gives another; `certainty` tells whether the source shows the direction."""

    source: NodeRef = titled("渡す側（ここだけは、出典の意味ではありません）", "muni")
    target: NodeRef = titled("受け取る側", "project")
    label: Text = titled("渡すもの", "資金", form="文。原資料のまま")
    detail: Text | None = titled("くわしい説明", "6,000kWh", default=None)
    via: NodeRef | None = titled("途中に入る者", "provider", default=None)
    certainty: Certainty = titled("矢印の向きの確かさ。`inferred` は破線になります", "inferred", default="inferred")


class Item(Record, title="並べる項目"):
    """A numbered or plain entry of a figure."""

    mark: Text | None = titled("番号の印", "①", default=None)
    title: Text = titled("項目の名前", "拠出", form="文。原資料のまま")
    text: Text | None = titled("説明", "毎月500円を出してもらいます。", default=None)
    texts: list[Text] = titled("下に並べる文（`steps` と `groups` の図だけ）", "[省エネルギー, 森林整備]", default=[])


class Figure(Record, title="図"):
    """A diagram of the guidebook, drawn at build time.

    kind: relation (nodes and arrows) · steps (in order) · groups (around a centre) ·
    labels (nodes and labels whose arrows are lost) · catalogue (made from the methods).
    """

    id: Id = titled("図の名前。ファイル名と同じ", "elements")
    kind: Literal["relation", "steps", "groups", "labels", "catalogue"] = titled("種類", "steps")
    title: Text = titled("図の題", "カーボン・オフセットの基本的要素")
    alt: Text = titled("図を言葉で述べた文。図の下に出て、見えない人にも伝わります", "4つの要素を順に並べた図です。")
    source: Sources = titled("出典", '["guide:1-3"]')
    credit: Text | None = titled("原資料が書いている、図の出典", "カーボン・オフセット事業報告", default=None)
    note: Text | None = titled("原資料から分からないこと", "矢印は失われています。", default=None)
    centre: Text | None = titled(
        "中心の言葉", "自治体によるカーボン・オフセット", default=None, when="`groups` では要ります"
    )
    nodes: list[Node] = titled("登場する人やもの。左からの並び順", default=[])
    arrows: list[Arrow] = titled("やり取り", default=[])
    items: list[Item] = titled("並べる項目", default=[])

    @model_validator(mode="after")
    def _fits_side_by_side(self) -> "Figure":
        if self.kind == "relation" and len(self.nodes) > MOST_NODES:
            raise PydanticCustomError("too_many_nodes", "too many nodes", {"at": ("nodes",)})
        return self

    @model_validator(mode="after")
    def _arrows_lead_on(self) -> "Figure":
        for i, arrow in enumerate(self.arrows):
            if arrow.source == arrow.target:
                raise PydanticCustomError("figure_arrows", "figure arrows", {"at": ("arrows", i)})
        joined = {end for arrow in self.arrows for end in (arrow.source, arrow.target, arrow.via)}
        # an arrow to nobody is told by itself
        known = {node.id for node in self.nodes} >= joined - {None}
        for i, node in enumerate(self.nodes if self.arrows and known else []):
            if node.id not in joined:
                raise PydanticCustomError("figure_arrows", "figure arrows", {"at": ("nodes", i)})
        return self


class LostFigure(Record, title="失われた図"):
    """A figure the sources name but whose content did not survive."""

    id: Id = titled("図の名前", "committee-photo")
    title: Text = titled("原資料の題か、このサイトで付けた呼び名", "研究の実施状況")
    note: Text = titled("何が残っているか", "題だけが残っています。")
    source: Sources = titled("出典", "[report:review-1]")
    page: PageRef = titled("その内容を載せたページ", "report/review")
    see: FigureRef | None = titled("代わりに見られる図", "effects", default=None)


class Remark(Record, title="原資料の断り書き"):
    """A damaged or doubtful passage, shown where it occurs and listed in /about/."""

    id: Id = titled("断り書きの名前", "tonnes-600")
    kind: Literal["number", "name", "misprint", "layout", "missing"] = titled(
        "種類",
        "number",
        names={
            "number": "数値",
            "name": "名称・表記",
            "misprint": "誤植・文字起こしの乱れ",
            "layout": "配置・矢印",
            "missing": "載っていない内容",
        },
    )
    title: Text = titled("見出し", "同じ数で、別のもの")
    text: Text = titled("何と書いてあるか、何が確かか、どう示すか", "このサイトでは印刷のとおりに示します。")
    source: Sources = titled("出典", "[report:joint]")
    pages: list[PageRef] = titled('出すページ。そのページに `{{ remark("…") }}` も要ります', "[report/surveys]")


class Choice(Record, title="答え"):
    """An answer of the chooser and the methods it leaves in."""

    id: Id = titled("答えの名前", "own")
    label: Text = titled("答え", "まだ決めていない")
    methods: list[MethodRef] = titled("この答えで残る取組方法", "[a1, a2, a3, c2]")


class Question(Record, title="取組方法を選ぶ質問"):
    """A question of the method chooser."""

    id: Id = titled("質問の名前", "role")
    label: Text = titled("質問", "どのような立場で取り組みますか")
    help: Text | None = titled("補足", "決まっていないときは、最後の答えを選んでください。", default=None)
    choices: list[Choice] = titled("答え")


class Task(Record, title="ホームの入口"):
    """A door of the home page: what a visitor wants to do, and where."""

    id: Id = titled("入口の名前", "look-up-a-word")
    label: Text = titled("したいこと", "言葉の意味を知りたい", form="短い文")
    text: Text = titled("1文の説明", "用語を引けます。")
    page: PageRef = titled("行き先のページ", "glossary")


class SourceCitation(Record, title="出典"):
    """A public page or document that a statement of today rests on."""

    title: Text = titled("文書やページの題", "J-クレジット制度（公式サイト）")
    publisher: Text = titled("発行者", "J-クレジット制度事務局")
    url: Address | None = titled(
        "発行者自身のアドレス。写しのアドレスは書きません。分からないときは書きません",
        "https://japancredit.go.jp/",
        default=None,
    )
    date: When | None = titled("文書の日付", "2016-03", default=None)
