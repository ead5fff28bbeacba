"""The document tree between a built page and an edition: what PDF and Word both can say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

# what a run is: plain, strong, small print, or the label of a note (いま, 原資料の注記)
Role = Literal["", "strong", "small", "label"]
# a table of more columns lies across the page
UPRIGHT = 6
BoxKind = Literal["today", "remark", "quote", "plain"]


@dataclass(frozen=True)
class Run:
    """Words of one look; `link` is an address from the site's root or outside, `term` a marked term."""

    text: str
    role: Role = ""
    link: str = ""
    term: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of a page."""

    level: int
    runs: Runs
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` says how it looks (source: the line that names the sources)."""

    runs: Runs
    role: Literal["", "small", "source", "lead", "label", "kind", "meta"] = ""


@dataclass(frozen=True)
class Items:
    """A list; each item holds blocks."""

    items: tuple["Blocks", ...]
    ordered: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    blocks: "Blocks"
    head: bool = False
    span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table; the first `heads` rows repeat on every page, a row of one wide head cell parts it.

    `facts`: names at the left and what is said of each.
    """

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    heads: int = 0
    caption: str = ""
    facts: bool = False


@dataclass(frozen=True)
class Box:
    """A note set apart: of today, on the source, or quoted."""

    kind: BoxKind
    blocks: "Blocks"


@dataclass(frozen=True)
class Anchor:
    """A place that links lead to, without words of its own."""

    name: str


@dataclass(frozen=True)
class Picture:
    """A figure drawn as a file of its own (`name`.svg), with what it says in words."""

    name: str
    title: str
    alt: str
    notes: tuple[Runs, ...] = ()


Block = Heading | Paragraph | Items | Grid | Box | Anchor | Picture
Blocks = tuple[Block, ...]


def words(runs: Runs) -> str:
    """Return the bare text of runs."""
    return "".join(run.text for run in runs)


def plain(blocks: Blocks) -> Runs:
    """Return the words of blocks in one line, without the parts of lists and tables."""
    runs: list[Run] = []
    for block in blocks:
        if isinstance(block, Items):
            inner = [plain(item) for item in block.items]
            runs += [run for number, item in enumerate(inner) for run in (*((Run("、"),) if number else ()), *item)]
        elif isinstance(block, Heading | Paragraph):
            runs += block.runs
    return tuple(runs)


def everything(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all blocks, those inside notes, lists and tables too."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from everything(block.blocks)
        elif isinstance(block, Items):
            yield from everything(one for item in block.items for one in item)
        elif isinstance(block, Grid):
            yield from everything(one for row in block.rows for cell in row for one in cell.blocks)


def places_of(blocks: Iterable[Block]) -> set[str]:
    """Return all places that links may lead to."""
    found = {block.anchor for block in everything(blocks) if isinstance(block, Heading)}
    found |= {block.name for block in everything(blocks) if isinstance(block, Anchor)}
    return found - {""}


def links_of(blocks: Iterable[Block]) -> set[str]:
    """Return where the links of blocks lead."""
    said = [block.runs for block in everything(blocks) if isinstance(block, Heading | Paragraph)]
    return {run.link for runs in said for run in runs if run.link}


def lies_across(blocks: Iterable[Block]) -> bool:
    """Tell whether a chapter is one of wide tables, so that all of it lies across the page."""
    return sum(isinstance(one, Grid) and one.columns > UPRIGHT for one in everything(blocks)) > 1


def widths(grid: Grid) -> list[float]:
    """Return the shares of the columns in the width, by how much stands in them."""
    if grid.facts:
        return [0.25, 0.75]
    shares = [1.0] * grid.columns
    most = 150 if grid.columns > UPRIGHT else 60
    for row in grid.rows:
        if len(row) == grid.columns:
            for number, cell in enumerate(row):
                shares[number] = max(shares[number], 4.0, min(len(words(plain(cell.blocks))), most) ** 0.55)
    return shares
