"""The calculators in a real browser: numbers typed by id, messages at the field, nothing executed, nothing sent."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.calculators.running import run
from macros.calculators.statements import draft, words_of
from macros.models.calculators import Example
from tests.calculator_tools import IDS, catalogue, close, definition, factor_now, in_python, reckoned
from tests.embed_tools import BUDGET, weight

RAIL = {"rail_people": "120", "rail_km": "20", "trips": "2"}


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Iterator[Page]:
    page = new_page(375, 800)
    yield page
    assert page.context.cookies() == []


def raw(page: Page, name: str) -> str:
    return page.locator(f"output[name={name}]").first.get_attribute("data-value") or ""


def shown(page: Page, name: str) -> str:
    return page.locator(f"output[name={name}]").first.text_content() or ""


def choose(field: Locator, option: str) -> None:
    """Choose an option; one that is no longer offered gets there as from a link. A hidden field stays as it is."""
    if field.is_visible() and field.locator(f"option[value='{option}']").is_disabled():
        field.evaluate(
            "(field, option) => { field.value = option; field.dispatchEvent(new Event('input', {bubbles: true})); }",
            option,
        )
    elif field.is_visible():
        field.select_option(option)


def type_in(page: Page, example: Example) -> None:
    page.evaluate("document.querySelectorAll('form details').forEach((fold) => { fold.open = true; })")
    for name, text in example.inputs.items():
        field = page.locator(f"[name={name}]").first
        if field.evaluate("field => field.localName") == "select":
            choose(field, {"guidebook": catalogue().sets.guidebook, "current": catalogue().sets.today}.get(text, text))
        elif field.is_visible():
            field.fill(text)
    for i, cells in enumerate(example.rows):
        while page.locator("[data-row]").count() <= i:
            page.get_by_text("行を足す").click()
        for j, text in enumerate(cells):
            page.locator("[data-row]").nth(i).locator("input").nth(j).fill(text)


@pytest.mark.parametrize("name", IDS)
def test_an_example_typed_by_id_gives_its_shown_results(page: Page, name: str) -> None:
    type_and_check(page, name, catalogue().calculators[name].examples[:1])


@pytest.mark.full
@pytest.mark.parametrize("name", IDS)
def test_the_examples_typed_by_id_give_their_shown_results(page: Page, name: str) -> None:
    type_and_check(page, name, catalogue().calculators[name].examples)


def type_and_check(page: Page, name: str, examples: Sequence[Example]) -> None:
    for example in examples:
        page.goto("about:blank")
        page.goto(f"/calculators/{name}/")
        type_in(page, example)
        check(page, example)


@pytest.mark.full
@pytest.mark.parametrize("place", ["calculators", "embed"])
@pytest.mark.parametrize("name", IDS)
def test_in_both_factor_sets_each_number_is_that_of_the_reference(page: Page, name: str, place: str) -> None:
    for example, factors in product(catalogue().calculators[name].examples, factor_sets(name)):
        page.goto("about:blank")
        page.goto(f"/{place}/{name}/")
        typed = example.model_copy(update={"inputs": {**example.inputs, **factors}})
        type_in(page, typed)
        reference = in_python(name, {"inputs": typed.inputs, "rows": typed.rows})
        assert reference["shown"], example.name
        for key, value in reference["values"].items():
            assert close(raw_number(page, key), value), (example.name, factors, key)
            assert shown(page, key) == reference["shown"].get(key, shown(page, key)), (example.name, factors, key)


def factor_sets(name: str) -> list[dict[str, str]]:
    """Return what to choose for each set; nothing where no factor enters."""
    chosen = "factors" in dict(definition(name)["inputs"])
    return [{"factors": one.id} for one in catalogue().sets.offered] if chosen else [{}]


def raw_number(page: Page, name: str) -> float | None:
    text = raw(page, name)
    return float(text) if text else None


def check(page: Page, example: Example) -> None:
    for key, value in example.shown.items():
        assert shown(page, key) == value, (example.name, key)
    for key in example.withheld:
        assert raw(page, key) == "", (example.name, key)
    for i, row in enumerate(example.rows_shown):
        for key, value in row.items():
            assert page.locator("[data-row]").nth(i).locator(f"output[name={key}]").text_content() == value


@pytest.mark.parametrize("text", ["-5", "△5", "1e3", "1e309", "abc", "1,5", "9" * 300, "<img src=x onerror=alert(1)>"])
def test_what_is_no_number_is_told_at_the_field_and_only_its_results_withheld(page: Page, text: str) -> None:
    page.goto("/embed/event/#v=1&bus_people=20&bus_km=40&rail_people=10")
    page.locator("[name=rail_km]").fill(text)
    page.locator("[name=rail_km]").blur()
    field = page.locator("[name=rail_km]")
    message = page.locator(f"#{(field.get_attribute('aria-describedby') or '').split()[-1]}").text_content() or ""
    assert field.get_attribute("aria-invalid") == "true"
    assert message.endswith("。")
    assert (raw(page, "total_kg"), raw(page, "line_rail"), raw(page, "line_bus")) == ("", "", "45.6")
    assert "NaN" not in page.locator("main").inner_text()
    field.fill("10")
    field.blur()
    assert field.get_attribute("aria-invalid") is None
    assert raw(page, "total_kg") != ""


def test_the_fields_to_mend_are_announced_with_their_names_and_their_number(page: Page) -> None:
    page.goto("/embed/event/#v=1&people=abc&rail_km=1,5")
    page.locator("[name=nights]").fill("3")
    page.locator("[name=nights]").blur()
    told = expect(page.locator("offset-calculator [role=status]"))
    told.to_contain_text("直す欄は2か所：参加者とスタッフの人数（人）、鉄道の片道の距離（km）。")
    page.goto("/embed/supply/#v=1&supply_t=10&rows=A,60;B,x")
    page.locator("[name=share]").first.blur()
    page.locator("[name=supply_t]").fill("11")
    page.locator("[name=supply_t]").blur()
    told.to_contain_text("直す欄は1か所：2行目の割合。")


@pytest.mark.parametrize("name", ["event", "joint-purchase"])
def test_every_result_is_named_by_its_label(page: Page, name: str) -> None:
    page.goto(f"/embed/{name}/")
    page.locator("[data-do=preset]").click()
    names = page.locator("output").evaluate_all(
        "(all) => all.map((one) => [one.name, one.getAttribute('aria-label'), "
        "one.closest('div, tr').querySelector('dt, th').textContent])"
    )
    assert len(names) > 7
    for result, label, seen in names:
        assert label, result
        assert label == seen or seen.isdigit(), result


def test_the_fragment_fills_the_form_and_is_not_written_by_typing(page: Page) -> None:
    page.goto("/embed/event/#v=1&people=120&rail_people=120&rail_km=20&trips=2&factors=current&nonsense=1")
    assert shown(page, "line_rail") == reckoned("event", "line_rail", **RAIL)[1]
    page.locator("[name=rail_km]").fill("30")
    assert page.url.endswith("nonsense=1")


def test_a_fragment_without_version_changes_nothing(page: Page) -> None:
    page.goto("/embed/event/#people=120&rail_km=20")
    assert page.locator("[name=people]").input_value() == ""


def test_a_hostile_fragment_is_told_at_the_fields_and_runs_nothing(page: Page) -> None:
    many = "&".join(f"k{i}=1" for i in range(1000))
    page.goto(
        f"/embed/event/#v=1&factors=zzz&people=%3Cscript%3Ealert(1)%3C/script%3E&rail_km=%E0%A4%A&__proto__=1&{many}"
    )
    # three bad values, and the one-way trips of a link that does not write them
    assert page.locator("[data-error]").count() == 4
    assert raw(page, "total_kg") == ""
    assert page.evaluate("({}).polluted") is None


def test_the_copied_link_gives_the_same_form_and_names_the_dated_set(page: Page) -> None:
    page.goto("/embed/joint-purchase/")
    page.locator("[data-do=preset]").click()
    before = [one.text_content() for one in page.locator("output[name=allotted_kg]").all()]
    page.locator("[data-do=link]").click()
    address = page.locator("[data-output] textarea").input_value()
    page.goto("about:blank")
    page.goto(address)
    assert [one.text_content() for one in page.locator("output[name=allotted_kg]").all()] == before
    page.goto("/embed/event/#v=1&people=5&factors=guidebook")
    page.locator("[data-do=link]").click()
    assert "factors=2011" in page.locator("[data-output] textarea").input_value()


def test_a_saved_file_is_loaded_again(page: Page, tmp_path: Path) -> None:
    page.goto("/embed/office/")
    page.locator("[data-do=preset]").click()
    total = shown(page, "total_kg")
    with page.expect_download() as download:
        page.locator("[data-do=save]").click()
    file = tmp_path / "office.json"
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["calculator"] == "office"
    page.locator("[data-do=clear]").click()
    assert raw(page, "total_kg") == ""
    with page.expect_file_chooser() as chooser:
        page.locator("[data-do=load]").click()
    chooser.value.set_files(file)
    page.wait_for_function("() => document.querySelector('output[name=total_kg]').textContent !== ''")
    assert shown(page, "total_kg") == total


def test_the_csv_holds_inputs_lines_results_and_factors_with_a_byte_order_mark(page: Page) -> None:
    page.goto("/embed/event/#v=1&title=%3D1%2B1&rail_people=120&rail_km=20&trips=2")
    with page.expect_download() as download:
        page.locator("[data-do=csv]").click()
    text = download.value.path().read_bytes().decode("utf-8")
    value, on_page = reckoned("event", "line_rail", **RAIL)
    assert text.startswith("\ufeffsection,id,row,label,value,shown,unit,text,arithmetic,source,date,link\r\n")
    assert f"line,line_rail,,鉄道,{float(f'{value:.12g}'):g},{on_page.replace(',', '')},kg-CO2," in text
    assert "factor,travel-rail," in text
    assert "input,factors,,使う係数,,,,2026" in text
    assert "'=1+1" in text


def drafted(page: Page, address: str) -> str:
    page.goto(address)
    page.locator("[data-do=statement]").click()
    return page.locator("[data-output] textarea").input_value()


@pytest.mark.parametrize("place", ["embed", "calculators"])
def test_the_draft_statement_is_that_of_the_reference(page: Page, place: str) -> None:
    typed = {
        "electricity_kwh": "3000",
        "boundary": "host",
        "offset_share": "50",
        "credit_type": "forest",
        "title": "祭",
    }
    outcome = run(definition("event"), typed, [])
    lines = draft(words_of(catalogue()), catalogue().calculators["event"], outcome)
    fragment = "&".join(f"{name}={text}" for name, text in typed.items())
    assert drafted(page, f"/{place}/event/#v=1&{fragment}").splitlines() == lines
    assert len(lines) > 4


def test_a_boundary_that_is_not_borne_out_is_told_at_the_field_and_drafts_nothing(page: Page) -> None:
    page.goto("/embed/event/#v=1&electricity_kwh=3000")
    field = page.locator("[name=boundary]")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("移動・宿泊が入りますが、その欄がどれも空欄です"))
    assert shown(page, "credits_t") == "2"
    page.locator("[data-do=statement]").click()
    expect(page.locator("offset-calculator [role=status]")).to_contain_text("範囲（バウンダリ）と入れた項目が合わない")
    expect(page.locator("[data-output] textarea")).to_have_count(0)
    field.select_option("host")
    expect(page.locator("[data-field]", has=field)).not_to_contain_text("空欄です")


def test_a_calculator_that_offsets_nothing_says_why_it_drafts_nothing(page: Page) -> None:
    page.goto("/embed/forest/#v=1&area_ha=2&years=5")
    page.locator("[data-do=statement]").click()
    expect(page.locator("offset-calculator [role=status]")).to_contain_text("吸収量はクレジットではありません")


def test_a_draft_that_cannot_be_loaded_is_told(page: Page) -> None:
    page.route("**/statement*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("/embed/event/#v=1&electricity_kwh=3000&boundary=host")
    page.locator("[data-do=statement]").click()
    expect(page.locator("offset-calculator [role=status]")).to_contain_text("新しい版になりました")


def test_the_print_sheet_holds_what_was_entered_and_what_came_of_it(page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto("/embed/event/#v=1&title=環境フェア&rail_people=120&rail_km=20&trips=2&credit_type=forest")
    page.locator("[data-do=print]").click()
    page.wait_for_function("() => window.printed")
    captions = page.locator("[data-sheet] caption").all_text_contents()
    words = page.locator("[data-sheet]").text_content() or ""
    assert captions == ["入れた値", "内訳と計算", "結果", "使った係数"]
    rail = reckoned("event", "line_rail", **RAIL)[1]
    assert f"120 人 × 20 km × 2 × {factor_now('travel-rail')} kg-CO₂/人km = {rail} kg-CO₂" in words
    assert "環境フェア" in words
    assert "/calculators/factors/#travel-rail" in words
    assert "バスの人数" not in words


def test_two_scenarios_stand_side_by_side(page: Page) -> None:
    page.goto("/embed/event/#v=1&bus_people=20&bus_km=40")
    page.locator("[data-do=compare]").click()
    # the file that compares is loaded on first use
    page.get_by_text("いまの結果を覚えました").wait_for()
    page.locator("[name=bus_km]").fill("20")
    page.locator("[data-do=compare]").click()
    row = page.locator("[data-output] tr", has_text="排出量の合計")
    expect(row.locator("td")).to_have_text(["45.6 kg-CO₂", "22.8 kg-CO₂", "−22.8"])


def test_rows_are_pasted_from_a_spreadsheet(page: Page) -> None:
    page.goto("/embed/joint-purchase/#v=1&bought_t=0.5")
    page.locator("[name=municipality]").first.evaluate(
        """field => {
          const data = new DataTransfer();
          data.setData("text", "A区\\t会議\\t201\\r\\nB市\\t会議\\t300\\r\\nC町\\t会議\\t499\\r\\n");
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.locator("output[name=allotted_kg]")).to_have_text(["101.0", "150.0", "249.0"])
    page.locator("[data-do=remove]").first.click()
    expect(page.locator("[data-row]")).to_have_count(2)


