"""Rules on `data/plan.yml` that need other records: every name in a document stands for something."""

import re
from collections.abc import Iterator
from typing import Any, get_args

from ..calculators import Catalogue
from ..models import PlanOrder, PlanWords
from ..models.base import Location
from ..models.methods import TaskId
from .files import Source
from .problems import Problem, problem
from .references import allowed

PLACE = re.compile(r"\{([^{}]*)\}")
METHOD = ("method_code", "method_title", "method_group", "method_offsets", "method_actors", "method_bearer")
# of a survey of visitors
SURVEY = ("survey_people", "survey_count", "survey_steps", "survey_basis")
# only of the sheets to fill in by hand: which edition they are of
BLANK = ("edition",)
# what was bought and is not retired
RECKONED = ("kept_t",)
# the fact that says how things stand, and the deadlines of all tasks
COURSE, DUE = "course", "due"
# of headings, which are counted
NUMBER = "no"
TASKS = get_args(TaskId)
STAGES = ("before", "after")
# what is repeated, and the names inside one of it
LISTS: dict[str, tuple[str, ...]] = (
    {
        "effects": ("text",),
        "claims": ("text",),
        "roles": ("label", "role"),
        "schedule": ("label", "day", "who"),
        "open": ("label", "text"),
        "statement_withheld": ("text",),
        "compare": ("label", "before", "after"),
        "cited": ("text",),
        "survey_modes": ("label", "fields"),
        # of the sheets to fill in by hand
        "steps": ("label", "text", "who"),
        "checks": ("text",),
    }
    | {
        f"{stage}_{kind}": names
        for stage in STAGES
        for kind, names in {
            "inputs": ("label", "value"),
            "rows": ("label", "value"),
            "lines": ("label", "steps", "value"),
            "results": ("label", "value"),
            "factors": ("label", "value", "source"),
        }.items()
    }
    | {f"statement_{stage}": ("text",) for stage in STAGES}
)
# what is done before what, whatever the method
FIRST = (
    ("purpose", "boundary"),
    ("boundary", "before"),
    ("before", "reduce"),
    ("before", "buy"),
    ("before", "hold"),
    ("reduce", "after"),
    ("hold", "after"),
    ("after", "retire"),
    ("buy", "retire"),
    ("after", "publish"),
    ("retire", "publish"),
)
# marks that count; others only mark
COUNTED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
EARLIER = "「{}」（{}日）より前の日になっています。日は、開催日・はじまりの日から数え、その前は -30 のように書きます"
OTHER_ORDER = "手順は data/plan.yml の順に並べてください（「{}」は「{}」より前です）"
UNTOLD = "「{}」は、どの文書にも出ません。papers の文に {{{}}} を書くか、消してください"
NO_CHOICES = "choice（選ぶ欄）には、choices（選択肢）か、input（計算器の選ぶ欄）か、of（記録）が要ります"
CITED = "{cited}"
TWO = "1件に書けるのは、heading、text、facts、columns のどれか1つです"
BESIDE = "表が2つ続くと、Wordで1つの表になります。間に文を置いてください"


