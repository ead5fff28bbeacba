"""Macros of the case studies."""

import unicodedata
from typing import Any

from ..loading import Guide
from ..models import Case, Precedent
from ..models.base import CaseKindRef, CaseRef
from ..models.labels import label
from .core import Core
from .register import macro

# in the order of the pages
KINDS = label(Case).fields["kind"].choices


def _case_files(guide: Guide, words: tuple[str, ...]) -> list[str]:
    """Every case, or those of the kind that the macro names."""
    return [f"cases/{case.id}.yml" for case in guide.cases if not words or case.kind == words[0]]


class Cases(Core):
    """`case`, `cases`, `case_table`."""

    @macro("cases/{}.yml")
    def case(self, name: CaseRef) -> str:
        """Return one case as a card, with what became of it."""
        return self.render("case", **self._card(name), anchor=False)

    @macro(_case_files)
    def cases(self, kind: CaseKindRef) -> str:
        """Return all cases of a kind as cards."""
        chosen = self.of_kind(sorted(self.guide.cases, key=case_order), "kind", kind)
        return self.render("case-cards", cards=[self._card(case.id) for case in chosen])

    @macro(_case_files, home="cases/index")
    def case_table(self) -> str:
        """Return all cases with their anchors and the form that filters them."""
        cards = [self._card(case.id) for case in sorted(self.guide.cases, key=case_order)]
        return self.render("case-list", cards=cards, **self._choices())

    def _card(self, name: str) -> dict[str, Any]:
        case = self.cases_by_id[name]
        return {
            "case": case,
            "kind": KINDS[case.kind],
            "later": self.changes_of("cases", name),
            "since": self._since(name),
        }

    def _since(self, name: str) -> list[Precedent]:
        """Return the precedents after 2012 that go back to a case."""
        return [one for one in self.guide.precedents if name in one.cases and not one.old]

    def _choices(self) -> dict[str, Any]:
        cases = self.guide.cases
        return {
            "kinds": KINDS,
            "places": sorted({place for case in cases for place in case.places}),
            "years": sorted({case.year[:4] for case in cases if case.year}),
        }


def case_order(case: Case) -> tuple[int, str, str]:
    """Cases stand by kind, then by the number the source prints (① and １ as 1)."""
    return list(KINDS).index(case.kind), unicodedata.normalize("NFKC", case.no or ""), case.id
