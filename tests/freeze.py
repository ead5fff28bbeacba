"""`python -m tests.freeze SITE`: adds the ids of a built site to the frozen list; it never takes one away."""

import re
import sys
from pathlib import Path

from tests.pages import BuiltPage, read_pages

FROZEN = Path(__file__).parent / "frozen-ids.txt"
# ids that number things on a page, or belong to the theme, are no promise
PASSING = re.compile(
    r"tip-\d+|__\w+|fn.*|table-.*|contents-.*|filter-.*|survey-.*|.*-(title|case|term|flow-title)|page-title"
)
HEAD = """\
# Public addresses of records, sections and figures. They are kept for ever: an id may be added, one that
# goes needs a redirect and a line in CHANGELOG.md. `python -m tests.freeze site` adds new ones.
"""


def public_ids(page: BuiltPage) -> list[str]:
    """Return the ids of an article that others may link to."""
    ids = [node.attributes["id"] or "" for node in page.article.css("[id]")]
    return [name for name in ids if not PASSING.fullmatch(name)]


def main(site: Path) -> None:
    """Write the union of the frozen ids and those of the site."""
    known = set(FROZEN.read_text(encoding="utf-8").splitlines()) if FROZEN.exists() else set()
    for page in read_pages(site).values():
        if page.address != "/404.html":
            known |= {f"{page.address}#{name}" for name in public_ids(page)}
    FROZEN.write_text(HEAD + "\n".join(sorted(line for line in known if line.startswith("/"))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
