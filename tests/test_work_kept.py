"""What was typed is not lost: pasted tables, reload and Back, undo, saved files, links and the CSV, on the built pages."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser import eventually, settle
from tests.calculator_tools import definition, in_python, reckoned

PLACES = ["calculators", "embed"]
NewPage = Callable[..., Page]


@pytest.fixture
def page(new_page: NewPage) -> Page:
    page = new_page(1280, 900)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def raw(page: Page, name: str) -> str:
    return page.locator(f"output[name={name}]").first.get_attribute("data-value") or ""


def status(page: Page) -> str:
    return page.locator("offset-calculator [role=status]").text_content() or ""


def paste(page: Page, name: str, text: str) -> None:
    page.locator(f"[data-row] [name={name}]").first.evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData("text", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )
    page.get_by_text("表を貼り付けました。").wait_for()


def rows(page: Page) -> list[list[str]]:
    cells = "rows => rows.map(row => [...row.querySelectorAll('input')].map(cell => cell.value))"
    return [row for row in page.locator("[data-row]").evaluate_all(cells) if any(row)]


def become(page: Page, wanted: list[list[str]]) -> None:
    """Wait until the rows are these: what changes them may be loaded on its first use."""
    eventually(page, lambda: rows(page), lambda seen: seen == wanted)


# ---------- pasted tables ----------


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_pasted_cell_with_a_line_break_keeps_the_amount_in_its_column(page: Page, place: str, end: str) -> None:
    page.goto(f"/{place}/joint-purchase/#v=1&bought_t=6")
    table = ['"A区\n本庁"\t"「環境""フェア"""\t2,450', 'B市\t"市民\tまつり"\t3,120', 'C町\t"5インチ" 展\t100', "", ""]
    paste(page, "municipality", end.join(table))
    assert rows(page) == [
        ["A区 本庁", '「環境"フェア"', "2,450"],
        ["B市", "市民 まつり", "3,120"],
        ["C町", '"5インチ" 展', "100"],
    ]
    assert raw(page, "total_kg") == "5670"
    assert page.locator("[data-told]").count() == 0


@pytest.mark.parametrize("place", PLACES)
def test_headings_and_sums_are_left_out_and_told(page: Page, place: str) -> None:
    page.goto(f"/{place}/joint-purchase/")
    paste(
        page,
        "municipality",
        "市区町村\tイベント\t排出量（kg-CO2）\tメモ\r\nA区\t会議\t100\t済\r\nB市\t会議\t\t\r\n小　計\t\t100\r\n\t合計\t100\r\n",
    )
    assert rows(page) == [["A区", "会議", "100"], ["B市", "会議", ""]]
    assert raw(page, "total_kg") == "100"
    told = page.locator("[data-told]").text_content() or ""
    assert "1行目（市区町村、イベント、排出量（kg-CO2）、メモ）は、見出しとみて入れませんでした。" in told
    assert "4行目（小　計、100）は、合計とみて入れませんでした。" in told
    assert "5行目（合計、100）は、合計とみて入れませんでした。" in told
    assert "3行目（B市、会議）には、量がありません。" in told
    assert "1行で、欄より右にある列は入れませんでした。" in told
    assert told in status(page)


def test_a_first_row_whose_amount_is_no_number_is_no_heading(page: Page) -> None:
    page.goto("/embed/joint-purchase/")
    paste(page, "municipality", "A区\t会議\t未定\nB市\t会議\t-5\nC市\t会議\t１，２００")
    assert [row[2] for row in rows(page)] == ["未定", "-5", "１，２００"]
    assert page.locator("[data-row] [aria-invalid=true]").count() == 2


@pytest.mark.parametrize("place", PLACES)
def test_a_row_with_a_name_and_no_amount_is_told_at_its_amount(page: Page, place: str) -> None:
    page.goto(f"/{place}/joint-purchase/#v=1&rows=A%E5%8C%BA,x,100;B%E5%B8%82,y,")
    cell = page.locator("[data-row]").nth(1).locator("[name=kg]")
    note = page.locator(f"#{(cell.get_attribute('aria-describedby') or '').split()[-1]}")
    assert note.text_content() == "この欄も入れると計算できます。"
    assert raw(page, "total_kg") == "100"
    assert page.locator("[data-error]").count() == 1


