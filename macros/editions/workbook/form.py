"""The upper part of a calculator's sheet: what it counts, the fields and the table of rows."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ...formulas import show_typed
from ...models.calculators import Calculator, Input, Rows
from .style import Pages, Style, height, small_height, write_formula

# label, value, unit, the other set, then what is told
WIDTHS = (29, 16, 13, 14, *(10,) * 7)
LAST = len(WIDTHS) - 1
CHOICE_LAST = 4
ROWS = 30
# the height of a page of A4 in points, when the columns above are made to fit its width
ROOM = 620.0


class Form:
    """Writes the fields; remembers where each one is, and where its help and messages go."""

    def __init__(
        self, sheet: Worksheet, name: str, style: Style, calculator: Calculator, definition: dict[str, Any]
    ) -> None:
        self.sheet, self.name, self.style = sheet, name, style
        self.calculator, self.definition = calculator, definition
        self.fields: dict[str, str] = {}
        # by field: row, first column of the place for help and messages, and the help
        self.told: dict[str, tuple[int, int, str]] = {}
        self.lists: list[tuple[int, str]] = []
        self.whole = style.plain("#,##0")
        self.pages = Pages(sheet, ROOM)
        self.row = 0
        self.table: Table | None = None

    def write(self) -> None:
        """Write everything above the results."""
        for column, wide in enumerate(WIDTHS):
            self.sheet.set_column(column, column, wide)
        self._open()
        for group in self.calculator.groups:
            self.heading(group.title)
            if group.help:
                self.paragraph(group.help, "small")
            for one in group.inputs:
                self.write_field(one)
        if self.calculator.rows:
            self.table = Table(self, self.calculator.rows)

    def _open(self) -> None:
        self.sheet.write_string(0, 0, self.calculator.title, self.style["title"])
        self.sheet.write_url(0, LAST - 1, "internal:'はじめに'!A1", self.style["link"], "「はじめに」へ戻る")
        self.sheet.write_string(
            1,
            0,
            "▷ の付いた太枠（黄色）の欄に入れます。ほかの欄は計算で変わります。▲ は確かめが要る欄です。",
            self.style["code"],
        )
        self.sheet.freeze_panes(2, 1)
        self.row = 2
        self.paragraph(self.calculator.lead, "text")
        words = self.calculator.words
        self.paragraph(f"数えるもの：{'／'.join(words.counted)}", "small")
        self.paragraph(f"数えないもの：{'／'.join(words.not_counted)}", "small")

    def heading(self, text: str) -> None:
        """Write a heading over the whole width; what it heads stays on one page if it fits."""
        self.pages.blocks.append(self.row)
        self.sheet.merge_range(self.row, 0, self.row, LAST, text, self.style["heading"])
        self.row += 1

    def paragraph(self, text: str, style: str) -> None:
        """Write a text over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, LAST, text, self.style[style])
        self.pages.tall(self.row, (small_height if style == "small" else height)(text, sum(WIDTHS)))
        self.row += 1

    def merged(self, row: int, first: int, last: int, style: str, formula: str) -> None:
        """Write a formula over several columns."""
        self.sheet.merge_range(row, first, row, last, "", self.style[style])
        write_formula(self.sheet, row, first, formula, self.style[style])

    def address(self, row: int, column: int) -> str:
        """Return the full address of a cell of this sheet."""
        return f"'{self.name}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def write_field(self, one: Input) -> None:
        """Write a field in the next row, with room for its help and messages."""
        self.sheet.write_string(self.row, 0, f"▷ {one.label}", self.style["label"])
        help_text = self.help_of(one)
        wide = one.kind != "number"
        first = CHOICE_LAST + 1 if wide else 3
        (self._wide if wide else self._number)(one)
        self.fields[one.id] = self.address(self.row, 1)
        self.told[one.id] = (self.row, first, help_text)
        longest = max((choice.label for choice in one.choices), key=len, default="")
        self.pages.tall(
            self.row,
            height(f"▷ {one.label}", WIDTHS[0]),
            small_height(help_text, sum(WIDTHS[first:])),
            height(longest, sum(WIDTHS[1:first])),
        )
        self.row += 1

    def _number(self, one: Input) -> None:
        style = self.style["entry_whole" if one.step >= 1 else "entry"]
        if one.default is None:
            self.sheet.write_blank(self.row, 1, None, style)
        else:
            self.sheet.write_number(self.row, 1, float(one.default), style)
        self.sheet.write_string(self.row, 2, "" if one.unit == "1" else one.unit or "", self.style["cell"])
        if one.step < 1:
            self.whole_without_point(self.row, self.row, 1)
        self.sheet.data_validation(self.row, 1, self.row, 1, number_rule(one))

    def whole_without_point(self, top: int, bottom: int, column: int) -> None:
        """Let whole numbers in cells for any number be shown without the point that their format leaves behind."""
        cell = xl_rowcol_to_cell(top, column)
        rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}=INT({cell}))", "format": self.whole}
        self.sheet.conditional_format(top, column, bottom, column, rule)

    def _wide(self, one: Input) -> None:
        """Write a choice or a text: a cell over several columns."""
        label = next((choice.label for choice in one.choices if choice.id == one.default), "")
        self.sheet.merge_range(self.row, 1, self.row, CHOICE_LAST, label, self.style["entry_text"])
        if one.kind == "choice":
            self.lists.append((self.row, one.id))
        else:
            self.sheet.data_validation(self.row, 1, self.row, 1, TEXT_RULE)

    def help_of(self, one: Input) -> str:
        """Return the help of a field; a field that only some choice uses says so."""
        when = self.definition["inputs"][one.id].get("when")
        texts = [self._when(when)] if when else []
        return "".join([*texts, one.help or "", one.guidebook_note or ""])

    def _when(self, when: list[str]) -> str:
        fields = {one.id: one for group in self.calculator.groups for one in group.inputs}
        chosen = next(choice.label for choice in fields[when[1]].choices if choice.id == when[2])
        uses = "ときだけ使います。" if when[0] == "is" else "ときは使いません。"
        return f"{fields[when[1]].label}で「{chosen}」を選んだ{uses}"

    def add_lists(self, spans: dict[str, str]) -> None:
        """Let choices be chosen from the lists that the ledger has."""
        for row, name in self.lists:
            rule = {
                "validate": "list",
                "source": f"={spans[name]}",
                "error_title": "選択肢にない値です",
                "error_message": "右の▼から選び直してください。",
            }
            self.sheet.data_validation(row, 1, row, 1, rule)


