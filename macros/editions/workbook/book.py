"""`calculators.xlsx`: every calculator as a sheet with live formulas, made from the same definitions as the pages."""

from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ...calculators import Catalogue
from ...models.factors import FactorSets
from ..archive import repacked
from ..imprint import SITE_NAME, Imprint
from .factors import NAME as FACTORS
from .factors import FactorSheet
from .helpers import ABOUT, HelperSheet
from .helpers import NAME as HELPERS
from .sheet import CalculatorSheet
from .style import LINE, Style, height, paper

FRONT = "はじめに"
WIDTHS = (4, 34, 70)
TITLE = "カーボン・オフセット計算器（Excel版）"


def workbook(catalogue: Catalogue, imprint: Imprint) -> bytes:
    """Return the workbook, the same each time."""
    made = BytesIO()
    book = Workbook(
        made, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    )
    book.set_properties(_properties(imprint))
    style, footer = Style(book), f"{TITLE}　{imprint.edition()}"
    front = book.add_worksheet(FRONT)
    sheets = [CalculatorSheet(book, style, catalogue, one, footer) for one in catalogue.calculators.values()]
    helpers = HelperSheet(book, style, catalogue, footer)
    factors = FactorSheet(book.add_worksheet(FACTORS), style, catalogue, footer)
    for sheet in sheets:
        sheet.write(book.add_worksheet(f"{sheet.calculator.short}の計算"), factors.cells)
    helpers.write(book.add_worksheet(f"{HELPERS}の計算"), factors.cells)
    _front(front, style, catalogue, imprint, footer)
    book.close()
    return repacked(made.getvalue(), imprint.epoch)


def _properties(imprint: Imprint) -> dict[str, object]:
    return {
        "title": TITLE,
        "subject": "自治体のためのカーボン・オフセット",
        "author": SITE_NAME,
        "keywords": "カーボン・オフセット、自治体、排出量、クレジット",
        "comments": f"{imprint.edition()}。CC BY 4.0（式とデータ）。マクロと外部リンクはありません。",
        "created": datetime.fromtimestamp(imprint.epoch, UTC).replace(tzinfo=None),
    }


def _version(catalogue: Catalogue) -> str:
    return max(str(value.retrieved_on) for factor in catalogue.factors.values() for value in factor.values)


def _front(sheet: Worksheet, style: Style, catalogue: Catalogue, imprint: Imprint, footer: str) -> None:
    """Write the first sheet: what this is, how to use it, the sheets, the origin."""
    sheet.set_default_row(LINE)
    for column, wide in enumerate(WIDTHS):
        sheet.set_column(column, column, wide)
    sheet.write_string(0, 0, TITLE, style["title"])
    row = _list(
        sheet,
        style,
        1,
        "",
        ["計算器を、Excelなどの表計算ソフトで使えるようにしたものです。サイトの計算器と同じ式と係数から作っています。"],
    )
    row = _list(sheet, style, row, "使い方", HOW)
    row = _marks(sheet, style, row)
    row = _contents(sheet, style, row, catalogue)
    row = _list(sheet, style, row, f"係数の{len(catalogue.sets.sets)}つの版", _sets(catalogue.sets))
    row = _list(sheet, style, row, "この表計算について", about(catalogue, imprint))
    paper(sheet, footer, across=False)
    sheet.freeze_panes(1, 0)


HOW = [
    "下の一覧から計算器を選びます。",
    "▷ の付いた太枠（黄色）の欄に、数を入れるか、右の▼から選びます。はじめから値の入っている欄は、そのままでも計算できます。",
    "量が分からず、台数や時間などが分かるときは、「活動量」のシートで量を出し、計算器の欄に写します。",
    "数は半角の数字で入れます。空欄は「入力なし」で、0とは別に扱います。",
    "入れられない値や、足りない欄があると、その欄の右に ▲ の付いた説明が出て、関わる結果は空欄になります。",
    "式の入った欄は、誤って消さないように保護しています。「校閲」の「シート保護の解除」で外せます（パスワードはありません）。",
    "途中の計算は、隠してあるシート（名前が「の計算」で終わるもの）にあります。シートの見出しを右クリックし「再表示」で見られます。",
]
MARKS = [
    ("entry", "▷　太枠・黄色", "値を入れる欄、選ぶ欄"),
    ("cell", "＝　細枠", "計算で出る値（表示のけたで四捨五入しています）"),
    ("head", "◎　太字", "主な結果"),
    ("told", "▲", "確かめが要る欄の説明"),
]


