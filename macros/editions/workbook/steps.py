"""Translates trees of formulas into steps of a ledger; the same trees that Python and JavaScript walk."""

from collections.abc import Callable
from typing import Any, Protocol

from ...formulas import NEAR, Tree
from .ledger import WITHHELD, Column, Ledger, Literal, Node

BAD = f'"{WITHHELD}"'


class Scope(Protocol):
    """What the names of formulas stand for."""

    def value(self, name: str, in_row: bool) -> Node: ...
    def chosen(self, name: str) -> Node: ...
    def lookup(self, name: str, column: str) -> Node: ...
    def column(self, name: str) -> Column: ...
    def is_of_row(self, name: str) -> bool: ...


def _near(value: str) -> str:
    return f"INT({value}+0.5)"


def _rounded(value: str, otherwise: str) -> str:
    """Return the formula that leaves what is whole but for binary noise, as numbers.ceil and numbers.floor do."""
    return f"IF(ABS({value}-{_near(value)})<={NEAR}*MAX(1,ABS({value})),{_near(value)},{otherwise})"


# what needs all its parts, as macros.formulas.value.OPERATIONS
OPERATIONS: dict[str, Callable[..., str]] = {
    "+": lambda *parts: "+".join(parts),
    "*": lambda *parts: "*".join(parts),
    "-": lambda a, b: f"{a}-{b}",
    "/": lambda a, b: f"IF({b}=0,{BAD},{a}/{b})",
    "min": lambda *parts: f"MIN({','.join(parts)})",
    "max": lambda *parts: f"MAX({','.join(parts)})",
    "ceil": lambda a: _rounded(a, f"-INT(-{a})"),
    "floor": lambda a: _rounded(a, f"INT({a})"),
    **{sign: lambda a, b, sign=sign: f"IF({a}{sign}{b},1,0)" for sign in ("<", "<=", ">", ">=")},
    "and": lambda *parts: f"IF(AND({','.join(f'{part}<>0' for part in parts)}),1,0)",
    "or": lambda *parts: f"IF(OR({','.join(f'{part}<>0' for part in parts)}),1,0)",
    "not": lambda a: f"IF({a}=0,1,0)",
}


def whole(refs: list[str], formula: str) -> str:
    """Return a formula that is worked out when all cells hold numbers; "withheld" wins over "nothing"."""
    if not refs:
        return formula
    bad = ",".join(f"{ref}={BAD}" for ref in refs)
    return f'IF(COUNT({",".join(refs)})={len(refs)},{formula},IF(OR({bad}),{BAD},""))'


def holds(ref: str) -> str:
    """Return the test that a cell holds a number other than 0."""
    return f"AND(ISNUMBER({ref}),{ref}<>0)"


