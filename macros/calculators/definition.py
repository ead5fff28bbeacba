"""Turns a calculator into the plain data that Python and JavaScript both walk."""

from typing import Any

from ..formulas import Tree, names, parse
from ..models.calculators import Calculator, Input, Result
from ..models.factors import Factor, FactorSets, FactorValue
from .catalogue import Catalogue

# the ends of the range that a factor may have
LOW, HIGH = ENDS = ("low", "high")


def as_json(catalogue: Catalogue, calculator: Calculator) -> dict[str, Any]:
    """Return the definition for `data-definition`: fields, trees, the numbers they need, messages."""
    definition = {
        "id": calculator.id,
        "inputs": {field.id: field_of(field) for group in calculator.groups for field in group.inputs},
        "rows": _rows(catalogue, calculator),
        "lines": [_line(catalogue, calculator, line) for line in calculator.lines],
        "results": [_result(catalogue, calculator, result) for result in calculator.results],
        "rules": [_rule(catalogue, calculator, rule) for rule in calculator.rules],
    }
    definition["numbers"] = numbers_of(catalogue, definition)
    definition["words"] = _words(messages_of(catalogue), definition)
    return definition


def _words(messages: dict[str, str], definition: dict[str, Any]) -> dict[str, str]:
    """Return the messages without those that this calculator can never say."""
    never = {"ceil", "floor", "min", "max"} - set(texts_of(definition))
    return {key: text for key, text in messages.items() if key not in never and (key != "rows" or definition["rows"])}


def messages_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the messages of calculators, with one for values that a set reuses: with two sets, only the guidebook's does."""
    messages = dict(catalogue.parts.messages)
    carried = messages.pop("carried", "")
    return messages | ({"reused": carried} if carried and catalogue.sets.others else {})


def factor_name(factor_id: str) -> str:
    """Return the name of a factor in formulas."""
    return "factor_" + factor_id.replace("-", "_")


