"""A year's ledger, pasted or opened as a file: columns known by their headings, months added up, gaps and doubles told."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

NewPage = Callable[..., Page]
MONTHS = [*range(4, 13), 1, 2, 3]


@pytest.fixture
def page(new_page: NewPage) -> Page:
    page = new_page(1280, 900)
    page.goto("/calculators/office/")
    page.locator("offset-calculator[data-ready]").wait_for()
    page.locator("[data-do=add]").click()
    return page


def paste(page: Page, text: str, column: str = "facility") -> None:
    page.locator(f"[data-row] [name={column}]").first.evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData("text", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )
    page.get_by_text("表を貼り付けました。").last.wait_for()


def open_file(page: Page, name: str, content: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("[data-do=load]").click()
    chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_text("表のファイルを読み込みました。").last.wait_for()


def rows(page: Page) -> list[dict[str, str]]:
    found: list[dict[str, str]] = page.locator("[data-row]").evaluate_all(
        "all => all.map((row) => Object.fromEntries([...row.querySelectorAll('input')].filter((one) => one.value).map((one) => [one.name, one.value])))"
    )
    return found


def told(page: Page) -> str:
    return " ".join(page.locator("[data-told]").all_text_contents())


def ledger(changes: dict[tuple[str, int], Any] | None = None) -> list[list[str]]:
    """Return two facilities, a month a row: 100 kWh and 10 m3 each month in the first, 20.5 kWh in the second."""
    lines = [["年月", "施設名", "ガス（m3）", "電気使用量（kWh）", "電気料金（円）"]]
    for name, gas, power in (("本庁舎", "10", "100"), ("分館", "", "20.5")):
        for month in MONTHS:
            year = 2025 if month >= 4 else 2026
            lines.append([f"{year}年{month}月", name, gas, power, "3,000"])
    for (name, month), value in (changes or {}).items():
        place = next(i for i, line in enumerate(lines) if line[1] == name and line[0].endswith(f"年{month}月"))
        lines[place : place + 1] = value
    return lines


WHOLE = [
    {"facility": "本庁舎", "electricity_kwh": "1200", "city_gas_m3": "120"},
    {"facility": "分館", "electricity_kwh": "246"},
]


def tabbed(lines: list[list[str]]) -> str:
    return "\n".join("\t".join(line) for line in lines)


def test_columns_are_known_by_their_headings_and_months_are_added_up(page: Page) -> None:
    paste(page, tabbed(ledger()))
    assert rows(page) == WHOLE
    assert told(page) == "使わなかった列：電気料金（円）。"
    # 1,446 kWh×0.416＋120 m3×2.09
    expect(page.locator("output[name=total_kg]")).to_have_text("852.3")


def test_gaps_doubles_and_what_is_no_number_are_told_with_their_place(page: Page) -> None:
    changes = {
        ("本庁舎", 7): [],
        ("本庁舎", 9): [["2025年9月", "本庁舎", "10", "100", ""], ["2025/9", "", "10", "100", ""]],
        ("分館", 5): [["R7.5", "分館", "", "検針なし", ""]],
    }
    paste(page, tabbed([*ledger(changes), ["", "合計", "120", "1,400", ""]]))
    assert rows(page) == [{"facility": "本庁舎", "electricity_kwh": "1200", "city_gas_m3": "120"}, {"facility": "分館"}]
    said = told(page)
    assert "本庁舎の電気：7月がありません。" in said
    assert "本庁舎の電気：2025年9月（6行目と7行目）が重なっています。" in said
    assert "分館の電気：15行目の「検針なし」が数として読めないので、この量は入れませんでした。" in said
    assert "合計とみて入れませんでした" in said


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_is_opened_in_both_codings(page: Page, coding: str) -> None:
    lines = ledger()
    lines[1][1] = '"本庁舎"'
    text = "\r\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in line) for line in lines)
    open_file(page, "ledger.csv", text.encode(coding))
    assert rows(page) == WHOLE
    page.locator("[data-do=undo]").click()
    assert rows(page) in ([], [{}])


def test_months_beside_each_other_and_kinds_below_each_other_are_read(page: Page) -> None:
    heads = ["施設", *(f"{month}月" for month in MONTHS), "計"]
    paste(page, tabbed([["令和7年度　電気使用量（kWh）"], heads, ["本庁舎", *["100"] * 12, "1,200"]]))
    assert rows(page) == [{"facility": "本庁舎", "electricity_kwh": "1200"}]
    page.locator("[data-do=clear]").click()
    page.locator("[data-do=add]").click()
    long = [
        ["施設", "種別", "使用量"],
        ["本庁舎", "電力", "5"],
        ["", "灯油", "7"],
        ["分館", "電力", "3"],
        ["分館", "薪", "9"],
    ]
    paste(page, tabbed(long))
    wanted = [
        {"facility": "本庁舎", "electricity_kwh": "5", "kerosene_l": "7"},
        {"facility": "分館", "electricity_kwh": "3"},
    ]
    assert rows(page) == wanted
    assert "どの欄か分からない種類は入れませんでした：薪。" in told(page)


def test_a_heading_in_another_unit_is_converted_where_that_is_exact_or_not_taken(page: Page) -> None:
    paste(page, tabbed([["施設", "LPG（m3）", "電気（MWh）", "灯油（L）"], ["館", "12", "3", "40"]]))
    assert rows(page) == [{"facility": "館", "electricity_kwh": "3000", "kerosene_l": "40"}]
    assert "「LPG（m3）」の単位は、欄の単位（kg）と違います。" in told(page)
    assert "「電気（MWh）」は、kWhに直して入れました（1,000倍）。" in told(page)


def test_heat_is_known_by_its_name_and_its_unit(page: Page) -> None:
    """One page for many tables: what is heat beyond doubt is taken, what may be something else is told."""
    heads = [
        "施設",
        "電気（kWh）",
        "冷水（GJ）",
        "温水（GJ）",
        "光熱水費",
        "発熱量（GJ）",
        "エネルギー使用量（GJ）",
        "蒸気（t）",
    ]
    paste(page, tabbed([heads, ["庁舎", "5", "120", "30.5", "9", "8", "7", "6"]]))
    assert rows(page) == [{"facility": "庁舎", "electricity_kwh": "5", "heat_gj": "150.5"}]
    said = told(page)
    assert "「冷水（GJ）」と「温水（GJ）」は、足して熱に入れました。" in said
    assert "「蒸気（t）」の単位は、欄の単位（GJ）と違います。" in said
    assert "使わなかった列：光熱水費、発熱量（GJ）、エネルギー使用量（GJ）。" in said
    for heads, cells, wanted, told_too in [
        (["年月", "施設", "熱"], ["2025年4月", "庁舎", "12"], {"heat_gj": "12"}, ""),
        (["施設", "GJ", "電気"], ["庁舎", "12", "3"], {"electricity_kwh": "3"}, "使わなかった列：GJ。"),
        (["施設", "熱量（MJ）", "電気"], ["庁舎", "12", "3"], {"electricity_kwh": "3"}, "使わなかった列：熱量（MJ）。"),
        (["施設", "熱（MJ）", "電気"], ["庁舎", "12", "3"], {"electricity_kwh": "3", "heat_gj": "0.012"}, "「熱（MJ）」は、GJに直して入れました（1000分の1）。"),
        (["施設", "熱量（Mcal）", "電気"], ["庁舎", "12", "3"], {"electricity_kwh": "3"}, "使わなかった列：熱量（Mcal）。"),
        (["施設", "電気（千kWh）", "灯油"], ["庁舎", "12", "3"], {"electricity_kwh": "12000", "kerosene_l": "3"}, "「電気（千kWh）」は、kWhに直して入れました（1,000倍）。"),
        (["施設", "冷水", "電気"], ["庁舎", "12", "3"], {"electricity_kwh": "3"}, "「冷水」の単位が分からない"),
        (["施設", "種別", "使用量", "熱量（GJ）"], ["庁舎", "灯油", "3", "0.11"], {"kerosene_l": "3"}, "使わなかった列：熱量（GJ）。"),
        (["施設", "種別", "使用量"], ["庁舎", "冷水", "3"], {}, "2行目の「冷水」の単位が分からないので、入れませんでした。GJの量なら、種類を「熱（GJ）」にしてください。"),
        (["施設", "種別", "使用量"], ["庁舎", "熱", "3"], {"heat_gj": "3"}, ""),
    ]:  # fmt: skip
        page.locator("[data-do=clear]").click()
        page.locator("[data-do=add]").click()
        paste(page, tabbed([heads, cells]))
        assert rows(page) == [{"facility": "庁舎"} | wanted if wanted else {}], heads
        assert told_too in told(page), heads


def test_a_table_of_another_kind_joins_the_rows_of_the_same_names(page: Page) -> None:
    """Offices keep a table for each kind: the second one fills in the same facilities, in any order, and loses nothing."""
    paste(page, tabbed([["施設", "電気（kWh）"], ["本庁舎", "100"], ["分館", "20"]]))
    paste(page, tabbed([["施設", "ガス（m3）"], ["分館", "2"], ["公民館", "3"], ["本庁舎", "10"]]))
    assert rows(page) == [
        {"facility": "本庁舎", "electricity_kwh": "100", "city_gas_m3": "10"},
        {"facility": "分館", "electricity_kwh": "20", "city_gas_m3": "2"},
        {"facility": "公民館", "city_gas_m3": "3"},
    ]
    paste(page, tabbed([["施設", "電気（kWh）"], ["本庁舎", "110"]]))
    assert rows(page)[0] == {"facility": "本庁舎", "electricity_kwh": "110", "city_gas_m3": "10"}
    assert told(page) == "前の量を、貼り付けた量に替えました：本庁舎の電気（100）。"


def test_amounts_pasted_beside_names_keep_their_rows(page: Page) -> None:
    paste(page, tabbed([["本庁舎", ""], ["分館", ""], ["公民館", ""]]))
    paste(page, tabbed([["電気（kWh）", "灯油"], ["100", "1"], ["", ""], ["300", "－"]]), "electricity_kwh")
    assert rows(page) == [
        {"facility": "本庁舎", "electricity_kwh": "100", "kerosene_l": "1"},
        {"facility": "分館"},
        {"facility": "公民館", "electricity_kwh": "300", "kerosene_l": "0"},
    ]


def test_each_note_is_a_line_of_its_own(page: Page) -> None:
    paste(page, tabbed([["年月", "電気（kWh）", "料金（円）"], *([f"第{week}週", "1", "2"] for week in range(12))]))
    assert page.locator("[data-told] li").all_text_contents() == [
        "貼り付けた表の2～13行目は、月が読めないので入れませんでした。",
        "使わなかった列：料金（円）。",
    ]


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("ledger.xlsx", b"PK\x03\x04\x14\x00", "種類を「CSV」にして保存してから"),
        ("ledger.csv", b"PK\x03\x04\x14\x00", "種類を「CSV」にして保存してから"),
        ("ledger.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "種類を「CSV」にして保存してから"),
        ("ledger.pdf", b"%PDF-1.7", "PDFのファイルです。もとの表をCSVで保存したもの"),
        ("ledger.csv", b"a\x00b,\x00\x01", "文字の表ではありません。"),
        ("ledger.json", "施設,電気\n館,1".encode(), "表は、CSVのファイル（.csv）なら読み込めます。"),
    ],
    ids=["xlsx", "xlsx-named-csv", "xls", "pdf", "nul", "csv-named-json"],
)
def test_a_file_of_another_kind_says_what_to_do(page: Page, name: str, content: bytes, wanted: str) -> None:
    paste(page, tabbed([["施設", "電気（kWh）"], ["本庁舎", "100"]]))
    with page.expect_file_chooser() as chooser:
        page.locator("[data-do=load]").click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    expect(page.locator("offset-calculator [role=status]")).to_contain_text(wanted)
    assert rows(page) == [{"facility": "本庁舎", "electricity_kwh": "100"}]
