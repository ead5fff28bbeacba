"""Reads the article of a built page into a document tree."""

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .figure_blocks import figure
from .inlines import TEXT, classes, dropped, joined, runs_of
from .tables import facts, table
from .tree import Anchor, Block, Blocks, Box, BoxKind, Heading, Items, Paragraph

BLOCK_TAGS = {
    *("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "form"),
    *("h1", "h2", "h3", "h4", "hr", "ol", "p", "section", "table", "ul"),
}
BOXES: dict[str, BoxKind] = {"today": "today", "later": "today", "remark": "remark", "settled": "plain"}
PARAGRAPHS = {
    "source": "source",
    "small": "small",
    "today__meta": "meta",
    "entry__foot": "small",
    "method-head__overview": "lead",
    "case__kind": "kind",
    "later__label": "label",
    "today__aside": "small",
    "effects__title": "label",
    "settled__label": "label",
    "card__title": "label",
    "method-group__title": "label",
    "road__title": "label",
    "today__title": "label",
    "remark__title": "label",
}
TABLES = {"facts", "related", "documents"}


def article(html: str, page: str) -> Blocks:
    """Return what a built page says; `page` is its address from the site's root."""
    found = LexborHTMLParser(html).css_first("article.md-content__inner")
    return tuple(blocks(found, page)) if found else ()


def blocks(node: LexborNode, page: str) -> Iterator[Block]:
    """Yield the blocks inside a node; loose words become paragraphs."""
    loose: list[LexborNode] = []
    for child in _children(node):
        if child.tag not in BLOCK_TAGS:
            loose.append(child)
            continue
        yield from _paragraph(loose, page)
        loose = []
        yield from _block(child, page)
    yield from _paragraph(loose, page)


def _children(node: LexborNode) -> list[LexborNode]:
    """Return the children that paper shows; in the head of a case its name comes first."""
    children = [child for child in node.iter(include_text=True) if child.tag == TEXT or not dropped(child)]
    if "case__head" in classes(node):
        children.sort(key=lambda child: child.tag != "h3")
    return children


def _paragraph(nodes: list[LexborNode], page: str) -> Iterator[Block]:
    runs = runs_of(nodes, page)
    if runs:
        yield Paragraph(runs)


def _block(node: LexborNode, page: str) -> Iterator[Block]:
    tag = node.tag or ""
    if node.attributes.get("id") and not tag.startswith("h"):
        yield Anchor(f"{page}#{node.attributes['id']}")
    yield from READERS.get(tag, _inside)(node, page)


def _inside(node: LexborNode, page: str) -> Iterator[Block]:
    kind: BoxKind | None = next((BOXES[name] for name in classes(node) if name in BOXES), None)
    inner = blocks(node, page)
    if kind:
        yield Box(kind, tuple(inner))
    else:
        yield from inner


def _heading(node: LexborNode, page: str) -> Iterator[Block]:
    anchor = node.attributes.get("id")
    yield Heading(int((node.tag or "")[1]), runs_of([node], page), f"{page}#{anchor}" if anchor else "")


def _text(node: LexborNode, page: str) -> Iterator[Block]:
    role = next((PARAGRAPHS[name] for name in classes(node) if name in PARAGRAPHS), "")
    # the parts of the foot of a term stand apart by a rule of the style sheet
    apart = "entry__foot" in classes(node)
    runs = joined([runs_of([part], page) for part in node.css("p > span")], "　") if apart else runs_of([node], page)
    if runs and "JavaScript" not in runs[0].text:
        yield Paragraph(runs, role)  # type: ignore[arg-type]


def _list(node: LexborNode, page: str) -> Iterator[Block]:
    if "chips" in classes(node):
        yield Paragraph(joined([runs_of([child], page) for child in _children(node) if child.tag == "li"]))
        return
    items = tuple(tuple(blocks(child, page)) for child in _children(node) if child.tag == "li")
    if items:
        yield Items(tuple(item for item in items if item), node.tag == "ol")


def _definitions(node: LexborNode, page: str) -> Iterator[Block]:
    yield from facts(node, page, blocks, as_table=bool(TABLES & set(classes(node))))


def _quote(node: LexborNode, page: str) -> Iterator[Block]:
    yield Box("quote", tuple(blocks(node, page)))


def _table(node: LexborNode, page: str) -> Iterator[Block]:
    yield table(node, page, blocks)


def _details(node: LexborNode, page: str) -> Iterator[Block]:
    # what ties a thing to its source stands open beside it: the mark that unfolds it is for screens
    aside = "aside" in classes(node)
    for child in _children(node):
        heading = child.css_first("h2, h3") if child.tag == "summary" else None
        if heading:
            yield from _heading(heading, page)
            yield from (Paragraph(runs_of([kind], page), "kind") for kind in child.css(".case__kind"))
        elif child.tag == "summary" and not aside:
            yield Paragraph(runs_of([child], page), "label")
    yield from (one for child in _children(node) if child.tag in BLOCK_TAGS for one in _block(child, page))


def _figure(node: LexborNode, page: str) -> Iterator[Block]:
    """Yield a figure, then the notes of today that stand at its steps."""
    yield figure(node, page, blocks)
    for note in node.css(".today"):
        yield from _block(note, page)


READERS: dict[str, Callable[[LexborNode, str], Iterator[Block]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "p": _text,
    "dl": _definitions,
    "blockquote": _quote,
    "table": _table,
    "details": _details,
    "figure": _figure,
    "hr": lambda _node, _page: iter(()),
}
