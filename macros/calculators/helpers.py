"""Helpers as small calculators: the same plain data, walked by the same engines, gives an amount and its range."""

from typing import Any

from ..formulas import Tree
from ..models.calculators import Calculator, Group, Result, Rule
from ..models.helpers import Helper
from .catalogue import Catalogue
from .definition import ENDS, as_json, end_of, factor_mark, numbers_of, texts_of

# what a helper gives
AMOUNT = "amount"


def calculator_of(helper: Helper) -> Calculator:
    """Return a helper as a calculator without lines: its fields in one group, its steps and the amount as results."""
    return Calculator.model_construct(
        id=helper.id,
        groups=[
            Group.model_construct(id=helper.id, title=helper.title, inputs=[one.as_field() for one in helper.inputs])
        ],
        rows=None,
        lines=[],
        results=[*(_result(step.id, step) for step in helper.steps), *_amounts(helper)],
        rules=[Rule(**dict(rule)) for rule in helper.rules],
        kinds=[],
        presets=[],
        examples=[],
    )


def _result(name: str, part: Any, formula: str = "") -> Result:
    return Result(id=name, label=name, unit=part.unit, formula=formula or part.formula, digits=part.digits)


def _amounts(helper: Helper) -> list[Result]:
    """Return the amount and, where the helper says how to reckon it, its range."""
    ends = [_result(f"{AMOUNT}_{end}", helper, said) for end in ENDS if (said := getattr(helper, end))]
    return [_result(AMOUNT, helper), *ends]


def helper_definition(catalogue: Catalogue, helper: Helper) -> dict[str, Any]:
    """Return the definition of a helper, as that of a calculator: results `amount`, `amount_low`, `amount_high`.

    A helper without a range has only `amount`. The one line, also `amount`, is there to tell what is not filled yet.
    """
    definition = as_json(catalogue, calculator_of(helper))
    *steps, amount = [part for part in definition["results"] if part["id"] not in {f"{AMOUNT}_{end}" for end in ENDS}]
    whole = _put(amount["formula"], {step["id"]: step["formula"] for step in steps})
    optional = {"optional": helper.optional} if helper.optional else {}
    definition["lines"] = [{"id": AMOUNT, "formula": whole, "unit": helper.unit, **optional}]
    if not helper.low:
        definition["results"] += _range(catalogue, definition, amount)
        definition["numbers"] = numbers_of(catalogue, definition)
    return definition


def _put(tree: Tree, parts: dict[str, Tree]) -> Tree:
    """Return a tree with the names of parts replaced by what they stand for."""
    if isinstance(tree, list):
        return [tree[0], *(_put(part, parts) for part in tree[1:])]
    return _put(parts[tree], parts) if isinstance(tree, str) and tree in parts else tree


def _range(catalogue: Catalogue, definition: dict[str, Any], amount: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lowest and highest amount that the ranges of its factors give; choices get the ends they lead to."""
    used = set(texts_of(definition["inputs"])) | set(texts_of(definition["results"]))
    ranged = [mark for one in catalogue.ranged if (mark := factor_mark(one)) in used]
    if not ranged:
        return []
    for spec in definition["inputs"].values():
        for lookup in spec.get("choices", {}).values():
            lookup |= {f"{end}~{key}": _at(target, end, ranged) for end in ENDS for key, target in [*lookup.items()]}
    trees = [_at(amount["formula"], end, ranged) for end in ENDS]
    return [
        amount | {"id": f"{AMOUNT}_{end}", "formula": [which, *trees]}
        for end, which in zip(ENDS, ("min", "max"), strict=True)
    ]


def _at(tree: Tree, end: str, ranged: list[str]) -> Tree:
    """Return a tree, or the target of a lookup, with every number that has a range at one end of it."""
    if isinstance(tree, list) and tree[0] == "lookup":
        return [*tree[:2], f"{end}~{tree[2]}"]
    if isinstance(tree, list):
        return [tree[0], *(_at(part, end, ranged) for part in tree[1:])]
    return end_of(tree, end) if tree in ranged else tree
