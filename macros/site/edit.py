"""`python -m macros edit [--port N]`: live reload while writing, through MkDocs, that outlives every mistake.

What is wrong stands in the terminal and on every page until the file is mended and saved; then the page is back.
"""

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from ..hosting import BadPort, port_of
from ..pages import load_once
from .edit_faults import faults_of
from .edit_memory import Memory
from .edit_pages import broken_page, with_warnings
from .faults import check_shells

HOST = "127.0.0.1"
WATCHED = ("docs", "data", "macros", "overrides", "mkdocs.yml")
# seconds between two looks at the files
PAUSE = 0.5


class Heard(logging.Handler):
    """Keeps what MkDocs warns of in one build; it goes to the terminal and the pages in our own form."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the first line of a warning; the rest is for who mends programs."""
        self.said.append(record.getMessage().strip().partition("\n")[0])


class EditServer(LiveReloadServer):
    """Serves what was built last, or the messages of what went wrong, on every address of a page."""

    faults: list[str] = []
    warnings: list[str] = []

    def __init__(self, builder: Callable[[], None], port: int, folder: Path, path: str) -> None:
        super().__init__(builder, HOST, port, str(folder), path)
        # by what stands there, not by what a link leads to: one to / would be walked through
        self.observer = PollingObserverVFS(stat=os.lstat, listdir=entries, polling_interval=PAUSE)

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        if path.startswith("/livereload/") or Path(path).suffix not in {"", ".html"}:
            return super()._serve_request(environ, start_response)
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch, faults = self._visible_epoch, self.faults
        if not faults:
            return super()._serve_request(environ, start_response)
        content = super()._inject_js_into_html(broken_page(faults), epoch)
        start_response("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8")])
        return [content]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        return super()._inject_js_into_html(with_warnings(content, self.warnings), epoch)


def entries(folder: str | None) -> Iterator[os.DirEntry[str]]:
    """Yield what of a folder is watched; a folder that goes away for a moment ends nothing."""
    at_top = folder == str(Path.cwd())
    with suppress(OSError), os.scandir(folder) as found:
        yield from (entry for entry in found if entry.name != "__pycache__" and (not at_top or entry.name in WATCHED))


class Workshop:
    """Builds the project again and again, and keeps what went wrong the last time."""

    def __init__(self, root: Path, folder: Path, port: int) -> None:
        self.root, self.folder, self.port = root, folder, port
        self.started: Any = None
        self.memory = Memory()
        self.server = EditServer(self.build, port, folder, urlsplit(os.environ.get("SITE_URL") or "/").path)

    def build(self) -> None:
        """Build once; never raise but for Ctrl+C."""
        heard = Heard()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(heard)
        try:
            self._build(heard.said)
            faults: list[str] = []
        except KeyboardInterrupt:
            raise
        # MkDocs and its plugins end with SystemExit
        except BaseException as error:
            faults = faults_of(error, self.root, heard.said)
        finally:
            logger.removeHandler(heard)
        warnings = [] if faults else list(dict.fromkeys(heard.said))
        _tell(faults, warnings, self.server.faults)
        self.server.faults, self.server.warnings = faults, warnings

    def _build(self, said: list[str]) -> None:
        guide = load_once(self.root)
        check_shells(self.root)
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.folder))
        if not self.started:
            config.plugins.on_startup(command="serve", dirty=False)
            self.started = config
        config.site_url = self.server.url
        with self.memory.at_work(guide, said):
            build(config, serve_url=self.server.url)

    def run(self) -> None:
        """Serve until Ctrl+C."""
        self.build()
        self.server.watch(str(self.root))
        try:
            print(f"{self.server.url} で見られます。止めるときは Ctrl+C (serving; Ctrl+C stops)", flush=True)
            self.server.serve()
        except KeyboardInterrupt:
            print()
        finally:
            self.server.shutdown()
            if self.started:
                self.started.plugins.on_shutdown()


def _tell(faults: list[str], warnings: list[str], before: list[str]) -> None:
    """Say in the terminal what a build found."""
    if faults:
        print(f"誤りが{len(faults)}件あります。直して保存すると、続きが動きます。", *faults, sep="\n", file=sys.stderr)
    elif warnings:
        print("表示はできますが、このままでは make build が止まります。", *warnings, sep="\n", file=sys.stderr)
    elif before:
        print("直りました。ページを表示します。", file=sys.stderr)
    else:
        print("ページができました。保存すると、作り直します。", file=sys.stderr)
    sys.stderr.flush()


def main(arguments: list[str] | None = None) -> int:
    """Serve the project in the current folder until Ctrl+C; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros edit", description=__doc__)
    parser.add_argument("--port", default="8000")
    options = parser.parse_args(arguments)
    try:
        port = port_of(options.port)
    except BadPort as bad:
        print(bad, file=sys.stderr)
        return 1
    # it tells of each request that gets the messages
    logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
    folder = Path(tempfile.mkdtemp(prefix="offset-guidebook-"))
    try:
        Workshop(Path.cwd(), folder, port).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
