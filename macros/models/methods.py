"""Records of the nine methods and their groups."""

from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import (
    Certainty,
    ColumnRef,
    FigureRef,
    GroupRef,
    Id,
    LinkRef,
    MethodRef,
    ModelRef,
    Record,
    Relation,
    SomeCount,
    Sources,
    StepRef,
    TermRef,
    Text,
    titled,
)
from .grounds import Said


class Group(Record, title="取組方法の群"):
    """A group of methods; type is empty where the source names none (D)."""

    id: Id = titled("群の名前", "a")
    code: Text = titled("群の記号", "A")
    title: Text = titled("題", "特定者間完結型の取り組み", form="文。原資料のまま")
    type: Literal["市場流通型", "特定者間完結型"] | None = titled(
        "類型。原資料に区分のないD群には書きません", "市場流通型", default=None
    )
    description: Text = titled("1行の説明", "カーボン・オフセットの取り組みを促進する", form="文。原資料のまま")
    source: Sources = titled("出典", "[guide:2-2]")


class Entry(Record, title="文や箇条"):
    """A sentence or bullet with its standing in the source."""

    text: Text = titled("文、または箇条の1つ", "対象になる会議やイベントの例です。")
    items: list[Text] = titled("文の下に並べる例", "[講座, 研修会, 勉強会]", default=[])
    note: Text | None = titled("補足", "ラベルの画像は失われています。", default=None)
    certainty: Certainty = titled("確かさ", "missing", default="stated")


class SubStep(Record, title="作業"):
    """A sub-step; the document, who reviews it and how are given where the source names them."""

    mark: Text = titled("原資料の印", "①")
    text: Text = titled("作業の名前", "目的の明確化", form="文。原資料のまま")
    column: ColumnRef | None = titled("どちらの列のものか", "offsetter", default=None)
    document: Text | None = titled("その作業で出す書類", "プロジェクト計画書等", default=None)
    reviewer: Text | None = titled("書類を見る機関", "検証機関※3", default=None)
    act: Text | None = titled("その機関がすること", "検証", default=None)


class Step(Record, title="ステップ"):
    """A numbered step; `no` is empty where the source prints no number."""

    id: Id = titled("ステップの名前", "plan")
    no: SomeCount | None = titled("番号。原資料に番号がないときは書きません", "1", default=None)
    title: Text = titled("ステップの題", "計画・準備", form="文。原資料のまま")
    column: ColumnRef | None = titled("どちらの列のものか。書かないと両方にまたがります", "provider", default=None)
    beside: StepRef | None = titled("隣の列で、同じ高さに並ぶステップ", "run", default=None)
    certainty: Certainty = titled("確かさ", "inferred", default="stated")
    note: Text | None = titled("補足。何を推定したか", "原資料に番号はありません。", default=None)
    substeps: list[SubStep] = titled("作業")


class Phase(Record, title="段階"):
    """A phase of the flow; `duration` is empty where the source gives none."""

    id: Id = titled("段階の名前", "before")
    name: Text = titled("段階の見出し", "開催前", form="文。原資料のまま")
    duration: Text | None = titled(
        "期間。原資料にないときは書きません", "1か月～数か月", default=None, form="文。原資料のまま"
    )
    steps: list[Step] = titled("ステップ")


class Column(Record, title="列"):
    """One of two parties that act side by side."""

    id: Id = titled("列の名前", "provider")
    label: Text = titled("列の見出し", "オフセットをする企業等")


class Flow(Record, title="実施の流れ"):
    """The phases of a method, with columns where two parties act."""

    columns: list[Column] = titled("二者が並んで動くときの列（C1、C2）", default=[], form="下の表の並び。2つまで")
    note: Text | None = titled("流れの全体についての補足", "2011年当時の制度に基づく流れです。", default=None)
    footnotes: list[Text] = titled("原資料の脚注", "[※1 妥当性確認機関]", default=[])
    phases: list[Phase] = titled("段階")


class RelatedLink(Record, title="関係する資料"):
    """A document or site of a method."""

    ref: LinkRef = titled("資料", "event-handbook")
    relation: Relation = titled("結び付き", "inferred")
    why: Text | None = titled("結び付けたわけ", "排出量の算定で使う", default=None)


class RelatedModel(Record, title="提言の取組モデル"):
    """The model of the 2012 report that treats the same thing."""

    ref: ModelRef = titled("取組モデル", "model-event")
    relation: Relation = titled("結び付き", "inferred")
    why: Text | None = titled("結び付けたわけ", "題名と説明が同じ取り組みを指す", default=None)


class Settled(Record, title="見出しのある一覧"):
    """Something the reader is told to settle, choose or know, under a label of the source."""

    label: Text = titled("原資料の見出し", "カーボン・オフセットの仕組みの構築について")
    intro: Text | None = titled("始めの文", "三つの例は、どれもクレジット＊を購入します。", default=None)
    items: list[Entry] = titled("一覧", form="上の表「文や箇条」の並び")


