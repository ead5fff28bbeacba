"""Response headers for hosts: the policy of the built pages, who may frame what, and what is kept how long.

The build writes `_headers` into the site. `python -m macros headers [SITE] [--to FOLDER]` writes what nginx and
Apache include; it reads the built site, so that headers and pages are of one build. headers.md beside this file tells more.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from .hashing import HASHED
from .policy import frame_policy, inline

CLOUD = "_headers"
# file of a server: its template
SERVERS = {
    "nginx-http.conf": "headers-nginx-http.conf",
    "nginx-server.conf": "headers-nginx-server.conf",
    "apache.conf": "headers-apache.conf",
}
ALWAYS = {
    # anybody may show what is public; a host with an embedder policy asks for this, and for the next of each frame
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
EMBEDDER = "Cross-Origin-Embedder-Policy"
OF_FRAMES = "require-corp"
PAGE = "page"
FRAME = "frame"
FILE = "file"  # to be read by another program: PDF viewers of browsers stumble over more
FRESH = "no-cache"  # kept, but asked for anew each time
FOR_EVER = "public, max-age=31536000, immutable"
CANONICAL = re.compile(r'<link rel="?canonical"? href="?([^">]+)')


class Rule(NamedTuple):
    """One address, or a folder with all that is in it (`/*` at the end), and what is sent for it."""

    path: str
    kind: str
    cache: str


def policies(page: str, frame: str) -> dict[str, str]:
    """Return the policy of each kind; who may frame a page can be said in a header only.

    Of calculators alone nothing is said: even `*` would shut out pages from disk and previews of a CMS.
    """
    return {
        PAGE: f"{page}; frame-ancestors 'none'",
        FRAME: frame,
        FILE: "frame-ancestors 'none'",
    }


def rules(site: Path) -> Iterator[Rule]:
    """Yield rules of which exactly one fits each file: where several fit, hosts do different things."""
    yield Rule("/", PAGE, FRESH)
    yield Rule("/embed/", PAGE, FRESH)
    for entry in sorted(site.iterdir()):
        if entry.name in {"assets", "embed"}:
            yield from (_rule(site, part) for part in sorted(entry.iterdir()))
        elif entry.name != CLOUD:
            yield _rule(site, entry)


def _rule(site: Path, entry: Path) -> Rule:
    name = "/" + entry.relative_to(site).as_posix()
    path = f"{name}/*" if entry.is_dir() else name
    if name == "/downloads":
        return Rule(path, FILE, FRESH)
    kind = FRAME if name.startswith("/embed/") and entry.is_dir() else PAGE
    return Rule(path, kind, FOR_EVER if entry.is_dir() and _all_hashed(entry) else FRESH)


def _all_hashed(folder: Path) -> bool:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return bool(files) and all(HASHED.search(path.name) for path in files)


def sent(rule: Rule, policy: dict[str, str]) -> dict[str, str]:
    """Return the headers of a rule."""
    embedder = {EMBEDDER: OF_FRAMES} if rule.kind == FRAME else {}
    return {"Content-Security-Policy": policy[rule.kind], **embedder, **ALWAYS, "Cache-Control": rule.cache}


def write_cloud(site: Path, page_policy: str) -> None:
    """Write `_headers`, which Cloudflare Pages and Netlify read and do not show."""
    policy = policies(page_policy, _policy_of_frames(site))
    values = [(_base(site) + rule.path, sent(rule, policy)) for rule in rules(site)]
    (site / CLOUD).write_text(_rendered("headers-cloud.txt", rules=values), encoding="utf-8")


def read_cloud(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return the (path, headers) of a `_headers` file."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line.strip(), {}))
        elif line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
    return found


def fits(path: str, address: str) -> bool:
    """Tell whether a path of `_headers` is meant for an address."""
    return address.startswith(path[:-1]) if path.endswith("*") else address == path


def server_files(site: Path) -> dict[str, str]:
    """Return what nginx and Apache include, by file name. Raises FileNotFoundError when no site is there."""
    found = inline((site / "index.html").read_text(encoding="utf-8")).policies
    if not found:
        raise FileNotFoundError(f"{site}/index.html: no policy")
    hashed = [rule.path.removesuffix("*") for rule in rules(site) if rule.cache == FOR_EVER]
    values = {
        "base": _base(site),
        "policies": policies(found[0], _policy_of_frames(site)),
        "embedder": (EMBEDDER, OF_FRAMES),
        "always": ALWAYS,
        "hashed": hashed,
        "caches": {"fresh": FRESH, "ever": FOR_EVER},
    }
    return {name: _rendered(template, **values) for name, template in SERVERS.items()}


def _policy_of_frames(site: Path) -> str:
    """Return the policy that the built calculators carry; they all have the same."""
    page = next(iter(site.glob("embed/*/index.html")), None)
    found = inline(page.read_text(encoding="utf-8")).policies if page else []
    return found[0] if found else frame_policy()


def _base(site: Path) -> str:
    """Return the path under which the site was built to live, without a slash at the end: `/offset`, or nothing."""
    found = CANONICAL.search((site / "index.html").read_text(encoding="utf-8"))
    return urlsplit(found[1]).path.rstrip("/") if found else ""


def _rendered(template: str, **values: object) -> str:
    # here, so that publishing needs nothing but Python
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # text for servers, not HTML: nothing to escape
    environment = Environment(  # noqa: S701
        loader=PackageLoader(__package__ or ""), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(template).render(**values).rstrip("\n") + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the files of servers; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros headers")
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"))
    parser.add_argument("--to", type=Path, default=Path("site-headers"))
    options = parser.parse_args(arguments)
    try:
        files = server_files(options.site)
    except FileNotFoundError as error:
        print(f"作ったサイトがありません。先に make build をしてください。 No built site: {error}", file=sys.stderr)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (options.to / name).write_text(text, encoding="utf-8")
    print(f"配信ヘッダーの設定を {options.to}/ に書きました。 Header files for nginx and Apache written.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
