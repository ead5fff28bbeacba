"""Checks docs/ and mkdocs.yml against each other and against data/, before MkDocs reads them."""

from .check import load, load_once

__all__ = ["load", "load_once"]
