"""Pages of towns with policies of their own: the hint of /embed/ is followed to the letter, and headers, disk and sanitisers tried."""

import re
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from macros.hosting.policy import source_of
from tests.browser import eventually
from tests.calculator_tools import IDS
from tests.pages import read_pages

NewPage = Callable[..., Page]
INLINE = "window.townInline = true"
PAGE = f"""<!doctype html><html lang="ja"><meta charset="utf-8"><title>町</title><h1>町のページ</h1>
<script{{nonce}}>{INLINE}</script><script src="/town.js"{{nonce}}></script>
<iframe id="own" src="/own.html" title="町の枠"></iframe>
CODE
<img id="picture" src="SITEembed/event/picture.svg" alt="計算例">"""
HASH = source_of(INLINE)
# where Chromium puts a frame that it may not show
REFUSED = "chrome-error://chromewebdata/"
POLICIES = {
    "each": f"default-src 'none'; script-src 'self' {HASH}; frame-src 'self'; img-src 'self'",
    "default only": f"default-src 'self' {HASH}",
    "default none": f"default-src 'none'; script-src 'self' {HASH}; child-src 'self'",
    "frames none": f"default-src 'self'; script-src 'self' {HASH}; img-src 'none'",
    "scripts only": f"script-src 'self' {HASH}",
    "elements": f"default-src 'self'; script-src 'none'; script-src-elem 'self' {HASH}",
    "nonce": "default-src 'self'; script-src 'nonce-abc' 'strict-dynamic'",
    "other things": "object-src 'none'; upgrade-insecure-requests; base-uri 'self'",
}


def parsed(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";") if part.strip())}


def followed(policy: str, directives: list[str], origin: str) -> str:
    """Do what the page says, sentence by sentence."""
    rules = parsed(policy)
    for name in directives:
        copied = {"frame-src": "child-src"}.get(name, "")
        meant = "script-src-elem" if name == "script-src" and "script-src-elem" in rules else name
        source = next((one for one in (meant, copied, "default-src") if one in rules), None)
        if source:
            rules[meant] = [*(value for value in rules[source] if rules[source] != ["'none'"]), origin]
    return "; ".join(" ".join([name, *values]) for name, values in rules.items())


@pytest.fixture(scope="module")
def hint(site: Path) -> LexborHTMLParser:
    return read_pages(site)["/embed/"].tree


@pytest.fixture(scope="module")
def directives(hint: LexborHTMLParser) -> list[str]:
    return [node.text() for node in hint.css("[data-csp]")]


class Town(SimpleHTTPRequestHandler):
    """Answers `/` with one page and one header of the test's choice."""

    page = ""
    headers_sent: dict[str, str] = {}

    def do_GET(self) -> None:
        kind, body = {
            "/": ("text/html; charset=utf-8", self.page),
            "/town.js": ("text/javascript", "window.townFile = true"),
            "/own.html": ("text/html; charset=utf-8", "<!doctype html><title>枠</title><p id=here>町の枠です。</p>"),
        }.get(self.path, ("text/plain", ""))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@pytest.fixture
