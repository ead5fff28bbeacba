"""Checks that each preset of a calculator fills its form: every value is one that the field takes."""

from collections.abc import Iterator

from ..formulas import BadNumber, parse_number, show_typed
from ..models.base import Location
from ..models.calculators import Calculator, Input
from .files import Source
from .problems import Problem, problem
from .references import allowed


def check_presets(source: Source, calculator: Calculator) -> Iterator[Problem]:
    """Yield the values of presets that their fields would refuse; unknown fields are told elsewhere."""
    for where, field, text in _filled(calculator):
        if said := _refused(field, text):
            yield problem(source.file, source.content.lines, where, said)


def _filled(calculator: Calculator) -> Iterator[tuple[Location, Input, str]]:
    fields = {field.id: field for group in calculator.groups for field in group.inputs}
    columns = calculator.rows.columns if calculator.rows else []
    for i, preset in enumerate(calculator.presets):
        for name, text in preset.inputs.items():
            if name in fields:
                yield ("presets", i, "inputs", name), fields[name], text
        for j, row in enumerate(preset.rows):
            for k, (column, text) in enumerate(zip(columns, row, strict=False)):
                yield ("presets", i, "rows", j, k), column, text


def _refused(field: Input, text: str) -> str:
    """Return why a field would refuse a text; nothing when it takes it."""
    if field.kind == "choice":
        known = [name for choice in field.choices for name in (choice.id, *choice.aliases)]
        return "" if text in known else f"選択肢「{text}」がありません。{allowed(text, known)}"
    if field.kind == "text":
        return ""
    try:
        value = parse_number(text)
    except BadNumber:
        return f"「{text}」は数として読めません。1200、1,200、0.5 のように書いてください"
    if value is not None and not field.min <= value <= field.max:
        return f"「{text}」は欄の範囲の外です。{show_typed(field.min)} から {show_typed(field.max)} までです"
    return ""
