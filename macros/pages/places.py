"""Checks where pages and records lead to: places that are there, parts that stand once, files that something uses."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from posixpath import normpath

from ..loading import HOMES, WHOLE, Known, Page, Problem, Source, allowed, blanked, problem
from ..rendering import Macro
from .body import ASSETS, HEADING, LINK, MACRO

PLACE = re.compile(r"\{ #([^ }]+)")
LEADS = re.compile(r"\]\(([^)\s#?]*)#([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FROZEN = Path("tests", "frozen-ids.txt")
NO_PLACE = "「#{}」という所が、ページ docs/{}.md にありません。{}"
TWICE = "部品 {} は {}行めにもあります。ひとつにしてください"
SECTION = re.compile(r"^(#{2,}) +(.*?) *\{ #[^}\n]*\}[ \t]*$", re.MULTILINE)
SAME_HEADING = "見出し「{}」は {}行めにもあります。目次で見分けられる言葉にしてください"
EMPTY_SECTION = "見出し「{}」の下に何もありません。書くか、見出しを消してください"
LONGEST_DESCRIPTION = 120
LONG = "説明は {}字までにしてください（いまは{}字）。検索の結果では、後ろが切れます"
UNUSED = "どのページも、このファイルを使いません。使うところに書くか、消してください"
# what may stand under several headings
AGAIN = {"source"}
READERS = {".yml", ".html", ".py", ".md", ".js", ".css"}


class Places:
    """The places that links may name: headings, ids of records, and what was published before."""

    def __init__(self, root: Path, pages: list[Page], known: Known) -> None:
        self.pages = {page.name: page for page in pages}
        self.records = {own for kind, (home, _) in HOMES.items() if home for own in known[kind]}
        frozen = root / FROZEN
        lines = frozen.read_text(encoding="utf-8").splitlines() if frozen.is_file() else []
        self.published = {line for line in lines if "#" in line[1:]}

    def fault(self, name: str, place: str) -> str | None:
        """Return what is wrong with a place on a page; a page that is not there is told elsewhere."""
        page = self.pages.get(name)
        if page is None or place in self.records:
            return None
        headings = PLACE.findall(page.text)
        if place in headings or f"{_address(name)}#{place}" in self.published or (page.calls and not self.published):
            return None
        return NO_PLACE.format(place, name, allowed(place, headings))


def _address(name: str) -> str:
    folder = "" if name == "index" else name.removesuffix("/index")
    return f"/{folder}/" if folder else "/"


def check_places(root: Path, sources: list[Source], pages: list[Page], known: Known) -> Iterator[Problem]:
    """Yield the links of pages and of the plan that lead to no place."""
    places = Places(root, pages, known)
    for page in pages:
        for number, line in enumerate(blanked(page.text).split("\n"), 1):
            for path, place in LEADS.findall(line):
                target = normpath((PurePosixPath(page.name).parent / path).as_posix()) if path else f"{page.name}.md"
                if text := places.fault(target.removesuffix(".md"), place):
                    yield Problem(page.file, number, LINK, text)
    yield from _plan_links(sources, places)


def _plan_links(sources: list[Source], places: Places) -> Iterator[Problem]:
    for source in (one for one in sources if one.name == "plan" and one.value):
        for i, task in enumerate(source.value.tasks):
            for j, link in enumerate(task.links):
                text = places.fault(link.page, link.anchor) if link.anchor else None
                if text:
                    yield problem(source.file, source.content.lines, ("tasks", i, "links", j, "anchor"), text)


def check_sections(pages: list[Page]) -> Iterator[Problem]:
    """Yield headings that another one of the page repeats or that head nothing, and descriptions nobody reads to the end."""
    for page in pages:
        if page.head and len(page.head.description) > LONGEST_DESCRIPTION:
            line = next((n for n, text in enumerate(page.text.split("\n"), 1) if text.startswith("description:")), 1)
            yield Problem(page.file, line, "description", LONG.format(LONGEST_DESCRIPTION, len(page.head.description)))
        yield from _sections(page)


def _sections(page: Page) -> Iterator[Problem]:
    first: dict[str, int] = {}
    # what stands in blocks of code heads nothing
    found = [] if "```" in page.text or "~~~" in page.text else list(SECTION.finditer(page.text, page.start))
    for one, following in zip_longest(found, found[1:]):
        line, words = page.line_at(one.start()), one[2]
        if words and first.setdefault(words, line) != line:
            yield Problem(page.file, line, HEADING, SAME_HEADING.format(words, first[words]))
        below = page.text[one.end() : following.start() if following else len(page.text)].strip()
        if not below and (following is None or len(following[1]) <= len(one[1])):
            yield Problem(page.file, line, HEADING, EMPTY_SECTION.format(words))


def repeated_parts(pages: list[Page], macros: dict[str, Macro]) -> Iterator[Problem]:
    """Yield blocks that a page draws twice: their ids would stand twice, and links lead to the first."""
    for page in pages:
        first: dict[tuple, int] = {}
        for call in page.calls:
            if call.name in macros and not macros[call.name].mark.inline and call.name not in AGAIN:
                line = page.line_at(call.start)
                before = first.setdefault((call.name, call.words), line)
                if before != line:
                    yield Problem(page.file, line, MACRO, TWICE.format(macros[call.name].call(*call.words), before))


def unused_files(root: Path, files: list[str]) -> Iterator[Problem]:
    """Yield the scripts, styles and pictures that nothing names: they would be published all the same."""
    assets = [file for file in files if PurePosixPath(file).parent.as_posix() in ASSETS]
    folders = [root / name for name in ("docs", "overrides", "macros")]
    # without the page shells, what they name is not known
    if not assets or not (root / "overrides").is_dir():
        return
    paths = [root / "mkdocs.yml", *(path for folder in folders for path in folder.rglob("*"))]
    readers = [path for path in paths if path.suffix in READERS and path.is_file()]
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in readers}
    for file in assets:
        own, name, stem = root / "docs" / file, PurePosixPath(file).name, PurePosixPath(file).stem
        # what one page needs is named by its stem alone
        named = (name, f'"{stem}"', f"'{stem}'")
        if not any(one in text for path, text in texts.items() if path != own for one in named):
            yield Problem(f"docs/{file}", 1, WHOLE, UNUSED)
