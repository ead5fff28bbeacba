"""All figures of the guide as SVG: those of data/figures, the flows of the methods, the charts of surveys."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...models import Figure, Method, Table
from ...models.marks import NUMBER
from ...rendering import Renderer
from .chart_layout import chart
from .drawing import SOFT, WIDTH, Canvas, Words
from .flow_layout import NO_DURATION, flow
from .layouts import KINDS, catalogue

REDRAWN = "このサイトで描き直しました。"


@dataclass(frozen=True)
class Drawing:
    """A figure as a file: its name without ending, title, words for who cannot see it, and the SVG."""

    name: str
    title: str
    alt: str
    svg: str


class Artist:
    """Draws the figures of a guide."""

    def __init__(self, renderer: Renderer) -> None:
        self.renderer = renderer
        self.guide = renderer.guide

    def all(self) -> list[Drawing]:
        """Return every figure, in the order of their names."""
        figures = [self.figure(one) for one in self.guide.figures]
        flows = [self.flow(one) for one in self.guide.methods if one.flow]
        charts = [self.chart(one) for one in self.guide.surveys.tables if one.id in self._charts()]
        return sorted([*figures, *flows, *charts], key=lambda drawing: drawing.name)

    def clean(self, text: str) -> str:
        """Return a text without the marks of terms, with its numbers in place."""
        return NUMBER.sub(lambda found: self.renderer.number(found.group(1)), text).replace("＊", "")

    def figure(self, figure: Figure) -> Drawing:
        """Draw a figure of data/figures."""
        canvas = Canvas()
        if figure.kind == "catalogue":
            catalogue(canvas, self.clean, list(self._groups()))
        else:
            KINDS[figure.kind](canvas, figure, self.clean)
        credit = f"（原図の出典：{figure.credit}）" if figure.credit else ""
        self._foot(canvas, f"出典：{self._labels(figure.source)}{credit}。{REDRAWN}")
        return self._done(canvas, figure.id, figure.title, figure.alt)

    def flow(self, method: Method) -> Drawing:
        """Draw the flow of a method."""
        canvas = Canvas()
        flow(canvas, method.flow, self.clean)  # type: ignore[arg-type]
        self._foot(canvas, f"出典：{self._labels(method.source)}。{REDRAWN}")
        title = f"{method.code} {method.title}：実施の流れ"
        return self._done(canvas, f"{method.id}-flow", title, flow_in_words(method))

    def chart(self, table: Table) -> Drawing:
        """Draw the bars of a survey table."""
        canvas = Canvas()
        chart(canvas, table, self.clean)
        self._foot(
            canvas, f"数値の出典：{self._labels(table.source)}。このサイトで描いたグラフで、原資料にはありません。"
        )
        return self._done(canvas, f"chart-{table.id}", f"{table.title}（{table.unit}）", table_in_words(table))

    def _charts(self) -> set[str]:
        """Return the tables whose rows add up to a whole in several parts."""
        return {table.id for table in self.guide.surveys.tables if len(table.columns) > 2 and not table.total_label}

    def _groups(self) -> Iterator[tuple]:
        for group in self.guide.groups:
            yield group, [method for method in self.guide.methods if method.group == group.id]

    def _labels(self, references: list[str]) -> str:
        return "、".join(label for label, _ in self.renderer._sources(references))

    def _foot(self, canvas: Canvas, source: str) -> None:
        canvas.y = canvas.write([Words(source, 11, colour=SOFT)], 0, canvas.y + 8, WIDTH)

    def _done(self, canvas: Canvas, name: str, title: str, alt: str) -> Drawing:
        title, alt = self.clean(title), self.clean(alt)
        return Drawing(name, title, alt, headed(canvas, title).svg(title, alt))


def headed(canvas: Canvas, title: str) -> Canvas:
    """Return a figure with its title above it."""
    above = Canvas()
    above.y = above.write([Words(title, 16, bold=True)], 0, 0, WIDTH) + 10
    moved = f'<g transform="translate(0 {above.y:.1f})">'
    return Canvas(above.y + canvas.y, [*above.parts, moved, *canvas.parts, "</g>"])


def flow_in_words(method: Method) -> str:
    """Return a flow as sentences."""
    told = []
    for phase in method.flow.phases if method.flow else []:
        steps = "、".join((f"（{step.no}）" if step.no else "") + step.title for step in phase.steps)
        told.append(f"{phase.name}（期間 {phase.duration or NO_DURATION.strip('（）')}）：{steps}。")
    return "実施の流れの図です。" + "".join(told)


def table_in_words(table: Table) -> str:
    """Return the rows of a table as sentences."""
    names = [column.label for column in table.columns]
    rows = ("、".join(f"{name} {value}" for name, value in zip(names, row.values, strict=True)) for row in table.rows)
    return "".join(f"{row.label}：{told}。" for row, told in zip(table.rows, rows, strict=True))
