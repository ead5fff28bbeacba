"""`python -m macros links [--report links.md]`: are the outside addresses of data and pages still there?

It asks each address once and writes a report in Markdown. It never fails: what others do with their pages is work for
an editor, not an error of ours.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ..loading import JAPAN, line_of, read_all
from ..models.shapes import texts
from .polite import Answer, Asker, parts_of

ADDRESS = re.compile(r"https?://[^\s<>\"'`|（）「」『』、。{}]+")
# names set apart for examples
EXAMPLE = re.compile(r"(^|\.)example(\.[a-z.]+)?$|^localhost$|^127\.")
# addresses of 2011 and 2012: shown as text, no links, and expected to be gone
OLD_FIELDS = {"url_2011"}
# one host at a time in each thread
THREADS = 8

MEANINGS = {
    "gone": ("なくなっています", "新しいアドレスを探して直すか、`status` に書きます。"),
    "silent": ("答えません", "何か月も続くときだけ直します。"),
    "refused": ("機械には答えません", "ブラウザーで開いて確かめます。開ければ、直すところはありません。"),
    "moved": ("移っています", "右の新しいアドレスに直します。"),
    "alive": ("開けます", ""),
}


class Use(NamedTuple):
    """Where an address stands, and whether it is one of then."""

    file: str
    line: int
    old: bool


def addresses(root: Path) -> dict[str, list[Use]]:
    """Return every outside address of data and pages with the places where it stands, in their order."""
    found: dict[str, list[Use]] = defaultdict(list)
    for address, use in [*_in_data(root), *_in_pages(root)]:
        if not EXAMPLE.search(parts_of(address).hostname or "localhost"):
            found[address].append(use)
    return dict(found)


def _in_data(root: Path) -> Iterator[tuple[str, Use]]:
    for source in read_all(root):
        for one in texts(source.kind, source.content.value):
            line = line_of(source.content.lines, one.where)
            for address in _of(one.text):
                yield address, Use(source.file, line, bool(one.where) and one.where[-1] in OLD_FIELDS)


def _in_pages(root: Path) -> Iterator[tuple[str, Use]]:
    for path in sorted((root / "docs").rglob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for address in _of(line):
                yield address, Use(path.relative_to(root).as_posix(), number, old=False)


def _of(text: str) -> list[str]:
    return [address.rstrip(".,;)]") for address in ADDRESS.findall(text)]


def ask_all(asker: Asker, wanted: list[str]) -> dict[str, Answer]:
    """Return the answer of each address; hosts are asked side by side, one host's addresses one after another."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in wanted:
        hosts[parts_of(address).netloc].append(address)
    with ThreadPoolExecutor(THREADS) as threads:
        done = threads.map(lambda group: [(address, asker.ask(address)) for address in group], hosts.values())
        return {address: answer for group in done for address, answer in group}


def meaning(answer: Answer) -> str:
    """Return the word of MEANINGS for an answer."""
    if answer.status is None:
        return "silent"
    if answer.status in {404, 410}:
        return "gone"
    if answer.status >= 400:
        return "refused"
    return "moved" if answer.moved else "alive"


def report(uses: dict[str, list[Use]], answers: dict[str, Answer], day: str) -> str:
    """Return what was found, in Markdown: what needs an editor first."""
    then = {address for address, places in uses.items() if all(use.old for use in places)}
    now = {address: answer for address, answer in answers.items() if address not in then}
    lines = [f"# 外のリンクの調べ（{day}）", "", f"{len(now)}件のアドレスを開きました。", "", *_table(now)]
    for word, (title, advice) in MEANINGS.items():
        chosen = [address for address, answer in now.items() if meaning(answer) == word]
        if advice and chosen:
            lines += ["", f"## {title}（{len(chosen)}件）", "", advice, ""]
            lines += [_line(address, answers[address], uses[address]) for address in chosen]
    alive = [address for address in then if answers[address].status == 200]
    lines += [
        "",
        f"2011・2012年当時のアドレス（リンクにしていないもの）は{len(then)}件、うち開けたもの{len(alive)}件。",
    ]
    return "\n".join([*lines, *(f"- <{address}>" for address in sorted(alive))]) + "\n"


def _table(answers: dict[str, Answer]) -> list[str]:
    counts = [(title, sum(meaning(one) == word for one in answers.values())) for word, (title, _) in MEANINGS.items()]
    return ["| 結果 | 件数 |", "| --- | ---: |", *(f"| {title} | {count} |" for title, count in counts)]


def _line(address: str, answer: Answer, places: list[Use]) -> str:
    said = f"{answer.status or ''} {answer.words}".strip()
    way = f" → <{answer.address}>" if answer.address != address else ""
    where = "、".join(f"`{use.file}:{use.line}`" for use in places)
    return f"- <{address}>{way}（{said}）{where}"


def main(arguments: list[str] | None = None) -> int:
    """Ask, write the report and return 0."""
    parser = argparse.ArgumentParser(prog="python -m macros links", description=__doc__)
    parser.add_argument("--report", type=Path, help="where the report goes (printed without)")
    options = parser.parse_args(arguments)
    uses = addresses(Path.cwd())
    day = datetime.now(tz=UTC).astimezone(JAPAN).date().isoformat()
    write(report(uses, ask_all(Asker(), list(uses)), day), options.report)
    return 0


def write(text: str, where: Path | None) -> None:
    """Write a report to a file, else print it."""
    if where:
        where.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    sys.exit(main())
