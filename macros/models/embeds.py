"""Records about calculators on other sites: how high they are, and which ids were given up."""

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import Address, Id, Record, SomeCount, Text, When

# no calculator is twice as high at one width as at another
MOST_TIMES = 2


class FrameHeight(Record):
    """Measured heights of one calculator, in CSS pixels, one for each of `widths`: empty, and with its example."""

    calculator: Id
    empty: list[SomeCount]
    worked: list[SomeCount]


class RetiredEmbed(Record):
    """An id that was public once: its address still answers and names what took its place."""

    id: Id
    instead: Id | None = None
    retired_on: When
    reason: Text


class EmbedData(Record):
    """What the embeds know beside the calculators themselves."""

    widths: list[SomeCount]
    heights: list[FrameHeight]
    retired: list[RetiredEmbed]

    @model_validator(mode="after")
    def _heights_were_measured(self) -> "EmbedData":
        for i, one in enumerate(self.heights):
            for key, heights in (("empty", one.empty), ("worked", one.worked)):
                if len(heights) != len(self.widths) or max(heights) > MOST_TIMES * min(heights):
                    raise PydanticCustomError("heights", "heights", {"at": ("heights", i, key)})
        return self


class EmbedHost(Record):
    """A page of another site that is known to hold some of our calculators."""

    id: Id
    name: Text
    page: Address
    calculators: list[Id]
    added_on: When
    note: Text | None = None
