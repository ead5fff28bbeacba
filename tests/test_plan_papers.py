"""The documents of a plan as Python makes them: for every method, from any file, with gaps for what is not there."""

import json
import re
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from openxml_audit import OpenXmlValidator

from macros.calculators import sample
from macros.editions.plan.command import documents, main
from macros.editions.plan.file import Refused, read_plan
from macros.editions.plan.papers import texts_in
from macros.editions.plan.values import Reader
from macros.editions.plan.words import words_of
from macros.loading import Guide
from macros.rendering import Renderer

PLANS = Path(__file__).parent / "plans"
FESTIVAL = json.loads((PLANS / "festival.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def renderer(guide: Guide) -> Renderer:
    return Renderer(guide)


def made(renderer: Renderer, plan: dict[str, Any]) -> tuple[dict[str, bytes], dict[str, str]]:
    return made_of(renderer, json.dumps(plan))


@cache
def made_of(renderer: Renderer, plan: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """Make the documents of a plan once for all tests that read them."""
    return documents(renderer, plan.encode())[:2]


def test_every_method_makes_every_document_from_nothing_with_gaps_only(renderer: Renderer, guide: Guide) -> None:
    for method in guide.methods:
        word, text = made(
            renderer, {"type": "offset-plan", "v": 1, "method": method.id, "facts": {}, "calculators": []}
        )
        assert set(word) == {paper.id for paper in guide.plan.papers if method.id in (paper.methods or [method.id])}
        assert guide.plan.gap in text["report"]
        assert not re.search(r"\d[\d,.]* (kg-CO₂|t-CO₂|円)", text["report"])


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
    assert "排出量の実績2.841 t-CO₂の全量を、クレジット（種類：森林）で埋め合わせました" in said
    facts = {name: text for name, text in FESTIVAL["facts"].items() if name != "retired_on"}
    assert "埋め合わせました" not in made(renderer, FESTIVAL | {"facts": facts})[1]["statement"]


def test_no_more_is_claimed_than_was_retired(renderer: Renderer) -> None:
    said = made(renderer, FESTIVAL | {"facts": FESTIVAL["facts"] | {"retired_t": "1"}})[1]["statement"]
    assert "2.841 t-CO₂のうち1.000 t-CO₂（一部）" in said
    assert "全量を、クレジット（種類：森林）で埋め合わせました" not in said


def test_the_measures_stand_in_the_statement_where_the_draft_asks_for_them(renderer: Renderer) -> None:
    said = made(renderer, FESTIVAL)[1]["statement"]
    assert "先に「発電機を減らす、リユース食器を使う」に取り組み、" in said
    assert "（減らす取り組みをここに書く）" not in said


def with_facts(**facts: str) -> dict[str, Any]:
    return FESTIVAL | {"facts": FESTIVAL["facts"] | facts}


def test_the_draft_speaks_of_what_is_retired_and_not_of_what_was_bought(renderer: Renderer) -> None:
    said = made(renderer, with_facts(bought_t="5", retired_t="2"))[1]["statement"]
    assert "無効化したクレジットは2.000 t-CO₂で、0.841 t-CO₂が足りません" in said
    assert "買ったクレジット" not in said


def test_more_retired_than_bought_drafts_no_result_and_says_why(renderer: Renderer) -> None:
    _, text = made(renderer, with_facts(bought_t="2", retired_t="9,999"))
    assert "埋め合わせました" not in text["statement"]
    assert "公表文の案を作っていません：無効化した量が、調達した量より多く" in text["statement"]
    assert "埋め合わせの実施\t無効化した量" in text["handover"]


@pytest.mark.parametrize("amount", ["abc", "-3", "12,3,4", "9" * 400, "10000001"])
def test_an_unsound_amount_is_a_gap_and_still_to_do(renderer: Renderer, guide: Guide, amount: str) -> None:
    _, text = made(renderer, with_facts(retired_t=amount, price_yen=amount))
    assert f"無効化した量\t{guide.plan.gap}" in text["report"]
    assert f"見積の単価\t{guide.plan.gap}" in text["budget"]
    assert "埋め合わせの実施\t無効化した量" in text["handover"]
    assert "埋め合わせました" not in text["statement"]


def test_a_budget_keeps_what_its_words_promise(renderer: Renderer, guide: Guide) -> None:
    paper = next(one for one in guide.plan.papers if one.id == "budget")
    assert "科目は入れません" not in paper.text
    budget = made(renderer, FESTIVAL)[1]["budget"]
    assert "見積の単価\t16,500 円/t-CO₂" in budget
    assert "予算の科目\t（財政課に確認中）" in budget


def test_a_draft_without_a_fiscal_year_or_a_boundary_says_so(renderer: Renderer, guide: Guide) -> None:
    said = made(renderer, with_facts(fiscal_year=""))[1]["statement"]
    assert f"多摩川の夏まつり（{guide.plan.gap}）の" in said
    assert "（年度）" not in said
    said = made(renderer, with_facts(boundary=""))[1]["statement"]
    assert said.count("公表文の案を作っていません：範囲（バウンダリ）が未記入です") == 1
    assert "全量を" not in said


@pytest.mark.parametrize("text", ["2027-02-30", "2027-13-45", "12027-01-01", "0000-01-01", "２０２７-01-01", "soon"])
def test_a_day_that_is_in_no_calendar_is_left_out_and_told(renderer: Renderer, text: str) -> None:
    plan, told = read_plan(renderer, json.dumps(with_facts(starts_on=text, due_buy=text)).encode())
    assert {"starts_on", "due_buy"}.isdisjoint(plan["facts"])
    assert sum(text in one for one in told) == 2


def test_unknown_choices_are_left_out_and_told(renderer: Renderer) -> None:
    plan, told = read_plan(renderer, json.dumps(with_facts(course="__proto__", boundary="zzz")).encode())
    assert {"course", "boundary"}.isdisjoint(plan["facts"])
    assert any("__proto__" in one for one in told)
    assert any("zzz" in one for one in told)


def test_calculators_of_other_methods_stay_in_the_file_and_out_of_the_documents(renderer: Renderer) -> None:
    office = {"id": "office", "before": {"inputs": {"electricity_kwh": "77,777"}, "rows": []}}
    plan = FESTIVAL | {"calculators": [*FESTIVAL["calculators"], office]}
    read, told = read_plan(renderer, json.dumps(plan).encode())
    assert [one["id"] for one in read["calculators"]] == ["event", "office"]
    assert any("ほかの取組方法の計算器" in one for one in told)
    assert made(renderer, plan) == made(renderer, FESTIVAL)


def test_a_bare_carriage_return_is_taken_out(renderer: Renderer) -> None:
    plan, told = read_plan(renderer, json.dumps(with_facts(title="祭\rATTENDEE:x", aim="一\r\n二")).encode())
    assert plan["facts"]["title"] == "祭ATTENDEE:x"
    assert plan["facts"]["aim"] == "一\n二"
    assert told


# what only documents of other methods say
OTHERS_SAY = {
    "office": ("開催", "来場", "渡す相手", "証書", "収入の見込み"),
    "household": ("開催日", "来場", "渡す相手", "証書", "収入の見込み"),
    "project": ("調達", "見積依頼", "埋め合わせました", "先に減らした", "買うクレジット", "証書"),
    "pairing": (
        "調達",
        "見積依頼",
        "クレジットの種類",
        "買うクレジット",
        "無効化の名義",
        "シリアル番号",
        "収入の見込み",
    ),
}


@pytest.mark.parametrize("name", OTHERS_SAY)
def test_a_filled_plan_leaves_no_gap_and_claims_nothing_of_another_method(
    renderer: Renderer, guide: Guide, name: str
) -> None:
    content = (PLANS / f"{name}.json").read_bytes()
    plan = json.loads(content)
    plan["facts"] |= {f"due_{task.id}": "2026-06-01" for task in guide.plan.tasks}
    _, text, told = documents(renderer, json.dumps(plan).encode())
    assert told == []
    # the guidebook gives some of a method's people no role
    roleless = [
        f"{label}\t{guide.plan.gap}"
        for label, role in words_of(renderer)["methods"][plan["method"]]["roles"]
        if not role
    ]
    gaps = [line for paper in text.values() for line in paper.split("\n") if guide.plan.gap in line]
    assert gaps == roleless
    for paper, said in text.items():
        assert [words for words in OTHERS_SAY[name] if words in said] == [], paper
    assert guide.plan.finished in text["handover"]


def test_no_method_has_two_tables_beside_each_other_and_headings_are_counted(renderer: Renderer, guide: Guide) -> None:
    for method in guide.methods:
        word, text = made(renderer, FESTIVAL | {"method": method.id})
        for name, content in word.items():
            kinds = [child.tag.rsplit("}")[-1] for child in docx.Document(BytesIO(content)).element.body]
            assert ("tbl", "tbl") not in set(pairwise(kinds)), (method.id, name)
        numbers = [int(number) for number in re.findall(r"^(\d)　", text["planning-sheet"], re.M)]
        assert numbers == list(range(1, len(numbers) + 1)), method.id


def test_what_lacks_or_is_left_is_reckoned_where_the_calculator_does_not(renderer: Renderer) -> None:
    plan = json.loads((PLANS / "office.json").read_text(encoding="utf-8"))
    needed = re.search(r"要る量（事後）\t(\d+) t-CO₂", made(renderer, plan)[1]["report"])
    assert needed
    for bought, lacks, left in ((int(needed[1]) - 2, "2.000", "0.000"), (int(needed[1]) + 3, "0.000", "3.000")):
        plan["facts"] |= {"bought_t": str(bought), "retired_t": "1"}
        report = made(renderer, plan)[1]["report"]
        assert f"足りない量（要る量－調達した量）\t{lacks} t-CO₂" in report
        assert f"余る量（調達した量－要る量）\t{left} t-CO₂" in report


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "JSON"),
        (b"[]", "案件のファイルではありません"),
        (b'{"type": "offset-plan", "v": 1, "method": "a1"}', "案件のファイルではありません"),
        (json.dumps(FESTIVAL | {"v": 99}).encode(), "版が 99"),
        (json.dumps(FESTIVAL | {"v": {"toString": 1}}).encode(), "版が 読めない形"),
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


# from tables of sample sizes for a share at 95 %, at its worst
SAMPLES = {(1000, 5): 278, (3000, 5): 341, (10_000, 5): 370, (100_000, 5): 383, (100_000, 3): 1056, (500, 10): 81}


@pytest.mark.parametrize(("people", "error"), SAMPLES)
def test_how_many_to_ask_is_that_of_the_tables(guide: Guide, people: int, error: int) -> None:
    survey = guide.plan.survey
    assert survey
    count, steps = sample(survey.z, survey.share, error, people)
    assert count == SAMPLES[people, error]
    assert f"÷ {people:,})" in steps
    assert sample(survey.z, survey.share, error, 1)[0] == 1


def test_the_survey_asks_as_many_as_the_plan_expects_and_leads_back_to_the_calculator(
    renderer: Renderer, guide: Guide
) -> None:
    _, text = made(renderer, FESTIVAL)
    assert "来場者の見込み\t3,000 人" in text["survey"]
    assert "集める答えの数\t341 人" in text["survey"]
    assert "名前、住所、連絡先は書かないでください" in text["survey"]
    event = renderer.catalogue.calculators["event"]
    travel = next(group for group in event.groups if group.id == "travel")
    fields = [field.label for field in travel.inputs if field.id.endswith(("_people", "_km"))]
    assert len(fields) == 12
    assert all(label in text["survey"] for label in fields)
    _, text = made(renderer, with_facts(survey_error=""))
    assert f"集める答えの数\t{guide.plan.gap}" in text["survey"]
    nobody = FESTIVAL | {"calculators": []}
    assert f"集める答えの数\t{guide.plan.gap}" in made(renderer, nobody)[1]["survey"]


def test_precedents_stand_in_the_approval_with_amount_source_and_date(renderer: Renderer, guide: Guide) -> None:
    chosen = ["toshima-eco-fair", "setoda-lemon-marathon-2026"]
    names = ("precedent_one", "precedent_two", "precedent_three")
    facts = dict(zip(names, [*chosen, chosen[0]], strict=True)) | {"precedents": "市の去年の催し、庁内の記録"}
    lines = made(renderer, with_facts(**facts))[1]["approval"].partition("\n先例\n")[2].split("\n\n")[0].split("\n")
    assert len(lines) == 3
    for line, name in zip(lines, chosen, strict=False):
        one = next(one for one in guide.precedents if one.id == name)
        assert line.startswith(f"・{one.title}：{one.who}、")
        for text in (one.sources[0].publisher, one.sources[0].title, one.checked_on):
            assert text
            assert text in line
    assert lines[2] == "・市の去年の催し、庁内の記録"


def test_no_precedent_chosen_leaves_no_heading_and_another_methods_is_not_cited(renderer: Renderer) -> None:
    nothing = dict.fromkeys(("precedent_one", "precedent_three"), "")
    assert "先例" not in made(renderer, with_facts(**nothing))[1]["approval"]
    gas = with_facts(precedent_one="sayama-gas", precedent_three="")
    assert "先例" not in made(renderer, gas)[1]["approval"]
    _, told = read_plan(renderer, json.dumps(with_facts(precedent_one="no-such")).encode())
    assert any("no-such" in one for one in told)


def test_the_command_writes_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(FESTIVAL), encoding="utf-8")
    assert main([str(file), "--to", str(tmp_path / "out"), "--text"]) == 0
    papers = sorted((tmp_path / "out").glob("*.docx"))
    assert len(papers) == len(list((tmp_path / "out").glob("*.txt"))) == 11
    told = [error.description for one in papers for error in OpenXmlValidator().validate(str(one)).errors]
    # parts that the format leaves optional and a small document does without
    optional = re.compile(r"A required relationship type '.*/(settings|fontTable|theme)' is missing\.")
    assert [one for one in told if not optional.fullmatch(one)] == []
    file.write_text("[]", encoding="utf-8")
    assert main([str(file)]) == 1
    assert "案件のファイルではありません" in capsys.readouterr().err
