"""The scholarship is quiet: it stands folded at its place, is all there, and stands open on paper and in the editions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from macros.editions.document.reading import article
from macros.editions.document.tree import everything, plain, words
from macros.loading.guide import Guide
from tests.apparatus import seen, shares
from tests.pages import read_pages

# of the letters one sees before anything is unfolded
MOST = {
    "取組方法": 0.05,
    "取組方法の比較": 0.03,
    "ガイド": 0.03,
    "事例": 0.04,
    "提言": 0.04,
    "用語集": 0.02,  # its terms are folded: what one sees is few letters
    "資料とリンク": 0.04,
}
AFTERWARDS = "その後：確認できた資料はありません。"
GIVEN = "題名はこのサイトで付けました"


@pytest.mark.parametrize("kind", MOST)
def test_little_of_what_one_sees_is_scholarship(site: Path, kind: str) -> None:
    marked, every = shares(site)[kind]
    assert every > 1000
    assert marked <= MOST[kind] * every


def test_what_is_counted_is_what_one_sees() -> None:
    page = LexborHTMLParser(
        "<main><p>見える<span hidden>隠れた</span></p><dl><dt>費用<dd>原資料に記載はありません。</dl>"
        '<details class="aside"><summary>注</summary><p>たたんだ</p></details></main>'
    )
    assert sorted(seen(page.css_first("main"))) == [
        ("原資料に記載はありません。", True),
        ("注", True),
        ("見える", False),
        ("費用", False),
    ]


def test_all_of_it_is_folded_at_its_place(site: Path, guide: Guide) -> None:
    pages = read_pages(site)
    cards = {card.attributes["id"]: card for card in pages["/cases/"].article.css("[data-case]")}
    for case in guide.cases:
        told = cards[case.id].css_first("details.aside").text()
        assert (GIVEN in told) == bool(case.name_given), case.id
        for tie in case.methods:
            assert (tie.why or "") in told, case.id
    assert any(AFTERWARDS in card.css_first("details.aside").text() for card in cards.values())
    for method in guide.methods:
        page = pages[f"/methods/{method.id}/"].article
        assert page.css_first("details.fold #remarks").text() == "原資料との対応"
        ties = "".join(node.text() for node in page.css(".related details.aside"))
        assert [one.why for one in method.links if one.why and one.why not in ties] == []


def test_what_the_sources_lack_stands_at_the_end_of_the_page(site: Path) -> None:
    page = read_pages(site)["/methods/a1/"].article
    told = page.css_first("details.fold").text()
    assert "費用を負担する人" in told
    assert "「開催時」の期間は、原資料に記載がありません。" in told
    assert "原資料に記載" not in "".join(text for text, _ in seen(page))


def test_it_stands_open_on_paper_without_javascript(new_page: Callable[..., Page]) -> None:
    page = new_page(javascript=False)
    for address, text in (
        ("/cases/", GIVEN),
        ("/methods/a1/", "題名と説明が同じ取り組みを指す"),
        ("/methods/a1/", "「開催時」の期間"),
    ):
        page.goto(address)
        place = page.get_by_text(text).first
        assert not place.is_visible()
        page.emulate_media(media="print")
        assert place.is_visible()
        page.emulate_media(media="screen")


def test_it_stands_open_in_the_editions(site: Path) -> None:
    html = (site / "cases/index.html").read_text(encoding="utf-8")
    told = words(plain(tuple(everything(article(html, "/cases/")))))
    assert GIVEN in told
    assert AFTERWARDS in told
    assert "内容からの推定：" in told
