"""The notes of today say what their sources say: no plan that time has overtaken, doubt and advice under their marks."""

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from selectolax.lexbor import LexborNode

from macros.loading.guide import Guide
from macros.models import Change
from macros.rendering.core import day
from tests.pages import BuiltPage, read_pages

ROOT = Path(__file__).parent.parent
# the day the notes were last held against what is known
LOOKED_OVER = "2026-11-28"

DOUBT = re.compile("未確認|確かめられて|見つかって|見ていません|調べていません|不明|分かりません")
ADVICE = re.compile("ください|ましょう|べきです|お勧め|すすめます")
PLAN = re.compile("予定|方向|見込|見通し|始めることになりました|案が公表|改定されることに")
OTHERS_COPIES = (
    *("krutar.com", "documents.pub", "fdocument", "happylibus", "expydoc", "123deta", "cache.yimg.jp", "s.gtool.pro"),
    *("lawinsider", "megalodon", "web.archive.org", "vdocuments", "docsplayer", "pdfslide", "lepang.cn"),
)


def said(change: Change) -> str:
    """Return what a note tells as so."""
    return " ".join([change.title, change.text, change.caution or ""])


def notes_that(guide: Guide, words: re.Pattern[str]) -> list[str]:
    return [change.id for change in guide.changes if words.search(said(change))]


def test_doubt_stands_under_its_mark_alone(guide: Guide) -> None:
    assert notes_that(guide, DOUBT) == []


def test_advice_stands_under_its_mark_alone(guide: Guide) -> None:
    assert notes_that(guide, ADVICE) == []
    given = [change.advice for change in guide.changes if change.advice]
    assert [words for words in given if not ADVICE.search(words)] == []


def test_what_was_planned_tells_whether_it_came(guide: Guide) -> None:
    """A plan goes stale by itself: it says what is not known of it and is looked over within half a year."""
    plans = [change for change in guide.changes if PLAN.search(f"{change.title}{change.text}")]
    assert plans
    assert [change.id for change in plans if not change.unconfirmed or change.review_by > "2027-04-30"] == []


def test_a_note_without_a_date_says_so(guide: Guide) -> None:
    undated = [change for change in guide.changes if change.date is None]
    assert [one.id for one in undated if not re.search("時点|年代", f"{one.unconfirmed}{one.date_text}")] == []
    assert [one.id for one in undated if not one.unconfirmed] == []


def test_no_day_that_has_not_come_is_told_as_the_day_of_a_change(guide: Guide) -> None:
    assert [change.id for change in guide.changes if (change.date or "") > LOOKED_OVER] == []


def test_copies_on_other_hosts_are_never_linked() -> None:
    files = [*ROOT.glob("data/**/*.yml"), *ROOT.glob("docs/**/*.md")]
    addresses = [
        one for path in files for one in re.findall(r"https?://[^\s)\"'）」]+", path.read_text(encoding="utf-8"))
    ]
    assert len(addresses) > 200
    assert [one for one in addresses if any(host in one for host in OTHERS_COPIES)] == []


# -- the page -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BuiltPage]:
    return read_pages(site)


@pytest.fixture(scope="module")
def notes(pages: dict[str, BuiltPage]) -> dict[str, LexborNode]:
    return {node.attributes["id"] or "": node for node in pages["/changes/"].article.css(".today[id]")}


def labelled(note: LexborNode, label: str) -> str:
    """Return what stands under a mark."""
    return "".join(
        line.text() for line in note.css(".today__aside") if (found := line.css_first("span")) and found.text() == label
    )


def test_the_marks_are_on_the_page(guide: Guide, notes: dict[str, LexborNode]) -> None:
    assert set(notes) == {change.id for change in guide.changes}
    for change in guide.changes:
        assert (change.unconfirmed or "") in labelled(notes[change.id], "未確認"), change.id
        assert bool(change.unconfirmed) == bool(labelled(notes[change.id], "未確認")), change.id
        assert bool(change.advice) == bool(labelled(notes[change.id], "このサイトからの助言")), change.id


# id: what its note must say outside the marks, must not say, under 未確認, as advice; its time; its grade
CORRECTED = {
    "eu-offset-claims": ("2026年9月27日", "方向", "本文", "", "2024年3月26日発効", "B"),
    "gx-ets": ("10万tを超える", "予定|以上の事業者", "始まってから", "", "2026年4月1日施行", "B"),
    "kyoto-target-result": (r"上限の3\.8%", r"森林吸収が3\.9%", "確定値", "", "2008～2012年度", "A"),
    "jcredit-period": ("書き誤り.*最長16年", "改められ", "実施要綱", "", "2022年8月10日", "B"),
    "seven-gases": ("28倍.*265倍", "いまの係数は、", "算定・報告", "算定手法編", "2015年4月1日", "A′"),
    "jcm": ("31か国です（2026年2月13日時点）", "2025年時点", "", "", "2026年2月13日", "A"),
    "shk-manual-2025": (r"ver6\.0.*非化石証書", "", "本文", "書き添えて", "2025年3月10日", "B"),
    "nonfossil-users": ("2026年1月23日.*議論", "", "いまの最低価格", "", "2026年1月23日", "B"),
    "environmental-claims": ("2026年2月16日に改定案", "", "最終版", "", "3月18日まで", "B"),
    "tse-market-size": ("試行の期間.*346者.*自治体も", "", "本格稼働に入ったこと", "", "2026年1月5日", "B"),
    "tokyo-credit-support": (
        "事業者（民間企業、学校法人、医療法人等）が対象",
        "",
        "2026年度",
        "",
        "2026年3月31日",
        "A",
    ),
    "guidelines-2024": (
        "公表しました",
        "六つの文書に代えて",
        "統合・廃止.*特定者間完結型",
        "まず",
        "2024年3月22日",
        "A",
    ),
    "buying-credits": (r"大口向け.*1,000 t", "クレジットを買うには", "第15回", "", "2023年5月", "B"),
    "jcredit-retirement": (
        "申請した者に.*売り手が無効化",
        "手続には登録簿の口座が要り",
        "時点",
        "通知の写し",
        "時点は不明",
        "A",
    ),
    "green-power-now": ("2019年4月", "その後も発行", "2019年4月より後", "", "2019年4月", "A"),
    "jcredit-review-cost": ("2020～22年度", "年度で変わ", "補助の有無", "補助は、", "2020～22年度", "A′"),
}


