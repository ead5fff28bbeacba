"""Keeps what pages became, so that live editing converts only those whose text has changed: the longest part of a build.

MkDocs offers no place for it: its `Page.render` is wrapped while a build of ours runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ..loading import Guide

RENDER = Page.render


class Converted(NamedTuple):
    """A page as HTML, with what MkDocs found on the way; `links` by the path of the page they lead to."""

    content: str | None
    toc: Any
    title: str | None
    anchors: set[str] | None
    links: dict[str, dict[str, str]]


class Memory:
    """What each page became last, and of what."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Any, Converted]] = {}

    @contextmanager
    def at_work(self, guide: Guide, said: list[str]) -> Iterator[None]:
        """Let MkDocs build with what is remembered; pages hang on the terms too. `said` grows with each warning."""
        terms = [(term.id, term.term, term.aliases, term.short) for term in guide.glossary]

        def render(page: Page, config: Any, files: Files) -> None:
            self._render(page, config, files, terms, said)

        Page.render = render  # type: ignore[method-assign]
        try:
            yield
        finally:
            Page.render = RENDER  # type: ignore[method-assign]

    def _render(self, page: Page, config: Any, files: Files, terms: list[Any], said: list[str]) -> None:
        places = [(file.src_uri, file.url) for file in files]
        settings = config["markdown_extensions"], config["mdx_configs"], config["validation"]
        key = page.markdown, page.file.url, places, repr(settings), terms
        before, known = self.kept.get(page.file.src_uri, (None, None))
        if known and before == key:
            _restore(page, files, known)
            return
        warned = len(said)
        RENDER(page, config, files)
        self.kept.pop(page.file.src_uri, None)
        # what was warned of would not be said again
        if len(said) == warned:
            self.kept[page.file.src_uri] = key, _converted(page)


def _converted(page: Page) -> Converted:
    links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
    return Converted(page.content, page.toc, page._title_from_render, page.present_anchor_ids, links)


def _restore(page: Page, files: Files, known: Converted) -> None:
    page.content, page.toc, page._title_from_render, page.present_anchor_ids, links = known
    there = {uri: files.get_file_from_path(uri) for uri in links}
    page.links_to_anchors = {file: links[uri] for uri, file in there.items() if file}
