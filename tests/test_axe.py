"""axe-core finds nothing against WCAG 2.2 A and AA, in any colours, at any width, before and after use."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe_violations
from tests.pages import KINDS

# without motion: colours are looked at when they have arrived
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "reduced_motion": "reduce"},
    "dark": {"color_scheme": "dark", "reduced_motion": "reduce"},
    "forced": {"color_scheme": "light", "reduced_motion": "reduce", "forced_colors": "active"},
}
WIDTHS = (375, 1280)
WAYS = list(product(MODES, WIDTHS))

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def addresses(site: Path) -> list[str]:
    """Every page of the site, the one for missing pages too."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [f"/{name}".removesuffix("index.html") for name in names]


def check(page: Page, addresses: list[str]) -> None:
    """Visit each address; fail with a line for each violation, the address before it."""
    found = []
    for address in addresses:
        page.goto(address)
        found += [f"{address}: {line}" for line in axe_violations(page)]
    tell(found)


def tell(found: list[str]) -> None:
    """Fail with every line in full; a plain assert shortens them."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize(("mode", "width"), WAYS)
def test_a_page_of_each_kind_has_no_violation(new_page: NewPage, mode: str, width: int) -> None:
    mine = KINDS[WAYS.index((mode, width)) :: len(WAYS)]
    check(new_page(width, **MODES[mode], allowed=("404",)), mine)


@pytest.mark.full
@pytest.mark.parametrize(("mode", "width"), WAYS)
def test_every_page_has_no_violation(new_page: NewPage, addresses: list[str], mode: str, width: int) -> None:
    check(new_page(width, **MODES[mode]), addresses)


def choose(page: Page) -> None:
    page.locator("#role-own").check()


def choose_nothing(page: Page) -> None:
    page.locator("#role-inform").check()
    page.locator("#emissions-office").check()


def show_a_definition(page: Page) -> None:
    page.locator(".term > a").first.focus()


def find_no_term(page: Page) -> None:
    page.locator("input#glossary-search").fill("ないことば")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def search(page: Page) -> None:
    page.locator("[data-md-component=search-query]").focus()
    page.keyboard.type("クレジット")
    page.locator(".md-search-result__item").first.wait_for()


def open_the_menu(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    page.get_by_role("button", name="メニュー").click()
    page.locator(".md-sidebar--primary a").first.wait_for()


def put_side_by_side(page: Page) -> None:
    unfold(page)
    for name in ("kyoto-marathon-2014", "yokohama-triathlon", "toshima-eco-fair"):
        page.locator(f"[data-pick][value={name}]").check()
    page.locator("[data-copy]").click()


USES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "chooser": ("/methods/", choose),
    "chooser without a result": ("/methods/", choose_nothing),
    "definition of a term": ("/methods/a1/", show_a_definition),
    "glossary without a result": ("/glossary/", find_no_term),
    "unfolded notes": ("/methods/a1/", unfold),
    "precedents side by side": ("/precedents/", put_side_by_side),
    "search": ("/", search),
    "menu of a narrow window": ("/methods/a1/", open_the_menu),
}


@pytest.mark.parametrize(
    "mode", ["light", *(pytest.param(mode, marks=pytest.mark.full) for mode in ("dark", "forced"))]
)
def test_a_page_in_use_has_no_violation(new_page: NewPage, mode: str) -> None:
    page = new_page(**MODES[mode])
    found = []
    for name, (address, use) in USES.items():
        page.goto(address)
        use(page)
        found += [f"{name}: {line}" for line in axe_violations(page)]
    tell(found)


def test_a_violation_is_told_with_its_rule_and_element(
    browser: Browser, serve: Callable[..., str], tmp_path: Path
) -> None:
    html = '<!doctype html><html lang="ja"><title>題</title><main><h1>題</h1><img src="/favicon.ico"></main></html>'
    (tmp_path / "index.html").write_text(html, encoding="utf-8")
    (tmp_path / "favicon.ico").touch()
    page = browser.new_page()
    page.goto(serve(tmp_path))
    found = axe_violations(page)
    page.close()
    assert found == ['image-alt: img: <img src="/favicon.ico">']
