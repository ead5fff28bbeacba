"""The look of the Word editions: Japanese fonts that Word has, A4, styles that editors can change in one place."""

from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from . import xml as word_xml

FONT = "游ゴシック"
GREEN, SOFT, BLUE = RGBColor(0x14, 0x50, 0x3C), RGBColor(0x4B, 0x57, 0x53), RGBColor(0x0B, 0x5D, 0x44)
# bar and ground of the notes
LOOKS = {
    "today": ("124B86", "EDF4FC"),
    "remark": ("7A2F12", "FDF1EC"),
    "quote": ("6F7F78", "F4F7F5"),
    "plain": ("6F7F78", "F4F7F5"),
}
SIZES = {"Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Heading 4": 10.5, "Title": 24}
# name, size, bold, colour
OWN = (
    ("Small", 8.5, False, SOFT),
    ("Lead", 10.5, False, None),
    ("Label", 10, True, None),
    ("Cell", 9, False, None),
    ("Cell Head", 9, True, None),
    ("Gap", 4, False, None),
)


def blank() -> WordDocument:
    """Return an empty A4 document in Japanese."""
    document = Document()
    word_xml.drop_leftovers(document)
    word_xml.set_language(document, "ja-JP")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(16)
    _known_styles(document)
    _own_styles(document)
    return document


def lying(document: WordDocument, *, across: bool) -> None:
    """Begin a page that lies across, or stands upright again."""
    section = document.add_section()
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if across else (short, long)


def _known_styles(document: WordDocument) -> None:
    for name in ("Normal", "List Bullet", "Table Grid", *SIZES):
        word_xml.set_fonts(document.styles[name].element, FONT)
    # typed as what all kinds of styles share
    styles: Any = document.styles
    normal = styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(5)
    normal.paragraph_format.line_spacing = 1.2
    for name, size in SIZES.items():
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), GREEN, False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.9), Pt(size * 0.4)


def _own_styles(document: WordDocument) -> None:
    styles: Any = document.styles
    for name, size, bold, colour in OWN:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size, style.font.bold = Pt(size), bold
        if colour:
            style.font.color.rgb = colour
    styles["Label"].paragraph_format.keep_with_next = True
    for name in ("Cell", "Cell Head", "Gap"):
        styles[name].paragraph_format.space_after = Pt(1)
        styles[name].paragraph_format.line_spacing = 1.1
    small = styles.add_style("Small Letters", WD_STYLE_TYPE.CHARACTER)
    small.font.size, small.font.color.rgb = Pt(8.5), SOFT
    link = styles.add_style("Link", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, BLUE


def finish(document: WordDocument, title: str, epoch: int, running: str) -> None:
    """Set what the file says of itself, the running header and the page numbers."""
    core = document.core_properties
    core.title, core.author, core.language = title, "カーボン・オフセットガイドブック オンライン", "ja-JP"
    core.comments, core.last_modified_by, core.revision = "", "", 1
    core.created = core.modified = datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.style = "Small"
    head.add_run(running)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word_xml.field(foot, "PAGE", "1")
