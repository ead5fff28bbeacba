"""Reads the file of a plan, or tells why it cannot be used; what does not fit is left out and told."""

import json
from typing import Any

from ...rendering import Renderer
from .values import STAGES, fit, is_day
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
    told += _misfits(renderer, data["method"], facts, [one["id"] for one in sound])
    calculators = [{"id": one["id"]} | {stage: _stage(one.get(stage)) for stage in STAGES} for one in sound]
    return data | {"facts": facts, "calculators": calculators}, told


def _misfits(renderer: Renderer, method: str, facts: dict[str, str], calculators: list[str]) -> list[str]:
    """Take impossible days and unknown choices out of the facts; return what to tell of them and of other methods."""
    catalogue, words = renderer.catalogue.calculators, words_of(renderer)
    of_method = [one.id for one in renderer.guide.calculators if one.method == method]
    known = {*calculators, *of_method[:1]}
    told = []
    for name, text in list(facts.items()):
        fact = words["facts"][name]
        inputs = [field for one in known for group in catalogue[one].groups for field in group.inputs]
        choices = {choice.id for field in inputs if field.id == fact.get("input") for choice in field.known}
        if text and fact["kind"] == "date" and not is_day(text):
            told.append(f"「{fact['label']}」の日付「{text[:20]}」は暦にないため、入れませんでした。")
            del facts[name]
        elif text and fact["kind"] == "choice" and text not in {*fact["choices"], *choices, *_records(words, fact)}:
            told.append(f"「{fact['label']}」の「{text[:20]}」は選べるものにないため、入れませんでした。")
            del facts[name]
    others = [catalogue[one].short for one in calculators if one not in of_method]
    if others:
        told.append(f"ほかの取組方法の計算器（{'、'.join(others)}）の値は、文書に入りません。")
    return told


def _records(words: dict[str, Any], fact: dict[str, Any]) -> list[str]:
    return list(words["precedents"]) if "of" in fact else []


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise Refused(f"ファイルが大きすぎます（{LARGEST // 1_000_000} MBまで）。")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused("案件のファイル（JSON）ではありません。") from error
    if not isinstance(data, dict) or data.get("type") != "offset-plan" or not isinstance(data.get("facts"), dict):
        raise Refused("案件のファイルではありません。")
    if data.get("v") != VERSION or isinstance(data["v"], bool):
        said = data.get("v")
        version = str(said)[:20] if isinstance(said, str | int | float) else "読めない形"
        raise Refused(f"ファイルの版が {version} です。読めるのは {VERSION} です。")
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
