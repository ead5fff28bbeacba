"""One calculator: its definition for all who reckon with it, its fields, and one pass over them."""

from .catalogue import Catalogue, catalogue_of, unknown_parts, whole, with_sets
from .definition import (
    ENDS,
    HIGH,
    LOW,
    as_json,
    end_names,
    end_of,
    factor_mark,
    factor_name,
    field_of,
    is_life_cycle,
    messages_of,
    numbers_of,
    price_words,
    texts_of,
)
from .fields import as_written
from .helpers import AMOUNT, calculator_of, helper_definition
from .running import Outcome, run
from .statements import PLACE, TOTAL, Drafts, concerns, draft, drafts_of, words_of

__all__ = [
    "AMOUNT",
    "ENDS",
    "HIGH",
    "LOW",
    "PLACE",
    "TOTAL",
    "Catalogue",
    "Drafts",
    "Outcome",
    "as_json",
    "as_written",
    "calculator_of",
    "catalogue_of",
    "concerns",
    "draft",
    "drafts_of",
    "end_names",
    "end_of",
    "factor_mark",
    "factor_name",
    "field_of",
    "helper_definition",
    "is_life_cycle",
    "messages_of",
    "numbers_of",
    "price_words",
    "run",
    "texts_of",
    "unknown_parts",
    "whole",
    "with_sets",
    "words_of",
]
