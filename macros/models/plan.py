"""Records of `/plan/`: the tasks of a plan, what is typed once, and the documents that are made from it."""

from typing import Annotated, Literal

from .base import Grade, Id, MethodRef, NotEmpty, PageRef, Record, SomeAmount, SomeCount, Text, titled
from .calculators import Name
from .guide import SourceCitation
from .methods import TASKS, TaskId


class PlanLink(Record, title="あわせて見るページ"):
    """Where a task sends the reader: a page and perhaps a place on it."""

    text: Text = titled("リンクの文字", "売り手の一覧")
    page: PageRef = titled("ページ", "buying/index")
    anchor: Id | None = titled("ページの中の見出しの id", "sellers", default=None)


class PlanChoice(Record, title="選択肢"):
    """An answer of a fact that is chosen; with `methods` only of these; one that `ends` the plan leaves some tasks undone."""

    id: Id = titled("選択肢の名前", "wait")
    label: Text = titled("画面と文書に出る言葉", "まだ買わない")
    methods: list[MethodRef] = titled("この選択肢を出す方法。書かなければ、すべて", "[a1, a2]", default=[])
    ends: bool = titled("選ぶと、案件をそこで終えるか", "true", default=False)


class Called(Record, title="方法ごとの呼び名"):
    """What some methods call a field or a document, and what they say of it."""

    methods: Annotated[list[MethodRef], NotEmpty] = titled("そう呼ぶ方法", "[b1, b2]")
    label: Text = titled("呼び名", "渡す相手")
    text: Text | None = titled(
        "何のための文書か（文書だけ）。書かなければ、文書の `text`",
        "証書と、計算した量をつき合わせます。",
        default=None,
    )


class Fact(Record, title="欄"):
    """Something typed once and used everywhere; with `input` it is that field of the calculators, which then hide theirs.

    The choices of a fact without `choices` are those of that field. With `methods` it is asked by these only.
    With `courses` it is asked under these only. With `of` the choices are records of that kind, or lines stand beside them; the documents have both as one list.
    """

    id: Name = titled("欄の名前。案件のファイルに入るので、公開したら変えません", "starts_on")
    label: Text = titled("見出し", "開催日・はじまりの日")
    kind: Literal["text", "lines", "number", "date", "choice"] = titled(
        "種類",
        "date",
        default="text",
        names={"text": "1行の文字", "lines": "何行かの文字", "number": "数", "date": "日付", "choice": "選択"},
    )
    unit: Text | None = titled("単位", "t-CO2", default=None)
    help: Text | None = titled("補足", "日程は、この日から数えます。", default=None)
    input: Name | None = titled(
        "計算器の、同じことを入れる欄。計算器ではその欄を出しません",
        "credit_type",
        default=None,
        form="計算器の欄の名前",
    )
    needed: bool = titled("これがないと、手順が済にならないか", "true", default=False)
    yearly: bool = titled("去年の案件から始めるときに、消すか", "true", default=False)
    methods: list[MethodRef] = titled("この欄を聞く方法。書かなければ、すべて", "[a1]", default=[])
    of: Literal["precedents"] | None = titled(
        "記録から選ぶ欄。選んだものは、`of` を書いたほかの欄の行とあわせて、一覧 `cited` になります",
        "precedents",
        default=None,
        names={"precedents": "いまの実例"},
    )
    courses: list[Id] = titled(
        "欄を出す方針（`course` の選択肢）。書かなければ、いつも", "[cancelled]", default=[], form="選択肢の名前の並び"
    )
    choices: list[PlanChoice] = titled("選択肢。`input` のある欄で書かなければ、計算器の選択肢", default=[])
    called: list[Called] = titled("方法ごとの呼び名。文書で、欄の値だけを書いた行の見出しにもなります", default=[])


class PlanTask(Record, title="手順"):
    """A task of every plan: what it is for, what is typed there, which results it needs, where to read on.

    One that is `stopped` by the end of a plan lacks nothing from then on.
    """

    id: TaskId = titled("手順の名前。アドレスになります", "buy", names=TASKS)
    title: Text = titled("見出し", "買う・提供する")
    text: Text = titled("何をするか", "クレジットの種類を選び、調達します。")
    stage: Literal["before", "after"] | None = titled(
        "計算器を使う手順では、その時期", "before", default=None, names={"before": "事前", "after": "事後"}
    )
    stopped: bool = titled("案件を中止したら、この手順は要らなくなるか", "true", default=False)
    facts: list[Fact] = titled("欄", default=[])
    links: list[PlanLink] = titled("あわせて見るページ", default=[])


