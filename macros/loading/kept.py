"""Compares what is only ever added to with what was kept before: values of factors, wordings, prices, official tables.

An old link is reckoned with an old value, a feed tells the day of an old wording: whoever edits one changes what was
published. Each stands as a line in `tests/frozen-values.txt`, a table by its digest in `tests/frozen-tables.txt`; a
complete build adds the new ones.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..models.base import Location
from .files import Source
from .problems import WHOLE, Problem, line_of
from .suppliers import paths

VALUES, TABLES = Path("tests", "frozen-values.txt"), Path("tests", "frozen-tables.txt")
HEAD = """# Values of factors, prices of sellers and wordings, as they were published: `factor id set from value low high`,
# `price seller day yen yen_to`, `version file id day mark`. They are only ever added to; `make build` adds new ones.
"""
GONE = "公開した「{}」がなくなりました。{}（控えは {}:{}。まだ公開していないものなら、控えのその行を消します）"
ADVICE = {
    "factor": "古い値は直さず、消さず、valid_to を書いて、新しい値を下に足してください",
    "price": "古い額は直さず、消さず、until を書いて、新しい額を下に足してください",
    "version": "versions の行は直さず、消さず、新しい行を終わりに足してください",
}
TABLE = "置いた表が変わったか、なくなりました。元に戻してください。新しい表は、年の違う名前のファイルで足します（控えは {}:{}）"


class Kept(NamedTuple):
    """A value that was published: its line in the list, and where it stands in the data."""

    line: str
    file: str
    at: int


def kept_values(sources: list[Source]) -> Iterator[Kept]:
    """Yield all values of the data that are only ever added to."""
    for source in sources:
        if source.value is not None:
            for where, line in _lines(source):
                yield Kept(line, source.file, line_of(source.content.lines, where))


def _lines(source: Source) -> Iterator[tuple[Location, str]]:
    if source.name == "factors":
        for i, factor in enumerate(source.value.factors):
            for j, one in enumerate(factor.values):
                numbers = (one.value, one.low, one.high)
                yield (
                    ("factors", i, "values", j, "value"),
                    _said("factor", factor.id, one.set, one.valid_from, *numbers),
                )
    elif source.name == "offers":
        for i, price in enumerate(source.value.prices):
            yield ("prices", i), _said("price", source.value.id, price.date, price.yen, price.yen_to)
    for where, record in _records(source.value):
        for i, version in enumerate(getattr(record, "versions", [])):
            yield (*where, "versions", i), _said("version", source.name, record.id, version)


def _records(value: Any) -> Iterator[tuple[Location, Any]]:
    yield from (((i,), one) for i, one in enumerate(value)) if isinstance(value, list) else [((), value)]


def _said(*words: object) -> str:
    return " ".join(f"{word:.12g}" if isinstance(word, float) else str(word) for word in words if word is not None)


def check_kept(root: Path, sources: list[Source]) -> Iterator[Problem]:
    """Yield what was kept and stands no longer so, at the record that it was of."""
    yield from _tables(root)
    now = list(kept_values(sources))
    lines = {one.line for one in now}
    whole = all(source.value is not None for source in sources)
    for number, line in enumerate(_read(root / VALUES), 1):
        if line not in lines and whole and line and line[0] != "#":
            kind, *_ = line.split()
            beside = _beside(now, line)
            # a record that is gone is told by its address, but a factor has none
            if beside or kind == "factor":
                file, at = (beside.file, beside.at) if beside else (VALUES.as_posix(), number)
                yield Problem(file, at, kind, GONE.format(line, ADVICE[kind], VALUES, number))


def _beside(now: list[Kept], line: str) -> Kept | None:
    """Return the value of the same record that shares the most words, from the first on."""
    words = line.split()
    own = 3 if words[0] == "version" else 2
    of_record = [one for one in now if one.line.split()[:own] == words[:own]]
    return max(of_record, key=lambda one: _shared(one.line.split(), words), default=None)


def _shared(one: list[str], other: list[str]) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def _tables(root: Path) -> Iterator[Problem]:
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths(root)}
    for number, line in enumerate(_read(root / TABLES), 1):
        digest, _, name = line.partition("  ")
        if digests.get(name) != digest:
            yield Problem(f"data/suppliers/{name}", 1, WHOLE, TABLE.format(TABLES, number))


def _read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def keep(root: Path, sources: list[Source]) -> list[str]:
    """Add the values that are not on the list, and return them; nothing for a project that keeps none."""
    path = root / VALUES
    if not path.is_file():
        return []
    known = {line for line in _read(path) if line and not line.startswith("#")}
    new = sorted({one.line for one in kept_values(sources)} - known)
    if new:
        path.write_text(HEAD + "\n".join(sorted({*known, *new})) + "\n", encoding="utf-8")
    return new
