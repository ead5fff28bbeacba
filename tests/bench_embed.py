"""`python -m tests.bench_embed [SITE]`: bytes and requests of a calculator in a frame, ours beside others (never a test).

The figures of others were measured on 2026-11-21 with esbuild 0.28 (`--minify`, ES2020) and gzip -9, from the npm
packages and commits of that day; they are not their live pages, and not built with their own settings.
"""

import sys
from pathlib import Path

from macros.hosting.hashing import file_of
from tests.calculator_tools import IDS
from tests.embed_tools import FILES, weight, zipped

OTHERS = [
    ("publicodes 1.10 engine + ekofest model, no form, no page", 37_650),
    ("Impact CO2, one label as web component (preact)", 61_716),
    ("publicodes rule page with engine and React", 106_181),
]
RESIZERS = [
    ("Datawrapper, listener pasted into the page (source checked, origin not)", 227),
    ("Nos Gestes Climat iframe.js (no resizing)", 1_384),
    ("@open-iframe-resizer/core 2.1", 2_182),
    ("pym.js 1.3 (both sides)", 3_120),
    ("@iframe-resizer/parent 5.5 (host side only)", 10_984),
    ("Impact CO2 iframe.js (rebuilt)", 17_577),
]


def line(name: str, size: int, ours: int, requests: str = "-") -> str:
    """Return a row of the table: name, bytes, ratio to ours, requests."""
    return f"{name:<76}{size:>9,} B{size / ours:>8.1f} x{requests:>10}"


def main(site: Path) -> None:
    """Print both tables."""
    sizes = {name: weight(site, name) for name in IDS}
    most = max(sizes.values())
    print("One calculator, all it needs to reckon (gzip)      ratio to our largest; requests")
    for name, size in sorted(sizes.items(), key=lambda pair: pair[1]):
        print(line(f"ours: {name}", size, most, str(1 + len(FILES))))
    for name, size in OTHERS:
        print(line(name, size, most))
    ours = zipped(site / "embed/resize.js")
    print("\nHeight of the frame, script in the host's page (gzip)      ratio to ours")
    print(line("ours: resize.js", ours, ours, "1"))
    for name, size in RESIZERS:
        print(line(name, size, ours))
    print(
        "\nOn use (link, CSV, print, options of the frame):",
        f"{zipped(file_of(site, 'assets/js/calculator-more.min.js')):,} B",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "site"))