class Translator:
    """Makes each branch of a tree a step, once."""

    def __init__(self, ledger: Ledger, scope: Scope) -> None:
        self.ledger, self.scope = ledger, scope
        self.made: dict[tuple[str, bool], Node] = {}
        self.special = {
            "sum": self._sum,
            "count": self._count,
            "first": self._first,
            "if": self._if,
            "is": self._is,
            "isnt": self._is,
            "given": self._given,
        }

    def node(self, tree: Tree, in_row: bool = False) -> Node:
        """Return where the value of a tree stands."""
        if isinstance(tree, str):
            return self.scope.value(tree, in_row)
        if not isinstance(tree, list):
            return Literal(tree)
        if tree[0] == "lookup":
            return self.scope.lookup(tree[1], tree[2])
        key = (repr(tree), in_row and self._touches_rows(tree))
        if key not in self.made:
            self.made[key] = self.special.get(tree[0], self._plain)(tree, key[1])
        return self.made[key]

    def _touches_rows(self, tree: Tree) -> bool:
        if isinstance(tree, list):
            return tree[0] != "rows" and any(self._touches_rows(part) for part in tree[1:])
        return isinstance(tree, str) and self.scope.is_of_row(tree)

    def _put(self, tree: Tree, parts: list[Node], formula: Callable[..., str]) -> Node:
        """Add a step, or a column when a part differs by row."""

        def at(run: int, row: int | None = None) -> str:
            return formula(*(part.at(run, row) for part in parts))

        return (
            self.ledger.column(label_of(tree), at)
            if any(p.by_row for p in parts)
            else self.ledger.step(label_of(tree), at)
        )

    def _plain(self, tree: Tree, in_row: bool) -> Node:
        parts = [self.node(part, in_row) for part in tree[1:]]
        literal = [isinstance(part, Literal) for part in parts]

        def formula(*refs: str) -> str:
            needed = [ref for ref, known in zip(refs, literal, strict=True) if not known]
            return whole(needed, OPERATIONS[tree[0]](*refs))

        return self._put(tree, parts, formula)

    def _spread(self, tree: Tree, in_row: bool) -> tuple[list[Column], list[Node]]:
        """Return the columns and the single values that a `sum` or `count` runs over."""
        columns = [part[1] for part in tree[1:] if isinstance(part, list) and part[0] == "rows"]
        others = [part for part in tree[1:] if not (isinstance(part, list) and part[0] == "rows")]
        return [self.scope.column(name) for name in columns], [self.node(part, in_row) for part in others]

    def _many(self, tree: Tree, in_row: bool, formula: Callable[[list[str], list[str]], str]) -> Node:
        columns, others = self._spread(tree, in_row)

        def at(run: int, row: int | None = None) -> str:
            return formula([one.span(run) for one in columns], [one.at(run, row) for one in others])

        by_row = any(one.by_row for one in others)
        return self.ledger.column(label_of(tree), at) if by_row else self.ledger.step(label_of(tree), at)

    def _sum(self, tree: Tree, in_row: bool) -> Node:
        def formula(spans: list[str], refs: list[str]) -> str:
            bad = ",".join([*(f"COUNTIF({span},{BAD})>0" for span in spans), *(f"{ref}={BAD}" for ref in refs)])
            everything = ",".join([*refs, *spans])
            return f'IF(OR({bad}),{BAD},IF(COUNT({everything})=0,"",SUM({everything})))'

        return self._many(tree, in_row, formula)

    def _count(self, tree: Tree, in_row: bool) -> Node:
        def formula(spans: list[str], refs: list[str]) -> str:
            return "+".join([*(f'SUMPRODUCT(({span}<>"")*1)' for span in spans), *(f'({ref}<>"")*1' for ref in refs)])

        return self._many(tree, in_row, formula)

    def _first(self, tree: Tree, in_row: bool) -> Node:
        def formula(*refs: str) -> str:
            *rest, last = refs
            for ref in reversed(rest):
                last = f'IF({ref}<>"",{ref},{last})'
            return last

        return self._put(tree, [self.node(part, in_row) for part in tree[1:]], formula)

    def _if(self, tree: Tree, in_row: bool) -> Node:
        parts = [self.node(part, in_row) for part in tree[1:]]
        return self._put(tree, parts, lambda test, yes, no: f"IF(ISNUMBER({test}),IF({test}<>0,{yes},{no}),{test})")

    def _is(self, tree: Tree, in_row: bool) -> Node:
        sign = "=" if tree[0] == "is" else "<>"

        def formula(ref: str) -> str:
            return f'IF(OR({ref}="",{ref}={BAD}),{ref},IF({ref}{sign}"{tree[2]}",1,0))'

        return self._put(tree, [self.scope.chosen(tree[1])], formula)

    def _given(self, tree: Tree, in_row: bool) -> Node:
        return self._put(tree, [self.node(tree[1], in_row)], lambda ref: f'IF({ref}<>"",1,0)')


SAID = {
    "*": " * ",
    "/": " / ",
    "+": " + ",
    "-": " - ",
    "<": " < ",
    "<=": " <= ",
    ">": " > ",
    ">=": " >= ",
    "and": " and ",
    "or": " or ",
}


def label_of(tree: Tree) -> Any:
    """Return a tree as text, close to how it is written in the data."""
    if not isinstance(tree, list):
        return str(tree).lstrip("#")
    if tree[0] in {"is", "isnt"}:
        return f"{tree[1]} {'==' if tree[0] == 'is' else '!='} '{tree[2]}'"
    if tree[0] == "rows":
        return f"rows.{tree[1]}"
    if tree[0] == "if":
        test, yes, no = (label_of(part) for part in tree[1:])
        return f"{yes} if {test} else {no}"
    parts = [
        f"({label_of(p)})" if isinstance(p, list) and p[0] in SAID and tree[0] in SAID else label_of(p)
        for p in tree[1:]
    ]
    return SAID[tree[0]].join(parts) if tree[0] in SAID else f"{tree[0]}({', '.join(parts)})"
