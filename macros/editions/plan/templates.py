"""The Word templates of the documents: places for values are run-level content controls, tagged with their names."""

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import lxml.etree as etree
from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from ...rendering import Renderer
from ..word import xml as word_xml
from ..word.style import blank
from .words import words_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
DOCUMENT, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
BODY = f"{W}body"
KEPT = {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", DOCUMENT, STYLES, CORE}
PARTS = re.compile(r"(\{[a-z][a-z0-9_]*\})")
# of a table of facts: names and what is said
SHARES = Mm(50), Mm(120)
# columns whose texts are long get more room
LONG, WIDE = {"{steps}", "{source}", "{text}", "{fields}"}, 2.5
TICK, NARROW = "□", 0.4
USED = {
    "Normal",
    "Heading1",
    "Heading2",
    "Cell",
    "CellHead",
    "TableGrid",
    "TableNormal",
    "DefaultParagraphFont",
    "NoList",
}


@dataclass(frozen=True)
class Template:
    """A Word file to fill, as its parts by name."""

    title: str
    files: dict[str, bytes]


@lru_cache(maxsize=4)
def templates(renderer: Renderer) -> dict[str, Template]:
    """Return the template of each document by its id."""
    return {name: template_of(one["title"], one["blocks"]) for name, one in words_of(renderer)["papers"].items()}


def template_of(title: str, blocks: list[dict[str, Any]]) -> Template:
    """Return the template of a document: one paragraph or table a block, in their order."""
    document = blank()
    for number, block in enumerate(blocks):
        _block(document, block, first=all("methods" in one for one in blocks[:number]))
    core = document.core_properties
    core.title, core.author, core.language, core.comments = title, "", "ja-JP", ""
    made = BytesIO()
    document.save(made)
    with ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name in KEPT}
    for name, slim in (
        ("[Content_Types].xml", _types),
        ("_rels/.rels", _relations),
        ("word/_rels/document.xml.rels", _relations),
        (STYLES, _styles),
        (CORE, _core),
    ):
        files[name] = slim(files[name])
    return Template(title, files)


def _block(document: Document, block: dict[str, Any], *, first: bool) -> None:
    if "heading" in block:
        paragraph = document.add_paragraph(style="Heading 1" if first else "Heading 2")
        paragraph.paragraph_format.page_break_before = True if block.get("newpage") else None
        _put(paragraph, block["heading"])
    elif "facts" in block:
        _facts(document, block["facts"])
    elif "columns" in block:
        _list(document, block["columns"])
    else:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(4)
        _put(paragraph, block["text"])


def _facts(document: Document, rows: list[dict[str, str]]) -> None:
    table = document.add_table(0, 2, "Table Grid")
    for row in rows:
        cells = table.add_row().cells
        _cell(cells[0], row["label"], "Cell Head")
        _cell(cells[1], row["text"])
        for cell, share in zip(cells, SHARES, strict=True):
            cell.width = share
    word_xml.heads_of(table, row=False, column=True)
    for column, share in zip(table.columns, SHARES, strict=True):
        column.width = share


def _list(document: Document, columns: list[dict[str, str]]) -> None:
    table = document.add_table(2, len(columns), "Table Grid")
    word_xml.repeat(table.rows[0])
    word_xml.heads_of(table, row=True, column=False)
    word_xml.keep_whole(table.rows[1])
    weights = [WIDE if column["text"] in LONG else NARROW if column["text"] == TICK else 1 for column in columns]
    for i, column in enumerate(columns):
        head, cell = table.rows[0].cells[i], table.rows[1].cells[i]
        _cell(head, column["label"], "Cell Head")
        _cell(cell, column["text"])
        head.width = cell.width = table.columns[i].width = Mm(round(170 * weights[i] / sum(weights)))


def _cell(cell: _Cell, text: str, style: str = "Cell") -> None:
    cell.paragraphs[0].style = style
    _put(cell.paragraphs[0], text)


def _put(paragraph: Paragraph, text: str) -> None:
    for part in PARTS.split(text):
        if PARTS.fullmatch(part):
            paragraph._p.append(_control(part[1:-1]))
        elif part:
            paragraph.add_run(part)


def _control(name: str) -> Any:
    control, properties, content = (OxmlElement(f"w:{one}") for one in ("sdt", "sdtPr", "sdtContent"))
    properties.append(word_xml.element("w:tag", val=name))
    properties.append(OxmlElement("w:text"))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(text)
    content.append(run)
    control.append(properties)
    control.append(content)
    return control


def _types(content: bytes) -> bytes:
    return _without(
        content, lambda node: node.get("PartName", "").lstrip("/") not in {"", *KEPT} or node.get("Extension") == "jpeg"
    )


def _relations(content: bytes) -> bytes:
    return _without(
        content, lambda node: node.get("Target") not in {"word/document.xml", "docProps/core.xml", "styles.xml"}
    )


def _styles(content: bytes) -> bytes:
    """Return the styles that the documents use, and no others; no style names one that is gone."""
    tree = etree.fromstring(content)
    for node in tree.findall(f"{W}latentStyles") + tree.findall(f"{W}style"):
        link = node.find(f"{W}link")
        if node.tag == f"{W}latentStyles" or node.get(f"{W}styleId") not in USED:
            tree.remove(node)
        elif link is not None and link.get(f"{W}val") not in USED:
            node.remove(link)
    return _written(tree)


def _core(content: bytes) -> bytes:
    return _without(
        content,
        lambda node: (
            node.tag.startswith(TERMS) or node.tag.endswith(("revision", "lastModifiedBy", "description", "keywords"))
        ),
    )


def _without(content: bytes, goes: Any) -> bytes:
    tree = etree.fromstring(content)
    for node in [node for node in tree if goes(node)]:
        tree.remove(node)
    return _written(tree)


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
