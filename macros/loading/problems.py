"""Turns what is wrong with a data file into `file:line: field: what is wrong, what is allowed`."""

import ast
import difflib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from ..models.base import Location
from ..models.labels import Row, row
from ..models.letters import visible
from ..models.shapes import keys, record_at
from ..models.typography import plain
from .lines import Lines
from .merging import UnfinishedMerge
from .texts import Unfit

MESSAGES = {
    "blank": "中身が空です。文字を書くか、項目ごと消してください",
    "margin": "始めと終わりの空白を消してください",
    "own_address": "だれでも開けるサイトのアドレスを書いてください。名前とパスワード（…@）の入ったもの、庁内だけの番号や名前のものは載せられません",
    "reversed_price": "yen_to には、yen より大きい額を書いてください",
    "self_related": "related に、自分の id は書けません",
    "bad_id": "id の形が違います。英小文字で始まり、英小文字・数字・ハイフンだけが使えます（例 event-offset）",
    "bad_date": "日付の形が違うか、ない日付です。2011、2011-07、2011-07-01 のどれかの形で書いてください",
    "bad_address": "アドレスの形が違います。http:// か https:// で始め、空白を入れないでください",
    "string_type": "文字で書いてください。数や yes／no に見える文字は ' ' で囲みます",
    "int_type": "整数で書いてください（' ' で囲まず、単位も付けません）",
    "number_or_text": "数か文字で書いてください",
    "bool_type": "true か false で書いてください",
    "list_type": "「- 」で始まる並びで書いてください",
    "model_type": "「項目: 値」の組で書いてください",
    "missing": "は必ず要ります",
    "row_width": "列の数と値の数が違います。列ひとつに値をひとつ書いてください",
    "term_source": "source（原資料の節）か citation（公開された定義の出典）のどちらかが要ります",
    "term_grade": "citation と grade（A、A′、B）は組で書いてください",
    "reading": "よみは、ひらがなで書き始めてください",
    "plain_short": "short には ＊ と 《 》 を使えません（吹き出しにそのまま出るためです）",
    "both_ends": "low（低い方）と high（高い方）は、組で書いてください",
    "value_range": "value は、low から high までの数にしてください",
    "row_total": "total_label と各行の total は、そろえて書くか、どちらも書かないでください",
    "too_many_nodes": "nodes は4つまでです。5つからは横に並びません",
    "term_short": "definition があるときは short（短い説明）も要ります",
    "method_content": "summary、direct_effects、relations が要ります。ほかの方法と同じ頁なら same_as を書いてください",
    "bad_name": "名前の形が違います。英小文字で始まり、英小文字・数字・下線だけが使えます（例 rail_people）",
    "no_unit": "数の欄には unit（単位）が要ります。単位のない数は '1' と書きます",
    "no_choices": "選択の欄には choices（選択肢）が要ります",
    "bad_set_id": "版の id は、4桁の西暦の数字を ' ' で囲んで書いてください（例 '2027'）",
    "set_roles": "today（これからの計算に使う版）と guidebook（ガイドブック当時の版）は、別の版にしてください",
    "set_order": "版は、id の小さい順（古い順）に並べてください。新しい版は終わりに足します",
    "until_before": "until（替わった日）が、額の日付（date）より前です",
    "reversed_tonnes": "いちばん多い量が、いちばん少ない量より少なくなっています",
    "much_offset": "offset_t（埋め合わせた量）が、emitted_t（数えた量）の2倍を超えています。どちらも t か、打ち間違いでないかを確かめてください。資料のとおりなら emitted_t を書かず、わけを amount_text に書きます",
    "set_name": "ほかの版と同じ名前です。選ぶところで見分けられません。この版の名前にしてください",
    "set_start": "いつからの活動に使うか（valid_from）は、前の版より後にしてください",
    "of_sets": "欄 factors の選択肢は data/factor-sets.yml から作られます。kind は choice とし、choices と default は書かないでください",
    "factor_values": "値がひとつ以上要り、いま使う値（valid_to のない値）は set ごとに1つだけです。古い値には valid_to を書いてください",
    "price_kind": "1 tあたりの価格（円/t-CO₂）には kind（売り出し、市場の平均、入札）と tax（込、抜、不明）が要ります。ほかの係数には書けません",
    "absent_note": "absent（この欄がなかったときの値）と absent_note（欄に出す説明）は、選択の欄に組で書いてください",
    "float_type": "数で書いてください（' ' で囲まず、単位も付けません）",
    "bad_version": "「日付 印」の形で書いてください（例 2026-11-28 3f9a1c2b）。書く印は、検査が示します",
    "version": "文が変わったか、新しい記録です。versions の終わりに、次の1行を足してください：- （今日の日付） ",
    "version_order": "古いものから日付の順に並べてください。新しい行は、終わりに足します",
    "no_sources": "出典をひとつ以上書いてください",
    "bad_criterion": "達成基準の番号の形が違います。' ' で囲み、1.4.3 のように書いてください",
    "bad_test": "検査の名前の形が違います。tests/test_axe.py::test_every_page_has_no_violation のように書いてください",
    "criterion_not_applied": "適用しない（applies: false）ときは、わけを note に書き、result、tests、looked_at、untested は書かないでください",
    "criterion_result": "適用する（applies: true）ときは result が要ります",
    "criterion_tried": "untested でない結果には、tests か looked_at のどちらかと checked_on が要ります。untested には、どれも書けません",
    "criterion_untested": "partly と untested には untested（確かめていないこと）が要ります。no-problem には書けません",
    "month": "月は 1 から 12 の整数で書いてください",
    "step_page": "この取組方法のページ（methods/a1 など）を、pages にも書いてください",
    "one_sentence": "「。」で終わる1つの文にしてください。2つの文は、根拠を分けて2つに書きます",
    "offer_why": "unwritten（書かれていない）のほかは、わけを municipalities_text に書いてください",
    "offer_months": "waiting（次の募集を待つ）には months（募集の月）が要ります",
    "offer_local": "local（地元だけ）には buyers_text（だれに売るか）が要ります",
    "cost_tax": "cost（額）と tax（税の別）は、いっしょに書いてください。税の別が分からなければ 不明 です",
    "cost_text": "yen_per_t には cost（額の説明。いつの額か）が要ります",
    "daily_life": "daily-life（来場者の日常生活）を数えた例には、cautions に daily-life が要ります",
    "negative": "負の数は書けません。0以上の数を書いてください",
    "not_positive": "0より大きい数を書いてください",
    "number_as_words": "数を言葉として書いています。半角の数字と . だけで、「,」「_」「:」や ' ' を付けずに書いてください",
    "min_max": "min は max より小さくしてください",
    "default_bounds": "default は、min から max までの数にしてください",
    "bands": "bands は up_to の小さい順に並べ、最後の1つだけ up_to を書かないでください",
    "start_max": "start（はじめの行の数）は max（行の数の上限）までです",
    "operator_half": "運営者は、name（名前）と contact（連絡先）を組で書いてください。どちらも決まっていなければ {} のままにします",
    "address_end": "アドレスは「/」で終えてください（例 https://www.example.jp/offset/）",
    "repository": "https://github.com/（持ち主）/（名前） の形で書いてください。終わりに .git や / は付けません",
    "shut_hole": "minimum、maximum、days の says には〈t〉、months の says には〈months〉が要ります（その道の数に替わります）",
    "derived_note": "計算した値（derived）には、計算のしかたを note に書いてください",
    "share": "単位が '1' の値は割合です。1 以下の数を書いてください（75% は 0.75）",
    "spelling": "この書き方は、前の spellings にもあります。どちらかだけに書いてください",
    "heights": "高さは widths と同じ個数で、どれも2倍までの違いです。打ち直さず、python -m tests.measure_heights で測り直してください",
    "tracking": "アドレスの utm_…、fbclid、gclid は、だれが見たかを数えるためのものです。その前の ? か & から後ろを消してください",
    "figure_arrows": "図の中の人やものには、矢印が要ります。自分を指す矢印は書けません",
    "criterion_problem": "problem には note（何が問題か）が要ります",
}


