"""Python and JavaScript give the same: shown strings, arithmetic and messages equal, raw values to 1e-9."""

import pytest

from tests.calculator_tools import IDS, close, definition, in_javascript, in_python
from tests.parity.vectors import vectors

SEED = 20261121


@pytest.mark.parametrize("name", IDS)
def test_a_thousand_typed_forms_give_the_same_in_both_languages(name: str) -> None:
    compare(name, 1_000, SEED)


@pytest.mark.full
@pytest.mark.parametrize("name", IDS)
def test_ten_thousand_typed_forms_give_the_same_in_both_languages(name: str) -> None:
    compare(name, 10_000, SEED + 1)


def compare(name: str, count: int, seed: int) -> None:
    forms = vectors(definition(name), count, seed)
    [answers] = in_javascript([{"definition": definition(name), "vectors": forms}])
    entered = 0
    for form, answer in zip(forms, answers, strict=True):
        expected = in_python(name, form)
        for part in ("shown", "steps", "rowsShown", "problems", "notes"):
            assert answer[part] == expected[part], (part, form)
        assert answer["values"].keys() == expected["values"].keys()
        for key, value in expected["values"].items():
            assert close(value, answer["values"][key]), (key, form)
        for row, other in zip(expected["rows"], answer["rows"], strict=True):
            assert all(close(value, other[key]) for key, value in row.items()), form
        entered += any(value is not None for value in expected["values"].values())
    assert entered > count / 5, "too few forms gave any result: the comparison would say little"
