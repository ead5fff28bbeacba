"""Each macro on one record: facts of its HTML, not its bytes."""

from collections.abc import Callable, Iterator
from inspect import Parameter, signature
from typing import Any

import pytest
from jinja2 import UndefinedError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros import models
from macros.loading.guide import Guide
from macros.models.methods import Column, Entry, Flow, Phase, Step, SubStep
from macros.models.records import CaseMethod, Number, Row, SubTerm, Surveys, TableColumn
from macros.rendering import Renderer

SECTION = ["guide:1-3"]
WITHOUT_ID = {"case_table", "chooser", "glossary", "methods_table"}
# a page may have none of these; test_prose.py sees to it that a page names itself
OF_A_PAGE = {"remarks_of", "today"}

Dom = LexborHTMLParser


def dom(html: str) -> Dom:
    return LexborHTMLParser(html)


def words(node: LexborNode | Dom | None, selector: str = "") -> str:
    """The text of a node, or of the one that a selector finds in it, without white space."""
    found = node.css_first(selector) if node is not None and selector else node
    assert found is not None, selector
    return "".join((found.text() or "").split())


def all_words(node: LexborNode | Dom, selector: str) -> list[str]:
    return [words(found) for found in node.css(selector)]


def spoken(node: LexborNode) -> str:
    """The text of a node as a screen reader gets it: without what is hidden from it."""
    copy = dom(node.html or "")
    for hidden in copy.css("[aria-hidden=true]"):
        hidden.decompose()
    return words(copy.body)


def facts(tree: Dom) -> dict[str, str]:
    """The list of facts as label → text."""
    labels, texts = tree.css("dl.facts > dt"), tree.css("dl.facts > dd")
    return {words(label): words(text) for label, text in zip(labels, texts, strict=True)}


def with_records(guide: Guide, **records: Any) -> Renderer:
    """A Renderer over the guide with some of its lists replaced."""
    return Renderer(guide.model_copy(update=records))


# -- figures ---------------------------------------------------------------------------------


def draw(guide: Guide, kind: str, **parts: Any) -> Dom:
    figure = models.Figure(id="one", kind=kind, title="題", alt="図の言葉", source=SECTION, **parts)
    return dom(with_records(guide, figures=[figure]).figure("one"))


def nodes(*labels: str) -> list[models.Node]:
    return [models.Node(id=f"n{number}", label=label) for number, label in enumerate(labels, 1)]


def arrow(source: str, target: str, label: str = "資金", **more: Any) -> models.Arrow:
    return models.Arrow(source=source, target=target, label=label, **more)


def test_a_figure_has_title_words_and_source(guide: Guide) -> None:
    tree = draw(guide, "steps", items=[models.Item(title="知る")], credit="環境省", note="注")
    figure = tree.css_first("figure#figure-one")
    # a figure with a caption is one by itself
    assert "role" not in figure.attributes
    assert words(tree, f"#{figure.attributes['aria-labelledby']}") == "図題"
    assert all_words(tree, "figcaption p") == [
        "図の言葉",
        "注",
        "出典：概要版1-3（原図の出典：環境省）。このサイトで描き直しました。",
    ]


def test_a_relation_figure_has_one_item_for_each_node_and_each_arrow(guide: Guide) -> None:
    tree = draw(guide, "relation", nodes=nodes("自治体", "住民", "森林"), arrows=[arrow("n1", "n2"), arrow("n3", "n1")])
    assert all_words(tree, ".relation__nodes > li") == ["自治体", "住民", "森林"]
    assert len(tree.css(".relation__arrows > li")) == 2
    assert tree.css_first(".relation").attributes["class"] == "relation nodes-3"


def test_an_arrow_says_from_whom_to_whom_and_through_whom(guide: Guide) -> None:
    through = arrow("n1", "n3", "資金", via="n2", detail="年1回")
    tree = draw(guide, "relation", nodes=nodes("自治体", "仲介者", "森林"), arrows=[through])
    assert spoken(tree.css_first(".arrow")) == "自治体から森林へ資金（仲介者を通す）年1回"


