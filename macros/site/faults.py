"""What to do when a build cannot go on for a reason outside the data: a full disk, a missing file, no rights."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ..loading import BuildError, DataError, Problem

# page shells: without one MkDocs takes Material's own and says nothing
SHELLS = (
    "404.html",
    "embed.html",
    "main.html",
    "partials/copyright.html",
    "partials/search.html",
    "sitemap.xml",
)

ADVICE = {
    errno.ENOSPC: "ディスクがいっぱいです。要らないファイルを消して空きを作り、もう一度始めてください。 The disk is full.",
    errno.EDQUOT: "使えるディスクの量（quota）を使い切りました。要らないファイルを消すか、管理者に頼んでください。 Disk quota exceeded.",
    errno.EFBIG: "ファイルの大きさの上限を超えました。`ulimit -f unlimited` で上限を外すか、ディスクを変えてください。 A file is too large.",
    errno.EROFS: "書き込めない（読み取り専用の）場所です。--site-dir で別の場所を選んでください。 The place is read-only.",
    errno.EACCES: "書くか読む権利がありません。持ち主と権利を直すか、--site-dir で別の場所を選んでください。 Permission denied.",
    errno.EPERM: "書くか読む権利がありません。持ち主と権利を直すか、--site-dir で別の場所を選んでください。 Permission denied.",
    errno.ENOENT: "ファイルがありません。消していたら `git restore <ファイル>` で戻してください。 A file is missing.",
    errno.EMFILE: "開けるファイルの数の上限に達しました。`ulimit -n 4096` のあと、もう一度始めてください。 Too many open files.",
}
OTHER = "ファイルを読み書きできませんでした。 A file could not be read or written."
NUMBER = re.compile(r"^(?:\w+\.)*\w*Error: \[Errno (\d+)\] (.+)", re.MULTILINE)
TEMPLATE = re.compile(r"TemplateNotFound\w*: '?([\w./-]+)'?")
FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
ANCHOR = re.compile(r"Doc file '([^']+)' contains a link '([^']+)', but .*\banchor\b")
NO_ANCHOR = (
    "リンク「{}」の行き先のページに、見出し #{} がありません。見出しの {{ #… }} か、リンクの # のあとを直してください"
)
# of the end of what a program says; its last error stands there
KEPT = 20_000


def of_system(error: OSError) -> BuildError:
    """Return the advice for what the system refused."""
    return BuildError(f"{ADVICE.get(error.errno or 0, OTHER)}\n{error}")


def of_template(name: str) -> BuildError:
    """Return the advice for a template or page shell that is not there."""
    return BuildError(
        f"ひな形「{name}」がありません。消していたら `git restore macros/rendering/templates overrides` で戻してください。"
        " 名前を変えていたら、使うところも直します。\n"
        f"The template {name} is missing."
    )


def check_shells(root: Path) -> None:
    """Raise BuildError when a page shell of the project's `overrides/` is missing."""
    folder = root / "overrides"
    missing = [name for name in SHELLS if not (folder / name).is_file()] if folder.exists() else []
    if missing:
        raise of_template("、".join(f"overrides/{name}" for name in missing))


def run(command: list[str], root: Path, environment: Mapping[str, str]) -> None:
    """Run the program that writes the pages and pass on what it says.

    Raises DataError when links lead to headings that are not there, else BuildError with what to do.
    """
    options = {"cwd": root, "env": environment, "encoding": "utf-8", "errors": "replace"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, **options) as program:
        try:
            said = _passed_on(program)
        except BaseException:
            program.kill()
            raise
    if program.returncode:
        raise _of_links(root, said) or _of_program(program.returncode, said)


def _passed_on(program: subprocess.Popen[str]) -> str:
    said = ""
    for line in program.stderr or ():
        sys.stderr.write(line)
        said = (said + line)[-KEPT:]
    return said


def _of_links(root: Path, said: str) -> DataError | None:
    """Return what MkDocs alone can see: that a page has no such heading, at each line that links there."""
    found = [
        Problem(f"docs/{page}", line, "リンク", NO_ANCHOR.format(link, link.partition("#")[2]))
        for page, link in ANCHOR.findall(said)
        for line in _lines_with(root / "docs" / page, link)
    ]
    return DataError(found) if found else None


def _lines_with(page: Path, link: str) -> list[int]:
    """Return the lines of a page's body that link to an address, the first line when it is written otherwise."""
    text = page.read_text(encoding="utf-8")
    written = re.compile(rf"(?:\(|<|\]:\s*){re.escape(link)}(?=[\s)>]|$)", re.MULTILINE)
    body = front.end() if (front := FRONT_MATTER.match(text)) else 0
    return [text.count("\n", 0, one.start()) + 1 for one in written.finditer(text, body)] or [1]


def _of_program(status: int, said: str) -> BuildError:
    if status < 0:
        return BuildError(
            "ページを作る途中で止められました。メモリが足りないことがあります。ほかのプログラムを閉じて、もう一度始めてください。\n"
            f"mkdocs was stopped by signal {-status}."
        )
    if system := NUMBER.findall(said):
        number, text = system[-1]
        return of_system(OSError(int(number), text or os.strerror(int(number))))
    if template := TEMPLATE.search(said):
        return of_template(f"macros/rendering/templates/{template[1]}")
    return BuildError(
        "ページを作れませんでした。上に出た WARNING か ERROR の行に、直すところが書いてあります。\n"
        f"mkdocs build --strict failed (exit status {status}); see the lines above."
    )
