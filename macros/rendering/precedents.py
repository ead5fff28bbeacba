"""Macros of `/precedents/`: real offsets after 2012, those that are alike, what decides their size, and what is left out."""

from collections import Counter
from functools import partial
from math import log10
from typing import Any, Literal

from ..loading import Guide
from ..models import Precedent
from ..models.base import GRADES
from ..models.labels import label
from ..models.precedents import Caution
from .alike import COUNTED, EVENTS, alike, per_person
from .buying import TAXES, named
from .core import Core, plain
from .register import macro

TOKYO = "東京の市区町村"
REGIONS = {
    TOKYO: "東京都",
    "北海道・東北": "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県",
    "関東（東京のほか）": "茨城県 栃木県 群馬県 埼玉県 千葉県 神奈川県",
    "中部": "新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県",
    "近畿": "三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県",
    "中国・四国": "鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県",
    "九州・沖縄": "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県",
    "全国": "",
}
# upper limit in tonnes → what the filter calls it
SIZES = {1: "1 tまで", 10: "1 tより多く10 tまで", 100: "10 tより多く100 tまで", 1_000_000: "100 tより多い"}
OLD = "2012年までの例（範囲の外。くらべるために残す）"
# a bar begins at 1 g and ends at 10 t, each step ten times the one before
LEAST, MOST = -3, 4
TICKS = ("1 g", "10 g", "100 g", "1 kg", "10 kg", "100 kg", "1 t", "10 t")


def _precedent_files(guide: Guide, _words: tuple[str, ...]) -> list[str]:
    return ["precedent-notes.yml", *(f"precedents/{one.id}.yml" for one in guide.precedents)]


