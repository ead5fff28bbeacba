"""Search in a browser: the box in the header, the glossary, keyboard, screen-reader texts, nothing loaded before use."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.hosting.hashing import file_of
from macros.site.search import INDEX
from tests.browser import axe_violations, eventually, settle

BOX = "[data-md-component=search-query]"
ITEM = ".md-search-result__item"
LINK = f"{ITEM} .md-search-result__link"
META = ".md-search-result__meta"
MODES = [("light", 375), ("light", 1280), ("dark", 375), ("dark", 1280)]

FIRST = [
    ("むこうか", "無効化"),
    ("JVER", "オフセット・クレジット（J-VER）"),
    ("CO₂", "温室効果ガス"),
    ("ﾊﾞｳﾝﾀﾞﾘ", "バウンダリ"),
    ("greenhouse gas", "温室効果ガス"),
    ("二重計上", "ダブルカウント"),
    ("カーボンオフセツト", "カーボン・オフセット"),
    ("会議のCO2を埋め合わせるには", "A1 会議・イベントでのオフセット"),
]


def search(page: Page, text: str) -> None:
    """Type into the box as a person does, key by key."""
    page.locator(BOX).fill("")
    page.locator(BOX).press_sequentially(text)


def tab_to_box(page: Page) -> None:
    """Reach the box by Tab: keys of one letter can be switched off (WCAG 2.1.4)."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{BOX}')"):
            break
    expect(page.locator(BOX)).to_be_focused()


def searched(requests: list[str]) -> list[str]:
    ours = re.compile(
        r"/(assets/js/search(-worker)?|search/index)\.[0-9a-f]{8}\.(min\.)?js$|search_index|workers/|lunr"
    )
    return [address for address in requests if ours.search(address)]


def test_what_is_typed_is_found_first(page: Page) -> None:
    page.goto("/guide/meaning/")
    page.locator(BOX).click()
    for text, title in FIRST:
        search(page, text)
        expect(page.locator(LINK).first.locator("h1")).to_have_text(title)


def test_text_that_is_pasted_is_searched(page: Page) -> None:
    page.goto("/")
    page.locator(BOX).fill("無効化")
    expect(page.locator(LINK).first.locator("h1")).to_have_text("無効化")


LONG = {
    "kana": "回転寿司の" * 20_000,
    "words": "オフセット " * 16_667,
    "latin": "a" * 100_000,
    "pairs of code units": "a" + "𠮷" * 50_000,
}


def test_of_a_long_text_the_beginning_is_searched_and_told(page: Page) -> None:
    page.goto("/about/")
    page.locator(BOX).click()
    page.locator(BOX).fill("無効化")
    for kind, text in LONG.items():
        expect(page.locator(LINK).first.locator("h1")).to_have_text("無効化")
        expect(page.locator(".search-remark")).to_be_empty()
        page.locator(BOX).fill(text)
        expect(page.locator(".search-remark"), kind).to_contain_text("長いので、はじめの400字でさがしました。")
        assert page.locator(LINK).first.locator("h1").all_inner_texts() in ([], ["オフセット"]), kind
        assert page.locator(BOX).input_value() == text
        page.locator(BOX).fill("無効化")
    expect(page.locator(LINK).first.locator("h1")).to_have_text("無効化")
    expect(page.locator(".search-remark")).to_be_empty()


def test_of_a_long_text_the_glossary_searches_the_beginning_too(page: Page) -> None:
    page.goto("/glossary/?q=むこうか")
    count = page.locator("#glossary-count")
    for kind, text in LONG.items():
        expect(count).to_contain_text("が見つかりました。")
        expect(count).not_to_contain_text("長い")
        page.locator("#glossary-search").fill(text)
        expect(count, kind).to_contain_text("長いので、はじめの400字でさがしました。")
        assert page.locator("#cancellation").is_visible() is ("オフセット" in text), kind  # its explanation says it
        assert len(page.url) < 200
        page.locator("#glossary-search").fill("むこうか")
        expect(page.locator("#cancellation")).to_be_visible()
    expect(count).not_to_contain_text("長い")


