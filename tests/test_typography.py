"""Gases and measures as they are printed, wherever people read; as machines read them elsewhere. The whole built site is judged."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.calculators import as_json, run
from macros.editions.imprint import Imprint
from macros.editions.workbook.book import workbook
from macros.loading.guide import Guide
from macros.models.typography import plain, typeset
from macros.site.typography import typeset_page
from tests.calculator_tools import catalogue

# written here once more, so that a mistake in the rule is not one of its judge
ASCII = re.compile(
    r"(?<![A-Za-z0-9_])(?:CO2|N2O|CH4|SF6|NF3)(?![A-Za-z0-9_])|(?<![A-Za-z_-])[Nkc]?m[23](?![A-Za-z0-9_])"
)
PRINTED = re.compile("[₂₃₄₆²³]")
MACHINES = {"code", "kbd", "pre", "samp", "script", "style", "textarea"}
# how the headings of a pasted table are read
PATTERNS = re.compile(r"/[^/\n]*(?:\|m3\||\|CO2\|)[^/\n]*/|千?m3:")
SAID = ("alt", "aria-label", "label", "placeholder", "title", "data-unit", "data-definition", "data-entry")


def said(html: str) -> Iterator[str]:
    """Yield every text of a page that people read or hear."""
    tree = LexborHTMLParser(html)
    for node in tree.root.traverse(include_text=True):  # type: ignore[union-attr]
        if node.tag == "-text":
            if not MACHINES & {outer.tag for outer in around(node)}:
                yield node.text_content or ""
        else:
            yield from (value for name, value in node.attributes.items() if name in SAID and value)
    for node in tree.css("meta[name=description], meta[property='og:title'], meta[property='og:description']"):
        yield node.attributes["content"] or ""


def around(node: LexborNode) -> Iterator[LexborNode]:
    while node := node.parent:  # type: ignore[assignment]
        yield node


def test_no_page_and_no_frame_shows_ascii(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(pages) > 60
    found = {name: [text.strip()[:60] for text in said(html) if ASCII.search(text)] for name, html in pages.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    # and they do speak of them
    assert sum(bool(PRINTED.search(html)) for html in pages.values()) > 40


def test_no_script_picture_or_feed_tells_people_ascii(site: Path) -> None:
    """Scripts bring texts of the data along; only keys and patterns to read tables stay."""
    for path in [*site.glob("embed/*/picture.svg"), site / "changes" / "feed.xml"]:
        assert not ASCII.search(re.sub(r"https?://[!-~]+", "", path.read_text(encoding="utf-8"))), path.name
    for path in site.glob("assets/js/*.min.js"):
        if path.name.startswith("calculator-ledger."):
            continue  # units as tables have them, in any letters
        text = PATTERNS.sub("", path.read_text(encoding="utf-8"))
        assert not [text[max(0, one.start() - 40) : one.end() + 40] for one in ASCII.finditer(text)], path.name


def test_data_for_machines_is_ascii(site: Path) -> None:
    files = [*site.glob("data/*.csv"), *site.glob("data/*.json"), *site.glob("embed/*/factors.csv")]
    assert len(files) > 60
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        assert not re.search("(?<=[A-Za-z])[₂₃₄₆²³]", text), path.name
    table = (site / "data" / "factors.csv").read_text(encoding="utf-8-sig")
    units = [row["unit"] for row in csv.DictReader(table.splitlines())]
    assert {"kg-CO2/kWh", "kg-CO2/m3", "kg-CO2/Nm3"} <= set(units)
    assert "CO2" in (site / "data" / "glossary.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("120 t-CO2", "120 t-CO₂"),
        ("kg-CO2/m3", "kg-CO₂/m³"),
        ("2.23 kg-CO2/Nm3", "2.23 kg-CO₂/Nm³"),
        ("kg-CO2e/kg", "kg-CO₂e/kg"),
        ("CO2排出量、CH4、N2O、SF6、NF3", "CO₂排出量、CH₄、N₂O、SF₆、NF₃"),
        ("10m3、64 g/m2、3 km2、m3/ha/年", "10m³、64 g/m²、3 km²、m³/ha/年"),
        ("CO₂とm³", "CO₂とm³"),
        ("city_gas_m3 growth_m3_ha lpg-m3 CO2x 20210605CO2offset", None),
        ("https://example.jp/CO2/m3.html www.example.jp/CO2", None),
    ],
)
def test_what_is_typed_either_way_is_printed_in_one(typed: str, printed: str | None) -> None:
    assert typeset(typed) == (printed or typed)
    assert typeset(plain(typeset(typed))) == typeset(typed)


def test_code_addresses_and_names_in_a_page_stay() -> None:
    html = '<p id="m3" title="1 m3">CO2 <code>CO2</code> <a href="/CO2/">m3</a></p><script>"CO2"</script><b>N2O</b>'
    assert typeset_page(html) == (
        '<p id="m3" title="1 m³">CO₂ <code>CO2</code> <a href="/CO2/">m³</a></p><script>"CO2"</script><b>N₂O</b>'
    )


def test_arithmetic_says_the_units_as_they_are_printed() -> None:
    known = catalogue()
    calculator = known.calculators["event"]
    steps = run(as_json(known, calculator), {"city_gas_m3": "30", "gas_supplier": "tokyo"}).steps
    assert steps["line_city_gas_m3"] == "30 m³ × 2.09 kg-CO₂/m³ = 62.7 kg-CO₂"


def test_the_workbook_shows_them_too(guide: Guide) -> None:
    book = ZipFile(BytesIO(workbook(guide.catalogue, Imprint(1_800_000_000))))
    parts = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    # CO2 and CH4 are names of cells in a formula
    spoken = [*re.findall(r"<t[^>]*>([^<]*)</t>", parts)]
    spoken += [text for one in re.findall(r"<f>([^<]*)</f>", parts) for text in re.findall('"([^"]*)"', one)]
    texts = [unescape(text) for text in spoken]
    assert len(texts) > 1000
    assert [text for text in texts if ASCII.search(text)] == []
    assert "t-CO₂" in "".join(texts)


# -- one link to a source, calculators in one order -------------------------------------------------

CELLS = "td, th, p, li, dd, dt, small, caption, summary, figcaption"


def test_no_two_links_beside_each_other_lead_to_the_same_place(site: Path) -> None:
    """Beside each other: nothing but marks and spaces between them."""
    pattern = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>[^<]*</a>[\s、。・／,()（）]*<a\b[^>]*?href="\1"')
    found = {}
    for path in site.rglob("*.html"):
        for cell in LexborHTMLParser(path.read_text(encoding="utf-8")).css(CELLS):
            if twice := pattern.search(cell.html or ""):
                found[path.relative_to(site).as_posix()] = twice[0][:200]
    assert found == {}


def test_calculators_stand_in_the_order_of_the_methods_everywhere(site: Path, guide: Guide) -> None:
    methods = [method.id for method in guide.methods]
    order = [one.id for one in sorted(guide.calculators, key=lambda one: methods.index(one.method))]
    assert len(order) == 11
    assert [one.id for one in guide.calculators] == order == list(guide.catalogue.calculators)
    shown = {}
    for path in site.rglob("*.html"):
        for block in LexborHTMLParser(path.read_text(encoding="utf-8")).css("ul, ol, table, select, dl, nav"):
            ids = re.findall(r"(?:calculators|embed)/([a-z-]+)/|value=\"([a-z-]+)\"", block.html or "")
            listed = list(dict.fromkeys(name for pair in ids for name in pair if name in order))
            if len(listed) > 5 and listed != [name for name in order if name in listed]:
                shown[path.relative_to(site).as_posix()] = listed
    assert shown == {}
    table = csv.DictReader((site / "data" / "calculators.csv").read_text(encoding="utf-8-sig").splitlines())
    assert list(dict.fromkeys(row["calculators_id"] for row in table)) == order
