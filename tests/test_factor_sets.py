"""A new set of factors comes in by data files alone; links made before keep their numbers, and nothing is lost between."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from macros.calculators import Catalogue, as_json, run, with_sets
from macros.formulas.numbers import show_typed
from macros.loading.due_factors import overdue_factors
from macros.models.factors import Factor, FactorSets
from macros.pages.check import load
from macros.rendering import Renderer
from tests.calculator_tools import IDS, catalogue, close, definition, in_javascript, in_python
from tests.conftest import build_public
from tests.copies import copied
from tests.embed_tools import weight
from tests.parity.vectors import vectors
from tests.sharing import once

SETS = catalogue().sets
NEW = str(int(SETS.sets[-1].id) + 1)
SEED = 20270401
# calculators that ask for a set
ASKING = [name for name in IDS if "factors" in definition(name)["inputs"]]
# what gets a value in the new set: one behind a choice, one in a formula
NEW_VALUES = {"electricity-unknown": ("electricity", 0.95), "travel-rail": ("travel", 1.25)}
# has none there, and one of its own in both other sets
KEPT = "gasoline"
SET = f"""  - id: '{NEW}'
    title: {NEW}年の版
    short: {NEW}年の版
    label: {NEW}年の版（見本の係数）
    about: 見本の係数です。
    valid_from: 2026-11-01
"""
VALUE = """      - set: '{name}'
        value: {value}
        valid_from: 2026-11-01
        source: {source}
        confidence: official
        note: 見本の値
        retrieved_on: 2026-11-21
        review_by: 2028-01-31
