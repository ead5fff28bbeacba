"""Projects to measure: the guidebook as it is, many times as large, and its pages for Material alone.

`python -m tests.bench_projects CONFIG TARGET` writes the Markdown of a project, after its macros, into a project
for plain Material.
"""

import shutil
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.bench_tools import run
from tests.copies import copied

# pages that are about one thing; lists of everything stay one page however much there is
COPIED = ("guide", "methods", "report", "calculators")
# what of a record says something; a copy says it in other words, as the search index keeps no paragraph twice
TEXTS = ("definition", "note", "short", "summary", "offsets", "means")
Address = str | dict[str, Any]


class _Reader(yaml.CSafeLoader):
    """Reads YAML as the project does: `no` is a word; and mkdocs.yml without the environment."""


_Reader.yaml_implicit_resolvers = {
    letter: [found for found in resolvers if not found[0].endswith((":bool", ":timestamp")) or letter in "tf"]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Reader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), _Reader)  # noqa: S506 - a safe one


def settings_of(root: Path) -> dict[str, Any]:
    """Return what `root/mkdocs.yml` says."""
    return _read(root / "mkdocs.yml")


def _write(path: Path, value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, encoding="utf-8")


# -- many times as large --


def scaled(target: Path, times: int) -> Path:
    """Copy the project with `times` as many terms, cases and pages; the copies have ids and words of their own."""
    root = copied(target)
    if times > 1:
        _more_terms(root / "data" / "glossary.yml", times)
        _more_cases(root / "data" / "cases", times)
        _more_pages(root, times)
    return root


def _more_terms(file: Path, times: int) -> None:
    terms = _read(file)
    copies = [_renamed(term, number, "term") for number in range(2, times + 1) for term in terms]
    _write(file, [*terms, *copies])


def _more_cases(folder: Path, times: int) -> None:
    for file in sorted(folder.glob("*.yml")):
        case = _read(file)
        for number in range(2, times + 1):
            copy = _renamed(case, number, "name")
            _write(folder / f"{copy['id']}.yml", copy)


def _renamed(record: dict[str, Any], number: int, name: str) -> dict[str, Any]:
    copy = {**record, "id": f"{record['id']}-{number}", name: f"{record[name]}その{number}"}
    if "aliases" in record:
        copy["aliases"] = [f"{alias}その{number}" for alias in record["aliases"]]
    return copy | {key: f"写し{number}：{record[key]}" for key in TEXTS if key in record}


def _more_pages(root: Path, times: int) -> None:
    """Copy pages until there are `times` as many, and put each copy behind its page in the menu."""
    docs = root / "docs"
    wanted = (times - 1) * len(list(docs.rglob("*.md")))
    pages = [path for name in COPIED for path in sorted((docs / name).glob("*.md")) if path.stem != "index"]
    copies: dict[str, list[str]] = {}
    for made, page in zip(range(wanted), cycle(pages), strict=False):
        number = made // len(pages) + 2
        copy = page.with_name(f"{page.stem}-{number}.md")
        copy.write_text(_reworded(page.read_text(encoding="utf-8"), number), encoding="utf-8")
        copies.setdefault(page.relative_to(docs).as_posix(), []).append(copy.relative_to(docs).as_posix())
    settings = root / "mkdocs.yml"
    head, _, _ = settings.read_text(encoding="utf-8").partition("\nnav:\n")
    nav = yaml.safe_dump({"nav": _with_copies(settings_of(root)["nav"], copies)}, allow_unicode=True, width=1000)
    settings.write_text(f"{head}\n{nav}", encoding="utf-8")


def _reworded(text: str, number: int) -> str:
    """Return a page with other paragraphs; what begins with a mark of Markdown stays."""
    return "\n".join(f"写し{number}：{line}" if line[:1] > "\u3000" else line for line in text.split("\n"))


def _with_copies(nav: list[Address], copies: dict[str, list[str]]) -> list[Address]:
    found: list[Address] = []
    for entry in nav:
        inner = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(entry, dict) and isinstance(inner, list):
            found.append({next(iter(entry)): _with_copies(inner, copies)})
        else:
            found += [entry, *copies.get(inner, [])]
    return found


# -- for plain Material --


def plain(root: Path, target: Path) -> Path:
    """Write the pages of `root`, after their macros, into a project for Material without anything of ours."""
    run(["tests.bench_projects", root / "mkdocs.yml", target], root)
    settings = settings_of(root)
    for ours in ("plugins", "extra_css", "extra_javascript", "watch", "hooks"):
        settings.pop(ours, None)
    settings["theme"].pop("custom_dir")
    settings["plugins"] = [{"search": {"lang": "ja"}}]
    extensions = settings["markdown_extensions"]
    settings["markdown_extensions"] = [one for one in extensions if not str(one).startswith("macros")]
    _write(target / "mkdocs.yml", settings)
    return target


def write_rendered(config: str, target: Path) -> None:
    """Build a project and keep the Markdown of each page as its macros leave it."""
    docs = target / "docs"
    settings = load_config(config, site_dir=str(target / "unused"))
    shutil.copytree(settings.docs_dir, docs)

    def keep(markdown: str, page: Any, **_: Any) -> str:
        # a page without a template of ours
        head = "".join(f"{key}: {page.meta[key]!r}\n" for key in ("title", "description") if key in page.meta)
        (docs / page.file.src_uri).write_text(f"---\n{head}---\n{markdown}", encoding="utf-8")
        return markdown

    settings.plugins.events["page_markdown"].append(keep)
    build(settings)
    shutil.rmtree(target / "unused")


if __name__ == "__main__":
    write_rendered(sys.argv[1], Path(sys.argv[2]).absolute())
