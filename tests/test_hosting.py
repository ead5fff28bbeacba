"""Headers for hosts: made from the built pages, one rule for each address, the same for every kind of host."""

import re
import shutil
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from macros.hosting.hashing import HASHED, file_of
from macros.hosting.headers import CLOUD, HIDDEN, fits, main, policies, read_cloud, server_files, write_cloud
from macros.hosting.media_types import OTHER_TYPES, UTF8_TYPES
from macros.hosting.policy import frame_policy, inline
from tests.calculator_tools import IDS
from tests.pages import path_of

OTHERS = [
    "/",
    "/404.html",
    "/embed/",
    "/embed/resize.js",
    "/calculators/event/",
    "/search/index.1a2b3c4d.js",
    "/data/cases.csv",
]
ADDRESSES = [*OTHERS, *(f"/embed/{name}/" for name in IDS), "/downloads/site.zip", "/embed/event/picture.svg"]
CLOUD_RULES = 100  # at most, and letters of a line: Cloudflare Pages
CLOUD_LETTERS = 2000


@pytest.fixture(scope="module")
def base(site: Path) -> str:
    """The path that the site was built for, without the slash at its end: rules begin with it."""
    return path_of(site).rstrip("/")


@pytest.fixture(scope="module")
def cloud(site: Path) -> list[tuple[str, dict[str, str]]]:
    return read_cloud((site / CLOUD).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def servers(site: Path) -> dict[str, str]:
    return server_files(site)


def from_cloud(cloud: list[tuple[str, dict[str, str]]], address: str) -> dict[str, str]:
    """What a host that reads `_headers` sends; two rules that fit would be added up, or not, as the host likes."""
    (headers,) = [headers for path, headers in cloud if fits(path, address)]
    return headers


def from_nginx(servers: dict[str, str], address: str) -> dict[str, str]:
    """What nginx sends: the first pattern of a map that fits, else its default."""
    values = {}
    for name, body in re.findall(r"map \$uri (\$\w+) \{(.*?)\n\}", servers["nginx-http.conf"], re.DOTALL):
        lines = dict(re.findall(r'^\s+(\S+) "(.*)";$', body, re.MULTILINE))
        default = lines.pop("default")
        values[name] = next((value for key, value in lines.items() if re.search(key[1:], address)), default)
    sent = re.findall(r"^add_header (\S+) (.+) always;$", servers["nginx-server.conf"], re.MULTILINE)
    headers = {name: values.get(value, value.strip('"')) for name, value in sent}
    # nginx leaves a header out that would be empty; what is packed hosts that read `_headers` know by themselves
    return {name: value for name, value in headers.items() if value and name != "Vary"}


def from_apache(servers: dict[str, str], address: str) -> dict[str, str]:
    """What Apache sends: each line that fits sets the header anew."""
    lines = re.findall(
        r'^Header always set (\S+) "(.*?)"(?: "expr=%\{REQUEST_URI\} =~ m#(.*?)#")?$',
        servers["apache.conf"],
        re.MULTILINE,
    )
    return {name: value for name, value, pattern in lines if re.search(pattern, address)}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_kind_of_host_sends_the_same(
    cloud: list[tuple[str, dict[str, str]]], servers: dict[str, str], base: str, address: str
) -> None:
    sent = from_cloud(cloud, base + address)
    assert from_nginx(servers, base + address) == sent
    assert from_apache(servers, base + address) == sent
    assert (sent["X-Content-Type-Options"], sent["Referrer-Policy"]) == ("nosniff", "no-referrer")


def test_one_rule_fits_each_file_of_the_site(site: Path, cloud: list[tuple[str, dict[str, str]]], base: str) -> None:
    files = (path for path in site.rglob("*") if path.is_file() and path.name != CLOUD)
    addresses = ["/" + path.relative_to(site).as_posix().removesuffix("index.html") for path in files]
    fitting = {address: sum(fits(path, base + address) for path, _ in cloud) for address in addresses}
    assert {address: count for address, count in fitting.items() if count != 1} == {}


@pytest.mark.parametrize("name", IDS)
def test_calculators_may_be_framed(cloud: list[tuple[str, dict[str, str]]], base: str, name: str) -> None:
    """Nothing is said of who may: `*` would not mean pages from disk."""
    assert "frame-ancestors" not in from_cloud(cloud, f"{base}/embed/{name}/")["Content-Security-Policy"]


@pytest.mark.parametrize("address", [*OTHERS, "/downloads/site.zip"])
def test_nothing_else_may_be_framed(cloud: list[tuple[str, dict[str, str]]], base: str, address: str) -> None:
    assert from_cloud(cloud, base + address)["Content-Security-Policy"].endswith("frame-ancestors 'none'")


def test_only_files_named_after_their_content_are_kept_for_ever(
    site: Path, cloud: list[tuple[str, dict[str, str]]], base: str
) -> None:
    cloud = [(path.removeprefix(base), headers) for path, headers in cloud]
    kept = [path.removesuffix("*") for path, headers in cloud if "immutable" in headers["Cache-Control"]]
    assert kept == ["/assets/css/", "/assets/javascripts/", "/assets/js/", "/assets/stylesheets/", "/search/"]
    files = [path for folder in kept for path in (site / folder.strip("/")).rglob("*") if path.is_file()]
    assert [path.name for path in files if not HASHED.search(path.name)] == []
    others = {headers["Cache-Control"] for path, headers in cloud if path.removesuffix("*") not in kept}
    assert others == {"no-cache"}


def test_a_folder_with_one_plain_name_is_not_kept_for_ever(site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site / "assets" / "javascripts", tmp_path / "assets" / "javascripts")
    shutil.copy(site / "index.html", tmp_path)
    (tmp_path / "embed").mkdir()
    (copy / "plain.js").touch()
    write_cloud(tmp_path, "p")
    assert "immutable" not in (tmp_path / CLOUD).read_text(encoding="utf-8")


def test_the_file_stays_within_what_hosts_read(site: Path, cloud: list[tuple[str, dict[str, str]]]) -> None:
    lines = (site / CLOUD).read_text(encoding="utf-8").splitlines()
    assert len(cloud) <= CLOUD_RULES
    assert max(map(len, lines)) <= CLOUD_LETTERS


def test_below_a_path_rules_begin_with_it(public_site: Path, tmp_path: Path) -> None:
    home = (public_site / "index.html").read_text(encoding="utf-8")
    (tmp_path / "embed" / "event").mkdir(parents=True)
    (tmp_path / "assets").mkdir()
    address = re.compile(r'rel="canonical" href="[^"]+"')
    (tmp_path / "index.html").write_text(address.sub('rel="canonical" href="https://a.jp/b/"', home), encoding="utf-8")
    (policy,) = inline(home).policies
    write_cloud(tmp_path, policy)
    cloud, servers = read_cloud((tmp_path / CLOUD).read_text(encoding="utf-8")), server_files(tmp_path)
    assert {path for path, _ in cloud} == {"/b/", "/b/embed/", "/b/embed/event/*", "/b/index.html"}
    for send in (from_nginx, from_apache):
        assert send(servers, "/b/embed/event/")["Content-Security-Policy"] == policies(policy, frame_policy())["frame"]
        assert send(servers, "/embed/event/")["Content-Security-Policy"] == policies(policy, frame_policy())["page"]
    assert "ErrorDocument 404 /b/404.html" in servers["apache.conf"]


def test_the_files_of_servers_are_written_beside_the_site(site: Path, tmp_path: Path) -> None:
    assert main([str(site), "--to", str(tmp_path / "out")]) == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}
    assert written == server_files(site)


