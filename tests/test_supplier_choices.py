"""Every supplier of the official tables can be chosen, with the factor that was published, in Python and in the browser alike."""

import csv
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from macros.calculators import Suppliers, as_json, run, with_suppliers
from macros.editions.plan.command import documents
from macros.editions.plan.papers import texts_in
from macros.hosting.hashing import file_of
from macros.models.factors import FactorSet
from macros.models.suppliers import SupplierTable
from macros.site.frames import TABLES, suppliers_to_find
from macros.site.job import Job
from tests.calculator_tools import ENGINE, ROOT, close, definition, node, renderer
from tests.embed_tools import zipped
from tests.test_plan_browser import FESTIVAL, open_file, word

NewPage = Callable[..., Page]
KINDS = {"electricity": ("electricity_supplier", 1000), "gas": ("gas_supplier", 1), "heat": ("heat_supplier", 1000)}
# what the data has for one that no row of a table has the words for
AREA = re.compile(r"\s*(?:メニュー[A-Z]{1,2}(?:\(残差\))?|残差|\(参考値\)事業者全体)$")


def suppliers() -> Suppliers:
    found = renderer().guide.catalogue.suppliers
    assert found
    return found


def published(kind: str) -> list[list[str]]:
    """Return the rows of a table as they stand in its file, read here and not by the loader."""
    lines = (ROOT / f"data/suppliers/{kind}-2026.tsv").read_text(encoding="utf-8").splitlines()
    return [row + [""] * 6 for row in csv.reader([one for one in lines if not one.startswith("#")][1:], delimiter="\t")]


def wanted(kind: str) -> list[list[Any]]:
    """Return [number, name, area, menu, basic, adjusted, marked] of each row, in kg-CO2 per unit."""
    scale = KINDS[kind][1]
    rows = []
    for number, name, menu, basic, adjusted, marks, *_ in published(kind):
        area = AREA.sub("", menu)
        said = menu[len(area) :].strip().replace("(残差)", "（残差）")
        said = "事業者全体（参考値）" if "参考値" in said else said
        values = [round(float(text) * scale, 6) for text in (basic, adjusted)]
        rows.append([number if re.match(r"[A-Z]?\d", number) else "", name or number, area, said, *values, bool(marks)])
    return rows


@cache
def script(folder: str) -> list[Path]:
    """Return the script of suppliers with its data, as a build writes it."""
    made = Path(folder)
    (made / "assets/js").mkdir(parents=True)
    path = made / "assets/js/calculator-suppliers.js"
    path.write_bytes((ROOT / "docs/assets/js/calculator-suppliers.js").read_bytes())
    suppliers_to_find(Job(ROOT, made, renderer().guide, editions=False, builder="mkdocs", frozen=True))
    return [path, made / "assets" / TABLES]


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, Any]]:
    """Ask the JavaScript what it makes of forms."""
    files = script(str(tmp_path_factory.mktemp("suppliers")))

    def ask(name: str, forms: list[dict[str, Any]]) -> dict[str, Any]:
        command = [node(), str(ROOT / "tests/parity/suppliers.js"), str(ENGINE), *map(str, files)]
        given = json.dumps({"definition": definition(name), "forms": forms})
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return ask


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_is_offered_in_both_languages_as_published(kind: str, asked: Callable) -> None:
    rows = wanted(kind)
    assert len(rows) == {"electricity": 1295, "gas": 113, "heat": 38}[kind]
    ours = [
        [one.number, one.name, one.area, offer.menu, offer.basic, offer.adjusted, offer.marked]
        for one in suppliers().of(f"{kind}-2026").values()
        for offer in one.offers
    ]
    theirs = [
        [one["number"], one["name"], one["area"], *(offer[key] for key in ("menu", "basic", "adjusted", "marked"))]
        for one in asked("event", [])["all"][KINDS[kind][0]]["2026"]
        for offer in one["offers"]
    ]
    assert ours == rows
    assert theirs == rows


