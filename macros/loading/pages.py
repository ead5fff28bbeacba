"""Reads the pages of `docs/`: front matter (what stands between two `---` at the start) and the text below it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import TypeAdapter, ValidationError

from ..models.base import Id, NotEmpty, Record, Text
from .calls import NOWHERE, OPENERS, Call, Fault, read_calls, told
from .doubles import TWICE, as_read
from .lines import parse
from .merging import check_merged
from .problems import Problem, from_reading, from_validation
from .texts import Unfit, read_text

LINE = "---"
NO_HEAD = "始めに、「---」の行ではさんだ title（題）と description（説明）が要ります"
NO_DASHES = "始めの行は、半角のハイフン3つ「---」だけにしてください"
# what a word processor makes of them
DASHES = re.compile(r"(?!---\s*$)[-‐‑‒–—―ー－−─]+\s*")
NO_PART = "「{}」という見出しはこのページにありません。見出しの行の { #… } にある id を書いてください（ページ全体は page-title）"
NOT_CLOSED = "始めの「---」が閉じていません。title と description のあとに「---」だけの行を置いてください"


class NotSearched(Record):
    """Says that a page stands in no search."""

    exclude: Literal[True]


class Head(Record):
    """The front matter of a page; the theme knows many more keys, some of which would run code."""

    title: Text
    description: Text
    hide: list[Literal["navigation", "toc"]] = []
    template: Literal["embed.html"] | None = None
    search: NotSearched | None = None
    asks: dict[Id, Annotated[list[Text], NotEmpty]] = {}
    """The questions that a part of the page answers, by the id of its heading (`page-title`: the page as a whole)."""


HEAD = TypeAdapter(Head)


@dataclass(frozen=True)
class Page:
    """A page: its file from the project's root, its name (`guide/meaning`), its whole text and what it says of itself."""

    file: str
    name: str
    text: str
    head: Head | None
    start: int
    """The letter at which the text below the front matter begins."""
    problems: tuple[Problem, ...] = ()

    def line_at(self, letter: int) -> int:
        """Return the line, from 1, of a letter of the text."""
        return self.text.count("\n", 0, letter) + 1

    @cached_property
    def read(self) -> list[Call | Fault]:
        """Everything below the front matter that Jinja would read."""
        return [one for one in read_calls(self.text) if one.start >= self.start]

    @property
    def calls(self) -> list[Call]:
        """The macros that the page calls."""
        return [one for one in self.read if isinstance(one, Call)]

    @property
    def is_frame(self) -> bool:
        """Tell whether the page is made for frames of other sites, without this site's menu."""
        return self.head is not None and self.head.template is not None


def read_pages(root: Path) -> list[Page]:
    """Return every page of `root/docs`, sound or not, in a fixed order."""
    return [read_page(root, path) for path in sorted((root / "docs").rglob("*.md")) if not path.name.startswith(".")]


def read_page(root: Path, path: Path) -> Page:
    """Return one page, sound or not."""
    file = path.relative_to(root).as_posix()
    name = path.relative_to(root / "docs").with_suffix("").as_posix()
    try:
        text = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
        check_merged(text)
    except Unfit:  # told with all other files that are no texts of ours
        return Page(file, name, "", None, 0)
    except (OSError, yaml.YAMLError) as error:
        return Page(file, name, "", None, 0, tuple(from_reading(file, error)))
    return _parted(file, name, text)


def _parted(file: str, name: str, text: str) -> Page:
    first, *lines = text.split("\n")
    if DASHES.fullmatch(first):
        # nothing below can be told from front matter
        return Page(file, name, "", None, 0, (Problem(file, 1, "（先頭）", NO_DASHES),))
    if first.rstrip() != LINE:
        return Page(file, name, text, None, 0, (Problem(file, 1, "（先頭）", NO_HEAD),))
    # MkDocs takes `...` for an end too
    closing = next((i for i, line in enumerate(lines) if line.rstrip() in {LINE, "..."}), None)
    if closing is None or lines[closing].rstrip() != LINE or any(line.startswith("#") for line in lines[:closing]):
        return Page(file, name, text, None, 0, (Problem(file, 1, "（先頭）", NOT_CLOSED),))
    words = "\n".join(lines[:closing]) + "\n"
    head, problems = _head(file, words)
    start = len(first) + 1 + len(words) + len(lines[closing]) + 1
    return Page(file, name, text, head, start, (*problems, *_lost_parts(file, head, words, text[start:])))


def _lost_parts(file: str, head: Head | None, words: str, body: str) -> Iterator[Problem]:
    """Tell of questions that belong to no heading of the page, or are asked twice."""
    lines = [line.strip() for line in words.split("\n")]
    for part in head.asks if head else {}:
        if f"#{part} " not in body:
            yield Problem(file, lines.index(f"{part}:") + 2, f"asks → {part}", NO_PART.replace("{}", part))
    asked = [(part, question) for part, questions in head.asks.items() for question in questions] if head else []
    for i, (part, question) in enumerate(asked):
        if as_read(question) in {as_read(other) for _, other in asked[:i]}:
            line = max(n for n, text in enumerate(lines, 2) if text.endswith(question))
            yield Problem(file, line, f"asks → {part}", TWICE.format(question))


def _head(file: str, words: str) -> tuple[Head | None, list[Problem]]:
    """Return the front matter and what is wrong with it, on the lines of the page."""
    run = list(_run(file, words))
    if run:
        return None, run
    try:
        content = parse(words)
    except (yaml.YAMLError, RecursionError) as error:
        return None, [one._replace(line=one.line + 1) for one in from_reading(file, error)]
    lines = {where: line + 1 for where, line in content.lines.items()}
    repeated = [
        Problem(file, line + 1, str(where[-1]), "同じ項目が二度あります。ひとつにしてください")
        for where, line in content.repeated
    ]
    shown = content.value.items() if isinstance(content.value, dict) else []
    repeated += [
        Problem(file, lines[key,], key, text) for key, value in shown if isinstance(value, str) for text in told(value)
    ]
    try:
        return HEAD.validate_python(content.value or {}), repeated
    except ValidationError as error:
        return None, [*repeated, *from_validation(file, lines | {(): 1}, Head, error)]


def _run(file: str, words: str) -> Iterator[Problem]:
    for number, line in enumerate(words.split("\n"), 2):
        if OPENERS.search(line):
            yield Problem(file, number, line.partition(":")[0].strip() or "（先頭）", NOWHERE)
