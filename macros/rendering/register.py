"""Which methods a page may call: those marked `@macro`, and no others.

The mark says where the words of a macro stand, on which page they belong and what must not be lost; the annotations
of the method say what each argument names. Checks of pages, names in pages and links to edit are derived from it.
"""

import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ..models.shapes import unwrapped

Method = TypeVar("Method", bound=Callable[..., Any])
# the files of data/ that a call draws, from the loaded Guide and the words of the call
Files = Callable[[Any, tuple[str, ...]], list[str]]


@dataclass(frozen=True)
class Mark:
    """What the code says of a macro: files of data/ (`{}` is the first argument), page, part of the file, what it shows.

    `shows` names fields of the record: without any of them there is nothing to show, with one the macro must be called.
    A macro with `owed` must be called for every record or value that its arguments may name. An `inline` one stands within
    a line, any other one is a block of its own.
    """

    data: tuple[str | Files, ...] = ()
    home: str = ""
    part: str = ""
    shows: tuple[str, ...] = ()
    owed: bool = False
    inline: bool = False


@dataclass(frozen=True)
class Argument:
    """An argument of a macro: the kind of record it names, or the values it may have; neither for free words."""

    name: str
    kind: str | None
    values: tuple[str, ...]
    optional: bool
    repeated: bool


@dataclass(frozen=True)
class Macro:
    """A macro as pages see it."""

    name: str
    mark: Mark
    arguments: tuple[Argument, ...]

    def files(self, guide: Any, words: tuple[str, ...]) -> list[str]:
        """Return the files of data/ that a call draws, from that folder."""
        found = [one.format(*words) if isinstance(one, str) else one(guide, words) for one in self.mark.data]
        return [file for one in found for file in ([one] if isinstance(one, str) else one)]

    def call(self, *words: str) -> str:
        """Return the call as a page writes it."""
        given = ", ".join(f'"{word}"' for word in words)
        return f"{{{{ {self.name}({given}) }}}}"


def macro(*data: str | Files, **said: Any) -> Callable[[Method], Method]:
    """Let pages call a method; Mark tells what may be said of it."""

    def marked(method: Method) -> Method:
        method.__dict__["mark"] = Mark(data, **said)
        return method

    return marked


def macros_of(kind: type) -> dict[str, Macro]:
    """Return the macros of a class by name."""
    methods = inspect.getmembers(kind, lambda member: inspect.isfunction(member) and hasattr(member, "mark"))
    return {name: Macro(name, method.__dict__["mark"], _arguments(method)) for name, method in methods}


def _arguments(method: Callable[..., Any]) -> tuple[Argument, ...]:
    """Return what a page may give: keyword-only arguments are for templates."""
    given = list(inspect.signature(method).parameters.values())[1:]
    return tuple(_argument(one) for one in given if one.kind is not one.KEYWORD_ONLY)


def _argument(given: inspect.Parameter) -> Argument:
    kind, ref = unwrapped(given.annotation, None)
    values = typing.get_args(kind) if typing.get_origin(kind) is typing.Literal else ()
    repeated = given.kind is given.VAR_POSITIONAL
    return Argument(given.name, ref, values, repeated or given.default is not given.empty, repeated)
