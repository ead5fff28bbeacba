"""What an amount for a person is set beside: published events, each with what it counted."""

from typing import NamedTuple

from ..loading import Guide
from ..models import Precedent
from ..models.calculators import Calculator
from .alike import COUNTED, counted
from .precedents import weight


class Yardsticks(NamedTuple):
    """The published examples in a sentence, and the smallest and largest of them in kg-CO2 for a person."""

    text: str
    low: float
    high: float


def yardsticks(guide: Guide, calculator: Calculator) -> Yardsticks | None:
    """Return what the precedents that a calculator names counted for a person; nothing when it names none."""
    known = {one.id: one for one in guide.precedents}
    found = [(one, _kg(one)) for one in (known[name] for name in calculator.yardsticks)]
    if not found:
        return None
    said = "、".join(f"{_title(one)}が1人{weight(kg)}（{COUNTED[counted(one)]}）" for one, kg in found)
    kilograms = [kg for _, kg in found]
    return Yardsticks(f"公表された行事の例では、{said}です。", min(kilograms), max(kilograms))


def _kg(one: Precedent) -> float:
    return one.emitted_t * 1000 / one.people if one.emitted_t and one.people else 0


def _title(one: Precedent) -> str:
    """Return the name of an event with its year, without what stands in brackets behind it."""
    name, year = one.title.partition("（")[0], str(one.year)[:4]
    return name if year in name else f"{name}（{year}年）"
