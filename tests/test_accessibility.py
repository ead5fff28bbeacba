"""The published result of the accessibility test says what was tried; what pages are made of can be read aloud."""

import ast
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from selectolax.lexbor import LexborNode

from macros.loading.guide import Guide
from macros.models import Criterion
from macros.rendering.accessibility import ways
from tests.pages import BuiltPage, read_pages

ROOT = Path(__file__).parent.parent
# WCAG 2.0, and with it JIS X 8341-3:2016
A = [
    *("1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.3.1", "1.3.2", "1.3.3", "1.4.1", "1.4.2"),
    *("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.4.1", "2.4.2", "2.4.3", "2.4.4"),
    *("3.1.1", "3.2.1", "3.2.2", "3.3.1", "3.3.2", "4.1.1", "4.1.2"),
]
AA = [
    *("1.2.4", "1.2.5", "1.4.3", "1.4.4", "1.4.5", "2.4.5", "2.4.6", "2.4.7"),
    *("3.1.2", "3.2.3", "3.2.4", "3.3.3", "3.3.4"),
]
ADDED = {
    ("2.1", "A"): ["2.1.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4"],
    ("2.1", "AA"): ["1.3.4", "1.3.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13", "4.1.3"],
    ("2.2", "A"): ["3.2.6", "3.3.7"],
    ("2.2", "AA"): ["2.4.11", "2.5.7", "2.5.8", "3.3.8"],
}
CLAIMS = re.compile("準拠|適合して|達成して")


# -- the result -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def criteria(guide: Guide) -> list[Criterion]:
    return [*guide.accessibility.jis, *guide.accessibility.additions]


def test_all_38_criteria_are_there_once(guide: Guide) -> None:
    assert (len(A), len(AA)) == (25, 13)
    wanted = sorted([(no, "A", None) for no in A] + [(no, "AA", None) for no in AA])
    assert sorted((one.no, one.level, one.since) for one in guide.accessibility.jis) == wanted
    assert all(one.name.endswith("の達成基準") for one in guide.accessibility.jis)


def test_all_that_wcag_added_is_there_once(guide: Guide) -> None:
    wanted = [(no, level, since) for (since, level), numbers in ADDED.items() for no in numbers]
    assert sorted((one.no, one.level, one.since) for one in guide.accessibility.additions) == sorted(wanted)


def test_every_automatic_check_names_a_test_that_exists(criteria: list[Criterion]) -> None:
    wanted = {name for one in criteria for name in one.tests}
    assert len(wanted) > 20
    assert {name for name in wanted if name not in functions(name.split("::")[0])} == set()


