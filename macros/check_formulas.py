"""Checks the formulas of one calculator: names known, units as said, samples that name what there is."""

from typing import Any

from .catalogue import Catalogue
from .formula import FormulaError, parse
from .models.calculators import Input
from .positions import Location
from .problems import Problem, problem
from .reading import Source
from .runtime import factor_name
from .units import ANY, UnitError, same, unit, unit_of


class Checker:
    """Checks one calculator."""

    def __init__(self, catalogue: Catalogue, source: Source) -> None:
        self.catalogue, self.source, self.found = catalogue, source, []
        calculator = self.calculator = catalogue.calculators[source.value.id]
        self.inputs = {field.id: field for group in calculator.groups for field in group.inputs}
        self.row_units = {c.id: c.unit for c in calculator.rows.columns} if calculator.rows else {}
        self.output_units = {f"line_{line.id}": line.unit for line in calculator.lines}
        self.output_units |= {result.id: result.unit for result in calculator.results}
        self.constants = {constant.id: constant for constant in catalogue.parts.constants}
        self.factors = {factor_name(factor.id): factor for factor in catalogue.factors.values()}
        if calculator.rows:
            self.row_units |= {result.id: result.unit for result in calculator.rows.results}

    def problems(self) -> list[Problem]:
        """Return every problem of the calculator."""
        for key in ("lines", "results"):
            for i, part in enumerate(getattr(self.calculator, key)):
                self._check_formula(part, (key, i), in_row=False)
        for i, part in enumerate(self.calculator.rows.results if self.calculator.rows else []):
            self._check_formula(part, ("rows", "results", i), in_row=True)
        for i, rule in enumerate(self.calculator.rules):
            self._check_condition(rule.check, ("rules", i, "check"))
            self._check_condition(rule.when, ("rules", i, "when"))
            self._check_known(rule.at, ("rules", i, "at"), {*self.inputs, *self.row_units})
        self._check_inputs()
        self._check_samples()
        return self.found

    def _note(self, where: Location, text: str) -> None:
        self.found.append(problem(self.source.file, self.source.content.lines, where, text))

    def _check_formula(self, part: Any, where: Location, in_row: bool) -> None:
        try:
            given, said = unit_of(parse(part.formula), self._units(in_row)), unit(part.unit)
        except (FormulaError, UnitError) as error:
            self._note((*where, "formula"), str(error))
            return
        if given is not ANY and not same(given, said):
            self._note((*where, "unit"), f"式の単位は {given:~} ですが「{part.unit}」と書いてあります")
        for key in ("when", "remark_when"):
            self._check_condition(getattr(part, key, None), (*where, key))

    def _check_condition(self, text: str | None, where: Location) -> None:
        try:
            if text:
                unit_of(parse(text), self._units(in_row=False))
        except (FormulaError, UnitError) as error:
            self._note(where, str(error))

    def _units(self, in_row: bool) -> Any:
        return lambda name: self._unit_of_name(name, in_row)

    def _unit_of_name(self, name: str, in_row: bool) -> Any:
        if name.startswith("lines."):
            return self._unit_of_lines(name[6:])
        if name.startswith("rows."):
            return self._known_unit(self.row_units, name[5:])
        if "." in name:
            return self._unit_of_lookup(*name.split("."))
        row = self.row_units if in_row else {}
        constants = {key: constant.unit for key, constant in self.constants.items()}
        factors = {key: factor.unit for key, factor in self.factors.items()}
        inputs = {key: field.unit or "1" for key, field in self.inputs.items()}
        return self._known_unit(inputs | factors | constants | self.output_units | row, name)

    def _known_unit(self, units: dict[str, str | None], name: str) -> Any:
        if name not in units:
            raise UnitError(f"式の中の「{name}」がありません。使えるのは {'、'.join(units)}")
        return unit(units[name] or "1")

    def _unit_of_lines(self, mark: str) -> Any:
        marked = [line for line in self.calculator.lines if mark in {"all", "lca", line.mark}]
        return unit(marked[0].unit) if marked else ANY

    def _unit_of_lookup(self, name: str, column: str) -> Any:
        if name not in self.inputs:
            raise UnitError(f"lookup の欄「{name}」がありません")
        targets = self._targets(self.inputs[name], column)
        if not targets:
            raise UnitError(f"「{name}」の選択肢に「{column}」がありません")
        found = [self._unit_of_name(target, False) for target in targets]
        if not all(same(found[0], other) for other in found):
            raise UnitError(f"「{name}」の選択肢によって「{column}」の単位が違います")
        return found[0]

    def _targets(self, field: Input, column: str) -> list[str]:
        lookups = [choice.lookup for choice in field.choices] + [band.lookup for band in field.bands]
        targets = [lookup[column] for lookup in lookups if column in lookup]
        if column in field.guidebook and not field.guidebook_note:
            targets.append(field.guidebook[column])
        return [target[1:] if target[0] == "=" else factor_name(target) for target in targets]

    def _check_inputs(self) -> None:
        for g, group in enumerate(self.calculator.groups):
            for i, field in enumerate(group.inputs):
                where = ("groups", g, "inputs", i)
                self._check_field(field, where)
                self._check_condition(field.when, (*where, "when"))

    def _check_field(self, field: Input, where: Location) -> None:
        try:
            unit(field.unit or "1")
        except UnitError as error:
            self._note((*where, "unit"), str(error))
        ids = [choice.id for choice in field.choices]
        if field.kind == "choice" and field.default is not None and field.default not in ids:
            self._note((*where, "default"), f"default は選択肢のどれかにしてください（{'、'.join(ids)}）")

    def _check_known(self, name: str, where: Location, known: set[str]) -> None:
        if name not in known:
            self._note(where, f"「{name}」がありません。使えるのは {'、'.join(sorted(known))}")

    def _check_samples(self) -> None:
        outputs = {*self.output_units}
        for key in ("presets", "examples"):
            for i, sample in enumerate(getattr(self.calculator, key)):
                for name in sample.inputs:
                    self._check_known(name, (key, i, "inputs", name), {*self.inputs})
                for name in [*getattr(sample, "shown", {}), *getattr(sample, "withheld", [])]:
                    self._check_known(name, (key, i, "shown"), outputs)
        presets = {preset.id for preset in self.calculator.presets}
        self._check_known(self.calculator.worked_preset, ("worked_preset",), presets)
