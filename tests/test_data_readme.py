"""data/README.md is true: its tables name every field, its examples and templates can be copied."""

import re
import shutil
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
import yaml
from pydantic import ConfigDict, TypeAdapter

from macros.loading.files import FILES, FOLDERS
from macros.loading.lines import read
from macros.loading.suppliers import FOLDER as SUPPLIERS
from macros.models.labels import CODE, Place, Row, bare, labels, meanings, records, tables
from macros.models.shapes import is_model
from macros.pages.check import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.compile(r'^```yaml title="data/(\S+) [^"]+"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
TOLD = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)

STRICT = ConfigDict(strict=True)

MODELS = {(name, path): model for name, kind in (FILES | FOLDERS).items() for path, model in records(kind)}
TABLES = [(place, table) for place, _, table in tables(README)]
TEMPLATES = BLOCKS.findall(README)


def test_every_kind_of_record_has_one_table() -> None:
    """The parts of calculators are told once, with the calculators."""
    places = [place for place, _ in TABLES]
    told = {MODELS[place] for place in places if place[0] == "calculators"}
    shared = {place for place, model in MODELS.items() if place[0] == "calculator-parts" and model in told}
    assert sorted([*places, *shared]) == sorted(MODELS)


def test_the_tables_name_every_field_and_no_other() -> None:
    told = {place: [row.field for row in table] for place, table in TABLES}
    assert told == {place: list(MODELS[place].model_fields) for place in told}


def test_the_list_of_files_is_whole() -> None:
    part = README.split("## ファイルの一覧\n")[1].split("\n## ")[0]
    listed = [CODE.match(line[2:])[1] for line in part.splitlines() if line.startswith("| `")]
    assert sorted(listed) == sorted(
        [*(f"{name}.yml" for name in FILES), *(f"{name}/" for name in (*FOLDERS, SUPPLIERS))]
    )


@pytest.mark.parametrize(("place", "table"), [pytest.param(*one, id=" ".join(one[0])) for one in TABLES])
def test_each_row_says_what_the_model_says(place: Place, table: list[Row], tmp_path: Path) -> None:
    """Whether a field is needed, which values it takes, and an example that can be copied."""
    for row in table:
        info = MODELS[place].model_fields[row.field]
        kind = bare(info.annotation)
        default = re.search(r"（`([^`]+)`）$", row.needed)
        assert row.needed.startswith("必須" if info.is_required() else "任意"), row
        assert not default or yaml.safe_load(default[1]) == info.default, row
        assert get_origin(kind) is not Literal or CODE.findall(row.values) == list(get_args(kind)), row
        assert row.meaning, row
        assert row.values, row
        if row.example:
            file = tmp_path / "example.yml"
            file.write_text(f"{row.field}: {row.example.strip('`')}\n", encoding="utf-8")
            adapter = TypeAdapter(info.rebuild_annotation(), config=None if is_model(kind) else STRICT)
            adapter.validate_python(read(file).value[row.field])
        else:
            assert is_model(kind), row


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


def test_every_table_is_called_something() -> None:
    """The parts of calculators are told once, with the calculators."""
    told = {MODELS[place] for place in labels() if place[0] == "calculators"}
    shared = {place for place, model in MODELS.items() if place[0] == "calculator-parts" and model in told}
    assert [place for place, label in labels().items() if not label.title] == []
    assert set(labels()) | shared == set(MODELS)


def test_values_that_files_share_are_told_once() -> None:
    assert list(meanings("grade")) == ["A", "A′", "B"]
    assert list(meanings("certainty")) == ["stated", "inferred", "damaged", "missing"]
    assert meanings("title") == {}
