"""What the guidebook holds and in which order: the menu of mkdocs.yml without what is for screens only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from ...rendering import page_address
from .reading import article
from .tree import Block, Blocks, Box, Heading, Items, Paragraph, Run, words

# the home page, pages about the site as a site, and what only works on a screen
LEFT_OUT = ("index.md", "about/accessibility.md", "about/privacy.md", "downloads/", "calculators/", "embed/", "plan.md")
# what paper can use of a part left out
KEPT = ("calculators/factors.md",)
CHANGES = "changes.md"
SOURCES = "・出典："


@dataclass(frozen=True)
class Chapter:
    """A page of the site in a book; `part` is the heading it stands under, given with its first page."""

    address: str
    blocks: Blocks
    part: str = ""


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml; values that only MkDocs knows become None."""


_Settings.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def settings(root: Path) -> dict[str, Any]:
    """Return what mkdocs.yml says."""
    return yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), _Settings)  # noqa: S506 - a SafeLoader


def chapters(root: Path, site: Path) -> list[Chapter]:
    """Return the pages of the book in the order of the menu, read from the built site."""
    return [chapter for entry in settings(root).get("nav", ["index.md"]) for chapter in _entry(entry, site)]


def _entry(entry: Any, site: Path) -> Iterator[Chapter]:
    title, below = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
    if isinstance(below, str):
        yield from _page(below, site, "", 0)
        return
    names = [name if isinstance(name, str) else next(iter(name.values())) for name in below]
    pages = [chapter for name in names for chapter in _page(name, site, "", 1)]
    yield from (replace(page, part="" if number else title) for number, page in enumerate(pages))


def _page(name: str, site: Path, part: str, deeper: int) -> Iterator[Chapter]:
    if name in KEPT or not name.startswith(LEFT_OUT):
        address = page_address(name.removesuffix(".md"))
        blocks = page_blocks(site, address)
        blocks = blocks if name == CHANGES else tuple(shortened(blocks))
        yield Chapter(address, tuple(sunk(blocks, deeper)), part)


def page_blocks(site: Path, address: str) -> Blocks:
    """Return a built page as blocks."""
    html = (site / address.strip("/") / "index.html").read_text(encoding="utf-8")
    return tuple(filled(article(html, address)))


def filled(blocks: Blocks) -> Iterator[Block]:
    """Yield blocks without headings of which nothing is left."""
    for block, after in zip_longest(blocks, blocks[1:]):
        ends = after is None or (
            isinstance(after, Heading) and isinstance(block, Heading) and after.level <= block.level
        )
        if not (isinstance(block, Heading) and ends):
            yield block


def sunk(blocks: Blocks, levels: int) -> Iterator[Block]:
    """Yield blocks with their headings some levels deeper."""
    for block in blocks:
        if isinstance(block, Heading):
            yield replace(block, level=block.level + levels)
        elif isinstance(block, Box):
            yield replace(block, blocks=tuple(sunk(block.blocks, levels)))
        elif isinstance(block, Items):
            yield replace(block, items=tuple(tuple(sunk(item, levels)) for item in block.items))
        else:
            yield block


def shortened(blocks: Blocks) -> Iterator[Block]:
    """Yield blocks whose notes of today leave their sources to the chapter that has them all."""
    for block in blocks:
        if isinstance(block, Box) and block.kind == "today":
            yield replace(block, blocks=tuple(_without_sources(one) for one in block.blocks))
        else:
            yield block


def _without_sources(block: Block) -> Block:
    if not isinstance(block, Paragraph) or SOURCES not in words(block.runs):
        return block
    end = next(number for number, run in enumerate(block.runs) if SOURCES in run.text)
    kept = replace(block.runs[end], text=block.runs[end].text.partition(SOURCES)[0] + "・出典は")
    return replace(
        block, runs=(*block.runs[:end], kept, Run("「2011年から変わったこと」", link="/changes/"), Run("の章"))
    )


def heading(text: str, level: int = 1, anchor: str = "") -> Heading:
    """Return a heading of bare text."""
    return Heading(level, (Run(text),), anchor)
