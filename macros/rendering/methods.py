"""Macros of the method pages, the comparison and the chooser."""

from typing import Any

from ..models import Method
from .cases import case_order
from .core import Core

SHARED = ("summary", "direct_effects", "ripple_effects", "notes", "relations", "flow", "cost_bearer")


class Methods(Core):
    """`method_*`, `methods_table`, `method_cards`, `chooser`."""

    def content(self, name: str) -> Method:
        """Return a method, with the shared parts of the method it points to by `same_as`."""
        method = self.methods_by_id[name]
        if method.same_as is None:
            return method
        shared = self.methods_by_id[method.same_as]
        return method.model_copy(update={field: getattr(shared, field) for field in SHARED})

    def method_head(self, name: str) -> str:
        """Return group, type, overview and who does what."""
        method = self.content(name)
        return self.render("method-head", method=method, group=self.groups_by_id[method.group])

    def method_summary(self, name: str) -> str:
        """Return the points of 取り組み概要."""
        return self.render("entries", entries=self.content(name).summary)

    def method_relations(self, name: str) -> str:
        """Return the figure of who gives what to whom."""
        return str(self.figure_markup(self.content(name).relations or ""))

    def method_effects(self, name: str) -> str:
        """Return direct and ripple effects."""
        return self.render("effects", method=self.content(name))

    def method_notes(self, name: str) -> str:
        """Return the points of 留意点."""
        return self.render("entries", entries=self.content(name).notes)

    def method_flow(self, name: str) -> str:
        """Return the flow: phases, durations, steps and sub-steps, in columns where two parties act."""
        method = self.content(name)
        return self.render("flow", method=method, flow=method.flow)

    def method_selection(self, name: str) -> str:
        """Return the block on choosing products (A3)."""
        return self.render("settled", block=self.content(name).selection)

    def method_information(self, name: str) -> str:
        """Return the information role (D1)."""
        return self.render("settled", block=self.content(name).information_role)

    def method_opportunities(self, name: str) -> str:
        """Return the intro to the opportunities (D1)."""
        return self.render("settled", block=self.content(name).opportunities)

    def method_settle(self, name: str) -> str:
        """Return what is to be settled (D2)."""
        return self.render("settled", block=self.content(name).things_to_settle)

    def method_related(self, name: str) -> str:
        """Return report model, cases, links and terms of a method."""
        cases = sorted(self.guide.cases, key=case_order)
        tied = [(case, tie) for case in cases for tie in case.methods if tie.ref == name]
        return self.render("method-related", method=self.methods_by_id[name], tied=tied)

    def methods_table(self) -> str:
        """Return the nine methods side by side."""
        return self.render("methods-table", rows=self._rows())

    def method_cards(self) -> str:
        """Return the nine methods by group, as cards that link to their pages."""
        return self.render("method-cards", rows=self._rows())

    def chooser(self) -> str:
        """Return the questions that lead to fitting methods; each answer names them without JavaScript."""
        return self.render("chooser", questions=self.guide.chooser)

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {"method": self.content(method.id), "group": self.groups_by_id[method.group]}
            for method in self.guide.methods
        ]
