"""Firefox ESR, driven by Mozilla's own driver, which also sees what the browser itself notes and asks for."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.engines import KEYS, Engine, folder_of_its_own, program

with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of its own parts
    from marionette_driver import By  # pyright: ignore[reportMissingImports]
    from marionette_driver.marionette import Marionette  # pyright: ignore[reportMissingImports]

PREFERENCES = {
    "intl.accept_languages": "ja",
    "browser.download.folderList": 2,
    "browser.download.alwaysOpenPanel": False,
    "browser.download.always_ask_before_handling_new_types": False,
    # what pages say on their console goes to the log; what the browser's own window says does not
    "devtools.console.stdout.content": True,
    "devtools.console.stdout.chrome": False,
    # asks its maker for experiments, and complains when nothing answers
    "app.normandy.enabled": False,
    "messaging-system.rsexperimentloader.enabled": False,
}
ITS_OWN = {"sandbox": "system", "new_sandbox": False}
# every request that a page makes, redirects and blocked answers too; not what the browser asks for itself
WATCH = """window.asked = [];
window.watcher = { observe(channel) {
  channel.QueryInterface(Ci.nsIChannel);
  if (!channel.loadInfo.triggeringPrincipal.isSystemPrincipal) window.asked.push(channel.URI.spec);
} };
Services.obs.addObserver(window.watcher, "http-on-opening-request");"""
ASKED = "return window.asked.splice(0)"
NOTED = """const noted = Services.console.getMessageArray().flatMap((one) => {
  if (!(one instanceof Ci.nsIScriptError) || one.flags & one.warningFlag || one.flags & one.infoFlag) return [];
  return /^(chrome|resource|moz-extension):/.test(one.sourceName) ? [] : [`${one.category}: ${one.errorMessage} (${one.sourceName})`];
});
Services.console.reset();
return noted"""
COMPOSE = """const [text] = arguments;
window.method = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
const there = Services.wm.getMostRecentWindow("navigator:browser");
if (!window.method.beginInputTransactionForTests(there)) throw new Error("no composition");
window.method.setPendingCompositionString(text);
window.method.appendClauseToPendingComposition(text.length, window.method.ATTR_RAW_CLAUSE);
window.method.setCaretInPendingComposition(text.length);
window.method.flushPendingComposition();"""
CONFIRM = """const there = Services.wm.getMostRecentWindow("navigator:browser");
window.method.commitComposition(new there.KeyboardEvent("", { key: "Enter", code: "Enter", keyCode: 13 }));"""
# words of a page stand in quotes; what the browser's own parts say begins with their name
CONSOLE_ERROR = re.compile(r'^console\.error: (".+)$', re.MULTILINE)
HERE = re.compile(r"(?:http://127\.0\.0\.1:\d+/|file:|data:|blob:|about:)")


class Firefox(Engine):
    """Firefox without a screen."""

    def __init__(self, folder: Path, driver: Marionette) -> None:
        super().__init__(folder)
        self.driver = driver
        self.log = folder / "firefox.log"
        self._read = 0
        driver.set_pref("browser.download.dir", str(self.downloads))
        self._in_browser(WATCH)

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def script(self, text: str, *values: Any) -> Any:
        return self.driver.execute_script(text, script_args=values, sandbox=None)

    def press(self, *keys: str) -> None:
        codes = [KEYS.get(key, key) for key in keys]
        sequence = self.driver.actions.sequence("key", "keyboard")
        for code in codes:
            sequence.key_down(code)
        for code in reversed(codes):
            sequence.key_up(code)
        sequence.perform()

    def compose(self, letter: str) -> None:
        self._in_browser(COMPOSE, letter)

    def confirm(self) -> None:
        self._in_browser(CONFIRM)

    def _go(self, address: str) -> None:
        self.driver.navigate(address)

    def _enter(self, frame: Any) -> None:
        self.driver.switch_to_frame(frame)

    def _leave(self) -> None:
        self.driver.switch_to_parent_frame()

    def _told(self) -> list[str]:
        with self.log.open(encoding="utf-8", errors="replace") as log:
            log.seek(self._read)
            said = CONSOLE_ERROR.findall(log.read())
            self._read = log.tell()
        elsewhere = [one for one in self._in_browser(ASKED) if not HERE.match(one)]
        return [*said, *self._in_browser(NOTED), *(f"request to another origin: {one}" for one in elsewhere)]

    def _in_browser(self, text: str, *values: Any) -> Any:
        with self.driver.using_context("chrome"):
            return self.driver.execute_script(text, script_args=values, **ITS_OWN)


@contextmanager
def firefox() -> Iterator[Engine]:
    """Run Firefox ESR with a profile of its own."""
    path = program("firefox-esr")
    with folder_of_its_own() as folder:
        driver = _started(path, folder)
        try:
            driver.start_session()
            yield Firefox(folder, driver)
        finally:
            if driver.session:
                driver.quit()
            driver.cleanup()


def _started(path: str, folder: Path) -> Marionette:
    log = str(folder / "firefox.log")
    # while it asks whether the browser is up, it leaves its sockets to be closed
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        return Marionette(bin=path, port=0, headless=True, prefs=PREFERENCES, gecko_log=log, workspace=str(folder))
