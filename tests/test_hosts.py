"""Calculators inside pages of other sites, in a real browser: `tests/hosts/*.html`, served from another port."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page
from selectolax.lexbor import LexborHTMLParser

from macros.loading.guide import Guide
from tests.browser import eventually, settle
from tests.calculator_tools import IDS, reckoned
from tests.pages import address_of

HOSTS = Path(__file__).parent / "hosts"
RESIZE = (HOSTS.parent.parent / "docs/embed/resize.js").read_text(encoding="utf-8")
HIGHEST = 20000
# what a browser says of the style attribute of the code under a policy without inline styles
NO_STYLES = ("inline style", "CSP: inline")
SIZES = """() => [document.documentElement.getBoundingClientRect().height, innerHeight,
  document.documentElement.scrollWidth, innerWidth]"""
TELL_VIOLATIONS = 'addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.blockedURI}`))'


@dataclass(frozen=True)
class Host:
    """A host page: what it lets its frames do, and the states of the builder whose code it holds."""

    resizes: bool = True
    states: tuple[str, ...] = ("calculator=event",)
    width: int = 900
    # what this town changed in the code by hand
    changed: tuple[str, str] = ("", "")

    @property
    def kind(self) -> str:
        return "reserved" if self.resizes else "worked"


FIVE_TOKENS = ' sandbox="allow-scripts allow-forms allow-downloads allow-modals allow-popups"'
SEALED = ("calculator=event&sandbox=1",)
PAGES = {
    "script": Host(),
    "iframe-only": Host(resizes=False),
    "strict-csp": Host(resizes=False),
    "strict-csp-script": Host(),
    "sandbox": Host(states=SEALED, changed=(FIVE_TOKENS, ' sandbox="allow-scripts"')),
    "sandbox-builder": Host(states=SEALED),
    "two": Host(states=("calculator=event", "calculator=household&theme=light&v.people=2")),
    "narrow": Host(width=375),
    "hostile-css": Host(),
    "dark": Host(states=("calculator=event&theme=dark&accent=1b5e20",)),
    "silent": Host(resizes=False, changed=("HEIGHT", "400")),
    "shirasagi": Host(resizes=False),
    "reserved": Host(),
    "theme-height": Host(),
    "ratio": Host(),
    "block-theme": Host(),
    "ratio-property": Host(),
    "pasted": Host(),
    "module": Host(),
    "bundle": Host(),
}


def height_for(guide: Guide, kind: str) -> str:
    """The height that the builder writes for the event calculator at its usual width."""
    heights = next(one for one in guide.embeds.heights if one.calculator == "event")
    return str((heights.empty if kind == "reserved" else heights.worked)[guide.embeds.widths.index(640)])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, server: str, serve: Callable[[Path], str], guide: Guide) -> str:
    """The origin of a municipality's site, with the host pages."""
    return serve(write_hosts(tmp_path_factory.mktemp("town"), server, guide))


def write_hosts(folder: Path, server: str, guide: Guide) -> Path:
    """Write the pages of a town that shows calculators of a server, and the scripts that the town copied; returns the folder."""
    for name, host in PAGES.items():
        html = (HOSTS / f"{name}.html").read_text(encoding="utf-8")
        html = html.replace("SITE", server).replace("HEIGHT", height_for(guide, host.kind)).replace("RESIZE", RESIZE)
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    for name in ("resize.js", "app.mjs"):
        (folder / name).write_text(RESIZE, encoding="utf-8")
    (folder / "app.js").write_text(f"window.town = 1;\n{RESIZE}", encoding="utf-8")
    (folder / "favicon.ico").touch()
    return folder


@pytest.fixture
def visit(new_page: Callable[..., Page], town: str, server: str) -> Iterator[Callable[..., Page]]:
    """Open a host page; requests to it and to our site are all there may be, and no cookie is set."""
    pages = []

    def go(name: str, width: int = 900) -> Page:
        allowed = (f"request to another origin: {server}/", *(NO_STYLES if name.startswith("strict-csp") else ()))
        page = new_page(width, 800, origin=town, allowed=allowed)
        page.add_init_script(TELL_VIOLATIONS)
        page.goto(f"/{name}.html")
        pages.append(page)
        return page

    yield go
    assert [cookie for page in pages for cookie in page.context.cookies()] == []


