"""Macros of the method pages, the comparison and the chooser."""

from functools import partial
from typing import Any

from ..loading import Guide
from ..models import Method
from ..models.base import MethodRef
from .cases import case_order
from .grounds import Grounds
from .precedents import brief, by_worth
from .register import macro

SHARED = ("summary", "direct_effects", "ripple_effects", "notes", "relations", "flow", "cost_bearer", "plan")


# the methods that stand side by side at first
FIRST = ("a1", "a2", "c2")


def _method_files(guide: Guide, words: tuple[str, ...]) -> list[str]:
    """A method and the one whose page the source shares with it."""
    method = next(one for one in guide.methods if one.id == words[0])
    return [f"methods/{one}.yml" for one in (method.id, method.same_as) if one]


def _relations_file(guide: Guide, words: tuple[str, ...]) -> list[str]:
    shared = {one.id: one for one in guide.methods}
    method = shared[words[0]]
    figure = method.relations or shared[method.same_as or ""].relations
    return [f"figures/{figure}.yml"]


def _every_method(guide: Guide, _words: tuple[str, ...]) -> list[str]:
    return [*(f"methods/{method.id}.yml" for method in guide.methods), "groups.yml"]


class Methods(Grounds):
    """`method_*`, `methods_table`, `method_cards`, `chooser`."""

    def content(self, name: str) -> Method:
        """Return a method, with the shared parts of the method it points to by `same_as`."""
        method = self.methods_by_id[name]
        if method.same_as is None:
            return method
        shared = self.methods_by_id[method.same_as]
        return method.model_copy(update={field: getattr(shared, field) for field in SHARED})

    @macro(_method_files, home="methods/{}", owed=True)
    def method_head(self, name: MethodRef) -> str:
        """Return group, type, overview and who does what."""
        method = self.content(name)
        return self.render("method-head", method=method, group=self.groups_by_id[method.group])

    @macro(_method_files, home="methods/{}", shows=("summary",), owed=True)
    def method_summary(self, name: MethodRef) -> str:
        """Return the points of 取り組み概要."""
        return self._with_notes(name, "summary", "entries", entries=self.content(name).summary)

    @macro(_relations_file, home="methods/{}", shows=("relations",), owed=True)
    def method_relations(self, name: MethodRef) -> str:
        """Return the figure of who gives what to whom."""
        return str(self.figure_markup(self.content(name).relations or ""))

    @macro(_method_files, home="methods/{}", shows=("direct_effects", "ripple_effects"), owed=True)
    def method_effects(self, name: MethodRef) -> str:
        """Return direct and ripple effects."""
        return self._with_notes(name, "effects", "effects", method=self.content(name))

    @macro(_method_files, home="methods/{}", shows=("notes",), owed=True)
    def method_notes(self, name: MethodRef) -> str:
        """Return the points of 留意点."""
        return self._with_notes(name, "notes", "entries", entries=self.content(name).notes)

    @macro(_method_files, home="methods/{}", shows=("flow",), owed=True)
    def method_flow(self, name: MethodRef) -> str:
        """Return the flow: phases, durations, steps and sub-steps, in columns where two parties act."""
        method = self.content(name)
        return self.render("flow", method=method, flow=method.flow)

    @macro(_method_files, home="methods/{}", shows=("selection",), owed=True)
    def method_selection(self, name: MethodRef) -> str:
        """Return the block on choosing products (A3)."""
        return self._with_notes(name, "selection", "settled", block=self.content(name).selection)

    @macro(_method_files, home="methods/{}", shows=("information_role",), owed=True)
    def method_information(self, name: MethodRef) -> str:
        """Return the information role (D1)."""
        return self._with_notes(name, "information", "settled", block=self.content(name).information_role)

    @macro(_method_files, home="methods/{}", shows=("opportunities",), owed=True)
    def method_opportunities(self, name: MethodRef) -> str:
        """Return the intro to the opportunities (D1)."""
        return self._with_notes(name, "opportunities", "settled", block=self.content(name).opportunities)

    @macro(_method_files, home="methods/{}", shows=("things_to_settle",), owed=True)
    def method_settle(self, name: MethodRef) -> str:
        """Return what is to be settled (D2)."""
        return self._with_notes(name, "settle", "settled", block=self.content(name).things_to_settle)

    @macro(_method_files, home="methods/{}", owed=True)
    def method_related(self, name: MethodRef) -> str:
        """Return report model, cases, links and terms of a method."""
        cases = sorted(self.guide.cases, key=case_order)
        tied = [(case, tie) for case in cases for tie in case.methods if tie.ref == name]
        recent = sorted((one for one in self.guide.precedents if name in one.methods and not one.old), key=by_worth)
        told = partial(brief, cautions=self.guide.precedent_notes.cautions)
        return self.render("method-related", method=self.methods_by_id[name], tied=tied, recent=recent, brief=told)

    @macro(_every_method, home="methods/index")
    def methods_table(self) -> str:
        """Return the nine methods side by side."""
        return self.render("methods-table", rows=self._rows(), first=FIRST)

    @macro(_every_method, home="index")
    def method_cards(self) -> str:
        """Return the nine methods by group, as cards that link to their pages."""
        return self.render("method-cards", rows=self._rows())

    @macro("chooser.yml", home="methods/index")
    def chooser(self) -> str:
        """Return the questions that lead to fitting methods; each answer names them without JavaScript."""
        return self.render("chooser", questions=self.guide.chooser)

    def _with_notes(self, name: str, part: str, template: str, **values: Any) -> str:
        """Return a part of a method's page with the notes of today that stand at it."""
        notes = self.render("step-notes", notes=self.notes_at(name, part), method_id=name)
        return "\n".join(one for one in (self.render(template, **values), notes) if one)

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {
                "method": self.content(method.id),
                "group": self.groups_by_id[method.group],
                "grounds": self.numbered(method.today.said if method.today else []),
            }
            for method in self.guide.methods
        ]
