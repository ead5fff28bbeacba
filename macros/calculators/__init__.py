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
from .fields import NOISE, SLIGHT, as_written, read_field
from .helpers import AMOUNT, calculator_of, helper_definition
from .running import Outcome, run
from .samples import sample
from .statements import PLACE, TOTAL, Drafts, concerns, draft, drafts_of, words_of
from .suppliers import Found, Offer, Supplier, Suppliers, grouped, with_suppliers

__all__ = [
    "AMOUNT",
    "ENDS",
    "HIGH",
    "LOW",
    "NOISE",
    "PLACE",
    "SLIGHT",
    "TOTAL",
    "Catalogue",
    "Drafts",
    "Found",
    "Offer",
    "Outcome",
    "Supplier",
    "Suppliers",
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
    "grouped",
    "helper_definition",
    "is_life_cycle",
    "messages_of",
    "numbers_of",
    "price_words",
    "read_field",
    "run",
    "sample",
    "texts_of",
    "unknown_parts",
    "whole",
    "with_sets",
    "with_suppliers",
    "words_of",
]
