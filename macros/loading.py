"""Loads `data/` into one frozen Guide, or tells every problem of every file at once."""

import re
from functools import lru_cache
from pathlib import Path

from . import models
from .check_catalogue import check_calculators
from .checks import check
from .models.base import Record
from .problems import DataError
from .reading import FILES, FOLDERS, read_all, read_one, strangers

TITLE = re.compile(r"\A---\n(?:.*\n)*?title: *(.+)\n")


class Guide(Record):
    """Everything in `data/`, checked. Lists keep the order of the files."""

    site: models.Site
    documents: list[models.Document]
    guidebook: models.Guidebook
    groups: list[models.Group]
    methods: list[models.Method]
    cases: list[models.Case]
    figures: list[models.Figure]
    glossary: list[models.Term]
    links: list[models.Link]
    surveys: models.Surveys
    report: models.Report
    changes: list[models.Change]
    remarks: list[models.Remark]
    lost_figures: list[models.LostFigure]
    open_questions: list[models.OpenQuestion]
    chooser: list[models.Question]
    tasks: list[models.Task]
    factor_sources: list[models.FactorSource]
    factors: list[models.FactorTopic]
    calculator_parts: models.Parts
    calculators: list[models.Calculator]
    embeds: models.EmbedData
    embed_hosts: list[models.EmbedHost]
    page_titles: dict[str, str] = {}
    search: models.SearchWords
    accessibility: models.Accessibility
    buying: models.Buying
    offers: list[models.Offer]


def load(root: Path) -> Guide:
    """Return the checked content of `root/data`.

    Raises DataError with all problems of all files as `file:line: field: …`.
    """
    sources = read_all(root)
    problems = [
        *strangers(root),
        *(one for source in sources for one in source.problems),
        *check(root, sources),
        *check_calculators(sources),
    ]
    if problems:
        raise DataError(problems)
    values = {source.name: source.value for source in sources if source.name in FILES}
    values |= {name: [source.value for source in sources if source.name == name] for name in FOLDERS}
    named = {name.replace("-", "_"): value for name, value in values.items()}
    return Guide(**named, page_titles=page_titles(root))


def load_once(root: Path) -> Guide:
    """Return what `load` returns, read anew only after a file of data/ or docs/ changed.

    Zensical registers the macros anew for each page, MkDocs for each build.
    """
    files = [path for folder in ("data", "docs") for path in sorted((root / folder).rglob("*")) if path.is_file()]
    return _load_as_of(root, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _load_as_of(root: Path, _state: tuple[tuple[Path, int], ...]) -> Guide:
    return load(root)


def page_titles(root: Path) -> dict[str, str]:
    """Return the title that each page of `root/docs` gives itself in its front matter."""
    docs = root / "docs"
    found = ((path, TITLE.search(path.read_text(encoding="utf-8"))) for path in sorted(docs.rglob("*.md")))
    return {path.relative_to(docs).with_suffix("").as_posix(): match.group(1) for path, match in found if match}


def read_glossary(root: Path) -> list[models.Term]:
    """Return the terms alone, for the step that marks them in the pages."""
    source = read_one(root, root / "data" / "glossary.yml", "glossary")
    if source.problems:
        raise DataError(source.problems)
    return source.value
