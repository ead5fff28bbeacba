"""`/buying/` says who sells, at which price of which day and tax, which ways remain and what cannot be undone."""

import itertools
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.loading.guide import Guide
from macros.loading.problems import DataError
from macros.models import Need, Offer
from macros.outside.links import addresses
from macros.pages.check import load
from macros.rendering.buying import KNOWN, TAXES
from macros.rendering.core import day
from macros.rendering.routes import days_left, group_of, months_left, of_offer, of_way, seen_long_ago, shut_by
from tests.pages import BuiltPage, read_pages

MIRRORS = (
    "yimg.jp",
    "lawinsider",
    "krutar",
    "happylibus",
    "expydoc",
    "documents.pub",
    "fdocuments",
    "cloudfront",
    "mykoho",
)
NOW = date(2026, 11, 28)
LIMIT = "2024-11-28"
FOREST_BY_MARCH = {"tonnes": "5", "kind": "forest", "month": "3", "account": "no"}


@pytest.fixture(scope="module")
def buying(site: Path) -> BuiltPage:
    return read_pages(site)["/buying/"]


def ids(page: Page, name: str) -> list[str]:
    return page.eval_on_selector_all(f"[data-list={name}] a", "links => links.map((one) => one.hash.slice(1))")


def ask(page: Page, answers: dict[str, str]) -> None:
    page.click("form[data-buying] button[type=reset]")
    for name, value in answers.items():
        field = page.locator(f"form[data-buying] [name={name}]")
        (field.fill if name == "tonnes" else field.select_option)(value)


