"""From a built page to the document tree, to Typst, to lines of a figure: small cases of each."""

from pathlib import Path

import pytest
from docx.oxml.ns import qn

from macros.editions import EditionError
from macros.editions.archive import checksums, packed, repacked
from macros.editions.document.book import filled
from macros.editions.document.reading import article
from macros.editions.document.tree import (
    Anchor,
    Block,
    Box,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    links_of,
    places_of,
    plain,
    words,
)
from macros.editions.drawings.measure import fold, width
from macros.editions.imprint import written_date
from macros.editions.pdf.press import pdf, prepare
from macros.editions.pdf.typesetting import Typesetter, label, literal
from macros.editions.shelf import stock, written_size
from macros.editions.word.writer import Writer, contents

PAGE = "/methods/a1/"


def read(html: str) -> list[Block]:
    return list(article(f'<article class="md-content__inner">{html}</article>', PAGE))


def test_words_keep_their_looks_links_and_marks() -> None:
    (paragraph,) = read(
        '<p>減らす<strong>努力</strong>と<span class="term"><a href="../../glossary/#credit">クレジット<span class="term__mark">＊</span>'
        '</a><span class="term__tip">短い説明</span></span>、<a href="../c1/#flow">C1</a><span class="grade">確度 A</span></p>'
    )
    assert isinstance(paragraph, Paragraph)
    assert words(paragraph.runs) == "減らす努力とクレジット＊、C1確度 A"
    assert Run("努力", "strong") in paragraph.runs
    assert Run("クレジット", link="/glossary/#credit", term="credit") in paragraph.runs
    assert links_of([paragraph]) == {"/glossary/#credit", "/methods/c1/#flow"}
    assert paragraph.runs[-1] == Run("確度 A", "small")


def test_a_line_that_ends_in_the_source_parts_latin_words_only() -> None:
    (paragraph,) = read("<p>一行目\n  二行目 CO2\nand more</p>")
    assert words(paragraph.runs) == "一行目二行目 CO2 and more"  # type: ignore[union-attr]


def test_what_is_for_screens_only_is_left_out() -> None:
    found = read(
        '<h2 id="flow">流れ<a class="headerlink" href="#flow">#</a></h2><form><input><button>消す</button></form>'
        '<nav class="kana"><ul><li>あ</li></ul></nav><p hidden>かくれた文</p><dl class="related"><dt class="download">資料</dt>'
        '<dd class="download">未作成</dd></dl>'
    )
    assert found == [Heading(2, (Run("流れ"),), "/methods/a1/#flow")]


def test_headings_of_which_nothing_is_left_go() -> None:
    blocks = tuple(read("<h2>あ</h2><h2>い</h2><h3>う</h3><p>文。</p><h2>え</h2>"))
    assert [words(block.runs) for block in filled(blocks) if isinstance(block, Heading)] == ["い", "う"]


def test_notes_are_boxes_and_lists_nest() -> None:
    note, items = read(
        '<div class="today" role="note"><p class="today__title"><span class="today__label">いま</span>変わりました</p></div>'
        "<ul><li>一<ul><li>二</li></ul></li></ul>"
    )
    assert isinstance(note, Box)
    assert (note.kind, words(plain(note.blocks))) == ("today", "いま｜変わりました")
    assert isinstance(items, Items)
    assert isinstance(items.items[0][1], Items)


def test_the_name_of_a_case_comes_before_its_kind() -> None:
    head, kind = read('<div class="case__head"><p class="case__kind">種類</p><h3 id="x">名前</h3></div>')
    assert isinstance(head, Heading)
    assert kind == Paragraph((Run("種類"),), "kind")


def test_tables_keep_their_heads_and_captions() -> None:
    (grid,) = read(
        "<table><caption>表</caption><thead><tr><th>年</th><th>数</th></tr></thead>"
        "<tbody><tr><th>2011</th><td>32</td></tr></tbody></table>"
    )
    assert isinstance(grid, Grid)
    assert (grid.caption, grid.columns, grid.heads) == ("表", 2, 1)
    assert [cell.head for cell in grid.rows[1]] == [True, False]


