"""One price for each type on every built page, always with its kind, tax and date."""

import json
import re
from html import unescape
from pathlib import Path

from tests.calculator_tools import catalogue, definition

TOLD = re.compile(r"([\d,]+) 円/t-CO₂（(売り出し|市場の平均|入札)、(税込|税抜|税の別は不明)、([\d-]+)）")
USED = re.compile(r"× ([\d,]+) 円/t-CO₂(?!（)")


def pages(site: Path) -> dict[str, str]:
    found = [*site.rglob("index.html")]
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in found}


def in_force() -> set[tuple[str, str]]:
    prices = [catalogue().sets.now(factor) for factor in catalogue().factors.values() if factor.unit == "円/t-CO₂"]
    return {(f"{value.value:,.0f}", str(value.valid_from)) for value in prices if value and not value.valid_to}


def test_every_price_told_on_a_page_is_the_one_in_force(site: Path) -> None:
    told = {name: set(TOLD.findall(re.sub(r"<[^>]+>", "", text))) for name, text in pages(site).items()}
    found = {one for prices in told.values() for one in prices}
    assert len([name for name, prices in told.items() if prices]) >= 8
    assert {(value, day) for value, _, _, day in found} <= in_force()


def test_a_cost_on_a_page_says_what_its_price_is_unless_it_was_typed(site: Path) -> None:
    typed = {
        preset.inputs["price_yen"]
        for calculator in catalogue().calculators.values()
        for preset in calculator.presets
        if "price_yen" in preset.inputs
    }
    for name, text in pages(site).items():
        assert set(USED.findall(re.sub(r"<[^>]+>", "", text))) <= typed, name


def test_every_calculator_has_the_same_price_for_a_type(site: Path) -> None:
    prices: dict[str, set[str]] = {}
    for name, text in pages(site).items():
        for raw in re.findall(r"data-definition='([^']*)'", text):
            found = json.loads(unescape(raw))
            for choice, spec in found["inputs"].get("credit_type", {}).get("choices", {}).items():
                mark = spec.get("price", "=")
                if mark[0] != "=":
                    prices.setdefault(choice, set()).add(json.dumps(found["numbers"][mark], ensure_ascii=False))
                    assert len(found["numbers"][mark]) == 4, name
    assert {choice: len(found) for choice, found in prices.items()} == {"renewable": 1, "energy-saving": 1, "forest": 1}


def test_ranges_stand_only_where_offers_of_one_kind_give_one() -> None:
    choices = definition("event")["inputs"]["credit_type"]["choices"]
    assert {choice for choice, spec in choices.items() if "low" in spec} == {"forest"}
