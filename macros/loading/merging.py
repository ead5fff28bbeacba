"""Finds the marks that Git leaves in a file when two changes could not be merged."""

import re

import yaml

MARKS = re.compile(r"^(?:<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)


class UnfinishedMerge(yaml.YAMLError):
    """A text holds marks of a merge; `lines` (from 1) are where they stand."""

    def __init__(self, lines: list[int]) -> None:
        super().__init__(lines)
        self.lines = lines


def check_merged(text: str) -> None:
    """Raise UnfinishedMerge when a text holds marks of a merge."""
    if found := [text.count("\n", 0, mark.start()) + 1 for mark in MARKS.finditer(text)]:
        raise UnfinishedMerge(found)
