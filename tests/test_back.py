"""The browser's Back brings a form back as it was left: what is told of it is told again, and what it found stands there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import eventually, settle

# what the forms of a page were left as, and all that the page says of them
STATE = """() => ({
  left: [...document.querySelectorAll("article form :is(input, select), article [data-pick]")].map(
    (one) => one.type === "checkbox" || one.type === "radio" ? one.checked : one.value),
  said: [...document.querySelectorAll("article [role=status], article #glossary-count")].map(
    (one) => one.textContent.trim()),
  shown: [...document.querySelectorAll(
    "[data-method], [data-case], [data-offer], [data-precedent], [data-term], [data-group]")].map((one) => !one.hidden),
  found: ["[data-compare-result]", "[data-list=known]", "[data-list=ways]", "[data-alike-title]", "[data-alike-list]",
    "[data-side] table", "[data-side-title]", "[data-chooser-result]"].map(
      (one) => (document.querySelector(one) || {}).innerText || ""),
})"""


def choose(page: Page) -> None:
    for group in page.locator("[data-chooser] fieldset").all()[:2]:
        group.locator("input").first.check()


def select(*fields: tuple[str, str]) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for field, value in fields:
            page.locator(field).select_option(value)

    return act


def compare(page: Page) -> None:
    for code in ("a1", "a2", "c2"):
        page.locator(f"[data-compare] input[value={code}]").uncheck()
    for code in ("b1", "d2"):
        page.locator(f"[data-compare] input[value={code}]").check()


def ask_for_credits(page: Page) -> None:
    page.locator("#buy-kind").select_option("forest")
    page.locator("[data-buying] [name=tonnes]").fill("5")


def ask_alike(page: Page) -> None:
    page.locator("#alike-kind").select_option("sports")
    page.locator("[data-alike] [name=size]").fill("12000")


def pick(page: Page) -> None:
    for box in page.locator("[data-group][open] [data-pick]").all()[:2]:
        box.check()


def look_up(page: Page) -> None:
    page.locator("#glossary-search").fill("クレジット")
    page.wait_for_function("() => /見つかりました/.test(document.getElementById('glossary-count').textContent)")


@pytest.mark.parametrize(
    ("address", "act"),
    [
        pytest.param("/methods/", choose, id="chooser"),
        pytest.param("/methods/", compare, id="comparison"),
        pytest.param("/cases/", select(("#filter-method", "a1"), ("#filter-year", "2011")), id="cases"),
        pytest.param("/buying/", ask_for_credits, id="buying"),
        pytest.param("/precedents/", select(("#precedent-kind", "sports")), id="precedents"),
        pytest.param("/precedents/", ask_alike, id="alike"),
        pytest.param("/precedents/", pick, id="side by side"),
        pytest.param("/glossary/", look_up, id="glossary"),
    ],
)
def test_back_brings_the_answer_too(page: Page, address: str, act: Callable[[Page], None]) -> None:
    page.goto(address)
    settle(page, 300)
    fresh = page.evaluate(STATE)
    act(page)
    settle(page, 300)
    before = page.evaluate(STATE)
    assert before["said"] != fresh["said"] or before["found"] != fresh["found"]
    page.goto("/about/privacy/")
    page.go_back()
    eventually(page, lambda: page.evaluate(STATE), lambda seen: seen == before)
