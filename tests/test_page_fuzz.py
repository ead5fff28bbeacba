"""What the check of pages lets through brings no script, style, frame or address of another host, whatever Markdown makes of it.

Pieces that are dangerous together are put in random order; what passes is rendered as MkDocs does.
"""

import random
from html.parser import HTMLParser

import pytest
from markdown import Markdown

from macros.hosting.policy import inline
from macros.loading.pages import Page
from macros.pages.body import check_page

EXTENSIONS = ["attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "fenced_code"]
PIECES = [
    *(
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "<b",
        "<!--",
        "-->",
        "<?php",
        "<br>",
        "&lt;script&gt;",
        "<a@b>",
        "<",
    ),
    *(
        "`",
        "``",
        "```\n",
        "~~~\n",
        "\\`",
        "    ",
        "\t",
        "> ",
        "- ",
        "1. ",
        ":   ",
        "[^1]",
        "[^1]: ",
        "| a |\n| --- |\n",
    ),
    *(
        "[x](methods/a.md)",
        "[x](",
        "![x](",
        "javascript:y",
        "java&#115;cript:y",
        "//h.jp/a",
        "https://h.jp/",
        ")",
        "[x]",
        "]: ",
    ),
    *("{ #a }", "{ .b }", "{ onclick=y }", "{", "}", "onclick=y", " style=y ", '"', "'", "{: src=y }", "(", "\\"),
    *(
        "文",
        " ",
        "\n",
        "\n\n",
        "## 見出し { #b }\n",
        "# ",
        "===\n",
        "---\n",
        "*",
        "_",
        "&colon;",
        "&#x3c;script>",
        "\\[",
        "\\<",
    ),
]


class Risks(HTMLParser):
    """Collects elements that Markdown alone never makes, and pictures of other hosts."""

    NOT_MADE = {"script", "style", "iframe", "form", "meta", "link", "object", "embed", "base", "svg", "input", "b"}

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.NOT_MADE:
            self.found.append(tag)


def risks(text: str) -> list[str]:
    """Return what a browser would run or load in a page of this text."""
    html = Markdown(extensions=EXTENSIONS).convert(text)
    reader = Risks()
    reader.feed(html)
    reader.close()
    return [*reader.found, *inline(html).faults]


def passes(text: str) -> bool:
    page = Page("docs/x.md", "x", f"# 題 {{ #title }}\n\n{text}", None, 0)
    return not list(check_page(page, {}, {}, set(), {"methods/a.md"}))


@pytest.mark.parametrize("count", [4_000, pytest.param(100_000, marks=pytest.mark.full)])
def test_what_passes_brings_nothing_that_runs(count: int) -> None:
    chance = random.Random(count)  # noqa: S311 - the same pages each time
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(count)]
    sound = [text for text in texts if passes(text)]
    assert len(sound) > count / 200
    assert [(text, found) for text in sound if (found := risks(text))] == []


@pytest.mark.parametrize("text", ["<script>", "![x](//h.jp/a)", "[x](javascript:y)", "文\n{: onclick=y }"])
def test_the_judge_sees_what_is_dangerous(text: str) -> None:
    assert risks(text)
