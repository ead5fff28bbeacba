"""Macros of `/answers/`: questions that officers are asked, each sentence with the records it rests on."""

from typing import Any

from ..models import Answer
from ..models.base import AnswerRef, AnswerTopicRef
from .grounds import Grounds
from .register import macro


class Answers(Grounds):
    """`answers`, `answer_links`."""

    @macro("answers.yml", home="answers/index", owed=True)
    def answers(self, topic: AnswerTopicRef) -> str:
        """Return the questions on a topic, each with its answer folded away."""
        chosen = self.of_kind(self.guide.answers, "topic", topic)
        return self.render("answers", answers=[self.with_grounds(one) for one in chosen])

    @macro("answers.yml")
    def answer_links(self, *names: AnswerRef) -> str:
        """Return links to answers, for pages on the same thing."""
        known = {answer.id: answer for answer in self.guide.answers}
        return self.render("answer-links", answers=[known[name] for name in names])

    def with_grounds(self, answer: Answer) -> dict[str, Any]:
        """Return an answer and its grounds by name, each with its number."""
        return {"answer": answer, "grounds": self.numbered(answer.said)}