class CostBearer(Record, title="費用を負担する人"):
    """Who pays, where a source says so."""

    text: Text = titled("だれが負担するか", "参加者や利用者が負担")
    source: Sources = titled("そう述べている節", "[guide:D1]")


class MethodToday(Record, title="いまをくらべる"):
    """How methods compare today; a list is empty where nothing was found."""

    proof: list[Said] = titled("証明", default=[])
    claim: list[Said] = titled("主張できること", default=[])
    cost: list[Said] = titled("費用の例。日付と税の別を書きます", default=[])
    duration: list[Said] = titled("期間", default=[])

    @property
    def said(self) -> list[Said]:
        """Every sentence, in the order of the table."""
        return [*self.proof, *self.claim, *self.cost, *self.duration]


TaskId = Literal["purpose", "boundary", "before", "reduce", "buy", "hold", "after", "retire", "publish"]
TASKS = {
    "purpose": "目的と方法",
    "boundary": "範囲",
    "before": "事前の算定",
    "reduce": "減らす",
    "buy": "買う・提供する",
    "hold": "開催・実施",
    "after": "事後の算定",
    "retire": "無効化の記録",
    "publish": "公表",
}


class MethodTask(Record, title="案件の手順"):
    """A task of a plan as this method calls it: its steps of the flow, and its day counted from the first day."""

    task: TaskId = titled("手順", "before", names=TASKS)
    title: Text = titled("この方法での呼び名", "温室効果ガス排出量の事前算定")
    day: int = titled("はじまりの日からの日数。このサイトが置く仮の値です", "-60", form="整数。前なら負の数")
    steps: list[StepRef] = titled("当たる、実施の流れのステップ", "[estimate]", default=[])


class Method(Record, title="取組方法"):
    """A method. `same_as` names the method whose page the source shares with this one."""

    id: Id = titled("方法の名前。ファイル名と同じ", "a1")
    code: Text = titled("方法の記号", "A1")
    group: GroupRef = titled("群", "a")
    title: Text = titled("題", "会議・イベントでのオフセット", form="文。長い文は言い換えます")
    overview: Text = titled(
        "概要版2-2の1行の説明", "会議・イベントの開催に伴う排出量をオフセット", form="文。長い文は言い換えます"
    )
    lead: Text = titled(
        "だれのための、どんな方法か。ページの始めとカードに出ます",
        "会議やイベントを開く自治体のための方法です。",
        form="文。自分の言葉で",
    )
    offsets: Text = titled("埋め合わせるもの", "会議・イベントの開催に伴う温室効果ガス排出量")
    actors: Text = titled("動く人", "自治体、オフセット・プロバイダー")
    cost_bearer: CostBearer | None = titled("費用を負担する人。原資料が述べているときだけ", default=None)
    source: Sources = titled("出典", "[guide:A1, guide:2-2]")
    same_as: MethodRef | None = titled("頁を共有する方法", "b1", default=None)
    summary: list[Entry] = titled(
        "取り組み概要", default=[], when="`same_as` がなければ要ります", form="下の表「文や箇条」の並び"
    )
    direct_effects: list[Entry] = titled(
        "直接的効果", default=[], when="`same_as` がなければ要ります", form="下の表「文や箇条」の並び"
    )
    ripple_effects: list[Entry] = titled("波及効果", default=[], form="下の表「文や箇条」の並び")
    notes: list[Entry] = titled(
        '留意点。ページに `{{ method_notes("a3") }}` も要ります', default=[], form="下の表「文や箇条」の並び"
    )
    relations: FigureRef | None = titled("関係図", "a1-relations", default=None, when="`same_as` がなければ要ります")
    flow: Flow | None = titled("実施の流れ", default=None)
    selection: Settled | None = titled("商品・サービスの選定（A3）", default=None, form="下の表「見出しのある一覧」")
    information_role: Settled | None = titled("情報提供の役割（D1）", default=None, form="下の表「見出しのある一覧」")
    opportunities: Settled | None = titled("取り組む機会の例（D1）", default=None, form="下の表「見出しのある一覧」")
    things_to_settle: Settled | None = titled(
        "仕組みについて決めること（D2）", default=None, form="下の表「見出しのある一覧」"
    )
    report_model: RelatedModel | None = titled("同じことを扱う、提言の取組モデル", default=None)
    links: list[RelatedLink] = titled("関係する資料", default=[])
    terms: list[TermRef] = titled("関係する用語", "[credit, boundary]", default=[])
    today: MethodToday | None = titled("いまをくらべる", default=None)
    plan: list[MethodTask] = titled("案件をつくる手順。書かない手順は「この方法では要りません」と出ます", default=[])

    @model_validator(mode="after")
    def _shared_or_own(self) -> "Method":
        if self.same_as is None and not (self.summary and self.direct_effects and self.relations):
            raise PydanticCustomError("method_content", "method content")
        return self
