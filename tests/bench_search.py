"""`python -m tests.bench_search`: our search, Material's own and Pagefind on the same pages in the same browser.

Every query of tests/search-queries.json is typed into the search box (Pagefind has none here: its script is asked).
For the two others a result is a page with its sections, and any title among them may answer; for ours a result is
one title. What it prints is for reading, not for a test: times are those of this machine.
"""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from macros.hosting.serve import server
from macros.site.build import build
from tests.browser import launched
from tests.search import Query, Score, ask, nonsense, queries, scores

ROOT = Path(__file__).parent.parent
COLD = 5
GROWTH = (1, 5, 20)
PAGE = "/guide/meaning/"
# what of a page's requests belongs to search
PARTS = ("search", "lunr", "tinyseg", "pagefind")

# Types a query, waits until the box has told the number of results and the list is at rest.
TYPE = """async (text) => {
  const box = document.querySelector("[data-md-component=search-query]");
  const meta = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  const told = new Promise((done) => new MutationObserver((_, watch) => { watch.disconnect(); done(); }).observe(meta, {childList: true}));
  const started = performance.now();
  box.value = text;
  box.dispatchEvent(new KeyboardEvent("keyup"));
  await Promise.race([told, new Promise((done) => setTimeout(done, 3000))]);
  const took = performance.now() - started;
  await new Promise((done) => setTimeout(done, 30));
  const items = [...list.querySelectorAll(".md-search-result__item")].slice(0, 10);
  return {took, items: items.map((item) => [...item.querySelectorAll(".md-search-result__link")].map((link) => ({
    title: link.querySelector("h1, h2").textContent, address: new URL(link.href).pathname })))};
}"""
PAGEFIND = """async (text) => {
  const started = performance.now();
  const pagefind = await import("/pagefind/pagefind.js");
  const found = await pagefind.search(text);
  const took = performance.now() - started;
  const pages = await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
  return {took, items: pages.map((page) => [{title: page.meta.title, address: page.url},
    ...page.sub_results.map((one) => ({title: one.title, address: new URL(one.url, location).pathname}))])};
}"""


@dataclass
class System:
    """A search on a site: how it is asked and what it costs."""

    name: str
    site: Path
    script: str
    answers: list[list[list[dict[str, str]]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    odd: int = 0
    first: float = 0
    requested: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of search before the first result, compressed as a host would."""
        return sum(_compressed(self.site / name) for name in self.requested)


def _compressed(path: Path) -> int:
    content = path.read_bytes()
    return min(len(content), len(gzip.compress(content, mtime=0)))


# -- the three sites --


def sites(folder: Path) -> Iterator[System]:
    """Build the site as it is, with Material's own search, and with Pagefind's index."""
    build(ROOT, folder / "ours")
    yield System("ours", folder / "ours", TYPE)
    yield System("Material", with_material(folder), TYPE)
    yield System("Pagefind", with_pagefind(folder), PAGEFIND)


def with_material(folder: Path) -> Path:
    """Build the same pages without our page shells: so Material's search is as it comes."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("  custom_dir: overrides\n", "")
    config = ROOT / ".mkdocs-bench.yml"
    config.write_text(settings, encoding="utf-8")
    try:
        mkdocs(config, folder / "material")
    finally:
        config.unlink()
    return folder / "material"


def mkdocs(config: Path, target: Path) -> None:
    """Run MkDocs alone."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(target)]
    subprocess.run(command, cwd=ROOT, check=True)


def with_pagefind(folder: Path) -> Path:
    """Build the site and let Pagefind index its articles."""
    target = folder / "pagefind"
    build(ROOT, target)
    command = [sys.executable, "-m", "pagefind", "--site", str(target), "--root-selector", "article.md-content__inner"]
    subprocess.run(command, check=True, capture_output=True)
    return target


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder while it is measured."""
    running = server(site, quiet=True)
    Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}"
    finally:
        running.shutdown()


# -- measuring --


def measure(system: System, browser: Browser, asked: list[Query]) -> None:
    """Ask every query once, then time the first result on a fresh page."""
    with served(system.site) as origin:
        page = opened(browser, origin)
        query(page, system, "温室")
        for one in asked:
            answer = query(page, system, one.text)
            system.answers.append(answer["items"])
            system.times.append(answer["took"])
        system.odd = sum(bool(query(page, system, text)["items"]) for text in nonsense())
        page.context.close()
        system.first = statistics.median(first_result(browser, origin, system) for _ in range(COLD))


def opened(browser: Browser, origin: str) -> Page:
    """Open a page in a context without a cache and go to its search box."""
    page = browser.new_context(base_url=origin).new_page()
    page.goto(PAGE)
    page.locator("[data-md-component=search-query]").focus()
    page.wait_for_timeout(1500)
    return page


def query(page: Page, system: System, text: str) -> dict[str, Any]:
    """Type a query and return what it finds; the box does not search the same text twice in a row."""
    return page.evaluate(system.script, text)


def first_result(browser: Browser, origin: str, system: System) -> float:
    """Return milliseconds from going to a page to its first result, typed as soon as the page is there."""
    page = browser.new_context(base_url=origin).new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(urlsplit(request.url).path.lstrip("/")))
    page.goto(PAGE, wait_until="domcontentloaded")
    if system.script == PAGEFIND:
        page.evaluate(PAGEFIND, "無効化")
    else:
        page.locator("[data-md-component=search-query]").fill("クレジット")
        page.locator("[data-md-component=search-query]").dispatch_event("keyup")
        page.wait_for_selector(".md-search-result__item", timeout=10_000)
    took = page.evaluate("performance.now()")
    system.requested = sorted({name for name in requested if any(part in name for part in PARTS)})
    if system.script == PAGEFIND:
        system.requested = [name for name in system.requested if "pagefind" in name]
    page.context.close()
    return took


