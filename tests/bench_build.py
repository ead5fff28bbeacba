"""`python -m tests.bench_build`: how long the site takes to build, beside Material alone, and how that grows (never a test).

`--times=1,5` measures fewer sizes. Seconds are those of this machine, ratios less so.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from urllib.request import urlopen

from macros.hosting.hashing import file_of
from tests.bench_projects import copied, plain, scaled
from tests.bench_tools import Cost, growth, run, table, zipped

TIMES = (1, 5, 20)
INDEX = "search/index.js"
# steps that do nothing without editions
ONLY_EDITIONS = ("kit", "editions", "offline", "checksums")
EDITED = "書き換えた説明{}です。"
# of the present size and of live reload
RUNS = 5
WAIT = 600


@dataclass
class Size:
    """What was measured of a project that is `times` as large as the guidebook."""

    times: int
    pages: int
    ours: list[Cost] = field(default_factory=list)
    material: list[Cost] = field(default_factory=list)
    whole: Cost | None = None
    steps: dict[str, float] = field(default_factory=dict)
    index: bytes = b""

    @property
    def ratio(self) -> float:
        """Processor time of MkDocs with ours to MkDocs with Material alone: a busy machine changes it less."""
        return processor(self.ours) / processor(self.material)


def median(costs: list[Cost]) -> float:
    """Return the median seconds."""
    return statistics.median(cost.seconds for cost in costs)


def processor(costs: list[Cost]) -> float:
    """Return the median seconds of the processor."""
    return statistics.median(cost.processor for cost in costs)


def measured(times: int, folder: Path) -> Size:
    """Build a project of a size with ours and with Material alone, in turn, and then the whole site."""
    project = scaled(folder / "ours", times)
    size = Size(times, len(list((project / "docs").rglob("*.md"))))
    bare = plain(project, folder / "plain")
    for _ in range(RUNS if times == 1 else 1):
        for found, root in ((size.ours, project), (size.material, bare)):
            found.append(run(["mkdocs", "build", "--site-dir", folder / "site"], root)[0])
    size.whole, size.steps = stepped(project, folder / "site")
    size.index = file_of(folder / "site", INDEX).read_bytes()
    return size


def stepped(project: Path, target: Path, *arguments: str) -> tuple[Cost, dict[str, float]]:
    """Build the whole site; return what it took, and the seconds of each step."""
    cost, said = run(["tests.bench_steps", target, *arguments], project)
    return cost, json.loads(said.rstrip().rpartition("\n")[2])


def spread(seconds: list[float]) -> str:
    """Return the median of some runs, and between which they lie."""
    return f"{statistics.median(seconds):.1f} s ({min(seconds):.1f}–{max(seconds):.1f})"


def reload_seconds(project: Path) -> list[float]:
    """Return the seconds from saving a changed YAML file to its page served by `make edit`, of some changes in turn."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "macros", "edit", "--port", str(port)]
    glossary = project / "data" / "glossary.yml"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=project, env=environment) as running:
        try:
            _until(f"http://{address}/glossary/", "")
            return [_reload(glossary, EDITED.format(i), f"http://{address}/glossary/") for i in range(RUNS)]
        finally:
            running.terminate()


def _reload(glossary: Path, words: str, address: str) -> float:
    text = glossary.read_text(encoding="utf-8")
    glossary.write_text(re.sub("(?m)^  definition: .*$", f"  definition: {words}", text, count=1), encoding="utf-8")
    return _until(address, words)


def _until(address: str, text: str) -> float:
    """Return the seconds until a page has a text."""
    started = time.perf_counter()
    while time.perf_counter() - started < WAIT:
        try:
            with urlopen(address, timeout=WAIT) as answer:  # noqa: S310 - of our own server
                if text in answer.read().decode():
                    return time.perf_counter() - started
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(address)


# -- printing --