@pytest.mark.parametrize("place", PLACES)
def test_too_many_rows_give_one_message(page: Page, place: str) -> None:
    page.goto(f"/{place}/office/")
    most = definition("office")["rows"]["max"]
    page.locator("[data-do=add]").click()
    paste(page, "facility", "\n".join(f"施設{i}\t{i + 1}\t\t5" for i in range(most + 50)))
    assert page.locator("[data-error]").all_text_contents() == [f"行は{most}行までです。"]
    assert f"{most + 50}行のうち、入れられるのは{most}行までです。" in status(page)
    assert raw(page, "total_kg") == ""


def test_python_too_gives_one_message_for_too_many_rows() -> None:
    most = definition("office")["rows"]["max"]
    told = in_python("office", {"inputs": {}, "rows": [["A", *["5"] * 9]] * (most + 1)})
    assert told["problems"] == {"rows": f"行は{most}行までです。"}


@pytest.mark.parametrize(
    "text",
    ['"' * 99_999 + "\t1", '"a\t' * 30_000, "\t" * 50_000, '"\n' * 20_000, '"<img src=x onerror=alert(1)>\n"\t1'],
)
def test_hostile_clipboards_end_soon_and_run_nothing(page: Page, text: str) -> None:
    page.goto("/embed/joint-purchase/")
    paste(page, "municipality", text)
    assert len(rows(page)) <= 201


