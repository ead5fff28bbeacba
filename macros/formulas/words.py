"""Writes a formula out with the values of a run: `120 人 × 20 km × 2 × 0.017 kg-CO₂/人km`."""

import re
from collections.abc import Callable
from typing import Any

from .numbers import show, show_typed
from .tree import Tree
from .value import evaluate

SIGNS = {"*": " × ", "/": " ÷ ", "+": " ＋ ", "-": " − ", "sum": " ＋ "}
LOOSE = {"+", "-", "sum"}
# texts of a factor that changes nothing
ONE = {"1", "100 %"}
# 0, 0 kg, 切り捨て（0）
NOTHING = re.compile(r"0( \S+)?|\S+（0）")
JOINED = re.compile(" [×÷＋−] ")


def equation(tree: Tree, scope: Any, result: str) -> str:
    """Return the arithmetic of a tree that has a value, with what it gives; of what says no more than that, only that."""
    said = say(tree, scope)
    return result if said == result or NOTHING.fullmatch(said) else f"{said} = {result}"


def say(tree: Tree, scope: Any) -> str:
    """Return the arithmetic of a tree that has a value."""
    if not isinstance(tree, list):
        return _name(tree, scope)
    if tree[0] in {"if", "first"}:
        return say(_taken(tree, scope), scope)
    if tree[0] == "lookup":
        return _name(scope.target(tree[1], tree[2]).lstrip("="), scope)
    if tree[0] in SIGNS:
        return _join(tree, scope)
    parts = "、".join(say(part, scope) for part in tree[1:])
    return f"{scope.definition['words'].get(tree[0], tree[0])}（{parts}）"


def _taken(tree: Tree, scope: Any) -> Tree:
    """Return the branch that gives the value."""
    if tree[0] == "if":
        return tree[2] if evaluate(tree[1], scope) else tree[3]
    return next(part for part in tree[1:] if evaluate(part, scope) is not None)


def _name(name: Tree, scope: Any) -> str:
    if not isinstance(name, str):
        return str(name)
    value, (unit, digits) = scope.value(name), scope.unit(name)
    text = show_typed(value) if digits is None else show(value, digits)
    told = [part for part in scope.definition["numbers"].get(name, [])[3:] if isinstance(part, str)]
    return (text if unit in {None, "1"} else f"{text} {unit}") + "".join(f"（{words}）" for words in told)


def _join(tree: Tree, scope: Any) -> str:
    if any(isinstance(part, list) and part[0] == "rows" for part in tree[1:]):
        return _total(tree, scope)
    said = [
        _wrap(tree[0], i, part, say(part, scope)) for i, part in enumerate(tree[1:]) if _counts(tree[0], i, part, scope)
    ]
    return SIGNS[tree[0]].join(said) or "0"


def _counts(sign: str, place: int, part: Tree, scope: Any) -> bool:
    """Tell whether a part is worth saying: no 0 is added or taken away, nothing is multiplied or divided by 1 or 100 %."""
    if sign in {"*", "/"}:
        return not place or say(part, scope) not in ONE
    return (sign == "-" and not place) or bool(evaluate(part, scope))


def _total(tree: Tree, scope: Any) -> str:
    """Return the sum over rows as one number, with the unit of the column."""
    column = next(part[1] for part in tree[1:] if isinstance(part, list) and part[0] == "rows")
    unit = scope.unit(f"rows.{column}")[0]
    return f"{show_typed(evaluate(tree, scope))} {unit}"


def _wrap(sign: str, place: int, part: Tree, text: str) -> str:
    """Put in brackets what would be read the wrong way round."""
    inner = part[0] if isinstance(part, list) else None
    loose = inner in LOOSE and (sign not in LOOSE or (sign == "-" and place > 0))
    late = inner in {"*", "/"} and sign in {"*", "/"} and place > 0
    return f"（{text}）" if (loose or late) and JOINED.search(text) else text


def blanks(tree: Tree, definition: dict[str, Any]) -> str:
    """Return a formula with an empty bracket for each field and the values of today: a line of a worksheet."""
    return written(tree, lambda part: _blank(part, definition))


def written(tree: Tree, said: Callable[[Tree], str]) -> str:
    """Return a formula in words without values; `said` tells what stands for a name or a lookup."""
    if not isinstance(tree, list) or tree[0] == "lookup":
        return said(tree)
    if tree[0] in SIGNS:
        parts = [part for part in tree[1:] if not (isinstance(part, list) and part[0] == "rows")]
        found = [_wrap(tree[0], i, part, written(part, said)) for i, part in enumerate(parts)]
        return SIGNS[tree[0]].join(found)
    return written(tree[2 if tree[0] == "if" else 1], said)


def _blank(name: Tree, definition: dict[str, Any]) -> str:
    if isinstance(name, list):
        return "（　　係数）"
    if name in definition["numbers"]:
        current, guidebook, unit = definition["numbers"][name][:3]
        value = guidebook if current is None else current
        return f"{show_typed(value)} {unit}"
    unit = definition["inputs"].get(name, {}).get("unit") or "倍"
    return f"（　　　{unit}）"