@pytest.fixture
def opened(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    page.clock.set_fixed_time("2026-11-28T12:00:00")
    page.goto("/buying/")
    return page


# -- data ------------------------------------------------------------------------------------------


def test_there_are_all_sellers_that_were_found(guide: Guide) -> None:
    assert len(guide.offers) >= 52
    priced = [offer for offer in guide.offers if any(price.kind == "売り出し" for price in offer.prices)]
    assert len(priced) >= 16


def test_no_mirror_is_linked(guide: Guide) -> None:
    urls = [source.url or "" for offer in guide.offers for source in offer.sources]
    assert [url for url in urls if any(one in url for one in MIRRORS)] == []


def test_a_copy_read_elsewhere_is_told(guide: Guide) -> None:
    told = {"写し", "転載", "二次資料", "記事"}
    assert [offer.id for offer in guide.offers if not any(word in offer.read_as for word in told)] == []


def test_the_monthly_look_outside_covers_the_sellers(guide: Guide, root: Path) -> None:
    asked = addresses(root)
    files = {use.file for uses in asked.values() for use in uses}
    assert {source.url for offer in guide.offers for source in offer.sources if source.url} <= set(asked)
    assert "data/buying.yml" in files


def test_prices_of_calculators_are_those_of_the_sellers(guide: Guide) -> None:
    """Every price in force that a calculator reads names the seller's record; `load` compares them."""
    factors = {factor.id: factor for topic in guide.factors for factor in topic.factors}
    used = ("price-renewable", "price-energy-saving", "price-forest", "price-forest-low", "price-forest-high")
    assert [name for name in used if not guide.factor_sets.now(factors[name]).offer] == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("iwate-prefecture-forest", "yen: 16500", "yen: 16000"),
        ("iwate-prefecture-forest", "tax: 込", "tax: 抜"),
        ("tokyo-stock-exchange", "kind: 市場の平均", "kind: 入札"),
        ("gifu-prefecture-forest", "    date: 2024-04-01", "    date: 2024-04"),
        ("gifu-prefecture-forest", "publisher: 岐阜県", "publisher: 岐阜市"),
    ],
)
def test_a_price_that_differs_from_the_calculators_is_told(
    file: str, old: str, new: str, root: Path, tmp_path: Path
) -> None:
    for folder in ("data", "docs"):
        shutil.copytree(root / folder, tmp_path / folder)
    shutil.copy(root / "mkdocs.yml", tmp_path)
    path = tmp_path / "data" / "offers" / f"{file}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    # the record asks for the day of its new wording first
    with pytest.raises(DataError, match=rf"offers/{file}\.yml:\d+: versions: ") as told:
        load(tmp_path)
    line = re.search(r"（今日の日付） ([0-9a-f]{8})", str(told.value))[1]
    path.write_text(f"{path.read_text(encoding='utf-8')}  - 2026-11-28 {line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"data/factors/prices\.yml:\d+: .*売り手「{file}」"):
        load(tmp_path)


# -- which ways remain -------------------------------------------------------------------------------


def need(**said: Any) -> Need:
    return Need(**{"tonnes": 5, "kind": "forest", "month": 3, "account": False, "local": False} | said)


def test_time_left_runs_over_the_turn_of_the_year() -> None:
    assert months_left(need(month=3), NOW) == [11, 12, 1, 2, 3]
    assert months_left(need(month=11), NOW) == [11]
    assert days_left(need(month=3), NOW) == 123
    assert days_left(need(month=11), NOW) == 2


def way_of(guide: Guide, name: str) -> dict[str, Any]:
    return of_way(next(way for way in guide.buying.ways if way.id == name))


@pytest.mark.parametrize(
    ("name", "said", "shut"),
    [
        ("not-yet", {}, []),
        ("after", {}, []),
        ("cancelled", {}, []),
        ("seller", {}, []),
        ("fc-base-m", {}, ["minimum"]),
        ("fc-base-m", {"tonnes": 10}, []),
        ("fc-base-m", {"tonnes": 10, "month": 11}, ["days"]),
        ("own-account", {}, ["account"]),
        ("exchange", {"account": True}, []),
        ("large-sale", {}, ["minimum"]),
        ("government-tender", {"kind": "renewable", "tonnes": 1000, "account": True}, ["status"]),
        ("round", {"month": 12}, ["months"]),
        ("local-sale", {}, ["buyers"]),
        ("local-sale", {"local": True}, []),
        ("local-use", {"kind": "renewable"}, ["use"]),
    ],
)
def test_a_way_remains_or_says_why_not(guide: Guide, name: str, said: dict[str, Any], shut: list[str]) -> None:
    assert shut_by(way_of(guide, name), need(**said), NOW) == shut


def test_every_reason_has_words(guide: Guide) -> None:
    every = set(shut_by(EVERYTHING, need(), NOW))
    assert every == {shut.id for shut in guide.buying.shuts} - {"maximum"}
    assert "maximum" in shut_by(EVERYTHING | {"maximum": 1}, need(), NOW)


EVERYTHING = {
    "minimum": 10,
    "maximum": None,
    "kinds": ["renewable"],
    "municipalities": "excluded",
    "account": "needed",
    "buyers": "local",
    "use": "local",
    "status": "closed",
    "months": [10],
    "days": 400,
    "old": True,
}


def conditions(offer: Offer) -> dict[str, Any]:
    return of_offer(offer, old=seen_long_ago(offer, LIMIT))


def left(guide: Guide, wanted: Need) -> set[str]:
    return {offer.id for offer in guide.offers if not shut_by(conditions(offer), wanted, NOW)}


def test_five_tonnes_of_forest_by_march_without_an_account(guide: Guide) -> None:
    remain = left(guide, need())
    assert {"murakami-forest", "kiso-forest", "rikuzentakata-forest", "gotemba-forest"} <= remain
    gone = {
        "fc-base-m",
        "oyama-forest",
        "matsusaka-forest",
        "tsushima-forest",
        "hokkaido-forest",
        "tokyo-stock-exchange",
    }
    assert not gone & remain


# -- the page ----------------------------------------------------------------------------------------


def test_every_price_has_tax_and_date(buying: BuiltPage, guide: Guide) -> None:
    rows = {row.attributes["data-offer"]: row for row in buying.tree.css("tr[data-offer]")}
    assert set(rows) == {offer.id for offer in guide.offers}
    for offer in guide.offers:
        prices = rows[offer.id].css("[data-price] > div")
        assert len(prices) == len(offer.asked), offer.id
        for price, shown in zip(offer.asked, prices, strict=True):
            assert f"（{TAXES[price.tax]}）" in shown.text(), offer.id
            assert price.date_text in shown.css_first("small").text(), offer.id


def test_what_is_old_or_closed_is_folded_and_in_no_range(buying: BuiltPage, guide: Guide) -> None:
    open_to_view = {row.attributes["data-offer"] for row in buying.tree.css("div[data-group] tr[data-offer]")}
    now = {offer.id for offer in guide.offers if group_of(conditions(offer)) == "now"}
    ranged = {link.attributes["href"].lstrip("#") for link in buying.tree.css("[data-ranges] a")}
    assert open_to_view == now
    assert ranged
    assert ranged <= now
    assert not {"hokkaido-forest", "tsushima-forest", "aomori-prefecture-forest", "tokyo-stock-exchange"} & ranged


def test_every_record_has_its_anchor_source_and_what_was_not_seen(buying: BuiltPage, guide: Guide) -> None:
    for offer in guide.offers:
        record = buying.tree.css_first(f"details#{offer.id}")
        assert record is not None, offer.id
        told = record.text()
        assert offer.sources[0].title in told, offer.id
        assert f"確認日 {day(offer.checked_on)}" in told, offer.id
        assert "見えなかったこと" in told, offer.id


def test_what_cannot_be_undone_is_marked(buying: BuiltPage, guide: Guide) -> None:
    final = [step for step in guide.buying.steps if step.final]
    marked = [item for item in buying.tree.css("ol.buying-steps > li") if "取り消せません" in item.text()]
    assert [item.attributes["id"] for item in marked] == [f"step-{step.id}" for step in final]
    assert {"retire", "words"} <= {step.id for step in final}


def test_the_answer_stands_there_without_javascript(new_page: Callable[..., Page]) -> None:
    page = new_page(javascript=False)
    page.goto("/buying/")
    assert page.locator("form[data-buying]").is_hidden()
    assert {"not-yet", "after", "cancelled", "seller"} <= {name.removeprefix("way-") for name in ids(page, "ways")}
    assert "murakami-forest" in ids(page, "known")
    assert "rikuzentakata-forest" in ids(page, "phone")
    assert page.locator("tr[data-id=way-large-sale] [data-verdict]").inner_text() == "1,000 tからしか買えません"


ASKED = list(itertools.product((1, 5, 60, 1000), ("forest", "renewable"), (11, 1, 3, 10), ("yes", "no"), ("", "yes")))


# a ninth, and all
@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.full)])
def test_the_browser_says_what_python_says(opened: Page, guide: Guide, step: int) -> None:
    offers = {offer.id: offer for offer in guide.offers}
    for tonnes, kind, month, account, local in ASKED[::step]:
        ask(opened, {"tonnes": str(tonnes), "kind": kind, "month": str(month), "account": account, "local": local})
        wanted = need(tonnes=tonnes, kind=kind, month=month, account=account == "yes", local=bool(local))
        remain = left(guide, wanted)
        known = {name for name in remain if offers[name].municipalities in KNOWN}
        ways = {f"way-{one.id}" for one in guide.buying.ways if not shut_by(of_way(one), wanted, NOW)}
        assert set(ids(opened, "known")) == known, wanted
        assert set(ids(opened, "phone")) == remain - known, wanted
        assert set(ids(opened, "ways")) == ways, wanted