def test_an_arrow_spans_its_nodes_and_knows_its_direction(guide: Guide) -> None:
    tree = draw(
        guide,
        "relation",
        nodes=nodes("自治体", "仲介者", "森林"),
        arrows=[
            arrow("n1", "n3", certainty="stated"),
            arrow("n3", "n2", certainty="stated"),
            arrow("n2", "n1"),
        ],
    )
    assert [item.attributes["class"] for item in tree.css(".relation__arrows > li")] == [
        "arrow from-1 span-3",
        "arrow from-2 span-2 arrow--back",
        "arrow from-1 span-2 arrow--back arrow--inferred",
    ]


@pytest.mark.parametrize(("certainty", "legends"), [("inferred", 1), ("stated", 0)])
def test_the_legend_of_inferred_arrows_stands_only_where_one_is(guide: Guide, certainty: str, legends: int) -> None:
    tree = draw(guide, "relation", nodes=nodes("自治体", "住民"), arrows=[arrow("n1", "n2", certainty=certainty)])
    assert len(tree.css(".fig__legend")) == legends
    assert all("推定" in text for text in all_words(tree, ".fig__legend"))


def test_nodes_of_the_same_label_are_told_apart_by_their_roles(guide: Guide) -> None:
    two = [
        models.Node(id="n1", label="自治体", role="実施する側", holds=["排出量"], does=["購入"]),
        models.Node(id="n2", label="自治体", role="提供する側"),
    ]
    tree = draw(guide, "relation", nodes=two, arrows=[arrow("n1", "n2")])
    assert spoken(tree.css_first(".arrow__ends")) == "自治体（実施する側）から自治体（提供する側）へ"
    assert words(tree, ".node") == "自治体実施する側排出量購入"


def test_every_relation_of_the_guide_has_as_many_nodes_as_the_style_sheet_lays_out(guide: Guide) -> None:
    relations = [figure for figure in guide.figures if figure.kind == "relation"]
    assert {figure.id: len(figure.nodes) for figure in relations if not 2 <= len(figure.nodes) <= 4} == {}


def test_steps_stand_in_order_with_mark_and_texts(guide: Guide) -> None:
    items = [models.Item(mark="①", title="知る", text="量を知る"), models.Item(title="減らす", texts=["節電", "節水"])]
    tree = draw(guide, "steps", items=items)
    assert all_words(tree, "ol.steps > li") == ["①知る量を知る", "減らす節電節水"]
    assert all_words(tree, "ol.steps > li li") == ["節電", "節水"]


def test_groups_stand_around_their_centre(guide: Guide) -> None:
    items = [models.Item(title="地域", texts=["林業", "雇用"]), models.Item(title="住民", text="参加")]
    tree = draw(guide, "groups", centre="効果", items=items)
    assert words(tree, ".groups__centre") == "効果"
    assert all_words(tree, ".groups__list > li") == ["地域林業雇用", "住民参加"]


def test_labels_whose_arrows_are_lost_stand_under_the_nodes(guide: Guide) -> None:
    tree = draw(guide, "labels", nodes=nodes("京都市"), items=[models.Item(mark="①", title="申請", text="毎年")])
    assert all_words(tree, ".labels__nodes > li") == ["京都市"]
    assert all_words(tree, ".labels__list > li") == ["①申請：毎年"]
    assert tree.css(".arrow") == []


def test_the_catalogue_has_every_method_under_its_group(guide: Guide) -> None:
    tree = draw(guide, "catalogue")
    assert all_words(tree, ".catalogue__code") == ["A", "B", "C", "D"]
    links = {words(link): link.attributes["href"] for link in tree.css(".catalogue__group li a")}
    assert links == {f"取組方法{method.code}": f"/methods/{method.id}/" for method in guide.methods}


# -- flow ------------------------------------------------------------------------------------


