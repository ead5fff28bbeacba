"""Public ids are kept for ever: the build compares what it made with the list of what was published before.

They are the addresses of pages and of places in them, and the names of calculators that stand in links and files.
One that is gone stops the build. New ones are told; the build for publishing writes them down, and nothing is published
that is not on the list. Publishing reads this module with nothing installed but Python.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..models.calculators import Calculator

LIST = Path("tests", "frozen-ids.txt")
# ids that number things on a page, or belong to the theme, are no promise
PASSING = re.compile(
    r"tip-\d+|__\w+|fn.*|table-.*|contents-.*|filter-.*|survey-.*|.*-(title|case|term|flow-title)|page-title"
)
# what readers came for, without header, menu and footer
ARTICLE = re.compile(r'<article class="?md-content__inner.*</article>|<main(?![^>]*md-main).*</main>', re.DOTALL)


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "id" and value]


def public_ids(html: str) -> list[str]:
    """Return the ids of a page's article that others may link to."""
    article = ARTICLE.search(html)
    reader = _Ids()
    reader.feed(article[0] if article else "")
    reader.close()
    return [name for name in reader.found if not PASSING.fullmatch(name)]


def addresses(site: Path) -> Iterator[str]:
    """Yield the address of every page of a built site, and with `#id` of every place in it, from the site's root."""
    for path in sorted(site.rglob("index.html")):
        page = f"/{path.parent.relative_to(site).as_posix()}/".replace("/./", "/")
        yield page
        yield from (f"{page}#{name}" for name in public_ids(path.read_text(encoding="utf-8")))


def calculator_names(calculators: "Iterable[Calculator]") -> Iterator[str]:
    """Yield every id of whole calculators that links, files and other sites hold: `calculator event input people`."""
    for one in calculators:
        fields = [field for group in one.groups for field in group.inputs]
        columns, row_results = (one.rows.columns, one.rows.results) if one.rows else ([], [])
        names = [f"input {field.id}" for field in fields] + [f"column {field.id}" for field in columns]
        names += [
            f"choice {field.id} {word}"
            for field in [*fields, *columns]
            for choice in field.choices
            for word in (choice.id, *choice.aliases)
        ]
        names += [f"line {line.id}" for line in one.lines]
        names += [f"result {result.id}" for result in [*one.results, *row_results]]
        yield from (f"calculator {one.id} {name}" for name in names)


@dataclass(frozen=True)
class Frozen:
    """The list of a project, line by line."""

    path: Path
    lines: list[str]

    @classmethod
    def of(cls, root: Path) -> "Frozen | None":
        """Return the list of the project at `root`; None for a project that has published nothing."""
        path = root / LIST
        return cls(path, path.read_text(encoding="utf-8").splitlines()) if path.is_file() else None

    @property
    def known(self) -> dict[str, int]:
        """The names with their lines, from 1."""
        return {line.strip(): number for number, line in enumerate(self.lines, 1) if _is_name(line)}

    def lost(self, found: set[str]) -> dict[str, int]:
        """Return the names, with their lines, that are on the list and not among those found."""
        gone = {name: line for name, line in self.known.items() if name not in found}
        # what stood on a page that is gone is not told besides
        return {name: line for name, line in gone.items() if "#" not in name or name.split("#")[0] not in gone}

    def new(self, found: set[str]) -> list[str]:
        """Return the names that are not on the list."""
        return sorted(found - set(self.known))

    def add(self, found: set[str]) -> None:
        """Write the names found to the list, in order; none is taken away."""
        head = [line for line in self.lines if not _is_name(line)]
        text = "\n".join([*head, *sorted({*self.known, *found})])
        self.path.write_text(text + "\n", encoding="utf-8")


def _is_name(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")
