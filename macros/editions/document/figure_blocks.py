"""Reads the figures of a built page: pictures by their name, flows as tables whose rows are the steps."""

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from .inlines import classes, runs_of
from .tree import Block, Cell, Grid, Paragraph, Picture, Run, words

Reader = Callable[[LexborNode, str], Iterator[Block]]


def figure(node: LexborNode, page: str, read: Reader) -> Block:
    """Return a figure: a flow as a table that can be read, broken over pages and edited, others as a picture."""
    title = words(runs_of([node.css_first(".fig__title")], page)).removeprefix("図").strip("　")
    return _flow(node, page, title) if "fig--flow" in classes(node) else _picture(node, page, title)


def _picture(node: LexborNode, page: str, title: str) -> Picture:
    told = node.css_first(".fig__alt p")
    alt = words(runs_of([told], page)) if told else _chart_alt(node)
    # the legend and the source line stand in the drawing itself
    notes = tuple(
        runs
        for one in node.css("figcaption > .aside > p")
        if not words(runs := runs_of([one], page)).startswith(("出典", "破線"))
    )
    return Picture((node.attributes["id"] or "").removeprefix("figure-"), title, alt.replace("＊", ""), notes)


def _chart_alt(node: LexborNode) -> str:
    return "。".join(bar.attributes.get("aria-label") or "" for bar in node.css("svg[aria-label]"))


def _flow(node: LexborNode, page: str, title: str) -> Grid:
    heads = tuple(Cell((Paragraph(runs_of([one], page)),), head=True) for one in node.css(".flow__heads p"))
    columns = len(heads) or 1
    rows = [row for phase in node.css(".flow__phase") for row in _phase(phase, page, columns)]
    notes = tuple(
        Paragraph(runs_of([one], page), "small") for one in node.css("figcaption > p.small, figcaption > .aside > p")
    )
    rows = [heads, *rows, (Cell(notes, span=columns),)] if heads else [*rows, (Cell(notes),)]
    return Grid(tuple(rows), columns, int(bool(heads)), title)


def _phase(phase: LexborNode, page: str, columns: int) -> Iterator[tuple[Cell, ...]]:
    yield (Cell((Paragraph(runs_of([phase.css_first(".flow__name")], page)),), head=True, span=columns),)
    row: dict[int, Cell] = {}
    for step in phase.css(".flow__step"):
        place = _place(step, columns)
        blocks = tuple(_step(step, page, placed=columns > 1 and place is not None))
        # two parties act side by side when a step of one follows a step of the other
        if row and (place is None or place in row or len(row) == columns):
            yield _row(row, columns)
            row = {}
        if place is None:
            yield (Cell(blocks, span=columns),)
        else:
            row[place] = Cell(blocks)
    if row:
        yield _row(row, columns)


def _row(cells: dict[int, Cell], columns: int) -> tuple[Cell, ...]:
    return tuple(cells.get(place, Cell(())) for place in range(columns))


def _place(step: LexborNode, columns: int) -> int | None:
    if columns == 1:
        return None
    return next((int(name[3:]) - 1 for name in classes(step) if name in {"in-1", "in-2"}), None)


def _step(step: LexborNode, page: str, *, placed: bool) -> Iterator[Block]:
    yield Paragraph(runs_of([step.css_first(".flow__title")], page), "label")
    for part in step.css("ul.flow__substeps"):
        party = part.css_first("li.flow__party")
        if party and not placed:
            yield Paragraph((*runs_of([party], page), Run("：")), "small")
        yield from (Paragraph(runs_of([one], page)) for one in part.css("li") if "flow__party" not in classes(one))
    # the step's own: notes of today in it stand apart
    notes = (one for part in step.iter() if "aside" in classes(part) for one in part.css("p"))
    yield from (Paragraph(runs_of([one], page), "small") for one in notes)
