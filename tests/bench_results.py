"""`python -m tests.bench_results`: measure building and pages, and write the figures down (never a test).

All tables go to tests/bench-results.md, the short one between its two marks in README.md. `--times=1,5` measures
fewer sizes and `--print` writes nothing.
"""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from tests import bench_build, bench_pages
from tests.bench_tools import ROOT, table

RESULTS = ROOT / "tests" / "bench-results.md"
README = ROOT / "README.md"
MARKS = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)
NOTES = """\
*Material alone* is MkDocs with Material and the same Markdown after our macros, the same menu, features and
extensions, without ours, and with Material's own search, which is part of its time; ours is made in a later step.
*5×* and *20×* have copies of each term, case and page with ids and words of their own; lists of everything (glossary,
cases …) stay one page that grows. Peak memory is that of the largest process. Ratios and growth are of
processor time; a growth exponent of 1 is linear.
A *slow phone*: 1.6 Mbit/s, 150 ms, the processor slowed to a quarter, 412 × 823 px; the median of three first visits.
Seconds are those of one machine on one day; another machine has others.
"""


def machine() -> str:
    """Return when and on what the figures were taken."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    parts = [
        datetime.now(UTC).date().isoformat(),
        f"commit {commit.stdout.strip() or 'unknown'}",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        f"MkDocs {version('mkdocs')}, Material {version('mkdocs-material')}",
    ]
    return "; ".join(parts)


def measured(times: tuple[int, ...]) -> tuple[str, str]:
    """Return the whole report and the short table."""
    when = machine()
    building, built = bench_build.main(times)
    pages, seen = bench_pages.main()
    report = "\n".join(["# Figures of `make bench`", "", f"{when}.", "", NOTES, *building, *pages])
    return report.rstrip() + "\n", "\n".join(_short(when, [*built, *seen])) + "\n"


def _short(when: str, rows: list[list[str]]) -> Iterator[str]:
    yield from table(["what", "measured", "limit"], rows)
    yield f"{when}. All figures: [tests/bench-results.md](tests/bench-results.md)."


def main() -> None:
    """Measure, print and write."""
    given = next((one.partition("=")[2] for one in sys.argv if one.startswith("--times=")), None)
    report, short = measured(tuple(map(int, given.split(","))) if given else bench_build.TIMES)
    print(report)
    if "--print" not in sys.argv:
        RESULTS.write_text(report, encoding="utf-8")
        text = README.read_text(encoding="utf-8")
        README.write_text(MARKS.sub(lambda marks: f"{marks[1]}{short}{marks[2]}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
