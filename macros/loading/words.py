"""Checks of words that one record cannot tell alone: lists that are one text, counts that were typed, a chooser that loses a method."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from ..models.base import Location
from .files import Source
from .pages import Page
from .problems import Problem, problem

# lists of words that the search finds something by
LISTS = ("asks", "variants", "aliases")
# a question may pause; two words with 、 between them are two
QUESTION = re.compile(r".*(?:か|の|？|\?)")
ONE_TEXT = "「、」で区切らず、1つずつ「- 」か [ , ] の並びで書いてください"
NOT_LEFT = "いちばん下の答えには、どの方法も残してください（ないのは {}）"
# a year and how the era counts it, as the sources print it
ERA = re.compile(r"([0-9]{4})(?:年)?[（〔(](昭和|平成|令和)([0-9]+|元)年?[）〕)]")
BEFORE = {"昭和": 1925, "平成": 1988, "令和": 2018}
OTHER_YEAR = "「{}」の西暦と元号が合いません。{}は {}{} です"
OTHER_COUNT = "「{}」と書いてありますが、{}では {} です。文を直してください"
# a count told in words, what it counts, and how many there are
Count = Callable[[dict[str, Any]], int]
COUNTS: tuple[tuple[re.Pattern[str], str, Count], ...] = (
    (re.compile(r"([0-9]+)の問い"), "data/answers.yml の問い", lambda values: len(values["answers"])),
    (
        re.compile(r"([0-9]+)年(?:以内の日付|より前か)"),
        "data/buying.yml の recent_years",
        lambda values: values["buying"].recent_years,
    ),
)


def check_words(sources: list[Source], pages: list[Page]) -> Iterator[Problem]:
    """Yield what is wrong with words of all files."""
    values = {source.name: source.value for source in sources if source.value is not None}
    for source in sources:
        lines = source.content.lines
        for where, text in _found(source.content.value, (), values):
            yield problem(source.file, lines, where, text)
    for page in pages:
        yield from _on_page(page, values)
    yield from _lost_methods(sources)


def _on_page(page: Page, values: dict[str, Any]) -> Iterator[Problem]:
    lines = page.text.split("\n")
    for part, questions in page.head.asks.items() if page.head else []:
        for question in questions:
            if _is_list(question):
                line = next((n for n, text in enumerate(lines, 1) if question in text), 1)
                yield Problem(page.file, line, f"asks → {part}", ONE_TEXT)
    for number, line in enumerate(lines, 1):
        for text in _miscounted(line, values):
            yield Problem(page.file, number, "本文", text)


def _found(value: Any, where: Location, values: dict[str, Any]) -> Iterator[tuple[Location, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _found(part, (*where, key), values)
    elif isinstance(value, list):
        for i, part in enumerate(value):
            if where and where[-1] in LISTS and isinstance(part, str) and _is_list(part):
                yield (*where, i), ONE_TEXT
            yield from _found(part, (*where, i), values)
    elif isinstance(value, str):
        yield from ((where, text) for text in _miscounted(value, values))


def _is_list(text: str) -> bool:
    return "、" in text and not QUESTION.fullmatch(text)


def _miscounted(text: str, values: dict[str, Any]) -> Iterator[str]:
    for found in ERA.finditer(text):
        year, era, own = int(found[1]), found[2], 1 if found[3] == "元" else int(found[3])
        if BEFORE[era] + own != year:
            yield OTHER_YEAR.format(found[0], year, era, year - BEFORE[era])
    for pattern, what, count in COUNTS if "の問い" in text or "年" in text else ():
        for found in pattern.finditer(text):
            try:
                right = count(values)
            except KeyError:  # what is counted is not sound
                continue
            if int(found[1]) != right:
                yield OTHER_COUNT.format(found[0], what, right)


def _lost_methods(sources: list[Source]) -> Iterator[Problem]:
    """The last answer of each question of the chooser is for those whom the others do not fit: it leaves all methods."""
    methods = [source.value.id for source in sources if source.name == "methods" and source.value]
    for source in sources:
        for i, question in enumerate(source.value if source.name == "chooser" and source.value else []):
            left = question.choices[-1].methods if question.choices else methods
            lost = [own for own in methods if own not in left]
            # a misspelt one is told already
            if lost and set(left) <= set(methods):
                where = (i, "choices", len(question.choices) - 1, "methods")
                yield problem(source.file, source.content.lines, where, NOT_LEFT.format("、".join(lost)))
