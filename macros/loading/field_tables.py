"""`python -m macros fields [--check]`: the tables of fields in data/README.md, as the models say."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from ..models.base import CERTAINTIES, GRADES
from ..models.factors import CONFIDENCES
from ..models.labels import label, records
from .files import FILES, FOLDERS

README = Path("data", "README.md")
CODE = re.compile(r"`([^`]+)`")
FILE = re.compile(r"## `([a-z-]+)(?:\.yml|/)`")
CALLED = re.compile(r"（[^（）]+）$")
TABLE = re.compile(r"^\| 項目 \|.*\n(?:\|.*\n)*", re.MULTILINE)
HEAD = "| 項目 | 意味 | 必須か | 書き方・使える値 | 例 |\n| --- | --- | --- | --- | --- |\n"
# the first two columns of a table of values that many files share
MEANT = re.compile(r"^\| `([^`]+)` \| [^|]*? \|", re.MULTILINE)
MEANINGS = {"grade": GRADES, "certainty": CERTAINTIES, "confidence": CONFIDENCES}
STALE = (
    f"{README.as_posix()} の項目の表が、macros/models/ の項目と違います。python -m macros fields で書き直してください。"
)

Models = dict[tuple[str, str], type[BaseModel]]  # by file or folder, and the path of a record inside it


def models() -> Models:
    """Return every kind of record by its place."""
    return {(name, path): model for name, kind in (FILES | FOLDERS).items() for path, model in records(kind)}


def renewed(readme: str) -> str:
    """Return the guide with its tables as the models say; what has no heading yet gets one. Prose stays.

    Raises KeyError for a heading that names no field.
    """
    known = models()
    sections = re.split(r"^(?=## )", readme, flags=re.MULTILINE)
    told = [_section(section, known) for section in sections]
    there = {FILE.match(section)[1] for section in sections if FILE.match(section)}  # type: ignore[index]
    news = [
        _section(_named(f"## `{name}{'.yml' if name in FILES else '/'}`", known[name, ""]), known)
        for name in (FILES | FOLDERS)
        if name not in there
    ]
    return "\n".join([part.rstrip() + "\n" for part in [*told, *news]])


def _section(section: str, known: Models) -> str:
    """Return a part under a heading of the second level; only those of files have fields."""
    parts = re.split(r"^(?=### )", section, flags=re.MULTILINE)
    file = FILE.match(section)
    if not file:
        return "".join(_meanings(part) for part in parts)
    paths = [CODE.findall(part.partition("\n")[0]) for part in parts[1:]]
    told = [_part(part, known[file[1], path]) for part, (path, *_) in zip(parts, [[""], *paths], strict=True)]
    return "\n".join([part.rstrip() + "\n" for part in [*told, *_untold(file[1], paths, known)]])


def _untold(file: str, paths: list[list[str]], known: Models) -> Iterator[str]:
    """Yield what has no heading yet; the parts of calculators are told once, with the calculators."""
    shared = {model for (name, _), model in known.items() if name == "calculators" and file == "calculator-parts"}
    told = {"", *(path for several in paths for path in several)}
    for (name, path), model in known.items():
        if name == file and path not in told and model not in shared:
            yield _named(f"### `{path}`", model)


def _named(heading: str, model: type[BaseModel]) -> str:
    return _part(f"{heading}（）\n\n{HEAD}", model)


def _part(part: str, model: type[BaseModel]) -> str:
    """Return a heading and what follows it with the title and the table of a record."""
    heading, _, rest = part.partition("\n")
    titled = f"{CALLED.sub('', heading.removesuffix('（）'))}（{label(model).title}）"
    return f"{titled}\n{TABLE.sub(lambda _: table(model), rest, count=1)}"


def table(model: type[BaseModel]) -> str:
    """Return the table of the fields of a record."""
    rows = [
        f"| `{row.field}` | {row.meaning} | {row.needed} | {row.values} | {f'`{row.example}` ' if row.example else ''}|\n"
        for row in label(model).fields.values()
    ]
    return HEAD + "".join(rows)


def _meanings(part: str) -> str:
    """Return a part of the prose with the meanings of values that many files share."""
    word = next((word for word in MEANINGS if f"（{word}）" in part.partition("\n")[0]), "")
    return MEANT.sub(lambda row: f"| `{row[1]}` | {MEANINGS[word][row[1]]} |", part) if word else part


def main(arguments: list[str] | None = None) -> int:
    """Write the tables of the project in the current folder, or tell that they are stale; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros fields", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing: tell whether they are as the models say")
    options = parser.parse_args(arguments)
    before = README.read_text(encoding="utf-8")
    try:
        after = renewed(before)
    except KeyError as error:
        print(
            f"{README.as_posix()}: 見出しの {error} に当たるものが、macros/models/ にありません。見出しを直してください。",
            file=sys.stderr,
        )
        return 1
    if before == after:
        return 0
    if options.check:
        print(STALE, file=sys.stderr)
        return 1
    README.write_text(after, encoding="utf-8")
    return 0
