"""A folder on this machine or, through ssh, on another one. Both run the same shell commands.

The other machine needs sh, tar and sha256sum (or shasum), nothing of ours.
"""

import io
import re
import shlex
import subprocess
import tarfile
from collections.abc import Iterable

REMOTE = re.compile(r"([^/:]+):(.+)")


class HostError(Exception):
    """A command on the host failed; the text holds what it said."""


class Host:
    """Runs shell commands in one folder: `/srv/www/offset`, or `user@host:/srv/www/offset` through ssh."""

    def __init__(self, target: str) -> None:
        remote = REMOTE.fullmatch(target)
        self.machine, self.folder = remote.groups() if remote else (None, target)

    def command(self, script: str) -> list[str]:
        """Return what starts a script in the folder; the folder must be there already unless the script makes it."""
        whole = f"set -eu; folder={shlex.quote(self.folder)}; {script}"
        if self.machine is None:
            return ["sh", "-c", whole]
        return ["ssh", "-o", "BatchMode=yes", "--", self.machine, f"sh -c {shlex.quote(whole)}"]

    def run(self, script: str, given: str = "") -> str:
        """Run a script with a text on its standard input; return what it prints. Raises HostError."""
        done = subprocess.run(self.command(script), input=given, capture_output=True, text=True, check=False)
        if done.returncode:
            raise HostError(done.stderr.strip() or f"exit status {done.returncode}")
        return done.stdout

    def send(self, folder: str, files: Iterable[tuple[str, bytes, float]]) -> None:
        """Unpack files (name, content, time of change) into a folder below the host's. Raises HostError."""
        script = f'tar -xf - -C "$folder/{folder}"'
        with subprocess.Popen(self.command(script), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            said = _pour(process, files)
        if process.returncode or said:
            raise HostError(said or f"exit status {process.returncode}")


def _pour(process: subprocess.Popen, files: Iterable[tuple[str, bytes, float]]) -> str:
    """Write the files as a tar stream; return what the other side complained of."""
    broken = ""
    try:
        with tarfile.open(fileobj=process.stdin, mode="w|") as archive:
            for name, content, changed in files:
                entry = tarfile.TarInfo(name)
                entry.size, entry.mtime, entry.mode = len(content), int(changed), 0o644
                archive.addfile(entry, io.BytesIO(content))
    except BrokenPipeError as error:
        broken = str(error)
    try:
        _, said = process.communicate()
    except BrokenPipeError:
        said = b""
    return said.decode("utf-8", "replace").strip() or broken
