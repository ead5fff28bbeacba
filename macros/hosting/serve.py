"""`python -m macros serve [FOLDER] [--port N] [--base /path/]`: a static web server for a built site.

It does what a plain host does: `/x/` gives `/x/index.html`, what is missing gives `404.html` with status
404, and a folder is never listed. `--base` serves the site under a path, as a host in a sub-folder does.
The headers of the built `_headers` are sent, so that what a page may do here is what it may do when published.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from .headers import CLOUD, HIDDEN, fits, read_cloud
from .media_types import OTHER_TYPES, UTF8_TYPES, VARY
from .ports import BadPort, port_of


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers requests for the files of one site; types do not depend on the machine."""

    protocol_version = "HTTP/1.1"
    extensions_map = {
        **OTHER_TYPES,
        **{ending: f"{kind}; charset=utf-8" for ending, kind in UTF8_TYPES.items()},
    }

    def __init__(
        self,
        *arguments: Any,
        base: str = "/",
        quiet: bool = False,
        rules: Sequence[tuple[str, dict[str, str]]] = (),
        **options: Any,
    ) -> None:
        self.base = base
        self.quiet = quiet
        self.rules = rules
        super().__init__(*arguments, **options)

    def send_head(self) -> BinaryIO | None:
        """Send what stands at the address; outside the base there is nothing, and rules are not shown."""
        path = unquote(urlsplit(self.path).path)
        # times tell builds apart badly: another site on this port may be the older one
        del self.headers["If-Modified-Since"]
        if path.startswith(self.base) and path.removeprefix(self.base) not in HIDDEN:
            return super().send_head()
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def translate_path(self, path: str) -> str:
        """Return the file of an address, counted from the base."""
        return super().translate_path("/" + path.removeprefix(self.base))

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Refuse: a plain host lists no folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own 404 page for a missing one."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        # what is sent is this page, not what was asked for
        self.path = f"{self.base}{page.name}"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        """Add the site's own headers; where it has none, nothing is kept."""
        for name, value in ({"Cache-Control": "no-store"} | self._own_headers()).items():
            self.send_header(name, value)
        super().end_headers()

    def _own_headers(self) -> dict[str, str]:
        address = urlsplit(getattr(self, "path", "")).path  # a broken request has none
        found = [headers for path, headers in self.rules if fits(path, address)]
        text = address.endswith("/") or Path(address).suffix in UTF8_TYPES
        return ({"Vary": VARY} if text else {}) | {name: value for headers in found for name, value in headers.items()}

    def log_message(self, format: str, *values: Any) -> None:
        """Log requests unless the server is quiet, as in tests."""
        if not self.quiet:
            super().log_message(format, *values)


def server(folder: Path, port: int = 0, base: str = "/", *, quiet: bool = False) -> ThreadingHTTPServer:
    """Return a server for a folder, bound to this machine only; port 0 takes a free one."""
    rules = _rules(folder, _path(base))
    handler = partial(SiteHandler, directory=str(folder), base=_path(base), quiet=quiet, rules=rules)
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def _rules(folder: Path, base: str) -> list[tuple[str, dict[str, str]]]:
    """Return the rules of the built site for the path that it is served under, whatever path it was built for."""
    file = folder / CLOUD
    found = read_cloud(file.read_text(encoding="utf-8")) if file.is_file() else []
    home = found[0][0] if found else base
    return [(base + path.removeprefix(home), headers) for path, headers in found]


def _path(base: str) -> str:
    """Return a base with one slash at each end."""
    return f"/{base.strip('/')}/".replace("//", "/")


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl+C; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros serve")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("site"))
    parser.add_argument("--port", default="8000")
    parser.add_argument("--base", default="/", help="path the site lives under (/)")
    options = parser.parse_args(arguments)
    try:
        running = server(options.folder, port_of(options.port), options.base)
    except BadPort as bad:
        print(bad, file=sys.stderr)
        return 1
    _run(running, options.base)
    return 0


def _run(running: ThreadingHTTPServer, base: str) -> None:
    address = f"http://127.0.0.1:{running.server_port}{_path(base)}"
    print(f"{address} で見られます。止めるときは Ctrl+C (serving; Ctrl+C stops)", flush=True)
    with running:
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    sys.exit(main())