@pytest.fixture
def flow_of(guide: Guide) -> Callable[[Flow], Dom]:
    """Draw a flow as that of method A1."""

    def draw_flow(flow: Flow) -> Dom:
        changed = [one.model_copy(update={"flow": flow}) if one.id == "a1" else one for one in guide.methods]
        return dom(with_records(guide, methods=changed).method_flow("a1"))

    return draw_flow


def step(name: str, **more: Any) -> Step:
    return Step(id=name, title=more.pop("title", "算定"), substeps=more.pop("substeps", []), **more)


def phase(*steps: Step, duration: str | None = None) -> Phase:
    return Phase(id="before", name="開催前", duration=duration, steps=list(steps))


@pytest.mark.parametrize(
    ("duration", "shown"), [("数か月", "開催前期間数か月"), (None, "開催前期間（原資料に記載なし）")]
)
def test_a_phase_shows_name_and_duration(flow_of: Callable[[Flow], Dom], duration: str | None, shown: str) -> None:
    tree = flow_of(Flow(phases=[phase(step("count"), duration=duration)]))
    group = tree.css_first(".flow__phase")
    assert words(tree, f"#{group.attributes['aria-labelledby']}") == shown


def test_a_step_shows_number_marks_and_papers(flow_of: Callable[[Flow], Dom]) -> None:
    sub = SubStep(mark="①", text="審議", document="計画書", reviewer="委員会", act="登録")
    tree = flow_of(Flow(phases=[phase(step("count", no=2, substeps=[sub], note="注"))], footnotes=["脚注"]))
    assert words(tree, "#step-count") == "（2）算定①審議書類：計画書→委員会：登録注"
    assert words(tree, "figcaption p") == "脚注"


def test_a_step_without_a_number_says_so(flow_of: Callable[[Flow], Dom]) -> None:
    tree = flow_of(Flow(phases=[phase(step("count", certainty="inferred"))]))
    assert words(tree, "#step-count .flow__title") == "番号なし：算定（推定）"


@pytest.fixture
def columns(flow_of: Callable[[Flow], Dom]) -> Dom:
    """A flow of two parties: a step of each, then one of both."""
    both = [
        SubStep(mark="①", text="移転", column="gives"),
        SubStep(mark="○", text="受取", column="takes"),
        SubStep(mark="②", text="公表"),
    ]
    steps = [step("make", column="gives"), step("know", column="takes"), step("swap", substeps=both)]
    parties = [Column(id="gives", label="自治体"), Column(id="takes", label="企業等")]
    return flow_of(Flow(columns=parties, phases=[phase(*steps)]))


def test_the_steps_of_two_parties_stand_in_two_columns(columns: Dom) -> None:
    assert columns.css_first(".flow").attributes["class"] == "flow columns-2"
    assert [item.attributes["class"] for item in columns.css(".flow__step")] == [
        "flow__step in-1",
        "flow__step in-2",
        "flow__step in-both",
    ]


def test_a_step_in_a_column_names_its_party(columns: Dom) -> None:
    assert [words(columns, f"#step-{name} .flow__party") for name in ("make", "know")] == ["自治体", "企業等"]
    assert all_words(columns, ".flow__heads > p") == ["自治体", "企業等"]
    assert columns.css_first(".flow__heads").attributes["aria-hidden"] == "true"


def test_a_step_of_both_names_the_party_of_each_list(columns: Dom) -> None:
    lists = columns.css("#step-swap .flow__substeps")
    assert [one.attributes.get("aria-label") for one in lists] == [None, "自治体", "企業等"]
    assert [words(one) for one in lists] == ["②公表", "自治体①移転", "企業等○受取"]


