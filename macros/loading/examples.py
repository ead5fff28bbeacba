"""Every number that an example of a calculator shows: what it was, what it is now, and why it changed.

The numbers of the examples are frozen in `tests/frozen-results.json` when they are first written; a change is a line
with its reason in `tests/expected-changes.md`. The examples themselves stand in `data/calculators/`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..calculators import Catalogue, Outcome, as_json, as_written, run
from ..models.calculators import Calculator, Example
from ..models.typography import plain
from .catalogue import read_catalogue
from .files import Source, read_all
from .problems import DataError
from .rewriting import rewritten

FROZEN, LOG, LINKS = "tests/frozen-results.json", "tests/expected-changes.md", "tests/old-links.txt"
Log = dict[str, list[tuple[str, str]]]
Place = tuple[str | int, ...]
# stands before arithmetic that nobody worked by hand yet, in a table of cases worked by hand
BY_MACHINE = "（計算器の計算です。手ではまだ確かめていません）"
LINE = re.compile(r"- (\d{4}-\d\d-\d\d) ([a-z-]+) 「(.+)」 ([a-z_0-9.]+) (\S*) → (\S*)：(.+)")


@dataclass
class Change:
    """An example whose numbers are others now: (result, before, after), each by its place in the example.

    Before is what the log says last, after is what the calculator gives; what stands in the example is `stale`
    where it is not that.
    """

    calculator: str
    example: str
    file: str
    place: Place
    numbers: list[tuple[str, str, str]] = field(default_factory=list)
    stale: dict[Place, str] = field(default_factory=dict)
    worked: str = ""
    # results that appear or disappear, which only a reader can judge
    unclear: list[str] = field(default_factory=list)

    def lines(self, day: str, reason: str) -> list[str]:
        """Return the lines of the log."""
        head = f"- {day} {self.calculator} 「{self.example}」"
        return [f"{head} {key} {before} → {after}：{reason}" for key, before, after in self.numbers]


def key_of(place: Place) -> str:
    """Return the key of a number: `total_kg`, or `facility_kg.1` for the first row."""
    _, *rest = place
    return str(rest[0]) if len(rest) == 1 else f"{rest[1]}.{int(rest[0]) + 1}"


def expected(catalogue: Catalogue) -> dict[str, str]:
    """Return every number that the examples show, keyed `calculator|example|result`; "" is a result withheld."""
    found: dict[str, str] = {}
    for calculator in catalogue.calculators.values():
        for example in calculator.examples:
            rows = {f"{key}.{i}": v for i, row in enumerate(example.rows_shown, 1) for key, v in row.items()}
            for key, value in (example.shown | rows | dict.fromkeys(example.withheld, "")).items():
                found[f"{calculator.id}|{plain(example.name)}|{key}"] = value
    return found


def frozen(root: Path) -> dict[str, str]:
    """Return the numbers as they were first written."""
    path = root / FROZEN
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def freeze(root: Path, catalogue: Catalogue) -> list[str]:
    """Add the numbers of new examples to the frozen ones, which stay; return the keys added."""
    kept, now = frozen(root), expected(catalogue)
    if added := sorted(now.keys() - kept.keys()):
        text = json.dumps(now | kept, ensure_ascii=False, indent=1, sort_keys=True)
        (root / FROZEN).write_text(text + "\n", encoding="utf-8")
    return added


def logged(root: Path) -> Log:
    """Return the changes of the log by number: (before, after), in order."""
    changes: Log = {}
    for line in (root / LOG).read_text(encoding="utf-8").splitlines():
        if match := LINE.fullmatch(line):
            _, calculator, example, key, before, after, _ = match.groups()
            changes.setdefault(f"{calculator}|{example}|{key}", []).append((before, after))
    return changes


def changes_of(root: Path, catalogue: Catalogue, sources: list[Source]) -> list[Change]:
    """Return the examples, and the links made before, whose numbers are not what their calculator gives now."""
    files = {source.value.id: source.file for source in sources if source.name == "calculators"}
    found = [
        _change(root, catalogue, calculator, files[calculator.id], i)
        for calculator in catalogue.calculators.values()
        for i in range(len(calculator.examples))
    ]
    found += _links(root, catalogue)
    return [change for change in found if change.numbers or change.stale or change.unclear]


def _links(root: Path, catalogue: Catalogue) -> Iterator[Change]:
    """Yield what the links made before give now; each line of the list is calculator, fragment and results."""
    log, path = logged(root), root / LINKS
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if not line.startswith("#"):
            name, fragment, given = line.split("\t")
            yield _link(catalogue, log, name, fragment, dict(one.split("=") for one in given.split(" ")))


def _link(catalogue: Catalogue, log: Log, name: str, fragment: str, given: dict[str, str]) -> Change:
    spec = as_json(catalogue, catalogue.calculators[name])
    pairs = dict(pair.split("=", 1) for pair in fragment[1:].split("&"))
    rows = [[unquote(cell) for cell in row.split(",")] for row in pairs.pop("rows", "").split(";") if row]
    texts, _ = as_written(spec, {key: unquote(text) for key, text in pairs.items() if key != "v"})
    shown = run(spec, texts, rows).shown
    change = Change(name, fragment, LINKS, ())
    for key, first in given.items():
        before = _told_last({key: first}, {key: log.get(f"{name}|{fragment}|{key}") or [("", first)]})[key]
        if key in shown and shown[key] != before:
            change.numbers.append((key, before, shown[key]))
    return change


def _change(root: Path, catalogue: Catalogue, calculator: Calculator, file: str, index: int) -> Change:
    example = calculator.examples[index]
    now = run(as_json(catalogue, calculator), example.inputs, example.rows)
    change = Change(
        calculator.id, plain(example.name), file, ("examples", index), worked=_worked(calculator, example, now)
    )
    told = _told_last(frozen(root), logged(root))
    for place, written, after in _pairs(example, now):
        before = told.get(f"{calculator.id}|{plain(example.name)}|{key_of(place)}", written)
        if written != after and not (written and after):
            change.unclear.append(f"{key_of(place)} {written or '（出さない）'} → {after or '（出さない）'}")
            continue
        if written != after:
            change.stale[place] = after
        if before != after:
            change.numbers.append((key_of(place), before, after))
    return change


def _told_last(first: dict[str, str], log: Log) -> dict[str, str]:
    """Return each number as it was last written down."""
    return first | {key: steps[-1][1] for key, steps in log.items()}


def _pairs(example: Example, now: Outcome) -> list[tuple[Place, str, str]]:
    pairs: list[tuple[Place, str, str]] = []
    for key, before in example.shown.items():
        pairs.append((("shown", key), before, now.shown[key]))
    for i, row in enumerate(example.rows_shown):
        pairs += [(("rows_shown", i, key), before, now.rows_shown[i][key]) for key, before in row.items()]
    return pairs + [(("withheld", key), "", now.shown[key]) for key in example.withheld]


def _worked(calculator: Calculator, example: Example, now: Outcome) -> str:
    """Return how the shown results come about, in the calculator's own words, as they are typed."""
    labels = {f"line_{part.id}": part.label for part in calculator.lines}
    labels |= {part.id: part.label for part in calculator.results}
    said = [f"{labels[key]}：{now.steps[key]}" for key in example.shown if now.steps.get(key)]
    rows = [
        f"{i}行め：{'、'.join(row[key] for key in shown)}"
        for i, (shown, row) in enumerate(zip(example.rows_shown, now.rows_shown, strict=False), 1)
    ]
    return plain(BY_MACHINE + "。".join([*said, *rows]))


def renew(root: Path, changes: list[Change], day: str, reason: str) -> None:
    """Write the new numbers and their arithmetic into the examples, and the reason into the log.

    What an old link gave is kept as it was; its change stands in the log alone.
    """
    for file in sorted({change.file for change in changes if change.stale}):
        news: dict[Place, str] = {}
        for change in changes:
            if change.file == file:
                news |= {(*change.place, *place): after for place, after in change.stale.items()}
                news |= {(*change.place, "worked"): change.worked} if change.stale else {}
        path = root / file
        path.write_text(rewritten(path.read_text(encoding="utf-8"), news), encoding="utf-8")
    log = root / LOG
    lines = [line for change in changes for line in change.lines(day, reason)]
    log.write_text("\n".join([log.read_text(encoding="utf-8").rstrip("\n"), *lines]) + "\n", encoding="utf-8")


def read(root: Path) -> tuple[Catalogue, list[Source]]:
    """Return the catalogue of a project and the files it is of. Raises DataError when a file is not sound."""
    sources = read_all(root)
    problems: list[Any] = [problem for source in sources for problem in source.problems]
    if problems:
        raise DataError(problems)
    return read_catalogue(sources), sources
