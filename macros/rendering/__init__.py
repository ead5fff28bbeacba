"""Renders records as HTML: each method of Renderer that is marked `@macro` may be called by a page."""

from collections.abc import Callable

from .about import About
from .accessibility import AccessibilityTest
from .buying import Buyings
from .cases import Cases
from .downloads import Downloads
from .embed_code import Builder
from .figures import Figures
from .methods import Methods
from .open_data import OpenData
from .register import macros_of
from .report import Reports
from .terms import Terms


class Renderer(
    Builder, Figures, Methods, Cases, Terms, Reports, About, AccessibilityTest, Buyings, Downloads, OpenData
):
    """All macros, over one loaded Guide."""

    def macros(self) -> dict[str, Callable[..., str]]:
        """Return the macros by name."""
        return {name: getattr(self, name) for name in MACROS}


MACROS = macros_of(Renderer)
