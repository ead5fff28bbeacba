"""The search index: what the built pages say, section by section, and by which words each part is found.

Plain text only. Folding, cutting and ranking happen once, in docs/assets/js/search.js.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

from ..loading import Guide
from ..models import SearchWords, Term
from ..models.addresses import page_address

INDEX = "search/index.js"
# a paragraph that stands on several pages is searched where it stands first
REPEATED = 24

# marks in a text: what parts two blocks, two cells of a row, and what begins a row of names of columns
UNIT, CELL, COLUMNS = "\n", "\t", "\v"

# place of the text in a record
TEXT = 3
# what parts two records, and the words of one, in the file: no codes of letters
RECORD, WORD = "|", "~"
# no quote, no backslash, nothing that parts, no marks that join the letter before; then as many as it takes.
# docs/assets/js/search.js counts them in the same way.
CODES = (
    [32, 33, *range(35, 92), *range(93, 124), 125],
    range(0xAE, 0x300),
    range(0x370, 0x483),
    range(0xAC00, 0xD7A4),
)

CELLS = {"td", "th"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TITLES = {"h1", "h2", "h3"}
BLOCKS = {
    "p",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "tr",
    "div",
    "section",
    "caption",
    "figcaption",
    "summary",
    "h4",
    "h5",
    "ul",
}
UNREAD_TAGS = {"script", "style", "template", "nav", "button", "select", "label", "svg", "output"}
# places, sources and marks around the text; names of terms come from the data
UNREAD_CLASSES = {
    "headerlink",
    "source",
    "grade",
    "tie",
    "case__no",
    "today__label",
    "today__meta",
    "later__label",
    "advice__label",
    "unconfirmed__label",
    "old-address",
    "entry__names",
    "entry__foot",
    "entry__symbol",
    "filter",
    "term__mark",
    "unseen",
}
LABELLED = {"facts"}
RECORDS = {"term", "today"}


@dataclass
class Section:
    """A heading with the text under it, up to the next heading."""

    anchor: str
    kind: str = ""
    title: str = ""
    blocks: list[str] = field(default_factory=list)


@dataclass
class _Open:
    """An element that is not closed yet."""

    tag: str
    own_id: str
    classes: set[str]
    unread: bool
    kind: str = ""


class PageReader(HTMLParser):
    """Cuts the article of a built page into sections."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self.indexed = True
        self._now: Section | None = None
        self._around: tuple[_Open, Section | None] | None = None  # of a part: where it ends, and what goes on then
        self._open: list[_Open] = []
        self._title = ""
        self._text: list[str] = []
        self._cells: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; a heading or a note of what changed begins a section."""
        has = {name: value or "" for name, value in attrs}
        if tag == "meta" and has.get("name") == "robots" and "noindex" in has.get("content", ""):
            self.indexed = False
        if tag in VOID:
            return
        self._part(tag)
        if tag in CELLS:
            self._text.append(CELL)
            self._cells.add(tag)
        one = self._element(tag, has)
        if has.get("data-entry") and self._within():
            self._begin_part(has, one)
        elif self._reading(one):
            self._section(one)
        self._open.append(one)

    def _element(self, tag: str, has: dict[str, str]) -> _Open:
        classes = set(has.get("class", "").split())
        labels = tag == "dt" and any(LABELLED & outer.classes for outer in self._open)
        unread = tag in UNREAD_TAGS or bool(classes & UNREAD_CLASSES) or labels
        unread = unread or bool({"data-unsearched", "hidden"} & set(has)) or any(outer.unread for outer in self._open)
        return _Open(tag, has.get("id", ""), classes, unread, "term" if "data-term" in has else "")

    def _reading(self, one: _Open) -> bool:
        return not one.unread and self._within()

    def _within(self) -> bool:
        return any(outer.tag == "article" for outer in self._open)

    def _begin(self, section: Section) -> None:
        self.sections.append(section)
        self._now = section

    def _begin_part(self, has: dict[str, str], one: _Open) -> None:
        """Begin a step, a proof … of a section, which goes on after it; what a `dt` names lasts until its list ends."""
        self._end_part()
        self._around = (self._open[-1] if one.tag == "dt" else one, self._now)
        self._begin(Section(one.own_id, "part", has["data-entry"]))

    def _end_part(self) -> None:
        if self._around:
            self._now = self._around[1]
            self._around = None

    def _section(self, one: _Open) -> None:
        if one.tag in TITLES and (one.own_id or one.tag == "h1"):
            record = self._record(one)
            anchor = "" if one.tag == "h1" else record.own_id
            self._end_part()
            self._begin(Section(anchor, record.kind or one.tag))
            self._title = one.tag
        elif "today" in one.classes and one.own_id:
            self._begin(Section(one.own_id, "today"))
        elif "today__title" in one.classes and self._now and self._now.kind == "today":
            self._title = one.tag

    def _record(self, heading: _Open) -> _Open:
        """Return the record a heading names: `<div id="boundary">` around `<h3 id="boundary-term">`."""
        around = [outer for outer in self._open if outer.own_id and heading.own_id.startswith(f"{outer.own_id}-")]
        return around[-1] if around else heading

    def handle_data(self, data: str) -> None:
        """Keep text that readers came for."""
        if self._now and self._open and not self._open[-1].unread:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End an element and, with a block, its text."""
        self._part(tag)
        if tag in {one.tag for one in self._open}:
            while True:
                closed = self._open.pop()
                if self._around and closed is self._around[0]:
                    self._end_part()
                if closed.tag == tag:
                    break

    def _part(self, tag: str) -> None:
        """End a text with its block; a row of a table is one, with its cells told apart."""
        if tag in BLOCKS | TITLES and (tag == "tr" or "tr" not in {one.tag for one in self._open}):
            self._break()
        elif tag in BLOCKS:
            self._text.append(" ")

    def _break(self) -> None:
        cells = [" ".join(cell.split()) for cell in "".join(self._text).split(CELL)]
        text = CELL.join(cells[1:] or cells)
        if text.strip(CELL) and self._cells == {"th"}:
            text = COLUMNS + text
        self._text.clear()
        self._cells.clear()
        if text and self._title and self._now:
            self._now.title = text
            self._title = ""
        elif text.strip(CELL) and self._now:
            self._now.blocks.append(text)


