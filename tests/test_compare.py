"""Any three methods stand side by side, with what holds today, without sideways scrolling."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from macros.loading.guide import Guide


def test_what_holds_today_has_grounds_and_no_cost_of_a_support_scheme(guide: Guide) -> None:
    told = {method.id: method.today for method in guide.methods if method.today}
    assert set(told) == {method.id for method in guide.methods}
    assert told["d2"].cost == []
    assert sum(len(today.said) for today in told.values()) >= 28


@pytest.mark.parametrize("chosen", ["a1,c2,d2", "a3,b2,c1", "b1,c1,d1"])
def test_three_methods_fit_the_window(new_page: Callable[..., Page], chosen: str) -> None:
    page = new_page()
    page.goto(f"/methods/?compare={chosen}")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        check_fit(page, chosen)


def check_fit(page: Page, chosen: str) -> None:
    table = page.locator("[data-compare-result] table")
    heads = table.locator("thead th").all_inner_texts()
    assert [head.split()[0].lower() for head in heads] == chosen.split(",")
    assert {"証明（いま）", "主張できること（いま）", "費用の例（いま）", "期間（いま）", "類型（2011年）"} <= set(
        table.locator("th[scope=rowgroup]").all_inner_texts()
    )
    assert table.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")
    assert page.evaluate("() => { scrollTo(9999, 0); return scrollX; }") == 0


def test_a_fourth_method_takes_the_place_of_the_first(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/methods/?compare=a1,a2,c2")
    page.check("form[data-compare] input[value=d2]")
    expect(page.locator("[data-compare-status]")).to_contain_text("A1を外しました")
    expect(page.locator("[data-compare-result] thead th")).to_have_count(3)
    expect(page).to_have_url(re.compile(r"\?compare=a2,c2,d2$"))


def test_all_methods_stand_in_tables_without_javascript(new_page: Callable[..., Page], guide: Guide) -> None:
    page = new_page(javascript=False)
    page.goto("/methods/")
    assert page.locator("form[data-compare]").is_hidden()
    for compared in ("2011年", "いま"):
        rows = page.locator(f"table[data-compared='{compared}'] tbody tr")
        assert rows.count() == len(guide.methods)
        assert rows.first.is_visible()


def test_nothing_ticked_stays_so_after_reload(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/methods/")
    for box in page.locator("form[data-compare] input:checked").all()[::-1]:
        box.uncheck()
    page.reload()
    assert page.locator("form[data-compare] input:checked").count() == 0
    assert page.locator("[data-compare-result] table").count() == 0
