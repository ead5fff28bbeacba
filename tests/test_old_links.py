"""Links made before keep their meaning: tests/old-links.txt, in Python, in JavaScript and on the page itself."""

import json
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from macros.calculators.fields import as_written, read_fields
from macros.calculators.running import run
from tests.calculator_tools import IDS, catalogue, definition, in_javascript
from tests.frozen_results import logged

OLD = Path(__file__).parent / "old-links.txt"


class Link(NamedTuple):
    """A link as it was made, with the fields and results that it gave then."""

    calculator: str
    fragment: str
    given: dict[str, str]

    def read(self) -> tuple[dict[str, str], list[list[str]]]:
        pairs = dict(pair.split("=", 1) for pair in self.fragment[1:].split("&"))
        assert pairs.pop("v") == "1"
        rows = pairs.pop("rows", "")
        texts = {name: unquote(text) for name, text in pairs.items()}
        return texts, [[unquote(cell) for cell in row.split(",")] for row in rows.split(";")] if rows else []

    def expected(self) -> dict[str, str]:
        """Return what it must give now: what it gave, and the changes whose reasons are written down."""
        changes = logged()
        now = {}
        for key, value in self.given.items():
            for before, after in changes.get(f"{self.calculator}|{self.fragment}|{key}", []):
                assert before == value, key
                value = after
            now[key] = value
        return now


def links() -> list[Link]:
    lines = [line for line in OLD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found = [line.split("\t") for line in lines]
    return [Link(name, fragment, dict(one.split("=") for one in given.split(" "))) for name, fragment, given in found]


LINKS = links()


def test_every_calculator_has_old_links() -> None:
    assert {link.calculator for link in LINKS} == set(IDS)
    assert len(LINKS) >= 25


@pytest.mark.parametrize("link", LINKS, ids=lambda link: f"{link.calculator}{link.fragment[:50]}")
def test_an_old_link_gives_what_it_gave_in_python(link: Link) -> None:
    texts, rows = link.read()
    texts, _ = as_written(definition(link.calculator), texts)
    outcome = run(definition(link.calculator), texts, rows)
    fields = read_fields(definition(link.calculator), texts)[0].fields
    for key, value in link.expected().items():
        found = outcome.shown[key] if key in outcome.shown else fields[key]
        assert (f"{found:g}" if isinstance(found, float) else found) == value, key


def test_old_links_give_what_they_gave_in_javascript() -> None:
    for link in LINKS:
        texts, rows = link.read()
        texts, _ = as_written(definition(link.calculator), texts)
        [[answer]] = in_javascript(
            [{"definition": definition(link.calculator), "vectors": [{"inputs": texts, "rows": rows}]}]
        )
        for key, value in link.expected().items():
            assert answer["shown"].get(key, value) == value, (link, key)


def test_a_field_that_was_not_written_is_told_of() -> None:
    event = definition("event")
    assert as_written(event, {"rail_km": "1"})[0]["trips"] == "1"
    assert as_written(event, {"rail_km": "1", "trips": ""})[0]["trips"] == "1"
    assert "片道で" in as_written(event, {"rail_km": "1"})[1]["trips"]
    assert as_written(event, {"trips": "2"}) == ({"trips": "2"}, {})
    assert event["inputs"]["trips"]["default"] == "2"


def test_presets_write_what_links_always_write() -> None:
    for calculator in catalogue().calculators.values():
        absent = {field.id for group in calculator.groups for field in group.inputs if field.absent}
        for preset in calculator.presets:
            assert absent <= preset.inputs.keys(), (calculator.id, preset.id)


# -- on the page ------------------------------------------------------------------------------------


def value_of(page: Page, key: str) -> str:
    if page.locator(f"output[name={key}]:not([data-row] *)").count():
        return page.locator(f"output[name={key}]:not([data-row] *)").inner_text()
    return page.locator(f"[name={key}]:not([data-row] *)").input_value()


# all in the frame; on the site's own page, whose form is the same, a fourth of them, and all in `make test-full`
@pytest.mark.parametrize(
    ("kind", "step"), [("embed", 1), ("calculators", 4), pytest.param("calculators", 1, marks=pytest.mark.full)]
)
def test_an_old_link_gives_what_it_gave_on_the_page(page: Page, kind: str, step: int) -> None:
    for link in LINKS[::step]:
        page.goto("about:blank")
        page.goto(f"/{kind}/{link.calculator}/{link.fragment}")
        page.locator("offset-calculator[data-ready]").wait_for(state="attached")
        for key, value in link.expected().items():
            assert value_of(page, key).replace(",", "") == value.replace(",", ""), (link, key)


def note_at(page: Page, name: str) -> str:
    return " ".join(page.locator(f"[data-field]:has([name={name}]) [data-error]").all_inner_texts())


@pytest.mark.parametrize("kind", ["calculators", "embed"])
def test_one_way_of_an_old_link_is_told_until_it_is_chosen(page: Page, kind: str) -> None:
    page.goto(f"/{kind}/event/#v=1&rail_people=120&rail_km=20")
    expect(page.locator("output[name=line_rail]")).to_have_text("40.8")
    assert "片道で計算しています" in note_at(page, "trips")
    assert page.locator("[name=trips]").get_attribute("aria-invalid") is None
    page.locator("[name=trips]").select_option("2")
    expect(page.locator("output[name=line_rail]")).to_have_text("81.6")
    expect(page.locator("[data-field]:has([name=trips]) [data-error]")).to_have_count(0)


def test_a_new_form_starts_with_both_ways_and_its_links_say_so(page: Page) -> None:
    page.goto("/calculators/event/")
    assert (page.locator("[name=trips]").input_value(), note_at(page, "trips")) == ("2", "")
    assert page.locator("[name=trips]").is_visible()
    page.locator("[name=rail_people]").fill("120")
    page.locator("[name=rail_km]").fill("20")
    page.locator("[data-do=link]").click()
    link = page.locator("[data-output] textarea").input_value()
    assert "trips=2" in link
    page.locator("[name=trips]").select_option("1")
    page.locator("[data-do=link]").click()
    assert "trips=1" in page.locator("[data-output] textarea").input_value()
    page.locator("[data-do=clear]").click()
    assert (page.locator("[name=trips]").input_value(), note_at(page, "trips")) == ("2", "")


def test_a_file_without_the_field_means_one_way(page: Page, tmp_path: Path) -> None:
    old = tmp_path / "event.json"
    old.write_text(json.dumps({"calculator": "event", "version": 1, "inputs": {"rail_people": "120", "rail_km": "20"}}))
    page.goto("/calculators/event/")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-do=load]").click()
    chooser.value.set_files(old)
    page.get_by_role("button", name="計算し直して読み込む").click()  # it does not say which factors it was made with
    expect(page.locator("output[name=line_rail]")).to_have_text("40.8")
    assert "片道で" in note_at(page, "trips")


