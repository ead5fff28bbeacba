"""`/answers/` answers what officers are asked: each sentence with its grounds, found by everyday words in two actions."""

import io
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.loading.due import overdue_answers
from macros.loading.guide import Guide
from macros.models.answers import Answer
from macros.rendering import Renderer
from tests.pages import BuiltPage, read_pages

OLD = ("guide:", "report:", "glossary:", "cases:", "surveys:", "remarks:")
NEW = ("changes:", "buying:", "offers:", "calculators:", "precedents:")
# what people type, and the answer it must lead to
ASKED = [
    ("税金を使う意味", "why-municipality"),
    ("買うだけではだめか", "why-reduce-first"),
    ("グリーンウォッシュ", "greenwashing"),
    ("どの方法がよいか", "which-method"),
    ("J-VERはどうなった", "j-ver"),
    ("グリーン電力証書でもよいか", "not-a-credit"),
    ("森林クレジットがよいか", "forest-or-solar"),
    ("二重計上", "double-claim"),
    ("どこで買える", "where-to-buy"),
    ("1トンから買えるか", "small-amount"),
    ("いつ買うか", "before-or-after"),
    ("中止になったら", "cancelled"),
    ("仕様書", "specification"),
    ("起案", "approval"),
    ("証明書", "proof"),
    ("広報に何を書く", "what-to-publish"),
    ("議会 答弁 カーボンニュートラル", "carbon-neutral"),
    ("事務事業編から引けるか", "office-plan"),
    ("1トンいくら", "price"),
    ("財源", "who-pays"),
    ("税込か税抜か", "tax"),
    ("子ども向けの説明", "children"),
    ("商店街", "shops"),
    ("英語で説明", "english"),
]
# the height of the theme's bar, which covers the top of the window
BAR = 48


@pytest.fixture(scope="module")
def answers(site: Path) -> BuiltPage:
    return read_pages(site)["/answers/"]


# -- data ------------------------------------------------------------------------------------------


def test_there_are_24_questions(guide: Guide) -> None:
    assert len(guide.answers) >= 24
    assert {answer for _, answer in ASKED} <= {answer.id for answer in guide.answers}


def test_an_answer_takes_half_a_minute(guide: Guide) -> None:
    """About 340 letters are read aloud in a minute."""
    long = {answer.id: sum(len(one.text) for one in answer.short) for answer in guide.answers}
    assert {name: letters for name, letters in long.items() if letters > 170} == {}


def test_then_rests_on_the_sources_and_now_on_what_was_looked_up(guide: Guide) -> None:
    for answer in guide.answers:
        assert all(name.startswith(OLD) for said in answer.then for name in said.grounds), answer.id
        for said in answer.now:
            assert any(name.startswith(NEW) for name in said.grounds), said.text


def test_nothing_said_to_be_open_is_told_as_sure(guide: Guide) -> None:
    """An answer that rests on what is not known says so."""
    changes = {f"changes:{change.id}": change for change in guide.changes}
    silent = [answer.id for answer in guide.answers if not answer.unconfirmed]
    open_points = {
        answer.id
        for answer in guide.answers
        for said in answer.now
        for name in said.grounds
        if name in changes and changes[name].unconfirmed
    }
    assert [name for name in silent if name in open_points] == []


def test_every_question_has_words_of_its_own(guide: Guide) -> None:
    words = [ask for answer in guide.answers for ask in answer.asks]
    assert len(words) == len(set(words))
    assert all(len(answer.asks) >= 4 for answer in guide.answers)
    # a term is found by its own name first
    assert [
        ask for ask in words if ask in {name for term in guide.glossary for name in (term.term, *term.aliases)}
    ] == []


@pytest.mark.parametrize(("today", "late"), [("2027-05-31", False), ("2027-06-01", True)])
def test_answers_are_due_one_day(guide: Guide, today: str, late: bool) -> None:
    assert any("answers.yml  price: いくらかかりますか" in line for line in overdue_answers(guide, today)) is late
    assert len(overdue_answers(guide, "2999-01-01")) == len(guide.answers)


# -- the page --------------------------------------------------------------------------------------