def test_a_method_that_shares_a_page_of_the_source_shows_the_same_content(guide: Guide) -> None:
    renderer = Renderer(guide)
    assert renderer.method_summary("b2") == renderer.method_summary("b1")
    shared, flow = dom(renderer.method_flow("b1")), dom(renderer.method_flow("b2"))
    assert words(flow, ".fig__title") == "図B2吸収活動によるクレジットの創出：実施の流れ"
    # notes of today belong to one method
    for note in (*shared.css(".today"), *flow.css(".today")):
        note.decompose()
    assert all_words(flow, ".flow__step") == all_words(shared, ".flow__step")


# -- methods ---------------------------------------------------------------------------------


def test_the_head_of_a_method_says_what_the_source_does_not(guide: Guide) -> None:
    method = guide.methods[0].model_copy(update={"cost_bearer": None, "offsets": "排出量", "actors": "職員"})
    others = [one if one.id != method.id else method for one in guide.methods]
    shown = facts(dom(with_records(guide, methods=others).method_head("a1")))
    assert shown["類型"] == "市場流通型"
    assert shown["埋め合わせるもの"] == "排出量"
    assert shown["関わる人や団体など"] == "職員"
    assert shown["費用を負担する人"] == "原資料に記載はありません"
    assert facts(dom(Renderer(guide).method_head("d1")))["類型"] == "原資料に区分の記載はありません"


def test_effects_are_parted_and_inferred_ones_marked(guide: Guide) -> None:
    effects = {"direct_effects": [Entry(text="節減", certainty="inferred")], "ripple_effects": [Entry(text="交流")]}
    methods = [one.model_copy(update=effects) if one.id == "a1" else one for one in guide.methods]
    tree = dom(with_records(guide, methods=methods).method_effects("a1"))
    assert all_words(tree, ".effects > div") == ["〈直接的効果〉節減（推定）", "〈波及効果〉交流"]


def test_the_comparison_has_a_row_for_each_method(guide: Guide) -> None:
    tree = dom(Renderer(guide).methods_table())
    for compared, cells in (("2011年", 7), ("いま", 4)):
        rows = tree.css(f"table[data-compared='{compared}'] tbody tr")
        assert [words(row.css_first("th[scope=row]")) for row in rows] == [
            f"{method.code}{''.join(method.title.split())}" for method in guide.methods
        ]
        assert {len(row.css("td")) for row in rows} == {cells}
    assert words(tree, f"#{tree.css_first('.table').attributes['aria-labelledby']}").startswith("九つの取組方法の比較")


# -- surveys ---------------------------------------------------------------------------------


@pytest.fixture
def surveys(guide: Guide) -> Renderer:
    """A Renderer with one small survey table and three numbers."""
    columns = [
        TableColumn(id="yes", label="実施", note="列の注"),
        TableColumn(id="no", label="未実施"),
        TableColumn(id="unknown", label="不明"),
    ]
    rows = [
        Row(id="first", label="2009年度", values=[1200, 700, 100], total=2000, printed=["実施：1200*"]),
        Row(id="second", label="2010年度", values=[50, 50, 0], total=100),
    ]
    table = models.Table(
        id="small",
        title="推移",
        unit="件",
        total_label="合計",
        columns=columns,
        rows=rows,
        notes=["表の注"],
        document=guide.links[0].id,
        as_of="2012-03",
        certainty="stated",
        source=SECTION,
    )
    numbers = [number("many", 12345, "人"), number("weight", 1600, "t-CO2"), number("half", "半数以上", "割合")]
    return with_records(guide, surveys=Surveys(tables=[table], numbers=numbers))


def number(name: str, value: int | float | str, unit: str) -> Number:
    return Number(id=name, value=value, unit=unit, text="数", as_of="2012-03", certainty="stated", source=SECTION)


@pytest.mark.parametrize(("name", "shown"), [("many", "12,345人"), ("weight", "1,600 t-CO2"), ("half", "半数以上")])
def test_a_number_has_separators_and_its_unit_and_words_stand_alone(surveys: Renderer, name: str, shown: str) -> None:
    assert surveys.number(name) == shown


