"""The site by keyboard alone: every stop of Tab is seen and uncovered, nothing holds the focus, nothing loses it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.keyboard import walk

NewPage = Callable[..., Page]

# a page with the theme around it, one with a form, one alone in a frame
FEW = [("/404.html", 1280), ("/404.html", 375), ("/embed/scheme/", 320)]
KINDS = [
    "/",
    "/guide/meaning/",
    "/methods/",
    "/methods/a1/",
    "/calculators/event/",
    "/calculators/joint-purchase/",
    "/embed/",
    "/embed/joint-purchase/",
    "/cases/",
    "/downloads/",
    "/about/accessibility/",
]
MOST = 400
WIDTHS = (1280, 375)


def check_walk(page: Page, address: str) -> None:
    page.goto(address)
    for key in ("Tab", "Shift+Tab"):
        stops, ended = walk(page, key, MOST)
        assert ended, f"{address}: {key} does not come to an end"
        assert len(stops) > 5, address
        assert [stop.name for stop in stops if not stop.ring] == [], f"{address}: no indicator with {key}"
        assert [stop.name for stop in stops if not stop.clear] == [], f"{address}: covered with {key}"
        if key == "Tab":
            assert [stop.name for stop in stops[1:] if not stop.after] == [], f"{address}: out of order"


@pytest.mark.parametrize(("address", "width"), FEW)
def test_every_stop_is_seen_in_order_and_uncovered(new_page: NewPage, address: str, width: int) -> None:
    check_walk(new_page(width, 700, reduced_motion="reduce", allowed=("404",)), address)


@pytest.mark.full
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", KINDS)
def test_every_stop_of_each_kind_of_page_is_seen(new_page: NewPage, address: str, width: int) -> None:
    check_walk(new_page(width, 700, reduced_motion="reduce"), address)


BAD_PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>題</title>
<style>.bare { outline: none } .low { position: relative; z-index: -1 } .cover { position: absolute; inset: 4em 0 0 }</style>
<p><a href="#a">よい</a> <a class="bare" href="#b">囲みなし</a></p>
<p class="cover"></p><p class="low"><br><br><br><a href="#c">隠れた</a></p><p><button id="held">とどまる</button></p>
<a href="#d">届かない</a><script>
held.addEventListener("keydown", (event) => event.preventDefault());
</script></html>"""


def test_a_walk_finds_what_is_covered_unseen_or_holds_the_focus(
    browser: Browser, serve: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(BAD_PAGE, encoding="utf-8")
    page = browser.new_page()
    page.goto(serve(tmp_path))
    stops, _ = walk(page, most=10)
    page.close()
    assert [stop.name for stop in stops if not stop.ring] == ["a 囲みなし"]
    assert "a 隠れた" in [stop.name for stop in stops if not stop.clear]
    assert stops[-1].name == "button#held とどまる"


# -- each tool by keyboard alone ------------------------------------------------------------------


# a walk of a whole page is tested above; here it begins two stops before what is wanted
BEGIN = """selector => {
  const every = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const stops = every.filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }));
  const at = stops.findIndex((one) => one.matches(selector));
  if (at > 2) stops[at - 2].focus();
}"""


def tab_to(page: Page, selector: str, most: int = 12) -> None:
    """Press Tab until the focus stands on what a selector names."""
    page.evaluate(BEGIN, selector)
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_after_escape_from_the_search_tab_goes_on_behind_it(page: Page) -> None:
    page.goto("/guide/meaning/")
    tab_to(page, "[data-md-component=search-query]")
    page.keyboard.type("クレジット")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator(".md-tabs__link").first).to_be_focused()


def test_tab_leaves_an_open_search_and_never_stands_on_hidden_results(page: Page) -> None:
    page.goto("/guide/meaning/")
    tab_to(page, "[data-md-component=search-query]")
    page.keyboard.type("クレジット")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_be_visible()
    expect(page.locator(".md-tabs__link").first).to_be_focused()


def test_cases_are_filtered_and_brought_back(page: Page) -> None:
    page.goto("/cases/")
    tab_to(page, "#filter-method")
    page.keyboard.press("ArrowDown")
    status = page.locator("[data-filter-status]")
    expect(status).not_to_have_text("35件のうち35件を表示しています。")
    tab_to(page, ".filter button")
    page.keyboard.press("Enter")
    expect(status).to_have_text(re.compile(r"(\d+)件のうち\1件を表示しています。"))
    expect(page.locator(".filter button")).to_be_focused()


def test_the_chooser_is_answered_and_cleared(page: Page) -> None:
    page.goto("/methods/")
    tab_to(page, ".chooser input")
    page.keyboard.press("Space")
    expect(page.locator("[data-chooser-result]")).to_be_visible()
    tab_to(page, ".chooser [type=reset]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-chooser-result]")).to_be_hidden()
    expect(page.locator(".chooser input").first).to_be_focused()


@pytest.mark.parametrize(
    "address", [pytest.param("/calculators/joint-purchase/", marks=pytest.mark.full), "/embed/joint-purchase/"]
)
def test_rows_of_a_calculator_come_and_go_without_losing_the_focus(page: Page, address: str) -> None:
    page.goto(address)
    rows = page.locator("[data-row]")
    before = rows.count()
    tab_to(page, "[data-do=add]")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    assert page.evaluate("document.activeElement.closest('offset-calculator') !== null")
    rows.last.locator("[data-do=remove]").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before)
    assert page.evaluate("document.activeElement.closest('offset-calculator') !== null")


def test_a_calculator_reckons_from_the_keyboard(page: Page) -> None:
    page.goto("/embed/event/")
    tab_to(page, "[name=gasoline_l]")
    page.keyboard.type("100")
    page.keyboard.press("Tab")
    expect(page.locator("output[name=total_kg]")).to_have_text("229.0")
    tab_to(page, "[data-do=text]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-output] textarea")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('offset-calculator') !== null")


def test_the_builder_writes_its_code_from_the_keyboard(page: Page) -> None:
    page.goto("/embed/")
    tab_to(page, "[data-builder] [name=calculator]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-snippet=iframe]")).not_to_have_value(re.compile("/embed/event/"))
    tab_to(page, "[data-builder-fields] summary")
    page.keyboard.press("Enter")
    expect(page.locator("[data-builder-fields]")).to_have_attribute("open", "")
    expect(page.locator("[data-builder-fields] summary")).to_be_focused()


def test_unfolded_parts_open_and_close(page: Page) -> None:
    page.goto("/embed/event/")
    tab_to(page, "summary")
    details = page.locator("details").last
    page.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(details).not_to_have_attribute("open", "")
