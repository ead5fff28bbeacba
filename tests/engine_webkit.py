"""WebKitGTK's own small browser under its WebDriver, on a screen that shows nothing."""

import json
import os
import re
import socket
import subprocess
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, Timer
from typing import Any

from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser import LONGEST
from tests.engines import KEYS, MINI_BROWSER, Engine, folder_of_its_own, program

CONSOLE = ("--enable-write-console-messages-to-stdout=true", "--javascript-can-open-windows-automatically=true")
ERROR = re.compile(r"\bCONSOLE (?:\w+ )?ERROR\b")
WALKED = "walked to "
# the page that walks: it says where it is on its console, and nothing at the end
WALKER = f"""<!doctype html><meta charset=utf-8><title>歩く</title><link rel=icon href=data:,><script>
const addresses = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const there = open("about:blank");
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const arrived = (address) =>
  there.location.href === new URL(address, location).href && there.document.readyState === "complete";
async function walk() {{
  for (const address of addresses) {{
    console.error("{WALKED}" + address);
    there.location = address;
    while (!arrived(address)) await wait(20);
    there.scrollTo(0, there.document.documentElement.scrollHeight);
    await wait(100);
  }}
  console.error("{WALKED}");
}}
walk();
</script>"""


class WebKit(Engine):
    """MiniBrowser under WebKitWebDriver."""

    def __init__(self, folder: Path, driver: WebDriver, elsewhere: list[str]) -> None:
        super().__init__(folder)
        self.driver = driver
        self.elsewhere = elsewhere

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def script(self, text: str, *values: Any) -> Any:
        return self.driver.execute_script(text, *values)

    def keys_of(self, field: Any, text: str) -> str:
        """A day is typed part by part, in the order of the language that the browser was started with."""
        if field.get_property("type") != "date":
            return super().keys_of(field, text)
        year, month, day = text.split("-")
        return f"{month}-{day}-{year}"

    def begin(self) -> None:
        """In a window of its own: in the last one each file that was given stands in a bar that leaves the page less room."""
        super().begin()
        last = self.driver.current_window_handle
        self.driver.switch_to.new_window("window")
        new = self.driver.current_window_handle
        self.driver.switch_to.window(last)
        self.driver.close()
        self.driver.switch_to.window(new)
        self.driver.set_window_rect(0, 0, 1280, 1024)

    def press(self, *keys: str) -> None:
        codes = [KEYS.get(key, key) for key in keys]
        chain = ActionChains(self.driver)
        for code in codes:
            chain.key_down(code)
        for code in reversed(codes):
            chain.key_up(code)
        chain.perform()

    def compose(self, letter: str) -> None:
        """By GTK's own input method: Control, Shift and u, then the number of the letter; confirmed by Enter."""
        self.press("Control", "Shift", "u")
        for digit in f"{ord(letter):x}":
            self.press(digit)

    def confirm(self) -> None:
        self.press("Enter")

    def _go(self, address: str) -> None:
        self.driver.get(address)

    def _enter(self, frame: Any) -> None:
        self.driver.switch_to.frame(frame)
        # before its first key a frame gives no field the focus
        self.press("Shift")

    def _leave(self) -> None:
        self.driver.switch_to.parent_frame()

    def _told(self) -> list[str]:
        told, self.elsewhere[:] = list(self.elsewhere), []
        return [f"request to another origin: {one}" for one in told]


@contextmanager
def webkit() -> Iterator[Engine]:
    """Run WebKitGTK's own small browser under its driver."""
    mini_browser, web_driver = program(MINI_BROWSER), program("WebKitWebDriver")
    with folder_of_its_own() as folder, screen() as display, another_machine() as (proxy, elsewhere):
        options = Options()
        options.binary_location = mini_browser
        for argument in ("--automation", f"--proxy={proxy}", "--ignore-host=127.0.0.1"):
            options.add_argument(argument)
        service = Service(web_driver, env=environment(folder, display))
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of Selenium's own parts
            driver = WebKitGTK(options=options, service=service)
        try:
            yield WebKit(folder, driver, elsewhere)
        finally:
            driver.quit()


def console(addresses: list[str], walker: str) -> list[str]:
    """Walk through pages in a window of their own; return what the console says of each, as `address: words`.

    Under its driver the browser keeps no console, so here it is started as a reader starts it. `walker` is the address of
    WALKER on the same origin, where a server has it. Fails when the walk does not come to its end.
    """
    with folder_of_its_own() as folder, screen() as display, another_machine() as (proxy, elsewhere):
        command = [program(MINI_BROWSER), *CONSOLE, f"--proxy={proxy}", "--ignore-host=127.0.0.1"]
        command.append(f"{walker}#{json.dumps(addresses)}")
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8", "errors": "replace"}
        with subprocess.Popen(command, env=environment(folder, display), **pipes) as running:
            last = Timer(LONGEST / 1000 + len(addresses), running.kill)
            last.start()
            try:
                return [*_said(running.stdout or []), *(f"request to another origin: {one}" for one in elsewhere)]
            finally:
                last.cancel()
                running.kill()


def _said(lines: Iterable[str]) -> Iterator[str]:
    """Yield the errors among the lines of a console, up to the walker's last."""
    address = ""
    for line in lines:
        if WALKED in line:
            address = line.partition(WALKED)[2].strip()
            if not address:
                return
        elif ERROR.search(line):
            yield f"{address}: {line.strip()}"
    raise AssertionError(f"the walk ended at {address or 'its beginning'}")


def environment(folder: Path, display: str) -> dict[str, str]:
    """What the browser is started with: a screen, a language, and a home of its own, where downloads go into `downloads`."""
    config = folder / "config"
    config.mkdir()
    (config / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{folder}/downloads"\n', encoding="utf-8")
    own = {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(config),
        "XDG_DATA_HOME": str(folder / "data"),
        "LC_ALL": "C.UTF-8",
    }
    return {**os.environ, **own, "DISPLAY": display, "GDK_BACKEND": "x11"}


@contextmanager
def screen() -> Iterator[str]:
    """Run an X server that shows nothing; yield its name, as DISPLAY takes it."""
    told, tell = os.pipe()
    command = [program("Xvfb"), "-displayfd", str(tell), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[tell], stderr=subprocess.DEVNULL) as running:
        os.close(tell)
        with os.fdopen(told) as number:
            display = number.readline().strip()
        try:
            assert display, "Xvfb が始まりません。 Xvfb does not start."
            yield f":{display}"
        finally:
            running.terminate()


@contextmanager
def another_machine() -> Iterator[tuple[str, list[str]]]:
    """A proxy for all that is not on this machine: it answers nothing, and notes what was asked for."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=_note, args=(listener, asked), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        # ends the accept that the thread waits in
        listener.shutdown(socket.SHUT_RDWR)


def _note(listener: socket.socket, asked: list[str]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            asked.append(connection.recv(2000).split(b"\r\n")[0].decode("latin-1"))
