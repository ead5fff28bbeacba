"""`python -m tests.apparatus [SITE]`: how much of what one sees on a page is scholarship, by kind of page.

Scholarship is what ties the page to its sources: where a thing stands, what was inferred, what is not there, how damage
was read. Counted are letters that are seen before anything is unfolded. The site keeps all of it, one press away.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborNode

from tests.pages import BuiltPage, read_pages

KINDS = {
    "取組方法": r"/methods/\w\d/",
    "取組方法の比較": r"/methods/",
    "ガイド": r"/guide/(\w|-)*/?",
    "事例": r"/cases/",
    "提言": r"/report/(\w|-)*/?",
    "用語集": r"/glossary/",
    "資料とリンク": r"/links/",
}
MARKED = (
    ".tie, .certainty, .source, .remark, .remarks-of, .remarks, .aside, figcaption > p, .fig__legend, .table-notes, #remarks, "
    ".entries > li > p.small, .effects .small, .settled li > p.small, .flow__step > p.small, "
    ".case > p.small:not(.case__since), .case__head > p.small, .case__later > p.small"
)
# said of what the sources do not hold
ABSENT = re.compile(
    r"^[^。]{0,12}（?(原資料に[^。]{0,12}(記載|事例)は?(ありません|なし)|(区分の)?記載なし|[^。]{0,20}はありません)。?）?$"
)
UNSEEN = ".unseen, .term__tip, [hidden], script, style, noscript, template, .headerlink"


def seen(node: LexborNode) -> Iterator[tuple[str, bool]]:
    """Yield each text inside a node that one sees, and whether it is scholarship."""
    hidden = {one.mem_id for one in node.css(UNSEEN)}
    apparatus = {one.mem_id for one in node.css(MARKED)}
    stack = [(node, False)]
    while stack:
        one, marked = stack.pop()
        if one.tag == "-text":
            yield re.sub(r"\s", "", one.text() or ""), marked
        elif one.mem_id not in hidden:
            marked = marked or one.mem_id in apparatus or says_nothing(one)
            closed = one.tag == "details" and "open" not in one.attributes
            stack += [(part, marked) for part in one.iter(include_text=True) if not closed or part.tag == "summary"]


def says_nothing(node: LexborNode) -> bool:
    return node.tag in {"dd", "td", "span", "p"} and bool(ABSENT.match((node.text() or "").strip()))


def share(page: BuiltPage) -> tuple[int, int]:
    """Return how many of the letters seen on a page are scholarship, and how many there are."""
    texts = list(seen(page.article))
    return sum(len(text) for text, marked in texts if marked), sum(len(text) for text, _ in texts)


def shares(site: Path) -> dict[str, tuple[int, int]]:
    """Return the sums of the pages of each kind."""
    found = {address: share(page) for address, page in read_pages(site).items() if not page.is_frame}
    counted = {}
    for kind, pattern in KINDS.items():
        chosen = [two for address, two in found.items() if re.fullmatch(pattern, address)]
        counted[kind] = (sum(marked for marked, _ in chosen), sum(every for _, every in chosen))
    return counted


def main() -> None:
    print("| kind of page | scholarship | letters seen | share |\n| --- | ---: | ---: | ---: |")
    for kind, (marked, every) in shares(Path(*sys.argv[1:2] or ["site"])).items():
        print(f"| {kind} | {marked:,} | {every:,} | {marked / every:.1%} |")


if __name__ == "__main__":
    main()
