"""The documents of a plan as Python makes them: for every method, from any file, with gaps for what is not there."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest

from macros.editions.plan.command import documents, main
from macros.editions.plan.file import Refused, read_plan
from macros.editions.plan.papers import texts_in
from macros.editions.plan.values import Reader
from macros.loading import Guide
from macros.rendering import Renderer

FESTIVAL = json.loads((Path(__file__).parent / "plans" / "festival.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def renderer(guide: Guide) -> Renderer:
    return Renderer(guide)


def made(renderer: Renderer, plan: dict[str, Any]) -> tuple[dict[str, bytes], dict[str, str]]:
    return documents(renderer, json.dumps(plan).encode())[:2]


def test_every_method_makes_every_document_from_nothing_with_gaps_only(renderer: Renderer, guide: Guide) -> None:
    for method in guide.methods:
        word, text = made(
            renderer, {"type": "offset-plan", "v": 1, "method": method.id, "facts": {}, "calculators": []}
        )
        assert set(word) == {paper.id for paper in guide.plan.papers}
        assert guide.plan.gap in text["report"]
        assert not re.search(r"\d[\d,.]* (kg-CO2|t-CO2|円)", text["report"])


def test_a_document_opens_with_python_docx_and_its_places_are_tagged(renderer: Renderer) -> None:
    word, _ = made(renderer, FESTIVAL)
    for content in word.values():
        document = docx.Document(BytesIO(content))
        assert document.core_properties.title.endswith("多摩川の夏まつり")
        assert document.core_properties.author == "例示市　環境課"
        xml = ZipFile(BytesIO(content)).read("word/document.xml").decode()
        # run-level controls only: inside paragraphs, never around cells
        assert "<w:tag " in xml
        assert not re.search(r"<w:sdtContent>\s*<w:(tc|tr|p|tbl)[ >]", xml)
        assert len(content) < 60_000


def test_numbers_are_those_that_the_calculator_shows(renderer: Renderer) -> None:
    plan, _ = read_plan(renderer, json.dumps(FESTIVAL).encode())
    reader = Reader(renderer, plan)
    [(_, outcomes)] = reader.outcomes
    report = "\n".join(texts_in(made(renderer, FESTIVAL)[0]["report"]))
    for stage in ("before", "after"):
        for name in ("total_kg", "remainder_kg", "offset_kg", "credits_t", "cost_yen"):
            assert outcomes[stage].shown[name] in report


def test_nothing_is_said_to_be_offset_before_it_is_retired(renderer: Renderer) -> None:
    said = made(renderer, FESTIVAL)[1]["statement"]
    assert "2.841 t-CO2（全量）を、クレジット（種類：森林）で埋め合わせました" in said
    facts = {name: text for name, text in FESTIVAL["facts"].items() if name != "retired_on"}
    assert "埋め合わせました" not in made(renderer, FESTIVAL | {"facts": facts})[1]["statement"]


def test_no_more_is_claimed_than_was_retired(renderer: Renderer) -> None:
    said = made(renderer, FESTIVAL | {"facts": FESTIVAL["facts"] | {"retired_t": "1"}})[1]["statement"]
    assert "2.841 t-CO2のうち1.000 t-CO2（一部）" in said
    assert "全量）を、クレジット（種類：森林）で埋め合わせました" not in said


def test_the_measures_stand_in_the_statement_where_the_draft_asks_for_them(renderer: Renderer) -> None:
    said = made(renderer, FESTIVAL)[1]["statement"]
    assert "先に「発電機を減らす、リユース食器を使う」により" in said
    assert "ここに書く）により" not in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "JSON"),
        (b"[]", "案件のファイルではありません"),
        (b'{"type": "offset-plan", "v": 1, "method": "a1"}', "案件のファイルではありません"),
        (json.dumps(FESTIVAL | {"v": 99}).encode(), "版が 99"),
        (json.dumps(FESTIVAL | {"method": ["a1"]}).encode(), "知らない取組方法"),
        (b" " * 1_000_001, "大きすぎます"),
    ],
    ids=lambda value: value[:12].decode(errors="replace") if isinstance(value, bytes) else value,
)
def test_what_is_no_plan_is_refused_with_a_reason(renderer: Renderer, content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_plan(renderer, content)


def test_what_does_not_fit_is_left_out_and_told(renderer: Renderer) -> None:
    plan = FESTIVAL | {
        "facts": {"title": "題\u202e\x07" + "長" * 300, "unknown": "x", "aim": 5},
        "calculators": [
            {"id": "flight"},
            {"id": "event", "before": [], "after": {"inputs": {"people": 5}, "rows": [1]}},
        ],
    }
    read, told = read_plan(renderer, json.dumps(plan).encode())
    assert read["facts"] == {"title": ("題" + "長" * 300)[:200]}
    assert [one["id"] for one in read["calculators"]] == ["event"]
    assert len(told) == 3
    made(renderer, plan)


def test_the_command_writes_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(FESTIVAL), encoding="utf-8")
    assert main([str(file), "--to", str(tmp_path / "out"), "--text"]) == 0
    assert len(list((tmp_path / "out").glob("*.docx"))) == len(list((tmp_path / "out").glob("*.txt"))) == 10
    file.write_text("[]", encoding="utf-8")
    assert main([str(file)]) == 1
    assert "案件のファイルではありません" in capsys.readouterr().err
