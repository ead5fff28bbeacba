"""Factors are those of the official tables, which are kept as published."""

import hashlib
import shutil
from pathlib import Path

import pytest

from macros.loading.files import read_all
from macros.loading.problems import DataError
from macros.loading.supplier_rows import check_rows
from macros.loading.suppliers import paths, read_table
from macros.models.suppliers import WHOLE
from macros.pages.check import load
from tests.calculator_tools import ROOT, catalogue, value_now

FROZEN = Path(__file__).parent / "frozen-tables.txt"
TABLES = {path.stem: read_table(path) for path in paths(ROOT)}
# what no table has: the reader's own value
OWN = "="


def copied(target: Path) -> Path:
    """Return a copy of what is loaded."""
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, target / folder)
    return target


def offered(field: str) -> list[tuple[str, str]]:
    """Return (label, factor) of every retailer that a form offers."""
    parts = {one.id: one for one in catalogue().parts.inputs}
    pairs = [(choice.label, choice.lookup["factor"]) for choice in parts[field].offered]
    return [(label, factor) for label, factor in pairs if factor[0] != OWN]


def test_a_table_is_never_overwritten() -> None:
    frozen = dict(reversed(line.split("  ")) for line in FROZEN.read_text(encoding="utf-8").splitlines())
    assert frozen == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths(ROOT)}


def test_the_tables_have_all_rows() -> None:
    assert {name: len(table.rows) for name, table in TABLES.items() if name.endswith("-2026")} == {
        "electricity-2026": 1295,
        "gas-2026": 113,
        "heat-2026": 38,
        "fuels-2026": 35,
    }
    assert len({row.number for row in TABLES["electricity-2026"].rows if row.number.startswith("A")}) == 511


@pytest.mark.parametrize(("label", "factor"), offered("electricity_supplier"))
def test_a_retailer_has_the_value_of_the_table(label: str, factor: str) -> None:
    """The row is found here by the rule alone, not by what the data says of it."""
    value = value_now(factor)
    table, _, reference = value.row.partition(" ")
    number, _, name = reference.partition(" ")
    rows = [row for row in TABLES[table].rows if row.number == number and (not name or row.name == name)]
    residual = [row for row in rows if "残差" in row.menu]
    [right] = residual or [row for row in rows if len(rows) == 1 or row.menu == "(参考値)事業者全体"]
    assert value.value == pytest.approx(right.value * 1000, abs=1e-12)
    if residual:
        assert "事業者全体" not in label + catalogue().factors[factor].name
    assert (
        right.name.replace("(株)", "").startswith(("東京電力", "一般"))
        or not number.startswith("A")
        or _same_company(right.name, label)
    )


def _same_company(official: str, label: str) -> bool:
    bare = official.replace("(株)", "").replace("公益財団法人", "").split("（")[0]
    return bare in label


def test_the_whole_of_a_retailer_stands_only_where_no_residual_is_published() -> None:
    table = TABLES["electricity-2026"]
    for number in {row.number for row in table.rows}:
        menus = [row.menu for row in table.of(number)]
        found = table.standard(number)
        if any("残差" in menu for menu in menus):
            assert found
            assert "残差" in found.menu
        elif WHOLE in menus:
            assert found
            assert found.menu == WHOLE
    assert (table.find("A0055").value, table.find("A0272").value) == (0.000405, 0.000415)


def test_gas_and_fuels_have_the_values_of_their_tables() -> None:
    gas = [
        row
        for row in TABLES["gas-2026"].rows
        if any(name in row.name for name in ("東京瓦斯", "武陽ガス", "昭島ガス", "京葉ガス"))
    ]
    assert {
        row.value
        for row in gas
        if "東京ガスネットワーク株式会社の供給区域（東京地区等）" in row.menu or "残差" in row.menu
    } == {2.09}
    names = {
        "gasoline": "揮発油",
        "kerosene": "灯油",
        "diesel": "軽油",
        "heavy-oil-a": "A重油",
        "lpg-kg": "液化石油ガス（LPG）",
    }
    for factor, name in names.items():
        value = value_now(factor)
        [row] = [row for row in TABLES[value.row.split()[0]].rows if row.name == name]
        assert value.value == row.value


def test_every_value_of_a_table_in_force_names_its_row() -> None:
    topics = {topic.id: topic for topic in catalogue().topics}
    for factor in topics["electricity"].factors:
        value = catalogue().sets.now(factor)
        if value and value.valid_to is None:
            assert value.row, factor.id


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value: 0.405", "value: 0.038", "表 electricity-2026 の「A0055」の値は 0.405 です。value が 0.038 です"),
        ("row: electricity-2026 A0055", "row: electricity-1999 A0055", "表「electricity-1999」がありません"),
        ("row: electricity-2026 A0055", "row: electricity-2026 A9999", "の行が1つに決まりません"),
    ],
)
def test_a_value_that_is_not_the_table_s_fails_at_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    root = copied(tmp_path)
    path = root / "data/factors/electricity.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    [problem] = check_rows(root, read_all(root))
    assert (problem.file, problem.field.endswith(".row")) == ("data/factors/electricity.yml", True)
    assert told in problem.text
    assert str(problem.line) in str(problem)


@pytest.mark.parametrize(
    ("line", "told"),
    [("A0001\t会社\t\t0.1", "列が4個あります"), ("A0001\t会社\t\t0,1\t0.1\t", "数で書いてください")],
)
def test_a_line_of_a_table_that_cannot_be_read_is_told(tmp_path: Path, line: str, told: str) -> None:
    root = copied(tmp_path)
    path = root / "data/suppliers/electricity-2027.tsv"
    path.write_text(f"# 見本\nnumber\tname\tmenu\tbasic\tadjusted\tmarks\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"electricity-2027.tsv:3: .*{told}"):
        load(root)


def test_an_id_of_a_supplier_is_for_ever() -> None:
    frozen = (Path(__file__).parent / "frozen-suppliers.txt").read_text(encoding="utf-8").splitlines()
    kinds = load(ROOT).suppliers.kinds
    assert set(frozen) - {f"{kind.id} {one.id}" for kind in kinds for one in kind.names} == set()


def test_an_area_without_an_id_is_told_at_its_table(tmp_path: Path) -> None:
    root = copied(tmp_path)
    path = root / "data/suppliers.yml"
    text = path.read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if "h065-shibuya" in one)
    path.write_text(text.replace(f"{line}\n", ""), encoding="utf-8")
    with pytest.raises(
        DataError, match=r"suppliers.yml:\d+: tables.2.id: 「065　渋谷熱供給株式会社」の id がありません"
    ):
        load(root)
