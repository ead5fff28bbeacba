"""What Markdown gains here: the guidebook's mark ＊, captions of tables and sections that fold."""

from .marks import makeExtension

__all__ = ["makeExtension"]
