"""`python -m tests.sinks`: places in our JavaScript and page shells through which a text could become code.

Lines are searched as they stand, comments and strings too: what is not written at all cannot be hidden from a parser.
The few lines that load a script of ours are named, each with its reason.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SCRIPTS = ("docs/**/*.js", "overrides/**/*.js")
SHELLS = ("overrides/**/*.html", "macros/rendering/templates/*.html", "docs/**/*.md")
QUOTE = "[\"'`]"

IN_SCRIPTS = {
    "HTML from a text": r"(?:inner|outer)HTML|insertAdjacentHTML|HTMLUnsafe|\bsetHTML\b|createContextualFragment|srcdoc"
    r"|DOMParser|\bdocument\s*\.\s*write|insertHTML",
    "code from a text": r"\beval\b|\bFunction\s*\(|javascript:|\bimport\s*\(",
    "a timer with a text": rf"\bset(?:Timeout|Interval)\s*\(\s*{QUOTE}",
    "a script element": rf"(?:createElement(?:NS)?|\bmake)\s*\([^)]*{QUOTE}(?:script|iframe|object|embed|base|meta){QUOTE}",
    "a script of changing name": r"\bimportScripts\s*\(\s*(?![\"'])",
    "a handler or an address as attribute": rf"setAttribute(?:NS)?\s*\([^)]*{QUOTE}(?:on\w+|style|src|href|action|formaction)"
    rf"{QUOTE}",
    "an attribute of changing name": r"setAttribute(?:NS)?\s*\(\s*(?![\"'])",
    "a handler from a text": rf"\.\s*on[a-z]+\s*=\s*{QUOTE}",
    "another page": r"(?<!const )(?<!let )\blocation\s*=[^=]|\blocation\s*\.\s*(?:href|search|pathname|hash|host\w*|protocol|port)\s*=[^=]"
    r"|\blocation\s*\.\s*(?:assign|replace)\b|\bwindow\s*\.\s*open\b|\.open\s*\(",
    "a style from a text": r"cssText|\.style\s*=[^=]|insertRule|adoptedStyleSheets",
    "storage or a request": r"\b(?:local|session)Storage\b|\bdocument\s*\.\s*cookie|\bindexedDB\b|\bfetch\s*\(|XMLHttpRequest"
    r"|sendBeacon|WebSocket|EventSource",
}
IN_SHELLS = {
    "a handler": r"<[^>]*\son[a-z]+\s*=",
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style or script in the page": r"<style\b|<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>",
    "code in an address": r"javascript:",
}
# file, what the line holds, why it is safe
ALLOWED = (
    (
        "docs/assets/js/search-box.js",
        'document.createElement("script")',
        "the addresses stand in the page, from the build; from disk only",
    ),
    (
        "docs/assets/js/search-worker.js",
        "importScripts(...files)",
        "the addresses stand in the page, from the build",
    ),
    (
        "docs/assets/js/calculator.js",
        'document.createElement("script")',
        "the address stands in the page, from the build",
    ),
    (
        "docs/assets/js/calculator-more.js",
        'document.createElement("script")',
        "the address stands in the page, from the build",
    ),
    (
        "docs/assets/js/plan.js",
        'document.createElement("script")',
        "the address stands in the page, from the build",
    ),
    (
        "docs/assets/js/plan.js",
        'new DOMParser().parseFromString(part.html, "text/html")',
        "the form of a calculator, from the build; nothing typed is in it",
    ),
    (
        "docs/assets/js/plan-paper.js",
        'new DOMParser().parseFromString(xml, "application/xml")',
        "the template of a document, from the build; values are put in as texts",
    ),
    (
        "docs/assets/js/embed-builder.js",
        'createElement("iframe")',
        "the address is that of a calculator in the list, with escaped options",
    ),
)


class Sink(NamedTuple):
    """A line that must not be, and why."""

    file: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.kind}: {self.text}"


def sinks_in(file: str, text: str) -> Iterator[Sink]:
    """Yield what is wrong in the text of a file; its name tells which rules hold."""
    for kind, pattern in (IN_SCRIPTS if file.endswith(".js") else IN_SHELLS).items():
        for found in re.finditer(pattern, text):
            number = text.count("\n", 0, found.start()) + 1
            line = text.splitlines()[number - 1].strip()
            if not any(file == name and words in line for name, words, _ in ALLOWED):
                yield Sink(file, number, kind, line)


def files_of(root: Path) -> Iterable[Path]:
    """Return our scripts and page shells."""
    return sorted(path for pattern in (*SCRIPTS, *SHELLS) for path in root.glob(pattern))


def all_sinks(root: Path) -> list[Sink]:
    """Return every sink of the project."""
    named = ((path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in files_of(root))
    return [sink for file, text in named for sink in sinks_in(file, text)]


def main() -> int:
    """Print the sinks; return 1 when there is one."""
    found = all_sinks(ROOT)
    for sink in found:
        print(sink)
    if found:
        print(
            "文字列がプログラムやHTMLになるところがあります。textContent や要素を作る書き方にしてください。",
            file=sys.stderr,
        )
        print(f"{len(found)} places where a text could become code.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
