"""The workbook of the calculators: what it holds; in `make test-full` also what LibreOffice reckons with it."""

import os
import random
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from macros.calculators import Suppliers, with_suppliers
from macros.editions.imprint import Imprint
from macros.editions.workbook.book import about
from macros.editions.workbook.suppliers import listed
from macros.formulas.numbers import show
from macros.loading.catalogue import used_factors
from macros.loading.suppliers import read_table
from tests.calculator_tools import IDS, ROOT, catalogue, close, definition, in_python
from tests.parity.vectors import vectors
from tests.workbook_tools import (
    EPOCH,
    Case,
    Names,
    answer,
    case,
    expected,
    filled,
    made,
    prefix,
    reckoned,
    whole_catalogue,
)

SEED = 20261122
# all of Excel 2010 and of LibreOffice
FUNCTIONS = {
    "ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "IF", "IFERROR", "INDEX", "INT", "ISNUMBER", "ISTEXT", "MATCH", "MAX",
    "MID", "MIN", "MOD", "OR", "ROUND", "ROW", "SUM", "SUMPRODUCT", "TEXT", "VALUE", "CHAR",
    "FIND", "N", "SUBSTITUTE",
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The workbook as another program reads it."""
    return openpyxl.load_workbook(BytesIO(made()))


@pytest.fixture(scope="module")
def names(book: Workbook) -> Names:
    return Names(book)


@pytest.fixture(scope="module")
def formulas(book: Workbook) -> list[tuple[str, str, str]]:
    """Every formula, with its sheet and cell."""
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]


def test_the_workbook_has_a_first_sheet_one_a_calculator_the_factors_and_hidden_reckoning(book: Workbook) -> None:
    shorts = [one.short for one in whole_catalogue().calculators.values()]
    behind = [f"{short}の計算" for short in [*shorts, "活動量"]]
    assert book.sheetnames == ["はじめに", *shorts, "活動量", "係数", *behind]
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == behind
    links = {cell.hyperlink.location for row in book["はじめに"].iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in [*shorts, "活動量", "係数"]}


def test_every_sheet_is_protected_without_a_password_and_lets_inputs_be_filled(
    book: Workbook, names: Names, formulas: list[tuple[str, str, str]]
) -> None:
    for sheet in book:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.hashValue
    open_cells = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and type(cell).__name__ == "Cell"
    }
    assert not open_cells & {(sheet, place) for sheet, place, _ in formulas}
    inputs = [
        names.cell(f"{prefix(one.id)}.{field.id}")
        for one in catalogue().calculators.values()
        for group in one.groups
        for field in group.inputs
    ]
    assert {(cell.parent.title, cell.coordinate) for cell in inputs} <= open_cells
    assert len(open_cells) < 3000
    assert not [place for place in open_cells if place[0] in {"はじめに", "係数"} or place[0].endswith("の計算")]


@pytest.mark.parametrize("name", IDS)
def test_every_field_refuses_what_the_page_refuses(name: str, book: Workbook, names: Names) -> None:
    calculator = catalogue().calculators[name]
    rules = {}
    for rule in book[calculator.short].data_validations.dataValidation:
        for place in rule.sqref.ranges:
            rules[place.start_cell.coordinate if hasattr(place, "start_cell") else place.coord.partition(":")[0]] = rule
    for field in (field for group in calculator.groups for field in group.inputs):
        rule = rules[names.cell(f"{prefix(name)}.{field.id}").coordinate]
        assert rule.type == {"choice": "list", "text": "textLength", "number": rule.type}[field.kind]
        assert rule.showErrorMessage
        assert re.search("[ぁ-ん]", rule.error)
        if field.kind == "number":
            assert rule.type == ("whole" if field.step >= 1 else "decimal")
            assert (float(rule.formula1), float(rule.formula2)) == (field.min, field.max)
        if field.kind == "choice":
            sheet, place = rule.formula1.split("!")
            cells = book[sheet.strip("'")][place.replace("$", "")]
            suppliers = [one.label for _, one in listed(whole_catalogue()).get(field.id, [])]
            assert [row[0].value for row in cells] == [*suppliers, *(choice.label for choice in field.offered)]


def test_formulas_use_only_what_old_spreadsheets_know_and_hold_no_error(
    book: Workbook, formulas: list[tuple[str, str, str]]
) -> None:
    assert len(formulas) > 5_000
    for _, place, formula in formulas:
        bare = re.sub(r'"[^"]*"', '""', formula)
        assert set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare)) <= FUNCTIONS, place
        assert len(formula) < 8_000, place
        assert max((len(text) for text in re.findall(r'"([^"]*)"', formula)), default=0) <= 255, place
        assert "#" not in bare, place
    shown = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [text for text in shown if re.match(r"#(REF|N/A|VALUE|NAME|DIV|NUM|NULL)", text)]


def test_stored_results_are_empty_for_viewers_that_do_not_reckon() -> None:
    with ZipFile(BytesIO(made())) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert {stored for sheet in sheets for stored in re.findall(r"</f>(.*?)</c>", sheet)} == {"<v></v>"}


def test_the_factor_sheet_has_every_factor_with_its_source(book: Workbook) -> None:
    rows = {row[0].value: row for row in book["係数"].iter_rows() if row[0].value}
    wanted = {name for one in catalogue().calculators.values() for name in used_factors(catalogue(), one)}
    for name in wanted:
        factor = catalogue().factors[name]
        label = factor.name + ("（LCA）" if factor.life_cycle else "") + (f"\n{factor.scope}" if factor.scope else "")
        row, now, then = rows[label], catalogue().sets.now(factor), catalogue().sets.then(factor)
        assert row[1].value == factor.unit
        assert row[2].value == (now.value if now else "―")
        assert row[3].value == then.value if then else isinstance(row[3].value, str)
        assert catalogue().sources[(now or then).source].title in (row[4].value if now else row[8].value)  # type: ignore[union-attr]


def test_the_sheets_offer_every_supplier_of_heat_as_its_table_has_it(book: Workbook, names: Names) -> None:
    table = read_table(ROOT / "data" / "suppliers" / "heat-2026.tsv")
    rows = {row[0].value: row for row in book["係数"].iter_rows() if row[0].value}
    found = [rows[one.label] for _, one in listed(whole_catalogue())["heat_supplier"]]
    assert len(found) == len(table.rows) == 38
    assert sorted(row[2].value for row in found) == sorted(table.factor(row) for row in table.rows)
    assert {row[3].value for row in found} == {"今の値"}
    assert all("熱供給事業者別排出係数（令和6年度供給実績）" in row[4].value for row in found)
    for name in ("event", "office"):
        [rule] = [
            rule
            for rule in book[catalogue().calculators[name].short].data_validations.dataValidation
            if names.cell(f"{name}.heat_supplier").coordinate in rule.sqref
        ]
        sheet, place = rule.formula1.split("!")
        labels = [row[0].value for row in book[sheet.strip("'")][place.replace("$", "")]]
        assert labels == [*(row[0].value for row in found), "自分で入れる"]
        assert "丸の内熱供給株式会社　残差（006）" in labels
        assert "池袋地域冷暖房株式会社　東池袋地域　メニューA（009）" in labels


def test_the_formulas_hold_no_factor_of_their_own(formulas: list[tuple[str, str, str]]) -> None:
    values = {repr(v.value) for f in catalogue().factors.values() for v in f.values if not float(v.value).is_integer()}
    # what roundings add before they cut
    values -= {"0.5"}
    for _, place, formula in formulas:
        bare = re.sub(r'"[^"]*"', "", formula)
        assert not values & set(re.findall(r"(?<![\w.$])\d+\.\d+(?![\w.])", bare)), place


def test_it_says_what_it_is_and_carries_no_foreign_address_unless_given(book: Workbook) -> None:
    first = "\n".join(str(cell.value) for row in book["はじめに"].iter_rows() for cell in row if cell.value)
    assert "2026年11月21日版" in first
    assert "CC BY 4.0" in first
    assert "http" not in first
    assert "▷" in first
    assert str(book.properties.created) == "2026-11-21 00:00:00"
    assert "もとのサイト：https://a.example.jp/" in about(catalogue(), Imprint(EPOCH, "https://a.example.jp/"))
    with ZipFile(BytesIO(made())) as archive:
        parts = archive.namelist()
        assert not [name for name in parts if "vba" in name.lower() or "external" in name.lower()]
        assert not [name for name in parts if name.endswith(".rels") and b"TargetMode" in archive.read(name)]


def test_two_workbooks_are_the_same() -> None:
    # in a process of its own: the order of sets changes from one to the next
    code = f"""
import sys
from macros.editions.imprint import Imprint
from macros.editions.workbook.book import workbook
from tests.workbook_tools import whole_catalogue
sys.stdout.buffer.write(workbook(whole_catalogue(), Imprint({EPOCH})))
"""
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
        assert done.stdout == made()


def test_every_id_has_a_name_in_the_workbook(names: Names) -> None:
    for name in IDS:
        spec, start = definition(name), prefix(name)
        outputs = [*(f"line_{line['id']}" for line in spec["lines"]), *(result["id"] for result in spec["results"])]
        wanted = {f"{start}.{key}" for key in spec["inputs"]}
        wanted |= {f"{start}.{part}.{key}" for part in ("raw", "shown", "steps") for key in outputs}
        wanted |= {f"{start}.rows.{key}" for key in (spec["rows"]["columns"] if spec["rows"] else {})}
        assert wanted <= names.places.keys()


# -- reckoned by LibreOffice ------------------------------------------------------------------------


def cases_of(name: str, count: int) -> list[Case]:
    """Return the examples, the presets and seeded forms that fit into the rows of the sheet."""
    calculator, spec = catalogue().calculators[name], definition(name)
    forms = [{"inputs": one.inputs, "rows": one.rows} for one in (*calculator.examples, *calculator.presets)]
    most = min(spec["rows"]["max"], 30) if spec["rows"] else 0
    forms += [form for form in vectors(spec, count * 2, SEED) if len(form["rows"]) <= most][:count]
    return [case(name, form) for form in forms]


def hard_allotments() -> list[Case]:
    """Return joint purchases that floating point would get wrong: ties, caps, more than 2^53 thousandths."""
    rng = random.Random(SEED)  # noqa: S311
    forms = []
    for top, decimals in [(1e9, 3), (1e9, 0), (5, 3), (3, 0), (2e6, 1), (1000, 3)]:
        for step in ("kg", "t"):
            count = rng.choice([2, 7, 30])
            weights = [round(rng.choice([top, top / 3, rng.uniform(0, top)]), decimals) for _ in range(count)]
            share = rng.choice([0.1, 0.5, 0.97, 1, 1.2])
            bought = min(1e7, round(sum(weights) * share / 1000, 3))
            rows = [["A区", "会議", f"{weight:.{decimals}f}"] for weight in weights]
            forms.append({"inputs": {"bought_t": f"{bought:.3f}", "step": step, "price_yen": "15000"}, "rows": rows})
    return [case("joint-purchase", form) for form in forms]


@pytest.mark.full
def test_libreoffice_reckons_what_the_reference_reckons(names: Names, tmp_path: Path) -> None:
    columns = [cases_of(name, 16) for name in IDS]
    assert sum(map(len, columns)) > 200
    # a copy holds a form of each calculator
    tried = [[column[i] for column in columns if i < len(column)] for i in range(max(map(len, columns)))]
    check(tried, names, tmp_path)


@pytest.mark.full
def test_libreoffice_allots_exactly(names: Names, tmp_path: Path) -> None:
    check([[one] for one in hard_allotments()], names, tmp_path)


@pytest.mark.full
def test_libreoffice_reckons_with_a_supplier_of_heat(names: Names, tmp_path: Path) -> None:
    rows = [["館", *[""] * 9, "250"], ["分館", "1000", *[""] * 8, "120.5"]]
    chosen = [("h006-marunouchi", "2026"), ("h009-higashi-ikebukuro-a", "2011"), ("h014-shintoshi", "2026")]
    found, forms, cases = dict(listed(whole_catalogue())["heat_supplier"]), [], []
    for name, factors in chosen:
        inputs = {"heat_supplier": name, "factors": factors, "electricity_supplier": "tokyogas"}
        tried = case("office", {"inputs": inputs | {"heat_supplier": "own"}, "rows": rows})
        tried.cells["inputs"]["heat_supplier"] = found[name].label
        forms.append({"inputs": inputs, "rows": rows})
        cases.append(tried)
    books = reckoned([filled(made(), names, [one]) for one in cases], names, tmp_path)
    for (name, _), form, book in zip(chosen, forms, books, strict=True):
        known = with_suppliers(suppliers(), definition("office"), form["inputs"])
        got, wanted = answer(book, "office", len(rows)), in_python("office", form, {"office": known}.__getitem__)
        assert book.errors() == []
        assert wanted["values"]["line_heat_gj"] == pytest.approx(370.5 * found[name].number[0])
        assert all(close(wanted["values"][key], got["values"][key]) for key in ("line_heat_gj", "total_kg"))
        assert got["steps"]["line_heat_gj"] == wanted["steps"]["line_heat_gj"]


def suppliers() -> Suppliers:
    """Return the tables of suppliers."""
    found = whole_catalogue().suppliers
    assert found
    return found


def check(batches: list[list[Case]], names: Names, folder: Path) -> None:
    books = reckoned([filled(made(), names, batch) for batch in batches], names, folder)
    for batch, one in zip(batches, books, strict=True):
        assert one.errors() == []
        for tried in batch:
            compare(tried, answer(one, tried.name, len(tried.asked["rows"])))


def compare(tried: Case, got: dict) -> None:
    wanted = expected(tried)
    digits = {result["id"]: result["digits"] for result in definition(tried.name)["results"]}
    for key, value in wanted["values"].items():
        assert close(value, got["values"][key]), (tried, key, value, got["values"][key])
        assert got["steps"][key] == wanted["steps"][key], (tried, key)
        rounded = got["rounded"][key]
        assert wanted["shown"][key] == (show(float(rounded), digits.get(key, 1)) if rounded not in {None, ""} else "")
    for key, value in wanted.get("others", {}).items():
        assert close(value, got["others"][key]), (tried, key)
    for row, (here, there) in enumerate(zip(wanted["rows"], got["rows"], strict=True)):
        assert all(close(value, there[key]) for key, value in here.items()), (tried, row, here, there)


@pytest.mark.full
def test_a_factor_changed_on_its_sheet_changes_the_results(names: Names, tmp_path: Path) -> None:
    changed = openpyxl.load_workbook(BytesIO(made()))
    cell = next(row[2] for row in changed["係数"].iter_rows() if row[0].value == "鉄道")
    assert cell.value == 0.017
    cell.value = 0.5
    copy = BytesIO()
    Names(changed).cell("event.rail_people").value = 10
    Names(changed).cell("event.rail_km").value = 20
    changed.save(copy)
    [one] = reckoned([copy.getvalue()], names, tmp_path)
    assert answer(one, "event", 0)["values"]["line_rail"] == 200.0  # there and back


@pytest.mark.full
def test_a_field_tells_what_is_wrong_with_it(names: Names, tmp_path: Path) -> None:
    form = {
        "inputs": {
            "rail_people": "10",
            "rail_km": "99999",
            "bus_people": "3",
            "people": "2.5",
            "electricity_kwh": "abc",
        },
        "rows": [],
    }
    [one] = reckoned([filled(made(), names, [case("event", form)])], names, tmp_path)
    messages = {key: one.value(f"event.message.{key}") for key in (*form["inputs"], "bus_km")}
    assert messages["rail_km"].startswith("▲ 20,000以下")
    assert messages["bus_km"].startswith("▲ この欄も")
    assert messages["people"].startswith("▲ 整数")
    assert messages["electricity_kwh"].startswith("▲ 数を入れてください")
    assert not messages["rail_people"].startswith("▲")
