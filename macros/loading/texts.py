"""Says which files of `data/` and `docs/` are texts and pictures of ours, before anything else opens them.

What is no plain file (a pipe, a link, a folder with a file's name) would hang a build, or publish what lies outside.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from ..models.letters import dereferenced, odd_lines

# bytes
LONGEST_TEXT = 1_000_000
LONGEST_PICTURE = 10_000_000
TEXTS = {".md", ".yml", ".css", ".js", ".svg", ".txt", ".csv", ".tsv", ".json"}
# in these &#11; is a letter
MARKUP = {".md", ".svg"}
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico", ".pdf"}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
FOLDERS = ("data", "docs")
NO_FOLDER = "フォルダーがありません"

LINK = "別のファイルを指すリンクです。ここには、ファイルそのものを置いてください"
NO_FILE = "ふつうのファイルではありません（フォルダー、パイプなど）。消すか、名前を直してください"
HIDDEN = "隠しファイルです（Mac が作る ._ のファイルなど）。消してください"
UNREADABLE = "読む権利がありません。ファイルの持ち主と権利を直してください"
BAD_NAME = "ファイルとフォルダーの名前に使えるのは、英数字と . _ - です"
NOT_UTF8 = "UTF-8 の文字ではありません。文字コード UTF-8 で保存し直してください"


FOLDER_FAULTS = {FileNotFoundError: NO_FOLDER, NotADirectoryError: NO_FILE}


class Unfit(Exception):
    """A file is no text of ours; `problems` holds each line (from 1) and what is wrong there."""

    def __init__(self, *problems: tuple[int, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def read_text(path: Path) -> str:
    """Return the text of a file, without a byte order mark; raises Unfit, or FileNotFoundError.

    It never waits for a pipe, never follows a link and never reads more than a text of ours has.
    """
    _check_kind(path, LONGEST_TEXT)
    try:
        content = path.read_bytes()
    except PermissionError:
        raise Unfit((1, UNREADABLE)) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unfit((content.count(b"\n", 0, error.start) + 1, NOT_UTF8)) from None
    if odd := list(odd_lines(dereferenced(text) if path.suffix in MARKUP else text)):
        raise Unfit(*odd)
    return text


def _check_kind(path: Path, longest: int) -> None:
    """Raise Unfit for what is no plain file, or too long to be one of ours."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise Unfit((1, LINK))
    if not stat.S_ISREG(found.st_mode):
        raise Unfit((1, NO_FILE))
    if found.st_size > longest:
        raise Unfit((1, f"大きすぎます（{found.st_size:,}バイト）。{longest:,}バイトまでです"))


Finding = tuple[str, int, str]


def unfit_files(root: Path) -> Iterator[Finding]:
    """Yield file, line and what is wrong there, of all of data/ and docs/, whether or not anything would read it."""
    for name in FOLDERS:
        yield from _unfit_in(root, root / name)


def _unfit_in(root: Path, folder: Path) -> Iterator[Finding]:
    try:
        inside = sorted(folder.iterdir()) if not folder.is_symlink() else []
    except OSError as error:
        yield _told(root, folder, 1, FOLDER_FAULTS.get(type(error), UNREADABLE))
        return
    if folder.is_symlink():
        yield _told(root, folder, 1, LINK)
    for path in inside:
        yield from _unfit(root, path)


def _unfit(root: Path, path: Path) -> Iterator[Finding]:
    if path.name.startswith("."):
        # what systems and editors leave is read by nothing, unless it has the name of a text
        if path.suffix in TEXTS and not path.name.startswith(".#"):
            yield _told(root, path, 1, HIDDEN)
    elif not NAME.fullmatch(path.name):
        yield _told(root, path, 1, BAD_NAME)
    elif path.is_dir() and not path.is_symlink() and path.suffix not in TEXTS | PICTURES:
        yield from _unfit_in(root, path)
    else:
        yield from (_told(root, path, line, text) for line, text in _unfit_file(path))


def _unfit_file(path: Path) -> tuple[tuple[int, str], ...]:
    try:
        if path.suffix in TEXTS:
            read_text(path)
            return ()
        _check_kind(path, LONGEST_PICTURE)
    except Unfit as unfit:
        return unfit.problems
    return () if os.access(path, os.R_OK) else ((1, UNREADABLE),)


def _told(root: Path, path: Path, line: int, text: str) -> Finding:
    return path.relative_to(root).as_posix(), line, text
