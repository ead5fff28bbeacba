"""What the tests and the benchmark know of a calculator in a frame."""

import gzip
from pathlib import Path

FILES = ["assets/js/calculator.min.js", "assets/css/calculator.min.css"]


def weight(site: Path, name: str) -> int:
    """Return the bytes, gzipped, that one calculator needs to reckon."""
    return sum(zipped(site / path) for path in [f"embed/{name}/index.html", *FILES])


def zipped(path: Path) -> int:
    """Return how large a file is on its way."""
    return len(gzip.compress(path.read_bytes(), 9))
