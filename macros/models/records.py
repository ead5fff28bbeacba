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
    titled,
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


class CaseMethod(Record, title="当たる取組方法"):
    """The tie of a case to a method."""

    ref: MethodRef = titled("取組方法", "d2")
    relation: Relation = titled("結び付き", "stated")
    why: Text | None = titled("結び付けたわけ。方法のページに出ます", "D2のページに載っている", default=None)


class Case(Record, title="事例"):
    """A case study, example, product or action named in the sources."""

    id: Id = titled("事例の名前。ファイル名と同じ", "kyoto")
    kind: CaseKind = titled(
        "種類",
        "partnership",
        names={
            "example": "ガイドブックの事例",
            "label-product": "認証ラベルの製品例",
            "opportunity": "住民等の機会の例",
            "regional-scheme": "地域内の仕組み",
            "partnership": "自治体の連携",
            "model-study": "取組モデルの検討",
            "joint-project": "共同事業",
            "suggested-action": "提言の取組例",
        },
    )
    no: Text | None = titled("原資料の番号。並びにも使います", "取組事例2", default=None, form="文。数は囲みます")
    name: Text = titled("名前", "カーボン・オフセット旅行", form="文。原資料にあれば、そのまま")
    asks: list[Text] = titled(
        "この記録に答えがある、聞く人の言葉。検索が使い、ページには出ません", "[町のバスの運賃に上乗せ]", default=[]
    )
    name_given: bool = titled("このサイトで名前を付けたか", "true", default=False)
    group: Text | None = titled("原資料での区分", "カーボン・オフセットの事例", default=None)
    type: Literal["市場流通型", "特定者間完結型"] | None = titled("類型", "市場流通型", default=None)
    classification: Text | None = titled(
        "概要版1-7での分類。`group` といっしょに出ます", "会議・イベント開催オフセット", default=None
    )
    summary: Text = titled("1〜2文の説明", "ツアー代金に料金を組み入れた旅行です。")
    offsets: Text | None = titled("埋め合わせるもの", "ブース出展に係る排出量", default=None)
    means: Text | None = titled("埋め合わせの方法", "クレジット＊の購入", default=None)
    who_pays: Text | None = titled("費用を負担する人", "参加者（代金への上乗せ）", default=None)
    amount: Text | None = titled("金額や量", "上乗せするオフセット費用は100円", default=None)
    facts: list[Text] = titled("わかっていること", "[海岸清掃などを行いました。]", default=[])
    places: list[Text] = titled("場所。絞り込みに使うので、同じ名前で書きます", "[東京都, 檜原村]", default=[])
    parties: list[Text] = titled("関わる団体", "[新宿区, 新島村]", default=[])
    year: When | None = titled("年。絞り込みに使います。年だけなら「年度」と出ます", "2011", default=None)
    year_note: Text | None = titled("何の年か", "実施した年度。2011（平成23）年度", default=None)
    programme: Text | None = titled("事業の名前", "平成20年度環境省モデル事業", default=None)
    document: LinkRef | None = titled("もとの資料", "kyoto-report", default=None)
    model: ModelRef | None = titled("検討した取組モデル", "model-office", default=None)
    methods: list[CaseMethod] = titled("当たる取組方法", default=[], when="`figures` を書くなら要ります")
    figures: list[FigureRef] = titled(
        "カードに出す図。1つ目の取組方法のページに、カードを置きます", "[hyogo-event, hyogo-fund]", default=[]
    )
    table: TableRef | None = titled("数の内訳の表", "joint-purchase", default=None)
    note: Text | None = titled("補足", "費用の負担は、原資料に記載がありません。", default=None)
    source: Sources = titled("出典", "[guide:D2]")


class SubTerm(Record, title="種類"):
    """A gas or a credit type listed under a term."""

    id: Id = titled("種類の名前。アドレスは `用語の id-種類の id` になります", "ch4")
    term: Text = titled("見出し", "メタン")
    symbol: Text | None = titled("記号", "CH4", default=None)
    english: Text | None = titled("英語", "methane", default=None)
    text: Text | None = titled("説明", "4種類の①です。", default=None)


