"""Pages for browser tests of the calculators: the embed shell alone, as small as its budget allows.

In the project's tree these pages come from the built site; here a stand-in shell holds the same fragments.
"""

import gzip
from pathlib import Path

from minify import string as minified

from macros.rendering import Renderer
from tests.calculator_tools import IDS, ROOT, catalogue, renderer

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'"
)
SHELL = """<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{csp}">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="../../assets/css/calculator.css">
<script defer src="../../assets/js/calculator.js"></script></head><body><main><h1>{title}</h1>{body}</main></body></html>"""
KINDS = {".js": "application/javascript", ".css": "text/css"}


def write_pages(folder: Path) -> None:
    """Write every calculator's page alone, with minified script and style."""
    macros = renderer()
    for path in [*ROOT.glob("docs/assets/js/calculator*.js"), *ROOT.glob("docs/assets/css/calculator.css")]:
        target = folder / path.relative_to(ROOT / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(minified(KINDS[path.suffix], path.read_text(encoding="utf-8")), encoding="utf-8")
    for name in IDS:
        page = folder / "embed" / name / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(embed(macros, name), encoding="utf-8")


def embed(macros: Renderer, name: str) -> str:
    """Return the page of one calculator."""
    body = macros.calculator(name, alone=True)
    body += "<h2>計算例</h2>" + macros.calculator_example(name, main=True)
    body += "<h2>おもな係数</h2>" + macros.calculator_factors(name, main=True)
    title = catalogue().calculators[name].title
    return minified("text/html", SHELL.format(csp=CSP, title=title, body=body))


def weight(folder: Path, name: str) -> int:
    """Return the bytes, gzipped, that one calculator needs to reckon."""
    files = [
        folder / "embed" / name / "index.html",
        folder / "assets/js/calculator.js",
        folder / "assets/css/calculator.css",
    ]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