def test_without_a_site_the_command_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "先に make build をしてください。" in capsys.readouterr().err


# -- the local server sends them -----------------------------------------------------------------------


def answer(origin: str, path: str) -> tuple[int, dict[str, str]]:
    connection = HTTPConnection(origin.removeprefix("http://"), timeout=60)
    connection.request("HEAD", path)
    response = connection.getresponse()
    connection.close()
    return response.status, dict(response.getheaders())


def test_the_local_server_sends_what_hosts_send(
    site: Path, serve: Callable[..., str], cloud: list[tuple[str, dict[str, str]]], base: str
) -> None:
    origin = serve(site, f"{base}/")
    script = "/" + file_of(site, "assets/js/site.js").relative_to(site).as_posix()
    for address in ("/", "/embed/event/?theme=dark", "/embed/resize.js", script):
        status, headers = answer(origin, base + address)
        wanted = from_cloud(cloud, base + address.partition("?")[0])
        assert (status, {name: headers.get(name) for name in wanted}) == (200, wanted)


@pytest.mark.parametrize("path", ["/_headers", "/_hashed", "/%5Fheaders", "/_headers?"])
def test_the_local_server_does_not_show_what_is_for_hosts(server: str, path: str) -> None:
    assert answer(server, path)[0] == 404


def test_what_is_missing_is_not_kept(site: Path, serve: Callable[..., str], base: str) -> None:
    """Else a script that comes with the next publication would be missing for a year."""
    status, headers = answer(serve(site, f"{base}/"), f"{base}/assets/js/missing.1a2b3c4d.js")
    assert (status, headers["Cache-Control"], headers["Vary"]) == (404, "no-cache", "Accept-Encoding")


def test_every_file_is_of_a_known_kind(site: Path) -> None:
    endings = {path.suffix for path in site.rglob("*") if path.is_file() and path.name not in HIDDEN}
    assert endings - {*UTF8_TYPES, *OTHER_TYPES} == set()


def test_a_folder_without_rules_is_served_without(serve: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    assert "Content-Security-Policy" not in answer(serve(tmp_path), "/")[1]
