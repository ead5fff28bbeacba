"""Reads a YAML file into plain values and remembers on which line each value stands."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, cast

import yaml

from ..models.base import Location
from ..models.letters import half_kana, odd_letter
from ..models.typography import typeset
from .markup import told_of_markup
from .merging import check_merged

try:  # the C loader is about seven times faster; the pure one gives the same nodes
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader as Loader

Lines = dict[Location, int]

# YAML 1.1 also reads 010 as eight, 1:30 as ninety, 1_000 and .nan as numbers; an editor means text
PLAIN_NUMBER = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?(0|[1-9][0-9]{0,14})"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}"),
}
FOLDED = re.compile(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])")
TIMESTAMP = "tag:yaml.org,2002:timestamp"


CUT = "空白と半角の「#」から後ろは消えます。文の一部なら全体を ' ' で囲み、メモなら別の行に書いてください"

# no file of ours nests half as deep; the loader in C overruns its stack at some thousands
DEEPEST = 20
# and none holds a fifth as many
MOST_VALUES = 50_000


@dataclass(frozen=True)
class Content:
    """What a file says, where each value of it stands, the keys it names twice, values left empty or cut short, and texts that no text of ours is.

    `rows` are the lines as they are written.
    """

    value: Any = None
    lines: Lines = field(default_factory=dict)
    repeated: list[tuple[Location, int]] = field(default_factory=list)
    empty: list[Location] = field(default_factory=list)
    odd: list[tuple[Location, str]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)


def parse(text: str) -> Content:
    """Return the values of a text in YAML, texts as they are printed (CO₂), and the line (from 1) of each location in it.

    Dates stay text, so that `2011-04` and `2011-04-01` are read alike.
    Raises yaml.YAMLError for text that is no YAML of ours.
    """
    check_merged(text)
    _check_events(text)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Content()
        content = Content(rows=text.split("\n"))
        return replace(content, value=_walk(loader, node, (), content))
    finally:
        loader.dispose()


def check_size(text: str) -> None:
    """Refuse what would cost more than its size before it is put together: many values and deep nesting."""
    _check_events(text, marks=True)


def _check_events(text: str, *, marks: bool = False) -> None:
    """Refuse many values, deep nesting and, unless `marks` may stand in the text, anchors, aliases and tags."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader)):
        if number > MOST_VALUES:
            raise yaml.MarkedYAMLError(problem="too many values", problem_mark=event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        if not marks and isinstance(event, yaml.NodeEvent):
            _check_mark(event)


def _check_mark(event: Any) -> None:
    if event.anchor:
        kind = "alias" if isinstance(event, yaml.AliasEvent) else "anchor"
        raise yaml.MarkedYAMLError(problem=kind, problem_mark=event.start_mark)
    if getattr(event, "tag", None):
        raise yaml.MarkedYAMLError(problem="tag", problem_mark=event.start_mark)


def _walk(loader: Any, node: yaml.Node, where: Location, content: Content) -> Any:
    content.lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, where, content)
    if isinstance(node, yaml.SequenceNode):
        return [_walk(loader, part, (*where, i), content) for i, part in enumerate(node.value)]
    value = _scalar(loader, cast("yaml.ScalarNode", node))
    if value is None and where:
        content.empty.append(where)
    # escapes such as "\x0b" are letters only now
    if isinstance(value, str) and (
        said := odd_letter(value) or half_kana(value) or told_of_markup(value) or _cut(node, content.rows)
    ):
        content.odd.append((where, said))
    return typeset(value) if isinstance(value, str) else value


def _cut(node: Any, rows: list[str]) -> str | None:
    """Tell of a plain text with ` #` after it: what follows is gone, and may have been meant."""
    end = node.end_mark
    rest = rows[end.line][end.column :] if end.line < len(rows) else ""
    return CUT if not node.style and rest.lstrip().startswith("#") else None


def _mapping(loader: Any, node: yaml.MappingNode, where: Location, content: Content) -> dict:
    result: dict = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        place, line = (*where, key), key_node.start_mark.line + 1
        if said := odd_letter(key):
            content.odd.append((where, said))
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
