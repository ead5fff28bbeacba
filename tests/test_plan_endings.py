"""What the documents of a plan say however it ends, and of what cannot be so; Python and the browser's script say the same."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from macros.calculators.statements import words_of as statement_words
from macros.editions.plan.command import texts
from macros.editions.plan.file import read_plan
from macros.editions.plan.words import calculator_words, words_of
from tests.calculator_tools import ENGINE, ROOT, definition, node, renderer

PLANS = Path(__file__).parent / "plans"
SCRIPTS = [ENGINE, *(ROOT / f"docs/assets/js/{name}.js" for name in ("plan", "statement", "plan-paper"))]
# the plans of the five ways to offset, by their method
WHOLE = {
    plan["method"]: plan
    for plan in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(PLANS.glob("*.json")))
}
ENDED = {"ended_because": "台風のため", "held_use": "来年度のまつりで使う"}
Texts = dict[str, str]


def changed(facts: dict[str, str], method: str = "a1", after: bool = True) -> dict[str, Any]:
    plan = WHOLE[method] | {"facts": WHOLE[method]["facts"] | facts}
    if not after:
        plan["calculators"] = [one | {"after": {"inputs": {}, "rows": []}} for one in plan["calculators"]]
    return plan


@cache
def _made(content: str) -> tuple[Texts, list[str]]:
    return texts(renderer(), content.encode())


def made(facts: dict[str, str], method: str = "a1", after: bool = True) -> Texts:
    return _made(json.dumps(changed(facts, method, after)))[0]


# facts that were told wrong at their fields, and the words of the documents that say them
WRONG = [
    ({"bought_t": "3", "retired_t": "5"}, "5 t-CO₂"),
    ({"published_on": "2026-06-30", "retired_on": "2026-09-01"}, "2026年6月30日"),
    ({"reduction_kg": "999999"}, "999,999"),
    ({"bought_t": "10000001"}, "10,000,001"),
]


@pytest.mark.parametrize(("facts", "shown"), WRONG, ids=lambda one: one if isinstance(one, str) else "")
def test_what_is_told_wrong_at_its_field_goes_into_no_document(facts: dict[str, str], shown: str) -> None:
    said = made(facts)
    assert [paper for paper, text in said.items() if shown in text] == []
    assert "埋め合わせの実施\t無効化した量" in said["handover"] or "retired_t" not in facts


def test_days_in_a_wrong_order_are_still_to_do_and_deadlines_may_be_over() -> None:
    early = {"published_on": "2026-06-30", "retired_on": "2026-07-01"}
    assert "埋め合わせの実施\t無効化日" in made(early)["handover"]
    assert "公開\t公表日" in made(early)["handover"]
    assert "2026年7月1日" in made(early)["report"]
    over = {f"due_{task}": "2026-05-01" for task in ("buy", "publish")} | {"written_on": "2026-12-01"}
    assert "足りないものはありません" in made(over)["handover"]


PURCHASE = {"budget", "data-request", "purchase", "survey"}


@pytest.mark.parametrize("method", WHOLE)
def test_what_was_stopped_asks_for_nothing_and_says_what_becomes_of_the_credits(method: str) -> None:
    course = "cancelled" if method in {"a1", "a2", "a3", "d1"} else "stopped"
    said = made({"course": course, "retired_t": "", "retired_on": "", **ENDED}, method)
    assert not PURCHASE & set(said)
    assert all("中止" in text for text in said.values()), [name for name, text in said.items() if "中止" not in text]
    for text in said.values():
        assert "実施してよいか" not in text
        assert "埋め合わせる計画" not in text
        assert "埋め合わせました" not in text
    for paper in ("approval", "statement", "report", "handover"):
        assert "来年度のまつりで使う" in said[paper], paper
    for paper in ("approval", "statement", "report"):
        assert "台風のため" in said[paper], paper
    assert "事後" not in said["handover"].split("残っていること")[1].split("仮に置いた数")[0]
    told = _made(json.dumps(changed({"course": course, **ENDED}, method)))[1]
    assert sum("この文書は作りません" in one for one in told) == len(PURCHASE & set(made({}, method)))


def test_credits_that_are_left_are_reckoned() -> None:
    said = made({"course": "cancelled", "bought_t": "9", "retired_t": "2.5", **ENDED})
    assert "手元に残る量（調達した量－無効化した量）\t6.5 t-CO₂" in said["statement"]


def test_a_plan_that_does_not_buy_yet_asks_for_no_purchase_and_publishes_none() -> None:
    said = made({"course": "wait", "retired_t": "", "retired_on": ""})
    assert "purchase" not in said
    assert "実施してよいか" not in said["approval"]
    assert "買うかどうかは、あらためて" in said["approval"]
    assert "調達する量" not in said["approval"]
    assert "埋め合わせる計画です" not in said["statement"]
    assert "「まだ買わない」なので" in said["statement"]
    said = made({"course": "undecided"}, "b1")
    assert "purchase" not in said
    assert "行うかどうかは、あらためて" in said["approval"]


def test_a_revised_plan_asks_for_the_change_and_for_what_lacks() -> None:
    said = made({"course": "revised", "bought_t": "1", "retired_t": "", "retired_on": ""})
    assert "変更してよいか" in said["approval"]
    assert "補正の積算" in said["budget"]
    assert "足りない量（補正する数量）\t2.000 t-CO₂" in said["budget"]
    assert "量（要る量－調達した量）\t2.000 t-CO₂" in said["purchase"]


def test_what_is_retired_is_not_told_as_planned_while_the_actuals_lack() -> None:
    said = made({}, after=False)["statement"]
    assert "実施前のお知らせ" not in said
    assert "JCR-000" not in said
    assert "公表文の案を作っていません：無効化は済んでいますが、事後の算定が未記入です" in said
    before = made({"retired_t": "", "retired_on": ""}, after=False)["statement"]
    assert "実施前のお知らせ" in before
    assert "無効化の記録" not in before
    assert "無効化の記録" in made({})["statement"]


def test_the_day_beside_a_source_says_what_it_is() -> None:
    sheet = made({})["planning-sheet"]
    assert "（適用 2025-04-01から）" in sheet
    assert "（2025-04-01）" not in sheet


def _courses(method: str) -> list[str]:
    choices = words_of(renderer())["facts"]["course"]["choices"]
    return [one for one in choices if f"course={one}" not in words_of(renderer())["methods"][method]["without"]]


def test_the_browsers_script_says_the_same_however_a_plan_ends() -> None:
    plans = [
        changed({"course": course, **ENDED, **facts}, method, after)
        for method in WHOLE
        for course in ["", *_courses(method)]
        for facts, after in (({}, True), ({}, False), ({"retired_t": "", "retired_on": ""}, True))
    ] + [changed(facts) for facts, _ in WRONG]
    plans += [changed({"published_on": "2026-06-30", "retired_on": "2026-07-01", "boundary": ""})]
    ids = {one["id"] for plan in plans for one in plan["calculators"]}
    asked = {
        "words": words_of(renderer()),
        "statement": statement_words(renderer().catalogue),
        "parts": {one: calculator_words(renderer(), renderer().catalogue.calculators[one]) for one in ids},
        "definitions": {one: definition(one) for one in ids},
        "plans": [read_plan(renderer(), json.dumps(plan).encode())[0] for plan in plans],
    }
    command = [node(), str(ROOT / "tests/parity/plan.js"), *map(str, SCRIPTS)]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    for plan, answer in zip(plans, json.loads(done.stdout), strict=True):
        assert answer == _made(json.dumps(plan))[0], (plan["method"], plan["facts"].get("course"))
    print(f"{len(plans)} plans, the same in both")
