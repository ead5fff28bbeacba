"""Typed numbers are read as people mean them or refused with a reason; roundings are those of the shown decimal."""

import json
import random
import subprocess
from typing import Any

import pytest

from macros.calculators import read_field
from macros.formulas.numbers import BadNumber, allot, ceil, floor, parse_number, show, show_typed
from tests.calculator_tools import node
from tests.conftest import ROOT

ENGINE = ROOT / "docs" / "assets" / "js" / "calculator.js"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120", 120), ("１２０", 120), ("1,200", 1200), ("１，２００．５", 1200.5), ("12.5", 12.5), ("１２．５", 12.5),
        ("　7　", 7), ("1 234 567", 1234567), ("0", 0), (".5", 0.5), ("．５", 0.5), ("1\u202f234.5", 1234.5),
        ("1\u2009234\u00a0567", 1234567), ("\ufeff12\u3000", 12), ("00012", 12), ("", None), ("   ", None),
    ],
)  # fmt: skip
def test_a_number_is_read(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("¥2,450", "円", 2450), ("￥2,450", "円", 2450), ("\\2450", "円", 2450), ("2,450円", "円", 2450), ("2450 円", "円", 2450),
        ("¥ 2,450", "円/t-CO₂", 2450), ("2450円", "円/t-CO₂", 2450), ("2,450円/t-CO2", "円/t-CO₂", 2450), ("￥2,450円", "円", 2450),
        ("12%", "%", 12), ("12 ％", "%", 12), ("120 kWh", "kWh", 120), ("120KWH", "kWh", 120), ("１２０ｋＷｈ", "kWh", 120),
        ("10㎥", "m³", 10), ("10 m3", "m³", 10), ("10m³", "m³", 10), ("3000人", "人", 3000), ("３０００人", "人", 3000),
        ("3㎏", "kg", 3), ("12 kg", "kg-CO₂", 12), ("12 kg-CO2", "kg-CO₂", 12), ("1.5t", "t-CO₂", 1.5), ("0.4 kg/kWh", "kg-CO₂/kWh", 0.4),
        (".5 L", "L", 0.5), ("5ℓ", "L", 5), ("1 234 km", "km", 1234),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_own_unit(text: str, unit: str, value: float) -> None:
    assert parse_number(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("10 t", "kg", "format"), ("10 kg", "t-CO₂", "format"), ("¥5", "kWh", "format"), ("5円", "kWh", "format"),
        ("5 m³", "m³/ha/年", "format"), ("1,5 kWh", "kWh", "comma"), ("-5 kWh", "kWh", "negative"), ("△5円", "円", "negative"),
        ("1e3", "kWh", "format"), ("3千人", "人", "format"), ("1万円", "円", "format"), ("kWh", "kWh", "format"), ("円", "円", "format"),
        ("12%%", "%", "format"), ("5.kg", "kg", "format"), ("①", "個", "format"), ("5 kg kg", "kg", "format"),
    ],
)  # fmt: skip
def test_another_unit_is_never_taken(text: str, unit: str, reason: str) -> None:
    with pytest.raises(BadNumber) as caught:
        parse_number(text, unit)
    assert caught.value.reason == reason


def field(unit: str = "kWh", most: float = 1e9, digits: int = 3, least: float = 0) -> dict[str, Any]:
    return {"unit": unit, "min": least, "max": most, "decimals": digits}


