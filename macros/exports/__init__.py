"""The open data under /data/ and the feed of /changes/: the build's step after the pages.

datasets (what is published) → tables (CSV) and schemas (JSON Schema) → package (descriptor of all) → writing.
"""

from .datasets import DATASETS, Outline, Publisher
from .head import Head, Site, site_of
from .licence import LICENCE, RIGHTS
from .sheets import tables_of
from .writing import write

__all__ = ["DATASETS", "LICENCE", "RIGHTS", "Head", "Outline", "Publisher", "Site", "site_of", "tables_of", "write"]
