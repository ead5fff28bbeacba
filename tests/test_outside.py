"""The checks of the outside world, against a server on this machine: what they say of each answer, and how they ask."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from macros.loading.files import read_all
from macros.loading.guide import Guide
from macros.models.embeds import EmbedHost
from macros.outside import embed_hosts as check_embed_hosts
from macros.outside import links as check_links
from macros.outside import polite
from macros.outside.links import MEANINGS, Use, addresses, ask_all, meaning, report
from macros.outside.polite import Asker

SITE = "https://example.jp/offset/"
FRAME = f'<!doctype html><h1>町</h1><iframe src="{SITE}embed/event/?theme=dark#v=1" title="{{}}"></iframe>'
PAGES = {
    "/good.html": FRAME.format("カーボン・オフセット計算（会議・イベント）"),
    "/untitled.html": FRAME.format(" "),
    "/kit.html": '<IFRAME SRC="/calculators/embed/event/index.html" TITLE="排出量の計算"></IFRAME>',
    "/empty.html": '<p>なし</p><iframe src="http://[bad"></iframe><iframe></iframe>',
}


class Clock:
    """Stands still until someone sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Town(BaseHTTPRequestHandler):
    """Answers as servers in the wild do, and remembers what was asked, and when by the clock of who asks."""

    asked: list[tuple[float, str, str]] = []
    clock = Clock()
    closed = Event()

    def do_HEAD(self) -> None:
        Town.asked.append((Town.clock.now, self.command, self.path))
        kind, _, word = self.path.lstrip("/").partition("/")
        if kind == "slow":
            Town.closed.wait()
            return
        if kind == "cut":
            self.connection.close()
            return
        self._answer(405 if kind == "no-head" and self.command == "HEAD" else kind, word)

    do_GET = do_HEAD  # noqa: N815 - the name is the library's

    def _answer(self, kind: str | int, word: str) -> None:
        body = PAGES.get(self.path, "").encode()
        known = 200 if self.path in PAGES or kind in {"no-head", "日本"} else None
        status = known or (int(kind) if str(kind).isdigit() else 200)
        self.send_response(status)
        if status in {301, 302}:
            self.send_header("Location", f"/{word or '200'}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def town() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Town)
    Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    Town.closed.set()
    running.shutdown()
    running.server_close()


@pytest.fixture
def asker() -> Asker:
    """Asks without a pause, and long enough for any load; for what never answers there is `hasty`."""
    return Asker(pause=0, timeout=60)


@pytest.fixture
def hasty() -> Asker:
    return Asker(pause=0, timeout=0.2)


@pytest.mark.parametrize(
    ("path", "word", "status"),
    [
        ("/200", "alive", 200),
        ("/no-head", "alive", 200),
        ("/日本 語?q=語#節", "alive", 200),
        ("/302", "alive", 200),
        ("/301", "moved", 200),
        ("/301/404", "gone", 404),
        ("/301/301/301/301/301/301/200", "silent", None),
        ("/404", "gone", 404),
        ("/410", "gone", 410),
        ("/403", "refused", 403),
        ("/503", "refused", 503),
        ("/302/[", "alive", 200),
        ("/cut", "silent", None),
    ],
)
def test_each_answer_has_its_meaning(town: str, asker: Asker, path: str, word: str, status: int | None) -> None:
    answer = asker.ask(town + path)
    assert (meaning(answer), answer.status) == (word, status)
    assert set(MEANINGS) >= {word}


def test_a_server_that_never_answers_is_silent(town: str, hasty: Asker) -> None:
    answer = hasty.ask(f"{town}/slow")
    assert (meaning(answer), answer.status, answer.words) == ("silent", None, "timed out")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://[bad/", "ftp://127.0.0.1/", "http://"])
def test_what_cannot_be_asked_is_told_too(asker: Asker, address: str) -> None:
    assert asker.ask(address).status is None


def test_one_request_at_a_time_to_each_host_and_no_more_than_one_in_a_while(
    town: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Town.asked.clear()
    monkeypatch.setattr(polite, "time", Town.clock)
    begun = Town.clock.now
    ask_all(Asker(pause=2), [f"{town}/200", f"{town}/404", f"{town}/301"])
    assert [command for _, command, _ in Town.asked] == ["HEAD", "HEAD", "GET", "HEAD", "HEAD"]
    assert [at - begun for at, _, _ in Town.asked] == [0, 2, 4, 6, 8]
    assert Asker().pause >= 1


def test_the_report_names_what_needs_an_editor_and_where_it_stands(town: str, asker: Asker) -> None:
    uses = {
        f"{town}/200": [Use("data/links.yml", 3, old=False)],
        f"{town}/404": [Use("data/links.yml", 7, old=False), Use("docs/links.md", 9, old=False)],
        f"{town}/301": [Use("data/changes.yml", 1, old=False)],
        f"{town}/410": [Use("data/links.yml", 8, old=True)],
    }
    text = report(uses, ask_all(asker, list(uses)), "2027-04-01")
    assert "# 外のリンクの調べ（2027-04-01）\n\n3件のアドレスを開きました。" in text
    assert "| なくなっています | 1 |\n" in text
    assert f"- <{town}/404>（404 Not Found）`data/links.yml:7`、`docs/links.md:9`" in text
    assert f"- <{town}/301> → <{town}/200>（200）`data/changes.yml:1`" in text
    assert f"<{town}/410>" not in text
    assert "当時のアドレス（リンクにしていないもの）は1件、うち開けたもの0件" in text


def test_every_address_of_the_data_is_asked_and_no_example(root: Path) -> None:
    found = addresses(root)
    given = {
        (line.split(": ", 1)[1].strip("'\" "), source.file)
        for source in read_all(root)
        for line in (root / source.file).read_text(encoding="utf-8").splitlines()
        if ": http" in line and not line.lstrip().startswith("#")
    }
    assert len(given) > 30
    assert [one for one in given if one[1] not in {use.file for use in found.get(one[0], [])}] == []
    assert {use.file for uses in found.values() for use in uses} >= {"data/links.yml", "data/factor-sources.yml"}
    assert [address for address in found if "example" in address or "127.0.0.1" in address] == []
    assert any(use.old for uses in found.values() for use in uses)


def test_the_command_writes_its_report_and_never_fails(
    small_guide: Path, town: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_guide / "docs" / "links.md").write_text(f"[題]({town}/404)\n", encoding="utf-8")
    (small_guide / "data" / "links.yml").write_text("- id: [\n", encoding="utf-8")
    monkeypatch.chdir(small_guide)
    monkeypatch.setattr(check_links, "EXAMPLE", check_links.re.compile("example"))
    assert check_links.main(["--report", str(tmp_path / "links.md")]) == 0
    assert "`docs/links.md:1`" in (tmp_path / "links.md").read_text(encoding="utf-8")


def host(page: str, *calculators: str) -> EmbedHost:
    # on this machine, which data may not name
    return EmbedHost.model_construct(id="town", name="町", page=page, calculators=[*calculators], added_on="2026-11-21")


@pytest.mark.parametrize(
    ("path", "calculators", "said"),
    [
        ("/good.html", ["event"], []),
        ("/301/good.html", ["event"], ["に移っています"]),
        ("/good.html", ["event", "office"], ["`office` の枠が見つかりません"]),
        ("/untitled.html", ["event"], ["題（title）が、ないか短すぎます"]),
        ("/kit.html", ["event"], ["オフライン一式か、前のアドレス"]),
        ("/empty.html", ["event"], ["`event` の枠が見つかりません"]),
        ("/404", ["event"], ["ページを開けません（404"]),
    ],
)
def test_a_host_page_is_looked_at(town: str, asker: Asker, path: str, calculators: list[str], said: list[str]) -> None:
    found = check_embed_hosts.problems(asker, host(town + path, *calculators), SITE, set())
    assert len(found) == len(said)
    assert all(part in one for one, part in zip(found, said, strict=True))


def test_a_host_page_that_never_answers_is_told(town: str, hasty: Asker) -> None:
    [said] = check_embed_hosts.problems(hasty, host(f"{town}/slow", "event"), SITE, set())
    assert "ページを開けません（timed out" in said


def test_a_retired_calculator_on_a_host_page_is_told(town: str, asker: Asker, guide: Guide) -> None:
    [said] = check_embed_hosts.problems(asker, host(f"{town}/good.html", "event"), SITE, {"event"})
    assert "やめた計算器" in said
    with_hosts = guide.model_copy(update={"embed_hosts": [host(f"{town}/good.html", "event")]})
    assert "1ページを開きました" in check_embed_hosts.report(asker, with_hosts, SITE, "2027-01-01")
    assert "：枠と題があります" in check_embed_hosts.report(asker, with_hosts, SITE, "2027-01-01")


def test_hosts_are_looked_for_only_with_the_address_of_the_site(
    small_guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_guide)
    monkeypatch.delenv("SITE_URL", raising=False)
    assert check_embed_hosts.main([]) == 1
    monkeypatch.setenv("SITE_URL", SITE)
    assert check_embed_hosts.main(["--report", str(tmp_path / "hosts.md")]) == 0
    assert "0ページ" in (tmp_path / "hosts.md").read_text(encoding="utf-8")
