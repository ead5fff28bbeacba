"""Checks that a formula gives the unit it says, so that a lost "÷ 1000" fails before the site is built."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pint

from .tree import Tree

# unit as the data is read -> name of the unit for Pint; longest first when units are read
UNITS = {
    "kg-CO₂": "kg_co2",
    "t-CO₂": "t_co2",
    "t-C": "t_carbon",
    "人泊": "stay",
    "世帯": "household",
    "時間": "hour_",
    "kWh": "kWh",
    "kVA": "kVA",
    "GJ": "GJ",
    "Nm³": "normal_m3",
    "m³": "m3",
    "km": "km",
    "kW": "kW",
    "kg": "kg",
    "m²": "m2",
    "ha": "ha",
    "人": "person",
    "個": "item",
    "本": "piece",
    "口": "share",
    "円": "yen",
    "年": "year_",
    "日": "day_",
    "泊": "night",
    "台": "machine",
    "袋": "bag_",
    "枚": "sheet",
    "回": "dimensionless",
    "%": "pct",
    "L": "L",
    "W": "watt_",
    "g": "g_",
    "t": "t_wood",
    "1": "dimensionless",
}
BASES = (
    "kg_co2",
    "t_carbon",
    "household",
    "normal_m3",
    "m3",
    "m2",
    "km",
    "kVA",
    "GJ",
    "kW",
    "kg",
    "ha",
    "person",
    "hour_",
)
MORE_BASES = ("item", "piece", "share", "yen", "year_", "day_", "night", "machine", "bag_", "sheet", "L", "t_wood")
WRITTEN = {name: text for text, name in UNITS.items() if text != "回"}
ANY = object()  # the unit of 0, and of what is told elsewhere: it goes with every other


class UnitError(Exception):
    """A formula mixes units or gives another unit than it says."""


@cache
def _registry() -> pint.UnitRegistry:
    """Units as they are counted here: a kg of waste is no kg of CO₂, a Nm³ is no m³."""
    registry = pint.UnitRegistry(None)  # type: ignore[arg-type] - none of its own units: they cost more than all formulas
    for name in (*BASES, *MORE_BASES):
        registry.define(f"{name} = [{name}]")
    registry.define("t_co2 = 1000 * kg_co2")
    registry.define("kWh = kW * hour_")
    registry.define("watt_ = 0.001 * kW")
    registry.define("g_ = 0.001 * kg")
    registry.define("stay = person * night")
    registry.define("pct = 0.01")
    return registry


@cache
def unit(text: str) -> pint.Unit:
    """Return the Pint unit of a unit as written in the data, such as `kg-CO₂/人km`."""
    above, *below = text.split("/")
    result: Any = _product(above)
    for part in below:
        result = result / _product(part)
    return result


def _product(text: str) -> pint.Unit:
    found = re.findall("|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)), text)
    if not found or "".join(found) != text:
        raise UnitError(f"知らない単位です「{text}」。使えるのは {'、'.join(UNITS)} とその組み合わせ")
    result: Any = _registry().Unit("dimensionless")
    for part in found:
        result = result * _registry().Unit(UNITS[part])
    return result


def said(one: Any) -> str:
    """Return a unit as it is written in the data: `kg-CO₂×人/L`; `1` for none."""
    text = re.sub(r"\w+", lambda match: WRITTEN.get(match[0], match[0]), f"{one:C}")
    return text.replace("**", "^").replace("*", "×")


def same(one: Any, other: Any) -> bool:
    """Tell whether two units are one and the same, factor included."""
    if one is ANY or other is ANY:
        return True
    try:
        return abs(_registry().Quantity(1, one).m_as(other) - 1) < 1e-12
    except pint.DimensionalityError:
        return False


def unit_of(tree: Tree, known: Callable[[str], Any]) -> Any:
    """Return the unit a tree gives; `known` tells the unit of a name (also `a.b` and `a==b`). Raises UnitError."""
    if isinstance(tree, str):
        return known(tree)
    if not isinstance(tree, list):
        return ANY if tree == 0 else _registry().Unit("dimensionless")
    return RULES[tree[0]](tree, known)


def _alike(parts: list[Tree], known: Callable[[str], Any]) -> Any:
    units = [unit_of(part, known) for part in parts]
    first = next((one for one in units if one is not ANY), ANY)
    for other in units:
        if not same(first, other):
            raise UnitError(f"単位の違うものを足したり比べたりしています（{said(first)} と {said(other)}）")
    return first


def _times(tree: Tree, known: Callable[[str], Any]) -> Any:
    result: Any = _registry().Unit("dimensionless")
    for part in tree[1:]:
        one = unit_of(part, known)
        result = ANY if one is ANY or result is ANY else result * one
    return result


def _over(tree: Tree, known: Callable[[str], Any]) -> Any:
    above, below = unit_of(tree[1], known), unit_of(tree[2], known)
    if tree[2] == 0:
        raise UnitError("0 では割れません")
    return ANY if above is ANY or below is ANY else above / below


def _compared(tree: Tree, known: Callable[[str], Any]) -> Any:
    _alike(tree[1:], known)
    return _registry().Unit("dimensionless")


def _joined(tree: Tree, known: Callable[[str], Any]) -> Any:
    for part in tree[1:]:
        unit_of(part, known)
    return _registry().Unit("dimensionless")


def _either(tree: Tree, known: Callable[[str], Any]) -> Any:
    unit_of(tree[1], known)
    return _alike(tree[2:], known)


def _chosen(tree: Tree, known: Callable[[str], Any]) -> Any:
    return known(f"{tree[1]}=={tree[2]}")


RULES: dict[str, Callable[..., Any]] = {
    "*": _times,
    "/": _over,
    **dict.fromkeys(("+", "-", "min", "max", "sum", "first", "allot"), lambda tree, known: _alike(tree[1:], known)),
    **dict.fromkeys(("ceil", "floor"), lambda tree, known: unit_of(tree[1], known)),
    **dict.fromkeys(("<", "<=", ">", ">="), _compared),
    **dict.fromkeys(("and", "or", "not", "given", "count"), _joined),
    **dict.fromkeys(("is", "isnt"), _chosen),
    "if": _either,
    "rows": lambda tree, known: known(f"rows.{tree[1]}"),
    "lines": lambda tree, known: known(f"lines.{tree[1]}"),
    "lookup": lambda tree, known: known(f"{tree[1]}.{tree[2]}"),
}
