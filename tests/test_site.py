"""What holds for every built page."""

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from macros.hosting.frozen import Frozen, addresses, calculator_names
from macros.pages.check import load
from tests.pages import BuiltPage, read_pages

GUIDE = ["meaning", "mechanism", "elements", "benefits", "examples", "flow", "types", "role"]
CALCULATORS = [
    "event",
    "office",
    "vehicles",
    "product",
    "reduction",
    "forest",
    "supply",
    "pairing",
    "household",
    "scheme",
    "joint-purchase",
]
METHODS = ["a1", "a2", "a3", "b1", "b2", "c1", "c2", "d1", "d2"]
REPORT = [
    "background",
    "recommendation-1",
    "recommendation-2",
    "recommendation-3",
    "review",
    "results",
    "models",
    "joint-purchase",
    "surveys",
]
ADDRESSES = [
    "/",
    "/guide/",
    *(f"/guide/{name}/" for name in GUIDE),
    "/methods/",
    *(f"/methods/{name}/" for name in METHODS),
    "/calculators/",
    *(f"/calculators/{name}/" for name in CALCULATORS),
    "/calculators/factors/",
    "/embed/",
    *(f"/embed/{name}/" for name in CALCULATORS),
    "/cases/",
    "/precedents/",
    "/glossary/",
    "/links/",
    "/report/",
    *(f"/report/{name}/" for name in REPORT),
    "/changes/",
    "/downloads/",
    "/about/",
    "/about/accessibility/",
    "/about/privacy/",
]
# lists of everything of a kind; a page to read is smaller
LISTS = {"/buying/", "/precedents/", "/cases/", "/glossary/", "/changes/", "/links/", "/about/"}
KILOBYTE = 1000


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BuiltPage]:
    return read_pages(site)


