"""Which numbers of `data/factors/` should be looked at again because their day has passed."""

from ..calculators import Catalogue


def overdue_factors(catalogue: Catalogue, today: str) -> list[str]:
    """Return a line for each value in force whose review day lies before `today`, oldest first.

    A review date may be a year or a month: it passes when the whole year or month has passed.
    """
    late = [
        (value.review_by, topic.id, factor.id, factor.name)
        for topic in catalogue.topics
        for factor in topic.factors
        for value in factor.values
        if catalogue.sets.counts(factor, value) and value.review_by < today[: len(value.review_by)]
    ]
    return [f"{day}  factors/{topic}.yml  {factor}: {name}" for day, topic, factor, name in sorted(late)]
