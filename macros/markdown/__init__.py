"""What Markdown gains here: the guidebook's mark ＊ and captions of tables."""

from .marks import makeExtension

__all__ = ["makeExtension"]
