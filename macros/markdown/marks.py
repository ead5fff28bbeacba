"""The guidebook's mark: 「用語＊」 in a built page becomes a link with a short definition.

A Markdown extension, because it sees prose and macro output alike and needs no MkDocs hook. It also
turns addresses from the site's root (`href="/glossary/"`) into relative ones, so that templates need
not know which page they are on.
"""

import re
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from ..loading import read_glossary
from ..models.marks import MARK, Entry, name_before, names_of
from .captions import Captions

TOKENS = re.compile(r"(<[^>]*>)")
TAG = re.compile(r"<(/?)([a-z0-9]+)", re.IGNORECASE)
ROOT_ADDRESS = re.compile(r'((?:href|src|action)=")/(?!/)')
# Japanese has no spaces: a line that ends in the source does not part two words
JOIN = re.compile(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])")
HEADINGS = {f"h{level}" for level in range(1, 7)}
NO_LINK_INSIDE = HEADINGS | {"a", "code", "pre", "script", "style", "summary", "button", "label", "option", "title"}


class Marker:
    """Marks the terms of one page: first time in each section a link, then plain."""

    def __init__(self, names: dict[str, Entry], base: str) -> None:
        self.names = names
        self.base = base
        self.count = 0
        self.linked: set[str] = set()
        self.open: list[str] = []

    def page(self, html: str) -> str:
        """Return the HTML of a page with its marks turned into links."""
        return "".join(self._token(token) for token in TOKENS.split(html))

    def _token(self, token: str) -> str:
        if token.startswith("<"):
            self._follow(token)
            return token
        token = token if "pre" in self.open else JOIN.sub("", token)
        return self._text(token) if MARK in token else token

    def _follow(self, token: str) -> None:
        tag = TAG.match(token)
        if not tag:
            return
        closing, name = tag.group(1), tag.group(2).lower()
        if name in HEADINGS and not closing:
            self.linked.clear()
        if name in NO_LINK_INSIDE:
            self._nest(name, bool(closing))

    def _nest(self, name: str, closing: bool) -> None:
        if not closing:
            self.open.append(name)
        elif name in self.open:
            self.open.remove(name)

    def _text(self, text: str) -> str:
        *marked, rest = text.split(MARK)
        return "".join(self._marked(part) for part in marked) + rest

    def _marked(self, text: str) -> str:
        name = name_before(text, self.names)
        entry = self.names[name]
        if self.open or entry.id in self.linked:
            return text
        self.linked.add(entry.id)
        return text[: -len(name)] + self._link(name, entry)

    def _link(self, name: str, entry: Entry) -> str:
        self.count += 1
        tip_id = f"tip-{self.count}"
        described = f' aria-describedby="{tip_id}"' if entry.short else ""
        tip = (
            f'<span class="term__tip" role="tooltip" id="{tip_id}" data-unsearched>{escape(entry.short)}</span>'
            if entry.short
            else ""
        )
        return (
            f'<span class="term"><a href="{self.base}glossary/#{entry.id}"{described}>{name}'
            f'<span class="term__mark" aria-hidden="true">{MARK}</span></a>{tip}</span>'
        )


def relative(html: str, base: str) -> str:
    """Return HTML whose addresses from the site's root start at the page instead."""
    return ROOT_ADDRESS.sub(rf"\g<1>{base}", html)


@lru_cache(maxsize=2)
def _names(root: Path, _modified: int) -> dict[str, Entry]:
    return names_of(read_glossary(root))


class _Marks(Postprocessor):
    def run(self, text: str) -> str:
        root = Path.cwd()
        modified = (root / "data" / "glossary.yml").stat().st_mtime_ns
        base = _base_of(self.md)
        return relative(Marker(_names(root, modified), base).page(text), base)


def _base_of(md: Markdown) -> str:
    """Return the way to the site's root from the page's address (MkDocs) or from its file (Zensical).

    Zensical turns what is relative to the file into what is relative to the address, in every link of the page.
    """
    # of the builder, not of Python-Markdown: they know their page
    before: Any = md.preprocessors
    after: Any = md.treeprocessors
    if "rendering_context" in before:
        start = before["rendering_context"].page.path
    else:
        # the home page is "./"
        start = after["relpath"].file.url.removeprefix("./")
    return "../" * start.count("/") or "./"


class MarksExtension(Extension):
    """Registers the captions of tables after what reads the words, the marks after every other step."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.treeprocessors.register(Captions(md), "table_captions", 15)
        md.postprocessors.register(_Marks(md), "term_marks", 0)


def makeExtension(**options: object) -> MarksExtension:  # noqa: N802 - the name is Python-Markdown's
    """Return the extension; Python-Markdown looks for this name."""
    return MarksExtension(**options)
