"""`python -m macros tables TABLE`: what a new table of data/suppliers/ changes, and its values put into data/factors/.

TABLE is the name of the new file without `.tsv`; it is held beside the newest older one of its kind. Without an answer
it shows and changes nothing.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

from ..models.dates import is_day, today
from ..models.factors import Factor, FactorValue
from ..models.suppliers import Row, Table
from .files import Source, read_all
from .problems import DataError
from .rewriting import written
from .supplier_checks import check_table
from .suppliers import paths, read_table

FROZEN = "tests/frozen-tables.txt"
Key = tuple[str, str, str]


class New(NamedTuple):
    """A value in force of the older table, and the one of the new table that takes its place (None: no such row)."""

    file: str
    index: int
    place: int
    factor: Factor
    old: FactorValue
    value: float | None
    # the set that it belongs to: today's
    set: str

    @property
    def row(self) -> str:
        return (self.old.row or "").partition(" ")[2]


class Answers(NamedTuple):
    """What the new values have in common."""

    source: str
    valid_from: str
    note: str
    review_by: str


QUESTIONS = {
    "source": "出典の id（data/factor-sources.yml に先に足します）",
    "valid_from": "いつから（例 2026-04-01）",
    "note": "注記（例 令和7年度実績。2026年度の活動に使う）",
    "review_by": "次に見直す日（例 2028-01-31）",
}


def main(arguments: list[str] | None = None) -> int:
    """Show what the new table changes, ask what its values have in common, and write them on yes."""
    parser = argparse.ArgumentParser(prog="python -m macros tables")
    parser.add_argument("table", help="新しい表の名前（例 electricity-2027）")
    for name, told in QUESTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", help=told)
    options, root = parser.parse_args(arguments), Path.cwd()
    try:
        older, news = _compared(root, options.table)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    _tell_factors(older, news)
    answers = _answers(options)
    if answers is None:
        print("何も書いていません。")
        return 1
    write(root, [one for one in news if one.value is not None], options.table, answers)
    print("data/factors/ に値を足し、表を控えました。make lint と make examples で確かめてください。")
    return 0


def _compared(root: Path, name: str) -> tuple[str, list[New]]:
    """Print how a table differs from the one before it; return that one's name and the values that it held."""
    path = root / f"data/suppliers/{name}.tsv"
    older = [one for one in paths(root) if one.stem.partition("-")[0] == name.partition("-")[0] and one.stem < name]
    if not path.is_file() or not older:
        print(f"data/suppliers/ に、{name}.tsv と、その前の年の表を置いてください。", file=sys.stderr)
        raise DataError([])
    if problems := list(check_table(root, path)):
        raise DataError(problems)
    new, old = read_table(path), read_table(older[-1])
    print(f"{older[-1].stem}（{len(old.rows)}行） → {name}（{len(new.rows)}行）")
    print(*differences(old, new), sep="\n")
    sources = read_all(root)
    if problems := [one for source in sources if source.name == "factor-sets" for one in source.problems]:
        raise DataError(problems)
    return older[-1].stem, list(_news(sources, older[-1].stem, new))


def differences(old: Table, new: Table) -> Iterator[str]:
    """Yield a line for each row that is gone, new, or of another value, and the counts of them."""
    before, after = _by_key(old), _by_key(new)
    counts: Counter[str] = Counter()
    for key in [*before, *(key for key in after if key not in before)]:
        one, other = before.get(key), after.get(key)
        kind = "なくなった" if other is None else "新しい" if one is None else "変わった"
        if one is None or other is None or (one.value, one.adjusted) != (other.value, other.adjusted):
            counts[kind] += 1
            yield f"  {kind}  {' '.join(filter(None, key))}  {_said(one)} → {_said(other)}"
    yield "、".join(f"{kind}行 {counts[kind]}" for kind in ("新しい", "なくなった", "変わった"))


def _by_key(table: Table) -> dict[Key, Row]:
    return {(row.number, row.name, row.menu): row for row in table.rows}


def _said(row: Row | None) -> str:
    if row is None:
        return "なし"
    return (
        _number(row.value)
        if row.adjusted in {None, row.value}
        else f"{_number(row.value)}（調整後 {_number(row.adjusted)}）"
    )


def _number(value: float | None) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") or "0"


def _news(sources: list[Source], older: str, table: Table) -> Iterator[New]:
    today = next(source.value.today for source in sources if source.name == "factor-sets")
    for source in sources:
        for i, factor in enumerate(source.value.factors if source.name == "factors" and source.value else []):
            for j, value in enumerate(factor.values):
                if value.row and value.row.partition(" ")[0] == older and value.valid_to is None:
                    row = table.find(value.row.partition(" ")[2])
                    yield New(source.file, i, j, factor, value, table.factor(row) if row else None, today)


