"""One calculator: its definition for all who reckon with it, its fields, and one pass over them."""

from .catalogue import Catalogue, catalogue_of, unknown_parts, whole
from .definition import as_json, factor_mark, factor_name, field_of, is_life_cycle, numbers_of, price_words, texts_of
from .running import Outcome, run
from .statements import PLACE, TOTAL, Drafts, concerns, drafts_of, words_of

__all__ = [
    "PLACE",
    "TOTAL",
    "Catalogue",
    "Drafts",
    "Outcome",
    "as_json",
    "catalogue_of",
    "concerns",
    "drafts_of",
    "factor_mark",
    "factor_name",
    "field_of",
    "is_life_cycle",
    "numbers_of",
    "price_words",
    "run",
    "texts_of",
    "unknown_parts",
    "whole",
    "words_of",
]
