"""All that documents say, out of one plan: texts by name and lists by name. The browser does the same (plan-paper.js)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...calculators import Outcome, as_json, draft, run, sample, with_suppliers
from ...calculators import words_of as statement_words
from ...formulas import BadNumber, Tree, evaluate, is_withheld, parse_number, show, show_typed
from ...rendering import Renderer
from .words import Words, calculator_words, words_of

STAGES = {"before": "plan", "after": "actual"}
# what XML forbids, controls, and signs that turn the direction of a text
UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
RESULT = "計算の結果"
# of drafts: where the measures belong, and the sentence that asks for the record of the retirement
REDUCED = re.compile("（(?:減らす取り組みを|減らした取り組みを)?ここに書く）")
RECORD = "（クレジットの"
Item = dict[str, str]


@dataclass
class Values:
    """What placeholders stand for: a text by name; a list of items, each with its own texts, by name."""

    method: str
    course: str
    labels: dict[str, str]
    without: list[str]
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[Item]] = field(default_factory=dict)


def fit(text: str) -> str:
    """Return a text without letters that a document cannot hold or that turn what stands beside them."""
    return UNFIT.sub("", text)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that hold something."""
    return [line.strip() for line in fit(text).split("\n") if line.strip()]


class Reader:
    """Reads one plan with the words and the calculators of the guide."""

    def __init__(self, renderer: Renderer, plan: dict[str, Any]) -> None:
        self.renderer, self.plan = renderer, plan
        self.words: Words = words_of(renderer)
        self.facts: dict[str, str] = plan["facts"]
        self.method = self.words["methods"][plan["method"]]
        self.parts: dict[str, Words] = {}
        self.outcomes: list[tuple[str, dict[str, Outcome]]] = []
        # what was typed under another method waits in the file
        for one in plan["calculators"]:
            if renderer.catalogue.calculators[one["id"]].method == plan["method"]:
                self._run(one)

    def _run(self, one: dict[str, Any]) -> None:
        calculator = self.renderer.catalogue.calculators[one["id"]]
        self.parts[calculator.id] = calculator_words(self.renderer, calculator)
        self.outcomes.append((calculator.id, {stage: self._outcome_of(one, stage) for stage in STAGES if stage in one}))

    def _outcome_of(self, one: dict[str, Any], stage: str, more: dict[str, str] | None = None) -> Outcome:
        catalogue = self.renderer.catalogue
        definition = as_json(catalogue, catalogue.calculators[one["id"]])
        texts = self.typed(definition, one[stage]["inputs"], stage)
        texts |= {name: text for name, text in (more or {}).items() if name in definition["inputs"]}
        if catalogue.suppliers:
            definition = with_suppliers(catalogue.suppliers, definition, texts)
        return run(definition, texts, one[stage]["rows"])

    def typed(self, definition: dict[str, Any], inputs: dict[str, str], stage: str) -> dict[str, str]:
        """Return the texts of a calculator at a stage: its own, and the facts that stand for some of its fields."""
        texts = dict(inputs)
        for name, fact in self.words["facts"].items():
            spec = definition["inputs"].get(fact.get("input", ""))
            if spec is not None:
                said = self.facts.get(name, "")
                texts[fact["input"]] = "" if "choices" in spec and said not in spec["choices"] else said
        if "stage" in definition["inputs"]:
            texts["stage"] = STAGES[stage]
        return texts

    def values(self) -> Values:
        """Return all texts and lists."""
        found = Values(self.plan["method"], self._course(), self.method["labels"], self.method["without"])
        self._facts(found)
        self._method(found)
        for stage in STAGES:
            self._stage(found, stage)
        found.lists["statement_withheld"] = self._withheld()
        self._difference(found)
        self._compare(found)
        self._survey(found)
        self._tasks(found)
        return found

    def _facts(self, found: Values) -> None:
        for name, fact in self.words["facts"].items():
            text = fit(self.facts.get(name, ""))
            if fact["kind"] == "lines":
                found.lists[name] = [{"text": line} for line in lines_of(text)]
                text = "、".join(lines_of(text))
            said = self._said(name, fact, text.strip())
            found.texts[name] = self.words["doubted"] if said and self._is_doubted(name) else said
        found.lists["cited"] = [{"text": text} for text in self._cited(found)]

    def _cited(self, found: Values) -> list[str]:
        """Return the precedents that were chosen and those that were written, each once."""
        names = [name for name, fact in self.words["facts"].items() if "of" in fact]
        said = [[item["text"] for item in found.lists.get(name, [])] or [found.texts[name]] for name in names]
        return list(dict.fromkeys(text for texts in said for text in texts if text))

    def _course(self) -> str:
        """Return how things stand; empty where what is said is none of the method's."""
        course = self.facts.get("course", "")
        return course if self._choice("course", self.words["facts"].get("course", {"choices": {}}), course) else ""

    def _ends(self) -> bool:
        return self._course() in self.words["ends"]["courses"]

    def _is_doubted(self, name: str) -> bool:
        """Tell whether a fact is told wrong at its field although it could be written."""
        if (name == "retired_t" and self.exceeds()) or self._is_misplaced(name, "wrong"):
            return True
        field = self.words["facts"][name].get("input")
        runs = [run for _, outcomes in self.outcomes for run in outcomes.values()]
        return bool(self.facts.get(name)) and any(field in run.problems for run in runs)

    def _is_misplaced(self, name: str, weight: str) -> bool:
        """Tell whether a day comes before one that should be first, and is that bad."""
        orders = [one for one in self.words["orders"] if one["then"] == name and one["weight"] == weight]
        return any(self._is_early(one["first"], name) for one in orders)

    def _is_early(self, first: str, then: str) -> bool:
        tasks = [task for task, _ in self.method["tasks"]]
        days = [self.facts.get(name, "") for name in (first, then)]
        ours = all(self.words["facts"][name]["task"] in tasks for name in (first, then))
        return ours and all(map(is_day, days)) and days[1] < days[0]

    def _said(self, name: str, fact: dict[str, Any], text: str) -> str:
        if fact["kind"] == "date":
            return day(text) if is_day(text) else ""
        if fact["kind"] == "number":
            value = amount(text, self.words["largest"])
            return "" if value is None else f"{show_typed(value)} {fact['unit']}"
        if fact["kind"] == "choice":
            return self._choice(name, fact, text)
        return text

    def _choice(self, name: str, fact: dict[str, Any], text: str) -> str:
        """Return the label of a choice: the fact's own, else that of the first calculator that knows it; of a record its line."""
        if "of" in fact:
            line, methods = self.words["precedents"].get(text, ["", []])
            return line if self.plan["method"] in methods else ""
        known = [
            part["inputs"][fact["input"]][1] for part in self.parts.values() if fact.get("input") in part["inputs"]
        ]
        own = {
            choice: label
            for choice, label in fact["choices"].items()
            if f"{name}={choice}" not in self.method["without"]
        }
        return next((labels[text] for labels in (own, *known) if text in labels), "")

    def _method(self, found: Values) -> None:
        for name in ("code", "title", "group", "offsets", "actors", "bearer"):
            found.texts[f"method_{name}"] = self.method[name]
        found.lists["effects"] = [{"text": text} for text in self.method["effects"]]
        found.lists["claims"] = [{"text": text} for text in self.method["claims"]]
        found.lists["roles"] = [{"label": label, "role": role} for label, role in self.method["roles"]]

    def _stage(self, found: Values, stage: str) -> None:
        for kind in ("inputs", "rows", "lines", "results", "factors"):
            found.lists[f"{stage}_{kind}"] = []
        found.lists[f"statement_{stage}"] = []
        for name in self.words["results"]:
            found.texts[f"{stage}_{name}"] = found.texts[f"{stage}_{name}_steps"] = ""
        for name, outcomes in self.outcomes:
            if stage in outcomes:
                self._outcome(found, stage, name, outcomes[stage])

    def _outcome(self, found: Values, stage: str, name: str, outcome: Outcome) -> None:
        definition, part = outcome.scope.definition, self.parts[name]
        lead = f"{part['short']}：" if len(self.outcomes) > 1 else ""
        put = found.lists
        put[f"{stage}_inputs"] += self._amounts(definition, part, outcome, lead)
        put[f"{stage}_rows"] += self._rows(name, stage, outcome, lead)
        for one in definition["lines"]:
            key = f"line_{one['id']}"
            if shown := outcome.shown[key]:
                put[f"{stage}_lines"].append(
                    {
                        "label": lead + part["outputs"][key],
                        "steps": outcome.steps[key],
                        "value": f"{shown} {one['unit']}",
                    }
                )
        for one in definition["results"]:
            if shown := outcome.shown[one["id"]]:
                value = f"{shown} {one['unit']}"
                put[f"{stage}_results"].append({"label": lead + part["outputs"][one["id"]], "value": value})
                key = f"{stage}_{one['id']}"
                if not found.texts[key]:
                    found.texts |= {key: value, f"{key}_steps": outcome.steps[one["id"]]}
        put[f"{stage}_factors"] += [one for one in self._factors(part, outcome) if one not in put[f"{stage}_factors"]]
        put[f"statement_{stage}"] += [{"text": line} for line in self._statement(name, stage)]

    def _statement(self, name: str, stage: str) -> list[str]:
        """Return the draft of a public statement; of what is over only once it is retired, and of no more than that."""
        said = self._draft(name, stage)
        if not said or self._undrafted(name, stage, said):
            return []
        # the record of the retirement stands below the draft
        told = [line for line in said if not (stage == "after" and line.startswith(RECORD))]
        measures = "、".join(lines_of(self.facts.get("measures", "")))
        return [fit(REDUCED.sub(lambda place: f"「{measures}」" if measures else place[0], line)) for line in told]

    def _draft(self, name: str, stage: str) -> list[str]:
        """Return what the calculator would say at a stage; one line tells why it says nothing."""
        if self._ends() or (stage == "after" and not self._is_retired()):
            return []
        one = next(one for one in self.plan["calculators"] if one["id"] == name)
        over = {"bought_t": self.facts["retired_t"]} if stage == "after" else {}
        outcome = self._outcome_of(one, stage, over)
        if not any(outcome.shown.values()):
            return []
        phrases = {key: self._phrase(text) for key, text in self.words["drafts"][stage].items()}
        return draft(
            statement_words(self.renderer.catalogue), self.renderer.catalogue.calculators[name], outcome, phrases
        )

    def _undrafted(self, name: str, stage: str, said: list[str]) -> str:
        """Return why nothing is drafted, as the calculator tells it or because of the plan; empty when it may be."""
        why: dict[str, str] = self.words["undrafted"]
        outcomes = next(outcomes for one, outcomes in self.outcomes if one == name)
        boundary = outcomes[stage].scope.definition["inputs"].get("boundary")
        if len(said) == 1:
            return said[0]
        if boundary and self.facts.get("boundary", "") not in boundary["choices"]:
            return why["boundary"]
        if stage == "after":
            return why["exceeded"] if self.exceeds() else ""
        if self._is_retired() and not ("after" in outcomes and any(outcomes["after"].shown.values())):
            return why["pending"]
        return why["waiting"] if self._course() == "wait" else ""

    def _withheld(self) -> list[Item]:
        """Return why drafts are withheld, each reason once."""
        found = [
            self.words["undrafted"]["reason"].replace("{reason}", self._undrafted(name, stage, said))
            for stage in STAGES
            for name, outcomes in self.outcomes
            if stage in outcomes and (said := self._draft(name, stage)) and self._undrafted(name, stage, said)
        ]
        return [{"text": text} for text in dict.fromkeys(found)]

    def _is_retired(self) -> bool:
        return self.amount("retired_t") is not None and is_day(self.facts.get("retired_on", ""))

    def _phrase(self, text: str) -> str:
        return PLACE.sub(lambda place: fit(self.facts.get(place[1], "")).strip() or self.words["gap"], text)

    def amount(self, name: str) -> float | None:
        """Return the number of a fact; None when it is none."""
        return amount(self.facts.get(name, ""), self.words["largest"])

    def exceeds(self) -> bool:
        """Tell whether more is retired than was bought."""
        retired, bought = self.amount("retired_t"), self.amount("bought_t")
        return retired is not None and bought is not None and retired > bought

    def _amounts(self, definition: dict[str, Any], part: Words, outcome: Outcome, lead: str) -> list[Item]:
        bound = {fact.get("input") for fact in self.words["facts"].values()}
        found = []
        for name, spec in definition["inputs"].items():
            value = outcome.scope.typed.fields.get(name)
            if (
                "unit" in spec
                and name not in bound
                and value is not None
                and not is_withheld(value)
                and value != spec.get("default")
            ):
                found.append({"label": lead + part["inputs"][name][0], "value": f"{show_typed(value)} {spec['unit']}"})
        return found

    def _rows(self, name: str, stage: str, outcome: Outcome, lead: str) -> list[Item]:
        one = next(one for one in self.plan["calculators"] if one["id"] == name)
        typed = (outcome.scope.definition["rows"] or {}).get("columns", ())
        texts = [
            [
                *row,
                *[""] * (len(typed) - len(row)),
                *(outcome.rows_shown[i].values() if i < len(outcome.rows_shown) else ()),
            ]
            for i, row in enumerate(one[stage]["rows"])
        ]
        return [
            {"label": f"{lead}{i + 1}行目", "value": "、".join(cells_of(row, self.parts[name]["rows"]))}
            for i, row in enumerate(texts)
            if any(row)
        ]

    def _factors(self, part: Words, outcome: Outcome) -> list[Item]:
        definition, scope = outcome.scope.definition, outcome.scope
        trees = [(f"line_{one['id']}", one["formula"]) for one in definition["lines"]]
        trees += [(one["id"], one["formula"]) for one in definition["results"]]
        used = [mark for key, tree in trees if outcome.shown[key] for mark in factors_of(tree, scope)]
        known = {mark: part["factors"].get(mark[1:]) or self._supplied(outcome, mark) for mark in used}
        return [
            {
                "label": label,
                "value": f"{show_typed(scope.value(mark) or 0)} {definition['numbers'][mark][2]}",
                "source": others.get(scope.chosen("factors"), source),
            }
            for mark, (label, source, others) in known.items()
        ]

    def _supplied(self, outcome: Outcome, mark: str) -> list[Any]:
        """Return what stands beside a number that came from a table of suppliers: its name, its source, no other."""
        suppliers, scope = self.renderer.catalogue.suppliers, outcome.scope
        assert suppliers  # noqa: S101  they gave the number
        label = suppliers.name_of(mark, scope.chosen("factors"))
        table = suppliers.source_of(mark, scope.chosen("factors"))
        source = self.renderer.catalogue.sources[table.source] if table else None
        return [
            label,
            f"{source.publisher}「{source.title}」（適用 {table.valid_from}から）" if source and table else "",
            {},
        ]

    def _difference(self, found: Values) -> None:
        """Put what lacks or is left of what was bought, where the calculator does not tell it."""
        needed = next(
            (one["after"].results["credits_t"] for _, one in self.outcomes if one["after"].shown.get("credits_t")), None
        )
        bought, retired = self.amount("bought_t"), self.amount("retired_t") or 0.0
        kept = None if bought is None or self.exceeds() else bought - retired
        found.texts["kept_t"] = "" if kept is None else f"{show_typed(kept)} t-CO₂"
        if needed is not None and bought is not None and not found.texts["after_shortfall_t"]:
            for name, value in (("shortfall_t", needed - bought), ("surplus_t", bought - needed)):
                found.texts[f"after_{name}"] = f"{show(max(0.0, value), 3)} t-CO₂"

    def _compare(self, found: Values) -> None:
        rows: dict[str, Item] = {}
        for stage in STAGES:
            for one in found.lists[f"{stage}_results"]:
                rows.setdefault(one["label"], {"label": one["label"], "before": "", "after": ""})[stage] = one["value"]
        found.lists["compare"] = list(rows.values())

    def _survey(self, found: Values) -> None:
        """Put how many of the visitors to ask; gaps while their number or the error is not given."""
        found.lists["survey_modes"] = [{"label": label, "fields": fields} for label, fields in self.method["modes"]]
        survey, people = self.words["survey"], self._visitors()
        found.texts |= dict.fromkeys(("survey_people", "survey_count", "survey_steps"), "")
        found.texts["survey_basis"] = survey["basis"] if survey else ""
        error = survey["errors"].get(self.facts.get(survey["error"], "")) if survey else None
        if people:
            found.texts["survey_people"] = f"{show_typed(people)} 人"
        if people and error:
            count, steps = sample(survey["z"], survey["share"], error, people)
            found.texts |= {"survey_count": f"{show_typed(float(count))} 人", "survey_steps": steps}

    def _visitors(self) -> float | None:
        """Return how many people are expected; None where no calculator was told."""
        name = self.words["survey"]["people"] if self.words["survey"] else ""
        said = [outcomes["before"].scope.typed.fields.get(name) for _, outcomes in self.outcomes]
        return next((float(one) for one in said if isinstance(one, int | float) and not is_withheld(one)), None)

    def _tasks(self, found: Values) -> None:
        found.lists["schedule"] = [
            {"label": title, "day": found.texts[f"due_{task}"], "who": found.texts[f"who_{task}"]}
            for task, title in self.method["tasks"]
        ]
        lacking = [(title, self._lacking(found, task)) for task, title in self.method["tasks"]]
        found.lists["open"] = [{"label": title, "text": "、".join(names)} for title, names in lacking if names]
        found.lists["open"] = found.lists["open"] or [{"label": "―", "text": self.words["finished"]}]

    def _lacking(self, found: Values, task: str) -> list[str]:
        if self._ends() and task in self.words["ends"]["tasks"]:
            return []
        facts = {name: one for name, one in self.words["facts"].items() if one["task"] == task}
        asked = {
            name
            for name, one in facts.items()
            if one.get("needed") and found.course in (one["courses"] or [found.course])
        }
        names = [
            self.method["labels"].get(name, one["label"])
            for name, one in facts.items()
            if self._is_open(name) or (name in asked and not found.texts[name])
        ]
        return names + ([RESULT] if task in STAGES and not found.lists[f"{task}_results"] else [])

    def _is_open(self, name: str) -> bool:
        """Tell whether a fact says what cannot be so."""
        return self._is_doubted(name) or self._is_misplaced(name, "doubt")


