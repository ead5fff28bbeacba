"""What takes long to make is made once for all workers of a run: by the first that needs it, while the others wait."""

import os
import shutil
from collections.abc import Callable
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import pytest


def once(
    factory: pytest.TempPathFactory,
    name: str,
    make: Callable[[Path], object],
    *,
    meanwhile: Callable[[], object] = lambda: None,
) -> Path:
    """Return the folder `name` of this run, which `make` was given empty to fill; nobody may change what is in it.

    Who finds another worker making it does first what is wanted later: `meanwhile`.
    """
    base = factory.getbasetemp()
    # each worker has a folder of its own in the run's
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, whole = run / name, run / f"{name}.whole"
    with (run / f"{name}.lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            meanwhile()
            flock(lock, LOCK_EX)
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder
