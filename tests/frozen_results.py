"""What the tests ask of the frozen numbers of examples; `python -m macros examples` writes them."""

from macros.loading import examples
from tests.calculator_tools import ROOT, catalogue


def expected_now() -> dict[str, str]:
    """Return every shown result of every example, keyed `calculator|example|result`."""
    return examples.expected(catalogue())


def frozen() -> dict[str, str]:
    """Return the frozen results."""
    return examples.frozen(ROOT)


def logged() -> dict[str, list[tuple[str, str]]]:
    """Return the changes of the log by result: (before, after), in order."""
    return examples.logged(ROOT)
