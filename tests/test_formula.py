"""Formulas say only what they may say, and give the unit they claim."""

from pathlib import Path
from shutil import copytree

import pytest

from macros.check_catalogue import check_calculators
from macros.formula import FormulaError, names, parse
from macros.reading import read_all
from macros.units import UnitError, same, unit
from tests.calculator_tools import ROOT


def test_a_formula_becomes_a_tree() -> None:
    assert parse("a * b * c") == ["*", "a", "b", "c"]
    assert parse("max(0, a - b)") == ["max", 0, ["-", "a", "b"]]
    assert parse("a if stage == 'plan' else b") == ["if", ["is", "stage", "plan"], "a", "b"]
    assert parse("sum(x, rows.x) / (a + b)") == ["/", ["sum", "x", ["rows", "x"]], ["+", "a", "b"]]


def test_the_names_of_a_formula_are_known() -> None:
    assert names(parse("sum(x, rows.x) * lookup(s, f) if t == 'a' else y")) == ["t", "x", "rows.x", "s", "y"]


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('x')", "a ** b", "a // b", "a % b", "lambda: 0", "[a]", "a[0]", "open(a)", "a.b", "-a",
        "1000 * a", "0.5 * a", "'text'", "a == b", "a < b < c", "f(a)", "a := b", "min(*a)", "min(a, key=b)", "True", "(", "",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


def test_units_know_their_factor_and_their_kind() -> None:
    assert same(unit("kg-CO2/人km") * unit("人") * unit("km"), unit("kg-CO2"))
    assert not same(unit("kg-CO2"), unit("t-CO2"))
    assert not same(unit("kg"), unit("kg-CO2"))
    assert not same(unit("m3"), unit("Nm3"))
    with pytest.raises(UnitError):
        unit("furlong")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the data, to break."""
    copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        (
            "calculator-parts.yml",
            "formula: offset_kg / kg_per_t",
            "formula: offset_kg * percent / percent",
            "式の単位は",
        ),
        ("calculator-parts.yml", "formula: offset_kg / kg_per_t", "formula: offset_kg / 1000", "単位のない数"),
        ("calculators/event.yml", "rail_people * rail_km * trips", "rail_people * trips", "式の単位は"),
        ("calculators/event.yml", "nights * factor_lodging", "nights + factor_lodging", "単位の違うもの"),
        (
            "calculators/event.yml",
            "nights * factor_lodging",
            "nights * factor_lodgings",
            "「factor_lodgings」がありません",
        ),
        ("calculators/event.yml", "{id: nights, label: 宿泊, unit: 人泊,", "{id: nights, label: 宿泊,", "単位"),
        ("calculators/event.yml", "  - lpg_kg\n  - gasoline_l", "  - lpg_kgs\n  - gasoline_l", "共通の部品「lpg_kgs」"),
        ("factors/travel.yml", "unit: kg-CO2/人km", "unit: kg-CO2/km", "式の単位は"),
        ("factors/travel.yml", "source: mlit\n", "source: mlitt\n", "出典「mlitt」"),
        (
            "calculator-parts.yml",
            "    guidebook_note: 2011年の係数は0℃・1気圧の体積（Nm3）あたりです。メーターの値にそのまま掛けています。\n",
            "",
            "単位が違います",
        ),
    ],
)
def test_a_mistake_in_the_data_is_told_with_file_and_line(
    project: Path, file: str, before: str, after: str, message: str
) -> None:
    path = project / "data" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    sources = read_all(project)
    found = [str(one) for source in sources for one in source.problems] + [str(p) for p in check_calculators(sources)]
    assert any(message in one for one in found), found
    assert all(one.split(":")[0].startswith("data/") and one.split(":")[1].isdigit() for one in found)


def test_the_data_is_sound() -> None:
    sources = read_all(ROOT)
    assert [str(one) for source in sources for one in source.problems] == []
    assert [str(one) for one in check_calculators(sources)] == []