def test_a_cell_over_two_rows_is_said_in_both() -> None:
    (grid,) = read(
        '<table><tr><th rowspan="2">電気</th><td>2026</td><td>あ</td></tr><tr><td>2011</td><td>い</td></tr>'
        "<tr><th>ガス</th><td>2026</td><td>う</td></tr></table>"
    )
    assert isinstance(grid, Grid)
    shown = [[words(plain(cell.blocks)) for cell in row] for row in grid.rows]
    assert shown == [["電気", "2026", "あ"], ["電気", "2011", "い"], ["ガス", "2026", "う"]]


FLOW = (
    '<figure class="fig fig--flow" id="figure-c2-flow"><p class="fig__title"><span class="fig__label">図</span>流れ</p>'
    '<div class="flow"><div class="flow__heads"><p>甲</p><p>乙</p></div><div class="flow__phase"><p class="flow__name">'
    '<span>準備</span><span class="flow__duration">期間 数か月</span></p><ol>'
    '<li class="flow__step in-both"><p class="flow__title">（1）組む</p></li>'
    '<li class="flow__step in-2"><p class="flow__title">（2）算定</p></li>'
    '<li class="flow__step in-1"><p class="flow__title">（3）把握</p><ul class="flow__substeps"><li>'
    '<span class="flow__mark">①</span><span>測る</span></li></ul></li></ol></div></div></figure>'
)


def test_a_flow_is_a_table_with_two_parties_side_by_side() -> None:
    grid = next(block for block in read(FLOW) if isinstance(block, Grid))
    shown = [[(words(plain(cell.blocks)), cell.span) for cell in row] for row in grid.rows]
    assert shown[:4] == [
        [("甲", 1), ("乙", 1)],
        [("準備　期間 数か月", 2)],
        [("（1）組む", 2)],
        [("（3）把握①　測る", 1), ("（2）算定", 1)],
    ]


def test_a_figure_is_a_picture_with_its_words() -> None:
    blocks = read(
        '<figure class="fig fig--steps" id="figure-elements"><p class="fig__title"><span class="fig__label">図</span>要素</p>'
        '<figcaption><details class="fig__alt"><summary>読む</summary><p>四つの要素＊</p></details>'
        '<details class="aside"><summary>原資料との対応</summary><p class="small">破線の矢印は推定です。</p>'
        '<p class="small">注です。</p><p class="small">出典：概要版 1-3。</p></details></figcaption></figure>'
    )
    assert blocks == [
        Anchor("/methods/a1/#figure-elements"),
        Picture("elements", "要素", "四つの要素", ((Run("注です。", "small"),),)),
    ]


def test_no_letter_has_a_meaning_of_its_own_in_typst() -> None:
    assert literal('a"b\\c#[x]') == '"a\\"b\\\\c#[x]"'
    assert label("/methods/a1/#flow") == "at:methods.a1:flow"


def test_links_lead_to_places_of_the_document_or_to_the_site_or_nowhere() -> None:
    blocks = [Heading(2, (Run("流れ"),), "/methods/a1/#flow"), Paragraph((Run("見る", link="/methods/a1/#flow"),))]
    assert "#link(<at:methods.a1:flow>)" in Typesetter(places_of(blocks)).blocks(blocks)
    elsewhere = [Paragraph((Run("事例", link="/cases/#kyoto"),))]
    assert Typesetter(set()).blocks(elsewhere) == '#para("")[#"事例";]'
    assert '#link("https://example.jp/cases/#kyoto")' in Typesetter(set(), "https://example.jp/").blocks(elsewhere)


