"""From the YAML files to a checked guide, with every problem at its line."""

from ..models.dates import JAPAN
from .calls import FAULTY, NOT_CLOSED, Call, Fault, blanked, read_calls, told
from .catalogue import used_factors
from .files import FILES, FOLDERS, Source, read_all
from .guide import Guide, load, read_glossary
from .kept import VALUES, keep
from .lines import Loader, check_size
from .merging import check_merged
from .pages import Page
from .plans import orders_of
from .problems import WHOLE, BuildError, DataError, Problem, from_reading, line_of, problem
from .references import HOMES, Known, allowed, known_ids
from .texts import NAME, Unfit, read_text

__all__ = [
    "FAULTY",
    "FILES",
    "FOLDERS",
    "HOMES",
    "JAPAN",
    "NAME",
    "NOT_CLOSED",
    "VALUES",
    "WHOLE",
    "BuildError",
    "Call",
    "DataError",
    "Fault",
    "Guide",
    "Known",
    "Loader",
    "Page",
    "Problem",
    "Source",
    "Unfit",
    "allowed",
    "blanked",
    "check_merged",
    "check_size",
    "from_reading",
    "keep",
    "known_ids",
    "line_of",
    "load",
    "orders_of",
    "problem",
    "read_all",
    "read_calls",
    "read_glossary",
    "read_text",
    "told",
    "used_factors",
]
