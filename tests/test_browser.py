"""The tests' own watch: a page that misbehaves is found out."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import Watch, axe_violations

PAGE = """<!doctype html><html lang="ja"><title>題</title><main><h1>題</h1>{}</main></html>"""


def watched(browser: Browser, origin: str, allowed: tuple[str, ...] = ()) -> list[str]:
    page = browser.new_page()
    watch = Watch(origin, allowed)
    watch.follow(page)
    page.goto(origin)
    page.wait_for_load_state("networkidle")
    page.close()
    return watch.problems


def page_with(tmp_path: Path, body: str) -> Path:
    (tmp_path / "index.html").write_text(PAGE.format(body), encoding="utf-8")
    (tmp_path / "favicon.ico").touch()
    return tmp_path


def test_a_good_page_has_no_problem(browser: Browser, serve: Callable[..., str], tmp_path: Path) -> None:
    assert watched(browser, serve(page_with(tmp_path, "<p>文</p>"))) == []


def test_errors_and_requests_to_another_origin_are_recorded(
    browser: Browser, serve: Callable[..., str], tmp_path: Path
) -> None:
    body = """<img alt="" src="http://other.example/a.png"><img alt="" src="/none.png">
    <script>console.error("だめ"); missing()</script>"""
    problems = "\n".join(watched(browser, serve(page_with(tmp_path, body))))
    assert "request to another origin: http://other.example/a.png" in problems
    assert "console: だめ" in problems
    assert "404" in problems
    assert "script error: missing is not defined" in problems


def test_what_a_test_expects_is_let_through(browser: Browser, serve: Callable[..., str], tmp_path: Path) -> None:
    body = '<script>console.error("だめ")</script>'
    assert watched(browser, serve(page_with(tmp_path, body)), ("だめ",)) == []


def test_axe_names_the_rule_and_the_element(browser: Browser, serve: Callable[..., str], tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(serve(page_with(tmp_path, '<img src="/favicon.ico"><p>文</p>')))
    violations = axe_violations(page)
    page.close()
    assert [line.split(":")[0] for line in violations] == ["image-alt"]
