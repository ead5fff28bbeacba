"""Records of a calculator: what it asks, what it reckons, what it shows. One definition feeds page, tests and workbook."""

import re
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from .base import (
    Amount,
    Count,
    Form,
    Formula,
    HelperRef,
    Id,
    MethodRef,
    PageRef,
    PrecedentRef,
    Record,
    SomeAmount,
    SomeCount,
    Text,
    Unit,
    titled,
)


def _looks_like_name(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", value):
        raise PydanticCustomError("bad_name", "bad name")
    return value


Name = Annotated[str, Form("名前"), AfterValidator(_looks_like_name)]
# the field that asks for a set of factors
SETS = "factors"


class Constant(Record, title="定数"):
    """A number by definition, with its unit: what formulas use instead of bare numbers."""

    id: Name = titled("定数の名前", "kg_per_t")
    name: Text = titled("何の数か", "1 tは1,000 kg")
    value: SomeAmount = titled("値", "1000.0")
    unit: Unit = titled("単位", "kg-CO2/t-CO2")


class Choice(Record, title="選択肢"):
    """An option of a choice; `lookup` gives for each column a factor id, or `=field` for a typed value.

    A `retired` option is read in old links and files, is no longer offered, and tells why.
    """

    id: Text = titled(
        "選択肢の名前。数だけなら、式でその数として使えます", "tepco-standard", form="文（英小文字・数字・ハイフン）"
    )
    label: Text = titled("画面に出る言葉", "往復（2倍）")
    aliases: list[Text] = titled("リンクで使える、ほかの名前", "[guidebook]", default=[])
    retired: Text | None = titled(
        "選べないようにしたわけ。前に作ったリンクとファイルでは読まれ、このわけが欄に出ます",
        "残差が公表されたため、使えません。",
        default=None,
    )
    lookup: dict[Name, Text] = titled(
        "`lookup( )` で使う値",
        "{factor: electricity-unknown}",
        default={},
        form="名前と、係数の id か `=欄の名前` か `=定数の名前` の組",
    )


class Band(Record, title="数の大きさ"):
    """What `lookup` gives for a number up to `up_to` (the last band has none)."""

    up_to: SomeAmount | None = titled("この数まで。最後の1件には書きません", "4", default=None)
    lookup: dict[Name, Id] = titled(
        "`lookup( )` で使う値", "{average: household-average-4}", form="名前と係数の id の組"
    )


class Input(Record, title="欄"):
    """A field; its `default` is also what an empty field counts as. `apart`: frames share one file with its choices.

    `absent` is what the field counts as in a link or file made before it was always written there. The choices of the field
    `factors` are the sets of data/factor-sets.yml, today's at the start; its `help` names that one as {today}.
    `paperwork`: only papers of an office need it; where residents are, it is folded.
    """

    id: Name = titled("欄の名前。式とリンクに使います", "rail_people")
    label: Text = titled("欄の見出し", "鉄道の人数")
    kind: Literal["number", "choice", "text"] = titled(
        "種類", "choice", default="number", names={"number": "数", "choice": "選択", "text": "文字"}
    )
    unit: Unit | None = titled("単位", "人", default=None, when="`number` では要ります")
    default: float | str | None = titled("空欄のときの値", "100", default=None, form="数。`choice` では選択肢の id")
    absent: Text | None = titled(
        "欄がリンクとファイルに必ず書かれるようになる前に作られたものでの値。初めの値を変えるときに書きます",
        "'1'",
        default=None,
        when="`absent_note` と組",
        form="選択肢の id",
    )
    absent_note: Text | None = titled(
        "そのようなリンクかファイルを開いたときに、欄に出す説明",
        "片道（1倍）で計算しています。",
        default=None,
        when="`absent` と組",
    )
    min: Amount = titled("いちばん小さい値", "1", default=0)
    max: SomeAmount = titled("いちばん大きい値", "20000", default=1e9)
    step: SomeAmount = titled("入れられる細かさ。`1` なら整数だけ", "1", default=0.001)
    help: Text | None = titled("補足", "運転する人も数えます。", default=None)
    choices: list[Choice] = titled("選択肢", default=[], when="`choice` では要ります")
    bands: list[Band] = titled("数の大きさで決まる係数", default=[])
    guidebook: dict[Name, Id] = titled(
        "2011年版で、どの選択肢でも代わりに使う係数",
        "{factor: electricity-tepco-2009}",
        default={},
        form="`lookup` の名前と係数の id の組",
    )
    guidebook_note: Text | None = titled(
        "その断り書き。単位が違うときは要ります", "2011年は東京電力の値を使います。", default=None
    )
    when: Formula | None = titled("この欄を出す条件", "electricity_supplier == 'own'", default=None)
    apart: bool = titled(
        "選択肢が長いので、枠の中のページでは、みなで使う1つのファイルに分けるか。`calculator-parts.yml` の、`default` のある選択の欄だけに書けます",
        "true",
        default=False,
    )
    paperwork: bool = titled(
        "役所の書類にだけ要る欄か。住民向けの画面では「書類に使うとき」にたたみます", "true", default=False
    )

    @model_validator(mode="after")
    def _whole(self) -> "Input":
        if self.kind == "number" and not self.unit:
            raise PydanticCustomError("no_unit", "no unit")
        if self.id == SETS and (self.kind != "choice" or self.choices or self.default is not None):
            raise PydanticCustomError("of_sets", "of sets")
        if self.kind == "choice" and not self.choices and self.id != SETS:
            raise PydanticCustomError("no_choices", "no choices")
        if bool(self.absent) != bool(self.absent_note) or (self.absent and self.kind != "choice"):
            raise PydanticCustomError("absent_note", "absent note")
        return self

    @model_validator(mode="after")
    def _within_bounds(self) -> "Input":
        if self.min >= self.max:
            raise PydanticCustomError("min_max", "min max", {"at": ("min",)})
        default = self.default if isinstance(self.default, float) else self.min
        if self.kind == "number" and not self.min <= default <= self.max:
            raise PydanticCustomError("default_bounds", "default bounds", {"at": ("default",)})
        tops = [band.up_to for band in self.bands]
        rising = [top for top in tops if top is not None]
        if tops and (tops != [*rising, None] or rising != sorted(set(rising))):
            raise PydanticCustomError("bands", "bands", {"at": ("bands",)})
        return self

    @property
    def offered(self) -> list[Choice]:
        """The options that the form offers."""
        return [choice for choice in self.choices if not choice.retired]

    @property
    def known(self) -> list[Choice]:
        """All options, those no longer offered last."""
        return sorted(self.choices, key=lambda choice: bool(choice.retired))


class Line(Record, title="明細"):
    """A line item in kg-CO2, by the activity it belongs to; `optional` names fields it can do without."""

    id: Name = titled("明細の名前。式では `line_` を付けます", "rail")
    label: Text = titled("見出し", "鉄道")
    unit: Unit = titled("単位", "kg-CO2/年", default="kg-CO₂")
    formula: Formula = titled("計算の式", "rail_people * rail_km * factor_travel_rail")
    optional: list[Name] = titled("空欄でも「この欄も入れると計算できます」と言わない欄", "[growth_m3_ha]", default=[])
    mark: Name | None = titled("まとめて足すための印。`lines.印` で使います", "food", default=None)


class Result(Record, title="結果"):
    """A number shown; `digits` after the point; `when` tells when it applies, `remark_when` when `remark` follows it.

    `beside` names the result that an official average stands beside; `paperwork` as of fields.
    """

    id: Name = titled("結果の名前", "credits_t")
    label: Text = titled("見出し", "買うクレジット")
    unit: Unit = titled("単位", "t-CO2")
    formula: Formula = titled("計算の式", "ceil(offset_t)")
    digits: Count = titled("小数を何桁まで出すか。出すときだけ四捨五入します", "0", default=1)
    when: Formula | None = titled("この結果を出す条件", "side == 'seller'", default=None)
    main: bool = titled("主な結果か。目立つように出ます", "true", default=False)
    paperwork: bool = titled(
        "役所の書類にだけ要る結果か。住民向けの画面では「書類に使うとき」にたたみます", "true", default=False
    )
    remark: Text | None = titled("数の後に付ける言葉", "（一部）", default=None, when="`remark_when` と組で書きます")
    remark_when: Formula | None = titled("その言葉を付ける条件", "covered_share < percent", default=None)
    help: Text | None = titled("補足", "1 tに満たない分は切り上げます。", default=None)
    beside: Name | None = titled(
        "平均の値が、どの結果や明細と並ぶか", "energy_kg", default=None, form="結果の id、`line_` を付けた明細の id"
    )


class Rows(Record, title="何行も入れる表"):
    """A table to fill: one record a row."""

    label: Text = titled("見出し", "施設ごとの行")
    help: Text | None = titled("補足。列の順も書きます", "列の順は、施設、電気です。", default=None)
    max: SomeCount = titled("行の数の上限", "200")
    start: Count = titled("はじめに出す行の数", "2", default=0)
    columns: list[Input] = titled(
        "列。`groups` の欄と同じ名前でもかまいません",
        "[electricity_kwh, city_gas_m3]",
        form="欄の表の並び、または共通の欄の名前の並び",
    )
    results: list[Result] = titled("行ごとの結果", default=[], form="結果の表の並び")

    @model_validator(mode="after")
    def _starts_within(self) -> "Rows":
        if self.start > self.max:
            raise PydanticCustomError("start_max", "start max", {"at": ("start",)})
        return self


class Rule(Record, title="条件"):
    """A condition across fields; when `check` fails, `message` stands at the field `at`.

    A `hint` withholds no result; while it is told, no statement is drafted.
    """

    when: Formula | None = titled("確かめるのはどんなときか", "given(people)", default=None)
    check: Formula = titled("成り立たなければならない条件", "rail_people <= people")
    at: Name = titled("知らせを出す欄。この欄を使う結果は出なくなります", "rail_people", form="欄の名前")
    message: Text = titled("知らせる文。何が違い、どうすればよいか", "鉄道の人数が、参加者の人数より多くなっています。")
    hint: bool = titled("知らせるだけで結果を止めないか。知らせている間、公表文の案は作りません", "true", default=False)


class Group(Record, title="欄のまとまり"):
    """Fields under one heading."""

    id: Id = titled("まとまりの名前", "venue")
    title: Text = titled("見出し", "会場のエネルギー")
    help: Text | None = titled("補足", "手段ごとに入れます。", default=None)
    inputs: list[Input] = titled(
        "欄。いちばん始めの欄は `stage` と `boundary` です",
        "[electricity_supplier, electricity_kwh]",
        form="下の表の並び、または共通の欄の名前の並び",
    )


class Kind(Record, title="数えるもの"):
    """One sort of activity to choose: the fields that it needs, and the choices of `boundary` it lies in (none: all)."""

    id: Id = titled("種類の名前", "rail")
    label: Text = titled("画面に出る名前", "鉄道")
    inputs: list[Name] = titled(
        "その種類の欄。いくつかの種類で同じ欄を使えます",
        "[trips, rail_people, rail_km]",
        form="`groups` にある欄の名前の並び",
    )
    within: list[Text] = titled(
        "その種類が入る範囲。書かなければ、どの範囲にも入ります",
        "[staff, participants, all]",
        default=[],
        form="`boundary` の選択肢の並び",
    )


class Preset(Record, title="計算例"):
    """Made-up values that show how the form is filled."""

    id: Id = titled("計算例の名前", "small-meeting")
    label: Text = titled("画面に出る名前。「仮の値」と入れます", "小さな会議（計算例・仮の値）")
    inputs: dict[str, str] = titled("入れる値", "{people: '30'}", form="欄の名前と、打つとおりの文字の組")
    rows: list[list[str]] = titled(
        "行に入れる値", "[[A社, '50'], [B社, '30']]", default=[], form="文字の並びの並び。列の順"
    )


class Example(Record, title="手で確かめた例"):
    """A case worked by hand: what is typed and what must be shown."""

    name: Text = titled("例の名前。後から変えません", "鉄道で往復する120人")
    worked: Text = titled("手での計算", "120人×20 km×2×0.017＝81.6 kg")
    inputs: dict[str, str] = titled(
        "入れる値", "{rail_people: '120'}", form="欄の名前と、打つとおりの文字の組。なければ `{}`"
    )
    rows: list[list[str]] = titled("行に入れる値", "[[A社, '50']]", default=[], form="文字の並びの並び。列の順")
    shown: dict[str, str] = titled(
        "出なければならない数",
        "{total_kg: '1,248.0'}",
        default={},
        form="結果（明細は `line_` を付けた名前）と、画面に出るとおりの文字の組",
    )
    rows_shown: list[dict[str, str]] = titled(
        "行ごとに出なければならない数", "[{yen: '1,515'}]", default=[], form="行の順に、行の結果の名前と文字の組"
    )
    withheld: list[str] = titled("出てはいけない結果", "[total_kg]", default=[], form="名前の並び")


class Words(Record, title="ページに出す説明"):
    """What the page of a calculator says in plain words."""

    counted: list[Text] = titled("数えるもの", "[会場の電気]")
    not_counted: list[Text] = titled("数えないもの", "[手数料]")
    limits: list[Text] = titled("この計算の限界", "[移動は平均の係数で計算します。]")
    claims: list[Text] = titled("公表するときに気を付けること", "[範囲をあわせて公表します。]")
    rounding: Text = titled("端数の扱いと、そのわけ", "1 t単位に切り上げます。")
    formula_sources: list[Text] = titled("式の出典", "[人数×距離×係数（国土交通省）]")


class Calculator(Record, title="計算器"):
    """One calculator, whole."""

    id: Id = titled("計算器の名前。ファイル名と同じ。アドレスになります", "event")
    method: MethodRef = titled("当たる取組方法。方法のページからのリンクになります", "a1")
    title: Text = titled("題", "会議・イベントの排出量と買うクレジット")
    short: Text = titled("短い名前", "会議・イベント")
    lead: Text = titled("何を計算するか", "会議の排出量を計算します。", form="1文")
    page: PageRef = titled("説明のあるページ", "methods/a1")
    audience: Literal["office", "resident"] = titled(
        "だれが使うか。`resident` では、`paperwork` の欄と結果を「書類に使うとき」にたたみ、平均との比べを先に出します",
        "resident",
        default="office",
    )
    words: Words = titled("ページに出す説明")
    groups: list[Group] = titled("欄のまとまり")
    rows: Rows | None = titled("何行も入れる表", default=None)
    lines: list[Line] = titled("明細", default=[])
    results: list[Result] = titled("結果")
    rules: list[Rule] = titled("いくつかの欄にわたる条件", default=[])
    kinds: list[Kind] = titled("「数えるもの」で選ぶ、活動の種類", default=[])
    helpers: list[HelperRef] = titled(
        "欄に「分かる数から出す」を付ける、活動量の見つけ方。書いた順に出ます", "[fuel-left, waste-bags]", default=[]
    )
    yardsticks: list[PrecedentRef] = titled(
        "1人あたりの量のそばに示す、公表された行事の例。人数と排出量のある実例です", "[yokohama-triathlon]", default=[]
    )
    presets: list[Preset] = titled("画面で選べる計算例")
    worked_preset: Id = titled("計算の過程をページに載せる計算例", "small-meeting", form="`presets` の id")
    examples: list[Example] = titled("手で確かめた例。検査に使い、ページにも載せます")


Whole = TypeVar("Whole")
# a record written in full, or the id of one in data/calculator-parts.yml
Part = Annotated[
    Annotated[str, Tag("shared-part")] | Annotated[Whole, Tag("own-part")],
    Discriminator(lambda value: "shared-part" if isinstance(value, str) else "own-part"),
]


class WrittenGroup(Group):
    """Fields under one heading, as a file has them."""

    inputs: list[Part[Input]] = titled()


class WrittenRows(Rows):
    """A table to fill, as a file has it."""

    columns: list[Part[Input]] = titled()


class CalculatorFile(Calculator):
    """One calculator as its file has it: a text in a list names a record of data/calculator-parts.yml."""

    groups: list[WrittenGroup] = titled()
    rows: WrittenRows | None = None
    lines: list[Part[Line]] = []
    results: list[Part[Result]] = titled()
    rules: list[Part[Rule]] = []


class NamedRule(Rule, title="条件"):
    """A rule that several calculators share."""

    id: Name = titled("条件の名前", "reduction_within_total")


class Residents(Record, title="住民向けの言葉"):
    """What the form says where residents are: the fold and its first group, what to reduce first, why nothing is compared,
    and what an amount far below the average may be."""

    fold: Text = titled("書類にだけ要る欄をたたむところの名前", "書類に使うとき")
    papers: Text = titled("その中の、書類に書く欄の見出し", "書類に書くこと")
    first: Text = titled("何から減らすかの見出し", "まず減らすこと")
    first_text: Text = titled("その説明", "量の多いものから見直します。")
    none: Text = titled("平均と比べていないときの説明", "平均とは比べていません。")
    month: Text = titled("平均よりずっと少ないときに、1か月分ではないかを尋ねる文", "1か月分ではありませんか。")


class Parts(Record, title="計算器が共通に使うもの"):
    """What several calculators share: fields, lines, results, rules, and the messages of the form."""

    constants: list[Constant] = titled("式に書く、単位の付いた数")
    inputs: list[Input] = titled("共通の欄", form="`calculators/` の「欄」の表の並び")
    lines: list[Line] = titled("共通の明細", form="`calculators/` の「明細」の表の並び")
    results: list[Result] = titled("共通の結果", form="`calculators/` の「結果」の表の並び")
    rules: list[NamedRule] = titled("共通の条件")
    messages: dict[str, Text] = titled(
        "画面に出す言葉。項目の名前は変えず、文だけを直します",
        "{whole: 整数を入れてください。}",
        form="名前と文の組。`{min}` などはそのまま残します",
    )
    residents: Residents = titled("住民向けの画面で出す言葉")
