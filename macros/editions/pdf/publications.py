"""The PDF editions: the whole guidebook, and each method by itself to attach to a proposal."""

from collections.abc import Iterator
from itertools import groupby

from ...loading import Guide
from ...models import Method
from ...rendering import reading_key, row_of
from ..document.book import Chapter, heading
from ..document.inlines import joined
from ..document.tree import Block, Blocks, Cell, Grid, Heading, Paragraph, Run, Runs, lies_across, places_of, plain
from ..imprint import SITE_NAME, SUBTITLE, Imprint
from .press import typst_date
from .typesetting import Typesetter, label, literal

# sections of a method's page that a sheet of a few pages does without
LEFT_TO_THE_SITE = ("related", "remarks")


def guidebook(guide: Guide, chapters: list[Chapter], imprint: Imprint) -> str:
    """Return the whole guidebook as Typst markup."""
    blocks = [block for chapter in chapters for block in chapter.blocks]
    places = places_of(blocks) | {chapter.address for chapter in chapters}
    setter = Typesetter(places, imprint.site, index_terms=True)
    lines = ", ".join(f"[#{literal(line)}]" for line in imprint.lines(guide))
    body = "\n".join(chapter_markup(chapter, setter) for chapter in chapters)
    return "\n".join(
        [
            preamble(SITE_NAME + "（PDF版）", imprint, running=imprint.edition(), cover=True),
            f"#cover-page([カーボン・オフセット\\ ガイドブック オンライン], {literal(SUBTITLE)}, ({lines},))",
            "#contents-page()",
            body,
            terms_index(guide, places),
        ]
    )


def preamble(title: str, imprint: Imprint, *, running: str, cover: bool = False) -> str:
    """Return the lines that open every PDF."""
    return (
        '#import "edition.typ": *\n'
        f"#show: edition.with(title: {literal(title)}, date: {typst_date(imprint.epoch)},"
        f" keywords: ({literal('カーボン・オフセット')}, {literal('自治体')}), running: {literal(running)}, cover: {str(cover).lower()})"
    )


def chapter_markup(chapter: Chapter, setter: Typesetter) -> str:
    """Return a page of the site as a chapter that begins a page of paper."""
    part = f"#title-of(1)[#{literal(chapter.part)}]\n" if chapter.part else ""
    start = f"#metadata(none) <{label(chapter.address)}>" if chapter.address in setter.places else ""
    setter.across = lies_across(chapter.blocks)
    said = f"{part}{start}\n{setter.blocks(chapter.blocks)}"
    return f"#page(flipped: true)[{said}]" if setter.across else f"#pagebreak(weak: true)\n{said}"


def terms_index(guide: Guide, places: set[str]) -> str:
    """Return the index of terms by reading, with the pages that explain and use each."""
    terms = sorted(
        (one for one in guide.glossary if f"/glossary/#{one.id}" in places), key=lambda one: reading_key(one.reading)
    )
    if not terms:
        return ""
    rows = []
    for row, members in groupby(terms, key=lambda one: row_of(one.reading)):
        lines = "\n".join(term_line(one.id, one.term) for one in members)
        rows.append(f'#para("label")[#{literal(row + "行")}]\n{lines}')
    told = "太い数字は用語集で説明しているページ、ほかは本文で＊を付けたページです。"
    return f'#pagebreak()\n#title-of(1)[用語さくいん]\n#para("small")[#{literal(told)}]\n#columns(2)[{"".join(rows)}]'


def term_line(name: str, term: str) -> str:
    """Return a line of the index."""
    return f"#term-line({literal(name)}, <{label(f'/glossary/#{name}')}>, [#{literal(term)};])"


def method_sheet(method: Method, blocks: Blocks, imprint: Imprint) -> str:
    """Return a method as Typst markup, to attach to a proposal."""
    title = f"{method.code} {method.title}"
    setter = Typesetter(places_of(blocks), imprint.site)
    origin = f"{imprint.edition()}の取組方法{method.code}のページ。{imprint.address()}"
    return "\n".join(
        [
            preamble(f"{title}｜{SITE_NAME}", imprint, running=f"{title}　{imprint.edition()}"),
            setter.blocks([*printed(blocks), heading("この資料について", 2)]),
            f'#para("small")[#{literal(origin)}]',
            *(f'#para("small")[#{literal(line)}]' for line in ABOUT_SHEET),
        ]
    )


ABOUT_SHEET = (
    "本文は2011年・2012年の資料の内容です。その後に変わったことは、「いま」と書いた青い枠の注記だけに書いています。",
    "あわせて見る資料・事例と、原資料の乱れについての注記の一部は、サイトのページにあります。",
    "原資料の発行者が作ったものではありません。このサイトのための文章とデータは CC BY 4.0 で使えます。",
)


def printed(blocks: Blocks) -> Iterator[Block]:
    """Yield what a sheet holds of a page: without some sections, the facts of cases and links as small print."""
    below = 0
    for block in _without(blocks, LEFT_TO_THE_SITE):
        below = block.level if isinstance(block, Heading) else below
        if isinstance(block, Grid) and block.facts and below > 2:
            yield Paragraph(joined([_fact(row) for row in block.rows], "／"), "small")
        else:
            yield block


def _without(blocks: Blocks, sections: tuple[str, ...]) -> Iterator[Block]:
    skipping = 0
    for block in blocks:
        if isinstance(block, Heading) and (not skipping or block.level <= skipping):
            skipping = block.level if block.anchor.partition("#")[2] in sections else 0
        if not skipping:
            yield block


def _fact(row: tuple[Cell, ...]) -> Runs:
    name, said = row
    return (*plain(name.blocks), Run("："), *plain(said.blocks))
