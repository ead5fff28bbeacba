"""One calculator as steps of its ledger, in the order of `macros.calculators.running`: fields, lines, rows, results.

The reference reckons twice: what is found incomplete or against a rule in the first pass is withheld in the second.
So each set of factors has two runs; the second pass looks back at the first.
"""

from dataclasses import dataclass, field
from typing import Any

from ...calculators import NOISE, SLIGHT
from .allot import Allotment
from .checks import Checks
from .ledger import Column, Fixed, Ledger, Node, Step
from .steps import BAD, Translator, holds, label_of

PASSES = ("1回目", "2回目")


@dataclass
class Places:
    """Where the visible sheet has the inputs of a calculator, and the factor sheet its numbers."""

    fields: dict[str, str]
    labels: dict[str, list[str]]
    # by name in formulas: today's under "", those of other sets by id; None where the data has no value
    numbers: dict[str, dict[str, str | None]]
    # by column of the table: the address of a row of it
    cells: dict[str, Any] = field(default_factory=dict)
    whole_row: Any = None


def runs_of(definition: dict[str, Any]) -> list[str]:
    """Return the names of the runs: for each set of factors two passes."""
    sets = ("選んだ係数", "もう一方の係数") if "factors" in definition["inputs"] else ("計算",)
    return [f"{one} {number}" for one in sets for number in PASSES]


def final(run_set: int = 0) -> int:
    """Return the run whose results count, for the chosen set (0) or the other one (1)."""
    return run_set * 2 + 1


class Typed:
    """The scope of conditions on fields: what was typed, before anything is found wrong."""

    def __init__(self, typed: dict[str, Fixed]) -> None:
        self.typed = typed

    def value(self, name: str, in_row: bool) -> Node:
        """Return the cell of what was typed."""
        return self.typed[name]

    def chosen(self, name: str) -> Node:
        """Return the cell of what was chosen."""
        return self.typed[name]

    def lookup(self, name: str, column: str) -> Node:
        """Conditions on fields look nothing up."""
        raise NotImplementedError

    def column(self, name: str) -> Column:
        """Conditions on fields are no sums over rows."""
        raise NotImplementedError

    def is_of_row(self, name: str) -> bool:
        """Tell that no field is one of a row."""
        return False


