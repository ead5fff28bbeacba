"""Finds in the texts of `data/` what would be shown as it is typed: signs of HTML, Markdown and macros, odd spaces, marks of work."""

import re

MARKUP = (
    (re.compile(r"</?[a-zA-Z][^<>]*>|<!--"), "HTML は書けません。文字のまま出てしまいます"),
    (re.compile(r"\{\{|\{%|\{#"), "「{{」は、ここでは働きません。調査の数は《数の id》と書き、ほかは文字で書いてください"),
    (re.compile(r"\]\("), "「[文字](アドレス)」は、ここでは働きません。アドレスは url の項目に書いてください"),
    (re.compile(r"[\xa0\u2000-\u200a\u202f\u205f]"), "目に見えない、ふつうと違う空白が入っています。半角の空白に打ち直してください"),
    (re.compile(r"[｛｝]"), "「{ }」は半角で書いてください"),
    (re.compile(r"\*\*\S.*?\*\*"), "「**」は、ここでは働きません。消してください"),
    (re.compile(r"\b(?:TODO|FIXME|TBD)\b"), "書きかけの印（TODO など）が残っています。直すか、消してください"),
)  # fmt: skip


def told_of_markup(text: str) -> str | None:
    """Return what is wrong with the first kind of sign that a text holds; None when it is plain."""
    return next((said for sign, said in MARKUP if sign.search(text)), None)