class Term(Record, title="用語集"):
    """A term. With no `definition` the page says 「原資料に説明なし」.

    `defined_by` tells where the definition comes from: the guidebook itself (source) or a cited
    public text (citation).
    """

    id: Id = titled("用語の名前", "boundary")
    term: Text = titled("見出し", "バウンダリ")
    reading: Reading = titled("読み。並びと検索に使います", "ばうんだり")
    asks: list[Text] = titled(
        "この記録に答えがある、聞く人の言葉。検索が使い、ページには出ません", "[どこまで数えるか]", default=[]
    )
    english: Text | None = titled("英語", "boundary", default=None)
    symbol: Text | None = titled("記号や略語", "GHG", default=None)
    aliases: list[Text] = titled(
        "別の言い方。検索と ＊ に使います", "[境界]", default=[], form="文の並び。ほかの用語と重ねません"
    )
    kind: Literal["glossary", "footnote", "inline", "used-only", "today"] = titled(
        "どこの語か",
        "glossary",
        names={
            "glossary": "概要版の用語解説",
            "footnote": "脚注",
            "inline": "本文",
            "used-only": "使われるが説明がない",
            "today": "いまの用語",
        },
    )
    short: Text | None = titled(
        "短い説明。＊ の付いた語に出ます",
        "埋め合わせをすること",
        default=None,
        when="`definition` があれば要ります",
        form="45字までの文。＊ は付けません",
    )
    definition: Text | None = titled(
        "説明。なければ「原資料に説明なし」と出ます",
        "対象にする活動の範囲です。",
        default=None,
        form="文。自分の言葉で",
    )
    citation: SourceCitation | None = titled(
        "公開の資料から説明を取ったときの出典", default=None, when="`source` がなければ要ります"
    )
    grade: Grade | None = titled("`citation` の確度", "A", default=None, when="`citation` と組で書きます")
    note: Text | None = titled("補足", "概要版では、「クレジット」の中で使われます。", default=None)
    sub_items: list[SubTerm] = titled("用語の下に並べる種類", default=[])
    related: list[TermRef] = titled("関連する用語", "[credit]", default=[])
    methods: list[MethodRef] = titled("関係する取組方法", "[a1, a2]", default=[])
    source: list[SectionRef] = titled(
        "説明または使用のある節", "[guide:glossary]", default=[], when="`citation` がなければ要ります"
    )

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


class Successor(Record, title="いま見るもの"):
    """What to use today instead of an old document or site."""

    title: Text = titled("題", "J-クレジット制度")
    url: Address | None = titled("アドレス", "https://japancredit.go.jp/", default=None)
    grade: Grade = titled("確度", "A")


class Link(Record, title="資料とリンク"):
    """A guideline, information source, site or document the sources name."""

    id: Id = titled("資料の名前", "offset-policy")
    kind: Literal["guideline", "info-source", "site", "document"] = titled(
        "種類。ページの見出しが分かれます",
        "document",
        names={
            "guideline": "環境省の指針等",
            "info-source": "情報源",
            "site": "サイト",
            "document": "引用・参照されている文献",
        },
    )
    no: SomeCount | None = titled("原資料の番号", "1", default=None)
    title: Text = titled("題", "添付資料5", form="文。原資料のまま")
    asks: list[Text] = titled(
        "この記録に答えがある、聞く人の言葉。検索が使い、ページには出ません", "[国の基本の考え方の文書]", default=[]
    )
    abbreviation: Text | None = titled("略称", "J-COF", default=None)
    publisher: Text | None = titled("発行者", "環境省", default=None)
    date: When | None = titled("日付", "2011-04", default=None)
    date_text: Text | None = titled("原文のままの日付。`date` の代わりに出ます", "2011〔平成23〕年4月", default=None)
    version: Text | None = titled("版", "Ver.2.0", default=None)
    contents: list[Text] = titled("入手できた主な情報", "[認証製品の一覧]", default=[])
    url_2011: Address | None = titled(
        "発行時のアドレス。リンクにせず、文字で出ます", "http://www.jccca.org/", default=None
    )
    status: Text = titled("いまわかっていること", "現在の状態は確認できていません。")
    status_grade: Grade | None = titled("`status` の確度", "A", default=None)
    successors: list[Successor] = titled("いま見るもの", default=[])
    note: Text | None = titled("補足", "原文のアドレスは、つなぎました。", default=None)
    source: Sources = titled("出典", "[guide:guidelines]")


class TableColumn(Record, title="列"):
    """A column of a survey table."""

    id: Id = titled("列の名前", "wards")
    label: Text = titled("見出し", "区")
    note: Text | None = titled("列についての注", "特別区の数です。", default=None)


class Row(Record, title="行"):
    """A row of numbers, one for each column; `printed` keeps odd marks of the original.

    `total_note` tells that the numbers of the original do not add up.
    """

    id: Id = titled("行の名前", "fy2009")
    label: Text = titled("見出し", "参加自治体数")
    values: list[Count] = titled("数", "[20, 12, 3]", form="整数の並び。列と同じ順、同じ個数")
    total: Count | None = titled("合計。原資料の表にあるときだけ", "35", default=None)
    total_note: Text | None = titled("合計が、足した数と合わないときの、そのわけ", "原資料のままです。", default=None)
    printed: list[Text] = titled("数として扱えない、原資料の表記", '["8*"]', default=[])


