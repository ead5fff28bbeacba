"""Renders records as HTML: each public method of Renderer that a page may call is a macro."""

import inspect
from collections.abc import Callable

from .about import About
from .accessibility import AccessibilityTest
from .builder import Builder
from .buying import Buyings
from .cases import Cases
from .core import Core
from .downloads import Downloads
from .figures import Figures
from .methods import Methods
from .open_data import OpenData
from .report import Reports
from .terms import Terms

NOT_MACROS = {name for name, _ in inspect.getmembers(Core, inspect.isfunction)} - {"number"} | {
    "content",
    "definition",
    "factor_briefs",
    "form_of",
    "macros",
    "worked",
}


class Renderer(
    Builder, Figures, Methods, Cases, Terms, Reports, About, AccessibilityTest, Buyings, Downloads, OpenData
):
    """All macros, over one loaded Guide."""

    def macros(self) -> dict[str, Callable[..., str]]:
        """Return the macros by name."""
        return {
            name: method
            for name, method in inspect.getmembers(self, inspect.ismethod)
            if not name.startswith("_") and name not in NOT_MACROS
        }
