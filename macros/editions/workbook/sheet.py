"""The sheet of one calculator: form, results with their arithmetic, notes; the ledger beside it does the reckoning."""

from typing import Any

from xlsxwriter import Workbook

from ...calculators import TOTAL, Catalogue, drafts_of, is_life_cycle
from ...formulas import parse, show_typed
from ...models.calculators import Calculator
from .factors import Numbers
from .form import LAST, TEXT_RULE, WIDTHS, Form, Table
from .ledger import WITHHELD, Ledger
from .program import Places, Program, final, runs_of
from .statement import StatementSteps
from .style import Style, height, paper, small_height, write_formula
from .suppliers import offering
from .words import Sayer, shown

TAKES = 3
BAD = f'"{WITHHELD}"'
# longest text that a formula may hold in one piece
PIECE = 250


def hide_ledger(sheet: Any, name: str, style: Style, footer: str) -> None:
    """Say what a ledger is, and hide it: it is for checking, not for filling in."""
    title = f"{name}の計算。上から順に計算します（空欄は「入力なし」、{WITHHELD} は「出さない」）。"
    sheet.write_string(0, 0, title, style["code"])
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 200, 16)
    sheet.freeze_panes(2, 1)
    paper(sheet, footer)
    sheet.hide()


class CalculatorSheet:
    """One calculator, on its sheet and its ledger."""

    def __init__(self, book: Workbook, style: Style, catalogue: Catalogue, calculator: Calculator, footer: str) -> None:
        self.book, self.style, self.catalogue, self.footer = book, style, catalogue, footer
        self.calculator, self.definition = offering(catalogue, calculator)
        self.sheet = book.add_worksheet(calculator.short)
        self.form = Form(self.sheet, calculator.short, style, self.calculator, self.definition)
        self.prefix = calculator.id.replace("-", "_")

    def write(self, ledger_sheet: Any, numbers: Numbers) -> None:
        """Write the sheet and its ledger."""
        self.form.write()
        self.ledger = self._ledger(ledger_sheet)
        self.behind = f"'{ledger_sheet.get_name()}'"
        self.program = Program(self.ledger, self.definition, self._places(numbers))
        self.sayer = Sayer(self.program, final(), self.behind)
        self.form.add_lists({name: f"{self.behind}!{span}" for name, span in self.program.labels.items()})
        self._messages()
        self._table_results()
        self._lines()
        self._results()
        self._statement()
        self._closing()
        self._names()
        paper(self.sheet, self.footer)
        self.sheet.set_h_pagebreaks(self.form.pages.breaks(self.form.row))

    def _ledger(self, sheet: Any) -> Ledger:
        hide_ledger(sheet, self.calculator.short, self.style, self.footer)
        return Ledger(sheet, runs_of(self.definition), self.form.table.count if self.form.table else 0, self.style)

    def _places(self, numbers: Numbers) -> Places:
        labels = {one.id: [choice.label for choice in one.known] for one in self._inputs() if one.choices}
        places = Places(self.form.fields, labels, numbers)
        if self.form.table:
            names = [one.id for one in self.form.table.rows.columns]
            places.cells = {name: self.form.table.cells(i) for i, name in enumerate(names)}
            places.whole_row = self.form.table.whole_row
        return places

    def _inputs(self) -> list[Any]:
        return [one for group in self.calculator.groups for one in group.inputs]

    # -- messages ----------------------------------------------------------------------------

    def _messages(self) -> None:
        for name, (row, first, help_text) in self.form.told.items():
            tests = self._tests(name)
            formula = _chain(tests, help_text)
            self.form.merged(row, first, LAST, "note", formula)
            self._alarm(row, first)
        if self.form.table:
            self._table_message(self.form.table)

    def _tests(self, name: str) -> list[tuple[str, str]]:
        """Return the tests of a field with what each tells, the first that holds counts."""
        spec = self.definition["inputs"].get(name, {})
        return [*self._own_tests(name, spec), *self._found_tests(name)]

    def _own_tests(self, name: str, spec: dict[str, Any]) -> list[tuple[str, str]]:
        if name not in self.program.typed:
            return []
        words, cell = self.definition["words"], self.form.fields[name]
        bad = f"{self.behind}!{self.program.typed[name].address}={BAD}"
        if "choices" in spec:
            return [(bad, words["choice"])]
        return [
            (f"AND({bad},ISTEXT({cell}))", words["format"].replace("{unit}", spec["unit"])),
            (f"AND({bad},{cell}<0)", words["negative"]),
            (f"AND({bad},{cell}<{spec['min']:.15g})", words["below"].replace("{min}", show_typed(spec["min"]))),
            (
                f"AND({bad},{cell}>{spec['max']:.15g})",
                words["share" if spec["unit"] == "%" else "above"].replace("{max}", show_typed(spec["max"])),
            ),
            (bad, words["decimals" if spec["decimals"] else "whole"].replace("{digits}", str(spec["decimals"]))),
        ]

    def _found_tests(self, name: str) -> list[tuple[str, str]]:
        """Return what the first pass finds: broken rules, what is missing, then the hints on what came of it."""
        checks, run = self.program.checks, final() - 1
        tests = [(step.at(run, None), message) for at, message, step in checks.broken if at == name]
        tests += (
            [(checks.lacking[name].at(run, None), self.definition["words"]["incomplete"])]
            if name in checks.lacking
            else []
        )
        tests += [(step.at(final(), None), message) for at, message, step in checks.hints if at == name]
        return [(f"{self.behind}!{flag}=1", text) for flag, text in tests]

    def _table_message(self, table: Table) -> None:
        tests = []
        for one in table.rows.columns:
            if one.id in self.program.norms:
                span = f"{self.behind}!{self.program.norms[one.id].span(0)}"
                tests.append(
                    (
                        f"COUNTIF({span},{BAD})>0",
                        f"「{one.label}」の列に、数として読めない値か、範囲の外の値があります。",
                    )
                )
            if one.id not in self.program.typed:
                tests += self._found_tests(one.id)
        self.form.merged(table.told, 0, LAST, "note", _chain(tests, table.help))
        self._alarm(table.told, 0)

    def _alarm(self, row: int, column: int) -> None:
        rule = {"type": "text", "criteria": "begins with", "value": "▲", "format": self.alarm}
        self.sheet.conditional_format(row, column, row, column, rule)

    @property
    def alarm(self) -> Any:
        """The format of a message."""
        return self.style["warning"]

    # -- results -----------------------------------------------------------------------------

    def _table_results(self) -> None:
        table = self.form.table
        if not table:
            return
        for i, result in enumerate(table.rows.results):
            column = self.program.columns[result.id]
            for row in range(table.count):
                ref = f"{self.behind}!{column.at(final(), row)}"
                formula = f'IF(ISNUMBER({ref}),ROUND({ref},{result.digits}),"")'
                place = table.top + row, len(table.rows.columns) + i
                write_formula(self.sheet, *place, formula, self.style.number(result.digits))

    def _lines(self) -> None:
        if not self.calculator.lines:
            return
        self.form.row += 1
        self.form.heading("内訳と計算")
        self._heads("内訳")
        for line, spec in zip(self.calculator.lines, self.definition["lines"], strict=True):
            mark = "（LCA）" if is_life_cycle(self.catalogue, parse(line.formula)) else ""
            self._output(f"line_{line.id}", f"＝ {line.label}{mark}", spec | {"digits": 1}, "")

    def _results(self) -> None:
        self.form.row += 1
        self.form.heading("結果")
        self._withheld_notice()
        self._heads("結果")
        for result, spec in zip(self.calculator.results, self.definition["results"], strict=True):
            self._output(
                result.id, f"{'◎' if result.main else '＝'} {result.label}", spec, result.help or "", result.main
            )
        if self._both_sets() and self.calculator.lines:
            self._difference()

    def _both_sets(self) -> bool:
        return len(self.ledger.runs) > 2

    def _heads(self, name: str) -> None:
        heads = [name, "量", "単位", *(["もう一方の係数"] if self._both_sets() else [])]
        for column, text in enumerate(heads):
            self.sheet.write_string(self.form.row, column, text, self.style["head"])
        self.sheet.merge_range(self.form.row, len(heads), self.form.row, LAST, "計算", self.style["head"])
        self.form.row += 1

    def _output(self, name: str, label: str, spec: dict[str, Any], help_text: str, main: bool = False) -> None:
        row, digits = self.form.row, spec["digits"]
        node = self.program.outputs[name]
        self.sheet.write_string(row, 0, label, self.style["label"])
        self._rounded(row, 1, node.at(final(), None), digits, main)
        self.sheet.write_string(row, 2, spec["unit"], self.style["cell"])
        first = 3
        if self._both_sets():
            self._rounded(row, 3, node.at(final(1), None), digits, False)
            first = 4
        self.form.merged(
            row, first, LAST, "note", self.sayer.steps(spec, name, f"（{help_text}）" if help_text else "")
        )
        parts = len(spec["formula"]) - 1 if spec["formula"][0] == "sum" else 3
        longest = "x" * 19 * min(parts, 12) + (f"\n{help_text}（）" if help_text else "")
        self.form.pages.tall(row, height(label, WIDTHS[0]), small_height(longest, sum(WIDTHS[first:])))
        self.outputs[name] = (row, first)
        self.form.row += 1

    @property
    def outputs(self) -> dict[str, tuple[int, int]]:
        """The row of each output, and the column of its arithmetic."""
        return self.__dict__.setdefault("_outputs", {})

    def _rounded(self, row: int, column: int, address: str, digits: int, main: bool) -> None:
        ref = f"{self.behind}!{address}"
        formula = f'IF(ISNUMBER({ref}),ROUND({ref},{digits}),"")'
        write_formula(self.sheet, row, column, formula, self.style.number(digits, main))

    def _withheld_notice(self) -> None:
        run = final()
        flags = [f"{self.behind}!{step.at(run, None)}={BAD}" for step in self.program.values.values()]
        flags += [f"{self.behind}!{step.at(run, None)}=1" for step in self.program.found.values()]
        flags += [f"COUNTIF({self.behind}!{one.span(0)},{BAD})>0" for one in self.program.norms.values()]
        self.form.merged(
            self.form.row, 0, LAST, "told", f'IF(OR({",".join(flags)}),"▲ {self.definition["words"]["withheld"]}","")'
        )
        self._alarm(self.form.row, 0)
        self.form.row += 1

    def _difference(self) -> None:
        first = self.definition["results"][0]
        node = self.program.outputs[first["id"]]
        here, there = (f"{self.behind}!{node.at(final(one), None)}" for one in (0, 1))
        gap = shown(f"({there}-{here})", 1)
        said = (
            f'"もう一方の係数では、{self.calculator.results[0].label}が "&{shown(there, first["digits"])}&'
            f'" {first["unit"]}（{self.definition["words"]["difference"]} "&{gap}&"）です。"'
        )
        self.form.merged(self.form.row, 0, LAST, "told", f'IF(COUNT({here},{there})=2,{said},"")')
        self.difference_row = self.form.row
        self.form.row += 1

    def _statement(self) -> None:
        """Write the draft of a statement, once there is a total to tell of; else why there is none."""
        self.form.row += 1
        self.form.heading("公表文の案")
        drafts = drafts_of(self.catalogue, self.calculator)
        if isinstance(drafts, str):
            self.form.paragraph(drafts, "small")
            return
        steps, words = StatementSteps(self.program, drafts), self.catalogue.statement
        total = f"{self.behind}!{self.program.outputs[TOTAL].at(final(), None)}"
        hints = [f"{self.behind}!{step.at(final(), None)}=1" for _, _, step in self.program.checks.hints]
        for i, step in enumerate(steps.sentences):
            said = f"{self.behind}!{step.at(final(), None)}"
            if hints:
                told = _text(words.contradicted if i == 0 else "")
                said = f"IF(OR({','.join(hints)}),{told},{said})"
            nothing = _text(words.nothing if i == 0 else "")
            self.form.merged(self.form.row, 0, LAST, "text", f"IF(ISNUMBER({total}),{said},{nothing})")
            longest = max((text for _, text in drafts["sentences"][i]), key=len)
            self.form.pages.tall(self.form.row, height(longest, sum(WIDTHS)))
            self.drafted.append(self.form.row)
            self.form.row += 1

    @property
    def drafted(self) -> list[int]:
        """The rows of the draft."""
        return self.__dict__.setdefault("_drafted", [])

    # -- below -------------------------------------------------------------------------------

    def _closing(self) -> None:
        words = self.calculator.words
        self.form.row += 1
        self.form.heading("書類にするときの欄")
        for label in ("作成者", "確認者", "クレジットの番号", "無効化日"):
            self.sheet.write_string(self.form.row, 0, f"▷ {label}", self.style["label"])
            self.sheet.merge_range(self.form.row, 1, self.form.row, 4, "", self.style["entry_text"])
            self.sheet.data_validation(self.form.row, 1, self.form.row, 1, TEXT_RULE)
            self.form.row += 1
        parts = (
            ("端数の扱い", [words.rounding]),
            ("計算の式", words.formula_sources),
            ("この計算の限界", words.limits),
            ("公表するとき", words.claims),
        )
        for title, texts in parts:
            self.form.row += 1
            self.form.heading(title)
            for text in texts:
                self.form.paragraph(f"・{text}", "small")

    # -- names -------------------------------------------------------------------------------

    def _names(self) -> None:
        """Name the inputs and outputs by their ids: formulas of other sheets may rely on them."""
        for name, address in self.form.fields.items():
            self._name(name, address)
            row, first, _ = self.form.told[name]
            self._name(f"message.{name}", self.form.address(row, first))
        for name, (row, first) in self.outputs.items():
            self._name(f"shown.{name}", self.form.address(row, 1))
            self._name(f"steps.{name}", self.form.address(row, first))
            self._name(f"raw.{name}", f"{self.behind}!{self.program.outputs[name].at(final(), None)}")
            if self._both_sets():
                self._name(f"other.{name}", f"{self.behind}!{self.program.outputs[name].at(final(1), None)}")
        for i, row in enumerate(self.drafted, 1):
            self._name(f"statement.sentence_{i}", self.form.address(row, 0))
        if self.form.table:
            self._table_names(self.form.table)

    def _table_names(self, table: Table) -> None:
        columns = [*table.rows.columns, *table.rows.results]
        for i, one in enumerate(columns):
            self._name(f"rows.{one.id}", table.span(i))
        for result in table.rows.results:
            self._name(f"raw.rows.{result.id}", f"{self.behind}!{self.program.columns[result.id].span(final())}")

    def _name(self, name: str, address: str) -> None:
        self.book.define_name(f"{self.prefix}.{name}", f"={address}")


def _chain(tests: list[tuple[str, str]], otherwise: str) -> str:
    """Return the formula that tells the message of the first test that holds, else the help."""
    formula = _text(otherwise)
    for test, message in reversed(tests):
        formula = f"IF({test},{_text('▲ ' + message)},{formula})"
    return formula


def _text(text: str) -> str:
    """Return a text inside a formula, in pieces that spreadsheets take."""
    quoted = text.replace('"', '""')
    return "&".join(f'"{quoted[i : i + PIECE]}"' for i in range(0, max(1, len(quoted)), PIECE))
