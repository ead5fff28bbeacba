"""Helpers: every example worked by hand, the same in both languages, ranges that hold, words on the page without JavaScript."""

import json
import subprocess
from functools import cache
from typing import Any

import pytest

from macros.calculators.helpers import helper_definition
from macros.formulas.numbers import show
from macros.models.factors import FactorValue
from macros.models.helpers import Helper, HelperExample
from macros.site.helper_data import helper_data
from tests.calculator_tools import ENGINE, ROOT, catalogue, close, in_javascript, in_python, node
from tests.parity.vectors import vectors

SEED = 20261128
HELPERS = catalogue().helpers
EXAMPLES = [(name, example) for name, helper in HELPERS.items() for example in helper.examples]
LABELS = [f"{name}: {example.worked[:20]}" for name, example in EXAMPLES]


@cache
def definition(name: str) -> dict[str, Any]:
    return helper_definition(catalogue(), HELPERS[name])


def typed(example: HelperExample) -> dict[str, Any]:
    return {"inputs": example.inputs, "rows": []}


def check(helper: Helper, example: HelperExample, answer: dict[str, Any]) -> None:
    shown = answer["shown"]
    assert shown["amount"] == example.shown, (helper.id, answer["problems"])
    ends = [shown.get("amount_low") or example.shown, shown.get("amount_high") or example.shown]
    assert ends == [example.low or example.shown, example.high or example.shown], helper.id


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=LABELS)
def test_an_example_gives_what_was_worked_by_hand_in_python(name: str, example: HelperExample) -> None:
    check(HELPERS[name], example, in_python(name, typed(example), of=definition))


def test_the_examples_give_what_was_worked_by_hand_in_javascript() -> None:
    jobs = [
        {"definition": definition(name), "vectors": [typed(one) for one in helper.examples]}
        for name, helper in HELPERS.items()
    ]
    for helper, answers in zip(HELPERS.values(), in_javascript(jobs), strict=True):
        for example, answer in zip(helper.examples, answers, strict=True):
            check(helper, example, answer)


@pytest.mark.parametrize("name", HELPERS)
def test_typed_forms_give_the_same_in_both_languages(name: str) -> None:
    forms = vectors(definition(name), 400, SEED)
    [answers] = in_javascript([{"definition": definition(name), "vectors": forms}])
    reckoned = 0
    for form, answer in zip(forms, answers, strict=True):
        expected = in_python(name, form, of=definition)
        for part in ("shown", "steps", "problems"):
            assert answer[part] == expected[part], (part, form)
        for key, value in expected["values"].items():
            assert close(value, answer["values"][key]), (key, form)
        reckoned += expected["values"]["amount"] is not None
    assert reckoned > 20, "too few forms gave an amount: the comparison would say little"


@pytest.mark.parametrize("name", HELPERS)
def test_an_amount_lies_in_its_range(name: str) -> None:
    for form in vectors(definition(name), 400, SEED + 1):
        values = in_python(name, form, of=definition)["values"]
        if values["amount"] is not None and values.get("amount_low") is not None:
            assert values["amount_low"] <= values["amount"] * (1 + 1e-9), form
            assert values["amount"] <= values["amount_high"] * (1 + 1e-9), form


@pytest.mark.parametrize("name", HELPERS)
def test_a_value_with_a_range_brings_one_into_the_amount(name: str) -> None:
    numbers = definition(name)["numbers"]
    ranged = {mark for mark in numbers if mark[0] == "#" and "~" not in mark and factor(mark).low}
    ends = {f"{end}~{mark}" for mark in ranged for end in ("low", "high")}
    assert {mark for mark in numbers if "~" in mark} == (set() if HELPERS[name].low else ends)
    assert not ranged or {"amount_low", "amount_high"} <= {one["id"] for one in definition(name)["results"]}


def factor(mark: str) -> FactorValue:
    value = catalogue().factors[mark[1:]].newest("2026")
    assert value
    return value


@pytest.mark.parametrize("name", HELPERS)
def test_the_page_puts_the_same_definition_together(name: str) -> None:
    """What the script reads is shorter than the definition; with its own part of the work it gives the same."""
    forms = vectors(definition(name), 200, SEED + 2)
    whole = definition(name)
    done = subprocess.run(
        [
            node(),
            str(ROOT / "tests/parity/helpers.js"),
            str(ENGINE),
            str(ROOT / "docs/assets/js/calculator-helpers.js"),
        ],
        input=json.dumps({"data": helper_data(catalogue()), "way": name, "words": whole["words"], "vectors": forms}),
        capture_output=True,
        text=True,
        check=True,
    )
    for form, answer in zip(forms, json.loads(done.stdout), strict=True):
        expected = in_python(name, form, of=definition)
        assert answer["steps"]["amount"] == expected["steps"]["amount"], form
        assert answer["problems"] == expected["problems"], form
        for key in ("amount", "amount_low", "amount_high"):
            # one without a range has both ends where its amount is
            value = expected["values"].get(key, expected["values"]["amount"])
            assert close(value, answer["values"][key]), (key, form)


def test_the_festival_is_reckoned_from_what_its_organiser_knows() -> None:
    """Three 25 kVA generators for 9 h, two buses of 10 runs of 4 km on 2 days, 40 bags of which three were weighed."""
    generators = in_python("generator-diesel", typed(HELPERS["generator-diesel"].examples[0]), of=definition)
    buses = in_python("shuttle-bus", typed(HELPERS["shuttle-bus"].examples[0]), of=definition)
    bags = in_python("waste-bags", typed(HELPERS["waste-bags"].examples[0]), of=definition)
    assert show(generators["values"]["amount"] + buses["values"]["amount"], 1) == "163.9"
    assert bags["steps"]["amount"] == "40 袋 × 10.2 kg ÷ 3 袋 = 136.0 kg"
    assert generators["steps"]["amount"] == ("3 台 × 25 kVA/台 × 0.8 kW/kVA × 0.75 × 9 時間 × 0.285 L/kWh = 115.4 L")


@pytest.mark.parametrize(
    ("name", "inputs", "field"),
    [
        ("generator-diesel", {"units": "3", "kva": "25", "hours": "9", "load": "other"}, "load"),
        ("generator-diesel", {"units": "3", "kva": "25"}, "hours"),
        ("generator-diesel", {"units": "1.5", "kva": "25", "hours": "9"}, "units"),
        ("distance-city", {"origin": "far"}, "origin"),
        ("meter-electricity", {"before": "20", "after": "10"}, "after"),
        ("lpg-weight", {"before_kg": "20", "after_kg": "30"}, "after_kg"),
        ("fuel-left", {"added_l": "5", "left_l": "6"}, "left_l"),
        ("waste-bags", {"bags": "40"}, "one_kg"),
        ("car-riders", {"cars": "40"}, "each"),
        ("shuttle-bus", {"buses": "−2", "runs": "10", "km": "4"}, "buses"),
    ],
)
def test_what_is_wrong_or_not_known_is_told_at_the_field(name: str, inputs: dict[str, str], field: str) -> None:
    answer = in_python(name, {"inputs": inputs, "rows": []}, of=definition)
    assert list(answer["problems"]) == [field]
    assert answer["values"]["amount"] is None


def test_a_value_that_was_not_found_is_not_put_in() -> None:
    """Other loads, the bag's weight, and how far people come from outside have no value in the data."""
    names = {factor.id for topic in catalogue().topics if topic.id == "activity" for factor in topic.factors}
    assert not [name for name in names if "bag" in name or "far" in name or name.endswith(("load-25", "load-50"))]
    assert {"generator-load", "distance-city"} <= names
