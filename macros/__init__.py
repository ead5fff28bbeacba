"""Registers the macros of the guidebook with mkdocs-macros or Zensical; it does not think."""

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Load `data/` anew when it has changed and register every macro of the Renderer."""
    from macros.loading import load_once
    from macros.rendering import Renderer

    renderer = Renderer(load_once(Path.cwd()))
    renderer.site_url = env.conf["site_url"]
    for name, macro in renderer.macros().items():
        env.macro(macro, name)
