"""Records of the draft of a public statement: amounts, phrases and sentences with conditions, filled by each calculator."""

from .base import Id, Record, Text
from .calculators import Name


class Amount(Record):
    """A number that sentences tell, by a formula over a calculator's fields and results."""

    name: Name
    calculators: list[Id] = []
    unit: Text
    formula: Text
    digits: int = 3


class Variant(Record):
    """One way to say a sentence, used when `when` holds and every amount in `text` is known."""

    when: Text | None = None
    text: Text


class Phrase(Record):
    """A piece of sentences: the first variant that holds, else nothing."""

    name: Name
    calculators: list[Id] = []
    variants: list[Variant]


class Sentence(Record):
    """A line of the draft: the first variant that holds, else no line."""

    calculators: list[Id] = []
    variants: list[Variant]


class Silence(Record):
    """A calculator that makes no draft, and why."""

    calculator: Id
    reason: Text


class Statement(Record):
    """How `calculators` draft a public statement; a part without `calculators` of its own is for all of them."""

    calculators: list[Id]
    silent: list[Silence] = []
    other: Text
    nothing: Text
    contradicted: Text
    amounts: list[Amount]
    phrases: list[Phrase] = []
    sentences: list[Sentence]
