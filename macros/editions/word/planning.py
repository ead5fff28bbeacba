"""The planning sheets: for each method a Word document to fill in, made from what the method's YAML says."""

from collections.abc import Iterator

from ...models import Change, Figure, Method
from ..document.book import heading
from ..document.tree import Block, Cell, Grid, Paragraph, Run
from ..imprint import Imprint
from .documents import saved, small
from .writer import Writer

EMPTY = "　"
ABOUT = (
    "取組方法{code}の流れにそって、このサイトが作ったひな形です。原資料の様式ではありません。"
    "空いている欄に書き込み、使わない欄は消してください。□は、確かめたら■に変えます。"
)
# what each group works out, and what it hands over or gets
COUNTED = {
    "a": "温室効果ガス排出量",
    "b": "排出削減・吸収量",
    "c": "排出削減・吸収量と、相手が埋め合わせる排出量",
    "d": "埋め合わせる排出量と、それに充てる排出削減・吸収量",
}
CREDITS = {
    "a": (
        "クレジットの種類",
        "調達する量（t-CO₂）",
        "調達先（オフセット・プロバイダーなど）",
        "無効化の日と方法",
        "証書や通し番号の控え",
    ),
    "b": ("クレジットの種類", "見込む発行量（t-CO₂）", "確認・検証をする機関", "提供する相手", "提供したあとの管理"),
    "c": (
        "やり取りする排出削減・吸収価値",
        "量（t-CO₂）",
        "相手",
        "証書の発行と帰属先",
        "提供した分を自らの成果としない確認",
    ),
    "d": ("使うクレジット・排出削減・吸収価値", "量（t-CO₂）", "確保する先", "無効化・証書の扱い", "口座や量の管理"),
}


def sheet(method: Method, figure: Figure | None, changes: list[Change], group_title: str, imprint: Imprint) -> bytes:
    """Return the planning sheet of a method; `method` carries the parts it shares with another."""
    writer = Writer({}, (), imprint.site)
    title = f"カーボン・オフセット企画書（ひな形）：{method.code} {method.title}"
    writer.paragraph(writer.document, (Run(title),), "Heading 1")
    parts = [*opening(method, group_title), *middle(method), *schedule(method), *closing(method, figure, changes)]
    writer.blocks(writer.document, tuple(parts))
    writer.blocks(
        writer.document, (small(f"出典：取組方法{method.code}のページ（{imprint.edition()}）。{imprint.address()}"),)
    )
    return saved(writer, title, imprint)


def opening(method: Method, group_title: str) -> Iterator[Block]:
    """Yield what the plan is about, its purpose and its boundary."""
    yield small(ABOUT.format(code=method.code))
    yield heading("1 基本のこと", 2)
    names = ("件名", "担当の部署・担当者", "作成日・版")
    known = (
        ("取組方法", f"{method.code} {method.title}（{group_title}）"),
        ("埋め合わせるもの", clean(method.offsets)),
        ("関わる人や団体など", clean(method.actors)),
    )
    yield filled([*((name, EMPTY) for name in names), *known])
    yield heading("2 目的", 2)
    yield form(("この取り組みで実現したいこと",), 1)
    yield small("見込まれる効果（当てはまるものを残します）")
    yield from boxes([entry.text for entry in (*method.direct_effects, *method.ripple_effects)])
    yield heading("3 対象とする範囲（バウンダリ）", 2)
    yield filled([("期間", EMPTY), ("場所・施設", EMPTY)])
    yield form(("含める活動", "含めない活動", "その理由"), 3)


def middle(method: Method) -> Iterator[Block]:
    """Yield reduction, calculation and credits."""
    yield heading("4 減らす取り組み", 2)
    yield small("埋め合わせの前に、減らす努力をします。")
    yield form(("取り組み", "担当", "いつ", "見込む量（kg-CO₂）"), 4)
    yield heading("5 算定", 2)
    yield filled([("求めるもの", COUNTED[method.group])])
    yield form(("活動", "活動量と単位", "排出係数と出典", "事前（kg-CO₂）", "事後（kg-CO₂）"), 5)
    yield small("係数は、出典と年度を書き、事前と事後で同じものを使います。")
    yield heading("6 クレジットなど", 2)
    yield filled([(name, EMPTY) for name in CREDITS[method.group]])


