"""The editions to take away: PDF, Word, planning sheets and figures, made from the built pages and the data.

What makes them is installed by `make build`, not by `make serve`: it is imported when it is called.
Each function raises EditionError, or ModuleNotFoundError where the tools are not there.
"""

from pathlib import Path

from ..loading import Guide
from .archive import packed

__all__ = ["EditionError", "packed", "publish", "stock", "write_cards", "write_offline", "write_plan"]


class EditionError(Exception):
    """An edition could not be made; the text names it and what the tool said."""


def publish(root: Path, site: Path, guide: Guide, time: int, address: str) -> None:
    """Write the files of `/downloads/`; they carry `time` (seconds since 1970) and the public address."""
    from .imprint import Imprint
    from .works import publish_all

    publish_all(root, site, guide, Imprint(time, address))


def write_offline(site: Path, time: int, address: str) -> None:
    """Write `downloads/site.zip`: what stands in the site already, to be read from disk."""
    from .imprint import Imprint
    from .offline import offline_zip

    (site / "downloads" / "site.zip").write_bytes(offline_zip(site, Imprint(time, address)))


def write_cards(site: Path, address: str) -> None:
    """Draw the picture that a link to a page shows elsewhere, for every page; the address stands in its name."""
    from .pdf.cards import write_cards as draw

    draw(site, address)


def write_plan(site: Path, guide: Guide) -> None:
    """Write the scripts of `/plan/` that are made from the data, with the templates of its documents."""
    from ..rendering import Renderer
    from .plan.scripts import write_plan_scripts

    write_plan_scripts(site, Renderer(guide))


def stock(site: Path, time: int) -> None:
    """Write SHA256SUMS and tell on the pages what each file of `/downloads/` is."""
    from .shelf import stock as stock_shelf

    stock_shelf(site, time)
