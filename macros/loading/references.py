"""Checks what one file cannot tell alone: ids, references between records, and marked terms.

Works on what the files say, sound or not, so that one run tells every problem.
"""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..models.base import Location
from ..models.marks import MARK, NUMBER, Entry, names_of, unknown_marks
from ..models.shapes import Found, texts
from .files import FOLDERS, Source
from .grounds import ground_ids, method_parts
from .pages import Page
from .problems import Problem, line_of, problem, short

# kind of reference → the file or folder its records stand in, and the word an editor knows
HOMES = {
    "group": ("groups", "群"),
    "method": ("methods", "取組方法"),
    "case": ("cases", "事例"),
    "term": ("glossary", "用語"),
    "link": ("links", "資料"),
    "figure": ("figures", "図"),
    "section": ("documents", "原資料の節"),
    "report_model": ("report", "取組モデル"),
    "table": ("surveys", "調査の表"),
    "number": ("surveys", "調査の数"),
    "factor_set": ("factor-sets", "係数の版"),
    "helper": ("helpers", "活動量の見つけ方"),
    "factor_source": ("factor-sources", "係数の出典"),
    "offer": ("offers", "売り手"),
    "answer": ("answers", "問い"),
    "answer_topic": ("answers", "問いの話題"),
    "method_part": (None, "取組方法の段や節"),
    "ground": (None, "根拠の記録"),
    "precedent": ("precedents", "いまの実例"),
    "caution": ("precedent-notes", "実例の注意"),
    "remark": ("remarks", "断り書き"),
    "change": ("changes", "2011年から変わったこと"),
    "document": ("documents", "原資料"),
    "calculator": ("calculators", "計算器"),
    "possibility": ("report", "可能性"),
    "case_kind": ("cases", "事例の種類"),
    "link_kind": ("links", "資料の種類"),
    "topic": ("changes", "変わったことの話題"),
    "open_table": ("surveys", "公開データの表"),
    "page": (None, "ページ"),
    "own_page": (None, "このページ"),
    "node": (None, "この図の nodes"),
    "column": (None, "この流れの columns"),
    "step": (None, "この流れの steps"),
}
SHOWN = 12
# texts of these reach scripts, cells and addresses as they are
NOT_FILLED = {
    "calculators",
    "helpers",
    "calculator-parts",
    "factors",
    "factor-sets",
    "factor-sources",
    "search",
    "embed-hosts",
}
NO_EFFECT = "《id》は、ここでは数になりません。数を文字で書いてください"

Known = dict[str, list[str]]


def check(root: Path, sources: list[Source], pages: list[Page]) -> Iterator[Problem]:
    """Yield the problems of ids, references and marks in all files and pages."""
    yield from _repeated_ids(sources)
    known = known_ids(root, sources)
    unread = {source.name for source in sources if not source.readable and source.name not in FOLDERS}
    unread |= set() if known["factor_set"] else {"factor-sets"}
    names = _term_names(sources)
    yield from _repeated_names(sources)
    for source in sources:
        own = known | _local_ids(source.content.value)
        for found in texts(source.kind, source.content.value):
            yield from _reference(source, found, own, unread)
            yield from _marks(source, found, names)
            yield from _numbers(source, found, own, unread)
    if names is not None:
        yield from _page_marks(pages, names)


def _repeated_ids(sources: list[Source]) -> Iterator[Problem]:
    """Ids are unique among the records of a file, in each list inside one, and in a folder."""
    first: dict[tuple[str, str], str] = {}
    for source in sources:
        seen: dict[tuple[Location, str], int] = {}
        for where, own in _ids(source.content.value, ()):
            line = line_of(source.content.lines, (*where, "id"))
            place = (where[:-1], own)
            if where and place in seen:
                yield _twice(source, where, own, f"{source.file}:{seen[place]}")
            seen.setdefault(place, line)
            if not where and source.name in FOLDERS:
                if (source.name, own) in first:
                    yield _twice(source, where, own, first[source.name, own])
                first.setdefault((source.name, own), f"{source.file}:{line}")


def _twice(source: Source, where: Location, own: str, first: str) -> Problem:
    text = f"id「{own}」は {first} で使われています。別の id にしてください"
    return problem(source.file, source.content.lines, (*where, "id"), text)


