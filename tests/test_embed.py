"""A calculator alone for frames of other sites: what the page holds, what its address may ask, what it costs."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from macros.calculators import texts_of
from macros.hosting.hashing import file_of
from macros.hosting.policy import frame_policy
from macros.loading.guide import Guide
from macros.rendering.calculators import fragment
from macros.rendering.pictures import MORE, OWN, wrapped
from macros.site.build import build
from tests.browser import axe_violations, eventually
from tests.calculator_tools import IDS, ROOT, catalogue, definition, reckoned
from tests.embed_tools import FILES, suppliers_are_found, zipped
from tests.measure_heights import WIDTHS, measured
from tests.pages import address_of

NewPage = Callable[..., Page]
TODAY = catalogue().sets.today


def parsed(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / "embed" / name / "index.html").read_text(encoding="utf-8"))


# -- what the page holds -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", IDS)
def test_the_page_has_only_what_is_ours(site: Path, name: str) -> None:
    tree = parsed(site, name)
    first = "calculator-allot" if "allot" in texts_of(definition(name)) else "calculator-shared"
    files = [f"assets/js/{first}.min.js", *FILES[1:]]
    *scripts, style = (file_of(site, file).name for file in files)
    assert tree.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert [node.attributes["src"] for node in tree.css("script")] == [f"../../assets/js/{name}" for name in scripts]
    assert [node.attributes["href"] for node in tree.css("link[rel=stylesheet]")] == [f"../../assets/css/{style}"]
    assert [node.tag for node in tree.css("style, [style], .md-header, nav, img, iframe, object")] == []
    assert [node for node in tree.css("*") for key in node.attributes if key.startswith("on")] == []


@pytest.mark.parametrize("name", IDS)
def test_links_open_outside_the_frame_and_lead_back(site: Path, name: str) -> None:
    links = parsed(site, name).css("a")
    assert all((a.attributes["target"], a.attributes["rel"]) == ("_blank", "noopener") for a in links)
    address = links[-1].attributes["href"] or ""
    assert address.endswith(f"/calculators/{name}/")
    assert address.startswith("../") or address in links[-1].text()


@pytest.mark.parametrize("name", IDS)
def test_the_page_is_stamped_and_holds_what_no_script_needs(site: Path, name: str) -> None:
    tree = parsed(site, name)
    version = tree.css_first("offset-calculator").attributes["data-version"] or ""
    stamp = tree.css_first("footer").text()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", version)
    assert {version, catalogue().sets.current.short} <= set(re.split(r"[。：、（）]", stamp))
    rows = tree.css("[data-worked-example] tbody tr")
    assert any(re.search(r"= [\d,.]+ ", row.text()) for row in rows)
    assert any("（　" in row.text() for row in rows)


def test_without_javascript_the_example_and_the_worksheet_are_seen(new_page: NewPage) -> None:
    page = new_page(375, 800, javascript=False)
    for name in IDS:
        page.goto(f"/embed/{name}/")
        expect(page.locator("[data-worksheet]")).to_be_visible()
        expect(page.locator("footer a")).to_be_visible()


def test_small_files_stand_beside_readable_ones(site: Path) -> None:
    scripts = (
        "calculator",
        "calculator-shared",
        "calculator-more",
        "calculator-exchange",
        "calculator-ledger",
        "statement",
    )
    for asset in [*(f"js/{name}" for name in scripts), "css/calculator"]:
        kind = asset.partition("/")[0]
        small, readable = (file_of(site, f"assets/{asset}.{ending}") for ending in (f"min.{kind}", kind))
        assert small.stat().st_size < readable.stat().st_size
    assert zipped(site / "embed/resize.js") <= 1000


# one of each make: with and without suppliers, with rows
MAKES = {"event", "forest", "joint-purchase", "office"}


@pytest.mark.parametrize("name", [pytest.param(one, marks=() if one in MAKES else pytest.mark.full) for one in IDS])
def test_four_requests_reckon_and_five_are_all(new_page: NewPage, name: str) -> None:
    page = new_page(375, 800)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"/embed/{name}/?theme=dark&factors=2011")
    page.locator("[data-do=preset]").click()
    page.wait_for_function("() => [...document.querySelectorAll('output')].some((one) => one.dataset.value)")
    assert len([url for url in seen if not url.startswith("data:")]) == 4
    page.locator("[data-do=text]").click()
    page.locator("[data-output] textarea").wait_for()
    assert len([url for url in seen if not url.startswith("data:")]) == 5


# -- what all frames share ---------------------------------------------------------------------------


def shared_in(site: Path) -> dict[str, Any]:
    """What the file says that all frames load."""
    text = file_of(site, "assets/js/calculator-shared.js").read_text(encoding="utf-8")
    return json.loads(text.partition(" = ")[2].rstrip(";\n"))


def reasons_in(site: Path) -> dict[str, str]:
    """The words for what cannot be read, which load on use."""
    text = file_of(site, "assets/js/calculator-more.js").read_text(encoding="utf-8")
    return json.loads(re.findall(r"^offsetCalculatorMore\.reasons = (.*);$", text, re.MULTILINE)[0])


@pytest.mark.parametrize("name", IDS)
def test_page_and_shared_file_make_the_whole_calculator(site: Path, name: str) -> None:
    """Nothing of a calculator is lost or changed on the way into two files, and nothing is in both."""
    shared = shared_in(site)
    root = parsed(site, name).css_first("offset-calculator")
    found = json.loads(root.attributes["data-definition"] or "")
    if "allot" in texts_of(found):
        assert "data-shared" not in root.attributes
        assert found == json.loads(json.dumps(definition(name)))
        return
    light = {key: dict(value) for key, value in found["inputs"].items()}
    whole = json.loads(json.dumps(definition(name)))
    numbers = dict(found["numbers"])
    for key in set(shared["inputs"]) & set(light):
        assert list(light[key]["choices"]) == [light[key]["default"]]
        unit, prefix, entries = shared["inputs"][key]
        for choice, (_, value) in entries.items():
            light[key]["choices"][choice] = {"factor": value if isinstance(value, str) else prefix + choice}
            if not isinstance(value, str):
                numbers[prefix + choice] = value if isinstance(value, list) else [value, None, unit]
        # what is no longer offered comes with the suppliers that are loaded on use
        retired = whole["inputs"][key].pop("notes", {})
        for choice in retired:
            numbers[whole["inputs"][key]["choices"].pop(choice)["factor"]] = None
    assert (
        found | {"inputs": light, "rows": whole["rows"], "words": whole["words"], "numbers": whole["numbers"]} == whole
    )
    gone = {key for key, value in numbers.items() if value is None}
    whole["numbers"] = {key: value for key, value in whole["numbers"].items() if key not in gone}
    assert {key: numbers[key] for key in whole["numbers"]} == whole["numbers"]
    words = shared["words"] | reasons_in(site)
    assert {key: words[key] for key in whole["words"]} == whole["words"]
    assert not set(shared["words"]) & set(reasons_in(site))
    assert "words" not in found


@pytest.mark.parametrize("name", IDS)
def test_what_shares_is_loaded_by_those_that_share_alone(site: Path, name: str) -> None:
    for folder in ("calculators", "embed"):
        html = (site / folder / name / "index.html").read_text(encoding="utf-8")
        scripts = re.findall(r"assets/js/(calculator(?:-allot)?)\.", html)
        shares = "allot" in texts_of(definition(name))
        assert scripts == (["calculator-allot", "calculator"] if shares else ["calculator"])
    assert "assets/js/calculator-allot." in (site / "plan/index.html").read_text(encoding="utf-8")


def test_long_lists_of_choices_are_in_no_frame(site: Path) -> None:
    for name, (_, _, entries) in shared_in(site)["inputs"].items():
        fields = [field for one in IDS for field in parsed(site, one).css(f"select[name={name}]")]
        assert fields
        assert len(entries) > 10
        for field in fields:
            assert [option.text() for option in field.css("option")] == [entries["unknown"][0]]


@pytest.mark.parametrize("name", ["event", "household", "office"])
def test_a_frame_offers_the_choices_of_the_sites_own_page(new_page: NewPage, name: str) -> None:
    page = new_page()
    offered = []
    for address in (f"/calculators/{name}/", f"/embed/{name}/"):
        page.goto(address)
        field = page.locator("[name=electricity_supplier]")
        offered.append(
            [[one.get_attribute("value"), one.text_content()] for one in field.locator("option:not([hidden])").all()]
        )
        expect(field).to_have_value("unknown")
    assert offered[0] == offered[1]
    page.goto("about:blank")
    page.goto(f"/embed/{name}/#v=1&electricity_supplier=tokyogas&electricity_kwh=100")
    wanted = reckoned(name, "line_electricity_kwh", electricity_supplier="tokyogas", electricity_kwh="100")[1]
    expect(page.locator("output[name=line_electricity_kwh]")).to_have_text(wanted)


def test_without_the_shared_file_a_frame_says_so(new_page: NewPage) -> None:
    page = new_page(allowed=("ERR_FAILED",))
    page.route("**/calculator-shared*", lambda route: route.abort())
    page.goto("/embed/event/")
    expect(page.locator("offset-calculator [role=status]")).to_have_text(re.compile("読み直してください"))


def test_pages_for_frames_are_in_no_index(site: Path) -> None:
    index = site / "search/search_index.json"
    assert not index.exists() or '"location":"embed/event/' not in index.read_text(encoding="utf-8")


# -- what the address may ask ---------------------------------------------------------------------------


@pytest.fixture
def frame(new_page: NewPage) -> Callable[[str], Page]:
    """Open `/embed/event/` with a query and a fragment."""

    def go(rest: str, **options: str) -> Page:
        page = new_page(640, 800, **options)
        page.goto(f"/embed/event/{rest}")
        return page

    return go


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("2011", "2011"), ("guidebook", "2011"), ("2026", "2026"), ("current", TODAY), ("2099", TODAY), ("", TODAY)],
)
def test_a_set_of_factors_is_chosen_and_a_bad_one_ignored(frame: Callable, given: str, wanted: str) -> None:
    page = frame(f"?factors={given}#v=1&gasoline_l=100")
    expect(page.locator("[name=factors]")).to_have_value(wanted)
    expect(page.locator("output[name=total_kg]")).to_have_text(
        reckoned("event", "total_kg", gasoline_l="100", factors=wanted)[1]
    )
    page.locator("[data-do=clear]").click()
    expect(page.locator("[name=factors]")).to_have_value(wanted)


def test_the_fragment_is_more_particular_than_the_query(frame: Callable) -> None:
    expect(frame("?factors=2011#v=1&factors=2026").locator("[name=factors]")).to_have_value("2026")


@pytest.mark.parametrize(
    ("theme", "prefers", "dark"),
    [("light", "dark", False), ("dark", "light", True), ("auto", "dark", True), ("zzz", "light", False)],
)
def test_the_theme_is_kept_against_the_readers_own(frame: Callable, theme: str, prefers: str, dark: bool) -> None:
    page = frame(f"?theme={theme}", color_scheme=prefers)
    page.locator("offset-calculator[data-ready]").wait_for()
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    eventually(page, lambda: page.evaluate(ground), lambda seen: (seen != "rgb(255, 255, 255)") == dark)


# light ones on white and dark ones on dark, which cannot be read as they are given; the others too, in `make test-full`
HARD = {
    ("light", "ffff00"),
    ("light", "ff00ff"),
    ("light", "777777"),
    ("dark", "777777"),
    ("dark", "1b5e20"),
    ("dark", "000000"),
}
ACCENTS = [
    pytest.param(theme, accent, marks=() if (theme, accent) in HARD else pytest.mark.full)
    for theme in ("light", "dark")
    for accent in ("ffff00", "1b5e20", "000000", "777777", "ff00ff")
]


@pytest.mark.parametrize(("theme", "accent"), ACCENTS)
def test_an_accent_can_be_read_on_its_ground(frame: Callable, accent: str, theme: str) -> None:
    page = frame(f"?theme={theme}&accent={accent}")
    page.wait_for_function("() => document.documentElement.style.getPropertyValue('--accent')")
    assert axe_violations(page) == []


@pytest.mark.parametrize("accent", ["red", "12345", "1234567", "url(x)", "gggggg", ""])
def test_what_is_no_colour_is_ignored(frame: Callable, accent: str) -> None:
    page = frame(f"?accent={accent}&org=町")
    expect(page.locator("[data-setter]")).to_be_visible()
    assert page.evaluate("document.documentElement.style.getPropertyValue('--accent')") == ""


def test_title_and_organisation_are_told_as_the_setters(frame: Callable) -> None:
    page = frame("?title=夏まつり&org=○○市 環境課")
    expect(page.locator("[data-setter]")).to_have_text("設置者の表示：夏まつり　○○市 環境課")
    assert "夏まつり" not in page.locator("h1").inner_text()


@pytest.mark.parametrize(
    "org",
    [
        "x" * 41,
        "http://a.example",
        "example.jp",
        "ｅｘａｍｐｌｅ．ｊｐ",
        "a@b",
        "www.x",
        "//evil",
        "a\u202eb",
        "例え。jp",
        " ",
    ],
)
def test_addresses_and_long_names_are_not_shown(frame: Callable, org: str) -> None:
    page = frame(f"?lock=people&org={org}")
    expect(page.locator("[data-locked]")).to_have_count(1)
    expect(page.locator("[data-setter]")).to_be_hidden()


def test_markup_in_a_name_is_a_text(frame: Callable) -> None:
    page = frame("?org=<img src=x onerror=alert(1)>")
    expect(page.locator("[data-setter]")).to_have_text("設置者の表示：<img src=x onerror=alert(1)>")


def test_locked_fields_keep_their_value(frame: Callable) -> None:
    page = frame("?lock=gasoline_l,stage,nonsense,__proto__#v=1&gasoline_l=100&stage=actual")
    expect(page.locator("[name=gasoline_l]")).not_to_be_editable()
    expect(page.locator("[name=stage]")).to_be_disabled()
    for button in ["preset", "clear"]:
        page.locator(f"[data-do={button}]").click()
        expect(page.locator("[name=gasoline_l]")).to_have_value("100")
        expect(page.locator("[name=stage]")).to_have_value("actual")
    expect(page.locator("label", has_text="設置者が決めた値です")).to_have_count(2)


def test_a_locked_field_that_cannot_be_read_stays_open(frame: Callable) -> None:
    page = frame("?lock=gasoline_l,people#v=1&gasoline_l=abc")
    expect(page.locator("[name=people]")).not_to_be_editable()
    expect(page.locator("[name=gasoline_l]")).to_be_editable()


# -- where neither script nor frame may be -----------------------------------------------------------------


@pytest.mark.parametrize("name", IDS)
def test_the_picture_says_what_the_example_says(site: Path, name: str) -> None:
    root = ElementTree.fromstring((site / "embed" / name / "picture.svg").read_text(encoding="utf-8"))  # noqa: S314
    words = "".join(root.itertext())
    assert catalogue().calculators[name].title in words.replace("\n", "")
    # a line may end between them
    assert re.search(r"=\s+[\d,.]+\s", words)
    assert not [node for node in root.iter() for key in node.attrib if key == "style" or "href" in key]


def test_lines_of_a_picture_are_not_wider_than_it() -> None:
    assert list(wrapped("あいうえお", 3)) == ["あいう", "えお"]
    assert list(wrapped("120 kg-CO2", 5)) == ["120 ", "kg-CO2"]


@pytest.mark.parametrize("name", IDS)
def test_the_factors_are_a_table_for_spreadsheets(site: Path, name: str) -> None:
    text = (site / "embed" / name / "factors.csv").read_bytes().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    values = [f"value_{one.id}" for one in catalogue().sets.offered]
    assert text.startswith("\ufeff" + ",".join([*OWN, *values, *MORE]))
    assert all(row["unit"] and any(row[key] for key in values) and row["source_title"] for row in rows)


# -- offline kit -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kit_folder(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """The kit, unpacked; made from the built site as the editions make it."""
    folder = tmp_path_factory.mktemp("kit")
    with zipfile.ZipFile(made_kit(site, folder)) as archive:
        archive.extractall(folder)
    return folder / "calculators"


def made_kit(site: Path, folder: Path) -> Path:
    from macros.pages.check import load
    from macros.site.frames import kit
    from macros.site.job import Job

    copy = folder / "site"
    for name in ["assets/js", "assets/css", "embed"]:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).symlink_to(site / name)
    (copy / "index.html").symlink_to(site / "index.html")
    kit(Job(ROOT, copy, load(ROOT), editions=True))
    return copy / "downloads/calculators.zip"


@pytest.mark.parametrize("time", ["86400", "1795219200"])  # a zip knows no time before 1980
def test_the_kit_is_the_same_each_time(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", time)
    first, second = (made_kit(site, tmp_path / part).read_bytes() for part in "ab")
    assert first == second


@pytest.mark.parametrize("name", IDS)
def test_the_kit_opens_from_disk_and_gives_the_same_numbers(browser: Browser, kit_folder: Path, name: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith(("file:", "data:")) else errors.append(one.url))
    page.goto((kit_folder / "index.html").as_uri())
    page.locator(f'a[href="embed/{name}/index.html"]').click()
    example = next(one for one in catalogue().calculators[name].examples if one.shown)
    page.goto("about:blank")
    page.goto((kit_folder / f"embed/{name}/index.html").as_uri() + "#v=1&" + fragment(example.inputs, example.rows))
    for key, value in example.shown.items():
        expect(page.locator(f"output[name={key}]").first).to_have_text(value)
    page.locator("[data-do=text]").click()
    page.locator("[data-output] textarea").wait_for()
    if name == "event":
        suppliers_are_found(page)
    page.close()
    assert errors == []


def test_the_kit_can_be_hosted_as_it_is(new_page: NewPage, serve: Callable[..., str], kit_folder: Path) -> None:
    (kit_folder.parent / "favicon.ico").touch()
    page = new_page(origin=serve(kit_folder.parent))
    page.goto("/calculators/embed/event/#v=1&gasoline_l=100")
    expect(page.locator("output[name=total_kg]")).to_have_text(reckoned("event", "total_kg", gasoline_l="100")[1])


def test_links_of_the_kit_lead_into_the_kit_or_to_the_site(kit_folder: Path) -> None:
    for page in kit_folder.rglob("*.html"):
        for node in LexborHTMLParser(page.read_text(encoding="utf-8")).css(
            "[href], [src], [data-more], [data-factors]"
        ):
            for key in ("href", "src", "data-more", "data-factors"):
                target = node.attributes.get(key) or "data:"
                assert target.startswith(("http", "data:")) or (page.parent / target).is_file(), (page, target)


# -- heights, retired ids ----------------------------------------------------------------------------------------


def test_every_calculator_has_its_heights(guide: Guide) -> None:
    assert guide.embeds.widths == WIDTHS
    assert [one.calculator for one in guide.embeds.heights] == IDS
    assert {len(one.empty) for one in guide.embeds.heights} == {len(WIDTHS)}
    assert {len(one.worked) for one in guide.embeds.heights} == {len(WIDTHS)}


def compare_heights(browser: Browser, server: str, guide: Guide, names: list[str], widths: list[int]) -> None:
    """Letters differ a little from machine to machine; a changed form differs more."""
    found = measured(browser, server, names, widths)
    for one in guide.embeds.heights:
        for kind, heights in found.get(one.calculator, {}).items():
            noted = [getattr(one, kind)[WIDTHS.index(width)] for width in widths]
            assert heights == pytest.approx(noted, rel=0.12), (one.calculator, kind)


def test_the_heights_are_still_true(browser: Browser, server: str, guide: Guide) -> None:
    compare_heights(browser, server, guide, ["event", "scheme"], [320, 640])


@pytest.mark.full
def test_all_heights_are_still_true(browser: Browser, server: str, guide: Guide) -> None:
    compare_heights(browser, server, guide, IDS, WIDTHS)


RETIRED = """retired:
  - id: old-event
    instead: event
    retired_on: 2026-04-01
    reason: 会議・イベントの計算器にまとめました。
  - id: gone
    retired_on: 2026-04-01
    reason: 制度が終わりました。
