"""How gases and measures are written: `t-CO₂`, `m³` for people, `t-CO2`, `m3` for machines. Editors type either.

`data/` is read, and the built pages are gone over, with `typeset`; CSV and JSON are written with `plain`. So neither
knows of the other, and nobody has to think of it.
"""

import re

# an address stays as it is; so do names of fields (city_gas_m3) and ids (lpg-m3)
ADDRESS = r"(?:https?://|www\.)[!-~]+"
GAS = r"(?<![A-Za-z0-9_])(?:CO2|CH4|N2O|SF6|NF3)(?=(?:e|eq)?(?![A-Za-z0-9_]))"
MEASURE = r"(?<![A-Za-z_-])[Nkc]?m[23](?![A-Za-z0-9_])"
WRITTEN = re.compile(f"{ADDRESS}|({GAS})|({MEASURE})")
BELOW = str.maketrans("2346", "₂₃₄₆")
ABOVE = str.maketrans("23", "²³")
FLAT = str.maketrans("₂₃₄₆²³", "234623")
RAISED = re.compile("(?<=[A-Za-z])[₂₃₄₆²³]")


def typeset(text: str) -> str:
    """Return a text as it is printed: CO₂, N₂O, m³."""
    return WRITTEN.sub(_printed, text)


def _printed(found: re.Match[str]) -> str:
    return found[0].translate(BELOW if found[1] else ABOVE if found[2] else {})


def plain(text: str) -> str:
    """Return a text as a machine reads it: CO2, N2O, m3."""
    return RAISED.sub(lambda found: found[0].translate(FLAT), text)
