"""`python -m tests.bench_calculators`: time of one evaluation and bytes of one embed, as figures (never a test)."""

import json
import subprocess
import tempfile
from pathlib import Path

from tests.calculator_pages import weight, write_pages
from tests.calculator_tools import ENGINE, IDS, ROOT, catalogue, definition, node


def jobs() -> list[dict]:
    """Return the first preset of each calculator."""
    presets = {name: catalogue().calculators[name].presets[0] for name in IDS}
    return [
        {"name": name, "definition": definition(name), "inputs": preset.inputs, "rows": preset.rows}
        for name, preset in presets.items()
    ]


if __name__ == "__main__":
    command = [node(), str(ROOT / "tests/parity/bench.js"), str(ENGINE)]
    print(subprocess.run(command, input=json.dumps(jobs()), capture_output=True, text=True, check=True).stdout)
    folder = Path(tempfile.mkdtemp())
    write_pages(folder)
    print(*(f"{name} {weight(folder, name):,} B gzip" for name in IDS), sep="\n")
