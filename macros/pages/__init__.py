"""Checks docs/ and mkdocs.yml against each other and against data/, before MkDocs reads them."""

from .check import load, load_once
from .github import tell

__all__ = ["load", "load_once", "tell"]
