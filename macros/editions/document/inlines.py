"""Reads the words inside a paragraph of a built page."""

import re
from dataclasses import replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from .tree import Role, Run, Runs

TEXT = "-text"
BREAK = "\u2028"
WHITE = re.compile("[ \\t\\r\\n\\f]+")
# a line that ends in the source parts two words of Latin letters only
JOIN = re.compile(r"(?<![!-~])[ \t]*\n[ \t]*|[ \t]*\n[ \t]*(?![!-~])")
SITE = "http://site"
# what a page shows on screens only
DROPPED_TAGS = {"script", "style", "nav", "input", "select", "button", "svg", "meta", "template"}
DROPPED = {
    "headerlink",
    "term__tip",
    "lookup",
    "kana",
    "filter",
    "chooser__result",
    "download",
    "fig__dash",
    "fig--screen",  # its numbers stand in the records
    "table--side",  # an example of three records that stand above
    "no-print",
    "case__since",  # leads to records of the site
    "today__when",  # stands in the last line of the note
    "today-pointer",  # says that they stand above
    "today-placed",  # links to notes that stand whole in the same paper
}
ROLES: dict[str, Role] = {
    "small": "small",
    "tie": "small",
    "grade": "small",
    "certainty": "small",
    "flow__paper": "small",
    "flow__duration": "small",
    "source__label": "label",
    "today__label": "label",
    "remark__label": "label",
    "case__no": "strong",
    "card__code": "strong",
    "catalogue__code": "strong",
    "chooser__methods": "small",
}
# words that only a space or a rule of the style sheet parts from the next ones
PARTED = {"case__no", "card__code", "source__label", "flow__mark"}
# with a line between: over a gap, readers of PDF take a label for a column of its own
LABELS = {"today__label", "remark__label"}
SET_OFF = {"flow__duration", "tie"}


def classes(node: LexborNode) -> list[str]:
    """Return the classes of a node."""
    return (node.attributes.get("class") or "").split()


def dropped(node: LexborNode) -> bool:
    """Tell whether paper does without a node."""
    return node.tag in DROPPED_TAGS or bool(DROPPED & set(classes(node))) or "hidden" in node.attributes


def runs_of(nodes: list[LexborNode], page: str) -> Runs:
    """Return the words of inline nodes, with white space as a reader sees it."""
    return tidy(tuple(run for node in nodes for run in _runs(node, Run(""), page)))


def _runs(node: LexborNode, look: Run, page: str) -> list[Run]:
    if node.tag == TEXT:
        return [replace(look, text=node.text() or "")]
    if (node.tag or "").startswith(("-", "_", "!")) or dropped(node):
        return []
    if node.tag == "br":
        return [replace(look, text=BREAK)]
    inner = _look(node, look, page)
    runs = [run for child in node.iter(include_text=True) for run in _runs(child, inner, page)]
    return [*_sign("　", SET_OFF, node), *runs, *_sign("　", PARTED, node), *_sign("｜", LABELS, node)]


def _sign(sign: str, names: set[str], node: LexborNode) -> list[Run]:
    return [Run(sign)] if names & set(classes(node)) else []


def _look(node: LexborNode, look: Run, page: str) -> Run:
    if node.tag in {"strong", "b", "dt", "legend"}:
        return replace(look, role=look.role or "strong")
    if node.tag == "a" and node.attributes.get("href"):
        address = urljoin(SITE + page, node.attributes["href"] or "").removeprefix(SITE)
        return replace(look, link=address, term=look.term and address.rpartition("#")[2])
    if "term" in classes(node):
        return replace(look, term="?")
    role = next((ROLES[name] for name in classes(node) if name in ROLES), "")
    return replace(look, role=role or look.role)


def tidy(runs: Runs) -> Runs:
    """Return runs with white space folded and empty ones left out."""
    folded: list[Run] = []
    for run in runs:
        text = WHITE.sub(" ", JOIN.sub("", run.text))
        if not folded or folded[-1].text.endswith((" ", "　", BREAK)):
            text = text.lstrip(" ")
        if folded and not run.link and replace(folded[-1], text=text) == replace(run, text=text):
            # one look, one run: words of a line are found whole, whatever elements they stand in
            folded[-1] = replace(run, text=folded[-1].text + text)
        elif text:
            folded.append(replace(run, text=text))
    return _without_end(folded)


def _without_end(runs: list[Run]) -> Runs:
    while runs and not runs[-1].text.strip():
        runs.pop()
    if runs:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return tuple(runs)


def joined(several: list[Runs], between: str = "、") -> Runs:
    """Return short things that stand beside each other as one line."""
    return tuple(run for runs in several for run in (Run(between), *runs))[1:]
