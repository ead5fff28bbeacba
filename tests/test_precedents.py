"""`/precedents/` tells real offsets after 2012 with tonnes and source, puts three side by side and hands them over."""

import csv
import io
import itertools
import json
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.loading.due import overdue_precedents
from macros.loading.guide import Guide
from macros.loading.problems import DataError
from macros.models import Precedent
from macros.outside.links import addresses
from macros.pages.check import load
from macros.rendering.alike import EVENTS, alike, per_person
from macros.rendering.precedents import FACTS, REGIONS, held, length, weight
from tests.pages import BuiltPage, read_pages
from tests.test_buying import MIRRORS

THREE = ("kyoto-marathon-2014", "marugame-halloween-2019", "yokohama-triathlon")
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def page_of(site: Path) -> BuiltPage:
    return read_pages(site)["/precedents/"]


@pytest.fixture
def opened(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    page.goto("/precedents/")
    return page


def shown(page: Page) -> set[str]:
    rows = "rows => rows.filter((row) => !row.hidden).map((row) => row.dataset.precedent)"
    return set(page.eval_on_selector_all("[data-precedent]", rows))


def pick(page: Page, *names: str) -> None:
    page.eval_on_selector_all("[data-group]", "groups => groups.forEach((group) => { group.open = true; })")
    for name in names:
        page.check(f"[data-pick][value={name}]")


# -- data ------------------------------------------------------------------------------------------


def recent(guide: Guide) -> list[Precedent]:
    return [one for one in guide.precedents if not one.old]


def test_there_are_all_cases_that_were_found(guide: Guide) -> None:
    kinds = Counter(one.kind for one in recent(guide))
    assert sum(kinds.values()) >= 86
    assert kinds["festival"] >= 10
    assert kinds["pairing"] >= 10


def test_at_least_25_named_events_after_2012_have_tonnes_and_a_source(guide: Guide) -> None:
    events = [one for one in recent(guide) if one.kind in EVENTS and one.year and one.year >= "2013" and one.tonnes]
    assert len({one.title for one in events}) >= 25
    assert all(one.sources for one in events)


def test_what_is_only_looked_after_retires_nothing(guide: Guide) -> None:
    pairings = [one for one in guide.precedents if one.kind == "pairing"]
    assert [one.id for one in pairings if one.tonnes or one.credits or one.schemes] == []
    assert [one.id for one in pairings if "absorption-only" not in one.cautions] == []


def test_no_mirror_is_linked_and_a_copy_is_told(guide: Guide) -> None:
    urls = [source.url or "" for one in guide.precedents for source in one.sources]
    assert [url for url in urls if any(mirror in url for mirror in MIRRORS)] == []
    copies = [one for one in guide.precedents if one.grade == "A′"]
    assert [one.id for one in copies if "写し" not in one.read_as] == []


def test_every_caution_is_used(guide: Guide) -> None:
    told = {name for one in guide.precedents for name in one.cautions}
    assert told == {caution.id for caution in guide.precedent_notes.cautions}


def test_every_place_has_a_region(guide: Guide) -> None:
    known = {place for places in REGIONS.values() for place in places.split()}
    assert len(known) == 47
    assert {one.place for one in guide.precedents if one.place} <= known


def test_the_monthly_look_outside_covers_the_precedents(guide: Guide, root: Path) -> None:
    assert {source.url for one in guide.precedents for source in one.sources if source.url} <= set(addresses(root))


def test_every_precedent_is_due_one_day(guide: Guide) -> None:
    assert overdue_precedents(guide, "2027-11-30") == []
    assert len(overdue_precedents(guide, "2027-12-01")) == len(guide.precedents)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("arakawa-vehicles", "tax: 不明\n", "", r"cost: cost（額）と tax（税の別）は、いっしょに書いてください"),
        ("kyoto-marathon-2014", "cost: ", "activity: ", r"tax: cost（額）と tax（税の別）は"),
        ("chigasaki-fair-2018", "cautions: [daily-life]\n", "", r"boundary: daily-life"),
        (
            "arakawa-vehicles",
            "offers: [murakami-forest]",
            "offers: [murakami]",
            r"offers.0: 売り手「murakami」がありません",
        ),
        ("adachi-vehicles-2018", "[per-car]", "[per-bus]", r"cautions.0: 実例の注意「per-bus」がありません"),
        ("adachi-vehicles-2018", "emitted_t: 296", "emitted_t: 0", r"emitted_t: 0より大きい数"),
    ],
)
def test_a_slip_is_told_with_its_line(file: str, old: str, new: str, told: str, root: Path, tmp_path: Path) -> None:
    for folder in ("data", "docs"):
        shutil.copytree(root / folder, tmp_path / folder)
    shutil.copy(root / "mkdocs.yml", tmp_path)
    path = tmp_path / "data" / "precedents" / f"{file}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=rf"data/precedents/{file}\.yml:\d+: {told}"):
        load(tmp_path)


