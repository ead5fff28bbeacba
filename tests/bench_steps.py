"""`python -m tests.bench_steps TARGET [--editions]`: build the project in this folder and print the seconds of each step."""

import contextlib
import json
import shutil
import sys
from pathlib import Path
from time import perf_counter

from macros.pages.check import load
from macros.site.build import STEPS
from macros.site.job import Job


def steps(root: Path, target: Path, *, editions: bool = False) -> dict[str, float]:
    """Build the project at `root` in `target`, without the switch at the end; return the seconds of each step."""
    shutil.rmtree(target, ignore_errors=True)
    took = {}
    started = perf_counter()
    job = Job(root, target, load(root), editions)
    took["data"] = perf_counter() - started
    for step in STEPS:
        started = perf_counter()
        step(job)
        took[step.__name__] = perf_counter() - started
    return took


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        found = steps(Path.cwd(), Path(sys.argv[1]).absolute(), editions="--editions" in sys.argv)
    print("\n" + json.dumps(found))
