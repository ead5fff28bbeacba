"""Which ways to buy remain for what an officer needs, and why the others are shut.

The browser asks the same of the same conditions (docs/assets/js/buying.js); the words are in data/buying.yml.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any

from ..models import Need, Offer, Way

Conditions = dict[str, Any]

# test → is a way with these conditions shut, for this need, asked on this day?
TESTS: dict[str, Callable[[Conditions, Need, date], bool]] = {
    "kind": lambda way, need, _: bool(way["kinds"]) and need.kind not in way["kinds"],
    "municipalities": lambda way, _need, _: way["municipalities"] == "excluded",
    "minimum": lambda way, need, _: way["minimum"] is not None and need.tonnes < way["minimum"],
    "maximum": lambda way, need, _: way["maximum"] is not None and need.tonnes > way["maximum"],
    "account": lambda way, need, _: way["account"] == "needed" and not need.account,
    "buyers": lambda way, need, _: way["buyers"] == "local" and not need.local,
    "use": lambda way, need, _: way["use"] == "local" and not need.local,
    "status": lambda way, _need, _: way["status"] == "closed",
    "months": lambda way, need, now: bool(way["months"]) and not set(way["months"]) & set(months_left(need, now)),
    "days": lambda way, need, now: way["days"] is not None and days_left(need, now) < way["days"],
    "old": lambda way, _need, _: way["old"],
}


def months_left(need: Need, now: date) -> list[int]:
    """Return the months from now to the one that is needed, both included."""
    return [(now.month + ahead - 1) % 12 + 1 for ahead in range((need.month - now.month) % 12 + 1)]


def days_left(need: Need, now: date) -> int:
    """Return the days from now to the end of the month that is needed."""
    year = now.year + (need.month < now.month)
    return (date(year, need.month, monthrange(year, need.month)[1]) - now).days


def of_offer(offer: Offer, *, old: bool) -> Conditions:
    """Return the conditions of a seller."""
    return {
        "minimum": offer.minimum_t,
        "maximum": offer.maximum_t,
        "kinds": offer.kinds,
        "municipalities": offer.municipalities,
        "account": offer.account,
        "buyers": offer.buyers,
        "use": offer.use,
        "status": offer.status,
        "months": offer.months,
        "days": max((one.days for one in offer.days), default=None),
        "old": old,
        "taxes": sorted({price.tax for price in offer.asked}),
    }


def of_way(way: Way) -> Conditions:
    """Return the conditions of a way."""
    return {
        "minimum": way.minimum_t,
        "maximum": way.maximum_t,
        "kinds": way.kinds,
        "municipalities": "unwritten",
        "account": way.account,
        "buyers": way.buyers,
        "use": way.use,
        "status": way.status,
        "months": way.months,
        "days": way.days,
        "old": False,
    }


def shut_by(way: Conditions, need: Need, now: date) -> list[str]:
    """Return the tests that shut a way, in the order they are told."""
    return [name for name, shut in TESTS.items() if shut(way, need, now)]


def seen_long_ago(offer: Offer, limit: str) -> bool:
    """Tell whether a seller cannot be taken for one of today: seen before `limit`, or no page says when."""
    return offer.status == "unknown" or (offer.status_on or limit) < limit[: len(offer.status_on or limit)]


def group_of(way: Conditions) -> str:
    """Return the group a seller is listed in: now, waiting, local, old or closed."""
    if way["status"] == "closed":
        return "closed"
    if way["old"]:
        return "old"
    if "local" in (way["buyers"], way["use"]) or way["municipalities"] == "excluded":
        return "local"
    return "waiting" if way["status"] == "waiting" else "now"