# what PyYAML says in English → what an editor can do
SYNTAX = {
    "unexpected end of stream": "引用符（\" か '）が閉じていません",
    "mapping values are not allowed": "「: 」の置き場所か字下げが違います。値の中に「: 」があれば、値を ' ' で囲みます",
    "a tab": "字下げにタブは使えません。空白2つにしてください",
    "cannot start any token": "値の始めに置けない文字（タブ、@、` など）です。値を ' ' で囲むか、タブを空白にしてください",
    "too many values": "値が多すぎます。いくつかのファイルに分けられるか、管理する人に聞いてください",
    "too deep": "かっこか字下げが深すぎます。閉じ忘れや、同じ字の打ちすぎを確かめてください",
    "escape": "\" \" の中の \\ のあとの文字が違います。値を ' ' で囲むか、\\ を消してください",
    "another document": "「---」で区切らず、ひとつの並びにしてください",
    "alias": "値が半角の * で始まっています。＊にするか、値を ' ' で囲んでください",
    "anchor": "値が & で始まっています。値を ' ' で囲んでください",
    "tag": "値が ! で始まっています。値を ' ' で囲んでください",
}
UNFINISHED = "変更の取り込み（マージ）が終わっていません。どちらの文を残すかを決め、<<<<<<<、=======、>>>>>>> の行を消してください"
OTHER_SYNTAX = (
    "この行と上の行の、字下げ、「: 」のあとの空白、引用符や括弧の閉じ忘れ、全角の空白や「：」を確かめてください"
)


