"""Finds what was written and no page shows: a note without its macro would be lost, and no one would notice."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ..loading import FOLDERS, Page, Problem, Source, problem
from ..models.base import Location
from ..models.shapes import texts
from ..rendering import Macro
from .body import MACRO, given

NOWHERE = "どのページにも出ません。{}に {} を置いてください"
NO_PAGE = "ページ docs/{}.md がありません。似たページを写して作ってください（{} などを置きます）"
NOT_THERE = "ページ「{}」に出ません。docs/{}.md に {} を置くか、pages からこのページを外してください"
NOT_SHOWN = "「{}」は、このページのほかのところにも出ません。文の近くに {} を置くか、ここから消してください"
EMPTY = "「{}」には、ここに出す {} がありません。この部品を消すか、データに書いてください"
UNUSED_PART = "「{}」は、どの計算器も使っていません。data/calculators/ で使うか、消してください"
UNUSED_SOURCE = "「{}」を出典にした値がありません。data/factors/ で使うか、消してください"
BESIDE_SAME_AS = "same_as を書いた方法では、ここは出ません。{} のファイルに書くか、same_as を消してください"


class Owed(NamedTuple):
    """A call that some page must hold: its words, and the value that would be lost without it."""

    words: tuple[str, ...]
    source: Source
    where: Location


class Shown:
    """What the pages call, beside what is written in `data/`."""

    def __init__(self, sources: list[Source], pages: list[Page], macros: dict[str, Macro]) -> None:
        self.sources = sources
        self.pages = {page.name: page for page in pages}
        self.macros = macros
        self.called = {(call.name, call.words) for page in pages for call in page.calls}
        self.methods = {source.value.id: source.value for source in self._sound("methods")}

    def problems(self) -> Iterator[Problem]:
        """Yield what is written and not shown, and what is called and not written."""
        yield from self._lost()
        yield from self._notes("changes", "today", "change")
        yield from self._notes("remarks", "remarks_of", "remark")
        yield from self._hidden_remarks()
        yield from self._beside_same_as()
        yield from self._empty()
        yield from self._unused_parts()
        yield from self._unused_sources()

    def _sound(self, name: str) -> list[Source]:
        return [source for source in self.sources if source.name == name and source.value is not None]

    def _lost(self) -> Iterator[Problem]:
        """A page that is missing is told once, not once for each macro that it would hold."""
        told: set[str] = set()
        for macro in self.macros.values():
            for one in self._owed(macro):
                home = macro.mark.home.format(*one.words)
                if self._is_called(macro, one) or home in told:
                    continue
                call, no_page = macro.call(*one.words), bool(home) and home not in self.pages
                told |= {home} if no_page else set()
                place = f"docs/{home}.md " if home else "見せたいページ（docs/ の .md）"
                text = NO_PAGE.format(home, call) if no_page else NOWHERE.format(place, call)
                where = ("id",) if no_page and one.source.name in FOLDERS else one.where
                yield problem(one.source.file, one.source.content.lines, where, text)
            yield from self._without_data(macro)

    def _is_called(self, macro: Macro, owed: Owed) -> bool:
        return any(name == macro.name and words[: len(owed.words)] == owed.words for name, words in self.called)

    def _without_data(self, macro: Macro) -> Iterator[Problem]:
        """What a macro draws of many files, or of none in data/, is told at the page that should hold it."""
        mark = macro.mark
        if macro.arguments or not mark.home or _file_of(macro) or any(name == macro.name for name, _ in self.called):
            return
        missing = f"このページに {macro.call()} がありません。置いてください"
        text = missing if mark.home in self.pages else NO_PAGE.format(mark.home, macro.call())
        yield Problem(f"docs/{mark.home}.md", 1, MACRO, text)

    def _owed(self, macro: Macro) -> Iterator[Owed]:
        """Yield every call of a macro that must stand somewhere."""
        mark = macro.mark
        if macro.arguments and mark.owed:
            yield from self._of_each(macro)
        elif not macro.arguments and mark.home and (name := _file_of(macro)):
            for source in self._sound(name):
                if not mark.part or getattr(source.value, mark.part):
                    yield Owed((), source, (mark.part,) if mark.part else ())

    def _of_each(self, macro: Macro) -> Iterator[Owed]:
        others = macro.arguments[1:]
        for word, source, where in self._named(macro):
            if others and others[0].values:
                for part in others[0].values:
                    yield Owed((word, part), source, ("words", part))
            elif not macro.mark.shows:
                yield Owed((word,), source, where)
            elif field := next((field for field in macro.mark.shows if self._content(source.value, field)), None):
                yield Owed((word,), source, (field,))

    def _named(self, macro: Macro) -> Iterator[tuple[str, Source, Location]]:
        """Yield every word that the first argument of a macro may be, with the record it stands for."""
        first = macro.arguments[0]
        if first.values:
            for source in self._sound(_file_of(macro)):
                yield from ((value, source, (value,)) for value in first.values if getattr(source.value, value))
        elif first.kind in RECORDS:
            name, find = RECORDS[first.kind]
            for source in self._sound(name):
                yield from (
                    (word, source, where) for word, where in find(source.value) if not self._is_drawn(first.kind, word)
                )

    def _is_drawn(self, kind: str | None, own: str) -> bool:
        """Tell whether a template draws it: the figures that records name."""
        return kind == "figure" and (kind, own) in self._named_in_data

    @cached_property
    def _named_in_data(self) -> set[tuple[str | None, str]]:
        """Every (kind, id) that a record names."""
        found = (one for source in self.sources for one in texts(source.kind, source.content.value))
        return {(one.kind, one.text) for one in found if one.kind}

    def _content(self, record: Any, field: str) -> Any:
        """Return a field of a record, of the one it shares its page with when it has none."""
        shared = self.methods.get(getattr(record, "same_as", None) or "")
        return getattr(record, field) or (getattr(shared, field) if shared else None)

    def _notes(self, name: str, of_page: str, alone: str) -> Iterator[Problem]:
        """A note names the pages it belongs to: each must show it."""
        for source in self._sound(name):
            for i, note in enumerate(source.value):
                for j, page in enumerate(note.pages):
                    if page in self.pages and not self._notes_on(self.pages[page], of_page, alone, note.id):
                        text = NOT_THERE.format(page, page, self.macros[of_page].call(page))
                        yield problem(source.file, source.content.lines, (i, "pages", j), text)

    def _notes_on(self, page: Page, of_page: str, alone: str, own: str) -> bool:
        return any(call.name == of_page or (call.name == alone and call.words == (own,)) for call in page.calls)

    def _hidden_remarks(self) -> Iterator[Problem]:
        """`remarks_of` leaves out what the page shows already by `remark`."""
        for page in self.pages.values():
            shown = {call.words[0] for call in page.calls if call.name == "remark"}
            for call in page.calls:
                for word in call.words[1:] if call.name == "remarks_of" else []:
                    if word not in shown:
                        text = NOT_SHOWN.format(word, self.macros["remark"].call(word))
                        yield Problem(page.file, page.line_at(call.start), MACRO, text)

    def _beside_same_as(self) -> Iterator[Problem]:
        """The page of a method with `same_as` shows what the other says."""
        for source in self._sound("methods"):
            shared = [field for one in self.macros.values() for field in one.mark.shows if field in SHARED]
            for field in dict.fromkeys([*shared, "cost_bearer"]) if source.value.same_as else []:
                if getattr(source.value, field):
                    text = BESIDE_SAME_AS.format(source.value.same_as)
                    yield problem(source.file, source.content.lines, (field,), text)

    def _empty(self) -> Iterator[Problem]:
        """A macro of a method that has nothing to show there is a slip."""
        for page in self.pages.values():
            for call in page.calls:
                mark = self.macros[call.name].mark
                record = self.methods.get(call.words[0]) if mark.shows and call.name.startswith("method_") else None
                if record and not any(self._content(record, field) for field in mark.shows):
                    text = EMPTY.format(record.id, " か ".join(mark.shows))
                    yield Problem(page.file, page.line_at(call.start), MACRO, text)

    def _unused_parts(self) -> Iterator[Problem]:
        """A part that calculators share is shown by those that name it."""
        named = {name for one in self._sound("calculators") for name in _named_parts(one.value)}
        for source in self._sound("calculator-parts"):
            for key in ("inputs", "lines", "results", "rules"):
                for i, part in enumerate(getattr(source.value, key)):
                    if (key, part.id) not in named:
                        yield problem(source.file, source.content.lines, (key, i, "id"), UNUSED_PART.format(part.id))

    def _unused_sources(self) -> Iterator[Problem]:
        """A source of factors is shown beside the values that rest on it."""
        for source in self._sound("factor-sources"):
            for i, one in enumerate(source.value):
                if ("factor_source", one.id) not in self._named_in_data:
                    yield problem(source.file, source.content.lines, (i, "id"), UNUSED_SOURCE.format(one.id))


def _named_parts(calculator: Any) -> Iterator[tuple[str, str]]:
    lists = [("inputs", group.inputs) for group in calculator.groups]
    lists += [("inputs", calculator.rows.columns)] if calculator.rows else []
    lists += [(key, getattr(calculator, key)) for key in ("lines", "results", "rules")]
    yield from ((key, part) for key, parts in lists for part in parts if isinstance(part, str))


# what a method takes from the one named by `same_as`, as rendering/methods.py does
SHARED = ("summary", "direct_effects", "ripple_effects", "notes", "relations", "flow", "cost_bearer")


def _own(value: Any) -> Iterator[tuple[str, Location]]:
    yield value.id, ("id",)


def _first_of(field: str) -> Any:
    """The first record of each value of a field."""
    return lambda records: {getattr(one, field): (i, field) for i, one in reversed(list(enumerate(records)))}.items()


def _in(key: str) -> Any:
    return lambda value: ((one.id, (key, i, "id")) for i, one in enumerate(getattr(value, key)))


# kind of argument → the file or folder, and (word, location) of each record or value in it
RECORDS: dict[str, tuple[str, Any]] = {
    "method": ("methods", _own),
    "calculator": ("calculators", _own),
    "figure": ("figures", _own),
    "table": ("surveys", _in("tables")),
    "possibility": ("report", _in("possibilities")),
    "link_kind": ("links", _first_of("kind")),
    "topic": ("changes", _first_of("topic")),
}


def _file_of(macro: Macro) -> str:
    """Return the name of the one file that a macro draws; empty when it draws several or none."""
    files = [one for one in macro.mark.data if isinstance(one, str) and "/" not in one]
    return Path(files[0]).stem if files else ""


def calls_are_sound(pages: list[Page], macros: dict[str, Macro]) -> bool:
    """Tell whether every macro is called rightly: else what one call would show cannot be said to be lost."""
    return all(
        call.name in macros and given(macros[call.name], len(call.words)) is not None
        for page in pages
        for call in page.calls
    ) and all(len(page.read) == len(page.calls) and page.text for page in pages)
