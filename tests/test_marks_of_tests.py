"""What `make check` leaves out is what needs a browser, and nothing that stays in can start one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import launched
from tests.browser_setup import NO_BROWSER, find_browser

ROOT = Path(__file__).parent.parent


def test_a_test_with_a_browser_is_marked(browser: Browser, request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("browser")
    assert browser.is_connected()
    assert find_browser()


def test_a_test_without_one_is_not_marked_and_can_start_none(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not request.node.get_closest_marker("browser")
    with pytest.raises(AssertionError, match="make check"), launched():
        pass
    command = [sys.executable, "-m", "tests.browser_setup"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode != 0
    assert "make check" in done.stderr
    monkeypatch.delenv(NO_BROWSER)
    assert find_browser()


def test_make_check_runs_lint_and_leaves_out_browsers_only() -> None:
    recipe = re.findall(r"^check: lint .*\n\t(.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe == ["$(RUN) -m pytest -n auto --dist worksteal -m 'not full and not zensical and not browser'"]


def test_every_chromium_of_the_tests_is_started_by_one_function() -> None:
    """Where the guard stands."""
    starts = {
        path.name
        for path in (ROOT / "tests").glob("*.py")
        if ".launch(" in path.read_text(encoding="utf-8")
        and not path.name.startswith(("bench_", "test_marks_of_tests"))
    }
    assert starts == {"browser.py"}


def test_what_a_page_is_waited_for_is_a_function() -> None:
    """A page's own policy forbids to evaluate words a second time; a condition not true at once would fail."""
    waits = re.compile(r"\.wait_for_function\(\s*[\"'](?![\w ,()]*=> )(.{0,60})")
    words = [
        f"{path.name}: {found[1]}"
        for path in (ROOT / "tests").glob("*.py")
        for found in waits.finditer(path.read_text(encoding="utf-8"))
    ]
    assert words == []
