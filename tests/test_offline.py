"""site.zip: every link leads to a file in it, it says what the site says, and it works from disk in a browser."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from macros.editions import EditionError
from macros.editions.imprint import Imprint
from macros.editions.offline import FOLDER, README, OfflinePage, offline_zip
from macros.rendering.calculators import fragment
from tests.browser import Watch
from tests.calculator_tools import IDS, catalogue
from tests.embed_tools import suppliers_are_found
from tests.pages import BuiltPage

EPOCH = 1_800_000_000
SITE_ADDRESS = "https://www.example.jp/offset/"
IMPRINT = Imprint(EPOCH, SITE_ADDRESS)
# known to browsers, asked for by none of them
ELSEWHERE = ("https:", "http:", "data:", "mailto:", "javascript:void(0)")
KNOWN = {"href", "src", "action", "poster"}
RELATIVE = re.compile(r"\.{1,2}/")
BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__link"
PAGE = "<!doctype html><title>題</title><p>{}</p>"


@pytest.fixture(scope="module")
def made(site: Path) -> bytes:
    return offline_zip(site, IMPRINT)


@pytest.fixture(scope="module")
def unpacked(made: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    ZipFile(BytesIO(made)).extractall(folder)
    return folder / FOLDER


@pytest.fixture(scope="module")
def trees(unpacked: Path) -> dict[Path, LexborHTMLParser]:
    return {path: LexborHTMLParser(path.read_text(encoding="utf-8")) for path in sorted(unpacked.rglob("*.html"))}


def small_site(folder: Path, *links: str) -> Path:
    """A site of three pages whose home has links."""
    for name in ("guide", "downloads"):
        (folder / name).mkdir(parents=True)
        (folder / name / "index.html").write_text(PAGE.format(""), encoding="utf-8")
    (folder / "index.html").write_text(PAGE.format("".join(links)), encoding="utf-8")
    return folder


def offline(site: Path, name: str = "index.html", imprint: Imprint = IMPRINT) -> str:
    return OfflinePage(site, name, imprint).html().decode()


# -- links --------------------------------------------------------------------------------------


def addresses(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Every attribute that is known to hold an address, and every other that looks like one."""
    for node in tree.css("head *, body *"):
        for key, value in node.attributes.items():
            if key in KNOWN or RELATIVE.match(value or ""):
                yield key, value or ""


def test_every_link_leads_to_a_file_and_its_anchor(trees: dict[Path, LexborHTMLParser]) -> None:
    ids = {path: {node.attributes["id"] for node in tree.css("[id]")} for path, tree in trees.items()}
    dead, count = [], 0
    for path, tree in trees.items():
        for key, address in addresses(tree):
            if address.startswith(ELSEWHERE):
                continue
            count += 1
            target = urlsplit(urljoin(path.as_uri(), address))
            file = Path(unquote(target.path))
            anchor = unquote(target.fragment)
            if not file.is_file() or (
                key == "href" and anchor and not anchor.startswith("v=") and anchor not in ids[file]
            ):
                dead.append((path.name, key, address))
    assert dead == []
    assert count > 1000


def test_no_link_is_absolute_and_nothing_is_loaded_from_elsewhere(trees: dict[Path, LexborHTMLParser]) -> None:
    found = [(path, one) for path, tree in trees.items() for _, one in addresses(tree) if one.startswith("/")]
    loaded = "script[src], img[src], iframe[src], link[rel~=stylesheet], link[rel~=icon], link[rel~=preload]"
    for path, tree in trees.items():
        for node in tree.css(loaded):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            if urlsplit(address).scheme not in {"", "data"}:
                found.append((path, address))
        found += [(path, node.html or "") for node in tree.css('script[type="module"], [srcset], base')]
    assert found == []


def test_styles_load_only_what_is_there(unpacked: Path) -> None:
    for path in unpacked.rglob("*.css"):
        for address in re.findall(r"url\(([^)]+)\)|@import", path.read_text(encoding="utf-8")):
            named = address.strip("\"'")
            assert named.startswith(("data:", "#")) or (path.parent / urlsplit(named).path).is_file(), (path, named)


