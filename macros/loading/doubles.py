"""Finds what stands twice in `data/`, as a copy leaves it, and what is kept there for records that do not exist."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from ..models.base import Location
from .files import Source
from .problems import Problem, line_of, problem

# what tells a record from every other one of its kind
MARKS = {
    "offers": ("seller", "title"),
    "precedents": ("title", "who"),
    "answers": ("question",),
    "glossary": ("short",),
}
# lists that a reader chooses from or types into, and lists of words
CHOSEN = ("inputs", "facts", "choices", "columns", "sections", "asks", "variants", "aliases")
ID = re.compile(r"[a-z][a-z0-9]*(?:[-_:/][a-z0-9]+)*")
TWICE = "「{}」が二度あります。ひとつにしてください"
SAME = "{} が {} と同じです。写したままの項目を直すか、どちらかを消してください"
ALONE = "並べてくらべる実例は、2件か3件にしてください"
UNUSED = "「{}」を使う実例がありません。実例の cautions に書くか、消してください"


def check_doubles(sources: list[Source]) -> Iterator[Problem]:
    """Yield ids named twice in one list, records that are copies of another, and cautions that no precedent has."""
    for source in sources:
        yield from _named_twice(source, source.content.value, ())
    for name, fields in MARKS.items():
        yield from _copies([source for source in sources if source.name == name], fields)
    yield from _unused_cautions(sources)


def _named_twice(source: Source, value: Any, where: Location) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _named_twice(source, part, (*where, key))
    elif isinstance(value, list):
        yield from _alike(source, value, where)
        ids = [part if isinstance(part, str) and ID.fullmatch(part) else None for part in value]
        for i, own in enumerate(ids):
            if own and own in ids[:i] and all(ids):
                yield problem(source.file, source.content.lines, (*where, i), TWICE.format(own))
            yield from _named_twice(source, value[i], (*where, i))


def _alike(source: Source, value: list, where: Location) -> Iterator[Problem]:
    """Yield what looks like another thing of its list: the same label, the same words."""
    if not where or where[-1] not in CHOSEN or (source.name == "plan" and "papers" in where):
        return
    said = [part.get("label") if isinstance(part, dict) else part for part in value]
    read = [as_read(one) if where[-1] == "asks" and isinstance(one, str) else one for one in said]
    for i, own in enumerate(said):
        if isinstance(own, str) and read[i] in read[:i] and not ID.fullmatch(own):
            place = (*where, i, "label") if isinstance(value[i], dict) else (*where, i)
            yield problem(source.file, source.content.lines, place, TWICE.format(own))


def as_read(question: str) -> str:
    """Return a question as the search reads it: 「どこで買える？」 asks what 「どこで 買える」 asks."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", question)).casefold()


def _copies(sources: list[Source], fields: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[tuple, str] = {}
    for source in sources:
        whole = source.content.value
        for where, record in _records_of(whole):
            mark = tuple(record.get(field) for field in fields)
            place = f"{source.file}:{line_of(source.content.lines, (*where, fields[0]))}"
            if all(isinstance(part, str) for part in mark) and first.setdefault(mark, place) != place:
                text = SAME.format("、".join(fields), first[mark])
                yield problem(source.file, source.content.lines, (*where, fields[0]), text)


def _records_of(value: Any) -> Iterator[tuple[Location, dict]]:
    """Yield the records of a file, that of a folder's file or those of a list, with where they are."""
    if isinstance(value, dict):
        yield (), value
    for i, record in enumerate(value if isinstance(value, list) else []):
        if isinstance(record, dict):
            yield (i,), record


def _unused_cautions(sources: list[Source]) -> Iterator[Problem]:
    notes = next((source for source in sources if source.name == "precedent-notes"), None)
    if notes is None or notes.value is None:
        return
    told = [source.content.value for source in sources if source.name == "precedents"]
    if len(notes.value.side_by_side) < min(2, len(told)):
        yield problem(notes.file, notes.content.lines, ("side_by_side",), ALONE)
    named = [value.get("cautions") for value in told if isinstance(value, dict)]
    used = [one for names in named if isinstance(names, list) for one in names]
    for i, caution in enumerate(notes.value.cautions):
        if caution.id not in used:
            yield problem(notes.file, notes.content.lines, ("cautions", i, "id"), UNUSED.format(caution.id))
