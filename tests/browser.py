"""Helpers for tests in a browser: how it starts, what a page may not do, and axe-core."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any, TypeVar

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect, sync_playwright

from .browser_setup import find_browser

# of two lists of features Chromium heeds the last: what Playwright switches off and a test could meet stands here again
SWITCHED_OFF_BY_PLAYWRIGHT = [
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
# pages of Chromium's own that each window would load unseen: they cost more than the page under test
PARTS_OF_THE_WINDOW = [
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
    "WebUIToolbarWebView",
]
FLAGS = [
    "--no-sandbox",  # root has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # a page that asks another server is found out, not answered
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    f"--disable-features={','.join([*SWITCHED_OFF_BY_PLAYWRIGHT, *PARTS_OF_THE_WINDOW])}",
]
WCAG_A_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
INNER = ("data:", "blob:", "about:")
# how long a state may take to come, in milliseconds: far more than a busy machine needs; nothing waits so long that passes
LONGEST = 90_000
expect.set_options(timeout=LONGEST)


@contextmanager
def launched() -> Iterator[Browser]:
    """Run the system's Chromium; fail, never skip, when there is none."""
    path = find_browser()
    assert path, "Chromium がありません。`make test` で始めるか、CHROMIUM に場所を書いてください。"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """Records what a page may not do: console errors, script errors, requests to other origins."""

    def __init__(self, origin: str, allowed: tuple[str, ...] = ()) -> None:
        self.origin = origin
        self.allowed = allowed
        self.problems: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to a page from its first moment."""
        page.on("console", self._console)
        page.on("pageerror", self._page_error)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._add(f"console: {message.text} ({message.location.get('url', '')})")

    def _page_error(self, error: Error) -> None:
        self._add(f"script error: {error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", *INNER)):
            self._add(f"request to another origin: {request.url}")

    def _add(self, problem: str) -> None:
        if not any(text in problem for text in self.allowed):
            self.problems.append(problem)


def settle(page: Page, milliseconds: int = 50) -> None:
    """Let what the page itself has put off by less than this happen: by the page's own clock, which no load outruns."""
    page.evaluate(
        "wait => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, wait))))",
        milliseconds,
    )


Seen = TypeVar("Seen")


def eventually(page: Page, see: Callable[[], Seen], good: Callable[[Seen], bool]) -> Seen:
    """Look again until what is seen is good; fail with what was seen last."""
    seen = see()
    for _ in range(LONGEST // 50):
        if good(seen):
            return seen
        page.wait_for_timeout(50)
        seen = see()
    raise AssertionError(f"still {seen}")


def axe_violations(page: Page, tags: list[str] | None = None) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 A and AA, one line for each element."""
    for frame in page.frames:
        frame.evaluate(_axe_source())
    found = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", tags or WCAG_A_AA
    )
    return [line for violation in found["violations"] for line in _lines(violation)]


def _axe_source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _lines(violation: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in violation["nodes"]
    ]
