"""What readers do on the site, done in Firefox and in WebKitGTK: search, choose, reckon, paste, copy, save, load, print."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from macros.loading.guide import Guide
from tests.calculator_tools import catalogue, in_python, reckoned
from tests.engines import Engine

pytestmark = pytest.mark.full
BOX = "[data-md-component=search-query]"
FIRST_FOUND = ".md-search-result__item .md-search-result__link h1"
SAID = ".md-search-result__meta"
FOUND_TERM = "#glossary-found [data-term]"
SEEN = "[...document.querySelectorAll('{}')].filter((one) => one.checkVisibility()).map((one) => one.{})"
EVENT = next(one for one in catalogue().calculators["event"].examples if one.shown)


@pytest.fixture
def engine(engine: Engine, server: str) -> Engine:
    """Addresses begin at the site's root."""
    engine.base = server
    return engine


# -- search -----------------------------------------------------------------------------------------------


def test_what_is_searched_is_opened_by_enter(engine: Engine) -> None:
    engine.open("/guide/meaning/")
    engine.type(BOX, "むこうか")
    engine.wait_for_text(FIRST_FOUND, "無効化")
    engine.press("Enter")
    engine.wait_for_address("#cancellation")
    engine.wait_for_text("#cancellation mark", "無効化")


def test_enter_before_the_answer_opens_it_when_it_comes(engine: Engine) -> None:
    engine.open("/guide/meaning/")
    assert not engine.script(
        "return performance.getEntriesByType('resource').some(({ name }) => name.includes('/search/'))"
    )
    engine.type(BOX, "むこうか\ue007")
    engine.wait_for_address("#cancellation")


def test_nonsense_brings_nothing(engine: Engine) -> None:
    engine.open("/")
    engine.type(BOX, "回転寿司")
    engine.wait_for_text(SAID, "何も見つかりませんでした")
    assert engine.all(".md-search-result__item") == []


def test_a_half_composed_word_is_told_when_it_is_whole_and_its_enter_stays(engine: Engine) -> None:
    engine.open("/guide/meaning/")
    engine.type(BOX, "むこう")
    engine.wait_for_text(SAID, "見つかり")
    engine.compose("か")
    engine.wait_for(f"document.querySelector('{SAID}').getAttribute('aria-live') === 'off'")
    engine.confirm()
    engine.wait_for(f"document.querySelector('{BOX}').value === 'むこうか'")
    engine.wait_for(f"document.querySelector('{SAID}').getAttribute('aria-live') === 'polite'")
    engine.wait_for_text(FIRST_FOUND, "無効化")
    assert engine.script("return location.pathname") == "/guide/meaning/"
    engine.press("Enter")
    engine.wait_for_address("#cancellation")


def test_the_home_page_asks_the_glossary_in_hiragana(engine: Engine) -> None:
    engine.open("/")
    engine.type("#glossary-lookup", "むこうか\ue007")
    engine.wait_for_address("/glossary/?q=むこうか")
    engine.wait_for(lambda: engine.find(FOUND_TERM).get_property("id") == "cancellation")
    assert engine.value("#glossary-search") == "むこうか"


def test_the_glossary_opens_filled_and_finds_as_one_types(engine: Engine) -> None:
    engine.open("/glossary/?q=boundary")
    engine.wait_for(lambda: engine.find(FOUND_TERM).get_property("id") == "boundary")
    engine.type("#glossary-search", "むこうか")
    engine.wait_for_text(FOUND_TERM, "無効化")
    engine.wait_for_address("?q=むこうか")


def test_a_half_composed_word_in_the_glossary_is_told_once(engine: Engine) -> None:
    engine.open("/glossary/")
    engine.type("#glossary-search", "むこう")
    engine.wait_for_text("#glossary-count", "見つかりました")
    engine.compose("か")
    engine.confirm()
    engine.wait_for("document.querySelector('#glossary-search').value === 'むこうか'")
    engine.wait_for_text(FOUND_TERM, "無効化")
    engine.wait_for_address("?q=むこうか")


# -- choosing ---------------------------------------------------------------------------------------------


def test_answers_lead_to_the_methods_that_fit(engine: Engine, guide: Guide) -> None:
    question = guide.chooser[0]
    choice = question.choices[0]
    engine.open("/methods/")
    engine.click(f"#{question.id}-{choice.id}")
    engine.wait_for_text("[data-chooser-status]", f"合う方法は{len(choice.methods)}件です。")
    shown = engine.script(f"return {SEEN.format('[data-method]', 'dataset.method')}")
    assert sorted(shown) == sorted(choice.methods)


