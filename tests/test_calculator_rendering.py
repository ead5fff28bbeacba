"""The fragments say what the records say: labels, worked numbers, sources, and nothing unescaped."""

import json
import re

import pytest

from macros.loading.due_factors import overdue_factors
from macros.rendering.calculators import attribute
from tests.calculator_tools import IDS, ROOT, catalogue, definition, factor_now, renderer

RENDERER = renderer()


@pytest.mark.parametrize("name", IDS)
def test_every_field_has_a_label_and_every_result_an_output(name: str) -> None:
    html = RENDERER.calculator(name)
    for field in definition(name)["inputs"]:
        assert len(re.findall(rf'<label>[^<]+<(?:input|select) name="{field}"', re.sub(r"\n", "", html))) == 1, field
    for result in definition(name)["results"]:
        assert f'<output name="{result["id"]}" data-value="">' in html
    for line in definition(name)["lines"]:
        assert f'<output name="line_{line["id"]}" data-value="">' in html


def test_the_definition_survives_the_attribute() -> None:
    hostile = {"text": "</script>'\"<b>&amp;", "number": 1000.0}
    text = attribute(hostile)
    assert not set("<>'&") & set(text)
    assert json.loads(text) == hostile


@pytest.mark.parametrize("name", IDS)
def test_the_worked_example_is_reckoned_at_build_time(name: str) -> None:
    html = RENDERER.calculator_example(name)
    assert " = " in html
    assert "仮の値" in html


def test_a_line_of_the_worksheet_leaves_room_for_each_amount() -> None:
    rail = f"（　　　人） × （　　　km） × （　　　倍） × {factor_now('travel-rail')} kg-CO₂/人km"
    assert rail in RENDERER.calculator_worksheet("event")


@pytest.mark.parametrize("name", IDS)
def test_every_calculator_has_a_worksheet_with_room_to_write(name: str) -> None:
    sheet = RENDERER.calculator_worksheet(name)
    assert sheet.count("（　　") > 3


@pytest.mark.parametrize("name", ["supply", "joint-purchase"])
def test_a_worksheet_of_rows_has_a_column_for_each_part_of_a_row(name: str) -> None:
    rows = catalogue().calculators[name].rows
    assert rows
    for part in (*rows.columns, *rows.results):
        assert f'<th scope="col">{part.label}' in RENDERER.calculator_worksheet(name)


@pytest.mark.parametrize("name", IDS)
def test_a_page_shows_the_calculator_and_all_its_words(name: str) -> None:
    page = (ROOT / f"docs/calculators/{name}.md").read_text(encoding="utf-8")
    for macro in ("calculator(", "calculator_example(", "calculator_factors(", "calculator_cases("):
        assert f'{macro}"{name}"' in page
    for part in ("counted", "not_counted", "formula_sources", "rounding", "limits", "claims"):
        assert f'calculator_words("{name}", "{part}")' in page
        assert RENDERER.calculator_words(name, part)


def test_the_list_of_factors_has_an_anchor_for_each() -> None:
    html = RENDERER.factor_tables()
    for factor_id in catalogue().factors:
        assert html.count(f'id="{factor_id}"') == 1


def test_all_calculators_are_listed() -> None:
    html = RENDERER.calculator_list()
    assert all(f'href="/calculators/{name}/"' in html for name in IDS)


def test_what_is_due_is_listed_oldest_first() -> None:
    late = overdue_factors(catalogue(), "9999-12-31")
    days = [line.split()[0] for line in late]
    assert days == sorted(days)
    assert any("electricity-unknown" in line for line in late)
    # on its last day nothing is late yet, on the next day it is
    assert overdue_factors(catalogue(), days[0]) == []
    assert [line for line in overdue_factors(catalogue(), days[-1]) if line.startswith(days[-1])] == []
