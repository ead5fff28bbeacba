"""The Python reference of the calculators: typed text in, raw and shown results out.

It walks the same plain definition as the JavaScript (`runtime.as_json`), in the same order.
"""

from dataclasses import dataclass, field
from typing import Any

from ..formulas import Tree, equation, evaluate, is_withheld, names, show
from .fields import Typed, read_fields, read_rows
from .scope import Definition, Reckoning, Value, missing


@dataclass
class Outcome:
    """What a run gives: raw values (None when withheld or not asked for), shown texts, messages by field.

    `hints` (of rules) and `notes` (of choices no longer offered) withhold nothing; `scope` is where other formulas find what was reckoned.
    """

    scope: Reckoning
    lines: dict[str, Value] = field(default_factory=dict)
    rows: list[dict[str, Value]] = field(default_factory=list)
    results: dict[str, Value] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    rows_shown: list[dict[str, str]] = field(default_factory=list)


def run(definition: Definition, texts: dict[str, str], rows: list[list[str]] = []) -> Outcome:  # noqa: B006
    """Evaluate typed texts; fields that break a rule are told and reckoned a second time as withheld."""
    typed, problems = read_fields(definition, texts)
    problems |= read_rows(definition, typed, rows)
    first = _reckon(definition, typed, set(typed.bad))
    # where too many rows withhold their columns, rules on them would only repeat it at fields that hold nothing
    found = {} if "rows" in problems else _incomplete(first) | _broken_rules(first)
    last = _reckon(definition, typed, typed.bad | set(found)) if found else first
    return _outcome(last, found | problems)


def _reckon(definition: Definition, typed: Typed, bad: set[str]) -> Reckoning:
    scope = Reckoning(definition, typed, bad)
    for line in definition["lines"]:
        scope.outputs[f"line_{line['id']}"] = evaluate(line["formula"], scope)
    if definition["rows"]:
        for result in definition["rows"]["results"]:
            _reckon_column(scope, result)
    for result in definition["results"]:
        scope.outputs[result["id"]] = evaluate(result["formula"], scope) if _applies(result, scope) else None
    return scope


def _reckon_column(scope: Reckoning, result: dict[str, Any]) -> None:
    """Give every row its value of a row result; `allot` gives all rows at once."""
    whole = evaluate(result["formula"], scope) if result["formula"][0] == "allot" else None
    for i, row in enumerate(scope.rows):
        scope.row = row
        row[result["id"]] = whole[i] if whole else evaluate(result["formula"], scope)
    scope.row = None


def _applies(part: dict[str, Any], scope: Reckoning) -> bool:
    return "when" not in part or _holds(evaluate(part["when"], scope))


def _holds(value: Value) -> bool:
    return value is not None and not is_withheld(value) and value != 0


def _incomplete(scope: Reckoning) -> dict[str, str]:
    """Tell at which fields a line that was begun lacks a value."""
    lacking: dict[str, str] = {}
    for line in scope.definition["lines"]:
        if scope.outputs[f"line_{line['id']}"] is None and _begun(line["formula"], scope):
            for name in missing(line["formula"], scope):
                if name not in line.get("optional", []):
                    lacking[name] = scope.definition["words"]["incomplete"]
    return lacking


def _begun(tree: Tree, scope: Reckoning) -> bool:
    return any(_is_entered(name, scope) for name in names(tree))


def _is_entered(name: str, scope: Reckoning) -> bool:
    if name.startswith("rows."):
        return any(value is not None for value in scope.column(name[5:]))
    spec = scope.definition["inputs"].get(name, {})
    return "unit" in spec and "default" not in spec and scope.value(name) is not None


def _broken_rules(scope: Reckoning, *, hints: bool = False) -> dict[str, str]:
    broken: dict[str, str] = {}
    for rule in scope.definition["rules"]:
        if ("hint" in rule) == hints and _applies(rule, scope) and evaluate(rule["check"], scope) == 0:
            broken.setdefault(rule["at"], rule["message"])
    return broken


def _outcome(scope: Reckoning, problems: dict[str, str]) -> Outcome:
    hints = {} if "rows" in problems else _broken_rules(scope, hints=True)
    outcome = Outcome(scope, problems=problems, hints=hints)
    for line in scope.definition["lines"]:
        name = f"line_{line['id']}"
        outcome.lines[name] = _show(scope, outcome, name, line | {"digits": 1})
    for result in scope.definition["results"]:
        name = result["id"]
        outcome.results[name] = _show(scope, outcome, name, result)
    _show_rows(scope, outcome)
    outcome.notes = _notes(scope)
    return outcome


def _notes(scope: Reckoning) -> dict[str, str]:
    """Tell at which fields an option is chosen that is no longer offered."""
    chosen = {
        name: spec["notes"].get(scope.chosen(name))
        for name, spec in scope.definition["inputs"].items()
        if "notes" in spec
    }
    return {name: text for name, text in chosen.items() if text}


def _show(scope: Reckoning, outcome: Outcome, name: str, part: dict[str, Any]) -> Value:
    value = clean(scope.outputs[name])
    shown = outcome.shown[name] = show(value, part["digits"])
    said = "" if value is None else equation(part["formula"], scope, f"{shown} {part['unit']}")
    outcome.steps[name] = said and said + _remark(part, scope)
    return value


def _remark(part: dict[str, Any], scope: Reckoning) -> str:
    test, text = part.get("remark", [0, ""])
    return text if _holds(evaluate(test, scope)) else ""


def _show_rows(scope: Reckoning, outcome: Outcome) -> None:
    results = scope.definition["rows"]["results"] if scope.definition["rows"] else []
    for row in scope.rows:
        values = {result["id"]: clean(row[result["id"]]) for result in results}
        outcome.rows.append(values)
        outcome.rows_shown.append({result["id"]: show(values[result["id"]], result["digits"]) for result in results})


def clean(value: Value) -> Value:
    """Return a value with "withheld" as None and −0 as 0."""
    return None if value is None or is_withheld(value) else value + 0
