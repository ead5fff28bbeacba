"""`python -m tests.bench_pages [SITE]`: what pages weigh and how they feel on a slow phone, beside Material alone (never a test).

Vitals are taken in headless Chromium with a slow network and processor; INP is the slowest answer to a key while typing.
"""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Response

from macros.site.build import build
from tests.bench_projects import copied, plain
from tests.bench_tools import ROOT, run, served, table, zipped
from tests.browser import launched

VISITS = 3
# a slow 4G as Lighthouse has it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms; and a processor a quarter as fast
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER = 4
PHONE = {"width": 412, "height": 823}
KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "JS"}
KEYS = "12045"
OBSERVE = """
self.vitals = {lcp: 0, cls: 0, inp: 0};
const watch = (type, see, more = {}) => new PerformanceObserver((list) => list.getEntries().forEach(see))
  .observe({type, buffered: true, ...more});
watch("largest-contentful-paint", (entry) => { vitals.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
watch("event", (entry) => { if (entry.interactionId) vitals.inp = Math.max(vitals.inp, entry.duration); },
  {durationThreshold: 16});
"""


@dataclass(frozen=True)
class Place:
    """A page to visit, and the field to type into."""

    name: str
    address: str
    box: str = ""
    ours_only: bool = False


PLACES = (
    Place("home", "/"),
    Place("guide page", "/guide/meaning/"),
    Place("method", "/methods/a1/"),
    Place("calculator", "/calculators/event/", "[name=people]"),
    Place("calculator in a frame", "/embed/event/", "[name=people]", ours_only=True),
    Place("glossary", "/glossary/", "#glossary-search"),
)


@dataclass
class Found:
    """What a page of a site was measured to be."""

    sizes: dict[str, int] = field(default_factory=dict)
    requests: int = 0
    lcp: float = 0
    cls: float = 0
    inp: float | None = None


def visits(browser: Browser, origin: str, place: Place, box: str) -> Found:
    """Weigh a page once, then visit it some times as from a slow phone."""
    found = weighed(browser, origin + place.address)
    vitals = [visited(browser, origin + place.address, box) for _ in range(VISITS)]
    found.lcp, found.cls = (statistics.median(one[name] for one in vitals) for name in ("lcp", "cls"))
    found.inp = statistics.median(one["inp"] for one in vitals) if box else None
    return found


def weighed(browser: Browser, address: str) -> Found:
    """Return the bytes, compressed, and the number of requests of a first visit."""
    answers: list[Response] = []
    page = browser.new_page()
    page.on("response", lambda answer: answers.append(answer))  # a built-in cannot be marked
    page.goto(address, wait_until="networkidle")
    found = Found(requests=len(answers))
    for answer in answers:
        kind = KINDS.get(answer.request.resource_type, "other")
        found.sizes[kind] = found.sizes.get(kind, 0) + zipped(answer.body())
    page.close()
    return found


def visited(browser: Browser, address: str, box: str) -> dict[str, float]:
    """Return LCP (ms), CLS and INP (ms; 0 when quicker than 16) of a visit from a slow phone."""
    context = browser.new_context(viewport=PHONE, locale="ja-JP", is_mobile=True, has_touch=True)
    page = context.new_page()
    page.add_init_script(OBSERVE)
    slow = context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", NETWORK)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_timeout(1500)
    # typing ends what counts as loading
    vitals = page.evaluate("({...vitals})")
    if box:
        vitals["inp"] = _typed(page, box)
    context.close()
    return vitals


def _typed(page: Page, box: str) -> float:
    page.locator(box).first.focus()
    for key in KEYS:
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    page.wait_for_timeout(800)
    return page.evaluate("vitals.inp")


# -- printing --

BOTH = tuple[Place, Found, Found | None]


def weights_table(found: list[BOTH]) -> Iterator[str]:
    """Yield what pages weigh."""
    head = ["kB (gzip), ours / Material alone", "HTML", "CSS", "JS", "other", "together", "requests"]
    rows = []
    for place, ours, theirs in found:
        row = [place.name]
        for kind in ("HTML", "CSS", "JS", "other"):
            row.append(_pair(ours.sizes.get(kind, 0), theirs and theirs.sizes.get(kind, 0)))
        row.append(_pair(_all(ours), theirs and _all(theirs)))
        row.append(f"{ours.requests} / {theirs.requests if theirs else '–'}")
        rows.append(row)
    yield from table(head, rows)


def _all(found: Found) -> int:
    return sum(found.sizes.values())


def _pair(ours: float, theirs: float | None) -> str:
    return f"{ours / 1000:.1f} / {'–' if theirs is None else f'{theirs / 1000:.1f}'}"


def vitals_table(found: list[BOTH]) -> Iterator[str]:
    """Yield how pages feel."""
    head = ["slow phone, ours / Material alone", "LCP, s", "CLS", "INP while typing, ms"]
    rows = [
        [
            place.name,
            _pair(ours.lcp, theirs and theirs.lcp),
            f"{ours.cls:.3f} / {f'{theirs.cls:.3f}' if theirs else '–'}",
            "" if ours.inp is None else f"{ours.inp:.0f}" if ours.inp else "< 16",
        ]
        for place, ours, theirs in found
    ]
    yield from table(head, rows)


def short_rows(found: list[BOTH]) -> list[list[str]]:
    """Return the rows of the README's table; the limits are those of web.dev for a good page."""
    place, ours, theirs = next(one for one in found if one[0].name == "guide page")
    typed = [one for _, one, _ in found if one.inp is not None]
    return [
        [
            f"{place.name}, all it loads, beside Material alone",
            f"{_all(ours) / 1000:.0f} kB; {_all(theirs or ours) / 1000:.0f} kB",
            "",
        ],
        ["LCP on a slow phone, slowest of the pages", f"{max(one.lcp for _, one, _ in found) / 1000:.1f} s", "2.5 s"],
        ["CLS, worst of the pages", f"{max(one.cls for _, one, _ in found):.3f}", "0.1"],
        ["INP while typing, slowest of the pages", f"{max(one.inp or 0 for one in typed):.0f} ms", "200 ms"],
    ]


def main(site: Path | None = None) -> tuple[list[str], list[list[str]]]:
    """Measure; return all tables, and the rows of the short one."""
    found: list[BOTH] = []
    with tempfile.TemporaryDirectory() as name, launched() as browser:
        folder = Path(name)
        if site is None:
            site = folder / "ours"
            build(ROOT, site)
        bare = plain(copied(folder / "project"), folder / "plain")
        run(["mkdocs", "build", "--site-dir", folder / "material"], bare)
        with served(site) as ours, served(folder / "material") as theirs:
            for place in PLACES:
                print(f"{place.name} …", file=sys.stderr, flush=True)
                other = None if place.ours_only else visits(browser, theirs, place, "")
                found.append((place, visits(browser, ours, place, place.box), other))
    lines = ["### Pages", "", *weights_table(found), *vitals_table(found)]
    return lines, short_rows(found)


if __name__ == "__main__":
    print("\n".join(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)[0]))
