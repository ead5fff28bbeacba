"""A plan begun in one engine and ended in the other: each fact typed once, the documents those that Python makes."""

import json
from pathlib import Path
from typing import Any

import pytest

from macros.editions.plan.command import documents
from macros.editions.plan.papers import texts_in
from macros.loading import Guide
from macros.rendering import Renderer
from tests.engines import Engine

pytestmark = pytest.mark.full
FESTIVAL: dict[str, Any] = json.loads((Path(__file__).parent / "plans/festival.json").read_text(encoding="utf-8"))
STATUS = ".plan-tools [role=status]"
PAPERS = ("planning-sheet", "purchase", "statement", "report")


def blank(engine: Engine, server: str) -> None:
    engine.open(f"{server}/plan/")
    engine.find("offset-plan[data-ready]")


def begin(engine: Engine, plan: dict[str, Any]) -> None:
    """Type method, facts and the amounts of before."""
    engine.choose("[data-method-choice]", plan["method"])
    engine.wait_for_text(STATUS, "取組方法を選びました。")
    engine.find("offset-plan offset-calculator[data-ready]")
    for name, text in plan["facts"].items():
        engine.fill(f"[data-fact={name}] [name={name}]", text)
        assert engine.value(f"[data-fact={name}] [name={name}]") == text, name
    amounts(engine, plan, "before")


def amounts(engine: Engine, plan: dict[str, Any], stage: str) -> None:
    for name, text in plan["calculators"][0][stage]["inputs"].items():
        engine.fill(f"#{stage} offset-calculator [name={name}]", text)


def open_file(engine: Engine, file: Path, plan: dict[str, Any]) -> None:
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    engine.give(".plan-tools [data-do=open]", file)


def saved(engine: Engine) -> dict[str, Any]:
    return json.loads(engine.download("offset-plan [data-do=save]"))


def test_a_plan_is_begun_in_one_and_ended_in_the_other(
    engine: Engine, other_engine: Engine, server: str, guide: Guide, tmp_path: Path
) -> None:
    blank(engine, server)
    begin(engine, FESTIVAL)
    first = saved(engine)
    assert first["facts"] == FESTIVAL["facts"]
    blank(other_engine, server)
    open_file(other_engine, tmp_path / "plan.json", first)
    other_engine.wait_for_text(STATUS, "案件を開きました。")
    assert saved(other_engine) == first
    other_engine.click(other_engine.named("#after button", "事後の量を入れる"))
    other_engine.find("#after offset-calculator[data-ready]")
    amounts(other_engine, FESTIVAL, "after")
    second = saved(other_engine)
    assert second["calculators"][0]["after"]["inputs"].items() >= FESTIVAL["calculators"][0]["after"]["inputs"].items()
    expected, _, told = documents(Renderer(guide), json.dumps(second).encode())
    assert told == []
    for paper in PAPERS:
        made = other_engine.download(f"[data-paper={paper}] [data-do=word]")
        assert texts_in(made) == texts_in(expected[paper]), paper
    shown = [other_engine.text(f"#after output[name={name}]") for name in ("total_kg", "credits_t", "cost_yen")]
    report = "\n".join(texts_in(expected["report"]))
    assert all(text and text in report for text in shown), shown


def test_a_plan_of_older_factors_tells_what_changed_first(engine: Engine, server: str, tmp_path: Path) -> None:
    blank(engine, server)
    open_file(engine, tmp_path / "plan.json", FESTIVAL)
    engine.wait_for_text(STATUS, "案件を開きました。")
    old = saved(engine)
    now = old["calculators"][0]["factors"]["travel-rail"]
    old["calculators"][0]["before"]["results"]["total_kg"] = 3000
    old["calculators"][0]["factors"]["travel-rail"] = 0.987
    old["facts"]["title"] = "古い案件"
    open_file(engine, tmp_path / "old.json", old)
    for told in ("3,000.0 kg-CO", "0.987", str(now)):
        engine.wait_for_text("[data-told] table", told)
    assert engine.value("[data-fact=title] [name=title]") == FESTIVAL["facts"]["title"]
    engine.click(engine.named("offset-plan button", "計算し直して開く"))
    engine.wait_for(lambda: engine.value("[data-fact=title] [name=title]") == "古い案件")


def test_a_plan_of_another_version_is_refused_and_nothing_is_lost(engine: Engine, server: str, tmp_path: Path) -> None:
    blank(engine, server)
    open_file(engine, tmp_path / "plan.json", FESTIVAL)
    engine.wait_for_text(STATUS, "案件を開きました。")
    open_file(engine, tmp_path / "new.json", FESTIVAL | {"v": 2})
    engine.wait_for_text(STATUS, "ファイルの版が2です")
    assert engine.value("[data-fact=title] [name=title]") == FESTIVAL["facts"]["title"]
