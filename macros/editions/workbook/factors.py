"""The sheet of factors: every number that the calculators use, with source, date and confidence; formulas point here."""

from collections.abc import Iterable, Iterator

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ...calculators import ENDS, Catalogue, Found, end_of, factor_mark, helper_definition, price_words
from ...loading import used_factors
from ...models.factors import Factor, FactorSource, FactorValue
from ...models.helpers import Helper
from ...models.suppliers import SupplierTable
from ...rendering import CONFIDENCE
from .style import LINE, Style, height, paper, small_height
from .suppliers import listed

NAME = "係数"
WIDTHS = (32, 15, 12, 13, 46, 11, 15, 11, 40)
# of a set that is neither today's nor the guidebook's: its value and where it comes from
MORE = (13, 40)
HEADS = ("名前", "単位", "{today}", "{then}", "{today}の出典", "いつから", "確かさ", "見直す日", "{then}の出典")
ABOUT = (
    "計算器のシートは、この表の値を見て計算します。値を変えると、その係数を使うすべての計算が変わります。",
    "変えるときは「校閲」の「シート保護の解除」を押します（パスワードはありません）。変えた日と出典を書き残してください。",
    "{then}の欄の「今の値」は、{then}の値を確かめられていないため、{today}の値で計算することを示します。",
    "「ほかの行」は、{then}版では契約先にかかわらず1つの値（{then}の欄に値のある行）で計算することを、「共通」は{count}つの版で分けない値（価格や平均）を示します。",
    "（LCA）はライフサイクルの値です。ほかの値と範囲が違います。",
)
ENDS_SAID = {"low": "低い", "high": "高い"}
REUSED, REPLACED, SHARED, NONE = "今の値", "ほかの行", "共通", "―"
# by name in formulas: the cell of today's value under "", those of other sets by their id; None where it has none
Numbers = dict[str, dict[str, str | None]]


def factors_behind(catalogue: Catalogue, helper: Helper) -> list[str]:
    """Return the ids of the factors that a helper can rest on."""
    return [mark[1:] for mark in helper_definition(catalogue, helper)["numbers"] if mark[0] == "#"]


