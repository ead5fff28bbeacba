"""The draft of a public statement says nothing untrue: an oracle of its own walks the combinations in each language."""

import json
import subprocess
from functools import cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest

from macros.calculators.running import run
from macros.calculators.statements import draft, words_of
from macros.formulas.numbers import show
from tests.calculator_tools import ENGINE, IDS, ROOT, catalogue, definition, node
from tests.statement_oracle import SILENT, Walked, untrue, walk
from tests.workbook_tools import Names, case, filled, made, prefix, reckoned

SCRIPT = ROOT / "docs/assets/js/statement.js"


# in a hurry one in so many combinations is walked; the number divides none of the lists that are crossed
FEWER = 7


@cache
def walked(fewer: int = FEWER) -> list[Walked]:
    return [one for i, one in enumerate(walk()) if not one.truth or i % fewer == 0]


@cache
def words() -> dict[str, Any]:
    return words_of(catalogue())


@cache
def in_python(fewer: int = FEWER) -> list[tuple[list[str], dict[str, str]]]:
    return [_in_python(one) for one in walked(fewer)]


def _in_python(one: Walked) -> tuple[list[str], dict[str, str]]:
    outcome = run(definition(one.calculator), one.inputs, one.rows)
    return draft(words(), catalogue().calculators[one.calculator], outcome), outcome.hints


def labels(name: str) -> dict[str, dict[str, str]]:
    fields = [field for group in catalogue().calculators[name].groups for field in group.inputs]
    return {field.id: {choice.id: choice.label for choice in field.choices} for field in fields if field.choices}


def in_javascript(fewer: int) -> list[dict[str, Any]]:
    """Return what the browser's scripts make of every combination, in order."""
    jobs = [
        {
            "definition": definition(name),
            "labels": labels(name),
            "vectors": [{"inputs": one.inputs, "rows": one.rows} for one in part],
        }
        for name, part in groupby(walked(fewer), lambda one: one.calculator)
    ]
    command = [node(), str(ROOT / "tests/parity/statement.js"), str(ENGINE), str(SCRIPT)]
    asked = json.dumps({"words": words(), "jobs": jobs})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return [answer for answers in json.loads(done.stdout) for answer in answers]


@pytest.mark.parametrize("fewer", [FEWER, pytest.param(1, marks=pytest.mark.full)])
def test_no_draft_says_anything_untrue(fewer: int) -> None:
    forms, drafts = walked(fewer), in_python(fewer)
    wrong = [(one, made, said) for one, made in zip(forms, drafts, strict=True) if (said := untrue(one, *made))]
    claims = sum(any("の全量を" in line or "（一部）" in line for line in lines) for lines, _ in drafts)
    print(f"{len(forms):,} combinations, {claims:,} with a claim, {len(wrong)} untrue")
    assert not wrong, wrong[0]
    assert {one.calculator for one in forms} == set(IDS)
    assert claims > len(forms) / 10


@pytest.mark.parametrize("fewer", [FEWER, pytest.param(1, marks=pytest.mark.full)])
def test_javascript_says_the_same(fewer: int) -> None:
    answers = in_javascript(fewer)
    for one, (lines, hints), answer in zip(walked(fewer), in_python(fewer), answers, strict=True):
        assert (answer["lines"], answer["hints"]) == (lines, hints), one
    print(f"{len(answers):,} combinations in JavaScript, each the same")


def test_the_oracle_finds_what_is_untrue() -> None:
    """The judge is no rubber stamp: each of these drafts of old is found."""
    one = next(
        one
        for one in walked()
        if one.calculator == "event" and one.truth and one.truth.borne_out and one.truth.stage == "actual"
        and one.truth.held and one.truth.held < one.truth.wanted and one.truth.kind
    )  # fmt: skip
    lines, hints = _in_python(one)
    text = "\n".join(lines)
    assert not untrue(one, lines, hints)
    for old, new in [
        ("埋め合わせました", "埋め合わせます"),
        ("（一部）", "（全量）"),
        ("（種類：森林）", "（種類：）"),
        (show(one.truth.claim / 1000, 3), show(one.truth.wanted / 1000, 3)),
        ("が足りません", ""),
        (one.truth.boundary, "全部"),
    ]:
        assert old in text
        assert untrue(one, text.replace(old, new).splitlines(), hints), new


def test_a_hint_withholds_no_number_and_tells_at_the_field() -> None:
    outcome = run(definition("event"), {"electricity_kwh": "3000", "credit_type": "forest"}, [])
    assert set(outcome.hints) == {"boundary"}
    assert not outcome.problems
    assert all(outcome.shown[name] for name in ("total_kg", "offset_kg", "credits_t", "cost_yen"))


@pytest.mark.parametrize("name", IDS)
def test_no_preset_contradicts_its_boundary(name: str) -> None:
    for preset in catalogue().calculators[name].presets:
        outcome = run(definition(name), preset.inputs, preset.rows)
        assert not outcome.hints, preset.id
        lines = draft(words(), catalogue().calculators[name], outcome)
        assert (len(lines) == 1) == (name in SILENT), lines


def test_a_factor_of_ones_own_is_not_passed_off_as_a_published_one() -> None:
    typed = {"electricity_kwh": "1", "boundary": "host", "electricity_supplier": "own", "electricity_factor": "0.3"}
    outcome = run(definition("event"), typed, [])
    assert "自分で入れた" in "".join(draft(words(), catalogue().calculators["event"], outcome))


def test_what_is_typed_is_no_template() -> None:
    outcome = run(definition("event"), {"electricity_kwh": "1", "boundary": "host", "title": "{claim_t}{boundary}"}, [])
    assert draft(words(), catalogue().calculators["event"], outcome)[0].startswith(
        "{claim_t}{boundary}（年度をここに書く）"
    )


@pytest.mark.full
def test_the_workbook_says_the_same(tmp_path: Path) -> None:
    """A sample of every calculator that drafts, in LibreOffice."""
    names = Names(openpyxl.load_workbook(BytesIO(made())))
    parts = {name: list(part) for name, part in groupby(walked(), lambda one: one.calculator)}
    columns = [part[:: max(1, len(part) // 24)] for name, part in parts.items() if name not in SILENT]
    batches = [[column[i] for column in columns if i < len(column)] for i in range(max(map(len, columns)))]
    books = [
        filled(made(), names, [case(one.calculator, {"inputs": one.inputs, "rows": one.rows}) for one in batch])
        for batch in batches
    ]
    count = 0
    for batch, book in zip(batches, reckoned(books, names, tmp_path), strict=True):
        assert not book.errors()
        for one in batch:
            assert sentences(book, names, one.calculator) == _fifteen_digits(one), one
            count += 1
    print(f"{count} combinations in the workbook, each the same")


def sentences(book: Any, names: Names, name: str) -> list[str]:
    start = f"{prefix(name)}.statement.sentence_"
    keys = [f"{start}{i}" for i in range(1, 1 + sum(key.startswith(start) for key in names.places))]
    return [text for key in keys if (text := book.value(key))]


def _fifteen_digits(one: Walked) -> list[str]:
    """Return the reference's draft with numbers at the 15 digits that spreadsheets show."""
    with patch(
        "macros.calculators.statements.show", lambda value, digits: show(value and float(f"{value:.15g}"), digits)
    ):
        return _in_python(one)[0]