def test_the_filter_leaves_the_cases_of_a_method(engine: Engine, guide: Guide) -> None:
    wanted = {case.id for case in guide.cases if "a1" in [tie.ref for tie in case.methods]}
    engine.open("/cases/")
    engine.choose("#filter-method", "a1")
    engine.wait_for_text("[data-filter-status]", f"{len(guide.cases)}件のうち{len(wanted)}件を表示しています。")
    engine.wait_for_address("?method=a1")
    assert set(engine.script(f"return {SEEN.format('[data-case]', 'id')}")) == wanted


# -- reckoning --------------------------------------------------------------------------------------------


def wide(text: str) -> str:
    """Write digits, comma and point as an input method does that is left on."""
    return "".join(
        unicodedata.lookup(f"FULLWIDTH {unicodedata.name(one)}") if one in "0123456789,." else one for one in text
    )


def test_full_width_digits_give_the_numbers_of_the_reference(engine: Engine) -> None:
    engine.open("/calculators/event/")
    engine.find("offset-calculator[data-ready]")
    for name, text in EVENT.inputs.items():
        list_of_choices = engine.find(f"[name={name}]").get_property("localName") == "select"
        engine.fill(f"[name={name}]", text if list_of_choices else wide(text))
    reference = in_python("event", {"inputs": EVENT.inputs, "rows": []})
    total = reference["shown"]["total_kg"]
    engine.wait_for_text("output[name=total_kg]", total)
    shown = {name: text for name, text in reference["shown"].items() if engine.all(f"output[name={name}]")}
    assert len(shown) > 10
    assert {name: engine.text(f"output[name={name}]") for name in shown} == shown


GENERATOR = {"台数": "3", "1台の出力": "25", "1台が動いた": "９"}


@pytest.mark.parametrize("place", ["calculators", "embed"])
def test_an_amount_is_derived_from_what_one_knows(engine: Engine, place: str) -> None:
    engine.open(f"/{place}/event/")
    engine.find("offset-calculator[data-ready]")
    if place == "embed":
        engine.click("[data-do=choose]")
    field = "[data-field]:has([name=diesel_l])"
    engine.click(engine.named(f"{field} button", "分かる数から出す"))
    engine.click(engine.named(f"{field} [role=group] option", "発電機（軽油）の大きさと時間"))
    for label, text in GENERATOR.items():
        named = engine.named(f"{field} [role=group] > div > div > label", label)
        engine.script("return arguments[0].control", named).send_keys(text)
    engine.click(engine.named(f"{field} [role=group] button", "この量を欄に入れる"))
    engine.wait_for("document.querySelector('offset-calculator [name=diesel_l]').value === '115.4'")
    wanted = reckoned("event", "total_kg", diesel_l="115.4")[1]
    engine.wait_for_text("output[name=total_kg]", wanted)


# -- the clipboard ----------------------------------------------------------------------------------------

COPY_FROM = """const area = document.createElement("textarea");
area.id = "copied-from";
area.value = arguments[0];
document.body.append(area);
area.select();"""
CELLS = """return [...document.querySelectorAll("[data-row]")].map((row) =>
  [...row.querySelectorAll("input")].map((one) => one.value).filter(Boolean));"""


def paste(engine: Engine, selector: str, text: str) -> None:
    """Copy a text by keys, as from a spreadsheet, and paste it by keys into a field."""
    engine.script(COPY_FROM, text)
    engine.press("Control", "c")
    engine.script("document.querySelector('#copied-from').remove()")
    engine.click(selector)
    engine.press("Control", "v")
    engine.wait_for_text("offset-calculator [role=status]", "表を貼り付けました。")


def rows(engine: Engine, output: str) -> list[str]:
    return engine.texts(f"[data-row] output[name={output}]")


def test_a_years_table_of_offices_is_pasted(engine: Engine) -> None:
    engine.open("/calculators/office/")
    engine.find("offset-calculator[data-ready]")
    if not engine.all("[data-row]"):
        engine.click(engine.named("offset-calculator button", "行を足す"))
    table = [["本庁舎", "120000"], ["図書館", "３４，０００"]]
    paste(engine, "[data-row] [name=facility]", "\r\n".join("\t".join(row) for row in table) + "\r\n")
    assert engine.script(CELLS) == table
    rows = [[*row, *[""] * 8] for row in table]
    wanted = in_python("office", {"inputs": {}, "rows": rows})["shown"]["total_kg"]
    engine.wait_for_text("output[name=total_kg]", wanted)


def test_a_joint_purchase_is_pasted_and_allotted(engine: Engine) -> None:
    engine.open("/calculators/joint-purchase/#v=1&bought_t=0.5")
    engine.find("offset-calculator[data-ready]")
    paste(engine, "[data-row] [name=municipality]", "A区\t会議\t201\r\nB市\t会議\t300\r\nC町\t会議\t499\r\n")
    engine.wait_for(lambda: rows(engine, "allotted_kg") == ["101.0", "150.0", "249.0"])


