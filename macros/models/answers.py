"""Questions that officers are asked, each sentence of the answer with the records it rests on."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import GroundRef, Id, NotEmpty, PageRef, Record, Text, Version, When
from .versions import check_versions

# what the page and the feed show of an answer
SHOWN_WORDING = ("topic", "question", "short", "then", "now", "unconfirmed", "next")
QUOTED = re.compile("「[^」]*」|（[^）]*）")


def _one_sentence(value: str) -> str:
    bare = QUOTED.sub("", value)
    if not bare.endswith("。") or bare.count("。") != 1:
        raise PydanticCustomError("one_sentence", "one sentence")
    return value


Sentence = Annotated[Text, AfterValidator(_one_sentence)]


class Said(Record):
    """A sentence and what it rests on, each as `file:id`."""

    text: Sentence
    grounds: Annotated[list[GroundRef], NotEmpty]


class NextStep(Record):
    """Where to go on: a page, a part of it by the id of its heading."""

    text: Text
    page: PageRef
    part: Id | None = None


class Answer(Record):
    """A question in the words of who asks, and its answer: in 30 seconds, then 2011, today, what is open, what next."""

    id: Id
    topic: Literal["basics", "credits", "buying", "proof", "money", "people"]
    question: Text
    asks: Annotated[list[Text], NotEmpty]
    short: Annotated[list[Said], NotEmpty]
    then: list[Said] = []
    now: Annotated[list[Said], NotEmpty]
    unconfirmed: list[Said] = []
    next: Annotated[list[NextStep], NotEmpty]
    checked_on: When
    review_by: When
    versions: list[Version] = []

    @model_validator(mode="after")
    def _versions_end_with_this_wording(self) -> "Answer":
        check_versions(self.versions, self.model_dump(include=set(SHOWN_WORDING), exclude_none=True))
        return self

    @property
    def said(self) -> list[Said]:
        """Every sentence, in the order of the page."""
        return [*self.short, *self.then, *self.now, *self.unconfirmed]