class Program:
    """The scope of all formulas of a calculator, and the nodes of its outputs."""

    def __init__(self, ledger: Ledger, definition: dict[str, Any], places: Places) -> None:
        self.ledger, self.definition, self.places = ledger, definition, places
        self.steps = Translator(ledger, self)
        self.typed: dict[str, Fixed] = {}
        self.ids: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.values: dict[str, Step] = {}
        self.found: dict[str, Step] = {}
        self.numbers: dict[str, Node] = {}
        self.lookups: dict[tuple[str, str], Node] = {}
        self.outputs: dict[str, Node] = {}
        self.norms: dict[str, Column] = {}
        self.columns: dict[str, Column] = {}
        self._read_fields()
        self._value_fields()
        self._read_rows()
        self._reckon()
        self.checks = Checks(self)

    # -- fields ------------------------------------------------------------------------------

    def _read_fields(self) -> None:
        for name, spec in self.definition["inputs"].items():
            if "text" not in spec:
                read = self._read_choice if "choices" in spec else self._read_number
                self.typed[name] = Fixed(read(name, spec))
        early = Translator(self.ledger, Typed(dict(self.typed)))
        for name, spec in self.definition["inputs"].items():
            if "when" in spec:
                test, typed = early.node(spec["when"]).at(0, None), self.typed[name].address
                self.typed[name] = Fixed(self.ledger.single(f"{name} 使うとき", f'IF({holds(test)},{typed},"")'))

    def _read_choice(self, name: str, spec: dict[str, Any]) -> str:
        labels = self.places.labels[name]
        offered = len(labels) - len(spec.get("notes", []))
        self.labels[name] = self.ledger.words(f"{name} 選択肢", labels[:offered])
        # a list to choose from ends before the options that are only read
        known = self.labels[name].split(":")[0] + ":" + self._last_label(name, labels[offered:])
        self.ids[name] = self.ledger.words(f"{name} id", list(spec["choices"]))
        cell, default = self.places.fields[name], spec.get("default", "")
        found = f"IFERROR(INDEX({self.ids[name]},MATCH({cell},{known},0)),{BAD})"
        return self.ledger.single(name, f'IF({cell}="","{default}",{found})')

    def _last_label(self, name: str, retired: list[str]) -> str:
        """Add the options that are no longer offered; return the cell of the last option of all."""
        span = self.ledger.words(f"{name} 選択肢（出さない）", retired) if retired else self.labels[name]
        return span.split(":")[1]

    def _read_number(self, name: str, spec: dict[str, Any]) -> str:
        return self.ledger.single(name, read_number(self.places.fields[name], spec))

    def _value_fields(self) -> None:
        ats = [rule["at"] for rule in self.definition["rules"]]
        for name in dict.fromkeys([*self.typed, *ats]):
            self.found[name] = self.ledger.reserve(f"{name} 確かめが要る")
        for name, typed in self.typed.items():
            self.values[name] = self.ledger.step(
                f"{name} 値", lambda run, name=name, typed=typed: self._value(name, typed.address, run)
            )

    def _value(self, name: str, typed: str, run: int) -> str:
        if name == "factors" and run > 1:
            typed = self._other_set(typed)
        return f"IF({self.found[name].at(run, None)}=1,{BAD},{typed})" if run % 2 else typed

    def _other_set(self, typed: str) -> str:
        """Return the formula of the set to compare with: the guidebook's; today's, where that is the one chosen."""
        spec, text = self.definition["inputs"]["factors"], typed
        for name in reversed(spec["choices"]):
            other = spec["aliases"]["current" if name == self.guidebook else "guidebook"]
            text = f'IF({typed}="{name}","{other}",{text})'
        return text

    @property
    def guidebook(self) -> str:
        """The id of the guidebook's set, in a calculator that asks for a set."""
        return self.definition["inputs"]["factors"]["aliases"]["guidebook"]

    # -- rows --------------------------------------------------------------------------------

    def _read_rows(self) -> None:
        table = self.definition["rows"]
        for name, spec in (table["columns"] if table else {}).items():
            if "unit" in spec:
                cells = self.places.cells[name]
                self.norms[name] = self.ledger.shared_column(
                    name, lambda row, cells=cells, spec=spec: read_number(cells(row), spec)
                )
                self.columns[name] = self.ledger.column(
                    f"{name} 値", lambda run, row, name=name: self._cell(name, run, row)
                )

    def _cell(self, name: str, run: int, row: int) -> str:
        norm = self.norms[name].at(run, row)
        if name in self.values:
            return f"IF({self.values[name].at(run, None)}={BAD},{BAD},{norm})"
        if name in self.found and run % 2:
            return f"IF({self.found[name].at(run, None)}=1,{BAD},{norm})"
        return norm

    # -- what the names of formulas stand for ------------------------------------------------

    def value(self, name: str, in_row: bool) -> Node:
        """Return the node of a name, as `macros.calculators.scope.Reckoning.value`."""
        if in_row and name in self.columns:
            return self.columns[name]
        if name in self.outputs:
            return self.outputs[name]
        if name in self.definition["numbers"]:
            return self._number(name)
        return self._number_of_choice(name) if name in self.ids else self.values[name]

    def chosen(self, name: str) -> Node:
        """Return the id chosen."""
        return self.values[name]

    def column(self, name: str) -> Column:
        """Return a column of the table."""
        return self.columns[name]

    def is_of_row(self, name: str) -> bool:
        """Tell whether each row has its own value of a name."""
        return name in self.columns

    def _number_of_choice(self, name: str) -> Node:
        """Return a choice that counts by its id."""
        if name not in self.numbers:
            chosen = self.values[name]
            self.numbers[name] = self.ledger.step(
                f"{name} 数", lambda run: _else_same(chosen.at(run, None), "VALUE({})")
            )
        return self.numbers[name]

    def _number(self, name: str) -> Node:
        """Return a factor in the set of the run, or a constant."""
        if name not in self.numbers:
            self.numbers[name] = self.ledger.step(label_of(name), lambda run: self._in_set(name, run))
        return self.numbers[name]

    def _in_set(self, name: str, run: int) -> str:
        cells = self.places.numbers[name]
        value = cells[""] or BAD
        if "factors" not in self.values or name[0] != "#":
            return value
        chosen = self.values["factors"].at(run, None)
        for one in [one for one in cells if one and cells[one]]:
            value = f'IF({chosen}="{one}",{cells[one]},{value})'
        return f"IF({chosen}={BAD},{BAD},{value})"

    def lookup(self, name: str, column: str) -> Node:
        """Return what a choice or a number stands for, as `macros.calculators.scope.Reckoning.lookup`."""
        key = (name, column)
        if key not in self.lookups:
            bands = "bands" in self.definition["inputs"][name]
            self.lookups[key] = self._lookup_band(name, column) if bands else self._lookup_choice(name, column)
        return self.lookups[key]

    def _lookup_band(self, name: str, column: str) -> Node:
        bands = [(top, self._number(targets[column])) for top, targets in self.definition["inputs"][name]["bands"]]

        def formula(run: int) -> str:
            value, text = self.values[name].at(run, None), ""
            for top, node in reversed(bands):
                text = node.at(run, None) if top is None else f"IF({value}<={top},{node.at(run, None)},{text})"
            return f"IF(ISNUMBER({value}),{text},{value})"

        return self.ledger.step(f"lookup({name}, {column})", formula)

    def _lookup_choice(self, name: str, column: str) -> Node:
        spec = self.definition["inputs"][name]
        era = spec.get("guidebook", {}).get(column)
        targets = [choices.get(column) for choices in spec["choices"].values()]
        nodes = {one: self.value(one.lstrip("="), False) for one in dict.fromkeys((*targets, era)) if one}
        rows = [
            self.ledger.step(f"{name}, {column}", lambda run, one=one: self._target(one, era, nodes, run))
            for one in targets
        ]

        def formula(run: int) -> str:
            chosen = self.values[name].at(run, None)
            block = f"{rows[0].at(run, None)}:{rows[-1].at(run, None)}"
            return _else_same(chosen, f"INDEX({block},MATCH({{}},{self.ids[name]},0))")

        return self.ledger.step(f"lookup({name}, {column})", formula)

    def _target(self, target: str | None, era: str | None, nodes: dict[str, Node], run: int) -> str:
        if not target:
            return _EMPTY
        plain = nodes[target].at(run, None)
        if not era or target[0] == "=" or "factors" not in self.values:
            return plain
        chosen = self.values["factors"].at(run, None)
        return f'IF({chosen}="{self.guidebook}",{nodes[era].at(run, None)},{plain})'

    # -- lines, rows, results ----------------------------------------------------------------

    def _reckon(self) -> None:
        for line in self.definition["lines"]:
            self.outputs[f"line_{line['id']}"] = self.steps.node(line["formula"])
        for result in self.definition["rows"]["results"] if self.definition["rows"] else []:
            self.columns[result["id"]] = self._row_result(result)
        for result in self.definition["results"]:
            self.outputs[result["id"]] = self._result(result)

    def _row_result(self, result: dict[str, Any]) -> Column:
        node = self._allotted(result) if result["formula"][0] == "allot" else self.steps.node(result["formula"], True)
        return self.ledger.column(
            result["id"], lambda run, row: f'IF(COUNTA({self.places.whole_row(row)})>0,{node.at(run, row)},"")'
        )

    def _allotted(self, result: dict[str, Any]) -> Column:
        _, amount, (_, column), grain = result["formula"]
        decimals = self.definition["rows"]["columns"][column]["decimals"]
        return Allotment(
            self.ledger, self.steps.node(amount), self.columns[column], self.steps.node(grain), decimals
        ).result

    def _result(self, result: dict[str, Any]) -> Node:
        node = self.steps.node(result["formula"])
        if "when" not in result:
            return node
        test = self.steps.node(result["when"])
        return self.ledger.step(result["id"], lambda run: f'IF({holds(test.at(run, None))},{node.at(run, None)},"")')


_EMPTY = '""'


def _else_same(ref: str, formula: str) -> str:
    """Return a formula of a cell that hands on "nothing" and "withheld"."""
    return f'IF(OR({ref}="",{ref}={BAD}),{ref},{formula.format(ref)})'


def read_number(cell: str, spec: dict[str, Any]) -> str:
    """Return the formula that reads a number field: its default when empty, withheld when it breaks the field's rules.

    As on the pages, more decimals than are kept are rounded off, if that makes no other amount of it.
    """
    default = f"{spec['default']:.15g}" if "default" in spec else _EMPTY
    kept = f"ROUND({cell},{spec['decimals']})"
    most = f"{cell}*{SLIGHT}" if spec["decimals"] else f"{NOISE:.6f}"
    wrong = f"OR({kept}<{spec['min']:.15g},{kept}>{spec['max']:.15g},ABS({kept}-{cell})>{most})"
    return f'IF({cell}="",{default},IF(ISNUMBER({cell}),IF({wrong},{BAD},{kept}),{BAD}))'
