"""Rules on `data/statement.yml` that need the calculators: each part is sound for every calculator that says it."""

import re
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
# CO2 and "for each one" are words
NUMBER = re.compile(r"[0-9０-９]")
WORDS = re.compile(r"CO₂|1[^\d\s]あたり")
# the whole is told only where a part has been told before, or cannot be
PART, ALL = "一部", "全量"
TYPED = "数を文に書くことはできません。計算した量を {名前} と書いてください（量の名前は amounts にあります）"
OTHER_UNIT = "{{{}}} の後には、単位「{}」を書いてください"
NOT_PART = "「（一部）」は、when に covers < 1 がある文だけに書けます"
NOT_ALL = "「全量」は、when に covers >= 1 があるか、すぐ上に同じ条件と covers < 1 の文があるときだけ書けます"
UNUSED = "「{}」は、どの文も使いません。文に {{{}}} を書くか、消してください"
NOT_SAID = "「{}」は、calculators（文の案を作る計算器）にありません。そこに足すか、ここから消してください"
ALWAYS = "いつも成り立つので、この下の文は出ません。条件（when）を書くか、いちばん下に移してください"


def check_statement(sources: list[Source], catalogue: Catalogue, calculators: list[Source]) -> Iterator[Problem]:
    """Yield what is wrong with the parts; `calculators` are those that are sound."""
    source = next(one for one in sources if one.name == "statement")
    ids = [PurePath(one.file).stem for one in sources if one.name == "calculators"]
    for where, name in _named(source.value):
        if name not in ids:
            yield _told(source, where, f"計算器「{name}」がありません。{allowed(name, ids)}")
        elif where[0] in PARTS and name not in source.value.calculators:
            yield _told(source, where, NOT_SAID.format(name))
    yield from _wordings(source)
    yield from _unused(source)
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


def _wordings(source: Source) -> Iterator[Problem]:
    """Yield texts that tell a number, or the whole or a part, without having reckoned it."""
    for key in PARTS[1:]:
        for i, part in enumerate(getattr(source.value, key)):
            for j, variant in enumerate(part.variants):
                where = (key, i, "variants", j, "text")
                if NUMBER.search(WORDS.sub("", PLACE.sub("", variant.text))):
                    yield _told(source, where, TYPED)
                if PART in variant.text and "covers < 1" not in (variant.when or ""):
                    yield _told(source, where, NOT_PART)
                if ALL in variant.text and not _covers_all(part.variants[j - 1].when if j else "", variant.when or ""):
                    yield _told(source, where, NOT_ALL)


def _covers_all(before: str | None, when: str) -> bool:
    return "covers < 1" not in when and ("covers >= 1" in when or before == f"{when} and covers < 1")


def _unused(source: Source) -> Iterator[Problem]:
    """Yield the amounts and phrases that no text and no formula names."""
    statement = source.value
    variants = [one for part in (*statement.phrases, *statement.sentences) for one in part.variants]
    told = {name for one in variants for name, _ in PLACE.findall(one.text)}
    told |= {word for one in variants for word in re.findall(r"\w+", one.when or "")}
    told |= {word for one in statement.amounts for word in re.findall(r"\w+", one.formula)}
    for key in PARTS[:2]:
        for i, part in enumerate(getattr(statement, key)):
            if part.name not in told:
                yield _told(source, (key, i, "name"), UNUSED.format(part.name, part.name))


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
        self.units: dict[str, str] = {}

    def problems(self) -> list[Problem]:
        """Return the problems, each with the calculator that it is of."""
        if TOTAL not in self.outputs:
            self._note(("calculators",), f"結果 {TOTAL} がないので文の案を作れません。silent に、わけを書いてください")
        for where, part in self._parts("amounts"):
            self._check_new(part.name, where)
            self._check_formula(part, where, self.names)
            self.names[part.name] = self.units[part.name] = part.unit
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
            for found in PLACE.finditer(variant.text):
                self._check_known(found[1], (*place, "text"), self.places)
                unit = self.units.get(found[1], "")
                if not variant.text[found.end() :].lstrip().startswith(unit):
                    self._note((*place, "text"), OTHER_UNIT.format(found[1], unit))
            if set("{}") & set(PLACE.sub("", variant.text)):
                self._note(
                    (*place, "text"), "{ } の書き方が違います。{名前} か {名前|空欄のときの言葉} と書いてください"
                )