def schedule(method: Method) -> Iterator[Block]:
    """Yield the method's own phases and steps as a table to fill in."""
    yield heading("7 手順と日程", 2)
    if not method.flow:
        yield small("概要版に、この方法の実施の流れの図はありません。手順は自分で書きます。")
        yield form(("手順", "担当", "いつまで", "済"), 6)
        return
    rows = [head_row("手順（概要版の流れ）", "担当", "いつまで", "済")]
    columns = {column.id: column.label for column in method.flow.columns}
    for phase in method.flow.phases:
        told = f"{phase.name}（期間 {phase.duration or '原資料に記載なし'}）"
        rows.append((Cell((label(told),), head=True, span=4),))
        for step in phase.steps:
            who = f"［{columns[step.column]}］" if step.column else ""
            mark = f"（{step.no}）" if step.no else ""
            subs = tuple(text(f"{sub.mark} {sub.text}") for sub in step.substeps)
            rows.append((Cell((label(f"{mark}{clean(step.title)}{who}"), *subs)), blank(), blank(), Cell((text("□"),))))
    yield Grid(tuple(rows), 4, 1, shares=(11, 3, 3, 1.2))


def closing(method: Method, figure: Figure | None, changes: list[Change]) -> Iterator[Block]:
    """Yield roles, cost, publication, what to mind and what changed."""
    yield heading("8 役割分担", 2)
    nodes = figure.nodes if figure else []
    yield form(
        ("人や団体など", "受け持つこと", "担当者・連絡先"), 2, [[one.label, one.role or EMPTY, EMPTY] for one in nodes]
    )
    yield heading("9 費用", 2)
    bearer = clean(method.cost_bearer.text) if method.cost_bearer else "原資料に記載はありません"
    yield filled([("費用を負担する人（概要版）", bearer)])
    yield form(("費目", "金額（円）", "負担する人", "財源・科目"), 4)
    yield heading("10 情報の提供・公開", 2)
    yield form(("いつ", "だれに", "伝えること（範囲・排出量・減らした量・埋め合わせた量と方法）", "方法"), 3)
    yield heading("11 確かめること", 2)
    yield from boxes(
        [*checks(method), *(f"いまの情報：{one.title}（{one.date_text}、確認日 {one.checked_on}）" for one in changes)]
    )


def checks(method: Method) -> Iterator[str]:
    """Yield the points of the method that a plan should settle."""
    for entry in method.notes:
        yield entry.text + "".join(f"／{item}" for item in entry.items)
    for block in (method.selection, method.information_role, method.opportunities, method.things_to_settle):
        for entry in block.items if block else []:
            yield f"{block.label}：{entry.text}"  # type: ignore[union-attr]


def clean(words: str) -> str:
    """Return a text without the marks of terms."""
    return words.replace("＊", "")


def text(words: str) -> Paragraph:
    """Return a plain paragraph."""
    return Paragraph((Run(clean(words)),))


def label(words: str) -> Paragraph:
    """Return a bold paragraph."""
    return Paragraph((Run(clean(words), "strong"),))


def blank() -> Cell:
    """Return an empty cell."""
    return Cell((text(EMPTY),))


def boxes(lines: list[str]) -> Iterator[Paragraph]:
    """Yield things to tick off."""
    yield from (text(f"□ {line}") for line in lines)


def head_row(*names: str) -> tuple[Cell, ...]:
    """Return the head of a table."""
    return tuple(Cell((label(name),), head=True) for name in names)


def filled(pairs: list[tuple[str, str]]) -> Grid:
    """Return names with what is known, or room to write."""
    return Grid(tuple((Cell((label(name),), head=True), Cell((text(said),))) for name, said in pairs), 2, facts=True)


def form(names: tuple[str, ...], empty: int, given: list[list[str]] | None = None) -> Grid:
    """Return a table with given rows and some to fill in."""
    known = [tuple(Cell((text(one),)) for one in row) for row in given or []]
    return Grid((head_row(*names), *known, *[tuple(blank() for _ in names)] * empty), len(names), 1)