class Table(Record, title="表"):
    """A table of numbers in one unit."""

    id: Id = titled("表の名前", "trend")
    title: Text = titled("表の題", "取り組み状況の推移")
    unit: Text = titled("単位", "自治体数")
    total_label: Text | None = titled("合計の列の見出し。書いたら、どの行にも `total` を書きます", "合計", default=None)
    columns: list[TableColumn] = titled("列", form="下の表の並び。グラフにするなら4つまで")
    rows: list[Row] = titled("行")
    notes: list[Text] = titled("表の下に出す注", "[計算値：四つの欄を足すと62です。]", default=[])
    document: LinkRef = titled("もとの資料", "research-2011")
    as_of: When = titled("いつの数か", "2012-03")
    certainty: Certainty = titled("確かさ", "stated")
    source: Sources = titled("出典", "[report:joint]")

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


class Number(Record, title="文の中の数"):
    """A number of the sources, or words for one (「半数以上」), with its unit."""

    id: Id = titled('数の名前。`{{ number("…") }}` に書きます', "offset-total")
    value: Annotated[int | float | str, AfterValidator(_no_digits_as_words)] = titled(
        "数、または数を表す言葉", "6000", form="数か文。数には「,」を付けません"
    )
    unit: Text = titled("単位。言葉のときは、何の割合か", "t-CO2")
    text: Text = titled("何を数えたものか", "クレジット共同購入に参加した自治体の数。")
    as_of: When = titled("いつの数か", "2012-03")
    certainty: Certainty = titled("確かさ", "damaged")
    note: Text | None = titled("補足", "別の数です。", default=None)
    source: Sources = titled("出典", "[report:joint]")


class Surveys(Record, title="調査の表と数"):
    """All survey tables and numbers."""

    tables: list[Table] = titled("表")
    numbers: list[Number] = titled("文の中の数")


class Activity(Record, title="取組実績"):
    """A line of the table of activities 2009–2011."""

    id: Id = titled("実績の名前", "symposium")
    year: SomeCount = titled("年度（西暦）", "2009")
    era: Text = titled("年度（元号）", "平成21")
    name: Text = titled("事業の名前", "市区町村職員共同研修", form="文。原資料のまま")
    text: Text = titled("内容", "普及とPRのためのパンフレット。")
    case: CaseRef | None = titled("関係する事例。名前がリンクになります", "ecopro", default=None)
    link: LinkRef | None = titled("関係する資料。`case` がないとき、名前がリンクになります", "all62-page", default=None)


class Done(Record, title="実施した事業"):
    """A project carried out along the road map."""

    text: Text = titled("事業の内容", "シンポジウムの開催")
    years: Text = titled("年度", "H21・H22", form="文。原資料のまま")


class Road(Record, title="事業推進の道すじ"):
    """One of the three headings of 事業推進の道すじ, with the projects under it."""

    id: Id = titled("道すじの名前", "momentum")
    title: Text = titled("見出し", "東京62市区町村全域で気運を盛りたてる", form="文。原資料のまま")
    texts: list[Text] = titled("考え方", "[東京の全域で啓発を展開します。]")
    done: list[Done] = titled("実施した事業")
    certainty: Certainty = titled("実施した事業を、この見出しに結び付けた確かさ", "inferred", default="inferred")


class ReportModel(Record, title="取組モデル"):
    """A model of 2010 (1–5) and the study of 2011 that took it up."""

    id: Id = titled("モデルの名前", "model-office")
    no: SomeCount = titled("番号", "2")
    title: Text = titled("題", "庁舎等の公共施設でのオフセット", form="文。原資料のまま")
    text: Text = titled("説明", "減らしきれない排出量を埋め合わせます。")
    methods: list[MethodRef] = titled("当たる取組方法。「題名からの推定」と出ます", "[b1, b2]")
    study: CaseRef | None = titled("2011年度の検討", "study-office", default=None)
    figure_labels: list[Text] = titled("失われた図の見出し", "[実施の流れ]", default=[])
    note: Text | None = titled("補足", "対象は公共施設だけです。", default=None)


class Topic(Record, title="見出しと箇条"):
    """A heading with its points, as in the platform and accounting studies."""

    id: Id = titled("見出しの名前", "municipal")
    title: Text = titled("見出し", "自治体委員会", form="文。原資料のまま")
    intro: Text | None = titled("始めの文", "次の課題があります。", default=None)
    points: list[Text] = titled("箇条。1つだけなら、ただの文として出ます", "[市区町村の担当職員]")


