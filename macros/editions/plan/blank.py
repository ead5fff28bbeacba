"""The sheets to fill in by hand: the documents of an empty plan, with what is known of a method before anything is typed."""

from typing import Any

from ...models import Entry, Flow, Method, Settled
from ...rendering import Renderer
from .papers import Blank, as_word, papers_of
from .templates import templates
from .values import Item, Reader, Values
from .words import UNSAID, calculators_of, plain

# lines or rows to write into
ROOM = 3


def blank_sheets(renderer: Renderer, method: str, edition: str) -> dict[str, bytes]:
    """Return the Word files of a method's documents by their ids, empty; `edition` says what they are of."""
    reader = Reader(renderer, {"method": method, "facts": {}, "calculators": []})
    values, gap = blank_values(reader, method, edition), reader.words["gap"]
    made = templates(renderer)
    return {
        name: as_word(made[name], one["title"], one["blocks"], values, gap)
        for name, one in papers_of(reader.words, method).items()
    }


def blank_values(reader: Reader, method: str, edition: str) -> Values:
    """Return what an empty plan says, with the names of all that its calculators ask and tell, and room to write."""
    found, renderer = reader.values(), reader.renderer
    found.texts["edition"] = edition
    given = {fact["input"] for fact in reader.words["facts"].values() if "input" in fact}
    found.lists |= _named(renderer, method, given) | {"open": []}
    own = renderer.content(method)
    found.lists["steps"] = _steps(own.flow) if own.flow else []
    found.lists["checks"] = [{"text": plain(text)} for text in (*_checks(own), *_today(renderer, method))]
    kept = {"steps", "checks", "claims", "effects", "statement_withheld"}
    if not calculators_of(renderer, method)[0].rows:
        kept |= {"before_rows", "after_rows"}
    found.lists |= {name: [Blank()] * ROOM for name, items in found.lists.items() if not items and name not in kept}
    return found


def _named(renderer: Renderer, method: str, given: set[str]) -> dict[str, list[Item]]:
    """Return what the method's first calculator asks, counts and tells, by name only; what is given is asked of nobody."""
    calculator = calculators_of(renderer, method)[0]
    fields = [field for group in calculator.groups for field in group.inputs if field.unit and field.default is None]
    fields = [field for field in fields if field.id not in given and not field.id.endswith("_factor")]
    names: dict[str, Any] = {"inputs": fields, "lines": calculator.lines, "results": calculator.results}
    lists: dict[str, list[Item]] = {kind: [Blank(label=one.label) for one in parts] for kind, parts in names.items()}
    staged = {f"{stage}_{kind}": items for stage in ("before", "after") for kind, items in lists.items()}
    return staged | {"compare": lists["results"]}


def _steps(flow: Flow) -> list[Item]:
    columns = {column.id: column.label for column in flow.columns}
    found: list[Item] = []
    for phase in flow.phases:
        label = f"{phase.name}（期間 {phase.duration or UNSAID}）"
        for step in phase.steps:
            title = f"({step.no}) {step.title}" if step.no else step.title
            texts = [title, *(f"{sub.mark} {sub.text}" for sub in step.substeps)]
            who = columns[step.column] if step.column else ""
            found += [Blank(label=label, text=plain(text), who=who) for text in texts]
    return found


def _checks(method: Method) -> list[str]:
    """Return the points of the method that a plan should settle."""
    said = [_joined(entry) for entry in method.notes]
    blocks: list[Settled | None] = [
        method.selection,
        method.information_role,
        method.opportunities,
        method.things_to_settle,
    ]
    return said + [f"{block.label}：{entry.text}" for block in blocks if block for entry in block.items]


def _joined(entry: Entry) -> str:
    return entry.text + "".join(f"／{item}" for item in entry.items)


def _today(renderer: Renderer, method: str) -> list[str]:
    changes = renderer.changes_of("pages", f"methods/{method}")
    return [f"いまの情報：{one.title}（{one.date_text}、確認日 {one.checked_on}）" for one in changes]
