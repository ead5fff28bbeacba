"""What stands for something else in a text: the mark ＊ for a term, 《id》 for a number."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .typography import plain

MARK = "＊"
# letters of a name; longer ones are not looked for
LONGEST = 100
# 《id》 in a text of data/ stands for a number of surveys.yml
NUMBER = re.compile("《([^》]*)》")


class Entry(NamedTuple):
    """Where a term is explained and what its mark shows."""

    id: str
    short: str | None


class UnknownTerm(Exception):
    """The word before ＊ is no name or alias of the glossary."""


def names_of(terms: Iterable) -> dict[str, Entry]:
    """Return every name and alias of the glossary, however its CO₂ may be typed, with its entry."""
    names = {}
    for term in terms:
        for name in (term.term, *term.aliases):
            for typed in (name, plain(name)):
                names.setdefault(typed, Entry(term.id, term.short))
    return names


def name_before(text: str, names: dict[str, Entry]) -> str:
    """Return the longest name that `text` ends with; raises UnknownTerm.

    It asks for each end of the text instead of each name: more terms take no more time.
    """
    last = text[-LONGEST:]
    found = next((last[start:] for start in range(len(last)) if last[start:] in names), None)
    if found is None:
        raise UnknownTerm(text[-12:])
    return found


def unknown_marks(text: str, names: dict[str, Entry]) -> list[str]:
    """Return what stands before each ＊ of a text that no term of the glossary fits."""
    unknown = []
    for part in text.split(MARK)[:-1]:
        try:
            name_before(part, names)
        except UnknownTerm as error:
            unknown.append(str(error))
    return unknown