# -- the boundary decides the size -----------------------------------------------------------------


def test_tonnes_a_person_come_from_the_records(guide: Guide) -> None:
    """Worked by hand: 33.8 t for 1,679 people, 160.8 t for 1,700, 29 t for 11,716,000, 0.308 t for 560."""
    bars = {bar.title: (bar.counted, weight(bar.kg)) for bar in per_person(guide.precedents)}
    assert bars["世界トライアスロン横浜：2018年"] == ("visitors", "20.1 kg")
    assert bars["せとだレモンマラソン2026"] == ("lodging", "94.6 kg")
    assert bars["東北の夏祭り（11の祭り）"] == ("venue", "2.48 g")
    assert bars["としまエコライフフェア（2015年10月25日）"] == ("daily-life", "0.55 kg")
    assert bars["G7伊勢志摩サミット：代表団"] == ("lodging", "9.62 t")


@pytest.mark.parametrize(("kg", "share"), [(0.001, 0), (0.0001, 0), (1, 42.86), (10_000, 100)])
def test_a_bar_is_as_long_as_the_order_of_magnitude(kg: float, share: float) -> None:
    assert length(kg) == share


def test_the_chart_tells_every_bar_in_words(page_of: BuiltPage, guide: Guide) -> None:
    told = [" ".join(item.text().split()) for item in page_of.tree.css("#chart-per-person li")]
    bars = per_person(guide.precedents)
    assert len(told) == len(bars) >= 12
    assert all(f"{bar.title}：{weight(bar.kg)}" in one for bar, one in zip(bars, told, strict=True))
    cars = [one for one in told if "人数を車の台数として計算" in one]
    assert [one.split("：")[0] for one in cars] == ["丸亀町ハッピーハロウィン2019"]


# -- the page ----------------------------------------------------------------------------------------


def test_every_record_has_its_anchor_source_grade_and_what_was_counted(page_of: BuiltPage, guide: Guide) -> None:
    for one in guide.precedents:
        record = page_of.tree.css_first(f"details#{one.id}")
        assert record is not None, one.id
        told = record.text()
        assert all(source.title in told for source in one.sources), one.id
        assert f"確度 {one.grade}" in told, one.id
        assert one.boundary_text is None or one.boundary_text in told, one.id
        assert not one.cost or "税" in told, one.id


def test_a_caution_stands_where_it_belongs(page_of: BuiltPage, guide: Guide) -> None:
    words = {caution.id: caution.text.rstrip("。") for caution in guide.precedent_notes.cautions}
    for one in guide.precedents:
        told = page_of.tree.css_first(f"details#{one.id}").text()
        assert all(words[name] in told for name in one.cautions), one.id


def test_what_is_of_2012_and_before_is_folded_apart(page_of: BuiltPage, guide: Guide) -> None:
    groups = page_of.tree.css("details[data-group]")
    last = {row.attributes["data-precedent"] for row in groups[-1].css("[data-precedent]")}
    assert "open" not in groups[-1].attributes
    assert last == {one.id for one in guide.precedents if one.old}
    assert "gifu-games-2012" in last


def test_grades_are_counted(page_of: BuiltPage, guide: Guide) -> None:
    told = page_of.tree.css_first("[data-counts]").text()
    for grade, count in Counter(one.grade for one in recent(guide)).items():
        assert f"{grade}（" in told
        assert f"）{count}件" in told


def test_what_was_left_out_is_listed(page_of: BuiltPage, guide: Guide) -> None:
    text = page_of.tree.css_first("article").text()
    assert [one.id for one in guide.precedent_notes.left_out if one.text not in text] == []


def test_all_can_be_read_without_javascript(new_page: Callable[..., Page], guide: Guide) -> None:
    page = new_page(javascript=False)
    page.goto("/precedents/")
    assert page.locator("form:visible [name=boundary]").count() == 0
    assert page.locator("[data-pick]:visible").count() == 0
    page.click("#miyoshi-festa-2025 > summary")
    assert page.locator("#miyoshi-festa-2025 dl").is_visible()
    assert page.locator("[data-side] thead th").count() == len(guide.precedent_notes.side_by_side) == 3
    assert page.locator("[data-alike-list] li").count() >= 1


