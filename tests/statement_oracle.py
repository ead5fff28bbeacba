"""What a public statement may say, told anew: rules that read neither the conditions nor the formulas of the data.

`walk` gives forms with what is true of them, `untrue` tells what a draft says that is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from macros.formulas.numbers import show
from tests.calculator_tools import IDS, factor_now

SILENT = {"reduction", "forest", "supply", "pairing", "scheme"}
KINDS = {"renewable": "再生可能エネルギー", "energy-saving": "省エネルギー", "forest": "森林"}
CLAIM = re.compile(
    r"([\d,]+\.\d{3}) t-CO₂(?:のうち([\d,]+\.\d{3}) t-CO₂（一部）|の全量)を、(?:共同で(?:買う|買った))?"
    r"クレジット(?:（種類：([^（）]+)）)?で(埋め合わせる計画です|埋め合わせました)。"
)
GAP = re.compile(r"([\d,]+\.\d{3}) t-CO₂(?:が足りません|は埋め合わせていません)|わずか")
DONE = re.compile(r"埋め合わせました|減らしました|無効化しました|無効化により|無効化済み")
PLANNED = re.compile(r"計画|見込み|予定だった|埋め合わせる量")
NEAR = 1e-6


@dataclass
class Truth:
    """What is so: kilograms inside the boundary that remain, kilograms wanted and held, and whether the boundary is borne out."""

    stage: str
    borne_out: bool
    remaining: float
    wanted: float
    # None: nobody said what was bought
    held: float | None
    kind: str | None
    boundary: str
    buyer: bool = False

    @property
    def claim(self) -> float | None:
        """The kilograms that may be claimed; None when that is not known."""
        if self.buyer:
            return 0
        if self.stage == "plan":
            return self.wanted
        return None if self.held is None else min(self.wanted, self.held)


@dataclass
class Walked:
    """One combination: what is typed, and what is true of it."""

    calculator: str
    inputs: dict[str, str]
    rows: list[list[str]]
    truth: Truth | None


def untrue(one: Walked, lines: list[str], hints: dict[str, str]) -> list[str]:
    """Return what a draft says that is not so, or leaves out."""
    text, truth = "\n".join(lines), one.truth
    claims = CLAIM.findall(text)
    if truth is None:
        return (
            ["a calculator that drafts nothing claims"] if claims or len(lines) != 1 or "ありません" not in text else []
        )
    if not truth.borne_out:
        silent = len(lines) == 1 and not claims and "範囲" in text
        return [] if silent and "boundary" in hints else ["a boundary that is not borne out is stated"]
    return [rule for rule, so in _rules(truth, text, claims, hints) if not so]


def _rules(truth: Truth, text: str, claims: list[Any], hints: dict[str, str]) -> Iterator[tuple[str, bool]]:
    yield "a sound boundary is doubted", not hints
    yield "the boundary is missing", f"「{truth.boundary}」" in text or "どこまで" in text
    yield (
        "part of the boundary is told as all of it",
        "計算の範囲は" not in text or "量が分かる項目" in text or "合計" in text,
    )
    yield "what is done is told as planned", truth.stage == "plan" or not PLANNED.search(text)
    yield "a plan is denied that may be made", "計画はありません" not in text or truth.wanted <= NEAR
    yield "what is planned is told as done", truth.stage == "actual" or not DONE.search(text)
    yield "埋め合わせます has no tense", "埋め合わせます" not in text
    yield "a credit is called retired", not re.search(r"無効化し(ました|た[^と])|無効化により", text)
    yield "種類 with nothing behind", not re.search(r"種類：(?![^（）\s])", text)
    yield "a blank is filled with nothing", not re.search(r"nan|NaN|null|undefined|[{}]|「」|（件名）|（年度）", text)
    yield "a measure is no cause", "）により" not in text
    claim = truth.claim
    if not claim or claim <= 0:
        yield "claims what may not be claimed", not claims and "埋め合わせました" not in text
        return
    yield "one claim", len(claims) == 1
    if len(claims) != 1:
        return
    whole, part, kind, tense = claims[0]
    full = claim >= truth.remaining - NEAR
    yield "the denominator is what remains inside the boundary", whole == show(truth.remaining / 1000, 3)
    yield "the amount", (part or whole) == show(claim / 1000, 3)
    yield "一部 only if less is offset", (not part) == full
    yield "tense", tense == ("埋め合わせる計画です" if truth.stage == "plan" else "埋め合わせました")
    yield "the kind", kind == (truth.kind or "")
    yield (
        "more than is held",
        truth.held is None
        or truth.stage == "plan"
        or float((part or whole).replace(",", "")) <= truth.held / 1000 + 5e-4,
    )
    short = truth.stage == "actual" and truth.held is not None and truth.held < truth.wanted - NEAR
    yield "what is short is told", bool(GAP.search(text)) == short


# -- the walk ------------------------------------------------------------------------------------------


def walk() -> Iterator[Walked]:
    """Yield every combination."""
    yield from _event()
    yield from _office()
    yield from _vehicles()
    yield from _household()
    yield from _product()
    yield from _joint()
    for name in sorted(SILENT):
        for stage in ("plan", "actual"):
            yield Walked(name, {"stage": stage}, [], None)
    assert set(IDS) > SILENT


BOUGHT = ("none", "nothing", "less", "equal", "more")
TYPES = (None, "forest", "own")


def _bought(how: str, wanted: float) -> tuple[str, float | None]:
    """Return what is typed for what was bought, to the gram of a kilogram, and the kilograms held."""
    whole = round(wanted)
    kilograms = {"none": None, "nothing": 0, "less": max(0, whole // 2), "equal": whole, "more": whole + 1500}[how]
    return ("", None) if kilograms is None else (f"{kilograms / 1000:.3f}", float(kilograms))


def _offsets(
    name: str, inputs: dict[str, str], rows: list[list[str]], inside: float, boundary: str, borne_out: bool
) -> Iterator[Walked]:
    """Yield the combinations of stage, share, reduction, what was bought and the type for one filled form."""
    reductions = ["", "100", f"{inside:.3f}"] if name != "product" else [""]
    for stage, share, reduction, how, kind in product(("plan", "actual"), ("", "50", "0"), reductions, BOUGHT, TYPES):
        planned = float(reduction or 0)
        if stage == "plan" and planned > inside + NEAR:
            continue
        remaining = max(0.0, inside - planned) if stage == "plan" else inside
        wanted = remaining * float(share or 100) / 100
        typed, held = _bought(how, wanted)
        more = {"stage": stage, "offset_share": share, "bought_t": typed, "credit_type": kind or ""}
        more |= {"reduction_kg": reduction} if name != "product" else {}
        truth = Truth(stage, borne_out, remaining, wanted, held, KINDS.get(kind or ""), boundary)
        yield Walked(name, {**inputs, **more}, rows, truth)


EVENT = {
    "host": "主催者の活動だけ（会場のエネルギー、紙、ごみ）",
    "staff": "主催者の活動とスタッフの移動・宿泊",
    "participants": "参加者の移動・宿泊まで",
    "all": "参加者の移動・宿泊と飲食まで",
    "travel": "移動・宿泊だけ（会場のエネルギーなどは入れない）",
}


def _event() -> Iterator[Walked]:
    venue = ({"electricity_kwh": "3000"}, 3000 * factor_now("electricity-unknown"))
    rail = ({"rail_people": "100", "rail_km": "20", "trips": "2"}, 100 * 20 * 2 * factor_now("travel-rail"))
    food = ({"bento": "100"}, 100 * factor_now("bento"))
    for boundary, at_venue, travels, eats, included in product(EVENT, (0, 1), (0, 1), (0, 1), ("no", "yes")):
        if not at_venue and not travels:
            continue
        inputs: dict[str, str] = {"boundary": boundary, "include_food": included}
        inside = 0.0
        for there, (typed, kilograms), counts in (
            (at_venue, venue, True),
            (travels, rail, True),
            (eats, food, included == "yes"),
        ):
            inputs |= typed if there else {}
            inside += kilograms if there and counts else 0
        meals = bool(eats and included == "yes")
        borne_out = (
            bool(at_venue) == (boundary != "travel")
            and bool(travels) == (boundary != "host")
            and meals == (boundary == "all")
            and (boundary == "all" or not meals)
        )
        yield from _offsets("event", inputs, [], inside, EVENT[boundary], borne_out)


def _office() -> Iterator[Walked]:
    factor = factor_now("electricity-unknown")
    names = {"one": "1つの庁舎・施設", "several": "いくつかの施設", "all": "事務事業の全体"}
    for boundary, count in product(names, (0, 1, 3)):
        rows = [["館", "1000", *[""] * 8] for _ in range(count)]
        typed = {"boundary": boundary} | ({} if count else {"electricity_kwh": "4000"})
        borne_out = {"one": count < 2, "several": count != 1, "all": True}[boundary]
        yield from _offsets("office", typed, rows, (1000 * count or 4000) * factor, names[boundary], borne_out)


def _vehicles() -> Iterator[Walked]:
    names = {"fleet": "公用車のすべて", "part": "公用車の一部"}
    litres = 500 + 3600 / factor_now("km-per-litre-car")
    for boundary, listed in product(names, (0, 1)):
        rows = [["1号車", "500", ""]] * listed
        typed = {"boundary": boundary, "passenger_km": "3600"} | ({} if listed else {"van_l": "500"})
        yield from _offsets("vehicles", typed, rows, litres * factor_now("gasoline"), names[boundary], True)


def _household() -> Iterator[Walked]:
    names = {"energy": "家のエネルギーだけ", "car": "家のエネルギーと車", "all": "家のエネルギー、車、水道、ごみ"}
    home = 4000 * factor_now("electricity-unknown")
    car = 500 * factor_now("gasoline")
    water = 100 * (factor_now("water-supply") + factor_now("sewage"))
    waste = 100 * (factor_now("waste-burning") + factor_now("waste-transport"))
    for boundary, drives, others in product(names, (0, 1), (0, 1)):
        typed = {"boundary": boundary, "electricity_kwh": "4000"}
        typed |= {"gasoline_l": "500"} if drives else {}
        typed |= {"water_m3": "100", "waste_kg": "100"} if others else {}
        borne_out = (drives, others) == {"energy": (0, 0), "car": (1, 0), "all": (1, 1)}[boundary]
        inside = home + car * drives + (water + waste) * others
        yield from _offsets("household", typed, [], inside, names[boundary], borne_out)


def _product() -> Iterator[Walked]:
    names = {
        "use": "使うときの排出量だけ",
        "make": "つくるときの排出量",
        "cycle": "つくってから捨てるまで",
        "unknown": "—",
    }
    for boundary, side in product(names, ("seller", "buyer")):
        typed = {"boundary": boundary, "side": side, "unit_kg": "2.5", "units": "1,000"}
        for one in _offsets("product", typed, [], 2500, names[boundary], True):
            assert one.truth
            one.truth.buyer = side == "buyer"
            yield one


def _joint() -> Iterator[Walked]:
    names = {"events": "参加する市区町村の会議・イベント", "meetings": "共同で開く会議"}
    tables = (["700.5", "500.5"], ["2450", "3120", "780", "310"], ["0.4", "0.3"], ["1000", "2000"])
    for boundary, stage, weights, how, kind, step in product(
        names, ("plan", "actual"), tables, BOUGHT, TYPES, ("kg", "t")
    ):
        total = sum(map(float, weights))
        typed, held = _bought(how, total)
        if held is None:
            claim = None
        elif held >= total - NEAR:
            claim = total
        else:
            claim = _whole_steps(held, [float(one) for one in weights], 1 if step == "kg" else 1000)
        inputs = {"boundary": boundary, "stage": stage, "bought_t": typed, "credit_type": kind or "", "step": step}
        rows = [["A区", "祭", weight] for weight in weights]
        yield Walked(
            "joint-purchase",
            inputs,
            rows,
            _Joint(stage, True, total, total, held, KINDS.get(kind or ""), names[boundary], allotted=claim),
        )


@dataclass
class _Joint(Truth):
    """A joint purchase claims what is allotted, before and after."""

    allotted: float | None = None

    @property
    def claim(self) -> float | None:
        return self.allotted


def _whole_steps(held: float, weights: list[float], step: int) -> float:
    """Return what whole steps cover when not everything is covered: no row above what it emits."""
    return min(held // step, sum(weight // step for weight in weights)) * step
