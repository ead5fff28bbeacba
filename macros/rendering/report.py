"""Macros of the 2012 report."""

from .core import Core


class Reports(Core):
    """`committees`, `pillars`, `activities`, `roads`, `report_models`, `topics`, `possibility`, `hints`."""

    def committees(self) -> str:
        """Return the bodies of the study."""
        return self.render("topics", topics=self.guide.report.committees)

    def pillars(self) -> str:
        """Return the three pillars of the programme."""
        return self.render("plain-list", items=self.guide.report.pillars)

    def activities(self) -> str:
        """Return the table of activities 2009–2011."""
        return self.render("activities", activities=self.guide.report.activities)

    def review_items(self) -> str:
        """Return the items that the review sorted."""
        return self.render("topics", topics=self.guide.report.review_items)

    def roads(self) -> str:
        """Return the three headings of the road map with the projects carried out."""
        return self.render("roads", roads=self.guide.report.roads)

    def report_models(self) -> str:
        """Return models 1–5 and the studies that took them up."""
        return self.render("report-models", report_models=self.guide.report.models)

    def topics(self, name: str) -> str:
        """Return the points of `platform` or `accounting`."""
        return self.render("topics", topics=getattr(self.guide.report, name))

    def possibility(self, name: str) -> str:
        """Return one of the possibilities of recommendation 2 with its cases."""
        chosen = next(one for one in self.guide.report.possibilities if one.id == name)
        cards = [self.case(case) for case in chosen.cases]  # type: ignore[attr-defined]
        return self.render("possibility", possibility=chosen, cards=cards)

    def hints(self) -> str:
        """Return the hints of recommendation 3 with their examples."""
        return self.render("hints", hints=self.guide.report.hints)
