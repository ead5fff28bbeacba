"""Records about the source documents, the site itself and its figures."""

import re
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import Address, Certainty, FigureRef, Id, MethodRef, NodeRef, PageRef, Record, SomeCount, Sources, Text, When

# more parties than this do not stand side by side
MOST_NODES = 4
REPOSITORY = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+(?<!\.git)")


class Operator(Record):
    """Who runs the site; both empty until the operator fills them in."""

    name: Text | None = None
    contact: Text | None = None

    @model_validator(mode="after")
    def _whole_or_empty(self) -> "Operator":
        if (self.name is None) != (self.contact is None):
            raise PydanticCustomError("operator_half", "operator half")
        return self


class Site(Record):
    """Who runs the site, when what it says of today was last gathered, where else it is seen, where its files can be edited."""

    operator: Operator
    data_as_of: When
    other_addresses: list[Address] = []
    repository: Address | None = None
    branch: Text = "main"

    @model_validator(mode="after")
    def _addresses_lead_there(self) -> "Site":
        for i, address in enumerate(self.other_addresses):
            if not address.endswith("/"):
                raise PydanticCustomError("address_end", "address end", {"at": ("other_addresses", i)})
        if self.repository and not REPOSITORY.fullmatch(self.repository):
            raise PydanticCustomError("repository", "repository", {"at": ("repository",)})
        return self


class Section(Record):
    """A part of a source document and the page that carries it here."""

    id: str
    label: Text
    title: Text
    page: PageRef


class Document(Record):
    """A source document: label is how pages name it (概要版, 提言)."""

    id: Id
    label: Text
    title: Text
    title_note: Text | None = None
    issued: When
    issued_text: Text
    publishers: list[Text]
    contractor: Text | None = None
    sections: list[Section]


class Edition(Record):
    """One of the three parts the 2011 guidebook was published in."""

    id: Id
    mark: Text
    title: Text
    pages: SomeCount | None = None
    colour: Text | None = None
    content: Text
    for_whom: list[Text]
    here: Text
    source: Sources


class ContentsItem(Record):
    """A line of the table of contents of the 235-page edition."""

    no: Text | None = None
    title: Text
    held: Literal["excerpt", "partial", "none"]
    page: PageRef | None = None
    method: MethodRef | None = None
    note: Text | None = None


class ContentsPart(Record):
    """A part of the table of contents."""

    part: Text
    chapter: Text | None = None
    items: list[ContentsItem]


class WebFile(Record):
    """A PDF offered on the programme's own page in 2012."""

    title: Text


class Guidebook(Record):
    """The guidebook as a publication: editions, contents, colophon."""

    title: Text
    project: Text
    issued: When
    issued_text: Text
    editions: list[Edition]
    contents: list[ContentsPart]
    web_files: list[WebFile]
    source: Sources


class Node(Record):
    """A party or thing in a figure."""

    id: Id
    label: Text
    role: Text | None = None
    holds: list[Text] = []
    does: list[Text] = []


class Arrow(Record):
    """What one node gives another; `certainty` tells whether the source shows the direction."""

    source: NodeRef
    target: NodeRef
    label: Text
    detail: Text | None = None
    via: NodeRef | None = None
    certainty: Certainty = "inferred"


class Item(Record):
    """A numbered or plain entry of a figure."""

    mark: Text | None = None
    title: Text
    text: Text | None = None
    texts: list[Text] = []


class Figure(Record):
    """A diagram of the guidebook, drawn at build time.

    kind: relation (nodes and arrows) · steps (in order) · groups (around a centre) ·
    labels (nodes and labels whose arrows are lost) · catalogue (made from the methods).
    """

    id: Id
    kind: Literal["relation", "steps", "groups", "labels", "catalogue"]
    title: Text
    alt: Text
    source: Sources
    credit: Text | None = None
    note: Text | None = None
    centre: Text | None = None
    nodes: list[Node] = []
    arrows: list[Arrow] = []
    items: list[Item] = []

    @model_validator(mode="after")
    def _fits_side_by_side(self) -> "Figure":
        if self.kind == "relation" and len(self.nodes) > MOST_NODES:
            raise PydanticCustomError("too_many_nodes", "too many nodes", {"at": ("nodes",)})
        return self

    @model_validator(mode="after")
    def _arrows_lead_on(self) -> "Figure":
        for i, arrow in enumerate(self.arrows):
            if arrow.source == arrow.target:
                raise PydanticCustomError("figure_arrows", "figure arrows", {"at": ("arrows", i)})
        joined = {end for arrow in self.arrows for end in (arrow.source, arrow.target, arrow.via)}
        # an arrow to nobody is told by itself
        known = {node.id for node in self.nodes} >= joined - {None}
        for i, node in enumerate(self.nodes if self.arrows and known else []):
            if node.id not in joined:
                raise PydanticCustomError("figure_arrows", "figure arrows", {"at": ("nodes", i)})
        return self


class LostFigure(Record):
    """A figure the sources name but whose content did not survive."""

    id: Id
    title: Text
    note: Text
    source: Sources
    page: PageRef
    see: FigureRef | None = None


class Remark(Record):
    """A damaged or doubtful passage, shown where it occurs and listed in /about/."""

    id: Id
    kind: Literal["number", "name", "misprint", "layout", "missing"]
    title: Text
    text: Text
    source: Sources
    pages: list[PageRef]


class Choice(Record):
    """An answer of the chooser and the methods it leaves in."""

    id: Id
    label: Text
    methods: list[MethodRef]


class Question(Record):
    """A question of the method chooser."""

    id: Id
    label: Text
    help: Text | None = None
    choices: list[Choice]


class Task(Record):
    """A door of the home page: what a visitor wants to do, and where."""

    id: Id
    label: Text
    text: Text
    page: PageRef


class SourceCitation(Record):
    """A public page or document that a statement of today rests on."""

    title: Text
    publisher: Text
    url: Address | None = None
    date: When | None = None
