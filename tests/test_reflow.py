"""What readers do to a page: enlarge it, space its letters, turn the screen, ask for less motion, point with a thumb."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.pages import KINDS, read_pages

NewPage = Callable[..., Page]

# a window of 1280 × 1024 at 200 % and at 400 %: so many CSS pixels are left, each drawn larger
ZOOMS = {200: (640, 512, 2), 400: (320, 256, 4)}
# 1.4.12: lines 1.5, paragraphs 2, letters 0.12, words 0.16 times the size of the letters
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
# words that a box cuts off, unless they are hidden on purpose; what scrolls may be scrolled to
CUT = """() => [...document.querySelectorAll("body *")].flatMap((part) => {
  const own = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const unseen = ".unseen, .md-visually-hidden, .arrow__ends, svg, option, textarea, .md-search, .md-sidebar, [hidden], .md-header__topic";
  if (!own || part.closest(unseen) || !part.checkVisibility({ visibilityProperty: true })) return [];
  const range = document.createRange();
  range.selectNodeContents(part);
  const words = range.getBoundingClientRect();
  for (let box = part; box !== document.body; box = box.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(box);
    const edge = box.getBoundingClientRect();
    const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
    if (cuts(overflowX) && (words.right > edge.right + 1 || words.left < edge.left - 1)
      || cuts(overflowY) && (words.bottom > edge.bottom + 1 || words.top < edge.top - 1))
      return [`${part.localName} ${part.textContent.trim().slice(0, 30)}`];
  }
  return [];
})"""
# what is wider than the window and can neither be scrolled in a box of its own nor reached there by keyboard
BEYOND = """() => {
  const wide = document.documentElement.scrollWidth;
  const page = wide > innerWidth ? [`the page is ${wide} wide`] : [];
  const boxes = [...document.querySelectorAll("body *")].filter((box) =>
    box.scrollWidth > box.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(box).overflowX)
    && box.checkVisibility({ visibilityProperty: true }) && box.clientWidth);
  const stuck = boxes.filter((box) => box.tabIndex < 0 && !box.querySelector("a, button, input, select, [tabindex='0']"));
  return [...page, ...stuck.map((box) => `no keyboard scrolls ${box.className} ${box.textContent.trim().slice(0, 30)}`)];
}"""
MOVES = """() => [...document.querySelectorAll("*")].flatMap((part) => [null, "::before", "::after"].flatMap((kind) => {
  const style = getComputedStyle(part, kind);
  const longer = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  const moves = longer(style.transitionDuration) || (style.animationName !== "none" && longer(style.animationDuration));
  return moves || style.scrollBehavior === "smooth" ? [`${part.localName} ${part.className}${kind ?? ""}`] : [];
}))"""
# links in sentences and lists of words are as high as their line: 2.5.8 leaves them out
SMALL = """() => [...document.querySelectorAll("button, input, select, textarea, summary, [role=button], main a")].flatMap((one) => {
  const box = one.getBoundingClientRect();
  const inline = one.localName === "a" && getComputedStyle(one).display === "inline";
  if (inline || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !box.width) return [];
  return box.width < 24 || box.height < 24 ? [`${one.localName} ${one.name ?? ""} ${box.width}×${box.height}`] : [];
})"""


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def gather(page: Page, addresses: list[str], *scripts: str) -> None:
    """Run the scripts on each page; fail with all that the last one tells."""
    found = []
    for address in addresses:
        told: Any = None
        opened(page, address)
        for script in scripts:
            told = page.evaluate(script)
        found += [f"{address}: {line}" for line in told]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture(scope="module")
def every(site: Path) -> list[str]:
    """All addresses of the site."""
    return list(read_pages(site))


def zoomed(new_page: NewPage, zoom: int) -> Page:
    width, height, scale = ZOOMS[zoom]
    return new_page(width, height, device_scale_factor=scale, reduced_motion="reduce", allowed=("404",))


@pytest.mark.parametrize("zoom", ZOOMS)
def test_an_enlarged_page_needs_no_scrolling_sideways(new_page: NewPage, zoom: int) -> None:
    gather(zoomed(new_page, zoom), KINDS[zoom // 200 - 1 :: 2], BEYOND)


@pytest.mark.full
@pytest.mark.parametrize("zoom", ZOOMS)
def test_every_enlarged_page_needs_no_scrolling_sideways(new_page: NewPage, every: list[str], zoom: int) -> None:
    gather(zoomed(new_page, zoom), every, BEYOND)


@pytest.mark.full
@pytest.mark.parametrize("zoom", ZOOMS)
def test_no_words_are_cut_off_when_a_page_is_enlarged(new_page: NewPage, every: list[str], zoom: int) -> None:
    gather(zoomed(new_page, zoom), every, CUT)


@pytest.mark.full
@pytest.mark.parametrize("width", [1280, 375])
def test_no_words_are_cut_off_when_only_letters_are_twice_as_large(new_page: NewPage, width: int) -> None:
    larger = "() => { const s = new CSSStyleSheet(); s.replaceSync('html { font-size: 250% }'); document.adoptedStyleSheets = [s] }"
    gather(new_page(width, reduced_motion="reduce", allowed=("404",)), KINDS, larger, CUT)


def test_spaced_letters_are_not_cut_off(new_page: NewPage) -> None:
    gather(new_page(375, reduced_motion="reduce", allowed=("404",)), KINDS[::3], SPACED, CUT)


@pytest.mark.full
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_spaced_letters_of_every_page_are_not_cut_off(new_page: NewPage, every: list[str], width: int) -> None:
    gather(new_page(width, reduced_motion="reduce", allowed=("404",)), every, SPACED, CUT)


@pytest.mark.full
@pytest.mark.parametrize("width", [375, 320])
def test_spaced_letters_make_no_page_wider(new_page: NewPage, every: list[str], width: int) -> None:
    gather(new_page(width, reduced_motion="reduce", allowed=("404",)), every, SPACED, BEYOND)


def test_nothing_moves_for_readers_who_ask_for_less_motion(new_page: NewPage) -> None:
    gather(new_page(reduced_motion="reduce", allowed=("404",)), ["/", "/calculators/event/", "/embed/event/"], MOVES)


@pytest.mark.full
def test_nothing_moves_on_any_page(new_page: NewPage, every: list[str]) -> None:
    gather(new_page(reduced_motion="reduce", allowed=("404",)), every, MOVES)


@pytest.mark.parametrize("width", [1280, 375])
def test_what_one_points_at_is_large_enough(new_page: NewPage, width: int) -> None:
    tools = [
        "/methods/",
        "/cases/",
        "/precedents/",
        "/glossary/",
        "/calculators/joint-purchase/",
        "/embed/",
        "/embed/event/",
    ]
    gather(new_page(width), tools, SMALL)


@pytest.mark.full
@pytest.mark.parametrize("width", [1280, 375])
def test_what_one_points_at_is_large_enough_on_every_page(new_page: NewPage, every: list[str], width: int) -> None:
    gather(new_page(width, allowed=("404",)), every, SMALL)


def test_a_screen_held_either_way_shows_the_same(new_page: NewPage) -> None:
    page = new_page(375, 812, reduced_motion="reduce")
    words = []
    for size in [(375, 812), (812, 375)]:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        words.append("".join(opened(page, "/methods/a1/").locator("article").inner_text().split()))
    assert words[0] == words[1]


BAD = """<button name="b">あ</button><p class="cut">ながいことば</p><p class="wide">ながいことば</p><style>
button { width: 9px; height: 9px; padding: 0; transition: width 1s } .cut { width: 2em; overflow: hidden; white-space: nowrap }
.wide { width: 2em; overflow: auto; white-space: nowrap }</style>"""


def test_what_is_wrong_is_found(page: Page) -> None:
    page.set_content(f'<!doctype html><html lang="ja"><title>題</title><main>{BAD}</main></html>')
    assert page.evaluate(SMALL) == ["button b 9×9"]
    assert page.evaluate(CUT) == ["p ながいことば"]
    assert page.evaluate(BEYOND) == ["no keyboard scrolls wide ながいことば"]
    assert page.evaluate(MOVES) == ["button "]
