"""What stands in `{{ … }}` on a page: calls of macros with literal words, and nothing else.

Jinja runs whatever stands there, in code blocks too, on the machine that builds. So a page may hold no other expression,
no statement (`{% … %}`) and no comment (`{# … #}`): what this module lets through, Jinja reads in the same way.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

OPENERS = re.compile(r"\{[{%#]")
STRING = r""""[^"\\\n]*"|'[^'\\\n]*'"""
CALL = re.compile(
    rf"\{{\{{[ \t]*([A-Za-z_]\w*)\([ \t]*((?:{STRING})(?:[ \t]*,[ \t]*(?:{STRING}))*)?[ \t]*\)[ \t]*\}}\}}"
)

EXAMPLE = '{{ figure("elements") }}'
NO_CALL = f'{{{{ … }}}} に書けるのは、部品の名前と、半角の " " で囲んだ言葉だけです（例 {EXAMPLE}）'
NOT_CLOSED = f"「{{{{」が同じ行の「}}}}」で閉じていません（例 {EXAMPLE}）"
STATEMENT = f"「{{%」は書けません。ページに書けるのは {EXAMPLE} のような部品だけです"
COMMENT = "「{#」は書けません。見出しの id は、{ と # の間に空白を入れて { #id } と書いてください"
# stands for a fault in a text that is read further
FAULTY = "\0"
# in front matter and mkdocs.yml
NOWHERE = "「{{」「{%」「{#」は、ここには書けません。文字だけで書いてください"
# the theme's templates put titles into the page as they are
MARKUP = re.compile(r'[<>"]')
NO_MARKUP = '「<」「>」「"」は、ここには書けません。「 」などに替えてください'


class Call(NamedTuple):
    """A call of a macro: its name, the words it is given, and where it stands (letters from the start of the text)."""

    name: str
    words: tuple[str, ...]
    start: int
    end: int


class Fault(NamedTuple):
    """Something that Jinja would read and that is no call."""

    text: str
    start: int
    end: int


def read_calls(text: str) -> Iterator[Call | Fault]:
    """Yield everything in a text that Jinja would read, in order."""
    at = 0
    while opener := OPENERS.search(text, at):
        if found := CALL.match(text, opener.start()):
            words = tuple(word[1:-1] for word in re.findall(STRING, found[2] or ""))
            yield Call(found[1], words, *found.span())
            at = found.end()
        else:
            one = _fault(text, opener.start(), opener[0])
            yield one
            at = one.end


def _fault(text: str, start: int, opener: str) -> Fault:
    """Return what is wrong at an opener; the fault ends where it is closed, else with its line."""
    line_end = text.find("\n", start) % (len(text) + 1)
    closed = text.find({"{{": "}}", "{%": "%}", "{#": "}"}[opener], start + 2, line_end)
    message = {"{%": STATEMENT, "{#": COMMENT, "{{": NO_CALL if closed >= 0 else NOT_CLOSED}[opener]
    return Fault(message, start, closed + 2 if closed >= 0 else line_end)


# marks that work in texts only
EFFECT = re.compile("＊|《[a-z][a-z0-9-]*》")
NO_EFFECT = "「＊」と《id》は、ここでは働きません。消すか、数を文字で書いてください"


def told(value: str) -> Iterator[str]:
    """Yield what is wrong with a value of front matter or of mkdocs.yml that pages show."""
    if OPENERS.search(value):
        yield NOWHERE
    elif MARKUP.search(value):
        yield NO_MARKUP
    elif EFFECT.search(value):
        yield NO_EFFECT


def blanked(text: str) -> str:
    """Return a text with spaces for calls and FAULTY for faults, so that every other letter keeps its place."""
    for one in read_calls(text):
        filled = (FAULTY if isinstance(one, Fault) else " ") * (one.end - one.start)
        text = text[: one.start] + filled + text[one.end :]
    return text
