"""A build step: what is the same in every frame stands in one file, which a browser keeps for the next frame.

These are long lists of choices, the factors behind them, and the messages. The pages of the site itself keep the whole;
so does a frame that loads how to share instead, so that no frame asks for more than two scripts.
"""

import json
import re
from pathlib import Path
from typing import Any

from ..calculators import Catalogue, factor_mark, field_of, messages_of, numbers_of, texts_of
from ..models.calculators import Choice, Input
from ..rendering import attribute
from .job import Job

ASSET = "js/calculator-shared.js"
SCRIPT = '<script defer src="../../assets/js/calculator.js">'
HEAD = "/* What all calculators in frames have in common, made from data/: choices, their factors, messages. MIT licence. */\n"
# the column of a list kept apart
FACTOR = "factor"
ALLOT = "calculator-allot.js"
# why a field cannot be read: said in words that load on use
REASONS = {"format", "comma", "negative", "below", "above", "share", "whole", "decimals", "choice", "long"}
DEFINITION = re.compile(r"data-definition='([^']*)'")


def shared_parts(job: Job) -> None:
    """Write the file, and take what stands in it out of the pages for frames."""
    pages = sorted(job.folder.glob("embed/*/index.html"))
    if not pages:
        return
    shared = shared_of(job.guide.catalogue)
    text = json.dumps(shared, ensure_ascii=False, indent=1)
    (job.folder / "assets" / ASSET).write_text(f"{HEAD}globalThis.offsetCalculatorShared = {text};\n", encoding="utf-8")
    for page in pages:
        _lighten(page, shared)


def shared_of(catalogue: Catalogue) -> dict[str, Any]:
    """Return {inputs: {id: [unit, prefix, {choice: [label, number]}]}, words}: lists that are kept apart.

    A factor is called as its choice, behind the prefix, and its number stands alone where today's set is all there is. What is no
    longer offered stands with the suppliers that are loaded on use.
    """
    fields = [field for field in catalogue.parts.inputs if field.apart]
    inputs = {field.id: _list(catalogue, field) for field in fields}
    words = {key: text for key, text in messages_of(catalogue).items() if key not in REASONS}
    return {"inputs": inputs, "words": words}


def reasons_of(catalogue: Catalogue) -> dict[str, str]:
    """Return the messages at fields that cannot be read, by reason: what frames load on use."""
    return {key: text for key, text in messages_of(catalogue).items() if key in REASONS}


def _list(catalogue: Catalogue, field: Input) -> list[Any]:
    numbers = numbers_of(catalogue, field_of(field))
    start = next(choice for choice in field.choices if choice.id == field.default).lookup[FACTOR]
    prefix, unit = factor_mark(start.removesuffix(str(field.default))), numbers[factor_mark(start)][2]
    return [unit, prefix, {choice.id: _entry(choice, prefix, unit, numbers) for choice in field.offered}]


def _entry(choice: Choice, prefix: str, unit: str, numbers: dict[str, list[Any]]) -> list[Any]:
    """Return [label, number]; in the place of a number what else a choice leads to, as a definition has it."""
    target = choice.lookup[FACTOR]
    name = target if target[0] == "=" else factor_mark(target)
    value: Any = name
    if name == prefix + choice.id:
        plain = numbers[name][1:] == [None, unit]
        value = numbers[name][0] if plain else numbers[name]
    return [choice.label, value]


def lightened(definition: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Return a definition without what is shared; of a list only the choice at the start is left."""
    inputs = {
        name: _with_one_choice(spec) if name in shared["inputs"] else spec
        for name, spec in definition["inputs"].items()
    }
    light = definition | {"inputs": inputs, "words": None, "numbers": {}}
    used = set(texts_of(light))
    # what a choice kept apart needs comes with it
    kept = {name: value for name, value in definition["numbers"].items() if name in used or f"={name}" in used}
    return {key: value for key, value in (light | {"numbers": kept}).items() if value is not None}


def _with_one_choice(spec: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in spec.items() if key not in {"aliases", "notes"}} | {
        "choices": {spec["default"]: spec["choices"][spec["default"]]}
    }


def _lighten(page: Path, shared: dict[str, Any]) -> None:
    html = page.read_text(encoding="utf-8")
    found = DEFINITION.search(html)
    if not found or ALLOT in html:
        return
    light = lightened(json.loads(found[1]), shared)
    html = DEFINITION.sub(lambda _: f"data-shared data-definition='{attribute(light)}'", html)
    for name in shared["inputs"]:
        html = re.sub(rf'(?<=<select name="{name}">).*?(?=</select>)', _selected, html, flags=re.DOTALL)
    html = html.replace(SCRIPT, SCRIPT.replace("calculator.js", "calculator-shared.js") + f"</script>\n{SCRIPT}")
    page.write_text(html, encoding="utf-8")


def _selected(options: re.Match[str]) -> str:
    return "".join(re.findall(r"<option[^>]* selected>[^<]*</option>", options[0]))
