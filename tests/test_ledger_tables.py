"""What offices really paste and open: what must come out of each table, in rows, amounts and notes.

The reader runs on Node, as in the browser; tests/test_ledger.py does the same on the built page for a few of them.
"""

import base64
import json
import subprocess
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest

from tests.calculator_tools import ENGINE, ROOT, catalogue, definition, node

LEDGER = ROOT / "docs/assets/js/calculator-ledger.js"
MONTHS = [*range(4, 13), 1, 2, 3]
YEAR = [f"{month}月" for month in MONTHS]
ENGLISH = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
ROWS = ["100"] * 12


class Case(NamedTuple):
    """A table, the rows that it gives, parts of what is told, and what must not be told."""

    name: str
    calculator: str
    table: list[list[str]] | bytes
    rows: list[dict[str, str]]
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    column: int = 0


def monthly(heads: list[str], *cells: str, months: list[str] | None = None) -> list[list[str]]:
    """Return a table of a month a row, the same amounts in each."""
    return [heads, *([month, *cells] for month in months or YEAR)]


def months_of(**amounts: str) -> list[dict[str, str]]:
    """Return the rows of a household's twelve months, the same amounts in each."""
    return [{"month": month} | amounts for month in YEAR]


def csv(lines: list[list[str]], coding: str = "cp932", mark: str = ",") -> bytes:
    """Return a file as a spreadsheet or an e-kanri system writes it."""
    cells = [[f'"{cell}"' if mark in cell else cell for cell in line] for line in lines]
    return "\r\n".join(mark.join(line) for line in cells).encode(coding)


def lines(text: str) -> list[list[str]]:
    """Return the cells of a table: `|` between them, `/` between rows, 100×12 for twelve of them."""
    table = []
    for line in text.replace("4月…3月", "|".join(YEAR)).split(" / "):
        cells = [cell.partition("×") for cell in line.split("|")]
        table.append(
            [
                cell
                for one, sign, many in cells
                for cell in ([one] * int(many) if many.isdigit() else [one + sign + many])
            ]
        )
    return table


MONEY = [
    Case("yen beside a bill's amount, household", "household",
         monthly(["検針月", "ご使用量(kWh)", "請求金額(円)"], "300", "9,000"),
         months_of(electricity_kwh="300"), ("使わなかった列：請求金額(円)。",)),
    Case("yen beside an amount without a unit, household", "household",
         monthly(["検針月", "ご使用量", "請求金額"], "300", "9,000"), [], ("何の使用量の表かが分かりません。",)),
    Case("yen beside an amount pasted into its field, household", "household",
         monthly(["検針月", "ご使用量", "請求金額"], "300", "9,000"),
         months_of(electricity_kwh="300"), ("使わなかった列：請求金額。", "単位のない量は、欄の単位とみました：電気（kWh）。"), column=1),
    Case("yen beside a bill's amount, office", "office",
         monthly(["検針月", "ご使用量(kWh)", "請求金額(円)"], "300", "9,000"),
         [{"electricity_kwh": "3600"}], ("使わなかった列：請求金額(円)。",)),
    Case("a table of prices alone", "office",
         [["電気料金（円）"], ["施設", *YEAR], ["本庁舎", *ROWS]], [], ("「電気料金（円）」は、どの欄の量か分からない",)),
    Case("a row of yen under the same kind", "office",
         [["項目", "内訳", *YEAR], ["電気", "使用量(kWh)", *ROWS], ["電気", "料金(円)", *["3,000"] * 12]],
         [{"electricity_kwh": "1200"}], ("使わなかった行：電気 料金(円)（3行目）。",), ("重なって",)),
    Case("a row of yen under a merged kind", "office",
         [["項目", "", *YEAR], ["電気", "使用量(kWh)", *ROWS], ["", "料金(円)", *["3,000"] * 12], ["ガス", "使用量(m3)", *["5"] * 12], ["", "料金(円)", *["700"] * 12]],
         [{"electricity_kwh": "1200", "city_gas_m3": "60"}], ("使わなかった行：電気 料金(円)（3行目）。", "使わなかった行：ガス 料金(円)（5行目）。")),
    Case("headings over two rows, yen beside each amount", "office",
         [["施設名", "電気", "", "都市ガス", ""], ["", "使用量(kWh)", "料金(円)", "使用量(m3)", "料金(円)"], ["本庁舎", "100", "3,000", "10", "1,500"], ["図書館", "50", "1,600", "", ""]],
         [{"facility": "本庁舎", "electricity_kwh": "100", "city_gas_m3": "10"}, {"facility": "図書館", "electricity_kwh": "50"}],
         ("使わなかった列：電気 料金(円)、都市ガス 料金(円)。",)),
    Case("yen in the cells", "office", [["施設", "電気", "ガス"], ["本庁舎", "100", "¥9,000"]],
         [{"facility": "本庁舎", "electricity_kwh": "100"}], ("2行目の「¥9,000」が数として読めない",)),
]  # fmt: skip

