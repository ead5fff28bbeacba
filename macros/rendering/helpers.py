"""The macro on helpers: each way to an amount in words, with its formula, a worked number, values and sources."""

from typing import Any

from ..calculators import AMOUNT, HIGH, LOW, factor_mark, factor_name, helper_definition, run
from ..formulas import Tree, parse, show_typed, written
from ..models.base import CalculatorRef
from ..models.calculators import Calculator
from ..models.factors import Factor
from ..models.helpers import Helper
from .calculators import CONFIDENCE
from .core import Core
from .register import macro
from .yardsticks import yardsticks


class Helpers(Core):
    """`calculator_helpers`."""

    @macro("calculators/{}.yml", "helpers.yml", home="calculators/{}", owed=True, shows=("helpers",))
    def calculator_helpers(self, name: CalculatorRef) -> str:
        """Return how the amounts that a calculator asks come from what people know, for readers without JavaScript too."""
        calculator = self.catalogue.calculators[name]
        ways = [self._way(calculator, self.catalogue.helpers[one]) for one in calculator.helpers]
        found = yardsticks(self.guide, calculator)
        return self.render(
            "calculator-helpers",
            ways=ways,
            yardsticks=found.text if found else "",
            sources=self.catalogue.sources,
            confidence=CONFIDENCE,
            plain=show_typed,
        )

    def _way(self, calculator: Calculator, helper: Helper) -> dict[str, Any]:
        definition = helper_definition(self.catalogue, helper)
        outcome = run(definition, helper.examples[0].inputs)
        low, high = (outcome.shown.get(f"{AMOUNT}_{end}", "") for end in (LOW, HIGH))
        fields = {field.id: field for group in calculator.groups for field in group.inputs}
        return {
            "helper": helper,
            "fields": [fields[one].label for one in helper.fields if one in fields],
            "formula": self._formula(helper),
            "steps": outcome.steps[AMOUNT],
            "range": f"{low}〜{high} {helper.unit}" if low != high else "",
            "factors": self._behind(definition),
        }

    def _formula(self, helper: Helper) -> str:
        """Return the formula with the labels of fields for their names."""
        labels = {part.id: part.label for part in (*helper.steps, *helper.inputs)}
        named = {factor_name(factor.id): factor.name for factor in self.catalogue.factors.values()}
        named |= {constant.id: constant.name for constant in self.catalogue.parts.constants}

        def said(part: Tree) -> str:
            if isinstance(part, list):
                return f"{labels[part[1]]}で決まる値"
            return labels.get(part) or named[part]

        return written(parse(helper.formula), said)

    def _behind(self, definition: dict[str, Any]) -> list[Factor]:
        """Return the factors that a helper can rest on."""
        return [one for one in self.catalogue.factors.values() if factor_mark(one.id) in definition["numbers"]]
