"""Formulas say only what they may say, and give the unit they claim."""

from pathlib import Path

import pytest

from macros.formulas.tree import FormulaError, names, parse
from macros.formulas.units import UnitError, same, unit
from macros.loading.problems import DataError
from macros.pages.check import load


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
    assert same(unit("kg-CO₂/人km") * unit("人") * unit("km"), unit("kg-CO₂"))
    assert not same(unit("kg-CO₂"), unit("t-CO₂"))
    assert not same(unit("kg"), unit("kg-CO₂"))
    assert not same(unit("m³"), unit("Nm³"))
    with pytest.raises(UnitError):
        unit("furlong")


TOTAL = "formula: total_kg / kg_per_t"
CHOICE = "ガソリン\n            lookup:\n              factor: gasoline"
OTHER_CHOICE = f"""{CHOICE}
          - id: own
            label: 自分の値
            lookup:
              factor: =people"""
GUIDEBOOK = f"""{CHOICE}
        guidebook:
          factor: old"""
PLACE, LINE, TOTAL_AT = "rows.results.0.formula", "lines.1.formula", "results.1.formula"


@pytest.mark.parametrize(
    ("before", "after", "field", "message"),
    [
        (TOTAL, "formula: sum(total_kg", TOTAL_AT, "式として読めません"),
        (TOTAL, "formula: total_kg ** total_kg", TOTAL_AT, "記号は + - * / だけ"),
        (TOTAL, "formula: total_kg / kg_per_t / 0", TOTAL_AT, "0 では割れません"),
        (TOTAL, "formula: -total_kg", TOTAL_AT, "負の数は書けません"),
        (TOTAL, "formula: sum([total_kg])", TOTAL_AT, "使えない書き方"),
        (TOTAL, "formula: fuel.factor", TOTAL_AT, "「.」は"),
        (TOTAL, "formula: round(total_kg)", TOTAL_AT, "使えない関数です。使えるのは allot、ceil"),
        (TOTAL, "formula: ceil(total_kg, 1)", TOTAL_AT, "ceil( ) の中の個数が違います。1つ書いてください"),
        (TOTAL, "formula: sum()", TOTAL_AT, "1つ以上書いてください"),
        (TOTAL, "formula: (total_kg + people) / kg_per_t", TOTAL_AT, "違うものを足したり比べたりしています（kg-CO₂ と 人）"),
        (TOTAL, "formula: people * people * factor_gasoline", "results.1.unit", "式の単位は kg-CO₂×人^2/L ですが、t-CO₂ と"),
        (TOTAL, "formula: total_t", TOTAL_AT, "「total_t」は、この式より後に計算されます"),
        (TOTAL, "formula: total_t if given(nothing) else total_t", TOTAL_AT, "「nothing」がありません"),
        (TOTAL, "formula: total_t if people == 'one' else total_t", TOTAL_AT, "選択の欄「people」がありません。使えるのは fuel"),
        (TOTAL, "formula: total_t if fuel == 'oil' else total_t", TOTAL_AT, "選択肢「oil」がありません。使えるのは gasoline"),
        (TOTAL, "formula: '1'", "results.1.unit", "式の単位は 1 ですが、t-CO₂ と"),
        (TOTAL, "formula: total_kg * fuel", TOTAL_AT, "「fuel」は数の欄ではない"),
        (TOTAL, "formula: allot(total_kg, rows.litres, total_kg)", TOTAL_AT, "rows の results だけ"),
        (TOTAL, "formula: 1 * allot(total_kg, rows.litres, total_kg)", TOTAL_AT, "allot( ) は、式の全体として"),
        (TOTAL, "formula: allot(total_kg, litres, total_kg)", TOTAL_AT, "allot( ) は、式の全体として"),
        ("sum(rows.reserve_litres)", "rows.reserve_litres", LINE, "rows. と lines. は、sum( )"),
        ("sum(rows.reserve_litres)", "sum(rows.reserve)", LINE, "「reserve」がありません。使えるのは litres、reserve_litres"),
        ("sum(rows.reserve_litres)", "sum(rows.place_kg)", LINE, "「place_kg」は、この式より後に計算されます"),
        ("sum(rows.reserve_litres)", "sum(lines.food)", LINE, "印「food」の付いた明細がありません。使えるのは all、lca"),
        ("lookup(fuel, factor)", "lookup(fuel, 1)", PLACE, "lookup( ) には"),
        ("lookup(fuel, factor)", "lookup(gas, factor)", PLACE, "lookup の欄「gas」がありません。使えるのは litres"),
        ("lookup(fuel, factor)", "lookup(fuel, price)", PLACE, "「fuel」の lookup に「price」がありません"),
        (CHOICE, OTHER_CHOICE, PLACE, "選択肢によって「factor」の単位が違います"),
        (CHOICE, CHOICE.replace("factor: g", "factor: =g"), "groups.0.inputs.1.choices.0.lookup.factor", "欄か定数「gasoline」が"),
        (CHOICE, GUIDEBOOK, "groups.0.inputs.1.guidebook.factor", "係数「old」がありません。使えるのは gasoline"),
        ("default: gasoline", "default: oil", "groups.0.inputs.1.default", "「oil」がありません。使えるのは gasoline"),
        ("unit: 人", "unit: 名", "groups.0.inputs.2.unit", "知らない単位です「名」"),
        ("unit: 人", "unit: 人\n        default: '2'", "groups.0.inputs.2.default", "数で書いてください"),
        ("unit: 人", "unit: 人\n        when: gas == 'own'", "groups.0.inputs.2.when", "選択の欄「gas」がありません"),
        ("unit: L", "unit: リットル", "rows.columns.1.unit", "知らない単位です「リットル」"),
        ("label: 予備\n", "label: 予備\n    optional: [oil]\n", "lines.1.optional.0", "「oil」がありません"),
        ("id: total_t", "id: people", "results.1.id", "名前「people」は、ほかの"),
        ("check: people > 0", "check: 1 > people > 0", "rules.1.check", "比べられるのは2つだけです"),
        ("check: people > 0", "check: people in fuel", "rules.1.check", "比べる記号は"),
        ("check: people > 0", "check: people == 1", "rules.1.check", "== と != は"),
        ("at: people", "at: persons", "rules.1.at", "「persons」がありません。使えるのは litres、fuel、people、reserve_litres"),
        ("litres: '10'\nworked", "liters: '10'\nworked", "presets.0.inputs.liters", "「liters」がありません"),
        ("total_kg: '22.9'", "sum_kg: '22.9'", "examples.0.shown.sum_kg", "「sum_kg」がありません"),
        ("total_kg: '22.9'", "total_kg: '22.9'\n    withheld: [sum]", "examples.0.withheld.0", "「sum」がありません"),
        ("total_kg: '22.9'", "total_kg: '22.9'\n    rows_shown: [{sum: '1'}]", "examples.0.rows_shown.0.sum", "「sum」がありません"),
        ("worked_preset: sample", "worked_preset: other", "worked_preset", "「other」がありません。使えるのは sample"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_calculator_is_told_where_it_stands(
    small_guide: Path, before: str, after: str, field: str, message: str
) -> None:
    path = small_guide / "data/calculators/event.yml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(small_guide)
    [said] = caught.value.problems
    assert (said.field, message in said.text) == (field, True), said.text


def test_a_formula_may_not_mix_what_the_two_sets_count_differently(small_guide: Path) -> None:
    """A supplier that gives way to another unit in the older set needs a note that says so."""
    fuels = small_guide / "data/factors/fuels.yml"
    old = fuels.read_text(encoding="utf-8").replace("id: fuels", "id: old-fuels").replace("- id: gasoline", "- id: old")
    fuels.with_name("old-fuels.yml").write_text(old.replace("unit: kg-CO2/L", "unit: kg-CO2/Nm3"), encoding="utf-8")
    path = small_guide / "data/calculators/event.yml"
    text = path.read_text(encoding="utf-8").replace(CHOICE, GUIDEBOOK)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="単位が違います"):
        load(small_guide)
    path.write_text(
        text.replace("        guidebook:", "        guidebook_note: 体積の基準が違います。\n        guidebook:"),
        encoding="utf-8",
    )
    load(small_guide)
