"""Measures a peer's engine in the same run as ours: publicodes from npm, its bytes and one evaluation.

Figures of peers that are no package (impactco2) are told with the day they were measured.
"""

import gzip
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from minify import string as minified

from tests.calculator_tools import ROOT, node

PEER = "publicodes@1.10.3"
# measured on 2026-11-21 in a browser: the label of impactco2 with its script
IMPACTCO2_BYTES = 61_700


def publicodes() -> tuple[int, float] | None:
    """Return (bytes gzipped after minifying, milliseconds of one evaluation); None without npm or its registry."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, PEER]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
        engine = Path(folder) / "node_modules/publicodes/dist/index.js"
        small = minified("application/javascript", engine.read_text(encoding="utf-8"))
        return len(gzip.compress(small.encode(), 9)), _time(engine)


def _time(engine: Path) -> float:
    script = ROOT / "tests/parity/bench-publicodes.mjs"
    done = subprocess.run(
        [node(), str(script)], input=json.dumps({"engine": str(engine)}), capture_output=True, text=True, check=True
    )
    return float(done.stdout)