def test_nothing_is_loaded_before_the_box_is_used(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto("/guide/meaning/", wait_until="networkidle")
    assert searched(requests) == []
    page.locator(BOX).focus()
    expect(page.locator(META)).to_have_text("検索キーワードを入力してください")
    eventually(page, lambda: searched(requests), lambda seen: len(seen) == 3)


def test_keyboard_alone_finds_and_opens(page: Page) -> None:
    page.goto("/guide/meaning/")
    tab_to_box(page)
    page.keyboard.type("むこうか")
    expect(page.locator(LINK).first.locator("h1")).to_have_text("無効化")
    page.keyboard.press("ArrowDown")
    expect(page.locator(LINK).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(LINK).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/?h=*#cancellation")
    expect(page.locator("#cancellation mark").first).to_have_text("無効化")


def test_enter_opens_the_best_and_escape_closes(page: Page) -> None:
    page.goto("/")
    tab_to_box(page)
    page.keyboard.type("CO₂")
    expect(page.locator(LINK).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    settle(page)  # the theme sees a moment later that the focus is gone
    page.locator(BOX).focus()
    expect(page.locator(LINK).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/*#ghg")


def test_the_number_of_results_is_announced(page: Page) -> None:
    page.goto("/")
    page.locator(BOX).click()
    assert page.locator(META).get_attribute("aria-live") == "polite"
    search(page, "qwertyuiop")
    expect(page.locator(META)).to_have_text("何も見つかりませんでした")
    assert page.locator(ITEM).count() == 0
    search(page, "ユネップ")
    expect(page.locator(META)).to_contain_text("件見つかりました")
    search(page, "クレジット")
    expect(page.locator(META)).to_contain_text("件のうち、上位30件です")


def test_a_result_shows_where_it_is_and_what_it_says(page: Page) -> None:
    page.goto("/")
    page.locator(BOX).click()
    search(page, "無効化")
    first = page.locator(ITEM).first
    expect(first.locator(".search-teaser mark").first).to_have_text("無効化")
    expect(first.locator(".search-place")).to_have_text("用語集")


def test_typed_markup_stays_text(page: Page) -> None:
    page.goto("/")
    page.locator(BOX).click()
    for text in ("<img src=x onerror=alert(1)>無効化", "&lt;b&gt; クレジット", "NPO/NGO"):
        page.locator(BOX).fill("")
        expect(page.locator(META)).to_have_text("検索キーワードを入力してください")
        page.locator(BOX).fill(text)
        expect(page.locator(META)).to_contain_text("見つかり")
        assert page.locator(f"{ITEM} img, {ITEM} b").count() == 0


def test_a_shared_search_opens_itself(page: Page) -> None:
    page.goto("/?q=無効化")
    expect(page.locator(LINK).first.locator("h1")).to_have_text("無効化")


@pytest.mark.parametrize(
    ("mode", "width"), [*MODES[1:3], *(pytest.param(*one, marks=pytest.mark.full) for one in MODES[::3])]
)
def test_no_violation_with_results_open(new_page: Callable[..., Page], mode: str, width: int) -> None:
    page = new_page(width, color_scheme=mode)
    page.goto("/guide/meaning/")
    if width < 600:
        page.locator("label.md-header__button[for=__search]").click()
    page.locator(BOX).fill("クレジットの無効化")
    expect(page.locator(LINK).first).to_be_visible()
    assert axe_violations(page) == []
    page.goto("/glossary/?q=むこうか")
    expect(page.locator("#glossary-found")).to_be_visible()
    assert axe_violations(page) == []


def test_it_works_under_a_path(new_page: Callable[..., Page], serve: Callable[..., str], site: Path) -> None:
    origin = serve(site, "/a/b/")
    page = new_page(origin=origin, allowed=("404",))
    page.goto(f"{origin}/a/b/glossary/")
    page.locator(BOX).fill("むこうか")
    expect(page.locator(LINK).first).to_have_attribute(
        "href", f"{origin}/a/b/glossary/?h=%E7%84%A1%E5%8A%B9%E5%8C%96#cancellation"
    )


def test_it_works_from_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "glossary" / "index.html").as_uri())
    page.locator(BOX).fill("むこうか")
    expect(page.locator(LINK).first.locator("h1")).to_have_text("無効化")
    page.locator("#glossary-search").evaluate(
        "input => { input.value = 'boundary'; input.dispatchEvent(new Event('input')) }"
    )
    expect(page.locator("[data-term]:visible").first).to_have_attribute("data-term", "boundary")
    page.close()


def test_a_site_without_index_says_so(
    new_page: Callable[..., Page], serve: Callable[..., str], site: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    file_of(copy, INDEX).unlink()
    page = new_page(origin=serve(copy), allowed=("404", "NetworkError"))
    page.goto("/glossary/")
    page.locator(BOX).click()
    expect(page.locator(META)).to_contain_text("新しい版になりました。")
    page.keyboard.press("Escape")
    page.locator("#glossary-search").fill("むこうか")
    expect(page.locator("[data-term]:visible")).to_have_count(1)


# -- glossary --


def shown(page: Page) -> list[str]:
    return page.locator("[data-term]:not([hidden])").evaluate_all("all => all.map((one) => one.dataset.term)")


def test_the_glossary_shows_the_best_first_and_counts(page: Page) -> None:
    page.goto("/glossary/")
    everything = shown(page)
    expect(page.locator("#glossary-count")).to_have_text(f"{len(everything)}語あります。")
    page.locator("#glossary-search").fill("credit")
    expect(page.locator("#glossary-found [data-term]").first).to_have_attribute("data-term", "credit")
    found = shown(page)
    assert set(found) < set(everything)
    dimmed = page.locator(".entry--less").count()
    expect(page.locator("#glossary-count")).to_contain_text(f"{len(found) - dimmed}語が見つかりました。")
    assert page.locator("#glossary-count").get_attribute("role") == "status"
    page.locator("#glossary-search").fill("")
    expect(page.locator("#glossary-count")).to_have_text(f"{len(everything)}語あります。")
    assert shown(page) == everything


def test_a_link_fills_the_glossary_and_leaves_the_box_closed(page: Page) -> None:
    page.goto("/glossary/?q=むこうか")
    expect(page.locator("#glossary-found [data-term]").first).to_have_attribute("data-term", "cancellation")
    entry = page.locator("#glossary-found [data-term]").first
    assert {"むこうか", "cancellation / retirement"} <= set(entry.locator("dd").all_inner_texts())
    expect(page.locator("#glossary-search")).to_have_value("むこうか")
    expect(page.locator("#__search")).not_to_be_checked()
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "むこうか"
    page.locator("#glossary-search").fill("JVER")
    page.wait_for_function("() => new URLSearchParams(location.search).get('q') === 'JVER'")
    page.locator("#glossary-search").fill("")
    page.wait_for_function("() => location.search === ''")


def test_the_home_page_leads_to_the_glossary_with_the_word(page: Page) -> None:
    page.goto("/")
    page.locator("#glossary-lookup").fill("むこうか")
    page.locator("#glossary-lookup").press("Enter")
    expect(page.locator("#glossary-found [data-term]").first).to_have_attribute("data-term", "cancellation")


def test_where_no_term_fits_the_nearest_and_the_whole_site_are_offered(page: Page) -> None:
    page.goto("/glossary/")
    page.locator("#glossary-search").fill("奥付")
    expect(page.locator("#glossary-count")).to_have_text("当てはまる用語はありません。")
    whole = page.get_by_role("link", name="サイト全体でさがす")
    assert shown(page) == []
    whole.click()
    expect(page.locator(LINK).first.locator("h1")).to_contain_text("奥付")
    page.goto("/glossary/?q=スマートゼツト")
    near = page.locator("#glossary-nearest a").first
    expect(near).to_have_text("スマートメーター")
    near.click()
    expect(page.locator("#smart-meter")).to_be_visible()
    expect(page.locator("#glossary-search")).to_have_value("")


def test_a_link_to_a_hidden_term_brings_the_whole_list_back(page: Page) -> None:
    page.goto("/glossary/?q=boundary")
    expect(page.locator("#glossary-found [data-term]").first).to_have_attribute("data-term", "boundary")
    page.evaluate("location.hash = '#kes'")
    expect(page.locator("#kes")).to_be_visible()
    expect(page.locator("#kes")).to_be_in_viewport()
