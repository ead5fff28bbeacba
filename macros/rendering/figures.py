"""Macros that draw figures and charts from YAML as HTML and SVG with real text."""

from typing import Any

from markupsafe import Markup

from ..models import Arrow, Figure, Node, Table
from ..models.base import FigureRef, TableRef
from .core import Core
from .register import macro

# a segment narrower than this cannot hold its number at 375 px
NARROWEST_LABEL = 6.0


class Figures(Core):
    """`figure`, `survey_table`, `survey_chart`."""

    @macro("figures/{}.yml", owed=True)
    def figure(self, name: FigureRef) -> str:
        """Return a figure of data/figures as HTML; raises KeyError for an unknown id."""
        figure = self.figures_by_id[name]
        return self.render(f"figure-{figure.kind}", figure=figure, arrows=[_place(figure, a) for a in figure.arrows])

    def figure_markup(self, name: str) -> Markup:
        return Markup(self.figure(name))

    @macro("surveys.yml", home="report/surveys", part="numbers")
    def numbers(self) -> str:
        """Return all numbers of surveys.yml with what they count, date, certainty and source."""
        return self.render("numbers", show=self.number)

    @macro("surveys.yml", owed=True)
    def survey_table(self, name: TableRef) -> str:
        """Return a survey table with caption, scopes, notes and source."""
        return self.render("survey-table", table=self._table(name))

    @macro("surveys.yml")
    def survey_chart(self, name: TableRef) -> str:
        """Return a stacked bar chart of a survey table as inline SVG; its table is shown beside it."""
        table = self._table(name)
        return self.render("survey-chart", table=table, bars=[_bar(row) for row in table.rows])

    def _table(self, name: str) -> Table:
        return next(table for table in self.guide.surveys.tables if table.id == name)


def _place(figure: Figure, arrow: Arrow) -> dict[str, Any]:
    """Return an arrow with the columns (from 1) it spans and its direction."""
    order = [node.id for node in figure.nodes]
    labels = {node.id: _name(figure, node) for node in figure.nodes}
    start, end = order.index(arrow.source) + 1, order.index(arrow.target) + 1
    return {
        "arrow": arrow,
        "left": min(start, end),
        "right": max(start, end),
        "span": abs(start - end) + 1,
        "backwards": end < start,
        "source": labels[arrow.source],
        "target": labels[arrow.target],
        "via": labels[arrow.via] if arrow.via else None,
    }


def _name(figure: Figure, node: Node) -> str:
    """Return the label of a node, with its role where another node has the same label."""
    alike = [other for other in figure.nodes if other.label == node.label]
    return f"{node.label}（{node.role}）" if len(alike) > 1 and node.role else node.label


def _bar(row: Any) -> dict[str, Any]:
    """Return the segments of a bar in percent of its sum."""
    total, start, segments = sum(row.values), 0.0, []
    for number, value in enumerate(row.values, 1):
        width = 100 * value / total
        segments.append(
            {
                "number": number,
                "value": value,
                "x": round(start, 3),
                "width": round(width, 3),
                "middle": round(start + width / 2, 3),
                "fits": width >= NARROWEST_LABEL,
            }
        )
        start += width
    return {"row": row, "total": total, "segments": segments}
