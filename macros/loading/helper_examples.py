"""Reckons the examples of the helpers: what an example shows is what the helper gives, and what was worked by hand."""

import re
from collections.abc import Iterator

from ..calculators import AMOUNT, HIGH, LOW, Catalogue, Outcome, helper_definition, run
from ..models.helpers import Helper, HelperExample
from .files import Source
from .problems import Problem, problem

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ENDS = {"shown": AMOUNT, "low": f"{AMOUNT}_{LOW}", "high": f"{AMOUNT}_{HIGH}"}
DIFFERS = "「{}」と書いてありますが、計算すると「{}」です。どちらが正しいかを確かめてください"
MISSING = "幅のある例です。計算した {} の「{}」も書いてください"
NOT_WORKED = "手の計算（worked）に、{} の「{}」になる数がありません。worked か {} を直してください"
SILENT = "この選択肢には lookup の「{}」がなく、答えが出ません。lookup を書くか、rules でそのわけを伝えてください"


def check_examples(source: Source, catalogue: Catalogue, place: int) -> Iterator[Problem]:
    """Yield what is wrong with the examples of a sound helper, and the choices that give no amount and no reason."""
    helper = source.value[place]
    definition = helper_definition(catalogue, helper)
    for i, example in enumerate(helper.examples):
        for key, text in _differences(example, run(definition, example.inputs)):
            yield problem(source.file, source.content.lines, (place, "examples", i, key), text)
    for where, column, typed in _choices(helper):
        outcome = run(definition, typed)
        if outcome.results[AMOUNT] is None and not outcome.problems:
            yield problem(source.file, source.content.lines, (place, *where), SILENT.format(column))


def _differences(example: HelperExample, outcome: Outcome) -> Iterator[tuple[str, str]]:
    for key, result in ENDS.items():
        written, given = getattr(example, key), outcome.shown.get(result, "")
        # an end that is the amount itself needs no words
        if not written and given and given != example.shown:
            yield "shown", MISSING.format(key, given)
        elif written and written != (given or outcome.shown[AMOUNT]):
            yield key, DIFFERS.format(written, given or outcome.shown[AMOUNT] or "（答えなし）")
        elif written and not _worked(example.worked, written):
            yield "worked", NOT_WORKED.format(key, written, key)


def _worked(worked: str, shown: str) -> bool:
    """Tell whether one of the numbers worked by hand is the one shown, but for its last place."""
    half = 0.5 * 10 ** -len(shown.partition(".")[2])
    numbers = [float(text.replace(",", "")) for text in NUMBER.findall(worked)]
    return any(abs(number - float(shown.replace(",", ""))) <= half + 1e-9 for number in numbers)


def _choices(helper: Helper) -> Iterator[tuple[tuple[str | int, ...], str, dict[str, str]]]:
    """Yield the options that lack what others of their field look up, each with a form that chooses it."""
    for i, field in enumerate(helper.inputs):
        columns = list(dict.fromkeys(column for one in field.choices for column in one.lookup))
        for j, choice in enumerate(field.choices):
            lacking = [column for column in columns if column not in choice.lookup]
            if lacking:
                yield ("inputs", i, "choices", j), lacking[0], helper.examples[0].inputs | {field.id: choice.id}
