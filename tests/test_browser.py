"""What a reader meets in a browser: filters, chooser, glossary, keyboard, print, colours, no JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.loading.guide import Guide
from macros.models import Method, Question, Term
from tests.browser import Watch
from tests.pages import KINDS, path_of

WIDTHS = (1280, 375, 320)  # 320 is what WCAG 1.4.10 asks for
FOCUS_ON_GREEN = "rgb(255, 215, 94)"
DARK_GROUND = "rgb(22, 28, 26)"

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def addresses(site: Path) -> list[str]:
    """Every page of the site, from its root."""
    folders = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted("/" if folder == "." else f"/{folder}/" for folder in folders)


def opened(page: Page, address: str) -> Page:
    response = page.goto(address)
    assert response is not None
    assert response.ok, address
    return page


# -- home -------------------------------------------------------------------------------------


def test_home_has_one_heading_and_its_tasks_lead_to_pages(page: Page, guide: Guide) -> None:
    expect(opened(page, "/").locator("h1")).to_have_count(1)
    doors = page.locator(".cards--tasks a")
    targets = [link.evaluate("link => link.href") for link in doors.all()]
    assert len(targets) == len(guide.tasks)
    for target in targets:
        opened(page, target)
        expect(page.locator("h1")).to_be_visible()


def test_home_asks_the_glossary(page: Page) -> None:
    opened(page, "/").locator("#glossary-lookup").fill("むこうか")
    page.get_by_role("button", name="用語集でさがす").click()
    expect(page).to_have_url(re.compile(f"/glossary/\\?q={quote('むこうか')}$"))
    expect(page.locator("#cancellation")).to_be_visible()


# -- widths -----------------------------------------------------------------------------------


@pytest.fixture
def still(new_page: NewPage) -> Page:
    """A page without transitions, to be measured at once after its width changes."""
    return new_page(reduced_motion="reduce", allowed=("404",))


def check_widths(page: Page, addresses: list[str]) -> None:
    """Open each page and turn it to every width; fail with what is wider than its window."""
    wide = []
    for address in addresses:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            needed = page.evaluate("document.documentElement.scrollWidth")
            wide += [f"{address}: {needed} in {width}"] if needed > width else []
    assert wide == []


def test_a_page_of_each_kind_is_not_wider_than_its_window(still: Page) -> None:
    check_widths(still, KINDS)


@pytest.mark.full
def test_no_page_is_wider_than_its_window(still: Page, addresses: list[str]) -> None:
    check_widths(still, addresses)


TIPS_OUTSIDE = """() => [...document.querySelectorAll(".term > a")].filter((link) => link.checkVisibility()).flatMap((link) => {
  link.blur();
  link.focus();
  const box = link.parentElement.querySelector(".term__tip")?.getBoundingClientRect();
  const inside = !box || (box.width > 0 && box.left >= 0 && box.right <= document.documentElement.clientWidth);
  return inside ? [] : [`${link.textContent} ${box.left}–${box.right}`];
})"""


def check_definitions(page: Page, addresses: list[str]) -> None:
    """Open the definition of each term at every width; fail with those that leave the window."""
    outside = []
    for address in addresses:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            outside += [f"{address} in {width}: {tip}" for tip in page.evaluate(TIPS_OUTSIDE)]
    assert outside == []


def test_definitions_on_a_page_of_each_kind_open_inside_the_window(still: Page) -> None:
    check_definitions(still, KINDS)


@pytest.mark.full
def test_definitions_of_terms_open_inside_the_window(still: Page, addresses: list[str]) -> None:
    check_definitions(still, addresses)


# -- cases ------------------------------------------------------------------------------------


def shown_cases(page: Page) -> set[str]:
    return {case.get_attribute("id") or "" for case in page.locator("[data-case]:visible").all()}


def wanted_cases(guide: Guide, name: str, value: str) -> set[str]:
    """The cases that a choice of the filter leaves, told from the data."""
    held = {
        "method": lambda case: [tie.ref for tie in case.methods],
        "kind": lambda case: [case.kind],
        "place": lambda case: case.places,
        "year": lambda case: [(case.year or "")[:4]],
    }[name]
    return {case.id for case in guide.cases if value in held(case)}


FILTERS = [("method", "a1"), ("kind", "partnership"), ("place", "京都市"), ("year", "2011")]


def test_the_filter_leaves_the_cases_of_a_choice(page: Page, guide: Guide) -> None:
    opened(page, "/cases/")
    for name, value in FILTERS:
        page.locator(f"#filter-{name}").select_option(value)
        wanted = wanted_cases(guide, name, value)
        assert 0 < len(wanted) < len(guide.cases)
        expect(page.get_by_role("status").first).to_have_text(
            f"{len(guide.cases)}件のうち{len(wanted)}件を表示しています。"
        )
        assert shown_cases(page) == wanted
        page.locator(f"#filter-{name}").select_option("")


def test_two_choices_leave_what_fits_both(page: Page, guide: Guide) -> None:
    opened(page, "/cases/").locator("#filter-method").select_option("a1")
    page.locator("#filter-year").select_option("2011")
    assert shown_cases(page) == wanted_cases(guide, "method", "a1") & wanted_cases(guide, "year", "2011")


def test_the_address_keeps_the_choice_and_opens_with_it(page: Page, guide: Guide) -> None:
    opened(page, "/cases/").locator("#filter-method").select_option("a1")
    expect(page).to_have_url(re.compile(r"/cases/\?method=a1$"))
    opened(page, page.url)
    assert shown_cases(page) == wanted_cases(guide, "method", "a1")
    expect(page.locator("#filter-method")).to_have_value("a1")


def test_a_choice_in_the_address_that_is_none_is_ignored(page: Page, guide: Guide) -> None:
    opened(page, "/cases/?method=z9&colour=red")
    assert len(shown_cases(page)) == len(guide.cases)


def test_clearing_the_filter_brings_every_case_back(page: Page, guide: Guide) -> None:
    opened(page, "/cases/?method=a1&year=2011").get_by_role("button", name="条件を消す").click()
    expect(page.locator("[data-case]:visible")).to_have_count(len(guide.cases))
    expect(page).to_have_url(re.compile(r"/cases/$"))


# -- chooser ----------------------------------------------------------------------------------


def fitting(questions: list[Question], methods: list[Method], answers: dict[str, str]) -> list[str]:
    """The methods that all answers leave, in the order of the guidebook."""
    left = [method.id for method in methods]
    for question in questions:
        for choice in question.choices:
            if answers.get(question.id) == choice.id:
                left = [name for name in left if name in choice.methods]
    return left


def answer(page: Page, answers: dict[str, str]) -> None:
    for question, choice in answers.items():
        page.locator(f"#{question}-{choice}").check()


def shown_methods(page: Page) -> list[str]:
    return [card.get_attribute("data-method") or "" for card in page.locator("[data-method]:visible").all()]


def chooser_status(page: Page) -> Locator:
    return page.locator("[data-chooser-status]")


def contradiction(guide: Guide) -> dict[str, str]:
    """Answers to the first two questions that no method fits."""
    first, second, *_ = guide.chooser
    return next(
        answers
        for one in first.choices
        for other in second.choices
        if not fitting(guide.chooser, guide.methods, answers := {first.id: one.id, second.id: other.id})
    )


ANSWERS = [{"role": "own"}, {"role": "supply", "activity": "forest"}, {"emissions": "business", "partner": "pair"}]


def test_answers_lead_to_the_methods_that_all_of_them_leave(page: Page, guide: Guide) -> None:
    for answers in ANSWERS:
        answer(opened(page, "/methods/"), answers)
        wanted = fitting(guide.chooser, guide.methods, answers)
        assert 0 < len(wanted) < len(guide.methods)
        expect(chooser_status(page)).to_have_text(f"合う方法は{len(wanted)}件です。")
        assert shown_methods(page) == wanted


def test_answers_that_no_method_fits_say_so(page: Page, guide: Guide) -> None:
    answer(opened(page, "/methods/"), contradiction(guide))
    assert shown_methods(page) == []
    expect(chooser_status(page)).to_contain_text("合う方法はありません")
    expect(chooser_status(page)).to_be_visible()


def test_clearing_the_answers_hides_the_result(page: Page) -> None:
    answer(opened(page, "/methods/"), {"role": "own"})
    page.get_by_role("button", name="答えを消す").click()
    expect(page.locator("[data-chooser-result]")).to_be_hidden()
    expect(page.locator(".chooser input:checked")).to_have_count(0)


def test_the_chooser_works_by_keyboard(page: Page, guide: Guide) -> None:
    question = guide.chooser[0]
    opened(page, "/methods/").locator(f"#{question.id}-{question.choices[0].id}").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#{question.id}-{question.choices[1].id}")).to_be_checked()
    assert shown_methods(page) == fitting(guide.chooser, guide.methods, {question.id: question.choices[1].id})


# -- glossary ---------------------------------------------------------------------------------


def names(term: Term) -> str:
    return " ".join(filter(None, [term.term, term.reading, term.english, *term.aliases]))


def shown_terms(page: Page) -> set[str]:
    # the index is loaded and asked at the first letter; then the count is told anew
    expect(page.locator("#glossary-count")).to_have_text(re.compile("見つかりました|当てはまる用語はありません"))
    return set(page.locator("[data-term]:visible").evaluate_all("all => all.map((one) => one.dataset.term)"))


def test_typing_a_reading_leaves_the_terms_read_so(page: Page, guide: Guide) -> None:
    opened(page, "/glossary/").locator("input#glossary-search").fill("むこうか")
    wanted = {term.id for term in guide.glossary if "むこうか" in names(term)}
    assert "cancellation" in wanted
    assert shown_terms(page) == wanted
    expect(page.locator("#glossary-count")).to_have_text(f"{len(wanted)}語が見つかりました。")


@pytest.mark.parametrize(
    ("typed", "wanted"), [("BOUNDARY", "boundary"), ("ばうんだり", "boundary"), ("ｸﾚｼﾞｯﾄ", "credit"), ("ＣＯ２", "ghg")]
)
def test_width_case_and_kana_make_no_difference(page: Page, typed: str, wanted: str) -> None:
    opened(page, "/glossary/").locator("input#glossary-search").fill(typed)
    assert wanted in shown_terms(page)


def test_the_glossary_opens_with_the_question_in_its_address(page: Page) -> None:
    opened(page, f"/glossary/?q={quote('無効化')}")
    expect(page).to_have_url(re.compile(f"/glossary/\\?q={quote('無効化')}$"))
    expect(page.locator("input#glossary-search")).to_have_value("無効化")
    expect(page.locator("#cancellation")).to_be_visible()
    expect(page.locator("#boundary")).to_be_hidden()
    expect(page.locator(".md-search__output")).to_be_hidden()  # not Material's own search


def test_a_word_the_glossary_lacks_says_so(page: Page) -> None:
    opened(page, "/glossary/").locator("input#glossary-search").fill("ないことば")
    assert shown_terms(page) == set()
    expect(page.locator(".glossary__row:visible")).to_have_count(0)
    expect(page.locator("#glossary-count")).to_contain_text("当てはまる用語はありません")


def test_emptying_the_field_brings_every_term_back(page: Page, guide: Guide) -> None:
    field = opened(page, "/glossary/?q=x").locator("input#glossary-search")
    field.fill("")
    expect(page.locator("[data-term]:visible")).to_have_count(len(guide.glossary))
    expect(page.locator("#glossary-count")).to_have_text(f"{len(guide.glossary)}語あります。")
    expect(page).to_have_url(re.compile(r"/glossary/$"))


# -- terms in texts -----------------------------------------------------------------------------


@pytest.fixture
def term(page: Page) -> Locator:
    """The first marked term of a method's page."""
    return opened(page, "/methods/a1/").locator(".term").first