def _ids(value: Any, where: Location) -> Iterator[tuple[Location, str]]:
    """Yield every id of a value as text, with the location of its record."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str):
            yield where, value["id"]
        for key, part in value.items():
            yield from _ids(part, (*where, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _ids(part, (*where, i))


def known_ids(root: Path, sources: list[Source]) -> Known:
    """Return the ids that references of each kind may name, of sound and unsound records alike."""
    said: dict[str, Any] = {source.name: source.content.value for source in sources if source.name not in FOLDERS}
    known = {kind: _ids_in(said.get(home)) for kind, (home, _) in HOMES.items()}
    known["section"] = [
        f"{document.get('id')}:{own}"
        for document in _records(said.get("documents"))
        for own in _ids_in(document.get("sections"))
    ]
    known["report_model"] = _ids_in(_field(said.get("report"), "models"))
    known["table"] = _ids_in(_field(said.get("surveys"), "tables"))
    known["number"] = _ids_in(_field(said.get("surveys"), "numbers"))
    # a year without quotes is told in its own file, not at each value
    known["factor_set"] = [str(one["id"]) for one in _records(_field(said.get("factor-sets"), "sets")) if "id" in one]
    known["possibility"] = _ids_in(_field(said.get("report"), "possibilities"))
    known["caution"] = _ids_in(_field(said.get("precedent-notes"), "cautions"))
    known["link_kind"] = _values(said.get("links"), "kind")
    known["topic"] = _values(said.get("changes"), "topic")
    known["answer_topic"] = _values(said.get("answers"), "topic")
    for kind, (home, _) in HOMES.items():
        if home in FOLDERS:
            known[kind] = [Path(source.file).stem for source in sources if source.name == home]
    known["case_kind"] = _values([one.content.value for one in sources if one.name == "cases"], "kind")
    known["method_part"] = method_parts(sources)
    known["ground"] = ground_ids(sources, known["section"])
    docs = root / "docs"
    known["page"] = [path.relative_to(docs).with_suffix("").as_posix() for path in sorted(docs.rglob("*.md"))]
    return {kind: list(dict.fromkeys(ids)) for kind, ids in known.items()}


def _local_ids(value: Any) -> Known:
    """Return the ids that only this record knows: nodes of a figure, columns and steps of a flow."""
    flow = _field(value, "flow")
    steps = [_ids_in(phase.get("steps")) for phase in _records(_field(flow, "phases"))]
    return {
        "node": _ids_in(_field(value, "nodes")),
        "column": _ids_in(_field(flow, "columns")),
        "step": [own for ids in steps for own in ids],
    }


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _records(value: Any) -> list[dict]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _values(value: Any, field: str) -> list[str]:
    """Return what records say in a field."""
    return [record[field] for record in _records(value) if isinstance(record.get(field), str)]


def _ids_in(value: Any) -> list[str]:
    return [record["id"] for record in _records(value) if isinstance(record.get("id"), str)]


def _reference(source: Source, found: Found, known: Known, unread: set[str]) -> Iterator[Problem]:
    if found.kind is None or found.text in known[found.kind]:
        return
    home = found.text.partition(":")[0] if found.kind == "ground" else HOMES[found.kind][0]
    if home in unread:
        return
    text = f"{HOMES[found.kind][1]}「{short(found.text)}」がありません。{allowed(found.text, known[found.kind])}"
    yield problem(source.file, source.content.lines, found.where, text)


def allowed(text: str, known: list[str]) -> str:
    """Return what may be named: everything when that is short, else what looks alike."""
    if not known:
        return "使えるものはまだひとつもありません"
    if len(known) <= SHOWN:
        return f"使えるのは {'、'.join(known)}"
    near = difflib.get_close_matches(text, known, n=5, cutoff=0.5) or known[:SHOWN]
    return f"使えるのは {'、'.join(near)} など{len(known)}件"


def _term_names(sources: list[Source]) -> dict[str, Entry] | None:
    """Return the names of the glossary; None when it is not sound, which is told already."""
    glossary = next(source.value for source in sources if source.name == "glossary")
    return None if glossary is None else names_of(glossary)


def _repeated_names(sources: list[Source]) -> Iterator[Problem]:
    """A name leads to one term: a second term of that name would never be found by it."""
    first: dict[str, str] = {}
    for source in sources:
        for i, term in enumerate(source.value if source.name == "glossary" and source.value else []):
            places = [(("term",), term.term), *((("aliases", j), name) for j, name in enumerate(term.aliases))]
            for where, name in places:
                if first.setdefault(name, term.id) != term.id:
                    text = f"「{name}」は用語「{first[name]}」の名前です。ほかの言い方にするか、消してください"
                    yield problem(source.file, source.content.lines, (i, *where), text)


def _numbers(source: Source, found: Found, known: Known, unread: set[str]) -> Iterator[Problem]:
    """《id》 in a text names a number of surveys.yml, where templates fill it in."""
    if source.name in NOT_FILLED and NUMBER.search(found.text):
        yield problem(source.file, source.content.lines, found.where, NO_EFFECT)
        return
    for own in NUMBER.findall(found.text):
        yield from _reference(source, Found(found.where, own, "number"), known, unread)


def _marks(source: Source, found: Found, names: dict[str, Entry] | None) -> Iterator[Problem]:
    """A word marked ＊ must be a name or alias of the glossary."""
    if names is None or MARK not in found.text:
        return
    for word in unknown_marks(found.text, names):
        yield problem(source.file, source.content.lines, found.where, _unknown(word))


def _page_marks(pages: list[Page], names: dict[str, Entry]) -> Iterator[Problem]:
    for page in pages:
        for number, line in enumerate(page.text.split("\n"), 1):
            for word in unknown_marks(line, names):
                yield Problem(page.file, number, "本文", _unknown(word))


def _unknown(word: str) -> str:
    return f"「{word}{MARK}」の{MARK}の前に用語がありません。glossary.yml の term か aliases にある語の直後に置いてください"