@pytest.mark.parametrize("kind", KINDS)
def test_what_holds_without_a_menu_is_the_residual_the_only_row_or_the_whole(kind: str, asked: Callable) -> None:
    field = KINDS[kind][0]
    theirs = {one["id"]: one for one in asked("event", [])["all"][field]["2026"]}
    assert list(theirs) == list(suppliers().of(f"{kind}-2026"))
    groups: dict[tuple[str, ...], list[list[Any]]] = {}
    for row in wanted(kind):
        groups.setdefault((*row[:3],), []).append(row)
    for one, rows in zip(suppliers().of(f"{kind}-2026").values(), groups.values(), strict=True):
        residual = [row for row in rows if "残差" in row[3]]
        right = (residual or (rows if len(rows) == 1 else [row for row in rows if "参考値" in row[3]]) or [None])[0]
        assert (one.standard and one.standard.basic) == (right and right[4]), one.id
        assert (theirs[one.id].get("standard") or {}).get("basic") == (right and right[4]), one.id


def forms() -> list[dict[str, Any]]:
    """Return a form for each id of each kind, menus and odd ones too."""
    amounts = {"electricity": "electricity_kwh", "gas": "city_gas_m3", "heat": "heat_gj"}
    ids = [
        (kind, own)
        for kind in KINDS
        for one in suppliers().of(f"{kind}-2026").values()
        for own in (one.id, *(f"{one.id}-{offer.letters}" for offer in one.offers if offer.letters))
    ]
    odd = [
        "a9999",
        "a0009-zz",
        "A0009",
        "a0009-f.2026",
        "a0009-f.2011",
        "a0009.2026",
        "__proto__",
        "a0009-",
        "constructor",
    ]
    ids += [("electricity", one) for one in odd]
    made = [{KINDS[kind][0]: own, amounts[kind]: "12,345.6"} for kind, own in ids]
    return [
        *made,
        *({**one, "factors": "2011"} for one in made[::29]),
        *({**one, "factors": "guidebook"} for one in made[-9:]),
    ]


def test_every_id_gives_the_same_in_both_languages(asked: Callable) -> None:
    typed = forms()
    assert len(typed) > 1300
    answers = asked("event", [{"inputs": one} for one in typed])["outcomes"]
    whole = definition("event")
    told = 0
    for one, answer in zip(typed, answers, strict=True):
        outcome = run(with_suppliers(suppliers(), whole, one), one, [])
        assert (answer["shown"], answer["steps"], answer["problems"]) == (
            outcome.shown,
            outcome.steps,
            outcome.problems,
        )
        values = outcome.lines | outcome.results
        assert all(close(value, answer["values"][key]) for key, value in values.items()), one
        told += bool(outcome.problems)
    assert 5 < told < 20


def test_an_id_of_the_contract_is_what_it_says() -> None:
    def line(**typed: str) -> tuple[str, dict[str, str]]:
        texts = {"electricity_kwh": "1000", **typed}
        outcome = run(with_suppliers(suppliers(), definition("event"), texts), texts, [])
        return outcome.shown["line_electricity_kwh"], outcome.problems

    assert line(electricity_supplier="a0009") == ("547.0", {})
    assert line(electricity_supplier="a0009-f", factors="2026") == ("547.0", {})
    assert line(electricity_supplier="a0009-e", factors="2026") == ("400.0", {})
    assert line(electricity_supplier="a0009", factors="2011") == ("384.0", {})
    assert line(electricity_supplier="a0002") == ("422.0", {})
    assert line(electricity_supplier="a0296") == ("424.0", {})
    shown, problems = line(electricity_supplier="a9999")
    assert (shown, set(problems)) == ("", {"electricity_supplier"})


def next_years() -> tuple[dict[str, Any], Suppliers]:
    """Return a definition and suppliers as they will be when a set of 2027 has a table of its own."""
    catalogue, guide = renderer().guide.catalogue, renderer().guide
    new = FactorSet(id="2027", title="2027年版", short="2027年版", label="2027年版", about="見本")
    sets = guide.factor_sets.model_copy(update={"today": "2027", "sets": [*guide.factor_sets.sets, new]})
    table = suppliers().tables["electricity-2026"]
    rows = tuple(replace(row, value=round(row.value / 2, 7)) for row in table.rows if row.number != "A0002")
    first = guide.suppliers.tables[0]
    data = guide.suppliers.model_copy(
        update={
            "tables": [
                *guide.suppliers.tables,
                SupplierTable(**{**dict(first), "id": "electricity-2027", "set": "2027"}),
            ]
        }
    )
    found = Suppliers(data, {**suppliers().tables, "electricity-2027": replace(table, rows=rows)}, sets)
    whole = as_json(replace(catalogue, sets=sets), catalogue.calculators["event"])
    choices = {"2027": {}, "2026": {}, "2011": {}}
    factors = whole["inputs"]["factors"] | {"choices": choices, "default": "2027"}
    factors["aliases"] = {"current": "2027", "guidebook": "2011"}
    return whole | {"inputs": whole["inputs"] | {"factors": factors}}, found


