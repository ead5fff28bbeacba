"""Tags the row headers of a PDF's tables: Typst 0.15 tags those of columns only.

What is a header stands in the HTML (`th`); edition.typ fills such a cell, and Typst writes the fill into the cell's tag.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

FILL, HEADERS, SCOPE = "/BackgroundColor", "/Headers", "/Scope"


def with_row_heads(content: bytes) -> bytes:
    """Return a tagged PDF in which each filled cell of a table is the header of its row.

    What is changed is added to the end; what stood there stays as Typst wrote it.
    """
    writer = PdfWriter(BytesIO(content), incremental=True)
    structure: Any = writer.root_object["/StructTreeRoot"]
    for table in _below(structure, "/Table"):
        cells = [(cell, *_attributes(cell)) for cell in _below(table, "/TD", "/TH")]
        if any(_names_its_row(cell, look) for cell, _, look in cells):
            for cell, said, look in cells:
                _tag(cell, said, look)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _names_its_row(cell: DictionaryObject, look: DictionaryObject) -> bool:
    return cell["/S"] == "/TD" and FILL in look


def _tag(cell: DictionaryObject, said: DictionaryObject, look: DictionaryObject) -> None:
    # a list of headers would name those of columns alone; without it the scopes tell
    said.pop(NameObject(HEADERS), None)
    if _names_its_row(cell, look):
        cell[NameObject("/S")] = NameObject("/TH")
        said[NameObject(SCOPE)] = NameObject("/Row")


def _below(element: DictionaryObject, *kinds: str) -> Iterator[DictionaryObject]:
    """Yield the elements of some kinds below one, in the order of reading; none inside another such."""
    waiting = _children(element)
    while waiting:
        one = waiting.pop(0)
        if one.get("/S") in kinds:
            yield one
        else:
            waiting[:0] = _children(one)


def _children(element: DictionaryObject) -> list[DictionaryObject]:
    found: Any = element.get("/K", [])
    each = (one.get_object() for one in (found if isinstance(found, list) else [found]))
    return [one for one in each if isinstance(one, DictionaryObject) and "/S" in one]


def _attributes(cell: DictionaryObject) -> tuple[DictionaryObject, DictionaryObject]:
    """Return what a cell says of its place in the table, and of its looks."""
    by_owner = {one["/O"]: one for one in (one.get_object() for one in cell["/A"])}  # type: ignore[union-attr]
    return by_owner["/Table"], by_owner["/Layout"]