UNITS = [
    Case("waste in tonnes", "office", [["施設", "ごみ（トン）"], ["本庁舎", "12"], ["分館", "3"]],
         [{"facility": "本庁舎", "waste_kg": "12000"}, {"facility": "分館", "waste_kg": "3000"}], ("「ごみ（トン）」は、kgに直して入れました（1,000倍）。",)),
    Case("thousands of kWh and m3", "office", [["施設", "電気（千kWh）", "都市ガス（千m3）"], ["本庁舎", "1.2345", "3"]],
         [{"facility": "本庁舎", "electricity_kwh": "1234.5", "city_gas_m3": "3000"}], ("「電気（千kWh）」は、kWhに", "「都市ガス（千m3）」は、m³に")),
    Case("kilolitres in words", "office", [["施設", "灯油（キロリットル）", "A重油(㎘)"], ["本庁舎", "0.5", "2"]],
         [{"facility": "本庁舎", "kerosene_l": "500", "heavy_oil_a_l": "2000"}], ("Lに直して",)),
    Case("units that no field has", "office",
         [["施設", "灯油（本）", "電気（百kWh）", "都市ガス（Nm3）", "LPG（ボンベ）", "ごみ（袋）", "軽油（L）"], ["本庁舎", "1", "2", "3", "4", "5", "6"]],
         [{"facility": "本庁舎", "diesel_l": "6"}],
         ("2列目の「灯油（本）」の単位は、欄の単位（L）と違います。", "3列目の「電気（百kWh）」", "4列目の「都市ガス（Nm3）」", "5列目の「LPG（ボンベ）」", "6列目の「ごみ（袋）」")),
    Case("what stands in brackets and is no unit", "office", [["施設", "電気（高圧）", "都市ガス（13A）"], ["本庁舎", "5", "6"]],
         [{"facility": "本庁舎", "electricity_kwh": "5", "city_gas_m3": "6"}], ("単位のない列は、欄の単位とみました：電気（kWh）、都市ガス（m³）。",)),
    Case("a column of units, as in a periodical report", "office",
         [["項目", "単位", *YEAR], ["灯油", "kL", *["1"] * 12], ["電気", "千kWh", *["2"] * 12], ["都市ガス", "千m3", *["3"] * 12], ["電気", "円", *["9"] * 12]],
         [{"kerosene_l": "12000", "electricity_kwh": "24000", "city_gas_m3": "36000"}],
         ("「灯油（kL）」は、Lに直して", "使わなかった行：電気（円）（5行目）。"), ("重なって",)),
    Case("a row of units", "office", [["施設", "電気", "ガス", "灯油"], ["単位", "千kWh", "㎥", "kL"], ["本庁舎", "1", "20", "3"]],
         [{"facility": "本庁舎", "electricity_kwh": "1000", "city_gas_m3": "20", "kerosene_l": "3000"}], ("Lに直して",)),
    Case("a row of units without a word before them", "office", [["施設", "電気", "ガス"], ["", "(kWh)", "(m3)"], ["本庁舎", "1", "20"]],
         [{"facility": "本庁舎", "electricity_kwh": "1", "city_gas_m3": "20"}], (), ("単位のない",)),
    Case("one unit above it all", "office", [["エネルギー使用量", "", "単位：GJ"], ["施設", "電気", "灯油"], ["本庁舎", "10", "20"]],
         [], ("2列目の「電気」の単位は、欄の単位（kWh）と違います。", "3列目の「灯油」")),
    Case("one unit above months", "office", [["電気使用量", "", "（単位：千kWh）"], ["施設", *YEAR], ["本庁舎", *["2"] * 12]],
         [{"facility": "本庁舎", "electricity_kwh": "24000"}], ("kWhに直して入れました（1,000倍）",)),
    Case("units in the cells", "office", [["施設", "電気", "水道"], ["本庁舎", "1,234kWh", "10㎥"], ["分館", "２　MWh".replace("　", ""), "3L"]],
         [{"facility": "本庁舎", "electricity_kwh": "1234", "water_m3": "10"}, {"facility": "分館", "electricity_kwh": "2000"}],
         ("「２MWh」は、kWhに直して", "分館の水道：3行目の「3L」が数として読めない")),
    Case("units in cells without headings", "office", [["本庁舎", "1,234kWh", "10㎥"]],
         [{"facility": "本庁舎", "electricity_kwh": "1234", "city_gas_m3": "10"}]),
    Case("LPG said to be gas", "office", [["施設", "ガス（LPG）kg", "プロパンガス使用量"], ["本庁舎", "5", ""]], [], ("どちらもLPGなので、入れませんでした。",)),
    Case("gas that is LPG, household", "household", monthly(["月", "ガス（プロパン）（m3）"], "5"), months_of(lpg_m3="5")),
    Case("heavy oil of no known kind", "office", [["施設", "重油（L）", "C重油（L）", "灯油(L)"], ["館", "5", "6", "7"]],
         [{"facility": "館", "kerosene_l": "7"}], ("A重油かどうかが分からない", "使わなかった列：C重油（L）。")),
    Case("tonnes of CO2", "joint-purchase", [["市区町村", "イベント", "排出量（t-CO2）"], ["A区", "会議", "1.5"]],
         [{"municipality": "A区", "event": "会議", "kg": "1500"}], ("kg-CO₂に直して入れました（1,000倍）",)),
    Case("yen in the place of CO2", "joint-purchase", [["市区町村", "イベント", "負担金額（円）"], ["A区", "会議", "9,000"]],
         [{"municipality": "A区", "event": "会議"}], ("3列目の「負担金額（円）」は、排出量（kg-CO₂）か分からない",)),
]  # fmt: skip

SUMS = [
    Case(f"a last row 「{label}」", "office", [["施設名", "電気（kWh）", "都市ガス（m3）"], ["本庁舎", "100", "10"], ["図書館", "50", "5"], [label, "150", "15"]],
         [{"facility": "本庁舎", "electricity_kwh": "100", "city_gas_m3": "10"}, {"facility": "図書館", "electricity_kwh": "50", "city_gas_m3": "5"}],
         ("4行目は、", "合計"))
    for label in ("年間合計", "全施設計", "2施設合計", "合　計", "総合計", "平均", "小計", "Total", "合計（kWh）", "教育部計", "")
] + [
    Case("a facility whose name ends in 計", "office", [["施設名", "電気（kWh）"], ["本庁舎", "100"], ["花時計", "50"], ["市民部計", "70"]],
         [{"facility": "本庁舎", "electricity_kwh": "100"}, {"facility": "花時計", "electricity_kwh": "50"}, {"facility": "市民部計", "electricity_kwh": "70"}],
         ("4行目は、合計の行ではありませんか。",), ("3行目",)),
    Case("a last row that equals the sum under another name", "office", [["施設名", "電気（kWh）"], ["本庁舎", "100"], ["図書館", "50"], ["A市", "150"]],
         [{"facility": "本庁舎", "electricity_kwh": "100"}, {"facility": "図書館", "electricity_kwh": "50"}, {"facility": "A市", "electricity_kwh": "150"}],
         ("4行目は、上の行の合計と同じです。合計の行ではありませんか。",)),
    Case("columns of half-years and sums between the months", "office",
         [["施設", *YEAR[:6], "上期計", *YEAR[6:], "下期計", "年計"], ["本庁舎", *["1"] * 6, "6", *["2"] * 6, "12", "18"]],
         [{"facility": "本庁舎", "electricity_kwh": "18"}], ("使わなかった列：上期計、下期計、年計。",), column=1),
    Case("rows of sums between kinds", "office",
         [["施設", "種別", "使用量"], ["本庁舎", "電気", "5"], ["", "電気計", "5"], ["", "灯油", "7"]],
         [{"facility": "本庁舎", "electricity_kwh": "5", "kerosene_l": "7"}], ("3行目は、合計とみて",)),
]  # fmt: skip

WORDS = [
    Case("columns that only contain the word", "office",
         [["施設", "電気お客様番号", "電気使用量(kWh)", "電気使用日数", "前年同月電気使用量", "売電電力量", "太陽光発電電力量", "契約電力", "水道 前回指針", "水道 今回指針", "水道口径", "水道使用量(m3)"],
          ["本庁舎", "312345678", "100", "30", "110", "7", "8", "50", "1000", "1020", "20", "20"]],
         [{"facility": "本庁舎", "electricity_kwh": "100", "water_m3": "20"}], ("使わなかった列：電気お客様番号、電気使用日数、前年同月電気使用量",), ("足して",)),
    Case("two columns of one kind", "office", [["施設", "電気（低圧）(kWh)", "電気（高圧）(kWh)", "灯油"], ["本庁舎", "5", "6", "7"]],
         [{"facility": "本庁舎", "kerosene_l": "7"}], ("「電気（低圧）(kWh)」と「電気（高圧）(kWh)」は、どちらも電気なので、入れませんでした。",)),
    Case("a part beside the whole", "office", [["施設", "電気(kWh)", "うち夜間電力(kWh)"], ["本庁舎", "5", "2"]],
         [{"facility": "本庁舎", "electricity_kwh": "5"}], ("使わなかった列：うち夜間電力(kWh)。",)),
    Case("water and sewage", "office", [["施設", "上下水道使用量", "下水道使用量"], ["本庁舎", "20", "20"]],
         [{"facility": "本庁舎", "water_m3": "20"}], ("使わなかった列：下水道使用量。",), ("何の使用量の表か",)),
    Case("rooms and firms named after a kind", "office", [["電気室", "5"], ["水道課", "7"]],
         [{"facility": "電気室", "electricity_kwh": "5"}, {"facility": "水道課", "electricity_kwh": "7"}]),
    Case("years as columns", "office", [["施設", "2023", "2024", "2025"], ["本庁舎", "5", "6", "7"]], [], ("量の列が3つあります（2023、2024、2025）。",)),
    Case("headings that say nothing", "office", [["建物", "値1", "値2"], ["本庁舎", "5", "6"]], [], ("使わなかった列：値1、値2。",)),
    Case("waste that is not burned", "office", [["施設", "可燃ごみ(kg)", "資源ごみ(kg)", "不燃ごみ(kg)", "産業廃棄物(kg)"], ["館", "1", "2", "3", "4"]],
         [{"facility": "館", "waste_kg": "1"}], ("使わなかった列：資源ごみ(kg)、不燃ごみ(kg)、産業廃棄物(kg)。",)),
    Case("a section before the facility", "office", [["所管課", "施設名", "電気(kWh)"], ["総務課", "本庁舎", "5"], ["総務課", "分庁舎", "6"]],
         [{"facility": "本庁舎", "electricity_kwh": "5"}, {"facility": "分庁舎", "electricity_kwh": "6"}], ("使わなかった列：所管課。",)),
    Case("no heading over the names", "office", [["", "電気(kWh)", "ガス(m3)"], ["本庁舎", "5", "6"], ["分館", "7", ""]],
         [{"facility": "本庁舎", "electricity_kwh": "5", "city_gas_m3": "6"}, {"facility": "分館", "electricity_kwh": "7"}]),
    Case("amounts without a heading", "office", [["施設", "電気(kWh)", ""], ["本庁舎", "5", "6"]],
         [{"facility": "本庁舎", "electricity_kwh": "5"}], ("見出しのない3列目は、入れませんでした。",)),
]  # fmt: skip

