"""`python -m macros due [--today DATE]`: lists what should be looked at again because its day has passed.

It reports and never fails a build: a date that passes is work, not an error.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from ..models.dates import JAPAN
from .due_factors import overdue_factors
from .guide import Guide, load
from .problems import DataError


def overdue(guide: Guide, today: str) -> list[str]:
    """Return a line for each note of today whose review day lies before `today`, oldest first.

    A review date may be a year or a month: it passes when the whole year or month has passed.
    """
    late = [change for change in guide.changes if change.review_by < today[: len(change.review_by)]]
    late.sort(key=lambda change: (change.review_by, change.id))
    return [f"{change.review_by}  changes.yml  {change.id}: {change.title}" for change in late]


def overdue_offers(guide: Guide, today: str) -> list[str]:
    """Return a line for each seller, and each statement of buying.yml, whose review day lies before `today`."""
    offers = [(one.review_by, f"offers/{one.id}.yml", one.id, f"{one.seller} {one.title}") for one in guide.offers]
    said = [
        (one.review_by, "buying.yml", one.id, one.title)
        for kind in (guide.buying.ways, guide.buying.steps, guide.buying.proofs, guide.buying.wordings)
        for one in kind
    ] + [(one.review_by, "buying.yml", one.id, one.title) for one in guide.buying.lookalikes]
    late = [row for row in [*offers, *said] if row[0] < today[: len(row[0])]]
    return [f"{day}  {file}  {own}: {title}" for day, file, own, title in sorted(late)]


def main(arguments: list[str] | None = None) -> int:
    """Print what is due in the project in the current folder; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros due")
    parser.add_argument("--today", default=datetime.now(tz=UTC).astimezone(JAPAN).date().isoformat())
    options = parser.parse_args(arguments)
    try:
        guide = load(Path.cwd())
        lines = sorted(
            [
                *overdue(guide, options.today),
                *overdue_factors(guide.catalogue, options.today),
                *overdue_offers(guide, options.today),
            ],
            key=lambda line: line.split()[0],
        )
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.today} の時点で、見直しの期日を過ぎたものは{len(lines)}件です。", *lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
