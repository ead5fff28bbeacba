"""Records about numbers with a source: emission factors, averages, prices; and the sets that values belong to."""

import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import (
    Address,
    Amount,
    FactorSetRef,
    FactorSourceRef,
    Id,
    OfferRef,
    Record,
    SomeAmount,
    Text,
    Unit,
    When,
    titled,
)
from .dates import first_day

Confidence = Literal["official", "official-copy", "secondary", "derived"]
CONFIDENCES = {
    "official": "発行者自身の公開文書で読んだ",
    "official-copy": "公式の文書の写しで読んだ",
    "secondary": "二次資料（解説、報道、別の団体の資料など）で読んだ",
    "derived": "上のどれかの値から計算した。計算の仕方を `note` に書きます",
}
# what a price is: asked by a seller, the mean of a market, what bidders paid
PriceKind = Literal["売り出し", "市場の平均", "入札"]
Tax = Literal["込", "抜", "不明"]
PRICE_UNIT = "円/t-CO₂"
# of a share: the whole is 1
SHARE_UNIT = "1"


class FactorSource(Record, title="係数の出典"):
    """A document that numbers are taken from; `read_as` tells what was read when it was not the original."""

    id: Id = titled("出典の名前", "moe-fuels")
    title: Text = titled("文書の題", "算定方法・排出係数一覧")
    publisher: Text = titled("発行者", "環境省")
    date: When | None = titled("発行日。分からないときは書きません", "2026-01-09", default=None)
    url: Address | None = titled(
        "アドレス。分からないときは書きません",
        "https://policies.env.go.jp/earth/ghg-santeikohyo/calc.html",
        default=None,
        when="なければ `read_as` が要ります",
    )
    licence: Text = titled("利用条件", "公共データ利用規約（第1.0版）")
    read_as: Text | None = titled("発行者のページそのものでないとき、何を読んで確かめたか", "法令の写し", default=None)


class FactorValue(Record, title="値"):
    """One value of a factor, in one set, from one day; never edited once published.

    A price has `kind` and `tax`, and names the `offer` it is of. `row` names where the value stands in a table of data/suppliers/.
    `jump` says why it is right although it is zero or far from the other values. `low` and `high` are the range that its
    sources give.
    """

    set: FactorSetRef = titled("版", "'2026'", form="係数の版の id。囲みます")
    value: Amount = titled("値", "0.017")
    low: SomeAmount | None = titled("出典にある幅の低い方。`high` と組で書きます", "0.016", default=None)
    high: SomeAmount | None = titled("出典にある幅の高い方", "0.018", default=None)
    valid_from: When = titled("値の始まりの日。分からないときは、調べた日", "2024-04-01")
    valid_to: When | None = titled("値の終わりの日。新しい値を足したときに書きます", "2026-03-31", default=None)
    source: FactorSourceRef = titled("出典", "mlit")
    also: list[FactorSourceRef] = titled("突き合わせた、ほかの出典", "[ordinance]", default=[])
    confidence: Confidence = titled("確かさ", "official")
    kind: PriceKind | None = titled(
        "どういう価格か。1 tあたりの価格にだけ書きます", "売り出し", default=None, when="`円/t-CO2` では要ります"
    )
    tax: Tax | None = titled(
        "価格の税の別。1 tあたりの価格にだけ書きます", "込", default=None, when="`円/t-CO2` では要ります"
    )
    offer: OfferRef | None = titled(
        "価格のもとになった売り手。額、税、種類、日付、出典が、売り手の記録と違うと検査で止まります",
        "gifu-prefecture-forest",
        default=None,
    )
    row: Text | None = titled(
        "値のある公表の表の行。`suppliers/` の表の名前と、番号（メニューや会社を決めるときは、その名前も）を空白で区切ります",
        "electricity-2026 A0055",
        default=None,
    )
    note: Text | None = titled("年度、基準、計算の仕方など", "2024年度", default=None)
    jump: Text | None = titled(
        "0か、同じ係数のほかの値と3倍を超えて違うか、同じ単位の係数と100倍を超えて違うときの、そのわけ",
        "算定の方法が変わったため。",
        default=None,
    )
    retrieved_on: When = titled("調べた日", "2026-11-21")
    review_by: When = titled("見直す期限", "2027-05-31")

    @model_validator(mode="after")
    def _lies_in_its_range(self) -> "FactorValue":
        if (self.low is None) != (self.high is None):
            raise PydanticCustomError("both_ends", "both ends", {"at": ("low",)})
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise PydanticCustomError("value_range", "value range", {"at": ("low",)})
        return self

    @model_validator(mode="after")
    def _tells_how_it_was_derived(self) -> "FactorValue":
        if self.confidence == "derived" and not self.note:
            raise PydanticCustomError("derived_note", "derived note", {"at": ("confidence",)})
        return self


