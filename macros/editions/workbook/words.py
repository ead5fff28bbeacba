"""Formulas of a text: the arithmetic of a line with the numbers of the moment, as `macros.formulas.words.say` writes it."""

from typing import Any

from ...formulas import LOOSE, ONE, SIGNS, Tree
from .program import Program

# more places than any factor or field has
TYPED = "#,##0.##########"
# stands before an equation while it is put together
START = "¦"
JOINED = '{" × "," ÷ "," ＋ "," − "}'


def shown(ref: str, digits: int) -> str:
    """Return the formula of `macros.formulas.numbers.show`."""
    pattern = "#,##0" + (f".{'0' * digits}" if digits else "")
    return f'IF(ROUND({ref},{digits})<0,"−","")&TEXT(ABS(ROUND({ref},{digits})),"{pattern}")'


def typed(ref: str) -> str:
    """Return the formula of `macros.formulas.numbers.show_typed`."""
    return f'IF({ref}=INT({ref}),TEXT({ref},"#,##0"),TEXT({ref},"{TYPED}"))'


class Sayer:
    """Writes trees of a program as formulas of texts, for one run, seen from another sheet."""

    def __init__(self, program: Program, run: int, sheet: str) -> None:
        self.program, self.run, self.sheet = program, run, sheet
        self.definition = program.definition

    def steps(self, part: dict[str, Any], name: str, below: str = "") -> str:
        """Return the formula of the arithmetic of a line or result, with what it gives, and of a text below it."""
        ref = self.ref(self.program.outputs[name])
        said = self._equation(part["formula"], shown(ref, part["digits"]), part["unit"])
        if "remark" in part:
            test, text = part["remark"]
            said += f'&IF(ISNUMBER({self.node(test)}),IF({self.node(test)}<>0,"{text}",""),"")'
        if not below:
            return f'IF(ISNUMBER({ref}),{said},"")'
        return f'IF(ISNUMBER({ref}),{said}&CHAR(10),"")&"{below}"'

    def _equation(self, tree: Tree, value: str, unit: str) -> str:
        """Return the formula of `macros.formulas.words.equation`."""
        result = f'{value}&" {unit}"'
        whole = f'"{START}"&{self.say(tree)}&" = "&{result}'
        word = self.definition["words"].get(tree[0]) if isinstance(tree, list) else None
        for nothing in (result, '"0"', f'"0 {unit}"', *([f'"{word}（0）"'] if word else [])):
            whole = f'SUBSTITUTE({whole},"{START}"&{nothing}&" = ","{START}")'
        return f'SUBSTITUTE({whole},"{START}","")'

    def ref(self, node: Any) -> str:
        """Return the reference of a node from the visible sheet."""
        address = node.at(self.run, None)
        return address if address.isdigit() or "!" in address else f"{self.sheet}!{address}"

    def node(self, tree: Tree) -> str:
        """Return the reference of a tree's value."""
        return self.ref(self.program.steps.node(tree))

    def say(self, tree: Tree) -> str:
        """Return the formula of a tree's text."""
        if not isinstance(tree, list):
            return self._name(tree)
        if tree[0] == "if":
            return f"IF({self.node(tree[1])}<>0,{self.say(tree[2])},{self.say(tree[3])})"
        if tree[0] == "first":
            return self._first(tree[1:])
        if tree[0] == "lookup":
            return self._looked_up(tree)
        if tree[0] in SIGNS:
            return self._join(tree)
        parts = '&"、"&'.join(self.say(part) for part in tree[1:])
        return f'"{self.definition["words"].get(tree[0], tree[0])}（"&{parts}&"）"'

    def _first(self, parts: list[Tree]) -> str:
        if len(parts) == 1:
            return self.say(parts[0])
        return f'IF({self.node(parts[0])}<>"",{self.say(parts[0])},{self._first(parts[1:])})'

    def _name(self, name: Tree) -> str:
        if not isinstance(name, str):
            return f'"{name}"'
        unit, digits = self._unit(name)
        ref = self.node(name)
        text = _with_unit(typed(ref) if digits is None else shown(ref, digits), unit)
        return "&".join([text, *(f'"（{words}）"' for words in self._price_words(name))])

    def _price_words(self, name: str) -> list[str]:
        """Return what stands beside a price; nothing for other numbers."""
        return [part for part in self.definition["numbers"].get(name, [])[3:] if isinstance(part, str)]

    def _unit(self, name: str) -> tuple[str | None, int | None]:
        """Return the unit of a name and, for an output, its digits; as `macros.calculators.scope.Reckoning.unit`."""
        definition = self.definition
        if name in definition["numbers"]:
            return definition["numbers"][name][2], None
        outputs = {f"line_{line['id']}": (line["unit"], 1) for line in definition["lines"]}
        outputs |= {result["id"]: (result["unit"], result["digits"]) for result in definition["results"]}
        return outputs.get(name) or (definition["inputs"][name].get("unit"), None)

    def _looked_up(self, tree: Tree) -> str:
        spec = self.definition["inputs"][tree[1]]
        targets = [t for _, t in spec["bands"]] if "bands" in spec else spec["choices"].values()
        unit = next(self._unit(one[tree[2]].lstrip("="))[0] for one in targets if tree[2] in one)
        era = self._unit(spec["guidebook"][tree[2]])[0] if "guidebook" in spec else unit
        text = typed(self.node(tree))
        if era == unit:
            return "&".join([_with_unit(text, unit), *self._prices_looked_up(tree)])
        # the gas of the guidebook has a unit of its own, unless the factor was typed
        own = [
            f'{self.ref(self.program.chosen(tree[1]))}<>"{name}"'
            for name, one in spec["choices"].items()
            if one[tree[2]][0] == "="
        ]
        then = ",".join([f'{self.ref(self.program.chosen("factors"))}="{self.program.guidebook}"', *own])
        return f'{text}&IF(AND({then})," {era}"," {unit}")'

    def _prices_looked_up(self, tree: Tree) -> list[str]:
        """Return the formulas that say, for each option with a price, what kind of price it is."""
        chosen, spec = self.ref(self.program.chosen(tree[1])), self.definition["inputs"][tree[1]]
        said = {name: self._price_words(one.get(tree[2], "")) for name, one in spec.get("choices", {}).items()}
        return [f'IF({chosen}="{name}","（{words[0]}）","")' for name, words in said.items() if words]

    def _join(self, tree: Tree) -> str:
        column = next((part[1] for part in tree[1:] if isinstance(part, list) and part[0] == "rows"), None)
        if column:
            table = self.definition["rows"]
            units = {name: spec.get("unit") for name, spec in table["columns"].items()}
            units |= {result["id"]: result["unit"] for result in table["results"]}
            return f'{typed(self.node(tree))}&" {units[column]}"'
        if tree[0] in {"+", "sum"}:
            return self._join_counting(tree)
        first, *others = [_wrapped(tree[0], i, part, self.say(part)) for i, part in enumerate(tree[1:])]
        sign = SIGNS[tree[0]]
        pairs = zip(tree[2:], others, strict=True)
        return "&".join([first, *(self._unless(self._nothing(tree[0], part), sign, text) for part, text in pairs)])

    def _unless(self, test: str, sign: str, text: str) -> str:
        """Return the formula of a sign and a text, or of nothing where the test (a formula, `TRUE` or nothing) holds."""
        if test == "TRUE":
            return '""'
        return f'IF({test},"","{sign}"&{text})' if test else f'"{sign}"&{text}'

    def _nothing(self, sign: str, part: Tree) -> str:
        """Return the formula that tells whether a part changes nothing, as `macros.formulas.words` does."""
        if sign in LOOSE:
            return f"N({self.node(part)})=0"
        if not isinstance(part, str):
            return "TRUE" if str(part) in ONE else ""
        one = {None: 1, "1": 1, "%": 100}.get(self._unit(part)[0])
        return f"{self.node(part)}={one}" if one else ""

    def _join_counting(self, tree: Tree) -> str:
        """Join the parts of a sum that are there and not 0."""
        sign = SIGNS["sum"]
        said = [
            self._unless(self._nothing("sum", part), sign, _wrapped("sum", i, part, self.say(part)))
            for i, part in enumerate(tree[1:])
            if not (isinstance(part, list) and part[-1] == 0)
        ]
        if not said:
            return '"0"'
        none = "&".join(said)
        return f'IF({none}="","0",MID({none},{len(sign) + 1},9999))'


def _with_unit(text: str, unit: str | None) -> str:
    return text if unit in {None, "1"} else f'{text}&" {unit}"'


def _wrapped(sign: str, place: int, part: Tree, text: str) -> str:
    """Put in brackets what would be read the wrong way round, as `macros.formulas.words` does."""
    inner = part[0] if isinstance(part, list) else None
    loose = inner in LOOSE and (sign not in LOOSE or (sign == "-" and place > 0))
    late = inner in {"*", "/"} and sign in {"*", "/"} and place > 0
    if not (loose or late):
        return text
    if late:
        return f'"（"&{text}&"）"'
    # one part may be all that is said
    return f'IF(SUMPRODUCT(--ISNUMBER(FIND({JOINED},{text})))=0,{text},"（"&{text}&"）")'
