"""`make edit` outlives every mistake: its message stands in the page and the terminal, and mending brings the page back."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.ports import free_port

ROOT = Path(__file__).parent.parent
LONGEST = 300


class Editing:
    """A project under `python -m macros edit`, in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.log = root.parent / "edit.log"
        environment = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
        environment.pop("SITE_URL", None)
        command = [sys.executable, "-m", "macros", "edit", "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def get(self, path: str = "/") -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, unescape(answer.read().decode())
        finally:
            connection.close()

    def shows(self, text: str, status: int, path: str = "/extra/") -> None:
        """Wait until a page says something; a server that ended says nothing any more."""
        last = ""
        for _ in waiting():
            assert self.process.poll() is None, self.said()
            try:
                found, last = self.get(path)
            except ConnectionRefusedError:
                continue
            if found == status and text in last:
                return
        pytest.fail(f"{text} is not on the page: {last[-2000:]}\n{self.said()}")

    def write(self, file: str, text: str) -> None:
        (self.root / file).parent.mkdir(exist_ok=True)
        (self.root / file).write_text(text, encoding="utf-8")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(LONGEST)
        finally:
            self.process.kill()


def waiting() -> Iterator[None]:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        yield
        time.sleep(0.2)


@pytest.fixture
def edit(small_guide: Path) -> Iterator[Callable[[], Editing]]:
    """Start editing the small guide, with macros in its pages."""
    shutil.copytree(ROOT / "tests" / "small-pages", small_guide, dirs_exist_ok=True)
    shutil.copytree(ROOT / "macros", small_guide / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "overrides", small_guide / "overrides", dirs_exist_ok=True)
    started = []

    def start() -> Editing:
        started.append(Editing(small_guide))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def test_a_mistake_of_each_kind_is_told_and_mending_brings_the_page_back(edit: Callable[[], Editing]) -> None:
    one = edit()
    one.shows("本文です。", 200)
    for file, wrong, said in mistakes(one.root):
        path = one.root / file
        sound = path.read_text(encoding="utf-8")
        path.write_text(wrong, encoding="utf-8")
        one.shows(said, 500)
        one.shows(said, 500, "/no/such/page/")
        assert said in one.said()
        path.write_text(sound, encoding="utf-8")
        one.shows("本文です。", 200)
    assert "Traceback" not in one.said()
    assert one.stop() == 0


def mistakes(root: Path) -> list[tuple[str, str, str]]:
    """Return file, broken text and message: a wrong macro, wrong arguments, an id, a datum, the settings."""
    page = (root / "docs/extra.md").read_text(encoding="utf-8")
    tasks = (root / "data/tasks.yml").read_text(encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    line = page.count("\n") + 2
    return [
        ("docs/extra.md", f'{page}\n{{{{ nosuch("a") }}}}\n', f"docs/extra.md:{line}: "),
        ("docs/extra.md", f'{page}\n{{{{ number("nosuch") }}}}\n', f"docs/extra.md:{line}: "),
        ("docs/extra.md", f'{page}\n{{{{ number("offset-total" }}}}\n', f"docs/extra.md:{line}: "),
        (
            "data/tasks.yml",
            tasks.replace("page: ", "page: no/"),
            "data/tasks.yml:4: 0.page: ページ「no/index」がありません。",
        ),
        ("data/tasks.yml", "- 'a\n", "data/tasks.yml:1: （全体）: YAML として読めません。引用符"),
        ("mkdocs.yml", f"{settings}nosuch: 1\n", f"mkdocs.yml:{settings.count(chr(10)) + 1}: nosuch: "),
    ]


def test_it_starts_with_broken_data_and_goes_on_when_they_are_mended(
    edit: Callable[[], Editing], small_guide: Path
) -> None:
    tasks = small_guide / "data" / "tasks.yml"
    sound = tasks.read_text(encoding="utf-8")
    tasks.write_text("- 1\n", encoding="utf-8")
    one = edit()
    one.shows("data/tasks.yml:1: 0: 「項目: 値」の組で書いてください", 500)
    tasks.write_text(sound, encoding="utf-8")
    one.shows("本文です。", 200)


def test_what_only_warns_stands_at_the_foot_of_each_page(edit: Callable[[], Editing], small_guide: Path) -> None:
    with (small_guide / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("validation:\n  links:\n    anchors: warn\n")
    one = edit()
    one.shows("本文です。", 200)
    page = (one.root / "docs/extra.md").read_text(encoding="utf-8")
    one.write("docs/extra.md", f"{page}\n[先](index.md#nowhere)\n")
    one.shows("contains a link 'index.md#nowhere'", 200)
    assert "このままでは make build が止まります。" in one.said()


def test_a_page_that_did_not_change_follows_its_terms_and_what_it_links_to(
    edit: Callable[[], Editing], small_guide: Path
) -> None:
    """Pages are converted anew only when they, the terms or the places of files change."""
    settings = (small_guide / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("nav:\n", "nav:\n  - もう1つのページ: more.md\n")
    (small_guide / "mkdocs.yml").write_text(settings, encoding="utf-8")
    page = (small_guide / "docs/extra.md").read_text(encoding="utf-8")
    (small_guide / "docs/extra.md").write_text(f"{page}\nクレジット＊と[先](more.md#part)\n", encoding="utf-8")
    more = (
        page.replace("書くページ", "もう1つのページ").replace("（extra）", "（more）")
        + "\n## 節 { #part }\n\n前です。\n"
    )
    (small_guide / "docs/more.md").write_text(more, encoding="utf-8")
    one = edit()
    one.shows("短い説明</span>", 200)
    one.write("docs/more.md", more.replace("前です。", "後です。"))
    one.shows("後です。", 200, "/more/")
    one.shows("短い説明</span>", 200)
    glossary = (one.root / "data/glossary.yml").read_text(encoding="utf-8")
    one.write("data/glossary.yml", glossary.replace("短い説明", "別の短い説明"))
    one.shows("別の短い説明</span>", 200)
    gone = more.replace("#part", "#other")
    one.write("docs/more.md", gone)
    one.shows("「#part」という所が、ページ docs/more.md にありません。", 500)
    one.write("docs/more.md", more)
    one.shows("短い説明</span>", 200)


def test_a_folder_that_goes_and_comes_back_is_watched_again(edit: Callable[[], Editing]) -> None:
    one = edit()
    one.shows("本文です。", 200)
    docs = one.root / "docs"
    docs.rename(one.root / "elsewhere")
    one.shows("docs:1: （全体）: フォルダーがありません", 500)
    (one.root / "elsewhere").rename(docs)
    one.shows("本文です。", 200)
    one.write("docs/extra.md", (docs / "extra.md").read_text(encoding="utf-8").replace("本文です。", "変えました。"))
    one.shows("変えました。", 200)


def test_a_link_to_the_whole_disk_is_told_and_not_followed(edit: Callable[[], Editing]) -> None:
    one = edit()
    one.shows("本文です。", 200)
    (one.root / "docs" / "disk").symlink_to("/")
    one.shows("docs/disk:1: （全体）: 別のファイルを指すリンクです。", 500)
    (one.root / "docs" / "disk").unlink()
    one.shows("本文です。", 200)


def test_an_open_page_changes_to_the_message_and_back_by_itself(edit: Callable[[], Editing], browser: Browser) -> None:
    one = edit()
    one.shows("本文です。", 200)
    tasks = one.root / "data" / "tasks.yml"
    sound = tasks.read_text(encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{one.port}/extra/")
    tasks.write_text("- '&lt;1&gt;'\n", encoding="utf-8")
    expect(page.get_by_role("heading", level=1)).to_have_text("誤りが1件あります", timeout=LONGEST * 1000)
    expect(page.get_by_role("listitem")).to_contain_text(
        "data/tasks.yml:1: 0: 「項目: 値」の組で書いてください（いまの値: '&lt;1&gt;'）"
    )
    tasks.write_text(sound, encoding="utf-8")
    expect(page.get_by_text("本文です。")).to_be_visible(timeout=LONGEST * 1000)
    context.close()
