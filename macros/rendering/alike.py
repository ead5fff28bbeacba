"""Which precedents are like one's own, and what each counted for a person.

The browser asks the same of the same numbers (docs/assets/js/precedents.js).
"""

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from ..models import Precedent

EVENTS = ("festival", "sports", "fair", "meeting")
MOST = 5
# what was counted, from the smallest to the largest → how it is told
COUNTED = {
    "venue": "会場のエネルギーと発電機だけ",
    "daily-life": "来場者の日常生活",
    "visitors": "参加者・来場者の移動",
    "lodging": "移動と宿泊",
}


class PerPerson(NamedTuple):
    """A bar: who was counted, in which boundary, kg-CO2 for a person."""

    id: str
    title: str
    counted: str
    kg: float
    marks: list[str]


def kinds_of(kind: str) -> tuple[str, ...]:
    """Return the kinds that a choice stands for: `event` is every kind of event."""
    return EVENTS if kind == "event" else (kind,)


def alike(precedents: Iterable[Precedent], kind: str, people: float | None, tonnes: float | None) -> list[Precedent]:
    """Return the precedents of a kind after 2012 that are nearest in size, by ratio, at most five.

    Tonnes of several events, or of no one knows which, are like nobody's.
    """
    size = people or tonnes
    found = [
        (abs(log(known / size)), one)
        for one in precedents
        if one.kind in kinds_of(kind) and not one.old and size
        for known in [one.people if people else one.one_tonnes]
        if known
    ]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].id))[:MOST]]


def per_person(precedents: Iterable[Precedent]) -> list[PerPerson]:
    """Return kg-CO2 a person of each event, or of each of its times, whose people and tonnes are known."""
    bars = []
    for one in precedents:
        if one.kind not in EVENTS:
            continue
        times = [time for time in one.editions if time.people and time.emitted_t] or [one]
        for time in times:
            if time.people and time.emitted_t:
                title = one.title if time is one else f"{one.title.split('（')[0]}：{time.title}"
                kg = time.emitted_t * 1000 / time.people
                bars.append(PerPerson(one.id, title, counted(one), kg, one.cautions))
    return sorted(bars, key=lambda bar: (list(COUNTED).index(bar.counted), bar.kg))


def counted(one: Precedent) -> str:
    """Return the widest thing that was counted."""
    return next((name for name in ("daily-life", "lodging", "visitors") if name in one.boundary), "venue")