class Precedents(Core):
    """`precedent_*` and `precedents`."""

    @macro(_precedent_files, home="precedents/index")
    def precedent_counts(self) -> str:
        """Return how many records there are, of each grade and of each kind of event with tonnes."""
        recent = [one for one in self.guide.precedents if not one.old]
        grades = Counter(one.grade for one in recent)
        events = [one for one in recent if one.kind in EVENTS]
        return self.render(
            "precedent-counts",
            recent=recent,
            old=len(self.guide.precedents) - len(recent),
            grades=[(grade, grades[grade], told) for grade, told in GRADES.items()],
            events=events,
            weighed=[one for one in events if one.tonnes],
            festivals=[one for one in events if one.kind == "festival"],
        )

    @macro(_precedent_files, home="precedents/index")
    def precedent_alike(self) -> str:
        """Return the form that asks for kind and size, and the precedents that are like the example."""
        asked = self.guide.precedent_notes.alike
        found = alike(self.guide.precedents, asked.kind, asked.people, asked.tonnes)
        return self.render("precedent-alike", asked=asked, found=found, **self._helpers())

    @macro(_precedent_files, home="precedents/index")
    def precedent_chart(self) -> str:
        """Return the chart of tonnes a person by what was counted."""
        bars = per_person(self.guide.precedents)
        groups = [(title, [bar for bar in bars if bar.counted == name]) for name, title in COUNTED.items()]
        orders = int(log10(max(bar.kg for bar in bars) / min(bar.kg for bar in bars))) if bars else 0
        return self.render("precedent-chart", groups=groups, orders=orders, ticks=TICKS, length=length, weight=weight)

    @macro(_precedent_files, home="precedents/index")
    def precedents(self) -> str:
        """Return the form that filters, and every record by kind; those of 2012 and before are folded."""
        return self.render(
            "precedents",
            groups=self._by_kind(),
            filters=self._filters(),
            sellers=named(self.guide.offers),
            **self._helpers(),
        )

    @macro(_precedent_files, home="precedents/index")
    def precedent_side(self) -> str:
        """Return three precedents side by side, and the ways to take them away."""
        chosen = [
            one for name in self.guide.precedent_notes.side_by_side for one in self.guide.precedents if one.id == name
        ]
        told = [dict(self.facts(one)) for one in chosen]
        names = [name for name in FACTS if any(name in facts for facts in told)]
        return self.render("precedent-side", chosen=chosen, told=told, names=names, order=list(FACTS))

    @macro("precedent-notes.yml", home="precedents/index")
    def precedent_cautions(self) -> str:
        """Return what must be kept in mind, with the precedents it concerns."""
        tied = {
            caution.id: [one for one in self.guide.precedents if caution.id in one.cautions]
            for caution in self.guide.precedent_notes.cautions
        }
        return self.render("precedent-cautions", cautions=self.guide.precedent_notes.cautions, tied=tied)

    @macro("precedent-notes.yml", home="precedents/index")
    def precedent_left_out(self, why: Literal["not-found", "not-borne-out"]) -> str:
        """Return what is not on the page: looked for and not found, or found and not borne out."""
        return self.render(
            "plain-list", items=[one.text for one in self.of_kind(self.guide.precedent_notes.left_out, "why", why)]
        )

    def facts(self, one: Precedent) -> list[tuple[str, str]]:
        """Return what is told of a precedent, as name and words; what no source says is left out."""
        words = self._names()
        found = {name: tell(one, words) for name, tell in FACTS.items()}
        found["注意"] = "。".join(
            caution.text.rstrip("。") for caution in self.guide.precedent_notes.cautions if caution.id in one.cautions
        )
        return [(name, text) for name, text in found.items() if text]

    def precedent_told(self, one: Precedent) -> str:
        """Return a precedent's record as feeds have it."""
        return self.render("feed-precedent", one=one, facts=self.facts(one))

    def precedent_line(self, one: Precedent) -> str:
        """Return who, when and how much, in a line that stands behind the title."""
        cautions = self.guide.precedent_notes.cautions
        return "、".join([one.who, year_line(one), tonnes_line(one, cautions)])

    def _by_kind(self) -> list[tuple[str, bool, list[Precedent]]]:
        """Return title, whether it is open to view, and records of each group."""
        kinds = self._names()["kind"]
        recent = [one for one in self.guide.precedents if not one.old]
        groups = [(kinds[kind], kind == EVENTS[0], [one for one in recent if one.kind == kind]) for kind in kinds]
        old = [one for one in self.guide.precedents if one.old]
        return [(title, shown, sorted(found, key=by_year)) for title, shown, found in [*groups, (OLD, False, old)]]

    def _filters(self) -> dict[str, Any]:
        words, all_of = self._names(), self.guide.precedents
        years = sorted({one.year[:4] for one in all_of if one.year}, reverse=True)
        offered = {
            "kind": ("種類", {"event": "催し・大会のすべて", **words["kind"]}),
            "region": ("地域", {region: region for region in REGIONS}),
            "year": ("年", {year: f"{year}年" for year in years} | {"unseen": "見えていない"}),
            "size": ("量", {**{str(limit): title for limit, title in SIZES.items()}, "unseen": "見えていない"}),
            "boundary": ("数えたもの", words["boundary"] | {"unseen": "見えていない"}),
            "credit": ("クレジット", words["credits"] | words["schemes"] | {"unseen": "見えていない"}),
            "fund": ("財源", words["funds"]),
            "method": ("近い取組方法", {method.id: f"{method.code} {method.title}" for method in self.guide.methods}),
        }
        there = {name: {value for one in all_of for value in held(one)[name].split("|")} for name in offered}
        return {
            name: (label, {value: title for value, title in choices.items() if value in there[name]})
            for name, (label, choices) in offered.items()
        }

    def _names(self) -> dict[str, dict[str, str]]:
        fields = label(Precedent).fields
        return {name: fields[name].choices for name in ("kind", "boundary", "credits", "schemes", "funds")}

    def _helpers(self) -> dict[str, Any]:
        return {
            "words": self._names(),
            "facts": self.facts,
            "searched": SEARCHED,
            "brief": partial(brief, cautions=self.guide.precedent_notes.cautions),
            "held": held,
            "events": EVENTS,
        }


def by_year(one: Precedent) -> tuple[bool, str, str]:
    """Newest first, those without a year last."""
    return (not one.year, "".join(chr(0xFFFF - ord(letter)) for letter in one.year or ""), one.id)


def by_worth(one: Precedent) -> tuple[bool, bool, tuple[bool, str, str]]:
    """Those whose publisher was read and whose tonnes are known first, of them the newest."""
    return (not one.tonnes, one.grade != "A", by_year(one))


def region_of(one: Precedent) -> str:
    """Return the region of a precedent's prefecture."""
    return next((region for region, places in REGIONS.items() if one.place and one.place in places.split()), "全国")


def size_of(one: Precedent) -> str:
    """Return the class of size that the filter knows a precedent by."""
    return next((str(limit) for limit in SIZES if one.tonnes and one.tonnes <= limit), "unseen")


def held(one: Precedent) -> dict[str, str]:
    """Return what the filters ask of a precedent: the values of each, parted by bars."""
    values = {
        "kind": [one.kind, *(["event"] if one.kind in EVENTS else [])],
        "region": [region_of(one)],
        "year": [(one.year or "unseen")[:6]] if not one.year else [one.year[:4]],
        "size": [size_of(one)],
        "boundary": one.boundary,
        "credit": [*one.credits, *one.schemes],
        "fund": one.funds,
        "method": one.methods,
    }
    return {name: "|".join(found or ["unseen"]) for name, found in values.items()}


