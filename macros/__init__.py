"""What mkdocs-macros and Zensical ask of us: the macros of the guidebook, and what each page is told."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python comes this far and no further
    sys.exit("Python 3.11 以上が要ります（いまは %d.%d）。 Needs Python 3.11 or newer." % sys.version_info[:2])  # noqa: UP031

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Load `data/` anew when it has changed and register every macro of the Renderer."""
    from macros.pages import load_once
    from macros.rendering import Renderer

    renderer = Renderer(load_once(Path.cwd()))
    renderer.site_url = env.conf.get("site_url") or ""
    for name, macro in renderer.macros().items():
        env.macro(macro, name)


def on_post_page_macros(env: Any) -> None:
    """Let the theme index no page while our page shells, which bring a search of their own, stand around it.

    Its index would be made, a fifth of the time of a build, and thrown away.
    """
    if env.conf["theme"].custom_dir:
        env.page.meta["search"] = {"exclude": True}