def functions(file: str) -> set[str]:
    """The tests of a file, as `file::test`."""
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {f"{file}::{node.name}" for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_way_of_checking_follows_from_what_was_done() -> None:
    tried = {"no": "1.4.3", "name": "名", "level": "A", "applies": True, "checked_on": "2026-11-22"}
    both = Criterion(**tried, result="partly", tests=["tests/test_axe.py::test_x"], looked_at="図", untested="音")
    none = Criterion(no="1.4.3", name="名", level="A", applies=True, result="untested", untested="音")
    assert ways(both) == ["機械", "目視（画面画像）", "未実施（一部）"]
    assert ways(none) == ["未実施"]


def test_nothing_is_claimed(criteria: list[Criterion], site: Path) -> None:
    page = read_pages(site)["/about/accessibility/"]
    assert CLAIMS.findall(page.text) == []
    said = [text for one in criteria for text in (one.looked_at, one.untested, one.note) if text]
    assert [text for text in said if CLAIMS.search(text)] == []


def test_screen_readers_are_said_to_be_untried(guide: Guide) -> None:
    untried = [one.no for one in guide.accessibility.jis if "スクリーンリーダー" in (one.untested or "")]
    assert {"1.1.1", "1.3.1", "4.1.2"} <= set(untried)


def test_the_version_of_axe_is_the_one_in_use(guide: Guide) -> None:
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    version = re.search(r"axe v([\d.]+)", source)
    assert version
    assert [one.version for one in guide.accessibility.tools if one.name == "axe-core"] == [version[1]]


def test_the_page_shows_every_criterion_with_its_way(site: Path, criteria: list[Criterion]) -> None:
    page = read_pages(site)["/about/accessibility/"]
    rows = {node.text().split()[0]: node.parent for node in page.article.css("tbody th") if node.parent}
    for one in criteria:
        words = rows[one.no].text()
        assert [way for way in ways(one) if way not in words] == []
        assert ("該当なし" in words) == (not one.applies)


# -- the pages ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(site: Path) -> list[BuiltPage]:
    return list(read_pages(site).values())


def tell(found: list[str]) -> None:
    """Fail with every line in full; a plain assert shortens them."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def bare_tables(page: BuiltPage) -> list[str]:
    tables = page.tree.css("table")
    return [
        f"{page.address}: {words(table)[:40]}"
        for table in tables
        if not (table.css_first("caption") and words(table.css_first("caption")))
        or not table.css("th")
        or not all(cell.attributes.get("scope") for cell in table.css("th"))
    ]


def test_every_table_has_a_caption_and_scopes(pages: list[BuiltPage]) -> None:
    tell([line for page in pages for line in bare_tables(page)])
    assert bare_tables(BuiltPage("/", "<table><tr><td>1</td></tr></table>")) != []
    assert bare_tables(BuiltPage("/", "<table><caption>題</caption><tr><th>1</th></tr></table>")) != []


def dumb_pictures(page: BuiltPage) -> list[str]:
    hidden = page.tree.css("[aria-hidden=true] svg, svg[aria-hidden=true]")
    named = ("alt", "aria-label", "aria-labelledby")
    pictures = [
        node
        for node in page.tree.css("article img, main img, article svg, [role=img]")
        if node not in hidden and not any(node.attributes.get(name) for name in named) and not node.css_first("title")
    ]
    figures = [node for node in page.tree.css("figure") if node.css_first("figcaption") is None]
    return [f"{page.address}: {(node.html or '')[:80]}" for node in [*pictures, *figures]]


def test_figures_and_pictures_have_words(pages: list[BuiltPage]) -> None:
    tell([line for page in pages for line in dumb_pictures(page)])
    assert len(dumb_pictures(BuiltPage("/", "<main><img src=a><figure></figure></main>"))) == 2


def nameless_fields(page: BuiltPage) -> list[str]:
    wanted = {node.attributes.get("for") for node in page.tree.css("label[for]")}
    inside = page.tree.css("label input, label select, label textarea")
    return [
        f"{page.address}: {(node.html or '')[:80]}"
        for node in page.tree.css("input:not([type=hidden]):not(.md-toggle), select, textarea")
        if node not in inside
        and not any(node.attributes.get(name) for name in ("aria-label", "aria-labelledby"))
        and node.attributes.get("id") not in wanted
    ]


def test_every_field_has_a_name(pages: list[BuiltPage]) -> None:
    tell([line for page in pages for line in nameless_fields(page)])
    assert nameless_fields(BuiltPage("/", "<main><input id=a></main>")) != []


def test_every_page_has_its_landmarks(pages: list[BuiltPage]) -> None:
    for page in pages:
        assert len(page.tree.css("main")) == 1, page.address
        if not page.is_frame:
            assert page.tree.css_first("header"), page.address
            assert page.tree.css_first("footer"), page.address
            assert page.tree.css_first("nav.md-nav--primary"), page.address
            assert page.tree.css_first("[role=search] input[name=query]"), page.address


VAGUE = {"こちら", "ここ", "詳細", "詳しく", "もっと見る", "リンク", "クリック", "続き"}


def vague_links(page: BuiltPage) -> list[str]:
    return [
        f"{page.address}: {node.attributes.get('href')}"
        for node in page.article.css("a[href]")
        if not (said := words(node) or node.attributes.get("aria-label") or "") or said in VAGUE
    ]


def test_links_say_where_they_lead(pages: list[BuiltPage]) -> None:
    tell([line for page in pages if page.address != "/404.html" for line in vague_links(page)])
    assert len(vague_links(BuiltPage("/", "<article class=md-content__inner><a href=a>こちら</a></article>"))) == 1


def test_the_language_of_pages_and_parts_is_told(pages: list[BuiltPage], guide: Guide) -> None:
    assert {page.tree.css_first("html").attributes["lang"] for page in pages} == {"ja"}
    by_address = {page.address: page for page in pages}
    told = {words(node) for node in by_address["/glossary/"].article.css("[lang=en]")}
    english = {term.english for term in guide.glossary if term.english}
    parts = {sub.english for term in guide.glossary for sub in term.sub_items if sub.english}
    assert (english | parts) - told == set()
    assert "carbon dioxide" in {words(node) for node in by_address["/guide/meaning/"].article.css("[lang=en]")}


def test_menu_and_help_stand_in_the_same_order(pages: list[BuiltPage]) -> None:
    """WCAG 3.2.3, 3.2.4 and 3.2.6: menu, tools of the header, and the way to the contact in the footer."""
    whole = [page for page in pages if not page.is_frame]
    for chosen in (".md-tabs__link", ".md-copyright a"):
        assert len({tuple(words(node) for node in page.tree.css(chosen)) for page in whole}) == 1, chosen
    named = "input[name=query], .md-option, label[for=__drawer]"
    tools = {tuple(node.attributes.get("aria-label") for node in page.tree.css(named)) for page in whole}
    assert len(tools) == 1
    assert words(whole[0].tree.css(".md-copyright a")[1]) == "アクセシビリティ"


def letters(text: str) -> str:
    """Text as it is spoken: without spaces and points."""
    return re.sub(r"[\s:：]", "", text)


def test_names_hold_the_words_one_sees(pages: list[BuiltPage]) -> None:
    """WCAG 2.5.3: who says aloud what stands on a button reaches it."""
    unlike = [
        f"{page.address}: {words(node)} → {node.attributes['aria-label']}"
        for page in pages
        for node in page.tree.css("a[aria-label], button[aria-label], summary[aria-label]")
        if letters(words(node)) not in letters(node.attributes["aria-label"] or "")
    ]
    tell(unlike)


def test_what_changes_is_announced(pages: list[BuiltPage]) -> None:
    by_address = {page.address: page.tree for page in pages}
    assert by_address["/cases/"].css("[data-filter-status][role=status]")
    assert by_address["/methods/"].css("[role=status]")
    assert by_address["/glossary/"].css("#glossary-count[role=status]")
    assert by_address["/embed/"].css("[data-builder-status][role=status]")
    for address in ("/calculators/event/", "/embed/event/"):
        assert by_address[address].css("offset-calculator [role=status]"), address


def landmarks(page: BuiltPage) -> list[tuple[str, str]]:
    """Role and name of each landmark with a name in what readers came for; the menus are the theme's."""
    ids = {node.attributes["id"]: words(node) for node in page.tree.css("[id]")}
    found = []
    for node in page.article.traverse():
        by = (node.attributes.get("aria-labelledby") or "").split()
        name = node.attributes.get("aria-label") or " ".join(ids.get(one, "") for one in by)
        role = node.attributes.get("role") or {"section": "region"}.get(node.tag or "", node.tag or "")
        if name and role in {"nav", "form", "region", "search", "aside"}:
            found.append((role, name))
    return found


def test_no_two_landmarks_have_one_name(pages: list[BuiltPage]) -> None:
    twice = [
        f"{page.address}: {name}"
        for page in pages
        for name, count in Counter(name for _, name in landmarks(page)).items()
        if count > 1
    ]
    tell(twice)
    one = "<article class=md-content__inner><form aria-label=計算></form><section aria-label=計算></section></article>"
    assert landmarks(BuiltPage("/", one)) == [("form", "計算"), ("region", "計算")]


def loud_points(page: BuiltPage) -> list[str]:
    """Points that part two things of a line and are read aloud; those inside a name belong to it."""
    silent = {
        node.mem_id for hidden in page.article.css("[aria-hidden=true]") for node in hidden.traverse(include_text=True)
    }
    texts = [one for one in page.article.traverse(include_text=True) if one.tag == "-text" and one.mem_id not in silent]
    return [
        f"{page.address}: {words(one)[:40]}"
        for one in texts
        if (said := words(one)) and (said.startswith("・") or said.endswith("・"))
    ]


def test_points_between_things_are_silent(pages: list[BuiltPage]) -> None:
    tell([line for page in pages for line in loud_points(page)])
    assert len(loud_points(BuiltPage("/", "<article class=md-content__inner><b>1</b>・<b>2</b></article>"))) == 1


def test_a_bare_code_of_a_method_in_a_list_is_named_by_its_title(pages: list[BuiltPage], guide: Guide) -> None:
    titles = {method.code: f"{method.code} {method.title}" for method in guide.methods}
    lists = ".chooser__methods a, .entry__foot a, .plan-methods a"
    links = [(page, node) for page in pages for node in page.tree.css(lists) if words(node) in titles]
    assert len(links) > 50
    unlike = [(page, node) for page, node in links if node.attributes.get("aria-label") != titles[words(node)]]
    tell([f"{page.address}: {node.html}" for page, node in unlike])


def test_the_sign_beside_a_heading_says_what_it_is(pages: list[BuiltPage]) -> None:
    links = [node for page in pages for node in page.tree.css(".headerlink")]
    assert len(links) > 300
    assert {node.attributes.get("title") for node in links} == {"この見出しへのリンク"}


def test_the_search_of_the_glossary_says_that_it_needs_javascript(pages: list[BuiltPage]) -> None:
    by_address = {page.address: page.tree for page in pages}
    assert "JavaScriptが要ります" in by_address["/glossary/"].css_first(".lookup noscript").text()