class Table:
    """The table of rows: cells to fill and, beside them, the results of each row."""

    def __init__(self, form: Form, rows: Rows) -> None:
        self.form, self.rows = form, rows
        self.count = min(ROWS, self.rows.max)
        form.heading(f"{self.rows.label}（{self.count}行まで）")
        self.told = form.row
        self.help = self.rows.help or ""
        form.pages.tall(form.row, small_height(self.help, sum(WIDTHS)))
        form.row += 1
        self._heads()
        self.top = form.row
        for row in range(self.count):
            self._line(row)
        form.row += self.count

    def _heads(self) -> None:
        form = self.form
        columns = [("▷", one) for one in self.rows.columns] + [("＝", one) for one in self.rows.results]
        heads = [f"{mark} {one.label}" + (f"\n（{one.unit}）" if one.unit else "") for mark, one in columns]
        for column, text in enumerate(heads):
            form.sheet.write_string(form.row, column, text, form.style["head"])
        form.pages.tall(form.row, *(height(text, wide) for text, wide in zip(heads, WIDTHS, strict=False)))
        form.row += 1

    def _line(self, row: int) -> None:
        for column, one in enumerate(self.rows.columns):
            style = "entry_text" if one.kind == "text" else "entry"
            self.form.sheet.write_blank(self.top + row, column, None, self.form.style[style])
            rule = TEXT_RULE if one.kind == "text" else number_rule(one)
            if row == 0:
                self.form.sheet.data_validation(self.top, column, self.top + self.count - 1, column, rule)
            if row == 0 and one.kind == "number":
                self.form.whole_without_point(self.top, self.top + self.count - 1, column)

    def cells(self, column: int) -> Any:
        """Return the function that gives the address of a row of a column."""
        return lambda row: self.form.address(self.top + row, column)

    def whole_row(self, row: int) -> str:
        """Return the cells of a row that are filled in."""
        first = xl_rowcol_to_cell(self.top + row, 0, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(self.top + row, len(self.rows.columns) - 1, row_abs=True, col_abs=True)
        return f"'{self.form.name}'!{first}:{last}"

    def span(self, column: int) -> str:
        """Return the whole column."""
        first, last = (
            xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True) for row in (self.top, self.top + self.count - 1)
        )
        return f"'{self.form.name}'!{first}:{last}"


TEXT_RULE = {
    "validate": "length",
    "criteria": "<=",
    "value": 200,
    "error_title": "長すぎます",
    "error_message": "200字までで入れてください。",
}


def number_rule(one: Input) -> dict[str, Any]:
    """Return the rule of a number field, as the form of the page has it."""
    least, most = show_typed(one.min), show_typed(one.max)
    return {
        "validate": "integer" if one.step >= 1 else "decimal",
        "criteria": "between",
        "minimum": one.min,
        "maximum": one.max,
        "error_title": "入れられない値です",
        "error_message": f"{least}以上{most}以下の{'整数' if one.step >= 1 else '数'}を入れてください（上限は仮の値です）。",
    }