CARDS = [
    Case("a fleet card", "vehicles",
         [["車両番号", "給油日", "油種", "給油量(L)"], ["足立500あ1", "2025/4/3", "レギュラー", "30.5"], ["足立500あ1", "2025/4/20", "レギュラー", "20"], ["足立800い2", "2025/4/5", "軽油", "50"], ["足立500う3", "2025/5/1", "ハイオク", "10"]],
         [{"vehicle": "足立500あ1", "gasoline_l": "50.5"}, {"vehicle": "足立800い2", "diesel_l": "50"}, {"vehicle": "足立500う3", "gasoline_l": "10"}], (), ("がありません", "重なって")),
    Case("a fleet card in other words", "vehicles", [["日付", "車番", "商品名", "リットル", "単価", "金額"], ["2025/4/3", "1", "ディーゼル", "30", "150", "4500"], ["2025/4/3", "2", "オイル", "4", "1000", "4000"]],
         [{"vehicle": "1", "diesel_l": "30"}], ("どの欄か分からない種類は入れませんでした：オイル。",)),
    Case("cars without headings", "vehicles", [["1号車", "30", ""], ["2号車", "", "40"]], [{"vehicle": "1号車", "gasoline_l": "30"}, {"vehicle": "2号車", "diesel_l": "40"}]),
    Case("months, kinds and amounts without a facility", "office",
         [["使用年月", "燃料", "使用量"], *([f"R7.{month}" if month > 3 else f"R8.{month}", kind, "5"] for month in MONTHS for kind in ("灯油", "A重油"))],
         [{"kerosene_l": "60", "heavy_oil_a_l": "60"}], (), ("がありません",)),
    Case("a last row 「合計（kWh）」 alone with amounts", "office", [["施設", "電気", "ガス"], ["本庁舎", "1000", "10"], ["分館", "500", "5"], ["合計（kWh）", "1500", "15"]],
         [{"facility": "本庁舎", "electricity_kwh": "1000", "city_gas_m3": "10"}, {"facility": "分館", "electricity_kwh": "500", "city_gas_m3": "5"}], ("4行目は、合計とみて",)),
]  # fmt: skip

FORMS = {
    "English": [f"{name}-{25 if month > 3 else 26}" for name, month in zip(ENGLISH, MONTHS, strict=True)],
    "digits in a row": [f"{2025 if month > 3 else 2026}{month:02}" for month in MONTHS],
    "periods": [f"{2025 if month > 3 else 2026}/{month}/1～{2025 if month > 3 else 2026}/{month}/28" for month in MONTHS],
    "periods over two months": [f"{month - 1 or 12}/10～{month}/9" for month in MONTHS],
    "eras": [f"R{7 if month > 3 else 8}.{month}" for month in MONTHS],
    "eras in words": [f"令和{7 if month > 3 else 8}年{month}月分" for month in MONTHS],
    "years of an era": [f"{7 if month > 3 else 8}年{month}月" for month in MONTHS],
    "dates with a time": [f"{2025 if month > 3 else 2026}/{month:02}/05 0:00" for month in MONTHS],
    "days of the week": [f"{2025 if month > 3 else 2026}年{month}月5日(火)" for month in MONTHS],
    "short years": [f"'{25 if month > 3 else 26}.{month}" for month in MONTHS],
    "numbers": [str(month) for month in MONTHS],
}  # fmt: skip

TIMES = [
    *(Case(f"months as {name}", "office", monthly(["使用年月", "電気(kWh)"], "100", months=form), [{"electricity_kwh": "1200"}], (), ("がありません", "重なって", "月が読めない")) for name, form in FORMS.items()),
    *(Case(f"months beside each other as {name}", "office", [["施設", *form], ["本庁舎", *ROWS]], [{"facility": "本庁舎", "electricity_kwh": "1200"}], (), ("がありません", "重なって"), column=1) for name, form in FORMS.items()),
    Case("water every two months", "office", monthly(["検針月", "水道(m3)"], "7", months=["4・5月", "6・7月", "8・9月", "10・11月", "12・1月", "2・3月"]), [{"water_m3": "42"}], (), ("がありません",)),
    Case("months that cannot be read, told once", "office", monthly(["年月", "電気(kWh)"], "1", months=["第1週", "第2週", "第3週"]), [], ("貼り付けた表の2～4行目は、月が読めないので入れませんでした。",)),
    Case("dashes for none", "office", [["施設", *YEAR], ["本庁舎", "5", "5", "－", "―", *["5"] * 8]], [{"facility": "本庁舎", "kerosene_l": "50"}], ("2行目の「－」は、0とみました。",), column=4),
    Case("faults of a formula", "office", [["施設", "灯油(L)", "軽油(L)"], ["本庁舎", "#REF!", "5"]],
         [{"facility": "本庁舎", "diesel_l": "5"}], ("2行目の「#REF!」が数として読めないので、この量は入れませんでした。使っていないなら、0に直してください。",)),
    Case("kinds without a heading, months beside each other", "office",
         [["", *YEAR], ["電気（kWh）", *ROWS], ["都市ガス（m3）", *["1"] * 12], ["電気料金（円）", *["900"] * 12]],
         [{"electricity_kwh": "1200", "city_gas_m3": "12"}], ("電気料金（円）",)),
    Case("kinds under 「区分」, years above the months", "office",
         [["", "令和7年", *[""] * 8, "令和8年", "", ""], ["区分", *YEAR], ["電気（千kWh）", *["1"] * 12], ["灯油（L）", *["2"] * 12]],
         [{"electricity_kwh": "12000", "kerosene_l": "24"}]),
    Case("kinds and amounts without headings", "office", [["電気使用量", "120,000 kWh"], ["都市ガス", "300㎥"], ["灯油(kL)", "2"]],
         [{"electricity_kwh": "120000", "city_gas_m3": "300", "kerosene_l": "2000"}]),
    Case("two meters of one facility", "office",
         [["施設", "種別", *YEAR], ["本庁舎", "電気", *ROWS], ["本庁舎", "電気", *ROWS]],
         [{"facility": "本庁舎", "electricity_kwh": "2400"}], ("2行目と3行目の12か月分が重なっています。",)),
    Case("months, household", "household", [["項目", *YEAR], ["電気(kWh)", *ROWS], ["ガス(m3)", *["9"] * 12]], months_of(electricity_kwh="100", city_gas_m3="9")),
]  # fmt: skip

