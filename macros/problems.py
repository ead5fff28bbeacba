"""Turns what is wrong with a data file into `file:line: field: what is wrong, what is allowed`."""

import ast
from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import ValidationError

from .positions import ControlLetter, Lines, Location
from .shapes import keys

MESSAGES = {
    "blank": "中身が空です。文字を書くか、項目ごと消してください",
    "bad_id": "id の形が違います。英小文字で始まり、英小文字・数字・ハイフンだけが使えます（例 event-offset）",
    "bad_date": "日付の形が違うか、ない日付です。2011、2011-07、2011-07-01 のどれかの形で書いてください",
    "bad_address": "アドレスの形が違います。http:// か https:// で始め、空白を入れないでください",
    "string_type": "文字で書いてください。数や yes／no に見える文字は ' ' で囲みます",
    "int_type": "整数で書いてください（' ' で囲まず、単位も付けません）",
    "number_or_text": "数か文字で書いてください",
    "bool_type": "true か false で書いてください",
    "list_type": "「- 」で始まる並びで書いてください",
    "model_type": "「項目: 値」の組で書いてください",
    "missing": "この項目は必ず要ります",
    "row_width": "列の数と値の数が違います。列ひとつに値をひとつ書いてください",
    "term_source": "source（原資料の節）か citation（公開された定義の出典）のどちらかが要ります",
    "term_grade": "citation と grade（A、A′、B）は組で書いてください",
    "reading": "よみは、ひらがなで書き始めてください",
    "plain_short": "short には ＊ と 《 》 を使えません（吹き出しにそのまま出るためです）",
    "row_total": "total_label と各行の total は、そろえて書くか、どちらも書かないでください",
    "too_many_nodes": "nodes は4つまでです。5つからは横に並びません",
    "term_short": "definition があるときは short（短い説明）も要ります",
    "method_content": "summary、direct_effects、relations が要ります。ほかの方法と同じ頁なら same_as を書いてください",
    "bad_name": "名前の形が違います。英小文字で始まり、英小文字・数字・下線だけが使えます（例 rail_people）",
    "no_unit": "数の欄には unit（単位）が要ります。単位のない数は '1' と書きます",
    "no_choices": "選択の欄には choices（選択肢）が要ります",
    "factor_values": "値がひとつ以上要り、いま使う値（valid_to のない値）は set ごとに1つだけです。古い値には valid_to を書いてください",
    "float_type": "数で書いてください（' ' で囲まず、単位も付けません）",
    "bad_version": "「日付 印」の形で書いてください（例 2026-11-28 3f9a1c2b）。書く印は、検査が示します",
    "version": "文が変わったか、新しい注記です。versions の終わりに、次の1行を足してください：- （今日の日付） ",
    "version_order": "古いものから日付の順に並べてください。新しい行は、終わりに足します",
    "no_sources": "出典をひとつ以上書いてください",
    "bad_criterion": "達成基準の番号の形が違います。' ' で囲み、1.4.3 のように書いてください",
    "bad_test": "検査の名前の形が違います。tests/test_axe.py::test_every_page_has_no_violation のように書いてください",
    "criterion_not_applied": "適用しない（applies: false）ときは、わけを note に書き、result、tests、looked_at、untested は書かないでください",
    "criterion_result": "適用する（applies: true）ときは result が要ります",
    "criterion_tried": "untested でない結果には、tests か looked_at のどちらかと checked_on が要ります。untested には、どれも書けません",
    "criterion_untested": "partly と untested には untested（確かめていないこと）が要ります。no-problem には書けません",
    "month": "月は 1 から 12 の整数で書いてください",
    "offer_why": "unwritten（書かれていない）のほかは、わけを municipalities_text に書いてください",
    "offer_months": "waiting（次の募集を待つ）には months（募集の月）が要ります",
    "offer_local": "local（地元だけ）には buyers_text（だれに売るか）が要ります",
    "criterion_problem": "problem には note（何が問題か）が要ります",
}


