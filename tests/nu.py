"""The Nu Html Checker, looking at pages as a browser loads them: `messages(["http://127.0.0.1:8000/", …])`.

It is fetched once, by npm and by its hash, and kept outside the project; it runs on Java. What is missing is named, and the test fails.
"""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PACKAGE, VERSION = "vnu-jar", "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
MEMBER = "package/build/dist/vnu.jar"
# a program: its package in Debian
PACKAGES = {"java": "default-jre-headless", "npm": "npm"}
# it would not look at this machine's own pages otherwise
LOOPBACK = "-Dnu.validator.servlet.allow-forbidden-hosts=true"
SECONDS = 500


class Message(NamedTuple):
    """What the checker says of a place: the page's address, the message, and the source around the place."""

    address: str
    text: str
    extract: str


def messages(addresses: list[str]) -> list[Message]:
    """Return all errors and warnings of pages that a server on this machine sends."""
    command = [program("java"), LOOPBACK, "-jar", str(jar()), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, *addresses], capture_output=True, text=True, check=True, timeout=SECONDS)
    found = json.loads(done.stdout)["messages"]
    # the first of two that clash is told once more, without a kind
    told = [one for one in found if one["type"] != "info" or "subType" in one]
    return [Message(one.get("url", ""), one["message"], one.get("extract", "")) for one in told]


def jar() -> Path:
    """Return the checker; fetch it when it is not there yet."""
    kept = folder() / f"{PACKAGE}-{VERSION}.tgz"
    if not kept.is_file():
        fetch(kept)
    found = base64.b64encode(hashlib.sha512(kept.read_bytes()).digest()).decode()
    assert found == SHA512, (
        f"{kept} は、決めておいたもの（sha512-{SHA512}）ではありません。消してから、もう一度お試しください。"
    )
    unpacked = kept.with_suffix(".jar")
    if not unpacked.is_file():
        with aside(unpacked) as place, tarfile.open(kept) as archive:
            archive.extract(MEMBER, place, filter="data")
            (place / MEMBER).rename(place / unpacked.name)
    return unpacked


def folder() -> Path:
    """Return where tools are kept that no package manager of the system or of Python has."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "offset-guidebook"


def fetch(kept: Path) -> None:
    """Have npm load the package, without running anything of it."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with aside(kept) as place:
        command = [program("npm"), "pack", "--silent", "--ignore-scripts", "--pack-destination", str(place)]
        done = subprocess.run([*command, f"{PACKAGE}@{VERSION}"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{PACKAGE} {VERSION} を npm で取り寄せられませんでした：{done.stderr}"


@contextmanager
def aside(file: Path) -> Iterator[Path]:
    """Give a folder to make a file in; move it to its place when it is whole, for others may look at the same time."""
    with tempfile.TemporaryDirectory(dir=file.parent) as place:
        yield Path(place)
        (Path(place) / file.name).replace(file)


def program(name: str) -> str:
    """Return the path of a program, or fail with what to install."""
    path = shutil.which(name)
    assert path, f"{name} がありません（Debian なら apt-get install {PACKAGES[name]}）。 {name} not found."
    return path
