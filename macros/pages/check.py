"""Checks `docs/` and `mkdocs.yml` against each other and against `data/`, all in one go."""

from pathlib import Path

from ..loading.files import FOLDERS, Source
from ..loading.pages import Page
from ..loading.problems import Problem
from ..loading.references import known_ids
from .body import check_page, docs_files, repeated_titles, strange_files
from .settings import check_settings
from .shown import Shown, calls_are_sound


def check_docs(root: Path, sources: list[Source], pages: list[Page]) -> list[Problem]:
    """Return the problems of pages, of the menu, and of what is written in `data/` and shown nowhere."""
    # not above: what draws the macros is built on the loaded data
    from ..exports.datasets import DATASETS
    from ..rendering import MACROS

    files = docs_files(root)
    known = known_ids(root, sources)
    known["open_table"] = [*(one.name for one in DATASETS), *(f"surveys-{own}" for own in known["table"])]
    unread = {source.name for source in sources if not source.readable and source.name not in FOLDERS}
    settings = check_settings(root, pages)
    problems = [
        *settings.problems,
        *strange_files(files),
        *repeated_titles(pages),
        *(one for page in pages for one in check_page(page, MACROS, known, unread, set(files))),
    ]
    # what a wrong call would show is not lost
    if settings.has_macros and calls_are_sound(pages, MACROS):
        problems += Shown(sources, pages, MACROS).problems()
    return problems
