"""Formulas: text to tree, once, by a whitelist.

A tree is a name, a number, or a list whose first part names what to do with the others:
`rail_people * rail_km` is ["*", "rail_people", "rail_km"]. The JavaScript walks the same trees.
"""

import ast
from collections.abc import Callable, Iterator
from typing import Any

Tree = Any

SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
JOINS = {ast.And: "and", ast.Or: "or"}
MANY = 100
# letters of a formula
LONGEST, QUOTED = 2000, 200
# how many parts a function takes: at least, at most
FUNCTIONS = {
    **dict.fromkeys(("min", "max", "sum", "count", "first"), (1, MANY)),
    **dict.fromkeys(("ceil", "floor", "given"), (1, 1)),
    "lookup": (2, 2),
    "allot": (3, 3),
}
# where `rows.…` and `lines.…`, which are many values, may stand
OVER_MANY = {"sum", "count"}


class FormulaError(Exception):
    """A formula says something that formulas may not say; the text tells editors what."""


def parse(text: str) -> Tree:
    """Return the tree of a formula text; raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(f"式が長すぎます（{len(text):,}字）。{LONGEST:,}字までです")
    try:
        body = ast.parse(text.strip(), mode="eval").body
        tree = _tree(body)
    except (RecursionError, MemoryError):
        raise FormulaError("式の ( ) や計算が深すぎます。いくつかの式に分けてください") from None
    except (SyntaxError, ValueError):
        raise FormulaError(
            f"式として読めません「{text if len(text) <= QUOTED else text[:QUOTED] + '…'}」。使えるのは + - * / ( ) と {'、'.join(sorted(FUNCTIONS))}"
        ) from None
    _check_many(tree)
    return tree


def _check_many(tree: Tree, inside: str = "") -> None:
    """Refuse what stands for many values where one value must stand."""
    if not isinstance(tree, list) or tree[0] in {"is", "isnt", "lookup"}:
        return
    if tree[0] in {"rows", "lines"} and inside not in OVER_MANY:
        raise FormulaError("rows. と lines. は、sum( ) か count( ) の中にじかに書いてください")
    if tree[0] == "allot" and (inside or not isinstance(tree[2], list) or tree[2][0] != "rows"):
        raise FormulaError("allot( ) は、式の全体として allot(量, rows.列, 刻み) と書いてください")
    for part in (tree[1], tree[3]) if tree[0] == "allot" else tree[1:]:
        _check_many(part, tree[0])


def _tree(node: ast.AST) -> Tree:
    build = BUILDERS.get(type(node))
    if not build:
        raise FormulaError(f"式に使えない書き方があります（{type(node).__name__}）")
    return build(node)


def _number(node: ast.Constant) -> Tree:
    if type(node.value) is not int or node.value not in (0, 1):
        raise FormulaError(
            f"単位のない数「{node.value}」は式に書けません。0 と 1 のほかは constants に単位つきで置いてください"
        )
    return node.value


def _arithmetic(node: ast.BinOp) -> Tree:
    sign = SIGNS.get(type(node.op))
    if not sign:
        raise FormulaError("計算の記号は + - * / だけです")
    left, right = _tree(node.left), _tree(node.right)
    if sign in "+*" and isinstance(left, list) and left[0] == sign:
        return [*left, right]
    return [sign, left, right]


def _comparison(node: ast.Compare) -> Tree:
    if len(node.ops) != 1:
        raise FormulaError("比べられるのは2つだけです")
    operator, right = node.ops[0], node.comparators[0]
    if isinstance(operator, (ast.Eq, ast.NotEq)):
        return _is_chosen(node.left, right, isinstance(operator, ast.Eq))
    if type(operator) not in COMPARISONS:
        raise FormulaError("比べる記号は < <= > >= == != だけです")
    return [COMPARISONS[type(operator)], _tree(node.left), _tree(right)]


def _is_chosen(left: ast.AST, right: ast.AST, positive: bool) -> Tree:
    if not isinstance(left, ast.Name) or not isinstance(right, ast.Constant) or not isinstance(right.value, str):
        raise FormulaError("== と != は、選択の欄と '選択肢のid' を比べるときだけ使えます")
    return ["is" if positive else "isnt", left.id, right.value]


def _call(node: ast.Call) -> Tree:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
        raise FormulaError(f"使えない関数です。使えるのは {'、'.join(sorted(FUNCTIONS))}")
    name, parts = node.func.id, [_tree(part) for part in node.args]
    least, most = FUNCTIONS[name]
    if not least <= len(parts) <= most:
        raise FormulaError(f"{name}( ) の中の個数が違います。{least}つ{'' if least == most else '以上'}書いてください")
    if name == "lookup" and not all(isinstance(part, str) for part in parts):
        raise FormulaError("lookup( ) には、欄の名前と、その choices か bands の lookup にある名前を書いてください")
    return [name, *parts]


def _rows(node: ast.Attribute) -> Tree:
    if not isinstance(node.value, ast.Name) or node.value.id not in {"rows", "lines"}:
        raise FormulaError("「.」は rows.列の名前 と lines.印 だけに使えます")
    return [node.value.id, node.attr]


def _negation(node: ast.UnaryOp) -> Tree:
    if not isinstance(node.op, ast.Not):
        raise FormulaError("負の数は書けません")
    return ["not", _tree(node.operand)]


def _choose(node: ast.IfExp) -> Tree:
    return ["if", _tree(node.test), _tree(node.body), _tree(node.orelse)]


BUILDERS: dict[type, Callable[[Any], Tree]] = {
    ast.Constant: _number,
    ast.Name: lambda node: node.id,
    ast.BinOp: _arithmetic,
    ast.Compare: _comparison,
    ast.BoolOp: lambda node: [JOINS[type(node.op)], *(_tree(part) for part in node.values)],
    ast.UnaryOp: _negation,
    ast.Call: _call,
    ast.Attribute: _rows,
    ast.IfExp: _choose,
}


def names(tree: Tree) -> list[str]:
    """Return every name a tree asks for, in order, once each (columns as `rows.kg`)."""
    return list(dict.fromkeys(_names(tree)))


def _names(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list) and tree[0] in {"is", "isnt", "lookup"}:
        yield tree[1]
    elif isinstance(tree, list) and tree[0] in {"rows", "lines"}:
        yield ".".join(tree)
    elif isinstance(tree, list):
        for part in tree[1:]:
            yield from _names(part)
