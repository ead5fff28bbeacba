"""What the tests and the benchmark know of a calculator in a frame."""

import gzip
from pathlib import Path

FILES = ["assets/js/calculator-shared.min.js", "assets/js/calculator.min.js", "assets/css/calculator.min.css"]
# the page carries the site's address; the one of a real site is longer than that of a test
LOCAL, LONG = b"http://127.0.0.1:8000/", b"https://carbon-offset.example.lg.jp/guidebook/"


def weight(site: Path, name: str) -> int:
    """Return the bytes, gzipped, that one calculator needs to reckon on a site with a long address."""
    page = (site / f"embed/{name}/index.html").read_bytes().replace(LOCAL, LONG)
    return len(gzip.compress(page, 9)) + sum(zipped(site / path) for path in FILES)


def zipped(path: Path) -> int:
    """Return how large a file is on its way."""
    return len(gzip.compress(path.read_bytes(), 9))
