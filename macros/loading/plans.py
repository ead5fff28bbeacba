"""Rules on `data/plan.yml` that need other records: every name in a document stands for something."""

import re
from collections.abc import Iterator
from typing import Any

from ..calculators import Catalogue
from ..models import PlanWords
from ..models.base import Location
from .files import Source
from .problems import Problem, problem
from .references import allowed

PLACE = re.compile(r"\{([^{}]*)\}")
METHOD = ("method_code", "method_title", "method_group", "method_offsets", "method_actors")
# of headings, which are counted
NUMBER = "no"
STAGES = ("before", "after")
# what is repeated, and the names inside one of it
LISTS: dict[str, tuple[str, ...]] = (
    {
        "effects": ("text",),
        "claims": ("text",),
        "roles": ("label", "role"),
        "schedule": ("label", "day", "who"),
        "open": ("label", "text"),
        "compare": ("label", "before", "after"),
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
TWO = "1件に書けるのは、heading、text、facts、columns のどれか1つです"
BESIDE = "表が2つ続くと、Wordで1つの表になります。間に文を置いてください"


def check_plan(sources: list[Source], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what is wrong with the documents and the fields of a sound file."""
    source = next(one for one in sources if one.name == "plan")
    if source.value is not None:
        for where, text in _problems(source.value, catalogue):
            yield problem(source.file, source.content.lines, where, text)


def _problems(plan: PlanWords, catalogue: Catalogue) -> Iterator[tuple[Location, str]]:
    inputs = sorted({f.id for one in catalogue.calculators.values() for group in one.groups for f in group.inputs})
    for i, task in enumerate(plan.tasks):
        for j, fact in enumerate(task.facts):
            if fact.input and fact.input not in inputs:
                yield ("tasks", i, "facts", j, "input"), _unknown("計算器の欄", fact.input, inputs)
    names, lists = known_names(plan, catalogue)
    for i, paper in enumerate(plan.papers):
        for j, block in enumerate(paper.blocks):
            where = ("papers", i, "blocks", j)
            yield from _block(block, where, names, lists)
            if j and _is_table(block) and _is_table(paper.blocks[j - 1]):
                yield where, BESIDE


def known_names(plan: PlanWords, catalogue: Catalogue) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Return the names that a text may hold, and the lists with the names inside one of each."""
    facts = [fact for task in plan.tasks for fact in task.facts]
    results = sorted({result.id for one in catalogue.calculators.values() for result in one.results})
    names = [fact.id for fact in facts] + [f"{word}_{task.id}" for task in plan.tasks for word in ("due", "who")]
    names += [f"{stage}_{result}{end}" for stage in STAGES for result in results for end in ("", "_steps")]
    return [*names, *METHOD], LISTS | {fact.id: ("text",) for fact in facts if fact.kind == "lines"}


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
