"""Which letters no text of ours holds, because nobody can see them, and how to show that they are there.

Control letters end XML (feed, sitemap, Word, Excel, SVG); letters that turn the direction of writing or have no
width let a text say something else than what is read; parted marks (か and ゛ as two) look like one letter and are
found by no search.
"""

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
WIDTHLESS = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e00ff"
)
NO_LETTER = "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff"
# what a PDF pastes: parts of signs, and old forms, that look like the signs themselves
RADICALS = "\u2e80-\u2fdf\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff"
REFUSED = re.compile(f"[{CONTROL}{DIRECTION}{WIDTHLESS}{RADICALS}{NO_LETTER}]")
KINDS = {
    f"[{CONTROL}]": "目に見えない制御文字{}が入っています。その行を打ち直してください",
    f"[{DIRECTION}]": "文字の並ぶ向きを変える、目に見えない文字{}が入っています。消してください",
    f"[{WIDTHLESS}]": "幅のない、目に見えない文字{}が入っています。消してください",
    f"[{RADICALS}]": "漢字に見える別の文字{}が入っています（PDFから写した字など）。その字を打ち直してください",
    f"[{NO_LETTER}]": "外字か、文字化けした文字{}が入っています。ほかの文字に直してください",
}
HALF_KANA = re.compile(r"[\uff61-\uff9f]+")
HALF_KANA_TEXT = "半角のカタカナ「{}」が入っています。全角で「{}」と書いてください"
# a letter and the marks after it; か゚ and the like, which no single letter stands for, may stay
PARTED = re.compile(r"[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")
PARTED_TEXT = "「{}」の字と濁点などの印が、別々の文字に分かれています。その言葉を打ち直してください"


def odd_letter(text: str) -> str | None:
    """Return what is wrong with the first letter of a text that no text may hold; None when all are sound."""
    if found := REFUSED.search(text):
        kind = next(said for letters, said in KINDS.items() if re.match(letters, found[0]))
        return kind.format(f"（U+{ord(found[0]):04X}、{found.start() + 1}字目）")
    for parted in () if text.isascii() else PARTED.finditer(text):
        whole = unicodedata.normalize("NFC", parted[0])
        if whole != parted[0]:
            return PARTED_TEXT.format(whole)
    return None


def half_kana(text: str) -> str | None:
    """Return what is wrong with the first half-width kana of words that people read; scripts may name them."""
    found = None if text.isascii() else HALF_KANA.search(text)
    return HALF_KANA_TEXT.format(found[0], unicodedata.normalize("NFKC", found[0])) if found else None


# as HTML writes a letter: &#11; &#x202e; &shy;
REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));?|([a-zA-Z]+;))")


def dereferenced(text: str) -> str:
    """Return HTML or Markdown with the letters that its references stand for, those that HTML forbids too."""
    return REFERENCE.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    hexadecimal, number, name = found.groups()
    if name:
        return html5.get(name, found[0])
    code = int(hexadecimal, 16) if hexadecimal else int(number)
    return chr(code) if code < 0x110000 else "\ufffd"


def odd_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number (from 1) of each line that holds such a letter, and what is wrong with it."""
    if text.isascii() and not REFUSED.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if said := odd_letter(line):
            yield number, said


def visible(text: str) -> str:
    """Return a text on one line, with what nobody can see written as its number: for messages."""
    return REFUSED.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r", "⏎").replace("\n", "⏎"))
