"""What a browser prints by Ctrl+P says where it is from, wastes no sheet, and leaves nothing folded."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.pages import read_pages


def test_paper_says_whose_page_it_is_where_it_stands_and_when_it_was_printed(page: Page) -> None:
    page.goto("/methods/a1/#flow")
    line = page.locator(".on-paper")
    assert not line.is_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(line).to_be_visible()
    told = line.text_content() or ""
    assert told.startswith("カーボン・オフセットガイドブック オンライン　http")
    assert "/methods/a1/　印刷日 " in told
    assert re.search(r"印刷日 20\d\d年\d+月\d+日$", told)


def test_a_published_page_has_its_address_on_paper_without_javascript(public_site: Path) -> None:
    page = read_pages(public_site)["/methods/a1/"]
    assert page.tree.css_first(".on-paper [data-address]").text() == "https://example.jp/offset/methods/a1/"


def test_the_pdf_of_a_method_is_offered_first(site: Path) -> None:
    facts = read_pages(site)["/methods/a1/"].article.css_first(".method-head dl")
    assert facts.css_first("dt").text() == "この方法のPDF・Word"
    # a site without editions names the file only
    offered = facts.css_first("dd [data-download], dd a").attributes
    assert (offered.get("data-download") or offered["href"]).endswith("methods/a1.pdf")


@pytest.mark.parametrize("address", ["/calculators/event/", "/methods/a1/"])
def test_no_sheet_but_the_last_is_nearly_empty(page: Page, address: str) -> None:
    page.goto(address)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    letters = [len(re.sub(r"\s", "", sheet.extract_text())) for sheet in sheets]
    assert len(sheets) <= 13
    assert min(letters[:-1]) > 150, letters


def test_a_name_in_a_row_has_room_to_be_read(new_page: Callable[..., Page]) -> None:
    page = new_page(375)
    for address in ("/calculators/office/", "/embed/office/"):
        page.goto(address)
        page.locator("[data-do=add]").click()
        box = page.locator("[name=facility]").bounding_box()
        letter = page.locator("[name=facility]").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
        assert box
        assert box["width"] >= 10 * letter, address


def test_what_is_folded_prints_without_javascript_too(new_page: Callable[..., Page]) -> None:
    page = new_page(javascript=False)
    for address, place in (("/calculators/event/", "[data-worksheet] table"), ("/guide/mechanism/", ".fig__alt p")):
        page.goto(address)
        part = page.locator(place).first
        assert not part.is_visible()
        page.emulate_media(media="print")
        assert part.is_visible(), address
        page.emulate_media(media="screen")