SIDES = [
    Case("two facilities beside each other", "office",
         [["", "本庁舎", "", "分館", ""], ["年月", "電気(kWh)", "ガス(m3)", "電気(kWh)", "ガス(m3)"], *([month, "100", "10", "5", "1"] for month in YEAR)],
         [{"facility": "本庁舎", "electricity_kwh": "1200", "city_gas_m3": "120"}, {"facility": "分館", "electricity_kwh": "60", "city_gas_m3": "12"}], (), ("重なって",)),
    Case("two facilities below each other, each with its headings", "office",
         [["本庁舎"], *monthly(["年月", "電気(kWh)", "ガス(m3)"], "100", "10"), [], ["施設名：分館"], *monthly(["年月", "電気(kWh)", "ガス(m3)"], "5", "1")],
         [{"facility": "本庁舎", "electricity_kwh": "1200", "city_gas_m3": "120"}, {"facility": "分館", "electricity_kwh": "60", "city_gas_m3": "12"}], (), ("重なって",)),
    Case("two facilities below each other under one heading", "office",
         [["年月", "電気(kWh)"], ["本庁舎", ""], *monthly([], "100")[1:], ["分館", ""], *monthly([], "5")[1:]],
         [{"facility": "本庁舎", "electricity_kwh": "1200"}, {"facility": "分館", "electricity_kwh": "60"}], (), ("重なって",)),
    Case("a title, a unit and a note around the table", "office",
         [["令和7年度　エネルギー使用量集計表"], ["作成：総務課"], ["施設名", "電気(kWh)"], ["本庁舎", "5"], [], ["※検針票による"]],
         [{"facility": "本庁舎", "electricity_kwh": "5"}]),
    Case("a facility named beside its label above the table", "office", [["施設名", "本庁舎"], ["お客さま番号", "12345"], *monthly(["年月", "電気(kWh)"], "100")],
         [{"facility": "本庁舎", "electricity_kwh": "1200"}]),
    Case("amounts beside names that stand there", "office", [["100"], [""], ["300"]], [{"electricity_kwh": "100"}, {}, {"electricity_kwh": "300"}], column=1),
]  # fmt: skip

BILLS = [["令和7年度　検針票一覧"], *monthly(["年月", "電気(kWh)", "電気料金(円)"], "1,100", "30,000")]
FILES = [
    *(Case(f"a file in {coding}, {mark!r}", "office", csv(BILLS, coding, mark), [{"electricity_kwh": "13200"}], ("使わなかった列：電気料金(円)。",))
      for coding in ("cp932", "utf-8-sig", "utf-8", "utf-16") for mark in (",", "\t")),
    Case("lines of prose before the table", "office", csv([["出力日時：2026/4/1 10:00"], ["対象期間", "2025年4月～2026年3月"], [], ["事業所名", "項目", "単位", *YEAR, "合計"], ["本庁舎", "電気", "kWh", *ROWS, "1200"], ["本庁舎", "灯油", "L", *["0"] * 12, "0"]]),
         [{"facility": "本庁舎", "electricity_kwh": "1200", "kerosene_l": "0"}], ("使わなかった列：合計。",)),
]  # fmt: skip

REPORTS = [
    Case("a periodical report under the energy law", "office",
         [["エネルギーの種類", "", "単位", "使用量", "", "販売した副生エネルギーの量", ""], ["", "", "", "数値", "熱量GJ", "数値", "熱量GJ"], ["原油", "", "kL", "", "", "", ""], ["灯油", "", "kL", "2", "73", "", ""], ["液化石油ガス(LPG)", "", "t", "1", "50", "", ""], ["都市ガス", "", "千m3", "4", "180", "", ""], ["電気", "昼間買電", "千kWh", "100", "998", "", ""], ["", "夜間買電", "千kWh", "50", "464", "", ""], ["合計", "", "GJ", "", "1765", "", ""]],
         [{"electricity_kwh": "150000", "city_gas_m3": "4000", "lpg_kg": "1000", "kerosene_l": "2000"}], ("7、8行目を足して入れました。", "使用量 熱量GJ")),
    Case("an export with a line for each month, facility and kind", "office",
         [["施設コード", "施設名", "年月", "エネルギー種別", "使用量", "単位", "料金"], *(["001", "本庁舎", form, kind, "1,000", unit, "30,000"] for form in FORMS["digits in a row"] for kind, unit in (("電気", "kWh"), ("都市ガス(13A)", "m3")))],
         [{"facility": "本庁舎", "electricity_kwh": "12000", "city_gas_m3": "12000"}], ("使わなかった列：施設コード、料金。",), ("がありません", "重なって")),
    Case("a gas company's list of bills", "office",
         [["お客さま番号", "使用場所", "検針日", "前回検針日", "今回指針", "前回指針", "ガスご使用量(m3)", "ガス料金(円)"], *(["123", "本庁舎", f"{2025 if month > 3 else 2026}/{month}/10", "", "100", "50", "50", "9000"] for month in MONTHS)],
         [{"facility": "本庁舎", "city_gas_m3": "600"}], ("お客さま番号、今回指針、前回指針、ガス料金(円)",), ("がありません",)),
    Case("a power company's list of bills", "office",
         [["契約番号", "ご使用場所", "ご使用期間", "使用量（kWh）", "契約電力（kW）", "最大需要電力(kW)", "力率(%)", "請求金額（円）"], *(["1", "本庁舎", form, "10", "100", "90", "100", "300000"] for form in FORMS["periods over two months"])],
         [{"facility": "本庁舎", "electricity_kwh": "120"}], ("契約電力（kW）、最大需要電力(kW)、力率(%)、請求金額（円）",)),
    Case("kinds below, facilities beside each other", "office", [["", "本庁舎", "図書館"], ["電気（kWh）", "100", "50"], ["ガス（m3）", "10", "5"], ["灯油（kL）", "1", "2"]],
         [{"facility": "本庁舎", "electricity_kwh": "100", "city_gas_m3": "10", "kerosene_l": "1000"}, {"facility": "図書館", "electricity_kwh": "50", "city_gas_m3": "5", "kerosene_l": "2000"}]),
    Case("kinds below, facilities and a sum beside each other", "office", [["項目", "本庁舎", "図書館", "合計"], ["電気（kWh）", "100", "50", "150"]],
         [{"facility": "本庁舎", "electricity_kwh": "100"}, {"facility": "図書館", "electricity_kwh": "50"}], ("使わなかった列：合計。",)),
    Case("one kind alone, without headings", "office", [["ガス（m3）", "10"]], [{"city_gas_m3": "10"}]),
    Case("two years beside each other", "office", [["施設", "種別", "単位", "令和5年度", "令和6年度"], ["本庁舎", "電気", "kWh", "1", "2"]], [], ("量の列が2つあります（令和5年度、令和6年度）。",)),
    Case("one year", "office", [["施設", "種別", "単位", "令和6年度"], ["本庁舎", "電気", "MWh", "1"]], [{"facility": "本庁舎", "electricity_kwh": "1000"}], ("1,000倍",)),
    Case("a unit to the right of each amount", "office", [["施設", "電気使用量", "単位", "灯油", "単位"], ["本庁舎", "5", "MWh", "6", "kL"], ["分館", "5", "kWh", "7", "本"]],
         [{"facility": "本庁舎", "electricity_kwh": "5000", "kerosene_l": "6000"}, {"facility": "分館", "electricity_kwh": "5"}], ("分館の灯油：3行目の「7本」が数として読めない",)),
    Case("an amount a month", "office", [["施設", "電気(kWh/月)"], ["本庁舎", "5"]], [], ("使わなかった列：電気(kWh/月)。",)),
    Case("the tables of two kinds below each other", "office",
         [["■電気使用量（kWh）"], ["施設", *YEAR], ["本庁舎", *ROWS], ["分館", *["5"] * 12], [], ["■都市ガス使用量（m3）"], ["施設", *YEAR], ["本庁舎", *["7"] * 12], ["分館", *["0"] * 12]],
         [{"facility": "本庁舎", "electricity_kwh": "1200", "city_gas_m3": "84"}, {"facility": "分館", "electricity_kwh": "60", "city_gas_m3": "0"}]),
    Case("kinds above their months", "office", [["施設", "電気使用量(kWh)", "", "", "ガス使用量(m3)", "", ""], ["", "4月", "5月", "6月", "4月", "5月", "6月"], ["本庁舎", "1", "2", "3", "4", "5", "6"]],
         [{"facility": "本庁舎", "electricity_kwh": "6", "city_gas_m3": "15"}]),
    Case("several kinds in one heading", "office", [["施設", "電気・ガス", "灯油"], ["本庁舎", "5", "6"]], [{"facility": "本庁舎", "kerosene_l": "6"}], ("2列目の「電気・ガス」には種類が2つある",)),
    Case("a household's accounts", "household", monthly(["月", "電気代", "電気使用量", "ガス代", "ガス使用量"], "9000", "300", "5000", "30"), months_of(electricity_kwh="300", city_gas_m3="30"), ("使わなかった列：電気代、ガス代。",)),
    Case("a household's rows in order", "household", monthly([*YEAR[:1], "300", "10"], "300", "10", months=YEAR[1:]), months_of(electricity_kwh="300", city_gas_m3="10")),
    Case("money in the place of shares", "supply", [["相手", "金額（円）"], ["A社", "50"]], [{"partner": "A社"}], ("2列目の「金額（円）」は、割合（%）か分からない",)),
    Case("shares with their sign", "supply", [["相手", "割合（%）"], ["A社", "50%"], ["B社", "30"]], [{"partner": "A社", "share": "50"}, {"partner": "B社", "share": "30"}]),
    Case("another order of the columns", "joint-purchase", [["No", "イベント", "市区町村", "排出量(kg-CO2)"], ["1", "会議", "A区", "5"]], [{"municipality": "A区", "event": "会議", "kg": "5"}]),
    Case("litres of no known fuel", "vehicles", [["車番", "給油日", "給油量(L)", "金額"], ["1", "4/3", "50", "9000"]], [], ("何の使用量の表かが分かりません。",)),
]  # fmt: skip