def test_a_number_named_in_a_text_is_filled_in(guide: Guide) -> None:
    remark = guide.remarks[0].model_copy(update={"text": "量は《weight》です。"})
    lists = guide.surveys.model_copy(update={"numbers": [number("weight", 1600, "t-CO2")]})
    tree = dom(with_records(guide, remarks=[remark], surveys=lists).remark(remark.id))
    assert tree.css("p")[1].text() == "量は1,600 t-CO2です。"


def test_a_survey_table_has_caption_scopes_and_numbers(surveys: Renderer) -> None:
    tree = dom(surveys.survey_table("small"))
    region = tree.css_first("[role=region]")
    assert words(tree, f"caption#{region.attributes['aria-labelledby']}") == "推移（単位：件）"
    assert region.attributes["tabindex"] == "0"
    assert all_words(tree, "thead th[scope=col]") == ["区分", "実施", "未実施", "不明", "合計"]
    assert all_words(tree, "tbody th[scope=row]") == ["2009年度", "2010年度"]
    assert all_words(tree, "td.num") == ["1,200", "700", "100", "2,000", "50", "50", "0", "100"]


def test_a_survey_table_keeps_what_was_printed_and_every_note(surveys: Renderer, guide: Guide) -> None:
    *notes, document = all_words(dom(surveys.survey_table("small")), ".table-notes > li")
    assert notes == ["2009年度の行の、原資料の表記：実施：1200*", "実施：列の注", "表の注"]
    assert document == f"資料：{''.join(guide.links[0].title.split())}（概要版1-3、2012-03時点）"


def test_each_bar_of_a_chart_says_its_values(surveys: Renderer) -> None:
    bars = dom(surveys.survey_chart("small")).css("svg[role=img]")
    assert [bar.attributes["aria-label"] for bar in bars] == [
        "2009年度：実施 1200、未実施 700、不明 100",
        "2010年度：実施 50、未実施 50、不明 0",
    ]


def test_the_segments_of_a_bar_follow_each_other_and_fill_it(surveys: Renderer) -> None:
    first = dom(surveys.survey_chart("small")).css_first("svg[role=img]")
    places = [(part.attributes["x"], part.attributes["width"]) for part in first.css("rect")]
    assert places == [("0.0%", "60.0%"), ("60.0%", "35.0%"), ("95.0%", "5.0%")]


def test_a_segment_too_narrow_for_its_number_has_it_below(surveys: Renderer) -> None:
    first = dom(surveys.survey_chart("small")).css_first("svg[role=img]")
    assert all_words(first, "text") == ["1200", "700", "100"]
    assert all_words(first, "text.seg-text--below") == ["100"]


def test_the_legend_names_every_column(surveys: Renderer) -> None:
    tree = dom(surveys.survey_chart("small"))
    assert all_words(tree, ".chart__legend > li") == ["1実施", "2未実施", "3不明"]


# -- cases -----------------------------------------------------------------------------------


def small_case(**more: Any) -> models.Case:
    values = {"id": "one", "kind": "example", "name": "森の例", "summary": "要約です。", "source": SECTION}
    return models.Case(**(values | more))


def test_a_case_card_has_name_kind_and_facts(guide: Guide) -> None:
    case = small_case(
        no="①",
        type="市場流通型",
        year="2009",
        amount="100円",
        parties=["市", "会社"],
        places=["奥多摩町"],
        facts=["事実"],
        methods=[CaseMethod(ref="a1", relation="stated"), CaseMethod(ref="d2", relation="inferred")],
    )
    tree = dom(with_records(guide, cases=[case]).case("one"))
    assert words(tree, f"h3#{tree.css_first('article').attributes['aria-labelledby']}") == "①森の例"
    assert words(tree, ".case__kind") == "ガイドブックの事例・市場流通型・2009年度"
    shown = facts(tree)
    assert (shown["金額・量"], shown["関わる団体"], shown["場所"]) == ("100円", "市、会社", "奥多摩町")
    assert shown["取組方法"] == (
        "A1会議・イベントでのオフセット（原資料が結び付けている）、D2地域内の仕組みづくり（内容からの推定）"
    )
    assert words(tree, "article > ul") == "事実"
    assert words(tree, ".source--small") == "原資料概要版1-3"


