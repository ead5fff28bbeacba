"""Days as the data writes them (2011, 2011-07 or 2011-07-01), and the day by which what was checked must lie."""

import calendar
import os
import re
import subprocess
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

JAPAN = timezone(timedelta(hours=9))


def today() -> str:
    """Return the day it is in Japan."""
    return datetime.now(tz=JAPAN).date().isoformat()


def is_day(text: str) -> bool:
    """Tell whether a text is a day as `2011-07-01`."""
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def first_day(when: str) -> date:
    """Return the first day of a year, a month or a day."""
    year, month, day = (*(int(part) for part in when.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(when: str) -> date:
    """Return the last day of a year, a month or a day."""
    year, month, *day = (*(int(part) for part in when.split("-")), *([12] if len(when) == len("2011") else []))
    return date(year, month, day[0] if day else calendar.monthrange(year, month)[1])


ERAS = {"平成": 1988, "令和": 2018}


def tells(words: str, when: str) -> bool:
    """Tell whether words name the year of a day, and its month and day where they name those of its year."""
    year, *rest = (int(part) for part in when.split("-"))
    if (years := _years(words)) and year not in years:
        return False
    # what stands between this year and the next one that is named
    named = re.findall(r"(?<!\d)(\d{1,2})月(?:(\d{1,2})日)?", re.split(r"\d{4}", words.partition(str(year))[2])[0])
    months = {int(month) for month, _ in named}
    if not rest or not months:
        return True
    days = {int(day) for month, day in named if day and int(month) == rest[0]}
    return rest[0] in months and (len(rest) == 1 or not days or rest[1] in days)


def _years(words: str) -> set[int]:
    """Return the years that words name, those between two of them too; of eras only where none stands beside."""
    plain = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:[^\d、。]{0,3}[～〜](\d{2,4}))?", words)
    spans = [(int(first), first[: 4 - len(last)] + last if last else first) for first, last in plain]
    for era, start in ERAS.items() if not spans else ():
        told = re.findall(rf"{era}(\d+|元)(?:～(\d+))?", words)
        spans += [
            (start + int(first.replace("元", "1")), str(start + int((last or first).replace("元", "1"))))
            for first, last in told
        ]
    return {year for first, last in spans for year in range(first, int(last) + 1)}


def commit_date(root: Path) -> int | None:
    """Return the time of the last commit, in seconds; None outside a repository."""
    said = _git(root, "log", "-1", "--format=%ct", "--", ".")
    return int(said) if said else None


def latest_day(root: Path) -> date:
    """Return the day in Japan after which nothing can have been checked.

    It is the day of the commit, or that of SOURCE_DATE_EPOCH when it is later: a commit is judged alike whenever it
    is built. What is not committed yet is judged by the clock.
    """
    committed = commit_date(root)
    if committed is None or _git(root, "status", "--porcelain", "--", "data"):
        committed = int(datetime.now(tz=UTC).timestamp())
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = max(committed, int(given) if given.isdecimal() else 0)
    return datetime.fromtimestamp(seconds, tz=JAPAN).date()


def _git(root: Path, *words: str) -> str:
    with suppress(OSError):
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.strip()
    return ""
