"""A build step: our scripts, our style sheets and the pages for frames without what only editors read.

The pages name the readable files, so that live editing, which has no build steps, shows them too; these stay beside.
"""

import re
from pathlib import Path

from minify import string as minified

from .job import Job

KINDS = {".css": "text/css", ".html": "text/html", ".js": "application/javascript"}
# the theme's own lie in other folders
OURS = re.compile(r"(assets/(?:css|js)/[a-z-]+)(\.css|\.js)\b")
# what the library leaves as it is written
IN_CONTAINER = re.compile(r"@container[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def small_files(job: Job) -> None:
    """Write `site.min.css` and the like, and let every page use them."""
    for kind in ("css", "js"):
        for path in sorted((job.folder / "assets" / kind).glob(f"*.{kind}")):
            path.with_name(small_name(path.name)).write_text(_minified(path), encoding="utf-8")
    frames = set(calculator_pages(job.folder))
    for page in job.folder.rglob("*.html"):
        html = _minified(page) if page in frames else page.read_text(encoding="utf-8")
        page.write_text(OURS.sub(r"\1.min\2", html), encoding="utf-8")


def calculator_pages(site: Path) -> list[Path]:
    """Return the pages `/embed/<id>/`."""
    return sorted(site.glob("embed/*/index.html"))


def small_name(name: str) -> str:
    """Return what the small file of a readable one is called."""
    stem, _, kind = name.rpartition(".")
    return f"{stem}.min.{kind}"


def _minified(path: Path) -> str:
    small = minified(KINDS[path.suffix], path.read_text(encoding="utf-8"))
    return IN_CONTAINER.sub(_on_one_line, small) if path.suffix == ".css" else small


def _on_one_line(block: re.Match[str]) -> str:
    """Take the white space out of a block that the library does not read."""
    return re.sub(r";?\s*([{}])\s*|\s*([;:])\s+", r"\1\2", block[0])