def test_a_term_is_described_by_its_definition(term: Locator, guide: Guide) -> None:
    link = term.get_by_role("link")
    entry = next(one for one in guide.glossary if one.id == urlsplit(link.get_attribute("href") or "").fragment)
    expect(link).to_have_accessible_description(entry.short or "")


def test_a_definition_shows_on_focus_and_closes_with_escape(page: Page, term: Locator) -> None:
    tip = term.get_by_role("tooltip", include_hidden=True)
    expect(tip).to_be_hidden()
    term.get_by_role("link").focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(term.get_by_role("link")).to_be_focused()


def test_a_definition_stays_while_the_pointer_is_on_it(page: Page, term: Locator) -> None:
    tip = term.get_by_role("tooltip", include_hidden=True)
    term.get_by_role("link").hover()
    expect(tip).to_be_visible()
    tip.hover()
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()


def test_a_term_leads_to_its_entry(page: Page, term: Locator) -> None:
    link = term.get_by_role("link")
    anchor = urlsplit(link.get_attribute("href") or "").fragment
    link.click()
    expect(page).to_have_url(re.compile(f"/glossary/#{anchor}$"))
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


# -- keyboard and colours -------------------------------------------------------------------------


def test_the_skip_link_comes_first_and_leads_past_the_header(page: Page) -> None:
    opened(page, "/methods/a1/")
    page.keyboard.press("Tab")
    skip = page.locator("a.md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    target = urlsplit(skip.get_attribute("href") or "").fragment
    assert page.locator(f"article #{target}").count() == 1


@pytest.mark.parametrize(
    ("selector", "ring"),
    [
        (".md-header .md-logo", ".md-header .md-logo"),
        ("#__palette_0", "#__palette_0 + label"),
        (".md-tabs__link", ".md-tabs__link"),
        (".md-footer__link", ".md-footer__link"),
    ],
)
def test_the_focus_is_seen_on_dark_green(page: Page, selector: str, ring: str) -> None:
    opened(page, "/methods/a1/")
    page.keyboard.press("Tab")  # from here on the focus is one of the keyboard
    page.locator(selector).first.focus()
    expect(page.locator(ring).first).to_have_css("outline-color", FOCUS_ON_GREEN)


def test_the_menu_of_a_narrow_window_opens_by_keyboard(new_page: NewPage) -> None:
    page = opened(new_page(width=375), "/methods/a1/")
    menu, link = page.get_by_role("button", name="メニュー"), page.locator(".md-sidebar--primary a").first
    expect(link).to_be_hidden()
    menu.focus()
    page.keyboard.press("Space")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(menu).to_be_focused()


def test_no_key_of_one_letter_does_anything_but_search(page: Page) -> None:
    """WCAG 2.1.4: who speaks to the computer would set them off."""
    opened(page, "/methods/a1/")
    for letter in "fp,n.":
        page.keyboard.press(letter)
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page).to_have_url(re.compile("/methods/a1/$"))


