"""A calculator where neither scripts nor frames may be: a still picture of its worked example, and its factors as CSV."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..formulas import show_typed
from ..models.factors import Factor, FactorSets
from ..models.typography import plain
from .embeds import Embeds

WIDTH = 640
MARGIN = 24
# of a table of factors, before and after a column for each set
OWN = ["id", "name", "unit"]
MORE = [
    "life_cycle",
    "source_title",
    "source_publisher",
    "source_url",
    "retrieved_on",
    "review_by",
]


@dataclass(frozen=True)
class Line:
    """A line of text of a picture: where, how large, what."""

    y: int
    size: int
    bold: bool
    text: str


def picture(renderer: Embeds, name: str) -> tuple[str, int]:
    """Return the SVG of a calculator's worked example, and its height."""
    lines = list(_laid_out(_words(renderer, name)))
    height = lines[-1].y + MARGIN
    title = renderer.catalogue.calculators[name].title
    return renderer.render("embed-picture", title=title, lines=lines, height=height), height


def _words(renderer: Embeds, name: str) -> Iterator[tuple[int, bool, str]]:
    """Yield (size, bold, text) of all that a picture says."""
    worked = renderer.worked(name)
    yield 22, True, worked["calculator"].title
    yield 15, False, worked["preset"].label
    for row in worked["rows"]:
        yield 15, False, row
    for line in worked["lines"]:
        if line["steps"]:
            yield 15, line["main"], f"{line['label']}　{line['steps']}"
    yield 13, False, f"係数は{renderer.catalogue.sets.current.short}（確認日 {worked['version']}）。{worked['address']}"


def _laid_out(words: Iterator[tuple[int, bool, str]]) -> Iterator[Line]:
    y = MARGIN
    for size, bold, text in words:
        y += size // 2
        for part in wrapped(text, (WIDTH - 2 * MARGIN) / size):
            y += round(size * 1.3)
            yield Line(y, size, bold, part)


# half as wide as a letter of Japanese
NARROW = "!-~₂₃₄₆²³"


def wrapped(text: str, ems: float) -> Iterator[str]:
    """Yield the lines of a text that is `ems` wide; Latin words and numbers stay whole where they can."""
    line, used = "", 0.0
    # a space stays with what it follows
    for piece in re.findall(rf"[{NARROW}]+ ?|.", text):
        wide = sum(0.6 if re.match(rf"[ {NARROW}]", letter) else 1 for letter in piece)
        if line and used + wide > ems:
            yield line
            line, used = "", 0.0
        line, used = line + piece, used + wide
    yield line


def factors_csv(renderer: Embeds, name: str) -> str:
    """Return the factors that a calculator can use, with their own value in each set and the source, as CSV for spreadsheets."""
    sets = renderer.catalogue.sets
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*OWN, *(f"value_{one.id}" for one in sets.offered), *MORE])
    for brief in renderer.factor_briefs(renderer.catalogue.calculators[name]):
        writer.writerow(_cells(brief, sets))
    # the mark at the head tells Excel that it is UTF-8
    return "\ufeff" + plain(text.getvalue())


def _cells(brief: dict[str, Any], sets: FactorSets) -> list[str]:
    factor, source = brief["factor"], brief["source"]
    newest = sets.now(factor) or sets.then(factor) or factor.values[0]
    return [
        factor.id,
        factor.name,
        factor.unit,
        *(_value(sets, factor, one.id) for one in sets.offered),
        str(factor.life_cycle).lower(),
        source.title,
        source.publisher,
        source.url or "",
        newest.retrieved_on,
        newest.review_by,
    ]


def _value(sets: FactorSets, factor: Factor, name: str) -> str:
    """Return the own value of a set; what sets do not compare stands once, with today's."""
    value = factor.newest(name) if factor.by_set else sets.now(factor) if name == sets.today else None
    return show_typed(value.value).replace(",", "") if value else ""
