"""Signs that look like Markdown to a reader and are plain letters to it: full-width ones, pasted ones, half-written ones."""

import re
from collections.abc import Iterator

from ..models.letters import half_kana

BODY, HEADING, LINK, TABLE = "本文", "見出し", "リンク", "表"

INDENTED = "行の始めの字下げを消してください。空白4つやタブで下げた文は、文のまま出ません"
NO_SPACE = "並びの「-」や「1.」の後に、半角の空白を入れてください"
# the first sign of a line, or anywhere in it, and what is written instead
SIGNS = (
    (BODY, re.compile(r"\s*[•‣●○◦▪■□·∙・－–—]\s*\S"), "並びは、行の左端に「- 」（半角のハイフンと空白）で書いてください"),
    (BODY, re.compile(r"(?: {4}|\t|　)[ \t　]*(?![-*+|]|\d+\.)\S"), INDENTED),
    (BODY, re.compile(r"(?:-(?!-+\s*$)|\*(?!\*)|\+|\d+[.)．）])(?=[^\s\d*|])"), NO_SPACE),
    (HEADING, re.compile(r"\s*＃+"), "見出しの「#」は半角で書き、後に半角の空白を入れてください"),
    (HEADING, re.compile(r"#{1,6}[^#\s].*\{ #"), "見出しの「#」の後に、半角の空白を入れてください"),
    (TABLE, re.compile(r"\s*｜"), "表の区切りは、半角の「|」で書いてください"),
)  # fmt: skip
ANYWHERE = (
    (BODY, re.compile(r"[｛｝]"), "「{ }」は半角で書いてください"),
    (BODY, re.compile(r"\*\*"), "太字は、半角の ** で始め、同じ行の ** で閉じてください"),
    (LINK, re.compile(r"[［\[][^\]］]*[］\]]\s*（[^）]*(?:\.md|https?:|#)[^）]*）"), "リンクは、半角の [文字](行き先) で書いてください"),
    (LINK, re.compile(r"\][ \t　]+\("), "リンクの「]」と「(」の間の空白を消してください"),
    (LINK, re.compile(r"\]\([^()]*\Z"), "リンクの「(」が、同じ行の「)」で閉じていません"),
    (BODY, re.compile(r"(?<![*\\])\*(?![*\s])"), "半角の「*」は、用語の印なら全角の「＊」、文字なら「\\*」と書いてください"),
    (BODY, re.compile(r"[^\s•‣●○◦▪■□·∙・－–—]\t"), "タブは使えません。表は「| 見出し | 見出し |」と書き、ほかは空白にしてください"),
    (BODY, re.compile(r"\b(?:TODO|FIXME|TBD)\b"), "書きかけの印（TODO など）が残っています。直すか、消してください"),
    (BODY, re.compile(r"&#(?:x0*7[bd]|0*12[35]);|&[lr]cub;|&[lr]brace;", re.IGNORECASE), "「{」「}」は、` ` で囲んで書いてください"),
    (BODY, re.compile(r"^(?:!!!|\?\?\?)"), "「!!!」の囲みは使えません。ふつうの文で書いてください"),
    (BODY, re.compile(r"\[\^[^\]]*\]"), "脚注は使えません。文の中か、表の下に書いてください"),
    (BODY, re.compile(r"[\xa0\u2000-\u200a\u202f\u205f]|&(?:nbsp|ensp|emsp|thinsp|shy|zwj|zwnj|#x?0*(?:a0|160|ad|173));", re.IGNORECASE), "目に見えない文字は使えません。半角の空白にしてください"),
    (LINK, re.compile(r"(?<!\]\()(?<!\]: )(?<![<=\"'\w])https?://"), "アドレスだけでは、リンクになりません。[題名](アドレス){ rel=\"external noopener\" } と書いてください"),
    (BODY, re.compile(r"[0-9０-９][0-9０-９,，.．]* ?(?:t|ｔ|kg|ｋｇ|円|[%％])(?![a-z])(?!単位|ほど)(?!\*\*単位)"), "量や額は、文に直接書けません。数を出典とともに data/ に書き、{{ number(\"…\") }} などで出してください（「100 tほど」「1 t単位」のような目安は書けます）"),
    (LINK, re.compile(r"[?&](?:utm_\w+|fbclid|gclid)="), "アドレスの utm_…、fbclid、gclid は、だれが見たかを数えるためのものです。その前の ? か & から後ろを消してください"),
    (LINK, re.compile(r"!\[\s*\]\("), "画像には、見えない人に伝える文を ![文](画像) のように書いてください"),
)  # fmt: skip
RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
NOT_APART = "表の前と後の行を空けてください。空けないと、表にならないか、文が表に入ります"
NO_RULE = "表の見出しのすぐ下に、| --- | --- | の行が要ります"
OTHER_COUNT = "表の列が{}個あります。見出しと同じ{}個にしてください"


def looks_like(words: str, *, indented: bool) -> Iterator[tuple[str, str]]:
    """Yield (field, what to write instead) for each sign of a line that has no effect; `words` hold no code."""
    # pairs that are closed are none
    rest = re.sub(r"\*\*.+?\*\*(?!\*)", lambda bold: " " * len(bold[0]), words)
    for field, sign, text in SIGNS:
        # what goes on below an item stands as far in as its text, and a macro in front is blank here
        if sign.match(words) and (indented or text != INDENTED):
            yield field, text
    if said := half_kana(words):
        yield BODY, said
    for field, sign, text in ANYWHERE:
        if sign.search(rest):
            yield field, text


class Tables:
    """The tables of a page, told line by line: a rule below the first row, and rows as wide as it."""

    def __init__(self) -> None:
        self.width = self.rows = 0
        self.after_text = False

    def line(self, words: str) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with a line that is one of a table or stands at one; blank lines part tables."""
        if not words.startswith("|"):
            if self.width:
                yield TABLE, NOT_APART
            self.after_text, self.width, self.rows = True, 0, 0
            return
        if self.after_text and not self.rows:
            yield TABLE, NOT_APART
        yield from self._row(words.strip())

    def _row(self, words: str) -> Iterator[tuple[str, str]]:
        cells = len(re.split(r"(?<!\\)\|", words.strip("|")))
        self.rows += 1
        self.width = self.width or cells
        if self.rows == 2 and not RULE.fullmatch(words):
            yield TABLE, NO_RULE
        elif cells != self.width:
            yield TABLE, OTHER_COUNT.format(cells, self.width)
            # the rule below a head is right about the rows that follow
            self.width = cells if self.rows == 2 else self.width
