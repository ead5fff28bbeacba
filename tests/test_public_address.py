"""The site under a path of another host, `SITE_URL=https://example.jp/offset/`: nothing in it leads out of that path.

Also what pages tell of themselves to link previews and search engines, and the links to their files.
"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from macros.loading.guide import Guide
from macros.rendering import MACROS
from macros.site.build import build
from macros.site.edit_links import data_files, edit_base, label_of, places
from tests.calculator_tools import reckoned
from tests.conftest import PUBLIC, REPOSITORY
from tests.pages import BuiltPage, read_pages

HOST, BASE = PUBLIC.removesuffix("/offset/"), PUBLIC
EDIT = f"{REPOSITORY}/edit/main/"


@pytest.fixture(scope="module")
def town(public_site: Path) -> Path:
    return public_site


@pytest.fixture(scope="module")
def pages(town: Path) -> dict[str, BuiltPage]:
    return read_pages(town)


@pytest.fixture(scope="module")
def indexed(pages: dict[str, BuiltPage]) -> list[BuiltPage]:
    return [page for page in pages.values() if not page.is_frame and page.address != "/404.html"]


def public(page: BuiltPage) -> str:
    return BASE + page.address.lstrip("/")


def named(page: BuiltPage, name: str) -> str | None:
    """The content of a meta element, None without it."""
    found = page.tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
    return found.attributes.get("content") if found else None


def answers(site: Path, address: str) -> bool:
    """Tell whether a plain host would have something at a public address."""
    path = site / unquote(urlsplit(address).path).removeprefix("/offset/")
    return path.is_file() or (path / "index.html").is_file()


def test_no_link_leads_out_of_the_path(town: Path, pages: dict[str, BuiltPage]) -> None:
    wrong = []
    for page in pages.values():
        for node in page.tree.css("[href], [src], [action]"):
            for name in ("href", "src", "action"):
                target = urldefrag(urljoin(public(page), node.attributes.get(name) or ""))[0]
                inside = target.startswith(BASE) and answers(town, target)
                # what is made only for publishing is not in this build
                made_later = target.startswith(f"{BASE}downloads/")
                if target.startswith(HOST) and not inside and not made_later:
                    wrong.append(f"{page.address}: {target}")
    assert wrong == []


def test_styles_load_nothing_from_the_root_of_the_host(town: Path) -> None:
    styles = {path: path.read_text(encoding="utf-8") for path in town.rglob("*.css")}
    assert len(styles) > 3
    assert [str(path) for path, text in styles.items() if re.search(r"url\(\s*[\"']?/", text)] == []


def test_no_page_names_the_address_of_a_local_build(town: Path) -> None:
    texts = [path for path in town.rglob("*") if path.suffix in {".html", ".xml", ".json", ".txt", ".csv", ".js"}]
    assert len(texts) > 100
    assert [str(path) for path in texts if "127.0.0.1:8000" in path.read_text(encoding="utf-8")] == []


def test_each_page_tells_what_it_is(indexed: list[BuiltPage]) -> None:
    for page in indexed:
        canonical = page.tree.css_first("link[rel=canonical]")
        assert canonical.attributes["href"] == named(page, "og:url") == public(page)
        assert named(page, "description") == named(page, "og:description")
        assert named(page, "og:title") in page.tree.css_first("title").text()
        assert page.address != "/" or named(page, "og:title") == named(page, "og:site_name")
        assert named(page, "og:type") == ("website" if page.address == "/" else "article")
        assert named(page, "og:locale") == "ja_JP"
        assert named(page, "og:site_name")
        assert named(page, "twitter:card") == "summary"


def test_a_page_for_frames_names_the_page_of_its_calculator(pages: dict[str, BuiltPage]) -> None:
    frames = [page for page in pages.values() if page.is_frame]
    assert len(frames) >= 10
    for page in frames:
        named = page.tree.css_first("link[rel=canonical]").attributes["href"]
        assert named == public(page).replace("/embed/", "/calculators/")
        assert named in page.tree.css("footer a")[-1].text()


def test_only_pages_for_frames_ask_for_no_index(pages: dict[str, BuiltPage]) -> None:
    asking = {page.address for page in pages.values() if "noindex" in (named(page, "robots") or "")}
    assert asking == {page.address for page in pages.values() if page.is_frame}


def test_the_map_names_every_page_that_may_be_found_and_robots_names_the_map(
    town: Path, indexed: list[BuiltPage]
) -> None:
    found = re.findall("<loc>(.+?)</loc>", (town / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(found) == sorted(public(page) for page in indexed)
    robots = (town / "robots.txt").read_text(encoding="utf-8")
    assert robots.splitlines() == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]


def test_feed_and_data_name_the_public_address(town: Path) -> None:
    feed = (town / "changes" / "feed.xml").read_text(encoding="utf-8")
    inside = [address for address in re.findall(r'href="([^"]+)"', feed) if urlsplit(address).netloc == "example.jp"]
    assert f"{BASE}changes/feed.xml" in inside
    assert [address for address in inside if not address.startswith(BASE) or not answers(town, address)] == []
    assert f'"address": "{BASE}"' in (town / "data" / "cases.json").read_text(encoding="utf-8")


def test_snippets_for_other_sites_name_the_public_address(town: Path, pages: dict[str, BuiltPage]) -> None:
    text = " ".join(node.text() for node in pages["/embed/"].tree.css("textarea, pre, code"))
    ours = {address for address in re.findall(r"https?://[^\s\"'<>;]+", text) if "example.jp" in address}
    assert f"{BASE}embed/event/" in ours
    assert f"{BASE}embed/resize.js" in ours
    outside = [one for one in ours if one != HOST and not (one.startswith(BASE) and answers(town, one))]
    assert outside == []


def test_every_page_links_to_the_files_it_is_made_of(root: Path, indexed: list[BuiltPage]) -> None:
    for page in indexed:
        links = [node.attributes["href"] or "" for node in page.tree.css("nav.edit a")]
        files = [link.removeprefix(EDIT) for link in links]
        name = page.address.strip("/")
        assert files[0] in {f"docs/{name}.md", f"docs/{name}/index.md".replace("//", "/")}
        assert [file for file in files if not (root / file).is_file()] == []
        assert not page.article.css("nav.edit")
        assert page.tree.css_first("div.md-content > nav.edit")


@pytest.mark.parametrize(
    ("address", "files"),
    [
        ("/methods/b2/", ["methods/b2.yml", "methods/b1.yml", "figures/b-relations.yml"]),
        ("/calculators/event/", ["calculators/event.yml"]),
        ("/calculators/factors/", ["factors/electricity.yml", "factor-sources.yml"]),
        ("/cases/", ["cases/kyoto.yml", "changes.yml"]),
        ("/glossary/", ["glossary.yml"]),
        ("/guide/elements/", ["figures/elements.yml"]),
    ],
)
def test_where_a_page_stands_in_data_that_file_is_linked(
    pages: dict[str, BuiltPage], address: str, files: list[str]
) -> None:
    linked = [node.attributes["href"] for node in pages[address].tree.css("nav.edit a")]
    assert {f"{EDIT}data/{file}" for file in files} <= set(linked)


def test_frames_and_the_lost_page_have_no_edit_links(pages: dict[str, BuiltPage]) -> None:
    others = [page for page in pages.values() if page.is_frame or page.address == "/404.html"]
    assert len(others) > 10
    assert [page.address for page in others if page.tree.css(".edit")] == []


def test_without_a_repository_no_page_offers_to_be_edited(
    small_guide: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPOSITORY_URL", raising=False)
    nowhere = guide.model_copy(update={"site": guide.site.model_copy(update={"repository": None})})
    assert edit_base(nowhere) is None
    build(small_guide, small_guide / "site")
    assert 'class="edit' not in (small_guide / "site/index.html").read_text(encoding="utf-8")
    own = guide.site.model_copy(update={"repository": "https://github.com/a/b.git", "branch": "next"})
    assert edit_base(guide.model_copy(update={"site": own})) == "https://github.com/a/b/edit/next/"


# what these show stands in other files and is edited there, or is not data
NOT_EDITED = {
    "calculator_list",
    "download",
    "embed",
    "embed_builder",
    "embed_paste",
    "embed_sentences",
    "embed_snippets",
    "glossary_search",
    "method_downloads",
    "open_data",
    "open_data_files",
    "shipped_parts",
    "source",
}


def test_of_every_macro_it_is_known_where_its_words_stand(guide: Guide, root: Path) -> None:
    not_edited = {name for name, macro in MACROS.items() if not macro.mark.data}
    assert not_edited == NOT_EDITED
    named_files = {file for _, files in places(guide, root) for file in files[1:]}
    assert all(label_of(guide, file) for file in named_files)
    assert data_files(guide, '{{ cases("regional-scheme") }} {{ case("kyoto") }} {{ number("offset-total") }}') == [
        "data/cases/hyogo.yml",
        "data/cases/kyoto.yml",
        "data/surveys.yml",
    ]


def test_under_the_path_search_calculators_and_builder_work(
    town: Path, serve: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    origin = serve(town, "/offset/")
    page = new_page(origin=origin)
    page.goto("/offset/guide/meaning/")
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").press_sequentially("無効化")
    first = page.locator(".md-search-result__item .md-search-result__link").first
    expect(first.locator("h1")).to_have_text("無効化")
    first.click()
    page.wait_for_url(f"{origin}/offset/glossary/**")
    page.goto("/offset/embed/event/")
    page.locator("[name=gasoline_l]").fill("100")
    page.locator("[name=gasoline_l]").press("Enter")
    expect(page.locator("output[name=total_kg]")).to_contain_text(reckoned("event", "total_kg", gasoline_l="100")[1])
    page.goto("/offset/embed/")
    expect(page.locator("[data-preview] iframe")).to_have_attribute("src", re.compile("^event/"))
    code = page.locator("[data-builder] textarea, form textarea").first
    expect(code).to_have_value(re.compile(f'src="{BASE}embed/event/'))
