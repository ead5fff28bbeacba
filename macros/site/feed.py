"""`/changes/feed.xml`: what is known of today, record by record, as Atom (RFC 4287), the last written first.

Notes of what changed since 2011, answers, sellers and precedents: decisions/0116.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from ..exports import LICENCE, RIGHTS, Head, Publisher
from ..models.base import Record
from ..models.guide import SourceCitation
from ..models.labels import label
from ..models.versions import moment_of
from ..rendering import Renderer

ATOM = "http://www.w3.org/2005/Atom"
PATH = "changes/feed.xml"
TITLE = "変わったこと・売り手・実例・答え"
SUBTITLE = (
    "制度・指針・目標などの変わったこと、クレジットの売り手、実例、よくある問いを、日付、出典、確度とともに知らせます。"
)
# never change this: ids made from it stay the same when the site moves
NAMESPACE = UUID("8f6b1f0e-6a34-4c55-9a5e-3d0b1c1f7a52")
# a feed must say when it changed, even one without entries
EMPTY = "2011-07-01T00:00:00+09:00"


class Entry(NamedTuple):
    """A record as the feed tells it; `kind` is its data set, `page` where it has its anchor, `labels` its categories."""

    kind: str
    page: str
    id: str
    title: str
    versions: list[str]
    labels: dict[str, str]
    html: str
    sources: list[SourceCitation] = []

    @property
    def updated(self) -> str:
        """When its text last changed."""
        return moment_of(self.versions)


def write_feed(folder: Path, head: Head, renderer: Renderer) -> None:
    """Write the feed into a built site."""
    (folder / PATH).parent.mkdir(parents=True, exist_ok=True)
    (folder / PATH).write_bytes(feed_of(head, Publisher(head.guide, renderer.number), renderer))


def feed_of(head: Head, publisher: Publisher, renderer: Renderer) -> bytes:
    """Return the feed; ids, order and times come from the texts alone: looking them over leaves it as it is.

    Links to the site stand in it where the site has an address.
    """
    ET.register_namespace("", ATOM)
    told = sorted(_told(renderer), key=lambda entry: entry.updated, reverse=True)
    root = _start(head, told)
    for entry in told:
        _write(root, entry, head, publisher)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def identity(name: str) -> str:
    """Return the id of a part of the feed, for ever: of its name, not of where the site is."""
    return uuid5(NAMESPACE, name).urn


def named(record: Record, field: str, value: str) -> str:
    """Return what the pages call a value of a field."""
    return label(type(record)).fields[field].choices[value]


def _told(renderer: Renderer) -> Iterator[Entry]:
    guide = renderer.guide
    for one in guide.changes:
        topics = {one.topic: named(one, "topic", one.topic), **_grade(one)}
        html = renderer.render("feed-change", change=one)
        yield Entry("changes", "changes", one.id, one.title, one.versions, topics, html, one.sources)
    for one in guide.answers:
        topics = {f"answers-{one.topic}": f"よくある問い：{named(one, 'topic', one.topic)}"}
        html = renderer.render("feed-answer", **renderer.with_grounds(one))
        yield Entry("answers", "answers", one.id, one.question, one.versions, topics, html)
    for one in guide.offers:
        topics = {f"offers-{kind}": f"売り手：{named(one, 'kinds', kind)}" for kind in one.kinds} | _grade(one)
        title = f"売り手：{one.seller}「{one.title}」"
        yield Entry("offers", "buying", one.id, title, one.versions, topics, renderer.offer_told(one), one.sources)
    for one in guide.precedents:
        topics = {f"precedents-{one.kind}": f"実例：{named(one, 'kind', one.kind)}", **_grade(one)}
        title = f"実例：{one.title}（{renderer.precedent_line(one)}）"
        html = renderer.precedent_told(one)
        yield Entry("precedents", "precedents", one.id, title, one.versions, topics, html, one.sources)


def _grade(one: Any) -> dict[str, str]:
    return {f"grade-{one.grade}": f"確度 {one.grade}"}


def _start(head: Head, told: Iterable[Entry]) -> ET.Element:
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "ja"})
    _add(root, "id", identity(PATH))
    _add(root, "title", f"{TITLE} - {head.site.title}")
    _add(root, "subtitle", SUBTITLE)
    _add(root, "updated", max([entry.updated for entry in told], default=EMPTY))
    if head.site.address:
        _add(root, "link", rel="self", type="application/atom+xml", href=head.site.address + PATH)
        _add(root, "link", rel="alternate", type="text/html", href=head.site.address + "changes/")
    _add(root, "link", rel="license", href=LICENCE["path"])
    _add(root, "rights", f"{LICENCE['name']}：{RIGHTS}")
    _add(_add(root, "author"), "name", head.guide.site.operator.name or head.site.title)
    return root


def _write(root: ET.Element, entry: Entry, head: Head, publisher: Publisher) -> None:
    written = _add(root, "entry")
    _add(written, "id", identity(f"{entry.kind}/{entry.id}"))
    _add(written, "title", publisher.words(entry.title))
    _add(written, "published", moment_of(entry.versions[:1]))
    _add(written, "updated", entry.updated)
    if head.site.address:
        _add(written, "link", rel="alternate", type="text/html", href=f"{head.site.address}{entry.page}/#{entry.id}")
    for source in entry.sources:
        if source.url:
            _add(written, "link", rel="via", href=source.url, title=f"{source.publisher}「{source.title}」")
    for term, title in entry.labels.items():
        _add(written, "category", term=term, label=title)
    _add(written, "content", publisher.words(entry.html), type="html")


def _add(parent: ET.Element, tag: str, words: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    made.text = words
    return made
