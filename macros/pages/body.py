"""Checks every page of `docs/` before MkDocs reads it: front matter, macros, headings, links, and what may not stand there.

A page is proposed by anyone and built on our machine: it may run no code there, and bring none to its readers.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath

from ..loading import FAULTY, HOMES, NAME, NOT_CLOSED, WHOLE, Call, Fault, Known, Page, Problem, allowed, blanked
from ..models.marks import NUMBER
from ..rendering import Argument, Macro
from .lookalikes import Tables, looks_like

BODY, HEADING, LINK, MACRO = "本文", "見出し", "リンク", "{{ … }}"
# what Python-Markdown takes for code, for a link and for a list of attributes
CODE = re.compile(r"(?<!\\)(`+)(.+?)(?<!`)\1(?!`)")
FENCE = re.compile(r"(`{3,}|~{3,})\s*[\w-]*\s*")
ATTRIBUTES = re.compile(r"\{[^{}]*\}+")
HASHES = re.compile(r"(#{1,6})(.*)")
HIDDEN_HEADING = re.compile(r"(?=[ \t>*+:\d-])[ \t>]*(?:(?:[-*+:]|\d+\.)[ \t]+)*[ \t>]*#{1,6}[ \t]")
UNDERLINE = re.compile(r"(=+|-+) *")
ITEM = re.compile(r"\s*(?:[-*+]|\d+\.) ")
HEADING_ID = re.compile(r"\{ #([^ }]+)(?: \.fold)? \}\s*$")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
TAG = re.compile(r"<(?=[a-zA-Z/!?])[^>]*>?")
BARE_TAG = re.compile(r"</?(?:{})>".format("|".join(("br", "kbd", "rp", "rt", "ruby", "sub", "sup", "wbr"))))
DESTINATION = re.compile(r"(!?)\[[^\[\]]*\]\(\s*<?([^)\s>]*)|\]\(\s*<?([^)\s>]*)")
DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
OUTSIDE = re.compile(r"https?://[^\s/]+\.[^\s/]+|mailto:")
EXTERNAL = '{ rel="external noopener" }'
PLAIN_ATTRIBUTE = re.compile(r'#\S+|\.[a-z][\w-]*|lang="?[a-z-]+"?|rel="external noopener"')
# a number, written as data/ writes it
NUMBER_ID = re.compile(NUMBER.pattern.replace("[^》]*", ID.pattern.replace("(", "(?:")))

NO_ID = "見出しには「 { #ascii-id }」が要ります（例 ## 減らす努力 { #reduce }）"
BAD_ID = "見出しの id「{}」の形が違います。英小文字で始まり、英小文字・数字・ハイフンだけが使えます"
NO_WORDS = "見出しの言葉がありません。「## 言葉 { #id }」のように書いてください"
TWICE = "id「{}」は {}行めで使われています。別の id にしてください"
FIRST_LEVEL = "ページの始めの見出しは「# 」ひとつにしてください"
ONE_TITLE = "「# 」の見出しは、ページの始めのひとつだけです。「## 」か「### 」にしてください"
SKIPPED = "見出しの段が飛んでいます。「{}」の次に使えるのは「{} 」までです"
AT_THE_START = "見出しは、行の左端から「## 」で書いてください。箇条書きや引用の中には置けません"
UNDERLINED = "文のすぐ下の「===」「---」は見出しになります。見出しは「## 」で書き、区切り線は前の行を空けてください"
NO_HTML = "HTML は書けません（{}）。使えるタグは、属性のない <br> <kbd> <ruby> <rt> <rp> <sub> <sup> <wbr> です。文字の < は &lt; と書いてください"
AUTOLINK = "< > で囲んだアドレスは書けません。[題名](アドレス)" + EXTERNAL + " と書いてください"
OPEN_CODE = "「`」の数が合いません。同じ行の中で閉じてください"
OPEN_FENCE = "「{}」で始めたコードが、同じ印だけの行で閉じていません"
NO_EFFECT = '《{}》は、ページでは数になりません。{{{{ number("{}") }}}} と書いてください'
NO_ATTRIBUTE = '「{}」は使えません。{{ }} に書けるのは、#id、.class、lang=en、rel="external noopener" です'
NO_DEFINITION = "[名前]: アドレス の形は使えません。[文字](アドレス) と書いてください"
NO_PICTURE = "ほかのサイトの画像は載せられません。docs/assets/ に置いた画像を、相対のアドレスで書いてください"
NO_SCHEME = "リンクに書けるのは https://、http://、mailto: のアドレスと、.md への相対のアドレスだけです（いまは {}）"
NO_REL = f"ほかのサイトへのリンクの後には {EXTERNAL} を付けてください"
ABSOLUTE = "サイトの中へのリンクは、/ で始めず、.md への相対のアドレスで書いてください（例 ../glossary.md#credit）"
SAME_WORDS = "{0}が {1} と同じです。ほかのページと違う{0}にしてください"
SAME_ADDRESS = "アドレスが {} と同じになります。どちらかの名前を変えてください"
NO_DESTINATION = "リンクの行き先がありません。[文字](行き先) を1行に書いてください"
GLUED = "並びの前の行を空けてください。空けないと、並びにならずに文が続きます"
NOT_A_BLOCK = "部品「{}」は、行の左端から1行に1つだけ書き、前後の行を空けてください"
LONE_CLOSE = "「}}」に対する「{{」がありません"
LONE_BRACE = "「{」か「}」だけがあります。文字として書くときは、` ` で囲んでください"
ONE_LIST = "{ } と { } の間に「=」は書けません。行を分けてください"


def check_page(
    page: Page, macros: dict[str, Macro], known: Known, unread: set[str], files: set[str]
) -> Iterator[Problem]:
    """Yield what is wrong with a page; `files` are those of docs/ that links may name."""
    yield from page.problems
    if not page.text:
        return
    yield from macro_problems(page, macros, known, unread)
    yield from Body(page, files).problems()


def macro_problems(page: Page, macros: dict[str, Macro], known: Known, unread: set[str]) -> Iterator[Problem]:
    """Yield what is wrong in `{{ … }}`: what is no call, unknown names, words that name nothing."""
    own = known | {"own_page": [page.name]}
    for one in page.read:
        texts = [one.text] if isinstance(one, Fault) else [*_call(one, macros, own, unread), *_place(page, one, macros)]
        yield from (Problem(page.file, page.line_at(one.start), MACRO, text) for text in texts)


def _place(page: Page, call: Call, macros: dict[str, Macro]) -> Iterator[str]:
    """Python-Markdown leaves a block of HTML alone only between blank lines and at the start of a line."""
    if call.name not in macros or macros[call.name].mark.inline:
        return
    before, after = page.text[page.start : call.start], page.text[call.end :]
    if not (re.search(r"(?:\A|\n[ \t]*\n|\A\n)\Z", before) and re.match(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)", after)):
        yield NOT_A_BLOCK.format(call.name)


def _call(call: Call, macros: dict[str, Macro], known: Known, unread: set[str]) -> Iterator[str]:
    if call.name not in macros:
        yield f"部品「{call.name}」がありません。{allowed(call.name, sorted(macros))}"
        return
    macro = macros[call.name]
    arguments = given(macro, len(call.words))
    if arguments is None:
        yield f"部品「{call.name}」の言葉の数が違います。書き方は {usage(macro)}"
        return
    for word, argument in zip(call.words, arguments, strict=True):
        home = HOMES[argument.kind][0] if argument.kind else None
        if argument.kind == "own_page" and word not in known["own_page"]:
            yield f"このページは「{known['own_page'][0]}」です。「{word}」のものは置けません"
            continue
        names = list(known[argument.kind]) if argument.kind else list(argument.values)
        if (argument.kind or argument.values) and word not in names and home not in unread:
            yield f"{_word(argument)}「{word}」がありません。{allowed(word, names)}"


def given(macro: Macro, count: int) -> list[Argument] | None:
    """Return the argument that each of so many words stands for; None when a macro takes more or fewer."""
    arguments = list(macro.arguments)
    if arguments and arguments[-1].repeated:
        arguments += [arguments[-1]] * (count - len(arguments))
    least = sum(not one.optional for one in macro.arguments)
    return arguments[:count] if least <= count <= len(arguments) else None


def usage(macro: Macro) -> str:
    """Return how a macro is called, with words for what it is given."""
    return macro.call(*(_word(one) + ("のid" if one.kind else "") for one in macro.arguments))


def _word(argument: Argument) -> str:
    return HOMES[argument.kind][1] if argument.kind else {"called": "呼び名"}.get(argument.name, "言葉")


class Body:
    """The text of a page below its front matter, line by line as Python-Markdown will read it."""

    def __init__(self, page: Page, files: set[str]) -> None:
        self.page = page
        self.files = files
        self.seen: dict[str, int] = {}
        self.level = 0
        self.tables = Tables()
        self.in_list = False
        self.lines = page.text.split("\n")
        self.left_open_call = any(isinstance(one, Fault) and one.text == NOT_CLOSED for one in page.read)

    def problems(self) -> Iterator[Problem]:
        """Yield the problems of all lines."""
        for number, line, before in self._prose():
            if not line.strip():
                self.tables = Tables()
                continue
            if ITEM.match(line) and before.strip() and not self.in_list and not line[:1].isspace():
                yield Problem(self.page.file, number, BODY, GLUED)
            for field, text in self._line(number, line, before):
                yield Problem(self.page.file, number, field, text)
        yield from self.left_open
        if not self.level and self.page.head and not self.page.is_frame:
            yield Problem(self.page.file, self.page.line_at(self.page.start), HEADING, FIRST_LEVEL)

    def _prose(self) -> Iterator[tuple[int, str, str]]:
        """Yield (number, line, line before) outside blocks of code, with blanks for what Jinja reads."""
        self.left_open: list[Problem] = []
        first = self.page.line_at(self.page.start) if self.page.start else 1
        fence, opened, before = "", 0, ""
        for number, line in enumerate(blanked(self.page.text[self.page.start :]).split("\n"), first):
            if fence:
                fence = "" if line.rstrip() == fence else fence
            elif (found := FENCE.fullmatch(line)) is not None:
                fence, opened = found[1], number
            else:
                yield number, line, before
            before = line
        if fence:
            self.left_open = [Problem(self.page.file, opened, BODY, OPEN_FENCE.format(fence))]

    def _line(self, number: int, line: str, before: str) -> Iterator[tuple[str, str]]:
        words = CODE.sub(lambda code: " " * len(code[0]), line)
        if re.search(r"(?<!\\)`", words):
            yield BODY, OPEN_CODE
        yield from self._heading(number, words, before)
        yield from self._attributes(number, words)
        yield from _html(words)
        yield from looks_like(words, indented=not self.in_list and self.lines[number - 1][:1].isspace())
        yield from self.tables.line(words)
        self.in_list = bool(ITEM.match(words)) or (self.in_list and words[0] in " \t")
        yield from self._links(line, words)
        for own in NUMBER_ID.findall(words):
            yield BODY, NO_EFFECT.format(own, own)

    def _heading(self, number: int, words: str, before: str) -> Iterator[tuple[str, str]]:
        if HIDDEN_HEADING.match(words):
            yield HEADING, AT_THE_START
        if before.strip() and UNDERLINE.fullmatch(words):
            yield HEADING, UNDERLINED
        if found := HASHES.match(words):
            yield from self._level(len(found[1]))
            yield from self._heading_id(found[2])

    def _level(self, level: int) -> Iterator[tuple[str, str]]:
        before, self.level = self.level, level
        if not before and level > 1:
            yield HEADING, FIRST_LEVEL
        elif before and level == 1:
            yield HEADING, ONE_TITLE
        elif before and level > before + 1:
            yield HEADING, SKIPPED.format("#" * before, "#" * (before + 1))

    def _heading_id(self, words: str) -> Iterator[tuple[str, str]]:
        found = HEADING_ID.search(words)
        if found and not words[: found.start()].strip():
            yield HEADING, NO_WORDS
        if not found and FAULTY not in words:
            yield HEADING, NO_ID
        elif found and not ID.fullmatch(found[1]):
            yield HEADING, BAD_ID.format(found[1])

    def _attributes(self, number: int, words: str) -> Iterator[tuple[str, str]]:
        """Lists of attributes set anything on any element: `onclick`, `style`, `src`."""
        rest = ATTRIBUTES.sub("", words)
        # Python-Markdown reads from the first list of a line to the last one
        between = "".join(ATTRIBUTES.split(words)[1:-1])
        if "=" in re.sub(r"\([^)]*\)", "", between):
            yield BODY, ONE_LIST
        if re.search(r"[{}]", rest) and not self.left_open_call:
            yield BODY, LONE_CLOSE if "}}" in rest else LONE_BRACE
        for found in ATTRIBUTES.findall(words):
            parts = re.findall(r'[^\s"]+"[^"]*"|[^\s"]+|"', found.strip("{} :"))
            wrong = next((part for part in parts if not PLAIN_ATTRIBUTE.fullmatch(part)), None)
            if wrong or not parts:
                yield BODY, NO_ATTRIBUTE.format(wrong or found)
            for own in (part[1:] for part in parts if part.startswith("#")):
                if own in self.seen:
                    yield BODY, TWICE.format(own, self.seen[own])
                self.seen.setdefault(own, number)

    def _links(self, line: str, words: str) -> Iterator[tuple[str, str]]:
        if DEFINITION.match(words) or ("][" in words and not any(map(DEFINITION.match, self.lines))):
            yield LINK, NO_DEFINITION
        for found in DESTINATION.finditer(words):
            # code inside the address would be blank in `words`
            address = line[found.start(2) : found.end(2)] if found[2] is not None else found[3]
            text = self._link(address, picture=bool(found[1]), rest=words[found.end() :])
            if text:
                yield LINK, text

    def _link(self, written: str, *, picture: bool, rest: str) -> str | None:
        """Return what is wrong with an address, as a browser reads it."""
        address = re.sub(r"[\x00-\x20]", "", unescape(written))
        if not address:
            return NO_DESTINATION
        if address.startswith("//") or SCHEME.match(address):
            if picture:
                return NO_PICTURE
            return (
                None if _leads_out(address, rest) else NO_REL if OUTSIDE.match(address) else NO_SCHEME.format(written)
            )
        return ABSOLUTE if address[0] == "/" else self._inside(address)

    def _inside(self, address: str) -> str | None:
        path = re.split(r"[?#]", address)[0]
        if not path:
            return None
        target = normpath((PurePosixPath(self.page.name).parent / path).as_posix())
        if target in self.files:
            return None
        near = allowed(target, sorted(file for file in self.files if file.endswith(".md")))
        return f"リンク「{address}」の行き先（docs/{target}）がありません。{near}"


def _leads_out(address: str, rest: str) -> bool:
    """Tell whether a link to another site is marked as one; addresses for mail need no mark."""
    if address.lower().startswith("mailto:"):
        return True
    return bool(OUTSIDE.match(address)) and re.match(r'[^)]*\)\{ ?rel="external noopener" ?\}', rest) is not None


def _html(words: str) -> Iterator[tuple[str, str]]:
    """Yield the first tag of a line that may not stand there: what closes it is no second mistake."""
    tag = next((tag for tag in TAG.findall(words) if not BARE_TAG.fullmatch(tag)), None)
    if tag:
        address = re.match(r"<([a-zA-Z][\w+.-]*:|[^<>\s]+@)", tag)
        yield BODY, AUTOLINK if address else NO_HTML.format(tag[:30])


ASSETS = {"assets/css": {".css"}, "assets/js": {".js"}, "assets/images": {".png", ".jpg", ".webp"}}
SCRIPTS = {"embed/resize.js"}
STRANGER = "docs/ に置けないファイルです。置けるのは .md と、assets/css の .css、assets/js の .js、assets/images の .png .jpg .webp です"


def docs_files(root: Path) -> list[str]:
    """Return every file of `root/docs`, from that folder; what MkDocs leaves out is left out, `.meta.yml` is not."""
    docs = root / "docs"
    found = (path.relative_to(docs) for path in sorted(docs.rglob("*")) if path.is_file() or path.is_symlink())
    return [
        path.as_posix() for path in found if path.name == ".meta.yml" or not any(p.startswith(".") for p in path.parts)
    ]


def strange_files(files: list[str]) -> Iterator[Problem]:
    """Tell of files that are neither pages nor ours: an HTML file of docs/ would be published as it is."""
    for file in map(PurePosixPath, files):
        expected = ASSETS.get(file.parent.as_posix(), {".md"})
        if file.suffix not in expected and file.as_posix() not in SCRIPTS:
            yield Problem(f"docs/{file}", 1, "（全体）", STRANGER)


def repeated_heads(pages: list[Page]) -> Iterator[Problem]:
    """Titles and descriptions tell pages apart: in tabs, in bookmarks, in what a search finds."""
    for key, word in (("title", "題"), ("description", "説明")):
        first: dict[str, str] = {}
        for page in pages:
            if not page.head or not NAME.fullmatch(page.file.rpartition("/")[2]):
                continue  # told already
            same = first.setdefault(getattr(page.head, key), page.file)
            if same != page.file:
                line = next((n for n, text in enumerate(page.text.split("\n"), 1) if text.startswith(f"{key}:")), 1)
                yield Problem(page.file, line, key, SAME_WORDS.format(word, same))


def shared_addresses(pages: list[Page]) -> Iterator[Problem]:
    """Yield a page whose address another one has: `x/index.md` beside `x.md` would take its place without a word."""
    names = {page.name: page.file for page in pages}
    for page in pages:
        beside = page.name.removesuffix("/index")
        if beside != page.name and beside in names:
            yield Problem(page.file, 1, WHOLE, SAME_ADDRESS.format(names[beside]))
