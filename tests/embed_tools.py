"""What the tests and the benchmark know of a calculator in a frame."""

import gzip
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.calculator_tools import catalogue

FILES = ["assets/js/calculator-shared.min.js", "assets/js/calculator.min.js", "assets/css/calculator.min.css"]
NAMED = re.compile(r"(?:src|href)=\"?\.\./\.\./(assets/[\w./-]+)")
# a page that is published carries the site's address, here a long one, in the places of these
ADDRESS = "https://carbon-offset.example.lg.jp/guidebook/"


# what one calculator may weigh with the sets of 2011 and of today, and each set that was today's before
BUDGET = 18_000 + 150 * len(catalogue().sets.others)


def weight(site: Path, name: str) -> int:
    """Return the bytes, gzipped, that one calculator needs to reckon on a site with a long address."""
    page = with_address((site / f"embed/{name}/index.html").read_text(encoding="utf-8"), name)
    return len(gzip.compress(page.encode(), 9)) + sum(zipped(site / path) for path in NAMED.findall(page))


def with_address(html: str, name: str) -> str:
    """Return a page for frames as a build with a long public address has it."""
    if "rel=canonical" in html:  # it has its own
        return html
    address = f"{ADDRESS}calculators/{name}/"
    html = html.replace("<link rel=icon", f"<link rel=canonical href={address}><link rel=icon", 1)
    return html.replace("（別のタブ）</a>", f"（別のタブ） {address}</a>").replace(
        f"<a href=../../calculators/{name}/ ", f"<a href={address} "
    )


def zipped(path: Path) -> int:
    """Return how large a file is on its way."""
    return len(gzip.compress(path.read_bytes(), 9))


def suppliers_are_found(page: Page) -> None:
    """Find and take a company of a calculator that is open, of the longest table and of another one."""
    for kind, text, name, chosen in [
        ("electricity", "A0009", "エネット", "a0009"),
        ("heat", "渋谷", "渋谷熱供給", "h065-shibuya"),
    ]:
        place = page.locator(f"[data-field]:has([name={kind}_supplier])")
        place.get_by_role("searchbox").fill(text)
        place.get_by_role("group", name="見つかった会社").get_by_role("button").filter(has_text=name).click()
        expect(page.locator(f"[name={kind}_supplier]")).to_have_value(chosen)
