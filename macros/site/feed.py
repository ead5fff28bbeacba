"""`/changes/feed.xml`: what changed since 2011 and the answers to questions, as Atom (RFC 4287), the last written first."""

from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from ..exports import LICENCE, RIGHTS, Head, Publisher
from ..models import Answer, Change
from ..models.labels import labels
from ..models.versions import moment_of
from ..rendering import Renderer

ATOM = "http://www.w3.org/2005/Atom"
PATH = "changes/feed.xml"
TITLE = "2011年から変わったこと"
# never change this: ids made from it stay the same when the site moves
NAMESPACE = UUID("8f6b1f0e-6a34-4c55-9a5e-3d0b1c1f7a52")
# a feed must say when it changed, even one without entries
EMPTY = "2011-07-01T00:00:00+09:00"


def write_feed(folder: Path, head: Head, renderer: Renderer) -> None:
    """Write the feed into a built site."""
    (folder / PATH).parent.mkdir(parents=True, exist_ok=True)
    (folder / PATH).write_bytes(feed_of(head, Publisher(head.guide, renderer.number), renderer))


def feed_of(head: Head, publisher: Publisher, renderer: Renderer) -> bytes:
    """Return the feed; ids, order and times come from the texts alone: looking them over leaves it as it is.

    Links to the site stand in it where the site has an address.
    """
    ET.register_namespace("", ATOM)
    root = _start(head)
    written = [*head.guide.changes, *head.guide.answers]
    for one in sorted(written, key=lambda one: moment_of(one.versions), reverse=True):
        if isinstance(one, Change):
            _change(root, one, head, publisher.words(renderer.render("feed-entry", change=one)))
        else:
            _answer(root, one, head, publisher.words(renderer.render("feed-answer", **renderer.with_grounds(one))))
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def identity(name: str) -> str:
    """Return the id of a part of the feed, for ever: of its name, not of where the site is."""
    return uuid5(NAMESPACE, name).urn


def topic_label(topic: str, data: str = "changes") -> str:
    """Return what the page calls a topic."""
    return labels()[data, ""].fields["topic"].choices[topic]


def _start(head: Head) -> ET.Element:
    guide = head.guide
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "ja"})
    _add(root, "id", identity(PATH))
    _add(root, "title", f"{TITLE} - {head.site.title}")
    _add(root, "subtitle", "制度・指針・目標・事例などの変わったことを、日付、出典、確度とともに知らせます。")
    _add(root, "updated", max([moment_of(one.versions) for one in (*guide.changes, *guide.answers)] or [EMPTY]))
    if head.site.address:
        _add(root, "link", rel="self", type="application/atom+xml", href=head.site.address + PATH)
        _add(root, "link", rel="alternate", type="text/html", href=head.site.address + "changes/")
    _add(root, "link", rel="license", href=LICENCE["path"])
    _add(root, "rights", f"{LICENCE['name']}：{RIGHTS}")
    _add(_add(root, "author"), "name", guide.site.operator.name or head.site.title)
    return root


def _change(root: ET.Element, change: Change, head: Head, html: str) -> None:
    entry = _entry(root, f"changes/{change.id}", f"changes/#{change.id}", change.title, change.versions, head)
    for source in change.sources:
        if source.url:
            _add(entry, "link", rel="via", href=source.url, title=f"{source.publisher}「{source.title}」")
    _add(entry, "category", term=change.topic, label=topic_label(change.topic))
    _add(entry, "category", term=f"grade-{change.grade}", label=f"確度 {change.grade}")
    _add(entry, "content", html, type="html")


def _answer(root: ET.Element, answer: Answer, head: Head, html: str) -> None:
    entry = _entry(root, f"answers/{answer.id}", f"answers/#{answer.id}", answer.question, answer.versions, head)
    _add(
        entry, "category", term=f"answers-{answer.topic}", label=f"よくある問い：{topic_label(answer.topic, 'answers')}"
    )
    _add(entry, "content", html, type="html")


def _entry(root: ET.Element, name: str, path: str, title: str, versions: list[str], head: Head) -> ET.Element:
    entry = _add(root, "entry")
    _add(entry, "id", identity(name))
    _add(entry, "title", title)
    _add(entry, "published", moment_of(versions[:1]))
    _add(entry, "updated", moment_of(versions))
    if head.site.address:
        _add(entry, "link", rel="alternate", type="text/html", href=f"{head.site.address}{path}")
    return entry


def _add(parent: ET.Element, tag: str, words: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    made.text = words
    return made
