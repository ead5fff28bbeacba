"""What the script of helpers reads: each way as plain data, which calculator offers which, the numbers behind them.

It is short, for it is loaded on use: what the script can put together again is left out (tests/test_helpers.py compares).
"""

from typing import Any

from ..calculators import AMOUNT, Catalogue, helper_definition
from ..models.calculators import Calculator
from ..models.helpers import Helper, HelperInput

# what a field of numbers has when it says nothing
USUAL = {"min": 0.0, "max": 1e9, "decimals": 3}


def helper_data(catalogue: Catalogue) -> dict[str, Any]:
    """Return `ways` by id, `of` (calculator → field → places of its ways in `ways`) and `numbers` by their names in formulas.

    A number is [value, unit], with a range [value, unit, low, high].
    """
    definitions = {helper.id: helper_definition(catalogue, helper) for helper in catalogue.helpers.values()}
    used = {name: number for one in definitions.values() for name, number in one["numbers"].items() if "~" not in name}
    return {
        "ways": {helper.id: _way(helper, definitions[helper.id]) for helper in catalogue.helpers.values()},
        "of": {one.id: _offered(catalogue, one) for one in catalogue.calculators.values() if one.helpers},
        "numbers": {name: _number(catalogue, name, number) for name, number in used.items()},
    }


def _offered(catalogue: Catalogue, calculator: Calculator) -> dict[str, list[int]]:
    """Return the places of the ways to what each field asks, in the order of the calculator."""
    places = {name: i for i, name in enumerate(catalogue.helpers)}
    fields = [field.id for group in calculator.groups for field in group.inputs]
    offered = {
        name: [places[one] for one in calculator.helpers if name in catalogue.helpers[one].fields] for name in fields
    }
    return {name: found for name, found in offered.items() if found}


def _way(helper: Helper, definition: dict[str, Any]) -> dict[str, Any]:
    [line] = definition["lines"]
    results = {result["id"]: result for result in definition["results"]}
    formula = results[AMOUNT]["formula"]
    ends = [results[f"{AMOUNT}_{end}"]["formula"] for end in ("low", "high")] if helper.low else None
    way = {
        "title": helper.title,
        "text": helper.text,
        "assumption": helper.assumption,
        "inputs": {one.id: _field(one, definition["inputs"][one.id]) for one in helper.inputs},
        "steps": [results[step.id] for step in helper.steps],
        "formula": formula,
        "unit": helper.unit,
        "digits": None if helper.digits == 1 else helper.digits,
        "line": line["formula"] if line["formula"] != formula else None,
        "ends": ends,
        "optional": helper.optional,
        "rules": definition["rules"],
    }
    return {key: value for key, value in way.items() if value not in (None, [])}


def _field(field: HelperInput, spec: dict[str, Any]) -> list[Any]:
    """Return [label, unit or 0, what else form and engine need]; of a choice its options, [label, lookup] by id."""
    told: dict[str, Any] = {"help": field.help, "takes": field.takes}
    if field.choices:
        told["options"] = {one.id: [one.label, _plain(spec["choices"][one.id])] for one in field.choices}
    rest = {key: value for key, value in spec.items() if key not in {"choices", "unit"} and USUAL.get(key) != value}
    return [field.label, field.unit or 0, {key: value for key, value in told.items() if value} | rest]


def _plain(lookup: dict[str, str]) -> dict[str, str]:
    return {column: target for column, target in lookup.items() if "~" not in column}


def _number(catalogue: Catalogue, name: str, number: list[Any]) -> list[Any]:
    value = catalogue.ranged.get(name[1:])
    return [number[0], number[2], *([value.low, value.high] if value else [])]
