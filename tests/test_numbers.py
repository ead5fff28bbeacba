"""Typed numbers are read as people mean them or refused with a reason; roundings are those of the shown decimal."""

import json
import random
import subprocess

import pytest

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
        ("1e309", "format"), ("abc", "format"), ("1,5", "format"), ("12,34", "format"), ("1,2345", "format"),
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
