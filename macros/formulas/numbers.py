"""Numbers as people type and read them, and roundings that Python and JavaScript do alike."""

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

FULL_WIDTH = str.maketrans("０１２３４５６７８９，．－＋", "0123456789,.-+")
# what JavaScript takes for a space: those of Excel (U+00A0, U+202F), of typesetting, of Japanese
SPACES = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
MINUS = re.compile(r"[-−‐‑–—―△▲]")
GROUPED = re.compile(r"\d{1,3}([, ]\d{3})+(\.\d+)?")
PLAIN = re.compile(r"\d*\.\d+|\d+")
WITH_COMMA = re.compile(r"[0-9., ]*,[0-9., ]*")
MARKED = re.compile(r"([¥￥\\] ?)?(\.?[0-9][0-9., ]*)(.*)")
BRIEF = re.compile(r"^(円).*|-co2")
NEAR = 1e-9
# beyond every field, and short enough to be shown
HUGE = 1e99
WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


class BadNumber(Exception):
    """The text is no number that a field takes; `reason` is a key of the messages."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def clean(text: str) -> str:
    """Return typed text with half-width digits and signs, and single spaces only inside."""
    return SPACES.sub(" ", text.translate(FULL_WIDTH)).strip(" ")


def bare(text: str, unit: str) -> str:
    """Return a typed text, cleaned, without the unit behind it and the sign of yen before it; other units stay.

    The backslash is what the key of yen gives. A mass of CO2 may go by `kg` or `t`, a price by `円`.
    """
    cleaned, own = clean(text), _plain(unit)
    brief = BRIEF.sub(r"\1", own, count=1)
    found = MARKED.match(cleaned)
    if found and (brief == "円" or not found[1]) and _plain(found[3]) in {"", own, brief}:
        return clean(found[2])
    return cleaned


def _plain(mark: str) -> str:
    """Return a unit as it compares: m³ as m3, in small letters."""
    return unicodedata.normalize("NFKC", mark).lower()


def parse_number(text: str, unit: str = "") -> float | None:
    """Return the number typed, maybe with its unit; None for an empty field; raises BadNumber."""
    cleaned = bare(text, unit)
    if not cleaned:
        return None
    if MINUS.match(cleaned):
        raise BadNumber("negative")
    if not _is_number(cleaned):
        raise BadNumber("comma" if WITH_COMMA.fullmatch(cleaned) else "format")
    return float(re.sub("[, ]", "", cleaned))


def _is_number(cleaned: str) -> bool:
    return cleaned.isascii() and bool(PLAIN.fullmatch(cleaned) or GROUPED.fullmatch(cleaned))


def show(value: float | None, digits: int) -> str:
    """Return a value as shown: half up on its shortest decimal, grouped by commas; empty when withheld."""
    if value is None or math.isnan(value):
        return ""
    rounded = WIDE.quantize(Decimal(repr(value)), Decimal(1).scaleb(-digits))
    sign = "−" if rounded < 0 else ""
    return sign + f"{abs(rounded):,f}"


def rounded_to(value: float, digits: int) -> float:
    """Return a number of a field with no more decimals than are kept, half up on its shortest decimal."""
    return float(show(min(value, HUGE), digits).replace(",", ""))


def show_typed(value: float) -> str:
    """Return a number as entered: no digit added or taken, grouped by commas."""
    exact = WIDE.normalize(Decimal(repr(value)))
    return f"{exact:,f}"


def _whole(value: float) -> float | None:
    """Return the whole number that a value is, but for the noise of binary fractions."""
    near = float(math.floor(value + 0.5))
    return near if abs(value - near) <= NEAR * max(1, abs(value)) else None


def ceil(value: float) -> float:
    """Round up, but leave 3.0000000000000004 at 3."""
    near = _whole(value)
    return float(math.ceil(value)) if near is None else near


def floor(value: float) -> float:
    """Round down, but lift 2.9999999999999996 to 3."""
    near = _whole(value)
    return float(math.floor(value)) if near is None else near


def allot(amount: float | None, weights: list[float | None], step: float | None) -> list[float | None]:
    """Share an amount among rows in whole steps, by weight and largest remainder.

    No row gets more than its weight; equal remainders go to the earlier row. When the amount covers all weights,
    what is left also covers the rows' last fractions of a step: each row gets its weight.
    All is reckoned in exact fractions, so that no binary noise decides a tie.
    """
    bad = [value for value in (amount, step, *weights) if isinstance(value, float) and math.isnan(value)]
    if bad:
        return [math.nan] * len(weights)
    exact = [Fraction(repr(weight)) if weight else Fraction(0) for weight in weights]
    total = sum(exact)
    if amount is None or step is None or not total:
        return [None] * len(weights)
    if _covers(amount, exact, total):
        return list(weights)
    shares = _share(int(floor(amount / step)), exact, total, Fraction(repr(step)))
    return [None if weight is None else share * step for share, weight in zip(shares, weights, strict=True)]


def _covers(amount: float, weights: list[Fraction], total: Fraction) -> bool:
    """Tell whether an amount is as much as all weights, but for the noise of binary fractions."""
    scale = math.lcm(*(weight.denominator for weight in weights))
    return floor(amount * scale) >= total * scale


def _share(units: int, weights: list[Fraction], total: Fraction, step: Fraction) -> list[int]:
    """Return the units of each row."""
    caps = [weight // step for weight in weights]
    quotas = [units * weight / total for weight in weights]
    shares = [min(quota // 1, cap) for quota, cap in zip(quotas, caps, strict=True)]
    order = sorted(range(len(weights)), key=lambda i: (-(quotas[i] % 1), i))
    left = min(units, sum(caps)) - sum(shares)
    while left:
        for i in order:
            if left and shares[i] < caps[i]:
                shares[i] += 1
                left -= 1
    return shares
