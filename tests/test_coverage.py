"""Sets compared: what `data/` knows is on the pages, each record where readers look for it."""

from pathlib import Path

import pytest

from macros.loading.guide import Guide
from macros.rendering import Renderer
from macros.rendering.core import page_address
from tests.pages import BuiltPage, read_pages

FROZEN = Path(__file__).parent / "frozen-ids.txt"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BuiltPage]:
    return read_pages(site)


def squeeze(text: str) -> str:
    """Return text as BuiltPage.text has it: no white space, no mark."""
    return "".join(text.split())


def plain(page: BuiltPage) -> str:
    """The words of a page without the mark ＊ and the hidden definitions."""
    for node in page.tree.css(".term__tip, .term__mark"):
        node.decompose()
    return page.text


def test_every_record_has_its_anchor(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    wanted = [
        *(("/cases/", case.id) for case in guide.cases),
        *(("/glossary/", term.id) for term in guide.glossary),
        *(("/links/", link.id) for link in guide.links),
        *(("/changes/", change.id) for change in guide.changes),
        *(("/report/models/", model.id) for model in guide.report.models),
    ]
    assert [place for place in wanted if place[1] not in pages[place[0]].ids] == []


def test_the_anchor_of_a_term_is_on_the_element_that_names_it(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    marked = [node.attributes for node in pages["/glossary/"].tree.css("[data-term]")]
    assert [attributes["id"] for attributes in marked] == [attributes["data-term"] for attributes in marked]
    assert {attributes["data-term"] for attributes in marked} == {term.id for term in guide.glossary}


def test_every_figure_is_shown(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    shown = {name for page in pages.values() for name in page.ids}
    flows = {f"figure-{method.id}-flow" for method in guide.methods if method.flow}
    assert ({f"figure-{figure.id}" for figure in guide.figures} | flows) - shown == set()


def test_every_survey_table_and_number_is_shown(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    shown = {name for page in pages.values() for name in page.ids}
    words = "".join(page.text for page in pages.values() if page.address != "/404.html")
    renderer = Renderer(guide)
    assert {f"survey-{table.id}" for table in guide.surveys.tables} - shown == set()
    assert [one.id for one in guide.surveys.numbers if squeeze(renderer.number(one.id)) not in words] == []


def test_notes_of_today_stand_on_the_pages_they_name(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    texts = {address: plain(page) for address, page in pages.items() if address != "/404.html"}
    missing = [
        f"{change.id}: {page}"
        for change in guide.changes
        for page in change.pages
        if squeeze(change.title).replace("＊", "") not in texts[page_address(page)]
    ]
    assert missing == []


def test_remarks_stand_on_the_pages_they_name(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    missing = [
        f"{remark.id}: {page}"
        for remark in guide.remarks
        for page in remark.pages
        if squeeze(remark.title) not in pages[page_address(page)].text
    ]
    assert missing == []


@pytest.mark.parametrize("name", ["a1", "a2", "b1", "b2", "c1", "c2"])
def test_every_step_stands_on_its_methods_page(guide: Guide, pages: dict[str, BuiltPage], name: str) -> None:
    method = Renderer(guide).content(name)
    assert method.flow is not None
    words = plain(pages[f"/methods/{name}/"])
    wanted = [phase.name for phase in method.flow.phases]
    wanted += [phase.duration for phase in method.flow.phases if phase.duration]
    for phase in method.flow.phases:
        for step in phase.steps:
            wanted += [step.title, *(sub.text for sub in step.substeps)]
    assert [text for text in wanted if squeeze(text).replace("＊", "") not in words] == []


def test_every_method_is_reached_by_the_chooser(guide: Guide) -> None:
    answers = [choice.methods for question in guide.chooser for choice in question.choices]
    narrow = {name for methods in answers for name in methods if len(methods) < len(guide.methods)}
    assert narrow == {method.id for method in guide.methods}


def test_changing_a_number_changes_every_place_that_shows_it(guide: Guide) -> None:
    number = next(one for one in guide.surveys.numbers if one.id == "offset-total")
    others = [number.model_copy(update={"value": 12345}) if one is number else one for one in guide.surveys.numbers]
    surveys = guide.surveys.model_copy(update={"numbers": others})
    changed = Renderer(guide.model_copy(update={"surveys": surveys}))
    assert "12,345" in changed.number("offset-total")


def test_public_ids_are_kept_for_ever(site: Path, pages: dict[str, BuiltPage]) -> None:
    """An id may be added; one that goes needs a redirect and a line in CHANGELOG.md."""
    lines = [line for line in FROZEN.read_text(encoding="utf-8").splitlines() if line.startswith("/")]
    frozen = [line.partition("#") for line in lines]
    lost = [
        f"{address}#{anchor}"
        for address, _, anchor in frozen
        if address not in pages or (anchor and anchor not in pages[address].ids)
    ]
    assert lost == []
    assert len(frozen) > 150
