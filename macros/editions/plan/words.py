"""What Python and the browser both know of plans: plain data out of the records, the same for both."""

from functools import lru_cache
from typing import Any

from ...loading import orders_of, used_factors
from ...models.calculators import Calculator
from ...models.factors import Factor, FactorValue
from ...models.plan import Fact, Paper, Survey
from ...models.precedents import Precedent
from ...rendering import Renderer

Words = dict[str, Any]
DIFFERENCE = {"shortfall_t", "surplus_t"}
UNSAID = "原資料に記載なし"


@lru_cache(maxsize=4)
def words_of(renderer: Renderer) -> Words:
    """Return {gap, doubted, finished, unmade, longest, largest, drafts, undrafted, orders, ends, facts, results, methods, papers}.

    What is typed, what methods say, and the documents; `ends` are the courses that end a plan and the tasks that they stop.
    """
    plan = renderer.guide.plan
    facts = {fact.id: _fact(fact, task.id) for task in plan.tasks for fact in task.facts}
    for task in plan.tasks:
        facts |= {
            f"due_{task.id}": {"kind": "date", "label": "期限", "task": task.id},
            f"who_{task.id}": {"kind": "text", "label": "担当", "task": task.id},
        }
    return {
        "gap": plan.gap,
        "doubted": plan.doubted,
        "finished": plan.finished,
        "unmade": plan.unmade,
        "longest": plan.longest,
        "largest": plan.largest,
        "drafts": plan.drafts.model_dump(),
        "undrafted": plan.undrafted.model_dump(),
        "orders": orders_of(plan),
        "ends": {
            "courses": [one.id for fact in _facts(renderer) for one in fact.choices if one.ends],
            "tasks": [task.id for task in plan.tasks if task.stopped],
        },
        "survey": _survey(plan.survey) if plan.survey else None,
        "precedents": {one.id: [_cited(renderer, one), one.methods] for one in offered(renderer)},
        "facts": facts,
        "results": sorted({result.id for one in renderer.catalogue.calculators.values() for result in one.results}),
        "methods": {method.id: _method(renderer, method.id) for method in renderer.guide.methods},
        "papers": {
            paper.id: {
                "title": paper.title,
                "blocks": [block.model_dump(exclude_defaults=True) for block in paper.blocks],
            }
            | paper.model_dump(include={"methods", "unless"}, exclude_defaults=True)
            for paper in plan.papers
        },
    }


def _survey(survey: Survey) -> dict[str, Any]:
    said = survey.model_dump(include={"people", "error", "z", "share", "basis"})
    return said | {"errors": {one.choice: one.points for one in survey.errors}}


def offered(renderer: Renderer) -> list[Precedent]:
    """Return the precedents that a plan may cite."""
    return [one for one in renderer.guide.precedents if not one.old]


def _cited(renderer: Renderer, one: Precedent) -> str:
    """Return a precedent as an approval cites it: who, when, how much, which credit, by which source."""
    said = "、".join(text for text in (renderer.precedent_line(one), one.credit_text) if text)
    source = one.sources[0]
    dated = f"（{source.date}）" if source.date else ""
    return plain(f"{one.title}：{said}。出典 {source.publisher}「{source.title}」{dated}、{one.checked_on}に確認")


def _fact(fact: Any, task: str) -> dict[str, Any]:
    said = fact.model_dump(include={"label", "kind", "unit", "input", "needed", "courses", "of"}, exclude_none=True)
    return said | {"task": task, "choices": {choice.id: choice.label for choice in fact.choices}}


def _method(renderer: Renderer, name: str) -> dict[str, Any]:
    method = renderer.content(name)
    figure = renderer.figures_by_id.get(method.relations or "")
    return {
        "code": method.code,
        "title": plain(method.title),
        "group": renderer.groups_by_id[method.group].title,
        "offsets": plain(method.offsets),
        "actors": plain(method.actors),
        "bearer": plain(method.cost_bearer.text) if method.cost_bearer else UNSAID,
        "effects": [plain(entry.text) for entry in (*method.direct_effects, *method.ripple_effects)],
        "roles": [[plain(node.label), plain(node.role or "")] for node in figure.nodes] if figure else [],
        "tasks": [[one.task, plain(one.title)] for one in method.plan],
        "labels": {fact.id: label for fact in _facts(renderer) if (label := called(fact, name))},
        "papers": {paper.id: label for paper in renderer.guide.plan.papers if (label := called(paper, name))},
        "modes": _modes(renderer, name),
        "claims": [plain(text) for one in calculators_of(renderer, name) for text in one.words.claims],
        "without": _without(renderer, name),
    }


