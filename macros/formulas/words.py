"""Writes a formula out with the values of a run: `120 人 × 20 km × 2 × 0.017 kg-CO₂/人km`."""

from collections.abc import Callable
from typing import Any

from .numbers import show, show_typed
from .tree import Tree
from .value import evaluate

SIGNS = {"*": " × ", "/": " ÷ ", "+": " ＋ ", "-": " − ", "sum": " ＋ "}
LOOSE = {"+", "-", "sum"}


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
    parts = [part for part in tree[1:] if tree[0] != "sum" or _counts(part, scope)]
    said = [_wrap(tree[0], i, part, say(part, scope)) for i, part in enumerate(parts)]
    return SIGNS[tree[0]].join(said) or "0"


def _counts(part: Tree, scope: Any) -> bool:
    """Tell whether a part of a sum is worth saying; `x * 0` only hands on that x is withheld."""
    return evaluate(part, scope) is not None and not (isinstance(part, list) and part[-1] == 0)


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
    return f"（{text}）" if loose or late else text


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
