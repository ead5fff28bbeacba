"""Copies of the project for builds that change it or that stand elsewhere."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
# what no build reads, at the top level
UNREAD = {"decisions", "reports", "site", "site-zensical", "tests"}


def copied(target: Path) -> Path:
    """Copy what a build reads into the new folder `target`; return it."""
    return shutil.copytree(ROOT, target, ignore=_unread)


def _unread(folder: str, names: list[str]) -> set[str]:
    unread = UNREAD if Path(folder) == ROOT else set()
    return {name for name in names if name in unread or name.startswith(".") or name == "__pycache__"}