def _modes(renderer: Renderer, name: str) -> list[list[str]]:
    """Return each way of coming that a calculator of the method counts, with its fields; at the end those that none does."""
    found = []
    for calculator in calculators_of(renderer, name):
        labels = {field.id: field.label for group in calculator.groups for field in group.inputs}
        for line in calculator.lines:
            fields = [labels.get(f"{line.id}_people"), labels.get(f"{line.id}_km")]
            found += [[line.label, "、".join(map(str, fields))]] if all(fields) else []
    survey = renderer.guide.plan.survey
    return [*found, [survey.other.label, survey.other.fields]] if found and survey else found


def _facts(renderer: Renderer) -> list[Fact]:
    return [fact for task in renderer.guide.plan.tasks for fact in task.facts]


def called(part: Fact | Paper, method: str) -> str:
    """Return what a method calls a field or a document; empty when it calls it as all do."""
    return next((one.label for one in part.called if method in one.methods), "")


def calculators_of(renderer: Renderer, method: str) -> list[Calculator]:
    """Return the calculators of a method, whole."""
    return [one for one in renderer.catalogue.calculators.values() if one.method == method]


def takes(renderer: Renderer, method: str, name: str | None) -> bool:
    """Tell whether some calculator of a method has a field; of no field in particular every one."""
    groups = [group for one in calculators_of(renderer, method) for group in one.groups]
    return not name or any(field.id == name for group in groups for field in group.inputs)


def _without(renderer: Renderer, method: str) -> list[str]:
    """Return what a method knows nothing of: facts, choices as `fact=choice`, results, and `lines` where none come out."""
    tasks = {one.task for one in renderer.content(method).plan}
    calculators = calculators_of(renderer, method)
    every = {result.id for one in renderer.catalogue.calculators.values() for result in one.results}
    own = {result.id for one in calculators for result in one.results}
    # the documents reckon these where there is something to compare
    own |= DIFFERENCE if "credits_t" in own and takes(renderer, method, "bought_t") else set()
    facts = [
        fact.id
        for task in renderer.guide.plan.tasks
        for fact in task.facts
        if task.id not in tasks or method not in methods_of(renderer, fact) or not takes(renderer, method, fact.input)
    ]
    choices = [
        f"{fact.id}={choice.id}"
        for fact in _facts(renderer)
        for choice in fact.choices
        if choice.methods and method not in choice.methods
    ]
    kept = [] if takes(renderer, method, "bought_t") else ["kept_t"]
    return [
        *facts,
        *kept,
        *choices,
        *sorted(every - own),
        *([] if any(one.lines for one in calculators) else ["lines"]),
    ]


def methods_of(renderer: Renderer, fact: Fact) -> list[str]:
    """Return the methods that a fact is asked by, whatever their calculators."""
    return renderer.limits.get(fact.id) or [method.id for method in renderer.guide.methods]


def plain(text: str) -> str:
    """Return a text without the marks of terms."""
    return text.replace("＊", "")


def calculator_words(renderer: Renderer, calculator: Calculator) -> Words:
    """Return {short, inputs: {id: [label, {choice: label}]}, rows: [[label, unit, {choice: label}]], outputs: {id: label}, factors: {id: [name, source, {set: source}]}}."""
    calculator = renderer.catalogue.calculators[calculator.id]
    fields = [field for group in calculator.groups for field in group.inputs]
    factors = renderer.catalogue.factors
    return {
        "short": calculator.short,
        "inputs": {field.id: [field.label, {one.id: one.label for one in field.known}] for field in fields},
        "rows": _columns(calculator),
        "outputs": {f"line_{line.id}": line.label for line in calculator.lines}
        | {result.id: result.label for result in calculator.results},
        "factors": {
            name: [factors[name].name, *_sources(renderer, factors[name])]
            for name in used_factors(renderer.catalogue, calculator)
        },
    }


def _columns(calculator: Calculator) -> list[list[Any]]:
    """Return label, unit and choices of each column of the rows, and of each result of a row."""
    columns: list[Any] = [*calculator.rows.columns, *calculator.rows.results] if calculator.rows else []
    choices = [{choice.id: choice.label for choice in getattr(one, "choices", ())} for one in columns]
    return [[one.label, one.unit or "", known] for one, known in zip(columns, choices, strict=True)]


def _sources(renderer: Renderer, factor: Factor) -> tuple[str, dict[str, str]]:
    """Return where a factor's value in today's set is from, and in the sets where that is another source."""
    sets = renderer.catalogue.sets
    now = _source(renderer, sets.now(factor) or factor.values[0])
    others = {one.id: sets.value(factor, one.id) for one in sets.offered}
    told = {name: _source(renderer, value) for name, value in others.items() if value}
    return now, {name: source for name, source in told.items() if source != now}


def _source(renderer: Renderer, value: FactorValue) -> str:
    """Return publisher and title of a value, and from when it is used."""
    source = renderer.catalogue.sources[value.source]
    return f"{source.publisher}「{source.title}」（適用 {value.valid_from}から）"