def check_plan(sources: list[Source], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what is wrong with the documents and the fields of a sound file."""
    source = next(one for one in sources if one.name == "plan")
    if source.value is not None:
        for where, text in _problems(source.value, catalogue):
            yield problem(source.file, source.content.lines, where, text)


def check_days(sources: list[Source]) -> Iterator[Problem]:
    """Yield the tasks of a method that come before what they follow, on the page or by their days."""
    for source in sources:
        tasks = source.value.plan if source.name == "methods" and source.value else []
        days = {one.task: one.day for one in tasks}
        for i, one in enumerate(tasks):
            late = next((a for a, b in FIRST if b == one.task and days.get(a, one.day) > one.day), None)
            if late:
                text = EARLIER.format(late, days[late])
                yield problem(source.file, source.content.lines, ("plan", i, "day"), text)
            before = tasks[i - 1].task if i else one.task
            if TASKS.index(before) > TASKS.index(one.task):
                text = OTHER_ORDER.format(one.task, before)
                yield problem(source.file, source.content.lines, ("plan", i, "task"), text)


def check_flows(sources: list[Source]) -> Iterator[Problem]:
    """Yield the steps and tasks of a flow that are numbered out of their order."""
    for source in sources:
        flow = source.value.flow if source.name == "methods" and source.value else None
        last = 0
        for i, phase in enumerate(flow.phases if flow else []):
            for j, step in enumerate(phase.steps):
                where = ("flow", "phases", i, "steps", j)
                if step.no is not None and step.no <= last:
                    text = f"段の番号 {step.no} が、{last} の後にあります。{last + 1} にしてください"
                    yield problem(source.file, source.content.lines, (*where, "no"), text)
                last = step.no or last
                marks = [one.mark for one in step.substeps if one.mark and one.mark in COUNTED]
                if marks != sorted(set(marks)):
                    text = f"印（{'、'.join(marks)}）の順が違うか、同じ印が二度あります"
                    yield problem(source.file, source.content.lines, (*where, "substeps"), text)


def orders_of(plan: PlanWords) -> list[dict[str, str]]:
    """Return {first, then, weight, text} of each two days; `due` stands for every task, two of them for those that follow."""
    return [
        {"first": first, "then": then, "weight": order.weight, "text": order.text}
        for order in plan.orders
        for first, then in _days(plan, order)
    ]


def _days(plan: PlanWords, order: PlanOrder) -> list[tuple[str, str]]:
    if order.first == order.then == DUE:
        return [(f"{DUE}_{first}", f"{DUE}_{then}") for first, then in FIRST]
    if order.then == DUE:
        return [(order.first, f"{DUE}_{task.id}") for task in plan.tasks]
    return [(order.first, order.then)]


def _problems(plan: PlanWords, catalogue: Catalogue) -> Iterator[tuple[Location, str]]:
    inputs = sorted({f.id for one in catalogue.calculators.values() for group in one.groups for f in group.inputs})
    for i, task in enumerate(plan.tasks):
        for j, fact in enumerate(task.facts):
            if fact.kind == "choice" and not (fact.choices or fact.input or fact.of):
                yield ("tasks", i, "facts", j, "kind"), NO_CHOICES
            if fact.input and fact.input not in inputs:
                yield ("tasks", i, "facts", j, "input"), _unknown("計算器の欄", fact.input, inputs)
    yield from _untold(plan)
    yield from _disordered(plan)
    yield from _off_course(plan)
    yield from _survey(plan, inputs)
    names, lists = known_names(plan, catalogue)
    for i, paper in enumerate(plan.papers):
        for j, block in enumerate(paper.blocks):
            where = ("papers", i, "blocks", j)
            yield from _block(block, where, names, lists)
            if j and _is_table(block) and _is_table(paper.blocks[j - 1]):
                yield where, BESIDE


def _survey(plan: PlanWords, inputs: list[str]) -> Iterator[tuple[Location, str]]:
    """Yield the names of a survey that stand for nothing."""
    if plan.survey:
        facts = {fact.id: [choice.id for choice in fact.choices] for task in plan.tasks for fact in task.facts}
        if plan.survey.people not in inputs:
            yield ("survey", "people"), _unknown("計算器の欄", plan.survey.people, inputs)
        if plan.survey.error not in facts:
            yield ("survey", "error"), _unknown("欄", plan.survey.error, list(facts))
        for i, one in enumerate(plan.survey.errors):
            choices = facts.get(plan.survey.error, [])
            if one.choice not in choices:
                yield ("survey", "errors", i, "choice"), _unknown("選択肢", one.choice, choices)


def _untold(plan: PlanWords) -> Iterator[tuple[Location, str]]:
    """Yield the facts that are typed and stand in no document; those of a field of a calculator are reckoned with."""
    blocks = [block for paper in plan.papers for block in paper.blocks]
    rows = [row.text for block in blocks for row in (*block.facts, *block.columns)]
    said = " ".join([*rows, *(f"{block.heading} {block.text} {{{block.each}}}" for block in blocks), str(plan.drafts)])
    for i, task in enumerate(plan.tasks):
        for j, fact in enumerate(task.facts):
            told = f"{{{fact.id}}}" in said or (fact.of and CITED in said)
            if plan.papers and not fact.input and not told:
                yield ("tasks", i, "facts", j, "id"), UNTOLD.format(fact.id, fact.id)


def _disordered(plan: PlanWords) -> Iterator[tuple[Location, str]]:
    """Yield the days of an order that are no field for a day."""
    known = [fact.id for task in plan.tasks for fact in task.facts if fact.kind == "date"] + [DUE]
    for i, order in enumerate(plan.orders):
        for key in ("first", "then"):
            if (name := getattr(order, key)) not in known:
                yield ("orders", i, key), _unknown("日付の欄", name, known)


def _off_course(plan: PlanWords) -> Iterator[tuple[Location, str]]:
    """Yield the courses that nothing chooses."""
    facts = [fact for task in plan.tasks for fact in task.facts]
    known = [choice.id for fact in facts if fact.id == COURSE for choice in fact.choices]
    for where, part in _standing(plan):
        for key in ("courses", "unless"):
            for name in getattr(part, key, []):
                if name not in known:
                    yield (*where, key), _unknown("方針", name, known)


def _standing(plan: PlanWords) -> Iterator[tuple[Location, Any]]:
    """Yield all that may stand under some courses only."""
    for i, task in enumerate(plan.tasks):
        yield from ((("tasks", i, "facts", j), fact) for j, fact in enumerate(task.facts))
    for i, paper in enumerate(plan.papers):
        yield ("papers", i), paper
        for j, block in enumerate(paper.blocks):
            yield ("papers", i, "blocks", j), block
            yield from ((("papers", i, "blocks", j, "facts", k), row) for k, row in enumerate(block.facts))


def known_names(plan: PlanWords, catalogue: Catalogue) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Return the names that a text may hold, and the lists with the names inside one of each."""
    facts = [fact for task in plan.tasks for fact in task.facts]
    results = sorted({result.id for one in catalogue.calculators.values() for result in one.results})
    names = [fact.id for fact in facts] + [f"{word}_{task.id}" for task in plan.tasks for word in ("due", "who")]
    names += [f"{stage}_{result}{end}" for stage in STAGES for result in results for end in ("", "_steps")]
    return [*names, *METHOD, *SURVEY, *BLANK, *RECKONED], LISTS | {
        fact.id: ("text",) for fact in facts if fact.kind == "lines"
    }


def _is_table(block: Any) -> bool:
    return bool(block.facts or block.columns)


def _block(block: Any, where: Location, names: list[str], lists: dict[str, Any]) -> Iterator[tuple[Location, str]]:
    if sum(map(bool, (block.heading, block.text, block.facts, block.columns))) != 1 or (
        block.columns and not block.each
    ):
        yield where, TWO
    yield from _waits(block, where, names, lists)
    if block.each and block.each not in lists:
        yield (*where, "each"), _unknown("一覧", block.each, list(lists))
        return
    known = list(lists[block.each]) if block.each else [*names, *([NUMBER] if block.heading else [])]
    texts: list[tuple[Location, str]] = [((*where, key), getattr(block, key) or "") for key in ("heading", "text")]
    for key in ("facts", "columns"):
        texts += [((*where, key, i, "text"), row.text) for i, row in enumerate(getattr(block, key))]
    for place, text in texts:
        for name in PLACE.findall(text):
            if name not in known:
                yield place, _unknown("値", name, known)


def _waits(block: Any, where: Location, names: list[str], lists: dict[str, Any]) -> Iterator[tuple[Location, str]]:
    if block.when and block.when not in {*names, *lists}:
        yield (*where, "when"), _unknown("値か一覧", block.when, [*names, *lists])
    for i, row in enumerate(block.facts):
        if row.when and row.when not in names:
            yield (*where, "facts", i, "when"), _unknown("値", row.when, names)


def _unknown(kind: str, name: str, known: list[str]) -> str:
    return f"{kind}「{name}」がありません。{allowed(name, known)}"
