"""The Content Security Policy: in every page, true to its scripts, obeyed in use, and the same in the headers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.hosting.headers import fits, read_cloud
from macros.hosting.policy import (
    KNOWN_SCRIPTS,
    WAY_TO_ROOT,
    PolicyError,
    frame_policy,
    inline,
    is_known,
    policy_for,
    source_of,
    with_policy,
    write_policy,
)
from macros.loading.guide import Guide
from macros.site import build as module
from macros.site.build import BuildError, build
from macros.site.job import Job
from tests.calculator_tools import IDS
from tests.pages import BuiltPage, address_of, path_of, read_pages

NewPage = Callable[..., Page]
META = 'meta[http-equiv="Content-Security-Policy"]'
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""
# one page of each kind that the walk below does not open
KINDS = ["/methods/", "/cases/", "/glossary/", "/report/surveys/", "/downloads/", "/embed/event/"]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BuiltPage]:
    return read_pages(site)


@pytest.fixture(scope="module")
def frames(site: Path, guide: Guide) -> str:
    """The policy of calculators alone, for the address the site was built for."""
    return frame_policy([address_of(site), *guide.site.other_addresses])


@pytest.fixture(scope="module")
def policy(pages: dict[str, BuiltPage]) -> str:
    """The policy of the home page."""
    return pages["/"].tree.css_first(META).attributes["content"] or ""


# -- in the pages -------------------------------------------------------------------------------------


def test_every_page_has_one_policy_right_behind_its_charset(
    pages: dict[str, BuiltPage], policy: str, frames: str
) -> None:
    for page in pages.values():
        head = page.tree.css("head > *")
        assert [node.attributes.get("http-equiv") for node in head[:2]] == [None, "Content-Security-Policy"]
        assert "charset" in head[0].attributes
        assert len(page.tree.css(META)) == 1, page.address
        assert head[1].attributes["content"] == (frames if page.is_frame else policy), page.address


def test_the_policy_allows_nothing_by_and_large(policy: str) -> None:
    assert policy.startswith("default-src 'none'; ")
    assert re.findall(r"unsafe|https?:|\*|blob:|strict-dynamic|frame-ancestors", policy) == []
    assert [part.split()[0] for part in policy.split("; ") if "data:" in part] == ["img-src"]


def test_the_hashes_are_those_of_the_scripts_in_the_pages(pages: dict[str, BuiltPage], policy: str) -> None:
    in_pages = {
        source_of(node.text(deep=True))
        for page in pages.values()
        for node in page.tree.css("script:not([src]):not([type])")
    }
    assert set(re.findall(r"'sha256-[^']+'", policy)) == in_pages
    # one scope for each depth, one for the 404 page, the palette, the tabs
    assert len(in_pages) == 6


def test_no_page_has_a_style_a_handler_or_a_script_in_a_link(pages: dict[str, BuiltPage]) -> None:
    """The whole page, the theme's part too, read by another parser than the build's."""
    found = [
        f"{page.address}: <{node.tag} {name}>"
        for page in pages.values()
        for node in page.tree.css("*")
        for name, value in node.attributes.items()
        if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
    ]
    assert found == []
    assert [page.address for page in pages.values() if page.tree.css_first("style")] == []


# -- how it is made -------------------------------------------------------------------------------------


def test_a_hash_is_that_of_the_letters_between_the_tags() -> None:
    # the example of Content Security Policy Level 3, 8.3
    assert inline("<script>alert('Hello, world.');</script>").scripts == ["alert('Hello, world.');"]
    assert source_of("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_only_what_a_browser_runs_gets_a_hash() -> None:
    html = (
        '<script src="a.js"></script><script type="application/json">{"a": "<b>"}</script><script> a &lt; b </script>'
    )
    assert inline(html).scripts == [" a &lt; b "]


def test_the_order_of_scripts_does_not_matter() -> None:
    assert policy_for(["a", "b"]) == policy_for(["b", "a", "b"])
    assert "script-src 'self';" in policy_for([])


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">',
        "<style>p {}</style>",
        '<a onclick="x()">',
        '<svg onload="x()">',
        '<a href=" JavaScript:void(0)">',
        '<form action="javascript:x">',
        '<a href="java\tscript:x">',
        '<iframe src="https://example.com/">',
        '<iframe src="//example.com/">',
        '<img src="HTTPS://example.com/a.png">',
        '<form action="https://example.com/">',
        '<button formaction="mailto:a@example.com">',
        '<script src="https://example.com/x.js">',
        '<link rel="stylesheet" href="https://example.com/x.css">',
        '<link rel="preconnect" href="//example.com">',
        '<object data="//example.com/x">',
        '<meta http-equiv="refresh" content="0;url=/">',
        '<base href="/">',
    ],
)
def test_what_no_hash_mends_is_a_fault(html: str) -> None:
    assert inline(html).faults


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.com/">',
        '<link rel="canonical" href="https://example.com/">',
        '<img src="data:image/png;base64,x">',
        '<form action="../glossary/">',
    ],
)
def test_links_that_readers_follow_may_lead_out(html: str) -> None:
    assert inline(html).faults == []


def test_every_known_script_stands_in_the_pages(pages: dict[str, BuiltPage]) -> None:
    """What the theme no longer brings is taken off the list."""
    by_zensical = 'content="zensical' in pages["/"].html.lower()
    program = "Zensical" if by_zensical else "Material"
    scripts = {script for page in pages.values() for script in inline(page.html).scripts}
    known = {known for known, said in KNOWN_SCRIPTS.items() if program in said.partition(":")[0]}
    assert known == {source_of(WAY_TO_ROOT.sub("", script)) for script in scripts}


def test_a_script_that_is_not_known_is_refused_with_its_page_and_hash(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("<meta charset=utf-8><script>alert(1)</script>", encoding="utf-8")
    with pytest.raises(PolicyError, match=re.escape(f"a/index.html: <script> 'alert(1)' {source_of('alert(1)')}")):
        write_policy(tmp_path, frame_policy())
    assert "Content-Security-Policy" not in (tmp_path / "a" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("way", ['".."', '"/offset/"'])
def test_the_way_to_the_root_makes_no_other_script(way: str, pages: dict[str, BuiltPage]) -> None:
    script = next(one for one in inline(pages["/"].html).scripts if one.startswith("__md_scope"))
    assert is_known(script.replace('URL("."', f"URL({way}"))
    assert not is_known(script.replace('URL("."', 'URL(".",alert(1),""'))
    assert not is_known(script + "alert(1)")


def test_the_origins_of_the_site_stand_in_the_policy_of_frames() -> None:
    """Literally as other sites were told; each origin once, without path, in ASCII."""
    assert frame_policy([""]) == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'"
    )
    addresses = [
        "https://www.Example.jp/offset/",
        "http://127.0.0.1:8080/",
        "https://www.example.jp/",
        "https://例え.jp/",
    ]
    both = "https://www.example.jp http://127.0.0.1:8080 https://xn--r8jz45g.jp"
    assert frame_policy(addresses) == (
        f"default-src 'none'; script-src 'self' {both}; style-src 'self' {both}; img-src 'self' {both} data:; "
        "form-action 'none'; base-uri 'none'"
    )


def test_all_addresses_of_a_site_are_in_its_built_frames_and_headers(
    small_guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://www.example.jp/offset")
    with (small_guide / "data/site.yml").open("a", encoding="utf-8") as file:
        file.write("other_addresses: [https://old.example.jp/]\n")
    embeds = small_guide / "data/embeds.yml"
    retired = "retired:\n  - {id: old, retired_on: 2026-04-01, reason: 制度が終わりました。}\n"
    embeds.write_text(embeds.read_text(encoding="utf-8").replace("retired: []\n", retired), encoding="utf-8")
    site = tmp_path / "site"
    build(small_guide, site)
    wanted = frame_policy(["https://www.example.jp/", "https://old.example.jp/"])
    assert inline((site / "embed/old/index.html").read_text(encoding="utf-8")).policies == [wanted]
    cloud = read_cloud((site / "_headers").read_text(encoding="utf-8"))
    assert dict(cloud)["/offset/embed/old/*"]["Content-Security-Policy"] == wanted


def test_a_page_without_a_place_for_the_policy_is_refused() -> None:
    assert with_policy('<meta charset="utf-8"><title>', "p").startswith('<meta charset="utf-8">\n<meta http-equiv=')
    with pytest.raises(PolicyError, match="charset"):
        with_policy("<title>題</title>", "p")


def test_a_page_with_a_style_stops_the_build_and_is_named(
    small_guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_style(job: Job) -> None:
        job.folder.mkdir()
        (job.folder / "index.html").write_text('<meta charset="utf-8"><p style="color:red">赤</p>', encoding="utf-8")

    monkeypatch.setattr(module, "STEPS", (with_style, module.headers))
    with pytest.raises(BuildError, match=r"index\.html: <p> style="):
        build(small_guide, tmp_path / "site")


# -- in use: each violation is a console error, which fails every browser test; here they are told by name --------


def watched(new_page: NewPage, **options: object) -> Page:
    page = new_page(**options)
    page.add_init_script(TELL_VIOLATIONS)
    return page


def test_no_kind_of_page_breaks_the_policy(new_page: NewPage) -> None:
    page = watched(new_page)
    for address in KINDS:
        page.goto(address, wait_until="load")


@pytest.mark.full
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_the_policy(new_page: NewPage, pages: dict[str, BuiltPage], scheme: str) -> None:
    page = watched(new_page, color_scheme=scheme)
    for address in sorted(set(pages) - {"/404.html"}):
        page.goto(address, wait_until="load")
        page.mouse.wheel(0, 2000)


def test_the_missing_page_keeps_the_policy(new_page: NewPage) -> None:
    page = watched(new_page, allowed=("404",))
    page.goto("/none/")
    expect(page.locator("h1")).to_have_text("ページが見つかりません")


def test_what_readers_do_keeps_the_policy(new_page: NewPage) -> None:
    page = watched(new_page)
    page.goto("/")
    page.locator("label[for=__palette_1]").click()
    page.goto("/guide/meaning/")
    page.locator("[data-md-component=search-query]").fill("クレジット")
    page.locator(".md-search-result__link").first.wait_for()
    page.locator("[data-md-component=search-share]").click()
    page.goto("/calculators/event/")
    page.locator("[data-do=preset]").click()
    with page.expect_download():
        page.locator("[data-do=csv]").click()
    page.goto("/embed/")
    expect(page.frame_locator("iframe").locator("offset-calculator")).to_be_visible()


def test_an_injected_script_style_or_request_is_blocked(new_page: NewPage) -> None:
    """The policy has teeth: what someone might smuggle into a page does nothing."""
    page = new_page(allowed=("Content Security Policy", "violates", "Failed to load"))
    page.goto("/guide/meaning/")
    attempts = page.evaluate("""async () => {
      const script = document.createElement("script");
      script.textContent = "window.smuggled = true";
      document.body.append(script);
      const image = document.createElement("img");
      image.setAttribute("onerror", "window.smuggled = true");
      image.src = "data:,";
      document.body.append(image);
      const words = document.createElement("p");
      words.setAttribute("style", "color: rgb(1, 2, 3)");
      document.body.append(words);
      const asked = await fetch("/robots.txt").then(() => true, () => false);
      await new Promise((done) => setTimeout(done, 100));
      let evaluated = true;
      try { (0, eval)("1"); } catch { evaluated = false; }
      return [window.smuggled === true, getComputedStyle(words).color === "rgb(1, 2, 3)", asked, evaluated];
    }""")
    assert attempts == [False, False, False, False]


# -- the headers ----------------------------------------------------------------------------------------


def test_headers_carry_the_policy_of_the_page(site: Path, pages: dict[str, BuiltPage]) -> None:
    cloud, base = read_cloud((site / "_headers").read_text(encoding="utf-8")), path_of(site)
    for address, page in pages.items():
        (headers,) = [headers for path, headers in cloud if fits(path, base + address.lstrip("/"))]
        own = page.tree.css_first(META).attributes["content"]
        nobody = "frame-ancestors 'none'"
        wanted = own if page.is_frame else f"{own}; {nobody}"
        if address == "/downloads/":  # files for other programs share its rule
            wanted = nobody
        assert headers["Content-Security-Policy"] == wanted, address


def test_served_with_headers_calculators_go_into_frames_and_pages_do_not(
    new_page: NewPage, serve: Callable[..., str], site: Path, tmp_path: Path
) -> None:
    (tmp_path / "favicon.ico").touch()
    base = path_of(site)  # the rules of the headers begin with it
    server = serve(site, base)
    frames = [f"{server}{base}{name}/" for name in (f"embed/{IDS[0]}", "guide/meaning", "embed")]
    body = "".join(f'<iframe src="{address}" title="枠"></iframe>' for address in frames)
    (tmp_path / "index.html").write_text(f"<!doctype html><title>町</title>{body}", encoding="utf-8")
    page = new_page(origin=serve(tmp_path), allowed=(f"request to another origin: {server}/", "frame-ancestors"))
    page.goto("/")
    expect(page.frame_locator("iframe >> nth=0").locator("offset-calculator")).to_be_visible()
    for number in (1, 2):
        expect(page.frame_locator(f"iframe >> nth={number}").locator("article")).to_have_count(0)


def test_no_page_names_what_would_be_fetched_ahead(site: Path) -> None:
    """Firefox fetches `rel=next`; the policy stops it, with two errors on nearly every page."""
    ahead = re.compile(r'<link[^>]* rel="?(?:next|prefetch|preload|prerender|modulepreload)\b')
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert [str(path) for path, html in pages.items() if ahead.search(html)] == []
    assert any('rel="prev"' in html for html in pages.values())
