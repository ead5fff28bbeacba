"""`python -m macros plan FILE [--to FOLDER] [--text]`: the documents of a plan, as the browser makes them."""

import argparse
import sys
from pathlib import Path

from ...loading import DataError, load
from ...rendering import Renderer
from .file import Refused, read_plan
from .papers import as_text, as_word
from .templates import template_of
from .values import Reader


def documents(renderer: Renderer, content: bytes) -> tuple[dict[str, bytes], dict[str, str], list[str]]:
    """Return the Word files and the texts of a plan's file by their names, and what was left out. Raises Refused."""
    plan, told = read_plan(renderer, content)
    reader = Reader(renderer, plan)
    titles = reader.method["papers"]
    values, gap, papers = reader.values(), reader.words["gap"], reader.words["papers"]
    word = {
        name: as_word(
            template_of(one["title"], one["blocks"]), titles.get(name, one["title"]), one["blocks"], values, gap
        )
        for name, one in papers.items()
    }
    return word, {name: as_text(one["blocks"], values, gap) for name, one in papers.items()}, told


def main(arguments: list[str] | None = None) -> int:
    """Write the documents; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros plan", description=__doc__)
    parser.add_argument("file", type=Path, help="the file of the plan")
    parser.add_argument("--to", type=Path, default=Path(), help="the folder for the documents (this one)")
    parser.add_argument("--text", action="store_true", help="plain text too")
    options = parser.parse_args(arguments)
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