def test_who_sells_to_no_municipality_is_not_shown(opened: Page, guide: Guide) -> None:
    excluded = {offer.id for offer in guide.offers if offer.municipalities == "excluded"}
    assert len(excluded) >= 3
    ask(opened, FOREST_BY_MARCH)
    rows = opened.eval_on_selector_all(
        "tr[data-offer]", "rows => rows.filter((r) => !r.hidden).map((r) => r.dataset.offer)"
    )
    named = [one for name in ("known", "phone", "fallen") for one in ids(opened, name)]
    assert excluded & {*rows, *named} == set()


@pytest.mark.parametrize(
    ("answers", "test"),
    [
        ({"tax": "込"}, lambda offer: any(price.tax == "込" for price in offer.asked)),
        ({"status": "waiting"}, lambda offer: offer.status == "waiting"),
        ({"municipalities": "known"}, lambda offer: offer.municipalities in KNOWN),
        ({"tonnes": "１，０００"}, lambda offer: (offer.maximum_t or 1000) >= 1000),
    ],
)
def test_each_condition_filters_the_table(
    opened: Page, guide: Guide, answers: dict[str, str], test: Callable[[Offer], bool]
) -> None:
    ask(opened, answers)
    rows = opened.eval_on_selector_all(
        "tr[data-offer]", "rows => rows.filter((r) => !r.hidden).map((r) => r.dataset.offer)"
    )
    barred = {"municipalities", "buyers", "use"}
    shown = {
        offer.id
        for offer in guide.offers
        if test(offer)
        and not barred & set(shut_by(conditions(offer), need(kind=offer.kinds[0] if offer.kinds else "forest"), NOW))
    }
    assert set(rows) == shown