# the field of what is wrong with a file as a whole
WHOLE = "（全体）"
# letters of a field or of what is said of it, and of a value quoted there
LONGEST, QUOTED = 1000, 40
# of one file; more help nobody
MOST = 500


class Problem(NamedTuple):
    """One thing that is wrong; as text `file:line: field: what is wrong, what is allowed`."""

    file: str
    line: int
    field: str
    text: str

    @property
    def said(self) -> str:
        """What is wrong, after the place: the field, and what of it; units as they are typed."""
        return plain(visible(f"{_cut(self.field)}: {_cut(self.text)}"))

    def __str__(self) -> str:
        return f"{visible(f'{self.file}:{self.line}')}: {self.said}"


def _cut(text: str) -> str:
    """Return a text that a line can hold: whole files were pasted into a value before."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


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
    return Problem(file, line_of(lines, where), ".".join(map(str, where)) or WHOLE, text)


def from_validation(file: str, lines: Lines, kind: Any, error: ValidationError) -> list[Problem]:
    """Return the problems that pydantic found in one file whose content should be `kind`."""
    found = []
    for one in _single(error.errors(include_url=False)[:MOST]):
        # the file knows nothing of these
        where = tuple(part for part in one["loc"] if part not in TAGS)
        # `int | float | str` fails once for each; the file knows nothing of the three
        if where and where[-1] in {"int", "float", "str"}:
            where, one = where[:-1], {**one, "type": "number_or_text"}
        # a rule over several fields tells in `at` which of them to look at
        place = (*where, *one.get("ctx", {}).get("at", ()))
        found.append(problem(file, lines, place, _message(one, kind, where)))
    return found


def _single(errors: list[Any]) -> Iterator[Any]:
    """Yield each mistake once: a misspelt key is an unknown one, and besides the right one is missing."""
    unknown: dict[Location, list[str]] = {}
    for one in errors:
        if one["type"] == "extra_forbidden":
            unknown.setdefault(one["loc"][:-1], []).append(str(one["loc"][-1]))
    for one in errors:
        misspelt = one["type"] == "missing" and difflib.get_close_matches(
            str(one["loc"][-1]), unknown.get(one["loc"][:-1], []), n=1, cutoff=0.7
        )
        if not misspelt:
            yield one


def from_reading(file: str, error: Exception) -> list[Problem]:
    """Return the problems of a file that is no text of ours or no YAML."""
    if isinstance(error, FileNotFoundError):
        return [Problem(file, 1, WHOLE, "ファイルがありません")]
    if isinstance(error, Unfit):
        return [Problem(file, line, WHOLE, text) for line, text in error.problems]
    if isinstance(error, UnfinishedMerge):
        lines = "、".join(map(str, error.lines))
        return [Problem(file, error.lines[0], WHOLE, f"{UNFINISHED}（{lines}行め）")]
    return [Problem(file, _syntax_line(error), WHOLE, f"YAML として読めません。{_syntax_hint(error)}")]


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
        return f"値「{short(str(error['input']))}」は使えません。使えるのは {_allowed(error, kind, where)}{quoted}"
    if error["type"] == "missing":
        title = _field(kind, where).title
        return f"この項目{f'（{title}）' if title else ''}{MESSAGES['missing']}"
    if error["type"].endswith("_type") and error["input"] is None:
        return MESSAGES["blank"]
    known: str = MESSAGES.get(error["type"]) or error["msg"]
    if error["type"] == "version":
        return known + error["ctx"]["mark"]
    return f"{known}（いまの値: {short(repr(error['input']))}）" if error["type"].endswith("_type") else known


def _allowed(error: Any, kind: Any, where: Location) -> str:
    """Return pydantic's `'a', 'b' or 'c'` as a Japanese list, each with what it is called."""
    values = ast.literal_eval(f"[{error['ctx']['expected'].replace(' or ', ', ')}]")
    names = _field(kind, where).choices
    return "、".join(f"{value}（{names[value]}）" if value in names else value for value in values)


def _field(kind: Any, where: Location) -> Row:
    """Return the words of the field at a location, or of the one whose list it is in."""
    *record, field = where[:-1] if isinstance(where[-1], int) else where
    return row(record_at(kind, tuple(record)), str(field))


def short(text: str) -> str:
    """Return a text as far as a message quotes it."""
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1]}…"


def once(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out the new line of `versions` that a record asks for while something else in it is to be mended.

    Its mark would be that of the mistake.
    """
    found = list(problems)
    others = {_record(one) for one in found if not _asks_for_a_version(one)}
    return [one for one in found if not _asks_for_a_version(one) or _record(one) not in others]


def _record(one: Problem) -> tuple[str, str]:
    """Return the record that a problem lies in: a file, and the record's place where the file is a list of them."""
    place = one.field.partition(".")[0]
    return str(one.file), place if place.isdigit() else ""


def _asks_for_a_version(one: Problem) -> bool:
    return one.text.startswith(MESSAGES["version"])
