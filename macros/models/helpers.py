"""Records of a helper: how the amount that a field of a calculator asks comes from what people know."""

from typing import Annotated, Literal, LiteralString, cast

from pydantic import ValidationError, model_validator
from pydantic_core import PydanticCustomError

from .base import Amount, Count, Formula, Id, NotEmpty, Record, SomeAmount, Text, Unit, titled
from .calculators import Choice as FieldChoice  # `Choice` is a question's, where all models meet
from .calculators import Input, Name


class HelperChoice(Record, title="選択肢"):
    """An option of a choice; `lookup` gives for each column a factor id, or `=name` for a field or a constant."""

    id: Id = titled("選択肢の名前", "micro")
    label: Text = titled("画面に出る言葉", "マイクロバス")
    lookup: dict[Name, Text] = titled(
        "`lookup( )` で引く値。値のない選択肢では量が出ないので、わけを `rules` で伝えます",
        "{rate: km-per-litre-bus}",
        default={},
        form="名前と、係数の id（欄か定数なら `=名前`）の組",
    )


class HelperInput(Record, title="聞くこと"):
    """What is asked: a number, or a choice; `default` is also what an empty field counts as.

    `takes` names the field of the calculator whose text it begins with.
    """

    id: Name = titled("欄の名前", "bags")
    label: Text = titled("見出し", "袋の数")
    kind: Literal["number", "choice"] = titled(
        "種類", "choice", default="number", names={"number": "数", "choice": "選択"}
    )
    unit: Unit | None = titled("単位", "袋", default=None, when="`number` では要ります")
    default: float | str | None = titled(
        "初めの値。空欄もこの値とみなします", "1", default=None, form="数か選択肢の id"
    )
    min: Amount = titled("最小", "1", default=0)
    max: SomeAmount = titled("最大", "366", default=1e9)
    step: SomeAmount = titled("刻み。小数の桁もこれで決まります", "1", default=0.001)
    help: Text | None = titled("補足", "銘板にあります。", default=None)
    choices: list[HelperChoice] = titled("選択肢", default=[])
    when: Formula | None = titled("欄を出す条件", "vehicle == 'own'", default=None)
    takes: Name | None = titled("計算器の欄。開いたとき、その欄の値を写します", "people", default=None, form="欄の名前")

    @model_validator(mode="after")
    def _is_a_field(self) -> "HelperInput":
        """What a field of a calculator may not be, a field of a helper may not be either."""
        try:
            self.as_field()
        except ValidationError as error:
            first = error.errors()[0]
            raise PydanticCustomError(cast("LiteralString", first["type"]), "field", first.get("ctx")) from None
        return self

    def as_field(self) -> Input:
        """Return what is asked as a field of a calculator."""
        own = {key: value for key, value in self if key not in {"takes", "choices"}}
        return Input(**own, choices=[FieldChoice(**dict(choice)) for choice in self.choices])


class HelperStep(Record, title="途中の数"):
    """A number on the way to the amount."""

    id: Name = titled("名前", "weighed_kg")
    label: Text = titled("式を言葉にするときの呼び名", "量った重さの合計")
    unit: Unit = titled("単位", "kg")
    formula: Formula = titled("式", "sum(one_kg, two_kg)")
    digits: Count = titled("小数を何桁まで出すか", "0", default=1)


class HelperRule(Record, title="条件"):
    """A condition; when `check` fails, `message` stands at the field `at` and there is no amount."""

    when: Formula | None = titled("確かめるのはどんなときか", "given(left_l)", default=None)
    check: Formula = titled("成り立たなければならない条件", "before <= after")
    at: Name = titled("知らせを出す欄", "after", form="欄の名前")
    message: Text = titled("知らせる文。どうすればよいかも書きます", "後の値が、前の値より小さくなっています。")


class HelperExample(Record, title="手で確かめた例"):
    """A case worked by hand: what is typed, the amount shown, and its range where there is one."""

    worked: Text = titled("手での計算", "40袋×10.2 kg÷3袋＝136 kg")
    inputs: dict[str, str] = titled("入れる値", "{bags: '40'}", form="欄の名前と、打つとおりの文字の組")
    shown: Text = titled("画面に出るとおりの量", "'136.0'")
    low: Text | None = titled("画面に出るとおりの、幅の低い方", "'116.0'", default=None)
    high: Text | None = titled("同じく高い方", "'164.0'", default=None)


class Helper(Record, title="活動量の見つけ方"):
    """A way to an amount. `optional` names fields it can do without, `assumption` tells what of it is assumed.

    `low` and `high` are formulas of the range; without them it comes from the factors that have one.
    """

    id: Id = titled("方法の名前。ページの中のアドレス（`#amount-…`）になります", "waste-bags")
    title: Text = titled("何から出すか", "ごみ袋をいくつか量る")
    fields: Annotated[list[Name], NotEmpty] = titled(
        "入れる先の、計算器の欄。どれも同じ単位です", "[waste_kg]", form="欄の名前の並び"
    )
    text: Text = titled("どんなときに使うか、どう量るか", "3つほど体重計で量ります。")
    inputs: list[HelperInput] = titled("聞くこと", form="下の表の並び。なければ `[]`")
    steps: list[HelperStep] = titled("途中の数。上から順に計算し、後の式に名前で書けます", default=[])
    optional: list[Name] = titled("空欄でも「この欄も入れると計算できます」と言わない欄", "[two_kg]", default=[])
    rules: list[HelperRule] = titled("条件", default=[])
    unit: Unit = titled("出す量の単位", "kg")
    formula: Formula = titled("出す量の式", "bags * weighed_kg / weighed")
    digits: Count = titled("小数を何桁まで出すか", "0", default=1)
    low: Formula | None = titled(
        "幅の低い方の式。書かなければ、係数の幅から出ます", "bags * one_kg / one_bag", default=None
    )
    high: Formula | None = titled("幅の高い方の式。`low` と組で書きます", "bags * two_kg / one_bag", default=None)
    assumption: Text | None = titled(
        "何を仮に置いたか。係数を使う方法では要ります", "負荷75％の燃料を使います。", default=None
    )
    examples: Annotated[list[HelperExample], NotEmpty] = titled("手で確かめた例。はじめの1件はページにも載ります")

    @model_validator(mode="after")
    def _both_ends(self) -> "Helper":
        if bool(self.low) != bool(self.high):
            raise PydanticCustomError("both_ends", "both ends")
        return self