class PaperRow(Record, title="項目と列"):
    """A row of a table of facts in a document, or a column of a list.

    A row with `methods` is only of these; `when` leaves it out while that value is empty.
    `courses` are those under which it stands, `unless` those under which it does not.
    """

    label: Text = titled("項目か列の見出し", "件名")
    text: Text = titled("値", "'{title}'")
    when: Name | None = titled(
        "この値が空なら、行を出しません（`facts` だけ）", "before_cost_low_yen", default=None, form="値の名前"
    )
    methods: list[MethodRef] = titled("行を出す方法。書かなければ、すべて（`facts` だけ）", "[c2]", default=[])
    courses: list[Id] = titled(
        "行を出す方針（`course` の選択肢）。書かなければ、いつも（`facts` だけ）",
        "[revised]",
        default=[],
        form="選択肢の名前の並び",
    )
    unless: list[Id] = titled(
        "行を出さない方針（`course` の選択肢）。`facts` だけ",
        "[cancelled, stopped]",
        default=[],
        form="選択肢の名前の並び",
    )


class PaperBlock(Record, title="文書の中身"):
    """A part of a document, by one of its kinds; `when` leaves it out while that value or list is empty.

    With `methods` it is a part of their documents only; `courses` and `unless` as of a row; `newpage` begins a sheet.
    """

    heading: Text | None = titled("見出し。`{no}` は、出た順の番号", "'{no}　基本のこと'", default=None)
    text: Text | None = titled("文。`each` があれば、1件ごとの文", "'作成日　{written_on}'", default=None)
    facts: list[PaperRow] = titled("項目と値の表", default=[])
    each: Name | None = titled("くり返す一覧", "before_lines", default=None, form="一覧の名前")
    columns: list[PaperRow] = titled("一覧を表にするときの列", default=[])
    when: Name | None = titled("この値か一覧が空なら、出しません", "assumptions", default=None, form="値か一覧の名前")
    methods: list[MethodRef] = titled("出す方法。書かなければ、すべて", "[a1, a2]", default=[])
    courses: list[Id] = titled(
        "出す方針（`course` の選択肢）。書かなければ、いつも", "[revised]", default=[], form="選択肢の名前の並び"
    )
    unless: list[Id] = titled(
        "出さない方針（`course` の選択肢）", "[cancelled, stopped]", default=[], form="選択肢の名前の並び"
    )
    newpage: bool = titled("新しい紙から始めるか（見出しだけ）", "true", default=False)


class Paper(Record, title="文書"):
    """A document made from a plan; with `methods` only of these, `unless` under some courses."""

    id: Literal[
        "planning-sheet",
        "approval",
        "budget",
        "data-request",
        "purchase",
        "retirement-check",
        "statement",
        "report",
        "handover",
        "schedule",
        "survey",
    ] = titled(
        "文書の名前",
        "report",
        names={
            "planning-sheet": "企画書",
            "approval": "起案文",
            "budget": "積算",
            "data-request": "依頼書",
            "purchase": "見積依頼書",
            "retirement-check": "確認表",
            "statement": "公表文",
            "report": "実績報告書",
            "handover": "引き継ぎ",
            "schedule": "日程表",
            "survey": "来場者アンケート",
        },
    )
    title: Text = titled("題", "実績報告書")
    text: Text = titled("何のための文書か", "事前と事後をくらべます。")
    task: TaskId = titled("出す手順", "publish", names=TASKS)
    methods: list[MethodRef] = titled("この文書がある方法。書かなければ、すべて", "[a1]", default=[])
    unless: list[Id] = titled(
        "この文書を作らない方針（`course` の選択肢）", "[cancelled, stopped]", default=[], form="選択肢の名前の並び"
    )
    called: list[Called] = titled("方法ごとの題", default=[], form="上の表の並び")
    blocks: Annotated[list[PaperBlock], NotEmpty] = titled("中身。上から順に並びます")


class PlanDraft(Record, title="案の部品"):
    """Phrases of the draft of a public statement as a plan says them; `name` may hold facts."""

    name: Text = titled("何についての案か。欄の名前を `{ }` で書けます", "'{title}（{fiscal_year}）'")
    held: Text = titled("持っているクレジットの言い方", "無効化したクレジット")
    held_field: Text = titled("その量を入れる欄の見出し", "無効化した量")


class PlanDrafts(Record, title="時期ごとの、案の部品"):
    """What a plan says in the draft of each stage."""

    before: PlanDraft = titled("事前の案で使う部品")
    after: PlanDraft = titled("事後の案で使う部品")