NOISY = [
    ("1234.5600000001", field(), 1234.56, None), ("0.30000000000000004", field(), 0.3, None), ("12.3456", field(), 12.346, None),
    ("1.50000", field(), 1.5, None), ("1,234.5600000001 kWh", field(), 1234.56, None), ("100.00000000000001", field("%", 100), 100, None),
    ("3000.0", field("人", digits=0), 3000, None), ("3000.0000000001", field("人", digits=0), 3000, None),
    ("12.5", field("人", digits=0), None, "whole"), ("1000000.4", field("人", digits=0), None, "whole"),
    ("0.0004", field(), None, "decimals"), ("0.0123", field(), None, "decimals"), ("0.4231234", field(digits=6), 0.423123, None),
    ("100.1", field("%", 100), None, "share"), ("250%", field("%", 100), None, "share"), ("1000000001", field(), None, "above"),
    ("9" * 400, field(), None, "above"), ("0", field(least=1, digits=0), None, "below"), ("", field(), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spec", "value", "reason"), NOISY)
def test_what_a_copied_number_has_too_many_decimals_of_is_rounded_off(
    text: str, spec: dict[str, Any], value: float | None, reason: str | None
) -> None:
    assert read_field(spec, text) == (value, reason)


def test_both_languages_read_fields_alike() -> None:
    """Noise, units and limits give the same value or the same reason."""
    rng = random.Random(133)  # noqa: S311
    numbers = [
        "1,234.5",
        "0.30000000000000004",
        "12.5",
        "１２",
        "¥7",
        "1,5",
        "-3",
        "100.0000001",
        "0.00049",
        "250",
        "9" * 30,
    ]
    marks = ["", "円", " kWh", "㎥", "m3", "人", "%", " ％", "KG", "t", "kg-CO2", "ℓ", "円/t-CO₂", "e3", "\u0345", "ß"]
    specs = [
        field(unit, rng.choice([100, 1e6]), digits)
        for unit in ["円", "円/t-CO₂", "kWh", "m³", "人", "%", "kg-CO₂", "L"]
        for digits in (0, 3, 6)
    ]
    cases = [[spec, number + mark] for spec in specs for number in numbers for mark in marks]
    cases += [[rng.choice(specs), f"{rng.uniform(0, 200)!r}"[: rng.randint(3, 20)]] for _ in range(2000)]
    cases += [[spec, text] for text, spec, *_ in NOISY]
    code = f"""require({json.dumps(str(ENGINE))});
      const read = globalThis.offsetCalculator.readField;
      console.log(JSON.stringify(JSON.parse(require("node:fs").readFileSync(0)).map(([spec, text]) => {{
        const [value, reason = null] = read(spec, text);
        return [value, reason];
      }})))"""
    done = subprocess.run(
        [node(), "-e", code], input=json.dumps(cases), capture_output=True, text=True, check=True, timeout=60
    )
    assert [list(read_field(spec, text)) for spec, text in cases] == json.loads(done.stdout)


def test_both_languages_read_the_same_of_thousands_of_texts() -> None:
    """Whatever is put together of digits, signs, spaces and marks is read alike, or refused for the same reason."""
    rng = random.Random(16)  # noqa: S311
    parts = ["0", "7", "12", "345", "678", "1234", "5000001", ",", "，", ".", "．", " ", "\u00a0", "\u202f", "\u2009", "　",
             "-", "−", "△", "▲", "+", "e", "円", "¥", "%", "\u200b", "\x1c", "\x85", "\ufeff", "１", "２３４", "٣", "abc"]  # fmt: skip
    texts = [*parts, *("".join(rng.choices(parts, k=rng.randint(1, 6))) for _ in range(4000))]
    texts += [f"{rng.randint(1, 999)}{space}{rng.randint(0, 999):03d}" for space in parts for _ in range(20)]
    code = f"""require({json.dumps(str(ENGINE))});
      const read = globalThis.offsetCalculator.parseNumber;
      console.log(JSON.stringify({json.dumps(texts)}.map((text) => read(text))))"""
    done = subprocess.run([node(), "-e", code], capture_output=True, text=True, check=True, timeout=60)
    assert [read(text) for text in texts] == json.loads(done.stdout, parse_int=float)
    assert sum(isinstance(read(text), float) for text in texts) > 500


def read(text: str) -> float | str | None:
    try:
        return parse_number(text)
    except BadNumber as error:
        return error.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", "negative"), ("−5", "negative"), ("△5", "negative"), ("▲5", "negative"), ("1e3", "format"),
        ("1e309", "format"), ("abc", "format"), ("1,5", "comma"), ("12,34", "comma"), ("1,2345", "comma"), ("1,5.2", "comma"),
        ("10 t", "format"), ("￥5", "format"), ("円", "format"),
        ("1 2", "format"), ("5.", "format"), (".", "format"), ("1\u202f2", "format"), ("1.2.3", "format"), ("NaN", "format"),
        ("٣", "format"), ("二", "format"), ("<b>1</b>", "format"), ("1_000", "format"), ("0x10", "format"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(BadNumber) as caught:
        parse_number(text)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.25, 1, "0.3"), (0.35, 1, "0.4"), (2.5, 0, "3"), (1.005, 2, "1.01"), (1234.5, 0, "1,235"), (-0.04, 1, "0.0"),
        (-206000.0, 0, "−206,000"), (999999.95, 1, "1,000,000.0"), (1e21, 0, "1,000,000,000,000,000,000,000"),
        (1e-7, 3, "0.000"), (None, 1, ""), (float("nan"), 1, ""), (81.60000000000001, 1, "81.6"),
    ],
)  # fmt: skip
def test_a_value_is_shown_half_up_on_its_shortest_decimal(value: float | None, digits: int, text: str) -> None:
    assert show(value, digits) == text


