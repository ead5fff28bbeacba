"""The sheet of helpers: what people know goes in, what a field of a calculator asks comes out; one ledger reckons them all."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ...calculators import AMOUNT, HIGH, LOW, Catalogue, calculator_of, helper_definition
from ...models.helpers import Helper
from .factors import Numbers
from .form import ROOM, WIDTHS, Form
from .ledger import Ledger
from .program import Program, final, runs_of
from .sheet import CalculatorSheet, hide_ledger
from .style import Pages, Style, paper
from .words import Sayer

NAME = "活動量"
ABOUT = "計算器の欄が聞く量を、手元で分かることから出します。出た量を、計算器のシートの欄に入れます。"
LABELS = {AMOUNT: "◎ 出した量", f"{AMOUNT}_{LOW}": "＝ 幅の低い方", f"{AMOUNT}_{HIGH}": "＝ 幅の高い方"}


class HelperSheet:
    """All helpers below each other, on one sheet and its ledger."""

    def __init__(self, book: Workbook, style: Style, catalogue: Catalogue, footer: str) -> None:
        self.book, self.style, self.catalogue, self.footer = book, style, catalogue, footer
        self.sheet = book.add_worksheet(NAME)

    def write(self, ledger_sheet: Worksheet, numbers: Numbers) -> None:
        """Write the sheet and its ledger."""
        pages, row = self._open()
        ledger = Ledger(ledger_sheet, runs_of({"inputs": {}}), 0, self.style)
        for helper in self.catalogue.helpers.values():
            block = HelperBlock(self, helper, pages, row)
            row = block.write_below(ledger, numbers)
        hide_ledger(ledger_sheet, NAME, self.style, self.footer)
        paper(self.sheet, self.footer)
        self.sheet.set_h_pagebreaks(pages.breaks(row))

    def _open(self) -> tuple[Pages, int]:
        for column, wide in enumerate(WIDTHS):
            self.sheet.set_column(column, column, wide)
        self.sheet.write_string(0, 0, "活動量の見つけ方", self.style["title"])
        self.sheet.write_url(0, len(WIDTHS) - 2, "internal:'はじめに'!A1", self.style["link"], "「はじめに」へ戻る")
        self.sheet.write_string(1, 0, ABOUT, self.style["code"])
        self.sheet.freeze_panes(2, 1)
        return Pages(self.sheet, ROOM), 2


class HelperBlock(CalculatorSheet):
    """One helper on the sheet of all: the small calculator that it is."""

    def __init__(self, all_of_them: HelperSheet, helper: Helper, pages: Pages, row: int) -> None:
        self.book, self.style, self.catalogue = all_of_them.book, all_of_them.style, all_of_them.catalogue
        self.helper, self.sheet = helper, all_of_them.sheet
        self.calculator = calculator_of(helper)
        self.definition = helper_definition(self.catalogue, helper)
        self.form = Form(self.sheet, NAME, self.style, self.calculator, self.definition)
        self.form.pages, self.form.row = pages, row
        self.prefix = f"helper_{helper.id.replace('-', '_')}"

    def write_below(self, ledger: Ledger, numbers: Numbers) -> int:
        """Write the helper and return the row below, with one left free."""
        self._fields()
        self.ledger, self.behind = ledger, f"'{ledger.sheet.get_name()}'"
        self.program = Program(ledger, self.definition, self._places(numbers))
        self.sayer = Sayer(self.program, final(), self.behind)
        self.form.add_lists({name: f"{self.behind}!{span}" for name, span in self.program.labels.items()})
        self._messages()
        self._heads("量")
        for spec in self.definition["results"]:
            self._output(spec["id"], self._label(spec["id"]), spec, "", spec["id"] == AMOUNT)
        self._names()
        return self.form.row + 1

    def _fields(self) -> None:
        helper = self.helper
        self.form.heading(f"{helper.title}　→　{'、'.join(self._filled())}（{helper.unit}）")
        self.form.paragraph(helper.text, "small")
        if helper.assumption:
            self.form.paragraph(f"【仮の値】{helper.assumption}", "small")
        for one in self._inputs():
            self.form.write_field(one)

    def _filled(self) -> list[str]:
        """Return the labels of the fields that the amount is for, each once."""
        fields = [
            (one.id, field)
            for one in self.catalogue.calculators.values()
            if self.helper.id in one.helpers
            for group in one.groups
            for field in group.inputs
        ]
        return list(dict.fromkeys(field.label for _, field in fields if field.id in self.helper.fields))

    def _label(self, name: str) -> str:
        steps: dict[str, Any] = {step.id: step.label for step in self.helper.steps}
        return LABELS.get(name) or f"＝ {steps[name]}"