def _heading(sheet: Worksheet, style: Style, row: int, text: str) -> int:
    sheet.merge_range(row, 0, row, len(WIDTHS) - 1, text, style["heading"])
    return row + 1


def _list(sheet: Worksheet, style: Style, row: int, title: str, texts: list[str]) -> int:
    """Write a heading and texts; return the row below, with one left free."""
    row = _heading(sheet, style, row, title) if title else row
    for i, text in enumerate(texts):
        sheet.write_string(row, 0, f"{i + 1}." if title == "使い方" else "・" if title else "", style["text"])
        sheet.merge_range(row, 1, row, 2, text, style["text"])
        sheet.set_row(row, height(text, sum(WIDTHS[1:])))
        row += 1
    return row + 1


def _marks(sheet: Worksheet, style: Style, row: int) -> int:
    row = _heading(sheet, style, row, "印の意味")
    for name, mark, meaning in MARKS:
        # shown as they look on the sheets, but not to be filled in here
        sheet.write_string(row, 1, mark, style["sample"] if name == "entry" else style[name])
        sheet.write_string(row, 2, meaning, style["text"])
        row += 1
    return row + 1


def _contents(sheet: Worksheet, style: Style, row: int, catalogue: Catalogue) -> int:
    row = _heading(sheet, style, row, "シートの一覧")
    for one in catalogue.calculators.values():
        sheet.write_url(row, 1, f"internal:'{one.short}'!A1", style["link"], one.short)
        sheet.write_string(row, 2, one.lead, style["text"])
        sheet.set_row(row, height(one.lead, WIDTHS[2]))
        row += 1
    others = {HELPERS: ABOUT, FACTORS: "計算に使う係数・価格・平均と、その出典、確かさ、見直す日です。"}
    for name, text in others.items():
        sheet.write_url(row, 1, f"internal:'{name}'!A1", style["link"], name)
        sheet.write_string(row, 2, text, style["text"])
        sheet.set_row(row, height(text, WIDTHS[2]))
        row += 1
    return row + 1


def _sets(sets: FactorSets) -> list[str]:
    """Return what the first sheet says of the sets of factors."""
    today, then = sets.current, sets.past
    names = "、".join(one.title for one in sets.offered if one is not then)
    other = f"{then.title}（それを選んだときは{today.title}）の係数" if sets.others else "選ばなかった版"
    return [
        f"「使う係数」で、{names}と、{then.title}の係数を切り替えられます。「もう一方の係数」の列に、{other}で計算した値が並びます。",
        f"{today.short}は、これからの計算に使います。{then.short}版は、ガイドブックを読むときの参考です。",
    ]


def about(catalogue: Catalogue, imprint: Imprint) -> list[str]:
    """Return what the first sheet says of the origin and the rights."""
    site = [f"もとのサイト：{imprint.site}"] if imprint.site else []
    return [
        f"出典：{imprint.edition()}",
        f"係数の確認日：{_version(catalogue)}（1つずつの出典と見直す日は「{FACTORS}」のシート）",
        *site,
        "2011年・2012年の原資料の発行者が作ったものではなく、承認や監修を受けたものでもありません。",
        "最大値、はじめから入っている値は仮の値です。",
        "文・データ・式は CC BY 4.0 で使えます。出典の行を残してください。係数の権利と利用条件は、それぞれの出典によります。",
        "マクロと、ほかのファイルへのリンクはありません。入れた値は、このファイルの中だけにあります。",
    ]
