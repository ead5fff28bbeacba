"""How many visitors to ask: a simple random sample for a share of a finite number of people. The browser reckons the same.

z × z × p × (1 − p) ÷ (e × e) for very many people, divided by 1 + (that − 1) ÷ N for N; rounded up.
"""

from ..formulas import ceil, show, show_typed


def sample(z: float, share: float, error: float, people: float) -> tuple[int, str]:
    """Return how many of `people` to ask for an error in percentage points, and the arithmetic."""
    part = error / 100
    many = z * z * share * (1 - share) / (part * part)
    few = many / (1 + (many - 1) / people)
    z_, p, e, n = (show_typed(value) for value in (z, share, part, people))
    first = f"{z_} × {z_} × {p} × (1 − {p}) ÷ ({e} × {e}) = {show(many, 2)}"
    return int(ceil(few)), f"{first}、{show(many, 2)} ÷ (1 + ({show(many, 2)} − 1) ÷ {n}) = {show(few, 2)}"
