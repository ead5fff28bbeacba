"""The draft of a public statement in the workbook: the same amounts, phrases and sentences as `macros.calculators.statements` fills."""

from collections.abc import Iterator

from ...calculators import PLACE, Drafts
from ...formulas import Tree
from .ledger import Node
from .program import Program
from .steps import holds
from .words import shown


class StatementSteps:
    """The texts of a draft as steps of the ledger: one for each phrase and each sentence."""

    def __init__(self, program: Program, drafts: Drafts) -> None:
        self.program, self.ledger = program, program.ledger
        self.amounts: dict[str, tuple[Node, int]] = {}
        self.phrases: dict[str, Node] = {}
        for name, tree, digits in drafts["amounts"]:
            program.outputs[name] = program.steps.node(tree)
            self.amounts[name] = program.outputs[name], digits
        for name, variants in drafts["phrases"]:
            self.phrases[name] = self._step(f"文の部品 {name}", variants)
        self.sentences = [self._step("公表文の案", variants) for variants in drafts["sentences"]]

    def _step(self, label: str, variants: list[tuple[Tree, str]]) -> Node:
        """Return the step of the first variant that holds, else an empty text."""
        tests = [self.program.steps.node(when) for when, _ in variants]

        def formula(run: int) -> str:
            text = '""'
            for test, (_, template) in zip(reversed(tests), reversed(variants), strict=True):
                text = f"IF({self._applies(test, template, run)},{self._filled(template, run)},{text})"
            return text

        return self.ledger.step(label, formula)

    def _applies(self, test: Node, template: str, run: int) -> str:
        told = [self.amounts[name][0] for name, _ in PLACE.findall(template) if name in self.amounts]
        return f"AND({','.join([holds(test.at(run, None)), *(f'ISNUMBER({one.at(run, None)})' for one in told)])})"

    def _filled(self, template: str, run: int) -> str:
        return "&".join(self._pieces(template, run))

    def _pieces(self, template: str, run: int) -> Iterator[str]:
        end = 0
        for place in PLACE.finditer(template):
            if place.start() > end:
                yield f'"{template[end : place.start()]}"'
            yield self._said(place[1], place[2] or "", run)
            end = place.end()
        if end < len(template):
            yield f'"{template[end:]}"'

    def _said(self, name: str, empty: str, run: int) -> str:
        if name in self.amounts:
            node, digits = self.amounts[name]
            return shown(node.at(run, None), digits)
        ref = self.phrases[name].at(run, None) if name in self.phrases else self._field(name, run)
        return f'IF({ref}="","{empty}",{ref})' if empty else ref

    def _field(self, name: str, run: int) -> str:
        """Return what a field says: its text, or the label of what is chosen."""
        if name not in self.program.ids:
            # "": a reference to an empty cell would say 0
            return f'({self.program.places.fields[name]}&"")'
        chosen = self.program.values[name].at(run, None)
        return f'IFERROR(INDEX({self.program.labels[name]},MATCH({chosen},{self.program.ids[name]},0)),"")'
