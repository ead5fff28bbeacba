"""What files, records and fields are called in Japanese: read from the models, for guide, open data and messages."""

import re
from collections.abc import Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .base import CERTAINTIES, GRADES, Certainty, Form, Grade, Relation
from .factors import CONFIDENCES, Confidence
from .shapes import is_model

# values that many files share: their meanings stand in one table of the guide, not at each field
SHARED: dict[Any, dict[str, str]] = {
    Grade: GRADES,
    Certainty: CERTAINTIES,
    Relation: CERTAINTIES,
    Confidence: CONFIDENCES,
}
FORMS: dict[Any, str] = {bool: "`true` か `false`", int: "整数", float: "数", str: "文"}
TABLE_BELOW = "下の表"
OTHER_TABLE = re.compile("[上下]の表")
# sentences that tell how to write, not what is written
FOR_EDITORS = re.compile("＊|囲みます")


class Row(NamedTuple):
    """A field: what it holds, whether it is needed, what is written there, and what its values are called."""

    field: str
    meaning: str
    needed: str
    values: str
    example: str = ""
    choices: dict[str, str] = {}
    shared: dict[str, str] = {}

    @property
    def title(self) -> str:
        """The field's name in Japanese: the first sentence of its meaning."""
        return self.meaning.replace("`", "").split("。")[0]

    @property
    def description(self) -> str:
        """What values it takes and what they mean; empty where those are records."""
        if self.shared:
            return "、".join(f"{value}（{meant}）" for value, meant in self.shared.items())
        if OTHER_TABLE.search(self.values):
            return ""
        return "。".join(part for part in self.values.replace("`", "").split("。") if not FOR_EDITORS.search(part))


class Label(NamedTuple):
    """A kind of record: its name in Japanese and its fields."""

    title: str
    fields: dict[str, Row]


@cache
def label(model: type[BaseModel]) -> Label:
    """Return what a kind of record and its fields are called."""
    return Label(model.model_config.get("title") or "", {name: row(model, name) for name in model.model_fields})


def row(model: type[BaseModel], name: str) -> Row:
    """Return the words of a field; what a record adds to another one's field keeps the words of that."""
    kinds = [kind for kind in model.__mro__ if issubclass(kind, BaseModel) and name in kind.model_fields]
    info = next((kind.model_fields[name] for kind in kinds if kind.model_fields[name].title), FieldInfo())
    own = model.model_fields[name]
    kind = own.rebuild_annotation()
    extra: Any = info.json_schema_extra or {}
    names = extra.get("names", {})
    return Row(
        name,
        info.description or "",
        _needed(own, extra.get("when", "")),
        extra.get("form") or form(kind, names),
        next(iter(info.examples or []), ""),
        names,
        _shared(kind),
    )


def _needed(info: FieldInfo, when: str) -> str:
    if info.is_required():
        return "必須"
    shown = str(info.default).lower() if isinstance(info.default, bool) else str(info.default)
    # nothing is what everyone expects
    told = when or ("" if info.default in (None, [], {}) else f"`{shown.removesuffix('.0')}`")
    return f"任意（{told}）" if told else "任意"


def _shared(kind: Any) -> dict[str, str]:
    inner = bare(kind)
    return {value: SHARED[inner][value] for value in get_args(inner)} if inner in SHARED else {}


def form(kind: Any, names: dict[str, str]) -> str:
    """Return what editors write for a kind: 文, 日付の並び, 下の表."""
    if get_origin(kind) is Annotated:
        marked = [mark.words for mark in kind.__metadata__ if isinstance(mark, Form)]
        return marked[-1] if marked else form(kind.__origin__, names)
    if get_origin(kind) in {Union, UnionType}:
        # where the id of a record may stand for it, the record comes last
        return form([part for part in get_args(kind) if part is not NoneType][-1], names)
    if get_origin(kind) is list:
        one = form(get_args(kind)[0], names)
        return f"{one}{' ' if one[-1:].isascii() and one[-1:] != '`' else ''}の並び"
    if get_origin(kind) is Literal:
        return "、".join(f"`{value}`（{names[value]}）" if names else f"`{value}`" for value in get_args(kind))
    return TABLE_BELOW if is_model(kind) else FORMS.get(kind, "")


def bare(kind: Any) -> Any:
    """Return what a kind holds in the end, without lists, `Annotated` and `| None`."""
    while get_origin(kind) in {list, Annotated, Union, UnionType}:
        parts = [part for part in get_args(kind) if part is not NoneType]
        # where the id of a record may stand for it, the record comes last
        kind = parts[-1] if get_origin(kind) in {Union, UnionType} else parts[0]
    return kind


def records(kind: Any, path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the kinds of record inside a kind, with the path of keys that leads to each."""
    kind = bare(kind)
    if is_model(kind):
        yield path, kind
        for name, info in kind.model_fields.items():
            yield from records(info.annotation, f"{path}.{name}".lstrip("."))