@pytest.mark.parametrize("name", CORRECTED)
def test_a_corrected_note_says_what_was_found(name: str, notes: dict[str, LexborNode]) -> None:
    must, must_not, doubt, advice, time, grade = CORRECTED[name]
    note = notes[name]
    told = " ".join(line.text() for line in note.css("p") if "today__aside" not in (line.attributes.get("class") or ""))
    assert re.search(must, told)
    assert not must_not or not re.search(must_not, told)
    assert re.search(doubt, labelled(note, "未確認"))
    assert re.search(advice, labelled(note, "このサイトからの助言"))
    assert time in note.css_first(".today__meta").text()
    assert note.css_first(".grade").text().startswith(f"確度 {grade}：")
    assert day(LOOKED_OVER) in note.css_first(".today__meta").text()


@pytest.mark.parametrize(
    "overtaken",
    [
        "EUは、?オフセットだけによる[^。]*方向",
        "2026年度から[^。]*(始めることになりました|義務づけられることになりました)",
        r"森林(等)?吸収(が|は)3\.9%",
        "8年を経過する日まで」に改められ",
        "31か国[^。]*2025年時点",
        "六つの文書に代えて",
        "グリーン電力証書は、その後も発行",
        "手続には登録簿の口座が要り",
        "(?<!使う、)いまの地球温暖化係数は確かめられていません",
        "補助(がある|の額)[^。]*年度",
    ],
)
def test_nothing_overtaken_is_left_on_any_page(overtaken: str, pages: dict[str, BuiltPage]) -> None:
    """Where the same statement stood elsewhere: terms, calculators, lists of what is not known."""
    assert [address for address, page in pages.items() if re.search(overtaken, page.tree.body.text())] == []


def test_terms_and_cases_show_the_doubt_of_their_notes(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    text = {address: pages[address].article.text() for address in ("/glossary/", "/cases/")}
    for change in guide.changes:
        if change.unconfirmed:
            assert not change.terms or change.unconfirmed in text["/glossary/"], change.id
            assert not change.cases or change.unconfirmed in text["/cases/"], change.id


# -- short on screen, at the step it changes ----------------------------------------------------


def test_the_list_is_titles_with_dates_that_unfold(new_page: Callable[..., Page], guide: Guide) -> None:
    page = new_page(width=375)
    page.goto("/changes/")
    assert page.evaluate("document.documentElement.scrollHeight") < 100 * len(guide.changes) + 2500
    note = page.locator("#arakawa")
    assert note.locator("summary").inner_text().endswith("2025年10月23日")
    assert not note.locator(".today__meta").is_visible()
    note.locator("summary").click()
    expect(note.locator(".today__meta")).to_be_visible()


def test_a_link_to_a_note_unfolds_it(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/changes/#arakawa")
    expect(page.locator("#arakawa .today__meta")).to_be_visible()
    page.goto("/methods/a1/")
    page.click("#today ~ .today-list a[href='#today-buying-credits']")
    expect(page.locator("#today-buying-credits .today__meta")).to_be_visible()


def test_every_note_prints_though_folded(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/changes/")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = unicodedata.normalize("NFKC", "".join(one.extract_text() for one in sheets))
    assert "11,000円で買いました" in re.sub(r"\s", "", text)


def test_notes_of_method_pages_stand_at_the_step_they_change(pages: dict[str, BuiltPage], guide: Guide) -> None:
    placed = [(change, *step.split(":")) for change in guide.changes for step in change.steps]
    assert len(placed) >= 55
    for change, method, step in placed:
        page = pages[f"/methods/{method}/"].article
        note = page.css_first(f"#today-{change.id}")
        assert change.text in note.text(), change.id
        here = page.css_first(f"li#step-{step}")
        assert here is None or here.css_first(f"#today-{change.id}") is not None, (method, step)
    left = [
        change.id
        for change in guide.changes
        for page in change.pages
        if page.startswith("methods/") and page != "methods/index"
        if not any(page == f"methods/{step.split(':')[0]}" for step in change.steps)
    ]
    assert left == []


def test_a_grade_says_what_was_read(pages: dict[str, BuiltPage]) -> None:
    for address in ("/changes/", "/methods/a1/", "/buying/", "/answers/"):
        grades = {node.text().strip() for node in pages[address].article.css(".grade")}
        assert grades <= {"確度 A：発行者の文書", "確度 A′：公式文書の写し", "確度 B：二次資料"}, address
        assert len(grades) == 3 or address == "/methods/a1/"
