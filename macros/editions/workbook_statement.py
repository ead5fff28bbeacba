"""The draft of a public statement, for calculators that reckon a total, with blanks for what they cannot know."""

from collections.abc import Callable, Iterator

from .workbook_words import shown

TONNES = 1000
CREDIT = "クレジットのプロジェクト名：（　）　認証番号・シリアル番号：（　）　無効化日：　　年　　月　　日"
REDUCED = "先にした削減の取り組み：（ここに書く）"


def statement(fields: dict[str, str], result: Callable[[str], str | None], digits: int = 1) -> Iterator[str]:
    """Yield the formulas of the sentences; `fields` are the cells of inputs, `result` gives those of results by id."""
    total = result("total_kg")
    done = next((ref for name in ("offset_kg", "allotted_total_kg", "covered_kg") if (ref := result(name))), None)
    known = f'IF({fields["fiscal_year"]}="","（年度）","（"&{fields["fiscal_year"]}&"）")'
    yield f'IF({fields["title"]}="","（件名）",{fields["title"]})&{known}&"の二酸化炭素の排出量を計算しました。"'
    sets = f'&"係数は「"&{fields["factors"]}&"」を使いました。"' if "factors" in fields else ""
    yield f'"計算の範囲は「"&{fields["boundary"]}&"」で、時期は「"&{fields["stage"]}&"」です。"{sets}'
    if life_cycle := result("lca_kg"):
        said = f'"排出量には、ライフサイクル（LCA）の値が"&{shown(life_cycle, digits)}&" kg-CO2含まれます。"'
        yield f'IF(ISNUMBER({life_cycle}),IF({life_cycle}>0,{said},""),"")'
    yield f'"{REDUCED}"'
    if done:
        yield _offset(total or "", done, fields)
    yield f'"{CREDIT}"'


def _offset(total: str, done: str, fields: dict[str, str]) -> str:
    """Return the sentence on what is offset, a part of the whole or all of it."""
    part = f'IF({total}-{done}>0.000000001,"（一部）","")'
    credit = f'IF({fields["credit_type"]}="","（種類）",{fields["credit_type"]})'
    said = (
        f'"排出量"&{shown(f"({total}/{TONNES})", 3)}&" t-CO2のうち"&{shown(f"({done}/{TONNES})", 3)}&" t-CO2"&{part}'
        f'&"を、クレジット（種類："&{credit}&"）で埋め合わせます。"'
    )
    return f'IF(COUNT({total},{done})=2,{said},"")'
