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
# fetched ahead by Firefox, which the policy stops, with an error on each page; nothing else reads it
AHEAD = re.compile(r'\s*<link rel="?next"? [^>]*>')
CHARSET = re.compile(r"<meta charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)
# any other type is a block of data, which no browser runs
RUN_TYPES = {"", "module", "text/javascript", "application/javascript"}
ADDRESS_ATTRIBUTES = {"href", "src", "action", "formaction"}
# what a browser loads or sends by itself; links that readers follow may lead anywhere
LOADED = {"src", "srcset", "poster", "data", "action", "formaction", "background"}
# of `<link>`: these name a page and load nothing
NAMED = {"canonical", "alternate", "next", "prev", "license", "author"}
OTHER_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# letters that browsers pass over in an address
PASSED_OVER = re.compile(r"[\x00-\x20]")
# The scripts that may stand inside pages, by their hashes: those of the theme. A new version of the theme may bring others:
# read what the build names, and add its hash here. No page can allow a script by holding it.
KNOWN_SCRIPTS = {
    "'sha256-frNoT9rNKIH2e5QomDJzop2HdNi8gmIq+bZajsEDKpA='": "Material: where the reader's choices are kept; the way to the site's root is left out",
    "'sha256-IT1XGoa9VozLZb+Syjz5UoTYwUCZcYmwJypQO3L6OYg='": "Zensical: the same",
    "'sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4='": "Material, Zensical: the colours that the reader chose",
    "'sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8='": "Material, Zensical: the tab that the address names",
}
# differs by the depth of the page and by the path of the site
WAY_TO_ROOT = re.compile(r'(?<=^__md_scope=new URL\(")[\w./~%-]*(?="[,)])')


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
    if tag == "base":
        yield "base"
    if leads_out := _loaded(tag, {name: value or "" for name, value in attributes}):
        yield leads_out
    for name, value in attributes:
        if name == "style" or name.startswith("on"):
            yield f"{name}="
        if name in ADDRESS_ATTRIBUTES and PASSED_OVER.sub("", value or "").lower().startswith("javascript:"):
            yield "javascript:"


def _loaded(tag: str, attributes: dict[str, str]) -> str | None:
    """Return the attribute by which an element would load from, send to or go to another host without being asked."""
    loaded = LOADED if tag != "link" or NAMED & set(attributes.get("rel", "").lower().split()) else LOADED | {"href"}
    for name in sorted(loaded & set(attributes)):
        if OTHER_HOST.match(PASSED_OVER.sub("", attributes[name])):
            return f"{name}={attributes[name]}"
    refresh = tag == "meta" and attributes.get("http-equiv", "").strip().lower() == "refresh"
    return "refresh" if refresh else None


def is_known(script: str) -> bool:
    """Tell whether a script is one of KNOWN_SCRIPTS."""
    return source_of(WAY_TO_ROOT.sub("", script)) in KNOWN_SCRIPTS


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

    What a browser would fetch ahead against the policy is left out.
    Raises PolicyError when the page has no such place.
    """
    done, count = CHARSET.subn(lambda found: f"{found[0]}\n{META.format(policy)}", AHEAD.sub("", html), count=1)
    if not count:
        raise PolicyError("<meta charset=utf-8> がありません。 No <meta charset=utf-8>.")
    return done


def with_policy_instead(html: str, policy: str) -> str:
    """Return a page with another policy in the place of the one it has."""
    return META_OF_PAGE.sub(META.format(policy), html, count=1)


def write_policy(site: Path, frames: str) -> str:
    """Put one policy for all into every page, but `frames` into calculators alone; return the one for all.

    One for all, because a host sends one header for all, and a browser obeys the stricter of header and page.
    Raises PolicyError when a page holds a style, a handler, a `javascript:` link, anything of another host or a script
    that is not known.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    found = {path: inline(html) for path, html in pages.items()}
    faults = [f"{path.relative_to(site).as_posix()}: {fault}" for path, one in found.items() for fault in one.faults]
    if faults:
        raise PolicyError("\n".join(faults))
    alone = set(site.glob("embed/*/index.html"))
    ours = {path: one.scripts for path, one in found.items() if path not in alone}
    _refuse_unknown(site, ours)
    policy = policy_for(script for scripts in ours.values() for script in scripts)
    for path, html in pages.items():
        path.write_text(with_policy(html, frames if path in alone else policy), encoding="utf-8")
    return policy


def _refuse_unknown(site: Path, scripts: dict[Path, list[str]]) -> None:
    """Raise PolicyError with the beginning and the hash of each script that is not known."""
    unknown = [
        f"{path.relative_to(site).as_posix()}: <script> {script.strip()[:60]!r} {source_of(WAY_TO_ROOT.sub('', script))}"
        for path, found in scripts.items()
        for script in found
        if not is_known(script)
    ]
    if unknown:
        raise PolicyError("\n".join(unknown))
