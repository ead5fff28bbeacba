"""No page of the site has an error, a request to elsewhere or anything that its policy stops, in Firefox and in WebKitGTK."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines import Engine
from tests.pages import read_pages

pytestmark = pytest.mark.full
BAD = """<!doctype html><meta charset=utf-8><title>悪い</title><link rel=icon href=data:,>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'"><script src=/bad.js></script>
<script>stopped()</script>"""


@pytest.fixture(scope="module")
def addresses(site: Path) -> list[str]:
    """Every page from the site's root; the one for what is missing stands at no address of its own."""
    return [address for address in read_pages(site) if address != "/404.html"]


def test_in_firefox_no_page_has_an_error(
    started_engine: Callable[[str], Engine], server: str, addresses: list[str]
) -> None:
    engine = started_engine("firefox")
    engine.problems()
    told: list[str] = []
    for address in addresses:
        engine.open(f"{server}{address}")
        engine.script("scrollTo(0, document.documentElement.scrollHeight)")
        told += [f"{address}: {problem}" for problem in engine.problems()]
    assert told == []


def test_in_webkit_no_page_has_an_error(
    site: Path, addresses: list[str], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    from tests.engine_webkit import WALKER, console

    for entry in site.iterdir():
        if not entry.name.startswith("_headers"):  # they take the window from the page that walks
            (tmp_path / entry.name).symlink_to(entry)
    (tmp_path / "walker.html").write_text(WALKER, encoding="utf-8")
    assert console(addresses, f"{serve(tmp_path)}/walker.html") == []


def test_in_webkit_the_console_is_heard(serve: Callable[[Path], str], tmp_path: Path) -> None:
    from tests.engine_webkit import WALKER, console

    (tmp_path / "bad.html").write_text(BAD, encoding="utf-8")
    (tmp_path / "bad.js").write_text('console.error("complained"); throw new Error("thrown")', encoding="utf-8")
    (tmp_path / "walker.html").write_text(WALKER, encoding="utf-8")
    told = console(["/bad.html"], f"{serve(tmp_path)}/walker.html")
    for word in ("complained", "thrown", "Content Security Policy"):
        assert any(one.startswith("/bad.html: ") and word in one for one in told), (word, told)
