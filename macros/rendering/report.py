"""Macros of the 2012 report."""

from typing import Literal

from ..models.base import PossibilityRef
from .core import Core
from .register import macro


class Reports(Core):
    """`committees`, `pillars`, `activities`, `roads`, `report_models`, `topics`, `possibility`, `hints`."""

    @macro("report.yml", home="report/background", part="committees")
    def committees(self) -> str:
        """Return the bodies of the study."""
        return self.render("topics", topics=self.guide.report.committees)

    @macro("report.yml", home="report/background", part="pillars")
    def pillars(self) -> str:
        """Return the three pillars of the programme."""
        return self.render("plain-list", items=self.guide.report.pillars)

    @macro("report.yml", home="report/review", part="activities")
    def activities(self) -> str:
        """Return the table of activities 2009–2011."""
        return self.render("activities", activities=self.guide.report.activities)

    @macro("report.yml", home="report/review", part="review_items")
    def review_items(self) -> str:
        """Return the items that the review sorted."""
        return self.render("topics", topics=self.guide.report.review_items)

    @macro("report.yml", home="report/results", part="roads")
    def roads(self) -> str:
        """Return the three headings of the road map with the projects carried out."""
        return self.render("roads", roads=self.guide.report.roads)

    @macro("report.yml", home="report/models", part="models")
    def report_models(self) -> str:
        """Return models 1–5 and the studies that took them up."""
        return self.render("report-models", report_models=self.guide.report.models)

    @macro("report.yml", home="report/results", owed=True)
    def topics(self, name: Literal["platform", "accounting"]) -> str:
        """Return the points of `platform` or `accounting`."""
        return self.render("topics", topics=getattr(self.guide.report, name))

    @macro("report.yml", home="report/recommendation-2", owed=True)
    def possibility(self, name: PossibilityRef) -> str:
        """Return one of the possibilities of recommendation 2 with its cases."""
        chosen = next(one for one in self.guide.report.possibilities if one.id == name)
        cards = [self.case(case) for case in chosen.cases]  # type: ignore[attr-defined]
        return self.render("possibility", possibility=chosen, cards=cards)

    @macro("report.yml", home="report/recommendation-3", part="hints")
    def hints(self) -> str:
        """Return the hints of recommendation 3 with their examples."""
        return self.render("hints", hints=self.guide.report.hints)