def test_pages_of_methods_and_cases_lead_there_and_back(site: Path) -> None:
    pages = read_pages(site)
    assert ("/precedents/", "kyoto-marathon-2014") in set(pages["/cases/"].links())
    back = set(pages["/precedents/"].links())
    assert {("/cases/", "kyoto"), ("/methods/a1/", ""), ("/buying/", "murakami-forest")} <= back
    for name in ("a1", "a2", "a3", "b1", "c1", "c2", "d1", "d2"):
        assert any(address == "/precedents/" for address, _ in pages[f"/methods/{name}/"].links()), name
    assert "2012年より後の実例はありません" in pages["/methods/b2/"].html


# -- with JavaScript -----------------------------------------------------------------------------------


def test_each_choice_leaves_the_records_that_hold_it(opened: Page, guide: Guide) -> None:
    for name in ("kind", "region", "year", "size", "boundary", "credit", "fund", "method"):
        choices = opened.eval_on_selector_all(f"#precedent-{name} option", "all => all.map((one) => one.value)")
        assert len(choices) >= 6
        for choice in choices[1:]:
            opened.select_option(f"#precedent-{name}", choice)
            assert shown(opened) == {one.id for one in guide.precedents if choice in held(one)[name].split("|")}, choice
        opened.select_option(f"#precedent-{name}", choices[0])


def test_choices_stay_in_the_address_and_are_cleared(opened: Page, guide: Guide) -> None:
    opened.select_option("#precedent-kind", "event")
    opened.select_option("#precedent-boundary", "visitors")
    some = shown(opened)
    opened.reload()
    assert shown(opened) == some
    assert some
    assert all(one.kind in EVENTS for one in guide.precedents if one.id in some)
    opened.click("form[data-precedents] button[type=reset]")
    opened.wait_for_function("() => !location.search")
    assert len(shown(opened)) == len(guide.precedents)


def test_the_browser_finds_those_alike_as_python_does(opened: Page, guide: Guide) -> None:
    kinds = ("event", "festival", "sports", "meeting", "vehicles", "gas")
    for kind, unit, size in itertools.product(kinds, ("people", "tonnes"), (1, 50, 1600, 40000)):
        opened.select_option("#alike-kind", kind)
        opened.select_option("#alike-unit", unit)
        opened.fill("#alike-size", str(size))
        found = alike(guide.precedents, kind, **{"people": None, "tonnes": None, unit: size})
        links = opened.eval_on_selector_all("[data-alike-list] a", "all => all.map((one) => one.hash.slice(1))")
        assert links == [one.id for one in found], (kind, unit, size)


def test_tonnes_of_several_events_are_like_nobodys(guide: Guide) -> None:
    left_out = {one.id for one in guide.precedents if one.tonnes and not one.one_tonnes}
    assert left_out == {"miyoshi-festa-2025", "toya-fireworks", "kyoto-sanga", "shunan-relay-marathon"}
    for kind, tonnes in itertools.product(("festival", "sports", "event"), (13, 20, 50, 60)):
        assert not left_out & {one.id for one in alike(guide.precedents, kind, None, tonnes)}


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("miyoshi-festa-2025", "オフセット 50 t（いくつかの催しの合計）"),
        ("shunan-relay-marathon", "オフセット 13 t（日常生活の分を含む、どの回か不明）"),
        ("setoda-lemon-marathon-2026", "オフセット 41.9 t（一部、見込み）"),
    ],
)
def test_a_short_line_marks_what_the_tonnes_are_not(page_of: BuiltPage, name: str, mark: str) -> None:
    assert mark in page_of.tree.css_first(f"#{name} [data-brief]").text()


def test_the_range_a_person_is_reckoned_from_the_records(page_of: BuiltPage, guide: Guide) -> None:
    told = page_of.tree.css_first("[data-range]").text()
    moved = [bar.kg for bar in per_person(guide.precedents) if bar.counted == "visitors"]
    assert f"参加者・来場者の移動を数えた例は{weight(min(moved))}から{weight(max(moved))}" in told
    assert "数十 kg" not in page_of.tree.css_first("article").text()


def test_a_shut_record_prints_as_one_line(opened: Page) -> None:
    opened.evaluate("() => { document.getElementById('miyoshi-festa-2025').open = true; }")
    pages = PdfReader(io.BytesIO(opened.pdf(format="A4"))).pages
    # fonts give some letters the codes of radicals
    text = unicodedata.normalize("NFKC", re.sub(r"\s", "", "".join(one.extract_text() for one in pages)))
    assert len(pages) <= 30
    assert "京都マラソン2014" in text
    assert "約33,000人" in text  # of the record that is open
    opened.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert opened.locator("[data-shut]").count() == 0


def test_no_choice_leaves_nothing(opened: Page, guide: Guide) -> None:
    assert opened.locator("#precedent-method option[value=b2]").count() == 0
    for name in ("kind", "region", "year", "size", "boundary", "credit", "fund", "method"):
        choices = opened.eval_on_selector_all(f"#precedent-{name} option", "all => all.map((one) => one.value)")[1:]
        assert set(choices) <= {value for one in guide.precedents for value in held(one)[name].split("|")}


