"""axe-core finds nothing against WCAG 2.2 A and AA, in any colours, at any width."""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import axe_violations

MODES: dict[str, dict[str, str]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
WIDTHS = (375, 1280)
WAYS = list(product(MODES, WIDTHS))


@pytest.fixture(scope="session")
def addresses(site: Path) -> list[str]:
    """Every page of the site, from its root."""
    folders = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted("/" if folder == "." else f"/{folder}/" for folder in folders)


def violations(page: Page, addresses: list[str]) -> Iterator[str]:
    """Visit each address and yield its violations, the address before each."""
    for address in addresses:
        page.goto(address)
        yield from (f"{address}: {line}" for line in axe_violations(page))


@pytest.mark.parametrize(("mode", "width"), WAYS)
def test_no_violation_each_page_once(
    new_page: Callable[..., Page], addresses: list[str], mode: str, width: int
) -> None:
    mine = addresses[WAYS.index((mode, width)) :: len(WAYS)]
    assert list(violations(new_page(width, **MODES[mode]), mine)) == []


@pytest.mark.full
@pytest.mark.parametrize(("mode", "width"), WAYS)
def test_no_violation_on_any_page(new_page: Callable[..., Page], addresses: list[str], mode: str, width: int) -> None:
    assert list(violations(new_page(width, **MODES[mode]), addresses)) == []
