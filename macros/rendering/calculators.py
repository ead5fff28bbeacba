"""Macros on calculators and factors: the form, the worked example, the words around it, the tables of factors."""

import json
from typing import Any, Literal

from markupsafe import Markup

from ..calculators import Outcome, as_json, is_life_cycle, price_words, run
from ..formulas import blanks, parse, show_typed
from ..loading import Guide, used_factors
from ..models.base import CalculatorRef
from ..models.calculators import Calculator, Input, Preset
from ..models.factors import Factor, FactorValue
from ..models.suppliers import SupplierKind
from .core import Core
from .register import macro

CONFIDENCE = {
    "official": "公式の文書",
    "official-copy": "公式の文書の写し",
    "secondary": "二次資料",
    "derived": "計算した値",
}
# rows to write into on paper
EMPTY_ROWS = 8
DUE = "（見直しの期日を過ぎています）"


def _factor_files(guide: Guide, _words: tuple[str, ...]) -> list[str]:
    return [*(f"factors/{topic.id}.yml" for topic in guide.factors), "factor-sets.yml", "factor-sources.yml"]


class Calculators(Core):
    """`calculator` and the macros that begin with `calculator_`, and `factor_tables`."""

    @macro("calculators/{}.yml", home="calculators/{}", owed=True)
    def calculator(self, name: CalculatorRef, *, root: str = "../..", alone: bool = False) -> str:
        """Return the form of a calculator; `root` leads from the page to the site's root."""
        return self.render("calculator", **self.form_of(name, root, alone=alone))

    def form_of(self, name: str, root: str = "../..", *, alone: bool = False) -> dict[str, Any]:
        """Return what the template of the form needs; `alone` is for a page that holds nothing else."""
        calculator = self.catalogue.calculators[name]
        resident = calculator.audience == "resident"
        return {
            "calculator": calculator,
            "definition": attribute(self.definition(calculator.id)),
            "root": root,
            "alone": alone,
            "resident": resident,
            "residents": self.catalogue.parts.residents,
            "folded": [group for group in calculator.groups if resident and all(one.paperwork for one in group.inputs)],
            "reckons_sets": any(field.id == "factors" for group in calculator.groups for field in group.inputs),
            "helped": {field for one in calculator.helpers for field in self.catalogue.helpers[one].fields},
            "searched": self._searched(calculator),
            "life_cycle_lines": self._life_cycle_lines(calculator),
            "version": self._version(calculator),
            "plain": show_typed,
            "fragment": fragment,
        }

    def _searched(self, calculator: Calculator) -> dict[str, SupplierKind]:
        """Return what is said of the suppliers of a field, for the fields that search the official tables."""
        kinds = self.catalogue.suppliers.kinds if self.catalogue.suppliers else {}
        fields = {field.id for group in calculator.groups for field in group.inputs}
        return {field: kind for field, kind in kinds.items() if field in fields}

    def definition(self, name: str) -> dict[str, Any]:
        """Return a calculator as plain data; made once, as form, example, worksheet and embeds all ask for it."""
        if name not in self.definitions:
            self.definitions[name] = as_json(self.catalogue, self.catalogue.calculators[name])
        return self.definitions[name]

    @macro("calculators/{}.yml", home="calculators/{}", owed=True)
    def calculator_words(
        self,
        name: CalculatorRef,
        part: Literal["counted", "not_counted", "limits", "claims", "rounding", "formula_sources"],
    ) -> str:
        """Return what a calculator says of itself: counted, not_counted, limits, claims, rounding, formula_sources."""
        calculator = self.catalogue.calculators[name]
        return self.render("calculator-words", texts=getattr(calculator.words, part))

    @macro("calculators/{}.yml", home="calculators/{}", owed=True)
    def calculator_lead(self, name: CalculatorRef) -> str:
        """Return the sentence that opens a calculator's page."""
        return self.render("calculator-words", texts=self.catalogue.calculators[name].lead)

    @macro("calculators/{}.yml", home="calculators/{}", owed=True)
    def calculator_worksheet(self, name: CalculatorRef) -> str:
        """Return a calculator as a sheet to print and fill by hand: its lines, or its rows and the results of all."""
        calculator, definition = self.catalogue.calculators[name], self.definition(name)
        labels = {line.id: line.label for line in calculator.lines}
        lines = [
            line | {"label": labels[line["id"]], "blanks": blanks(line["formula"], definition)}
            for line in definition["lines"]
        ]
        results = [result for result in calculator.results if result.main]
        return self.render("calculator-worksheet", lines=lines, rows=calculator.rows, results=results, empty=EMPTY_ROWS)

    @macro("calculators/{}.yml", home="calculators/{}", owed=True)
    def calculator_cases(self, name: CalculatorRef) -> str:
        """Return the cases that were worked by hand, with what the calculator shows for them."""
        calculator = self.catalogue.calculators[name]
        parts = {f"line_{line.id}": line for line in calculator.lines} | {r.id: r for r in calculator.results}
        cases = [
            {
                "name": example.name,
                "worked": example.worked,
                "shown": [f"{parts[key].label} {value} {parts[key].unit}" for key, value in example.shown.items()],
            }
            for example in calculator.examples
        ]
        return self.render("calculator-cases", cases=cases)

    @macro("calculators/{}.yml", home="calculators/{}", owed=True)
    def calculator_example(self, name: CalculatorRef, *, main: bool = False) -> str:
        """Return a preset worked through at build time, for readers without JavaScript; `main` leaves lesser results out."""
        calculator = self.catalogue.calculators[name]
        preset = next(preset for preset in calculator.presets if preset.id == calculator.worked_preset)
        outcome = run(self.definition(name), preset.inputs, preset.rows)
        return self.render(
            "calculator-example",
            calculator=calculator,
            preset=preset,
            outcome=outcome,
            entered=list(_entered(calculator, preset)),
            lines=_shown(calculator.lines, outcome, "line_"),
            results=_shown([result for result in calculator.results if result.main or not main], outcome, ""),
        )

    @macro("calculators/{}.yml", home="calculators/{}", owed=True)
    def calculator_factors(self, name: CalculatorRef, *, main: bool = False) -> str:
        """Return the table of the factors that a calculator can use, or only of those it starts with."""
        briefs = self.factor_briefs(self.catalogue.calculators[name], main=main)
        return self.render("calculator-factors", factors=briefs, due=DUE, main=main)

    def factor_briefs(self, calculator: Calculator, *, main: bool = False) -> list[dict[str, Any]]:
        """Return the factors that a calculator can use, or only those it starts with."""
        chosen = set(used_factors(self.catalogue, calculator))
        chosen -= self._not_at_start(calculator) if main else set()
        return [self._brief(factor) for factor in self.catalogue.factors.values() if factor.id in chosen]

    @macro(home="calculators/index")
    def calculator_list(self) -> str:
        """Return all calculators as cards."""
        return self.render("calculator-list", calculators=self.catalogue.calculators.values())

    @macro(_factor_files, home="calculators/factors")
    def factor_tables(self) -> str:
        """Return every factor with every value and source, by topic; each has its id as anchor."""
        return self.render(
            "factor-tables",
            topics=self.catalogue.topics,
            sources=self.catalogue.sources,
            confidence=CONFIDENCE,
            plain=show_typed,
            price_words=price_words,
            due=DUE,
        )

    def _not_at_start(self, calculator: Calculator) -> set[str]:
        """Return the factors of choices that are not chosen at the start."""
        fields = [field for group in calculator.groups for field in group.inputs]
        return {
            target
            for field in fields
            for choice in field.choices
            if choice.id != field.default
            for target in choice.lookup.values()
        }

    def _brief(self, factor: Factor) -> dict[str, Any]:
        sets = self.catalogue.sets
        now, then = sets.now(factor), sets.then(factor)
        first = now or then or factor.values[0]
        return {
            "factor": factor,
            "now": _plain(now),
            "price": price_words(now) if now and now.kind else "",
            "lent": sets.named(now.set).short if now and sets.reuses(factor, sets.today) else "",
            "then": _plain(then),
            "source": self.catalogue.sources[first.source],
            "review_by": first.review_by,
        }

    def _life_cycle_lines(self, calculator: Calculator) -> set[str]:
        return {line.id for line in calculator.lines if is_life_cycle(self.catalogue, parse(line.formula))}

    def _version(self, calculator: Calculator) -> str:
        """Return the day on which the newest number of a calculator was looked up."""
        ids = used_factors(self.catalogue, calculator)
        days = [value.retrieved_on for factor_id in ids for value in self.catalogue.factors[factor_id].values]
        return max(days, default="")