def test_a_menu_of_another_year_asks_again_and_a_company_is_of_each_year() -> None:
    whole, found = next_years()

    def line(supplier: str, chosen: str) -> tuple[str, list[str]]:
        texts = {"electricity_kwh": "1000", "electricity_supplier": supplier, "factors": chosen}
        outcome = run(with_suppliers(found, whole, texts), texts, [])
        return outcome.shown["line_electricity_kwh"], list(outcome.problems)

    assert line("a0009", "2026") == ("547.0", [])
    assert line("a0009", "2027") == ("273.5", [])
    assert line("a0009-e", "2026") == ("400.0", [])
    assert line("a0009-e", "2027") == ("200.0", [])
    # chosen in 2026, and another set since
    assert line("a0009-e.2026", "2027") == ("", ["electricity_supplier"])
    assert line("a0009-e.2026", "2011") == ("384.0", [])
    # gone from the newer table
    assert line("a0002", "2026") == ("422.0", [])
    assert line("a0002", "2027") == ("", ["electricity_supplier"])
    assert line("a0002", "guidebook") == ("384.0", [])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("えねっと", "a0009"),
        ("エネット", "a0009"),
        ("(株)エネット", "a0009"),
        ("株式会社　エネット", "a0009"),
        ("ｴﾈｯﾄ", "a0009"),
        ("Ａ０００９", "a0009"),
        ("a0269", "a0269"),
        ("東京電力エナジー", "a0269"),
        ("全国平均", "average"),
        ("updater", "a0055"),
    ],
)
def test_a_company_is_found_however_it_is_typed(asked: Callable, text: str, first: str) -> None:
    [found] = asked("event", [{"search": ["electricity_supplier", "2026", text]}])["outcomes"]
    assert found[:1] == [first]


def test_what_is_nowhere_is_not_found(asked: Callable) -> None:
    search = ["electricity_supplier", "2026"]
    assert asked("event", [{"search": [*search, "ありえない名前"]}, {"search": [*search, "　"]}])["outcomes"] == [
        [],
        [],
    ]


def test_each_file_for_suppliers_is_small(site: Path) -> None:
    for name in ("calculator-suppliers", "supplier-tables"):
        assert zipped(file_of(site, f"assets/js/{name}.min.js")) <= 12_000


# -- on the pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/calculators/event/", "/embed/event/"])
def test_a_company_and_its_menu_are_chosen_by_keys_alone(new_page: NewPage, address: str) -> None:
    page = new_page(375, 800)
    page.goto(address)
    page.locator("[name=electricity_kwh]").fill("1000")
    place = page.locator("[data-field]:has([name=electricity_supplier])")
    place.get_by_label("小売電気事業者を名前か番号でさがす").focus()
    page.keyboard.type("エネット")
    found = place.get_by_role("group", name="見つかった会社").get_by_role("button")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("基礎 0.547、調整後 0.547 kg-CO₂/kWh")
    # what is found stands below the field, with nothing between
    label, first = place.get_by_role("searchbox").bounding_box(), found.bounding_box()
    assert label
    assert first
    assert 0 <= first["y"] - label["y"] - label["height"] < 12
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("output[name=line_electricity_kwh]")).to_have_text("547.0")
    # a menu is chosen by pressing anywhere in its row
    sizes = place.locator("label:has([type=radio])").evaluate_all(
        "rows => rows.map((row) => [row, row.firstChild].map((one) => one.getBoundingClientRect()).map(({ width, height }) => [width, height]).flat())"
    )
    assert all(wide > 200 and high >= 44 and min(own) >= 24 for wide, high, *own in sizes), sizes
    expect(place.get_by_role("radio", checked=True)).to_be_focused()
    expect(place).to_contain_text("計算には、基礎の係数を使います。")
    page.keyboard.press("ArrowUp")
    expect(page.locator("output[name=line_electricity_kwh]")).to_have_text("400.0")
    expect(page.locator("offset-calculator [role=status]")).to_contain_text("メニューE（A0009）を選びました。")
    expect(page.locator("[name=electricity_supplier]")).to_have_value("a0009-e")
    fragment = page.evaluate("document.querySelector('offset-calculator').fragment()")
    assert {"electricity_supplier=a0009-e", "factors=2026"} <= set(fragment[1:].split("&"))
    page.goto("about:blank")
    page.goto(address + fragment)
    expect(page.locator("output[name=line_electricity_kwh]")).to_have_text("400.0")
    expect(page.locator("[name=electricity_supplier] option:checked")).to_have_text("(株)エネット　メニューE（A0009）")


