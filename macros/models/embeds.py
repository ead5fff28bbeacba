"""Records about calculators on other sites: how high they are, and which ids were given up."""

from .base import Address, Id, Record, SomeCount, Text, When


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


class EmbedHost(Record):
    """A page of another site that is known to hold some of our calculators."""

    id: Id
    name: Text
    page: Address
    calculators: list[Id]
    added_on: When
    note: Text | None = None
