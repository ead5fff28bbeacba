"""nginx and Apache, really started with what the build writes, send of every file what the local server sends."""

import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from macros.hosting.headers import ALWAYS, EMBEDDER, HIDDEN
from macros.hosting.media_types import OTHER_TYPES, UTF8_TYPES
from tests import servers

COMPARED = ("Content-Type", "Content-Security-Policy", EMBEDDER, "Cache-Control", "Vary", *ALWAYS)
BASES = {"root": "/", "below": "/offset/"}
Answer = tuple[int, dict[str, str | None], bytes]


@pytest.fixture(scope="module", params=BASES)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site as it is published, at the root of its host or below a path, with a file of every kind there is."""
    source = request.getfixturevalue("site" if request.param == "root" else "public_site")
    folder = tmp_path_factory.mktemp("whole") / "site"
    shutil.copytree(source, folder)
    (folder / "downloads").mkdir(exist_ok=True)
    for ending in {**UTF8_TYPES, **OTHER_TYPES}:
        (folder / "downloads" / f"KIND{ending}").write_bytes(b"0" * 2000)
    return folder, BASES[request.param]


@pytest.fixture(scope="module", params=["nginx", "apache"])
def origin(request: pytest.FixtureRequest, whole: tuple[Path, str]) -> Iterator[str]:
    """The origin of one of the two servers."""
    with getattr(servers, request.param)(*whole) as started:
        yield started


@pytest.fixture(scope="module")
def local(whole: tuple[Path, str], serve: Callable[..., str]) -> str:
    return serve(*whole)


def asked(origin: str, address: str, method: str = "HEAD", **headers: str) -> Answer:
    """Status, headers and content of an address."""
    with closing(HTTPConnection(origin.removeprefix("http://"), timeout=60)) as connection:
        connection.request(method, address, headers=headers)
        response = connection.getresponse()
        found = {name: response.headers.get_all(name) for name in (*COMPARED, "Location", "Content-Encoding")}
        return (
            response.status,
            {name: ", ".join(value) if value else None for name, value in found.items()},
            response.read(),
        )


def compared(answer: Answer) -> tuple[int, dict[str, str | None]]:
    return answer[0], {name: answer[1][name] for name in COMPARED}


def differences(address: str, found: Answer, wanted: Answer) -> list[str]:
    """One line for each header, or the status, in which two answers differ."""
    (status, headers), (right, expected) = compared(found), compared(wanted)
    lines = [
        f"{name}: {headers[name]!r} for {expected[name]!r}" for name in COMPARED if headers[name] != expected[name]
    ]
    return [f"{address}: {line}" for line in ([] if status == right else [f"{status} for {right}"]) + lines]


@pytest.mark.full
def test_every_file_comes_as_from_the_local_server(whole: tuple[Path, str], origin: str, local: str) -> None:
    site, base = whole
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    shown = [name for name in names if name not in HIDDEN]
    addresses = [
        *(f"{base}{name}" for name in shown),
        *(f"{base}{name[:-10]}" for name in names if name.endswith("/index.html")),
    ]
    assert [line for one in addresses for line in differences(one, asked(origin, one), asked(local, one))] == []


@pytest.mark.full
def test_what_is_packed_is_the_same_and_says_so(whole: tuple[Path, str], origin: str, local: str) -> None:
    _, base = whole
    for name in (
        "index.html",
        "embed/event/",
        "data/cases.csv",
        "licences.txt",
        *(f"downloads/KIND{one}" for one in UTF8_TYPES),
    ):
        packed = asked(origin, f"{base}{name}", "GET", **{"Accept-Encoding": "gzip"})
        plain = asked(local, f"{base}{name}", "GET")
        assert compared(packed) == compared(plain), name
        assert packed[1]["Content-Encoding"] == "gzip", name
        assert gzip.decompress(packed[2]) == plain[2], name
        assert asked(origin, f"{base}{name}", "GET")[2] == plain[2], name


@pytest.mark.full
@pytest.mark.parametrize(
    "name",
    [
        "missing/",
        "missing.csv",
        "assets/js/missing.1a2b3c4d.js",
        "embed/missing/",
        "downloads/missing.pdf",
        *HIDDEN,
        "%5Fheaders",
    ],
)
def test_what_is_not_shown_is_the_sites_own_page(whole: tuple[Path, str], origin: str, local: str, name: str) -> None:
    site, base = whole
    found, wanted = asked(origin, f"{base}{name}", "GET"), asked(local, f"{base}{name}", "GET")
    assert compared(found) == compared(wanted)
    assert found[0] == 404
    assert found[2] == (site / "404.html").read_bytes()


@pytest.mark.full
def test_a_folder_without_its_slash_leads_to_it(whole: tuple[Path, str], origin: str) -> None:
    status, headers, _ = asked(origin, f"{whole[1]}glossary")
    assert status == 301
    assert urlsplit(headers["Location"] or "").path == f"{whole[1]}glossary/"


@pytest.mark.full
def test_a_folder_is_not_listed(whole: tuple[Path, str], origin: str) -> None:
    assert asked(origin, f"{whole[1]}assets/", "GET")[0] in {403, 404}


@pytest.mark.parametrize("name", servers.PACKAGES)
def test_a_missing_server_is_named_and_fails(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match=f"apt-get install {servers.PACKAGES[name]}"):
        servers.program(name)
