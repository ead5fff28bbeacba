"""Where the words of each page can be edited: its Markdown file, and the data files that its macros draw.

A build step writes the links below each page, after the search index and the open data were made of it. They are
there only when the address of a repository is known.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .addresses import page_address
from .loading import Guide
from .rendering.core import Core

if TYPE_CHECKING:
    from .build import Build

CALL = re.compile(r"\{\{\s*(\w+)(?:\(([^)]*)\))?")
WORDS = re.compile(r"""["']([^"']+)["']""")
ARTICLE_END = "</article>"

Files = Callable[[Guide, list[str]], list[str]]


LABELS = {
    "accessibility": "アクセシビリティの試験の結果",
    "buying": "買うときの道と手続き",
    "changes": "2011年から変わったこと",
    "chooser": "取組方法を選ぶ質問",
    "documents": "原資料",
    "embeds": "枠の高さ",
    "factor-sources": "係数の出典",
    "glossary": "用語",
    "groups": "取組方法の群",
    "guidebook": "ガイドブックの構成と目次",
    "links": "資料",
    "lost-figures": "失われた図",
    "open-questions": "確かめられなかったこと",
    "remarks": "原資料の断り書き",
    "report": "提言の表と箇条書き",
    "site": "運営者",
    "surveys": "調査の数と表",
    "tasks": "ホームの入口",
}


class Place(NamedTuple):
    """A file to edit, what it holds and where to edit it."""

    file: str
    label: str
    href: str


def _always(*files: str) -> Files:
    return lambda _guide, _words: list(files)


def _named(folder: str) -> Files:
    """The file that the first word of the macro names."""
    return lambda _guide, words: [f"{folder}/{words[0]}.yml"]


def _all_cases(guide: Guide, words: list[str]) -> list[str]:
    """Every case, or those of the kind that the macro names."""
    return [f"cases/{case.id}.yml" for case in guide.cases if not words or case.kind == words[0]]


def _method(guide: Guide, words: list[str]) -> list[str]:
    """A method and the one whose page the source shares with it."""
    method = next(one for one in guide.methods if one.id == words[0])
    return [f"methods/{one}.yml" for one in (method.id, method.same_as) if one]


def _relations(guide: Guide, words: list[str]) -> list[str]:
    shared = {one.id: one for one in guide.methods}
    method = shared[words[0]]
    figure = method.relations or shared[method.same_as or ""].relations
    return [f"figures/{figure}.yml"]


def _every_method(guide: Guide, _words: list[str]) -> list[str]:
    return [*(f"methods/{method.id}.yml" for method in guide.methods), "groups.yml"]


def _factors(guide: Guide, _words: list[str]) -> list[str]:
    return [*(f"factors/{topic.id}.yml" for topic in guide.factors), "factor-sources.yml"]


def _offers(guide: Guide, _words: list[str]) -> list[str]:
    return ["buying.yml", *(f"offers/{offer.id}.yml" for offer in guide.offers)]


def _each(names: str, files: Files) -> dict[str, Files]:
    return dict.fromkeys(names.split(), files)


# macro → the files in data/ that hold what it shows
DRAWN_FROM: dict[str, Files] = {
    **_each("figure", _named("figures")),
    **_each("case", _named("cases")),
    **_each("cases case_table", _all_cases),
    **_each("method_head method_summary method_effects method_notes method_flow method_selection", _method),
    **_each("method_information method_opportunities method_settle method_related", _method),
    **_each("method_relations", _relations),
    **_each("methods_table method_cards", _every_method),
    **_each("calculator calculator_lead calculator_words calculator_example", _named("calculators")),
    **_each("calculator_factors calculator_cases calculator_worksheet", _named("calculators")),
    **_each("factor_tables", _factors),
    **_each("offer_ranges offer_finder offer_table offers", _offers),
    **_each("buying_steps buying_proofs buying_wordings buying_lookalikes buying_gaps", _always("buying.yml")),
    **_each("number numbers survey_table survey_chart", _always("surveys.yml")),
    **_each("glossary", _always("glossary.yml")),
    **_each("links", _always("links.yml")),
    **_each("change changes today", _always("changes.yml")),
    **_each("remark remarks remarks_of", _always("remarks.yml")),
    **_each("committees pillars activities review_items roads report_models", _always("report.yml")),
    **_each("topics possibility hints", _always("report.yml")),
    **_each("editions contents web_files", _always("guidebook.yml")),
    **_each("documents colophon", _always("documents.yml")),
    **_each("lost_figures", _always("lost-figures.yml")),
    **_each("open_questions", _always("open-questions.yml")),
    **_each("operator", _always("site.yml")),
    **_each("chooser", _always("chooser.yml")),
    **_each("tasks", _always("tasks.yml")),
    **_each("embed_heights", _always("embeds.yml")),
    **_each("criteria test_tools test_samples", _always("accessibility.yml")),
}
# what these show stands in other files and is edited there, or is not data
NOT_EDITED = {
    "calculator_list",
    "download",
    "embed",
    "embed_builder",
    "embed_sentences",
    "embed_snippets",
    "glossary_search",
    "method_downloads",
    "open_data",
    "open_data_files",
    "shipped_parts",
    "source",
}


def data_files(guide: Guide, markdown: str) -> list[str]:
    """Return the files of `data/`, from the project's root, that the macros of a page draw, each once, in order."""
    found = (
        file
        for name, given in CALL.findall(markdown)
        if name in DRAWN_FROM
        for file in DRAWN_FROM[name](guide, WORDS.findall(given))
    )
    return [f"data/{file}" for file in dict.fromkeys(found)]


def label_of(guide: Guide, file: str) -> str:
    """Return what a file of `data/` holds, in the words of a reader."""
    path = Path(file)
    if path.parent.name == "data":
        return LABELS[path.stem]
    record = next(one for one in getattr(guide, path.parent.name) if one.id == path.stem)
    kinds = {"methods": "取組方法", "cases": "事例", "figures": "図", "factors": "係数", "calculators": "計算器"}
    kinds |= {"offers": "売り手"}
    return f"{kinds[path.parent.name]}：{getattr(record, 'title', None) or record.name}"


def edit_base(guide: Guide) -> str | None:
    """Return the address before the path of a file to edit: REPOSITORY_URL, else of site.yml; None for none."""
    repository = os.environ.get("REPOSITORY_URL") or guide.site.repository
    return f"{repository.rstrip('/').removesuffix('.git')}/edit/{guide.site.branch}/" if repository else None


def places(guide: Guide, root: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield (path of the built page from the site's folder, files to edit: Markdown first) for each page of `docs/`."""
    docs = root / "docs"
    for path in sorted(docs.rglob("*.md")):
        address = page_address(path.relative_to(docs).with_suffix("").as_posix())
        files = [path.relative_to(root).as_posix(), *data_files(guide, path.read_text(encoding="utf-8"))]
        yield f"{address}index.html".lstrip("/"), files


def edit_links(job: "Build") -> None:
    """Write the links below the article of each page; pages for frames have no article and stay as they are."""
    base = edit_base(job.guide)
    if base is None:
        return
    core = Core(job.guide)
    for name, files in places(job.guide, job.root):
        page = job.folder / name
        text, *data = files
        places_of_data = [Place(file, label_of(job.guide, file), f"{base}{file}") for file in data]
        links = core.render("edit", text=Place(text, "", f"{base}{text}"), data=places_of_data)
        # the last one: cards are articles too
        before, end, after = page.read_text(encoding="utf-8").rpartition(ARTICLE_END)
        page.write_text(f"{before}{end}\n{links}{after}" if end else after, encoding="utf-8")
