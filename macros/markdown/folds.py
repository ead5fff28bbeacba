"""Sections of Markdown whose heading has the class `fold` are folded under it: `## 計算の式 { #formula .fold }`.

A link to the heading, or a search on the page, opens what is folded: browsers do that for `<details>`.
"""

from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

CLASS = "fold"
HEADINGS = {"h1", "h2"}


class Folds(Treeprocessor):
    """Runs after the table of contents, which gave the heading its link to itself."""

    def run(self, root: Element) -> None:
        """Put each heading of that class, with all up to the next one of its rank, into an element that folds."""
        folded: Element | None = None
        for part in list(root):
            if part.tag in HEADINGS:
                folded = _fold(root, part) if CLASS in part.get("class", "").split() else None
            elif folded is not None:
                root.remove(part)
                folded.append(part)


def _fold(root: Element, heading: Element) -> Element:
    """Return the folding element that has taken the heading's place, its heading in its summary."""
    details = Element("details", {"class": CLASS})
    root.insert(list(root).index(heading), details)
    root.remove(heading)
    SubElement(details, "summary").append(heading)
    del heading.attrib["class"]
    # a link inside of what a click folds cannot be reached by all
    for link in heading.findall("a[@class='headerlink']"):
        heading.remove(link)
    return details
