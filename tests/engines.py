"""Browsers beside Chromium, driven alike: `with webkit() as engine: engine.open(…); engine.type("[name=people]", "120")`.

Each is the engine as Debian ships it, on a screen of its own (Xvfb). A program that is missing is named, and the test fails.
"""

import os
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

SECONDS = 10
MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
# a program: where Debian has it
PACKAGES = {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb", MINI_BROWSER: "libwebkit2gtk-4.1-0"}


class Engine:
    """A browser with one window: open, script, type, click, wait for, look into a frame."""

    def __init__(self, driver: WebDriver) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Open an address and wait until it is loaded; one that differs in its fragment only is loaded anew."""
        self.driver.get("about:blank")
        self.driver.get(address)

    def script(self, text: str, *values: Any) -> Any:
        """Run the body of a function in the page (`return …`); `values` are its `arguments`."""
        return self.driver.execute_script(text, *values)

    def type(self, selector: str, text: str) -> None:
        """Type into a field instead of what stands in it, key by key."""
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def click(self, selector: str) -> None:
        """Click on the first of what a selector finds, brought into view."""
        self.find(selector).click()

    def text(self, selector: str) -> str:
        """Return the text of an element, seen or not."""
        return self.find(selector).get_property("textContent")

    def find(self, selector: str) -> Any:
        """Return the first element of a selector; wait for it."""
        return self.wait_for(lambda: next(iter(self.driver.find_elements(By.CSS_SELECTOR, selector)), None), selector)

    def wait_for(self, what: Callable[[], Any] | str, name: str = "") -> Any:
        """Wait until a function, or a JavaScript expression, is true; return what it gives. Raises TimeoutException."""
        asked = (lambda: self.script(f"return {what}")) if isinstance(what, str) else what
        return WebDriverWait(self.driver, SECONDS, 0.05).until(lambda _: asked(), f"waited for {name or what}")

    @contextmanager
    def frame(self, selector: str = "iframe") -> Iterator[None]:
        """Look into a frame for a while."""
        self.driver.switch_to.frame(self.find(selector))
        # before its first key a frame gives no field the focus
        ActionChains(self.driver).send_keys(Keys.SHIFT).perform()
        try:
            yield
        finally:
            self.driver.switch_to.parent_frame()


@contextmanager
def webkit() -> Iterator[Engine]:
    """Run WebKitGTK's own small browser under its driver."""
    with screen() as display:
        environment = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11"}
        options = Options()
        options.binary_location = program(MINI_BROWSER)
        options.add_argument("--automation")
        service = Service(program("WebKitWebDriver"), env=environment)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of Selenium's own parts
            driver = WebKitGTK(options=options, service=service)
        try:
            yield Engine(driver)
        finally:
            driver.quit()


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


def program(name: str) -> str:
    """Return the path of a program, given by its name or by a pattern of paths; fails, and names it, when it is not there."""
    found = next(map(str, sorted(Path("/").glob(name.removeprefix("/")))), None) if "/" in name else shutil.which(name)
    assert found, f"{name} がありません（Debian なら apt-get install {PACKAGES[name]}）。 {name} not found."
    return found