def test_a_retailer_that_is_no_longer_offered_is_read_and_tells_why(page: Page) -> None:
    page.goto("/calculators/office/#v=1&electricity_kwh=1000&electricity_supplier=tepco-whole")
    expect(page.locator("output[name=total_kg]")).to_have_text("421.0")
    assert "残差を公表しているため" in note_at(page, "electricity_supplier")
    option = page.locator("[name=electricity_supplier] option[value=tepco-whole]")
    assert (option.get_attribute("hidden"), option.get_attribute("disabled")) == ("", "")
    page.locator("[data-do=link]").click()
    assert "electricity_supplier=tepco-whole" in page.locator("[data-output] textarea").input_value()
    page.locator("[data-do=clear]").click()
    assert note_at(page, "electricity_supplier") == ""


def test_a_link_of_an_unknown_version_is_told_and_enters_nothing(page: Page) -> None:
    """On the page, when pasted into the same tab, and in a frame."""
    told = "このリンクの版（v=9）は、この計算器では読めません。リンクの値は入れていません。"
    page.goto("/calculators/office/#v=9&electricity_kwh=1000")
    expect(page.locator("form > [data-told]")).to_have_text(told)
    expect(page.locator("offset-calculator > form [role=status]")).to_have_text(told)
    assert page.locator("[name=electricity_kwh]").input_value() == ""
    page.locator("[name=kerosene_l]").fill("7")
    page.evaluate("location.hash = '#v=1&gasoline_l=3'")
    expect(page.locator("[name=gasoline_l]")).to_have_value("3")
    expect(page.locator("[data-told]")).to_have_count(0)
    page.evaluate("location.hash = '#v=12&gasoline_l=8'")
    expect(page.locator("form > [data-told]")).to_contain_text("v=12")
    assert page.locator("[name=gasoline_l]").input_value() == "3"
    page.goto("/embed/event/#v=9&people=3")
    expect(page.locator("form > [data-told]")).to_have_text(told)
    assert page.locator("[name=people]").input_value() == ""
    page.goto("/embed/scheme/#unit_yen=3")
    page.locator("offset-calculator[data-ready]").wait_for()
    expect(page.locator("[data-told]")).to_have_count(0)
