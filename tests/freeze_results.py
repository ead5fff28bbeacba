"""`python -m tests.freeze_results`: adds the shown results of new examples to the frozen list; never changes one.

A frozen number changes only by a line with its reason in tests/expected-changes.md.
"""

import json
import re
from pathlib import Path

from tests.calculator_tools import catalogue

FROZEN = Path(__file__).parent / "frozen-results.json"
LOG = Path(__file__).parent / "expected-changes.md"
LINE = re.compile(r"- (\d{4}-\d\d-\d\d) ([a-z-]+) 「(.+)」 ([a-z_0-9.]+) (\S*) → (\S*)：(.+)")


def expected_now() -> dict[str, str]:
    """Return every shown result of every example, keyed `calculator|example|result`."""
    found: dict[str, str] = {}
    for calculator in catalogue().calculators.values():
        for example in calculator.examples:
            rows = {f"{key}.{i}": v for i, row in enumerate(example.rows_shown, 1) for key, v in row.items()}
            nothing = dict.fromkeys(example.withheld, "")
            for key, value in (example.shown | rows | nothing).items():
                found[f"{calculator.id}|{example.name}|{key}"] = value
    return found


def frozen() -> dict[str, str]:
    """Return the frozen results."""
    return json.loads(FROZEN.read_text(encoding="utf-8")) if FROZEN.exists() else {}


def logged() -> dict[str, list[tuple[str, str]]]:
    """Return the changes of the log by result: (before, after), in order."""
    changes: dict[str, list[tuple[str, str]]] = {}
    for line in LOG.read_text(encoding="utf-8").splitlines():
        if match := LINE.fullmatch(line):
            _, calculator, example, key, before, after, _ = match.groups()
            changes.setdefault(f"{calculator}|{example}|{key}", []).append((before, after))
    return changes


if __name__ == "__main__":
    text = json.dumps(expected_now() | frozen(), ensure_ascii=False, indent=1, sort_keys=True)
    FROZEN.write_text(text + "\n", encoding="utf-8")