class Factor(Record, title="係数"):
    """A number with its unit; `by_set` is false for what the sets do not compare (prices, averages)."""

    id: Id = titled("係数の名前。すべての話題を通して1つだけ", "travel-rail")
    name: Text = titled("表に出る名前", "鉄道")
    unit: Unit = titled("単位", "kg-CO2/人km")
    life_cycle: bool = titled(
        "ライフサイクル（LCA）の値か。使う明細に印が付き、合計の内数として別に示されます", "true", default=False
    )
    scope: Text | None = titled("直接の排出だけでないときの、値の範囲", "ライフサイクルの値（参考値）", default=None)
    by_set: bool = titled("版で変わるか。価格と平均は `false`", "false", default=True)
    values: list[FactorValue] = titled("値。古いものも消しません")

    @model_validator(mode="after")
    def _one_open_value_a_set(self) -> "Factor":
        newest = [value.set for value in self.values if value.valid_to is None]
        if not self.values or len(newest) > len(set(newest)):
            raise PydanticCustomError("factor_values", "factor values")
        return self

    @model_validator(mode="after")
    def _prices_say_what_they_are(self) -> "Factor":
        expected = [self.unit == PRICE_UNIT] * 2
        for i, value in enumerate(self.values):
            if [value.kind is not None, value.tax is not None] != expected:
                raise PydanticCustomError("price_kind", "price kind", {"at": ("values", i)})
        return self

    @model_validator(mode="after")
    def _shares_are_parts_of_one(self) -> "Factor":
        for i, value in enumerate(self.values if self.unit == SHARE_UNIT else []):
            if (value.high or value.value) > 1:
                raise PydanticCustomError("share", "share", {"at": ("values", i, "high" if value.high else "value")})
        return self

    def newest(self, *names: str) -> FactorValue | None:
        """Return the value in force of a set, or of several: the open one, else the one that began last."""
        values = [value for value in self.values if value.set in names]
        return max(values, key=lambda value: (value.valid_to is None, value.valid_from), default=None)


class FactorHeading(Record):
    """What the factors of a file are about."""

    id: Id = titled("話題の名前。ファイル名と同じ", "travel")
    title: Text = titled("表の見出し", "人の移動")
    note: Text | None = titled("表の注意書き", "どれも、その時点の参考の値です。", default=None)


class FactorTopic(FactorHeading, title="係数・価格・平均"):
    """A file of data/factors/: factors of one topic, shown as one table."""

    factors: list[Factor] = titled("係数")


def _is_year(value: str) -> str:
    if not re.fullmatch(r"[0-9]{4}", value):
        raise PydanticCustomError("bad_set_id", "bad set id")
    return value


class FactorSet(Record, title="版"):
    """A set of factors: what belongs together because it is used for the same time.

    `title` names it in tables, `short` in sentences and narrow columns, `label` where it is chosen; `about` is a sentence.
    `valid_from` is the day from which on what is done is reckoned with it.
    """

    id: Annotated[str, AfterValidator(_is_year)] = titled(
        "版の名前。リンクに `factors=2026` のように入ります", "'2026'", form="4桁の西暦。囲みます"
    )
    title: Text = titled("表に出る名前", "2026年版")
    short: Text = titled("短い名前。文の中や、表の列の見出しに出ます", "2026年版")
    label: Text = titled("計算器の選択肢に出る名前", "2026年版（令和7年度活動分の係数）")
    about: Text = titled("どういう係数か。係数の一覧のページに出ます", "令和7年度の活動に使う係数です。", form="1文")
    valid_from: When | None = titled(
        "いつからの活動に使うか。前の版より後にします。はっきりしないときは書きません", "2025-04-01", default=None
    )