def cells_of(row: list[str], columns: list[list[Any]]) -> list[str]:
    """Return what the cells of a row say, each with its column's label and unit; empty ones say nothing."""
    said = [(label, choices.get(cell, cell), unit) for cell, (label, unit, choices) in zip(row, columns, strict=False)]
    return [" ".join(part for part in (label, fit(cell), unit) if part) for label, cell, unit in said if cell]


def factors_of(tree: Tree, scope: Any) -> list[str]:
    """Return the factors that a tree uses in a run, in order."""
    if isinstance(tree, str):
        return [tree] if tree.startswith("#") else []
    if not isinstance(tree, list):
        return []
    if tree[0] == "lookup":
        return factors_of(scope.target(tree[1], tree[2]), scope)
    if tree[0] == "if":
        return factors_of(tree[2] if evaluate(tree[1], scope) else tree[3], scope)
    if tree[0] == "first":
        return factors_of(next((part for part in tree[1:] if evaluate(part, scope) is not None), None), scope)
    return [mark for part in tree[1:] for mark in factors_of(part, scope)]


def day(text: str) -> str:
    """Return a date as people write it; what is none stays as it is."""
    found = DATE.fullmatch(text)
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日" if found else text


def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar, as 2027-02-28."""
    try:
        return bool(DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def amount(text: str, largest: float) -> float | None:
    """Return the number that a text gives up to the largest; None where it gives none."""
    try:
        value = parse_number(fit(text))
    except BadNumber:
        return None
    return None if value is None or value > largest else value
