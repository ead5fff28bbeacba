"""Puts other values into a YAML file and leaves everything else of it as it was written."""

from typing import Any

import yaml

from ..models.base import Location


def rewritten(text: str, news: dict[Location, str]) -> str:
    """Return a YAML text with the values at the given places replaced. Raises KeyError for a place that is not there."""
    places = _places(yaml.compose(text, yaml.SafeLoader), ())
    for node, new in sorted(((places[where], new) for where, new in news.items()), key=lambda pair: -_start(pair[0])):
        text = text[: _start(node)] + written(new) + text[node.end_mark.index :]
    return text


def _start(node: yaml.ScalarNode) -> int:
    return node.start_mark.index


def written(value: str) -> str:
    """Return a text in quotes, which YAML can take for nothing else."""
    return "'" + value.replace("'", "''") + "'"


def _places(node: Any, where: Location) -> dict[Location, yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        return {where: node}
    pairs = enumerate(node.value) if isinstance(node, yaml.SequenceNode) else ((k.value, v) for k, v in node.value)
    return {place: found for key, inner in pairs for place, found in _places(inner, (*where, key)).items()}
