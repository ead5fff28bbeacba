"""The local server does what a plain static host does."""

from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from macros.hosting.headers import read_cloud
from macros.hosting.serve import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "guide").mkdir()
    (tmp_path / "empty").mkdir()
    for name in ("index.html", "404.html", "guide/index.html", "cases.csv", "site.js", "file.zip"):
        (tmp_path / name).write_text(f"{name} です", encoding="utf-8")
    return tmp_path


def get(origin: str, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=60)
    connection.request(method, path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


@pytest.mark.parametrize(
    ("path", "status", "kind", "text"),
    [
        ("/", 200, "text/html; charset=utf-8", "index.html です"),
        ("/guide/", 200, "text/html; charset=utf-8", "guide/index.html です"),
        ("/guide/?q=1", 200, "text/html; charset=utf-8", "guide/index.html です"),
        ("/cases.csv", 200, "text/csv; charset=utf-8", "cases.csv です"),
        ("/site.js", 200, "text/javascript; charset=utf-8", "site.js です"),
        ("/file.zip", 200, "application/zip", "file.zip です"),
        ("/none/", 404, "text/html; charset=utf-8", "404.html です"),
        ("/empty/", 404, "text/html; charset=utf-8", "404.html です"),
        ("/../../etc/passwd", 404, "text/html; charset=utf-8", "404.html です"),
    ],
)
def test_an_address_gives_its_file(
    path: str, status: int, kind: str, text: str, folder: Path, serve: Callable[..., str]
) -> None:
    answer, body = get(serve(folder), path)
    assert (answer.status, answer.headers["Content-Type"], body) == (status, kind, text)


def test_a_folder_without_its_slash_leads_to_it(folder: Path, serve: Callable[..., str]) -> None:
    answer, _ = get(serve(folder), "/guide")
    assert (answer.status, answer.headers["Location"]) == (301, "/guide/")


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/town/", 200, "index.html です"),
        ("/town/guide/", 200, "guide/index.html です"),
        ("/guide/", 404, "404.html です"),
        ("/", 404, "404.html です"),
    ],
)
def test_a_site_lives_under_a_base(path: str, status: int, text: str, folder: Path, serve: Callable[..., str]) -> None:
    answer, body = get(serve(folder, base="/town/"), path)
    assert (answer.status, body) == (status, text)


@pytest.mark.parametrize("base", ["/", "/offset/", "/town/"])
def test_headers_are_sent_wherever_a_site_built_for_a_path_is_served(
    base: str, public_site: Path, serve: Callable[..., str]
) -> None:
    origin = serve(public_site, base=base)
    rules = read_cloud((public_site / "_headers").read_text(encoding="utf-8"))
    assert {path[:8] for path, _ in rules} == {"/offset/"}
    for path, headers in [rule for rule in rules if rule[0].endswith("/")]:
        answer, _ = get(origin, base + path.removeprefix("/offset/"))
        assert answer.status == 200
        assert headers.items() <= dict(answer.getheaders()).items()


def test_a_missing_page_has_no_body_when_only_asked_for_its_head(folder: Path, serve: Callable[..., str]) -> None:
    answer, body = get(serve(folder), "/none/", "HEAD")
    assert (answer.status, body) == (404, "")


def test_a_taken_port_is_told(folder: Path, serve: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    port = serve(folder).rpartition(":")[2]
    assert main([str(folder), "--port", port]) == 1
    assert f"ポート {port} で待ち受けられません。" in capsys.readouterr().err


def test_a_page_is_sent_whole_however_new_the_reader_s_copy_is(folder: Path, serve: Callable[..., str]) -> None:
    connection = HTTPConnection(serve(folder).removeprefix("http://"), timeout=60)
    connection.request("GET", "/guide/", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert connection.getresponse().status == 200
    connection.close()
