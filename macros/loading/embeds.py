"""Rules on `data/embeds.yml` and `data/embed-hosts.yml` that need the calculators.

Heights are of none but ours, no retired id is in use again, and a host holds what there is or was.
"""

from collections.abc import Iterator

from ..calculators import Catalogue
from .files import Source
from .problems import Problem, problem


def check_embeds(sources: list[Source], catalogue: Catalogue) -> Iterator[Problem]:
    """Yield what is wrong with the heights, the retired ids and the hosts."""
    embeds, hosts = (next(one for one in sources if one.name == name) for name in ("embeds", "embed-hosts"))
    if embeds.value is None:
        return
    yield from _own(embeds, catalogue)
    retired = [one.id for one in embeds.value.retired]
    for i, host in enumerate(hosts.value or []):
        for j, name in enumerate(host.calculators):
            if name not in [*catalogue.calculators, *retired]:
                yield _unknown(hosts, (i, "calculators", j), name, catalogue)


def _own(source: Source, catalogue: Catalogue) -> Iterator[Problem]:
    for i, one in enumerate(source.value.heights):
        if one.calculator not in catalogue.calculators:
            yield _unknown(source, ("heights", i, "calculator"), one.calculator, catalogue)
    for i, one in enumerate(source.value.retired):
        if one.id in catalogue.calculators:
            text = f"「{one.id}」は、いまの計算器の id です。やめた id は使い直せません"
            yield problem(source.file, source.content.lines, ("retired", i, "id"), text)
        if one.instead and one.instead not in catalogue.calculators:
            yield _unknown(source, ("retired", i, "instead"), one.instead, catalogue)


def _unknown(source: Source, where: tuple[str | int, ...], name: str, catalogue: Catalogue) -> Problem:
    text = f"計算器「{name}」がありません。使えるのは {'、'.join(catalogue.calculators)}"
    return problem(source.file, source.content.lines, where, text)