"""


def test_a_retired_id_still_answers_and_leads_on(small_guide: Path, tmp_path: Path) -> None:
    file = small_guide / "data/embeds.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("retired: []\n", RETIRED), encoding="utf-8")
    build(small_guide, tmp_path / "site")
    old, gone = (parsed(tmp_path / "site", name) for name in ("old-event", "gone"))
    assert "会議・イベントの計算器にまとめました。" in old.css_first("main").text()
    assert old.css_first("main a").attributes["href"] == "../event/"
    assert (gone.css_first("main a").attributes["href"] or "").endswith("/calculators/")
    assert gone.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] == frame_policy()


# -- the page that makes the code ----------------------------------------------------------------------------------


@pytest.fixture
def builder(new_page: NewPage) -> Callable[..., Page]:
    """Open the builder with a state in its address."""

    def go(state: str = "", **options: str) -> Page:
        page = new_page(1280, 900, **options)
        page.goto(f"/embed/{state}")
        return page

    return go


def code(page: Page, kind: str) -> str:
    return page.locator(f"[data-snippet={kind}]").input_value()


def address_in(text: str) -> str:
    return LexborHTMLParser(text).css_first("iframe").attributes["src"] or ""


def test_the_builder_fills_five_codes_and_the_preview(builder: Callable[..., Page], guide: Guide) -> None:
    page = builder()
    page.locator("[name=calculator]").select_option("household")
    page.locator("[name=factors]").select_option("2011")
    page.locator("[name=width]").select_option("320")
    page.locator("[name=org]").fill('○○市 "環境課"')
    expect(page.locator("[data-snippet=iframe]")).to_have_value(re.compile("household.*factors=2011.*org="))
    heights = next(one for one in guide.embeds.heights if one.calculator == "household")
    assert f"height:{heights.worked[0]}px" in code(page, "iframe")
    assert f"height:{heights.empty[0]}px" in code(page, "resize")
    assert "/embed/resize.js" in code(page, "resize")
    assert (
        LexborHTMLParser(code(page, "iframe")).css_first("iframe").attributes["title"]
        == "カーボン・オフセット計算（家庭）"
    )
    assert "/calculators/household/" in code(page, "link")
    assert "picture.svg" in code(page, "picture")
    assert "factors.csv" in code(page, "picture")
    assert "/calculators/embed/household/index.html?factors=2011" in code(page, "kit")
    frame = page.frame_locator("[data-preview] iframe")
    expect(frame.locator("[data-setter]")).to_have_text('設置者の表示：○○市 "環境課"')
    expect(frame.locator("[name=factors]")).to_have_value("2011")


def test_start_values_and_locks_are_in_the_code_and_in_the_frame(
    builder: Callable[..., Page], site: Path, server: str
) -> None:
    page = builder("#event")
    page.locator("[data-builder-fields] summary").click()
    page.locator("[data-start=people]").fill("120")
    page.locator("[data-start=trips]").select_option("2")
    page.locator("[data-lock=trips]").check()
    expect(page.locator("[data-snippet=iframe]")).to_have_value(
        re.compile(r"\?lock=trips#v=1&amp;people=120&amp;trips=2")
    )
    # as the code says, but here
    public = address_of(site) or f"{server}/"
    page.goto(address_in(code(page, "iframe")).replace(public, f"{server}/"))
    expect(page.locator("[name=people]")).to_have_value("120")
    expect(page.locator("[name=trips]")).to_be_disabled()


def test_any_supplier_can_stand_at_the_start(builder: Callable[..., Page], site: Path, server: str) -> None:
    page = builder("#event")
    page.locator("[data-builder-fields] summary").click()
    search = page.get_by_role("searchbox", name="小売電気事業者を名前か番号でさがす")
    search.fill("エネット")
    found = page.locator("td:has([data-start=electricity_supplier]) [role=group] button")
    expect(found.first).to_have_text("(株)エネット　メニューF（残差）（A0009）")
    found.get_by_text("メニューE（A0009）").click()
    # a letter is one year's order: the code says which
    expect(page.locator("[data-snippet=iframe]")).to_have_value(re.compile("electricity_supplier=a0009-e.2026"))
    page.locator("[data-lock=electricity_supplier]").check()
    page.get_by_role("searchbox", name="熱供給事業者を名前か番号か区域でさがす").fill("渋谷")
    page.locator("td:has([data-start=heat_supplier]) [role=group] button").first.click()
    expect(page.locator("[data-snippet=iframe]")).to_have_value(re.compile("lock=.*heat_supplier=h065-shibuya"))
    expect(page).to_have_url(re.compile("v.heat_supplier=h065-shibuya"))
    address = page.url
    assert axe_violations(page) == []
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("[data-start=electricity_supplier] option:checked")).to_have_text(
        "(株)エネット　メニューE（A0009）"
    )
    code_now = page.locator("[data-snippet=iframe]")
    expect(code_now).to_have_value(re.compile("electricity_supplier=a0009-e.2026.*heat_supplier=h065-shibuya"))
    public = address_of(site) or f"{server}/"
    page.goto(address_in(code_now.input_value()).replace(public, f"{server}/"))
    expect(page.locator("[name=heat_supplier] option:checked")).to_have_text(re.compile("渋谷熱供給"))
    expect(page.locator("[name=electricity_supplier]")).to_have_value("a0009-e.2026")
    expect(page.locator("[name=electricity_supplier]")).to_be_disabled()
    page.goto("about:blank")
    page.goto(f"{server}/embed/#calculator=event&v.electricity_supplier=a9999")
    expect(page.locator("[data-start=electricity_supplier]")).to_have_value("")


def test_the_builders_state_is_in_its_address(builder: Callable[..., Page]) -> None:
    page = builder(
        "#calculator=office&theme=dark&accent=ffff00&org=%E7%94%BA&lock=factors&v.electricity_kwh=5&sandbox=1"
    )
    before = {kind: code(page, kind) for kind in ("iframe", "resize", "link", "picture", "kit")}
    assert "theme=dark&amp;accent=ffff00" in before["iframe"]
    assert 'sandbox="allow-scripts allow-forms allow-downloads allow-modals allow-popups"' in before["iframe"]
    page.locator("[name=org]").fill("町村")
    page.wait_for_url(re.compile("%E7%94%BA%E6%9D%91"))
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert code(page, "iframe") != before["iframe"]
    assert "lock=factors" in code(page, "iframe")
    assert "electricity_kwh=5" in code(page, "iframe")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("accent=ffff00&theme=light", "読めるように色を直します"),
        ("accent=red", "6桁の16進数"),
        ("org=http://a.example", "設置者の名前は、40字まで"),
        ("accent=1b5e20&theme=light", ""),
    ],
)
def test_the_builder_tells_what_it_mends(builder: Callable[..., Page], state: str, told: str) -> None:
    page = builder(f"#calculator=event&{state}")
    expect(page.locator("[data-builder-status]")).to_have_text(re.compile(told) if told else "")


@pytest.mark.parametrize("state", ["#zzz", "#calculator=__proto__&width=7&theme=<b>", "#=&&%", "#event"])
def test_a_bad_state_of_the_builder_is_ignored(builder: Callable[..., Page], state: str) -> None:
    assert "/embed/event/" in code(builder(state), "iframe")


def test_the_builder_in_use_is_accessible_by_rule(builder: Callable[..., Page]) -> None:
    page = builder("#calculator=event&theme=light")
    page.locator("[data-builder-fields] summary").click()
    page.frame_locator("[data-preview] iframe").locator("offset-calculator[data-ready]").wait_for()
    assert axe_violations(page) == []


def test_the_page_says_where_helpers_are_in_a_frame(site: Path) -> None:
    words = LexborHTMLParser((site / "embed/index.html").read_text(encoding="utf-8")).css_first("article").text()
    assert "「分かる数から出す」は、枠の中では「数えるものを選ぶ」を押すと" in words


def test_without_javascript_ready_codes_stand_there(new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto("/embed/")
    expect(page.locator("[data-builder]")).to_be_hidden()
    for name in IDS:
        codes = page.locator(f"section[aria-labelledby={name}] pre").all_text_contents()
        frame = LexborHTMLParser(codes[0]).css_first("iframe")
        assert len(codes) == 5
        assert (frame.attributes["src"] or "").endswith(f"/embed/{name}/")
        assert len(frame.attributes["title"] or "") >= 4
        assert LexborHTMLParser(codes[3]).css_first("img").attributes["alt"]
