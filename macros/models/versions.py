"""Tells when the text of a note of today was first published and when it last changed.

A note carries a line `day mark` for each wording it has had; the mark is made from the wording, so a text cannot
change without its line. What a yearly look-over touches (`checked_on`, `review_by`) and where a note is shown are no
part of the wording.
"""

import hashlib
import json
from typing import Any

from pydantic_core import PydanticCustomError

# what the page and the feed show of a note
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
