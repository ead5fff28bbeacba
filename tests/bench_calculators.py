"""`python -m tests.bench_calculators`: time of one evaluation and bytes, ours and a peer's, as figures (never a test)."""

import gzip
import json
import subprocess

from minify import string as minified

from tests.bench_peers import IMPACTCO2_BYTES, PEER, publicodes
from tests.calculator_tools import ALLOT, ENGINE, IDS, ROOT, catalogue, definition, node


def jobs() -> list[dict]:
    """Return the first preset of each calculator."""
    presets = {name: catalogue().calculators[name].presets[0] for name in IDS}
    return [
        {"name": name, "definition": definition(name), "inputs": preset.inputs, "rows": preset.rows}
        for name, preset in presets.items()
    ]


def times() -> dict[str, float]:
    """Return the median milliseconds of one evaluation of each calculator, on the Node of Playwright."""
    command = [node(), str(ROOT / "tests/parity/bench.js"), str(ALLOT), str(ENGINE)]
    done = subprocess.run(command, input=json.dumps(jobs()), capture_output=True, text=True, check=True)
    return {line.split()[0]: float(line.split()[1]) for line in done.stdout.splitlines()}


def engine_bytes() -> int:
    """Return the bytes of our script (engine, form and messages), minified and gzipped."""
    script = minified("application/javascript", ENGINE.read_text(encoding="utf-8"))
    return len(gzip.compress(script.encode(), 9))


def main() -> None:
    """Print our figures, then the peer's beside them."""
    ours = times()
    print("calculator          one evaluation")
    for name in IDS:
        print(f"{name:<18} {ours[name]:>11.4f} ms")
    print(f"\nour script alone, gzip: {engine_bytes():,} B; impactco2's label (2026-11-21): {IMPACTCO2_BYTES:,} B")
    peer = publicodes()
    if peer is None:
        print(f"{PEER}: not measured (no npm, or its registry is out of reach)")
        return
    size, time = peer
    slowest = max(ours.values())
    print(f"{PEER}, gzip: {size:,} B = {size / engine_bytes():.1f} × ours (engine alone, without a form)")
    print(f"{PEER}, one evaluation of a sum of five lines: {time:.3f} ms = {time / slowest:.1f} × our slowest")


if __name__ == "__main__":
    main()
