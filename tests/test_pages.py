"""What is wrong in a page or in mkdocs.yml, and what no page shows, is told as `file:line: field: …` before MkDocs starts.

Each folder of bad-pages/ holds broken files, laid over small-guide/ and small-pages/, and messages.txt, what must be said;
deleted.txt names files to take away.
"""

import re
import shutil
from pathlib import Path

import pytest

from macros.loading.calls import Call, read_calls
from macros.loading.problems import DataError
from macros.pages.check import load
from macros.rendering import MACROS, Renderer
from macros.rendering.register import macro, macros_of

TESTS = Path(__file__).parent
BAD_PAGES = sorted(path.name for path in (TESTS / "bad-pages").iterdir())
LINE = re.compile(r"((data|docs)/[\w/.-]+|mkdocs\.yml):\d+: [^:]+(: | … \}\}: ).*[ぁ-ん].*")
# each breaks another file
ONE_EACH = ["script", "note-not-shown", "setting-with-tag", "html-file", "meta-file"]


@pytest.fixture
def small_site(small_guide: Path) -> Path:
    """The small guide with pages that show all of it."""
    return shutil.copytree(TESTS / "small-pages", small_guide, dirs_exist_ok=True)


def break_with(root: Path, *cases: str) -> list[str]:
    """Lay broken files over a project; return what must be said of them."""
    for case in cases:
        shutil.copytree(TESTS / "bad-pages" / case, root, dirs_exist_ok=True)
        if (root / "deleted.txt").exists():
            (root / (root / "deleted.txt").read_text(encoding="utf-8").strip()).unlink()
    return [line for case in cases for line in expected(case)]


def expected(case: str) -> list[str]:
    return (TESTS / "bad-pages" / case / "messages.txt").read_text(encoding="utf-8").splitlines()


def messages(root: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load(root)
    return str(caught.value).splitlines()


def test_the_small_site_is_sound(small_site: Path) -> None:
    assert load(small_site).page_titles["methods/a1"] == "A1"


@pytest.mark.parametrize("case", BAD_PAGES)
def test_a_bad_page_is_told_with_file_line_and_field(case: str, small_site: Path) -> None:
    said = break_with(small_site, case)
    assert said
    assert all(LINE.fullmatch(line) for line in said)
    assert messages(small_site) == said


def test_problems_of_pages_menu_and_data_come_in_one_run(small_site: Path) -> None:
    break_with(small_site, *ONE_EACH)
    (small_site / "data" / "groups.yml").write_text("- id: A\n", encoding="utf-8")
    files = {line.split(":")[0] for line in messages(small_site)}
    assert files == {
        "data/groups.yml",
        "data/methods/a1.yml",
        "docs/evil.html",
        "docs/extra.md",
        "docs/methods/.meta.yml",
        "mkdocs.yml",
    }


def test_a_rule_between_blank_lines_is_one(small_site: Path) -> None:
    page = small_site / "docs" / "extra.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n---\n\n次の文です。\n", encoding="utf-8")
    assert load(small_site)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_pages_saved_by_windows_editors_are_read_alike(ends: str, mark: str, small_site: Path) -> None:
    for path in [*small_site.glob("docs/**/*.md"), small_site / "mkdocs.yml"]:
        path.write_bytes((mark + path.read_text(encoding="utf-8").replace("\n", ends)).encode())
    assert load(small_site).page_titles["methods/a1"] == "A1"


def test_pages_call_only_what_is_marked(root: Path) -> None:
    class Own:
        @macro("a.yml")
        def shown(self) -> str:
            return ""

        def helper(self) -> str:
            return ""

    assert list(macros_of(Own)) == ["shown"]
    assert not {"render", "markup", "macros", "definition", "form_of", "content", "changes_of"} & set(MACROS)
    called = {call.name for path in root.glob("docs/**/*.md") for call in read_calls(path.read_text(encoding="utf-8"))}
    assert called <= set(MACROS)
    assert all(callable(getattr(Renderer, name)) for name in MACROS)


@pytest.mark.parametrize(
    "text",
    [
        "{{x}}",
        "{{ x() | safe }}",
        '{{ x("a" "b") }}',
        '{{ x("a",) }}',
        '{{ x("a\\"") }}',
        "{{- x() -}}",
        "{{ x()() }}",
        '{{ x(["a"]) }}',
        '{{ "a"|x() }}',
        "{{ x(1) }}",
        "{%raw%}",
        "{#-x-#}",
        "{{ x() }",
        "{{{ x() }}}",
        "{{\u00a0x() }}",
    ],
)
def test_nothing_but_calls_with_words_is_let_through(text: str) -> None:
    assert not any(isinstance(one, Call) and one.end - one.start == len(text) for one in read_calls(text))
    assert any(not isinstance(one, Call) for one in read_calls(text))


def test_what_is_let_through_is_what_jinja_reads(root: Path) -> None:
    """The same calls, in the same order, with the same words: nothing hides from the one or the other."""
    from jinja2 import Environment, nodes

    for path in sorted(root.glob("docs/**/*.md")):
        text = path.read_text(encoding="utf-8")
        tree = Environment(autoescape=True).parse(text)
        seen = [(call.node.name, tuple(arg.value for arg in call.args)) for call in tree.find_all(nodes.Call)]
        assert seen == [(call.name, call.words) for call in read_calls(text)], path
        assert {type(node) for node in tree.body} <= {nodes.Output}
