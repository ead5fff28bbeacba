"""Which data are open, and their records as they are published: marks taken out, numbers filled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from ..loading import FILES, FOLDERS, Guide
from ..models.addresses import site_path
from ..models.labels import Label, Row, bare, label
from ..models.marks import MARK, NUMBER
from ..models.shapes import fields, unwrapped
from .views import VIEWS, label_of

RECORDS = "records"
ADDRESS = "address"
HOME = "サイトのはじめのアドレスに続く部分"
ADDRESS_ROW = Row(ADDRESS, "アドレス", "必須", HOME, "")
# where a record's section stands first: `{page}` in the address of a data set
PAGE = "{page}"


class Kind(NamedTuple):
    """One list of records of a data set: its key in the JSON, the model, where its pages are."""

    key: str
    model: type[BaseModel]
    address: str

    @property
    def label(self) -> Label:
        """What the record and its fields are called."""
        return label_of(self.model)


@dataclass(frozen=True)
class Dataset:
    """A file or folder of `data/` that is published whole.

    `addresses` says where the site shows a record: `cases/#{id}`, from the site's root. A file of several
    lists gives one for each list; the first of them becomes `<name>.csv`. What VIEWS names is published
    in a shape of its own.
    """

    name: str
    addresses: str | Mapping[str, str]

    @property
    def title(self) -> str:
        """The data set's name in Japanese."""
        return label(bare((FILES | FOLDERS)[self.name])).title

    @cached_property
    def kinds(self) -> list[Kind]:
        """Its lists of records."""
        addresses = {RECORDS: self.addresses} if isinstance(self.addresses, str) else self.addresses
        if self.name in VIEWS:
            views = VIEWS[self.name]
            return [Kind(key, views[key].model, address) for key, address in addresses.items()]
        kind = (FILES | FOLDERS)[self.name]
        if isinstance(self.addresses, str):
            return [Kind(RECORDS, bare(kind), self.addresses)]
        annotated = kind.model_fields
        return [Kind(key, bare(annotated[key].annotation), address) for key, address in addresses.items()]

    def found(self, guide: Guide, kind: Kind) -> list[Any]:
        """Return the records of one of its lists."""
        if self.name in VIEWS:
            return VIEWS[self.name][kind.key].find(guide)
        whole = getattr(guide, self.name.replace("-", "_"))
        return whole if kind.key == RECORDS else getattr(whole, kind.key)


# A new data set is one line here: its name in data/ and where its records stand on the site.
DATASETS = (
    Dataset("methods", "methods/{id}/"),
    Dataset("cases", "cases/#{id}"),
    Dataset("glossary", "glossary/#{id}"),
    Dataset("links", "links/#{id}"),
    Dataset("surveys", {"numbers": "report/surveys/#number-{id}", "tables": "{page}#survey-{id}"}),
    Dataset("changes", "changes/#{id}"),
    Dataset("groups", "methods/#compare"),
    Dataset("documents", "about/#sources"),
    Dataset("factors", "calculators/factors/#{id}"),
    Dataset("factor-sets", "calculators/factors/"),
    Dataset("suppliers", "calculators/factors/#suppliers"),
    Dataset("offers", "buying/#{id}"),
    Dataset("answers", "answers/#{id}"),
    Dataset("precedents", "precedents/#{id}"),
    Dataset("helpers", "calculators/event/#amount-{id}"),
    Dataset("calculators", {RECORDS: "calculators/{id}/", "constants": "calculators/"}),
)


class Publisher:
    """Turns the records of a Guide into what is published; `number` says a number of surveys.yml by its id."""

    def __init__(self, guide: Guide, number: Callable[[str], str]) -> None:
        self.guide = guide
        self.number = number
        self.pages = {
            f"{document.id}:{section.id}": section.page for document in guide.documents for section in document.sections
        }

    def records(self, dataset: Dataset, kind: Kind) -> list[dict[str, Any]]:
        """Return the records of a list as plain values, each with `address` after its id."""
        return [self._with_address(record, kind) for record in dataset.found(self.guide, kind)]

    def _with_address(self, record: Any, kind: Kind) -> dict[str, Any]:
        values = self.plain(kind.model, record)
        page = site_path(self.pages[record.source[0]]) if PAGE in kind.address else ""
        return {"id": values.pop("id"), ADDRESS: kind.address.format(id=record.id, page=page), **values}

    def plain(self, kind: Any, value: Any, ref: str | None = None) -> Any:
        """Return a value of `kind` as JSON has it; texts read as on the pages, pages become addresses."""
        kind, ref = unwrapped(kind, ref)
        if isinstance(value, str):
            return site_path(value) if ref == "page" else self.words(value)
        if isinstance(value, list | tuple):
            return [self.plain(get_args(kind)[0], part) for part in value]
        if isinstance(value, dict):
            return {key: self.plain(get_args(kind)[1], part) for key, part in value.items()}
        if isinstance(value, BaseModel):
            # the fields of the kind: a shared rule has an id besides, which is of no use outside data/
            return {name: self.plain(inner, getattr(value, name), mark) for name, inner, mark in fields(kind)}
        return value

    def words(self, text: str) -> str:
        """Return a text without the mark ＊ and with its numbers: as a reader of the page has it."""
        return NUMBER.sub(lambda match: self.number(match.group(1)), text).replace(MARK, "")


class Outline(Publisher):
    """Publishes no record: for who asks only which tables there are, and which columns."""

    def records(self, dataset: Dataset, kind: Kind) -> list[dict[str, Any]]:
        """Return nothing."""
        return []