class FactorSets(Record, title="係数の版"):
    """The sets, oldest first; `today` is the one to start with, `guidebook` the one that it is compared with."""

    today: FactorSetRef = titled(
        "これからの計算に使う版。計算器で、はじめに選ばれています", "'2026'", form="係数の版の id。囲みます"
    )
    guidebook: FactorSetRef = titled(
        "ガイドブック当時の版。いまの版と比べます", "'2011'", form="係数の版の id。囲みます"
    )
    sets: list[FactorSet] = titled("版。古い順に並べ、新しい版は終わりに足します")

    @model_validator(mode="after")
    def _two_roles(self) -> "FactorSets":
        if self.today == self.guidebook:
            raise PydanticCustomError("set_roles", "set roles", {"at": ("today",)})
        return self

    @model_validator(mode="after")
    def _oldest_first(self) -> "FactorSets":
        ids = [one.id for one in self.sets]
        if ids != sorted(ids):
            raise PydanticCustomError("set_order", "set order", {"at": ("sets",)})
        starts = [(first_day(one.valid_from), place) for place, one in enumerate(self.sets) if one.valid_from]
        for (earlier, _), (later, place) in pairwise(starts):
            if later <= earlier:
                raise PydanticCustomError("set_start", "set start", {"at": ("sets", place, "valid_from")})
        return self

    @model_validator(mode="after")
    def _named_apart(self) -> "FactorSets":
        for name in ("title", "short", "label"):
            said = [getattr(one, name) for one in self.sets]
            for place, own in enumerate(said):
                if own in said[:place]:
                    raise PydanticCustomError("set_name", "set name", {"at": ("sets", place, name)})
        return self

    @property
    def offered(self) -> list[FactorSet]:
        """The sets as they are offered: today's, the others from the newest on, the guidebook's."""
        return [self.current, *self.others, self.past]

    @property
    def others(self) -> list[FactorSet]:
        """The sets that are neither today's nor the guidebook's, from the newest on."""
        return [one for one in reversed(self.sets) if one.id not in {self.today, self.guidebook}]

    @property
    def current(self) -> FactorSet:
        """Today's set."""
        return self.named(self.today)

    @property
    def past(self) -> FactorSet:
        """The guidebook's set."""
        return self.named(self.guidebook)

    def before(self, name: str) -> FactorSet | None:
        """Return the set that a set takes the place of; the guidebook's takes none's, and none takes its place."""
        earlier = [one for one in self.sets if one.id < name and self.guidebook not in {one.id, name}]
        return earlier[-1] if earlier else None

    def named(self, name: str) -> FactorSet:
        """Return the set of an id."""
        return next(one for one in self.sets if one.id == name)

    def value(self, factor: Factor, name: str) -> FactorValue | None:
        """Return what a set reckons with: its own value, else that of the newest set before it, else today's.

        The guidebook's set has its own values or today's, and lends none. What is not compared by set is the same in all.
        """
        own = [one.id for one in self.sets if one.id != self.guidebook]
        if not factor.by_set:
            return factor.newest(*own)
        earlier = [name] if name == self.guidebook else [one for one in reversed(own) if one <= name]
        found = next(filter(None, map(factor.newest, earlier)), None)
        return found if found or name == self.today else self.value(factor, self.today)

    def now(self, factor: Factor) -> FactorValue | None:
        """Return the value of today's set."""
        return self.value(factor, self.today)

    def then(self, factor: Factor) -> FactorValue | None:
        """Return the own value of the guidebook's set; None where it has none, or where sets are not compared."""
        return factor.newest(self.guidebook) if factor.by_set else None

    def counts(self, factor: Factor, value: FactorValue) -> bool:
        """Tell whether a value is in force: open, and of no set that a newer one has taken the place of."""
        newer = [one.id for one in self.sets if value.set < one.id <= self.today]
        replaced = value.set != self.guidebook and any(map(factor.newest, newer))
        return value.valid_to is None and not replaced

    def reuses(self, factor: Factor, name: str) -> bool:
        """Tell whether a set reckons with the value of another one, which is marked."""
        value = self.value(factor, name)
        return factor.by_set and value is not None and value.set != name
