"""Rules on `data/embeds.yml` that need the calculators: heights of none but ours, no retired id in use again."""

from collections.abc import Iterator

from .catalogue import Catalogue
from .problems import Problem, problem
from .reading import Source


def check_embeds(sources: list[Source], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what is wrong with the heights and the retired ids."""
    source = next(source for source in sources if source.name == "embeds")
    if source.value is None:
        return
    known = "、".join(catalogue.calculators)
    for i, one in enumerate(source.value.heights):
        if one.calculator not in catalogue.calculators:
            text = f"計算器「{one.calculator}」がありません。使えるのは {known}"
            yield problem(source.file, source.content.lines, ("heights", i, "calculator"), text)
    for i, one in enumerate(source.value.retired):
        if one.id in catalogue.calculators:
            text = f"「{one.id}」は、いまの計算器の id です。やめた id は使い直せません"
            yield problem(source.file, source.content.lines, ("retired", i, "id"), text)
        if one.instead and one.instead not in catalogue.calculators:
            text = f"計算器「{one.instead}」がありません。使えるのは {known}"
            yield problem(source.file, source.content.lines, ("retired", i, "instead"), text)