@pytest.mark.parametrize("name", ["joint-purchase", "office"])
@pytest.mark.parametrize("width", [1280, 375])
def test_what_is_typed_in_a_row_can_be_read(page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/calculators/{name}/")
    page.locator("[data-do=add]").first.click()
    widths = page.locator("[data-row] input").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert min(widths) > 80, widths
    assert page.evaluate("document.documentElement.scrollWidth") == width


# ---------- reload, Back, clearing ----------


def typed(page: Page, text: str = "3000") -> None:
    page.locator("[name=electricity_kwh]").fill(text)
    page.locator("[name=electricity_kwh]").blur()


def test_input_survives_reload_and_back_in_this_tab(page: Page) -> None:
    page.goto("/calculators/event/")
    typed(page)
    total = raw(page, "total_kg")
    page.reload()
    assert (page.locator("[name=electricity_kwh]").input_value(), raw(page, "total_kg")) == ("3000", total)
    page.goto("/about/")
    page.go_back()
    page.locator("offset-calculator[data-ready]").wait_for()
    assert raw(page, "total_kg") == total
    assert page.evaluate(
        "[localStorage.length - Object.keys(localStorage).filter(k => /palette/.test(k)).length, sessionStorage.length]"
    ) == [0, 0]


def test_rows_and_what_is_no_number_survive_too(page: Page) -> None:
    page.goto("/calculators/joint-purchase/")
    paste(page, "municipality", "A区\t会議\t未定\nB市\t会議\t300\nC市\t会議\t1")
    before = rows(page)
    page.reload()
    assert rows(page) == before
    page.evaluate("location.hash = 'page-title'")
    settle(page)  # the page hears of it a moment later
    page.reload()
    assert rows(page) == before


def test_a_reload_keeps_what_was_changed_after_a_link(page: Page) -> None:
    page.goto("/calculators/event/#v=1&electricity_kwh=3000")
    typed(page, "500")
    page.reload()
    assert page.locator("[name=electricity_kwh]").input_value() == "500"
    page.locator("[data-do=clear]").click()
    page.reload()
    assert page.locator("[name=electricity_kwh]").input_value() == ""


def test_clearing_empties_the_history_too(page: Page) -> None:
    page.goto("/calculators/event/")
    typed(page)
    assert "3000" in page.evaluate("JSON.stringify(history.state)")
    page.locator("[data-do=clear]").click()
    assert "3000" not in (page.evaluate("JSON.stringify(history.state)") or "")
    page.reload()
    assert page.locator("[name=electricity_kwh]").input_value() == ""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("todo", ["clear", "preset"])
def test_clearing_and_examples_can_be_taken_back_by_keyboard(page: Page, place: str, todo: str) -> None:
    page.goto(f"/{place}/event/")
    typed(page)
    total = raw(page, "total_kg")
    expect(page.locator("[data-do=undo]")).to_be_hidden()
    page.locator(f"[data-do={todo}]").click()
    assert raw(page, "total_kg") != total
    assert "「元に戻す」で戻せます。" in status(page)
    page.get_by_role("button", name="元に戻す").focus()
    page.keyboard.press("Enter")
    expect(page.locator("output[name=total_kg]")).to_have_attribute("data-value", total)
    assert status(page).startswith("元に戻しました。")
    assert page.evaluate("document.activeElement.dataset.do") == "undo"
    page.keyboard.press("Enter")
    assert raw(page, "total_kg") != total


@pytest.mark.parametrize("place", PLACES)
def test_a_removed_row_and_a_pasted_table_can_be_taken_back(page: Page, place: str) -> None:
    page.goto(f"/{place}/joint-purchase/#v=1&rows=A,x,100;B,y,200")
    page.locator("[data-do=remove]").first.click()
    become(page, [["B", "y", "200"]])
    page.locator("[data-do=undo]").click()
    become(page, [["A", "x", "100"], ["B", "y", "200"]])
    paste(page, "municipality", "C\tz\t5")
    assert rows(page)[0] == ["C", "z", "5"]
    page.locator("[data-do=undo]").click()
    become(page, [["A", "x", "100"], ["B", "y", "200"]])


def asked_on_leaving(new_page: NewPage, address: str, act: Callable[[Page], Any]) -> bool:
    page = new_page(1280, 900)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.goto(address)
    act(page)
    page.goto("/about/")
    return asked == ["beforeunload"]


def type_by_hand(page: Page) -> None:
    page.locator("[name=electricity_kwh]").click()
    page.keyboard.type("3000")


def saved(page: Page) -> None:
    type_by_hand(page)
    with page.expect_download():
        page.locator("[data-do=save]").click()


def linked(page: Page) -> None:
    type_by_hand(page)
    page.locator("[data-do=link]").click()
    page.locator("[data-output] textarea").wait_for()


def cleared(page: Page) -> None:
    type_by_hand(page)
    page.locator("[data-do=clear]").click()


@pytest.mark.parametrize(
    ("address", "act", "asked"),
    [
        ("/calculators/event/", type_by_hand, True),
        ("/calculators/event/", saved, False),
        ("/calculators/event/", linked, False),
        ("/calculators/event/", cleared, False),
        ("/calculators/event/", lambda page: page.locator("[data-do=preset]").click(), False),
        ("/calculators/event/#v=1&electricity_kwh=5", lambda page: page.locator("h1").first.click(), False),
        ("/embed/event/", type_by_hand, False),
    ],
)
def test_only_unsaved_input_on_the_sites_own_pages_warns(
    new_page: NewPage, address: str, act: Callable[[Page], Any], asked: bool
) -> None:
    assert asked_on_leaving(new_page, address, act) == asked


@pytest.mark.parametrize("place", PLACES)
def test_a_link_pasted_into_the_same_tab_is_taken(page: Page, place: str) -> None:
    page.goto(f"/{place}/event/")
    typed(page, "77")
    page.goto(f"/{place}/event/#v=1&electricity_kwh=3000")
    expect(page.locator("[name=electricity_kwh]")).to_have_value("3000")
    assert status(page).startswith("リンクの値を入れました。")
    page.locator("[data-do=undo]").click()
    expect(page.locator("[name=electricity_kwh]")).to_have_value("77")
    page.goto(f"/{place}/event/#electricity_kwh=1")
    expect(page.locator("[name=electricity_kwh]")).to_have_value("77")


# ---------- saved files ----------


def save(page: Page) -> dict[str, Any]:
    with page.expect_download() as download:
        page.locator("[data-do=save]").click()
    return json.loads(download.value.path().read_text(encoding="utf-8"))


def load(page: Page, content: Any) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    told = page.locator("offset-calculator [role=status]")
    told.evaluate("one => { one.textContent = ''; }")  # the same words may be told once more
    with page.expect_file_chooser() as chooser:
        page.locator("[data-do=load]").click()
    chooser.value.set_files({"name": "x.json", "mimeType": "application/json", "buffer": text.encode()})
    expect(told).not_to_be_empty()


@pytest.mark.parametrize("place", PLACES)
def test_a_file_made_with_other_factors_tells_both_numbers_before_anything_is_recomputed(
    page: Page, place: str
) -> None:
    page.goto(f"/{place}/event/#v=1&electricity_kwh=3000")
    file = save(page)
    now = page.locator("output[name=total_kg]").text_content() or ""
    file["factors_checked"] = "2025-01-01"
    file["results"]["total_kg"] = 1234.5
    used = next(iter(file["factors"]))
    file["factors"][used] = 0.987654
    page.locator("[name=electricity_kwh]").fill("10")
    page.locator("[name=electricity_kwh]").blur()
    load(page, file)
    told = page.locator("[data-output]").inner_text()
    assert "係数の確認日が2025-01-01のときに保存したファイルです" in told
    assert "1,234.5 kg-CO₂" in told
    assert not any(one and one in status(page) for one in told.partition("\n")[0].split("。")), "one thing told twice"
    assert f"{now} kg-CO₂" in told
    assert "0.987654" in told
    expect(page.locator("[name=electricity_kwh]")).to_have_value("10")
    page.get_by_text("読み込まない").click()
    expect(page.locator("[name=electricity_kwh]")).to_have_value("10")
    load(page, file)
    page.get_by_text("計算し直して読み込む").click()
    expect(page.locator("output[name=total_kg]")).to_have_text(now)
    page.locator("[data-do=undo]").click()
    expect(page.locator("[name=electricity_kwh]")).to_have_value("10")


def test_a_file_of_another_version_is_told(page: Page) -> None:
    page.goto("/embed/event/#v=1&electricity_kwh=3000")
    file = save(page) | {"version": 2}
    load(page, file)
    assert "ファイルの版が2です（この計算器は1）。" in status(page)


def test_an_old_file_without_results_is_told_too(page: Page) -> None:
    page.goto("/embed/event/")
    old = {
        "calculator": "event",
        "version": 1,
        "factors_checked": "2025-01-01",
        "inputs": {"electricity_kwh": "3000"},
        "rows": [],
    }
    load(page, old)
    assert "まだ何も変えていません" in page.locator("[data-output]").inner_text()
    assert raw(page, "total_kg") == ""


REFUSED = {
    "<html>": "計算器が保存した形（JSON）のファイルではありません。",
    "[1]": "計算器で保存したファイルではありません。",
    "null": "計算器で保存したファイルではありません。",
    '{"type":"offset-plan","v":1}': "計算器で保存したファイルではありません。",
    '{"calculator":"event","inputs":[]}': "計算器で保存したファイルではありません。",
    '{"calculator":"office","inputs":{}}': "ほかの計算器（office）で保存したファイルです。",
    " " * 1_000_001: "ファイルが大きすぎます（1 MBまで）。",
}


def test_a_file_that_is_none_of_ours_is_refused_with_its_reason_and_nothing_changes(page: Page) -> None:
    page.goto("/calculators/event/#v=1&electricity_kwh=3000")
    for text, reason in REFUSED.items():
        load(page, text)
        assert reason in status(page), text[:30]
        assert page.locator("[name=electricity_kwh]").input_value() == "3000", text[:30]


def test_malformed_rows_and_foreign_fields_of_a_file_are_told(page: Page) -> None:
    page.goto("/embed/joint-purchase/#v=1&bought_t=1")
    file = save(page)
    del file["results"]
    file["inputs"] |= {"bought_t": "2", "evil": "1", "title": {"a": 1}}
    file["rows"] = [["A", "x", 100], "no", ["B", "y", "200"], [[]], ["C", "z", "1", "2"]]
    load(page, file)
    told = page.locator("[data-told]").text_content() or ""
    assert "この計算器にない欄が1個あり" in told
    assert "値の形が正しくない欄が1個あり" in told
    assert "形が正しくない行が3行あり（2、4、5行目）" in told
    assert rows(page) == [["A", "x", "100"], ["B", "y", "200"]]


@pytest.mark.parametrize("place", PLACES)
def test_a_title_beyond_the_limit_is_told_and_printed_nowhere(page: Page, place: str) -> None:
    page.goto(f"/{place}/event/#v=1&electricity_kwh=5")
    load(
        page,
        {
            "calculator": "event",
            "version": 1,
            "factors_checked": "x",
            "inputs": {"title": "長" * 100_000, "electricity_kwh": "3"},
        },
    )
    page.get_by_text("計算し直して読み込む").click()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("200字までで入れてください。")).to_have_count(1)
    assert "長長" not in table_text(page)


