"""What `/about/privacy/` says of the browser's memory is true."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

KEPT = """async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  cookies: document.cookie,
  others: [(await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length],
})"""
NOTHING = {"local": [], "session": [], "cookies": "", "others": [0, 0, 0]}


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", ["/.__palette"]),
        ("/glossary/?q=無効化", ["/.__palette"]),
        ("/calculators/event/#v=1&people=120", ["/.__palette"]),
        ("/embed/event/#v=1&people=120", []),
    ],
)
def test_only_the_colours_stay_in_the_browser(new_page: Callable[..., Page], address: str, kept: list[str]) -> None:
    page = new_page()
    page.goto(address, wait_until="load")
    if kept:
        page.wait_for_function("() => localStorage.length")
    assert page.evaluate(KEPT) == NOTHING | {"local": kept}
    assert page.context.cookies() == []
