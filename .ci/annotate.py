"""Reads what a build or the tests say, passes it on, and tells each error at its file and line.

`… 2>&1 | python3 .ci/annotate.py`: on GitHub the errors show beside the changed lines and, all of them, in the summary of
the run. It judges nothing: the exit status is that of the command before the pipe (`set -o pipefail`).
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

DATA = re.compile(r"^((?:data|docs)/[^:\s]+|mkdocs\.yml|tests/frozen-ids\.txt):(\d+): (.+)$")
LINK = re.compile(r"^WARNING -\s+Doc file '([^']+)' contains (a|an absolute) link '([^']+)'")
ANCHOR = re.compile(r"does not contain an anchor '([^']+)'")
NOT_IN_MENU = re.compile(r"^  - ([\w/.-]+\.md)$")
MACRO_FILE = re.compile(r"^_File_: `(.+)`$")
MACRO_ERROR = re.compile(r"^_(\w+)_: (.+)$")
FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/[\w/.-]+\.py)(?:::(\S+))?(?: - (.+))?$")
NAME = re.compile(r"'([^']+)'")


class Finding(NamedTuple):
    """What is wrong, and where."""

    file: str
    line: int
    text: str


def findings(lines: Iterable[str], root: Path) -> Iterator[Finding]:
    """Yield what is wrong in the output of `macros check`, `macros build` or pytest."""
    page = ""
    for line in lines:
        if found := DATA.match(line):
            yield Finding(found[1], int(found[2]), found[3])
        elif found := LINK.match(line):
            yield _link(root, found[1], found[3], line)
        elif found := NOT_IN_MENU.match(line):
            yield Finding(f"docs/{found[1]}", 1, "mkdocs.yml の nav に、このページがありません。加えてください")
        elif found := MACRO_FILE.match(line):
            page = found[1]
        elif page and (found := MACRO_ERROR.match(line)):
            yield _macro(root, page, found[1], found[2])
            page = ""
        elif found := FAILED.match(line):
            yield Finding(found[1], _line(root / found[1], f"def {(found[2] or '?').split('[')[0]}("), found[3] or line)


def _link(root: Path, page: str, link: str, line: str) -> Finding:
    anchor = ANCHOR.search(line)
    if anchor:
        text = f"リンク「{link}」の行き先に、見出し {anchor[1]} がありません"
    elif "an absolute link" in line:
        text = f"リンク「{link}」は / で始まっています。.md への相対リンクにしてください"
    else:
        text = f"リンク「{link}」の行き先がありません。ファイルの名前と場所を確かめてください"
    return Finding(f"docs/{page}", _line(root / "docs" / page, f"({link}"), text)


def _macro(root: Path, page: str, kind: str, said: str) -> Finding:
    name = NAME.search(said)
    at = _line(root / "docs" / page, name[1]) if name else 1
    if kind == "UndefinedError" and name:
        text = f"{{{{ … }}}} の名前「{name[1]}」がありません。ほかのページから写してください"
    elif name:
        text = f"{{{{ … }}}} の中の id「{name[1]}」がありません。data/ の id を確かめてください"
    else:
        text = f"{{{{ … }}}} の書き方を確かめてください（{kind}: {said}）"
    return Finding(f"docs/{page}", at, text)


def _line(path: Path, words: str) -> int:
    """Return the first line of a file that has the words, 1 when none has."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    return next((number for number, line in enumerate(lines, 1) if words in line), 1)


def command(one: Finding) -> str:
    """Return the line that makes GitHub show a finding at its place."""
    text = one.text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = one.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::error file={place},line={one.line}::{text}"


def summary(found: list[Finding]) -> str:
    """Return all findings as a table in Markdown."""
    rows = [f"| `{one.file}` | {one.line} | {one.text.replace('|', '&#124;').replace('<', '&lt;')} |" for one in found]
    head = [f"### 直すところが{len(found)}件あります", "", "| ファイル | 行 | 何が違うか |", "| --- | ---: | --- |"]
    help_line = "読み方は CONTRIBUTING.md の「誤りの知らせの読み方」にあります。前に公開したサイトは、そのままです。"
    return "\n".join([*head, *rows, "", help_line]) + "\n"


def main() -> int:
    """Pass standard input on and tell what is wrong; return 0."""
    said = []
    for line in sys.stdin:
        sys.stdout.write(line)
        sys.stdout.flush()
        said.append(line.rstrip("\n"))
    found = list(dict.fromkeys(findings(said, Path.cwd())))
    print(*map(command, found), sep="\n")
    where = os.environ.get("GITHUB_STEP_SUMMARY")
    if found and where:
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(summary(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
