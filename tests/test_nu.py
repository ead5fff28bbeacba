"""The Nu Html Checker finds nothing in our pages but what stands here by kind, each with its reason."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import nu
from tests.pages import read_pages


class Kind(NamedTuple):
    """Messages that stay: of the theme's own markup, or of what the checker cannot know."""

    message: str
    extract: str
    reason: str


STAYS = [
    Kind(
        r"Attribute “autocomplete” is only allowed",
        r'class="md-toggle"',
        "Material: the hidden switches of menu and search; browsers pass over the attribute",
    ),
    Kind(
        r"Bad value “” for attribute “tabindex”",
        r'<label class="md-nav__link',
        "Material: a group of the menu that holds the current page; an empty tabindex is none",
    ),
    Kind(
        r"The value of the “for” attribute of the “label” element",
        r'<label class="md-nav__title" for="__toc">',
        "Material: the title of a table of contents whose switch stands only on pages that have one",
    ),
    Kind(
        r"Inline script violates Content Security Policy",
        r'<script id="__config" type="application/json">',
        "Material: a block of data; no browser runs it, so that no policy stops it",
    ),
    Kind(
        r"The “list” role is unnecessary for element “[uo]l”",
        r'<[uo]l[^>]* role="list"',
        "ours: WebKit takes the role from lists without bullets; said aloud, they are lists again",
    ),
]


def told(found: list[nu.Message]) -> list[str]:
    """The messages that no kind explains, each with its place."""
    return [
        f"{one.address}: {one.text} {one.extract.strip()}"
        for one in found
        if not any(fits(one, kind) for kind in STAYS)
    ]


def fits(message: nu.Message, kind: Kind) -> bool:
    return bool(re.match(kind.message, message.text) and re.search(kind.extract, message.extract))


@pytest.mark.full
@pytest.mark.parametrize(("built", "base"), [("site", "/"), ("public_site", "/offset/")])
def test_no_page_has_a_fault_of_ours(
    request: pytest.FixtureRequest, serve: Callable[..., str], built: str, base: str
) -> None:
    site: Path = request.getfixturevalue(built)
    origin = serve(site, base)
    addresses = [f"{origin}{base}{address.lstrip('/')}" for address in read_pages(site)]
    found = nu.messages(addresses)
    assert told(found) == []
    # each kind is still there, and the theme's markup was looked at
    assert [kind.reason for kind in STAYS if not any(fits(one, kind) for one in found)] == []


@pytest.mark.full
def test_faults_are_found(tmp_path: Path, serve: Callable[..., str]) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="ja"><title>題</title><figure role="group"><figcaption>名</figcaption></figure>'
        "<section><p>節</p></section><dl><dt>名<dd>1<dt>名<dd>2</dl>"
        '<table><tr><td>1<td>2<tr><td>1</table><ul role="list"><li>1</ul>',
        encoding="utf-8",
    )
    found = told(nu.messages([f"{serve(tmp_path)}/"]))
    wanted = ("A “figure” element", "Section lacks heading", "Duplicate “dt” name", "A table row was 1 columns wide")
    assert [one for one in wanted if not any(f": {one}" in line for line in found)] == []
    assert len(found) == len(wanted)


@pytest.mark.parametrize("name", nu.PACKAGES)
def test_a_missing_program_is_named_and_fails(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match=f"apt-get install {nu.PACKAGES[name]}"):
        nu.program(name)


def test_another_file_in_its_place_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    nu.folder().mkdir()
    (nu.folder() / f"{nu.PACKAGE}-{nu.VERSION}.tgz").write_bytes(b"other")
    with pytest.raises(AssertionError, match="sha512"):
        nu.jar()
