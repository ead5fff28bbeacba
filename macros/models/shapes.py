"""Reads the annotations of the models, so that data can be walked before it is known to be sound."""

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel

from .base import Location, Ref


class Found(NamedTuple):
    """A text of a data file: where it stands and, when it names another record, the kind of that."""

    where: Location
    text: str
    kind: str | None


def texts(kind: Any, value: Any, where: Location = (), ref: str | None = None) -> Iterator[Found]:
    """Yield every text inside a value that should be of `kind`; parts of another shape are passed over."""
    kind, ref = unwrapped(kind, ref)
    if isinstance(value, str):
        if kind is str or typing.get_origin(kind) is Literal:
            yield Found(where, value, ref)
    elif isinstance(value, list):
        for i, part in enumerate(value if typing.get_origin(kind) is list else []):
            yield from texts(typing.get_args(kind)[0], part, (*where, i))
    elif isinstance(value, dict) and is_model(kind):
        for name, inner, mark in fields(kind):
            yield from texts(inner, value.get(name), (*where, name), mark)


@cache
def fields(kind: type[BaseModel]) -> list[tuple[str, Any, str | None]]:
    """Return the fields of a record: name, kind and the kind of reference, unwrapped."""
    return [(name, *unwrapped(info.rebuild_annotation(), None)) for name, info in kind.model_fields.items()]


def record_at(kind: Any, where: Location) -> type[BaseModel]:
    """Return the kind of record that the models have at a location."""
    for part in where:
        kind, _ = unwrapped(kind, None)
        kind = typing.get_args(kind)[0] if isinstance(part, int) else kind.model_fields[part].annotation
    return unwrapped(kind, None)[0]


def keys(kind: Any, where: Location) -> list[str]:
    """Return the keys that the models allow at a location."""
    return list(record_at(kind, where).model_fields)


def unwrapped(kind: Any, ref: str | None) -> tuple[Any, str | None]:
    """Return a kind without `Annotated` and `| None`, and the kind of reference it is marked with."""
    while not isinstance(kind, type):
        if typing.get_origin(kind) is Annotated:
            ref = next((mark.kind for mark in kind.__metadata__ if isinstance(mark, Ref)), ref)
            kind = kind.__origin__
        elif typing.get_origin(kind) in {typing.Union, types.UnionType}:
            # text last: `int | str` holds text in the end
            kind = [option for option in typing.get_args(kind) if option is not type(None)][-1]
        else:
            break
    return kind, ref


def reference(kind: Any) -> str | None:
    """Return the kind of record that a text, or each of a list of texts, names."""
    kind, ref = unwrapped(kind, None)
    return reference(typing.get_args(kind)[0]) if typing.get_origin(kind) is list else ref


def is_model(kind: Any) -> bool:
    """Tell whether a kind is a record of the models."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)
