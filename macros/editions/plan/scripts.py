"""The scripts of `/plan/` that are made from data: the words and templates of the documents, and each calculator's form."""

import json
import re
from pathlib import Path
from typing import Any

from ...rendering import Renderer
from .templates import CORE, DOCUMENT, templates
from .words import calculator_words, words_of

PAPER = "plan-paper.js"
# scripts of a calculator's page; the page of the plan names them itself
NAMED = re.compile(r' data-(?:more|exchange|ledger|statement|choose|helpers|suppliers|tables)="[^"]*"')
HEAD = "/* A calculator for the page of a plan, made from data/. MIT licence. */\n"


def write_plan_scripts(site: Path, renderer: Renderer) -> None:
    """Complete the script of the documents and write one for each calculator into a built site that has the page."""
    folder = site / "assets" / "js"
    if not (site / "plan" / "index.html").exists() or not (folder / PAPER).exists():
        return
    with (folder / PAPER).open("a", encoding="utf-8") as file:
        file.write(f"offsetPlanPaper.words = {_json(words_of(renderer))};\n")
        file.write(f"offsetPlanPaper.templates = {_json(templates_of(renderer))};\n")
    for calculator in renderer.guide.calculators:
        part = calculator_words(renderer, calculator) | {
            "html": NAMED.sub("", renderer.render("calculator", **renderer.form_of(calculator.id, "..")))
        }
        text = f"{HEAD}(globalThis.offsetPlanCalculators ??= {{}})[{_json(calculator.id)}] = {_json(part)};\n"
        (folder / f"plan-{calculator.id}.js").write_text(text, encoding="utf-8")


def templates_of(renderer: Renderer) -> dict[str, Any]:
    """Return {shared: {name: XML}, documents: {id: XML}}: the parts of the Word templates."""
    made = templates(renderer)
    first = next(iter(made.values()), None)
    return {
        "shared": {name: content.decode() for name, content in first.files.items() if name != DOCUMENT}
        if first
        else {},
        "documents": {name: one.files[DOCUMENT].decode() for name, one in made.items()},
        "names": {"document": DOCUMENT, "core": CORE},
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