def test_every_sentence_links_its_grounds(answers: BuiltPage, guide: Guide) -> None:
    renderer = Renderer(guide)
    for answer in guide.answers:
        shown = answers.tree.css(f"details#{answer.id} [data-said]")
        assert len(shown) == len(answer.said), answer.id
        for said, sentence in zip(answer.said, shown, strict=True):
            links = [link.attributes["href"] for link in sentence.css("a.answer__mark")]
            wanted = [renderer.ground(name).address for name in said.grounds]
            assert [link.removeprefix("..") for link in links] == wanted, said.text


def test_every_ground_stands_where_its_link_leads(site: Path, guide: Guide) -> None:
    pages, renderer = read_pages(site), Renderer(guide)
    for name in {name for answer in guide.answers for said in answer.said for name in said.grounds}:
        address, _, anchor = renderer.ground(name).address.partition("#")
        assert address in pages, name
        assert not anchor or pages[address].tree.css_first(f"[id='{anchor}']") is not None, name


def test_grades_and_dates_stand_in_the_list_of_grounds(answers: BuiltPage) -> None:
    told = answers.tree.css_first("details#where-to-buy .answer__grounds").text()
    assert "確度 A′" in told
    assert "2023年5月（第14回の入札販売）" in told


def test_pages_on_the_same_thing_lead_to_the_answers(site: Path) -> None:
    pages = read_pages(site)
    for address in ("/buying/", "/methods/a1/", "/glossary/"):
        hrefs = [link.attributes.get("href", "") for link in pages[address].tree.css("article a")]
        assert [href for href in hrefs if "answers/#" in href], address


def test_the_open_data_hold_every_answer(site: Path, guide: Guide) -> None:
    records = json.loads((site / "data" / "answers.json").read_text(encoding="utf-8"))["records"]
    assert [one["address"] for one in records] == [f"answers/#{answer.id}" for answer in guide.answers]
    assert all(said["grounds"] for one in records for said in one["short"])


# -- two actions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [375, pytest.param(1280, marks=pytest.mark.full)])
def test_everyday_words_reach_the_answer_in_two_actions(new_page: Callable[..., Page], width: int) -> None:
    """Words typed on the home page, and a result among those in view that opens the answer."""
    page = new_page(width=width, height=812)
    page.goto("/")
    if width < 1220:
        page.click("label.md-header__button[for=__search]")
    found = {}
    for words, name in ASKED:
        page.fill("[data-md-component=search-query]", "")
        expect(page.locator(".md-search-result__item")).to_have_count(0)
        page.fill("[data-md-component=search-query]", words)
        link = page.locator(f".md-search-result__link[href*='answers/'][href$='#{name}']").first
        expect(link, words).to_be_visible()
        link.click(trial=True)
        found[name] = link.evaluate("link => link.href")
    for name, address in found.items():
        page.goto(address)
        expect(page.locator(f"details#{name}[open] .answer__short")).to_be_visible()


@pytest.mark.parametrize(("width", "javascript"), [(375, True), (1280, False)])
def test_the_home_page_leads_to_every_question(new_page: Callable[..., Page], width: int, javascript: bool) -> None:
    page = new_page(width=width, javascript=javascript)
    page.goto("/")
    page.click("article a.card__link[href*='answers/']")
    questions = page.locator("[data-answer] > summary")
    for number in range(questions.count()):
        assert questions.nth(number).is_visible()
    questions.nth(3).click()
    expect(page.locator("[data-answer]").nth(3).locator(".answer__short")).to_be_visible()


# -- a screen, a sheet, a link ---------------------------------------------------------------------


def test_an_answer_fits_a_screen_of_a_phone(new_page: Callable[..., Page], guide: Guide) -> None:
    page = new_page(width=375, height=812)
    page.goto("/answers/")
    heights = {}
    for answer in guide.answers:
        page.click(f"#{answer.id} > summary")
        heights[answer.id] = page.locator(f"#{answer.id}").bounding_box()["height"]
        page.click(f"#{answer.id} > summary")
    assert {name: height for name, height in heights.items() if height > 812 - BAR} == {}


