"""Renders records as HTML: each method of Renderer that is marked `@macro` may be called by a page."""

from collections.abc import Callable

from .about import About
from .accessibility import AccessibilityTest
from .answers import Answers
from .buying import Buyings
from .calculators import CONFIDENCE, attribute
from .cases import Cases
from .core import Core, page_address
from .downloads import Downloads
from .embed_code import Builder
from .embeds import Embeds
from .figures import Figures
from .grounds import Ground
from .helpers import Helpers
from .licences import write_licences
from .open_data import OpenData
from .pictures import factors_csv, picture
from .plans import Plans
from .precedents import Precedents
from .register import Argument, Macro, macros_of
from .report import Reports
from .terms import Terms, reading_key, row_of
from .yardsticks import yardsticks


class Renderer(
    Builder,
    Figures,
    Plans,
    Cases,
    Terms,
    Reports,
    About,
    AccessibilityTest,
    Buyings,
    Answers,
    Downloads,
    OpenData,
    Precedents,
    Helpers,
):
    """All macros, over one loaded Guide."""

    def macros(self) -> dict[str, Callable[..., str]]:
        """Return the macros by name."""
        return {name: getattr(self, name) for name in MACROS}


MACROS = macros_of(Renderer)

__all__ = [
    "CONFIDENCE",
    "Argument",
    "Core",
    "Embeds",
    "Ground",
    "Macro",
    "Renderer",
    "attribute",
    "factors_csv",
    "page_address",
    "picture",
    "reading_key",
    "row_of",
    "write_licences",
    "yardsticks",
]
