"""What sentences of today rest on: each ground by what it is called and where it stands."""

from collections.abc import Callable
from typing import NamedTuple

from ..models import Said
from ..models.addresses import page_address
from .core import Core

BUYING = ("ways", "steps", "proofs", "wordings", "lookalikes")


class Ground(NamedTuple):
    """A record that a sentence rests on: what it is called, where it stands, when it holds, how sure it is, looked at when."""

    label: str
    address: str
    date: str = ""
    grade: str = ""
    checked_on: str = ""


class Grounds(Core):
    """Looks grounds up."""

    def ground(self, name: str) -> Ground:
        """Return what a ground is called and where it stands."""
        file, _, own = name.partition(":")
        find = self._finders().get(file)
        return find(own) if find else Ground(*self._sources([name])[0])

    def numbered(self, sentences: list[Said]) -> dict[str, tuple[int, Ground]]:
        """Return the grounds of sentences by name, numbered from 1 in the order they are named."""
        names = dict.fromkeys(name for said in sentences for name in said.grounds)
        return {name: (number, self.ground(name)) for number, name in enumerate(names, 1)}

    def _finders(self) -> dict[str, Callable[[str], Ground]]:
        return {
            "changes": self._change,
            "offers": self._offer,
            "buying": self._buying,
            "glossary": lambda own: Ground(f"用語「{self.terms_by_id[own].term}」", f"/glossary/#{own}"),
            "links": lambda own: Ground(f"資料「{self.links_by_id[own].title}」", f"/links/#{own}"),
            "cases": lambda own: Ground(f"事例「{self.cases_by_id[own].name}」", f"/cases/#{own}"),
            "methods": self._method,
            "calculators": self._calculator,
            "factors": self._factor,
            "remarks": self._remark,
            "surveys": lambda own: Ground(f"調査の数「{self.number(own)}」", f"/report/surveys/#number-{own}"),
        }

    def _change(self, own: str) -> Ground:
        change = next(one for one in self.guide.changes if one.id == own)
        return Ground(change.title, f"/changes/#{own}", change.date_text, change.grade)

    def _offer(self, own: str) -> Ground:
        offer = next(one for one in self.guide.offers if one.id == own)
        return Ground(f"売り手「{offer.seller}」", f"/buying/#{own}", "", offer.grade, offer.checked_on)

    def _buying(self, own: str) -> Ground:
        kind, _, name = own.partition("-")
        address = f"/buying/#{own}"
        if kind == "gap":
            gap = next(one for one in self.guide.buying.gaps if one.id == name)
            return Ground(f"見つからなかったもの「{gap.text}」", address)
        found = {f"{part[:-1]}-{one.id}": one for part in BUYING for one in getattr(self.guide.buying, part)}
        return Ground(f"買う・証明する「{found[own].title}」", address, "", found[own].grade, found[own].checked_on)

    def _method(self, own: str) -> Ground:
        method = self.methods_by_id[own]
        return Ground(f"{method.code} {method.title}", f"/methods/{own}/")

    def _calculator(self, own: str) -> Ground:
        calculator = next(one for one in self.guide.calculators if one.id == own)
        return Ground(f"計算器「{calculator.title}」", f"/calculators/{own}/")

    def _factor(self, own: str) -> Ground:
        factor = next(one for topic in self.guide.factors for one in topic.factors if one.id == own)
        return Ground(f"係数「{factor.name}」", f"/calculators/factors/#{own}")

    def _remark(self, own: str) -> Ground:
        remark = next(one for one in self.guide.remarks if one.id == own)
        return Ground(f"原資料の注記「{remark.title}」", page_address("about/index") + f"#remark-{own}")
