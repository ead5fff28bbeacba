"""Where the words of each page can be edited: its Markdown file, and the data files that its macros draw.

A build step writes the links below each page, after the search index and the open data were made of it. They are
there only when the address of a repository is known.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..loading import Call, Guide, read_calls
from ..models.addresses import page_address
from ..rendering import MACROS, Core
from .job import Job

ARTICLE_END = "</article>"

LABELS = {
    "accessibility": "アクセシビリティの試験の結果",
    "answers": "よくある問い",
    "buying": "買うときの道と手続き",
    "changes": "2011年から変わったこと",
    "chooser": "取組方法を選ぶ質問",
    "documents": "原資料",
    "embeds": "枠の高さ",
    "factor-sets": "係数の版",
    "factor-sources": "係数の出典",
    "glossary": "用語",
    "groups": "取組方法の群",
    "helpers": "活動量の見つけ方",
    "guidebook": "ガイドブックの構成と目次",
    "links": "資料",
    "lost-figures": "失われた図",
    "open-questions": "確かめられなかったこと",
    "plan": "案件の手順と文書",
    "precedent-notes": "実例の注意と、入れなかったもの",
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


def data_files(guide: Guide, markdown: str) -> list[str]:
    """Return the files of `data/`, from the project's root, that the macros of a page draw, each once, in order."""
    found = (
        file
        for call in read_calls(markdown)
        if isinstance(call, Call)
        for file in MACROS[call.name].files(guide, call.words)
    )
    return [f"data/{file}" for file in dict.fromkeys(found)]


def label_of(guide: Guide, file: str) -> str:
    """Return what a file of `data/` holds, in the words of a reader."""
    path = Path(file)
    if path.parent.name == "data":
        return LABELS[path.stem]
    record = next(one for one in getattr(guide, path.parent.name) if one.id == path.stem)
    kinds = {"methods": "取組方法", "cases": "事例", "figures": "図", "factors": "係数", "calculators": "計算器"}
    kinds |= {"offers": "売り手", "precedents": "いまの実例"}
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


def edit_links(job: Job) -> None:
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