def read_site(folder: Path) -> dict[str, list[Section]]:
    """Return the sections of every page that is for readers, by address from the site's root."""
    pages = {}
    for path in sorted(folder.rglob("index.html")):
        reader = PageReader(path.read_text(encoding="utf-8"))
        if reader.indexed and reader.sections:
            pages[path.parent.relative_to(folder).as_posix().removeprefix(".")] = reader.sections
    return pages


class Collector:
    """Turns the sections of all pages into the records of the index, each paragraph once."""

    def __init__(self, guide: Guide) -> None:
        self.names = names_by_place(guide)
        self.asks = asks_by_place(guide)
        self.copies = {f"{case.id}-case" for case in guide.cases}  # on other pages than their own
        self.pages: list[list[str]] = []
        self.records: list[list[Any]] = []
        self._seen: set[str] = set()
        self._titles: set[str] = set()

    def has_records(self, address: str, sections: list[Section]) -> bool:
        """Tell whether a page is the home of records: terms, cases, links, changes."""
        return any(
            section.anchor and (section.kind in RECORDS or place(address, section.anchor) in self.names)
            for section in sections
        )

    def add(self, address: str, sections: list[Section]) -> None:
        """Add a page: its title, then every section that says or names something of its own."""
        self.pages.append([address, sections[0].title])
        for section in (one for one in sections if one.anchor not in self.copies):
            text = UNIT.join(self._new(section.blocks))
            where = place(address, section.anchor)
            names, asks = self.names.get(where, []), self.asks.get(where, [])
            if text or names or asks or not section.anchor or section.title not in self._titles:
                number = len(self.pages) - 1
                self.records.append([number, section.anchor, section.title, text, names, section.kind, asks])
            self._titles.add(section.title)

    def _new(self, blocks: list[str]) -> Iterator[str]:
        """Yield what no page before has said; names of columns, where a row of theirs is left."""
        columns = ""
        for block in blocks:
            if block.startswith(COLUMNS):
                columns = block
            elif len(block) < REPEATED or block not in self._seen:
                yield from [columns] if columns and CELL in block else []
                columns = columns if CELL not in block else ""
                self._seen.add(block)
                yield block


def place(address: str, anchor: str) -> str:
    """Return `methods/a1/#flow` for a section of the page `methods/a1`."""
    return (f"{address}/" if address else "") + (f"#{anchor}" if anchor else "")


