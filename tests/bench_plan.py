"""`python -m tests.bench_plan [SITE]`: a plan on a slow phone, and what it takes to fill one (never a test).

Times are medians of three visits with the network and the processor of a slow phone (tests/bench_pages.py), and with a processor
a sixth as fast. Fields and keys are those of the plans in tests/plans/: what is typed once, and how many times it would be typed into the
documents by hand, once for each that it stands in.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from macros.editions.plan.matrix import Matrix
from macros.loading import load
from macros.rendering import Renderer
from tests.bench_pages import NETWORK, PHONE, SLOWER
from tests.bench_tools import ROOT, served, table
from tests.browser import launched

PLANS = ROOT / "tests" / "plans"
VISITS = 3
STATUS = ".plan-tools [role=status]"
SHOWN = "({paper}) => document.querySelector(`[data-paper=${paper}] [data-shown]`).childElementCount > 0"


def slowed(browser: Browser, origin: str, rate: int) -> dict[str, float]:
    """Return seconds of the first visit, of opening a plan, of the first preview and of Word files, on a slow phone."""
    context = browser.new_context(viewport=PHONE, locale="ja-JP", is_mobile=True, has_touch=True, accept_downloads=True)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    slow = context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", NETWORK)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    found = dict(_steps(page, origin))
    context.close()
    return found


def _steps(page: Page, origin: str) -> Iterator[tuple[str, float]]:
    def timed(act: Any) -> float:
        begun = time.perf_counter()
        act()
        return time.perf_counter() - begun

    yield "page ready", timed(lambda: _visit(page, origin))
    yield "festival opened from its file", timed(lambda: _open(page))
    yield "first document as Word (scripts come too)", timed(lambda: _word(page, "planning-sheet"))
    yield "second document as Word", timed(lambda: _word(page, "report"))
    yield "a preview", timed(lambda: _show(page, "approval"))


def _visit(page: Page, origin: str) -> None:
    page.goto(f"{origin}/plan/", timeout=120_000)
    page.locator("offset-plan[data-ready]").wait_for(timeout=60_000)


def _open(page: Page) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator(".plan-tools [data-do=open]").click()
    chooser.value.set_files(PLANS / "festival.json")
    page.locator(STATUS).filter(has_text="案件を開きました。").wait_for(timeout=60_000)


def _word(page: Page, paper: str) -> None:
    with page.expect_download(timeout=60_000):
        page.locator(f"[data-paper={paper}] [data-do=word]").click()


def _show(page: Page, paper: str) -> None:
    page.locator(f"[data-paper={paper}] [data-do=show]").click()
    page.wait_for_function(SHOWN, arg={"paper": paper})


def speeds(site: Path) -> list[list[str]]:
    """Return a row for each step: its medians."""
    with served(site) as origin, launched() as browser:
        runs = {rate: [slowed(browser, origin, rate) for _ in range(VISITS)] for rate in (SLOWER, 6)}
    steps = runs[SLOWER][0]
    return [
        [step, *(f"{statistics.median(one[step] for one in run):.1f} s" for run in runs.values())] for step in steps
    ]


def typed(renderer: Renderer) -> Iterator[list[str]]:
    """Yield for each plan: what is typed, its keys, and in how many places of documents its facts stand."""
    for path in sorted(PLANS.glob("*.json")):
        plan = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for one in plan["calculators"] for stage in ("before", "after") for cell in _cells(one[stage])]
        matrix = Matrix(renderer, plan["method"])
        stands = sum(len(papers) for name, _, papers in matrix.rows() if name in plan["facts"])
        keys = sum(map(len, [*plan["facts"].values(), *cells]))
        yield [path.stem, f"{len(plan['facts'])} + {len(cells)}", f"{keys:,}", str(stands), str(len(matrix.papers))]


def _cells(stage: dict[str, Any]) -> list[str]:
    return [*stage["inputs"].values(), *(cell for row in stage["rows"] for cell in row)]


def main(site: Path) -> None:
    """Print both tables."""
    print(*table(["/plan/ on a slow phone", "processor 1/4", "processor 1/6"], speeds(site)), sep="\n")
    head = ["plan", "facts + amounts typed", "letters", "typed by hand into each document", "documents"]
    print("", *table(head, list(typed(Renderer(load(ROOT))))), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "site"))