"""


def with_new_set(root: Path) -> Path:
    """Add a set as an editor does, and make it the one of today; return the project."""
    path = root / "data/factor-sets.yml"
    text = path.read_text(encoding="utf-8") + SET
    path.write_text(re.sub(r"^today: .*$", f"today: '{NEW}'", text, flags=re.MULTILINE), encoding="utf-8")
    for name, (topic, times) in NEW_VALUES.items():
        path = root / f"data/factors/{topic}.yml"
        before, head, rest = path.read_text(encoding="utf-8").partition(f"  - id: {name}\n")
        own, more, after = rest.partition("\n  - id: ")
        now = SETS.now(catalogue().factors[name])
        value = VALUE.format(name=NEW, value=round(now.value * times, 9), source=now.source)
        path.write_text(f"{before}{head}{own.rstrip()}\n{value.rstrip()}{more}{after}", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_new_set(copied(tmp_path_factory.mktemp("sets") / "project"))


@pytest.fixture(scope="module")
def new(project: Path) -> Catalogue:
    return load(project).catalogue


@pytest.fixture(scope="module")
def next_site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "next-set", lambda folder: build_public(project, folder / "site")) / "site"


def reckoned(found: dict[str, Any], form: dict[str, Any], factors: str) -> dict[str, Any]:
    """Return what a definition gives for a form in a set of factors."""
    outcome = run(found, form["inputs"] | {"factors": factors}, form["rows"])
    return outcome.lines | outcome.results


def test_the_new_set_is_the_one_to_start_with_and_the_one_before_can_still_be_chosen(new: Catalogue) -> None:
    field = as_json(new, new.calculators["event"])["inputs"]["factors"]
    assert list(field["choices"]) == [
        NEW,
        *(one.id for one in reversed(SETS.sets) if one.id != SETS.guidebook),
        SETS.guidebook,
    ]
    assert (field["default"], field["aliases"]) == (NEW, {"current": NEW, "guidebook": SETS.guidebook})
    help_text = next(
        one.help for group in new.calculators["event"].groups for one in group.inputs if one.id == "factors"
    )
    assert f"{NEW}年の版を使います" in help_text


@pytest.mark.parametrize("name", ASKING)
def test_a_link_of_the_set_before_keeps_every_number(new: Catalogue, name: str) -> None:
    there = as_json(new, new.calculators[name])
    differ = 0
    for form in vectors(definition(name), 300, SEED):
        was = reckoned(definition(name), form, SETS.today)
        assert all(close(was[key], value) for key, value in reckoned(there, form, SETS.today).items()), form
        differ += any(not close(was[key], value) for key, value in reckoned(there, form, NEW).items())
    named = {mark.removeprefix("#") for mark in there["numbers"]}
    assert bool(differ) == bool(named & NEW_VALUES.keys()), "the new values are in use where they are named"


@pytest.mark.parametrize("name", ASKING)
def test_the_guidebook_s_set_keeps_its_own_values_and_takes_the_others_from_the_new_set(
    new: Catalogue, name: str
) -> None:
    there = as_json(new, new.calculators[name])
    then = {mark: number for mark, number in definition(name)["numbers"].items() if mark[0] == "#"}
    assert {mark: there["numbers"][mark][1] for mark in then if catalogue().factors[mark[1:]].by_set} == {
        mark: number[1] for mark, number in then.items() if catalogue().factors[mark[1:]].by_set
    }


def test_what_has_no_value_in_the_new_set_is_that_of_the_set_before_and_is_marked(new: Catalogue) -> None:
    numbers = as_json(new, new.calculators["event"])["numbers"]
    old = definition("event")["numbers"]
    assert numbers[f"#{KEPT}"][:2] == old[f"#{KEPT}"][:2]
    assert numbers[f"#{KEPT}"][3] == {NEW: None}
    assert numbers["#travel-rail"][3] == {SETS.today: old["#travel-rail"][0]}
    assert [mark for mark, number in numbers.items() if isinstance(number[-1], dict) and number[2] == "円/t-CO₂"] == []


@pytest.mark.parametrize("name", IDS)
def test_both_languages_give_the_same_in_every_set(new: Catalogue, name: str) -> None:
    there = as_json(new, new.calculators[name])
    forms = vectors(there, 300, SEED)
    for i, form in enumerate(forms):
        if "factors" in there["inputs"]:
            form["inputs"]["factors"] = list(there["inputs"]["factors"]["choices"])[i % (len(SETS.sets) + 1)]
    [answers] = in_javascript([{"definition": there, "vectors": forms}])
    for form, answer in zip(forms, answers, strict=True):
        expected = in_python(name, form, lambda _: there)
        assert all(answer[part] == expected[part] for part in ("shown", "steps", "rowsShown", "problems")), form
        assert all(close(value, answer["values"][key]) for key, value in expected["values"].items()), form


@pytest.mark.full
def test_libreoffice_reckons_the_same_in_every_set(new: Catalogue, tmp_path: Path) -> None:
    from io import BytesIO

    import openpyxl

    from macros.editions.imprint import Imprint
    from macros.editions.workbook.book import workbook
    from tests import workbook_tools as tools

    definitions = {name: as_json(new, new.calculators[name]) for name in IDS}
    content = workbook(new, Imprint(tools.EPOCH))
    names = tools.Names(openpyxl.load_workbook(BytesIO(content)))
    with (
        patch.object(tools, "catalogue", lambda: new),
        patch.object(tools, "definition", definitions.__getitem__),
        patch.object(tools, "in_python", lambda name, form: in_python(name, form, definitions.__getitem__)),
    ):
        batches = [[] for _ in new.sets.sets]
        for name in ASKING:
            fits = [form for form in vectors(definitions[name], 40, SEED) if len(form["rows"]) <= 30]
            for batch, one, form in zip(batches, new.sets.sets, fits, strict=False):
                batch.append(tools.case(name, form | {"inputs": form["inputs"] | {"factors": one.id}}))
        books = tools.reckoned([tools.filled(content, names, batch) for batch in batches], names, tmp_path)
        for batch, book in zip(batches, books, strict=True):
            assert book.errors() == []
            for case in batch:
                got, wanted = tools.answer(book, case.name, len(case.asked["rows"])), tools.expected(case)
                assert got["steps"] == wanted["steps"], case
                for part in ("values", "others"):
                    assert all(close(value, got[part][key]) for key, value in wanted[part].items()), (case, part)


def test_a_value_whose_set_was_replaced_is_no_longer_due(new: Catalogue) -> None:
    due = overdue_factors(new, "2999-12-31")
    assert len([line for line in due if "  travel-rail: " in line]) == 1 + bool(SETS.then(new.factors["travel-rail"]))
    assert len(due) == len(overdue_factors(catalogue(), "2999-12-31"))


def test_a_plan_names_the_source_of_the_set_it_was_reckoned_with(project: Path, new: Catalogue) -> None:
    from macros.editions.plan.words import calculator_words

    renderer = Renderer(load(project))
    name, source, others = calculator_words(renderer, new.calculators["event"])["factors"]["travel-rail"]
    assert (name, SETS.today in others, "2026-11-01" in source) == ("鉄道", True, True)
    assert "2026-11-01" not in others[SETS.today]


# -- the order of values ------------------------------------------------------------------------------


def sets_of(today: str, *ids: str) -> FactorSets:
    one = SETS.sets[-1].model_dump()
    return FactorSets(
        today=today,
        guidebook="2011",
        sets=[one | {"id": name, "title": name, "short": name, "label": name, "valid_from": None} for name in ids],
    )


def factor_of(**values: float) -> Factor:
    one = catalogue().factors[KEPT].values[-1].model_dump()
    return Factor(
        id="x",
        name="x",
        unit="kg-CO₂/L",
        values=[one | {"set": name[1:], "value": value} for name, value in values.items()],
    )


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"s2011": 1.0, "s2026": 2.0, "s2027": 3.0, "s2028": 4.0}, {"2011": 1, "2026": 2, "2027": 3, "2028": 4}),
        ({"s2011": 1.0, "s2026": 2.0}, {"2011": 1, "2026": 2, "2027": 2, "2028": 2}),
        ({"s2026": 2.0, "s2028": 4.0}, {"2011": 4, "2026": 2, "2027": 2, "2028": 4}),
        ({"s2027": 3.0}, {"2011": 3, "2026": 3, "2027": 3, "2028": 3}),
        ({"s2011": 1.0}, {"2011": 1, "2026": None, "2027": None, "2028": None}),
    ],
)  # fmt: skip
def test_a_set_without_a_value_takes_that_of_the_newest_before_it(
    values: dict[str, float], wanted: dict[str, float | None]
) -> None:
    sets = sets_of("2028", "2011", "2026", "2027", "2028")
    found = {one: sets.value(factor_of(**values), one) for one in wanted}
    assert {one: value and value.value for one, value in found.items()} == wanted


def test_a_set_that_is_not_of_today_yet_changes_no_number_of_today() -> None:
    sets, factor = sets_of("2026", "2011", "2026", "2027"), factor_of(s2011=1.0, s2026=2.0, s2027=3.0)
    assert (sets.now(factor).value, sets.value(factor, "2027").value) == (2, 3)  # type: ignore[union-attr]
    assert [one.id for one in sets.offered] == ["2026", "2027", "2011"]


def test_a_set_between_that_reuses_an_older_value_reckons_with_it_and_marks_it() -> None:
    """Nothing in today's data is like it yet: 2027 has no value of its own and 2028 has one."""
    now = catalogue()
    sets = sets_of("2028", "2011", "2026", "2027", "2028")
    rail = factor_of(s2026=2.0, s2028=4.0).model_copy(update={"id": "travel-rail", "unit": "kg-CO₂/人km"})
    field = next(one for one in with_sets(now.parts, sets).inputs if one.id == "factors")
    groups = [
        group.model_copy(update={"inputs": [field if one.id == field.id else one for one in group.inputs]})
        for group in now.calculators["event"].groups
    ]
    changed = replace(now, sets=sets, factors=now.factors | {"travel-rail": rail})
    there = as_json(changed, now.calculators["event"].model_copy(update={"groups": groups}))
    assert there["numbers"]["#travel-rail"][3] == {"2026": 2, "2027": [2]}
    form = {"inputs": {"rail_people": "1", "rail_km": "1", "trips": "1", "factors": "2027"}, "rows": []}
    [[answer]] = in_javascript([{"definition": there, "vectors": [form]}])
    assert answer["values"]["line_rail"] == in_python("event", form, lambda _: there)["values"]["line_rail"] == 2