def test_a_bad_id_is_told_at_the_field_and_kept_in_the_link(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/embed/event/#v=1&electricity_supplier=a9999&electricity_kwh=1000")
    field = page.locator("[name=electricity_supplier]")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-field]:has([name=electricity_supplier]) [data-error]")).to_have_text(
        re.compile("選び直して")
    )
    assert "a9999" in page.evaluate("document.querySelector('offset-calculator').fragment()")


def test_a_slow_table_is_told_and_a_lost_one_offers_the_link(new_page: NewPage) -> None:
    page = new_page(375, 800, allowed=("ERR_FAILED",))
    waiting = []
    page.route("**/supplier-tables*", lambda route: waiting.append(route))
    page.goto("/embed/event/#v=1&electricity_supplier=a0009&electricity_kwh=1000", wait_until="domcontentloaded")
    error = page.locator("[data-field]:has([name=electricity_supplier]) [data-error]")
    expect(error).to_have_text("読み込んでいます。")
    page.wait_for_timeout(200)
    waiting[0].abort()
    expect(page.locator("[data-output] textarea")).to_have_value(re.compile("electricity_supplier=a0009"))
    expect(error).to_have_text(re.compile("選び直して"))


def test_an_old_choice_is_read_in_a_frame_and_tells_why(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/embed/event/#v=1&electricity_supplier=tepco-whole&electricity_kwh=1000")
    expect(page.locator("output[name=line_electricity_kwh]")).to_have_text("421.0")
    expect(page.locator("[data-field]:has([name=electricity_supplier]) [data-error]")).to_have_text(
        re.compile("残差を公表")
    )


def test_a_plan_reckons_with_a_company_that_only_the_table_has(new_page: NewPage) -> None:
    """Before and after alike, also where another one stands in the form at hand; the documents are Python's."""
    plan = json.loads(json.dumps(FESTIVAL))
    [one] = plan["calculators"]
    one["before"]["inputs"] |= {"electricity_supplier": "a0009-e", "heat_gj": "10", "heat_supplier": "h065-shibuya"}
    one["after"]["inputs"] |= {"electricity_supplier": "a0002"}
    page = new_page(1280, 900)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/plan/")
    page.locator("offset-plan[data-ready]").wait_for()
    open_file(page, plan)
    page.locator("offset-plan offset-calculator[data-ready]").first.wait_for()
    expect(page.locator("[data-results]").first).to_contain_text("kg-CO₂")
    expected, texts, told = documents(renderer(), json.dumps(plan).encode())
    assert told == []
    report = "\n".join(texts_in(expected["report"]))
    assert "電気（イーレックス(株)（A0002））" in report
    assert "電気（(株)エネット　メニューE（A0009））" in texts["planning-sheet"] + report + texts["approval"]
    for paper in ("planning-sheet", "approval", "report"):
        assert texts_in(word(page, paper)) == texts_in(expected[paper]), paper


def test_the_open_data_have_every_row_as_published(site: Path) -> None:
    with (site / "data/suppliers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [
        [row["number"], row["name"], row["area"], row["menu"], float(row["basic"]), float(row["adjusted"])]
        for row in rows
    ]
    assert told == [row[:6] for kind in KINDS for row in wanted(kind)]
    assert [row["replaced"] for row in rows] == [str(row[6]).lower() for kind in KINDS for row in wanted(kind)]
    head = json.loads((site / "data/suppliers.json").read_text(encoding="utf-8"))
    assert "公共データ利用規約（第1.0版" in head["rights"]
    assert "加工後の値について公表元は責任を負いません" in head["rights"]
