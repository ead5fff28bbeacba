"""Browsers beside Chromium, driven alike: `with started("firefox") as engine: engine.open(…); engine.type("[name=people]", "120")`.

Each is the engine as Debian ships it: Firefox ESR by Mozilla's own driver (`engine_firefox`), WebKitGTK by its WebDriver on
a screen of its own (`engine_webkit`). A program that is missing is named, and the test fails.
"""

import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.browser import LONGEST

NAMES = ("firefox", "webkit")
MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
# a program: where Debian has it
PACKAGES = {
    "firefox-esr": "firefox-esr",
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
    MINI_BROWSER: "libwebkit2gtk-4.1-0",
}
KEYS = {
    "Shift": "\ue008",
    "Control": "\ue009",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "ArrowDown": "\ue015",
}
# what a browser writes while a file is not whole yet
UNFINISHED = {".part", ".wkdownload"}
# a picker opened by script asks the system: here it is laid into the page instead, to be given a file
CATCH_PICKER = """HTMLInputElement.prototype.click = function () {
  if (this.type !== "file") return HTMLElement.prototype.click.call(this);
  this.id = "caught-picker";
  document.body.append(this);
}"""
# told from the moment a page is looked at: what it throws, what its policy stops, what it complains of
LISTEN = """if (!window.complaints) {
  const said = (window.complaints = []);
  addEventListener("error", ({ message, target }) => said.push(`error: ${message || target.src || target.href}`), true);
  addEventListener("unhandledrejection", ({ reason }) => said.push(`rejection: ${reason}`));
  addEventListener("securitypolicyviolation", (one) => said.push(`policy: ${one.violatedDirective} ${one.blockedURI}`));
  const { error } = console;
  console.error = (...words) => { said.push(`console: ${words.join(" ")}`); error.apply(console, words); };
}
return window.complaints.splice(0)"""


