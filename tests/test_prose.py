"""Rules on the words of docs/ and data/; each message is `file:line: what is wrong`."""

import re
from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from macros.loading import Guide
from macros.rendering import Renderer

ROOT = Path(__file__).parent.parent


class Line(NamedTuple):
    """A line of a file, as `file:line: text`."""

    file: str
    number: int
    text: str

    def says(self, problem: str) -> str:
        return f"{self.file}:{self.number}: {problem}"


Rule = Callable[[Line], Iterator[str]]

CODE = re.compile(r"`[^`]*`")
MACRO = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}")
MACRO_LINE = re.compile(r"\{\{ [a-z_]+\(.*\) \}\}")
FRONT_MATTER = {"title", "description", "hide", "template", "search"}


# -- the lines --------------------------------------------------------------------------------


def lines_of(path: Path, root: Path = ROOT) -> list[Line]:
    texts = path.read_text(encoding="utf-8").splitlines()
    return [Line(path.relative_to(root).as_posix(), number, text) for number, text in enumerate(texts, 1)]


def body(lines: list[Line]) -> list[Line]:
    """The lines of a page after its front matter."""
    end = next(line.number for line in lines[1:] if line.text == "---")
    return lines[end:]


def pages() -> list[list[Line]]:
    return [lines_of(path) for path in sorted((ROOT / "docs").rglob("*.md"))]


def page_lines() -> list[Line]:
    return [line for page in pages() for line in body(page)]


def data_lines() -> list[Line]:
    return [line for path in sorted((ROOT / "data").rglob("*.yml")) for line in lines_of(path)]


def all_lines() -> list[Line]:
    return [line for page in pages() for line in page] + data_lines()


def broken(rule: Rule, lines: list[Line]) -> list[str]:
    return [line.says(problem) for line in lines for problem in rule(line)]


# -- headings, front matter, macros, links ------------------------------------------------------


def heading_without_id(line: Line) -> Iterator[str]:
    if re.match(r"#{2,} ", line.text) and not re.search(r" \{ #[a-z][a-z0-9-]* \}$", line.text):
        yield "見出しの終わりに { #id } がない（波かっこの内側に空白、id は半角の英小文字）"


def macro_not_at_the_start(line: Line) -> Iterator[str]:
    names = [match.group(1) for match in MACRO.finditer(line.text)]
    if any(name != "number" for name in names) and not MACRO_LINE.fullmatch(line.text):
        yield "部品（number 以外）は、行の先頭から1行に1つだけ書く"


def raw_html(line: Line) -> Iterator[str]:
    for found in re.findall(r"</?[a-zA-Z][^>]*>|<!--", CODE.sub("", line.text)):
        yield f"HTMLのタグ {found} は書かない"


def absolute_link(line: Line) -> Iterator[str]:
    for target in re.findall(r"\]\((/[^)]*)\)", line.text):
        yield f"サイト内のリンク {target} は相対の .md で書く"


def short_link_text(line: Line) -> Iterator[str]:
    for text in re.findall(r"(?<!!)\[([^\]]*)\]\(", line.text):
        if len(re.findall(r"\w", text)) < 2:
            yield f"リンクの文字「{text}」が短い（2文字以上）"


# -- letters and spelling -----------------------------------------------------------------------

# printed so in the sources, or named as letters
WIDE_AS_PRINTED = [
    "付ＣＮＧ車リース事業",  # the name of a product
    "「HFCｓ」",  # a remark quotes the misprints it mends
    "「PFCｓ」",
    "「第 ２ 章」",
]


def odd_width(line: Line) -> Iterator[str]:
    text = line.text
    for printed in WIDE_AS_PRINTED:
        text = text.replace(printed, "")
    for found in re.findall(r"[\uff61-\uff9f]+", text):
        yield f"半角カナ「{found}」"
    for found in re.findall(r"[Ａ-Ｚａ-ｚ０-９]+", text):
        yield f"全角の英数字「{found}」"


# wrong → right; a wrong form inside one of the exceptions is meant
SPELLINGS = {
    "オフセットプロバイダ": "オフセット・プロバイダー",
    "オフセット・プロバイダ(?!ー)": "オフセット・プロバイダー",
    "カーボンオフセット": "カーボン・オフセット",
    "カーボンニュートラル": "カーボン・ニュートラル",
    "バウンダリー": "バウンダリ",
    "取組み|取りくみ|とりくみ": "取り組み",
    "埋めあわせ|うめあわせ|埋合せ": "埋め合わせ",
    "CO₂|CO２|ＣＯ２|co2|Co2": "CO2",
    "J‐VER|J−VER|J－VER|JVER": "J-VER",
    "Jクレジット|J−クレジット|J－クレジット": "J-クレジット",
    "ホームぺージ": "ホームページ",
    "ヶ月|カ月|ヵ月|箇月|ケ月": "か月",
    "[0-9][〜]|〜[0-9]": "～",
}
MEANT = [
    "ひょうごカーボンオフセット",
    "カーボンオフセット推進ネットワーク",
    "自治体向けカーボンオフセットガイドブック",
]


def other_spelling(line: Line) -> Iterator[str]:
    text = line.text
    for name in MEANT:
        text = text.replace(name, "")
    for wrong, right in SPELLINGS.items():
        for found in re.findall(wrong, text):
            yield f"「{found}」は「{right}」と書く"


OUTSIDE_WORDS = re.compile(r"\b(?:session|inventory|seeds?|prompt|LLM)\b|ヘルパー|セッション|/work/|/tmp/", re.IGNORECASE)


def word_of_the_making(line: Line) -> Iterator[str]:
    for found in OUTSIDE_WORDS.findall(line.text):
        yield f"「{found}」はこのサイトの言葉ではない"


# -- sentences ------------------------------------------------------------------------------------

QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|（[^（）]*）|\([^()]*\)|`[^`]*`")
PLAIN_END = re.compile(
    r"[^。]*?(?:である|であった|(?<!く)だ|だった|する|した|しない|ない|なかった|いる|いた|ある|あった|なる|なった|られる|れた|せる|せた)。"
)


def plain_sentence(line: Line) -> Iterator[str]:
    """A sentence of a paragraph that does not end in です・ます; lists, tables and headings may."""
    if re.match(r"\s*(?:[-*|>#]|\d+\.|\{\{|:)", line.text):
        return
    text = line.text
    while QUOTED.search(text):
        text = QUOTED.sub("", text)
    for found in PLAIN_END.findall(text):
        yield f"です・ますで書く：「{found[-20:]}」"


# -- the rules hold ---------------------------------------------------------------------------------

PAGE_RULES = [
    heading_without_id,
    macro_not_at_the_start,
    raw_html,
    absolute_link,
    short_link_text,
    plain_sentence,
]
ALL_RULES = [odd_width, other_spelling, word_of_the_making]


@pytest.mark.parametrize("rule", PAGE_RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_on_every_page(rule: Rule) -> None:
    assert broken(rule, page_lines()) == []


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_on_every_page_and_in_the_data(rule: Rule) -> None:
    assert broken(rule, all_lines()) == []


def test_front_matter_has_only_known_keys_and_no_macros_name(guide: Guide) -> None:
    macros = set(Renderer(guide).macros())
    wrong = []
    for page in pages():
        keys = {key.group(1): line for line in page[: -len(body(page))] if (key := re.match(r"(\w+):", line.text))}
        wrong += [line.says(f"見出し部の {key} は使えない") for key, line in keys.items() if key not in FRONT_MATTER]
        assert {"title", "description"} <= set(keys), page[0].file
    assert wrong == []
    assert macros & FRONT_MATTER == set()