YEARS = [
    Case("the year before beside the year", "office", [["電気使用量(kWh)"], ["", *YEAR], ["前年度", *ROWS], ["今年度", *ROWS], ["増減", *["0"] * 12]], [], ("貼り付けた表の3～5行目は、年度ごとの行とみて入れませんでした。",)),
    Case("a column of two years", "office", [["施設", "年度", "電気(kWh)"], ["本庁舎", "R6", "90"], ["本庁舎", "R7", "100"]], [], ("年度が2つあります（R6、R7）。",)),
    Case("year and month in two columns", "office", [["年", "月", "電気(kWh)"], *([str(2025 if month > 3 else 2026), str(month), "100"] for month in MONTHS)], [{"electricity_kwh": "1200"}], (), ("がありません", "重なって")),
    Case("two years below each other", "office", monthly(["年月", "電気(kWh)"], "1", months=[*FORMS["digits in a row"], *(f"{2026 if month > 3 else 2027}{month:02}" for month in MONTHS)]), [{"electricity_kwh": "24"}], ("電気：24か月分あります。1年分に直してください。",)),
    *(Case(f"a table of 「{title}」", "office", [[title], ["施設", "電気", "ガス"], ["本庁舎", "5", "6"]], [], (f"2列目の「電気」は、表の題「{title}」から使用量ではないとみて、入れませんでした。",))
      for title in ("令和7年度　光熱水費一覧", "CO2排出量（kg-CO2）", "温室効果ガス排出量", "原油換算使用量(kL)", "燃料費（円）")),
    Case("fees", "household", monthly(["月", "電気料", "ガス料", "水道(m3)"], "9000", "3000", "5"), months_of(water_m3="5"), ("使わなかった列：電気料、ガス料。",)),
    Case("rows of fees", "office", [["区分", *YEAR], ["電気使用量", *ROWS], ["電気料", *["9000"] * 12], ["水道料", *["3"] * 12]], [{"electricity_kwh": "1200"}], ("使わなかった行：電気料（3行目）。", "使わなかった行：水道料（4行目）。")),
    Case("fees without headings", "office", [["電気料", "9000"], ["電気", "300"]], [{"electricity_kwh": "300"}], ("使わなかった行：電気料（1行目）。",)),
    Case("an amount and a fee without headings", "office", [["電気", "300", "9000"], ["ガス", "30", "3000"]], [], ("量の列が2つあります（2列目、3列目）。",)),
    Case("facility, month and amount without headings", "office", [["本庁舎", "4月", "300"], ["本庁舎", "5月", "310"]], [], ("何の使用量の表かが分かりません。",)),
    Case("day, car, fuel and litres without headings", "vehicles", [["2025/4/1", "1号車", "軽油", "30"], ["2025/4/2", "1号車", "レギュラー", "40"]], [{"vehicle": "1号車", "gasoline_l": "40", "diesel_l": "30"}]),
    Case("two makes of petrol", "vehicles", [["車番", "レギュラー(L)", "ハイオク(L)", "軽油(L)"], ["1", "5", "6", ""]], [{"vehicle": "1", "gasoline_l": "11"}], ("「レギュラー(L)」と「ハイオク(L)」は、足してガソリンに入れました。",)),
    Case("headings over three rows", "office", [["施設名", "電気", "", "ガス", ""], ["", "使用量", "料金", "使用量", "料金"], ["", "(千kWh)", "(円)", "(m3)", "(円)"], ["本庁舎", "5", "600", "7", "800"]],
         [{"facility": "本庁舎", "electricity_kwh": "5000", "city_gas_m3": "7"}], ("「電気 使用量 (千kWh)」は、kWhに直して",)),
]  # fmt: skip

HALL = [{"facility": "本庁舎", "electricity_kwh": "1200"}]
TWO = [{"facility": "本庁舎", "electricity_kwh": "100"}, {"facility": "図書館", "electricity_kwh": "50"}]
CAR = [{"vehicle": "1号車", "gasoline_l": "1200"}]

