"""Seeded inputs for the comparison of the two engines: usual, odd and hostile ones."""

import random
from typing import Any

HOSTILE = [
    "-5", "−5", "△5", "▲5", "1e3", "1e309", "abc", "1,5", "12,34", "1,2345", ",1", "1,", ".5", "5.", "1.2.3", "0x10",
    "NaN", "Infinity", "１２３", "１，２３４．５", "1 234", "1 2", "　7　", "9" * 300, "0." + "0" * 40 + "1", "00012",
    "<b>1</b>", "1<script>", "٣", "１e３", "+5", "‐3", "5㎏", "1_000", " ", "\t12\n", "0", "0.0", "1,234,567.89", "½",
    "__proto__", "constructor", "toString", "-0", "1，234", "1。5", "二",
]  # fmt: skip
FULL = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def vectors(definition: dict[str, Any], count: int, seed: int) -> list[dict[str, Any]]:
    """Return `count` typed forms, the same for one seed for ever."""
    rng = random.Random(f"{definition['id']} {seed}")  # noqa: S311
    return [_vector(rng, definition) for _ in range(count)]


def _vector(rng: random.Random, definition: dict[str, Any]) -> dict[str, Any]:
    hostile = rng.choice([0, 0, 0.02, 0.2])
    filled = rng.choice([0.3, 0.7, 0.95])
    inputs = {name: _text(rng, spec, hostile) for name, spec in definition["inputs"].items() if rng.random() < filled}
    return {"inputs": inputs, "rows": _rows(rng, definition, hostile)}


def _rows(rng: random.Random, definition: dict[str, Any], hostile: float) -> list[list[str]]:
    table = definition["rows"]
    if not table or rng.random() < 0.3:
        return []
    count = rng.choice([1, 2, 3, 5, 12, 12, 13])
    blank = {name for name in table["columns"] if rng.random() < 0.5}
    return [_row(rng, table["columns"], blank, hostile) for _ in range(count)]


def _row(rng: random.Random, columns: dict[str, Any], blank: set[str], hostile: float) -> list[str]:
    cells = [
        "" if (name in blank and len(columns) > 3) or rng.random() < 0.03 else _text(rng, spec, hostile)
        for name, spec in columns.items()
    ]
    return cells[: rng.randint(1, len(cells))] if rng.random() < 0.05 else cells


def _text(rng: random.Random, spec: dict[str, Any], hostile: float) -> str:
    if rng.random() < hostile:
        return rng.choice(HOSTILE)
    if "choices" in spec:
        return rng.choice([*spec["choices"], *spec.get("aliases", {})])
    if "text" in spec:
        return rng.choice(["A区", "会議", "x" * 201, "", "<img src=x onerror=alert(1)>", "😀"])
    return _number(rng, spec)


def _number(rng: random.Random, spec: dict[str, Any]) -> str:
    usual = (
        [1, 5, 10, 20, 20, 100] if spec["unit"] == "%" else [1, 5, 20, 100, 1000, 1e5, spec["max"], spec["max"] * 1.01]
    )
    top = min(spec["max"], rng.choice(usual))
    decimals = rng.choice([0, 0, 1, spec["decimals"], spec["decimals"] + (rng.random() < 0.02)])
    value = rng.choice([spec["min"], top, rng.uniform(0, top), rng.uniform(0, top), float(round(rng.uniform(0, top)))])
    text = f"{value:,.{decimals}f}" if rng.random() < 0.3 else f"{value:.{decimals}f}"
    return text.translate(FULL) if rng.random() < 0.15 else text
