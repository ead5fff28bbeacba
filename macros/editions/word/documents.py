"""The Word editions: the whole guidebook, and each method by itself."""

from io import BytesIO

from docx.shared import Mm

from ...loading import Guide
from ...models import Method
from ..archive import repacked
from ..document.book import Chapter, heading
from ..document.tree import Blocks, Heading, Paragraph, Run, lies_across, links_of, places_of, words
from ..imprint import SITE_NAME, SUBTITLE, Imprint
from ..pdf.publications import ABOUT_SHEET, printed
from .style import finish, lying
from .writer import Writer, contents

UPDATE = "ページ番号は、この目次を更新すると入ります。"
Pictures = dict[str, bytes]


def guidebook(guide: Guide, chapters: list[Chapter], pictures: Pictures, imprint: Imprint) -> bytes:
    """Return the whole guidebook as a Word document."""
    blocks = [block for chapter in chapters for block in chapter.blocks]
    titles = [*{chapter.address for chapter in chapters}, *(chapter.part for chapter in chapters if chapter.part)]
    writer = Writer(pictures, links_of(blocks) & places_of(blocks) | set(titles), imprint.site)
    _cover(writer, imprint.lines(guide))
    writer.paragraph(writer.document, (Run("目次"),), "Label")
    writer.blocks(writer.document, (small(UPDATE),))
    contents(writer, [entry for chapter in chapters for entry in _entries(chapter)])
    for chapter in chapters:
        _chapter(writer, chapter)
    # of the first section alone: each later one begins with a page that has the running title
    writer.document.sections[0].different_first_page_header_footer = True
    return saved(writer, SITE_NAME + "（Word版）", imprint)


def _cover(writer: Writer, lines: list[str]) -> None:
    """Write the cover: a page with the title and what the edition says of itself."""
    title = writer.paragraph(writer.document, (Run(SITE_NAME),), "Title")
    title.paragraph_format.space_before = Mm(60)
    subtitle = writer.paragraph(writer.document, (Run(SUBTITLE),), "Lead")
    subtitle.paragraph_format.space_after = Mm(40)
    writer.blocks(writer.document, tuple(small(line) for line in lines))
    writer.document.add_page_break()


def _entries(chapter: Chapter) -> list[tuple[int, str, str]]:
    title = next(block for block in chapter.blocks if isinstance(block, Heading))
    part = [(1, chapter.part, chapter.part)] if chapter.part else []
    return [*part, (title.level, words(title.runs), chapter.address)]


def _chapter(writer: Writer, chapter: Chapter) -> None:
    across, was = lies_across(chapter.blocks), writer.across
    if across != was:
        lying(writer.document, across=across)
    else:
        writer.document.add_page_break()
    writer.across = across
    if chapter.part:
        writer.mark(chapter.part)
        writer.blocks(writer.document, (heading(chapter.part),))
    writer.mark(chapter.address)
    writer.blocks(writer.document, chapter.blocks)


def method_sheet(method: Method, blocks: Blocks, pictures: Pictures, imprint: Imprint) -> bytes:
    """Return a method as a Word document."""
    chosen = tuple(printed(blocks))
    writer = Writer(pictures, links_of(chosen) & places_of(chosen), imprint.site)
    writer.blocks(writer.document, (*chosen, heading("この資料について", 2)))
    origin = f"{imprint.edition()}の取組方法{method.code}のページ。{imprint.address()}"
    writer.blocks(writer.document, tuple(small(line) for line in (origin, *ABOUT_SHEET)))
    return saved(writer, f"{method.code} {method.title}｜{SITE_NAME}", imprint)


def small(line: str) -> Paragraph:
    """Return a line of small print."""
    return Paragraph((Run(line),), "small")


def saved(writer: Writer, title: str, imprint: Imprint) -> bytes:
    """Return the file of a document, the same each time."""
    finish(writer.document, title, imprint.epoch, imprint.edition())
    made = BytesIO()
    writer.document.save(made)
    return repacked(made.getvalue(), imprint.epoch)