def test_a_case_says_when_the_site_gave_its_name(guide: Guide) -> None:
    named, given = small_case(), small_case(id="two", name_given=True)
    renderer = with_records(guide, cases=[named, given])
    assert "題名はこのサイトで付けました" not in renderer.case("one")
    assert "題名はこのサイトで付けました" in renderer.case("two")


def test_a_case_shows_what_became_of_it(guide: Guide) -> None:
    change = small_change(cases=["one"])
    tree = dom(with_records(guide, cases=[small_case()], changes=[change]).case("one"))
    assert all_words(tree, ".later > p") == [
        "その後",
        "一本化されました。但し書き。",
        "2013年4月から・確度B：二次資料・出典：協会「月報」（2016-03）",
    ]


def test_a_partnership_of_which_nothing_is_known_later_says_so(guide: Guide) -> None:
    renderer = with_records(guide, cases=[small_case(kind="partnership")], changes=[])
    assert words(dom(renderer.case("one")), ".case__later") == "その後：確認できた資料はありません。"


def test_the_list_of_cases_carries_what_the_filter_reads(guide: Guide) -> None:
    tie = CaseMethod(ref="a1", relation="stated")
    case = small_case(places=["港区", "日の出町"], year="2010-07", methods=[tie])
    tree = dom(with_records(guide, cases=[case]).case_table())
    article = tree.css_first("article#one[data-case]")
    held = {name: article.attributes[f"data-{name}"] for name in ("method", "kind", "place", "year")}
    assert held == {"method": "a1", "kind": "example", "place": "港区|日の出町", "year": "2010"}
    assert "hidden" in tree.css_first("form[data-filter]").attributes
    assert all_words(tree, "#filter-place option") == ["すべて", "日の出町", "港区"]
    assert all_words(tree, "#filter-year option") == ["すべて", "2010年"]


def test_every_field_of_the_filter_has_a_label(guide: Guide) -> None:
    tree = dom(Renderer(guide).case_table())
    labelled = {label.attributes["for"] for label in tree.css("label")}
    assert {field.attributes["id"] for field in tree.css("select")} == labelled
    assert len(labelled) == 4


# -- glossary, changes, remarks ---------------------------------------------------------------


def small_term(**more: Any) -> models.Term:
    values = {"id": "one", "term": "無効化", "reading": "むこうか", "kind": "glossary", "source": SECTION}
    return models.Term(**(values | more))


def test_a_term_is_named_where_its_anchor_is(guide: Guide) -> None:
    entry = dom(with_records(guide, glossary=[small_term()]).glossary()).css_first("[data-term]")
    assert (entry.attributes["id"], entry.attributes["data-term"]) == ("one", "one")
    assert entry.attributes["itemtype"] == "https://schema.org/DefinedTerm"
    assert words(entry, "[itemprop=name]") == "無効化"


def test_a_term_shows_reading_english_and_other_names(guide: Guide) -> None:
    term = small_term(english="retirement", aliases=["償却", "取消"], definition="説明。", short="短く")
    tree = dom(with_records(guide, glossary=[term]).glossary())
    assert all_words(tree, ".entry__names > div") == ["よみむこうか", "英語retirement", "別の言い方償却、取消"]
    assert words(tree, ".entry__names [lang=en]") == "retirement"
    assert words(tree, "[itemprop=description]") == "説明。"


def test_a_term_the_sources_do_not_explain_says_so(guide: Guide) -> None:
    tree = dom(with_records(guide, glossary=[small_term()]).glossary())
    assert words(tree, "[itemprop=description]") == "原資料に説明なし。"


