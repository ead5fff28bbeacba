"""The answer in sight while one types, above what explains it: beside the fields or in a line, over no field, read aloud once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.calculator_tools import IDS, catalogue

NewPage = Callable[..., Page]
FILLED = "#v=1&people=3000&trips=2&electricity_kwh=450&diesel_l=120&rail_people=600&rail_km=8&credit_type=forest"
COVERED = """() => { const covered = [];
  for (const field of document.querySelectorAll('offset-calculator form :is(input, select, button)')) {
    if (!field.checkVisibility()) continue;
    field.focus();
    const [one, two] = [field, document.querySelector('[data-sight]')].map((part) => part.getBoundingClientRect());
    if (one.bottom > two.top && one.top < two.bottom && one.right > two.left && one.left < two.right) covered.push(field.outerHTML);
  }
  return covered; }"""
PLACES = [("calculators", 1280), ("calculators", 375), ("embed", 375), ("embed", 320), ("embed", 1000)]


@pytest.mark.parametrize(("place", "width"), PLACES)
def test_the_answer_stays_in_sight_and_covers_no_field(new_page: NewPage, place: str, width: int) -> None:
    page = new_page(width, 800)
    page.goto(f"/{place}/event/{FILLED}")
    sight = page.locator("[data-sight]")
    for name in ("title", "diesel_l", "offset_share"):
        page.locator(f"[name={name}]").focus()
        expect(sight).to_be_in_viewport(ratio=1)
    for name in ("total_kg", "credits_t", "cost_yen"):
        shown = page.locator(f"output[name={name}]").text_content() or ""
        assert shown
        expect(sight).to_contain_text(shown)
    for label in ("排出量の合計", "買うクレジット", "費用の目安"):
        expect(sight.get_by_text(label, exact=True)).to_be_visible()
    low, high = (page.locator(f"output[name=cost_{end}_yen]").text_content() for end in ("low", "high"))
    expect(sight).to_contain_text(f"{low}〜{high}")
    assert page.evaluate(COVERED) == []
    if width < 500:
        assert (sight.bounding_box() or {})["height"] < 130


def test_typing_changes_what_is_in_sight_and_says_nothing_aloud(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto(f"/calculators/event/{FILLED}")
    before = page.locator("[data-sight]").text_content()
    page.locator("[name=diesel_l]").press("End")
    page.keyboard.type("0")
    assert page.locator("[data-sight]").text_content() != before
    assert page.locator("offset-calculator [role=status]").text_content() == ""
    assert page.locator("[data-sight]").get_attribute("aria-hidden") == "true"
    page.locator("[name=diesel_l]").fill("1e3")
    page.locator("[name=diesel_l]").blur()
    expect(page.locator("[data-sight]")).to_contain_text("確かめが必要な欄")


@pytest.mark.parametrize("place", ["calculators", "embed"])
@pytest.mark.parametrize(
    ("name", "fragment", "told"),
    [
        ("event", "electricity_kwh=5000&credit_type=forest", "（売り出し、税込、2024-04-01／売り出し、税込、2025-02）"),
        ("event", "electricity_kwh=5000&credit_type=renewable", "（市場の平均、税の別は不明、2025-03-31）"),
        ("event", "electricity_kwh=5000&credit_type=own&price_yen=9000", "（入れた価格）"),
        ("reduction", "pv_kw=50&self_use_share=50&credit_type=renewable&review_cost_yen=9", "市場の平均、税の別は不明"),
    ],
)
def test_an_amount_in_yen_tells_tax_and_date_of_its_price(
    new_page: NewPage, place: str, name: str, fragment: str, told: str
) -> None:
    page = new_page(375, 800)
    page.goto(f"/{place}/{name}/#v=1&{fragment}")
    in_yen = page.locator("[data-sight] p", has_text=" 円")
    expect(in_yen).to_contain_text(told)
    assert in_yen.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.locator("[data-do=compare]").click()
    expect(page.locator("offset-calculator [role=status]")).not_to_be_empty()
    page.locator("[data-do=compare]").click()
    row = page.locator("[data-output] tr", has_text=" 円").first
    expect(row).to_contain_text(told)


def test_a_result_stands_once(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/calculators/event/#v=1&electricity_kwh=5000")
    said = page.locator("section dl > div:has(output:not(:empty)):visible").evaluate_all(
        "all => all.map((one) => [one.querySelector('output').textContent, one.querySelector('[data-steps]').textContent])"
    )
    assert len(said) > 3
    assert [pair for pair in said if pair[1] and "=" not in pair[1] and "（" not in pair[1]] == []


def test_amounts_that_rest_on_no_price_tell_none(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/embed/scheme/#v=1&unit_yen=100&unit_kwh=7&units=600&target_kwh=6000")
    assert "（" not in page.locator("[data-sight]").inner_text()
    page.goto("/embed/product/#v=1&side=buyer&unit_kg=1&units=500&surcharge_yen=5")
    expect(page.locator("[data-sight] p", has_text=" 円")).to_be_visible()
    assert "（" not in page.locator("[data-sight]").inner_text()


def test_bars_show_what_share_of_the_whole_each_line_is(new_page: NewPage) -> None:
    page = new_page(1280, 800)
    page.goto(f"/calculators/event/{FILLED}")
    bars = page.locator("[data-sight] progress")
    shares = bars.evaluate_all("all => all.map((bar) => bar.position)")
    assert len(shares) == 3
    assert sum(shares) == pytest.approx(1)


@pytest.mark.parametrize("name", IDS)
def test_the_form_begins_high_and_what_explains_follows_folded(new_page: NewPage, name: str) -> None:
    page = new_page(1280, 800)
    page.goto(f"/calculators/{name}/")
    for width, highest in ((1280, 300), (375, 350)):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("offset-calculator form").evaluate("form => form.getBoundingClientRect().top") <= highest
        assert page.locator("details.fold[open]").count() == 0
        headings = page.locator("details.fold > summary > h2[id]")
        assert {"counted", "formula", "factors"} <= set(headings.evaluate_all("all => all.map((one) => one.id)"))
        assert page.locator("details.fold").last.evaluate(
            "one => Boolean(document.querySelector('offset-calculator form').compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)"
        )


def test_a_link_to_what_is_folded_opens_it(new_page: NewPage) -> None:
    page = new_page(1280, 800)
    page.goto("/calculators/event/#limits")
    expect(page.get_by_text(catalogue().calculators["event"].words.limits[0])).to_be_visible()
    assert page.locator("details.fold[open]").count() == 1