# ---------- CSV ----------


def table_text(page: Page) -> str:
    with page.expect_download() as download:
        page.locator("[data-do=csv]").click()
    return download.value.path().read_bytes().decode("utf-8")


def table(page: Page) -> list[dict[str, str]]:
    text = table_text(page)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


HOSTILE = ["=1+1", "+1+1", "-1+1", "-cmd|' /C calc'!A0", "@SUM(1)", "＝1+1", "＋1", "－1", "＠x", " =1+1", "\u3000＝1"]


@pytest.mark.parametrize("place", PLACES)
def test_no_cell_can_be_run_as_a_formula(page: Page, place: str) -> None:
    page.goto(f"/{place}/joint-purchase/")
    for text in HOSTILE:
        page.locator("[name=title]").fill(text)
        for name in ["municipality", "event", "kg"]:
            page.locator(f"[data-row] [name={name}]").first.fill(text)
        found = [cell for one in table(page) for key, cell in one.items() if cell.strip().endswith(text.strip())]
        assert len(found) >= 3, text
        assert all(cell.startswith("'") for cell in found), text


@pytest.mark.parametrize("place", PLACES)
def test_a_message_that_moves_a_button_does_not_take_the_press(page: Page, place: str) -> None:
    page.goto(f"/{place}/joint-purchase/")
    page.locator("[data-row] [name=kg]").first.fill("-1")
    button = page.locator("[data-do=csv]")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    with page.expect_download():
        page.mouse.down()
        page.mouse.up()
    expect(page.locator("[data-row] [name=kg]").first).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("place", PLACES)
