"""Rules on the words of docs/ and data/; each message is `file:line: what is wrong`."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from macros.loading.guide import Guide
from macros.loading.pages import Head
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
    """The lines of data/ but the aliases, which hold other spellings on purpose."""
    return [line for path in sorted((ROOT / "data").rglob("*.yml")) for line in without_aliases(lines_of(path))]


def without_aliases(lines: list[Line]) -> Iterator[Line]:
    inside = False
    for line in lines:
        inside = line.text.strip() == "aliases:" or (inside and line.text.lstrip().startswith("- "))
        if not inside:
            yield line


def all_lines() -> list[Line]:
    return [line for page in pages() for line in page] + data_lines()


def broken(rule: Rule, lines: list[Line]) -> list[str]:
    return [line.says(problem) for line in lines for problem in rule(line)]


def tell(problems: list[str]) -> None:
    """Fail with every message in full; a plain assert shortens them."""
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


# -- links, front matter ------------------------------------------------------


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
    "１，０００",  # typed so in an example of a calculator
    *("芝浦４丁目", "銀座５・６丁目", "本駒込２丁目", "大崎１丁目"),  # areas as an official table has them
]


def odd_width(line: Line) -> Iterator[str]:
    text = line.text
    for printed in WIDE_AS_PRINTED:
        text = text.replace(printed, "")
    for found in re.findall(r"[\uff61-\uff9f]+", text):
        yield f"半角カナ「{found}」"
    for found in re.findall(r"[Ａ-Ｚａ-ｚ０-９]+", text):
        yield f"全角の英数字「{found}」"


# wrong → right; names of others and quoted mistakes keep their spelling
SPELLINGS = {
    "オフセットプロバイダー?|オフセット・プロバイダ(?!ー)": "オフセット・プロバイダー",
    "カーボンオフセット": "カーボン・オフセット",
    "バウンダリー": "バウンダリ",
    "取組み|取りくみ|とりくみ": "取り組み",
    "埋めあわせ|うめあわせ|埋合せ|埋合わせ": "埋め合わせ",
    "CO２|ＣＯ２|Co2": "CO2",
    "J[‐−－–]?VER": "J-VER",
    "J[‐−－–]?クレジット": "J-クレジット",
    "[ヶカヵケ箇]月": "か月",
    "〜": "～",
}
MEANT = [
    "ひょうごカーボンオフセット",
    "カーボンオフセット推進ネットワーク",
    "カーボンオフセット協会",
    "自治体向けカーボンオフセットガイドブック",
    "「カーボンオフセットガイドブックについて」",
    "「カーボンオフセット」",
    # of sellers and their pages
    "カーボンオフセット都市ガス",
    "森林由来カーボンオフセット",
    "事業のカーボンオフセットにご活用",
    "におけるカーボン・オフセットの取組み",
    "武蔵野市のカーボン・オフセットの取組み",
    "円/t-CO₂(税抜)",
    "「CO₂」",
    "9ヵ月間に",
    "鳥取県の森林Jクレジット",
    "埋め合わせを行うカーボンオフセット事業",
    "20kg分のカーボンオフセット証明書",
    "カーボンオフセットの取り組みも行っています",
]


def other_spelling(line: Line) -> Iterator[str]:
    # search.yml holds what people type, right or wrong
    text = "" if line.file.endswith("data/search.yml") else line.text
    for name in MEANT:
        text = text.replace(name, "")
    for wrong, right in SPELLINGS.items():
        for found in re.findall(wrong, text):
            yield f"「{found}」は「{right}」と書く"


OUTSIDE_WORDS = re.compile(
    r"\b(?:session|inventory|seeds?|prompt|LLM)\b|ヘルパー|セッション|/work/|/tmp/", re.IGNORECASE
)


def word_of_the_making(line: Line) -> Iterator[str]:
    for found in OUTSIDE_WORDS.findall(re.sub(r"https?://\S+", "", line.text)):
        yield f"「{found}」はこのサイトの言葉ではない"


# -- sentences ------------------------------------------------------------------------------------

QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|（[^（）]*）|\([^()]*\)|`[^`]*`")
PLAIN_END = re.compile(r"[^。]*(?:だ|る|く|む|(?<![でま])す|(?<!まし)(?<!でし)た|(?<!くださ)い|(?<!ょ)う)。")


def plain_sentence(line: Line) -> Iterator[str]:
    """A sentence of a paragraph that does not end in です・ます; lists, tables and headings may."""
    if re.match(r"\s|[-*|>#:]|\d+\.|\{\{", line.text):
        return
    text = line.text
    while QUOTED.search(text):
        text = QUOTED.sub("", text)
    for found in PLAIN_END.findall(text):
        yield f"です・ますで書く：「{found[-20:]}」"


# -- the rules hold ---------------------------------------------------------------------------------

PAGE_RULES = [
    short_link_text,
    plain_sentence,
]
ALL_RULES = [odd_width, other_spelling, word_of_the_making]


@pytest.mark.parametrize("rule", PAGE_RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_on_every_page(rule: Rule) -> None:
    tell(broken(rule, page_lines()))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_on_every_page_and_in_the_data(rule: Rule) -> None:
    tell(broken(rule, all_lines()))


def front_matter(page: list[Line]) -> dict[str, Line]:
    """The lines of a page's front matter by their keys."""
    head = page[: -len(body(page))]
    return {key.group(1): line for line in head if (key := re.match(r"(\w+):", line.text))}


def test_no_key_of_the_front_matter_is_a_macros_name(guide: Guide) -> None:
    """mkdocs-macros would call the text of the page instead of the macro."""
    assert set(Renderer(guide).macros()) & set(Head.model_fields) == set()


def test_descriptions_are_one_sentence_of_40_to_90_letters() -> None:
    wrong = []
    for line in (front_matter(page)["description"] for page in pages()):
        text = line.text.removeprefix("description:").strip()
        if not 40 <= len(text) <= 90:
            wrong.append(line.says(f"description が{len(text)}字（40～90字）"))
    tell(wrong)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (short_link_text, "[図](x.md)", "[A1](x.md)"),
        (odd_width, "Ａ１", "A1"),
        (odd_width, "ｶｰﾎﾞﾝ", "付ＣＮＧ車リース事業"),
        (other_spelling, "バウンダリーの設定", "バウンダリの設定"),
        (other_spelling, "カーボンオフセットの例", "ひょうごカーボンオフセットの例"),
        (other_spelling, "オフセット・プロバイダ＊", "オフセット・プロバイダー＊"),
        (other_spelling, "JクレジットとJVER", "J-クレジットとJ-VER"),
        (word_of_the_making, "see inventory", "在庫"),
        (plain_sentence, "大切である。", "大切です。"),
        (plain_sentence, "決めた（注）。", "決めました（注）。"),
        (plain_sentence, "続く。また、始まる。", "「続く。」と書きました。"),
        (plain_sentence, "行わない。", "- 行わない。"),
    ],
)
def test_a_rule_finds_what_it_is_for(rule: Rule, bad: str, good: str) -> None:
    assert broken(rule, [Line("docs/a.md", 1, bad)]) != []
    assert broken(rule, [Line("docs/a.md", 1, good)]) == []
