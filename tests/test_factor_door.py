"""The door of the yearly change of factors, walked in a copy: next year's table of electricity, in data files only."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from macros.loading.lines import parse
from macros.loading.rewriting import rewritten
from tests.calculator_tools import ROOT
from tests.copies import copied

RECORDS = ("frozen-results.json", "expected-changes.md", "old-links.txt", "frozen-tables.txt")
NEXT = {
    "--source": "electricity-2025",
    "--valid-from": "2026-04-01",
    "--note": "見本: 次の年の値",
    "--review-by": "2028-01-31",
}
SOURCE = """- id: electricity-2025
  title: 次の年の表（見本）
  publisher: 環境省・経済産業省
  date: 2027-01-08
  url: https://www.example.jp/document
  licence: 公共データ利用規約（第1.0版）
"""
TABLE = "data/suppliers/electricity-2027.tsv"


def run(root: Path, *words: str, typed: str = "") -> tuple[int, str]:
    """Run a command of the project in a folder, with what is typed; return its status and what it says."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "macros", *words]
    done = subprocess.run(command, cwd=root, env=environment, input=typed, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def next_year(line: str) -> str:
    """Return a row of the table with values that are 3 % lower, printed with as many digits."""
    cells = line.split("\t")
    if line.startswith(("#", "number")):
        return line
    return "\t".join([*cells[:3], *(f"{float(text) * 0.97:.6f}" for text in cells[3:5]), *cells[5:]])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy with the records of the tests, and next year's table beside this year's."""
    root = copied(tmp_path / "project")
    (root / "tests").mkdir()
    for name in RECORDS:
        (root / "tests" / name).write_bytes((ROOT / "tests" / name).read_bytes())
    lines = (root / "data/suppliers/electricity-2026.tsv").read_text(encoding="utf-8").splitlines()
    (root / TABLE).write_text("\n".join(map(next_year, lines)) + "\n", encoding="utf-8")
    with (root / "data/factor-sources.yml").open("a", encoding="utf-8") as sources:
        sources.write(SOURCE)
    return root


def state(root: Path) -> dict[str, str]:
    """Return the digest of every file."""
    files = [path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.full
def test_next_year_s_factors_come_in_by_data_alone(project: Path) -> None:
    before = state(project)
    status, told = run(project, "tables", "electricity-2027", *(word for pair in NEXT.items() for word in pair))
    assert status == 0, told
    assert "変わった  代替値  0.000416 → 0.000404" in told
    assert "新しい行 0、なくなった行 0" in told
    status, told = run(project, "check")
    assert status == 0, told
    # without an answer nothing is written
    shown = state(project)
    status, told = run(project, "examples")
    assert (status, state(project)) == (1, shown)
    assert "line_electricity_kwh 208.0 → 202.0" in told
    status, told = run(project, "examples", typed="次の年の電気の係数（見本）にした\nはい\n")
    assert status == 0, told
    assert run(project, "check")[0] == 0
    assert run(project, "examples") == (0, "計算の例と前に作られたリンクで、変わった数は0件です。\n")
    changed = {name for name, digest in state(project).items() if before.get(name) != digest}
    assert {name for name in changed if not name.startswith(("data/calculators/", "data/factors/"))} == {
        "data/suppliers.yml",
        "tests/expected-changes.md",
        "tests/frozen-tables.txt",
    }
    log = (project / "tests/expected-changes.md").read_text(encoding="utf-8")
    assert "結果のid" in log
    assert log.count("：次の年の電気の係数（見本）にした\n") == told.count(" → ")
    event = parse((project / "data/calculators/event.yml").read_text(encoding="utf-8")).value
    [example] = [one for one in event["examples"] if one["name"] == "電気500 kWh（契約先不明）"]
    assert example["shown"] == {"line_electricity_kwh": "202.0"}
    assert example["worked"].startswith("（計算器の計算です。手ではまだ確かめていません）")
    assert "500 kWh × 0.404 kg-CO₂/kWh = 202.0 kg-CO₂" in example["worked"]


def test_nothing_is_asked_while_no_number_changed(project: Path) -> None:
    assert run(project, "examples", typed="わけ\nはい\n") == (
        0,
        "計算の例と前に作られたリンクで、変わった数は0件です。\n",
    )


def test_an_answer_of_no_writes_nothing(project: Path) -> None:
    before = state(project)
    typed = "".join(f"{text}\n" for text in NEXT.values()) + "いいえ\n"
    status, told = run(project, "tables", "electricity-2027", typed=typed)
    assert (status, state(project)) == (1, before)
    assert "何も書いていません" in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\t0.000404\t0.000404\t", "\t0.404\t0.000404\t", "小数点の下を6桁で書いてください（いまの値: 0.404）"),
        ("\t0.000404\t0.000404\t", "\t4.04E-04\t0.000404\t", "数で書いてください（いまの値: 4.04E-04）"),
        ("\t0.000404\t0.000404\t", "\t0.404000\t0.000404\t", "単位を確かめてください（いまの値: 0.404000）"),
        ("メニューB(残差)", "メニューC(残差)", "メニューCの前に、メニューBがありません"),
        ("A0003\t", "A0001\t", "番号の順に"),
        ("A0006\tエバーグリーン・マーケティング(株)\tメニューA", "A0006\tエバーグリーン・マーケティング(株)\t(参考値)事業者全体", "同じ番号、名前、メニュー"),
    ],
)  # fmt: skip
def test_a_table_pasted_wrong_is_told_at_its_line(project: Path, old: str, new: str, told: str) -> None:
    path = project / TABLE
    text = path.read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    status, said = run(project, "tables", "electricity-2027")
    assert status == 1
    assert any(one.startswith(f"{TABLE}:") and told in one for one in said.splitlines()), said
    assert f"{TABLE}:{line}:" in said or f"{TABLE}:{line + 1}:" in said or f"{TABLE}:{line + 2}:" in said


def test_a_value_is_put_in_and_all_else_stays_as_written() -> None:
    text = "# メモ\na: [1, {b: 'x', c: y}] # ここ\nd: >-\n  長い\n  文\n"
    new = rewritten(text, {("a", 1, "b"): "it's", ("a", 1, "c"): "1,000"})
    assert new == "# メモ\na: [1, {b: 'it''s', c: '1,000'}] # ここ\nd: >-\n  長い\n  文\n"
    assert yaml.safe_load(new)["a"][1] == {"b": "it's", "c": "1,000"}
