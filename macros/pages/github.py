"""Tells problems to GitHub: beside the changed lines, and all of them as a table in the summary of the run.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from ..loading import Problem

SUMMARY = "GITHUB_STEP_SUMMARY"
HELP = "読み方は CONTRIBUTING.md の「誤りの知らせの読み方」にあります。前に公開したサイトは、そのままです。"


def tell(problems: Iterable[Problem]) -> None:
    """Print the commands that annotate; add a table to the summary when GitHub names a file for it."""
    found = list(dict.fromkeys(problems))
    print(*map(command, found), sep="\n")
    if where := os.environ.get(SUMMARY):
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(summary(found))


def command(one: Problem) -> str:
    """Return the line that makes GitHub show a problem at its place."""
    place = _escaped(one.file).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={place},line={one.line}::{_escaped(one.said)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def summary(found: list[Problem]) -> str:
    """Return problems as a table in Markdown."""
    rows = [f"| {_plain(one.file)} | {one.line} | {_plain(one.said)} |" for one in found]
    head = [f"### 直すところが{len(found)}件あります", "", "| ファイル | 行 | 何が違うか |", "| --- | ---: | --- |"]
    return "\n".join([*head, *rows, "", HELP]) + "\n"


def _plain(text: str) -> str:
    """Return a text in which no letter is a mark of Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>|#&~])", r"\\\1", text).replace("\n", " ")