# -- printing --


def flat(answers: list[list[list[dict[str, str]]]], asked: list[Query]) -> list[list[dict[str, str]]]:
    """Return for each result the title of it that answers, else its first."""
    return [
        [next((one for one in titles if query.answered_by(**one)), titles[0]) for titles in results if titles]
        for results, query in zip(answers, asked, strict=True)
    ]


COLUMNS: dict[str, Callable[[Score], float]] = {
    "R@1": lambda score: score.first,
    "R@5": lambda score: score.five,
    "MRR": lambda score: score.mrr,
    "zero": lambda score: score.zero,
}


def tables(systems: list[System], asked: list[Query]) -> Iterator[str]:
    """Yield what was measured as Markdown tables."""
    found = {system.name: scores(asked, flat(system.answers, asked)) for system in systems}
    for title, value in COLUMNS.items():
        yield f"\n| {title} | n | {' | '.join(found)} |\n| --- | ---: |{' ---: |' * len(found)}"
        for kind, score in found[systems[0].name].items():
            yield f"| {kind} | {score.count} | {' | '.join(f'{value(one[kind]):.3f}' for one in found.values())} |"
    yield "\n| search | bytes (gzip) | first result, ms | per key, median ms | p95 ms | nonsense answered |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for one in systems:
        times = sorted(one.times)
        median, late = statistics.median(times), times[int(len(times) * 0.95)]
        yield f"| {one.name} | {one.size:,} | {one.first:.0f} | {median:.1f} | {late:.1f} | {one.odd}/{len(nonsense())} |"


def growth(site: Path, asked: list[Query]) -> Iterator[str]:
    """Yield what more text costs, in Node."""
    yield "\n| text | letters | index (gzip) | build, ms | query, mean ms | median | p95 |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for times in GROWTH:
        told = ask(site, [query.text for query in asked], times)
        took = sorted(one["took"] for one in told["answers"])
        yield (
            f"| {times}× | {told['letters']:,} | {told['size']:,} | {told['build']:.0f} | "
            f"{statistics.mean(took):.2f} | {statistics.median(took):.2f} | {took[int(len(took) * 0.95)]:.2f} |"
        )


def main() -> int:
    """Measure and print; `--json FILE` keeps the answers for reading."""
    asked = queries()
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        systems = list(sites(Path(folder)))
        for system in systems:
            print(f"{system.name} …", file=sys.stderr, flush=True)
            measure(system, browser, asked)
        for line in [*tables(systems, asked), *growth(systems[0].site, asked)]:
            print(line)
        if sys.argv[1:2] == ["--json"]:
            kept = {one.name: dict(zip([query.text for query in asked], one.answers, strict=True)) for one in systems}
            Path(sys.argv[2]).write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