def end_names(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Return by name in formulas, such as `factor_km_per_litre_bus_low`, the factor that has a range and the end of it."""
    return {f"{factor_name(factor_id)}_{end}": (factor_id, end) for factor_id in catalogue.ranged for end in ENDS}


def factor_mark(factor_id: str) -> str:
    """Return the name of a factor in the definition: its id, marked so that pages can link to its record."""
    return f"#{factor_id}"


def end_of(mark: str, end: str) -> str:
    """Return the name in the definition of one end of a factor's range: no factor of its own, so pages do not link to it."""
    return f"{end}~{mark}"


def tree_of(catalogue: Catalogue, calculator: Calculator, text: str) -> Tree:
    """Return the tree of a formula, with `lines.…` spread into the lines it stands for and factors by id."""
    marks = {name: end_of(factor_mark(one), end) for name, (one, end) in end_names(catalogue).items()}
    marks |= {factor_name(factor_id): factor_mark(factor_id) for factor_id in catalogue.factors}
    return _renamed(_spread(catalogue, calculator, parse(text)), marks)


def _renamed(tree: Tree, marks: dict[str, str]) -> Tree:
    if isinstance(tree, list):
        return [tree[0], *(_renamed(part, marks) for part in tree[1:])]
    return marks.get(tree, tree) if isinstance(tree, str) else tree


def _spread(catalogue: Catalogue, calculator: Calculator, tree: Tree) -> Tree:
    if not isinstance(tree, list):
        return tree
    parts: list[Tree] = []
    for part in tree[1:]:
        group = isinstance(part, list) and part[0] == "lines"
        parts += _lines_of(catalogue, calculator, part[1]) if group else [_spread(catalogue, calculator, part)]
    return [tree[0], *parts]


def _lines_of(catalogue: Catalogue, calculator: Calculator, mark: str) -> list[str]:
    """Return the lines of a mark: all, lca (life cycle) or one given in the definition."""
    return [
        f"line_{line.id}"
        for line in calculator.lines
        if mark in {"all", line.mark} or (mark == "lca" and is_life_cycle(catalogue, parse(line.formula)))
    ]


def is_life_cycle(catalogue: Catalogue, tree: Tree) -> bool:
    """Tell whether a tree uses a life-cycle factor."""
    marked = {factor_name(factor.id) for factor in catalogue.factors.values() if factor.life_cycle}
    return not marked.isdisjoint(names(tree))


def field_of(field: Input) -> dict[str, Any]:
    """Return what the engines need of a field."""
    if field.kind == "text":
        return {"text": 1}
    kind = _choice(field) if field.kind == "choice" else _number(field)
    return kind | ({"when": parse(field.when)} if field.when else {})


def _number(field: Input) -> dict[str, Any]:
    spec: dict[str, Any] = {"unit": field.unit, "min": field.min, "max": field.max, "decimals": _decimals(field.step)}
    if field.default is not None:
        spec["default"] = field.default
    if field.bands:
        spec["bands"] = [[band.up_to, _targets(band.lookup)] for band in field.bands]
    return spec


def _decimals(step: float) -> int:
    return max(0, -int(f"{step:e}".partition("e")[2]))


def _choice(field: Input) -> dict[str, Any]:
    spec: dict[str, Any] = {"choices": {choice.id: _targets(choice.lookup) for choice in field.known}}
    aliases = {alias: choice.id for choice in field.choices for alias in choice.aliases}
    if aliases:
        spec["aliases"] = aliases
    notes = {choice.id: choice.retired for choice in field.choices if choice.retired}
    if notes:
        spec["notes"] = notes
    if field.absent:
        spec["absent"] = [field.absent, field.absent_note]
    if field.default is not None:
        spec["default"] = field.default
    if field.guidebook:
        spec["guidebook"] = _targets(field.guidebook)
    return spec


def _targets(lookup: dict[str, str]) -> dict[str, str]:
    """Return the names that the columns of a choice stand for; a leading `=` marks what was typed."""
    return {column: target if target[0] == "=" else factor_mark(target) for column, target in lookup.items()}


def _rows(catalogue: Catalogue, calculator: Calculator) -> dict[str, Any] | None:
    if not calculator.rows:
        return None
    return {
        "max": calculator.rows.max,
        "columns": {column.id: field_of(column) for column in calculator.rows.columns},
        "results": [_result(catalogue, calculator, result) for result in calculator.rows.results],
    }


def _line(catalogue: Catalogue, calculator: Calculator, line: Any) -> dict[str, Any]:
    tree = tree_of(catalogue, calculator, line.formula)
    spec: dict[str, Any] = {"id": line.id, "formula": tree, "unit": line.unit}
    if line.optional:
        spec["optional"] = line.optional
    return spec


def _result(catalogue: Catalogue, calculator: Calculator, result: Result) -> dict[str, Any]:
    tree = tree_of(catalogue, calculator, result.formula)
    spec: dict[str, Any] = {"id": result.id, "formula": tree, "digits": result.digits, "unit": result.unit}
    if result.when:
        spec["when"] = parse(result.when)
    if result.remark and result.remark_when:
        spec["remark"] = [tree_of(catalogue, calculator, result.remark_when), result.remark]
    return spec


def _rule(catalogue: Catalogue, calculator: Calculator, rule: Any) -> dict[str, Any]:
    spec = {"check": tree_of(catalogue, calculator, rule.check), "at": rule.at, "message": rule.message}
    spec |= {"when": tree_of(catalogue, calculator, rule.when)} if rule.when else {}
    return spec | ({"hint": 1} if rule.hint else {})


def numbers_of(catalogue: Catalogue, definition: dict[str, Any]) -> dict[str, list[Any]]:
    """Return every factor and constant the definition names: [today, guidebook, unit], and for a price what it is.

    What no price is may have there what it is in more sets than two, see `_in_sets`.
    """
    used = set(texts_of(definition))
    numbers = {
        c.id: [c.value, c.value, c.unit] for c in catalogue.parts.constants if c.id in used or f"={c.id}" in used
    }
    for factor in catalogue.factors.values():
        if factor_mark(factor.id) in used:
            numbers[factor_mark(factor.id)] = _values(catalogue.sets, factor)
    return numbers | _ends(catalogue, used)


def _ends(catalogue: Catalogue, used: set[str]) -> dict[str, list[Any]]:
    """Return the numbers at the ends of ranges that a definition names; they are the same in every set."""
    ends = {end_of(factor_mark(one), end): (one, end) for one, end in end_names(catalogue).values()}
    return {name: _end(catalogue, *one) for name, one in ends.items() if name in used}


def _end(catalogue: Catalogue, factor_id: str, end: str) -> list[Any]:
    value = getattr(catalogue.ranged[factor_id], end)
    return [value, value, catalogue.factors[factor_id].unit]


def _values(sets: FactorSets, factor: Factor) -> list[Any]:
    now, then = sets.now(factor), sets.then(factor)
    current = now.value if now else None
    guidebook = then.value if then else None
    said = [price_words(now)] if now and now.kind else []
    more = _in_sets(sets, factor)
    return [current, guidebook if factor.by_set else current, factor.unit, *said, *([more] if more else [])]


def _in_sets(sets: FactorSets, factor: Factor) -> dict[str, Any]:
    """Return what a factor is in today's set and those between, where there is something to say.

    A number is the set's own; None is today's, reused; [number] is that of a set before it, reused.
    """
    said: dict[str, Any] = {}
    current = sets.now(factor)
    for one in (one.id for one in sets.offered if one.id != sets.guidebook):
        value = sets.value(factor, one)
        other = value.value if value and (current is None or value.value != current.value) else None
        if sets.reuses(factor, one):
            said[one] = None if other is None else [other]
        elif other is not None:
            said[one] = other
    return said


TAX_WORDS = {"込": "税込", "抜": "税抜", "不明": "税の別は不明"}


def price_words(value: FactorValue) -> str:
    """Return what stands beside a price: its kind, tax and date."""
    return f"{value.kind}、{TAX_WORDS[value.tax or '不明']}、{value.valid_from}"


def texts_of(part: Any) -> Any:
    """Yield every text inside plain data."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, (list, dict)):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from texts_of(inner)