class Engine(ABC):
    """A browser with one window: open, script, type, click, press, wait for, look into a frame, take and give files."""

    def __init__(self, folder: Path) -> None:
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        self._complaints: list[str] = []
        self.allowed: tuple[str, ...] = ()
        self.base = ""

    # -- what each engine does its own way --

    @abstractmethod
    def all(self, selector: str) -> list[Any]:
        """Return every element that a selector finds now."""

    @abstractmethod
    def script(self, text: str, *values: Any) -> Any:
        """Run the body of a function in the page (`return …`); `values` are its `arguments`."""

    @abstractmethod
    def press(self, *keys: str) -> None:
        """Press keys together, letters or names in KEYS, where the focus is."""

    @abstractmethod
    def compose(self, letter: str) -> None:
        """Begin a letter as an input method does, and leave it half composed."""

    @abstractmethod
    def confirm(self) -> None:
        """Confirm with Enter what is half composed."""

    @abstractmethod
    def _go(self, address: str) -> None: ...

    @abstractmethod
    def _enter(self, frame: Any) -> None: ...

    @abstractmethod
    def _leave(self) -> None: ...

    @abstractmethod
    def _told(self) -> list[str]:
        """Return, once, what the engine itself tells: errors, and requests to other machines."""

    # -- what is alike --

    def begin(self) -> None:
        """Forget what was before: nothing is allowed, addresses are whole, and what was told is told."""
        self.problems()
        self.allowed, self.base = (), ""

    def open(self, address: str) -> None:
        """Open an address, or a path below `base`, and wait until it is loaded; one that differs in its fragment only is loaded anew."""
        self._listen()
        self._go("about:blank")
        self._go(self.base + address if address.startswith("/") else address)
        self._listen()

    def type(self, selector: str, text: str) -> None:
        """Type into a field instead of what stands in it, key by key."""
        field = self._in_view(self.find(selector))
        field.clear()
        field.send_keys(self.keys_of(field, text))

    def keys_of(self, field: Any, text: str) -> str:
        """Return the keys that write a text into a field: for a new line Enter."""
        return text.replace("\n", KEYS["Enter"])

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list."""
        self._in_view(self.find(selector))
        self.find(f"{selector} option[value='{value}']").click()

    def fill(self, selector: str, text: str) -> None:
        """Type into a field, or choose from a list."""
        if self.find(selector).get_property("localName") == "select":
            self.choose(selector, text)
        else:
            self.type(selector, text)

    def click(self, what: Any) -> None:
        """Click on an element, or on the first of what a selector finds, brought into view."""
        self._listen()
        self._in_view(self.find(what) if isinstance(what, str) else what).click()

    def _in_view(self, element: Any) -> Any:
        # in the middle: what stays at an edge of the window covers nothing there
        self.script("arguments[0].scrollIntoView({ block: 'center' })", element)
        return element

    def text(self, selector: str) -> str:
        """Return the text of an element, seen or not."""
        return self.find(selector).get_property("textContent")

    def value(self, selector: str) -> str:
        """Return what stands in a field."""
        return self.find(selector).get_property("value")

    def named(self, selector: str, beginning: str) -> Any:
        """Return the element of a selector whose words begin so, seen or in a list to choose from; wait for it."""
        seen = "one.localName === 'option' || one.checkVisibility()"
        found = f"[...document.querySelectorAll(arguments[0])].filter((one) => {seen})"
        asked = f"return {found}.find((one) => one.textContent.trim().startsWith(arguments[1]))"
        return self.wait_for(lambda: self.script(asked, selector, beginning), f"{beginning} in {selector}")

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements of a selector that are seen."""
        found = "[...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility())"
        return self.script(f"return {found}.map((one) => one.textContent)", selector)

    def find(self, selector: str) -> Any:
        """Return the first element of a selector; wait for it."""
        return self.wait_for(lambda: next(iter(self.all(selector)), None), selector)

    def wait_for(self, what: Callable[[], Any] | str, name: str = "") -> Any:
        """Wait until a function, or a JavaScript expression, is true; return what it gives. Fails with what it waited for."""
        asked = (lambda: self.script(f"return {what}")) if isinstance(what, str) else what
        end = time.monotonic() + LONGEST / 1000
        while not (got := asked()):
            assert time.monotonic() < end, f"waited for {name or what}"
            time.sleep(0.02)
        return got

    def wait_for_text(self, selector: str, part: str) -> None:
        """Wait until an element that may be written anew says something."""
        words = "document.querySelector(arguments[0])?.textContent"
        asked = f"return ({words} ?? '').includes(arguments[1])"
        self.wait_for(lambda: self.script(asked, selector, part), f"{part} in {selector}")

    def wait_for_address(self, part: str) -> None:
        """Wait until the page has an address with a part in it, and is loaded."""
        asked = "return decodeURI(location.href).includes(arguments[0]) && document.readyState === 'complete'"
        self.wait_for(lambda: self.script(asked, part), part)
        self._listen()

    @contextmanager
    def frame(self, number: int = 0) -> Iterator[None]:
        """Look for a while into a frame of the page, counted from 0."""
        self.wait_for(lambda: len(self.all("iframe")) > number, "a frame")
        self._enter(self.all("iframe")[number])
        self._listen()
        try:
            yield
        finally:
            self._listen()
            self._leave()

    def download(self, selector: str) -> bytes:
        """Press what gives a file, and return its bytes when it is whole."""
        for file in self.downloads.iterdir():
            file.unlink()
        self.click(selector)
        return self.wait_for(self._whole, f"a file of {selector}").read_bytes()

    def _whole(self) -> Path | None:
        files = list(self.downloads.iterdir())
        unfinished = any(file.suffix in UNFINISHED or not file.stat().st_size for file in files)
        return files[0] if files and not unfinished else None

    def give(self, selector: str, file: Path) -> None:
        """Press what asks for a file, and give it one."""
        self.script(CATCH_PICKER)
        self.click(selector)
        self.find("#caught-picker").send_keys(str(file))
        self.script("document.querySelector('#caught-picker')?.remove()")

    def problems(self) -> list[str]:
        """Return, once, all that went wrong since it was last asked: errors, what a policy stopped, requests to elsewhere."""
        self._listen()
        told, self._complaints = [*self._complaints, *self._told()], []
        return [one for one in told if not any(text in one for text in self.allowed)]

    def _listen(self) -> None:
        self._complaints += self.script(LISTEN) or []


def started(name: str) -> AbstractContextManager[Engine]:
    """Start the engine of a name in NAMES."""
    # each driver is imported where it is used: what runs without them needs neither
    if name == "firefox":
        from tests.engine_firefox import firefox

        return firefox()
    from tests.engine_webkit import webkit

    return webkit()


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """Yield a folder for a profile and for downloads; what a browser still writes while it ends is no error."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def program(name: str) -> str:
    """Return the path of a program, given by its name or by a pattern of paths; fails, and names it, when it is not there."""
    found = next(map(str, sorted(Path("/").glob(name.removeprefix("/")))), None) if "/" in name else shutil.which(name)
    assert found, f"{name} がありません（Debian なら apt-get install {PACKAGES[name]}）。 {name} not found."
    return found