def sizes_table(sizes: list[Size]) -> Iterator[str]:
    """Yield what more terms, cases and pages cost."""
    head = [
        "size",
        "pages",
        "MkDocs, s",
        "Material alone, s",
        "ratio",
        "whole build, s",
        "peak memory, MB",
        "search index, kB",
        "gzip, kB",
    ]
    rows = [
        [
            f"{size.times}×",
            size.pages,
            f"{median(size.ours):.1f}",
            f"{median(size.material):.1f}",
            f"{size.ratio:.2f}",
            f"{size.whole.seconds:.1f}",
            f"{size.whole.memory:.0f}",
            f"{len(size.index) / 1000:,.0f}",
            f"{zipped(size.index) / 1000:,.0f}",
        ]
        for size in sizes
        if size.whole
    ]
    yield from table(head, [*rows, _growth_row(sizes)] if len(sizes) > 1 else rows)


def _growth_row(sizes: list[Size]) -> list[str]:
    """Return the exponents of growth over the number of pages."""
    pages = [size.pages for size in sizes]
    wholes = [size.whole for size in sizes if size.whole]
    costs = [
        [processor(size.ours) for size in sizes],
        [processor(size.material) for size in sizes],
        [],
        [cost.processor for cost in wholes],
        [cost.memory for cost in wholes],
        [len(size.index) for size in sizes],
        [zipped(size.index) for size in sizes],
    ]
    return ["growth exponent", "", *(f"{growth(pages, cost):.2f}" if cost else "" for cost in costs)]


def steps_table(sizes: list[Size], editions: dict[str, float]) -> Iterator[str]:
    """Yield the seconds of each step, for each size; the editions at the present size."""
    names = list(dict.fromkeys([*editions, *(name for size in sizes for name in size.steps)]))
    head = ["step, s", *(f"{size.times}×" for size in sizes), "with editions"]
    rows = [[name, *(_seconds(size.steps.get(name)) for size in sizes), _seconds(editions.get(name))] for name in names]
    total = ["together", *(_seconds(sum(size.steps.values())) for size in sizes), _seconds(sum(editions.values()))]
    yield from table(head, [*rows, total])


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def main(times: tuple[int, ...] = TIMES) -> tuple[list[str], list[list[str]]]:
    """Measure; return all tables, and the rows of the short one in the README."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = []
        for one in times:
            print(f"building {one}× …", file=sys.stderr, flush=True)
            sizes.append(measured(one, folder / f"size-{one}"))
        _, editions = stepped(copied(folder / "editions"), folder / "editions-site", "--editions")
        reload = reload_seconds(copied(folder / "reload"))
    first, last = sizes[0], sizes[-1]
    more = median(first.ours) - median(first.material)
    seconds = [cost.seconds for cost in first.ours]
    lines = ["### Building", "", *sizes_table(sizes), *steps_table(sizes, editions)]
    lines += [f"Live reload after one changed YAML file (`make edit`): {spread(reload)}.", ""]
    short = [
        [f"MkDocs, {first.pages} pages, beside Material alone", f"{spread(seconds)}; {more:+.1f} s", "+ 1 s"],
        ["site with search, open data, embeds", f"{sum(first.steps.values()):.1f} s", ""],
        [
            "editions (PDF, Word, sheets, figures) besides",
            f"{sum(editions.get(name, 0) for name in ONLY_EDITIONS):.1f} s",
            "",
        ],
        ["live reload after one changed YAML file", spread(reload), "2 s"],
    ]
    if last is not first:
        grown = growth([size.pages for size in sizes], [processor(size.ours) for size in sizes])
        short += [
            [f"MkDocs, {last.pages:,} pages, beside Material alone", f"{last.ratio:.2f} ×", "1.3 ×"],
            [f"growth of MkDocs' time, {first.pages} to {last.pages:,} pages", f"pages^{grown:.2f}", ""],
        ]
    return lines, short


if __name__ == "__main__":
    given = [argument.partition("=")[2] for argument in sys.argv[1:] if argument.startswith("--times=")]
    print("\n".join(main(tuple(map(int, given[0].split(","))) if given else TIMES)[0]))