class FactorSheet:
    """Writes the sheet and knows the cell of each number."""

    def __init__(self, sheet: Worksheet, style: Style, catalogue: Catalogue, footer: str) -> None:
        self.sheet, self.style, self.catalogue, self.sets = sheet, style, catalogue, catalogue.sets
        self.widths = (*WIDTHS, *(wide for _ in self.sets.others for wide in MORE))
        self.cells: Numbers = {}
        self.row = 0
        self._open()
        self.replaced = set(_replaced(catalogue))
        used = {name for one in catalogue.calculators.values() for name in used_factors(catalogue, one)}
        used |= {name for one in catalogue.helpers.values() for name in factors_behind(catalogue, one)}
        for topic in catalogue.topics:
            factors = [factor for factor in topic.factors if factor.id in used]
            self._topic(topic.title, topic.note, factors)
        self._suppliers()
        self._constants()
        self._sources([factor for factor in catalogue.factors.values() if factor.id in used])
        paper(sheet, footer)
        sheet.repeat_rows(self.head)
        sheet.freeze_panes(self.head + 1, 1)

    def _open(self) -> None:
        names = {
            "today": self.sets.current.short,
            "then": self.sets.past.short,
            "count": len(self.sets.sets),
        }
        for column, wide in enumerate(self.widths):
            self.sheet.set_column(column, column, wide)
        self.sheet.write_string(0, 0, "係数・価格・平均", self.style["title"])
        self.sheet.write_url(0, 4, "internal:'はじめに'!A1", self.style["link"], "「はじめに」へ戻る")
        self.sheet.set_default_row(LINE)
        for i, text in enumerate(ABOUT):
            self.sheet.write_string(i + 1, 0, text.format(**names), self.style["code"])
        self.head = self.row = len(ABOUT) + 1
        more = [text for one in self.sets.others for text in (one.short, f"{one.short}の出典")]
        for column, text in enumerate([*HEADS, *more]):
            self.sheet.write_string(self.row, column, text.format(**names), self.style["head"])
        self.row += 1

    def _topic(self, title: str, note: str | None, factors: list[Factor]) -> None:
        if factors:
            self._heading(f"{title}　{note or ''}")
        for factor in factors:
            self._factor(factor)

    def _heading(self, text: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, text, self.style["heading"])
        self.row += 1

    def _factor(self, factor: Factor) -> None:
        now, then = self.sets.now(factor), self.sets.then(factor)
        between = {one.id: self._between(factor, one.id) for one in self.sets.others}
        name = factor.name + ("（LCA）" if factor.life_cycle else "") + (f"\n{factor.scope}" if factor.scope else "")
        told, *rest = self._origin(now)
        lent = (
            f"（{self.sets.named(now.set).short}の値）\n" if now and self.sets.reuses(factor, self.sets.today) else ""
        )
        more = [text for value in between.values() for text in ("", self._past(value))]
        texts = [name, factor.unit, "", "", lent + told, *rest, self._past(then), *more]
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, self.style["note" if column else "label"])
        self.cells[factor_mark(factor.id)] = {
            "": self._value(2, now, NONE),
            self.sets.guidebook: self._value(3, then, self._without(factor)),
        } | {
            name: self._value(len(WIDTHS) + i * len(MORE), value, REUSED if factor.by_set else SHARED)
            for i, (name, value) in enumerate(between.items())
        }
        small = [small_height(text, wide) for text, wide in zip(texts[1:], self.widths[1:], strict=True)]
        self.sheet.set_row(self.row, max(height(name, WIDTHS[0]), *small))
        self.row += 1
        if factor.id in self.catalogue.ranged:
            self._ends(factor)

    def _ends(self, factor: Factor) -> None:
        """Write the ends of a factor's range below it; what they rest on stands in its own row."""
        for end in ENDS:
            value = getattr(self.catalogue.ranged[factor.id], end)
            texts = [f"　幅の{ENDS_SAID[end]}方", factor.unit, "", "", "上の行の出典", *[""] * (len(self.widths) - 5)]
            for column, text in enumerate(texts):
                self.sheet.write_string(self.row, column, text, self.style["note" if column else "label"])
            self.sheet.write_number(self.row, 2, value, self._format(value))
            self.cells[end_of(factor_mark(factor.id), end)] = {"": self._cell(2)}
            self.row += 1

    def _suppliers(self) -> None:
        """Write the rows of the tables that sheets offer whole."""
        for rows in listed(self.catalogue).values():
            self._heading(f"{rows[0][1].kind.title}の会社の表（基礎の係数）")
            for _, found in rows:
                self._supplier(found)

    def _supplier(self, found: Found) -> None:
        current, _, unit, *more = found.number
        told = self._table_of(found)
        texts = [found.label, unit, "", REUSED, *told, *[""] * (len(self.widths) - 4 - len(told))]
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, self.style["note" if column else "label"])
        self.cells[found.mark] = {"": self._amount(2, current), self.sets.guidebook: None} | {
            one.id: self._amount(len(WIDTHS) + i * len(MORE), _alone(more[0].get(one.id)) if more else None)
            for i, one in enumerate(self.sets.others)
        }
        self.sheet.set_row(self.row, max(height(found.label, WIDTHS[0]), small_height(told[0], WIDTHS[4])))
        self.row += 1

    def _tables(self) -> Iterator[SupplierTable]:
        marks = [rows[0][1].mark for rows in listed(self.catalogue).values()]
        found = [
            self.catalogue.suppliers.source_of(mark, self.sets.today) for mark in marks if self.catalogue.suppliers
        ]
        return (table for table in found if table)

    def _table_of(self, found: Found) -> list[str]:
        table = self.catalogue.suppliers and self.catalogue.suppliers.source_of(found.mark, self.sets.today)
        if not table:
            return [""] * 4
        return [self._source(table.source), str(table.valid_from), CONFIDENCE[table.confidence], str(table.review_by)]

    def _amount(self, column: int, value: float | None) -> str | None:
        if value is None:
            self.sheet.write_string(self.row, column, REUSED if column > 2 else NONE, self.style["factor"])
            return None
        self.sheet.write_number(self.row, column, value, self._format(float(value)))
        return self._cell(column)

    def _between(self, factor: Factor, name: str) -> FactorValue | None:
        """Return what a set reckons with that is neither today's nor the guidebook's; None where that is today's value."""
        value = self.sets.value(factor, name)
        return None if value == self.sets.now(factor) else value

    def _without(self, factor: Factor) -> str:
        """Return what stands in place of a value of the guidebook's set."""
        if not factor.by_set:
            return SHARED
        return REPLACED if factor.id in self.replaced else REUSED

    def _past(self, value: FactorValue | None) -> str:
        told, *rest = self._origin(value)
        return f"{told}\n{rest[0]}から、{rest[1]}、見直す日 {rest[2]}" if value else ""

    def _value(self, column: int, value: FactorValue | None, without: str) -> str | None:
        if not value:
            self.sheet.write_string(self.row, column, without, self.style["factor"])
            return None
        self.sheet.write_number(self.row, column, value.value, self._format(value.value))
        return self._cell(column)

    def _cell(self, column: int) -> str:
        return f"'{NAME}'!{xl_rowcol_to_cell(self.row, column, row_abs=True, col_abs=True)}"

    def _format(self, value: float) -> Format:
        # the other format would leave a point behind a whole number
        return self.style["factor_whole" if value.is_integer() else "factor"]

    def _origin(self, value: FactorValue | None) -> list[str]:
        if not value:
            return [""] * 4
        source = "、".join(self._source(name) for name in (value.source, *value.also))
        words = price_words(value) if value.kind else None
        told = "\n".join(text for text in (words, source, value.note) if text)
        return [told, str(value.valid_from), CONFIDENCE[value.confidence], str(value.review_by)]

    def _source(self, name: str) -> str:
        source = self.catalogue.sources[name]
        return f"{source.title}（{source.publisher}）"

    def _constants(self) -> None:
        self._heading("計算に使う決まった数（変えません）")
        for constant in self.catalogue.parts.constants:
            self.sheet.write_string(self.row, 0, constant.name, self.style["label"])
            self.sheet.write_string(self.row, 1, constant.unit, self.style["note"])
            self.sheet.write_number(self.row, 2, constant.value, self._format(constant.value))
            self.cells[constant.id] = {"": self._cell(2)}
            self.row += 1

    def _sources(self, factors: Iterable[Factor]) -> None:
        self._heading("出典の一覧")
        values = [value for factor in factors for one in self.sets.sets if (value := self.sets.value(factor, one.id))]
        named = {name for value in values for name in (value.source, *value.also)}
        named |= {table.source for table in self._tables()}
        for source in self.catalogue.sources.values():
            if source.id in named:
                self._source_line(source)

    def _source_line(self, source: FactorSource) -> None:
        read = f"読んだもの：{source.read_as}" if source.read_as else ""
        parts = [f"{source.title}（{source.publisher}{f'、{source.date}' if source.date else ''}）", source.url, read]
        text = "　".join(part for part in [*parts, f"利用条件：{source.licence}"] if part)
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, text, self.style["small"])
        self.sheet.set_row(self.row, small_height(text, sum(self.widths)))
        self.row += 1


def _alone(value: float | list[float] | None) -> float | None:
    """Return what a number is in a set, which may be that of a set before it."""
    return value[0] if isinstance(value, list) else value


def _replaced(catalogue: Catalogue) -> Iterator[str]:
    """Yield the factors of choices that have one value for all in the guidebook's set."""
    for calculator in catalogue.calculators.values():
        for one in (one for group in calculator.groups for one in group.inputs):
            yield from (
                choice.lookup[column] for choice in one.choices for column in one.guidebook if column in choice.lookup
            )
