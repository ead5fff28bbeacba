"""`python -m macros plan FILE [--to FOLDER] [--text]`: the documents of a plan, as the browser makes them.

`python -m macros plan --matrix METHOD` prints which fact stands in which of them.
"""

import argparse
import sys
from pathlib import Path

from ...loading import DataError, load
from ...rendering import Renderer
from .file import Refused, read_plan
from .matrix import Matrix, as_table
from .papers import as_text, as_word, papers_of
from .templates import templates
from .values import Reader, Values
from .words import Words, words_of


def documents(renderer: Renderer, content: bytes) -> tuple[dict[str, bytes], dict[str, str], list[str]]:
    """Return the Word files and the texts of a plan's file by their names, and what was left out. Raises Refused."""
    reader, values, papers, told = _read(renderer, content)
    made, gap = templates(renderer), reader.words["gap"]
    word = {name: as_word(made[name], one["title"], one["blocks"], values, gap) for name, one in papers.items()}
    return word, _texts(papers, values, gap), told


def texts(renderer: Renderer, content: bytes) -> tuple[dict[str, str], list[str]]:
    """Return the texts of a plan's documents by their names, and what was left out. Raises Refused."""
    reader, values, papers, told = _read(renderer, content)
    return _texts(papers, values, reader.words["gap"]), told


def _read(renderer: Renderer, content: bytes) -> tuple[Reader, Values, dict[str, Words], list[str]]:
    """Return the reader of a plan, what its documents say, those that are made as things stand, and what to tell."""
    plan, told = read_plan(renderer, content)
    reader = Reader(renderer, plan)
    values, papers = reader.values(), papers_of(reader.words, plan["method"])
    unmade = [name for name, one in papers.items() if values.course in one.get("unless", [])]
    said = reader.words["unmade"].replace("{course}", values.texts.get("course", ""))
    told += [f"{papers.pop(name)['title']}：{said}" for name in unmade]
    return reader, values, papers, told


def _texts(papers: dict[str, Words], values: Values, gap: str) -> dict[str, str]:
    return {name: as_text(one["blocks"], values, gap) for name, one in papers.items()}


def _print_matrix(method: str) -> int:
    renderer = Renderer(load(Path.cwd()))
    if method not in words_of(renderer)["methods"]:
        print(f"取組方法「{method}」はありません（a1 など）。", file=sys.stderr)
        return 1
    print(as_table(Matrix(renderer, method)), end="")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Write the documents; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros plan", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="the file of the plan")
    parser.add_argument("--to", type=Path, default=Path(), help="the folder for the documents (this one)")
    parser.add_argument("--text", action="store_true", help="plain text too")
    parser.add_argument(
        "--matrix", metavar="METHOD", help="print each fact and the documents in which it stands, as Markdown"
    )
    options = parser.parse_args(arguments)
    if options.matrix:
        return _print_matrix(options.matrix)
    if not options.file:
        parser.error("the file of a plan, or --matrix METHOD")
    try:
        word, said, told = documents(Renderer(load(Path.cwd())), options.file.read_bytes())
    except (Refused, DataError, OSError) as error:
        print(f"{options.file}: 読めませんでした。{error}", file=sys.stderr)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    for name, content in word.items():
        (options.to / f"{name}.docx").write_bytes(content)
    for name, content in said.items() if options.text else ():
        (options.to / f"{name}.txt").write_text(content, encoding="utf-8")
    print(*told, f"{len(word)}件の文書を {options.to}/ に作りました。", sep="\n")
    return 0
