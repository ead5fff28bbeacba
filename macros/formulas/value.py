"""Walks the tree of a formula and gives its value.

A value is a number, None for "nothing entered" or NaN for "withheld"; NaN wins over None.
"""

import math
from collections.abc import Callable
from typing import Any, Protocol

from . import numbers
from .tree import Tree

NAN = math.nan


class Scope(Protocol):
    """What a formula can ask for while it is evaluated."""

    def value(self, name: str) -> float | None: ...
    def chosen(self, name: str) -> Any: ...
    def lookup(self, name: str, column: str) -> float | None: ...
    def column(self, name: str) -> list[float | None]: ...


def evaluate(tree: Tree, scope: Scope) -> Any:
    """Return the value of a tree: a number, None, NaN, or a list for `allot`."""
    if isinstance(tree, str):
        return scope.value(tree)
    if not isinstance(tree, list):
        return tree
    return SPECIAL[tree[0]](tree, scope) if tree[0] in SPECIAL else _plain(tree, scope)


def _plain(tree: Tree, scope: Scope) -> float | None:
    """Evaluate what needs all its parts."""
    values = [evaluate(part, scope) for part in tree[1:]]
    if any(is_withheld(value) for value in values):
        return NAN
    if any(value is None for value in values):
        return None
    return finite(OPERATIONS[tree[0]](*values))


def is_withheld(value: Any) -> bool:
    """Tell whether a value is the mark for "withheld"."""
    return isinstance(value, float) and math.isnan(value)


def finite(value: float) -> float:
    """Withhold what is no finite number."""
    return value if math.isfinite(value) else NAN


def _added(first: float, *others: float) -> float:
    for other in others:
        first = first + other
    return first


def _multiplied(first: float, *others: float) -> float:
    for other in others:
        first = first * other
    return first


OPERATIONS: dict[str, Callable[..., float]] = {
    "+": _added,
    "*": _multiplied,
    "-": lambda a, b: a - b,
    "/": lambda a, b: a / b if b else NAN,
    "min": min,
    "max": max,
    "ceil": numbers.ceil,
    "floor": numbers.floor,
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    ">": lambda a, b: int(a > b),
    ">=": lambda a, b: int(a >= b),
    "and": lambda *parts: int(all(parts)),
    "or": lambda *parts: int(any(parts)),
    "not": lambda part: int(not part),
}


def _parts(tree: Tree, scope: Scope) -> list[float | None]:
    """Return the values a `sum` or `count` runs over: columns are spread out."""
    values: list[float | None] = []
    for part in tree[1:]:
        spread = isinstance(part, list) and part[0] == "rows"
        values += scope.column(part[1]) if spread else [evaluate(part, scope)]
    return values


def _sum(tree: Tree, scope: Scope) -> float | None:
    """Add what is entered; nothing entered gives nothing."""
    values = _parts(tree, scope)
    if any(is_withheld(value) for value in values):
        return NAN
    entered = [value for value in values if value is not None]
    return finite(_added(*entered)) if entered else None


def _count(tree: Tree, scope: Scope) -> float:
    return sum(value is not None for value in _parts(tree, scope))


def _first(tree: Tree, scope: Scope) -> float | None:
    values = (evaluate(part, scope) for part in tree[1:])
    return next((value for value in values if value is not None), None)


def _if(tree: Tree, scope: Scope) -> float | None:
    test = evaluate(tree[1], scope)
    if test is None or is_withheld(test):
        return test
    return evaluate(tree[2] if test else tree[3], scope)


def _is(tree: Tree, scope: Scope) -> float | None:
    chosen = scope.chosen(tree[1])
    if chosen is None or is_withheld(chosen):
        return chosen
    return int((chosen == tree[2]) == (tree[0] == "is"))


def _given(tree: Tree, scope: Scope) -> int:
    return int(evaluate(tree[1], scope) is not None)


def _allot(tree: Tree, scope: Scope) -> list[float | None]:
    amount, step = evaluate(tree[1], scope), evaluate(tree[3], scope)
    return numbers.allot(amount, scope.column(tree[2][1]), step)


SPECIAL: dict[str, Callable[[Tree, Scope], Any]] = {
    "sum": _sum,
    "count": _count,
    "first": _first,
    "if": _if,
    "is": _is,
    "isnt": _is,
    "given": _given,
    "lookup": lambda tree, scope: scope.lookup(tree[1], tree[2]),
    "allot": _allot,
}
