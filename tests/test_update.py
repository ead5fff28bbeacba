"""A new version comes while a page is open: what loads on use still works, or says so and loses nothing."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.hosting.hashing import HASHED_FILES
from macros.hosting.release import Releases
from tests.calculator_tools import reckoned
from tests.conftest import build_public
from tests.copies import copied
from tests.sharing import once

START = datetime(2027, 1, 10, 2, 15, tzinfo=UTC)
BASE = "/offset/"
EVENT = f"{BASE}calculators/event/"
BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__item .md-search-result__link"
FILLED = "#v=1&people=120&gasoline_l=100"
NewPage = Callable[..., Page]
# what a browser says of a file that is not there; the page says it better
MISSING = ("404", "Refused to execute")


@pytest.fixture(scope="module")
def next_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after every script, every style and the words of a page have changed."""
    return once(tmp_path_factory, "next-version", build_next) / "site"


def build_next(folder: Path) -> None:
    project = copied(folder / "project")
    for path in (project / "docs" / "assets").rglob("*.*"):
        more = "\nself.nextVersion = 1;\n" if path.suffix == ".js" else "\n.next-version { color: red; }\n"
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    parts = project / "data" / "calculator-parts.yml"
    parts.write_text(
        parts.read_text(encoding="utf-8").replace("updated: 計算しました。", "updated: もう一度計算しました。"),
        encoding="utf-8",
    )
    page = project / "docs" / "guide" / "meaning.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n次の版で足した文です。\n", encoding="utf-8")
    build_public(project, folder / "site")


def hashed(site: Path) -> set[str]:
    return set((site / HASHED_FILES).read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def published(public_site: Path, next_site: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What a host showed after the first publication and after the second."""

    def publish(folder: Path) -> None:
        releases = Releases(str(folder))
        releases.publish(public_site, START)
        releases.publish(next_site, START + timedelta(days=1))

    return sorted((once(tmp_path_factory, "published", publish) / "releases").glob("2*"))


@pytest.fixture
def host(published: list[Path], tmp_path: Path) -> Path:
    """What a host shows: the first version, until it is updated."""
    link = tmp_path / "current"
    link.symlink_to(published[0])
    return link


def show(host: Path, site: Path) -> None:
    host.unlink()
    host.symlink_to(site)
    assert "self.nextVersion" in "".join(path.read_text(encoding="utf-8") for path in host.glob("assets/js/*.js"))


def update(host: Path, published: list[Path]) -> None:
    show(host, published[1])


def update_without_the_old(host: Path, next_site: Path) -> None:
    """A host that keeps nothing of what was there."""
    show(host, next_site)


def test_every_file_of_ours_changes_its_name(public_site: Path, next_site: Path) -> None:
    same = hashed(public_site) & hashed(next_site)
    # the theme's own, and the official tables, which no version of ours changes
    kept = ("assets/javascripts/", "assets/stylesheets/", "assets/js/supplier-tables.")
    assert {name for name in same if not name.startswith(kept)} == set()


def test_files_of_other_versions_are_carried_along_both_ways(
    public_site: Path, next_site: Path, published: list[Path], tmp_path: Path
) -> None:
    shutil.copytree(published[0].parent.parent, tmp_path / "srv", symlinks=True)
    releases, shown = Releases(str(tmp_path / "srv")), tmp_path / "srv" / "current"
    both = hashed(public_site) | hashed(next_site)
    assert shown.resolve().name == published[1].name
    assert {name for name in both if not (shown / name).is_file()} == set()
    releases.rollback()
    assert shown.resolve().name == published[0].name
    assert "self.nextVersion" not in (shown / "index.html").read_text(encoding="utf-8")
    assert {name for name in both if not (shown / name).is_file()} == set()


@pytest.fixture
def open_page(host: Path, serve: Callable[..., str], new_page: NewPage) -> Callable[..., Page]:
    """Open a page of what the host shows."""
    origin = serve(host, BASE)

    def go(address: str, **options: object) -> Page:
        page = new_page(origin=origin, **options)
        page.goto(address)
        return page

    return go


def test_an_open_page_still_searches(open_page: Callable[..., Page], host: Path, published: list[Path]) -> None:
    page, glossary = open_page(f"{BASE}guide/meaning/"), open_page(f"{BASE}glossary/")
    update(host, published)
    page.locator(BOX).click()
    page.locator(BOX).press_sequentially("無効化")
    expect(page.locator(RESULT).first.locator("h1")).to_have_text("無効化")
    glossary.locator("#glossary-search").fill("無効化")
    expect(glossary.locator("#glossary-found [data-term]").first).to_be_visible()
    assert glossary.evaluate("async () => typeof (await window.guideSearchOpen())") == "function"
    expect(glossary.locator("#glossary-nearest")).to_be_hidden()


@pytest.mark.parametrize("address", [EVENT, pytest.param(f"{BASE}embed/event/", marks=pytest.mark.full)])
@pytest.mark.parametrize(
    ("todo", "said"),
    [
        ("link", "people=120"),
        *(pytest.param(*one, marks=pytest.mark.full) for one in (("text", "120"), ("statement", "t-CO₂"))),
    ],
)
def test_an_open_calculator_still_gives_its_texts(
    open_page: Callable[..., Page], host: Path, published: list[Path], address: str, todo: str, said: str
) -> None:
    page = open_page(address + FILLED)
    update(host, published)
    page.locator(f"[data-do={todo}]").click()
    expect(page.locator("[data-output] textarea")).to_have_value(re.compile(said))


@pytest.mark.parametrize("todo", ["csv", "save"])
def test_an_open_calculator_still_gives_its_files(
    open_page: Callable[..., Page], host: Path, published: list[Path], todo: str
) -> None:
    page = open_page(EVENT + FILLED)
    update(host, published)
    with page.expect_download() as waiting:
        page.locator(f"[data-do={todo}]").click()
    assert "120" in waiting.value.path().read_text(encoding="utf-8")


def test_an_open_calculator_still_compares_prints_and_takes_rows(
    open_page: Callable[..., Page], host: Path, published: list[Path]
) -> None:
    page, rows = open_page(EVENT + FILLED), open_page(f"{BASE}calculators/joint-purchase/")
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    update(host, published)
    page.locator("[data-do=compare]").click()
    expect(page.locator("offset-calculator [role=status]").first).to_contain_text("覚えました")
    page.locator("[name=gasoline_l]").fill("200")
    page.locator("[data-do=compare]").click()
    expect(page.locator("[data-output] table")).to_be_visible()
    page.locator("[data-do=print]").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    first = rows.locator("[data-row] input").first
    first.evaluate(
        """field => { const data = new DataTransfer(); data.setData("text", "あ市\\nい町");
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    expect(rows.locator("[data-row] input").first).to_have_value("あ市")


# -- when the files are gone ------------------------------------------------------------------------------


def test_on_the_sites_own_page_printing_needs_nothing_more(
    open_page: Callable[..., Page], host: Path, next_site: Path
) -> None:
    page = open_page(EVENT, allowed=MISSING)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator("[name=gasoline_l]").fill("100")
    page.wait_for_function("() => window.offsetCalculatorMore")
    update_without_the_old(host, next_site)
    page.locator("[data-do=print]").click()
    page.wait_for_function("() => window.printed")


def test_a_search_that_no_longer_loads_says_so_and_reloads(
    open_page: Callable[..., Page], host: Path, next_site: Path
) -> None:
    page = open_page(f"{BASE}guide/meaning/", allowed=MISSING)
    update_without_the_old(host, next_site)
    page.locator(BOX).click()
    told = page.locator(".md-search-result__meta")
    expect(told).to_contain_text("新しい版になりました")
    told.get_by_role("button", name="ページを読み直す").click()
    expect(page.get_by_text("次の版で足した文です。")).to_be_attached()
    page.locator(BOX).click()
    page.locator(BOX).press_sequentially("無効化")
    expect(page.locator(RESULT).first.locator("h1")).to_have_text("無効化")


def test_a_glossary_whose_search_no_longer_loads_says_so_and_shows_what_it_can(
    open_page: Callable[..., Page], host: Path, next_site: Path
) -> None:
    page = open_page(f"{BASE}glossary/", allowed=MISSING)
    update_without_the_old(host, next_site)
    page.locator("#glossary-search").fill("無効化")
    expect(page.locator("#glossary-nearest")).to_contain_text("新しい版になりました")
    expect(page.locator("#glossary-nearest button")).to_be_visible()
    expect(page.locator("#glossary-found [data-term]").first).to_be_visible()


# on the site's own page what prints is there from the start
@pytest.mark.parametrize(
    ("todo", "address"),
    [("print", f"{BASE}embed/event/"), ("csv", EVENT)]
    + [
        pytest.param(todo, address, marks=pytest.mark.full)
        for todo, address in product(("csv", "statement", "save"), (EVENT, f"{BASE}embed/event/"))
        if (todo, address) != ("csv", EVENT)
    ],
)
def test_a_calculator_whose_rest_no_longer_loads_gives_what_was_typed(
    open_page: Callable[..., Page], host: Path, next_site: Path, address: str, todo: str
) -> None:
    page = open_page(address, allowed=MISSING)
    page.locator("[name=gasoline_l]").fill("100")
    page.locator("[name=title]").fill("環境 フェア")
    update_without_the_old(host, next_site)
    page.locator(f"[data-do={todo}]").click()
    expect(page.locator("offset-calculator [role=status]").first).to_contain_text("新しい版になりました")
    link = page.locator("[data-output] textarea").input_value()
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("output[name=total_kg]")).to_have_text(reckoned("event", "total_kg", gasoline_l="100")[1])
    expect(page.locator("[name=title]")).to_have_value("環境 フェア")
    page.locator("[data-do=text]").click()
    expect(page.locator("[data-output] textarea")).to_be_visible()