def test_a_wrong_number_is_told_at_its_field_and_kept(opened: Page) -> None:
    for wrong in ("-5", "abc", "0", "1e3"):
        ask(opened, {"tonnes": wrong})
        assert opened.locator("[data-error]").is_visible(), wrong
        assert opened.locator("[name=tonnes]").input_value() == wrong
        assert opened.locator("[name=tonnes]").get_attribute("aria-invalid") == "true"


def test_clearing_brings_the_example_back(opened: Page) -> None:
    before = opened.locator("[data-left]").inner_html()
    opened.click("[data-example]")
    assert opened.locator("[data-left]").inner_html() != before
    opened.click("form[data-buying] button[type=reset]")
    opened.wait_for_function("before => document.querySelector('[data-left]').innerHTML === before", arg=before)


def test_an_address_keeps_the_question(opened: Page) -> None:
    ask(opened, FOREST_BY_MARCH)
    known = ids(opened, "known")
    opened.reload()
    assert ids(opened, "known") == known
    assert opened.locator("[name=tonnes]").input_value() == "5"


@pytest.mark.parametrize(("day", "marked"), [("2027-05-31", False), ("2027-06-01", True)])
def test_a_price_past_its_review_date_is_marked(new_page: Callable[..., Page], day: str, marked: bool) -> None:
    page = new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto("/buying/")
    row = page.locator("tr[data-offer=murakami-forest]")
    assert ("見直しの期日を過ぎています" in row.inner_text()) is marked


@pytest.mark.parametrize(("day", "marked"), [("2027-05-31", False), ("2027-06-01", True)])
def test_a_price_is_marked_wherever_it_stands(
    new_page: Callable[..., Page], guide: Guide, day: str, marked: bool
) -> None:
    """In the ranges, in what remains of the example, in what remains of one's own question."""
    due = {one.id for one in guide.offers if one.review_by == "2027-05-31" and one.asked}
    page = new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto("/buying/")
    for question in (None, {"tonnes": "5"}):
        if question:
            ask(page, question)
        lines = page.evaluate(
            """() => [...document.querySelectorAll("[data-ranges] li li, [data-list=known] li, [data-list=phone] li")].map(
              (line) => [line.querySelector("a").hash.slice(1), line.textContent.includes("見直しの期日を過ぎています")])"""
        )
        assert len({name for name, _ in lines} & due) > 3
        assert {said for name, said in lines if name in due} == {marked}


def test_a_link_to_a_record_unfolds_it(opened: Page) -> None:
    opened.click("tr[data-offer=murakami-forest] th a")
    expect(opened.locator("details#murakami-forest")).to_have_attribute("open", "")
    opened.goto("/buying/#saga-forest")
    opened.reload()
    expect(opened.locator("details#saga-forest")).to_have_attribute("open", "")


def test_the_page_does_not_scroll_sideways(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/buying/")
    for width in (1280, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => { scrollTo(9999, 0); return scrollX; }") == 0, width


def test_the_open_data_hold_every_price(site: Path, guide: Guide) -> None:
    records = json.loads((site / "data" / "offers.json").read_text(encoding="utf-8"))["records"]
    assert [one["address"] for one in records] == [f"buying/#{offer.id}" for offer in guide.offers]
    rows = (site / "data" / "offers-prices.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + sum(len(offer.prices) for offer in guide.offers)
    assert re.search(r"\byen\b.*\btax\b.*\bdate\b", rows[0])
