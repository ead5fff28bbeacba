"""The matrix of facts and documents, printed from the definitions, is what changing each fact shows in documents that are made."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from macros.editions.plan.command import main
from macros.editions.plan.matrix import MARK, Matrix
from macros.editions.plan.papers import as_text, papers_of
from macros.editions.plan.values import Reader
from macros.loading import Guide
from macros.rendering import Renderer

PLANS = {path.stem: path for path in sorted((Path(__file__).parent / "plans").glob("*.json"))}
OTHERS = {"text": ["べつの言葉"], "lines": ["べつの言葉"], "date": ["2027-03-04"], "number": ["0", "4", "7,777"]}
SOME = ("credit_type", "retired_t", "precedent_one", "survey_error")


@pytest.fixture(scope="module")
def renderer(guide: Guide) -> Renderer:
    return Renderer(guide)


def texts(renderer: Renderer, plan: dict[str, Any]) -> dict[str, str]:
    """Make all documents of a plan as text."""
    reader = Reader(renderer, plan)
    values, gap = reader.values(), reader.words["gap"]
    return {name: as_text(one["blocks"], values, gap) for name, one in papers_of(reader.words, plan["method"]).items()}


def others(matrix: Matrix, name: str, now: str) -> Iterator[str]:
    """Yield what else a fact may say; nothing at all, where it says something."""
    fact = matrix.words["facts"][name]
    choices = list(fact.get("choices", ())) or list(matrix.inputs.get(fact.get("input"), {}).get("choices", {}))
    records = [one for one, (_, methods) in matrix.words["precedents"].items() if matrix.id in methods]
    known = records if "of" in fact and fact["kind"] == "choice" else choices
    offered = [one for one in known if f"{name}={one}" not in matrix.method["without"]]
    yield from ([""] if now else [])
    yield from (one for one in OTHERS.get(fact["kind"], offered[:5]) if one != now)


def changed(renderer: Renderer, matrix: Matrix, plans: list[dict[str, Any]], name: str) -> list[str]:
    """Return the documents whose text is another when a fact is, however the plan ends."""
    found, before = set(), {}
    for plan in plans:
        before = texts(renderer, plan)
        for text in others(matrix, name, plan["facts"].get(name, "")):
            after = texts(renderer, plan | {"facts": plan["facts"] | {name: text}})
            found |= {paper for paper in before if before[paper] != after[paper]}
    return [paper for paper in before if paper in found]


def however_it_ends(matrix: Matrix, plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a plan under each course of its method."""
    courses = [plan["facts"].get("course", ""), *others(matrix, "course", plan["facts"].get("course", ""))]
    return [plan | {"facts": plan["facts"] | {"course": course}} for course in courses]


def test_some_facts_stand_where_the_matrix_says(renderer: Renderer) -> None:
    check(renderer, "festival", SOME)


@pytest.mark.full
@pytest.mark.parametrize("name", PLANS)
def test_every_fact_stands_where_the_matrix_says(renderer: Renderer, name: str) -> None:
    check(renderer, name)


def check(renderer: Renderer, name: str, only: tuple[str, ...] = ()) -> None:
    plan = json.loads(PLANS[name].read_text(encoding="utf-8"))
    matrix = Matrix(renderer, plan["method"])
    rows = {fact: papers for fact, _, papers in matrix.rows() if not only or fact in only}
    assert set(rows) >= set(only)
    plans = however_it_ends(matrix, plan)
    seen = {fact: changed(renderer, matrix, plans, fact) for fact in rows}
    assert rows == seen
    assert all(rows.values())


def test_the_matrix_is_printed(capsys: pytest.CaptureFixture[str], guide: Guide) -> None:
    assert main(["--matrix", "a1"]) == 0
    rows = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines()]
    assert rows[0][:3] == ["欄", "企画書", "起案文"]
    title = next(row for row in rows if row[0] == "件名（title）")
    assert title.count(MARK) == len(rows[0]) - 1 == len(guide.plan.papers)
    assert main(["--matrix", "z9"]) == 1
