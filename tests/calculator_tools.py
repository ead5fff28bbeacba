"""Loads the calculators for tests, and asks the JavaScript engine on the Node that Playwright carries."""

import json
import math
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from macros.calculators.catalogue import Catalogue
from macros.calculators.definition import as_json
from macros.calculators.running import run
from macros.loading.catalogue import read_catalogue
from macros.loading.files import Source, read_all
from macros.models.factors import Factor, FactorValue
from macros.pages.check import load
from macros.rendering import Renderer

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "docs/assets/js/calculator.js"
# what some calculators load besides
ALLOT = ROOT / "docs/assets/js/calculator-allot.js"
FIXED = json.loads((ROOT / "tests/fixed-factors.json").read_text(encoding="utf-8"))
# the set that was today's in November 2026
SET_OF_THEN = "2026"
IDS = sorted(path.stem for path in (ROOT / "data/calculators").glob("*.yml"))


@cache
def catalogue() -> Catalogue:
    return read_catalogue(read_all(ROOT))


@cache
def renderer() -> Renderer:
    return Renderer(load(ROOT))


@cache
def definition(name: str) -> dict[str, Any]:
    return as_json(catalogue(), catalogue().calculators[name])


@cache
def fixed_catalogue() -> Catalogue:
    """Return the catalogue with the sets and factors of November 2026, whatever they are today.

    For tests of rules: what they reckon by hand stays true when a factor gets a new value, or a set comes.
    """
    then = read_catalogue([_with_sets_of_then(source) for source in read_all(ROOT)])
    return replace(then, factors={name: _fixed(factor) for name, factor in then.factors.items()})


def _with_sets_of_then(source: Source) -> Source:
    if source.name != "factor-sets":
        return source
    sets = [one for one in source.value.sets if one.id <= SET_OF_THEN]
    return replace(source, value=source.value.model_copy(update={"today": SET_OF_THEN, "sets": sets}))


def _fixed(factor: Factor) -> Factor:
    then = FIXED.get(factor.id, {})
    values = [one for one in (factor.newest(SET_OF_THEN), factor.newest("2011")) if one]
    return factor.model_copy(
        update={"values": [one.model_copy(update={"value": then.get(one.set, one.value)}) for one in values]}
    )


@cache
def fixed(name: str) -> dict[str, Any]:
    """Return the definition of a calculator with the factors of November 2026."""
    return as_json(fixed_catalogue(), fixed_catalogue().calculators[name])


def node() -> str:
    """Return the Node that Playwright's wheel carries."""
    import playwright

    return str(Path(playwright.__file__).parent / "driver" / "node")


def in_javascript(jobs: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Evaluate jobs ({definition, vectors}) with the JavaScript engine."""
    command = [node(), str(ROOT / "tests/parity/run.js"), str(ALLOT), str(ENGINE)]
    done = subprocess.run(command, input=json.dumps(jobs), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def in_python(name: str, vector: dict[str, Any], of: Callable[[str], dict[str, Any]] = definition) -> dict[str, Any]:
    """Evaluate one typed form with the Python reference, in the shape that JavaScript gives."""
    outcome = run(of(name), vector["inputs"], vector["rows"])
    return {
        "values": outcome.lines | outcome.results,
        "shown": outcome.shown,
        "steps": outcome.steps,
        "rows": outcome.rows,
        "rowsShown": outcome.rows_shown,
        "problems": outcome.problems,
        "notes": outcome.notes,
    }


def close(one: Any, other: Any) -> bool:
    """Tell whether two raw values are equal to 1e-9."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)


def reckoned(name: str, output: str, **typed: str) -> tuple[float, str]:
    """Return an output of the Python reference and how it is shown.

    For tests that are not about the value itself: they stay true when a factor gets a new value.
    """
    answer = in_python(name, {"inputs": typed, "rows": []})
    return answer["values"][output], answer["shown"][output]


def factor_now(name: str) -> float:
    """Return today's value of a factor."""
    return value_now(name).value


def value_now(name: str) -> FactorValue:
    """Return the value of a factor that today's set reckons with."""
    value = catalogue().sets.now(catalogue().factors[name])
    assert value, name
    return value
