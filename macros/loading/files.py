"""Reads every file of `data/` and says of each what it should hold, what it says and what is wrong."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from .. import models
from .lines import Content, parse
from .problems import Problem, from_reading, from_validation, problem
from .suppliers import FOLDER, KINDS
from .texts import NAME, Unfit, read_text

FILES: dict[str, Any] = {
    "site": models.Site,
    "documents": list[models.Document],
    "guidebook": models.Guidebook,
    "groups": list[models.Group],
    "glossary": list[models.Term],
    "links": list[models.Link],
    "surveys": models.Surveys,
    "report": models.Report,
    "changes": list[models.Change],
    "remarks": list[models.Remark],
    "lost-figures": list[models.LostFigure],
    "open-questions": list[models.OpenQuestion],
    "chooser": list[models.Question],
    "tasks": list[models.Task],
    "factor-sets": models.FactorSets,
    "factor-sources": list[models.FactorSource],
    "calculator-parts": models.Parts,
    "helpers": list[models.Helper],
    "statement": models.Statement,
    "embeds": models.EmbedData,
    "embed-hosts": list[models.EmbedHost],
    "search": models.SearchWords,
    "accessibility": models.Accessibility,
    "buying": models.Buying,
    "answers": list[models.Answer],
    "precedent-notes": models.PrecedentNotes,
    "plan": models.PlanWords,
    "suppliers": models.SupplierData,
}
FOLDERS: dict[str, Any] = {
    "methods": models.Method,
    "cases": models.Case,
    "figures": models.Figure,
    "factors": models.FactorTopic,
    "calculators": models.CalculatorFile,
    "offers": models.Offer,
    "precedents": models.Precedent,
}
NOT_DATA = {"README.md"}
# more than there will be: while someone writes, only what changed is read anew
KEPT = 1024
# tables kept as published: folder, kinds and ending of their files (macros/loading/suppliers.py)
TABLES = re.compile(rf"{FOLDER}/(?:{'|'.join(KINDS)})-\d{{4}}\.tsv")

EMPTY = "値が空です。値を書くか、項目ごと消してください。値の前の半角の「#」から後ろは消えるので、# で始まる文は ' ' で囲みます"
REPEATED = "同じ項目が二度あります。ひとつにしてください"
STRANGER = f"ここには置けないファイルです。置けるのは {'、'.join(f'{name}.yml' for name in FILES)} と、{'、'.join(FOLDERS)} の中の .yml、{FOLDER} の中の {'、'.join(KINDS)} に -2026 のような版を付けた .tsv"


@dataclass(frozen=True)
class Source:
    """A file of `data/`: what it should hold, what it says, and its value when that is sound."""

    name: str
    file: str
    kind: Any
    content: Content
    value: Any
    problems: list[Problem]
    readable: bool = True


def read_all(root: Path) -> list[Source]:
    """Return every file of `root/data`, sound or not, in a fixed order."""
    data = root / "data"
    files = [(data / f"{name}.yml", name) for name in FILES]
    # other names are told by files.unfit_files
    records = [
        (path, name) for name in FOLDERS for path in sorted((data / name).glob("*.yml")) if NAME.fullmatch(path.name)
    ]
    return [read_one(root, path, name) for path, name in [*files, *records]]


@cache
def _adapter(name: str) -> TypeAdapter:
    return TypeAdapter((FILES | FOLDERS)[name])


def read_one(root: Path, path: Path, name: str) -> Source:
    """Return one file of `root/data`, sound or not."""
    file = path.relative_to(root).as_posix()
    try:
        text = read_text(path)
    except (FileNotFoundError, Unfit) as error:
        return _unreadable(file, name, error)
    return _read_text(file, name, text)


def _unreadable(file: str, name: str, error: Exception) -> Source:
    return Source(name, file, (FILES | FOLDERS)[name], Content(), None, from_reading(file, error), readable=False)


@lru_cache(maxsize=KEPT)
def _read_text(file: str, name: str, text: str) -> Source:
    kind = (FILES | FOLDERS)[name]
    try:
        content = parse(text)
    except yaml.YAMLError as error:
        return _unreadable(file, name, error)
    problems = [Problem(file, line, ".".join(map(str, where)), REPEATED) for where, line in content.repeated]
    problems += [problem(file, content.lines, where, text) for where, text in content.odd]
    problems += [problem(file, content.lines, where, EMPTY) for where in content.empty]
    try:
        value = _adapter(name).validate_python(content.value)
    except ValidationError as error:
        told = {one.field for one in problems}
        found = [one for one in from_validation(file, content.lines, kind, error) if one.field not in told]
        return Source(name, file, kind, content, None, [*problems, *found])
    if name in FOLDERS and value.id != (stem := PurePosixPath(file).stem):
        problems.append(problem(file, content.lines, ("id",), f"ファイル名と同じ id（{stem}）にしてください"))
    return Source(name, file, kind, content, value, problems)


def strangers(root: Path) -> list[Problem]:
    """Tell of files that nothing reads: a misspelt name would go unnoticed otherwise."""
    found = [
        path
        for path in (root / "data").rglob("*")
        if path.is_file() and NAME.fullmatch(path.name) and not path.is_symlink()
    ]
    return [
        Problem(path.relative_to(root).as_posix(), 1, "（全体）", STRANGER)
        for path in found
        if not _is_expected(path.relative_to(root / "data"))
    ]


def _is_expected(path: Path) -> bool:
    folder, name = path.parent.as_posix(), path.name
    if TABLES.fullmatch(path.as_posix()):
        return True
    if folder == ".":
        return name in NOT_DATA or (path.suffix == ".yml" and path.stem in FILES)
    return folder in FOLDERS and path.suffix == ".yml"
