"""Tables of Markdown get what a table needs to be read aloud and to be scrolled by keyboard.

A paragraph that begins with 「表：」 right above a table becomes its caption; cells of the head get their scope;
the table stands in a region of its own that takes the focus, as the tables made from data do.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

PREFIX = "表："


class Captions(Treeprocessor):
    """Runs when the words inside paragraphs and cells are read."""

    def run(self, root: Element) -> None:
        """Change every table of a page in place."""
        for parent, above, table in list(_tables(root)):
            for cell in table.iter("th"):
                cell.set("scope", "col")
            if above is not None and (above.text or "").startswith(PREFIX):
                _caption(parent, above, table)


def _tables(root: Element) -> Iterator[tuple[Element, Element | None, Element]]:
    """Yield each table with the element around it and the paragraph right above it."""
    for parent in root.iter():
        parts = list(parent)
        for at, part in enumerate(parts):
            if part.tag == "table":
                above = parts[at - 1] if at and parts[at - 1].tag == "p" else None
                yield parent, above, part


def _caption(parent: Element, above: Element, table: Element) -> None:
    """Move the words of a paragraph into a caption, and the table into a region that they name."""
    above.tag = "caption"
    above.text = (above.text or "").removeprefix(PREFIX)
    region = Element("div", {"class": "table", "role": "region", "tabindex": "0"})
    region.set("aria-label", "".join(above.itertext()))
    parent.insert(list(parent).index(table), region)
    parent.remove(table)
    parent.remove(above)
    region.append(table)
    region.tail, table.tail = table.tail, None
    table.insert(0, above)