def test_an_answer_that_a_link_leads_to_fits_a_screen_too(new_page: Callable[..., Page], guide: Guide) -> None:
    """Who comes from the search sees the answer, its grounds still folded."""
    page = new_page(width=375, height=812)
    heights = {}
    for answer in guide.answers[::4]:
        page.goto("/about/")
        page.goto(f"/answers/#{answer.id}")
        page.wait_for_function("id => document.getElementById(id).open", arg=answer.id)
        assert not page.locator(f"#{answer.id} .answer__grounds").evaluate("one => one.open")
        heights[answer.id] = page.locator(f"#{answer.id}").bounding_box()["height"]
    assert {name: height for name, height in heights.items() if height > 812 - BAR} == {}


def check_sheets(page: Page, answers: list[Answer]) -> None:
    """Print answers alone; fail with those that take more than a sheet or lack what it must carry."""
    page.goto("/answers/")
    sheets = {}
    for answer in answers:
        page.evaluate(
            """(id) => {
              document.documentElement.classList.add("print-one");
              document.querySelectorAll(".answer--print").forEach((one) => one.classList.remove("answer--print"));
              const answer = document.getElementById(id);
              answer.open = true;
              answer.classList.add("answer--print");
              dispatchEvent(new Event("beforeprint"));
            }""",
            answer.id,
        )
        pages = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
        # fonts give some letters the codes of radicals
        text = unicodedata.normalize("NFKC", re.sub(r"\s", "", "".join(one.extract_text() for one in pages)))
        sheets[answer.id] = len(pages)
        assert unicodedata.normalize("NFKC", re.sub(r"\s", "", answer.question)) in text
        assert "根拠" in text
        assert f"/answers/#{answer.id}" in text
    assert {name: count for name, count in sheets.items() if count != 1} == {}


def test_the_longest_answers_print_on_one_sheet(page: Page, guide: Guide) -> None:
    check_sheets(page, sorted(guide.answers, key=lambda one: len(one.model_dump_json()))[-4:])


@pytest.mark.full
def test_every_answer_prints_on_one_sheet(page: Page, guide: Guide) -> None:
    check_sheets(page, guide.answers)


def test_the_print_button_prints_that_answer_alone(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/answers/#price")
    page.evaluate(
        "() => { window.print = () => { window.seen = [...document.querySelectorAll('.print-one .answer--print')]"
        ".map((one) => one.id); }; }"
    )
    page.click("#price button:has-text('印刷')")
    page.wait_for_function("() => window.seen")
    assert page.evaluate("window.seen") == ["price"]
    expect(page.locator(".answer--print")).to_have_count(0)


def test_the_link_and_the_words_can_be_copied(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/answers/#tax")
    page.click("#tax button:has-text('リンクをコピー')")
    page.wait_for_selector("#tax [role=status]:has-text('コピーしました')")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.url
    page.click("#tax button:has-text('文をコピー')")
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('根拠')")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("消費税はかかりますか\n")
    assert "消費税がかかります（2014年の制度の資料）。無効化そのものには" in text
    assert text.rstrip().endswith("/answers/#tax")


def test_where_the_clipboard_is_shut_the_words_can_be_chosen(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/answers/#tax")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('shut')); }")
    page.click("#tax button:has-text('リンクをコピー')")
    expect(page.locator("#tax textarea")).to_have_value(re.compile("/answers/#tax$"))


def test_marks_stand_apart_before_the_full_stop(answers: BuiltPage, guide: Guide) -> None:
    shown = answers.tree.css("[data-answer] [data-said]")
    assert len(shown) == sum(len(answer.said) for answer in guide.answers)
    assert [one.text() for one in shown if not re.search(r"[^。](\[\d+\])+。$", one.text())] == []


def test_several_answers_print_on_a_sheet(new_page: Callable[..., Page], guide: Guide) -> None:
    page = new_page()
    page.goto("/answers/")
    pages = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(pages) <= len(guide.answers) * 2 / 3


def test_the_page_does_not_scroll_sideways(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/answers/")
    page.evaluate("() => document.querySelectorAll('article details').forEach((one) => { one.open = true; })")
    for width in (1280, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => { scrollTo(9999, 0); return scrollX; }") == 0, width
