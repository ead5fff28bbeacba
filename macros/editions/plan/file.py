"""Reads the file of a plan, or tells why it cannot be used; what does not fit is left out and told."""

import json
from typing import Any

from ...rendering import Renderer
from .values import STAGES, fit
from .words import words_of

VERSION = 1
LARGEST = 1_000_000
MOST_LINES = 50


class Refused(Exception):
    """The file is none of ours; the text says why."""


def read_plan(renderer: Renderer, content: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return a plan with all that it may lack, and what was left out of it. Raises Refused."""
    data = _parsed(content)
    words, told = words_of(renderer), []
    if data.get("method") not in list(words["methods"]):
        raise Refused("知らない取組方法です。")
    facts = {
        name: _cut(text, words, words["facts"][name])
        for name, text in data["facts"].items()
        if name in words["facts"] and isinstance(text, str)
    }
    if len(facts) < len(data["facts"]):
        told.append(f"知らない欄か、形の違う欄が{len(data['facts']) - len(facts)}個あり、入れませんでした。")
    if facts != {name: data["facts"][name] for name in facts}:
        told.append("文書に書けない文字か、長すぎる文を除きました。")
    known = list(renderer.catalogue.calculators)
    given: list[Any] = _when(list, data.get("calculators"))
    sound = [one for one in given if isinstance(one, dict) and one.get("id") in known]
    sound = [one for i, one in enumerate(sound) if one["id"] not in [other["id"] for other in sound[:i]]]
    if len(sound) < len(given):
        told.append(f"知らない計算器が{len(given) - len(sound)}個あり、入れませんでした。")
    calculators = [{"id": one["id"]} | {stage: _stage(one.get(stage)) for stage in STAGES} for one in sound]
    return data | {"facts": facts, "calculators": calculators}, told


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise Refused(f"ファイルが大きすぎます（{LARGEST // 1_000_000} MBまで）。")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused("案件のファイル（JSON）ではありません。") from error
    if not isinstance(data, dict) or data.get("type") != "offset-plan" or not isinstance(data.get("facts"), dict):
        raise Refused("案件のファイルではありません。")
    if data.get("v") != VERSION:
        raise Refused(f"ファイルの版が {str(data.get('v'))[:20]} です。読めるのは {VERSION} です。")
    return data


def _cut(text: str, words: dict[str, Any], fact: dict[str, Any]) -> str:
    most = words["longest"]
    lines = fit(text).split("\n")[: MOST_LINES if fact["kind"] == "lines" else 1]
    return "\n".join(line[:most] for line in lines)


def _when(kind: type[Any], value: Any) -> Any:
    """Return a value of a kind, an empty one instead of any other."""
    return value if isinstance(value, kind) else kind()


def _stage(given: Any) -> dict[str, Any]:
    part: dict[str, Any] = _when(dict, given)
    inputs: dict[str, Any] = _when(dict, part.get("inputs"))
    rows: list[Any] = _when(list, part.get("rows"))
    return {
        "inputs": {name: fit(text) for name, text in inputs.items() if isinstance(text, str)},
        "rows": [
            [fit(cell) for cell in row]
            for row in rows
            if isinstance(row, list) and all(isinstance(cell, str) for cell in row)
        ],
    }
