"""A build without SITE_URL: the site names no address of its own, and nobody publishes it by mistake."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.editions.imprint import Imprint
from macros.editions.offline import offline_zip
from macros.hosting.files import NotReady, files_of
from macros.hosting.release import main
from macros.rendering.embed_code import UNKNOWN
from tests.conftest import SAID, build_bare, built
from tests.pages import BuiltPage, read_pages
from tests.test_embed import made_kit

LOCAL = re.compile(rb"127\.0\.0\.1|localhost|//0\.0\.0\.0", re.IGNORECASE)
# a source map of the theme tells in a comment how live editing works
THEMES_MAP = re.compile(r"assets/javascripts/bundle\.[0-9a-f]{8}\.min\.js\.map$")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The site as built without an address, without editions, and what the build said."""
    folder = built(tmp_path_factory)
    return folder / "site", (folder / SAID).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(bare: tuple[Path, str]) -> dict[str, BuiltPage]:
    return read_pages(bare[0])


def contents(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every file with its name; zips, Word and Excel files unpacked, of PDFs the words and the links."""
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from contents(f"{name}/{inner}", archive.read(inner))
    elif name.endswith(".pdf"):
        yield name, "\n".join(words_of(PdfReader(BytesIO(content)))).encode()
    else:
        yield name, content


def words_of(pdf: PdfReader) -> Iterator[str]:
    yield str(pdf.metadata)
    for page in pdf.pages:
        yield page.extract_text()
        yield from (str(one.get_object().get("/A")) for one in page.get("/Annots", []))


def naming(files: Iterator[tuple[str, bytes]]) -> tuple[list[str], int]:
    """Return the names of the files that name a local machine, and how many were read."""
    found = {name: LOCAL.search(content) for name, content in files}
    return [name for name, hit in found.items() if hit and not THEMES_MAP.search(name)], len(found)


def all_of(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        if path.is_file():
            yield from contents(path.relative_to(site).as_posix(), path.read_bytes())


def test_no_file_names_the_machine_it_was_built_on(bare: tuple[Path, str]) -> None:
    named, count = naming(all_of(bare[0]))
    assert named == []
    assert count > 150


def test_neither_zip_names_it(bare: tuple[Path, str], tmp_path: Path) -> None:
    offline = offline_zip(bare[0], Imprint(1_800_000_000))
    kit = made_kit(bare[0], tmp_path).read_bytes()
    named, count = naming(one for name, zip_ in (("site", offline), ("kit", kit)) for one in contents(name, zip_))
    assert named == []
    assert count > 150


@pytest.mark.full
def test_no_file_of_the_editions_names_it(tmp_path: Path) -> None:
    build_bare(tmp_path / "site", "--editions")
    assert "公開するアドレスが入っていません" in (tmp_path / SAID).read_text(encoding="utf-8")
    names = {name for name, _ in all_of(tmp_path / "site")}
    for one in ("guidebook.pdf", "guidebook.docx/word/document.xml", "calculators.xlsx/xl/workbook.xml"):
        assert f"downloads/{one}" in names
    assert naming(all_of(tmp_path / "site"))[0] == []


def test_pages_tell_search_engines_and_previews_no_address(pages: dict[str, BuiltPage]) -> None:
    asked = 'link[rel=canonical], meta[property="og:url"]'
    assert [page.address for page in pages.values() if page.tree.css(asked)] == []


def test_there_is_no_map_and_robots_names_none(bare: tuple[Path, str]) -> None:
    assert list(bare[0].glob("sitemap*")) == []
    assert (bare[0] / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"


def test_feed_and_data_say_that_there_is_none(bare: tuple[Path, str]) -> None:
    feed = (bare[0] / "changes" / "feed.xml").read_text(encoding="utf-8")
    assert 'rel="self"' not in feed
    assert 'rel="alternate"' not in feed
    assert '"address": null' in (bare[0] / "data" / "cases.json").read_text(encoding="utf-8")
    assert '"$id"' not in (bare[0] / "data" / "cases.schema.json").read_text(encoding="utf-8")
    assert '"homepage"' not in (bare[0] / "data" / "datapackage.json").read_text(encoding="utf-8")


def test_a_page_for_frames_leads_to_its_calculator_all_the_same(pages: dict[str, BuiltPage]) -> None:
    frames = [page for page in pages.values() if page.is_frame]
    assert len(frames) >= 10
    for page in frames:
        link = page.tree.css("footer a")[-1]
        assert link.attributes["href"] == f"../..{page.address.replace('/embed/', '/calculators/')}"
        assert link.text() == "くわしい説明と出典（別のタブ）"


def test_codes_for_other_sites_say_where_the_address_goes(pages: dict[str, BuiltPage]) -> None:
    codes = [node.text() for node in pages["/embed/"].tree.css("pre code")]
    ours = [code for code in codes if "embed/" in code and "/calculators/embed/" not in code]
    assert len(ours) > 20
    assert [code for code in ours if f"{UNKNOWN}/embed/" not in code] == []


def test_with_a_script_codes_name_where_the_page_is(
    bare: tuple[Path, str], serve: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    origin = serve(bare[0], "/town/")
    page = new_page(origin=origin)
    page.goto("/town/embed/")
    code = page.locator("[data-snippet=resize]")
    expect(code).to_have_value(re.compile(f'src="{origin}/town/embed/event/'))
    expect(code).to_have_value(re.compile(f'src="{origin}/town/embed/resize.js"'))
    expect(page.locator("pre code", has_text=f"{origin}/town/embed/event/").first).to_be_attached()
    expect(page.locator("article")).not_to_contain_text(UNKNOWN)


def test_below_a_path_search_and_calculators_work(
    bare: tuple[Path, str], serve: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    page = new_page(origin=serve(bare[0], "/town/"))
    page.goto("/town/calculators/event/#v=1&gasoline_l=100")
    expect(page.locator("output[name=total_kg]")).not_to_be_empty()
    page.locator("[data-md-component=search-query]").click()
    page.locator("[data-md-component=search-query]").press_sequentially("無効化")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/town/glossary/**")


def test_two_loud_lines_end_such_a_build_and_publishing_refuses_it(
    bare: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = bare[1].strip().splitlines()[-2:]
    assert "公開するアドレスが入っていません" in lines[0]
    assert "SITE_URL=https://" in lines[1]
    assert main(["publish", str(bare[0]), str(tmp_path / "srv")]) == 1
    assert "公開するアドレスが入っていません" in capsys.readouterr().err
    assert not (tmp_path / "srv").exists()
    with pytest.raises(NotReady, match="SITE_URL="):
        files_of(bare[0])


def test_a_build_with_an_address_ends_without_them(public_site: Path, pages: dict[str, BuiltPage]) -> None:
    assert UNKNOWN not in (public_site / "embed" / "index.html").read_text(encoding="utf-8")
    assert UNKNOWN in pages["/embed/"].html
