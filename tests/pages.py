"""The built pages, parsed once, for tests that read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

ORIGIN = "http://site"
# as if the site lay in a folder of its host: a link that climbs out of it leads nowhere
ROOT = f"{ORIGIN}/folder"
# one page of each kind
KINDS = [
    "/",
    "/guide/mechanism/",
    "/methods/",
    "/methods/a1/",
    "/calculators/event/",
    "/calculators/factors/",
    "/embed/",
    "/embed/event/",
    "/embed/joint-purchase/",
    "/cases/",
    "/glossary/",
    "/links/",
    "/report/surveys/",
    "/changes/",
    "/downloads/",
    "/about/",
    "/about/accessibility/",
    "/plan/",
    "/answers/",
    "/precedents/",
    "/buying/",
    "/404.html",
]
OUTSIDE = ("http:", "https:", "mailto:", "data:", "javascript:")


@dataclass
class BuiltPage:
    """A page of the site: its address from the root, its HTML and its parts."""

    address: str
    html: str
    # the path on its host that the site was built for: where nothing else is known of the page (404), links name it
    base: str = "/"

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed page."""
        return LexborHTMLParser(self.html)

    @cached_property
    def ids(self) -> list[str]:
        """All ids, in order, repeated ones too."""
        return [node.attributes["id"] or "" for node in self.tree.css("[id]")]

    @property
    def is_frame(self) -> bool:
        """Tell whether it is a calculator alone, for frames of other sites: no site around it, in no index."""
        return self.address.startswith("/embed/") and self.address != "/embed/"

    @cached_property
    def article(self) -> LexborNode:
        """What readers came for, without header, navigation and footer."""
        found = self.tree.css_first("main" if self.is_frame else "article.md-content__inner")
        assert found is not None, self.address
        return found

    @property
    def text(self) -> str:
        """The words of the article, without white space."""
        return "".join(self.article.text().split())

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield (address, anchor) of every link within the site, from its root."""
        for node in self.tree.css("a[href], link[href], script[src], img[src], form[action]"):
            target = node.attributes.get("href") or node.attributes.get("src") or node.attributes.get("action") or ""
            if not target.startswith(OUTSIDE):
                target = f"/{target.removeprefix(self.base)}" if target.startswith(self.base) else target
                base = ORIGIN if target.startswith("/") else ROOT
                address, anchor = urldefrag(urljoin(base + self.address, target).removeprefix(base))
                yield unquote(address), unquote(anchor)


def address_of(site: Path) -> str:
    """Return the public address that a site was built for, with a slash at the end; empty when it knows none."""
    home = LexborHTMLParser((site / "index.html").read_text(encoding="utf-8"))
    link = home.css_first("link[rel=canonical]")
    return (link.attributes["href"] or "") if link else ""


def path_of(site: Path) -> str:
    """Return the path on its host that a site was built for."""
    return urlsplit(address_of(site)).path or "/"


def read_pages(site: Path) -> dict[str, BuiltPage]:
    """Return every page of a built site by its address (`/`, `/glossary/` …; `/404.html`)."""
    pages, base = {}, path_of(site)
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        address = "/" + (name.removesuffix("index.html") if name.endswith("index.html") else name)
        pages[address] = BuiltPage(address, path.read_text(encoding="utf-8"), base)
    return pages