def test_a_wrong_size_is_told_at_its_field_and_kept(opened: Page) -> None:
    for wrong in ("0", "-5", "abc", "1e3", "9" * 400, "0.0000000000000001"):
        opened.fill("#alike-size", wrong)
        expect(opened.locator("form[data-alike] [data-error]"), wrong).to_be_visible()
        expect(opened.locator("#alike-size")).to_have_value(wrong)
        expect(opened.locator("[data-alike-list]")).to_be_hidden()
        opened.fill("#alike-size", "２，０００")
        expect(opened.locator("form[data-alike] [data-error]")).to_be_hidden()


def test_three_stand_side_by_side_and_no_fourth(opened: Page, guide: Guide) -> None:
    pick(opened, *THREE)
    heads = opened.eval_on_selector_all("[data-side] thead a", "all => all.map((one) => one.hash.slice(1))")
    assert set(heads) == set(THREE)
    assert opened.locator("[data-pick][value=setoda-lemon-marathon-2026]").is_disabled()
    assert opened.locator("[data-side] td", has_text="35.5").count() >= 1
    opened.click("[data-clear]")
    heads = opened.eval_on_selector_all("[data-side] thead a", "all => all.map((one) => one.hash.slice(1))")
    assert heads == guide.precedent_notes.side_by_side


def test_neither_page_nor_table_scrolls_sideways(opened: Page) -> None:
    pick(opened, *THREE)
    for width in (1280, 375, 320):
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate("() => { scrollTo(9999, 0); return scrollX; }") == 0, width
        place = opened.locator(".table--side")
        assert place.evaluate("one => one.scrollWidth - one.clientWidth") <= 1, width


def test_the_text_holds_facts_citation_and_address(opened: Page, guide: Guide) -> None:
    pick(opened, *THREE)
    opened.click("[data-copy]")
    expect(opened.locator("[data-text]")).not_to_have_value("")
    text = opened.input_value("[data-text]")
    for one in (one for one in guide.precedents if one.id in THREE):
        assert one.title in text
        assert one.year_text in text
        source = re.escape(f"・出典：{one.sources[0].publisher}「{one.sources[0].title}」 {one.sources[0].url}")
        assert re.search(f"確度 {one.grade}(：[^・\n]+)?{source}", text)
        assert f"/precedents/#{one.id}" in text
    assert "排出 22.4 t、オフセット 22.4 t" in text


def taken(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.click(f"[data-{name}]")
    return download.value.path().read_bytes()


def test_the_csv_holds_the_same(opened: Page, guide: Guide) -> None:
    pick(opened, *THREE)
    content = taken(opened, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert list(rows[0]) == ["実例", *FACTS, "出典", "アドレス"]
    titles = {one.title: one for one in guide.precedents}
    assert {titles[row["実例"]].id for row in rows} == set(THREE)
    assert all("出典：" in row["出典"] for row in rows)
    assert {row["量"] for row in rows} >= {"排出 4.653 t、オフセット 5 t"}


def test_the_word_file_is_sound_and_holds_the_same(opened: Page, guide: Guide, tmp_path: Path) -> None:
    pick(opened, *THREE)
    path = tmp_path / "precedents.docx"
    path.write_bytes(taken(opened, "word"))
    with zipfile.ZipFile(path) as made:
        assert made.testzip() is None
        document = ET.fromstring(made.read("word/document.xml"))  # noqa: S314
    words = "\n".join(text.text or "" for text in document.iter(f"{WORDS}t"))
    for one in (one for one in guide.precedents if one.id in THREE):
        assert one.title in words
        assert f"出典：{one.sources[0].publisher}「{one.sources[0].title}」" in words
    assert len(list(document.iter(f"{WORDS}tbl"))) == 1
    office = shutil.which("soffice")
    if office:
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [office, profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert "京都マラソン2014" in (tmp_path / "precedents.txt").read_text(encoding="utf-8-sig")


def test_a_link_to_a_record_unfolds_it(opened: Page) -> None:
    opened.goto("/precedents/#tokorozawa-day-2021")
    opened.reload()
    expect(opened.locator("#tokorozawa-day-2021 dl")).to_be_visible()


def test_the_open_data_hold_every_record(site: Path, guide: Guide) -> None:
    records = json.loads((site / "data" / "precedents.json").read_text(encoding="utf-8"))["records"]
    assert [one["address"] for one in records] == [f"precedents/#{one.id}" for one in guide.precedents]
    rows = (site / "data" / "precedents.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("id,address,title,who")
    assert len(list(csv.reader(rows))) == 1 + len(guide.precedents)