def frames_of(page: Page) -> list[FrameLocator]:
    return [page.frame_locator("iframe").nth(i) for i in range(page.locator("iframe").count())]


def sizes(page: Page, i: int = 0) -> list[float]:
    handle = page.locator("iframe").nth(i).element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None
    return frame.evaluate(SIZES)


def wait_for_height(page: Page, i: int = 0) -> float:
    """Wait until a frame is as high as what it holds, or as high as a frame may be."""
    frames_of(page)[i].locator("offset-calculator[data-ready]").wait_for(state="attached")
    return eventually(page, lambda: sizes(page, i), lambda seen: abs(min(seen[0], HIGHEST) - seen[1]) <= 1)[1]


@pytest.mark.parametrize("name", PAGES)
def test_on_a_host_page_a_calculator_reckons_and_is_seen_whole(visit: Callable[..., Page], name: str) -> None:
    host = PAGES[name]
    page = visit(name, host.width)
    assert page.locator("iframe").count() == len(host.states)
    for i, frame in enumerate(frames_of(page)):
        page.locator("iframe").nth(i).scroll_into_view_if_needed()
        frame.locator("[name=gasoline_l]").fill("100")
        frame.locator("[name=gasoline_l]").press("Enter")
        total = "output[name=total_kg]" if i == 0 else "output[name=line_gasoline_l]"
        frame.locator(f"{total}:text('{reckoned('event', 'total_kg', gasoline_l='100')[1]}')").wait_for()
        if host.resizes:
            wait_for_height(page, i)
        else:
            frame.locator("footer a").scroll_into_view_if_needed()
            frame.locator("footer a").click(trial=True)
        _, _, needed, width = sizes(page, i)
        assert needed <= width


def test_a_frame_lower_than_its_content_scrolls(visit: Callable[..., Page]) -> None:
    page = visit("silent")
    eventually(page, lambda: sizes(page), lambda seen: seen[0] > seen[1] == 400)


def test_host_pages_hold_the_code_that_the_builder_gives(
    new_page: Callable[..., Page], site: Path, server: str
) -> None:
    """To the letter, but for the site's address and the height of the day, and what the town says it changed."""
    page, codes = new_page(), {}
    for state in {state for host in PAGES.values() for state in host.states}:
        page.goto("about:blank")
        page.goto(f"/embed/#{state}")
        # a build without an address shows the page's own
        address = address_of(site) or f"{server}/"
        code = page.locator("[data-snippet=resize]").input_value().replace(address, "SITE/")
        codes[state] = re.sub(r'height(="|:)\d+', r"height\1HEIGHT", code).split("\n")
    for name, host in PAGES.items():
        html = (HOSTS / f"{name}.html").read_text(encoding="utf-8")
        for frame, script in (codes[state] for state in host.states):
            assert frame.replace(*host.changed) in html, name
            assert script in html or not host.resizes or name in {"pasted", "module", "bundle"}, name


def test_without_inline_styles_the_attributes_give_the_size(visit: Callable[..., Page], guide: Guide) -> None:
    page = visit("strict-csp")
    _, height, _, width = sizes(page)
    assert height == int(height_for(guide, "worked"))
    assert width > 800


@pytest.mark.parametrize("name", ["theme-height", "ratio", "block-theme", "ratio-property"])
def test_what_follows_a_frame_stands_below_it_and_close(visit: Callable[..., Page], name: str) -> None:
    page = visit(name)
    wait_for_height(page)
    below = "document.querySelector('#after').getBoundingClientRect().top - document.querySelector('iframe').getBoundingClientRect().bottom"
    eventually(page, lambda: page.evaluate(below), lambda gap: 0 <= gap < 50)


