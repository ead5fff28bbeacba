"""Numbers as people copy and type them, in the fields of calculators, rows, helpers, links and the plan."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.calculator_tools import reckoned

NewPage = Callable[..., Page]


@pytest.mark.parametrize("folder", ["calculators", "embed"])
def test_units_are_read_and_links_carry_the_plain_number(new_page: NewPage, folder: str) -> None:
    page = new_page()
    page.goto(f"/{folder}/event/")
    typed = {
        "electricity_kwh": "120 kWh",
        "city_gas_m3": "10㎥",
        "people": "３０００人",
        "offset_share": "50 ％",
        "price_yen": "￥2,450",
    }
    for name, text in typed.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=credit_type]").focus()
    page.locator("[name=credit_type]").select_option("renewable")
    wanted = reckoned(
        "event",
        "cost_yen",
        electricity_kwh="120",
        city_gas_m3="10",
        offset_share="50",
        price_yen="2450",
        credit_type="renewable",
    )[1]
    expect(page.locator("output[name=cost_yen]")).to_have_text(wanted)
    plain = {"electricity_kwh": "120", "city_gas_m3": "10", "people": "3000", "offset_share": "50", "price_yen": "2450"}
    for name, text in plain.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    link = page.evaluate("() => document.querySelector('offset-calculator').fragment()")
    assert all(f"{name}={text}" in link for name, text in plain.items())
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)


@pytest.mark.parametrize("folder", ["calculators", "embed"])
def test_a_copied_number_is_rounded_off_and_the_field_tells_how_it_was_read(new_page: NewPage, folder: str) -> None:
    page = new_page()
    page.goto(f"/{folder}/event/#v=1&electricity_kwh=1234.5600000001&lpg_kg=0.30000000000000004")
    for name, read in {"electricity_kwh": "1,234.56", "lpg_kg": "0.3"}.items():
        field = page.locator(f"[name={name}]")
        expect(field).to_have_value(read.replace(",", ""))
        expect(page.locator(f"[data-field]:has([name={name}]) [data-error]")).to_have_text(f"{read}と読みました。")
        expect(field).not_to_have_attribute("aria-invalid", "true")
        assert page.locator(f"#event-{name}-error").get_attribute("id") in (
            field.get_attribute("aria-describedby") or ""
        )
    wanted = reckoned("event", "line_electricity_kwh", electricity_kwh="1234.56")[1]
    expect(page.locator("output[name=line_electricity_kwh]")).to_have_text(wanted)
    page.locator("[name=lpg_kg]").fill("0.4")
    expect(page.locator("[data-field]:has([name=lpg_kg]) [data-error]")).to_have_count(0)


@pytest.mark.parametrize("folder", ["calculators", "embed"])
@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("waste_kg", "10 t", "kgに直して"), ("waste_kg", "1,5", "3桁ごと"), ("offset_share", "120%", "全体を100％として"),
        ("waste_kg", "△5", "マイナスや△"), ("waste_kg", "1e3", "数を入れて"), ("people", "12.5人", "整数"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_words(new_page: NewPage, folder: str, name: str, text: str, told: str) -> None:
    page = new_page()
    page.goto(f"/{folder}/event/")
    page.locator(f"[name={name}]").fill(text)
    note = page.locator(f"[data-field]:has([name={name}]) [data-error]")
    expect(note).to_contain_text(told)
    expect(page.locator(f"[name={name}]")).to_have_value(text)
    expect(page.locator(f"[name={name}]")).to_have_attribute("aria-invalid", "true")


def test_rows_and_files_have_the_plain_number(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page()
    page.goto("/calculators/joint-purchase/")
    cells = page.locator("[data-row]").nth(0).locator("input")
    for place, text in enumerate(["A市", "会議", "2,450.00000001 kg"]):
        cells.nth(place).fill(text)
    page.locator("[name=bought_t]").fill("3 t")
    with page.expect_download() as download:
        page.locator("[data-do=save]").click()
    download.value.save_as(tmp_path / "saved.json")
    saved = json.loads((tmp_path / "saved.json").read_text(encoding="utf-8"))
    assert saved["rows"][0] == ["A市", "会議", "2450"]
    assert saved["inputs"]["bought_t"] == "3"
    expect(page.locator("[data-row]").nth(0).locator("[data-error]")).to_have_text("2,450と読みました。")


def test_the_plan_reads_amounts_alike(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/plan/#v=1&method=a1&calculator=event")
    page.locator("offset-plan[data-ready]").wait_for()
    field = page.locator("#fact-reduction_kg")
    field.fill("2.00000001 kg-CO2")
    field.blur()
    expect(field).to_have_value("2")
    expect(page.locator("[data-fact=reduction_kg] [data-error]")).to_have_text("2と読みました。")
    field.fill("10 t")
    expect(page.locator("[data-fact=reduction_kg] [data-error]")).to_contain_text("に直してから")


@pytest.mark.parametrize("folder", ["calculators", "embed"])
def test_without_javascript_the_form_begins_with_saying_so(new_page: NewPage, folder: str) -> None:
    page = new_page(375, 800, javascript=False)
    page.goto(f"/{folder}/event/")
    assert (page.locator("offset-calculator form").inner_text()).startswith("この計算器はJavaScriptで動きます。")


@pytest.mark.parametrize("folder", ["calculators", "embed"])
def test_captions_of_tables_stand_at_the_start_of_the_line(new_page: NewPage, folder: str) -> None:
    page = new_page(375, 800)
    page.goto(f"/{folder}/office/")
    sides = page.locator("main caption").evaluate_all("all => all.map((one) => getComputedStyle(one).textAlign)")
    assert sides
    assert set(sides) <= {"start", "left"}
