"""data/README.md is true: its tables are those of the models, its examples and templates can be copied."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter

from macros.loading.field_tables import CODE, models, renewed, table
from macros.loading.field_tables import main as field_tables
from macros.loading.files import FILES, FOLDERS
from macros.loading.lines import parse
from macros.loading.suppliers import FOLDER as SUPPLIERS
from macros.models.labels import bare, label
from macros.models.shapes import is_model
from macros.pages.check import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.compile(r'^```yaml title="data/(\S+) [^"]+"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
TOLD = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)

STRICT = ConfigDict(strict=True)

MODELS = models()
KINDS = sorted({*MODELS.values()}, key=lambda kind: f"{kind.__module__}.{kind.__name__}")
TEMPLATES = BLOCKS.findall(README)


def test_the_tables_are_what_the_models_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command writes nothing where they are, tells `make lint` where they are not, and mends them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    copy = tmp_path / "data" / "README.md"
    copy.write_text(README, encoding="utf-8")
    assert field_tables(["--check"]) == 0
    copy.write_text(README.replace("| `reading` | 読み。", "| `reading` | よみかた。"), encoding="utf-8")
    assert copy.read_text(encoding="utf-8") != README
    assert field_tables(["--check"]) == 1
    assert field_tables([]) == 0
    assert copy.read_text(encoding="utf-8") == README


def test_what_has_no_heading_yet_gets_one() -> None:
    before = re.sub(
        "^### `sub_items`.*?(?=^#)|^## `chooser.yml`.*?(?=^## )", "", README, flags=re.DOTALL | re.MULTILINE
    )
    assert "`sub_items`（" not in before
    after = renewed(before)
    assert f"### `sub_items`（種類）\n\n{table(MODELS['glossary', 'sub_items'])}" in after
    assert f"## `chooser.yml`（取組方法を選ぶ質問）\n\n{table(MODELS['chooser', ''])}" in after
    assert f"### `choices`（答え）\n\n{table(MODELS['chooser', 'choices'])}" in after


def test_a_heading_of_no_field_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "README.md").write_text(README.replace("### `sub_items`", "### `sub_item`"), encoding="utf-8")
    assert field_tables(["--check"]) == 1
    assert "'sub_item'" in capsys.readouterr().err


def test_the_list_of_files_is_whole() -> None:
    part = README.split("## ファイルの一覧\n")[1].split("\n## ")[0]
    listed = [CODE.match(line[2:])[1] for line in part.splitlines() if line.startswith("| `")]
    assert sorted(listed) == sorted(
        [*(f"{name}.yml" for name in FILES), *(f"{name}/" for name in (*FOLDERS, SUPPLIERS))]
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_has_words_and_an_example_that_can_be_copied(kind: type[BaseModel], tmp_path: Path) -> None:
    """What its values are called is told of all of them or of none."""
    assert label(kind).title
    for name, row in label(kind).fields.items():
        info = kind.model_fields[name]
        inner = bare(info.annotation)
        assert row.title, row
        assert row.values, row
        assert not row.choices or list(row.choices) == list(get_args(inner)), row
        if row.example:
            file = tmp_path / "example.yml"
            file.write_text(f"{name}: {row.example}\n", encoding="utf-8")
            adapter = TypeAdapter(info.rebuild_annotation(), config=None if is_model(inner) else STRICT)
            adapter.validate_python(parse(file.read_text(encoding="utf-8")).value[name])
        else:
            assert is_model(inner), row


def test_a_value_left_out_stands_in_the_table() -> None:
    needed = {name: row.needed for name, row in label(MODELS["calculators", "groups.inputs"]).fields.items()}
    assert [needed[name] for name in ("id", "help", "kind", "max", "apart", "unit")] == [
        "必須",
        "任意",
        "任意（`number`）",
        "任意（`1000000000`）",
        "任意（`false`）",
        "任意（`number` では要ります）",
    ]


def test_every_template_can_be_copied_into_its_file(tmp_path: Path) -> None:
    for folder in ("data", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    # without macros: what has no page yet is not told
    (tmp_path / "mkdocs.yml").write_text("site_name: 検査\n", encoding="utf-8")
    for file, text in TEMPLATES:
        path = tmp_path / "data" / file
        assert path.exists() == (path.parent.name == "data")
        with path.open("a", encoding="utf-8") as copy:
            copy.write(text)
    load(tmp_path)


def test_there_is_a_template_for_what_editors_add_most() -> None:
    files = {Path(file).parts[0].removesuffix(".yml") for file, _ in TEMPLATES}
    assert {"glossary", "cases", "changes", "factors", "factor-sources", "calculators"} <= files <= set(FILES | FOLDERS)


def test_the_errors_it_shows_are_what_is_said() -> None:
    said = [
        line
        for path in (ROOT / "tests" / "bad-data").glob("*/messages.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    shown = "".join(TOLD.findall(README)).splitlines()
    assert shown
    assert [line for line in shown if line not in said] == []
