"""The page of a plan as it is read without JavaScript: every task, as every method calls it."""

import pytest

from macros.loading import Guide
from tests.pages import BuiltPage, read_pages

TASKS = ["purpose", "boundary", "before", "reduce", "buy", "hold", "after", "retire", "publish"]


@pytest.fixture(scope="module")
def page(site) -> BuiltPage:
    return read_pages(site)["/plan/"]


def test_the_tasks_stand_in_their_order_with_their_anchors(page: BuiltPage, guide: Guide) -> None:
    assert [task.id for task in guide.plan.tasks] == TASKS
    assert [node.attributes["id"] for node in page.tree.css("offset-plan > section")] == TASKS
    links = [node.attributes["href"] for node in page.tree.css("offset-plan nav a")]
    assert links == [f"#{task}" for task in TASKS]


def test_every_method_says_what_it_calls_each_task_or_that_it_needs_none(page: BuiltPage, guide: Guide) -> None:
    for task in TASKS:
        rows = page.tree.css(f"#{task} .plan-methods li")
        assert [row.attributes["data-method"] for row in rows] == [method.id for method in guide.methods]
        for row, method in zip(rows, guide.methods, strict=True):
            source = next(one for one in guide.methods if one.id == (method.same_as or method.id))
            own = next((one for one in source.plan if one.task == task), None)
            # a marked term brings its short meaning along
            words = own.title.split("＊") if own else ["この方法では要りません"]
            assert all(word in row.text() for word in words), (task, method.id)


def test_each_method_has_a_plan_in_the_order_of_the_tasks(guide: Guide) -> None:
    for method in guide.methods:
        named = [one.task for one in method.plan]
        assert method.same_as or named == [task for task in TASKS if task in named]
        assert method.same_as or {"purpose", "before", "after", "publish"} <= set(named)


def test_blank_sheets_calculators_and_sellers_are_linked(page: BuiltPage) -> None:
    to = {f"{address}#{anchor}" if anchor else address for address, anchor in page.links()}
    assert {"/downloads/#planning-sheets", "/calculators/event/", "/calculators/office/", "/buying/#sellers"} <= to


def test_precedents_of_today_are_linked_before_those_of_then(page: BuiltPage) -> None:
    links = [node.attributes["href"].split("#")[0] for node in page.tree.css("#purpose a")]
    assert links.index("../precedents/") < links.index("../cases/")


def test_how_many_visitors_to_ask_is_read_without_javascript(page: BuiltPage, guide: Guide) -> None:
    survey = guide.plan.survey
    assert survey
    rows = [[cell.text() for cell in row.css("th, td")] for row in page.tree.css("#hold .plan-sizes tr")]
    assert rows[0] == ["来場者", "誤差 ±3ポイント", "誤差 ±5ポイント", "誤差 ±10ポイント"]
    assert ["3,000人", "788人", "341人", "94人"] in rows
    said = page.tree.css_first("#hold .plan-paper[data-paper=survey]").text()
    assert survey.basis in said
    assert survey.beyond in said
    assert page.tree.css(f"#hold .plan-paper a[href='{survey.sources[0].url}']")


def test_nothing_to_fill_shows_before_the_script_has_run(page: BuiltPage) -> None:
    assert all("hidden" in node.attributes for node in page.tree.css("offset-plan [data-when-ready]"))
    assert page.tree.css("offset-plan form[data-when-ready]")


@pytest.mark.parametrize("name", ["a1", "b2", "d2"])
def test_a_method_leads_to_its_plan(site, name: str) -> None:
    pages = read_pages(site)
    for address in (f"/methods/{name}/", "/methods/"):
        assert ("/plan/", f"v=1&method={name}") in list(pages[address].links())