def test_results_are_announced_when_a_field_is_left_not_at_each_key(page: Page) -> None:
    page.goto("/embed/event/")
    page.locator("[name=gasoline_l]").press_sequentially("100")
    assert page.locator("offset-calculator [role=status]").text_content() == ""
    page.locator("[name=gasoline_l]").blur()
    total = reckoned("event", "total_kg", gasoline_l="100")[1]
    expect(page.locator("offset-calculator [role=status]")).to_contain_text(f"{total} kg-CO₂")


# from disk each one reckons in the tests of the kit too
@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one in {"event", "joint-purchase"} else pytest.mark.full) for one in IDS]
)
def test_a_calculator_opens_from_disk(browser: Browser, site: Path, name: str) -> None:
    page = browser.new_page()
    page.goto((site / "embed" / name / "index.html").as_uri())
    page.locator("[data-do=preset]").click()
    assert any(one.get_attribute("data-value") for one in page.locator("output").all())
    page.close()


@pytest.mark.parametrize("name", IDS)
def test_a_calculator_is_accessible_by_rule(page: Page, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(f"/embed/{name}/")
    page.locator("[data-do=preset]").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", IDS)
def test_nothing_is_wider_than_a_small_screen(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/embed/{name}/")
    page.locator("[data-do=preset]").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", IDS)
def test_a_calculator_keeps_its_byte_budget(site: Path, name: str) -> None:
    assert weight(site, name) <= BUDGET