# -- the site --------------------------------------------------------------------------------------------


def parsed(site: Path, page: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / page / "index.html").read_text(encoding="utf-8"))


@pytest.mark.full
def test_the_new_set_is_named_wherever_sets_are(next_site: Path) -> None:
    short = f"{NEW}年の版"
    for page in ("calculators/event", "embed/event", "embed"):
        options = parsed(next_site, page).css("select[name=factors] option")
        known = [one.attributes["value"] for one in options if one.attributes["value"]]
        assert known[:2] == [NEW, SETS.today], page
    assert short in parsed(next_site, "embed/event").css_first("footer").text()
    assert short in parsed(next_site, "embed/event").css_first("[data-worked-example] caption").text()
    heads = [
        one.text() for one in parsed(next_site, "calculators/event").css("[aria-label=この計算器の係数] th[scope=col]")
    ]
    assert heads[2:4] == [short, SETS.past.short]
    assert f"係数は{short}" in (next_site / "embed/event/picture.svg").read_text(encoding="utf-8")
    tables = parsed(next_site, "calculators/factors").css_first("[data-factor-tables]")
    assert f"{short}：見本の係数です。これからの計算には、この版を使います。" in tables.text()
    assert f"{short}でも使います" in parsed(next_site, "calculators/factors").css_first(f"#{KEPT}").text()
    assert f"{short}でも使います" not in parsed(next_site, "calculators/factors").css_first("#travel-rail").text()


