"""The mark ＊ becomes a link: the first time in each section, never inside a link or heading."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.markdown.marks import Marker, relative
from macros.models.marks import Entry, UnknownTerm, name_before, unknown_marks

NAMES = {
    "クレジット": Entry("credit", "取引される削減量"),
    "京都メカニズムクレジット": Entry("kyoto-credit", "議定書のクレジット"),
    "証書": Entry("certificate", None),
}


def marked(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(Marker(NAMES, "../").page(html))


def test_a_marked_term_links_to_its_entry_and_carries_its_definition() -> None:
    tree = marked("<p>まずクレジット＊を選ぶ。</p>")
    link = tree.css_first("a")
    assert link.attributes["href"] == "../glossary/#credit"
    assert tree.css_first(f"#{link.attributes['aria-describedby']}").text() == "取引される削減量"
    assert link.css_first("[aria-hidden=true]").text() == "＊"


def test_the_longest_name_before_the_mark_wins() -> None:
    assert marked("<p>京都メカニズムクレジット＊</p>").css_first("a").attributes["href"].endswith("#kyoto-credit")


def test_only_the_first_mark_of_a_section_is_a_link() -> None:
    tree = marked("<p>クレジット＊とクレジット＊</p><h2>次</h2><p>クレジット＊</p>")
    assert len(tree.css("a")) == 2
    assert tree.body.text(separator="").count("＊") == 2


@pytest.mark.parametrize("around", ["<h2>{}</h2>", '<p><a href="x">{}</a></p>', "<p><code>{}</code></p>"])
def test_no_link_inside_headings_links_and_code(around: str) -> None:
    tree = marked(around.format("クレジット＊"))
    assert tree.css(".term") == []
    assert "クレジット" in tree.body.text()


def test_a_term_without_a_definition_has_no_tip() -> None:
    tree = marked("<p>証書＊</p>")
    assert tree.css("[role=tooltip]") == []
    assert "aria-describedby" not in tree.css_first("a").attributes


def test_definitions_are_escaped() -> None:
    tip = Marker({"語": Entry("x", "<script>alert(1)</script>")}, "./").page("<p>語＊</p>")
    assert "<script>" not in tip


def test_an_unknown_term_stops_the_build() -> None:
    with pytest.raises(UnknownTerm):
        name_before("ここは知らない語", NAMES)
    assert unknown_marks("クレジット＊と知らない語＊", NAMES) == ["と知らない語"]


def test_addresses_from_the_root_start_at_the_page() -> None:
    assert relative('<a href="/glossary/#x">', "../../") == '<a href="../../glossary/#x">'
    assert relative('<a href="//other.example/">', "../") == '<a href="//other.example/">'