def test_a_term_from_a_public_definition_names_it_with_its_grade(guide: Guide) -> None:
    citation = models.SourceCitation(title="用語集", publisher="協会", url="https://example.org/")
    term = small_term(kind="today", source=[], citation=citation, grade="A")
    foot = dom(with_records(guide, glossary=[term]).glossary()).css_first(".entry__foot")
    assert words(foot) == "いまの用語説明の出典：協会「用語集」確度A：発行者の文書"
    assert foot.css_first("a").attributes["rel"] == "external noopener"


def test_a_term_is_found_by_all_its_names(guide: Guide) -> None:
    part = SubTerm(id="methane", term="メタン", symbol="CH4", english="methane")
    term = small_term(english="retirement", aliases=["償却"], sub_items=[part])
    tree = dom(with_records(guide, glossary=[term]).glossary())
    keys = tree.css_first("[data-term]").attributes["data-keys"]
    assert keys == "無効化 むこうか retirement 償却 メタン CH4 methane"
    assert "one-methane" in {node.attributes["id"] for node in tree.css("li[id]")}


def test_the_index_links_the_rows_that_have_terms(guide: Guide) -> None:
    terms = [small_term(), small_term(id="two", term="バウンダリ", reading="ばうんだり")]
    tree = dom(with_records(guide, glossary=terms).glossary())
    assert all_words(tree, ".glossary__row h2") == ["は行", "ま行"]
    assert [link.attributes["href"] for link in tree.css(".kana a")] == ["#row-ha", "#row-ma"]
    assert len(tree.css(".kana__none")) == 8


def small_change(**more: Any) -> models.Change:
    values = {
        "id": "one",
        "topic": "credits",
        "title": "まとまりました",
        "text": "一本化されました。",
        "caution": "但し書き。",
        "date": "2013-04",
        "date_text": "2013年4月から",
        "grade": "B",
        "checked_on": "2026-11-21",
        "review_by": "2027-11-30",
        "sources": [models.SourceCitation(title="月報", publisher="協会", date="2016-03")],
        "pages": ["guide/meaning"],
    }
    return models.Change.model_construct(**(values | more))


def test_a_note_of_today_shows_date_grade_and_source(guide: Guide) -> None:
    note = dom(with_records(guide, changes=[small_change()]).today("guide/meaning")).css_first(".today[role=note]")
    assert all_words(note, "p") == [
        "いままとまりました",
        "一本化されました。",
        "但し書き。",
        "2013年4月から・確度B：二次資料・出典：協会「月報」（2016-03）・確認日2026-11-21",
    ]


def test_a_table_in_a_note_of_today_has_caption_and_scopes(guide: Guide) -> None:
    table = models.ChangeTable(caption="価格（円）", columns=["種類", "額"], rows=[["森林", "100"]])
    tree = dom(with_records(guide, changes=[small_change(table=table)]).today("guide/meaning"))
    assert words(tree, "caption#table-one") == "価格（円）"
    assert all_words(tree, "th[scope=row]") == ["森林"]
    assert all_words(tree, "td") == ["100"]


def test_a_page_of_which_nothing_changed_says_so(guide: Guide) -> None:
    tree = dom(with_records(guide, changes=[]).today("guide/meaning"))
    assert words(tree.body) == "このページに関わる変化で、確かめられたものはありません。"


def test_a_remark_is_a_labelled_note(guide: Guide) -> None:
    remark = guide.remarks[0].model_copy(update={"title": "数が合わない", "text": "原資料のままです。"})
    note = dom(with_records(guide, remarks=[remark]).remark(remark.id)).css_first("[role=note]")
    assert all_words(note, "p") == ["原資料の注記数が合わない", "原資料のままです。"]


# -- chooser ---------------------------------------------------------------------------------


@pytest.fixture
def chooser(guide: Guide) -> Dom:
    every = [method.id for method in guide.methods]
    choices = [
        models.Choice(id="own", label="自分の分", methods=["a1", "a2"]),
        models.Choice(id="open", label="まだ決めていない", methods=every),
    ]
    question = models.Question(id="role", label="立場は？", help="補足", choices=choices)
    return dom(with_records(guide, chooser=[question]).chooser())


