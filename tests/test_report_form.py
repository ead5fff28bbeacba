"""Results in the form of a municipality's action plan: activity, amount, factor, gas, source; on the page, in frames, CSV, text, print."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from playwright.sync_api import Page, expect

from tests.calculator_tools import IDS, catalogue, definition, in_python

NewPage = Callable[..., Page]
REPORTED = [name for name in IDS if catalogue().calculators[name].report]
FORM = "#v=1&fiscal_year=R7&electricity_kwh=100000&gasoline_l=1000&kerosene_l=200&water_m3=100&heat_gj=10&heat_supplier=own&heat_factor=43.6"


@pytest.mark.parametrize("name", REPORTED)
def test_every_line_stands_under_one_heading_and_is_an_amount_times_a_factor(name: str) -> None:
    report = catalogue().calculators[name].report
    assert report
    lines = {line["id"]: line["formula"] for line in definition(name)["lines"]}
    assert sorted(line for one in report.activities for line in one.lines) == sorted(lines)
    assert all(tree[0] == "*" and len(tree) == 3 for tree in lines.values())


def table(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.locator("[data-output] [data-report] tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return found


def test_the_table_says_what_the_reference_reckons(new_page: NewPage) -> None:
    page = new_page(1280, 900)
    page.goto(f"/calculators/office/{FORM}")
    page.locator("[data-do=report]").click()
    page.locator("[data-report]").wait_for()
    head, *rows = table(page)
    assert head == [
        "活動の区分",
        "項目",
        "活動量",
        "排出係数",
        "CO₂（t-CO₂）",
        "CH₄",
        "N₂O",
        "合計（t-CO₂）",
        "出典",
    ]
    inputs = dict(pair.split("=") for pair in FORM[5:].split("&"))
    wanted = in_python("office", {"inputs": inputs, "rows": []})["values"]
    totals = {row[0]: row[4] for row in rows}
    energy = sum(wanted[f"line_{one}"] for one in ("electricity_kwh", "gasoline_l", "kerosene_l", "heat_gj"))
    assert totals["燃料・電気・熱の合計"] == f"{energy / 1000:,.3f}"
    assert totals["別に示す区分の合計"] == f"{wanted['line_water_m3'] / 1000:,.3f}"
    assert totals["計算器の合計"] == f"{wanted['total_kg'] / 1000:,.3f}"
    power = next(row for row in rows if row[0] == "他人から供給された電気の使用")
    assert power[1:8] == ["電気", "100,000 kWh", "0.416 kg-CO₂/kWh", "41.600", "―", "―", "41.600"]
    sources = page.locator("[data-report] li").all_text_contents()
    assert "環境省" in next(one for one in sources if one.startswith(f"{power[8]}　"))
    assert any(one.endswith("（適用 2025-04-01から）") for one in sources)
    heat = next(row for row in rows if row[0] == "他人から供給された熱の使用")
    assert heat[2:5] == ["10 GJ", "43.6 kg-CO₂/GJ", "0.436"]
    assert f"{heat[8]}　自分で入れた係数" in sources
    expect(page.locator("[data-report]")).to_contain_text("R7")
    expect(page.locator("[data-report]")).to_contain_text("差し引いて書き入れることはせず")
    page.get_by_role("button", name="表をコピー").click()
    assert "\t100,000 kWh\t0.416 kg-CO₂/kWh\t41.600" in page.get_by_label("表の文").input_value()
    with page.expect_download() as download:
        page.get_by_role("button", name="表をCSVにする").click()
    lines = list(csv.DictReader(StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert {line["年度"] for line in lines} == {"R7"}
    assert sum(float(line["排出量（t-CO2）"]) for line in lines) == pytest.approx(wanted["total_kg"] / 1000)
    assert all(
        float(line["活動量"]) * float(line["排出係数"]) / 1000 == pytest.approx(float(line["排出量（t-CO2）"]))
        for line in lines
    )
    page.evaluate("window.print = () => (window.printed = document.querySelector('[data-sheet]').textContent)")
    page.locator("[data-do=print]").click()
    page.wait_for_function("() => window.printed")
    assert "他人から供給された熱の使用" in page.evaluate("window.printed")


def test_cars_stand_in_the_table_with_the_fuel_that_their_distance_needs(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/embed/vehicles/#v=1&passenger_km=12000&truck_l=10")
    page.locator("[data-do=report]").click()
    page.locator("[data-report]").wait_for()
    rows = {row[1]: row for row in table(page)}
    assert rows["乗用車（軽自動車も）"][2:5] == ["1,000 L", "2.29 kg-CO₂/L", "2.290"]
    assert rows["ほかのトラック"][2:5] == ["10 L", "2.62 kg-CO₂/L", "0.026"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
