"""The draft of a public statement: the sentences of `data/statement.yml`, filled with what a calculator reckoned.

`drafts_of` makes the plain data that Python, JavaScript (docs/assets/js/statement.js) and the workbook walk alike.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from ..formulas import Tree, evaluate, show
from ..models.calculators import Calculator
from .catalogue import Catalogue
from .definition import tree_of
from .running import Outcome, clean

# {amount}, {phrase} or {field}; what stands after a bar is said of an empty field
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")
TOTAL = "total_kg"
Drafts = dict[str, Any]
# what a field says: a typed text, or the label of what is chosen
Wording = Callable[[str], str]


def words_of(catalogue: Catalogue) -> dict[str, Any]:
    """Return all that the browser needs: {nothing, contradicted, calculators: {id: drafts or a reason}}."""
    statement = catalogue.statement
    drafts = {one.id: drafts_of(catalogue, one) for one in catalogue.calculators.values()}
    return {"nothing": statement.nothing, "contradicted": statement.contradicted, "calculators": drafts}


def drafts_of(catalogue: Catalogue, calculator: Calculator) -> Drafts | str:
    """Return the amounts, phrases and sentences of a calculator as trees, or the reason why it drafts none."""
    statement = catalogue.statement
    if calculator.id not in statement.calculators:
        silent = {one.calculator: one.reason for one in statement.silent}
        return silent.get(calculator.id, statement.other)

    def said(parts: Sequence[Any]) -> list[Any]:
        return [part for part in parts if concerns(part, calculator)]

    def tree(text: str | None) -> Tree:
        return 1 if text is None else _inlined(catalogue, tree_of(catalogue, calculator, text))

    def variants(part: Any) -> list[Any]:
        return [[tree(variant.when), variant.text] for variant in part.variants]

    return {
        "amounts": [[one.name, tree(one.formula), one.digits] for one in said(statement.amounts)],
        "phrases": [[one.name, variants(one)] for one in said(statement.phrases)],
        "sentences": [variants(one) for one in said(statement.sentences)],
    }


def concerns(part: Any, calculator: Calculator) -> bool:
    """Tell whether a part is said by a calculator."""
    return not part.calculators or calculator.id in part.calculators


def _inlined(catalogue: Catalogue, tree: Tree) -> Tree:
    """Return a tree with the value of each constant in its place."""
    constants = {one.id: int(one.value) if one.value.is_integer() else one.value for one in catalogue.parts.constants}
    if isinstance(tree, list) and tree[0] not in {"is", "isnt"}:
        return [tree[0], *(_inlined(catalogue, part) for part in tree[1:])]
    return constants.get(tree, tree) if isinstance(tree, str) else tree


def draft(
    words: dict[str, Any], calculator: Calculator, outcome: Outcome, phrases: dict[str, str] | None = None
) -> list[str]:
    """Return the lines of the draft, by the `words_of` the catalogue; one line tells why when there is none.

    `phrases` stand instead of those of the same name.
    """
    drafts = words["calculators"][calculator.id]
    if isinstance(drafts, str):
        return [drafts]
    if not outcome.shown[TOTAL]:
        return [words["nothing"]]
    if outcome.hints:
        return [words["contradicted"]]
    return _lines(drafts, outcome, _wording(calculator, outcome), phrases or {})


def _wording(calculator: Calculator, outcome: Outcome) -> Wording:
    fields = {field.id: field for group in calculator.groups for field in group.inputs}

    def said(name: str) -> str:
        typed = outcome.scope.typed.fields[name] or ""
        labels = {choice.id: choice.label for choice in fields[name].choices}
        return labels.get(typed, "") if labels else typed

    return said


def _lines(drafts: Drafts, outcome: Outcome, wording: Wording, phrases: dict[str, str]) -> list[str]:
    scope, known = outcome.scope, {}
    for name, tree, digits in drafts["amounts"]:
        scope.outputs[name] = evaluate(tree, scope)
        known[name] = show(clean(scope.outputs[name]), digits)
    amounts = set(known)

    def filled(text: str) -> str:
        return PLACE.sub(lambda place: _said(place[1], known, wording) or place[2] or "", text)

    def chosen(variants: list[Any]) -> str:
        texts = (filled(text) for when, text in variants if _applies(when, text, scope, known, amounts))
        return next(texts, "")

    for name, variants in drafts["phrases"]:
        known[name] = phrases.get(name) or chosen(variants)
    return [line for variants in drafts["sentences"] if (line := chosen(variants))]


def _said(name: str, known: dict[str, str], wording: Wording) -> str:
    return known[name] if name in known else wording(name)


def _applies(when: Tree, text: str, scope: Any, known: dict[str, str], amounts: set[str]) -> bool:
    """Tell whether a variant holds and has every amount that it tells."""
    value = clean(evaluate(when, scope))
    return bool(value) and all(known[name] for name, _ in PLACE.findall(text) if name in amounts)
