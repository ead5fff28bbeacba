"""Turns whatever ended a build into lines for who writes: `file:line: field: what is wrong`."""

import re
import traceback
from pathlib import Path
from typing import Any

import yaml
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
from mkdocs.exceptions import MkDocsException

from ..loading import WHOLE, BuildError, DataError, Problem
from ..models.letters import visible

IN_PAGE = "本文"
# how Jinja names the text of a page in a traceback
PAGE = "<template>"
OF_MKDOCS = "ページを作れませんでした："
OF_PROGRAM = "プログラムの誤りで止まりました。上の英語の表示を添えて、管理する人に知らせてください"
FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"'([^']*)'")


def faults_of(error: BaseException, root: Path, said: list[str]) -> list[str]:
    """Return the lines that tell of an error; `said` is what MkDocs warned of before it."""
    if isinstance(error, DataError):
        return [str(problem) for problem in error.problems]
    if isinstance(error, BuildError):
        return str(error).splitlines()
    # the plugin of the macros ends the program while it handles what went wrong
    inner = error.__context__ if isinstance(error, SystemExit) and error.__context__ else error
    if isinstance(inner, TemplateSyntaxError) and inner.filename not in {None, PAGE}:
        return [
            str(
                Problem(
                    f"macros/rendering/templates/{inner.name}",
                    inner.lineno,
                    WHOLE,
                    f"ひな形の書き方が違います（{inner}）",
                )
            )
        ]
    if page := _page_of(error):
        return [str(_of_page(inner, root, page))]
    if settings := _of_settings(inner):
        return [settings]
    if isinstance(inner, (SystemExit, OSError, MkDocsException)):
        return [visible(line) for line in said] or [f"{OF_MKDOCS}{visible(str(inner))}"]
    traceback.print_exception(inner)
    return [*said, f"{OF_PROGRAM}（{visible(repr(inner))}）"]


def _of_settings(error: BaseException) -> str:
    """Return the message of a mkdocs.yml that cannot be read."""
    found = error if isinstance(error, yaml.MarkedYAMLError) else error.__cause__ or error.__context__
    if isinstance(found, yaml.MarkedYAMLError) and found.problem_mark:
        text = f"YAML として読めません。字下げ、「: 」、引用符を確かめてください（{found.problem}）"
        return str(Problem("mkdocs.yml", found.problem_mark.line + 1, WHOLE, text))
    return ""


def _page_of(error: BaseException) -> str:
    """Return the page whose macros were at work, as told by the plugin that stands in the traceback."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        page = getattr(frame.f_locals.get("self"), "page", None)
        if frame.f_code.co_name == "render" and page is not None:
            return page.file.src_uri
    return ""


def _of_page(error: BaseException, root: Path, page: str) -> Problem:
    """Return what is wrong with a `{{ … }}` of a page, on its line of the file."""
    text = (root / "docs" / page).read_text(encoding="utf-8")
    front = FRONT_MATTER.match(text)
    line = _line_in(error) + (front[0].count("\n") if front else 0)
    # MkDocs leaves out the blank lines after the front matter
    rest = text[front.end() :] if front else text
    line += len(rest) - len(rest.lstrip("\n"))
    return Problem(f"docs/{page}", line, IN_PAGE, _said(error))


def _line_in(error: BaseException) -> int:
    """Return the line of the text of a page, from 1, at which an error arose."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == PAGE]
    return lines[-1] if lines else 1


def _said(error: Any) -> str:
    name = NAMED.search(str(error))
    if isinstance(error, UndefinedError) and name:
        return f"{{{{ … }}}} の「{name[1]}」がありません。マクロの名前を確かめてください"
    if isinstance(error, TemplateError) and not isinstance(error, UndefinedError):
        return f"{{{{ … }}}} の書き方が違います。かっこと引用符を確かめてください（{error}）"
    if isinstance(error, TypeError):
        return f"{{{{ … }}}} の中の値の数か種類が違います（{error}）"
    return f"{{{{ … }}}} に書いた id か言葉がありません（{error}）"
