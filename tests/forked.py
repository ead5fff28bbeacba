"""Commands of the project run in a copy of this process: what a test wants of a process of its own, in a tenth of its time.

Starting Python and reading our libraries takes far longer than a check of a small project does.
"""

import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple, NoReturn

# seconds between two looks at whether it has ended
LOOK = 0.01


class Done(NamedTuple):
    """How a command ended and what it told; the status is None when it was stopped."""

    status: int | None
    stderr: str


def forked(command: Callable[[list[str]], int], arguments: list[str], folder: Path, seconds: float) -> Done:
    """Run `command(arguments)` in `folder` with a limit of time, as its own process would."""
    with TemporaryFile() as said:
        with warnings.catch_warnings():
            # from 3.12 on Python warns that other threads do not come along; the copy uses none of them
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            _run(command, arguments, folder, said)
        status = _waited(child, seconds)
        said.seek(0)
        return Done(status, said.read().decode())


def _run(command: Callable[[list[str]], int], arguments: list[str], folder: Path, said: BinaryIO) -> NoReturn:
    status = 1
    try:
        os.dup2(said.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
        os.chdir(folder)
        status = command(arguments)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        # nothing of the tests' own may run in the copy
        os._exit(status)


def _waited(child: int, seconds: float) -> int | None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(LOOK)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None