def test_links_to_pages_name_their_files(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site", '<a href="guide/?q=1#a">1</a><a href=".">2</a><a href="#b">3</a>')
    html = offline(site)
    assert '<a href="guide/index.html?q=1#a">1</a><a href="index.html">2</a><a href="#b">3</a>' in html


def test_downloads_stay_online(tmp_path: Path) -> None:
    links = '<a href="downloads/">1</a><a href="downloads/a.pdf">2</a><span data-download="methods/a1.pdf">なし</span>'
    html = offline(small_site(tmp_path / "site", links))
    assert f'<a href="{SITE_ADDRESS}downloads/">1</a><a href="{SITE_ADDRESS}downloads/a.pdf">2</a>' in html
    assert f'<a href="{SITE_ADDRESS}downloads/methods/a1.pdf">PDF（オンライン）</a>' in html
    assert "なし" not in html


def test_without_an_address_a_page_says_what_is_online_only(tmp_path: Path) -> None:
    links = '<a href="downloads/">受け取る</a><a class="md-tabs__link" href="downloads/">ダウンロード</a>'
    html = offline(small_site(tmp_path / "site", links), imprint=Imprint(EPOCH))
    assert "受け取る（オンライン版だけにあります）" in html
    assert '<a class="md-tabs__link">ダウンロード（オンライン版だけ）</a>' in html


def test_an_address_from_the_servers_root_stops_it(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="/guide/"):
        offline(small_site(tmp_path / "site", '<a href="/guide/">1</a>'))


# -- what is in it ------------------------------------------------------------------------------


def test_it_holds_the_site_without_downloads(made: bytes, site: Path) -> None:
    names = set(ZipFile(BytesIO(made)).namelist())
    kept = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    kept -= {name for name in kept if name.startswith("downloads/") or name.endswith(".map")}
    kept -= {"404.html", "sitemap.xml", "sitemap.xml.gz", "robots.txt"}
    # files for servers have no place on a disk
    kept -= {name for name in kept if name.startswith(("_", "."))}
    assert names == {README, *(f"{FOLDER}/{name}" for name in kept)}


def test_pages_say_what_the_site_says(site: Path, trees: dict[Path, LexborHTMLParser], unpacked: Path) -> None:
    compared = 0
    for path in trees:
        name = path.relative_to(unpacked).as_posix()
        online, here = (
            BuiltPage(f"/{name}", (folder / name).read_text(encoding="utf-8")) for folder in (site, unpacked)
        )
        if not online.tree.css_first("[data-download]"):
            here.address = online.address = "/" + name.removesuffix("index.html")
            assert here.text == online.text, name
            compared += 1
    assert compared > 40


def test_the_first_file_says_what_to_open(made: bytes) -> None:
    with ZipFile(BytesIO(made)) as archive:
        content = archive.read(archive.namelist()[0])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    text = content.decode("utf-8-sig")
    assert f"{FOLDER} フォルダーの中の index.html" in text
    assert "2027年1月15日" in text
    assert f"{SITE_ADDRESS}downloads/" in text


def test_every_page_says_that_it_is_a_copy_and_of_when(trees: dict[Path, LexborHTMLParser], unpacked: Path) -> None:
    frames = unpacked / "embed"
    for path, tree in trees.items():
        if path.parent.parent != frames:
            assert "2027年1月15日に作ったオフライン版です。" in tree.css_first("footer").text(), path


def test_a_small_one_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (offline_zip(small_site(tmp_path / part, '<a href="guide/">1</a>'), IMPRINT) for part in "ab")
    assert first == second


@pytest.mark.full
def test_the_whole_is_the_same_each_time(site: Path, made: bytes) -> None:
    assert offline_zip(site, IMPRINT) == made


# -- in a browser, from disk --------------------------------------------------------------------


@pytest.fixture
def from_disk(browser: Browser, unpacked: Path) -> Iterator[Callable[..., Page]]:
    """Open a page of the unpacked zip; script errors, console errors and requests beyond the folder fail the test."""
    watch, contexts = Watch(unpacked.as_uri()), []

    def open_page(address: str, **options: object) -> Page:
        contexts.append(browser.new_context(locale="ja-JP", **options))
        contexts[-1].on("page", watch.follow)
        page = contexts[-1].new_page()
        page.goto(f"{unpacked.as_uri()}/{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.problems == []


def test_search_glossary_and_a_calculator_work_from_disk(from_disk: Callable[..., Page], unpacked: Path) -> None:
    page = from_disk("index.html")
    page.locator(BOX).click()
    page.locator(BOX).press_sequentially("むこうか")
    expect(page.locator(RESULT).first.locator("h1")).to_have_text("無効化")
    page.locator(RESULT).first.click()
    page.wait_for_url("**/glossary/index.html?h=*#*")
    page.locator("#glossary-search").fill("boundary")
    expect(page.locator("[data-term]:visible").first).to_have_attribute("data-term", "boundary")
    example = next(one for one in catalogue().calculators["event"].examples if one.shown)
    page.goto(f"{unpacked.as_uri()}/calculators/event/index.html#v=1&{fragment(example.inputs, example.rows)}")
    for key, value in example.shown.items():
        expect(page.locator(f"output[name={key}]").first).to_have_text(value)
    suppliers_are_found(page)


@pytest.mark.full
@pytest.mark.parametrize("kind", ["calculators", "embed"])
@pytest.mark.parametrize("name", IDS)
def test_every_calculator_works_from_disk(from_disk: Callable[..., Page], kind: str, name: str) -> None:
    example = next(one for one in catalogue().calculators[name].examples if one.shown)
    page = from_disk(f"{kind}/{name}/index.html#v=1&{fragment(example.inputs, example.rows)}")
    for key, value in example.shown.items():
        expect(page.locator(f"output[name={key}]").first).to_have_text(value)
    page.locator("[data-do=text]").click()
    expect(page.locator("[data-output] textarea")).not_to_have_value("")
    page.locator("[data-do=compare]").click()
    with page.expect_download() as download:
        page.locator("[data-do=csv]").click()
    assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.full
def test_what_pages_do_works_from_disk(from_disk: Callable[..., Page]) -> None:
    page = from_disk("methods/index.html")
    page.locator("[data-chooser] input").first.check()
    expect(page.locator("[data-chooser-status]")).to_contain_text("合う方法は")
    page = from_disk("cases/index.html")
    page.locator("[data-filter] select[name=method]").select_option(index=1)
    expect(page.locator("[data-filter-status]")).to_contain_text("件を表示しています")
    expect(page).to_have_url(re.compile(r"\?method="))
    page.reload()
    expect(page.locator("[data-filter] select[name=method]")).not_to_have_value("")
    page = from_disk("index.html")
    page.locator("form[action] input").fill("むこうか")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/index.html*")
    expect(page.locator("[data-term]:visible").first).to_have_attribute("data-term", "cancellation")


@pytest.mark.full
def test_dark_colours_stay_from_page_to_page(from_disk: Callable[..., Page]) -> None:
    page = from_disk("index.html", color_scheme="light")
    page.locator("label[title='暗い配色に切り替える']").click()
    page.locator("a[href='methods/index.html']").first.click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.full
def test_the_builder_shows_its_frame_from_disk(from_disk: Callable[..., Page]) -> None:
    page = from_disk("embed/index.html#calculator=forest")
    frame = page.frame_locator("[data-preview] iframe")
    expect(frame.locator("offset-calculator")).to_have_attribute("data-calculator", "forest")


@pytest.mark.full
@pytest.mark.parametrize("javascript", [True, False])
def test_no_page_has_errors_or_asks_for_more(
    from_disk: Callable[..., Page], trees: dict[Path, LexborHTMLParser], unpacked: Path, javascript: bool
) -> None:
    page = from_disk("index.html", java_script_enabled=javascript)
    # one of each depth
    searched = {unpacked, unpacked / "cases", unpacked / "calculators" / "factors"}
    for path in trees:
        page.goto(path.as_uri(), wait_until="load")
        if javascript and path.parent in searched:
            page.locator(BOX).focus()
            expect(page.locator("script[src*='/search-worker.']")).to_have_count(1)
