"""Macros of the embeds: one calculator alone in a frame."""

from collections.abc import Iterator
from typing import Any

from ..calculators import Outcome, run
from ..formulas import Tree, blanks, names, show_typed
from ..models.addresses import public
from ..models.base import CalculatorRef
from ..models.calculators import Calculator, Line, Preset, Result
from .calculators import Calculators
from .register import macro


class Embeds(Calculators):
    """`embed`, and the macros that begin with `embed_`."""

    # the public address with a slash at the end; empty in a build that is not for publishing
    site_url = ""

    @macro(home="embed/{}", owed=True)
    def embed(self, name: CalculatorRef) -> str:
        """Return all of a page that holds one calculator: form, worked example, main factors, worksheet, stamp."""
        form = self.markup("calculator", **self.form_of(name, alone=True))
        worked = self.worked(name)
        has_then = any(line["then"] for line in worked["lines"])
        return self.render("embed", form=form, has_then=has_then, **worked)

    def worked(self, name: str) -> dict[str, Any]:
        """Return what a calculator shows where it cannot reckon: its example, line by line."""
        calculator = self.catalogue.calculators[name]
        definition = self.definition(name)
        preset = next(preset for preset in calculator.presets if preset.id == calculator.worked_preset)
        outcome = run(definition, preset.inputs, preset.rows)
        return {
            "calculator": calculator,
            "preset": preset,
            "rows": worked_rows(calculator, preset, outcome),
            "row_blanks": row_blanks(calculator),
            "lines": list(_lines(calculator, definition, outcome)),
            "version": self._version(calculator),
            "address": public(self.site_url, f"calculators/{name}/"),
        }


def worked_rows(calculator: Calculator, preset: Preset, outcome: Outcome) -> list[str]:
    """Return each row of an example in words, with what comes out for it."""
    results = calculator.rows.results if calculator.rows else []
    return [
        "、".join([*filter(None, cells), *(f"{one.label} {shown[one.id]} {one.unit}" for one in results)])
        for cells, shown in zip(preset.rows, outcome.rows_shown, strict=False)
    ]


def row_blanks(calculator: Calculator) -> str:
    """Return what a row of a calculator holds, with an empty bracket for each; nothing when it has none."""
    parts = [*calculator.rows.columns, *calculator.rows.results] if calculator.rows else []
    return "、".join(f"{part.label}（　{part.unit or ''}）" for part in parts)


def _lines(calculator: Calculator, definition: dict[str, Any], outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Yield what the example shows of each line and main result, with the same to fill in by hand."""
    trees = {part["id"]: part["formula"] for part in [*definition["results"], *definition["lines"]]}
    for line in calculator.lines:
        yield _row(line, f"line_{line.id}", outcome, trees[line.id], definition)
    for result in calculator.results:
        if result.main:
            yield _row(result, result.id, outcome, trees[result.id], definition)


def _row(part: Line | Result, name: str, outcome: Outcome, tree: Tree, definition: dict[str, Any]) -> dict[str, Any]:
    settled = _settled(tree, definition, "choices")
    known = set(definition["inputs"]) | set(definition["numbers"])
    by_hand = set(names(settled)) <= known and "#" in str(settled)
    blank = blanks(settled, definition).replace("　　　", "　") if by_hand else f"（　{part.unit}）"
    then = [
        # the unit again only where it is another one: gas was counted per Nm3
        show_typed(value) if unit in blank else f"{show_typed(value)} {unit}"
        for value, unit in _then(_settled(tree, definition, "guidebook"), definition)
    ]
    main = isinstance(part, Result)
    return {"label": part.label, "main": main, "steps": outcome.steps[name], "blanks": blank, "then": "、".join(then)}


def _settled(tree: Tree, definition: dict[str, Any], kind: str) -> Tree:
    """Return a tree with the factor of the choice at the start (`choices`), or of 2011 (`guidebook`), in it."""
    if not isinstance(tree, list):
        return tree
    if tree[0] != "lookup":
        return [tree[0], *(_settled(part, definition, kind) for part in tree[1:])]
    spec = definition["inputs"][tree[1]]
    choice = spec.get("guidebook") if kind == "guidebook" else spec.get("choices", {}).get(spec.get("default"))
    return (choice or {}).get(tree[2], tree)


def _then(tree: Tree, definition: dict[str, Any]) -> Iterator[tuple[float, str]]:
    """Yield the factors of 2011 in a tree: (value, unit)."""
    if isinstance(tree, list):
        for part in tree[1:]:
            yield from _then(part, definition)
    elif isinstance(tree, str) and tree.startswith("#"):
        _, value, unit = definition["numbers"][tree]
        if value is not None:
            yield value, unit
