"""Every example of every calculator gives what was worked by hand, in Python and in JavaScript."""

import pytest

from macros.models.calculators import Example
from tests.calculator_tools import IDS, catalogue, definition, in_javascript, in_python
from tests.frozen_results import expected_now, frozen, logged

EXAMPLES = [(name, example) for name in IDS for example in catalogue().calculators[name].examples]
LABELS = [f"{name}: {example.name}" for name, example in EXAMPLES]


def typed(example: Example) -> dict:
    return {"inputs": example.inputs, "rows": example.rows}


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=LABELS)
def test_an_example_gives_its_shown_results_in_python(name: str, example: Example) -> None:
    check(example, in_python(name, typed(example)))


@pytest.mark.parametrize("name", IDS)
def test_the_examples_give_their_shown_results_in_javascript(name: str) -> None:
    examples = catalogue().calculators[name].examples
    [answers] = in_javascript([{"definition": definition(name), "vectors": [typed(one) for one in examples]}])
    for example, answer in zip(examples, answers, strict=True):
        check(example, answer)


def check(example: Example, answer: dict) -> None:
    for key, value in example.shown.items():
        assert answer["shown"][key] == value, (example.name, key, answer["problems"])
    for key in example.withheld:
        assert answer["values"][key] is None, (example.name, key)
    for expected, row in zip(example.rows_shown, answer["rowsShown"], strict=False):
        assert expected.items() <= row.items(), example.name


@pytest.mark.parametrize("name", IDS)
def test_a_preset_fills_the_form_without_a_message(name: str) -> None:
    for preset in catalogue().calculators[name].presets:
        answer = in_python(name, {"inputs": preset.inputs, "rows": preset.rows})
        assert answer["problems"] == {}, preset.id
        assert any(value is not None for value in answer["values"].values())
        assert "仮の値" in preset.label


def test_a_changed_number_is_logged_with_its_reason() -> None:
    now, changes = expected_now(), logged()
    for key, value in frozen().items():
        for before, after in changes.get(key, []):
            assert before == value, f"{key}: 記録の「前」は {value} のはずです"
            value = after
        assert now.get(key) == value, f"{key}: {value} → {now.get(key)}。make examples でわけを書いてください"


def test_every_number_is_frozen() -> None:
    new = expected_now().keys() - frozen().keys()
    assert not new, f"make examples で控えてください: {sorted(new)[:5]}"
