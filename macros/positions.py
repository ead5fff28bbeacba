"""Reads a YAML file into plain values and remembers on which line each value stands."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import Reader

from .merging import check_merged

try:  # the C loader is about seven times faster; the pure one gives the same nodes
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as Loader

Location = tuple[str | int, ...]
Lines = dict[Location, int]

# YAML 1.1 also reads 010 as eight, 1:30 as ninety and .nan as a number; an editor means text
PLAIN_NUMBER = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?(0|[1-9]\d*)"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?(0|[1-9]\d*)\.\d+"),
}
FOLDED = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")
TIMESTAMP = "tag:yaml.org,2002:timestamp"


class ControlLetter(yaml.YAMLError):
    """A letter that no text holds, such as a backspace."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class Content:
    """What a file says, where each value of it stands, and the keys it names twice."""

    value: Any = None
    lines: Lines = field(default_factory=dict)
    repeated: list[tuple[Location, int]] = field(default_factory=list)


def read(path: Path) -> Content:
    """Return the values of a YAML file and the line (from 1) of each location in it.

    Dates stay text, so that `2011-04` and `2011-04-01` are read alike.
    Raises yaml.YAMLError for text that is no YAML, UnicodeDecodeError for text that is not UTF-8.
    """
    return parse(path.read_bytes().decode("utf-8-sig"))


def parse(text: str) -> Content:
    """Return the values of a text in YAML, as `read` does."""
    check_merged(text)
    control = Reader.NON_PRINTABLE.search(text)
    if control:
        raise ControlLetter(text.count("\n", 0, control.start()) + 1)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Content()
        content = Content(lines={}, repeated=[])
        return Content(_walk(loader, node, (), content), content.lines, content.repeated)
    finally:
        loader.dispose()


def _walk(loader: Any, node: yaml.Node, where: Location, content: Content) -> Any:
    content.lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, where, content)
    if isinstance(node, yaml.SequenceNode):
        return [_walk(loader, part, (*where, i), content) for i, part in enumerate(node.value)]
    return _scalar(loader, node)


def _mapping(loader: Any, node: yaml.MappingNode, where: Location, content: Content) -> dict:
    result: dict = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        place, line = (*where, key), key_node.start_mark.line + 1
        if key in result:
            content.repeated.append((place, line))
            continue
        content.lines[place] = line
        result[key] = _walk(loader, value_node, place, content)
    return result


def _scalar(loader: Any, node: yaml.ScalarNode) -> Any:
    number = PLAIN_NUMBER.get(node.tag)
    if node.tag == TIMESTAMP or (number and not number.fullmatch(node.value)):
        return node.value
    if node.style == ">":
        # folding puts a space where a line ended; Japanese has none there
        return FOLDED.sub("", node.value)
    return loader.construct_object(node)