def test_a_box_that_scrolls_on_purpose_stays_as_it_is(visit: Callable[..., Page]) -> None:
    page = visit("script")
    page.evaluate(
        """() => { const box = document.createElement("div"), frame = document.querySelector("iframe");
          box.style.cssText = "height:500px;overflow:auto"; frame.replaceWith(box); box.append(frame); }"""
    )
    wait_for_height(page)
    assert page.locator("div").evaluate("box => box.offsetHeight") == 500


def test_no_height_that_was_measured_is_near_the_limit(guide: Guide) -> None:
    """At the narrowest width, with the example in it; letters and zoom may make a form half as high again."""
    limit = int(re.findall(r"Math\.min\((\d+),", RESIZE)[0])
    assert limit == HIGHEST
    assert max(height for one in guide.embeds.heights for height in [*one.empty, *one.worked]) * 1.5 < limit


def test_at_320_pixels_the_highest_calculator_is_seen_whole(visit: Callable[..., Page]) -> None:
    page = visit("script", 336)
    page.frame_locator("iframe").locator("[data-do=preset]").click()
    assert wait_for_height(page) > 5000


def test_every_host_page_is_tested() -> None:
    assert {page.stem for page in HOSTS.glob("*.html")} == set(PAGES)


def test_host_pages_name_their_frames(visit: Callable[..., Page]) -> None:
    for name in PAGES:
        html = (HOSTS / f"{name}.html").read_text(encoding="utf-8")
        titles = [part.split('"')[0] for part in html.split('title="')[1:]]
        assert titles
        assert all(len(title) >= 4 for title in titles)


@pytest.mark.parametrize("action", ["csv", "save", "link", "text", "statement"])
def test_in_a_sealed_frame_texts_to_select_stand_for_files(visit: Callable[..., Page], action: str) -> None:
    frame = visit("sandbox").frame_locator("iframe")
    frame.locator("[name=gasoline_l]").fill("100")
    frame.locator(f"[data-do={action}]").click()
    assert len(frame.locator("[data-output] textarea").input_value()) > 20


def test_in_a_sealed_frame_print_gives_a_text_and_factors_are_named(visit: Callable[..., Page]) -> None:
    frame = visit("sandbox").frame_locator("iframe")
    frame.locator("[name=gasoline_l]").fill("100")
    frame.locator("[data-do=print]").click()
    assert reckoned("event", "total_kg", gasoline_l="100")[1] in frame.locator("[data-output] textarea").input_value()
    assert frame.locator("[data-steps] a[href]").count() == 0
    assert "#gasoline" in (frame.locator("[data-steps] a").first.text_content() or "")


# -- resize.js: only our frames, only sane heights -----------------------------------------------------

FORGED = """(data) => { window.postMessage(data, "*"); }"""
FROM_ANOTHER_FRAME = """([source, data]) => new Promise((done) => {
  const frame = document.createElement("iframe");
  frame.srcdoc = `<script>parent.postMessage(${JSON.stringify(data)}, "*"); parent.postMessage("sent", "*")<\\/script>`;
  addEventListener("message", (event) => event.data === "sent" && setTimeout(done, 50));
  document.body.append(frame);
})"""


# the height right after the message before: the frame itself may tell its own a moment later
HEAR = """addEventListener("message", ({ data }) => {
  if (data === "sent") window.heard = document.querySelector("iframe").style.height;
})"""


def height_of(page: Page) -> str:
    return page.locator("iframe").first.evaluate("frame => frame.style.height")


def test_messages_of_others_change_nothing(visit: Callable[..., Page]) -> None:
    page = visit("script")
    wait_for_height(page)
    before = height_of(page)
    message = {"type": "offset-guidebook:height", "height": 333}
    page.evaluate(FORGED, message)
    page.evaluate(FROM_ANOTHER_FRAME, ["", message])
    assert height_of(page) == before


