"""What withholds a result: lines begun but not complete, rules that are broken. As `macros.calculators.running` finds them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ...formulas import Tree, names
from .ledger import Step
from .steps import holds

if TYPE_CHECKING:
    from .program import Program

Test = Callable[[int], str]


class Checks:
    """The steps of all checks of a program."""

    def __init__(self, program: "Program") -> None:
        self.program, self.ledger = program, program.ledger
        self.lacking: dict[str, Step] = {}
        rules = program.definition["rules"]
        self.broken: list[tuple[str, str, Step]] = [self._rule(rule) for rule in rules if "hint" not in rule]
        # told at the field as well, but nothing is withheld for them
        self.hints: list[tuple[str, str, Step]] = [self._rule(rule) for rule in rules if "hint" in rule]
        for name, tests in self._all_lacking().items():
            self.lacking[name] = self.ledger.step(f"{name} が足りない", lambda run, tests=tests: _any(tests, run))
        for name, found in program.found.items():
            self.ledger.fill(found, lambda run, name=name: self._found(name, run))

    def _found(self, name: str, run: int) -> str:
        """Return the flag of a field: in the second pass, what the first one found."""
        if run % 2 == 0:
            return "0"
        flags = [step for at, _, step in self.broken if at == name]
        flags += [self.lacking[name]] if name in self.lacking else []
        return f"MAX(0,{','.join(step.at(run - 1, None) for step in flags)})" if flags else "0"

    def _rule(self, rule: dict[str, Any]) -> tuple[str, str, Step]:
        check = self.program.steps.node(rule["check"])
        when = self.program.steps.node(rule["when"]) if "when" in rule else None

        def formula(run: int) -> str:
            ref = check.at(run, None)
            applies = f"{holds(when.at(run, None))}," if when else ""
            return f"IF(AND({applies}ISNUMBER({ref}),{ref}=0),1,0)"

        return rule["at"], rule["message"], self.ledger.step(f"{rule['at']} の決まりに反する", formula)

    def _all_lacking(self) -> dict[str, list[Test]]:
        """Return, by field, the tests that tell it is missing from a line that was begun."""
        found: dict[str, list[Test]] = {}
        for line in self.program.definition["lines"]:
            begun = self._begun(line)
            if begun is None:
                continue
            for name, tests in self._missing(line["formula"], []):
                if name not in line.get("optional", []):
                    found.setdefault(name, []).append(_all([_is_set(begun), *tests]))
        return found

    def _begun(self, line: dict[str, Any]) -> Step | None:
        """Return the flag of a line that has no value although something was entered for it."""
        value = self.program.outputs[f"line_{line['id']}"]
        entered = [test for name in names(line["formula"]) if (test := self._entered(name))]
        if not entered:
            return None
        return self.ledger.step(
            f"line_{line['id']} が途中",
            lambda run: _all([lambda run: f'{value.at(run, None)}=""', lambda run: f"{_any(entered, run)}=1"], True)(
                run
            ),
        )

    def _entered(self, name: str) -> Test | None:
        if name.startswith("rows."):
            column = self.program.columns[name[5:]]
            return lambda run: f'SUMPRODUCT(({column.span(run)}<>"")*1)>0'
        spec = self.program.definition["inputs"].get(name, {})
        if "unit" not in spec or "default" in spec:
            return None
        return lambda run: f'{self.program.values[name].at(run, None)}<>""'

    def _missing(self, tree: Tree, tests: list[Test]) -> Iterator[tuple[str, list[Test]]]:
        """Yield the fields that may be missing from a tree, each with the tests that tell it is; as `macros.calculators.scope.missing`."""
        if isinstance(tree, str) and tree in self.program.values:
            yield tree, [*tests, self._empty(tree)]
        if not isinstance(tree, list) or tree[0] in {"rows", "is", "isnt", "given", "count"}:
            return
        if tree[0] == "lookup":
            yield from self._missing_lookup(tree, tests)
            return
        if tree[0] in {"sum", "first"}:
            node = self.program.steps.node(tree)
            tests = [*tests, lambda run: f'{node.at(run, None)}=""']
        for part in tree[1:]:
            yield from self._missing(part, tests)

    def _missing_lookup(self, tree: Tree, tests: list[Test]) -> Iterator[tuple[str, list[Test]]]:
        field, chosen = tree[1], self.program.values[tree[1]]
        yield field, [*tests, self._empty(field)]
        for name, targets in self.program.definition["inputs"][field].get("choices", {}).items():
            target = targets.get(tree[2], "").lstrip("=")
            if target in self.program.values:
                is_chosen = [lambda run, name=name: f'{chosen.at(run, None)}="{name}"']
                yield target, [*tests, *is_chosen, self._empty(target)]

    def _empty(self, name: str) -> Test:
        value = self.program.values[name]
        return lambda run: f'{value.at(run, None)}=""'


def _is_set(step: Step) -> Test:
    return lambda run: f"{step.at(run, None)}=1"


def _all(tests: list[Test], as_number: bool = False) -> Test:
    def test(run: int) -> str:
        joined = f"AND({','.join(one(run) for one in tests)})"
        return f"IF({joined},1,0)" if as_number else joined

    return test


def _any(tests: list[Test], run: int) -> str:
    return f"IF(OR({','.join(one(run) for one in tests)}),1,0)"
