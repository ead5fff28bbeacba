"""The lint of DOM sinks: nothing in our scripts and shells, and it finds what it should."""

from pathlib import Path

import pytest

from tests.sinks import ALLOWED, IN_SCRIPTS, IN_SHELLS, all_sinks, files_of, sinks_in

BAD_SCRIPTS = {
    "HTML from a text": [
        "node.innerHTML = words",
        "node['outerHTML'] = words",
        "node.insertAdjacentHTML('beforeend', words)",
        "node.setHTMLUnsafe(words)",
        "document.write(words)",
        "document.writeln(words)",
        "frame.srcdoc = words",
        "new DOMParser().parseFromString(words, 'text/html')",
        "range.createContextualFragment(words)",
        "document.execCommand('insertHTML', false, words)",
    ],
    "code from a text": [
        "eval(words)",
        "(0, eval)(words)",
        "new Function(words)",
        "Function (words)",
        "link.href = `javascript:${words}`",
        "import(words)",
    ],
    "a timer with a text": ["setTimeout('go()', 1)", "setInterval( `go(${words})`)"],
    "a script element": ['document.createElement("script")', "document.createElementNS(SVG, 'script')"],
    "a script of changing name": ["importScripts(words)"],
    "a handler or an address as attribute": [
        'node.setAttribute("onclick", words)',
        "node.setAttribute('style', words)",
        "node.setAttributeNS(null, 'href', words)",
    ],
    "an attribute of changing name": ["node.setAttribute(name, words)", "node.setAttribute(`on${name}`, words)"],
    "a handler from a text": ["node.onclick = 'go()'"],
    "another page": [
        "location = words",
        "location.href = words",
        "window.location.assign(words)",
        "location.replace(words)",
        "window.open(words)",
    ],
    "a style from a text": ["node.style = words", "node.style.cssText = words", "sheet.insertRule(words)"],
    "storage or a request": ["localStorage.x = words", "document.cookie = words", "fetch(words)"],
}
BAD_SHELLS = {
    "a handler": ['<a href="#" onclick="go()">', "<svg\n onload=go()>"],
    "a style attribute": ['<p style="color:red">'],
    "a style or script in the page": ["<style>p {}</style>", "<script>go()</script>", '<script type="module">'],
    "code in an address": ['<a href="javascript:void(0)">'],
}
GOOD_SCRIPTS = [
    "node.textContent = words",
    "node.setAttribute('aria-label', words)",
    "setTimeout(() => go(), 1)",
    "const location = place",
    "if (location.hash === words) go()",
    "node.style.left = `${x}px`",
    'importScripts("search.js")',
    "isFunction(words)",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD_SCRIPTS.items() for text in texts])
def test_a_sink_in_a_script_is_found(kind: str, text: str) -> None:
    found = list(sinks_in("docs/assets/js/x.js", f"// one\n{text};\n"))
    assert kind in {sink.kind for sink in found}
    assert {sink.line for sink in found} == {2}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD_SHELLS.items() for text in texts])
def test_a_sink_in_a_shell_is_found(kind: str, text: str) -> None:
    assert {sink.kind for sink in sinks_in("overrides/x.html", text)} == {kind}


@pytest.mark.parametrize("text", GOOD_SCRIPTS)
def test_what_is_safe_is_let_through(text: str) -> None:
    assert list(sinks_in("docs/assets/js/x.js", text)) == []


def test_every_rule_has_a_bad_sample() -> None:
    assert (set(BAD_SCRIPTS), set(BAD_SHELLS)) == (set(IN_SCRIPTS), set(IN_SHELLS))


def test_our_scripts_and_shells_have_no_sink(root: Path) -> None:
    searched = {path.relative_to(root).as_posix() for path in files_of(root)}
    assert {"docs/assets/js/site.js", "docs/embed/resize.js", "overrides/main.html"} <= searched
    assert [str(sink) for sink in all_sinks(root)] == []


@pytest.mark.parametrize(("file", "words", "_reason"), ALLOWED)
def test_what_is_let_through_by_name_is_still_there_once(root: Path, file: str, words: str, _reason: str) -> None:
    assert (root / file).read_text(encoding="utf-8").count(words) == 1
