"""What the names in a calculator's formulas stand for during one pass."""

from typing import Any

from ..formulas import NAN, Tree, evaluate, is_withheld
from .fields import Typed

Definition = dict[str, Any]
Value = float | None


class Reckoning:
    """One pass over a definition: the scope in which its formulas are evaluated."""

    def __init__(self, definition: Definition, typed: Typed, bad: set[str]) -> None:
        self.definition, self.typed, self.bad = definition, typed, bad
        self.outputs: dict[str, Value] = {}
        self.rows: list[dict[str, Value]] = [dict(row) for row in typed.rows]
        self.row: dict[str, Value] | None = None

    def value(self, name: str) -> Value:
        """Return the value of a name: a cell of the row at hand, an output, a number or a field."""
        if self.row is not None and name in self.row:
            return NAN if name in self.bad else self.row[name]
        if name in self.outputs:
            return self.outputs[name]
        if name in self.definition["numbers"]:
            return self._number(name)
        return NAN if name in self.bad else self.typed.value(name)

    def chosen(self, name: str) -> Any:
        """Return the id chosen in a choice, the number typed in a field; NaN when it cannot be read."""
        return NAN if name in self.bad else self.typed.fields.get(name)

    def lookup(self, name: str, column: str) -> Value:
        """Return what a choice or a number stands for in a column."""
        target = self.target(name, column)
        if target is None or is_withheld(target):
            return target
        return self.value(target.lstrip("="))

    def target(self, name: str, column: str) -> Any:
        """Return the name that a lookup leads to; None when nothing is chosen, NaN when it cannot be read."""
        spec, chosen = self.definition["inputs"][name], self.chosen(name)
        if chosen is None or is_withheld(chosen):
            return chosen
        if "bands" in spec:
            return next(targets for top, targets in spec["bands"] if top is None or chosen <= top).get(column)
        target = spec["choices"][chosen].get(column)
        era = spec.get("guidebook", {}).get(column)
        return era if era and target and target[0] != "=" and self.is_of_guidebook() else target

    def is_of_guidebook(self) -> bool:
        """Tell whether the set chosen is the guidebook's."""
        aliases = self.definition["inputs"].get("factors", {}).get("aliases", {})
        return self.chosen("factors") == aliases.get("guidebook", "")

    def column(self, name: str) -> list[Value]:
        """Return the values of a column, over all rows."""
        return [NAN if name in self.bad else row.get(name) for row in self.rows]

    def unit(self, name: str) -> tuple[str | None, int | None]:
        """Return the unit of a name and, for an output, its digits."""
        definition = self.definition
        if name.startswith("rows."):
            columns = definition["rows"]["columns"] | {part["id"]: part for part in definition["rows"]["results"]}
            return columns[name[5:]].get("unit"), None
        if name in definition["numbers"]:
            return definition["numbers"][name][2], None
        outputs = {f"line_{line['id']}": (line["unit"], 1) for line in definition["lines"]}
        outputs |= {result["id"]: (result["unit"], result["digits"]) for result in definition["results"]}
        return outputs.get(name) or (definition["inputs"][name].get("unit"), None)

    def _number(self, name: str) -> Value:
        """Return the number in the set chosen; one that is not there is withheld, so that no sum goes without it."""
        if is_withheld(self.chosen("factors")):
            return NAN
        current, guidebook, _, *more = self.definition["numbers"][name]
        in_sets = more[0] if more and isinstance(more[0], dict) else {}
        given = guidebook if self.is_of_guidebook() else in_sets.get(self.chosen("factors"))
        # an older value that is reused stands in a list, which the pages mark
        value = current if given is None else given[0] if isinstance(given, list) else given
        return NAN if value is None else value


def missing(tree: Tree, scope: Reckoning) -> list[str]:
    """Return the fields that must be filled for a tree to have a value."""
    if isinstance(tree, str):
        return [tree] if tree in scope.definition["inputs"] and scope.value(tree) is None else []
    if not isinstance(tree, list) or tree[0] in {"rows", "is", "isnt", "given", "count"}:
        return []
    if tree[0] == "lookup":
        return _missing_lookup(tree, scope)
    if tree[0] in {"sum", "first"} and evaluate(tree, scope) is not None:
        return []
    return [name for part in tree[1:] for name in missing(part, scope)]


def _missing_lookup(tree: Tree, scope: Reckoning) -> list[str]:
    target = scope.target(tree[1], tree[2])
    if scope.chosen(tree[1]) is None:
        return [tree[1]]
    return missing(target[1:], scope) if target and target[0] == "=" else []