class Possibility(Record, title="提言2の可能性"):
    """One of the possibilities ①–③ of recommendation 2."""

    id: Id = titled("可能性の名前", "forest")
    mark: Text = titled("番号の印", "①")
    title: Text = titled("題", "連携・共同の可能性①", form="文。原資料のまま")
    texts: list[Text] = titled("説明", "[森林には多面的な機能があります。]")
    items: list[Text] = titled("下に並べる例", "[対策支援の実施]", default=[])
    cases: list[CaseRef] = titled("事例。カードで出ます", "[shinjuku-niijima]", default=[])
    terms: list[TermRef] = titled("関係する用語", "[blue-carbon]", default=[])
    source: Sources = titled("出典", "[report:2-forest]")


class Hint(Record, title="提言3の例"):
    """One of the hints ①–③ of recommendation 3."""

    id: Id = titled("例の名前", "visible")
    mark: Text = titled("番号の印", "②")
    title: Text = titled("題", "インセンティブ提供型の政策手法とする", form="文。原資料のまま")
    text: Text = titled("説明", "主体的な行動を促します。")
    cases: list[CaseRef] = titled("取組例。名前と説明が出ます", "[action-subsidy]")
    source: Sources = titled("出典", "[report:3-visible]")


class Report(Record, title="提言"):
    """The parts of the 2012 report that have a structure of their own."""

    author: Text = titled("まとめた委員会", "カーボン・オフセット研究検討委員会")
    issued_text: Text = titled("文で書いた日付", "2012（平成24）年3月")
    committees: list[Topic] = titled("委員会の組。`/report/background/` に出ます", form="下の表「見出しと箇条」の並び")
    pillars: list[Text] = titled("事業の3本柱。`/report/background/` に出ます", "[①活動を広める]")
    activities: list[Activity] = titled("取組実績。`/report/review/` に出ます")
    review_items: list[Topic] = titled(
        "振り返りの項目。`/report/review/` に出ます", form="下の表「見出しと箇条」の並び"
    )
    roads: list[Road] = titled("事業推進の道すじ。`/report/results/` に出ます")
    models: list[ReportModel] = titled("取組モデル1〜5。`/report/models/` に出ます")
    platform: list[Topic] = titled(
        "プラットフォームの検討。`/report/results/` に出ます", form="下の表「見出しと箇条」の並び"
    )
    accounting: list[Topic] = titled(
        "排出量の算定への計上の検討。`/report/results/` に出ます", form="下の表「見出しと箇条」の並び"
    )
    possibilities: list[Possibility] = titled("提言2の三つの可能性。`/report/recommendation-2/` に出ます")
    hints: list[Hint] = titled("提言3の三つの例。`/report/recommendation-3/` に出ます")


class ChangeTable(Record, title="表"):
    """Figures of today that a change gives, with the unit in the caption."""

    caption: Text = titled("表の題。単位も書きます", "価格の目安（円／t-CO2）")
    columns: list[Text] = titled("列の見出し", "[種類, 2025年7月]")
    rows: list[list[Text]] = titled(
        "行。1つ目の値が行の見出しになります",
        '[[再エネ, "4,257"]]',
        form="文の並びの並び。列と同じ個数で、数は囲みます",
    )

    @model_validator(mode="after")
    def _as_wide_as_columns(self) -> "ChangeTable":
        for i, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                raise PydanticCustomError("row_width", "row width", {"at": ("rows", i)})
        return self


