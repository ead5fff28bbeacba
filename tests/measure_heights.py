"""`python -m tests.measure_heights [SITE]`: measures every calculator's frame and writes the heights into data/embeds.yml."""

import re
import sys
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page

from macros.hosting.serve import server
from tests.browser import launched
from tests.calculator_tools import IDS, ROOT

WIDTHS = [320, 480, 640, 800, 1000]
HEIGHT = "Math.ceil(document.documentElement.getBoundingClientRect().height)"
DATA = ROOT / "data/embeds.yml"


def measured(browser: Browser, origin: str, names: list[str], widths: list[int]) -> dict[str, dict[str, list[int]]]:
    """Return {calculator: {"empty": heights, "worked": heights}}."""
    page = browser.new_page()
    found = {name: [_both(page, f"{origin}/embed/{name}/", width) for width in widths] for name in names}
    page.close()
    return {
        name: {"empty": [empty for empty, _ in pairs], "worked": [worked for _, worked in pairs]}
        for name, pairs in found.items()
    }


def _both(page: Page, address: str, width: int) -> tuple[int, int]:
    page.set_viewport_size({"width": width, "height": 600})
    page.goto("about:blank")
    page.goto(address)
    empty = page.evaluate(HEIGHT)
    page.locator("[data-do=preset]").click()
    return empty, page.evaluate(HEIGHT)


def main() -> None:
    """Measure, and write."""
    running = server(Path(sys.argv[1] if len(sys.argv) > 1 else "site"), quiet=True)
    Thread(target=running.serve_forever, daemon=True).start()
    with launched() as browser:
        heights = measured(browser, f"http://127.0.0.1:{running.server_port}", IDS, WIDTHS)
    running.shutdown()
    records = "".join(
        f"  - calculator: {name}\n    empty: {pair['empty']}\n    worked: {pair['worked']}\n"
        for name, pair in heights.items()
    )
    text = re.sub(r"(?ms)^heights:.*?(?=^retired:)", f"heights:\n{records}", DATA.read_text(encoding="utf-8"))
    DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