def brief(one: Precedent, cautions: list[Caution]) -> str:
    """Return year, people and tonnes in a line, the tonnes with the marks of their cautions."""
    people = f"{plain(one.people)}人" if one.people else ""
    return "・".join(part for part in (year_line(one), people, tonnes_line(one, cautions), f"確度 {one.grade}") if part)


def year_line(one: Precedent) -> str:
    """Return the year, or that it is not seen."""
    return f"{one.year[:4]}年" if one.year else "年は見えていない"


def tonnes_line(one: Precedent, cautions: list[Caution]) -> str:
    """Return the tonnes with the marks of their cautions."""
    marks = "、".join(caution.mark for caution in cautions if caution.mark and caution.id in one.cautions)
    return brief_tonnes(one) + (f"（{marks}）" if marks and one.tonnes else "")


def brief_tonnes(one: Precedent) -> str:
    """Return what was offset, else what was emitted."""
    if one.offset_t:
        return f"オフセット {plain(one.offset_t)} t"
    return f"排出 {plain(one.emitted_t)} t" if one.emitted_t else "量は見えていない"


def length(kg: float) -> float:
    """Return how much of the width a bar takes, in %: from 1 g, each tenfold as long as the one before."""
    return round(max(0.0, log10(kg) - LEAST) / (MOST - LEAST) * 100, 2)


def weight(kg: float) -> str:
    """Return kg-CO2 as words with three figures, in g, kg or t."""
    value, unit = (kg * 1000, "g") if kg < 0.1 else (kg, "kg") if kg < 1000 else (kg / 1000, "t")
    return f"{float(f'{value:.3g}'):g} {unit}"


def amount(one: Precedent) -> str:
    """Return what was emitted and offset, with the share."""
    parts = [f"排出 {plain(one.emitted_t)} t"] if one.emitted_t else []
    parts += [f"オフセット {plain(one.offset_t)} t"] if one.offset_t else []
    return "。".join([*(["、".join(parts)] if parts else []), *([one.amount_text] if one.amount_text else [])])


def times(one: Precedent) -> str:
    """Return the numbers of each time or group of people."""
    return "。".join(f"{time.title}：{'、'.join(_numbers(time))}" for time in one.editions)


def _numbers(time: Any) -> list[str]:
    people = [f"{plain(time.people)}人"] if time.people else []
    emitted = [f"排出 {plain(time.emitted_t)} t"] if time.emitted_t else []
    return people + emitted + ([f"オフセット {plain(time.offset_t)} t"] if time.offset_t else [])


def a_person(one: Precedent) -> str:
    """Return kg-CO2 a person where both numbers are known."""
    return f"{weight(one.emitted_t * 1000 / one.people)}（このサイトでの計算）" if one.people and one.emitted_t else ""


def listed(words: dict[str, str], found: list[str], text: str | None) -> str:
    """Return the names of chosen values with what is said of them."""
    names = "、".join(words[name] for name in found)
    return f"{names}：{text}" if names and text else names or text or ""


def cost(one: Precedent) -> str:
    """Return what was paid, with the tax."""
    return f"{one.cost}。{TAXES[one.tax]}" if one.cost and one.tax else ""


# what of a precedent is found by search: what was done, not how it was read
SEARCHED = {"種類", "数えたもの", "量", "クレジット", "額", "だれが払ったか"}
# name → how it is told, in the order of the records, the table side by side and the files
FACTS: dict[str, Any] = {
    "団体": lambda one, words: one.who,
    "年": lambda one, words: one.year_text,
    "種類": lambda one, words: words["kind"][one.kind],
    "数えたもの": lambda one, words: listed(words["boundary"], one.boundary, one.boundary_text),
    "人数": lambda one, words: one.people_text,
    "量": lambda one, words: amount(one),
    "回ごとの量": lambda one, words: times(one),
    "1人あたり": lambda one, words: a_person(one),
    "クレジット": lambda one, words: listed(
        words["credits"] | words["schemes"], [*one.credits, *one.schemes], one.credit_text
    ),
    "額": lambda one, words: cost(one),
    "だれが払ったか": lambda one, words: one.payer,
    "証明": lambda one, words: one.proof,
    "活動量": lambda one, words: one.activity,
    "このサイトでの計算": lambda one, words: "。".join(one.reckoned),
    "注意": lambda one, words: "",
    "そのほか": lambda one, words: "。".join(one.notes),
    "出典の言葉": lambda one, words: f"「{one.quote}」" if one.quote else "",
    "見えなかったこと": lambda one, words: "、".join(one.unseen),
    "読んだもの": lambda one, words: one.read_as,
}
