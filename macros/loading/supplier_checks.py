"""Checks of the official tables, which are pasted: every row whole, in the order and with the digits of the publication."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ..formulas import show_typed
from .problems import Problem
from .suppliers import KEYS, VALUES, paths

NUMBER = re.compile(r"[A-Z]?\d+")
MENU = re.compile(r"(.*?)メニュー([A-Z]{1,2})(?:[(（].*)?")
NUMBERS = (*VALUES, "adjusted")
# places behind the point as published, and more than any row has had: other digits come from a spreadsheet, not the table
PRINTED = {"electricity": (6, 0.002), "gas": (2, 10.0), "heat": (4, 0.2), "fuels": (None, 100.0)}
LINE, HEAD = "（行）", "（見出し）"


class Line(NamedTuple):
    """A row of a table: its line in the file and its cells by column."""

    line: int
    cells: dict[str, str]

    @property
    def key(self) -> str:
        return next(self.cells[name] for name in KEYS if name in self.cells)


def check_tables(root: Path) -> list[Problem]:
    """Tell of lines that no row can be read from and of rows that no publication has so."""
    return [problem for path in paths(root) for problem in check_table(root, path)]


def check_table(root: Path, path: Path) -> Iterator[Problem]:
    """Yield the problems of one table, each at its line."""
    file, kind = path.relative_to(root).as_posix(), path.stem.partition("-")[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    head = numbered[0][1].split("\t") if numbered else []
    if "name" not in head or not set(KEYS) & set(head) or not set(VALUES) & set(head):
        wanted = f"見出しの行に name と、{'か'.join(KEYS)}、{'か'.join(VALUES)} が要ります"
        yield Problem(file, numbered[0][0] if numbered else 1, HEAD, wanted)
        return
    if not any(line.startswith("#") and "出典" in line for line in lines):
        yield Problem(
            file, 1, HEAD, "始めに「# 出典: …」の行が要ります。前の年の表から写して、新しい出典に直してください"
        )
    rows = []
    for number, line in numbered[1:]:
        cells = line.split("\t")
        if len(cells) == len(head):
            rows.append(Line(number, dict(zip(head, cells, strict=True))))
        else:
            told = f"列が{len(cells)}個あります。見出しと同じ{len(head)}個をタブで区切ってください"
            yield Problem(file, number, LINE, told)
    if not rows:
        yield Problem(file, len(lines), LINE, "行がひとつもありません。公表された表の行を、見出しの下に貼ってください")
    for at, field, text in (*_values(kind, rows), *_order(rows), *_menus(rows)):
        yield Problem(file, at, field, text)


def _values(kind: str, rows: list[Line]) -> Iterator[tuple[int, str, str]]:
    for row in rows:
        for name in NUMBERS:
            if name in row.cells and (text := _wrong_value(kind, row.cells[name])):
                yield row.line, name, text


def _wrong_value(kind: str, text: str) -> str:
    places, most = PRINTED[kind]
    if not re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        return f"数で書いてください（いまの値: {text}）"
    if places is not None and len(text.partition(".")[2]) != places:
        return f"公表された表のとおり、小数点の下を{places}桁で書いてください（いまの値: {text}）"
    if float(text) > most:
        return (
            f"{show_typed(most)} より大きい値は、これまでの表にありません。単位を確かめてください（いまの値: {text}）"
        )
    return ""


def _order(rows: list[Line]) -> Iterator[tuple[int, str, str]]:
    for one, other in pairwise(row for row in rows if NUMBER.fullmatch(row.key)):
        if other.key < one.key:
            told = f"「{other.key}」が「{one.key}」の下にあります。番号の順に、公表された表のとおりに並べてください"
            yield other.line, "number", told
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        same = (row.key, row.cells["name"], row.cells.get("menu", ""))
        if first.setdefault(same, row.line) != row.line:
            yield row.line, LINE, f"{first[same]}行目と同じ番号、名前、メニューです。どちらかを消してください"


def _menus(rows: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Tell of a menu whose letter does not follow the one before it, for each retailer and area."""
    last: dict[tuple[str, str], str] = {}
    for row in rows:
        if found := MENU.fullmatch(row.cells.get("menu", "")):
            before = last.get((row.key, found[1]), "")
            expected = _after(before)
            if found[2] != expected:
                told = f"メニュー{found[2]}の前に、メニュー{expected}がありません。抜けた行がないか、確かめてください"
                yield row.line, "menu", told
            last[row.key, found[1]] = found[2]


def _after(letters: str) -> str:
    """Return the letters that follow in A, B … Z, AA, AB …"""
    if not letters.rstrip("Z"):
        return "A" * (len(letters) + 1)
    if letters[-1] == "Z":
        return _after(letters[:-1]) + "A"
    return letters[:-1] + chr(ord(letters[-1]) + 1)
