"""Loads `data/` into one frozen Guide, or tells every problem of every file at once."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from .. import models
from ..calculators import Catalogue, Suppliers, catalogue_of, whole, with_sets
from ..models.base import Record
from ..models.dates import latest_day
from ..models.suppliers import OfficialTable
from .catalogue import check_calculators
from .doubles import check_doubles
from .files import FILES, FOLDERS, Source, read_all, read_one, strangers
from .kept import check_kept
from .pages import Page, read_pages
from .plans import check_days, check_flows
from .prices import check_prices
from .problems import WHOLE, DataError, Problem, once
from .references import check
from .supplier_checks import check_tables
from .supplier_names import check_names
from .supplier_rows import check_rows
from .suppliers import read_tables
from .texts import unfit_files
from .values import check_values
from .words import check_words

WHOLE_FOLDERS = {"data", "docs", *(f"data/{name}" for name in FOLDERS)}

# what a further look at all that was read finds wrong
Inspection = Callable[[Path, list[Source], list[Page]], list[Problem]]


class Guide(Record):
    """Everything in `data/`, checked. Lists keep the order of the files, calculators that of the methods."""

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
    factor_sets: models.FactorSets
    factor_sources: list[models.FactorSource]
    factors: list[models.FactorTopic]
    calculator_parts: models.Parts
    calculators: list[models.Calculator]
    helpers: list[models.Helper]
    statement: models.Statement
    embeds: models.EmbedData
    embed_hosts: list[models.EmbedHost]
    page_titles: dict[str, str] = {}
    page_asks: dict[str, dict[str, list[str]]] = {}
    search: models.SearchWords
    accessibility: models.Accessibility
    buying: models.Buying
    offers: list[models.Offer]
    answers: list[models.Answer]
    precedent_notes: models.PrecedentNotes
    precedents: list[models.Precedent]
    plan: models.PlanWords
    suppliers: models.SupplierData
    supplier_tables: dict[str, OfficialTable] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is reckoned with: factors, calculators, statements, each found by its id."""
        return catalogue_of(
            self.factor_sets,
            self.factor_sources,
            self.factors,
            self.calculator_parts,
            self.calculators,
            self.statement,
            self.helpers,
            Suppliers(self.suppliers, self.supplier_tables, self.factor_sets),
        )


def load(root: Path, *inspections: Inspection) -> Guide:
    """Return the checked content of `root/data`; `inspections` find what else is wrong with it and with the pages.

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
        *check_doubles(sources),
        *check_words(sources, pages),
        *check_calculators(sources),
        *check_prices(sources),
        *check_days(sources),
        *check_flows(sources),
        *check_tables(root),
        *check_rows(root, sources),
        *check_names(root, sources),
        *check_kept(root, sources),
        *(one for inspect in inspections for one in inspect(root, sources, pages)),
    ]
    # of what is no file of ours, nothing else is told
    refused = {one.file for one in unfit}
    problems = [*unfit, *once(one for one in found if one.file not in refused)]
    if problems:
        raise DataError(problems)
    values = {source.name: source.value for source in sources if source.name in FILES}
    values |= {name: [source.value for source in sources if source.name == name] for name in FOLDERS}
    values["calculator-parts"] = with_sets(values["calculator-parts"], values["factor-sets"])
    order = [method.id for method in values["methods"]]
    files = sorted(values["calculators"], key=lambda file: order.index(file.method))
    values["calculators"] = [whole(file, values["calculator-parts"]) for file in files]
    named = {name.replace("-", "_"): value for name, value in values.items()}
    heads = {page.name: page.head for page in pages if page.head}
    return Guide(
        **named,
        supplier_tables=read_tables(root),
        page_titles={name: head.title for name, head in heads.items()},
        page_asks={name: head.asks for name, head in heads.items() if head.asks},
    )


def read_glossary(root: Path) -> list[models.Term]:
    """Return the terms alone, for the step that marks them in the pages."""
    source = read_one(root, root / "data" / "glossary.yml", "glossary")
    if source.problems:
        raise DataError(source.problems)
    return source.value
