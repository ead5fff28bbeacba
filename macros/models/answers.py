"""Questions that officers are asked, each sentence of the answer with the records it rests on."""

from typing import Annotated, Literal

from pydantic import model_validator

from .base import Id, NotEmpty, PageRef, Record, Text, Version, When
from .grounds import Said
from .versions import check_versions

# what the page and the feed show of an answer
SHOWN_WORDING = ("topic", "question", "short", "then", "now", "unconfirmed", "next")


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
