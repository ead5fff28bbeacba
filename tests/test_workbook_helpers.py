"""The sheet of helpers in the workbook: what it holds; in `make test-full` also that LibreOffice reckons as the reference."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from macros.formulas.numbers import parse_number
from tests.calculator_tools import catalogue, close, in_python
from tests.parity.vectors import vectors
from tests.test_helpers import HELPERS, definition
from tests.workbook_tools import Case, Names, Reckoned, entered, filled, made, number, reckoned

SEED = 20261128
EACH = 8


@pytest.fixture(scope="module")
def book() -> Workbook:
    return openpyxl.load_workbook(BytesIO(made()))


@pytest.fixture(scope="module")
def names(book: Workbook) -> Names:
    return Names(book)


def start(name: str) -> str:
    return f"helper_{name.replace('-', '_')}"


@pytest.mark.parametrize("name", HELPERS)
def test_every_helper_has_its_fields_its_amount_and_its_words(name: str, book: Workbook, names: Names) -> None:
    helper = HELPERS[name]
    wanted = {f"{start(name)}.{one.id}" for one in helper.inputs}
    wanted |= {f"{start(name)}.{part}.{one['id']}" for part in ("raw", "shown") for one in definition(name)["results"]}
    assert wanted <= names.places.keys()
    texts = {str(cell.value) for row in book["活動量"].iter_rows() for cell in row if cell.value}
    assert helper.text in texts
    assert helper.assumption is None or f"【仮の値】{helper.assumption}" in texts
    labels = [
        field.label
        for one in catalogue().calculators.values()
        if name in one.helpers
        for group in one.groups
        for field in group.inputs
        if field.id in helper.fields
    ]
    [heading] = [text for text in texts if text.startswith(f"{helper.title}　→　") and labels[0] in text]
    assert heading.endswith(f"（{helper.unit}）")


def test_the_factors_behind_helpers_stand_on_the_sheet_of_factors_with_their_range(book: Workbook) -> None:
    rows = [(row[0].value, row[2].value) for row in book["係数"].iter_rows() if row[0].value]
    for factor_id, value in catalogue().ranged.items():
        place = rows.index((catalogue().factors[factor_id].name, value.value))
        assert rows[place + 1 : place + 3] == [("　幅の低い方", value.low), ("　幅の高い方", value.high)]


def case_of(name: str, inputs: dict[str, str]) -> Case:
    """Return a typed form of a helper as cells hold it and as the reference is asked."""
    helper, specs = HELPERS[name], definition(name)["inputs"]
    cells: dict[str, Any] = {}
    asked: dict[str, str] = {}
    for one in helper.inputs:
        text = inputs.get(one.id, "")
        if one.choices:
            known = {choice.id: choice.label for choice in one.choices}
            chosen = text if text in known else one.default
            cells[one.id], asked[one.id] = known[str(chosen)], str(chosen)
        else:
            cells[one.id], asked[one.id] = entered(specs[one.id], text)
    return Case(start(name), {"inputs": cells, "rows": []}, {"inputs": asked, "rows": []})


@pytest.mark.full
def test_libreoffice_reckons_every_helper_as_the_reference(names: Names, tmp_path: Path) -> None:
    columns = {}
    for name, helper in HELPERS.items():
        forms = [one.inputs for one in helper.examples]
        forms += [one["inputs"] for one in vectors(definition(name), EACH, SEED)]
        columns[name] = [case_of(name, one) for one in forms]
    count = max(map(len, columns.values()))
    batches = [{name: cases[i] for name, cases in columns.items() if i < len(cases)} for i in range(count)]
    books = reckoned([filled(made(), names, list(batch.values())) for batch in batches], names, tmp_path)
    given = sum(compare(batch, one) for batch, one in zip(batches, books, strict=True))
    assert given > 3 * len(HELPERS), "too few forms gave an amount: the comparison would say little"


def compare(batch: dict[str, Case], book: Reckoned) -> int:
    """Compare each helper of a batch; return how many gave an amount."""
    assert book.errors() == []
    given = 0
    for name, tried in batch.items():
        wanted = in_python(name, tried.asked, of=definition)
        for one in definition(name)["results"]:
            key = one["id"]
            value, found = wanted["values"][key], number(book.value(f"{start(name)}.raw.{key}"))
            assert close(value, found), (name, tried.cells, key, value, found)
            shown = book.value(f"{start(name)}.shown.{key}")
            assert (parse_number(wanted["shown"][key]) is None) == (shown in {None, ""}), (name, key)
        for key in tried.cells["inputs"]:
            told = str(book.value(f"{start(name)}.message.{key}") or "")
            assert told.startswith("▲") == (key in wanted["problems"]), (name, tried.cells, key, told)
        given += wanted["values"]["amount"] is not None
    return given
