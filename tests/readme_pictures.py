"""`python -m tests.readme_pictures [SITE]`: photographs the built site anew for the README, into .github/pictures/."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page

from macros.hosting.serve import server
from tests.browser import launched, settle

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / ".github" / "pictures"
HOST = ROOT / "tests" / "hosts" / "script.html"
WIDTH, HEIGHT = 1000, 640


def home(page: Page, site: str) -> None:
    """Show where a reader begins."""
    page.goto(f"{site}/")


def method(page: Page, site: str) -> None:
    """Show a method of the guidebook, with what is of today set apart."""
    page.goto(f"{site}/methods/a1/")


def calculator(page: Page, site: str) -> None:
    """Show a calculator with an example filled in."""
    page.goto(f"{site}/calculators/event/")
    page.locator("[data-do=preset]").first.click()
    page.locator("offset-calculator form").scroll_into_view_if_needed()


def frame(page: Page, site: str) -> None:
    """Show a calculator inside the page of a town, with the code that the site gives."""
    with tempfile.TemporaryDirectory() as folder:
        code = HOST.read_text(encoding="utf-8").replace("SITE", site).replace("HEIGHT", "900")
        (Path(folder) / "town.html").write_text(code, encoding="utf-8")
        page.goto((Path(folder) / "town.html").as_uri())
        page.frame_locator("iframe").locator("offset-calculator[data-ready]").wait_for()
        page.frame_locator("iframe").locator("[data-do=preset]").first.click()


SHOWN: dict[str, Callable[[Page, str], None]] = {
    "home": home,
    "method": method,
    "calculator": calculator,
    "frame": frame,
}


def take(folder: Path, site: Path, browser: Browser) -> None:
    """Write one picture for each of SHOWN, as PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    local = server(site, quiet=True)
    Thread(target=local.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="ja-JP", reduced_motion="reduce")
    for name, show in SHOWN.items():
        show(page, f"http://127.0.0.1:{local.server_port}")
        settle(page, 300)
        page.screenshot(path=folder / f"{name}.png")
    page.close()
    local.shutdown()
    local.server_close()


if __name__ == "__main__":
    with launched() as own:
        take(PICTURES, Path(sys.argv[1] if len(sys.argv) > 1 else "site"), own)
