"""Helpers on the page: opened at a field, put in and undone, carried into result, text and file, by mouse and keyboard."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.hosting.hashing import file_of
from tests.browser import axe_violations
from tests.calculator_tools import catalogue, in_python
from tests.embed_tools import zipped

NewPage = Callable[..., Page]
OPEN = "分かる数から出す"
PLACES = ["calculators", "embed"]
CALCULATORS = [name for name, calculator in catalogue().calculators.items() if calculator.helpers]


def opened(new_page: NewPage, place: str = "calculators", name: str = "event", width: int = 1280, **more: Any) -> Page:
    page = new_page(width, 800, **more)
    page.goto(f"/{place}/{name}/")
    if place == "embed":
        page.locator("[data-do=choose]").click()
    return page


def way(page: Page, field: str, known: str = "", typed: dict[str, str] = {}) -> Locator:  # noqa: B006
    """Open the helper of a field, choose what is known and type it, by how the labels begin."""
    place = page.locator(f"[data-field]:has([name={field}])")
    if place.get_by_role("group").count() == 0 or not place.get_by_role("group").is_visible():
        place.get_by_role("button", name=OPEN).click()
    group = place.get_by_role("group")
    expect(group).to_be_visible()
    if known:
        group.get_by_label("分かっていること").select_option(label=known)
    for label, text in typed.items():
        field_of(group, label).fill(text)
    return group


def field_of(group: Locator, label: str) -> Locator:
    return group.locator("> div > div > label", has_text=re.compile(f"^{label}")).locator("input, select")


def put(group: Locator, button: str = "この量を欄に入れる") -> None:
    group.get_by_role("button", name=button).click()


def holds(page: Page, field: str, text: str) -> None:
    expect(page.locator(f"offset-calculator [name={field}]")).to_have_value(text)


def festival(page: Page) -> None:
    """Fill in what the organiser of a festival knows: nothing but counts, hours and three weights."""
    page.locator("[name=people]").fill("3,000")
    group = way(page, "diesel_l", "発電機（軽油）の大きさと時間", {"台数": "3", "1台の出力": "25", "1台が動いた": "9"})
    put(group)
    group = way(
        page, "diesel_l", "シャトルバス・貸切バスの便", {"台数": "2", "1台が1日": "10", "1便": "4", "日数": "2"}
    )
    put(group, "いまの量に足す")
    group = way(
        page, "waste_kg", "ごみ袋をいくつか量る", {"袋の数": "40", "量った": "3.2", "2つめ": "4.1", "3つめ": "2.9"}
    )
    put(group)


FULL = pytest.mark.full


@pytest.mark.parametrize(
    ("place", "width"),
    [
        ("calculators", 375),
        ("embed", 1280),
        pytest.param("calculators", 1280, marks=FULL),
        pytest.param("embed", 375, marks=FULL),
    ],
)
def test_the_festival_is_reckoned_from_what_its_organiser_knows(new_page: NewPage, place: str, width: int) -> None:
    page = opened(new_page, place, width=width)
    festival(page)
    holds(page, "diesel_l", "163.9")
    holds(page, "waste_kg", "136.0")
    diesel = page.locator("[data-field]:has([name=diesel_l]) > [data-helper] > p")
    expect(diesel).to_contain_text("3 台 × 25 kVA/台 × 0.8 kW/kVA × 0.75 × 9 時間 × 0.285 L/kWh = 115.4 L")
    expect(diesel).to_contain_text("2 台 × 10 回/台/日 × 4 km × 2 日 ÷ 3.3 km/L = 48.5 L")
    expect(diesel).to_contain_text("【仮の値】")
    expect(diesel).to_contain_text("合わせて 163.9 L")
    expect(diesel).to_contain_text("幅 141.4〜192.9 L")
    told = page.get_by_text("数えていないもの：")
    for kind in ("電気", "鉄道", "車", "飛行機"):
        expect(told).to_contain_text(kind)
    for kind in ("軽油", "ごみ"):
        expect(told).not_to_contain_text(kind)
    low, middle, high = (
        in_python("event", {"inputs": {"people": "3000", "diesel_l": diesel, "waste_kg": waste}, "rows": []})["shown"][
            "total_kg"
        ]
        for diesel, waste in (("141.4", "116"), ("163.9", "136"), ("192.9", "164"))
    )
    assert page.locator("output[name=total_kg]").text_content() == middle
    expect(page.get_by_text("結果の幅：")).to_contain_text(f"排出量の合計 {low}〜{high} kg-CO₂")
    expect(page.locator("[data-sight]")).to_contain_text(f"（{low}〜{high}）")
    page.locator("[data-do=text]").click()
    text = page.locator("[data-output] textarea").input_value()
    assert "活動量の出し方（軽油（L））：発電機（軽油）の大きさと時間：3 台" in text
    assert f"結果の幅）：排出量の合計 {low}〜{high}" in text


def test_nothing_of_it_is_loaded_before_a_button_is_pressed(new_page: NewPage) -> None:
    page = new_page(1280, 800)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto("/calculators/event/")
    page.locator("[name=people]").fill("30")
    expect(page.get_by_role("button", name=f"{OPEN}：軽油")).to_be_visible()
    assert not [url for url in seen if "calculator-helpers" in url]
    page.get_by_role("button", name=f"{OPEN}：軽油").click()
    expect(page.get_by_role("group", name=f"{OPEN}：軽油")).to_be_visible()
    assert len([url for url in seen if "calculator-helpers" in url]) == 1


def test_the_part_keeps_its_budget(site: Path) -> None:
    assert zipped(file_of(site, "assets/js/calculator-helpers.min.js")) <= 8_000


@pytest.mark.parametrize("place", PLACES)
def test_putting_in_can_be_undone_and_nothing_typed_is_lost(new_page: NewPage, place: str) -> None:
    page = opened(new_page, place)
    page.locator("[name=diesel_l]").fill("30")
    group = way(page, "diesel_l", "発電機（軽油）の大きさと時間", {"台数": "3", "1台の出力": "25", "1台が動いた": "９"})
    put(group, "いまの量に足す")
    holds(page, "diesel_l", "145.4")
    line = page.locator("[data-field]:has([name=diesel_l]) > [data-helper] > p")
    expect(line).to_contain_text("前からの量：30")
    page.locator("[data-do=undo]").click()
    holds(page, "diesel_l", "30")
    expect(line).to_be_empty()
    page.locator("[data-do=undo]").click()
    holds(page, "diesel_l", "145.4")
    expect(line).to_contain_text("115.4 L")
    way(page, "diesel_l", "トラックの走った距離", {"台数": "2"})
    group = way(page, "diesel_l", "発電機（軽油）の大きさと時間")
    assert field_of(group, "1台が動いた").input_value() == "９"
    page.locator("[name=diesel_l]").fill("150")
    expect(line).to_be_empty()
    put(group, "いまの量と入れ替える")
    holds(page, "diesel_l", "115.4")


def test_what_is_wrong_is_told_at_its_field_and_gives_no_amount(new_page: NewPage) -> None:
    page = opened(new_page)
    group = way(
        page, "diesel_l", "発電機（軽油）の大きさと時間", {"台数": "3e1", "1台の出力": "25", "1台が動いた": "9"}
    )
    field_of(group, "台数").blur()
    units = field_of(group, "台数")
    expect(units).to_have_attribute("aria-invalid", "true")
    note = page.locator(f"#{(units.get_attribute('aria-describedby') or '').split(' ')[-1]}")
    expect(note).to_contain_text("数を入れてください")
    expect(group.get_by_role("button", name="この量を欄に入れる")).to_be_disabled()
    units.fill("3")
    expect(units).to_have_attribute("aria-invalid", "false")
    field_of(group, "負荷").select_option(label="もっと軽い・分からない")
    expect(group).to_contain_text("75％のほかの負荷の値は見つかっていません")
    expect(group.get_by_role("button", name="この量を欄に入れる")).to_be_disabled()
    holds(page, "diesel_l", "")


def test_ones_own_fuel_consumption_assumes_nothing(new_page: NewPage) -> None:
    page = opened(new_page)
    group = way(page, "diesel_l", "トラックの走った距離", {"台数": "2", "1台が走る": "50"})
    expect(group).to_contain_text("仮の値")
    expect(field_of(group, "燃費（")).to_be_hidden()
    field_of(group, "車").select_option(label="燃費が分かる")
    field_of(group, "燃費（").fill("5")
    expect(group).to_contain_text("2 台 × 50 km/台 ÷ 5 km/L = 20.0 L")
    expect(group).not_to_contain_text("仮の値")


def test_a_field_begins_with_what_the_form_says_already(new_page: NewPage) -> None:
    page = opened(new_page)
    page.locator("[name=people]").fill("3,000")
    group = way(page, "waste_kg", "来場者の数（飲食のある屋外の祭り）")
    expect(field_of(group, "来場者")).to_have_value("3,000")
    put(group)
    holds(page, "waste_kg", "300.0")


@pytest.mark.parametrize("place", PLACES)
def test_it_is_worked_by_keyboard_alone(new_page: NewPage, place: str) -> None:
    page = opened(new_page, place)
    opener = page.get_by_role("button", name=f"{OPEN}：LPG")
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_label("分かっていること")).to_be_focused()
    for text in ("", "80.5", "52.3"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="この量を欄に入れる")).to_be_focused()
    page.keyboard.press("Space")
    holds(page, "lpg_kg", "28.2")
    expect(page.locator("offset-calculator [role=status]")).to_contain_text("28.2")
    page.get_by_role("button", name="閉じる").press("Enter")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_a_link_carries_the_amount_and_a_file_how_it_came_about(new_page: NewPage, tmp_path: Path) -> None:
    page = opened(new_page)
    festival(page)
    page.locator("[data-do=link]").click()
    assert "diesel_l=163.9" in page.locator("[data-output] textarea").input_value()
    with page.expect_download() as download:
        page.locator("[data-do=save]").click()
    file = tmp_path / "event.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert [one["id"] for one in saved["helpers"]["diesel_l"]] == ["generator-diesel", "shuttle-bus"]
    for helpers, kept in ((saved["helpers"], True), ({"diesel_l": [{"id": "no-such"}], "waste_kg": 5}, False)):
        file.write_text(json.dumps(saved | {"helpers": helpers}), encoding="utf-8")
        other = new_page(1280, 800)
        other.goto("/calculators/event/")
        with other.expect_file_chooser() as chooser:
            other.locator("[data-do=load]").click()
        chooser.value.set_files(file)
        expect(other.locator("[name=diesel_l]")).to_have_value("163.9")
        line = other.locator("[data-field]:has([name=diesel_l]) > [data-helper] > p")
        expect(line).to_contain_text("幅 141.4〜192.9 L" if kept else "")
        if not kept:
            expect(line).to_be_empty()


@pytest.mark.parametrize("name", CALCULATORS)
def test_without_javascript_the_ways_stand_as_words(new_page: NewPage, name: str) -> None:
    page = new_page(375, 800, javascript=False)
    page.goto(f"/calculators/{name}/#amounts")
    for one in catalogue().calculators[name].helpers:
        heading = page.locator(f"#amount-{one}")
        expect(heading).to_have_text(catalogue().helpers[one].title)
        words = heading.locator("xpath=following-sibling::ul[1]")
        expect(words).to_contain_text("式：")
        expect(words).to_contain_text(f"= {catalogue().helpers[one].examples[0].shown}")
    expect(page.get_by_role("button", name=OPEN)).to_have_count(0)


@pytest.mark.parametrize("place", PLACES)
def test_an_open_helper_has_no_violation_and_is_not_too_wide(new_page: NewPage, place: str) -> None:
    page = opened(new_page, place, width=320)
    festival(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe_violations(page) == []


@pytest.mark.parametrize("place", PLACES)
def test_the_amount_for_a_person_stands_beside_published_events(new_page: NewPage, place: str) -> None:
    page = new_page(1280, 800)
    page.goto(f"/{place}/event/#v=1&people=3000&diesel_l=163.9&trips=2")
    if place == "embed":
        page.locator("[data-do=choose]").click()
    beside = page.locator("dd:has(output[name=per_person_kg])")
    expect(beside).to_contain_text(
        "公表された行事の例では、東北の夏祭り（2011年）が1人2.48 g（会場のエネルギーと発電機だけ）"
    )
    expect(beside).to_contain_text("世界トライアスロン横浜（2018年）が1人20.1 kg")
    expect(beside).not_to_contain_text("2桁以上")
    page.locator("[name=people]").fill("30")
    page.locator("[name=diesel_l]").fill("163,900,000")
    expect(beside).to_contain_text("2桁以上違います")
    page.locator("[name=people]").fill("")
    expect(beside).not_to_contain_text("公表された")


@pytest.mark.parametrize("place", PLACES)
def test_what_was_tried_and_not_taken_is_not_printed(new_page: NewPage, place: str) -> None:
    page = opened(new_page, place)
    group = way(page, "diesel_l", "発電機（軽油）の大きさと時間", {"台数": "3", "1台の出力": "25", "1台が動いた": "9"})
    put(group)
    derivation = page.locator("[data-field]:has([name=diesel_l]) [data-helper] > p")
    expect(derivation).to_contain_text("115.4 L")
    way(page, "diesel_l", typed={"台数": "30"})
    page.emulate_media(media="print")
    expect(group).to_be_hidden()
    expect(derivation).to_be_visible()
    expect(derivation).to_contain_text("115.4 L")


def test_what_a_helper_puts_in_is_neither_too_much_nor_taken_for_what_is_typed(new_page: NewPage) -> None:
    """One page: a message that no longer holds, an amount over the maximum, the same amount typed by hand, a link."""
    page = opened(new_page)
    group = way(
        page, "diesel_l", "発電機（軽油）の大きさと時間", {"台数": "3e1", "1台の出力": "25", "1台が動いた": "9"}
    )
    units, fault = field_of(group, "台数"), group.locator("[data-fault]")
    units.blur()
    expect(fault).to_have_count(1)
    units.fill("")  # not wrong any more, only empty
    expect(fault).to_have_count(0)
    expect(units).to_have_attribute("aria-invalid", "false")
    units.fill("100000000")
    field_of(group, "1台の出力").fill("10000")
    expect(group).to_contain_text("欄に入るのは1,000,000,000 Lまでです。")
    button = group.get_by_role("button", name="この量を欄に入れる")
    expect(button).to_be_disabled()
    holds(page, "diesel_l", "")
    page.locator("[name=diesel_l]").fill("999999999")
    units.fill("3")
    field_of(group, "1台の出力").fill("25")
    expect(group.get_by_role("button", name="いまの量と入れ替える")).to_be_enabled()
    expect(group.get_by_role("button", name="いまの量に足す")).to_be_disabled()
    put(group, "いまの量と入れ替える")
    holds(page, "diesel_l", "115.4")
    line = page.locator("[data-field]:has([name=diesel_l]) > [data-helper] > p")
    expect(line).to_contain_text("115.4 L")
    page.locator("[data-do=link]").click()
    told = "リンクに入るのは量だけです。"
    expect(page.locator("[data-output]")).to_contain_text(told)
    expect(page.locator("offset-calculator > form > [role=status]")).to_contain_text(told)
    page.locator("[name=diesel_l]").fill("150")
    expect(line).to_be_empty()
    page.locator("[name=diesel_l]").fill("115.4")
    expect(line).to_be_empty()
    page.locator("[data-do=link]").click()
    expect(page.locator("[data-output]")).not_to_contain_text(told)
    way(page, "diesel_l")
    put(group, "いまの量と入れ替える")
    expect(line).to_contain_text("115.4 L")
    page.evaluate("location.hash = '#v=1&diesel_l=115.4'")
    expect(page.locator("offset-calculator > form > [role=status]")).to_contain_text("リンクの値を入れました。")
    expect(line).to_be_empty()
    page.locator("[data-do=undo]").click()
    expect(line).to_contain_text("115.4 L")
    page.locator("[data-do=undo]").click()
    expect(line).to_be_empty()
