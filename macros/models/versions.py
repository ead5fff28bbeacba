"""Tells when the text of a record was first published and when it last changed.

A record carries a line `day mark` for each wording it has had; the mark is made from the wording, so a text cannot
change without its line. What a yearly look-over touches (`checked_on`, `review_by`) and where a record is shown are no
part of the wording.
"""

import hashlib
import json
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from .typography import plain

# what the page and the feed show of a note of today
WORDING = (
    "topic",
    "title",
    "text",
    "caution",
    "unconfirmed",
    "advice",
    "date",
    "date_text",
    "grade",
    "sources",
    "table",
)

# what says nothing of what a record is about
LOOKED_OVER = {"id", "checked_on", "review_by", "versions"}


def wording_of(record: BaseModel, *ties: str) -> dict[str, Any]:
    """Return what a record says: all that is written in it but its id, its days and the fields that tie it to others."""
    return record.model_dump(exclude={*LOOKED_OVER, *ties}, exclude_defaults=True)


def marks_of(wording: dict[str, Any]) -> list[str]:
    """Return the marks of a wording typed with CO2 and typed with CO₂: the one may become the other."""
    said = json.dumps(wording, ensure_ascii=False, sort_keys=True)
    return [hashlib.sha256(text.encode()).hexdigest()[:8] for text in (plain(said), said)]


def check_versions(versions: list[str], wording: dict[str, Any]) -> None:
    """Raise PydanticCustomError unless the versions are in order and end with this wording."""
    marks = marks_of(wording)
    if not versions or versions[-1].split()[1] not in marks:
        raise PydanticCustomError("version", "version", {"at": ("versions",), "mark": marks[0]})
    if versions != sorted(versions, key=lambda version: version.split()[0]):
        raise PydanticCustomError("version_order", "version order", {"at": ("versions",)})


def moment_of(versions: list[str]) -> str:
    """Return when the last version was written: the start of its day in Japan, a second later for each before it."""
    days = [version.split()[0] for version in versions]
    return f"{days[-1]}T00:00:{days.count(days[-1]) - 1:02}+09:00"
