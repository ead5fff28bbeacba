"""Writes a document tree as a Word document: real headings, lists and tables, pictures with words for them."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from ..document.inlines import BREAK
from ..document.tree import (
    UPRIGHT,
    Anchor,
    Blocks,
    Box,
    Cell,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Runs,
    widths,
)
from . import xml as word_xml
from .style import LOOKS, blank, lying

# a run's look, a paragraph's look → the name of the style
RUN_STYLES = {"strong": "Strong", "small": "Small Letters", "label": "Strong"}
STYLES = {"small": "Small", "source": "Small", "meta": "Small", "kind": "Small", "lead": "Lead", "label": "Label"}
TEXT = {"cell": "Cell", "head": "Cell Head"}
# a table of contents of two levels of headings, with links
CONTENTS = r'TOC \o "1-2" \h \z \u'
# widths that text has on A4, upright and across, in millimetres
PAPER, PAPER_ACROSS = 170.0, 257.0


class Writer:
    """Writes one document."""

    def __init__(self, pictures: dict[str, bytes], places: Iterable[str] = (), site: str = "") -> None:
        self.document = blank()
        self.pictures = pictures
        self.site = site
        self.bookmarks = {place: f"at{number}" for number, place in enumerate(sorted(places))}
        # python-docx looks a style up anew for every paragraph, which takes most of its time
        self.styles = {style.name: style.style_id for style in self.document.styles}
        self.waiting: list[str] = []
        self.marked: set[str] = set()
        self.across = False

    def blocks(self, holder: Any, blocks: Blocks, look: str = "") -> None:
        """Write blocks into the document or a cell."""
        for block in blocks:
            getattr(self, f"_{type(block).__name__.lower()}")(holder, block, look)

    def paragraph(self, holder: Any, runs: Runs, style: str, look: str = "") -> WordParagraph:
        """Write a paragraph with its words and links, and the bookmarks that wait for one."""
        made = holder.add_paragraph()
        made._p.style = self.styles[style]
        if look in LOOKS:
            word_xml.note_look(made, *LOOKS[look])
        for run in runs:
            self._run(made, run)
        for name in self.waiting:
            word_xml.bookmark(made, name, int(name[2:]))
        self.waiting = []
        return made

    def _run(self, paragraph: WordParagraph, run: Run) -> None:
        made = paragraph.add_run()
        if run.role:
            made._r.style = self.styles[RUN_STYLES[run.role]]
        for number, part in enumerate(run.text.split(BREAK)):
            if number:
                made.add_break()
            made.add_text(part)
        address = self._target(run.link)
        if address:
            made._r.style = self.styles["Link"]
            word_xml.link(paragraph, made, **address)

    def _target(self, link: str) -> dict[str, str]:
        """Return where a link leads, as words for `word_xml.link`; nothing when it leads nowhere here."""
        if link.startswith(("http:", "https:", "mailto:")):
            return {"address": link}
        for place in (link, link.partition("#")[0]):
            if place in self.bookmarks:
                return {"place": self.bookmarks[place]}
        return {"address": self.site + link.lstrip("/")} if self.site and link else {}

    def mark(self, place: str) -> None:
        """Let the next paragraph be the place that links lead to."""
        if place in self.bookmarks and place not in self.marked:
            self.marked.add(place)
            self.waiting.append(self.bookmarks[place])

    def _heading(self, holder: Any, block: Heading, _look: str) -> None:
        self.mark(block.anchor)
        self.paragraph(holder, block.runs, f"Heading {min(block.level, 4)}")

    def _paragraph(self, holder: Any, block: Paragraph, look: str) -> None:
        # a label keeps what follows on its page; in a cell that would keep the whole table there
        role = "" if block.role == "label" and look in TEXT else block.role
        style = "Cell Head" if role != block.role else STYLES.get(role) or TEXT.get(look, "Normal")
        self.paragraph(holder, block.runs, style, look)

    def _items(self, holder: Any, block: Items, look: str) -> None:
        for number, item in enumerate(block.items, 1):
            mark = (Run(f"{number}. "),) if block.ordered else ()
            first, rest = item[0], item[1:]
            if isinstance(first, Paragraph):
                self.paragraph(
                    holder, (*mark, *first.runs), TEXT.get(look, "Normal") if block.ordered else "List Bullet", look
                )
            else:
                rest = item
            self.blocks(holder, rest, look)

    def _box(self, holder: Any, block: Box, _look: str) -> None:
        self.blocks(holder, block.blocks, block.kind)
        self.paragraph(holder, (), "Gap")

    def _anchor(self, _holder: Any, block: Anchor, _look: str) -> None:
        self.mark(block.name)

    def _picture(self, holder: Any, block: Picture, _look: str) -> None:
        made = self.paragraph(holder, (), "Normal")
        made.add_run().add_picture(BytesIO(self.pictures[block.name]), width=Mm(140))
        word_xml.describe(made, block.title, block.alt)
        for note in block.notes:
            self.paragraph(holder, note, "Small")

    def _grid(self, holder: Any, block: Grid, _look: str) -> None:
        turned = block.columns > UPRIGHT and not self.across
        if turned:
            lying(self.document, across=True)
        self._table(holder, block, PAPER_ACROSS if turned or self.across else PAPER)
        if turned:
            lying(self.document, across=False)

    def _table(self, holder: Any, block: Grid, room: float) -> None:
        if block.caption:
            self.paragraph(holder, (Run(block.caption),), "Label")
        table = holder.add_table(rows=0, cols=block.columns)
        table.style = "Table Grid"
        for number, row in enumerate(block.rows):
            made = table.add_row()
            word_xml.keep_whole(made)
            if number < block.heads:
                word_xml.repeat(made)
            self._cells(made.cells, row)
            # a head alone at the foot of a page tells nothing
            if number < block.heads or (len(row) == 1 and row[0].head):
                word_xml.keep_with_next(made)
        body = block.rows[block.heads :]
        word_xml.heads_of(table, row=block.heads > 0, column=any(row[0].head and len(row) > 1 for row in body))
        shares = widths(block)
        set_widths(table, [room * share / sum(shares) for share in shares])
        self.paragraph(holder, (), "Gap")

    def _cells(self, cells: Any, row: tuple[Cell, ...]) -> None:
        place = 0
        for cell in row:
            target = cells[place].merge(cells[place + cell.span - 1]) if cell.span > 1 else cells[place]
            place += cell.span
            if cell.head:
                word_xml.shade(target, "E6EEEA")
            self.blocks(target, cell.blocks, "head" if cell.head else "cell")
            # a cell begins with an empty paragraph
            if len(target.paragraphs) > 1:
                target._tc.remove(target.paragraphs[0]._p)


def set_widths(table: Any, millimetres: list[float]) -> None:
    """Set the widths of the columns, for Word in the cells and for others in the grid."""
    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        place = 0
        for cell in row.tc_lst:
            cell.width = Mm(sum(millimetres[place : place + cell.grid_span]))
            place += cell.grid_span


def contents(writer: Writer, entries: list[tuple[int, str, str]]) -> None:
    """Write a table of contents as links: (level, title, place). A reader can update it, which adds page numbers.

    Word would ask at each opening if the document told it to update by itself.
    """
    lines = []
    for level, title, place in entries:
        made = writer.paragraph(writer.document, (Run(title, link=place),), "Normal")
        made.paragraph_format.left_indent = Mm(6 * (level - 1))
        made.paragraph_format.space_after = 0
        lines.append(made)
    word_xml.spanning_field(lines[0], lines[-1], CONTENTS)