def names_by_place(guide: Guide) -> dict[str, list[str]]:
    """Return the words besides its title that each record and page is found by."""
    found: dict[str, list[str]] = {f"glossary/#{term.id}": term_names(term) for term in guide.glossary}
    found |= {f"links/#{link.id}": _given(link.abbreviation, link.publisher) for link in guide.links}
    found |= {f"cases/#{case.id}": _given(case.name, case.programme) for case in guide.cases}
    found |= {f"buying/#{one.id}": _given(one.seller, one.title, one.place) for one in guide.offers}
    found |= {f"answers/#{one.id}": one.asks for one in guide.answers}
    found |= {f"precedents/#{one.id}": _given(one.who, one.place) for one in guide.precedents}
    found |= {f"methods/{one.id}/": [one.code, one.title] for one in guide.methods}
    for words in guide.search.pages:
        address = page_address(words.page).lstrip("/")
        found[address] = [*found.get(address, []), *words.words]
    return found


def asks_by_place(guide: Guide) -> dict[str, list[str]]:
    """Return the questions that each part of a page answers, from the front matter of pages and from the records."""
    found = {
        place(page_address(page).strip("/"), "" if part == "page-title" else part): asks
        for page, parts in guide.page_asks.items()
        for part, asks in parts.items()
    }
    records = {
        "answers": guide.answers,
        "changes": guide.changes,
        "glossary": guide.glossary,
        "cases": guide.cases,
        "links": guide.links,
    }
    return found | {f"{page}/#{one.id}": one.asks for page, ones in records.items() for one in ones if one.asks}


def term_names(term: Term) -> list[str]:
    """Return reading, English, symbols, aliases and parts of a term."""
    parts = [name for sub in term.sub_items for name in _given(sub.term, sub.symbol, sub.english)]
    return [*_given(term.reading, *_english(term.english), term.symbol), *term.aliases, *parts]


def _english(text: str | None) -> list[str]:
    """Return `cancellation` and `retirement` of `cancellation / retirement`; `(of …)` is no name."""
    names = [name.strip() for name in re.split("[/()]", text or "")]
    return [name for name in names if name and not name.startswith("of ")]


def _given(*values: str | None) -> list[str]:
    return [value for value in values if value]


def index(guide: Guide, folder: Path) -> dict[str, Any]:
    """Return the index of the pages in `folder`."""
    pages = read_site(folder)
    collector = Collector(guide)
    for address in sorted(pages, key=lambda one: _order(one, pages[one], collector.has_records(one, pages[one]))):
        collector.add(address, pages[address])
    return packed(collector, guide.search)


def packed(collector: Collector, words: SearchWords) -> dict[str, Any]:
    """Return the index in columns of letters written as codes: like stands by like, so it downloads small."""
    page, anchor, title, text, names, kind, asks = (list(column) for column in zip(*collector.records, strict=True))
    lines = {
        "titles": [[one] for one in title],
        "names": names,
        "asks": asks,
        "texts": [[one] for one in text],
        "spellings": [[one.word, *one.variants] for one in words.spellings],
        "synonyms": [one.words for one in words.synonyms],
        "renamed": [one.words for one in words.renamed],
        "readings": [[one.reading, one.word] for one in words.readings],
        "ignored": [words.ignored],
        "intents": [words.intents],
    }
    codes = alphabet(chain.from_iterable(chain(*lines.values())))
    table = str.maketrans(codes)
    return {
        "pages": collector.pages,
        "page": page,
        "anchors": RECORD.join(anchor),
        "kinds": RECORD.join(kind),
        "letters": "".join(codes),
        **{
            name: RECORD.join(WORD.join(one.translate(table) for one in row) for row in rows)
            for name, rows in lines.items()
        },
    }


def alphabet(texts: Iterable[str]) -> dict[str, str]:
    """Return a code for each letter: one byte for the commonest, two for most. A fifth less to download."""
    counted = Counter(letter for text in texts for letter in text)
    common = sorted(counted, key=lambda letter: (-counted[letter], letter))
    return {letter: chr(code) for letter, code in zip(common, chain(*CODES), strict=False)}


def _order(address: str, sections: list[Section], records: bool) -> tuple[bool, bool, bool, int, str]:
    """Records first, of them what changed, as other pages repeat it; then single pages, then those that gather them."""
    depth = -address.count("/") if address else 1
    changed = any(section.kind == "today" for section in sections)
    return (not records, not changed, address.startswith("about"), depth, address)


def write(guide: Guide, folder: Path) -> None:
    """Put the index into a built site, as a script: a page opened from disk cannot fetch JSON."""
    target = folder / INDEX
    target.parent.mkdir(exist_ok=True)
    content = json.dumps(index(guide, folder), ensure_ascii=False, separators=(",", ":"))
    target.write_text(f"self.guideSearchIndex={content};\n", encoding="utf-8")
