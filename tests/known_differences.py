"""A pytest plugin for a site that something else than MkDocs has built: `-p tests.known_differences`.

It keeps the tests that look at the built site, and those marked `zensical`. Those that DIFFERENCES names must fail: one
that passes, and a name that no test has, are failures too. It ends with one line of figures.
"""

from pathlib import Path

import pytest

AFTER = "(after the test)"
DIFFERENCES = Path(__file__).parent / "zensical-differences.txt"


def read(text: str) -> dict[str, str]:
    """Return the reasons by the tests' names, from lines `tests/test_x.py::test_y  reason`; `#` begins a comment."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name: reason.strip() for name, _, reason in (line.partition("  ") for line in lines)}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that no builder can change; mark what is known to differ."""
    chosen = [one for one in items if "site" in one.fixturenames or one.get_closest_marker("zensical")]
    config.hook.pytest_deselected(items=[one for one in items if one not in chosen])
    items[:] = chosen
    known = read(DIFFERENCES.read_text(encoding="utf-8"))
    if unknown := known.keys() - {name for one in items for name in names(one)}:
        raise pytest.UsageError(f"{DIFFERENCES.name} names what is no test: {', '.join(sorted(unknown))}")
    for one in items:
        for name in names(one) & known.keys():
            # what the page's watch finds after a test comes too late to be missed by it
            one.add_marker(pytest.mark.xfail(reason=known[name], strict=not known[name].startswith(AFTER)))


def names(item: pytest.Item) -> set[str]:
    """Return the names by which a test may be listed: with and without what is in brackets."""
    return {item.nodeid, item.nodeid.partition("[")[0]}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests passed of how many, and what is known to differ."""
    counts = {kind: len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "failed", "error", "xfailed")}
    total = sum(counts.values())
    for report in terminalreporter.stats.get("xfailed", []):
        terminalreporter.line(f"known difference: {report.nodeid}: {report.wasxfail}")
    terminalreporter.line(f"Zensical: {counts['passed']} of {total} passed, {counts['xfailed']} known differences")
