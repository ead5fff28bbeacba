"""A document of a plan as text, and as Word: the template's own parts, filled by name."""

import re
from copy import deepcopy
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

import lxml.etree as etree

from ..archive import packed
from .templates import BODY, CORE, DC, DOCUMENT, Template, W
from .values import Item, Values
from .words import Words

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
STAGED = re.compile(r"^(?:before|after)_|_steps$")
NUMBER = "{no}"
SLOT, TAG, TEXT, ROW = (f"{W}{name}" for name in ("sdt", "tag", "t", "tr"))


def filled(text: str, texts: dict[str, str], gap: str) -> str:
    """Return a text with its placeholders filled; raises KeyError for a name that nothing has."""
    return PLACE.sub(lambda place: texts[place[1]] or gap, text)


def is_foreign(name: str, values: Values) -> bool:
    """Tell whether the method knows nothing of a fact, a result or a list."""
    return STAGED.sub("", name) in values.without


def is_away(part: dict[str, Any], values: Values) -> bool:
    """Tell whether a part is none of the method's, or waits for something that is empty."""
    name = part.get("when")
    waits = bool(name) and (is_foreign(name, values) or not (values.lists.get(name) or values.texts.get(name)))
    off = values.course in part.get("unless", []) or values.course not in part.get("courses", [values.course])
    return waits or off or values.method not in part.get("methods", [values.method])


def concerns(part: dict[str, Any], values: Values) -> bool:
    """Tell whether a row, or a text that repeats nothing, stands in the documents of the method."""
    names = PLACE.findall(part.get("text", ""))
    return not is_away(part, values) and not any(is_foreign(name, values) for name in names)


def rows_of(block: dict[str, Any], values: Values) -> list[dict[str, str]]:
    """Return the rows of a table of facts that concern the method, called as it calls them."""
    return [row | {"label": label_of(row, values)} for row in block["facts"] if concerns(row, values)]


def label_of(row: dict[str, str], values: Values) -> str:
    """Return the label of a row; one that only says a fact is called as the method calls the fact."""
    return values.labels.get(row["text"].strip("{}"), row["label"])


def is_left_out(block: dict[str, Any], values: Values) -> bool:
    """Tell whether a block waits for something that is empty, or is none of the method's."""
    if "each" in block:
        return is_foreign(block["each"], values) or is_away(block, values)
    return not (concerns(block, values) and rows_of(block, values) if "facts" in block else concerns(block, values))


def items_of(block: dict[str, Any], values: Values) -> list[Item]:
    """Return the items that a block repeats; one of gaps where there is none."""
    return values.lists[block["each"]] or [Blank()]


class Blank(dict[str, str]):
    """An item that says nothing more, whatever is asked."""

    def __missing__(self, _name: str) -> str:
        return ""


def papers_of(words: Words, method: str) -> dict[str, Words]:
    """Return {title, blocks} of the documents that a method has, as it calls them, by their ids."""
    titles = words["methods"][method]["papers"]
    papers = {name: one for name, one in words["papers"].items() if method in one.get("methods", [method])}
    return {name: one | {"title": titles.get(name, one["title"])} for name, one in papers.items()}


def as_text(blocks: list[dict[str, Any]], values: Values, gap: str) -> str:
    """Return a document as plain text; cells of a table stand side by side with a tab between."""
    lines: list[str] = []
    for block in numbered(blocks, values):
        lines += _lines(block, values, gap) if block else []
    return "".join(f"{line}\n" for line in lines)


def numbered(blocks: list[dict[str, Any]], values: Values) -> list[dict[str, Any] | None]:
    """Return the blocks with their headings counted; None for what is left out."""
    standing = [None if is_left_out(block, values) else block for block in blocks]
    numbers = count(1)
    return [
        block | {"heading": block["heading"].replace(NUMBER, str(next(numbers)))}
        if block and NUMBER in block.get("heading", "")
        else block
        for block in standing
    ]


def _lines(block: dict[str, Any], values: Values, gap: str) -> list[str]:
    if "heading" in block:
        return ["", filled(block["heading"], values.texts, gap)]
    if "facts" in block:
        return [f"{row['label']}\t{filled(row['text'], values.texts, gap)}" for row in rows_of(block, values)]
    if "columns" in block:
        head = "\t".join(column["label"] for column in block["columns"])
        return [
            head,
            *(
                "\t".join(filled(one["text"], item, gap) for one in block["columns"])
                for item in items_of(block, values)
            ),
        ]
    if "each" in block:
        return [filled(block["text"], item, gap) for item in items_of(block, values)]
    return [filled(block["text"], values.texts, gap)]


def as_word(template: Template, title: str, blocks: list[dict[str, Any]], values: Values, gap: str) -> bytes:
    """Return a document as a Word file."""
    document = etree.fromstring(template.files[DOCUMENT])
    body = document.find(BODY)
    number = 0
    for node, block in zip(list(body), blocks, strict=False):
        if is_left_out(block, values):
            body.remove(node)
            continue
        if "each" in block:
            _repeat(list(node.iter(ROW))[-1] if "columns" in block else node, items_of(block, values), gap)
            continue
        if "facts" in block:
            _settle(node, block, values)
        number += NUMBER in block.get("heading", "")
        _fill(node, values.texts | {"no": str(number)}, gap)
    core = etree.fromstring(template.files[CORE])
    core.find(f"{DC}title").text = f"{title}　{values.texts['title']}".strip()
    core.find(f"{DC}creator").text = f"{values.texts['municipality']}　{values.texts['department']}".strip()
    changed = {DOCUMENT: _written(document), CORE: _written(core)}
    return packed({name: changed.get(name, content) for name, content in template.files.items()}, 0)


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _settle(node: etree._Element, block: dict[str, Any], values: Values) -> None:
    """Leave the rows that concern the method, under the names that it gives them."""
    for row, spec in zip(list(node.iter(ROW)), block["facts"], strict=True):
        if concerns(spec, values):
            next(row.iter(TEXT)).text = label_of(spec, values)
        else:
            node.remove(row)


def _repeat(node: etree._Element, items: list[Item], gap: str) -> None:
    for item in items:
        copy = deepcopy(node)
        _fill(copy, item, gap)
        node.addprevious(copy)
    node.getparent().remove(node)


def _fill(node: etree._Element, texts: dict[str, str], gap: str) -> None:
    for slot in node.iter(SLOT):
        name = slot.find(f".//{TAG}").get(f"{W}val")
        slot.find(f".//{TEXT}").text = texts[name] or gap


def texts_in(content: bytes) -> list[str]:
    """Return every text of a Word file, in order, also inside content controls."""
    with ZipFile(BytesIO(content)) as archive:
        return [node.text or "" for node in etree.fromstring(archive.read(DOCUMENT)).iter(TEXT)]