def visit(new_page: NewPage, hint: LexborHTMLParser, server: str) -> Iterator[Callable[..., Page]]:
    """Open the town's page, which holds the ready code and the picture, under the given headers."""
    code = hint.css("section[aria-labelledby=event] code")[1].text()
    site = re.search(r'src="([^"]*)embed/event/"', code)[1]
    running = []

    def go(headers: dict[str, str], nonce: str = "", allowed: tuple[str, ...] = (), ours: str = server) -> Page:
        attribute = f' nonce="{nonce}"' if nonce else ""
        html = PAGE.format(nonce=attribute).replace("CODE", code.replace("<script", f"<script{attribute}"))
        html = html.replace("SITE", site).replace(site, f"{ours}/")
        handler = type("ThisTown", (Town,), {"page": html, "headers_sent": headers})
        running.append(ThreadingHTTPServer(("127.0.0.1", 0), handler))
        Thread(target=running[-1].serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        # the code has a style; its attributes do where the policy allows none
        page = new_page(
            origin=f"http://127.0.0.1:{running[-1].server_port}",
            allowed=(f"request to another origin: {server}/", "inline style", *allowed),
        )
        page.goto("/")
        return page

    yield go
    for one in running:
        one.shutdown()
        one.server_close()


ALL = dict.fromkeys(["town", "own frame", "frame", "resize", "picture"], True)


def all_works(page: Page) -> None:
    """Wait until all of the page does what it is for, the town's own and ours."""
    page.locator("iframe").nth(1).scroll_into_view_if_needed()
    eventually(page, lambda: works(page), lambda seen: seen == ALL)


def kept_out(page: Page) -> dict[str, bool]:
    """Wait until the browser has refused our frame; tell what works then."""
    page.locator("iframe").nth(1).scroll_into_view_if_needed()
    eventually(page, lambda: [frame.url for frame in page.frames], lambda seen: REFUSED in seen)
    return works(page)


def works(page: Page) -> dict[str, bool]:
    """What of the page does what it is for now, the town's own and ours."""
    frame = page.frame_locator("iframe >> nth=1")
    ours = frame.locator("offset-calculator[data-ready]").count() == 1
    return {
        "town": page.evaluate("Boolean(window.townInline && window.townFile)"),
        "own frame": page.frame_locator("#own").locator("#here").count() == 1,
        "frame": ours,
        "resize": page.locator("iframe").nth(1).evaluate("frame => frame.style.getPropertyPriority('height')") != "",
        "picture": page.locator("#picture").evaluate("image => image.complete && image.naturalWidth > 0"),
    }


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_the_hint_to_the_letter_lets_ours_in_and_leaves_the_towns_own(
    visit: Callable[..., Page], directives: list[str], server: str, policy: str
) -> None:
    nonce = "abc" if "nonce" in policy else ""
    done = followed(policy, directives, server)
    all_works(visit({"Content-Security-Policy": done}, nonce))


def test_before_the_hint_a_strict_policy_keeps_ours_out(visit: Callable[..., Page]) -> None:
    page = visit({"Content-Security-Policy": POLICIES["each"]}, allowed=("Content Security Policy", "violates"))
    found = kept_out(page)
    assert (found["town"], found["own frame"]) == (True, True)
    assert not any([found["frame"], found["resize"], found["picture"]])


def test_the_hint_names_each_directive_and_its_example_is_what_it_says(
    hint: LexborHTMLParser, directives: list[str]
) -> None:
    assert directives == ["frame-src", "script-src", "img-src"]
    before, after = (hint.css_first(f"[data-csp-{which}]").text() for which in ("before", "after"))
    origin = after.rsplit(" ", 1)[1]
    assert followed(before, ["script-src", "frame-src"], origin) == after


@pytest.mark.parametrize("policy", ["require-corp", "credentialless"])
def test_a_host_with_an_embedder_policy_shows_frame_script_and_picture(visit: Callable[..., Page], policy: str) -> None:
    headers = {"Cross-Origin-Embedder-Policy": policy, "Cross-Origin-Opener-Policy": "same-origin"}
    page = visit(headers, allowed=("Cross-Origin-Opener-Policy",))
    assert page.evaluate("crossOriginIsolated")
    all_works(page)


def test_without_our_headers_an_embedder_policy_keeps_all_but_the_link_out(
    visit: Callable[..., Page], server: str, site: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    for entry in site.iterdir():
        if entry.name != "_headers":
            (tmp_path / entry.name).symlink_to(entry)
    plain = serve(tmp_path)
    page = visit({"Cross-Origin-Embedder-Policy": "require-corp"}, allowed=("request to", "ERR_BLOCKED"), ours=plain)
    found = kept_out(page)
    assert (found["town"], found["own frame"]) == (True, True)
    assert not any([found["frame"], found["resize"], found["picture"]])


@pytest.mark.parametrize("sandbox", ["", ' sandbox="allow-scripts"'])
def test_a_page_on_disk_frames_a_calculator(browser: Browser, server: str, tmp_path: Path, sandbox: str) -> None:
    file = tmp_path / "preview.html"
    file.write_text(
        f'<!doctype html><iframe src="{server}/embed/event/" title="計算" width="600" height="500"{sandbox}></iframe>',
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("[name=gasoline_l]").fill("100")
    expect(frame.locator("output[name=total_kg]")).not_to_have_text("")
    page.close()


# -- what an editor does with the code ---------------------------------------------------------------


def without_frames_and_scripts(html: str) -> str:
    """What is left where an author may write no raw HTML: those tags go, with all between those of a script."""
    return re.sub(r"</?iframe[^>]*>|<script.*?</script>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("kind", [0, 1, 4])
def test_a_link_remains_where_frames_are_taken_away(hint: LexborHTMLParser, name: str, kind: int) -> None:
    code = hint.css(f"section[aria-labelledby={name}] code")[kind].text()
    link = LexborHTMLParser(without_frames_and_scripts(code)).css_first("a")
    assert (link.attributes["href"] or "").endswith(f"/calculators/{name}/")
    assert re.fullmatch(r"カーボン・オフセット計算（.+）を開く", link.text())


def test_the_picture_is_no_wider_than_a_phone(new_page: NewPage, hint: LexborHTMLParser, server: str) -> None:
    code = hint.css("section[aria-labelledby=event] code")[3].text()
    page = new_page(375, 800)
    source = re.sub(r'src="[^"]*/embed/', f'src="{server}/embed/', code)
    page.set_content(f'<!doctype html><meta name="viewport" content="width=device-width">{source}')
    page.wait_for_function("() => document.querySelector('img').complete")
    width, height, natural = page.locator("img").evaluate(
        "one => [one.width, one.height, one.naturalWidth / one.naturalHeight]"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert width / height == pytest.approx(natural, rel=0.02)
