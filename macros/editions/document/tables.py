"""Reads tables and lists of facts of a built page."""

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from .inlines import dropped, runs_of
from .tree import Block, Blocks, Cell, Grid, Paragraph, Run, plain, words

Reader = Callable[[LexborNode, str], Iterator[Block]]


def table(node: LexborNode, page: str, read: Reader) -> Grid:
    """Return a table with its caption; rows of <thead> are its head."""
    caption = node.css_first("caption")
    rows = tuple(_rows(node, page, read))
    title = words(runs_of([caption], page)) if caption else ""
    return Grid(rows, max(sum(cell.span for cell in row) for row in rows), len(node.css("thead tr")), title)


def _rows(node: LexborNode, page: str, read: Reader) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows; what spans several is said in each, for a table may break between them."""
    lasting: dict[int, tuple[Cell, int]] = {}
    for row in node.css("tr"):
        cells: list[Cell] = []
        waiting = row.css("th, td")
        while waiting or len(cells) in lasting:
            place = len(cells)
            cell, rows = lasting.pop(place) if place in lasting else _cell(waiting.pop(0), page, read)
            cells.append(cell)
            if rows > 1:
                lasting[place] = cell, rows - 1
        yield tuple(cells)


def _cell(node: LexborNode, page: str, read: Reader) -> tuple[Cell, int]:
    """Return a cell and over how many rows it stands."""
    span, rows = (int(node.attributes.get(name) or 1) for name in ("colspan", "rowspan"))
    return Cell(tuple(read(node, page)), node.tag == "th", span), rows


def facts(node: LexborNode, page: str, read: Reader, *, as_table: bool) -> Iterator[Block]:
    """Yield a <dl> as a table of two columns, or as names with what is said of each."""
    pairs = [(name, said) for name, said in _pairs(node, page, read) if said]
    if as_table and pairs:
        yield Grid(tuple((Cell((name,), head=True), Cell(said)) for name, said in pairs), 2, facts=True)
        return
    for name, said in pairs:
        if len(said) == 1 and "entry__names" in (node.attributes.get("class") or ""):
            yield Paragraph((*name.runs, Run("："), *plain(said)), "small")
        else:
            yield Paragraph(name.runs, "label")
            yield from said


def _pairs(node: LexborNode, page: str, read: Reader) -> Iterator[tuple[Paragraph, Blocks]]:
    name, said = Paragraph(()), ()
    for child in (one for one in node.css("dt, dd") if not dropped(one)):
        if child.tag == "dt":
            yield name, said
            name, said = Paragraph(runs_of([child], page), "label"), ()
        else:
            said = (*said, *read(child, page))
    yield name, said
