"""A plan in the browser: typed once, used everywhere, on the built site; the documents are those that Python makes."""

import gzip
import json
import math
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.editions.imprint import Imprint
from macros.editions.offline import OfflinePage
from macros.editions.plan.command import documents
from macros.editions.plan.papers import texts_in
from macros.loading import Guide
from macros.rendering import Renderer
from tests.browser import settle

PLANS = Path(__file__).parent / "plans"
FESTIVAL: dict[str, Any] = json.loads((PLANS / "festival.json").read_text(encoding="utf-8"))
PAPERS = (
    "planning-sheet",
    "approval",
    "budget",
    "data-request",
    "purchase",
    "retirement-check",
    "statement",
    "report",
    "handover",
    "schedule",
    "survey",
)
# played in full runs only
OTHERS = ("product", "forest", "supply", "pairing", "household", "scheme")
TASKS = ("purpose", "boundary", "before", "reduce", "buy", "hold", "after", "retire", "publish")
NewPage = Callable[..., Page]


@pytest.fixture(scope="module")
def renderer(guide: Guide) -> Renderer:
    return Renderer(guide)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    page = new_page(1280, 900)
    page.set_default_timeout(10_000)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/plan/")
    page.locator("offset-plan[data-ready]").wait_for()
    return page


STATUS = ".plan-tools [role=status]"


def status(page: Page) -> str:
    return page.locator(STATUS).text_content() or ""


def hush(page: Page) -> None:
    """Forget what was last told, so that the same words can be waited for once more."""
    page.locator(STATUS).evaluate("one => { one.textContent = ''; }")


def state(page: Page, task: str) -> str:
    return (page.locator(f"[data-state={task}]").text_content() or "").strip("（）")


def choose(page: Page, method: str) -> None:
    hush(page)
    page.select_option("[data-method-choice]", method)
    # its calculator may be loaded first; this is told at the end
    expect(page.locator(STATUS)).to_have_text("取組方法を選びました。")
    page.locator("offset-plan offset-calculator[data-ready]").first.wait_for()


def put(page: Page, name: str, text: str) -> None:
    field = page.locator(f"[data-fact={name}] [name={name}]")
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(text)
    else:
        field.fill(text)


