"""The formula language: text to tree, units, values, words and rounding."""

from .numbers import NEAR, PLAIN, BadNumber, ceil, clean, decimals, parse_number, show, show_typed
from .tree import FormulaError, Tree, names, parse
from .units import ANY, UnitError, said, same, unit, unit_of
from .value import NAN, evaluate, is_withheld
from .words import LOOSE, SIGNS, blanks, say, written

__all__ = [
    "ANY",
    "LOOSE",
    "NAN",
    "NEAR",
    "PLAIN",
    "SIGNS",
    "BadNumber",
    "FormulaError",
    "Tree",
    "UnitError",
    "blanks",
    "ceil",
    "clean",
    "decimals",
    "evaluate",
    "is_withheld",
    "names",
    "parse",
    "parse_number",
    "said",
    "same",
    "say",
    "show",
    "show_typed",
    "unit",
    "unit_of",
    "written",
]
