"""No page of the site has an error, a request to elsewhere or anything that its policy stops, in Firefox and in WebKitGTK."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines import Engine
from tests.pages import read_pages

pytestmark = pytest.mark.full
BAD = """<!doctype html><meta charset=utf-8><title>悪い</title><link rel=icon href=data:,>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'"><script src=/bad.js></script>
<script>stopped()</script>"""

NARROW = """<!doctype html><meta charset=utf-8><title>狭い</title><link rel=icon href=data:,>
<iframe title="ページ" width={width} height=800 src="{address}"></iframe>"""
# what may be seen of a page: all that unfolds, the example in its form, the longest of each list
FILL = """for (const one of document.querySelectorAll("details")) one.open = true;
document.querySelector("offset-calculator [data-do=preset]")?.click();
for (const list of document.querySelectorAll("select")) {
  const lengths = [...list.options].map(({ text }) => text.length);
  list.selectedIndex = lengths.indexOf(Math.max(...lengths));
}"""
BEYOND = """const { scrollWidth, clientWidth } = document.documentElement;
const shown = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility());
const wide = shown.filter((one) => one.getBoundingClientRect().right > clientWidth && !one.closest("[data-scroll]"));
const names = wide.map(({ localName, id, className }) => `${localName}#${id}.${className}`).slice(0, 5);
return scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth}: ${names}`] : [];"""


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


def link_pages(site: Path, folder: Path) -> None:
    """Lay a site into a folder without its headers, which keep a page from windows and frames of another."""
    for entry in site.iterdir():
        if not entry.name.startswith("_headers"):
            (folder / entry.name).symlink_to(entry)


def test_no_page_is_wider_than_a_phone_or_its_frame(
    engine: Engine, site: Path, addresses: list[str], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    link_pages(site, tmp_path)
    town, told = serve(tmp_path), []
    for address in addresses:
        width = 320 if re.match(r"/embed/.", address) else 375
        (tmp_path / "narrow.html").write_text(NARROW.format(width=width, address=address), encoding="utf-8")
        engine.open(f"{town}/narrow.html")
        with engine.frame():
            engine.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")
            engine.wait_for("!document.querySelector('offset-calculator:not([data-ready])')")
            engine.script(FILL)
            told += [f"{address}: {one}" for one in engine.script(BEYOND)]
    assert told == []


def test_in_webkit_no_page_has_an_error(
    site: Path, addresses: list[str], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    from tests.engine_webkit import WALKER, console

    link_pages(site, tmp_path)
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
