"""Publications on a plain host and in an object store: whole or not shown, and a way back."""

import gzip
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from macros.hosting import store as store_module
from macros.hosting.files import NotReady, cache_of, files_of, twin_of, type_of, with_twins
from macros.hosting.hashing import HASHED_FILES
from macros.hosting.headers import CLOUD, fits, read_cloud
from macros.hosting.hosts import Host, HostError
from macros.hosting.release import Releases, main
from macros.hosting.store import Store, filled, ordered
from tests.conftest import build_public
from tests.ports import free_port

START = datetime(2027, 1, 10, 2, 15, tzinfo=UTC)
LOCAL = "<urlset><url><loc>http://127.0.0.1:8000/</loc></url></urlset>"
# stands for ssh: runs here what should run there
FAKE_SSH = """#!/bin/sh
while [ "$1" != "--" ]; do shift; done
echo "$2" >> "$SSH_CALLS"
exec sh -c "$3"
"""


def make_site(folder: Path, word: str) -> Path:
    """A site of a few files whose words can be told apart."""
    texts = {
        "index.html": f"<h1>{word}</h1>" * 50,
        "404.html": "なし",
        "robots.txt": "User-agent: *\n",
        "sitemap.xml": "<urlset><url><loc>https://example.jp/</loc></url></urlset>",
        "assets/css/site.css": "a { color: red }\n" * 50,
        "downloads/用語 集.csv": "列\n" * 50,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "figure.png").write_bytes(bytes(range(256)) * 8)
    return folder


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "一")