def test_a_question_is_a_group_of_labelled_radio_buttons(chooser: Dom) -> None:
    assert words(chooser, "fieldset legend") == "問1立場は？"
    radios = chooser.css("input[type=radio][name=role]")
    labels = [words(chooser, f"label[for={radio.attributes['id']}]") for radio in radios]
    assert labels == ["自分の分", "まだ決めていない"]


def test_each_answer_names_its_methods_without_javascript(chooser: Dom) -> None:
    assert all_words(chooser, ".chooser__methods") == ["合う方法：A1A2", "合う方法：どの方法も残ります"]
    assert [link.attributes["href"] for link in chooser.css(".chooser__methods a")] == ["/methods/a1/", "/methods/a2/"]
    assert "hidden" in chooser.css_first("[data-chooser-result]").attributes


def test_the_result_has_a_card_for_every_method(chooser: Dom, guide: Guide) -> None:
    cards = [card.attributes["data-method"] for card in chooser.css("[data-chooser-result] li")]
    assert cards == [method.id for method in guide.methods]


# -- what holds for every macro ----------------------------------------------------------------

ODD = '<b>&"</b>'


def odd_pieces(guide: Guide) -> Iterator[str]:
    """HTML of records whose texts look like HTML."""
    case = small_case(name=ODD, summary=ODD, places=[ODD], facts=[ODD])
    term = small_term(term=ODD, aliases=[ODD], definition=ODD, short=ODD)
    figure = models.Figure(id="one", kind="relation", title=ODD, alt=ODD, source=SECTION, nodes=nodes(ODD, "甲"))
    changed = small_change(title=ODD, text=ODD)
    renderer = with_records(guide, cases=[case], glossary=[term], figures=[figure], changes=[changed])
    yield from (renderer.case("one"), renderer.case_table(), renderer.glossary(), renderer.figure("one"))
    yield renderer.today("guide/meaning")


def test_data_is_escaped_everywhere(guide: Guide) -> None:
    for html in odd_pieces(guide):
        assert "<b>" not in html
        assert ODD in (dom(html).body.text() or "")


def test_quotes_in_data_do_not_end_an_attribute(guide: Guide) -> None:
    tree = dom(with_records(guide, cases=[small_case(places=[ODD])]).case_table())
    assert tree.css_first("article").attributes["data-place"] == ODD
    assert tree.css("#filter-place option")[1].attributes["value"] == ODD


def test_a_macro_gives_one_block_without_blank_lines(guide: Guide) -> None:
    """Python-Markdown leaves a block of HTML alone only then."""
    renderer = Renderer(guide)
    given = [renderer.macros()[name]() for name in sorted(WITHOUT_ID)]
    given += [renderer.case("kyoto"), renderer.figure("elements"), renderer.method_flow("c1")]
    assert [html[:80] for html in given if "\n\n" in html or html != html.strip() or "\n " in html] == []


def names_needed(macro: Callable[..., str]) -> int:
    """How many ids a macro asks for; `source(*references)` takes one."""
    kinds = [part.kind for part in signature(macro).parameters.values() if part.default is Parameter.empty]
    return sum(kind is not Parameter.KEYWORD_ONLY for kind in kinds)


def accepts_unknown_ids(macro: Callable[..., str]) -> bool:
    try:
        macro(*["no-such-id"] * names_needed(macro))
    except (LookupError, StopIteration, RuntimeError, AttributeError, UndefinedError):
        return False
    return True


def test_an_unknown_id_stops_the_build(guide: Guide) -> None:
    macros = Renderer(guide).macros()
    with_id = {name for name, macro in macros.items() if names_needed(macro)} - OF_A_PAGE
    assert len(with_id) > 20
    assert sorted(name for name in with_id if accepts_unknown_ids(macros[name])) == []
