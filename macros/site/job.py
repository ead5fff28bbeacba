"""What every step of a build is told, each found out once."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from ..exports import Site, site_of
from ..loading import Guide
from ..models.dates import commit_date, first_day
from ..rendering import Renderer


@dataclass(frozen=True)
class Job:
    """One build: the checked data, where the project is and where the site grows."""

    root: Path
    folder: Path
    guide: Guide
    editions: bool = False
    builder: str = "mkdocs"
    frozen: bool = False

    @cached_property
    def date(self) -> int:
        """The time that everything built carries, in seconds."""
        return source_date(self.root, self.guide)

    @cached_property
    def address(self) -> str:
        """The public address, with a slash at the end; empty when it is not given."""
        return public_address()

    @cached_property
    def site(self) -> Site:
        """What mkdocs.yml calls the site, and its address."""
        return site_of(self.root)

    @cached_property
    def renderer(self) -> Renderer:
        """The macros, for what is drawn outside of pages."""
        renderer = Renderer(self.guide)
        renderer.site_url = self.site.address
        return renderer


def public_address() -> str:
    """Return the address that the site will have, with a slash at the end; empty when it is not given."""
    address = os.environ.get("SITE_URL", "").rstrip("/")
    return f"{address}/" if address else ""


def source_date(root: Path, guide: Guide) -> int:
    """Return the time that the build carries: given, else of the commit, else of the data."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        return int(given)
    return commit_date(root) or _midnight(first_day(guide.site.data_as_of))


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
