"""Choosing what is counted: only those fields show, what stands in a field never hides, the result names what is not counted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.calculator_tools import catalogue

NewPage = Callable[..., Page]
CHOOSERS = [name for name, calculator in catalogue().calculators.items() if calculator.kinds]
FESTIVAL = ["軽油（発電機、シャトルバスなど）", "ごみ"]


def opened(new_page: NewPage, address: str, width: int = 375) -> Page:
    page = new_page(width, 800)
    page.goto(address)
    if "/embed/" in address:
        page.locator("[data-do=choose]").click()
    expect(page.get_by_role("group", name="数えるもの")).to_be_visible()
    return page


def press(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_role("group", name="数えるもの").get_by_role("button", name=label, exact=True).click()


def visible(page: Page) -> set[str]:
    found = page.locator("form [data-field] [name]").evaluate_all(
        "all => all.filter((field) => field.checkVisibility()).map((field) => field.name)"
    )
    return set(found)


@pytest.mark.parametrize("place", ["calculators", "embed"])
def test_only_the_fields_of_what_is_chosen_show(new_page: NewPage, place: str) -> None:
    page = opened(new_page, f"/{place}/event/")
    every = visible(page)
    press(page, *FESTIVAL)
    shown = visible(page)
    assert {"diesel_l", "waste_kg", "people", "boundary", "credit_type"} <= shown
    assert not {"rail_km", "trips", "electricity_supplier", "bento", "nights"} & shown
    expect(page.get_by_role("group", name="移動")).to_be_hidden()
    press(page, *(f"✓ {label}" for label in FESTIVAL))
    assert visible(page) == every


def test_what_lies_outside_the_boundary_is_not_offered(new_page: NewPage) -> None:
    page = opened(new_page, "/calculators/event/")
    chooser = page.get_by_role("group", name="数えるもの")
    press(page, "鉄道", "ごみ")
    page.locator("[name=boundary]").select_option("host")
    expect(chooser.get_by_role("button", name="飛行機")).to_be_hidden()
    assert "rail_km" not in visible(page)
    assert "waste_kg" in visible(page)


@pytest.mark.parametrize("place", ["calculators", "embed"])
def test_links_and_examples_open_what_they_fill(new_page: NewPage, place: str) -> None:
    page = opened(new_page, f"/{place}/event/#v=1&rail_people=12&rail_km=5&trips=2&boundary=host")
    press(page, "ごみ")
    assert {"rail_people", "rail_km", "trips", "waste_kg"} <= visible(page)
    assert "bus_km" not in visible(page)
    page.locator("[data-presets]").select_option(index=0)
    page.locator("[data-do=preset]").click()
    assert {"electricity_kwh", "paper_kg"} <= visible(page)


def test_what_is_inside_and_empty_is_named_in_the_result_and_in_what_is_copied(new_page: NewPage) -> None:
    page = opened(new_page, "/calculators/event/#v=1&people=3000&boundary=participants&trips=2")
    told = page.get_by_text("数えていないもの：")
    expect(told).to_have_count(0)
    page.locator("[name=diesel_l]").fill("150")
    page.locator("[name=waste_kg]").fill("136")
    expect(told).to_contain_text("電気、都市ガス、熱、LPG")
    expect(told).not_to_contain_text("ごみ")
    expect(told).not_to_contain_text("飲食")
    page.locator("[name=electricity_kwh]").fill("0")
    expect(told).not_to_contain_text("電気")
    page.locator("[data-do=text]").click()
    assert "数えていないもの：都市ガス、熱、LPG" in page.locator("[data-output] textarea").input_value()


def test_a_column_of_rows_counts_as_filled(new_page: NewPage) -> None:
    page = opened(new_page, "/calculators/office/#v=1&rows=A,100;B,200")
    told = page.get_by_text("数えていないもの：")
    expect(told).to_contain_text("：都市ガス")


@pytest.mark.parametrize("name", CHOOSERS)
def test_without_javascript_every_field_shows(new_page: NewPage, name: str) -> None:
    page = new_page(375, 800, javascript=False)
    page.goto(f"/calculators/{name}/")
    for fold in page.locator("form details > summary").all():
        fold.click()
    always = {field.id for group in catalogue().calculators[name].groups for field in group.inputs if not field.when}
    assert always <= visible(page)
    expect(page.get_by_role("group", name="数えるもの")).to_have_count(0)


def test_the_buttons_are_worked_by_keyboard_and_tell_their_state(new_page: NewPage) -> None:
    page = opened(new_page, "/calculators/event/")
    button = page.get_by_role("group", name="数えるもの").get_by_role("button", name="ごみ")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert button.evaluate("one => one === document.activeElement")
    assert (button.text_content() or "").startswith("✓")


def test_what_only_a_screen_is_for_is_not_printed(new_page: NewPage) -> None:
    page = opened(new_page, "/calculators/event/#v=1&people=3000&electricity_kwh=450&trips=2")
    page.locator("[data-do=link]").click()
    screen = [
        page.get_by_role("group", name="数えるもの"),
        page.get_by_role("searchbox").first,
        page.get_by_role("link", name="この計算で案件をつくる"),
        page.locator("offset-calculator [role=status]"),
    ]
    for one in screen:
        expect(one).to_be_visible()
    page.emulate_media(media="print")
    for one in screen:
        expect(one).to_be_hidden()


# each once, the festival's both ways
STAYS = [
    pytest.param(name, way, marks=() if way == "reload" or name == "event" else pytest.mark.full)
    for name in CHOOSERS
    for way in ("reload", "back")
]


@pytest.mark.parametrize(("name", "way"), STAYS)
def test_the_choice_stays_on_reload_and_back(new_page: NewPage, name: str, way: str) -> None:
    page = opened(new_page, f"/calculators/{name}/")
    label = page.get_by_role("group", name="数えるもの").get_by_role("button").nth(1).inner_text()
    press(page, label)
    shown = visible(page)
    again(page, way)
    assert visible(page) == shown
    expect(page.get_by_role("button", name=f"✓ {label}", exact=True)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("way", ["reload", "back"])
def test_what_was_cleared_stays_so_with_its_choice_and_can_be_taken_back(new_page: NewPage, way: str) -> None:
    page = opened(new_page, "/calculators/event/#v=1&waste_kg=3")
    every = visible(page)
    press(page, "ごみ")
    page.locator("[data-do=clear]").click()
    assert visible(page) == every
    page.get_by_role("button", name="元に戻す").click()
    expect(page.locator("[name=waste_kg]")).to_have_value("3")
    assert "rail_km" not in visible(page)
    page.locator("[data-do=clear]").click()
    again(page, way)
    assert visible(page) == every
    expect(page.locator("[name=waste_kg]")).to_have_value("")
    assert "ごみ" not in page.evaluate("JSON.stringify(history.state)")


def again(page: Page, way: str) -> None:
    page.once("dialog", lambda dialog: dialog.accept())
    if way == "reload":
        page.reload()
    else:
        page.goto("/about/")
        page.go_back()
    expect(page.get_by_role("group", name="数えるもの")).to_be_visible()


@pytest.mark.parametrize("name", CHOOSERS)
def test_every_amount_of_a_line_belongs_to_a_kind(name: str) -> None:
    """A calculator that lets one choose leaves no amount that cannot be chosen."""
    calculator = catalogue().calculators[name]
    chosen = {field for kind in calculator.kinds for field in kind.inputs}
    amounts = {line.id for line in calculator.lines} & {
        field.id for group in calculator.groups for field in group.inputs
    }
    assert amounts <= chosen
