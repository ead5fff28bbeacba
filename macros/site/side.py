"""The side folder that a build grows in, and its switch with the site.

Each build holds a lock on its folder. The system lets go of it when the build dies, so the next build knows
what a killed one left.
"""

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".site-"
OLD = "old"
# of Linux' renameat2(2)
HERE, EXCHANGE = -100, 2


@contextmanager
def side_folder(site: Path) -> Iterator[Path]:
    """Give a folder beside `site` that is gone afterwards, however the build ends.

    Raises OSError when nothing can be written beside `site`.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    sweep(site)
    side = Path(tempfile.mkdtemp(prefix=PREFIX, dir=site.parent))
    lock = _locked(side)
    try:
        yield side
    finally:
        shutil.rmtree(side, ignore_errors=True)
        # a killed build may have left a MkDocs that wrote on for a moment
        sweep(site)
        if lock is not None:
            os.close(lock)


def sweep(site: Path) -> None:
    """Remove what killed builds left beside `site`; a build that runs keeps its folder."""
    for side in site.parent.glob(f"{PREFIX}*/"):
        lock = _locked(side)
        if lock is None:
            continue
        # killed between two renames: the old site stands here only
        if not site.exists() and (side / OLD).exists():
            (side / OLD).rename(site)
        shutil.rmtree(side, ignore_errors=True)
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """Return the handle of a lock on a folder; None when a running build holds it or it cannot be had."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def open_to_readers(folder: Path) -> None:
    """Let all read a built site, the web server among them, whatever the account that built it is set to."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def switch(new: Path, site: Path, old: Path) -> None:
    """Put `new` where `site` is: in one step where the system can, else by two renames.

    Raises OSError when `new` cannot be moved; then `site` is as it was.
    """
    if site.exists() and _exchange(new, site):
        return
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except BaseException:
        if old.exists():
            old.rename(site)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once; return False where the system or its disk cannot."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0