# (calculator, table, its rows, what is told)
STRICT: list[tuple[str, str, list[dict[str, str]], str]] = [
    # a total beside months
    *(("office", f"施設|種別|4月…3月|{total} / 本庁舎|電気(kWh)|100×12|1200", HALL, f"使わなかった列：{total}。")
      for total in ("年間使用量", "令和7年度", "2025年度", "2025", "数量", "年間使用量(kWh)", "電気使用量(kWh)", "R6年度", "4月～3月")),
    ("office", "電気使用量(kWh) / 施設|4月…3月|kWh / 本庁舎|100×12|1200", HALL, "使わなかった列：kWh。"),
    ("office", "電気使用量(kWh) / 施設|4月…3月|2025 / 本庁舎|100×12|1200", HALL, "使わなかった列：2025。"),
    ("office", "施設|種別|令和6年度|4月…3月 / 本庁舎|電気(kWh)|1100|100×12", HALL, "使わなかった列：令和6年度。"),
    ("vehicles", "車番|油種|4月…3月|給油量 / 1号車|レギュラー|100×12|1200", CAR, "使わなかった列：給油量。"),
    *(("office", f"施設|電気使用量(kWh)|×12 / |4月…3月|{total} / 本庁舎|100×12|1200", HALL, f"使わなかった列：電気使用量(kWh) {total}。")
      for total in ("年度計", "年間使用量", "R7計", "12か月計", "総量", "令和7年度", "R7実績")),
    ("office", "施設|電気使用量(kWh)|×13 / |4月…3月|計|R6 / 本庁舎|100×12|1200|1100", HALL, "電気使用量(kWh) R6"),
    ("office", "施設|電気使用量(kWh)|×13 / |4月…3月|計|予備 / 本庁舎|100×12|1200|1100", HALL, "電気使用量(kWh) 予備"),
    ("office", "施設|種別|4月|5月|6月|4～6月|7月|8月|9月|計 / 本庁舎|電気(kWh)|200×3|600|200×3|1200", HALL, "使わなかった列：4～6月、計。"),
    ("office", "施設|種別|4月…3月|4～9月|10～3月 / 本庁舎|電気(kWh)|100×12|600|600", HALL, "使わなかった列：4～9月、10～3月。"),
    ("office", "施設|種別|4～9月|10～3月 / 本庁舎|電気(kWh)|600|600", HALL, ""),
    # two years
    ("office", "施設|種別|令和6年度|×11|令和7年度|×11 / ||4月…3月|4月…3月 / 本庁舎|電気(kWh)|110×12|100×12", [], "1年分だけにしてから"),
    ("office", "施設|種別|令和6年|×8|令和7年|× / ||4月…3月 / 本庁舎|電気(kWh)|100×12".replace("|× /", "|| /"), HALL, ""),
    ("office", "令和6年度 / 施設|電気(kWh) / 本庁舎|90 /  / 令和7年度 / 施設|電気(kWh) / 本庁舎|100", [], "年度が2つあります（令和6年度、令和7年度）"),
    *(("office", f"施設|{year}|電気(kWh) / 本庁舎|R6|90 / 本庁舎|R7|100", [], "年度が2つあります（R6、R7）") for year in ("対象年度", "実績年度", "会計年度")),
    ("office", "施設|種別|4月…3月 / 本庁舎|電気（R6）|110×12 / 本庁舎|電気（R7）|100×12", [], "年度が2つあります"),
    ("office", "施設|令和6年度電気(kWh)|令和7年度都市ガス(m3) / 本庁舎|100|5", [], "年度が2つあります"),
    ("office", "区分|R6|R7 / 電気（kWh）|5|6 / ガス（m3）|7|8", [], "量の列が2つあります（R6、R7）"),
    ("office", "年度|月|電気(kWh) / R7|4|600 / |5|600", [{"electricity_kwh": "1200"}], ""),
    ("office", "年度|月|電気(kWh) / R6|4|600 / R7|4|600", [], "年度が2つあります"),
    ("office", "|本庁舎|×11|分館|×11 / 種別|4月…3月|4月…3月 / 電気(kWh)|100×12|5×12", [], "同じ月の列が2つあります"),
    ("office", "本庁舎|5 / R6|7 / 単価|30", [{"facility": "本庁舎", "electricity_kwh": "5"}], "2行目（R6、7）は、施設や車の名前がないとみて"),
    ("office", "施設|種別|4月|5月 / 本庁舎|電気(kWh)|300|300 / 施設|種別|6月|7月 / 本庁舎|電気(kWh)|300|300", HALL, ""),
    # sums beside and below
    *(("office", f"月|本庁舎||図書館||{total}| / |電気(kWh)|ガス(m3)|電気(kWh)|ガス(m3)|電気(kWh)|ガス(m3) / 4月|100|1|50|2|150|3",
       [{"facility": "本庁舎", "electricity_kwh": "100", "city_gas_m3": "1"}, {"facility": "図書館", "electricity_kwh": "50", "city_gas_m3": "2"}], f"{total} 電気(kWh)")
      for total in ("合計", "計", "市全体")),
    *(("office", f"施設|電気(kWh) / 本庁舎|100 / 図書館|50 / {total}|151", TWO, "4行目は、合計とみて")
      for total in ("小計①", "（小計）", "〔小計〕", "（合計）", "【計】", "合計※1", "合計使用量", "合計値", "計①", "計 A", "合計2施設", "合計（①＋②）", "全施設")),
    ("office", "施設|電気(kWh) / 本庁舎|100 / 図書館|50 / 市|150 / ※速報値", [*TWO, {"facility": "市", "electricity_kwh": "150"}], "4行目は、上の行の合計と同じ"),
    ("office", "施設|電気(千kWh) / 本庁舎|0.1 / 図書館|0.05 / |0.2", TWO, "4行目は、名前が空なので"),
    ("office", "施設|4月…3月 / 本庁舎（電気(kWh)）|100×12 / |100×12", [], ""),
    ("office", "電気(kWh) / 施設|4月…3月 / 本庁舎|100×12 / |101×12", HALL, "4行目は、名前が空なので"),
    ("office", "施設|電気(kWh)|備考 / 本庁舎|100| / 図書館|50| / 市|151|合計", TWO, "4行目は、合計とみて"),
    ("office", "施設|電気(kWh) / 教育部|150 / 学校|100 / 図書館|50",
     [{"facility": "教育部", "electricity_kwh": "150"}, {"facility": "学校", "electricity_kwh": "100"}, {"facility": "図書館", "electricity_kwh": "50"}], "2行目は、下の行の合計と同じ"),
    ("office", "施設|電気(kWh) / 本庁舎|100 / 図書館|50 / 市（計）|151", TWO, "4行目は、合計とみて"),
    ("office", "施設|電気(kWh) / 総合計画課|5 / 計量検定所|6 / 料金所|7 / 会計課|8",
     [{"facility": "総合計画課", "electricity_kwh": "5"}, {"facility": "計量検定所", "electricity_kwh": "6"}, {"facility": "料金所", "electricity_kwh": "7"}, {"facility": "会計課", "electricity_kwh": "8"}], ""),
    # energy as heat
    *(("office", f"施設|電気使用量(kWh)|{heat} / 本庁舎|1200|4", HALL, f"使わなかった列：{heat}。") for heat in ("熱量(GJ)", "GJ", "使用量(GJ)", "熱量(MJ)")),
    ("office", "施設|使用量(GJ)|原油換算(kL)|CO2(t) / 本庁舎|1200|4|5", [], "何の使用量の表かが分かりません"),
    ("office", "施設|種別|使用量 / 本庁舎|電気(kWh)|1200 / 本庁舎|熱量(GJ)|4", HALL, "どの欄か分からない種類は入れませんでした：熱量(GJ)。"),
    ("office", "施設|電気使用量(kWh)|冷水(GJ) / 本庁舎|1200|4", [HALL[0] | {"heat_gj": "4"}], ""),
    ("office", "施設|電気使用量(kWh)|熱供給(GJ) / 本庁舎|1200|4", [HALL[0] | {"heat_gj": "4"}], ""),
    ("office", "施設|電気使用量(kWh)|地域冷暖房(GJ) / 本庁舎|1200|4", [HALL[0] | {"heat_gj": "4"}], ""),
    # a kind of its own in the row
    ("office", "施設|燃料種別|ガス(m3) / 本庁舎|都市ガス|10 / 分館|LPガス|5", [{"facility": "本庁舎", "city_gas_m3": "10"}], "3行目の「LPガス」は、見出し「ガス(m3)」と種類が違うので、入れませんでした"),
    ("office", "施設|ガスの種類|ガス使用量(m3) / 本庁舎|13A|10 / 分館|プロパン|5", [{"facility": "本庁舎", "city_gas_m3": "10"}], "3行目の「プロパン」は"),
    ("vehicles", "車番|燃料|ガソリン(L) / 1号車|レギュラー|1200 / 2号車|軽油|5", CAR, "3行目の「軽油」は"),
    # rows that are no facilities
    *(("office", f"施設|電気(kWh) / 本庁舎|1200 / {word}|30", HALL, "3行目は、施設や車の名前がないとみて")
      for word in ("単価", "金額", "料金", "CO2", "排出係数", "最大", "最小", "基準年度（H25）", "実績（R7）", "目標（R12）")),
    ("office", "施設|電気(kWh) / 本庁舎|1200 / 令和6年度|1100", HALL, "3行目は、年度ごとの行とみて"),
    ("office", "施設|電気(kWh) / R6|1200 / R7|1100", [], "2、3行目は、年度ごとの行とみて"),
    # months over more than their amount
    ("office", "施設|4月||5月||6月| / |円|kWh|円|kWh|円|kWh / 本庁舎|3000|400|3000|400|3000|400", HALL, "使わなかった列：4月 円"),
    ("office", "電気使用量 / 施設|4月||5月||6月| / |円|kWh|円|kWh|円|kWh / 本庁舎|3000|400|3000|400|3000|400", HALL, "使わなかった列：4月 円、5月 円、6月 円。"),
    ("office", "電気使用量 / 施設|4月||5月| / |最大需要電力(kW)|使用量(kWh)|最大需要電力(kW)|使用量(kWh) / 本庁舎|30|600|30|600", HALL, "4月 最大需要電力(kW)"),
    ("vehicles", "車番|油種|4月||5月| / ||走行距離|給油量|走行距離|給油量 / 1号車|ガソリン|9000|600|9000|600", CAR, "4月 走行距離"),
    ("vehicles", "車番|油種|4月|||5月|| / ||km|L|円|km|L|円 / 1号車|ガソリン|9000|600|7|9000|600|7", CAR, "4月 km"),
    ("office", "施設|4月|||5月|| / |電気(kWh)|ガス(m3)|灯油(L)|電気(kWh)|ガス(m3)|灯油(L) / 本庁舎|600|5|6|600|7|8", [HALL[0] | {"city_gas_m3": "12", "kerosene_l": "14"}], ""),
    ("office", "電気使用量(kWh) / 施設|4月…3月 / 令和6年度 / 本庁舎|110×12 / 令和7年度 / 本庁舎|100×12", [], "年度が2つあります"),
    # a second row of headings that is not known
    *(("office", f"施設|電気使用量(kWh)|{'|' * (parts.count('|') - 1)} / |{parts} / 本庁舎|{amounts}", [], "電気なので、入れませんでした")
      for parts, amounts in (("昼間|夜間|合計", "100|200|310"), ("電灯|動力", "100|200"), ("R6|R7", "100|200"))),
    *(("office", f"施設|電気使用量(kWh)| / |{parts} / 本庁舎|1100|1200", HALL, "使わなかった列") for parts in ("昨年|今年", "前年度|今年度")),
    ("office", "年月|電気(kWh)| / |当月分|累月 / 4月|600|600 / 5月|600|1200", [{"electricity_kwh": "1200"}], "使わなかった列：電気(kWh) 累月。"),
    ("office", "施設|電気使用量(kWh)|| / |電灯|動力|計 / 本庁舎|500|700|1200", HALL, "使わなかった列：電気使用量(kWh) 電灯、電気使用量(kWh) 動力。"),
    ("office", "施設|電気（電灯）(kWh)|電気（動力）(kWh)|電気（低圧）(kWh) / 本庁舎|500|700|1200", [], "は、いずれも電気なので"),
    # containers, thousands
    *(("office", f"施設|電気(kWh)|{head} / 本庁舎|1200|12", HALL, f"3列目の「{head}」の単位は、欄の単位")
      for head in ("灯油（18L缶）", "灯油（缶数）", "灯油(18L×本)", "灯油（1缶18L）", "灯油（ポリタンク）", "LPG（本数）", "A重油（200Lドラム）", "可燃ごみ（45L袋）", "ごみ（袋数）", "ごみ（回収回数）", "水道（千）", "都市ガス（ノルマル立米）")),
    *(("office", f"施設|種別|単位|使用量 / 本庁舎|電気|kWh|1200 / 本庁舎|{kind}|{unit}|3", HALL, f"3行目の「{kind}（{unit}）」の単位は") for kind, unit in (("灯油", "18L缶"), ("A重油", "ドラム缶"), ("LPG", "50kg瓶"))),
    ("office", "施設|電気（メガワットアワー）|水道（千立米） / 本庁舎|1.2|3", [HALL[0] | {"water_m3": "3000"}], "1,000倍"),
    ("office", "電気：千kWh　ガス：m3　灯油：kL / 施設|電気|ガス / 本庁舎|1.2|3", [], "単位は、欄の単位"),
    ("office", "施設|電気|ガス / （単位：電気 千kWh、ガス m3） / 本庁舎|1.2|3", [], "単位は、欄の単位"),
    ("office", "施設|電気|ガス / 本庁舎|1.2|3 / （単位：電気 千kWh、ガス m3）", [], "単位は、欄の単位"),
    ("office", "施設|電気|ガス / 本庁舎|1.2|3 / 注）電気は千kWh", [], "単位は、欄の単位"),
    ("office", "施設|電気|| / |使用量(kWh)|| / |昼間|夜間|計 / 館|1|2|4", [], "いずれも電気なので"),
    ("office", "電気使用量||単位|千kWh / 施設|4月…3月 / 本庁舎|0.1×12", HALL, "1,000倍"),
    ("office", "電気使用量 / 施設（千kWh）|4月…3月 / 本庁舎|0.1×12", [], "単位（施設（千kWh））"),
    ("office", "施設|電気|ガス / 本庁舎|1|3 / ※単位は千円", [], "単位は、欄の単位"),
    ("office", "令和7年度 光熱水の執行状況 / 施設|電気|ガス / 本庁舎|1|3", [], "から使用量ではないとみて"),
    # never in the order of the fields
    ("office", "施設|電気(kWh)|1|2 / 本庁舎|1200|3|4", [], "何の量かが分かる列がありません"),
    # money, and rows told apart by a cell without a heading
    ("office", "施設|電気使用量(kWh)|電気 決算|ガス 予算|水道 執行額|灯油 支出 / 本庁舎|1200|9|8|7|6", HALL, "使わなかった列：電気 決算、ガス 予算、水道 執行額、灯油 支出。"),
    *(("office", f"電気使用量(kWh) / 施設||4月…3月 / 本庁舎|使用量|100×12 / 本庁舎|{other}|9×12", HALL, f"使わなかった行：{other}（4行目）。") for other in ("金額", "走行", "前年")),
    ("office", "|電気(kWh)|ガス(m3) / R6|90|9 / R7|100|10 / 前年比|111%|111%", [], "2～4行目は、年度ごとの行とみて"),
    ("office", "施設|電気(kWh)|| / 本庁舎|1200|5|6", HALL, "見出しのない3、4列目は"),
    ("office", "施設|種別|1～3月|4～6月|7～9月|10～12月 / 本庁舎|電気(kWh)|300×4", HALL, ""),
    ("household", "2025年|電気(kWh) / 4月|100 / 5月|100", [{"month": "4月", "electricity_kwh": "100"}, {"month": "5月", "electricity_kwh": "100"}], ""),
    # facilities beside each other
    ("office", "|本庁舎||図書館| / 月|電気(kWh)|ガス(m3)|電気(kWh)|灯油(L) / 4月|100|1|50|2", [{"facility": "本庁舎", "electricity_kwh": "100", "city_gas_m3": "1"}, {"facility": "図書館", "electricity_kwh": "50", "kerosene_l": "2"}], ""),
    ("office", "項目|学校|庁舎|支所|教育部計 / 電気(kWh)|100|50|20|170", [{"facility": "学校", "electricity_kwh": "100"}, {"facility": "庁舎", "electricity_kwh": "50"}, {"facility": "支所", "electricity_kwh": "20"}], "使わなかった列：教育部計。"),
    # periods among months
    ("office", "月|電気(kWh) / 4月|400 / 5月|400 / 6月|400 / 4月～6月|1200", [{"electricity_kwh": "1200"}], "5行目は、ほかの行にある月の合計とみて"),
    ("office", "施設|4月分||5月分| / |電気(kWh)|ガス(m3)|電気(kWh)|ガス(m3) / 本庁舎|600|1|600|2", [HALL[0] | {"city_gas_m3": "3"}], ""),
    # words that only look like others
    ("office", "施設|電力消費量(kWh)|ごみ排出量(kg) / 消費生活センター|1200|3", [{"facility": "消費生活センター", "electricity_kwh": "1200", "waste_kg": "3"}], ""),
    ("office", "施設|A重油(ボイラー用)(L)|灯油（ボイラー）(L)|自動車用ガソリン(L)|発電機用軽油(L) / 館|1|2|3|4", [{"facility": "館", "heavy_oil_a_l": "1", "kerosene_l": "2", "gasoline_l": "3", "diesel_l": "4"}], ""),
    ("office", "施設|電気使用量(kWh/年)|灯油(L/年) / 本庁舎|1200|5", [HALL[0] | {"kerosene_l": "5"}], ""),
    *(("office", f"施設|{beside}|電気使用量(kWh)|水道(m3)|ガス(m3) / 本庁舎|高圧|1200|5|6", [HALL[0] | {"water_m3": "5", "city_gas_m3": "6"}], "") for beside in ("電力区分", "電気供給区分", "水道用途", "ガス種")),
]  # fmt: skip

