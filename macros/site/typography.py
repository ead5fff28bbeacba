"""A build step: the built pages say CO₂ and m³ where they were written as CO2 and m3, in docs/, in templates or by the theme.

Words of `data/` come that way already. Code, scripts and what only machines read stay as they are.
"""

import re

from ..models.typography import WRITTEN, typeset
from .job import Job

TOKENS = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
TAG = re.compile(r"<(/?)([a-z0-9]+)", re.IGNORECASE)
KEPT = {"code", "kbd", "pre", "samp", "script", "style", "textarea"}
# what people read or hear of a tag; an address in `content` is one for typeset too
SAID = re.compile(r'(?<= )(?:alt|aria-label|content|label|placeholder|title)="[^"]*"')


def typography(job: Job) -> None:
    """Go over every page that the builder wrote."""
    for page in job.folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        if WRITTEN.search(html):
            page.write_text(typeset_page(html), encoding="utf-8")


def typeset_page(html: str) -> str:
    """Return a page with its texts as they are printed."""
    kept: list[str] = []
    return "".join(_token(token, kept) for token in TOKENS.split(html))


def _token(token: str, kept: list[str]) -> str:
    if not token.startswith("<"):
        return token if kept else typeset(token)
    if found := TAG.match(token):
        _follow(found[2].lower(), kept, closing=bool(found[1]))
    return SAID.sub(lambda said: typeset(said[0]), token)


def _follow(name: str, kept: list[str], *, closing: bool) -> None:
    """Remember within which elements nothing changes."""
    if name not in KEPT:
        return
    if not closing:
        kept.append(name)
    elif name in kept:
        kept.remove(name)