@pytest.mark.parametrize("text", ['#emph[x] *y* _z_ $a$ @b <c> // d \\ " 1. - + =', "＊〈〉《》【】①㎥CO₂"])
def test_any_text_can_be_printed(text: str, tmp_path: Path) -> None:
    markup = '#import "edition.typ": *\n#show: edition.with(title: "試し", date: none)\n'
    folder = prepare(tmp_path / "press", {})
    made = pdf(folder, markup + Typesetter(set()).blocks([Heading(1, (Run("題"),)), Paragraph((Run(text),))]), 0)
    assert made.startswith(b"%PDF-1.7")


def test_what_cannot_be_printed_is_told_by_the_tool_that_refused(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="unknown variable"):
        pdf(prepare(tmp_path / "press", {}), "#no-such-thing", 0)


def test_a_letter_that_the_fonts_lack_is_no_empty_box_but_an_error(tmp_path: Path) -> None:
    markup = '#import "edition.typ": *\n#show: edition.with(title: "試し", date: none)\n= 題\n😀'
    with pytest.raises(EditionError, match="could not be displayed"):
        pdf(prepare(tmp_path / "press", {}), markup, 0)


def test_lines_of_figures_fit_and_begin_with_no_closing_mark() -> None:
    lines = fold("他の場所での排出削減・吸収プロジェクト、（CO2の埋め合わせ）。ほか", 10, 80)
    assert "".join(lines) == "他の場所での排出削減・吸収プロジェクト、（CO2の埋め合わせ）。ほか"
    assert all(line[0] not in "、。）ーェョ" and line[-1] not in "（「" for line in lines)
    assert all(width(line.rstrip("、。）"), 10) <= 90 for line in lines)
    assert len(fold("あ" * 11, 10, 100)[1]) > 3


def test_zips_are_the_same_each_time_and_know_no_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    first = packed({"a.txt": b"1", "b.txt": b"2"}, 1_600_000_000)
    monkeypatch.setenv("TZ", "America/New_York")
    assert packed({"a.txt": b"1", "b.txt": b"2"}, 1_600_000_000) == first
    assert repacked(first, 0) == packed({"a.txt": b"1", "b.txt": b"2"}, 0)


def test_places_for_files_are_filled_when_the_files_are_there(tmp_path: Path) -> None:
    (tmp_path / "downloads" / "methods").mkdir(parents=True)
    (tmp_path / "downloads" / "figures.zip").write_bytes(b"zip")
    offered = '<p class="download" data-download="figures.zip" data-unsearched>まだ</p>'
    missing = '<span class="download" data-download="methods/a1.pdf" data-unsearched>未作成</span>'
    page = tmp_path / "methods" / "a1" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(offered + missing, encoding="utf-8")
    stock(tmp_path, 86400)
    html = page.read_text(encoding="utf-8")
    assert '<a href="../../downloads/figures.zip">figures.zip</a>（zip、1 kB、1970年1月2日）' in html
    assert missing in html
    value = checksums(tmp_path / "downloads")["figures.zip"]
    assert (tmp_path / "downloads" / "SHA256SUMS").read_text() == f"{value}  figures.zip\n"
    assert value in html


def test_sizes_and_dates_as_people_read_them() -> None:
    assert [written_size(size) for size in (10, 182_736, 5_601_023)] == ["1 kB", "183 kB", "5.6 MB"]
    assert written_date(1_795_219_200 + 16 * 3600) == "2026年11月22日"


def test_the_contents_of_a_word_document_are_one_that_readers_update_and_word_does_not_ask() -> None:
    writer = Writer({}, ["a", "b"])
    contents(writer, [(1, "始め", "a"), (2, "終わり", "b")])
    first, last = writer.document.paragraphs[-2:]
    marks = [mark.get(qn("w:fldCharType")) for one in (first, last) for mark in one._p.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    assert [one.text for one in first._p.iter(qn("w:instrText"))] == [' TOC \\o "1-2" \\h \\z \\u ']
    assert last._p[-1].find(qn("w:fldChar")) is not None
    assert [one.text for one in (first, last)] == ["始め", "終わり"]
    assert writer.document.settings.element.find(qn("w:updateFields")) is None
