"""The files of a built site as a host should have them: kind, how long they may be kept, and a smaller twin."""

import gzip
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from .frozen import LIST, Frozen, addresses
from .hashing import HASHED
from .media_types import OTHER_TYPES, UTF8_TYPES

ROOT = Path(__file__).parent.parent.parent
LOCAL = re.compile(rb"<loc>http://(127\.0\.0\.1|localhost)[:/]")
NEEDED = ("index.html", "404.html", "robots.txt")
# only a site that knows its own address has one
MAP = "sitemap.xml"
# how many publications a host keeps, the one that is shown among them
KEPT = 5
# a twin that saves less is not worth a file
WORTH = 0.9


class NotReady(Exception):
    """The folder is not a site that can be published; the text says what to do, in Japanese and English."""


def files_of(site: Path) -> list[str]:
    """Return the names of all files from the site's folder, in order; raises NotReady for half a site."""
    missing = [name for name in NEEDED if not (site / name).is_file()]
    if missing:
        raise NotReady(f"{site} に {'、'.join(missing)} がありません。make build で作ってください。 Not a built site.")
    if not (site / MAP).is_file() or LOCAL.search((site / MAP).read_bytes()):
        raise NotReady(
            "公開するアドレスが入っていません。SITE_URL=https://… make build で作り直してください。 Built without SITE_URL."
        )
    frozen = Frozen.of(ROOT)
    new = frozen.new(set(addresses(site))) if frozen else []
    if new:
        raise NotReady(
            f"{LIST} に控えていないアドレスが{len(new)}件あります（{new[0]} など）。make build で作り直すと控えに入ります。"
            " Addresses that are not frozen."
        )
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def hashed_of(names: list[str]) -> list[str]:
    """Return those whose names hang on their content: a page that is open while a new version comes still asks for them."""
    return [name for name in names if HASHED.search(name)]


def type_of(name: str) -> str:
    """Return the value of `Content-Type` for a file."""
    ending = Path(name).suffix
    known = UTF8_TYPES.get(ending)
    return f"{known}; charset=utf-8" if known else OTHER_TYPES.get(ending, OTHER_TYPES[""])


def cache_of(name: str) -> str:
    """Return the value of `Cache-Control` for a file: the same as in the `_headers` that the build writes."""
    return "public, max-age=31536000, immutable" if HASHED.search(name) else "no-cache"


def twin_of(name: str, content: bytes) -> bytes | None:
    """Return the content packed with gzip for `<name>.gz`, the same for the same content; None when it saves little."""
    if Path(name).suffix not in UTF8_TYPES:
        return None
    packed = gzip.compress(content, 9, mtime=0)
    return packed if len(packed) < WORTH * len(content) else None


def with_twins(site: Path) -> Iterator[tuple[str, bytes, float]]:
    """Yield (name, content, time of change) of each file and of its packed twin, each name once.

    MkDocs packs one file itself: `sitemap.xml.gz`.
    """
    names = files_of(site)
    there = set(names)
    for name in names:
        path = site / name
        content, changed = path.read_bytes(), path.stat().st_mtime
        yield name, content, changed
        packed = None if f"{name}.gz" in there else twin_of(name, content)
        if packed is not None:
            yield f"{name}.gz", packed, changed


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content in hexadecimal letters."""
    return sha256(content).hexdigest()
