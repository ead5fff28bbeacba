"""The Content Security Policy of the pages: what it allows, and the hashes of the scripts that stand inside them.

Source of the rules: Content Security Policy Level 3 (W3C). decisions/0060 tells why each part is as it is.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

# calculators alone, in frames of other sites
FRAME_PARTS = (
    "default-src 'none'",
    "script-src 'self'{origins}",
    "style-src 'self'{origins}",
    "img-src 'self'{origins} data:",
    "form-action 'none'",
    "base-uri 'none'",
)
# what default-src leaves out is not used at all: fetch, fonts, media, objects, manifests
PARTS = (
    "default-src 'none'",
    "script-src 'self' {hashes}",
    "style-src 'self'",  # no style attribute either; scripts set styles through the CSSOM, which is free
    "img-src 'self' data:",  # the theme's stylesheet draws its icons with data:
    "worker-src 'self'",  # the search
    "frame-src 'self'",  # the preview of /embed/
    "form-action 'self'",  # the glossary's field on the home page
    "base-uri 'none'",
)
META = '<meta http-equiv="Content-Security-Policy" content="{}">'
META_OF_PAGE = re.compile(META.format('([^"]*)'), re.IGNORECASE)
CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)
# any other type is a block of data, which no browser runs
RUN_TYPES = {"", "module", "text/javascript", "application/javascript"}
ADDRESS_ATTRIBUTES = {"href", "src", "action", "formaction"}


class PolicyError(Exception):
    """A page holds what the policy would block; the text names page and place, in Japanese and English."""


class Inline(NamedTuple):
    """What stands inside a page: scripts to allow by hash, faults that no hash mends, policies; all as text."""

    scripts: list[str]
    faults: list[str]
    policies: list[str]


class _Reader(HTMLParser):
    """Collects inline scripts, and styles, handlers and `javascript:` links, which may not be."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Inline([], [], [])
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        runs = (attributes.get("type") or "").strip().lower() in RUN_TYPES
        if tag == "script" and "src" not in attributes and runs:
            self._script = []
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "content-security-policy":
            self.found.policies.append(attributes.get("content") or "")
        self.found.faults.extend(f"<{tag}> {fault}" for fault in _faults(tag, attrs))

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.found.scripts.append("".join(self._script))
            self._script = None


def _faults(tag: str, attributes: list[tuple[str, str | None]]) -> Iterator[str]:
    if tag == "style":
        yield "style"
    for name, value in attributes:
        if name == "style" or name.startswith("on"):
            yield f"{name}="
        if name in ADDRESS_ATTRIBUTES and (value or "").strip().lower().startswith("javascript:"):
            yield "javascript:"


def inline(html: str) -> Inline:
    """Return what stands inside a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def source_of(script: str) -> str:
    """Return a script's hash as the policy writes it: `'sha256-…'`, over its exact letters in UTF-8."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def policy_for(scripts: Iterable[str]) -> str:
    """Return the policy that allows these inline scripts and no other; the same scripts give the same text."""
    hashes = " ".join(sorted({source_of(script) for script in scripts}))
    return "; ".join(PARTS).format(hashes=hashes).replace(" ;", ";")


def frame_policy(addresses: Iterable[str] = ()) -> str:
    """Return the policy of calculators alone on a site with these public addresses, of which there may be none.

    In a frame with `sandbox` WebKit lets `'self'` match nothing: there the origin itself has to stand beside it.
    """
    origins = "".join(f" {origin}" for origin in dict.fromkeys(map(origin_of, filter(None, addresses))))
    return "; ".join(FRAME_PARTS).format(origins=origins)


def origin_of(address: str) -> str:
    """Return the origin of an address as a policy writes it: in ASCII, without path."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode()
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")


def with_policy(html: str, policy: str) -> str:
    """Return a page with the policy right behind its `<meta charset>`: what stands before it is not covered.

    Raises PolicyError when the page has no such place.
    """
    done, count = CHARSET.subn(lambda found: f"{found[0]}\n{META.format(policy)}", html, count=1)
    if not count:
        raise PolicyError("<meta charset=utf-8> がありません。 No <meta charset=utf-8>.")
    return done


def with_policy_instead(html: str, policy: str) -> str:
    """Return a page with another policy in the place of the one it has."""
    return META_OF_PAGE.sub(META.format(policy), html, count=1)


def write_policy(site: Path, frames: str) -> str:
    """Put one policy for all into every page, but `frames` into calculators alone; return the one for all.

    One for all, because a host sends one header for all, and a browser obeys the stricter of header and page.
    Raises PolicyError when a page holds a style, a handler or a `javascript:` link.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    found = {path: inline(html) for path, html in pages.items()}
    faults = [f"{path.relative_to(site).as_posix()}: {fault}" for path, one in found.items() for fault in one.faults]
    if faults:
        raise PolicyError("\n".join(faults))
    alone = set(site.glob("embed/*/index.html"))
    policy = policy_for(script for path in pages if path not in alone for script in found[path].scripts)
    for path, html in pages.items():
        path.write_text(with_policy(html, frames if path in alone else policy), encoding="utf-8")
    return policy