def put_inputs(page: Page, stage: str, inputs: dict[str, str]) -> None:
    for name, text in inputs.items():
        field = page.locator(f"#{stage} offset-calculator [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def put_rows(page: Page, stage: str, rows: list[list[str]]) -> None:
    for number, row in enumerate(rows):
        fields = page.locator(f"#{stage} offset-calculator [data-row]").nth(number).locator("input, select")
        for field, text in zip(fields.all(), row, strict=True):
            field.fill(text)


def open_file(page: Page, plan: dict[str, Any] | bytes, name: str = "plan.json", todo: str = "open") -> None:
    content = plan if isinstance(plan, bytes) else json.dumps(plan, ensure_ascii=False).encode()
    hush(page)
    with page.expect_file_chooser() as chooser:
        page.locator(f".plan-tools [data-do={todo}]").click()
    chooser.value.set_files({"name": name, "mimeType": "application/json", "buffer": content})
    expect(page.locator(STATUS)).to_have_text(
        re.compile("案件を開きました。|読み込めませんでした。|開くと値が変わります。")
    )


def downloaded(page: Page, press: str) -> bytes:
    with page.expect_download() as got:
        page.locator(press).click()
    return Path(got.value.path()).read_bytes()


def saved(page: Page) -> dict[str, Any]:
    return json.loads(downloaded(page, "[data-do=save]"))


def word(page: Page, paper: str) -> bytes:
    return downloaded(page, f"[data-paper={paper}] [data-do=word]")


def same(page: Page, expected: dict[str, bytes]) -> None:
    """Every document that the page offers is the one that Python makes."""
    offered = page.locator(".plan-paper:not([hidden])").evaluate_all("all => all.map(one => one.dataset.paper)")
    assert set(offered) == set(expected)
    for paper in offered:
        assert texts_in(word(page, paper)) == texts_in(expected[paper]), paper


def play(page: Page, plan: dict[str, Any]) -> None:
    """Type a plan as a person would: method, facts, amounts of before, amounts of after."""
    choose(page, plan["method"])
    for name, text in plan["facts"].items():
        put(page, name, text)
    one = plan["calculators"][0]
    put_inputs(page, "before", one["before"]["inputs"])
    put_rows(page, "before", one["before"]["rows"])
    if one["after"]["inputs"]:
        page.get_by_role("button", name="事後の量を入れる").click()
        put_inputs(page, "after", one["after"]["inputs"])
        put_rows(page, "after", one["after"]["rows"])


def test_the_festival_is_played_from_an_empty_page_to_the_report(page: Page, renderer: Renderer) -> None:
    assert {state(page, task) for task in ("purpose", "publish")} == {"未"}
    play(page, FESTIVAL)
    assert [state(page, task) for task in ("boundary", "before", "reduce", "buy", "after", "retire", "publish")] == [
        "済"
    ] * 7
    shown = [
        page.locator(f"#after offset-calculator output[name={name}]").text_content()
        for name in ("total_kg", "credits_t", "cost_yen")
    ]
    file = saved(page)
    expected, texts, told = documents(renderer, json.dumps(file).encode())
    assert told == []
    same(page, expected)
    report = "\n".join(texts_in(expected["report"]))
    for text in shown:
        assert text
        assert text in report
    assert "2026年9月22日" in report
    assert "JCR-000-001～009" in report
    page.locator("[data-paper=report] [data-do=show]").click()
    expect(page.locator("[data-paper=report] [data-shown] h3").first).to_have_text(
        "カーボン・オフセット実績報告書　多摩川の夏まつり"
    )
    page.locator("[data-paper=report] [data-do=plain]").click()
    expect(page.locator("[data-paper=report] textarea")).to_have_value(texts["report"].lstrip())


@pytest.mark.parametrize("name", ["office", "project", *(pytest.param(one, marks=pytest.mark.full) for one in OTHERS)])
def test_a_plan_of_another_method_is_played_to_the_report(page: Page, renderer: Renderer, name: str) -> None:
    plan = json.loads((PLANS / f"{name}.json").read_text(encoding="utf-8"))
    play(page, plan)
    page.locator("[data-do=count]").click()
    assert {state(page, task) for task in TASKS} <= {"済", "この方法では要りません"}
    place = page.locator("#after offset-calculator output[data-value]:not([data-value=''])")
    shown = [text for text in place.all_text_contents() if text]
    file = saved(page)
    assert {key: text for key, text in file["facts"].items() if not key.startswith("due_")} == plan["facts"]
    expected, texts, told = documents(renderer, json.dumps(file).encode())
    assert told == []
    same(page, expected)
    assert len(shown) > 3
    assert [text for text in shown if text not in texts["report"]] == []


def test_fields_choices_and_names_are_those_of_the_method(page: Page) -> None:
    choose(page, "a1")
    for name in ("reduction_kg", "credit_type", "bought_t"):
        assert page.locator(f"[data-fact={name}]").is_visible()
    assert "買わない" in page.locator("[name=course]").inner_text()
    put(page, "course", "bought")
    choose(page, "c2")
    page.locator("#before offset-calculator[data-calculator=pairing][data-ready]").wait_for()
    for name in ("reduction_kg", "credit_type", "bought_t"):
        assert not page.locator(f"[data-fact={name}]").is_visible()
    assert "買わない" not in page.locator("[name=course]").inner_text()
    assert "選び直してください" in error(page, "course")
    assert page.locator("[data-fact=retired_t] label").inner_text() == "受け取った量（t-CO₂）"
    assert "証書の番号" in page.locator("#retire [data-missing]").inner_text()
    assert page.locator("[data-paper=purchase]").inner_text().startswith("価値の移転の条件書")
    choose(page, "a1")
    page.locator("#before offset-calculator[data-calculator=event]").wait_for()
    assert page.locator("[name=course]").input_value() == "bought"
    assert page.locator("[data-fact=retired_t] label").inner_text() == "無効化した量（t-CO₂）"


def test_precedents_of_the_method_are_offered_the_nearest_first(page: Page, guide: Guide) -> None:
    choose(page, "a1")
    field = page.locator("[name=precedent_one]")
    of_method = {one.id for one in guide.precedents if "a1" in one.methods and not one.old}
    offered = field.locator("option").evaluate_all("all => all.map(one => one.value)")
    assert set(offered) - {""} == of_method
    put_inputs(page, "before", {"people": "3,000"})
    field.focus()
    people = field.locator("option").evaluate_all("all => all.slice(1).map(one => Number(one.dataset.people ?? 0))")
    known = [one for one in people if one]
    assert people == known + [0] * (len(people) - len(known))
    assert known == sorted(known, key=lambda one: abs(math.log(one / 3000)))
    field.select_option("toshima-eco-fair")
    assert any(
        text.startswith("としまエコライフフェア（2015年10月25日）：豊島区") for text in texts_in(word(page, "approval"))
    )
    choose(page, "b2")
    assert not page.locator("[data-fact=precedent_one]").is_visible()


def test_each_fact_is_typed_once_and_stands_in_the_documents_named(page: Page) -> None:
    open_file(page, FESTIVAL)
    papers = {paper: "\n".join(texts_in(word(page, paper))) for paper in PAPERS}
    standing = {
        name: [paper for paper in PAPERS if text.split("\n")[0] in papers[paper]]
        for name, text in FESTIVAL["facts"].items()
        if name in {"title", "municipality", "seller", "account", "project", "assumptions", "measures"}
    }
    assert standing["title"] == list(PAPERS)
    assert all(len(found) >= 2 for found in standing.values()), standing


@pytest.mark.full
def test_the_other_methods_make_the_same_documents(page: Page, renderer: Renderer, guide: Guide) -> None:
    for method in guide.methods:
        calculator = next((one for one in guide.calculators if one.method == method.id), None)
        assert calculator, method.id
        preset = next(one for one in calculator.presets if one.id == calculator.worked_preset)
        plan = FESTIVAL | {
            "method": method.id,
            "facts": {**FESTIVAL["facts"], "boundary": ""},
            "calculators": [
                {
                    "id": calculator.id,
                    "before": {"inputs": preset.inputs, "rows": preset.rows},
                    "after": {"inputs": preset.inputs, "rows": preset.rows},
                }
            ],
        }
        open_file(page, plan)
        page.wait_for_function(
            "method => document.querySelector('offset-plan').dataset.method === method", arg=method.id
        )
        expected, _, _ = documents(renderer, json.dumps(saved(page)).encode())
        same(page, expected)


def test_a_saved_plan_is_the_same_when_opened(page: Page) -> None:
    open_file(page, FESTIVAL)
    first = saved(page)
    page.reload()
    page.locator("offset-plan[data-ready]").wait_for()
    open_file(page, first)
    assert saved(page) == first


REFUSED = [
    (b"no json", "案件のファイル（JSON）ではありません"),
    (b'{"calculator": "event", "inputs": {}}', "案件のファイルではありません"),
    (json.dumps(FESTIVAL | {"v": 2}).encode(), "ファイルの版が2です"),
    (json.dumps(FESTIVAL | {"method": "z9"}).encode(), "知らない取組方法です"),
    (b" " * 1_000_001, "ファイルが大きすぎます"),
    (b"[" * 100_000, "案件のファイル（JSON）ではありません"),
]


def test_what_is_no_plan_is_refused_and_nothing_is_lost(page: Page) -> None:
    choose(page, "a1")
    put(page, "title", "残るはずの件名")
    for content, reason in REFUSED:
        open_file(page, content)
        assert reason in status(page), content[:12]
        assert page.locator("[name=title]").first.input_value() == "残るはずの件名", content[:12]


def test_what_changed_since_is_told_before_anything_is_recomputed(page: Page) -> None:
    open_file(page, FESTIVAL)
    file = saved(page)
    file["calculators"][0]["before"]["results"]["total_kg"] = 3000
    file["calculators"][0]["factors"]["travel-rail"] = 0.019
    file["facts"]["title"] = "古い案件"
    open_file(page, file)
    told = page.locator("[data-told] table").inner_text()
    assert "3,000.0 kg-CO₂" in told
    assert "2,814.1 kg-CO₂" in told
    assert "0.019" in told
    assert "0.017" in told
    assert page.locator("[data-fact=title] [name=title]").input_value() == "多摩川の夏まつり"
    page.get_by_role("button", name="計算し直して開く").click()
    expect(page.locator("[data-fact=title] [name=title]")).to_have_value("古い案件")


def test_last_years_plan_begins_without_dates_and_actuals(page: Page) -> None:
    open_file(page, FESTIVAL, todo="again")
    file = saved(page)
    assert file["facts"]["title"] == "多摩川の夏まつり"
    assert {"starts_on", "retired_on", "serials", "bought_t", "fiscal_year"}.isdisjoint(file["facts"])
    assert file["calculators"][0]["before"]["inputs"]["people"] == "3,000"
    assert file["calculators"][0]["after"]["inputs"] == {}


def test_markup_stays_text_and_what_a_document_cannot_hold_is_taken_out_and_told(
    page: Page, renderer: Renderer
) -> None:
    choose(page, "a1")
    put(page, "title", "<b>太字</b> & {person} \u202e逆\u0007")
    assert "除きました" in (page.locator("[data-fact=title] [data-error]").text_content() or "")
    texts = texts_in(word(page, "approval"))
    assert "<b>太字</b> & {person} 逆" in texts
    assert texts == texts_in(documents(renderer, json.dumps(saved(page)).encode())[0]["approval"])
    page.locator("[data-paper=approval] [data-do=show]").click()
    expect(page.locator("[data-paper=approval] [data-shown]")).to_contain_text("<b>太字</b>")
    expect(page.locator("[data-paper=approval] [data-shown] b")).to_have_count(0)


def test_a_long_title_is_cut_at_a_told_limit(page: Page) -> None:
    choose(page, "a1")
    put(page, "title", "長" * 100_000)
    assert page.locator("[data-fact=title] [name=title]").input_value() == "長" * 200
    assert "200文字まで" in (page.locator("[data-fact=title] [data-error]").text_content() or "")


def test_gaps_are_clear_and_no_default_is_written(page: Page, guide: Guide) -> None:
    choose(page, "a1")
    texts = texts_in(word(page, "purchase"))
    assert texts.count(guide.plan.gap) > 5
    assert not any(re.search(r"\d+ t-CO₂$", text) for text in texts if text != guide.plan.gap)


def test_a_link_from_a_calculator_carries_its_values(page: Page) -> None:
    page.goto(
        "/calculators/event/#v=1&people=120&rail_people=120&rail_km=20&trips=2&title=研修会&credit_type=renewable"
    )
    page.locator("offset-calculator[data-ready]").wait_for()
    page.get_by_role("link", name="この計算で案件をつくる").click()
    page.wait_for_url("**/plan/**")
    expect(page.locator("#before offset-calculator output[name=total_kg]")).to_have_text("81.6")
    expect(page.locator("[data-fact=title] [name=title]")).to_have_value("研修会")
    expect(page.locator("[data-fact=credit_type] [name=credit_type]")).to_have_value("renewable")
    expect(page.locator("[data-method-choice]")).to_have_value("a1")
    # the range that the calculator showed, though nobody had to choose it
    expect(page.locator("[data-fact=boundary] [name=boundary]")).to_have_value("participants")
    assert state(page, "boundary") == "途中"
    assert "計算に入れる範囲" not in page.locator("#boundary [data-missing]").inner_text()


def test_unsaved_work_warns_and_saved_work_does_not(new_page: NewPage) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/plan/")
    choose(page, "a1")
    put(page, "title", "まつり")
    page.goto("/")
    assert asked == ["beforeunload"]
    page.goto("/plan/")
    choose(page, "a1")
    put(page, "title", "まつり")
    saved(page)
    page.goto("/")
    assert asked == ["beforeunload"]


def test_clearing_can_be_undone(page: Page) -> None:
    open_file(page, FESTIVAL)
    first = saved(page)
    page.locator(".plan-tools [data-do=clear]").click()
    expect(page.locator(STATUS)).to_contain_text("すべて消しました。")
    expect(page.locator("[data-fact=title] [name=title]")).to_have_value("")
    page.locator(".plan-tools [data-do=undo]").click()
    expect(page.locator(STATUS)).to_contain_text("元に戻しました。")
    expect(page.locator("[data-fact=title] [name=title]")).to_have_value("多摩川の夏まつり")
    assert saved(page) == first


def test_the_calendar_is_folded_and_its_days_count_from_the_first(page: Page) -> None:
    open_file(page, FESTIVAL)
    put(page, "title", "とても長い名前のまつり、その；二；" * 5)
    page.locator("[data-do=count]").click()
    content = downloaded(page, "[data-do=calendar]")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()
    whole = content.decode().replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20260808" in whole
    assert "DTEND;VALUE=DATE:20260809" in whole
    assert whole.count("BEGIN:VEVENT") == 9
    uids = re.findall(r"UID:(\S+)", whole)
    again = downloaded(page, "[data-do=calendar]").decode().replace("\r\n ", "")
    assert re.findall(r"UID:(\S+)", again) == uids
    assert len(set(uids)) == 9


def error(page: Page, name: str) -> str:
    found = page.locator(f"[data-fact={name}] [data-error]")
    return found.text_content() or "" if found.count() else ""


def to_another_method(page: Page) -> None:
    choose(page, "b1")
    page.locator("#before offset-calculator[data-ready]:not([data-calculator=event])").wait_for()


def test_amounts_of_a_method_wait_while_another_is_chosen(page: Page) -> None:
    open_file(page, FESTIVAL)
    first = saved(page)
    to_another_method(page)
    page.get_by_role("button", name="事後の量を入れる").click()
    put_inputs(page, "after", {"pv_kw": "777"})
    both = saved(page)
    assert both["calculators"][0]["id"] == "event"
    assert len(both["calculators"]) == 2
    assert "2,841" not in "".join(texts_in(word(page, "report")))
    choose(page, "a1")
    page.locator("#after offset-calculator[data-calculator=event]").wait_for()
    again = saved(page)
    assert again["calculators"][0] == first["calculators"][0]
    assert again["calculators"][1]["after"] == both["calculators"][1]["after"]
    page.reload()
    page.locator("offset-plan[data-ready]").wait_for()
    open_file(page, again)
    assert "ほかの取組方法の計算器" in page.locator("[data-told]").inner_text()
    assert saved(page)["calculators"] == again["calculators"]


def test_a_method_changed_while_a_field_is_still_computed_throws_nothing(page: Page) -> None:
    thrown: list[str] = []
    page.on("pageerror", lambda problem: thrown.append(str(problem)))
    choose(page, "a1")
    put_inputs(page, "before", {"electricity_kwh": "5"})
    to_another_method(page)
    settle(page, 600)  # a field is computed half a second after the last key
    page.select_option("[data-method-choice]", "")
    settle(page, 600)
    assert thrown == []


UNSOUND = {
    "abc": "数を入れて",
    "-3": "0以上",
    "12,3,4": "3桁ごと",
    "10,000,001": "以下の数",
    "9999": "「調達した量」より多く",
}


def test_an_unsound_amount_is_told_at_its_field_and_is_not_done(page: Page, renderer: Renderer) -> None:
    open_file(page, FESTIVAL)
    for amount, told in UNSOUND.items():
        put(page, "retired_t", FESTIVAL["facts"]["retired_t"])
        assert state(page, "retire") == "済"
        put(page, "retired_t", amount)
        assert told in error(page, "retired_t")
        assert page.locator("[name=retired_t]").get_attribute("aria-invalid") == "true"
        assert state(page, "retire") == "途中"
        expected, _, _ = documents(renderer, json.dumps(saved(page)).encode())
        for paper in ("statement", "report", "handover", "retirement-check"):
            assert texts_in(word(page, paper)) == texts_in(expected[paper]), (amount, paper)
        assert not any("埋め合わせました" in text for text in texts_in(expected["statement"])), amount


def test_the_draft_is_that_of_python(page: Page, renderer: Renderer) -> None:
    drafts = [
        {"bought_t": "5", "retired_t": "2"},
        {"boundary": ""},
        {"fiscal_year": ""},
        {"retired_t": "1.23456789"},
    ]
    for facts in drafts:
        plan = FESTIVAL | {"facts": FESTIVAL["facts"] | facts}
        open_file(page, plan)
        expected, _, _ = documents(renderer, json.dumps(plan).encode())
        assert texts_in(word(page, "statement")) == texts_in(expected["statement"]), facts


def test_what_a_file_may_not_hold_is_dropped_and_told_and_the_calendar_stands(page: Page) -> None:
    facts = {"title": "祭\rATTENDEE:x", "course": "__proto__", "boundary": "zzz", "due_buy": "2027-02-30"}
    facts |= {"due_hold": "12027-01-01", "due_after": "9999-12-31", "due_publish": "2027-13-45"}
    open_file(page, FESTIVAL | {"facts": FESTIVAL["facts"] | facts})
    told = page.locator("[data-told]").inner_text()
    for text in ("__proto__", "zzz", "2027-02-30", "12027-01-01", "2027-13-45"):
        assert text in told
    assert state(page, "boundary") == state(page, "buy") == "途中"
    whole = downloaded(page, "[data-do=calendar]").decode()
    assert whole.count("\r") == whole.count("\n") == whole.count("\r\n")
    assert re.findall(r"DT(?:START|END);VALUE=DATE:(\S+)", whole) == ["20260510", "20260511", "99991231"]
    put(page, "starts_on", "9999-12-31")
    page.locator("[data-do=count]").click()
    assert not any(len(text) > 10 for name, text in saved(page)["facts"].items() if name.startswith("due_"))


def test_a_version_that_is_no_number_is_refused_plainly(page: Page) -> None:
    choose(page, "a1")
    open_file(page, FESTIVAL | {"v": {"toString": 1}})
    assert "ファイルの版が読めない形です" in status(page)


def test_a_link_with_what_does_not_fit_is_told(page: Page) -> None:
    page.goto("/plan/#v=1&method=a1&calculator=office&electricity_kwh=5")
    page.wait_for_function("() => document.querySelector('.plan-tools [role=status]').textContent")
    assert "この取組方法のものではありません" in status(page)
    assert page.locator("[data-method-choice]").input_value() == "a1"
    page.goto("/plan/#v=1&method=a1&calculator=event&boundary=zzz&people=3")
    page.wait_for_function(
        "() => document.querySelector('.plan-tools [role=status]').textContent.includes('計算の値を')"
    )
    assert "計算に入れる範囲（バウンダリ）」は、選べるものにない" in status(page)
    assert state(page, "boundary") == "未"


def test_letters_typed_into_a_full_field_are_refused_and_push_nothing_out(page: Page) -> None:
    choose(page, "a1")
    full = "あ" * 100 + "い" * 99
    put(page, "title", full)
    field = page.locator("[data-fact=title] [name=title]")
    field.evaluate("field => field.setSelectionRange(100, 100)")
    page.keyboard.insert_text("うえお")
    assert field.input_value() == "あ" * 100 + "う" + "い" * 99
    assert field.evaluate("field => field.selectionStart") == 101
    assert "入れませんでした" in error(page, "title")
    lines = "\n".join(["長" * 150] * 50)
    put(page, "aim", lines)
    area = page.locator("[data-fact=aim] [name=aim]")
    area.evaluate("area => area.setSelectionRange(10, 10)")
    page.keyboard.press("Enter")
    assert area.input_value() == lines
    area.evaluate("area => area.setSelectionRange(151, 151)")
    page.keyboard.press("Backspace")
    assert area.input_value() == lines


def test_a_table_for_a_spreadsheet_runs_no_formula(page: Page) -> None:
    open_file(page, FESTIVAL | {"facts": FESTIVAL["facts"] | {"account": "=1+1", "price_note": "@x"}})
    page.locator("[data-paper=budget] [data-do=sheet]").click()
    area = page.locator("[data-paper=budget] textarea")
    area.wait_for()
    assert "予算の科目\t'=1+1\n" in area.input_value()
    assert "\t'@x" in area.input_value()


def test_bytes_of_the_page_and_of_a_document(new_page: NewPage) -> None:
    """All that the page with a calculator loads is under 130 kB, the first document under 60 kB more."""
    page = new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(gzip.compress(response.body(), mtime=0))))
    page.goto("/plan/")
    choose(page, "a1")
    page.wait_for_load_state("networkidle")
    assert sum(sizes) <= 130_000
    first = len(sizes)
    document = word(page, "planning-sheet")
    assert sum(sizes[first:]) <= 60_000
    assert len(document) <= 60_000