def fragment(inputs: dict[str, str], rows: list[list[str]]) -> str:
    """Return typed texts as the address of a filled calculator carries them, without the `v=1` at its head."""
    pairs = [f"{name}={_escaped(text, '%&')}" for name, text in inputs.items()]
    cells = ";".join(",".join(_escaped(cell, "%&,;") for cell in row) for row in rows)
    return "&".join([*pairs, f"rows={cells}"] if rows else pairs)


def _escaped(text: str, reserved: str) -> str:
    return "".join(f"%{ord(letter):02X}" if letter in reserved else letter for letter in text)


def attribute(data: Any) -> Markup:
    """Return data as JSON that is safe between single quotes of an attribute."""
    text = json.dumps(_short(data), ensure_ascii=False, separators=(",", ":"))
    for letter in "&<>'":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def _short(data: Any) -> Any:
    """Write 1000.0 as 1000: the same number in JavaScript, in fewer bytes."""
    if isinstance(data, dict):
        return {key: _short(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_short(value) for value in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data


def _plain(value: FactorValue | None) -> str:
    return show_typed(value.value) if value else ""


def _entered(calculator: Calculator, preset: Preset) -> Any:
    """Yield (label, value, unit) of the fields that a preset fills."""
    for group in calculator.groups:
        for field in group.inputs:
            if field.id in preset.inputs:
                yield field.label, _said(field, preset.inputs[field.id]), field.unit or ""


def _said(field: Input, text: str) -> str:
    labels = {choice.id: choice.label for choice in field.choices}
    return labels.get(text, text)


def _shown(parts: list[Any], outcome: Outcome, prefix: str) -> list[dict[str, str]]:
    """Return what came out of lines or results, without what was withheld."""
    found = []
    for part in parts:
        name = f"{prefix}{part.id}"
        if outcome.shown[name]:
            found.append(
                {"label": part.label, "steps": outcome.steps[name], "value": outcome.shown[name], "unit": part.unit}
            )
    return found
