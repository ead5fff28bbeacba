"""Loads `data/` into one frozen Guide, or tells every problem of every file at once."""

from functools import lru_cache
from pathlib import Path

from .. import models
from ..models.base import Record
from ..models.dates import latest_day
from ..pages.check import check_docs
from .catalogue import check_calculators
from .files import FILES, FOLDERS, read_all, read_one, strangers
from .pages import read_pages
from .prices import check_prices
from .problems import WHOLE, DataError, Problem
from .references import check
from .supplier_rows import check_rows
from .suppliers import check_tables
from .texts import unfit_files
from .values import check_values

WHOLE_FOLDERS = {"data", "docs", *(f"data/{name}" for name in FOLDERS)}


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
    statement: models.Statement
    embeds: models.EmbedData
    embed_hosts: list[models.EmbedHost]
    page_titles: dict[str, str] = {}
    search: models.SearchWords
    accessibility: models.Accessibility
    buying: models.Buying
    offers: list[models.Offer]


def load(root: Path) -> Guide:
    """Return the checked content of `root/data`, once the pages of `root/docs` and `root/mkdocs.yml` are sound too.

    Raises DataError with all problems of all files as `file:line: field: …`.
    """
    unfit = [Problem(file, line, WHOLE, text) for file, line, text in unfit_files(root)]
    if any(one.file in WHOLE_FOLDERS for one in unfit):
        # what should stand in it would be told as missing, one by one
        raise DataError(unfit)
    sources, pages = read_all(root), read_pages(root)
    found = [
        *strangers(root),
        *(one for source in sources for one in source.problems),
        *check(root, sources, pages),
        *check_values(sources, latest_day(root)),
        *check_calculators(sources),
        *check_prices(sources),
        *check_tables(root),
        *check_rows(root, sources),
        *check_docs(root, sources, pages),
    ]
    # of what is no file of ours, nothing else is told
    refused = {one.file for one in unfit}
    problems = [*unfit, *(one for one in found if one.file not in refused)]
    if problems:
        raise DataError(problems)
    values = {source.name: source.value for source in sources if source.name in FILES}
    values |= {name: [source.value for source in sources if source.name == name] for name in FOLDERS}
    named = {name.replace("-", "_"): value for name, value in values.items()}
    return Guide(**named, page_titles={page.name: page.head.title for page in pages if page.head})


def load_once(root: Path) -> Guide:
    """Return what `load` returns, read anew only after a file of data/ or docs/ changed.

    Zensical registers the macros anew for each page, MkDocs for each build.
    """
    files = [path for folder in ("data", "docs") for path in sorted((root / folder).rglob("*")) if path.is_file()]
    files += [path for path in [root / "mkdocs.yml"] if path.is_file()]
    return _load_as_of(root, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _load_as_of(root: Path, _state: tuple[tuple[Path, int], ...]) -> Guide:
    return load(root)


def read_glossary(root: Path) -> list[models.Term]:
    """Return the terms alone, for the step that marks them in the pages."""
    source = read_one(root, root / "data" / "glossary.yml", "glossary")
    if source.problems:
        raise DataError(source.problems)
    return source.value