class Undrafted(Record, title="案を作らないとき"):
    """Why there is no draft: around a `{reason}`, and the reasons of a plan's own."""

    reason: Text = titled("わけを囲む文。わけは `{reason}` に入ります", "'（公表文の案を作っていません：{reason}）'")
    boundary: Text = titled("範囲を選んでいないときのわけ", "範囲（バウンダリ）が未記入です。")
    exceeded: Text = titled("無効化した量が、調達した量より多いときのわけ", "どちらかを直してください。")
    waiting: Text = titled("まだ買わないのに、事前の案があるときのわけ", "まだ買いません。")
    pending: Text = titled("無効化は済み、事後の算定がまだのときのわけ", "事後の算定が未記入です。")


class PlanOrder(Record, title="日付の順"):
    """Two days, of which `then` should not come before `first`; `due` is that of every task.

    `wrong`: withheld from the documents and not done; `doubt`: not done; `note`: told; `late`: told until the task is done.
    """

    first: Name = titled("先のはずの日", "retired_on", form="日付の欄の名前、または `due`")
    then: Name = titled("あとのはずの日", "published_on", form="日付の欄の名前、または `due`")
    weight: Literal["wrong", "doubt", "note", "late"] = titled(
        "順が逆のときの扱い",
        "wrong",
        names={
            "wrong": "直すまで文書に入れず、手順を済にしない",
            "doubt": "手順を済にしない",
            "note": "知らせる",
            "late": "手順が済むまで知らせる",
        },
    )
    text: Text = titled("欄の下に出す文。`first` の呼び名は `{first}` に入ります", "'「{first}」より前の日です。'")


class SurveyError(Record, title="選べる誤差"):
    """A choice of the error and what it stands for, in percentage points."""

    choice: Id = titled("欄の選択肢", "within-5")
    points: SomeCount = titled("誤差（ポイント）", "5")


class SurveyOther(Record, title="計算器にない手段"):
    """Who came in a way that no calculator counts, and what the tally says instead of its fields."""

    label: Text = titled("手段", "歩き・自転車など")
    fields: Text = titled("集計の表の、計算器の欄のところに書く言葉", "入れません")


class Survey(Record, title="来場者アンケートの人数"):
    """How many visitors to ask, as a simple random sample for a share: `z` of the confidence, `share` at its worst.

    `people` is the field of the calculators that says how many come, `error` the fact that chooses one of the errors;
    `visitors` and `errors` are the rows and columns of a table to read; `beyond` says what its sources do not bear out.
    """

    people: Name = titled("来場者の見込みを入れる、計算器の欄", "people", form="計算器の欄の名前")
    error: Name = titled("誤差を選ぶ欄", "survey_error", form="欄の名前")
    z: SomeAmount = titled("信頼度で決まる数", "1.96")
    share: SomeAmount = titled("置いた割合", "0.5")
    visitors: Annotated[list[SomeCount], NotEmpty] = titled("ページの表の行（来場者の人数）", "[100, 300]")
    errors: Annotated[list[SurveyError], NotEmpty] = titled("選べる誤差。ページの表の列になります")
    caption: Text = titled("ページの表の題", "何人に聞くか（信頼度95 %）")
    basis: Text = titled("何を仮定した式か", "単純無作為抽出を仮定しています。")
    beyond: Text = titled("出典にないこと", "1.96は出典にありません。")
    other: SurveyOther = titled("計算器にない手段")
    sources: Annotated[list[SourceCitation], NotEmpty] = titled("出典。1つ以上")
    grade: Grade = titled("確度", "A′")


class PlanWords(Record, title="案件をつくる"):
    """`data/plan.yml`: the tasks in their order and the documents; letters in a line, the largest number."""

    gap: Text = titled("空いているところに書く言葉", "＿＿（未記入）")
    doubted: Text = titled(
        "欄の下で直すように告げている値の代わりに、文書に書く言葉", "＿＿（直すところがあるため、入れていません）"
    )
    finished: Text = titled("残っていることがないときに、引き継ぎの表に書く言葉", "足りないものはありません。")
    unmade: Text = titled(
        "方針に合わず、作らない文書の代わりに書く言葉。方針は `{course}` に入ります", "'「{course}」なので作りません。'"
    )
    longest: SomeCount = titled("1行に入れられる文字の数", "200")
    largest: SomeCount = titled("数の欄に入れられる、最も大きい数", "10000000")
    drafts: PlanDrafts = titled("公表文の案（`statement.yml`）の部品のうち、この案件の言葉に替えるもの")
    undrafted: Undrafted = titled("公表文の案を作らないときに出す文")
    orders: list[PlanOrder] = titled("日付の順")
    survey: Survey | None = titled("来場者アンケートで何人に聞くかの式の数", default=None)
    tasks: list[PlanTask] = titled("手順")
    papers: list[Paper] = titled("文書")