class Change(Record, title="2011年から変わったこと"):
    """What changed since 2011, with date, sources and grade (A, A′ or B, never C)."""

    id: Id = titled("注記の名前", "jcredit-unified")
    topic: Literal["credits", "market", "labels", "guidelines", "targets", "programme", "cases", "wording"] = titled(
        "話題",
        "credits",
        names={
            "credits": "クレジットの制度",
            "market": "売買と価格",
            "labels": "認証・ラベル・支援機関",
            "guidelines": "国の指針とガイドライン",
            "targets": "目標と法律",
            "programme": "62市区町村の共同事業",
            "cases": "事例のその後と新しい例",
            "wording": "言い方と表示",
        },
    )
    title: Text = titled("何がどうなったか", "登録簿の手続は、電子申請になりました", form="1文。＊ は付けません")
    asks: list[Text] = titled(
        "この記録に答えがある、聞く人の言葉。検索が使い、ページには出ません", "[使えるか, いつまで]", default=[]
    )
    text: Text = titled("説明。用語と事例のところにも、この文が出ます", "2013年度からJ-クレジット制度になりました。")
    caution: Text | None = titled("時点や但し書き", "公式ページの写しによります。", default=None)
    unconfirmed: Text | None = titled(
        "確かめられていないこと。「未確認」の印が付きます", "いまの状況は確かめられていません。", default=None
    )
    advice: Text | None = titled(
        "このサイトからの助言。その印が付きます", "申請の前に公式サイトで確かめてください。", default=None
    )
    date: When | None = titled("変わった日", "2013-04", default=None)
    date_text: Text = titled("ページに出す日付", "2013年4月から")
    grade: Grade = titled("確度。C は書けません", "B")
    checked_on: When = titled("調べた日", "2026-11-21")
    review_by: When = titled("見直す期限", "2027-11-30")
    sources: Annotated[list[SourceCitation], NotEmpty] = titled("出典。1つ以上")
    table: ChangeTable | None = titled("数や言葉の表", default=None)
    pages: list[PageRef] = titled(
        '注記を出すページ。`{{ today("…") }}` のあるページだけ', "[methods/b1, glossary]", default=[]
    )
    steps: list[MethodPartRef] = titled(
        "注記を出す、取組方法の段や節。`pages` にもそのページを書きます",
        "[a1:credits]",
        default=[],
        form="`a1:retire` のような「方法の id:段の id」の並び。段のほかに `summary`、`effects`、`notes`、`selection`、`information`、`opportunities`、`settle`（ページの節）",
    )
    terms: list[TermRef] = titled("注記を出す用語", "[j-ver]", default=[])
    cases: list[CaseRef] = titled("注記を「その後」に出す事例", "[kyoto]", default=[])
    links: list[LinkRef] = titled("関係する資料", "[offset-policy]", default=[])
    versions: list[Version] = titled(
        "文を書いた日と、その文の印。始めが載せた日、終わりが文の変わった日",
        "[2026-11-21 3f9a1c2b]",
        default=[],
        form="「日付 印」の並び。書く行は検査が示します",
    )

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


class OpenQuestion(Record, title="確かめられなかったこと"):
    """Something that could not be confirmed, listed in /about/."""

    id: Id = titled("項目の名前", "policy-third")
    text: Text = titled("何が分からないか", "第3版の日付は確かめられていません。")
    pages: list[PageRef] = titled("関わるページ", "[links]", default=[])


class Spelling(Record, title="別の書き方"):
    """A word and other ways to write it; search takes them for the same."""

    word: Text = titled("代表の書き方", "取組")
    variants: list[Text] = titled("ほかの書き方", "[取り組み, 取組み]")


class Synonym(Record, title="言葉の組"):
    """Words that mean the same to someone who searches."""

    words: list[Text] = titled("組になる言葉。動詞は終止形で書きます", "[購入, 買う]")


class WordReading(Record, title="読み"):
    """A word in kanji and how it is read."""

    word: Text = titled("漢字の語", "森林")
    reading: Reading = titled("読み", "しんりん")


class PageWords(Record, title="ページを出す言葉"):
    """Words that lead to a page although they do not stand on it."""

    page: PageRef = titled("出すページ", "methods/c2")
    words: list[Text] = titled("そのページを探す人が入れそうな言葉", "[姉妹都市との連携]")


class SearchWords(Record, title="検索のための言葉"):
    """What search knows besides the pages."""

    spellings: list[Spelling] = titled("同じ語の別の書き方", default=[])
    renamed: list[Synonym] = titled("2011年の言葉と、今それに当たる言葉の組", default=[])
    synonyms: list[Synonym] = titled("同じことを指す言葉の組", default=[])
    readings: list[WordReading] = titled("漢字の語の読み（用語集の用語は要りません）", default=[])
    pages: list[PageWords] = titled("ページに書かれていない言い方", default=[])
    ignored: list[Text] = titled(
        "文で引かれたときに飛ばす言葉",
        "[とは, について]",
        default=[],
        form="文の並び。ひらがなの続きは、つながっていても飛ばします",
    )
    intents: list[Text] = titled(
        "何についても聞ける言葉。ほかの言葉がサイトにないとき、これだけでは答えを出しません",
        "[いくら, 書き方]",
        default=[],
    )

    @model_validator(mode="after")
    def _each_spelling_is_of_one_word(self) -> "SearchWords":
        seen: set[str] = set()
        for i, one in enumerate(self.spellings):
            for j, variant in enumerate(one.variants):
                if variant in seen:
                    raise PydanticCustomError("spelling", "spelling", {"at": ("spellings", i, "variants", j)})
                seen.add(variant)
        return self
