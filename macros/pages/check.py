"""Checks `docs/` and `mkdocs.yml` against each other and against `data/`, all in one go."""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path

from ..exports import DATASETS
from ..loading import FOLDERS, Guide, Page, Problem, Source, known_ids
from ..loading import load as load_data
from ..rendering import MACROS
from .body import check_page, docs_files, repeated_heads, shared_addresses, strange_files
from .places import check_places, check_sections, repeated_parts, unused_files
from .settings import check_settings, swapped_titles
from .shown import Shown, calls_are_sound

LOOKED_AT = ("data", "docs", "overrides")


def check_docs(root: Path, sources: list[Source], pages: list[Page]) -> list[Problem]:
    """Return the problems of pages, of the menu, and of what is written in `data/` and shown nowhere."""
    files = docs_files(root)
    known = known_ids(root, sources)
    known["open_table"] = [*(one.name for one in DATASETS), *(f"surveys-{own}" for own in known["table"])]
    unread = {source.name for source in sources if not source.readable and source.name not in FOLDERS}
    settings = check_settings(root, pages)
    problems = [
        *settings.problems,
        *swapped_titles(settings.menu, sources),
        *strange_files(files),
        *unused_files(root, files),
        *repeated_heads(pages),
        *repeated_parts(pages, MACROS),
        *check_sections(pages),
        *check_places(root, sources, pages, known),
        *shared_addresses(pages),
        *(one for page in pages for one in check_page(page, MACROS, known, unread, set(files))),
    ]
    # what a wrong call would show is not lost
    if settings.has_macros and calls_are_sound(pages, MACROS):
        problems += Shown(sources, pages, MACROS).problems()
    return problems


def load(root: Path) -> Guide:
    """Return the checked content of `root/data`, once the pages of `root/docs` and `root/mkdocs.yml` are sound too.

    Raises DataError with all problems of all files as `file:line: field: …`.
    """
    return load_data(root, check_docs)


def load_once(root: Path) -> Guide:
    """Return what `load` returns, read anew only after something in data/, docs/, overrides/ or mkdocs.yml changed.

    Zensical registers the macros anew for each page, MkDocs for each build.
    """
    return _load_as_of(root, tuple(sorted(_state_of(root))))


def _state_of(root: Path) -> Iterator[tuple[str, int, int]]:
    """Yield all that the checks look at and since when.

    Links, folders and pipes too: the checks refuse them, MkDocs would walk through a link to the whole disk.
    """
    folders = [root / name for name in LOOKED_AT]
    walked = [Path(place, name) for one in folders for place, *names in os.walk(one) for name in chain(*names)]
    for path in [*walked, root / "mkdocs.yml"]:
        # gone since it was listed
        with suppress(FileNotFoundError):
            found = os.lstat(path)
            yield str(path), found.st_mtime_ns, found.st_size


@lru_cache(maxsize=1)
def _load_as_of(root: Path, _state: tuple[tuple[str, int, int], ...]) -> Guide:
    return load(root)