def test_a_typed_number_is_shown_with_no_digit_added() -> None:
    assert [show_typed(value) for value in (0.416, 1200.0, 1e9, 0.05)] == ["0.416", "1,200", "1,000,000,000", "0.05"]


def test_whole_tonnes_ignore_the_noise_of_binary_fractions() -> None:
    assert (ceil(0.1 * 3 * 10), floor(2.9999999999999996)) == (3, 3)
    assert (ceil(3.00001), floor(2.99999), ceil(0.0), floor(16.84)) == (4, 2, 0, 16)


def test_shares_go_to_the_largest_remainder_and_ties_to_the_earlier_row() -> None:
    assert allot(500.0, [201.0, 300.0, 499.0], 1.0) == [101, 150, 249]
    assert allot(1.0, [5.0, 5.0], 1.0) == [1, 0]
    assert allot(2.0, [1.1, 1.1, 1.1], 1.0) == [1, 1, 0]


def test_no_row_gets_more_than_its_weight() -> None:
    assert allot(1200.0, [700.5, 500.5], 1.0) == [700, 500]
    assert allot(9.0, [0.9] * 9 + [1.9], 1.0) == [0] * 9 + [1]


def test_what_covers_everything_covers_the_last_fractions_too() -> None:
    assert allot(2000.0, [700.5, 500.5], 1.0) == [700.5, 500.5]
    assert allot(1201.0, [700.5, None, 500.5], 1.0) == [700.5, None, 500.5]
    assert allot(1.201 * 1000, [0.201, 1200.8], 1000.0) == [0.0, 1000.0]
    assert allot(1.201 * 1000, [0.2, 1200.8], 1000.0) == [0.2, 1200.8]
    assert allot(6000.0, [2450.0, 3120.0, 780.0], 1000.0) == [2000.0, 3000.0, 0.0]


@pytest.mark.parametrize("seed", range(200))
def test_shares_never_exceed_what_was_bought_nor_what_a_row_emits(seed: int) -> None:
    import random

    rng = random.Random(seed)  # noqa: S311
    weights = [round(rng.uniform(0, 1000), rng.choice([0, 1, 3])) for _ in range(rng.randint(1, 12))]
    bought = round(rng.uniform(0, 1.2 * sum(weights)), 3)
    shares = allot(bought, weights, 1.0)
    assert all(share is not None and share <= weight for share, weight in zip(shares, weights, strict=True))
    room = sum(int(weight) for weight in weights)
    if bought >= sum(weights):
        assert shares == weights
    else:
        assert sum(share or 0 for share in shares) == min(floor(bought), room)
