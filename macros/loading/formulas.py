"""Checks the formulas of one calculator: names known, units as said, samples that name what there is."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..calculators import Catalogue, end_names, factor_name
from ..formulas import ANY, PLAIN, FormulaError, Tree, UnitError, names, parse, said, same, unit, unit_of
from ..models.base import Location
from ..models.calculators import Input
from .files import Source
from .problems import Problem, problem
from .references import allowed

Units = dict[str, str | None]
# what is asked after everything is reckoned; `when` of a result is asked before its formula
CONDITIONS = {"results": ("remark_when",), "rules": ("when", "check")}


class Checker:
    """Checks one calculator, its parts in the order in which they are reckoned."""

    def __init__(self, catalogue: Catalogue, source: Source) -> None:
        self.source, self.found = source, []
        calculator = self.calculator = catalogue.calculators[source.value.id]
        self.inputs = {field.id: field for _, field in self._fields()}
        self.columns = {column.id: column.unit for column in calculator.rows.columns} if calculator.rows else {}
        self.row_results = {result.id: result.unit for result in calculator.rows.results} if calculator.rows else {}
        self.outputs = [f"line_{line.id}" for line in calculator.lines] + [result.id for result in calculator.results]
        constants: Units = {constant.id: constant.unit for constant in catalogue.parts.constants}
        factors: Units = {factor_name(factor.id): factor.unit for factor in catalogue.factors.values()}
        ends: Units = {name: catalogue.factors[one].unit for name, (one, _) in end_names(catalogue).items()}
        self.numbers = constants | factors | ends | factors  # a factor of that very name comes first
        newest = {factor.id: catalogue.sets.now(factor) for factor in catalogue.factors.values()}
        self.prices = {key: (one.kind, one.tax or "") for key, one in newest.items() if one and one.kind}
        # what a formula may name: more with every line and result that was reckoned
        self.names: Units = {name: field.unit for name, field in self.inputs.items()} | self.numbers
        self.cells: Units = {name: text for name, text in self.columns.items() if text}

    def problems(self) -> list[Problem]:
        """Return every problem of the calculator."""
        self._check_names()
        self._check_parts("lines", "line_")
        for i, part in enumerate(self.calculator.rows.results if self.calculator.rows else []):
            self._check_formula(part, ("rows", "results", i), self.names | self.cells)
            self.cells[part.id] = part.unit
        self._check_parts("results", "")
        self._check_conditions()
        self._check_fields()
        self._check_loops()
        self._check_samples()
        return self.found

    def _note(self, where: Location, text: str) -> None:
        self.found.append(problem(self.source.file, self.source.content.lines, where, text))

    def _fields(self) -> Iterator[tuple[Location, Input]]:
        for g, group in enumerate(self.calculator.groups):
            for i, field in enumerate(group.inputs):
                yield ("groups", g, "inputs", i), field

    def _check_names(self) -> None:
        """A name stands for one thing, but a column may share the name of a field."""
        seen = {*self.numbers}
        for where, name in self._named():
            if name in seen:
                self._note(
                    (*where, "id"), f"名前「{name}」は、ほかの欄・明細・結果・定数の名前です。別の名前にしてください"
                )
            seen.add(name)

    def _named(self) -> Iterator[tuple[Location, str]]:
        for where, field in self._fields():
            yield where, field.id
        for i, line in enumerate(self.calculator.lines):
            yield ("lines", i), f"line_{line.id}"
        for i, result in enumerate(self.calculator.results):
            yield ("results", i), result.id

    # -- formulas ---------------------------------------------------------------------------

    def _check_parts(self, key: str, prefix: str) -> None:
        for i, part in enumerate(getattr(self.calculator, key)):
            self._check_formula(part, (key, i), self.names)
            self._unit_of(getattr(part, "when", None), (key, i, "when"), self.names)
            self.names[f"{prefix}{part.id}"] = part.unit

    def _check_formula(self, part: Any, where: Location, names: Units) -> None:
        self._check_unit(part.unit, (*where, "unit"))
        given, expected = self._unit_of(part.formula, (*where, "formula"), names), _unit(part.unit)
        if not same(given, expected):
            text = f"式の単位は {said(given)} ですが、{part.unit} と書いてあります。式か unit を直してください"
            self._note((*where, "unit"), text)

    def _check_conditions(self) -> None:
        for key in ("results", "rules"):
            for i, part in enumerate(getattr(self.calculator, key)):
                for name in CONDITIONS[key]:
                    self._unit_of(getattr(part, name, None), (key, i, name), self.names)
        for i, rule in enumerate(self.calculator.rules):
            self._check_known(rule.at, ("rules", i, "at"), self.inputs | self.columns)
        for i, line in enumerate(self.calculator.lines):
            for j, name in enumerate(line.optional):
                self._check_known(name, ("lines", i, "optional", j), self.inputs)

    def _unit_of(self, text: str | None, where: Location, names: Units) -> Any:
        try:
            tree = _parse(text, in_row=where[0] == "rows") if text else 0
            return unit_of(tree, lambda name: self._unit_of_name(name, names))
        except (FormulaError, UnitError) as error:
            self._note(where, str(error))
            return ANY

    def _unit_of_name(self, name: str, names: Units) -> Any:
        if "==" in name:
            return self._unit_of_choice(*name.split("=="))
        kind, _, own = name.rpartition(".")
        if kind == "lines":
            return self._unit_of_lines(own)
        if kind and kind != "rows":
            return self._unit_of_lookup(kind, own, names)
        known = self.cells if kind else names
        if not kind and own in self.inputs and not _counts(self.inputs[own]):
            raise UnitError(f"「{own}」は数の欄ではないので、計算に使えません")
        if own in known:
            return _unit(known[own])
        if own in self.outputs or own in self.row_results:
            raise UnitError(f"「{own}」は、この式より後に計算されます。先に計算されるものだけを使えます")
        raise UnitError(f"式の中の「{own}」がありません。{allowed(own, list(known))}")

    def _unit_of_choice(self, name: str, choice: str) -> Any:
        choices = [one.id for one in self.inputs[name].choices] if name in self.inputs else []
        if not choices:
            raise UnitError(f"選択の欄「{name}」がありません。{allowed(name, self._choices())}")
        if choice not in choices:
            raise UnitError(f"「{name}」に選択肢「{choice}」がありません。{allowed(choice, choices)}")
        return ANY

    def _choices(self) -> list[str]:
        return [name for name, field in self.inputs.items() if field.choices]

    def _unit_of_lines(self, mark: str) -> Any:
        marked = [line for line in self.calculator.lines if mark in {"all", "lca", line.mark}]
        if not marked and mark not in {"all", "lca"}:
            marks = list(dict.fromkeys(line.mark for line in self.calculator.lines if line.mark))
            raise UnitError(f"印「{mark}」の付いた明細がありません。{allowed(mark, ['all', 'lca', *marks])}")
        return _unit(marked[0].unit) if marked else ANY

    def _unit_of_lookup(self, name: str, column: str, names: Units) -> Any:
        if name not in self.inputs:
            raise UnitError(f"lookup の欄「{name}」がありません。{allowed(name, list(self.inputs))}")
        targets = self._targets(self.inputs[name], column)
        if not targets:
            raise UnitError(f"「{name}」の lookup に「{column}」がありません")
        # a target that is not there is told at the choice
        found = [_unit(names[target]) for target in targets if target in names]
        if not all(same(found[0], other) for other in found):
            raise UnitError(f"「{name}」の選択肢によって「{column}」の単位が違います")
        return found[0] if found else ANY

    def _targets(self, field: Input, column: str) -> list[str]:
        lookups = [choice.lookup for choice in field.choices] + [band.lookup for band in field.bands]
        targets = [lookup[column] for lookup in lookups if column in lookup]
        if column in field.guidebook and not field.guidebook_note:
            targets.append(field.guidebook[column])
        return [_name(target) for target in targets]

    # -- fields and samples -----------------------------------------------------------------

    def _check_fields(self) -> None:
        for where, field in self._fields():
            self._check_field(field, where)
            self._unit_of(field.when, (*where, "when"), self.names)
        for i, column in enumerate(self.calculator.rows.columns if self.calculator.rows else []):
            self._check_field(column, ("rows", "columns", i))

    def _check_loops(self) -> None:
        """A field whose `when` asks, over others, for itself would never be shown."""
        asked = {name: _asked(field.when) for name, field in self.inputs.items()}
        told: set[str] = set()
        for where, field in self._fields():
            loop = _loop(field.id, asked)
            if loop and told.isdisjoint(loop):
                text = f"when が、めぐって自分を指しています（{' → '.join(loop)}）。ほかの欄を指すようにしてください"
                self._note((*where, "when"), text)
            told |= set(loop)

    def _check_field(self, field: Input, where: Location) -> None:
        self._check_unit(field.unit or "1", (*where, "unit"))
        ids = [choice.id for choice in field.choices]
        if field.kind == "choice" and field.default is not None:
            self._check_known(field.default, (*where, "default"), [choice.id for choice in field.offered])
        if field.absent is not None:
            self._check_known(field.absent, (*where, "absent"), ids)
        if field.kind == "number" and isinstance(field.default, str):
            self._note((*where, "default"), "数の欄の default は、数で書いてください")
        for place, lookup in _lookups(field):
            self._check_prices(lookup, (*where, *place))
            for column, target in lookup.items():
                self._check_target(target, (*where, *place, column))

    def _check_prices(self, lookup: dict[str, str], where: Location) -> None:
        """A price and its range are of one kind and told with the same tax."""
        values = {column: self.prices[target] for column, target in lookup.items() if target in self.prices}
        if len(set(values.values())) > 1:
            told = "、".join(f"{column} は{'・税'.join(words)}" for column, words in values.items())
            self._note(where, f"価格とその幅は、kind と tax が同じものだけでつくれます（{told}）")

    def _check_target(self, target: str, where: Location) -> None:
        if _name(target) in self.names:
            return
        if target.startswith("="):
            self._note(where, f"欄か定数「{target[1:]}」がありません。{allowed(target[1:], list(self.names))}")
        else:
            factors = [name.removeprefix("factor_").replace("_", "-") for name in self.numbers if "factor_" in name]
            self._note(where, f"係数「{target}」がありません。{allowed(target, factors)}")

    def _check_unit(self, text: str, where: Location) -> None:
        try:
            unit(text)
        except UnitError as error:
            self._note(where, str(error))

    def _check_known(self, name: Any, where: Location, known: Iterable[str]) -> None:
        if name not in known:
            self._note(where, f"「{name}」がありません。{allowed(str(name), list(known))}")

    def _check_samples(self) -> None:
        for i, preset in enumerate(self.calculator.presets):
            self._check_all(preset.inputs, ("presets", i, "inputs"), self.inputs)
        for i, example in enumerate(self.calculator.examples):
            self._check_all(example.inputs, ("examples", i, "inputs"), self.inputs)
            self._check_all(example.shown, ("examples", i, "shown"), self.outputs)
            for j, name in enumerate(example.withheld):
                self._check_known(name, ("examples", i, "withheld", j), self.outputs)
            for j, row in enumerate(example.rows_shown):
                self._check_all(row, ("examples", i, "rows_shown", j), self.row_results)
        presets = [preset.id for preset in self.calculator.presets]
        self._check_known(self.calculator.worked_preset, ("worked_preset",), presets)

    def _check_all(self, names: Iterable[str], where: Location, known: Iterable[str]) -> None:
        for name in names:
            self._check_known(name, (*where, name), known)


def _asked(text: str | None) -> list[str]:
    """Return the fields a condition asks for; one that cannot be read is told elsewhere."""
    try:
        return names(parse(text)) if text else []
    except FormulaError:
        return []


def _loop(start: str, asked: dict[str, list[str]]) -> list[str]:
    """Return the way from a field over conditions back to it; empty when there is none."""
    ways = [[start]]
    seen = set()
    while ways:
        way = ways.pop()
        for name in asked.get(way[-1], []):
            if name == start:
                return [*way, name]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _parse(text: str, in_row: bool) -> Tree:
    tree = parse(text)
    if isinstance(tree, list) and tree[0] == "allot" and not in_row:
        raise FormulaError("allot( ) を書けるのは、rows の results だけです")
    return tree


def _unit(text: str | None) -> Any:
    """Return the unit of a text; one that cannot be read is told where it stands, once."""
    try:
        return unit(text or "1")
    except UnitError:
        return ANY


def _counts(field: Input) -> bool:
    """Tell whether a field is a number in formulas: choices are when each id is one."""
    return field.kind == "number" or (field.kind == "choice" and all(PLAIN.fullmatch(one.id) for one in field.choices))


def _name(target: str) -> str:
    """Return the name in formulas of what a lookup leads to: a factor, or with `=` a field or a constant."""
    return target[1:] if target.startswith("=") else factor_name(target)


def _lookups(field: Input) -> Iterator[tuple[Location, dict[str, str]]]:
    for i, choice in enumerate(field.choices):
        yield ("choices", i, "lookup"), choice.lookup
    for i, band in enumerate(field.bands):
        yield ("bands", i, "lookup"), band.lookup
    yield ("guidebook",), field.guidebook
