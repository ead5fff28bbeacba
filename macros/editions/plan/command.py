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
from .values import Reader
from .words import words_of


def documents(renderer: Renderer, content: bytes) -> tuple[dict[str, bytes], dict[str, str], list[str]]:
    """Return the Word files and the texts of a plan's file by their names, and what was left out. Raises Refused."""
    plan, told = read_plan(renderer, content)
    reader = Reader(renderer, plan)
    values, gap, papers = reader.values(), reader.words["gap"], papers_of(reader.words, plan["method"])
    made = templates(renderer)
    word = {name: as_word(made[name], one["title"], one["blocks"], values, gap) for name, one in papers.items()}
    return word, {name: as_text(one["blocks"], values, gap) for name, one in papers.items()}, told


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
        word, text, told = documents(Renderer(load(Path.cwd())), options.file.read_bytes())
    except (Refused, DataError, OSError) as error:
        print(f"{options.file}: 読めませんでした。{error}", file=sys.stderr)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    for name, content in word.items():
        (options.to / f"{name}.docx").write_bytes(content)
    for name, content in text.items() if options.text else ():
        (options.to / f"{name}.txt").write_text(content, encoding="utf-8")
    print(*told, f"{len(word)}件の文書を {options.to}/ に作りました。", sep="\n")
    return 0