@pytest.mark.parametrize("key", ["/", "s"])
def test_two_keys_open_the_search_and_can_be_switched_off(page: Page, key: str) -> None:
    box = page.locator("[data-md-component=search-query]")
    opened(page, "/methods/a1/")
    page.keyboard.press(key)
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.press(key)
    expect(box).to_have_value(key)  # in a field it is a letter
    opened(page, "/methods/a1/")
    for held in ("Alt", "Control"):
        page.keyboard.press(f"{held}+{key}")
    expect(page.locator("#__search")).not_to_be_checked()
    opened(page, "/about/accessibility/").get_by_label("キーで検索の欄を開く").uncheck()
    opened(page, "/methods/a1/")
    page.keyboard.press(key)
    expect(page.locator("#__search")).not_to_be_checked()
    opened(page, "/about/accessibility/").get_by_label("キーで検索の欄を開く").check()
    opened(page, "/methods/a1/")
    page.keyboard.press(key)
    expect(box).to_be_focused()


def test_a_reader_who_prefers_dark_gets_dark(new_page: NewPage) -> None:
    page = opened(new_page(color_scheme="dark"), "/guide/meaning/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.locator("body")).to_have_css("background-color", DARK_GROUND)


def test_the_colours_change_by_keyboard(page: Page) -> None:
    opened(page, "/guide/meaning/").get_by_role("radio", name="暗い配色に切り替える").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.keyboard.press("ArrowRight")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


MOVING = """() => [...document.querySelectorAll("*")].flatMap((node) => ["", "::before", "::after"].map((part) => {
  const style = getComputedStyle(node, part || null);
  const moves = style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0)
    || style.animationName !== "none" || style.scrollBehavior !== "auto";
  return moves ? `${node.tagName}.${node.className}${part}` : null;
})).filter(Boolean)"""


@pytest.mark.parametrize("address", ["/", "/methods/", "/glossary/"])
def test_nothing_moves_for_a_reader_who_asks_so(new_page: NewPage, address: str) -> None:
    assert opened(new_page(reduced_motion="reduce"), address).evaluate(MOVING) == []


# -- print ----------------------------------------------------------------------------------------


def test_print_shows_the_text_without_the_sites_frame(page: Page) -> None:
    opened(page, "/methods/a1/").emulate_media(media="print")
    for selector in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer__inner", ".headerlink", ".term__tip"):
        assert page.locator(f"{selector}:visible").count() == 0, selector
    for selector in ("h1", ".source", ".fig--relation", ".fig--flow", ".today"):
        expect(page.locator(selector).first).to_be_visible()


def test_print_of_the_comparison_fits_the_paper(new_page: NewPage) -> None:
    page = opened(new_page(width=673), "/methods/")  # A4 less its margins, in CSS pixels
    page.emulate_media(media="print")
    tables = page.locator(".table--wide").evaluate_all("all => all.map((box) => [box.scrollWidth, box.clientWidth])")
    assert tables
    assert all(wide <= room for wide, room in tables)


def test_print_in_dark_mode_is_dark_on_white(new_page: NewPage) -> None:
    page = opened(new_page(color_scheme="dark"), "/methods/a1/")
    page.emulate_media(media="print", color_scheme="dark")
    lightness = page.locator("article p").first.evaluate(
        "p => getComputedStyle(p).color.match(/[0-9.]+/g).slice(0, 3).map(Number).reduce((a, b) => a + b)"
    )
    assert lightness < 300


# -- without JavaScript -----------------------------------------------------------------------------


@pytest.fixture
def plain(new_page: NewPage) -> Page:
    """A page in a browser that runs no JavaScript."""
    return new_page(javascript=False)


def test_without_javascript_no_page_is_empty(plain: Page, addresses: list[str]) -> None:
    sizes = {
        address: len(opened(plain, address).locator("article.md-content__inner, .alone main").inner_text())
        for address in addresses
    }
    assert {address: size for address, size in sizes.items() if size < 300} == {}


def test_without_javascript_every_case_is_there_and_no_filter(plain: Page, guide: Guide) -> None:
    expect(opened(plain, "/cases/").locator("[data-case]:visible")).to_have_count(len(guide.cases))
    expect(plain.locator("[data-filter]")).to_be_hidden()


def test_without_javascript_each_answer_names_its_methods(plain: Page, guide: Guide) -> None:
    opened(plain, "/methods/")
    expect(plain.locator("[data-chooser-result]")).to_be_hidden()
    shown = [
        [link.inner_text().lower() for link in choice.locator("a").all()]
        for choice in plain.locator(".chooser__methods:visible").all()
    ]
    every = [method.id for method in guide.methods]
    wanted = [choice.methods for question in guide.chooser for choice in question.choices]
    assert shown == [[] if sorted(methods) == every else methods for methods in wanted]


def test_without_javascript_the_glossary_is_whole(plain: Page, guide: Guide) -> None:
    expect(opened(plain, "/glossary/").locator("[data-term]:visible")).to_have_count(len(guide.glossary))


def test_without_javascript_a_term_shows_its_definition(plain: Page) -> None:
    term = opened(plain, "/methods/a1/").locator(".term").first
    term.get_by_role("link").focus()
    expect(term.get_by_role("tooltip")).to_be_visible()


@pytest.mark.parametrize(
    ("address", "selector"),
    [
        ("/methods/c1/", ".fig--relation .node"),
        ("/methods/c1/", ".flow__step"),
        ("/report/surveys/", "svg.chart__bar rect"),
        ("/guide/elements/", ".steps__item"),
    ],
)
def test_without_javascript_figures_and_charts_are_drawn(plain: Page, address: str, selector: str) -> None:
    expect(opened(plain, address).locator(selector).first).to_be_visible()


# -- what is missing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/none/", "/methods/z9/", "/data.json"])
def test_a_missing_page_answers_404_in_japanese(
    new_page: NewPage, serve: Callable[..., str], site: Path, address: str
) -> None:
    """At the path that the site was built for: from anywhere, this page can only name that."""
    base = path_of(site)
    page = new_page(origin=serve(site, base), allowed=("404",))
    response = page.goto(f"{base}{address.removeprefix('/')}")
    assert response is not None
    assert response.status == 404
    expect(page.locator("h1")).to_have_text("ページが見つかりません")
    opened(page, page.get_by_role("main").get_by_role("link", name="用語集").evaluate("link => link.href"))


# -- the tests' own watch: a page that misbehaves is found out -------------------------------------------

PAGE = """<!doctype html><html lang="ja"><title>題</title><main><h1>題</h1>{}</main></html>"""


def watched(browser: Browser, origin: str, allowed: tuple[str, ...] = ()) -> list[str]:
    page = browser.new_page()
    watch = Watch(origin, allowed)
    watch.follow(page)
    page.goto(origin)
    page.wait_for_load_state("networkidle")
    page.close()
    return watch.problems


def page_with(tmp_path: Path, body: str) -> Path:
    (tmp_path / "index.html").write_text(PAGE.format(body), encoding="utf-8")
    (tmp_path / "favicon.ico").touch()
    return tmp_path


def test_a_good_page_has_no_problem(browser: Browser, serve: Callable[..., str], tmp_path: Path) -> None:
    assert watched(browser, serve(page_with(tmp_path, "<p>文</p>"))) == []


def test_errors_and_requests_to_another_origin_are_recorded(
    browser: Browser, serve: Callable[..., str], tmp_path: Path
) -> None:
    body = """<img alt="" src="http://other.example/a.png"><img alt="" src="/none.png">
    <script>console.error("だめ"); missing()</script>"""
    problems = "\n".join(watched(browser, serve(page_with(tmp_path, body))))
    assert "request to another origin: http://other.example/a.png" in problems
    assert "console: だめ" in problems
    assert "404" in problems
    assert "script error: missing is not defined" in problems


def test_what_a_test_expects_is_let_through(browser: Browser, serve: Callable[..., str], tmp_path: Path) -> None:
    body = '<script>console.error("だめ")</script>'
    assert watched(browser, serve(page_with(tmp_path, body)), ("だめ",)) == []
