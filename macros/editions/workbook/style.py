"""How the sheets of the workbook look: formats, widths, heights of wrapped Japanese text, paper."""

from math import ceil
from typing import Any
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FONT = "游ゴシック"
LINE, SMALL_LINE = 18.75, 15.0
INK, RULE, PAPER = "#1a1a1a", "#8a8a8a", "#eef3ee"
# what is typed: yellow, a thick frame and ▷ before its label
ENTRY = {"bg_color": "#fff8d6", "border": 2, "border_color": "#6b5900", "locked": False}
FORMATS: dict[str, dict] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "bg_color": PAPER, "bottom": 1, "border_color": RULE},
    "text": {"text_wrap": True},
    "small": {"text_wrap": True, "font_size": 9},
    "label": {"text_wrap": True, "border": 1, "border_color": RULE},
    "cell": {"text_wrap": True, "border": 1, "border_color": RULE, "indent": 1},
    "head": {"bold": True, "text_wrap": True, "border": 1, "border_color": RULE, "bg_color": PAPER, "align": "center"},
    "note": {"text_wrap": True, "border": 1, "border_color": RULE, "font_size": 9, "indent": 1},
    "told": {"text_wrap": True, "bold": True},
    "entry": ENTRY | {"num_format": "#,##0.######", "align": "right", "shrink": True},
    "entry_whole": ENTRY | {"num_format": "#,##0", "align": "right", "shrink": True},
    "entry_text": ENTRY | {"text_wrap": True, "num_format": "@", "align": "left", "indent": 1},
    "warning": {"bold": True, "font_color": "#8f1d14"},
    "sample": ENTRY | {"locked": True},
    "link": {"underline": 1, "font_color": "#0b4f8a"},
    "code": {"font_size": 9},
    "factor": {"border": 1, "border_color": RULE, "num_format": "#,##0.##########", "align": "right"},
    "factor_whole": {"border": 1, "border_color": RULE, "num_format": "#,##0", "align": "right"},
}


def write_formula(sheet: Any, row: int, column: int, formula: str, format_: Format) -> None:
    """Write a formula with an empty text as its stored result: viewers that do not reckon show nothing."""
    sheet.write_formula(row, column, f"={formula}", format_, "")


class Style:
    """The formats of a workbook, made on first use."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self.made:
            common = {"font_name": FONT, "font_size": 11, "valign": "vcenter", "font_color": INK}
            self.made[name] = self.book.add_format(common | FORMATS[name])
        return self.made[name]

    def plain(self, pattern: str) -> Format:
        """Return a format of nothing but a number format, for conditions."""
        if pattern not in self.made:
            self.made[pattern] = self.book.add_format({"num_format": pattern})
        return self.made[pattern]

    def number(self, digits: int, main: bool = False) -> Format:
        """Return the format of a result with digits after the point."""
        pattern = "#,##0" + (f".{'0' * digits}" if digits else "")
        name = f"number {digits} {main}"
        FORMATS.setdefault(
            name,
            {
                "num_format": f"{pattern};−{pattern}",
                "align": "right",
                "border": 1,
                "border_color": RULE,
                "bold": main,
                "shrink": True,
            },
        )
        return self[name]


def width(text: str) -> float:
    """Return the width of a text in the unit of columns; a full-width letter is a little wider than two."""
    return sum(2.1 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def lines(text: str, columns: float) -> int:
    """Return how many lines a wrapped text takes in a cell of so many half-width letters."""
    return sum(max(1, ceil(width(part) / max(1, columns - 3))) for part in text.split("\n"))


def height(text: str, columns: float) -> float:
    """Return how high a wrapped text is."""
    return LINE * lines(text, columns)


def small_height(text: str, columns: float) -> float:
    """Return how high a wrapped text is in the small size."""
    return max(LINE, SMALL_LINE * lines(text, columns * 11 / 9) + 3)


class Pages:
    """Heights of the rows of a sheet that is printed, and where its pages should end."""

    def __init__(self, sheet: Worksheet, room: float) -> None:
        self.sheet, self.room = sheet, room
        self.heights: dict[int, float] = {}
        self.blocks: list[int] = []
        sheet.set_default_row(LINE)

    def tall(self, row: int, *heights: float) -> None:
        """Make a row as high as the highest of its texts."""
        self.heights[row] = max(LINE, *heights)
        self.sheet.set_row(row, self.heights[row])

    def breaks(self, end: int) -> list[int]:
        """Return the rows before which a page ends, so that a block begins a page rather than be torn."""
        found, used = [], 0.0
        for start, after in zip([0, *self.blocks], [*self.blocks, end], strict=True):
            high = sum(self.heights.get(row, LINE) for row in range(start, after))
            if used and used + high > self.room:
                found.append(start)
                used = 0.0
            # where a block longer than a page ends depends on the program: the next one begins a page
            used = min(used + high, self.room)
        return found


def paper(sheet: Worksheet, footer: str, *, across: bool = True) -> None:
    """Set a sheet up for A4 and protect it, without a password."""
    sheet.set_paper(9)
    (sheet.set_landscape if across else sheet.set_portrait)()
    # as wide as the paper whatever font stands in; as many pages as it takes, with breaks of our own
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L&9{footer.replace('&', '&&')}&R&9&A　&P／&N")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
