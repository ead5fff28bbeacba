"""`python -m macros plan --matrix METHOD`: each fact typed once × the documents in which it stands, out of the definitions alone.

A document depends on a fact that it names, on one that a result or a draft in it is reckoned from, and on one that it lists as open.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ...calculators import as_json
from ...calculators import words_of as statement_words
from ...formulas import Tree
from ...rendering import Renderer
from .papers import PLACE, papers_of
from .values import STAGES
from .words import DIFFERENCE, Words, calculators_of, words_of

MARK, NONE = "○", "―"
# what a record of the retirement must hold before a draft tells what is over
OVER = ("retired_t", "retired_on", "bought_t")
TEXT_NAME = re.compile(r"\{([a-z][a-z0-9_]*)[|}]")


class Matrix:
    """The documents of a method's plan by the facts that they depend on."""

    def __init__(self, renderer: Renderer, method: str) -> None:
        self.words: Words = words_of(renderer)
        self.method: Words = self.words["methods"][method]
        self.id, self.papers = method, papers_of(self.words, method)
        calculator = calculators_of(renderer, method)[0]
        definition = as_json(renderer.catalogue, calculator)
        self.inputs: dict[str, Any] = definition["inputs"]
        self.results = [one["id"] for one in definition["results"]]
        self.trees: dict[str, Tree] = {f"line_{one['id']}": one["formula"] for one in definition["lines"]}
        self.lines = list(self.trees)
        self.rows_reckoned = [one["id"] for one in (definition["rows"] or {}).get("results", ())]
        self.trees |= {one["id"]: one["formula"] for one in (definition["rows"] or {}).get("results", ())}
        self.trees |= {one["id"]: [one["formula"], one.get("when")] for one in definition["results"]}
        # a field counts while its condition holds
        self.trees |= {name: spec["when"] for name, spec in self.inputs.items() if "when" in spec}
        self.draft: Any = statement_words(renderer.catalogue)["calculators"].get(calculator.id)
        self.facts = [name for name in self.words["facts"] if name not in self.method["without"]]
        self.facts = [name for name in self.facts if self._has_task(name)]

    def rows(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield id, label and documents of each fact that the method asks."""
        depends = {paper: self.facts_in(one["blocks"]) for paper, one in self.papers.items()}
        for name in self.facts:
            yield (
                name,
                self.method["labels"].get(name, self.words["facts"][name]["label"]),
                [paper for paper, facts in depends.items() if name in facts],
            )

    def facts_in(self, blocks: list[Words]) -> set[str]:
        """Return the facts that some blocks depend on."""
        return {fact for name in self._names(blocks) for fact in self._behind(name)}

    def _has_task(self, name: str) -> bool:
        return self.words["facts"][name]["task"] in [task for task, _ in self.method["tasks"]]

    def _names(self, blocks: list[Words]) -> Iterator[str]:
        """Yield what the blocks of the method name, and what they wait for."""
        for block in blocks:
            if self.id not in block.get("methods", [self.id]) or self._is_foreign(block.get("each", "")):
                continue
            if "each" in block:
                yield from (block["each"], block.get("when", ""))
                continue
            for part in (block, *block.get("facts", ())):
                names = PLACE.findall(part.get("heading", "") + part.get("text", ""))
                if self.id in part.get("methods", [self.id]) and not any(map(self._is_foreign, names)):
                    yield from (*names, part.get("when", ""))

    def _is_foreign(self, name: str) -> bool:
        return re.sub(r"^(?:before|after)_|_steps$", "", name) in self.method["without"]

    def _behind(self, name: str) -> set[str]:
        """Return the facts behind a value or a list."""
        stage, _, rest = name.partition("_")
        rest = rest.removesuffix("_steps")
        if name in self.words["facts"]:
            return {name}
        known = self._listed()
        if name in known:
            return known[name]
        return self._reached(self._parts(rest), stage) if stage in STAGES else set()

    def _listed(self) -> dict[str, set[str]]:
        """Return the facts behind what is neither a fact nor comes out of a calculator alone."""
        facts, tasks = self.words["facts"], [task for task, _ in self.method["tasks"]]
        needed = {fact for fact in self.facts if facts[fact].get("needed")}
        survey = {self.words["survey"]["error"]} if self.words["survey"] else set()
        return {
            "cited": {fact for fact, spec in facts.items() if "of" in spec},
            "schedule": {f"{word}_{task}" for word in ("due", "who") for task in tasks},
            # more retired than bought is still to do
            "open": needed | {"bought_t", "retired_t"},
            "kept_t": {"bought_t", "retired_t"},
            "survey_count": survey,
            "survey_steps": survey,
            "compare": {fact for stage in STAGES for fact in self._reached(self.results, stage)},
            **{f"statement_{stage}": self._drafted(stage) for stage in STAGES},
        }

    def _parts(self, rest: str) -> list[str]:
        known = {"lines": self.lines, "results": self.results, "rows": self.rows_reckoned, "inputs": []}
        known["factors"] = [*self.lines, *self.results]
        if rest in known:
            return known[rest]
        return ["credits_t", "bought_t"] if rest in DIFFERENCE - set(self.results) else [rest]

    def _reached(self, names: Iterable[str], stage: str) -> set[str]:
        """Return the facts that stand for a field from which some names are reckoned at a stage."""
        found, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += named(self.trees.get(name), STAGES[stage])
        return {fact for fact, spec in self.words["facts"].items() if spec.get("input") in found}

    def _drafted(self, stage: str) -> set[str]:
        """Return the facts behind the draft of a public statement; a calculator without words for it says why, once it is over."""
        if not isinstance(self.draft, dict):
            return {"retired_t", "retired_on"} if self.draft and stage == "after" else set()
        found = self._reached(named(self.draft, STAGES[stage]), stage)
        found |= set(PLACE.findall(self.words["drafts"][stage]["name"])) | {"measures", "boundary"}
        return found | set(OVER) if stage == "after" else found


def named(part: Any, stage: str) -> Iterator[str]:
    """Yield the names in a tree, or in the words of a draft, that may count at a stage."""
    if isinstance(part, str):
        yield part
        yield from TEXT_NAME.findall(part)
    elif isinstance(part, dict):
        for one in part.values():
            yield from named(one, stage)
    elif isinstance(part, list) and part:
        if part[0] == "if" and part[1][0] == "is" and part[1][1] == "stage":
            yield from named(part[2] if part[1][2] == stage else part[3], stage)
        elif not (len(part) == 2 and is_never(part[0], stage)):
            for one in part:
                yield from named(one, stage)


def is_never(condition: Any, stage: str) -> bool:
    """Tell whether a condition of a draft can not hold at a stage."""
    if not isinstance(condition, list) or not condition:
        return False
    if condition[0] == "and":
        return any(is_never(one, stage) for one in condition[1:])
    return (condition[:2] == ["is", "stage"] and condition[2] != stage) or condition == ["isnt", "stage", stage]


def as_table(matrix: Matrix) -> str:
    """Return the matrix as a table of Markdown."""
    titles = [one["title"] for one in matrix.papers.values()]
    head = ["欄", *titles]
    rows = [
        [f"{label}（{name}）", *(MARK if paper in papers else NONE for paper in matrix.papers)]
        for name, label, papers in matrix.rows()
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