@pytest.mark.parametrize(
    ("height", "wanted"),
    [("1e9", "20000px"), ("1", "200px"), ("-7", "200px"), ("777", "777px"), ("NaN", ""), ("Infinity", ""), ("'9'", "")],
)
def test_heights_are_clamped_and_must_be_numbers(visit: Callable[..., Page], height: str, wanted: str) -> None:
    page = visit("script")
    wait_for_height(page)
    before = height_of(page)
    handle = page.locator("iframe").first.element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None
    page.evaluate(HEAR)
    frame.evaluate(f"parent.postMessage({{ type: 'offset-guidebook:height', height: {height} }}, '*')")
    frame.evaluate("parent.postMessage('sent', '*')")
    page.wait_for_function("() => window.heard")
    assert page.evaluate("window.heard") == (wanted or before)


def test_a_late_script_still_learns_the_height(visit: Callable[..., Page], server: str) -> None:
    page = visit("iframe-only")
    page.frame_locator("iframe").locator("offset-calculator[data-ready]").wait_for()
    page.add_script_tag(url=f"{server}/embed/resize.js")
    wait_for_height(page)


def test_a_copied_script_works_when_told_where_the_calculators_are(visit: Callable[..., Page], server: str) -> None:
    page = visit("iframe-only")
    page.evaluate(
        """(base) => { const script = document.createElement("script");
          Object.assign(script, { src: "/resize.js" }).dataset.base = base; document.head.append(script); }""",
        f"{server}/embed/",
    )
    wait_for_height(page)


def test_a_frame_that_comes_later_is_ours_too(visit: Callable[..., Page], server: str) -> None:
    page = visit("script")
    page.evaluate(
        """(src) => { const frame = document.createElement("iframe");
          Object.assign(frame, { src, title: "あとから入れた計算" }); document.body.prepend(frame); }""",
        f"{server}/embed/scheme/",
    )
    page.frame_locator("iframe").first.locator("offset-calculator[data-ready]").wait_for()
    wait_for_height(page, 0)


SHIFT = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted = (window.shifted || 0) + entry.value;
}).observe({ type: "layout-shift", buffered: true })"""


def test_a_reserved_height_leaves_the_page_where_it_is(visit: Callable[..., Page]) -> None:
    """With the height that the builder writes for the width, nothing moves; letters differ a little by machine."""
    page = visit("reserved")
    page.evaluate(SHIFT)
    wait_for_height(page)
    settle(page, 200)
    assert page.evaluate("window.shifted || 0") < 0.1


# -- what editors of municipal sites are checked for ------------------------------------------------------


def complaints(html: str) -> list[str]:
    """What the checker of a CMS such as SHIRASAGI says of a piece of a page."""
    tree = LexborHTMLParser(html)
    said = [f"title: {one.html}" for one in tree.css("iframe") if len(one.attributes.get("title") or "") < 4]
    said += [f"link text: {one.html}" for one in tree.css("a") if len(one.text()) < 4 and not one.css("img[alt]")]
    said += [f"alt: {one.html}" for one in tree.css("img") if not one.attributes.get("alt")]
    targets = [one.attributes.get(key) for one in tree.css("[href], [src]") for key in ("href", "src")]
    said += [f"address: {target}" for target in targets if target and not target.startswith(("http://", "https://"))]
    words = tree.text() + "".join(value or "" for one in tree.css("*") for value in one.attributes.values())
    return said + re.findall(r"[Ａ-Ｚａ-ｚ０-９]+|[\uff61-\uff9f]+", words)


def test_the_checker_of_a_cms_finds_nothing_in_ready_codes(public_site: Path) -> None:
    tree = LexborHTMLParser((public_site / "embed/index.html").read_text(encoding="utf-8"))
    codes = [node.text() for name in IDS for node in tree.css(f"section[aria-labelledby={name}] code")]
    assert len(codes) == 5 * len(IDS)
    # the kit is for one's own server: its address has no host
    assert [line for code in codes if 'src="/calculators/' not in code for line in complaints(code)] == []


def test_the_checker_finds_what_it_is_for() -> None:
    assert len(complaints('<iframe src="/a" title="計算"></iframe><a href="http://a/">図</a><p>ＣＯ</p><p>ｶﾅ</p>')) == 5
