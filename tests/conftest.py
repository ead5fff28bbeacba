"""Fixtures of all tests: the data loaded once, the site built once, a server and a browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.hosting.serve import server as make_server
from macros.loading.guide import Guide
from macros.loading.problems import Problem
from macros.pages.check import load
from macros.pages.github import tell
from tests import engines
from tests.browser import LONGEST, Watch, launched
from tests.browser_setup import NO_BROWSER
from tests.pages import path_of
from tests.sharing import once

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--site", type=Path, help="test this built site instead of building one")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser: what has one among its fixtures, or among theirs. `make check` leaves it out."""
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def _no_browser_without_the_mark(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail that starts a browser and is not marked so."""
    if not request.node.get_closest_marker("browser"):
        monkeypatch.setenv(NO_BROWSER, "1")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """On GitHub, tell what failed at its line of the change."""
    failed = [one for key in ("failed", "error") for one in terminalreporter.stats.get(key, [])]
    if failed and os.environ.get("GITHUB_ACTIONS"):
        tell(map(problem_of, failed))


def problem_of(report: pytest.TestReport | pytest.CollectReport) -> Problem:
    """Return where a test failed, in our own files, and what it says."""
    crash = getattr(report.longrepr, "reprcrash", None)
    path = Path(crash.path) if crash else ROOT / report.nodeid.partition("::")[0]
    if path.is_relative_to(ROOT / "tests"):
        return Problem(path.relative_to(ROOT).as_posix(), crash.lineno if crash else 1, report.nodeid, said_of(report))
    file, line, _ = report.location or (report.nodeid, 0, "")
    return Problem(file, (line or 0) + 1, report.nodeid, said_of(report))


def said_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return (crash.message if crash else str(report.longrepr).strip().rpartition("\n")[2]).partition("\n")[0]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def small_guide(tmp_path: Path) -> Path:
    """A project of its own with one record of each kind and one page, to break and to build."""
    return shutil.copytree(ROOT / "tests" / "small-guide", tmp_path / "small-guide")


@pytest.fixture(scope="session")
def guide() -> Guide:
    """All of `data/`, checked."""
    return load(ROOT)


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, without editions."""
    given = pytestconfig.getoption("--site")
    return given.resolve() if given else built(tmp_path_factory) / "site"


# beside a site: what its build said
SAID = "said.txt"


def built(factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the site as built without an address and what the build said."""
    return once(factory, "built", lambda folder: build_bare(folder / "site"), meanwhile=lambda: public(factory))


def build_bare(folder: Path, *options: str) -> None:
    """Build the project without an address, as a command."""
    environment = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    _build(ROOT, folder, environment, *options)


# where the site would be published, below a path of its host, and where its files would be edited
PUBLIC = "https://example.jp/offset/"
REPOSITORY = "https://github.com/example/guide"


@pytest.fixture(scope="session")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as built to be published at PUBLIC, with a repository, without editions."""
    return public(tmp_path_factory)


def public(factory: pytest.TempPathFactory) -> Path:
    return once(factory, "public", lambda folder: build_public(ROOT, folder / "site")) / "site"


def build_public(root: Path, folder: Path, *options: str) -> None:
    """Build a project for PUBLIC as a command."""
    # without a slash at the end, as the action that configures GitHub Pages tells it
    _build(root, folder, {**os.environ, "SITE_URL": PUBLIC.rstrip("/"), "REPOSITORY_URL": f"{REPOSITORY}/"}, *options)


def _build(root: Path, folder: Path, environment: dict[str, str], *options: str) -> None:
    command = [sys.executable, "-m", "macros", "build", "--site-dir", str(folder), *options]
    done = subprocess.run(command, cwd=root, env=environment, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    (folder.parent / SAID).write_text(done.stderr, encoding="utf-8")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve a folder; returns its origin, without a slash at the end. Servers stop with the session."""
    running = []

    def start(folder: Path, base: str = "/") -> str:
        one = make_server(folder, base=base, quiet=True)
        running.append(one)
        Thread(target=one.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{one.server_port}"

    yield start
    for one in running:
        one.shutdown()
        one.server_close()


@pytest.fixture(scope="session")
def server(site: Path, serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The origin under which the built site is served, as `http://127.0.0.1:12345`.

    A site built for a path stands under that path too: its 404 page, shown anywhere, names all from the host's root.
    """
    path = path_of(site).strip("/")
    if not path:
        return serve(site)
    host = tmp_path_factory.mktemp("host")
    for entry in site.iterdir():
        (host / entry.name).symlink_to(entry)
    (host / path).parent.mkdir(parents=True, exist_ok=True)
    (host / path).symlink_to(site)
    return serve(host)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; a test that cannot have it fails."""
    with launched() as started:
        yield started


@pytest.fixture
def new_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Open a page: `new_page(width=375, javascript=False, color_scheme="dark", allowed=("404",))`.

    `page.goto("/glossary/")` starts at the site's root. After the test, console errors, script errors
    and requests to another origin fail it; texts in `allowed` are let through.
    """
    watches: list[Watch] = []
    contexts = []

    def open_page(
        width: int = 1280,
        height: int = 900,
        *,
        javascript: bool = True,
        origin: str = server,
        allowed: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            **options,
        )
        context.set_default_timeout(LONGEST)
        contexts.append(context)
        watches.append(Watch(origin, allowed))
        context.on("page", watches[-1].follow)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert [problem for watch in watches for problem in watch.problems] == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A desktop page in light colours with JavaScript on."""
    return new_page()


# -- browsers beside Chromium: each is started once, when the first test asks for it ----------------------


@pytest.fixture(scope="session")
def started_engine() -> Iterator[Callable[[str], engines.Engine]]:
    """The running engine of a name in `engines.NAMES`; a test that cannot have it fails."""
    running: dict[str, engines.Engine] = {}
    with ExitStack() as stack:

        def start(name: str) -> engines.Engine:
            if name not in running:
                running[name] = stack.enter_context(engines.started(name))
            return running[name]

        yield start


@contextmanager
def watched(engine: engines.Engine) -> Iterator[engines.Engine]:
    """What a page may not do (see `Engine.problems`) fails the test; texts in `engine.allowed` are let through."""
    engine.begin()
    yield engine
    assert engine.problems() == []


@pytest.fixture(params=engines.NAMES)
def engine(request: pytest.FixtureRequest, started_engine: Callable[[str], engines.Engine]) -> Iterator[engines.Engine]:
    """Each engine in turn."""
    with watched(started_engine(request.param)) as one:
        yield one


@pytest.fixture
def other_engine(engine: engines.Engine, started_engine: Callable[[str], engines.Engine]) -> Iterator[engines.Engine]:
    """The one that `engine` is not."""
    others = (started_engine(name) for name in engines.NAMES)
    with watched(next(one for one in others if one is not engine)) as one:
        yield one
