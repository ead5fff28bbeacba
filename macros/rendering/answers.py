"""Macros of `/answers/`: questions that officers are asked, each sentence with the records it rests on."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ..models import Answer
from ..models.addresses import page_address
from ..models.base import AnswerRef, AnswerTopicRef
from ..models.labels import labels
from .core import Core
from .register import macro

BUYING = ("ways", "steps", "proofs", "wordings", "lookalikes")


class Ground(NamedTuple):
    """A record that a sentence rests on: what it is called, where it stands, when it holds, how sure it is."""

    label: str
    address: str
    date: str = ""
    grade: str = ""


class Answers(Core):
    """`answers`, `answer_links`."""

    @macro("answers.yml", home="answers/index", owed=True)
    def answers(self, topic: AnswerTopicRef) -> str:
        """Return the questions on a topic, each with its answer folded away."""
        chosen = self.of_kind(self.guide.answers, "topic", topic)
        return self.render("answers", topic=self._topic(topic), answers=[self._shown(one) for one in chosen])

    @macro("answers.yml")
    def answer_links(self, *names: AnswerRef) -> str:
        """Return links to answers, for pages on the same thing."""
        chosen = [answer for answer in self.guide.answers if answer.id in names]
        return self.render("answer-links", answers=chosen)

    def ground(self, name: str) -> Ground:
        """Return what a ground is called and where it stands."""
        file, _, own = name.partition(":")
        find = self._finders().get(file)
        return find(own) if find else Ground(*self._sources([name])[0])

    def _topic(self, topic: str) -> str:
        return labels()["answers", ""].fields["topic"].choices[topic]

    def _shown(self, answer: Answer) -> dict[str, Any]:
        names = list(dict.fromkeys(name for said in answer.said for name in said.grounds))
        numbered = {name: (number, self.ground(name)) for number, name in enumerate(names, 1)}
        return {"answer": answer, "grounds": numbered}

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
        return Ground(f"売り手「{offer.seller}」", f"/buying/#{own}", f"確認日 {offer.checked_on}", offer.grade)

    def _buying(self, own: str) -> Ground:
        kind, _, name = own.partition("-")
        address = f"/buying/#{own}"
        if kind == "gap":
            gap = next(one for one in self.guide.buying.gaps if one.id == name)
            return Ground(f"見つからなかったもの「{gap.text}」", address)
        found = {f"{part[:-1]}-{one.id}": one for part in BUYING for one in getattr(self.guide.buying, part)}
        return Ground(
            f"買う・証明する「{found[own].title}」", address, f"確認日 {found[own].checked_on}", found[own].grade
        )

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
