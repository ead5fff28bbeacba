"""The two zips, unpacked and opened from disk in Firefox and WebKitGTK: no server, nothing asked for elsewhere."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from macros.editions.imprint import Imprint
from macros.editions.offline import FOLDER, offline_zip
from macros.editions.plan.papers import texts_in
from macros.rendering.calculators import fragment
from tests.calculator_tools import IDS, catalogue
from tests.engines import Engine
from tests.test_embed import made_kit

pytestmark = pytest.mark.full
BOX = "[data-md-component=search-query]"
FIRST_FOUND = ".md-search-result__item .md-search-result__link h1"


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """site.zip."""
    folder = tmp_path_factory.mktemp("offline")
    ZipFile(BytesIO(offline_zip(site, Imprint(1_800_000_000, "https://www.example.jp/offset/")))).extractall(folder)
    return (folder / FOLDER).as_uri()


@pytest.fixture(scope="module")
def kit(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """calculators.zip."""
    folder = tmp_path_factory.mktemp("kit")
    with ZipFile(made_kit(site, folder)) as archive:
        archive.extractall(folder)
    return (folder / "calculators/embed").as_uri()


def test_search_and_glossary_work_from_disk(engine: Engine, unpacked: str) -> None:
    engine.open(f"{unpacked}/index.html")
    engine.type(BOX, "むこうか")
    engine.wait_for_text(FIRST_FOUND, "無効化")
    engine.press("Enter")
    engine.wait_for_address("/glossary/index.html")
    engine.type("#glossary-search", "boundary")
    engine.wait_for_text("#glossary-found [data-term]", "バウンダリ")
    engine.open(f"{unpacked}/index.html")
    engine.type("#glossary-lookup", "むこうか\ue007")
    engine.wait_for_address("/glossary/index.html?q=")
    engine.wait_for_text("#glossary-found [data-term]", "無効化")


def test_chooser_and_filter_work_from_disk(engine: Engine, unpacked: str) -> None:
    engine.open(f"{unpacked}/methods/index.html")
    engine.click("[data-chooser] input")
    engine.wait_for_text("[data-chooser-status]", "合う方法は")
    engine.open(f"{unpacked}/cases/index.html")
    engine.choose("#filter-method", "a1")
    engine.wait_for_text("[data-filter-status]", "件を表示しています")
    engine.wait_for_address("?method=a1")


def test_a_plan_writes_a_document_from_disk(engine: Engine, unpacked: str) -> None:
    link = "#v=1&method=a1&calculator=event&people=120&rail_people=120&rail_km=20&trips=2"
    engine.open(f"{unpacked}/plan/index.html{link}")
    engine.wait_for_text("#before offset-calculator output[name=total_kg]", "81.6")
    assert "81.6 kg-CO₂" in texts_in(engine.download("[data-paper=planning-sheet] [data-do=word]"))


@pytest.mark.parametrize("name", IDS)
def test_every_calculator_works_from_disk(engine: Engine, unpacked: str, kit: str, name: str) -> None:
    example = next(one for one in catalogue().calculators[name].examples if one.shown)
    for folder in (f"{unpacked}/calculators", f"{unpacked}/embed", kit):
        engine.open(f"{folder}/{name}/index.html#v=1&{fragment(example.inputs, example.rows)}")
        for key, value in example.shown.items():
            engine.wait_for_text(f"output[name={key}]", value)
    engine.click("[data-do=text]")
    engine.wait_for("document.querySelector('[data-output] textarea')?.value")
    assert engine.download("[data-do=csv]").startswith(b"\xef\xbb\xbf")
