"""Reads what was typed into the fields of a calculator, and tells at the field what cannot be read."""

from dataclasses import dataclass, field
from typing import Any

from ..formulas import NAN, BadNumber, clean, evaluate, is_withheld, parse_number, rounded_to, show_typed

LONGEST = 200
# how much of an amount may be rounded off, and how much of a number that is whole
SLIGHT, NOISE = 0.01, 1e-6


@dataclass
class Typed:
    """Values by field id: numbers, ids of choices, texts; None when nothing was entered."""

    fields: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)

    def value(self, name: str) -> float | None:
        """Return the number of a field; a choice counts by its id, when that is a number."""
        value = NAN if name in self.bad else self.fields.get(name)
        return float(value) if isinstance(value, str) else value

    def chosen(self, name: str) -> Any:
        """Return the id chosen, for conditions on fields."""
        return NAN if name in self.bad else self.fields.get(name)

    def lookup(self, name: str, column: str) -> float | None:
        """Conditions on fields look nothing up."""
        raise NotImplementedError

    def column(self, name: str) -> list[float | None]:
        """Conditions on fields are no sums over rows."""
        raise NotImplementedError


def read_fields(definition: dict[str, Any], texts: dict[str, str]) -> tuple[Typed, dict[str, str]]:
    """Return the values of all fields and the messages at those that cannot be read."""
    typed, problems = Typed(), {}
    for name, spec in definition["inputs"].items():
        typed.fields[name], reason = read_field(spec, texts.get(name, ""))
        if reason:
            typed.bad.add(name)
            problems[name] = message(definition, spec, reason)
    for name, spec in definition["inputs"].items():
        if "when" in spec and not _applies(spec, typed):
            typed.fields[name] = None
            typed.bad.discard(name)
            problems.pop(name, None)
    return typed, problems


def as_written(definition: dict[str, Any], texts: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts of a link or file with what fields that it lacks counted as when it was made, and what to tell."""
    lacking = {
        name: spec["absent"] for name, spec in definition["inputs"].items() if "absent" in spec and not texts.get(name)
    }
    return texts | {name: absent for name, (absent, _) in lacking.items()}, {
        name: note for name, (_, note) in lacking.items()
    }


def _applies(spec: dict[str, Any], typed: Typed) -> bool:
    value = evaluate(spec["when"], typed)
    return bool(value) and not is_withheld(value)


def read_rows(definition: dict[str, Any], typed: Typed, rows: list[list[str]]) -> dict[str, str]:
    """Fill the rows of `typed`; return the messages at cells, keyed `column.row`."""
    problems: dict[str, str] = {}
    if not definition["rows"]:
        return problems
    if len(rows) > definition["rows"]["max"]:
        problems["rows"] = definition["words"]["rows"].replace("{max}", str(definition["rows"]["max"]))
        typed.bad |= set(definition["rows"]["columns"])
    for i, cells in enumerate(rows[: definition["rows"]["max"]]):
        typed.rows.append(_read_row(definition, i, cells, problems))
    return problems


def _read_row(definition: dict[str, Any], i: int, cells: list[str], problems: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for j, (name, spec) in enumerate(definition["rows"]["columns"].items()):
        row[name], reason = read_field(spec, cells[j] if j < len(cells) else "")
        if reason:
            row[name] = NAN
            problems[f"{name}.{i + 1}"] = message(definition, spec, reason)
    return row


def read_field(spec: dict[str, Any], text: str) -> tuple[Any, str | None]:
    """Return the value of one field and the reason why it cannot be read, if so."""
    if "text" in spec:
        return (text, None) if len(text) <= LONGEST else (None, "long")
    if "choices" in spec:
        return _read_choice(spec, clean(text))
    try:
        return _read_number(spec, text), None
    except BadNumber as error:
        return None, error.reason


def _read_choice(spec: dict[str, Any], text: str) -> tuple[str | None, str | None]:
    chosen = spec.get("aliases", {}).get(text, text) or spec.get("default")
    return (chosen, None) if chosen is None or chosen in spec["choices"] else (None, "choice")


def _read_number(spec: dict[str, Any], text: str) -> float | None:
    typed = parse_number(text, spec["unit"])
    if typed is None:
        return spec.get("default")
    value = rounded_to(typed, spec["decimals"])
    if value > spec["max"]:
        raise BadNumber("share" if spec["unit"] == "%" else "above")
    if value < spec["min"]:
        raise BadNumber("below")
    # what is rounded off must not make another amount of it
    if abs(value - typed) > (typed * SLIGHT if spec["decimals"] else NOISE):
        raise BadNumber("decimals" if spec["decimals"] else "whole")
    return value


def message(definition: dict[str, Any], spec: dict[str, Any], reason: str) -> str:
    """Return the message of a reason, with the limits of the field in it."""
    text = definition["words"][reason]
    if "unit" in spec:
        text = text.replace("{min}", show_typed(spec["min"])).replace("{max}", show_typed(spec["max"]))
        text = text.replace("{digits}", str(spec["decimals"])).replace("{unit}", spec["unit"])
    return text
