"""What the benchmarks share: running a program with its time and memory, tables, growth, a server that compresses."""

import gzip
import math
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import BinaryIO, NamedTuple

from macros.hosting.serve import SiteHandler

ROOT = Path(__file__).parent.parent
COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".xml"}


class Cost(NamedTuple):
    """What a program took: seconds by the clock and by the processor, peak memory in MB (of its largest process)."""

    seconds: float
    processor: float
    memory: float


class Failed(Exception):
    """A program that should be measured failed; the text is what it said."""


def run(arguments: Sequence[str | Path], folder: Path) -> tuple[Cost, str]:
    """Run a Python module, as `["mkdocs", "build"]`, in a folder; return what it took and what it printed.

    Raises Failed.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", *map(str, arguments)]
    started = perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as program:
        said = program.stdout.read() if program.stdout else ""
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise Failed(said[-3000:])
    # kilobytes on Linux, bytes on macOS
    memory = usage.ru_maxrss / (1000 if sys.platform == "linux" else 1_000_000)
    return Cost(perf_counter() - started, usage.ru_utime + usage.ru_stime, memory), said


def growth(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the exponent of growth: the slope of a straight line through log(size), log(cost). 1 is linear."""
    across, up = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table; the first column is text, the others are figures."""
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def zipped(content: bytes) -> int:
    """Return how many bytes go over the network."""
    return len(gzip.compress(content, 9, mtime=0))


class CompressingHandler(SiteHandler):
    """Serves as most hosts do: texts compressed, and kept by the browser."""

    def send_head(self) -> BinaryIO | None:
        """Send a text compressed; anything else as it is."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        content = _packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)


@lru_cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder, compressed, while it is measured; give its origin."""
    handler = partial(CompressingHandler, directory=str(site), quiet=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
