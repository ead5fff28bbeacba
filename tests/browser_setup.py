"""`python -m tests.browser_setup`: sees to it that a Chromium and a Japanese font are there.

In order: CHROMIUM from the environment, what is on PATH, Playwright's own; else installs one: Debian's
package when root there, otherwise Playwright's own. The one without windows comes first: it is the same engine at half the
processor time. A font is asked for too: without one, widths lie.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# set while a test runs that is taken to need no browser, for what it starts too
NO_BROWSER = "TEST_WITHOUT_BROWSER"
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC_APPS = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
DEBIAN_PACKAGES = ["chromium-headless-shell", "fonts-noto-cjk"]
FONT_HELP = "日本語の字体がありません（Debian なら apt-get install fonts-noto-cjk）。 No Japanese font found."


def find_browser() -> str | None:
    """Return the path of a Chromium that starts, or None; fails in a test that is taken to need no browser."""
    assert NO_BROWSER not in os.environ, "この検査は、ブラウザーの要らないもの（make check）に数えられています。"
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    return next((path for path in _candidates() if path and _starts(path)), None)


def _candidates() -> Iterator[str | None]:
    yield from map(shutil.which, NAMES)
    yield from MAC_APPS
    yield _playwrights_own()


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` may be a script that only tells to install a snap."""
    if not Path(path).exists():
        return False
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return done.returncode == 0 and "Chrom" in done.stdout


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def has_japanese_font() -> bool:
    """Tell whether a font with Japanese letters is installed; macOS always has one."""
    if sys.platform == "darwin":
        return True
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False).stdout)


def _is_root_on_debian() -> bool:
    release = Path("/etc/os-release")
    return (
        sys.platform == "linux"
        and os.geteuid() == 0
        and shutil.which("apt-get") is not None
        and release.is_file()
        and "ID=debian" in release.read_text(encoding="utf-8").splitlines()
    )


def _install_from_debian() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "--quiet"],
        ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *DEBIAN_PACKAGES],
    ):
        subprocess.run(command, env=environment, check=False)


def _install_from_playwright() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if sys.platform == "linux" and os.geteuid() == 0:
        command.insert(4, "--with-deps")
    subprocess.run(command, check=False)


def main() -> int:
    """Install what is missing; return 1 when there is still no browser."""
    browser = find_browser()
    if _is_root_on_debian() and not (browser and has_japanese_font()):
        _install_from_debian()
    browser = browser or find_browser()
    if not browser:
        _install_from_playwright()
        browser = find_browser()
    if not has_japanese_font():
        print(FONT_HELP, file=sys.stderr)
    if not browser:
        print("Chromium がありません。入れるか、CHROMIUM に場所を書いてください。 No Chromium found.", file=sys.stderr)
        return 1
    print(f"Chromium: {browser}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