@pytest.fixture(scope="module")
def readable(pages: dict[str, BuiltPage]) -> list[BuiltPage]:
    return [page for address, page in pages.items() if address != "/404.html"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_of_the_contract_answers(pages: dict[str, BuiltPage], address: str) -> None:
    assert address in pages


def test_what_is_published_is_on_the_frozen_list(site: Path, root: Path) -> None:
    """`make build` adds it."""
    frozen = Frozen.of(root)
    assert frozen is not None
    names = calculator_names(load(root).catalogue.calculators.values())
    assert frozen.new({*addresses(site), *names}) == []


def test_links_and_anchors_within_the_site_lead_somewhere(site: Path, pages: dict[str, BuiltPage]) -> None:
    dead = []
    for page in pages.values():
        for address, anchor in page.links():
            target = pages.get(address)
            if target is None and not (site / address.lstrip("/")).is_file():
                dead.append(f"{page.address}: {address}")
            # what begins with v= fills a form in; it is no place of the page
            elif anchor and not anchor.startswith("v=") and target is not None and anchor not in target.ids:
                dead.append(f"{page.address}: {address}#{anchor}")
    assert dead == []


def test_no_link_climbs_above_the_site(pages: dict[str, BuiltPage]) -> None:
    """Above the root of a host there is nothing to climb to; under a path such a link leads out of the site."""
    climbing = [
        (page.address, node.attributes["href"])
        for page in pages.values()
        for node in page.tree.css('[href^="../"]')
        if (node.attributes["href"] or "").count("../") >= page.address.count("/")
    ]
    assert climbing == []


def test_ids_are_unique_and_ascii(pages: dict[str, BuiltPage]) -> None:
    repeated = {
        page.address: [name for name, count in Counter(page.ids).items() if count > 1] for page in pages.values()
    }
    assert {address: names for address, names in repeated.items() if names} == {}
    odd = {
        name for page in pages.values() for name in page.ids if not re.fullmatch(r"[A-Za-z_][\w.:-]*", name, re.ASCII)
    }
    assert odd == set()


def test_one_h1_and_no_heading_level_skipped(readable: list[BuiltPage]) -> None:
    wrong = []
    for page in readable:
        levels = [int(node.tag[1]) for node in page.article.css("h1, h2, h3, h4, h5, h6")]
        if levels.count(1) != 1 or levels[:1] != [1]:
            wrong.append(f"{page.address}: h1 {levels.count(1)}")
        wrong += [f"{page.address}: h{a} → h{b}" for a, b in pairwise(levels) if b > a + 1]
    assert wrong == []


def test_every_heading_has_an_id(readable: list[BuiltPage]) -> None:
    bare = [
        f"{page.address}: {node.text()}"
        for page in readable
        for node in page.article.css("h2, h3, h4, h5, h6")
        if not node.attributes.get("id") or re.fullmatch(r"_\d+", node.attributes["id"] or "")
    ]
    assert bare == []


def test_titles_and_descriptions_are_there_and_unique(readable: list[BuiltPage]) -> None:
    titles = Counter(node.text() for page in readable for node in page.tree.css("title"))
    # a description is for search engines, and they are asked not to list frames
    readable = [page for page in readable if not page.is_frame]
    descriptions = Counter(
        node.attributes.get("content") for page in readable for node in page.tree.css('meta[name="description"]')
    )
    assert [title for title, count in titles.items() if count > 1] == []
    assert len(descriptions) == len(readable), [text for text, count in descriptions.items() if count > 1]


def test_no_macro_error_and_no_unfilled_place(readable: list[BuiltPage]) -> None:
    traces = ("{{", "{%", "Macro Rendering Error", "Traceback", "Undefined", "（未執筆）", "None", "＊＊", "（0件）")
    assert [f"{page.address}: {trace}" for page in readable for trace in traces if trace in page.article.text()] == []


def test_no_style_attribute_and_no_handler_in_our_html(readable: list[BuiltPage]) -> None:
    found = [
        f"{page.address}: <{node.tag} {name}>"
        for page in readable
        for node in page.article.css("*")
        for name in node.attributes
        if name == "style" or name.startswith("on")
    ]
    assert found == []


def test_nothing_is_loaded_from_another_origin(site: Path, pages: dict[str, BuiltPage]) -> None:
    loaded = [
        f"{page.address}: {node.html[:120]}"
        for page in pages.values()
        for node in page.tree.css("script[src], img[src], iframe[src], link[rel=stylesheet], link[rel=preconnect]")
        if (node.attributes.get("src") or node.attributes.get("href") or "").startswith(("http", "//"))
    ]
    ours = "".join(path.read_text() for kind in ("css", "js") for path in (site / "assets" / kind).iterdir())
    assert loaded == []
    assert re.findall(r"@import|url\(\s*[\"']?(?:https?:)?//", ours) == []


def test_external_links_say_so(readable: list[BuiltPage]) -> None:
    bare = [
        f"{page.address}: {node.attributes['href']}"
        for page in readable
        for node in page.article.css('a[href^="http"]')
        if "noopener" not in (node.attributes.get("rel") or "")
    ]
    assert bare == []


def test_tables_have_captions_and_scopes(readable: list[BuiltPage]) -> None:
    wrong = [
        page.address
        for page in readable
        for table in page.article.css(".table table")
        if table.css_first("caption") is None or not all(cell.attributes.get("scope") for cell in table.css("th"))
    ]
    assert wrong == []


def test_page_html_keeps_its_budget(site: Path, readable: list[BuiltPage]) -> None:
    sizes = {page.address: len(gzip.compress(page.html.encode())) for page in readable if page.address not in LISTS}
    assert {address: size for address, size in sizes.items() if size > 30 * KILOBYTE} == {}


THEMES = ("/assets/stylesheets/", "/assets/javascripts/")


def test_what_we_add_to_the_theme_keeps_its_budget(site: Path, readable: list[BuiltPage]) -> None:
    """All CSS and JavaScript that a page names and the theme does not bring, calculators' pages too."""
    # the plan has a budget of its own (test_plan)
    sizes = {page.address: added(site, page) for page in readable if page.address != "/plan/"}
    assert {address: size for address, size in sizes.items() if not 0 < size <= 25 * KILOBYTE} == {}


def added(site: Path, page: BuiltPage) -> int:
    files = [name for name, _ in page.links() if name.endswith((".css", ".js")) and not name.startswith(THEMES)]
    return sum(len(gzip.compress((site / name.lstrip("/")).read_bytes(), mtime=0)) for name in dict.fromkeys(files))


def test_the_404_page_is_japanese_and_leads_back(pages: dict[str, BuiltPage]) -> None:
    lost = pages["/404.html"]
    assert "ページが見つかりません" in lost.html
    assert {"/", "/methods/", "/cases/", "/glossary/"} <= {address for address, _ in lost.links()}