@pytest.fixture(params=["folder", "ssh"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A host: a folder here, or one behind an ssh that runs here what should run there."""
    folder = tmp_path / "srv" / "the site's"
    if request.param == "folder":
        return str(folder)
    tool = tmp_path / "bin" / "ssh"
    tool.parent.mkdir()
    tool.write_text(FAKE_SSH, encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("SSH_CALLS", str(tmp_path / "calls"))
    return f"web@example.jp:{folder}"


def shown(target: str) -> Path:
    return Path(target.removeprefix("web@example.jp:")) / "current"


def test_the_built_site_is_published_listed_and_taken_back(
    public_site: Path, target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    go_through_it(public_site, target, shown(target), tmp_path, capsys)


def go_through_it(site: Path, target: str, current: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Publish a site, then it with another word in it, list them and go back, all by the commands of the guide."""
    assert main(["list", target]) == 0
    assert capsys.readouterr().out == "まだ何も公開していません。 Nothing has been published yet.\n"
    assert main(["publish", str(site), target]) == 0
    assert (current / "sitemap.xml.gz").is_file()
    assert (current / "index.html").read_bytes() == (site / "index.html").read_bytes()
    newer = shutil.copytree(site, folder / "newer")
    (newer / "index.html").write_text("新しい", encoding="utf-8")
    time.sleep(1.1)  # names are told apart by the second
    assert main(["publish", str(newer), target]) == 0
    assert (current / "index.html").read_text(encoding="utf-8") == "新しい"
    capsys.readouterr()
    assert main(["list", target]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert (first[:2], second[:2]) == ("  ", "* ")
    assert main(["rollback", target]) == 0
    assert (current / "index.html").read_bytes() == (site / "index.html").read_bytes()
    assert unreadable(current.parent) == []


def unreadable(folder: Path) -> list[str]:
    """What a web server, which is nobody of ours, could not read."""
    modes = [(path, stat.S_IMODE(path.stat().st_mode)) for path in (folder, *folder.rglob("*"))]
    return [f"{path} {mode:o}" for path, mode in modes if mode & 0o005 != (0o005 if path.is_dir() else 0o004)]


@pytest.mark.parametrize("umask", [0o027, 0o077])
def test_under_any_umask_a_web_server_can_read_what_is_published(public_site: Path, tmp_path: Path, umask: int) -> None:
    command = [sys.executable, "-m", "macros", "publish", str(public_site), str(tmp_path / "srv")]
    subprocess.run(command, cwd=Path(__file__).parent.parent, umask=umask, check=True)
    assert unreadable(tmp_path / "srv") == []


def test_a_site_is_published_whole_and_the_next_takes_its_place(town: Path, target: str, tmp_path: Path) -> None:
    releases = Releases(target)
    first = releases.publish(town, START)
    assert {name for name, *_ in with_twins(town)} == {
        path.relative_to(shown(target)).as_posix() for path in shown(target).rglob("*") if path.is_file()
    }
    assert gzip.decompress((shown(target) / "index.html.gz").read_bytes()) == (town / "index.html").read_bytes()
    second = releases.publish(make_site(tmp_path / "site", "二"), START + timedelta(days=1))
    assert (releases.names(), releases.current()) == ([first, second], second)
    assert "二" in (shown(target) / "index.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in shown(target).parent.iterdir()) == ["current", "releases"]
    assert (tmp_path / "calls").exists() == target.startswith("web@")


def test_rollback_shows_the_one_before_and_then_the_one_before_that(town: Path, target: str, tmp_path: Path) -> None:
    releases = Releases(target)
    names = [
        releases.publish(make_site(tmp_path / "site", word), START + timedelta(days=i))
        for i, word in enumerate("一二三")
    ]
    assert releases.rollback() == names[1]
    assert "二" in (shown(target) / "index.html").read_text(encoding="utf-8")
    assert releases.rollback() == names[0]
    with pytest.raises(HostError, match="戻せるものがありません"):
        releases.rollback()
    assert releases.rollback(names[2]) == names[2] == releases.current()
    with pytest.raises(HostError, match="戻せるものがありません"):
        releases.rollback("../../etc")


class Broken(Host):
    """A host that loses something on the way."""

    fault = "cut"

    def send(self, folder: str, files: object) -> None:
        if self.fault == "cut":
            super().send(folder, list(files)[:-2])
        elif self.fault == "changed":
            super().send(folder, [(name, content.replace(b"1", b"2"), at) for name, content, at in files])
        elif self.fault == "more":
            super().send(folder, [*files, ("stranger.html", b"", 0)])
        else:
            super().send("releases/never-made", files)


@pytest.mark.parametrize("fault", ["cut", "changed", "more", "gone"])
def test_what_did_not_arrive_whole_is_never_shown(town: Path, target: str, tmp_path: Path, fault: str) -> None:
    releases = Releases(target)
    old = releases.publish(town, START)
    (town / "new.txt").write_text("111" * 999, encoding="utf-8")
    releases.host = Broken(target)
    releases.host.fault = fault
    with pytest.raises(HostError):
        releases.publish(town, START + timedelta(days=1))
    assert (releases.names(), releases.current()) == ([old], old)
    assert "一" in (shown(target) / "index.html").read_text(encoding="utf-8")
    releases.host = Host(target)
    assert releases.publish(town, START + timedelta(days=2)) == releases.current() != old


def test_readers_never_find_nothing_while_publications_change(town: Path, tmp_path: Path) -> None:
    target = tmp_path / "srv"
    releases = Releases(str(target))
    releases.publish(town, START)
    # reads as fast as it can until it is told to stop, and counts when there was nothing
    watch = """import pathlib, sys
page, stop, lost = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), 0
print("ready", flush=True)
while not stop.exists():
    try:
        page.read_bytes()
    except OSError:
        lost += 1
print(lost)"""
    page, stop = target / "current" / "index.html", tmp_path / "stop"
    with subprocess.Popen([sys.executable, "-c", watch, page, stop], stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline() == "ready\n"
        for i in range(1, 6):
            releases.publish(make_site(tmp_path / "site", str(i)), START + timedelta(days=i), keep=3)
        stop.touch()
        assert reader.stdout.read() == "0\n"
    assert len(releases.names()) == 3


def test_only_the_newest_are_kept_and_always_the_one_shown(town: Path, tmp_path: Path) -> None:
    releases = Releases(str(tmp_path / "srv"))
    names = [
        releases.publish(make_site(tmp_path / "site", str(i)), START + timedelta(days=i), keep=2) for i in range(4)
    ]
    assert releases.names() == names[2:]
    releases.rollback()
    releases._prune(1)
    assert (releases.names(), releases.current()) == (names[2:], names[2])


def test_names_that_hang_on_a_content_are_carried_along_as_long_as_their_publication_is_kept(
    town: Path, target: str
) -> None:
    releases = Releases(target)

    def publish(number: int) -> None:
        for path in town.glob("assets/js/*"):
            path.unlink()
        name = f"assets/js/site.{number:08x}.js"
        (town / name).parent.mkdir(exist_ok=True)
        (town / name).write_text(f"{number};" * 99, encoding="utf-8")
        (town / HASHED_FILES).write_text(f"{name}\n", encoding="utf-8")
        releases.publish(town, START + timedelta(days=number), keep=3)

    def found() -> list[int]:
        names = {path.name for path in (shown(target) / "assets" / "js").iterdir()}
        assert {f"{name}.gz" for name in names if name.endswith(".js")} < names
        return sorted(int(name.split(".")[1], 16) for name in names if name.endswith(".js"))

    for number in range(1, 4):
        publish(number)
        assert found() == list(range(1, number + 1))
    publish(4)
    publish(5)
    assert found() == [2, 3, 4, 5]  # of the three that were kept when it came, and its own
    releases.rollback()
    assert {3, 4, 5} <= set(found())


def test_a_store_keeps_them_for_as_many_publications(town: Path, tmp_path: Path) -> None:
    bucket, state = tmp_path / "bucket", tmp_path / "state.json"
    put, delete = COPY.replace("BUCKET", str(bucket)), f"rm {bucket}/{{key}}"
    for number in range(1, 8):
        for path in town.glob("assets/js/*"):
            path.unlink()
        (town / "assets" / "js").mkdir(exist_ok=True)
        (town / "assets" / "js" / f"site.{number:08x}.js").write_text(str(number), encoding="utf-8")
        for _ in "ab":  # the same once more is not another publication
            Store(state).publish(town, put, delete)
    kept = sorted(int(path.name.split(".")[1]) for path in (bucket / "assets" / "js").iterdir())
    assert kept == [3, 4, 5, 6, 7]


def test_a_store_knows_its_state_of_before(town: Path, tmp_path: Path) -> None:
    bucket, state = tmp_path / "bucket", tmp_path / "state.json"
    put, delete = COPY.replace("BUCKET", str(bucket)), f"rm {bucket}/{{key}}"
    Store(state).publish(town, put, delete)
    state.write_text(json.dumps(json.loads(state.read_text(encoding="utf-8"))["held"]), encoding="utf-8")
    assert Store(state).publish(town, put, delete) == (0, 0)


def test_what_a_host_refuses_is_told_in_japanese(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    cases = {
        ("list", str(tmp_path / "none")): "まだ何も公開していません。",
        ("rollback", str(tmp_path / "none")): "戻せるものがありません。あるのは なし。",
        ("publish", str(town), str(tmp_path / "file" / "srv")): "公開先のフォルダーに書けません。",
    }
    for words, told in cases.items():
        main(list(words))
        said = capsys.readouterr()
        assert (said.out or said.err).startswith(told), words
    tool = tmp_path / "bin" / "ssh"
    tool.parent.mkdir()
    tool.write_text(
        "#!/bin/sh\necho 'web@example.jp: Permission denied (publickey).' >&2\nexit 255\n", encoding="utf-8"
    )
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    assert main(["list", "web@example.jp:/srv/a"]) == 1
    assert capsys.readouterr().err.startswith("web@example.jp に ssh でつながりません。")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["list", "web@example.jp:/srv/a"]) == 1
    assert capsys.readouterr().err.startswith("ssh がありません。")


# -- over a real sshd -----------------------------------------------------------------------------------

SSHD = """ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
PasswordAuthentication no
"""
CLIENT = """Host town
  HostName 127.0.0.1
  Port {port}
  IdentityFile {folder}/user
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known
  StrictHostKeyChecking accept-new
"""


def program(name: str, package: str) -> str:
    """Return where a program is; one that is missing fails the test by the name of its package."""
    found = shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    assert found, f"{name} が要ります（Debian・Ubuntu: apt install {package}）"
    return found


@pytest.fixture
def sshd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of ssh on this machine, with keys of its own, run as who runs the tests; gives `town:/folder`."""
    server, client = program("sshd", "openssh-server"), program("ssh", "openssh-client")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd shuts itself in when root starts it
    keys = tmp_path / "keys"
    keys.mkdir()
    for name in ("host", "user"):
        keygen = [program("ssh-keygen", "openssh-client"), "-q", "-t", "ed25519", "-N", "", "-f", str(keys / name)]
        subprocess.run(keygen, check=True)
    port = free_port()
    for name, text in (("server", SSHD), ("client", CLIENT)):
        (keys / name).write_text(text.format(port=port, folder=keys), encoding="utf-8")
    tool = tmp_path / "bin" / "ssh"
    tool.parent.mkdir()
    # ssh reads the home of the account, whatever HOME says
    tool.write_text(f'#!/bin/sh\nexec {client} -F {keys}/client "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    log = (tmp_path / "sshd.log").open("wb")
    with log, subprocess.Popen([server, "-D", "-e", "-f", str(keys / "server")], stderr=log) as running:
        try:
            wait_for(port, running)
            yield f"town:{tmp_path / 'srv' / 'offset site'}"
        finally:
            running.terminate()


def wait_for(port: int, running: subprocess.Popen) -> None:
    for _ in range(600):
        assert running.poll() is None, "sshd ended at once"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("sshd does not answer")


@pytest.mark.full
def test_over_ssh_the_whole_site_is_published_listed_and_taken_back(
    root: Path, sshd: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_public(root, tmp_path / "site", "--editions")
    go_through_it(tmp_path / "site", sshd, Path(sshd.removeprefix("town:")) / "current", tmp_path, capsys)


@pytest.mark.full
def test_over_ssh_a_host_without_rights_or_answer_is_told_in_japanese(
    sshd: str, town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(town), "town:/proc/none"]) == 1
    assert capsys.readouterr().err.startswith("公開先のフォルダーに書けません。")
    assert main(["list", "elsewhere.invalid:/srv"]) == 1
    assert capsys.readouterr().err.startswith("elsewhere.invalid に ssh でつながりません。")


def test_two_at_once_and_a_folder_in_the_way_are_told(town: Path, tmp_path: Path) -> None:
    target = tmp_path / "srv"
    (target / ".publishing").mkdir(parents=True)
    with pytest.raises(HostError, match="ほかの公開"):
        Releases(str(target)).publish(town, START)
    (target / ".publishing").rmdir()
    (target / "current").mkdir()
    with pytest.raises(HostError, match="リンクではありません"):
        Releases(str(target)).publish(town, START)
    assert (target / "current").is_dir()


def test_half_a_site_or_one_of_a_local_build_is_refused(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (town / "sitemap.xml").write_text(LOCAL, encoding="utf-8")
    assert main(["publish", str(town), str(tmp_path / "srv")]) == 1
    assert "SITE_URL=https://" in capsys.readouterr().err
    (town / "index.html").unlink()
    with pytest.raises(NotReady, match=r"index\.html がありません"):
        files_of(town)
    assert not (tmp_path / "srv").exists()


def test_the_command_publishes_lists_and_goes_back(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "srv")
    old = Releases(target).publish(make_site(tmp_path / "old", "古"), START - timedelta(days=9999))
    assert main(["publish", str(town), target]) == 0
    assert main(["rollback", target]) == 0
    assert main(["list", target]) == 0
    assert f"* {old}\n" in capsys.readouterr().out
    assert main(["rollback", target]) == 1
    with pytest.raises(SystemExit):
        main(["publish", str(town), target, "--keep", "1"])


def test_a_packed_twin_is_the_same_every_time_and_only_where_it_helps() -> None:
    text = b"letters " * 100
    assert twin_of("a.html", text) == twin_of("a.html", text)
    assert gzip.decompress(twin_of("a.js", text) or b"") == text
    assert twin_of("a.html", b"x") is None
    assert twin_of("a.png", text) is None


def test_a_store_keeps_files_as_long_as_other_hosts_do(site: Path) -> None:
    cloud = read_cloud((site / CLOUD).read_text(encoding="utf-8"))
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file() and path.name != CLOUD]
    assert len({cache_of(name) for name in names}) == 2
    for name in [*names, "downloads/site.zip"]:
        address = "/" + re.sub(r"(^|/)index\.html$", r"\1", name)
        sent = [headers["Cache-Control"] for path, headers in cloud if fits(path, address)]
        assert sent in ([cache_of(name)], []), name
        assert re.match(r"[a-z]+/[a-z-]+", type_of(name))


def test_publishing_needs_nothing_but_python() -> None:
    code = "import macros.hosting.release, macros.hosting.store, sys; sys.exit(bool({'jinja2', 'yaml', 'pydantic'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, check=True)


COPY = f"{sys.executable} -c 'import pathlib,sys;a,b,c=sys.argv[1:];p=pathlib.Path(b);p.parent.mkdir(parents=True,exist_ok=True);p.write_bytes(pathlib.Path(a).read_bytes())' {{file}} BUCKET/{{key}} {{cache}}"


def test_a_store_gets_pages_last_and_loses_old_files_after_them(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[list[str]] = []
    real = subprocess.run

    def watched(words: list[str], **options: object) -> object:
        done.append(words)
        return real(words, **options)

    monkeypatch.setattr(store_module.subprocess, "run", watched)
    bucket, state = tmp_path / "bucket", tmp_path / "state.json"
    put, delete = COPY.replace("BUCKET", str(bucket)), f"rm {bucket}/{{key}}"
    assert Store(state).publish(town, put, delete) == (7, 0)
    keys = [words[-2].removeprefix(f"{bucket}/") for words in done]
    assert keys == ordered(files_of(town))
    assert keys.index("assets/css/site.css") < keys.index("404.html") < keys.index("index.html") == 6
    assert (bucket / "downloads" / "用語 集.csv").is_file()
    assert Store(state).publish(town, put, delete) == (0, 0)
    (town / "figure.png").unlink()
    (town / "index.html").write_text("新", encoding="utf-8")
    done.clear()
    assert Store(state).publish(town, put, delete) == (1, 1)
    assert [words[0] for words in done] == [sys.executable, "rm"]
    assert not (bucket / "figure.png").exists()


def test_a_store_that_fails_deletes_nothing_and_goes_on_from_there(town: Path, tmp_path: Path) -> None:
    bucket, state = tmp_path / "bucket", tmp_path / "state.json"
    put, delete = COPY.replace("BUCKET", str(bucket)), f"rm {bucket}/{{key}}"
    Store(state).publish(town, put, delete)
    (town / "figure.png").unlink()
    for name in ("404.html", "index.html", "assets/css/site.css"):
        (town / name).write_text("新しい", encoding="utf-8")
    (bucket / "404.html").unlink()
    (bucket / "404.html").mkdir()
    with pytest.raises(subprocess.CalledProcessError):
        Store(state).publish(town, put, delete)
    assert (bucket / "figure.png").is_file()
    assert (bucket / "index.html").read_bytes() != (town / "index.html").read_bytes()
    (bucket / "404.html").rmdir()
    assert Store(state).publish(town, put, delete) == (2, 1)


def test_a_name_with_spaces_stays_one_word() -> None:
    assert filled("put --type {type} {file}", type="text/html; charset=utf-8", file="a b") == [
        *["put", "--type"],
        "text/html; charset=utf-8",
        "a b",
    ]
