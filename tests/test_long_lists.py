"""Long lists open short: titles that unfold, in reach of links, search, paper and readers without scripts."""

import io
import re
import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

NewPage = Callable[..., Page]
# id of the list, a record in it, words that stand in its text only
LISTS = [
    pytest.param("glossary", "boundary", "どの範囲の行為や活動から出る排出量", id="glossary"),
    pytest.param("cases", "kyoto", "イクレイ日本", id="cases"),
]
SHORT = 11_000  # px on a phone; whole, they are 45,000 and 27,000


@pytest.mark.parametrize(("place", "record", "words"), LISTS)
def test_a_list_opens_short_and_a_link_opens_its_record(new_page: NewPage, place: str, record: str, words: str) -> None:
    page = new_page(375, 800)
    page.goto(f"/{place}/")
    text = page.locator(f"#{record}").get_by_text(words).first
    assert page.evaluate("document.documentElement.scrollHeight") < SHORT
    expect(text).to_be_hidden()
    page.goto(f"/{place}/#{record}")
    expect(text).to_be_visible()
    expect(page.locator(f"#{record} h3")).to_be_in_viewport()


@pytest.mark.parametrize(("place", "record", "words"), LISTS)
def test_a_list_unfolds_and_prints_without_scripts(new_page: NewPage, place: str, record: str, words: str) -> None:
    page = new_page(javascript=False)
    page.goto(f"/{place}/")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    paper = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))
    assert words in re.sub(r"\s", "", paper)
    page.locator(f"#{record} summary").first.click()
    expect(page.locator(f"#{record}").get_by_text(words).first).to_be_visible()


def test_a_term_that_was_found_says_what_it_means_until_the_question_is_gone(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/glossary/")
    meaning = page.locator("#boundary [itemprop=description]")
    page.fill("#glossary-search", "バウンダリ")
    expect(meaning).to_be_visible()
    page.fill("#glossary-search", "")
    expect(page.locator("#boundary h3")).to_be_visible()
    expect(meaning).to_be_hidden()