@pytest.mark.parametrize("name", ["event", "joint-purchase"])
def test_a_copied_link_opens_the_same_form(engine: Engine, name: str) -> None:
    engine.open(f"/calculators/{name}/")
    engine.click("[data-do=preset]")
    before = engine.texts("output")
    assert any(before)
    engine.click("[data-do=link]")
    engine.wait_for_text("offset-calculator [role=status]", "コピーしました")
    address = engine.value("[data-output] textarea")
    assert address == pasted(engine)
    engine.open(address)
    engine.wait_for(lambda: engine.texts("output") == before)


def pasted(engine: Engine) -> str:
    """What lies on the clipboard, taken out by keys."""
    engine.script(COPY_FROM, "")
    engine.press("Control", "v")
    engine.wait_for("document.querySelector('#copied-from').value")
    return engine.value("#copied-from")


# -- files ------------------------------------------------------------------------------------------------


def test_the_csv_is_given_as_a_file(engine: Engine) -> None:
    engine.open("/calculators/event/#v=1&title=祭&rail_people=120&rail_km=20&trips=2")
    engine.wait_for_text("output[name=line_rail]", "8")
    text = engine.download("[data-do=csv]").decode("utf-8")
    shown = reckoned("event", "line_rail", rail_people="120", rail_km="20", trips="2")[1]
    assert text.startswith("\ufeffsection,id,row,label,value,shown,unit,text,arithmetic,source,date,link\r\n")
    assert f",{shown.replace(',', '')},kg-CO2," in text
    assert "input,title,,件名" in text


def load(engine: Engine, file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    engine.give("[data-do=load]", file)


def test_a_saved_file_is_loaded_again(engine: Engine, tmp_path: Path) -> None:
    engine.open("/calculators/office/")
    engine.click("[data-do=preset]")
    total = engine.text("output[name=total_kg]")
    saved = json.loads(engine.download("[data-do=save]"))
    assert saved["calculator"] == "office"
    engine.click("[data-do=clear]")
    engine.wait_for("!document.querySelector('output[name=total_kg]').textContent")
    load(engine, tmp_path / "office.json", saved)
    engine.wait_for_text("output[name=total_kg]", total)


def test_a_file_made_with_other_factors_tells_what_changed_first(engine: Engine, tmp_path: Path) -> None:
    engine.open("/calculators/event/#v=1&electricity_kwh=3000")
    engine.wait_for("document.querySelector('output[name=total_kg]').textContent")
    now = engine.text("output[name=total_kg]")
    saved = json.loads(engine.download("[data-do=save]"))
    saved["factors_checked"] = "2025-01-01"
    saved["results"]["total_kg"] = 1234.5
    saved["factors"][next(iter(saved["factors"]))] = 0.987654
    engine.type("[name=electricity_kwh]", "10")
    load(engine, tmp_path / "event.json", saved)
    for told in ("係数の確認日が2025-01-01のときに保存したファイルです", "1,234.5 kg-CO", now, "0.987654"):
        engine.wait_for_text("[data-output]", told)
    assert engine.value("[name=electricity_kwh]") == "10"
    engine.click(engine.named("[data-output] button", "計算し直して読み込む"))
    engine.wait_for(lambda: engine.text("output[name=total_kg]") == now)


def test_a_file_of_another_version_is_told(engine: Engine, tmp_path: Path) -> None:
    engine.open("/calculators/event/#v=1&electricity_kwh=3000")
    saved = json.loads(engine.download("[data-do=save]"))
    load(engine, tmp_path / "event.json", saved | {"version": 2})
    engine.wait_for_text("offset-calculator [role=status]", "ファイルの版が2です（この計算器は1）。")


# -- paper ------------------------------------------------------------------------------------------------


def test_the_print_sheet_holds_what_was_entered(engine: Engine) -> None:
    engine.open("/calculators/event/#v=1&title=環境フェア&rail_people=120&rail_km=20&trips=2&credit_type=forest")
    engine.find("offset-calculator[data-ready]")
    engine.script("window.print = () => { window.printed = true; }")
    engine.click("[data-do=print]")
    engine.wait_for("window.printed")
    captions = engine.script(
        "return [...document.querySelectorAll('[data-sheet] caption')].map((one) => one.textContent)"
    )
    assert captions == ["入れた値", "内訳と計算", "結果", "使った係数"]
    words = engine.text("[data-sheet]")
    assert "環境フェア" in words
    assert reckoned("event", "line_rail", rail_people="120", rail_km="20", trips="2")[1] in words