@pytest.mark.full
@pytest.mark.parametrize("name", ASKING)
def test_one_more_set_costs_a_frame_few_bytes(site: Path, next_site: Path, name: str) -> None:
    assert weight(next_site, name) - weight(site, name) <= 150


@pytest.mark.full
def test_the_open_data_tell_which_set_is_of_today_and_what_it_took_the_place_of(next_site: Path) -> None:
    sets = json.loads((next_site / "data/factor-sets.json").read_text(encoding="utf-8"))["records"]
    assert [(one["id"], one["role"], one["valid_from"], one["replaces"]) for one in sets] == [
        (SETS.guidebook, "guidebook", None, None),
        (SETS.today, None, "2025-04-01", None),
        (NEW, "today", "2026-11-01", SETS.today),
    ]


@pytest.mark.full
def test_tables_to_take_away_have_the_new_set(next_site: Path) -> None:
    text = (next_site / "embed/event/factors.csv").read_text(encoding="utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(text.splitlines())}
    was = SETS.now(catalogue().factors["travel-rail"])
    assert rows["travel-rail"][f"value_{SETS.today}"] == show_typed(was.value)
    assert rows["travel-rail"][f"value_{NEW}"] == show_typed(round(was.value * 1.25, 9))
    assert rows[KEPT][f"value_{NEW}"] == ""
    data = json.loads((next_site / "data/factors.json").read_text(encoding="utf-8"))
    [rail] = [one for one in data["records"] if one["id"] == "travel-rail"]
    assert [one["set"] for one in rail["values"]][-1] == NEW


@pytest.mark.full
def test_a_page_marks_what_it_reuses_and_compares_with_the_guidebook(
    new_page: Callable[..., Page], serve: Callable[..., str], next_site: Path
) -> None:
    page = new_page(origin=serve(next_site, "/offset/"))
    filled = "#v=1&rail_people=100&rail_km=10&trips=1&gasoline_l=100"
    page.goto(f"/offset/calculators/event/{filled}&factors={NEW}")
    lines = {name: page.locator("tr", has=page.locator(f"output[name=line_{name}]")) for name in ("rail", "gasoline_l")}
    expect(lines["gasoline_l"]).to_contain_text("この版の値が未確認のため、ほかの版の値です。")
    expect(lines["rail"]).not_to_contain_text("ほかの版の値")
    typed = {"rail_people": "100", "rail_km": "10", "trips": "1"}
    rail = {
        one: in_python("event", {"inputs": typed | {"factors": one}, "rows": []})
        for one in (SETS.today, SETS.guidebook)
    }
    expect(lines["rail"].locator("[data-other]")).to_have_text(rail[SETS.guidebook]["shown"]["line_rail"])
    page.goto("about:blank")
    page.goto(f"/offset/calculators/event/{filled}&factors={SETS.today}")
    expect(page.locator("output[name=line_rail]")).to_have_text(rail[SETS.today]["shown"]["line_rail"])
    expect(lines["gasoline_l"]).not_to_contain_text("ほかの版の値")
    expect(lines["rail"].locator("[data-other]")).to_have_text(rail[SETS.guidebook]["shown"]["line_rail"])
    page.locator("[name=factors]").select_option(SETS.guidebook)
    expect(lines["rail"].locator("[data-other]")).to_have_text(
        page.evaluate("document.querySelector('offset-calculator').other.shown.line_rail")
    )
    expect(page.locator("output[name=line_rail]")).to_have_text(rail[SETS.guidebook]["shown"]["line_rail"])
