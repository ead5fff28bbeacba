"""Writes a document tree as Typst: calls of the functions in edition.typ."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..document.inlines import BREAK
from ..document.tree import (
    UPRIGHT,
    Anchor,
    Block,
    Box,
    Cell,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Runs,
    everything,
    widths,
)


def literal(text: str) -> str:
    """Return a text as a Typst string, where no letter has a meaning of its own."""
    return json.dumps(text, ensure_ascii=False).replace(BREAK, "\\n")


@dataclass
class Typesetter:
    """Writes trees; knows which places the document has, so that no link leads nowhere."""

    places: set[str]
    site: str = ""
    index_terms: bool = False
    across: bool = False
    seen: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return blocks as markup, one call a line."""
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        return getattr(self, f"_{type(block).__name__.lower()}")(block)

    def _heading(self, block: Heading) -> str:
        return f"#title-of({block.level})[{self.runs(block.runs)}]{self._label(block.anchor)}"

    def _paragraph(self, block: Paragraph) -> str:
        return f"#para({literal(block.role)})[{self.runs(block.runs)}]"

    def _items(self, block: Items) -> str:
        items = ", ".join(f"[{self.blocks(item)}]" for item in block.items)
        return f"#{'enum' if block.ordered else 'list'}({items})"

    def _grid(self, block: Grid) -> str:
        head = f"({', '.join(map(self._row, block.rows[: block.heads]))},)" if block.heads else "()"
        body = ", ".join(self._body_row(row, block) for row in block.rows[block.heads :])
        kind = "facts" if block.facts else "wide-grid" if block.columns > UPRIGHT and not self.across else "grid-of"
        return f"#{kind}({_widths(block)}, {literal(block.caption)}, {head}, ({body},))"

    def _row(self, row: tuple[Cell, ...]) -> str:
        return ", ".join(self._cell(cell) for cell in row)

    def _body_row(self, row: tuple[Cell, ...], block: Grid) -> str:
        """Return a row; one that parts the table stays with what follows and comes again on the next page."""
        parting = len(row) == 1 and row[0].head and not block.facts
        return f"table.header(level: {block.heads + 1}, {self._row(row)})" if parting else self._row(row)

    def _cell(self, cell: Cell) -> str:
        kind = "name" if cell.head else "said"
        return f"{kind}({cell.span})[{self.blocks(cell.blocks)}]"

    def _box(self, block: Box) -> str:
        whole = not any(isinstance(one, Grid) for one in everything(block.blocks))
        return f"#note({literal(block.kind)}, {str(whole).lower()})[{self.blocks(block.blocks)}]"

    def _anchor(self, block: Anchor) -> str:
        label = self._label(block.name)
        return f"#metadata(none){label}" if label else ""

    def _picture(self, block: Picture) -> str:
        notes = ", ".join(f"[{self.runs(note)}]" for note in block.notes)
        return f"#picture({literal(block.name)}, {literal(block.title)}, {literal(block.alt)}, ({notes}{',' * bool(notes)}))"

    def _label(self, place: str) -> str:
        """Return the label of a place that something leads to, the first time it comes."""
        if place not in self.places or place in self.seen:
            return ""
        self.seen.add(place)
        return f" <{label(place)}>"

    def runs(self, runs: Runs) -> str:
        """Return words with their looks and links."""
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        text = f"#{literal(run.text)};"
        if run.role:
            text = f"#{run.role}-words[{text}]"
        if run.link:
            text = self._link(run.link, text)
        if run.term and self.index_terms:
            text = f"#use-of({literal(run.term)}){text}"
        return text

    def _link(self, address: str, text: str) -> str:
        if address.startswith(("http:", "https:", "mailto:")):
            return f"#link({literal(address)})[{text}]"
        for place in (address, address.partition("#")[0]):
            if place in self.places:
                return f"#link(<{label(place)}>)[{text}]"
        return f"#link({literal(self.site + address.lstrip('/'))})[{text}]" if self.site else text


def label(place: str) -> str:
    """Return a place as a Typst label: letters, digits, `-`, `_`, `:` and `.` only."""
    return "at:" + place.strip("/").replace("/#", ":").replace("/", ".").replace("#", ":")


def _widths(grid: Grid) -> str:
    """Return the widths of the columns; names of facts take what a line of them needs."""
    if grid.facts:
        return "(10em, 1fr)"
    return "(" + ", ".join(f"{share:.2f}fr" for share in widths(grid)) + ",)"
