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


def mark_of(wording: dict[str, Any]) -> str:
    """Return eight hexadecimal digits that stand for a wording; what is not said leaves them as they were."""
    said = json.dumps(wording, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def check_versions(versions: list[str], wording: dict[str, Any]) -> None:
    """Raise PydanticCustomError unless the versions are in order and end with this wording."""
    mark = mark_of(wording)
    if [version.split()[1] for version in versions][-1:] != [mark]:
        raise PydanticCustomError("version", "version", {"at": ("versions",), "mark": mark})
    if versions != sorted(versions, key=lambda version: version.split()[0]):
        raise PydanticCustomError("version_order", "version order", {"at": ("versions",)})


def moment_of(versions: list[str]) -> str:
    """Return when the last version was written: the start of its day in Japan, a second later for each before it."""
    days = [version.split()[0] for version in versions]
    return f"{days[-1]}T00:00:{days.count(days[-1]) - 1:02}+09:00"