def test_the_csv_is_one_table_of_numbers_that_add_up(page: Page, place: str) -> None:
    page.goto(
        f"/{place}/event/#v=1&people=10&electricity_kwh=598&bus_people=3&bus_km=0.1&gasoline_l=0.7&credit_type=forest"
    )
    found = table(page)
    lines = [one for one in found if one["section"] == "line"]
    total = next(one for one in found if one["id"] == "total_kg")
    assert sum(float(one["value"]) for one in lines) == pytest.approx(float(total["value"]))
    for one in found:
        assert len(one["value"].replace(".", "")) <= 13
        if one["section"] in {"line", "result"}:
            on_page = page.locator(f"output[name={one['id']}]").text_content() or ""
            assert one["shown"] == on_page.replace(",", "").replace("−", "-")
        if one["unit"] and one["section"] != "info":
            float(one["value"])
            float(one["shown"])
    for one in (one for one in found if one["section"] == "factor"):
        assert one["label"] != one["id"]
        assert one["source"]
        assert one["date"][:4].isdigit()


def test_binary_noise_is_in_no_cell(page: Page) -> None:
    page.goto("/embed/event/#v=1&electricity_kwh=598&electricity_supplier=own&electricity_factor=0.4")
    value = next(one["value"] for one in table(page) if one["id"] == "line_electricity_kwh")
    assert repr(598 * 0.4) == "239.20000000000002"
    assert value == "239.2"


def test_each_cell_of_the_rows_is_a_record_of_its_own(page: Page) -> None:
    page.goto("/embed/joint-purchase/#v=1&bought_t=0.5&rows=A,x,%EF%BC%91%EF%BC%8C%EF%BC%90%EF%BC%90%EF%BC%90;B,y,500")
    found = [one for one in table(page) if one["section"] == "row"]
    assert [(one["row"], one["value"]) for one in found if one["id"] == "kg"] == [("1", "1000"), ("2", "500")]
    assert [one["text"] for one in found if one["id"] == "municipality"] == ["A", "B"]
    assert [one["value"] for one in found if one["id"] == "allotted_kg"] == ["333", "167"]


def test_from_disk_and_in_a_sandboxed_frame_the_table_is_whole(new_page: NewPage, site: Path) -> None:
    page = new_page(1280, 900, allowed=("file:",))
    page.goto((site / "embed/event/index.html").as_uri())
    page.locator("[data-do=preset]").click()
    assert any(one["section"] == "factor" and one["source"] for one in table(page))
    page = new_page(1280, 900)
    page.goto("/embed/")
    page.evaluate(
        """() => {
          const frame = document.createElement("iframe");
          frame.setAttribute("sandbox", "allow-scripts");
          frame.src = "/embed/event/";
          document.body.append(frame);
        }"""
    )
    frame = page.frame_locator("iframe[sandbox='allow-scripts']")
    frame.locator("[data-do=preset]").click()
    frame.locator("[data-do=csv]").click()
    assert "factor,travel-rail," in frame.locator("[data-output] textarea").input_value()


@pytest.mark.full
def test_libreoffice_reads_amounts_as_numbers_and_runs_nothing(page: Page, tmp_path: Path) -> None:
    page.goto("/embed/event/#v=1&title=%3D1%2B1&electricity_kwh=1598&rail_people=120&rail_km=20&trips=2")
    (tmp_path / "event.csv").write_text(table_text(page), encoding="utf-8", newline="")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(tmp_path / "event.csv")], check=True, timeout=300, capture_output=True)
    from openpyxl import load_workbook

    head, *records = load_workbook(tmp_path / "event.xlsx").active.iter_rows(values_only=True)
    cells = [dict(zip(head, one, strict=True)) for one in records]
    lines = [one["value"] for one in cells if one["section"] == "line"]
    assert all(isinstance(value, int | float) for value in lines)
    total = reckoned("event", "total_kg", electricity_kwh="1598", rail_people="120", rail_km="20")[0]
    assert sum(lines) == pytest.approx(total)
    assert next(one["text"] for one in cells if one["id"] == "title") == "'=1+1"