REFUSALS = [Case(table, calculator, lines(table), rows, (told,)) for calculator, table, rows, told in STRICT]

CASES = [*REFUSALS, *YEARS, *REPORTS, *MONEY, *UNITS, *SUMS, *WORDS, *CARDS, *TIMES, *SIDES, *FILES]


def job(case: Case) -> dict[str, Any]:
    rows = catalogue().calculators[case.calculator].rows
    assert rows
    given = {
        "definition": {"rows": definition(case.calculator)["rows"]},
        "labels": [one.label for one in rows.columns],
        "column": case.column,
    }
    if isinstance(case.table, bytes):
        return given | {"file": base64.b64encode(case.table).decode()}
    return given | {"text": "\r\n".join("\t".join(cells) for cells in case.table)}


def asked(cases: list[Case]) -> list[dict[str, Any]]:
    """Return what the reader gives for tables, from one run of Node."""
    command = [node(), str(ROOT / "tests/ledger/run.js"), str(ENGINE), str(LEDGER)]
    done = subprocess.run(command, input=json.dumps([job(case) for case in cases]), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@cache
def answers() -> dict[str, dict[str, Any]]:
    """Return what the reader gives for each case."""
    return {case.name: answer for case, answer in zip(CASES, asked(CASES), strict=True)}


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_a_table_gives_its_rows_and_tells_the_rest(case: Case) -> None:
    answer = answers()[case.name]
    names = list(definition(case.calculator)["rows"]["columns"])[case.column if answer["ordered"] else 0 :]
    found = [{name: text for name, text in zip(names, cells, strict=False) if text} for cells in answer["rows"]]
    said = "".join(answer["notes"])
    assert found == case.rows, said
    assert [part for part in case.told if part not in said] == [], said
    assert [part for part in case.untold if part in said] == [], said


# how a heading may name what a field takes, and the unit that it takes
NAMED = {
    "electricity_kwh": ("電気", "電力使用量", "電気ご使用量"),
    "city_gas_m3": ("都市ガス", "ガス使用量"),
    "lpg_kg": ("LPG", "プロパンガス", "液化石油ガス"),
    "kerosene_l": ("灯油", "白灯油購入量"),
    "heavy_oil_a_l": ("A重油", "Ａ重油使用量"),
    "gasoline_l": ("ガソリン", "レギュラー"),
    "diesel_l": ("軽油",),
    "water_m3": ("水道", "上下水道使用量"),
    "waste_kg": ("ごみ", "可燃ごみ"),
    "heat_gj": ("熱", "冷水"),
}
TIMES_OF_UNITS = {
    "kwh": {"kWh": "7", "㎾h": "7", "千kWh": "7000", "MWh": "7000", "万kWh": "70000"},
    "m3": {"m3": "7", "㎥": "7", "立方メートル": "7", "千㎥": "7000"},
    "l": {"L": "7", "ℓ": "7", "㍑": "7", "リットル": "7", "kL": "7000", "㎘": "7000", "キロリットル": "7000"},
    "kg": {"kg": "7", "㎏": "7", "t": "7000", "㌧": "7000", "g": "0.007"},
    "gj": {"GJ": "7", "MJ": "0.007", "TJ": "7000"},
}
NO_UNITS = ["円", "千円", "Nm3", "kW", "kVA", "Mcal", "本", "袋", "台", "%", "百kWh", "10L", "kWh/月", "kg-CO2", "t-CO2", "kcal", "gal", "人", "円/kWh"]  # fmt: skip
SHAPES: dict[str, Callable[[str, str], list[list[str]]]] = {
    "in brackets": lambda word, unit: [["施設", f"{word}（{unit}）"], ["館", "7"]],
    "in a row": lambda word, unit: [["施設", word], ["", unit], ["館", "7"]],
    "in a column": lambda word, unit: [["施設", "種別", "使用量", "単位"], ["館", word, "7", unit]],
    "beside": lambda word, unit: [["施設", "種別", *YEAR[:3]], ["館", f"{word}({unit})", "7", "0", "0"]],
    "above": lambda word, unit: [["", f"単位：{unit}"], ["施設", word], ["館", "7"]],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_kind_in_every_unit_is_exact_or_not_entered(shape: str) -> None:
    """Wherever the unit stands: an amount is the field's, or one that converts exactly, or it is not there."""
    units = [unit for found in TIMES_OF_UNITS.values() for unit in found] + NO_UNITS
    # below a heading, 10L is an amount
    units = [unit for unit in units if (shape, unit) != ("in a row", "10L")]
    cases = [(field, word, unit) for field, words in NAMED.items() for word in words for unit in units]
    found = asked([Case("", "office", SHAPES[shape](word, unit), []) for _, word, unit in cases])
    names = list(definition("office")["rows"]["columns"])
    wrong = []
    for (field, word, unit), answer in zip(cases, found, strict=True):
        wanted = TIMES_OF_UNITS[field.rpartition("_")[2]].get(unit)
        got = [dict(zip(names, cells, strict=False)) for cells in answer["rows"]]
        held = {name: text for row in got for name, text in row.items() if text and name != "facility"}
        if held != ({field: wanted} if wanted else {}) or not (wanted or answer["notes"]):
            wrong.append((word, unit, held, answer["notes"]))
    assert wrong == []


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 40