def _tell_factors(older: str, news: list[New]) -> None:
    said = "".join({f"新しい値は {one.set} の版に入ります。" for one in news})
    print(f"表 {older} の値を使っている係数は{len(news)}件です。{said}")
    for one in news:
        found = "表に行がありません（手で直してください）" if one.value is None else f"{one.value:g}"
        print(f"  {one.file} {one.factor.id}  {one.old.value:g} → {found}")


def _answers(options: argparse.Namespace) -> Answers | None:
    """Return what the new values have in common; None unless the reader has told all of it and said yes."""
    given = {name: getattr(options, name) for name in QUESTIONS}
    asked = [name for name, text in given.items() if not text]
    try:
        told = given | {name: input(f"{QUESTIONS[name]}：").strip() for name in asked}
        agreed = not asked or input("書きますか（はい／いいえ）：").strip() in {"はい", "y", "yes"}
    except EOFError:
        return None
    days = [told["valid_from"], told["review_by"]]
    if wrong := [day for day in days if day and not is_day(day)]:
        print(f"日付は 2026-04-01 のように書いてください（いまの値: {'、'.join(wrong)}）", file=sys.stderr)
        return None
    return Answers(**told) if agreed and all(told.values()) else None


def write(root: Path, news: list[New], table: str, answers: Answers) -> None:
    """End the old values the day before, put the new ones below them, and freeze the table as it was pasted."""
    for file in sorted({one.file for one in news}):
        path = root / file
        text = path.read_text(encoding="utf-8")
        nodes = _values(text)
        for one in sorted((one for one in news if one.file == file), key=lambda one: (-one.index, -one.place)):
            text = _added(text, nodes[one.index][one.place], one, table, answers)
        path.write_text(text, encoding="utf-8")
    _enter_table(root, table, answers, news[0].set if news else _today_of(root))
    path = root / f"data/suppliers/{table}.tsv"
    frozen = root / FROZEN
    line = f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"
    lines = frozen.read_text(encoding="utf-8").splitlines()
    frozen.write_text("\n".join(sorted({*lines, line}, key=lambda one: one.split()[1])) + "\n", encoding="utf-8")


def _today_of(root: Path) -> str:
    return next(source.value.today for source in read_all(root) if source.name == "factor-sets")


def _enter_table(root: Path, table: str, answers: Answers, own: str) -> None:
    """Let the set reckon with the new table where suppliers are searched: a line below the older ones, which stay."""
    path = root / "data/suppliers.yml"
    lines = path.read_text(encoding="utf-8").rstrip().splitlines()
    start = lines.index("tables:")
    older = next((one for one in lines[start:] if f"{{id: {table.rpartition('-')[0]}-" in one), None)
    if older is None:  # fuels are no suppliers
        return
    grade = older.partition("confidence: ")[2].partition(",")[0]
    new = (
        f"  - {{id: {table}, set: '{own}', source: {answers.source}, confidence: {grade}, valid_from: {answers.valid_from}, "
        f"retrieved_on: {today()}, review_by: {answers.review_by}}}"
    )
    end = next(place for place in range(start + 1, len(lines) + 1) if place == len(lines) or lines[place][0] != " ")
    path.write_text("\n".join([*lines[:end], new, *lines[end:]]) + "\n", encoding="utf-8")


def _values(text: str) -> list[list[yaml.MappingNode]]:
    """Return the nodes of the values of each factor of a file."""
    pairs = {key.value: value for key, value in yaml.compose(text, yaml.SafeLoader).value}
    factors = [{key.value: value for key, value in factor.value} for factor in pairs["factors"].value]
    return [factor["values"].value for factor in factors]


def _added(text: str, node: yaml.MappingNode, one: New, table: str, answers: Answers) -> str:
    lines, keys = text.splitlines(), {key.value: (key, value) for key, value in node.value}
    margin = " " * keys["set"][0].start_mark.column
    last = max(value.end_mark.line - (value.end_mark.column == 0) for _, value in keys.values())
    new = [
        f"set: '{one.set}'",
        f"value: {one.value!r}",
        f"valid_from: {answers.valid_from}",
        f"source: {answers.source}",
        f"confidence: {one.old.confidence}",
        f"row: {table} {one.row}",
        f"note: {written(answers.note)}",
        f"retrieved_on: {today()}",
        f"review_by: {answers.review_by}",
    ]
    lines[last + 1 : last + 1] = [f"{margin[2:]}- {new[0]}", *(f"{margin}{line}" for line in new[1:])]
    end = date.fromisoformat(answers.valid_from) - timedelta(days=1)
    lines.insert(keys["valid_from"][0].start_mark.line + 1, f"{margin}valid_to: {end}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
