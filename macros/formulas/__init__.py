"""The formula language: text to tree, units, values, words and rounding."""

from .numbers import NEAR, PLAIN, BadNumber, ceil, clean, parse_number, rounded_to, show, show_typed
from .tree import FormulaError, Tree, names, parse
from .units import ANY, UnitError, said, same, unit, unit_of
from .value import NAN, evaluate, is_withheld
from .words import LOOSE, ONE, SIGNS, blanks, equation, say, written

__all__ = [
    "ANY",
    "LOOSE",
    "NAN",
    "NEAR",
    "ONE",
    "PLAIN",
    "SIGNS",
    "BadNumber",
    "FormulaError",
    "Tree",
    "UnitError",
    "blanks",
    "ceil",
    "clean",
    "equation",
    "evaluate",
    "is_withheld",
    "names",
    "parse",
    "parse_number",
    "rounded_to",
    "said",
    "same",
    "say",
    "show",
    "show_typed",
    "unit",
    "unit_of",
    "written",
]