# what PyYAML says in English → what an editor can do
SYNTAX = {
    "unexpected end of stream": "引用符（\" か '）が閉じていません",
    "mapping values are not allowed": "「: 」の置き場所か字下げが違います。値の中に「: 」があれば、値を ' ' で囲みます",
    "a tab": "字下げにタブは使えません。空白2つにしてください",
    "cannot start any token": "値の始めに置けない文字（タブ、@、` など）です。値を ' ' で囲むか、タブを空白にしてください",
    "another document": "「---」で区切らず、ひとつの並びにしてください",
    "alias": "値が半角の * で始まっています。＊にするか、値を ' ' で囲んでください",
    "anchor": "値が & で始まっています。値を ' ' で囲んでください",
    "tag": "値が ! で始まっています。値を ' ' で囲んでください",
}
OTHER_SYNTAX = (
    "この行と上の行の、字下げ、「: 」のあとの空白、引用符や括弧の閉じ忘れ、全角の空白や「：」を確かめてください"
)


class Problem(NamedTuple):
    """One thing that is wrong; as text `file:line: field: what is wrong, what is allowed`."""

    file: str
    line: int
    field: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.text}"


class DataError(Exception):
    """All problems of all data files, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class BuildError(Exception):
    """A step of the build failed; the text tells the reader what to do, in Japanese and English."""


# what pydantic adds to a location: the two shapes of `Part` in models/calculators.py, and the key of a mapping
TAGS = {"shared-part", "own-part", "[key]"}


def line_of(lines: Lines, where: Location) -> int:
    """Return the line of a location, or of the nearest one around it that the file has."""
    while where not in lines and where:
        where = where[:-1]
    return lines.get(where, 1)


def problem(file: str, lines: Lines, where: Location, text: str) -> Problem:
    """Return the problem of a value at a location of a file."""
    return Problem(file, line_of(lines, where), ".".join(map(str, where)) or "（全体）", text)


def from_validation(file: str, lines: Lines, kind: Any, error: ValidationError) -> list[Problem]:
    """Return the problems that pydantic found in one file whose content should be `kind`."""
    found = []
    for one in error.errors(include_url=False):
        # the file knows nothing of these
        where = tuple(part for part in one["loc"] if part not in TAGS)
        # `int | float | str` fails once for each; the file knows nothing of the three
        if where and where[-1] in {"int", "float", "str"}:
            where, one = where[:-1], {**one, "type": "number_or_text"}
        # a rule over several fields tells in `at` which of them to look at
        place = (*where, *one.get("ctx", {}).get("at", ()))
        found.append(problem(file, lines, place, _message(one, kind, where)))
    return found


def from_reading(file: str, error: Exception) -> Problem:
    """Return the problem of a file that is no UTF-8 or no YAML."""
    if isinstance(error, FileNotFoundError):
        return Problem(file, 1, "（全体）", "ファイルがありません")
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(file, line, "（全体）", "UTF-8 の文字ではありません。文字コード UTF-8 で保存し直してください")
    if isinstance(error, ControlLetter):
        return Problem(file, error.line, "（全体）", "目に見えない制御文字が入っています。その行を打ち直してください")
    return Problem(file, _syntax_line(error), "（全体）", f"YAML として読めません。{_syntax_hint(error)}")


def _syntax_line(error: Exception) -> int:
    context = getattr(error, "context", None) or ""
    # what was opened and never closed is named where it opened, not at the end of the file
    opened = "quoted scalar" in context or "flow" in context
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    return mark.line + 1 if mark else 1


def _syntax_hint(error: Exception) -> str:
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    return next((hint for text, hint in SYNTAX.items() if text in said), OTHER_SYNTAX)


def _message(error: Any, kind: Any, where: Location) -> str:
    if error["type"] == "extra_forbidden":
        return f"知らない項目です。使えるのは {'、'.join(keys(kind, where[:-1]))}"
    if error["type"] == "literal_error":
        quoted = "（' ' で囲んで書きます）" if isinstance(error["input"], int) else ""
        return f"値「{error['input']}」は使えません。使えるのは {_allowed(error['ctx']['expected'])}{quoted}"
    if error["type"].endswith("_type") and error["input"] is None:
        return MESSAGES["blank"]
    known = MESSAGES.get(error["type"], error["msg"])
    if error["type"] == "version":
        return known + error["ctx"]["mark"]
    return f"{known}（いまの値: {_short(error['input'])}）" if error["type"].endswith("_type") else known


def _allowed(expected: str) -> str:
    """Return pydantic's `'a', 'b' or 'c'` as a Japanese list."""
    return "、".join(ast.literal_eval(f"[{expected.replace(' or ', ', ')}]"))


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