def test_a_filled_plan_fits_a_narrow_screen(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/plan/")
    page.locator("offset-plan[data-ready]").wait_for()
    open_file(page, FESTIVAL)
    page.locator("[data-paper=report] [data-do=show]").click()
    page.locator("[data-paper=report] [data-shown] h3").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_the_page_reads_without_javascript(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/plan/#after")
    assert page.locator("#after .plan-methods li").count() == 9
    expect(page.locator("offset-plan noscript p")).to_be_visible()
    assert page.locator("offset-plan button:visible").count() == 0


def test_the_offline_page_reckons_and_writes_from_disk(browser: Browser, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "assets", tmp_path / "assets")
    (tmp_path / "plan").mkdir()
    html = OfflinePage(site, "plan/index.html", Imprint(1_700_000_000, "")).html()
    (tmp_path / "plan" / "index.html").write_bytes(html)
    page = browser.new_page()
    address = (tmp_path / "plan" / "index.html").as_uri()
    page.goto(f"{address}#v=1&method=a1&calculator=event&people=120&rail_people=120&rail_km=20&trips=2")
    expect(page.locator("#before offset-calculator output[name=total_kg]")).to_have_text("81.6")
    assert "81.6 kg-CO₂" in texts_in(word(page, "planning-sheet"))
    page.close()


def test_what_a_calculator_asks_comes_from_what_people_know_in_a_plan_too(page: Page) -> None:
    choose(page, "a2")
    page.locator("#before [name=lpg_kg]").evaluate("field => field.closest('[data-field]').scrollIntoView()")
    field = page.locator("#before [data-field]", has=page.locator("[name=lpg_kg]"))
    field.get_by_role("button", name="分かる数から出す").click()
    field.get_by_label("分かっていること").select_option(label="メーターなどの体積")
    field.get_by_label("体積（m³）").fill("12")
    field.get_by_role("button", name="この量を欄に入れる").click()
    expect(page.locator("#before [name=lpg_kg]")).to_have_value("26.2")
    expect(page.locator("#before output[name=line_lpg_kg]")).to_have_text("78.3")
    written = json.loads(downloaded(page, ".plan-tools [data-do=save]"))
    assert written["calculators"][0]["before"]["inputs"]["lpg_kg"] == "26.2"


def test_how_a_plan_stands_and_the_order_of_days_are_told_at_their_fields(page: Page, renderer: Renderer) -> None:
    open_file(page, FESTIVAL)
    put(page, "published_on", "2026-06-30")
    put(page, "retired_on", "2026-07-01")
    assert "「無効化日」より前の日です" in error(page, "published_on")
    assert "「開催日・はじまりの日」より前の日です" in error(page, "retired_on")
    assert [state(page, task) for task in ("retire", "publish")] == ["途中", "途中"]
    put(page, "written_on", "2026-12-01")
    put(page, "due_hold", "2026-08-08")
    put(page, "due_after", "2026-08-07")
    assert "「作成日」より前の日です" in error(page, "deliver_by")
    assert "「作成日」より前の日です" not in error(page, "due_hold")  # what is done may be over
    put(page, "serials", "")
    put(page, "due_retire", "2026-08-01")
    assert "「作成日」より前の日です" in error(page, "due_retire")
    assert page.locator("[name=due_retire]").get_attribute("aria-invalid") is None
    put(page, "reduction_kg", "999999")
    assert error(page, "reduction_kg")
    assert state(page, "reduce") == "途中"
    expected, _, _ = documents(renderer, json.dumps(saved(page)).encode())
    assert texts_in(word(page, "report")) == texts_in(expected["report"])
    assert page.locator("[name=ended_because]").is_hidden()
    put(page, "course", "cancelled")
    assert page.locator("[name=ended_because]").is_visible()
    assert state(page, "after") == "済"
    assert state(page, "retire") == "中止したため要りません"
    assert "中止のわけ" in (page.locator("#buy [data-missing]").text_content() or "")
    place = page.locator(".plan-paper[data-paper=purchase]")
    assert "「調達したあとに中止した」なので、この文書は作りません" in place.inner_text()
    assert place.locator("button:visible").count() == 0
    put(page, "course", "buy")
    assert place.locator("button:visible").count() == 3


def come_back(page: Page) -> None:
    page.locator("offset-plan[data-ready]").wait_for()
    expect(page.locator("[data-method-choice]")).to_have_value("a1")
    expect(page.locator("#before output[name=total_kg]")).not_to_have_text("")


def test_a_plan_survives_reload_and_back_and_is_emptied_by_its_button(page: Page) -> None:
    choose(page, "a1")
    put(page, "title", "夏まつり")
    put_inputs(page, "before", {"electricity_kwh": "450"})
    page.reload()
    come_back(page)
    assert page.locator("[data-fact=title] [name=title]").input_value() == "夏まつり"
    first = saved(page)
    assert first["calculators"][0]["before"]["inputs"] == {"electricity_kwh": "450", "trips": "2"}
    page.locator(".plan-steps a[href='#retire']").click()
    page.get_by_role("button", name="事後の量を入れる").click()
    put_inputs(page, "after", {"electricity_kwh": "460"})
    page.goto("/about/")
    page.go_back()
    page.locator("offset-plan[data-ready]").wait_for()
    expect(page.locator("#after [name=electricity_kwh]")).to_have_value("460")
    assert page.url.endswith("#retire")
    page.evaluate("() => { history.replaceState = () => { throw new DOMException('', 'DataCloneError'); }; }")
    put(page, "place", "広場")
    expect(page.locator(STATUS)).to_contain_text("読み直すと消えます")
    page.evaluate("delete history.replaceState")
    page.locator(".plan-tools [data-do=clear]").click()
    expect(page.locator(STATUS)).to_contain_text("すべて消しました。")
    assert page.evaluate("history.state?.offsetPlan ?? null") is None
    page.reload()
    page.locator("offset-plan[data-ready]").wait_for()
    assert page.locator("[data-method-choice]").input_value() == ""
    assert page.locator("[data-fact=title] [name=title]").input_value() == ""


def test_the_method_is_asked_first_and_the_tasks_are_listed(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/plan/")
    page.locator("offset-plan[data-ready]").wait_for()
    assert page.locator("offset-plan form:visible, .plan-paper:visible, .plan-methods:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollHeight") < 7000
    listed = page.locator(".md-nav--secondary").first.locator("a").evaluate_all("links => links.map((a) => a.hash)")
    assert listed[:9] == [f"#{task}" for task in TASKS]
    choose(page, "a1")
    assert page.locator("#purpose .plan-methods li:visible").count() == 1
    assert page.locator("#purpose summary:visible").count() == 0
    assert page.locator("#purpose form").is_visible()
