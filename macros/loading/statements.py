"""Rules on `data/statement.yml` that need the calculators: each part is sound for every calculator that says it."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from ..calculators import PLACE, TOTAL, Catalogue, concerns
from ..models.base import Location
from .files import Source
from .formulas import Checker
from .problems import Problem, problem
from .references import allowed

PARTS = ("amounts", "phrases", "sentences")
ALWAYS = "いつも成り立つので、この下の文は出ません。条件（when）を書くか、いちばん下に移してください"


def check_statement(sources: list[Source], catalogue: Catalogue, calculators: list[Source]) -> Iterator[Problem]:
    """Yield what is wrong with the parts; `calculators` are those that are sound."""
    source = next(one for one in sources if one.name == "statement")
    ids = [PurePath(one.file).stem for one in sources if one.name == "calculators"]
    for where, name in _named(source.value):
        if name not in ids:
            yield _told(source, where, f"計算器「{name}」がありません。{allowed(name, ids)}")
    for one in calculators:
        if one.value.id in source.value.calculators:
            yield from StatementChecker(catalogue, source, one).problems()


def _named(statement: Any) -> Iterator[tuple[Location, str]]:
    for i, name in enumerate(statement.calculators):
        yield ("calculators", i), name
    for i, one in enumerate(statement.silent):
        yield ("silent", i, "calculator"), one.calculator
    for key in PARTS:
        for i, part in enumerate(getattr(statement, key)):
            for j, name in enumerate(part.calculators):
                yield (key, i, "calculators", j), name


def _told(source: Source, where: Location, text: str) -> Problem:
    return problem(source.file, source.content.lines, where, text)


class StatementChecker(Checker):
    """Checks the parts that one calculator says, in the order in which they are filled."""

    def __init__(self, catalogue: Catalogue, source: Source, calculator: Source) -> None:
        super().__init__(catalogue, calculator)
        # what is wrong with the calculator is told with its own file; here its names are learnt
        super().problems()
        self.statement, self.source, self.found = source.value, source, []
        self.places = [name for name, field in self.inputs.items() if field.kind != "number"]

    def problems(self) -> list[Problem]:
        """Return the problems, each with the calculator that it is of."""
        if TOTAL not in self.outputs:
            self._note(("calculators",), f"結果 {TOTAL} がないので文の案を作れません。silent に、わけを書いてください")
        for where, part in self._parts("amounts"):
            self._check_new(part.name, where)
            self._check_formula(part, where, self.names)
            self.names[part.name] = part.unit
            self.places.append(part.name)
        for where, part in self._parts("phrases"):
            self._check_new(part.name, where)
            self._check_variants(part, where)
            self.places.append(part.name)
        for where, part in self._parts("sentences"):
            self._check_variants(part, where)
        return self.found

    def _note(self, where: Location, text: str) -> None:
        super()._note(where, f"計算器「{self.calculator.id}」では、{text}" if self.source.name == "statement" else text)

    def _parts(self, key: str) -> Iterator[tuple[Location, Any]]:
        for i, part in enumerate(getattr(self.statement, key)):
            if concerns(part, self.calculator):
                yield (key, i), part

    def _check_new(self, name: str, where: Location) -> None:
        if name in {*self.names, *self.inputs, *self.places}:
            self._note((*where, "name"), f"名前「{name}」は、ほかで使われています。別の名前にしてください")

    def _check_variants(self, part: Any, where: Location) -> None:
        for i, variant in enumerate(part.variants):
            place = (*where, "variants", i)
            if not variant.when and not PLACE.search(variant.text) and variant is not part.variants[-1]:
                self._note((*place, "text"), ALWAYS)
            self._unit_of(variant.when, (*place, "when"), self.names)
            for name, _ in PLACE.findall(variant.text):
                self._check_known(name, (*place, "text"), self.places)
            if set("{}") & set(PLACE.sub("", variant.text)):
                self._note(
                    (*place, "text"), "{ } の書き方が違います。{名前} か {名前|空欄のときの言葉} と書いてください"
                )
