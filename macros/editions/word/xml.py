"""The parts of Word documents that python-docx has no call for."""

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# kinds of relations
LEFTOVERS = ("/stylesWithEffects", "/thumbnail", "/customXml")


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return a Word element; attribute names stand without their prefix `w:`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_fonts(holder: BaseOxmlElement, font: str) -> None:
    """Set the font of a style or run for Latin and Japanese letters alike."""
    properties = holder.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))


def set_language(document: Document, language: str) -> None:
    """Set the language of a document for Latin and Japanese letters."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))


def shade(cell: _Cell, colour: str) -> None:
    """Colour the ground of a cell."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def repeat(row: _Row) -> None:
    """Let a row of heads stand on every page of its table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def heads_of(table: Table, *, row: bool, column: bool) -> None:
    """Tell whether the first row and the first column of a table are heads: what a screen reader calls out."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name, on in (("firstRow", row), ("firstColumn", column)):
        look.set(qn(f"w:{name}"), str(int(on)))
    # the same as bits, for older programs: no bands of columns, and the two above
    look.set(qn("w:val"), f"{0x0400 + 0x0020 * row + 0x0080 * column:04X}")


def drop_leftovers(document: Document) -> None:
    """Take away what python-docx's own start document brings: styles of another time, a picture and data of another text."""
    part: Any = document.part
    for holder in (part, part.package):
        for name, relation in list(holder.rels.items()):
            if relation.reltype.endswith(LEFTOVERS):
                del holder.rels[name]


def keep_whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def keep_with_next(row: _Row) -> None:
    """Keep a row on the page of the one that follows."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def note_look(paragraph: Paragraph, colour: str, ground: str) -> None:
    """Give a paragraph the bar and ground of a note."""
    properties = paragraph._p.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="24", space="8", color=colour))
    properties.append(borders)
    properties.append(element("w:shd", val="clear", color="auto", fill=ground))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark at the beginning of a paragraph."""
    start, end = element("w:bookmarkStart", id=str(number), name=name), element("w:bookmarkEnd", id=str(number))
    first = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(first, start)
    paragraph._p.insert(first + 1, end)


def link(paragraph: Paragraph, run: Run, *, address: str = "", place: str = "") -> None:
    """Turn a run into a link to an address or to a bookmark."""
    if address:
        relation = paragraph.part.relate_to(address, HYPERLINK, is_external=True)
        holder = OxmlElement("w:hyperlink")
        holder.set(qn("r:id"), relation)
    else:
        holder = element("w:hyperlink", anchor=place)
    run._r.addprevious(holder)
    holder.append(run._r)


HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field such as PAGE, which Word works out."""
    holder = element("w:fldSimple", instr=code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    holder.append(run)
    paragraph._p.append(holder)


def spanning_field(first: Paragraph, last: Paragraph, code: str) -> None:
    """Make paragraphs the contents of a field, as they stand until a reader lets the program work it out anew."""
    start = 1 if first._p.pPr is not None else 0
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    parts = [element("w:fldChar", fldCharType="begin"), instruction, element("w:fldChar", fldCharType="separate")]
    for number, part in enumerate(parts):
        first._p.insert(start + number, _run_of(part))
    last._p.append(_run_of(element("w:fldChar", fldCharType="end")))


def _run_of(part: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.append(part)
    return run


def describe(paragraph: Paragraph, title: str, alt: str) -> None:
    """Give the picture in a paragraph its words for who cannot see it."""
    for drawing in paragraph._p.iter(qn("wp:docPr")):
        drawing.set("descr", alt)
        drawing.set("title", title)
