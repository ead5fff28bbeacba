"""Compares numbers and dates that are each well written: order, size, sums, and what was checked before it could be."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from ..models.base import DATE_PATTERN, Location
from ..models.dates import first_day, last_day, tells
from ..models.factors import Factor, FactorValue
from .files import Source
from .problems import Problem, problem

# days on which somebody did something: none lies ahead
DONE = ("checked_on", "retrieved_on", "data_as_of", "added_on", "retired_on")
# where what is told has happened, too
HAPPENED = {"offers": ("status_on", "date", "until"), "precedents": ("year", "date")}
# a day, and the words that tell it
TOLD = (("date", "date_text"), ("year", "year_note"), ("year", "year_text"), ("issued", "issued_text"))
# a value that differs more from those before it, or from all of its unit in the file, asks for a reason
FAR, FAR_FROM_OTHERS = 3, 100
SUM_LABELS = {"合計", "計", "総計"}


def check_values(sources: list[Source], latest: date) -> Iterator[Problem]:
    """Yield what is wrong among the numbers and dates of all files; nothing was checked after the day `latest`."""
    for source in sources:
        yield from _dates(source, source.content.value, (), latest)
        if source.value is not None and source.name == "factors":
            yield from _factors(source)
        if source.value is not None and source.name == "surveys":
            yield from _sums(source)
    yield from _shared_methods(sources)


def _note(source: Source, where: Location, text: str) -> Problem:
    return problem(source.file, source.content.lines, where, text)


# -- dates ----------------------------------------------------------------------------------


def _dates(source: Source, value: Any, where: Location, latest: date) -> Iterator[Problem]:
    """Yield the days ahead, and the reviews that come before what they review."""
    if isinstance(value, dict):
        yield from _days_of(source, value, where, latest)
    for key, part in _parts(value):
        yield from _dates(source, part, (*where, key), latest)


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _days_of(source: Source, record: dict, where: Location, latest: date) -> Iterator[Problem]:
    for key in (*DONE, *HAPPENED.get(source.name, ())):
        day = _written(record.get(key))
        if day and first_day(day) > latest:
            what = "確かめた日" if key in DONE else "もう過ぎた日"
            yield _note(source, (*where, key), f"「{day}」は、まだ来ていない日です。{what}を書いてください")
    for key, words in TOLD:
        day, said = _written(record.get(key)), record.get(words)
        if day and isinstance(said, str) and not tells(said, day):
            text = f"{key} は {day} ですが、{words} は「{said}」です。どちらかを直してください"
            yield _note(source, (*where, words), text)
    review = _written(record.get("review_by"))
    checked = _written(record.get("checked_on") or record.get("retrieved_on"))
    if review and checked and last_day(review) <= first_day(checked):
        text = f"見直す日（{review}）は、調べた日（{checked}）より後にしてください"
        yield _note(source, (*where, "review_by"), text)


def _written(value: Any) -> str | None:
    """Return a date that is one; others are told already."""
    text = str(value)
    try:
        return text if DATE_PATTERN.fullmatch(text) and last_day(text) else None
    except ValueError:
        return None


# -- factors --------------------------------------------------------------------------------


def _factors(source: Source) -> Iterator[Problem]:
    factors = source.value.factors
    for i, factor in enumerate(factors):
        where = ("factors", i, "values")
        yield from _periods(source, factor, where)
        yield from _sizes(source, factor, where, [other for other in factors if other.id != factor.id])


def _periods(source: Source, factor: Factor, where: Location) -> Iterator[Problem]:
    """Yield values that end before they begin, overlap another of their set, or leave days without one."""
    for i, value in enumerate(factor.values):
        if value.valid_to and last_day(value.valid_to) < first_day(value.valid_from):
            text = f"終わりの日（{value.valid_to}）が、始まりの日（{value.valid_from}）より前です"
            yield _note(source, (*where, i, "valid_to"), text)
            return
    for name in dict.fromkeys(value.set for value in factor.values):
        # a price is an observation of its day: one that replaces it may be older
        numbered = [(i, value) for i, value in enumerate(factor.values) if value.set == name and not value.kind]
        numbered.sort(key=lambda one: first_day(one[1].valid_from))
        for (_, old), (i, new) in pairwise(numbered):
            if text := _seam(old, new):
                yield _note(source, (*where, i, "valid_from"), text)


def _seam(old: FactorValue, new: FactorValue) -> str:
    """Return what is wrong where a value follows another; a correction begins on the same day and says why."""
    if first_day(old.valid_from) == first_day(new.valid_from):
        return (
            ""
            if new.note
            else f"同じ日（{new.valid_from}）からの値があります。書き直したのなら、わけを note に書いてください"
        )
    if not old.valid_to or last_day(old.valid_to) >= first_day(new.valid_from):
        return f"前の値（{old.value}、{old.valid_from}から{old.valid_to or ''}まで）と期間が重なります。前の値の valid_to を、この日の前の日にしてください"
    if last_day(old.valid_to) + timedelta(days=1) < first_day(new.valid_from):
        return (
            f"前の値（{old.value}）が終わった {old.valid_to} の次の日からになっていません。間の日に使う値がありません"
        )
    return ""


def _sizes(source: Source, factor: Factor, where: Location, others: list[Factor]) -> Iterator[Problem]:
    """Yield values far from all that they could be compared with, when `jump` does not say why."""
    numbered = sorted(enumerate(factor.values), key=lambda one: first_day(one[1].valid_from))
    like = [other.values[-1].value for other in others if other.unit == factor.unit]
    for at, (i, value) in enumerate(numbered):
        former = [old.value for _, old in numbered[:at]]
        text = _far(value.value, former, FAR, "この係数の前の値")
        # of two, nobody knows which is the wrong one
        text = text or (_far(value.value, like, FAR_FROM_OTHERS, "同じ単位の係数の値") if len(like) > 1 else "")
        if text and not value.jump:
            yield _note(source, (*where, i, "value"), text)


def _far(value: float, others: list[float], most: float, what: str) -> str:
    """Return what is said of a value that is zero, or more than `most` times as far as the nearest of others."""
    if not value:
        return "0 になっています。0 が正しければ、そのわけを jump に書いてください"
    nearest = min(((max(value / other, other / value), other) for other in others if other), default=(1, value))
    if nearest[0] <= most:
        return ""
    times = f"{nearest[0]:,.0f}"
    said = f"{times}倍" if value > nearest[1] else f"{times}分の1"
    return (
        f"{value:g} は、{what}（{nearest[1]:g}）の約{said}です。打ち間違いでなければ、そのわけを jump に書いてください"
    )


# -- sums and loops -------------------------------------------------------------------------


def _sums(source: Source) -> Iterator[Problem]:
    """Yield totals that are not the sum of their row or column and have no remark that says so."""
    for i, table in enumerate(source.value.tables):
        for j, row in enumerate(table.rows):
            where = ("tables", i, "rows", j)
            if row.total_note:
                continue
            if row.total not in {None, sum(row.values)}:
                yield _note(source, (*where, "total"), _differs(row.total, sum(row.values)))
            others = [other.values for other in table.rows if other.label not in SUM_LABELS]
            for k, value in enumerate(row.values if row.label in SUM_LABELS else []):
                added = sum(values[k] for values in others)
                if value != added:
                    yield _note(source, (*where, "values", k), _differs(value, added))


def _differs(total: int, added: int) -> str:
    return f"合計は {total} ですが、足すと {added} です。原資料がそうなっているのなら、そのことを total_note に書いてください"


def _shared_methods(sources: list[Source]) -> Iterator[Problem]:
    """Yield each method that shares the page of one which has none of its own."""
    values = [(source, source.content.value) for source in sources if source.name == "methods"]
    shared = {value["id"]: value["same_as"] for _, value in values if isinstance(value, dict) and value.get("same_as")}
    for source, value in values:
        target = value.get("same_as") if isinstance(value, dict) else None
        if isinstance(target, str) and target in shared:
            text = f"「{target}」にも same_as があります。自分の頁がある方法を書いてください"
            yield _note(source, ("same_as",), text)
