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
# what ssh itself returns when it could not get there
SSH_FAILED = 255
# what a script of ours returns when it has said itself what is wrong
TOLD = 3
FAILED = "公開先での作業が失敗しました。 A command on the host failed."
NOT_SENT = "公開先へ送れませんでした。空きと、書き込む権限を確かめてください。 Could not send."
NO_WAY = "{machine} に ssh でつながりません。名前、鍵、known_hosts を確かめてください。 ssh cannot get there."
NO_SSH = "ssh がありません。OpenSSH のクライアントを入れてください。 ssh is missing."


class HostError(Exception):
    """A command on the host failed; the text says in Japanese what could not be done, and holds what the host said."""


class Host:
    """Runs shell commands in one folder: `/srv/www/offset`, or `user@host:/srv/www/offset` through ssh."""

    def __init__(self, target: str) -> None:
        remote = REMOTE.fullmatch(target)
        self.machine, self.folder = remote.groups() if remote else (None, target)

    def command(self, script: str) -> list[str]:
        """Return what starts a script in the folder; the folder must be there already unless the script makes it.

        What is published may be read by all, the web server among them, whatever the account here or there is set to.
        """
        whole = f"set -eu; umask 022; folder={shlex.quote(self.folder)}; {script}"
        if self.machine is None:
            return ["sh", "-c", whole]
        return ["ssh", "-o", "BatchMode=yes", "--", self.machine, f"sh -c {shlex.quote(whole)}"]

    def run(self, script: str, given: str = "", failing: str = FAILED) -> str:
        """Run a script with a text on its standard input; return what it prints.

        Raises HostError with the words of `failing` and what the host said.
        """
        try:
            done = subprocess.run(self.command(script), input=given, capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            raise HostError(NO_SSH) from error
        if done.returncode:
            raise self._error(done.returncode, done.stderr, failing)
        return done.stdout

    def send(self, folder: str, files: Iterable[tuple[str, bytes, float]]) -> None:
        """Unpack files (name, content, time of change) into a folder below the host's. Raises HostError."""
        script = f'tar -xf - -C "$folder/{folder}"'
        with subprocess.Popen(self.command(script), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            said = _pour(process, files)
        if process.returncode or said:
            raise self._error(process.returncode, said, NOT_SENT)

    def _error(self, status: int, said: str, failing: str) -> HostError:
        if status == TOLD:
            return HostError(said.strip())
        words = NO_WAY.format(machine=self.machine) if self.machine and status == SSH_FAILED else failing
        return HostError(f"{words}\n  （{said.strip() or f'exit status {status}'}）")


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
